"""The attention notebook runs on a reader's export: a bakery with one mention an hour and four calm weeks."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path("notebooks/01_why_service.ipynb")
CHOICES = """
examples = "../datasets/examples/"
paths = {"mentions_hourly": examples + "own_mentions_hourly.csv", "posts": examples + "own_notices.csv"}
paths["tickets"] = examples + "own_tickets.csv"
brand, failure, praise = "Panadería Levante", "C1", "C4"
weeks = 4
"""


def test_changing_one_cell_is_enough():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    next(cell for cell in notebook.cells if cell.id == "choices")["source"] = CHOICES
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": "notebooks"}}).execute()
    cells = {cell.id: cell for cell in notebook.cells}
    hand = cells["hand"].outputs[0].data["text/markdown"]
    # looked up in the file: Tuesdays at 13:00 on 22 and 29 April and on 6 and 13 May
    assert hand == "Tuesday, 13:00: 34 mentions. Expected: (2 + 0 + 2 + 2) / 4 = 1.50. **Extra: 32.50.**"
    assert "on Facebook after **3.8 hours**" in cells["notices-reading"].outputs[0].data["text/markdown"]
    chart = cells["replay-figure"].outputs[0].data["application/vnd.plotly.v1+json"]
    assert "Panadería Levante" in chart["layout"]["title"]["subtitle"]["text"]
