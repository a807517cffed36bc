"""The rules of a good notebook that a program can judge; each rule yields one sentence per breach."""

from collections.abc import Iterator

import nbformat

Notebook = nbformat.NotebookNode
Problems = Iterator[str]


def at(notebook: Notebook, index: int) -> str:
    """Name a cell as people count it (from 1), with its id."""
    return f"cell {index + 1} ({notebook.cells[index].get('id', 'no id')})"


def code_cells(notebook: Notebook) -> list[tuple[int, Notebook]]:
    """Return the index and cell of every code cell that is not blank."""
    return [
        (index, cell) for index, cell in enumerate(notebook.cells) if cell.cell_type == "code" and cell.source.strip()
    ]


def markdown_cells(notebook: Notebook) -> list[tuple[int, Notebook]]:
    """Return the index and cell of every Markdown cell."""
    return [(index, cell) for index, cell in enumerate(notebook.cells) if cell.cell_type == "markdown"]
