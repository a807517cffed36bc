"""The notebook of the first steps runs on a reader's exports: another firm, three weeks, one person of twenty hours."""

from own_notebook import figure_of, markdown_of, run

CHOICES = """
tables = ["posts", "tickets", "mentions_hourly", "audience", "visits", "week_plan"]
paths = {table: f"../datasets/examples/own_{table}.csv" for table in tables}
paths["mentions_hourly"] = "../datasets/examples/own_mentions.csv"
brand, channels = "Panadería Levante", ("twitter", "facebook")
year = ("2025-05-05", "2025-05-26")
contracts, shrinkage, promise = {"Lucía": 20}, 0.10, 6
"""


def test_changing_one_cell_is_enough():
    cells = run("03_first_steps", CHOICES)
    draft = markdown_of(cells["draft"])
    assert draft.splitlines()[0] == "- read has 0.0 hours; it needs 0.9."
    assert markdown_of(cells["revised"]).startswith("Problems of the revised plan: **0**.")
    title = figure_of(cells["rule-figure"])["layout"]["title"]
    assert title["subtitle"]["text"].startswith("Panadería Levante, n = 3 weeks of 2025")
