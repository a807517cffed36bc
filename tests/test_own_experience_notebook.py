"""The experience notebook runs on a reader's export: a bakery, another year, small cells."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path("notebooks/11_customer_experience.ipynb")
CHOICES = """
examples = "../datasets/examples/own_surveys"
paths = {"surveys": examples + ".csv", "tickets": examples + "_tickets.csv", "orders": examples + "_orders.csv"}
start, end, stage = "2024-07-01", "2025-07-01", "purchase"
parts = ["solved_quickly", "unsolved"]
"""


def test_changing_one_cell_is_enough():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    next(cell for cell in notebook.cells if cell.id == "choices")["source"] = CHOICES
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": "notebooks"}}).execute()
    cells = {cell.id: cell for cell in notebook.cells}
    early = cells["early-reading"].outputs[0].data["text/markdown"]
    assert early.startswith(
        "**6** surveys were sent too early. Comparing two times finds only 1"
    )  # counted in the file
    assert "n = 37" in cells["interval"].outputs[0].data["text/markdown"]
    figure = cells["life-figure"].outputs[0].data["application/vnd.plotly.v1+json"]
    assert figure["data"][0]["y"] == [
        "purchase<br>web checkout",
        "recommendation<br>yearly wave",
    ]
