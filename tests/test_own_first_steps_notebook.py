"""The notebook of the first steps runs on a reader's exports: another firm, three weeks, one person of twenty hours."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path("notebooks/03_first_steps.ipynb")
CHOICES = """
tables = ["posts", "tickets", "mentions_hourly", "audience", "visits", "week_plan"]
paths = {table: f"../datasets/examples/own_{table}.csv" for table in tables}
paths["mentions_hourly"] = "../datasets/examples/own_mentions.csv"
brand, channels = "Panadería Levante", ("twitter", "facebook")
year = ("2025-05-05", "2025-05-26")
contracts, shrinkage, promise = {"Lucía": 20}, 0.10, 6
"""


def test_changing_one_cell_is_enough():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    next(cell for cell in notebook.cells if cell.id == "choices")["source"] = CHOICES
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": "notebooks"}}).execute()
    cells = {cell.id: cell for cell in notebook.cells}
    draft = cells["draft"].outputs[0].data["text/markdown"]
    assert draft.splitlines()[0] == "- read has 0.0 hours; it needs 0.9."
    assert cells["revised"].outputs[0].data["text/markdown"].startswith("Problems of the revised plan: **0**.")
    title = cells["rule-figure"].outputs[0].data["application/vnd.plotly.v1+json"]["layout"]["title"]
    assert title["subtitle"]["text"].startswith("Panadería Levante, n = 3 weeks of 2025")
