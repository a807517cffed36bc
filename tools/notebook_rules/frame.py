"""The frame of a notebook: a decision as title, one box that promises, one setup cell, a recap that keeps it."""

import re

from notebook_rules import Notebook, Problems, at, code_cells, markdown_cells, mirror

FRAME_PARTS = ("**Question**", "**By the end you can**", "**You need**", "**Minutes**")
RECAP = re.compile(r"^#{2,3} In this notebook you\b.*$", re.MULTILINE)
IMPORT = re.compile(r"^\s*(?:import|from)\s+\w", re.MULTILINE)


def title_first(notebook: Notebook) -> Problems:
    """The first cell opens with the only H1."""
    first = notebook.cells[0] if notebook.cells else None
    if first is None or first.cell_type != "markdown" or not first.source.startswith("# "):
        yield "the first cell must be Markdown and open with the title: '# The decision as a question'"
    count = sum(
        len(re.findall(r"^# \S", without_fences(cell.source), re.MULTILINE)) for _, cell in markdown_cells(notebook)
    )
    if count > 1:
        yield f"{count} headings of level 1; a notebook has one title"


def frame_box(notebook: Notebook) -> Problems:
    """One Markdown cell holds the question, the objectives, the needs and the minutes."""
    found = frames(notebook)
    if len(found) != 1:
        yield f"{len(found)} cells hold the frame ({', '.join(FRAME_PARTS)}); exactly one must hold all four"
        return
    source = notebook.cells[found[0]].source
    if not objectives(source):
        yield f"{at(notebook, found[0])}: no list follows '**By the end you can**'"
    if not re.search(r"\*\*Minutes\*\*\W*\d", source):
        yield f"{at(notebook, found[0])}: no number follows '**Minutes**'"


def setup_cell(notebook: Notebook) -> Problems:
    """The cell after the frame is the setup; nothing is imported later."""
    importing = [index for index, cell in code_cells(notebook) if IMPORT.search(cell.source)]
    for index in frames(notebook)[:1]:
        if index + 1 not in importing:
            yield f"{at(notebook, index)}: the setup cell with the imports must follow the frame"
    for index in importing[1:]:
        yield f"{at(notebook, index)}: imports outside the setup cell; move them there"


def recap_mirrors_objectives(notebook: Notebook) -> Problems:
    """'In this notebook you' keeps each promise of the frame, one to one."""
    recaps = [
        (index, cell.source[match.end() :])
        for index, cell in markdown_cells(notebook)
        if (match := RECAP.search(cell.source))
    ]
    if len(recaps) != 1:
        yield f"{len(recaps)} headings '### In this notebook you'; exactly one must close the notebook"
        return
    for index in frames(notebook)[:1]:
        promised = objectives(notebook.cells[index].source)
        kept = mirror.list_items(recaps[0][1])
        for breach in mirror.breaches(promised, kept) if promised else []:  # frame_box() names an empty promise
            yield f"{at(notebook, recaps[0][0])}: {breach}"


def frames(notebook: Notebook) -> list[int]:
    """Return the indices of the cells that hold all parts of the frame."""
    return [index for index, cell in markdown_cells(notebook) if all(part in cell.source for part in FRAME_PARTS)]


def objectives(source: str) -> list[str]:
    """Return the list under '**By the end you can**'."""
    _, _, rest = source.partition("**By the end you can**")
    return mirror.list_items(rest.partition("**You need**")[0])


def without_fences(source: str) -> str:
    """Return Markdown without fenced code, in which '# ' is a comment."""
    return re.sub(r"^(`{3,}|~{3,}).*?^\1\s*$", "", source, flags=re.MULTILINE | re.DOTALL)
