"""The messages of unit 03 give the reason of their slip; the plan takes any plan that holds; the rule of use is read."""

from pathlib import Path

import pytest

from socialcare.exercises import NotYet, check, load_tasks
from socialcare.exercises.unit_03 import _plan

TASKS = load_tasks("03")
RULE = TASKS["03-6"]
GOOD = RULE.exemplars()["good"]

REASONS = [  # task, slip, words of its reason
    ("03-1", {"50 to 60": "a tenth longer", "80 to 90": "a tenth longer"}, "not ten percent of the week"),
    ("03-1", {"50 to 60": "a quarter longer", "80 to 90": "a quarter longer"}, "from a smaller rest"),
    ("03-1", {"50 to 60": "twice as long", "80 to 90": "a quarter longer"}, "turned them round"),
    ("03-2", (135 + 42 + 200 * 12 / 52) / 60, "on seven days"),
    ("03-2", (135 + 6 + 200 * 12 / 52) / 60, "one on each working day"),
    ("03-2", (135 + 30 + 50) / 60, "four weeks"),
    ("03-2", 135 + 30 + 200 * 12 / 52, "minutes"),
    ("03-3", 100 * 6581 / (6581 + 1129), "private"),
    ("03-3", 100 * 3365 / 1129, "by both together"),
    ("03-4", {"answer": 7.2, "read": 6.8, "publish": 14, "improve": 2}, "a fifth goes to absence"),
    ("03-4", {"answer": 6, "read": 6.8, "publish": 8, "improve": 2}, "People who wrote to you wait"),
    ("03-4", {"answer": 7.2, "read": 4, "publish": 8, "improve": 2}, "Answering and reading come from customers"),
    ("03-4", {"answer": 7.2, "read": 6.8, "publish": 8, "improve": 0}, "whether the plan works"),
    ("03-4", {"answer": 7.2, "read": 6.8, "publish": 2, "improve": 2}, "two posts a week"),
]


@pytest.mark.parametrize(("task", "answer", "words"), REASONS)
def test_a_slip_is_told_its_reason(task, answer, words):
    with pytest.raises(NotYet) as problem:
        check(task, answer)
    assert words in str(problem.value)


def test_the_bakerys_week_is_that_of_the_hand_calculation(capsys):
    check("03-2", (3 * 45 + 5 * 6 + 200 * 12 / 52) / 60)
    assert "right" in capsys.readouterr().out


def test_the_share_of_replies_is_counted_from_the_log(capsys):
    check("03-3", 100 * 3365 / (3365 + 1129))  # public replies on both networks, posts, in 51 whole weeks
    assert "right" in capsys.readouterr().out


@pytest.mark.parametrize(
    "plan",
    [
        {"answer": 7.2, "read": 6.8, "publish": 8, "improve": 2},
        {"answer": 9, "read": 7, "publish": 3, "improve": 1},
        _plan(),
    ],
)
def test_any_plan_that_holds_is_right(plan, capsys):
    check("03-4", plan)
    assert "right" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"answer": 7.2, "publish": 8, "improve": 2}, "hours has no 'read'; expected answer, read, publish, improve"),
        ({"answer": -1, "read": 7, "publish": 8, "improve": 2}, "hours['answer'] is -1; expected"),
        ([7.2, 6.8], "of type list; expected hours for each task"),
        ("all of it", "one value for each name"),
    ],
)
def test_a_plan_that_is_none_is_told_so(answer, words):
    with pytest.raises(NotYet) as problem:
        check("03-4", answer)
    assert words in str(problem.value)


def missed(text):
    return [criterion.name for criterion in RULE.missing(text)]


@pytest.mark.parametrize(
    ("criterion", "old", "new"),
    [
        ("length", GOOD, "Criticism stays."),
        ("criticism stays", "Criticism of us stays on this page", "This page is ours"),
        ("criticism stays", "Criticism of us stays on this page", "We delete criticism"),
        ("grounds", "insults, threats and advertising", "what is not nice"),
        ("personal data", "by private message", "below"),
        ("who decides", "Nuria decides", "We decide"),
        ("when", "from Monday to Friday between 9:00 and 17:30, within one working day", "in due time"),
        ("reason and way back", "you can object by e-mail", "that is all"),
        (
            "law in force",
            "the General Data Protection Regulation and Spain's Organic Law 3/2018 apply",
            "the LOPD applies",
        ),
        ("no blank cheque", "Nuria decides", "Nuria decides at our discretion"),
    ],
)
def test_each_point_of_the_rule_can_be_missed(criterion, old, new):
    assert old in GOOD
    text = GOOD.replace(old, new)
    if criterion == "grounds":
        text = text.replace("personal data, such as an order number or an address", "what is private")
    if criterion == "who decides":
        text = text.replace("Dunia", "somebody")
    assert criterion in missed(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Criticism of us stays on this page", "We never delete complaints about us"),
        ("you can object by e-mail", "you can appeal by e-mail"),
        ("the General Data Protection Regulation and", "the GDPR with"),
        ("Nuria decides", "Our service desk decides"),
    ],
)
def test_other_honest_wordings_pass(old, new):
    assert old in GOOD
    assert missed(GOOD.replace(old, new)) == []


def test_the_rules_of_use_to_fill_in_meet_every_point_but_the_length():
    template = Path("book/templates/rules_of_use.txt").read_text(encoding="utf-8")
    assert [name for name in missed(" ".join(template.split())) if name != "length"] == []
    assert "LOPD" not in template
