"""The attention notebook runs on a reader's export: a bakery with one mention an hour and four calm weeks."""

from own_notebook import figure_of, markdown_of, run

CHOICES = """
examples = "../datasets/examples/"
paths = {"mentions_hourly": examples + "own_mentions_hourly.csv", "posts": examples + "own_notices.csv"}
paths["tickets"] = examples + "own_tickets.csv"
brand, failure, praise = "Panadería Levante", "C1", "C4"
weeks = 4
"""


def test_changing_one_cell_is_enough():
    cells = run("01_why_service", CHOICES)
    hand = markdown_of(cells["hand"])
    # looked up in the file: Tuesdays at 13:00 on 22 and 29 April and on 6 and 13 May
    assert hand == "Tuesday, 13:00: 34 mentions. Expected: (2 + 0 + 2 + 2) / 4 = 1.50. **Extra: 32.50.**"
    assert "on Facebook after **3.8 hours**" in markdown_of(cells["notices-reading"])
    chart = figure_of(cells["replay-figure"])
    assert "Panadería Levante" in chart["layout"]["title"]["subtitle"]["text"]
