"""The tasks of unit 13: wrong answers worked out here, and words of the reason that each must get."""

import pytest

from socialcare.exercises import NotYet, Rubric, check, load_tasks

ANY, PERSON, BADGE = "median time to any reply", "median wait for a person", "weeks with the badge"
SLIPS = [
    ("13-1", {ANY: "down", PERSON: "down", BADGE: "same"}, "ends with a person"),
    ("13-1", {ANY: "down", PERSON: "same", BADGE: "up"}, "leaves automatic replies out"),
    ("13-1", {ANY: "same", PERSON: "same", BADGE: "same"}, "falls to seconds"),
    ("13-2", 2 + 11 + 11 + 5 + 1, "1 and 2 May as ordinary days"),
    ("13-2", 2 + 11 + 5 + 1, "name the region MD"),
    ("13-2", 60 * 8, "Those are minutes"),
    ("13-2", 4 * 24 + 16, "the customer's clock"),
    ("13-4", {"desk": 7, "schedule": 10}, "people call at random"),
    ("13-4", {"desk": 10, "schedule": 10}, "on leave, ill or in training"),
    ("13-4", {"desk": 10, "schedule": 13}, "divide by 0.70"),
    ("13-4", {"desk": 8, "schedule": 12}, "asks for 95%"),
    ("13-5", "2027-07-01", "The claim was incomplete"),
    ("13-5", "2027-07-05", "24 June is a holiday"),
    ("13-5", "2027-06-29", "Article 17 says working days"),
    ("13-5", "2027-06-24", "Choose the row of article 17"),  # 9 June and 15 days
]
RIGHT = {
    "13-1": {ANY: "down", PERSON: "same", BADGE: "same"},
    "13-2": 8,
    "13-4": {"desk": 10, "schedule": 15},
    "13-5": "2027-07-06",  # 15 to 23 June, 25 June to 6 July: fifteen working days
}


@pytest.mark.parametrize(("task", "answer", "words"), SLIPS)
def test_a_slip_gets_the_reason_that_fits_it(task, answer, words):
    with pytest.raises(NotYet) as problem:
        check(task, answer)
    assert words in str(problem.value)


@pytest.mark.parametrize("task", RIGHT)
def test_the_right_answers_are_the_ones_worked_out_by_hand(task, capsys):
    check(task, RIGHT[task])
    assert "right" in capsys.readouterr().out


def test_the_repaired_share_counts_everybody_who_was_due():
    share = load_tasks("13")["13-3"].right()
    assert share == pytest.approx(100 * 700 / 917, abs=0.01)  # counted in the file: 918 cases, one not due yet


@pytest.mark.parametrize(
    ("change", "criterion"),
    [
        (("Wanjiru", "you"), "name"),
        (("thank you for asking", "yes"), "thanks"),
        (("doctor or pharmacist", "friends"), "professional"),
        (("What I can", "It is safe. What I can"), "no medical answer"),
        (("by 17:00 today", "soon"), "next step"),
        (("in a private message", "here"), "private"),
        (("What I can", "Which pills do you take? What I can"), "no health data in public"),
        (("What I can", "Has anyone had the same? What I can"), "not left to the crowd"),
        (("Dunia, Café Brisa", ""), "signature"),
    ],
)
def test_the_rubric_misses_what_is_taken_out(change, criterion):
    rubric = load_tasks("13")["13-6"]
    assert isinstance(rubric, Rubric)
    good = rubric.exemplars()["good"]
    assert rubric.missing(good) == []
    assert criterion in [missing.name for missing in rubric.missing(good.replace(*change))]


@pytest.mark.parametrize(
    "answer",
    [
        "Decaf has almost no caffeine, so it should be fine with your pills.",
        "Decaf is fine for people with a weak heart.",
        "Don't drink it until then.",
        "You can go on with decaf.",
    ],
)
def test_yes_and_no_are_both_medical_answers(answer):
    rubric = load_tasks("13")["13-6"]
    changed = rubric.exemplars()["good"].replace("What I can", answer + " What I can")
    assert [missing.name for missing in rubric.missing(changed)] == ["no medical answer"]


def test_saying_that_one_cannot_tell_is_no_medical_answer():
    reply = (
        "Hi Wanjiru, thanks for writing. I can't tell you whether you can drink it: only your doctor or pharmacist can. "
        "Our roastery knows the caffeine per cup; I'll ask them and send you a private message before 17:00. Dunia, Café Brisa"
    )
    assert load_tasks("13")["13-6"].missing(reply) == []


def test_the_word_caffeine_alone_sends_nobody_to_the_roastery():
    rubric = load_tasks("13")["13-6"]
    missing = [criterion.name for criterion in rubric.missing(rubric.exemplars()["not yet"])]
    assert "facts from the right desk" in missing
