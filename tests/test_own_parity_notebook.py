"""The parity notebook runs on a reader's export: a bakery with four languages and few cases."""

from own_notebook import figure_of, markdown_of, run

CHOICES = """
examples = "../datasets/examples/own_parity_"
paths = {"tickets": examples + "tickets.csv", "customers": examples + "customers.csv"}
margin = 0.10
small, large = "en", "es"
late, late_channel = "ca", "twitter"
"""


def test_changing_one_cell_is_enough():
    cells = run("07_diversity", CHOICES)
    # counted in the file: 94 of 140 cases in Spanish and 70 of 90 in English
    assert "en: not enough data. 77.8% of 90 cases, +10.6 points" in markdown_of(cells["interval"])
    figure = figure_of(cells["channel-figure-show"])
    assert [trace["name"] for trace in figure["data"]][-2:] == ["same mix of channels", "all cases together"]
