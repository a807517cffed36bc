"""The funnel notebook runs on a reader's export: another shop, few visits, an audit of ten rules."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path("notebooks/10_purchase_funnel.ipynb")
CHOICES = """
examples = "../datasets/examples/"
paths = {"visits": examples + "own_visits.csv", "orders": examples + "own_visits_orders.csv"}
paths["checkout_audits"] = examples + "own_checkout_audit.csv"
shop = "Panadería Levante"
"""


def test_changing_one_cell_is_enough():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    next(cell for cell in notebook.cells if cell.id == "choices")["source"] = CHOICES
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": "notebooks"}}).execute()
    cells = {cell.id: cell for cell in notebook.cells}
    assert cells["hand"].outputs[0].data["text/markdown"] == "By hand: 100 / 124 = **80.6%**"  # counted in the file
    assert "Mend R13 first" in cells["scores-reading"].outputs[0].data["text/markdown"]
    assert cells["form"].outputs[0].data["text/plain"].startswith("AuditForm('Panadería Levante')")
