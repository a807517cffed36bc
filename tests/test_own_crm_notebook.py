"""The CRM notebook runs on a reader's offers: other lines, two offers, fewer years."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from socialcare import crm, datasets

NOTEBOOK = Path("notebooks/05_crm.ipynb")
OFFERS = "../datasets/examples/own_crm_offers.csv"
CHOICES = f'path, fewer_users, discount = "{OFFERS}", 5, 0.05\n'


@pytest.fixture(scope="module")
def cells():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    next(cell for cell in notebook.cells if cell.id == "choices")["source"] = CHOICES
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": "notebooks"}}).execute()
    return {cell.id: cell for cell in notebook.cells}


def test_changing_one_cell_is_enough(cells):
    table = crm.tco_table(datasets.load("crm_offers", "datasets/examples/own_crm_offers.csv"))
    reading = cells["tco-reading"].outputs[0].data["text/markdown"]
    assert f"Lowest cost: **{table.index[0]}**" in reading
    assert table.index[0] == "A"  # here owning is the cheaper way


def test_the_figure_shows_the_readers_two_offers(cells):
    bars = cells["quote-figure"].outputs[0].data["application/vnd.plotly.v1+json"]["data"]
    assert [bar["y"] for bar in bars] == [["offer A", "offer B"]] * 3
