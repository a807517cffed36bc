"""The experience notebook runs on a reader's export: a bakery, another year, small cells."""

from own_notebook import figure_of, markdown_of, run

CHOICES = """
examples = "../datasets/examples/own_surveys"
paths = {"surveys": examples + ".csv", "tickets": examples + "_tickets.csv", "orders": examples + "_orders.csv"}
start, end, stage = "2024-07-01", "2025-07-01", "purchase"
parts = ["solved_quickly", "unsolved"]
"""


def test_changing_one_cell_is_enough():
    cells = run("11_customer_experience", CHOICES)
    early = markdown_of(cells["early-reading"])
    assert early.startswith(
        "**6** surveys were sent too early. Comparing two times finds only 1"
    )  # counted in the file
    assert "n = 37" in markdown_of(cells["interval"])
    figure = figure_of(cells["life-figure"])
    assert figure["data"][0]["y"] == [
        "purchase<br>web checkout",
        "recommendation<br>yearly wave",
    ]
