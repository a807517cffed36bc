"""The quality page: what it says is stored or counted, reaches the targets, and explains what does not."""

import json
from pathlib import Path

import pytest
import record_run
import yaml
from quality_page import LOOKED_AT, PARTS, Measured, table

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


@pytest.fixture
def stored(tmp_path):
    """Return a function that stores a result, and gives what is measured there."""
    folder = tmp_path / "book" / "quality"
    folder.mkdir(parents=True)

    def store(name, **result):
        (folder / name).write_text(json.dumps({"date": "2026-11-22", **result}), encoding="utf-8")
        return Measured(tmp_path)

    return store


def test_the_summary_counts_what_the_run_stores():
    assert {count for _, _, count, _ in LOOKED_AT} <= set(record_run.COMPARED)


def test_the_summary_says_what_was_noticed_and_judged_and_what_was_not_measured(stored, tmp_path):
    stored("lighthouse.json", pages={"a": {**LEAST_POINTS, "performance": 97}})
    stored(
        "mutants.json", made={"datum": {"01": 2}, "label": {"02": 1}}, killed={"datum": {"01": 1}, "label": {"02": 1}}
    )
    measured = stored("checks.json", compared={LOOKED_AT[0][2]: 1992})
    (tmp_path / "datasets").mkdir()
    (tmp_path / "datasets" / "inventory.csv").write_text("verdict\nholds\nnot_checked\nnot_checked\n")
    said = measured.summary()
    for words in ("| 1,992 cells, no difference |", "| not measured yet |", "| 97 to 100 of 100 points |"):
        assert words in said
    for words in ("| 2 of 3 noticed |", "| 1 of 3 judged |"):
        assert words in said


def test_mutants_are_counted_by_kind_and_unit(stored):
    made = {"datum": {"01": 2, "02": 1}, "label": {"01": 1, "02": 1}}
    killed = {"datum": {"01": 1, "02": 1}, "label": {"01": 1}}
    said = stored("mutants.json", seed=5, made=made, killed=killed).mutants()
    assert "**3 of 5 (60.0%)**, on 2026-11-22, seed 5" in said
    assert said.splitlines()[2:7] == [
        "| unit | datum | label |", "| :-- | --: | --: |", "| 01 | 1/2 | 1/1 |", "| 02 | 1/1 | 0/1 |", "| all | 2/3 | 1/2 |",
    ]  # fmt: skip


def test_the_wait_for_the_workbook_is_told_for_both_visits(stored):
    said = stored("checks.json", first_output={"first visit": 31.5, "second visit": 22.2}).workbook()
    assert "| first visit | 32 |" in said
    assert "| second visit | 22 |" in said


def test_the_heaviest_page_is_named(stored):
    weight = {"page": "notebooks/12_complaints.html", "largest": 182, "median": 150}
    said = stored("checks.json", kilobytes=weight).weight()
    assert "150 kB in the middle, 182 kB at most ({doc}`/notebooks/12_complaints`). Measured on 2026-11-22." in said


@pytest.mark.parametrize(("part", "command"), [("workbook", "make testlite"), ("weight", "make test")])
def test_what_was_never_measured_names_its_command(stored, part, command):
    assert getattr(stored("checks.json"), part)() == f"Not measured yet: `{command}`, then `make quality`."


def test_every_part_stands_on_the_page():
    page = (ROOT / "book" / "quality.md").read_text(encoding="utf-8")
    assert [part for part in PARTS if f"{{quality}} {part}\n" not in page] == []


def test_the_verdicts_add_up_to_the_inventory():
    rows = [line.split("|")[1:3] for line in Measured(ROOT).evidence().splitlines()[2:]]
    numbers = {name.strip(): int(number) for name, number in rows}
    assert numbers.pop("all") == sum(numbers.values())
    assert numbers["half right"] > 0


def test_versions_are_those_of_the_requirements():
    assert "| jupyter-book | `" in Measured(ROOT).versions()
    assert "| pandas | `" in Measured(ROOT).versions()


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
