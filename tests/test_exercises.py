"""Checks that teach: right on the solution, failing on the blank, and a message of its own for each listed slip."""

import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from notebook_results import glued_values
from remembered_tasks import remembered

from socialcare import datasets, engagement, exercises
from socialcare.exercises import NotYet, Rubric, Task, check, load_tasks

UNITS = sorted(path.stem[-2:] for path in Path("src/socialcare/exercises").glob("unit_*.py"))
TASKS = {task_id: task for unit in UNITS for task_id, task in load_tasks(unit).items()}
COMPUTED = {task_id: task for task_id, task in TASKS.items() if isinstance(task, Task)}
WRITTEN = {task_id: task for task_id, task in TASKS.items() if isinstance(task, Rubric)}
SLIPS = [(task_id, mistake) for task_id, task in COMPUTED.items() for mistake in task.mistakes]


@pytest.fixture(scope="module", autouse=True)
def checks_compute_nothing_twice():
    """The answers that are checked are computed anew, so the results must be the same each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exercises, "load_tasks", remembered)
        yield


def refusal(task_id, answer):
    with pytest.raises(NotYet) as problem:
        check(task_id, answer)
    return str(problem.value)


@pytest.mark.parametrize("task_id", COMPUTED)
def test_a_check_passes_on_the_solution(task_id, capsys):
    check(task_id, COMPUTED[task_id].right())
    assert capsys.readouterr().out.startswith(f"Task {task_id}: right")


@pytest.mark.parametrize("task_id", TASKS)
@pytest.mark.parametrize("blank", [None, "", "  "])
def test_a_check_fails_on_the_blank(task_id, blank):
    assert refusal(task_id, blank).startswith("No answer yet")


@pytest.mark.parametrize(("task_id", "mistake"), SLIPS, ids=[f"{task_id} {m.name}" for task_id, m in SLIPS])
def test_each_listed_slip_gets_its_own_reason_and_a_place_to_reread(task_id, mistake):
    message = refusal(task_id, mistake.result())
    assert message.startswith(mistake.message)
    assert "Reread: " in message


@pytest.mark.parametrize("task_id", COMPUTED)
def test_a_task_lists_two_to_four_slips_that_differ_from_each_other_and_from_the_answer(task_id):
    task = remembered(task_id[:2])[task_id]
    assert 2 <= len(task.mistakes) <= 4
    assert len({mistake.message for mistake in task.mistakes}) == len(task.mistakes)
    results = [repr(mistake.result()) for mistake in task.mistakes]
    assert len({*results, repr(task.right())}) == len(results) + 1


@pytest.mark.parametrize("task_id", COMPUTED)
def test_the_place_to_reread_is_a_heading_of_the_notebook(task_id):
    heading, notebook = re.fullmatch(r"'(.+)' in notebook (\d\d)", COMPUTED[task_id].reread).groups()
    source = next(Path("notebooks").glob(f"{notebook}_*.ipynb")).read_text(encoding="utf-8")
    assert f"## {heading}" in source


def test_another_wrong_number_is_told_from_a_listed_slip():
    assert "it is none of the usual slips" in refusal("09-2", 12345.678)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("284%", "Your answer is of type str; expected a single number."),
        (pd.Series([1.0]), "Your answer is of type Series; expected a single number."),
        (True, "Your answer is of type bool; expected a single number."),
    ],
)
def test_an_answer_of_another_kind_is_told_so(answer, words):
    assert refusal("09-2", answer) == words


def test_an_answer_by_name_needs_exactly_the_names():
    assert refusal("09-5", {"low": 1.0, "top": 2.0}) == "Your answer has values for low, top; expected low, high."
    assert refusal("09-5", 3.0) == "Your answer is of type float; expected one value for each name."


def test_rounding_within_a_millionth_is_no_mistake(capsys):
    check("09-2", COMPUTED["09-2"].right() * (1 + 1e-9))
    assert "right" in capsys.readouterr().out


def almost(answer, right):
    with pytest.raises(NotYet) as problem:
        Task(right=lambda: right, mistakes=(), praise="right", reread="here", unit="%").check(answer)
    return str(problem.value)


@pytest.mark.parametrize(
    ("answer", "right", "words"),
    [
        (44.9, 44.943, "Right but for the rounding: give the value as computed, and round when you print it."),
        ({"low": 29, "high": 45.15}, {"low": 29.117, "high": 45.15}, "Right but for the rounding"),
        (0.44943, 44.943, "The digits are right and the unit is not: the value a hundred times too small."),
        (4494.3, 44.943, "The digits are right and the unit is not: the value a hundred times too large."),
        ({"n": 12, "share": 0.746}, {"n": 12, "share": 74.6}, "the unit is not: share a hundred times too small."),
        ({"n": 8, "share": 74.6}, {"n": 12, "share": 74.6}, "Right: share. Not yet: n."),
        ({"a": "up", "b": "up"}, {"a": "up", "b": "down"}, "Right: a. Not yet: b."),
    ],
)
def test_what_is_right_about_a_wrong_answer_is_said(answer, right, words):
    assert words in almost(answer, right)
    assert almost(answer, right).endswith("Reread: here.")


@pytest.mark.parametrize(
    ("answer", "right", "shown"),
    [
        (44.8, 44.943, "44.8% is not it, and it is none of the usual slips."),
        (0, 0.004, "0% is not it"),
        (3, 2.6, "3% is not it"),
        ({"low": 1 / 3, "high": 9}, {"low": 1, "high": 2}, "low: 0.333333, high: 9% is not it"),
        ({"a": "up", "b": "up"}, {"a": "down", "b": "down"}, "a: 'up', b: 'up'% is not it"),
    ],
)
def test_an_answer_of_which_nothing_is_right_is_shown_as_it_is(answer, right, shown):
    assert almost(answer, right).startswith(shown)


@pytest.mark.parametrize("task_id", WRITTEN)
def test_exemplars_stand_at_their_three_levels(task_id):
    rubric = WRITTEN[task_id]
    texts = rubric.exemplars()
    assert set(texts) == {"good", "almost", "not yet"}
    missing = {level: len(rubric.missing(text)) for level, text in texts.items()}
    assert missing["good"] == 0
    assert 1 <= missing["almost"] <= 2
    assert missing["not yet"] > len(rubric.criteria) / 2


@pytest.mark.parametrize("task_id", WRITTEN)
def test_a_written_check_says_what_it_cannot_judge(task_id, capsys):
    rubric = WRITTEN[task_id]
    check(task_id, rubric.exemplars()["good"])
    assert rubric.cannot_judge in capsys.readouterr().out
    assert rubric.cannot_judge in refusal(task_id, rubric.exemplars()["almost"])


@pytest.mark.parametrize("task_id", WRITTEN)
def test_a_written_answer_may_be_as_long_as_its_advice_says(task_id):
    length = next(criterion for criterion in WRITTEN[task_id].criteria if criterion.name == "length")
    low, high = map(int, re.search(r"(\d+) to (\d+) words", length.advice).groups())
    counts = (low - 1, low, high, high + 1)
    assert [length.met(" ".join(["word"] * count)) for count in counts] == [False, True, True, False]


@pytest.mark.parametrize("task_id", WRITTEN)
def test_a_text_about_something_else_meets_no_point_but_the_bans(task_id):
    text = " ".join(["lorem ipsum dolor"] * 25)
    met = [criterion.name for criterion in WRITTEN[task_id].criteria if criterion.met(text)]
    assert [name for name in met if name != "length" and not name.startswith(("no ", "not "))] == []


GOOD_NOTE = WRITTEN["09-6"].exemplars()["good"]


@pytest.mark.parametrize(
    ("criterion", "old", "new"),
    [
        ("length", GOOD_NOTE, "No slide."),
        ("rate", r"193%", "a lot"),
        ("base", "of active followers", "of people"),
        ("polarity", "143 points", "many points"),
        ("cause", "batch of decaf sold as regular coffee", "thing"),
        ("cause", "batch", "lot"),
        ("no triumph", "Praise was", "It was our best week. Praise was"),
        ("next step", "by Wednesday", "some day"),
        ("no money claim", "I suggest", "The ROI is fine. I suggest"),
    ],
)
def test_each_point_of_the_note_can_be_missed(criterion, old, new):
    rubric = WRITTEN["09-6"]
    text = GOOD_NOTE.replace(old, new)
    if criterion == "cause":
        text = re.sub(r"decaf\w*|mislabel\w*|\bbatch\b", "thing", text)
    assert criterion in [missed.name for missed in rubric.missing(text)]


def test_seven_groups_are_not_the_three_that_the_answers_hold():
    text = re.sub(r"\b(three|3)\b", "7", WRITTEN["04-6"].exemplars()["good"], flags=re.IGNORECASE)
    assert "three" in [missed.name for missed in WRITTEN["04-6"].missing(text)]


def test_what_the_good_note_says_of_praise_is_true():
    weeks = engagement.weekly(datasets.load_interactions(), datasets.load_audience())
    weeks = weeks[(weeks["brand"] == "Café Brisa") & (weeks["network"] == "twitter")]
    record = weeks.loc[weeks["rate"].idxmax(), "positive"]
    assert "Praise was lower than usual." in GOOD_NOTE
    assert record < weeks["positive"].quantile(0.25)


def test_the_averages_of_the_notebook_are_those_of_the_task():
    quoted = glued_values(nbformat.read("notebooks/09_measuring_engagement.ipynb", as_version=4))["micro"]
    ours, theirs = (float(rate) for rate in re.findall(r"([\d.]+)%", quoted))
    assert COMPUTED["09-4"].right() == pytest.approx(ours - theirs, abs=0.01)  # both of 2025, without the warm-up


def test_saying_that_it_was_no_success_is_not_praise():
    rubric = WRITTEN["09-6"]
    assert "no triumph" not in [m.name for m in rubric.missing(GOOD_NOTE + " This was not our best week.")]


def test_jupyter_shows_the_reason_and_not_the_way_to_it():
    assert NotYet("You divided by all fans.")._render_traceback_() == ["You divided by all fans."]


def test_an_unknown_task_lists_the_known_ones():
    with pytest.raises(ValueError, match="task '09-99' is unknown; expected one of 09-1, 09-2"):
        check("09-99", 1)
