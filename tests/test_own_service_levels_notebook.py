"""The notebook on service levels runs on a reader's export: another desk, other hours, eight weeks."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path("notebooks/13_service_levels.ipynb")
CHOICES = """
path, firm = "../datasets/examples/own_service_levels.csv", "Panadería Levante"
today = pd.Timestamp("2025-12-05", tz="Europe/Madrid")
opening = service_levels.Opening({day: ((9, 18),) for day in range(5)})
"""


def test_changing_one_cell_is_enough():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    next(cell for cell in notebook.cells if cell.id == "choices")["source"] = CHOICES
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": "notebooks"}}).execute()
    cells = {cell.id: cell for cell in notebook.cells}
    assert "**9.3%** of the cases have no human reply" in cells["missing"].outputs[0].data["text/markdown"]  # 13 of 140
    assert "Panadería Levante, n = 140 cases" in str(cells["curves"].outputs[0].data)
