"""Every notebook and every exercise, run by the workbook's kernel in the browser: what it says there is what is stored."""

import json
from pathlib import Path

import pytest
from values import differences

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SOLUTIONS = sorted((ROOT / "solutions").glob("*.ipynb"))
SLOW = ("04_segmentation", "14_crisis")  # half a minute each

# One process boots one kernel for all of them, while the other opens the workbook as a reader does.
pytestmark = pytest.mark.xdist_group("kernel")

# The only values that may differ by more than their last digit, by notebook and cell, and by how much.
NOT_UNIQUE = {
    # Seven groups where there are three: k-means has many nearly equal answers, and versions of it pick another
    ("04_segmentation", "Four groups in behaviour, three in attitudes, not seven"): 1e-4,
}


def code_cells(path):
    """Return the code cells of a notebook."""
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]


def run_and_compare(kernel, path):
    """Run a notebook in the browser; return what differs from its stored outputs, by cell."""
    cells = code_cells(path)
    sources = ["".join(cell["source"]) for cell in cells]
    found = {}
    for number, (cell, fresh) in enumerate(zip(cells, kernel.run(sources), strict=True)):
        near = next(
            (by for (name, words), by in NOT_UNIQUE.items() if name == path.stem and words in sources[number]), 0
        )
        if differs := differences(cell["outputs"], fresh, near):
            found[f"code cell {number + 1}"] = differs[:3]
    return found


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=[pytest.mark.thorough] if path.stem in SLOW else []) for path in NOTEBOOKS],
    ids=lambda path: path.stem,
)
def test_a_notebook_says_in_the_browser_what_is_stored(kernel, path):
    assert run_and_compare(kernel, path) == {}


@pytest.mark.thorough
@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_every_check_passes_on_the_solution_in_the_browser(kernel, path):
    assert run_and_compare(kernel, path) == {}


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_a_check_explains_a_wrong_answer_in_the_browser(kernel, path):
    unit = path.stem[:2]
    name, mistake, fresh = kernel.run(
        [
            f"from socialcare.exercises import check, load_tasks\n"
            f"name, task = next((n, t) for n, t in load_tasks('{unit}').items() if getattr(t, 'mistakes', ()))\nname",
            "task.mistakes[0].message",
            "check(name, task.mistakes[0].result())",
        ]
    )
    said = [output["evalue"] for output in fresh if output["output_type"] == "error"]
    message = mistake[0]["data"]["text/plain"].strip("'\"")
    assert name[0]["data"]["text/plain"].startswith(f"'{unit}-")
    assert len(said) == 1
    assert said[0].startswith(message[:60])
