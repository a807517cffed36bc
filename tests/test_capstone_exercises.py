"""The tasks of unit 15: wrong answers worked out here with words of their reason, and what the rubric asks for."""

import pytest

from socialcare.exercises import NotYet, Rubric, check, load_tasks

EMAIL, NEW, CHAT = "email, ten times the cases", "a new channel, 9 of 10 in time", "webchat as it is"
SLIPS = [
    ("15-1", {EMAIL: "do", NEW: "leave", CHAT: "leave"}, "reaches far below the promise"),
    ("15-1", dict.fromkeys((EMAIL, NEW, CHAT), "measure first"), "Caution is no virtue"),
    ("15-1", {EMAIL: "do", NEW: "do", CHAT: "leave"}, "the interval holds the promise"),
    ("15-2", 0.4 * 9525 / 47317 + 0.6 * 885 / 2450, "You took the high ends"),
    ("15-2", 0.4 * 1 + 0.6 * 885 / 2450, "You took the low ends"),
    ("15-2", 0.6 * (2708 + 9525) / 47317 + 0.4 * 885 / 2450, "40% is the weight on money"),
    ("15-2", 40 * (2708 + 9525) / 47317 + 60 * 885 / 2450, "runs from 0 to 1"),
]


@pytest.mark.parametrize(("task", "answer", "words"), SLIPS)
def test_a_slip_gets_the_reason_that_fits_it(task, answer, words):
    with pytest.raises(NotYet) as problem:
        check(task, answer)
    assert words in str(problem.value)


def test_the_right_answers_are_the_ones_worked_out_by_hand(capsys):
    check("15-1", {EMAIL: "do", NEW: "measure first", CHAT: "leave"})
    check("15-2", 0.4 * (2708 + 9525) / 47317 + 0.6 * 885 / 2450)
    check("15-3", 250)  # counted in the file
    assert capsys.readouterr().out.count("right") == 3


RUBRIC = load_tasks("15")["15-5"]


@pytest.mark.parametrize(
    ("old", "new", "criterion"),
    [
        ("First: answer", "Answer", "order"),
        ("oldest e-mail first", "oldest e-mail", "order"),
        ("Dunia owns", "We own", "owner"),
        ("by 31 January 2026", "soon", "day"),
        ("Only", "That definitely proves it. Only", "no false certainty"),
        ("504 good customers", "customer C00123 and 503 good customers", "no customer"),
        ("weekly", "", "measured"),
    ],
)
def test_each_point_of_the_page_can_be_missed(old, new, criterion):
    assert isinstance(RUBRIC, Rubric)
    text = RUBRIC.exemplars()["good"]
    assert RUBRIC.missing(text) == []
    if criterion == "order":
        text = text.replace("First: answer", "Answer").replace("oldest e-mail first", "oldest e-mail")
    elif criterion == "measured":
        text = text.replace("We will know it from the weekly share", "It is the share").replace("We measure", "We ask")
    elif criterion == "owner":
        text = text.replace("Inés tests", "we test")
    text = text.replace(old, new)
    assert criterion in [missing.name for missing in RUBRIC.missing(text)]


@pytest.mark.parametrize(
    "text", ["We will do it.", "It will work.", "Nobody will pay.", "Customers will leave.", "Everybody will see."]
)
def test_nobody_in_particular_is_no_owner(text):
    owner = next(criterion for criterion in RUBRIC.criteria if criterion.name == "owner")
    assert not owner.met(text)
    assert owner.met("Dunia will do it.")
    assert owner.met("Núria tests the letter.")
