"""The engagement notebook runs on a reader's export: other brands, other weeks, a few rows."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path("notebooks/09_measuring_engagement.ipynb")
CHOICES = """
from pathlib import Path
paths = {table: f"../datasets/examples/own_{table}.csv" for table in ("interactions", "posts", "audience")}
brand, rival = "Panadería Levante", "Horno Norte"
week, month, year = ("2025-05-05", "2025-05-12"), ("2025-05-05", "2025-05-26"), ("2025-05-05", "2025-05-26")
"""


def test_changing_one_cell_is_enough():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    next(cell for cell in notebook.cells if cell.id == "choices")["source"] = CHOICES
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": "notebooks"}}).execute()
    cells = {cell.id: cell for cell in notebook.cells}
    reading = cells["crisis-reading"].outputs[0].data["text/markdown"]
    assert reading.startswith("The record is the week of ")
    assert " May, at " in reading
    ranks = cells["rank-figure"].outputs[0].data["application/vnd.plotly.v1+json"]
    assert {trace["name"] for trace in ranks["data"]} == {"Panadería Levante", "Horno Norte"}
