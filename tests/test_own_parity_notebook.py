"""The parity notebook runs on a reader's export: a bakery with four languages and few cases."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path("notebooks/07_diversity.ipynb")
CHOICES = """
examples = "../datasets/examples/own_parity_"
paths = {"tickets": examples + "tickets.csv", "customers": examples + "customers.csv"}
margin = 0.10
small, large = "en", "es"
late, late_channel = "ca", "twitter"
"""


def test_changing_one_cell_is_enough():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    next(cell for cell in notebook.cells if cell.id == "choices")["source"] = CHOICES
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": "notebooks"}}).execute()
    cells = {cell.id: cell for cell in notebook.cells}
    # counted in the file: 94 of 140 cases in Spanish and 70 of 90 in English
    assert "en: not enough data. 77.8% of 90 cases, +10.6 points" in cells["interval"].outputs[0].data["text/markdown"]
    figure = cells["channel-figure-show"].outputs[0].data["application/vnd.plotly.v1+json"]
    assert [trace["name"] for trace in figure["data"]][-2:] == ["same mix of channels", "all cases together"]
