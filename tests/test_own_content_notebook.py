"""The content notebook runs on a reader's export: another brand, five months, few posts, the reader's own cases."""

from own_notebook import figure_of, markdown_of, run

CHOICES = """
examples = "../datasets/examples/own_"
paths = {"posts": examples + "content_posts.csv", "interactions": examples + "content_interactions.csv"}
paths["tickets"] = examples + "tickets.csv"
brand, start = "Panadería Levante", "2025-02-03"
"""


def test_changing_one_cell_is_enough():
    cells = run("08_building_engagement", CHOICES)
    assert "(135 / 22) / (66 / 25)" in markdown_of(cells["hand"])  # counted in the file
    figure = figure_of(cells["luck-figure"])
    assert "Panadería Levante" in figure["layout"]["title"]["subtitle"]["text"]
    assert "weeks at 3 a week" in markdown_of(cells["needed-reading"])
