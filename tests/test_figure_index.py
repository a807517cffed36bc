"""The index lists each stored figure and each simulator with a link to its place."""

import json
from pathlib import Path

import pytest
from figure_index import escaped, figures_markdown, figures_of, simulators_markdown, simulators_of
from figures import MIME, anchor_of
from units import Unit, read_units

ROOT = Path(__file__).resolve().parents[1]
UNIT = Unit("13", "13_service_levels", "Service levels", "?", (), 25, 45, (5,))


def test_every_unit_has_figures_with_a_sample_or_a_simulator():
    units = read_units(ROOT)
    assert [unit.number for unit in units if not (figures_of(ROOT, unit) or simulators_of(ROOT, unit))] == []
    assert sum(len(figures_of(ROOT, unit)) for unit in units) >= 20


def test_every_scenario_can_be_played_somewhere():
    scenarios = {path.stem for path in (ROOT / "src" / "socialcare" / "scenarios").glob("[a-z]*.py")}
    assert {name for unit in read_units(ROOT) for name in simulators_of(ROOT, unit)} == scenarios


def test_a_figure_is_listed_with_its_sample_and_the_label_of_its_place():
    figure = figures_of(ROOT, UNIT)[0]
    assert figure.label.startswith("notebooks-13-service-levels-figure-")
    assert "n = " in figure.sample
    assert figures_markdown([figure]) == f"{{ref}}`{figure.label}`\n: {escaped(figure.sample)}"


def test_a_simulator_is_listed_with_chapter_and_notebook():
    assert simulators_of(ROOT, UNIT)["staffing"] == ["book/13_service_levels", "notebooks/13_service_levels"]
    text = simulators_markdown(ROOT, [UNIT])
    assert "**How many people does the promise take?**\n: How many agents" in text
    assert "{ref}`notebook 13 <simulator-notebooks-13-service-levels-staffing>`" in text


def test_a_figure_without_a_sample_is_refused(tmp_path):
    (tmp_path / "notebooks").mkdir()
    spec = {"data": [], "layout": {"title": {"text": "A finding"}}}
    cell = {"cell_type": "code", "source": [], "outputs": [{"data": {MIME: spec}}]}
    (tmp_path / "notebooks" / "13_service_levels.ipynb").write_text(json.dumps({"cells": [cell]}))
    with pytest.raises(ValueError, match=r"13_service_levels\.ipynb: the figure of cell 1 has no title or no sample"):
        figures_of(tmp_path, UNIT)


def test_signs_of_markup_are_shown_as_they_are():
    assert escaped("a*b_c <d> [e]") == r"a\*b\_c \<d\> \[e\]"


def test_the_anchor_of_a_figure_counts_cells_from_one():
    assert anchor_of(8, 0) == "figure-9"
    assert anchor_of(8, 1) == "figure-9-1"
