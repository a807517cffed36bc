"""The tasks of unit 11: wrong answers, each point of the note can be missed, honest wordings pass."""

import pytest

from socialcare.exercises import NotYet, load_tasks

TASKS = load_tasks("11")
RUBRIC = TASKS["11-6"]
GOOD = RUBRIC.exemplars()["good"]

WRONG = [  # answers worked out by hand from the tables, and words that the reply must hold
    ("11-2", {"nps": 100 * (149 - 35) / 800, "low": 10.0, "high": 20.0}, "none of the usual slips"),
    ("11-3", {"too early": 8, "csat": 100 * 450 / 1454}, "the colleague's own value"),
    ("11-3", {"too early": 12, "csat": 100 * 450 / 1442}, "as dissatisfied"),
    ("11-3", {"too early": 12, "csat": 100 * 450 / 604}, "Take them out of the score too"),
]


def missed(text):
    return [criterion.name for criterion in RUBRIC.missing(text)]


@pytest.mark.parametrize(("task_id", "answer", "words"), WRONG)
def test_a_wrong_answer_is_met_with_its_reason(task_id, answer, words):
    with pytest.raises(NotYet, match=words):
        TASKS[task_id].check(answer)


def test_the_answer_of_the_repair_is_counted_in_the_tables():
    assert TASKS["11-3"].check({"too early": 12, "csat": 100 * 450 / 603}).startswith("right.")


@pytest.mark.parametrize(
    ("criterion", "old", "new"),
    [
        ("length", GOOD, "No."),
        ("score", "75%", "Most"),
        ("answers", "603 answers to 1,442 surveys", "many people"),
        ("who is silent", "an unresolved case", "some cases"),
        (
            "correction",
            "Weighted by outcome we estimate 71%; with no assumption at all it lies between 31 and 89%.",
            "",
        ),
        ("too early", "12 further surveys went out before the case was resolved", "some surveys were wrong"),
        ("next step", "By 30 January", "Soon"),
        ("no overclaim", "the happy ones speak louder", "this proves that they like us"),
    ],
)
def test_each_point_of_the_note_can_be_missed(criterion, old, new):
    assert old in GOOD
    assert criterion in missed(GOOD.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("603 answers to 1,442 surveys", "58% did not answer"),
        ("603 answers to 1,442 surveys", "603 answers to 1442 surveys"),
        ("By 30 January", "On Friday"),
        ("Weighted by outcome we estimate 71%; with", "With"),
        ("with no assumption at all it lies between 31 and 89%", "that is an estimate"),
    ],
)
def test_other_honest_wordings_pass(old, new):
    assert old in GOOD
    assert missed(GOOD.replace(old, new)) == []
