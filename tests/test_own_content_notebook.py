"""The content notebook runs on a reader's export: another brand, five months, few posts, the reader's own cases."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path("notebooks/08_building_engagement.ipynb")
CHOICES = """
examples = "../datasets/examples/own_"
paths = {"posts": examples + "content_posts.csv", "interactions": examples + "content_interactions.csv"}
paths["tickets"] = examples + "tickets.csv"
brand, start = "Panadería Levante", "2025-02-03"
"""


def test_changing_one_cell_is_enough():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    next(cell for cell in notebook.cells if cell.id == "choices")["source"] = CHOICES
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": "notebooks"}}).execute()
    cells = {cell.id: cell for cell in notebook.cells}
    assert "(135 / 22) / (66 / 25)" in cells["hand"].outputs[0].data["text/markdown"]  # counted in the file
    figure = cells["luck-figure"].outputs[0].data["application/vnd.plotly.v1+json"]
    assert "Panadería Levante" in figure["layout"]["title"]["subtitle"]["text"]
    assert "weeks at 3 a week" in cells["needed-reading"].outputs[0].data["text/markdown"]
