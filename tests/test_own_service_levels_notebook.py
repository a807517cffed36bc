"""The notebook on service levels runs on a reader's export: another desk, other hours, eight weeks."""

from own_notebook import markdown_of, run

CHOICES = """
path, firm = "../datasets/examples/own_service_levels.csv", "Panadería Levante"
today = pd.Timestamp("2025-12-05", tz="Europe/Madrid")
opening = service_levels.Opening({day: ((9, 18),) for day in range(5)})
"""


def test_changing_one_cell_is_enough():
    cells = run("13_service_levels", CHOICES)
    assert "**9.3%** of the cases have no human reply" in markdown_of(cells["missing"])  # 13 of 140
    assert "Panadería Levante, n = 140 cases" in str(cells["curves"].outputs[0].data)
