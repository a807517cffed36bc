"""The funnel notebook runs on a reader's export: another shop, few visits, an audit of ten rules."""

from own_notebook import markdown_of, run

CHOICES = """
examples = "../datasets/examples/"
paths = {"visits": examples + "own_visits.csv", "orders": examples + "own_visits_orders.csv"}
paths["checkout_audits"] = examples + "own_checkout_audit.csv"
shop = "Panadería Levante"
"""


def test_changing_one_cell_is_enough():
    cells = run("10_purchase_funnel", CHOICES)
    assert markdown_of(cells["hand"]) == "By hand: 100 / 124 = **80.6%**"  # counted in the file
    assert "Mend R13 first" in markdown_of(cells["scores-reading"])
    assert cells["form"].outputs[0].data["text/plain"].startswith("AuditForm('Panadería Levante')")
