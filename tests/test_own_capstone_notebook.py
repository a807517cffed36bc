"""The capstone runs on a folder that nobody here made: a tea shop, one file missing and one broken."""

from audit_exports import BRAND, write
from own_notebook import markdown_of, run


def test_changing_one_cell_is_enough(tmp_path):
    folder = write(tmp_path, visits="furthest_step\npaid\n", orders=None)
    choices = f"folder, brand, yours = {str(folder)!r}, {BRAND!r}, {{'promise_hours': 8}}"
    cells = run("15_capstone", choices, leave_out="write")  # what it writes would lie in the folder of notebooks
    assert "within 8 hours" in markdown_of(cells["service-reading"])
    assert "found 'paid'; expected one of" in cells["read"].outputs[0].data["text/plain"]
    assert "there is no picture" in markdown_of(cells["funnel-figure"])
