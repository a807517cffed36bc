"""The capstone runs on a folder that nobody here made: a tea shop, one file missing and one broken."""

from pathlib import Path

import nbformat
from audit_exports import BRAND, write
from nbclient import NotebookClient

NOTEBOOK = Path("notebooks/15_capstone.ipynb")


def test_changing_one_cell_is_enough(tmp_path):
    folder = write(tmp_path, visits="furthest_step\npaid\n", orders=None)
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    choices = f"folder, brand, yours = {str(folder)!r}, {BRAND!r}, {{'promise_hours': 8}}"
    next(cell for cell in notebook.cells if cell.id == "choices")["source"] = choices
    notebook.cells = [cell for cell in notebook.cells if cell.id != "write"]  # it would lie in the folder of notebooks
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": "notebooks"}}).execute()
    cells = {cell.id: cell for cell in notebook.cells}
    assert "within 8 hours" in cells["service-reading"].outputs[0].data["text/markdown"]
    assert "found 'paid'; expected one of" in cells["read"].outputs[0].data["text/plain"]
    assert "there is no picture" in cells["funnel-figure"].outputs[0].data["text/markdown"]
