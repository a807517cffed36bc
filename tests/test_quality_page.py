"""The quality page: what it says is stored or counted, reaches the targets, and explains what does not."""

import json
from pathlib import Path

import pytest
import yaml
from quality_page import Measured, table

ROOT = Path(__file__).resolve().parent.parent
STORED = ROOT / "book" / "quality"
LEAST_NOTICED = 0.95
LEAST_POINTS = {"performance": 90, "accessibility": 100, "best-practices": 100, "seo": 100}


@pytest.fixture(scope="module")
def mutants():
    return json.loads((STORED / "mutants.json").read_text(encoding="utf-8"))


def test_the_checks_notice_nearly_every_small_mistake(mutants):
    made, killed = ({k: sum(u.values()) for k, u in mutants[what].items()} for what in ("made", "killed"))
    assert min(made.values()) > 0
    assert sum(killed.values()) / sum(made.values()) >= LEAST_NOTICED
    assert sum(made.values()) - sum(killed.values()) == len(mutants["survivors"])


def test_every_survivor_and_nothing_else_has_a_reason(mutants):
    reasons = yaml.safe_load((STORED / "survivors.yml").read_text(encoding="utf-8")) or {}
    assert sorted(reasons) == mutants["survivors"]


def test_lighthouse_gives_each_page_its_points():
    pages = json.loads((STORED / "lighthouse.json").read_text(encoding="utf-8"))["pages"]
    assert len(pages) == 4
    low = {
        (kind, name): page[name]
        for kind, page in pages.items()
        for name in LEAST_POINTS
        if page[name] < LEAST_POINTS[name]
    }
    assert low == {}


def test_every_unit_has_its_minutes():
    rows = [line.split("|")[1:-1] for line in Measured(ROOT).minutes_asked().splitlines() if "{doc}" in line]
    assert len(rows) == len(Measured(ROOT).stems())
    for row in rows:
        assert all(int(cell) > 0 for cell in row[1:])


def test_a_notebook_that_was_not_there_at_the_last_run_has_no_seconds(tmp_path):
    for name in ("notebooks/01_a.ipynb", "book/quality/checks.json"):
        (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / "notebooks" / "01_a.ipynb").write_text("")
    run = {"date": "2026-11-22", "seconds": {"notebooks/01_a": 7.4}}
    (tmp_path / "book" / "quality" / "checks.json").write_text(json.dumps(run))
    assert "<../notebooks/01_a>` | 7 | – |" in Measured(tmp_path).seconds_run()


def test_the_verdicts_add_up_to_the_inventory():
    rows = [line.split("|")[1:3] for line in Measured(ROOT).evidence().splitlines()[2:]]
    numbers = {name.strip(): int(number) for name, number in rows}
    assert numbers.pop("all") == sum(numbers.values())
    assert numbers["half right"] > 0


def test_versions_are_those_of_the_requirements():
    assert "| jupyter-book | `" in Measured(ROOT).versions()


def test_a_missing_result_names_its_command(tmp_path):
    with pytest.raises(ValueError, match=r"mutants\.json is missing; expected the result of 'make mutants'"):
        Measured(tmp_path).mutants()


def test_a_survivor_without_a_reason_is_refused(tmp_path):
    folder = tmp_path / "book" / "quality"
    folder.mkdir(parents=True)
    (folder / "mutants.json").write_text('{"survivors": ["a"]}')
    (folder / "survivors.yml").write_text("b: no\n")
    with pytest.raises(ValueError, match=r"survivors.yml gives no reason for 'a'"):
        Measured(tmp_path).survivors()


def test_a_survivor_is_shown_with_its_place_and_its_reason(tmp_path):
    folder = tmp_path / "book" / "quality"
    folder.mkdir(parents=True)
    (folder / "mutants.json").write_text('{"survivors": ["a.py, line 1: x became y"]}')
    (folder / "survivors.yml").write_text('"a.py, line 1: x became y": The same.\n')
    assert Measured(tmp_path).survivors() == "- `a.py`, line 1: x became y. *The same.*"


def test_numbers_of_a_table_stand_right():
    assert table(["a", "b"], [["x", "1,200"], ["y|z", "3.5%"]]).splitlines() == [
        "| a | b |", "| :-- | --: |", "| x | 1,200 |", "| y\\|z | 3.5% |",
    ]  # fmt: skip
