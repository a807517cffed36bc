"""The personalisation notebook measures a reader's own labelled replies: one cell is changed, and nothing else."""

from pathlib import Path

import pytest
from own_notebook import figure_of, markdown_of, run

OWN = Path("datasets/examples/own_replies.csv")


@pytest.fixture(scope="module")
def cells():
    return run("06_personalisation", f"own_replies = '../{OWN.as_posix()}'")


def test_the_measure_is_about_the_readers_replies(cells):
    rows = len(OWN.read_text(encoding="utf-8").splitlines()) - 1
    figure = figure_of(cells["recall-figure"])
    assert f"n = {rows} replies" in figure["layout"]["title"]["subtitle"]["text"]
    assert cells["own"].outputs[0].data["text/plain"].splitlines()[2].split()[1] == str(rows)


def test_a_few_replies_say_so_themselves(cells):
    assert "in public: 1. Found: 1." in markdown_of(cells["holdout-reading"])
