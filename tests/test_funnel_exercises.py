"""The written task of unit 10: each point of the note can be missed, and honest wordings are not punished."""

import pytest

from socialcare.exercises import load_tasks

RUBRIC = load_tasks("10")["10-6"]
GOOD = RUBRIC.exemplars()["good"]


def missed(text):
    return [criterion.name for criterion in RUBRIC.missing(text)]


@pytest.mark.parametrize(
    ("criterion", "old", "new"),
    [
        ("length", GOOD, "No."),
        ("phone", "64%", "few"),
        ("desktop", "91%", "more"),
        ("uncertainty", "95% interval 61", "from 61"),
        ("clicks", "buy alike", "were seen"),
        ("law", "the law asks", "I want"),
        ("next step", "by Friday", "soon"),
        ("test", "we test a", "we buy a"),
        ("test", "only the test will tell us", "will double, and the test will tell us"),
    ],
)
def test_each_point_of_the_note_can_be_missed(criterion, old, new):
    assert old in GOOD
    text = GOOD.replace(old, new)
    if criterion == "test" and old.startswith("we test"):
        text = text.replace("only the test", "only time")
    assert criterion in missed(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("buy alike", "show no difference in buying per click"),
        ("95% interval 61 to 67%", "61 to 67, margin of error counted"),
        ("by Friday", "before 15 May"),
        ("the law asks for", "Directive and law ask for"),
        ("64%", "64.1%"),
    ],
)
def test_other_honest_wordings_pass(old, new):
    assert old in GOOD
    assert missed(GOOD.replace(old, new)) == []
