"""The notebook of the eras runs on a reader's own statements: one firm, sixteen sentences."""

from own_notebook import figure_of, markdown_of, run

CHOICES = 'statements_csv = "../datasets/examples/own_era_statements.csv"'


def test_changing_one_cell_is_enough():
    cells = run("02_marketing_eras", CHOICES)
    assert "n = 16 statements: **88%** marked alike" in markdown_of(cells["overall"])  # 14 of 16
    figure = figure_of(cells["profile-figure"])
    assert [trace["name"] for trace in figure["data"]] == ["Panadería Levante"]
    assert "Panadería Levante has the mean" in markdown_of(cells["wrong-reading"])
