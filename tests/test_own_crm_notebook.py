"""The CRM notebook runs on a reader's offers: other lines, two offers, fewer years."""

import pytest
from own_notebook import figure_of, markdown_of, run

from socialcare import crm, datasets

OFFERS = "../datasets/examples/own_crm_offers.csv"
CHOICES = f'path, fewer_users, discount = "{OFFERS}", 5, 0.05\n'


@pytest.fixture(scope="module")
def cells():
    return run("05_crm", CHOICES)


def test_changing_one_cell_is_enough(cells):
    table = crm.tco_table(datasets.load("crm_offers", "datasets/examples/own_crm_offers.csv"))
    reading = markdown_of(cells["tco-reading"])
    assert f"Lowest cost: **{table.index[0]}**" in reading
    assert table.index[0] == "A"  # here owning is the cheaper way


def test_the_figure_shows_the_readers_two_offers(cells):
    bars = figure_of(cells["quote-figure"])["data"]
    assert [bar["y"] for bar in bars] == [["offer A", "offer B"]] * 3
