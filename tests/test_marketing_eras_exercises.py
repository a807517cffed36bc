"""The tasks of unit 02: each slip is told why, in words written here; honest wordings of the note are not punished."""

import pytest

from socialcare.exercises import NotYet, load_tasks, unit_02

TASKS = load_tasks("02")
RUBRIC = TASKS["02-6"]
GOOD = RUBRIC.exemplars()["good"]
MARKS = {"E08": 3, "E22": 3, "E33": 2, "E41": 1, "E57": 2, "E70": 1}  # read in the file by a person


def refusal(task_id, answer):
    with pytest.raises(NotYet) as problem:
        TASKS[task_id].check(answer)
    return str(problem.value)


def missed(text):
    return [criterion.name for criterion in RUBRIC.missing(text)]


@pytest.mark.parametrize(
    ("task_id", "answer", "words"),
    [
        ("02-1", MARKS | {"E41": 2}, "what binds whoever answers"),
        ("02-1", MARKS | {"E70": 3}, "the address takes no replies"),
        ("02-1", MARKS | {"E33": 3}, "3.0 asks for tools with which customers publish"),
        ("02-1", {"E08": 3, "E22": 3, "E33": 3, "E41": 2, "E57": 3, "E70": 2}, "one era too high"),
        ("02-1", MARKS | {"E08": 2, "E22": 1}, "4 of 6 as both raters marked them. Look again at E08, E22"),
        ("02-2", 0.617021, "That is kappa with linear weights"),
        ("02-2", 0.593220, "You counted every miss alike"),
        ("02-2", 0.75, "share of equal marks"),
        ("02-2", 0.721180, "kappa of all three firms"),
        ("02-3", 1.0, "all three faults are still in it"),
        ("02-3", 0.534884, "The slogans are still in"),
        ("02-3", 0.839286, "let chance mark each era equally often"),
        ("02-3", 0.655738, "a miss of one era counts half"),
        ("02-4", {"row": "interaction", "gap": -4 / 3}, "The row is right"),
        ("02-4", {"row": "interaction", "gap": 5 / 3}, "The sign is turned"),
        ("02-4", {"row": "centre", "gap": 4 / 3}, "furthest ahead"),
        ("02-5", {"PAR": 96 / 2000, "BAR": 40 / 2000}, "everybody who was asked"),
        ("02-5", {"PAR": 96 / 1100, "BAR": 40 / 1100}, "once they saw the logo"),
        ("02-5", {"PAR": 0.15, "BAR": 40 / 96}, "divided by the buyers"),
    ],
)
def test_a_wrong_answer_is_told_its_reason(task_id, answer, words):
    assert words in refusal(task_id, answer)


@pytest.mark.parametrize(
    ("task_id", "answer"),
    [
        ("02-1", MARKS),
        ("02-2", 0.634146),
        ("02-3", 0.676923),
        ("02-4", {"row": "interaction", "gap": -5 / 3}),
        ("02-5", {"PAR": 0.15, "BAR": 0.0625}),
    ],
)
def test_the_right_answers_are_those_that_a_person_computed(task_id, answer):
    assert TASKS[task_id].check(answer).startswith("right")


def test_the_six_statements_name_a_deed_and_both_raters_mark_them_alike():
    six = unit_02._statements().set_index("statement_id").loc[list(MARKS)]
    assert six["names_a_deed"].all()
    assert six["rater_1"].to_dict() == six["rater_2"].to_dict() == MARKS


def test_the_praise_of_task_2_is_true():
    aurea = unit_02._statements().query("firm == 'Molienda Áurea' and rater_1 != rater_2")
    assert not aurea["names_a_deed"].any()
    assert ((aurea["rater_1"] - aurea["rater_2"]).abs() == 2).mean() == 0.5


@pytest.mark.parametrize(
    ("criterion", "old", "new"),
    [
        ("length", GOOD, "No."),
        ("verdict", "six of eight rows", "many rows"),
        ("verdict", "we live in 2.0", "we live there"),
        ("interaction", "stands at 2.67", "stands high"),
        ("kappa", "is 0.92", "is fine"),
        ("interval", "0.84", "less"),
        ("slogans", "slogans were", "the rest was"),
        ("words, not acts", "These are our words, and nobody", "Nobody"),
        ("no law of history", "Being mixed", "We must become 3.0 soon. Being mixed"),
        ("no law of history", "Being mixed", "Others will be left behind. Being mixed"),
        ("next step", "By Friday", "Some day"),
    ],
)
def test_each_point_of_the_note_can_be_missed(criterion, old, new):
    assert old in GOOD
    text = GOOD.replace(old, new)
    if criterion == "words, not acts":
        text = text.replace("our own statements", "the table")
    assert criterion in missed(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("six of eight rows", "6 out of 8 rows"),
        ("0.92", ".92"),
        ("0.84 to 1.00", "0,84 to 1,00"),
        ("By Friday", "Before 15 May"),
        ("Being mixed is no fault", "We need not become 3.0 and nobody will be left behind"),
        ("These are our words", "This is what we say"),
    ],
)
def test_other_honest_wordings_pass(old, new):
    assert old in GOOD
    assert missed(GOOD.replace(old, new)) == []
