"""The notebook of the eras runs on a reader's own statements: one firm, sixteen sentences."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path("notebooks/02_marketing_eras.ipynb")
CHOICES = 'statements_csv = "../datasets/examples/own_era_statements.csv"'


def test_changing_one_cell_is_enough():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    next(cell for cell in notebook.cells if cell.id == "choices")["source"] = CHOICES
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": "notebooks"}}).execute()
    cells = {cell.id: cell for cell in notebook.cells}
    assert "n = 16 statements: **88%** marked alike" in cells["overall"].outputs[0].data["text/markdown"]  # 14 of 16
    figure = cells["profile-figure"].outputs[0].data["application/vnd.plotly.v1+json"]
    assert [trace["name"] for trace in figure["data"]] == ["Panadería Levante"]
    assert "Panadería Levante has the mean" in cells["wrong-reading"].outputs[0].data["text/markdown"]
