"""The personalisation notebook measures a reader's own labelled replies: one cell is changed, and nothing else."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path("notebooks/06_personalisation.ipynb")
OWN = Path("datasets/examples/own_replies.csv")


@pytest.fixture(scope="module")
def cells():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    next(cell for cell in notebook.cells if cell.id == "choices")["source"] = f"own_replies = '../{OWN.as_posix()}'"
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": "notebooks"}}).execute()
    return {cell.id: cell for cell in notebook.cells}


def test_the_measure_is_about_the_readers_replies(cells):
    rows = len(OWN.read_text(encoding="utf-8").splitlines()) - 1
    figure = cells["recall-figure"].outputs[0].data["application/vnd.plotly.v1+json"]
    assert f"n = {rows} replies" in figure["layout"]["title"]["subtitle"]["text"]
    assert cells["own"].outputs[0].data["text/plain"].splitlines()[2].split()[1] == str(rows)


def test_a_few_replies_say_so_themselves(cells):
    assert "in public: 1. Found: 1." in cells["holdout-reading"].outputs[0].data["text/markdown"]
