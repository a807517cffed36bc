"""The engagement notebook runs on a reader's export: other brands, other weeks, a few rows."""

from own_notebook import figure_of, markdown_of, run

CHOICES = """
from pathlib import Path
paths = {table: f"../datasets/examples/own_{table}.csv" for table in ("interactions", "posts", "audience")}
brand, rival = "Panadería Levante", "Horno Norte"
week, year = ("2025-05-05", "2025-05-12"), ("2025-05-05", "2025-05-26")
month, next_month = ("2025-05-05", "2025-05-15"), ("2025-05-15", "2025-05-26")
"""


def test_changing_one_cell_is_enough():
    cells = run("09_measuring_engagement", CHOICES)
    reading = markdown_of(cells["crisis-reading"])
    assert reading.startswith("The record is the week of ")
    assert " May, at " in reading
    ranks = figure_of(cells["rank-figure"])
    assert {trace["name"] for trace in ranks["data"]} == {"Panadería Levante", "Horno Norte"}
