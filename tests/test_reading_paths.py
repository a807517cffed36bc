"""Each reading path keeps its promise, and every step leads somewhere."""

from pathlib import Path

import pytest
import reading_paths
import yaml
from reading_paths import Step, clock, path_markdown, read_paths, steps_of, total
from units import read_units

ROOT = Path(__file__).resolve().parents[1]
PATHS = read_paths(ROOT)
PAGE = {"page": "book/12_complaints", "why": "Because."}


@pytest.mark.parametrize("name", PATHS)
def test_a_path_takes_as_long_as_it_promises(name):
    promised = PATHS[name]["minutes"]
    assert total(steps_of(ROOT, name), promised, name) == pytest.approx(promised, rel=0.10)


def test_the_promises_are_those_of_the_page():
    assert {name: path["minutes"] for name, path in PATHS.items()} == {"student": 360, "trainer": 480, "manager": 60}


def test_the_students_path_holds_all_that_its_units_need_in_order():
    needs = {unit.number: set(unit.needs) for unit in read_units(ROOT)}
    met = set()
    for step in steps_of(ROOT, "student"):
        assert needs[step.unit] <= met, f"unit {step.unit} needs {needs[step.unit] - met} first"
        met.add(step.unit)


def test_the_managers_path_asks_for_three_decisions_and_no_notebook():
    steps = PATHS["manager"]["steps"]
    assert sum("decision." in step.get("do", "") for step in steps) == 3
    assert not [step for step in steps if str(step.get("page")).startswith(("notebooks", "solutions"))]


def test_the_trainers_day_has_pauses_in_time_and_lunch_at_noon():
    at, since_pause, spans = 0.0, 0.0, []
    for step, planned in zip(steps_of(ROOT, "trainer"), PATHS["trainer"]["steps"], strict=True):
        if planned.get("do") in {"Break", "Lunch"}:
            spans.append((planned["do"], planned["minutes"], clock(PATHS["trainer"]["starts"], round(at))))
            since_pause = 0.0
        else:
            since_pause += step.minutes
            assert since_pause <= 130, step
            assert "do" not in planned or planned["minutes"] <= 25, planned["do"]
        at += step.minutes
    assert [(name, minutes) for name, minutes, _ in spans] == [("Break", 15), ("Lunch", 60), ("Break", 15)]
    assert "11:30" <= spans[1][2] <= "13:00"


def test_every_path_is_shown_once():
    page = (ROOT / "book" / "reading_paths.md").read_text(encoding="utf-8")
    assert [page.count(f"{{reading-path}} {name}\n") for name in PATHS] == [1] * len(PATHS)


def write(folder, **steps):
    """Write a course whose paths are given, with the real units."""
    (folder / "book").mkdir()
    for name in ("_toc.yml", "notebooks", "solutions"):
        (folder / name).symlink_to(ROOT / name)
    for chapter in (ROOT / "book").glob("[0-9]*.md"):
        (folder / "book" / chapter.name).symlink_to(chapter)
    (folder / reading_paths.DATA).write_text(yaml.safe_dump({"own": {"minutes": 25, **steps}}), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ({"why": "x"}, r"has none of page, simulator, do; expected exactly one$"),
        ({**PAGE, "do": "x"}, r"has page and do of page, simulator, do; expected exactly one$"),
        ({**PAGE, "minutes": 5}, r"field 'minutes' is unknown for a page$"),
        ({"page": "book/12_complaints"}, r"field 'why' is empty; expected a sentence$"),
        ({"do": "x", "why": "x"}, r"field 'minutes' is None; expected a whole number above 0$"),
        (
            {**PAGE, "page": "book/99_x"},
            r"page 'book/99_x' belongs to no unit; expected one like 'book/12_complaints'$",
        ),
        (
            {**PAGE, "page": "book/12_complaints#x"},
            r"book/12_complaints\.md has no heading or label 'x'; expected one$",
        ),
        ({**PAGE, "page": "solutions/12_complaints", "tasks": [9]}, r"task 9 does not exist; expected 1 to 6$"),
        (
            {"simulator": "staffing", "at": "book/12_complaints", "minutes": 5, "why": "x"},
            r"page 'book/12_complaints' has no simulator 'staffing'; expected one that shows it$",
        ),
    ],
)
def test_a_step_that_leads_nowhere_is_refused(tmp_path, step, words):
    with pytest.raises(ValueError, match=r"^book/reading_paths\.yml: path 'own', step 1: " + words):
        steps_of(write(tmp_path, steps=[step]), "own")


def test_a_path_without_steps_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"path 'own' has no whole 'minutes' or no 'steps'; expected both$"):
        read_paths(write(tmp_path, steps=[]))


def test_minutes_come_from_the_pages_and_tasks(tmp_path):
    unit = next(unit for unit in read_units(ROOT) if unit.number == "12")
    pages = ("book/12_complaints", "notebooks/12_complaints", "solutions/12_complaints")
    steps = [{"page": page, "why": "x"} for page in pages] + [{"page": pages[2], "tasks": [1, 3], "why": "x"}]
    found = [step.minutes for step in steps_of(write(tmp_path, steps=steps), "own")]
    assert found == [unit.chapter, unit.notebook, unit.exercises, unit.tasks[0] + unit.tasks[2]]


def test_the_sections_of_a_chapter_share_its_minutes(tmp_path):
    slugs = "the-principle why-it-works then-and-now do-it-on-monday measure-it where-the-sources-disagree"
    steps = [{"page": f"book/12_complaints#{slug}", "why": "x"} for slug in slugs.split()]
    minutes = [step.minutes for step in steps_of(write(tmp_path, steps=steps), "own")]
    assert all(value > 0 for value in minutes)
    assert 0.7 * 25 < sum(minutes) < 25


def test_a_broken_promise_is_refused():
    with pytest.raises(ValueError, match=r"path 'own' takes 70 minutes; expected 60, or up to 10% off$"):
        total([Step(70, "x", "y")], 60, "own")


def test_the_clock_runs_on_from_the_start():
    assert clock("09:45", 80) == "11:05"
    text = path_markdown([Step(14.6, "A", "why"), Step(60, "B", "why")], 75, "09:00")
    assert "| 09:00 | 15 | A<br>why |\n| 09:15 | 60 | B<br>why |" in text
    assert text.replace("\u00a0", " ").endswith("Together **1 h 15 min**, from 09:00 to 10:15.")
