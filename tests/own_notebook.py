"""Run a notebook of the course on other data than its own: the cell of choices is replaced, all others are as stored."""

import atexit
import contextlib
import functools
from pathlib import Path

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
TIMEOUT_SECONDS = 120  # for one cell, on a busy machine
EMPTY_NAMESPACE = "%reset -f"  # as in a kernel that has just started: no name of the notebook before


@functools.cache
def _kernel() -> AsyncKernelManager:
    """Start the kernel that the notebooks of this process share: a start takes as long as a notebook."""
    starter = NotebookClient(nbformat.v4.new_notebook(), resources={"metadata": {"path": str(FOLDER)}})
    stack = contextlib.ExitStack()
    stack.enter_context(starter.setup_kernel())
    atexit.register(stack.close)
    return starter.km


def run(name: str, choices: str, leave_out: str | None = None) -> dict[str, nbformat.NotebookNode]:
    """Run the notebook ``name`` with the source ``choices``; return its cells by id, with their outputs.

    A cell that fails raises nbclient's CellExecutionError. The cell ``leave_out`` is not run.
    """
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    next(cell for cell in notebook.cells if cell.id == "choices")["source"] = choices
    cells = [cell for cell in notebook.cells if cell.id != leave_out]
    notebook.cells = [nbformat.v4.new_code_cell(EMPTY_NAMESPACE), *cells]
    client = NotebookClient(notebook, km=_kernel(), timeout=TIMEOUT_SECONDS)
    client.execute()
    client.kc.stop_channels()
    return {cell.id: cell for cell in cells}


def markdown_of(cell: nbformat.NotebookNode) -> str:
    """Return the computed sentence that a cell shows."""
    return cell.outputs[0].data["text/markdown"]


def figure_of(cell: nbformat.NotebookNode) -> dict:
    """Return the Plotly figure that a cell shows."""
    return cell.outputs[0].data["application/vnd.plotly.v1+json"]
