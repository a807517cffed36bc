"""The tasks of unit 08: each slip is answered with its own reason, and the written answer is read fairly."""

import pytest

from socialcare.exercises import NotYet, check, load_tasks

TASKS = load_tasks("08")
RUBRIC = TASKS["08-6"]
GOOD = RUBRIC.exemplars()["good"]


def missed(text):
    return [criterion.name for criterion in RUBRIC.missing(text)]


@pytest.mark.parametrize(
    ("task", "answer", "words"),
    [
        ("08-1", 0, "one in twenty empty comparisons"),
        ("08-1", 0.05, "level of one test"),
        ("08-1", 1 - 0.95**40, "at least one false finding"),
        ("08-1", 38, "rightly find nothing"),
        ("08-2", 580 / 62, "boosted posts are still in"),  # 62 stories with 580 comments, 7 of them boosted with 172
        ("08-2", 408 / 49, "nobody answered"),  # 55 stories, 6 of them without a comment
        ("08-2", 421 / 58, "December 2024"),  # 58 stories with the warm-up, 421 comments
        ("08-3", (1281 / 354) / (3587 / 789), "both networks"),  # passed on with and without a call, both networks
        ("08-3", (361 / 202) / (44 / 44), "Facebook alone"),
        ("08-4", 0.0076, "best of seven weekdays"),
        ("08-4", 0.0076 * 23, "Bonferroni"),
        ("08-4", 0.0076 * 7, "corrected for the seven weekdays"),
        ("08-5", {"posts": 48, "weeks": 8}, "come in bursts"),
        ("08-5", {"posts": 131, "weeks": 11}, "both versions"),
        ("08-5", {"posts": 131, "weeks": 16}, "keep their slots"),
        ("08-5", {"posts": 58, "weeks": 9}, "half the mentions"),
    ],
)
def test_a_slip_is_answered_with_its_reason(task, answer, words):
    with pytest.raises(NotYet, match=words):
        check(task, answer)


@pytest.mark.parametrize(
    ("task", "slip", "words"),
    [
        ("08-2", "likes and shares counted", "comments by the public"),
        ("08-3", "the colleague's value", "networks mixed, boosted posts in"),
        ("08-3", "turned round", "posts without a call to posts with one"),
    ],
)
def test_a_slip_without_a_round_number_is_answered_too(task, slip, words):
    mistake = next(mistake for mistake in TASKS[task].mistakes if mistake.name == slip)
    with pytest.raises(NotYet, match=words):
        check(task, mistake.result())


@pytest.mark.parametrize(
    ("task", "answer"), [("08-1", 2), ("08-2", 408 / 55), ("08-4", 0.0076 * 21), ("08-5", {"posts": 131, "weeks": 21})]
)
def test_the_answer_by_hand_passes(task, answer, capsys):
    check(task, answer)
    assert "right" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("criterion", "old", "new"),
    [
        ("length", GOOD, "No."),
        ("comparisons", "24 comparisons", "many comparisons"),
        ("correction", "After Holm's correction", "In the end"),
        ("questions", "1.8 times", "many times"),
        ("late hour", "2 posts", "few posts"),
        ("length of posts", "Short posts are", "Length is"),
        ("test", "30 posts", "enough posts"),
        ("test", "draws", "chooses"),
        ("no promise", "we do not know yet", "is clear: they will double them"),
    ],
)
def test_each_point_of_the_answer_can_be_missed(criterion, old, new):
    assert old in GOOD
    text = GOOD.replace(old, new)
    if criterion == "no promise":
        text = text.replace("Whether questions cause the comments is clear", "It is clear")
    assert criterion in missed(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("24 comparisons", "twenty-four comparisons"),
        ("2 posts", "two posts"),
        ("draws question or promotion", "tosses a coin between question and promotion"),
        ("Holm's correction", "a correction for that many tests"),
        (
            "Whether questions cause the comments we do not know yet",
            "We do not know whether more questions will bring more",
        ),
    ],
)
def test_other_honest_wordings_pass(old, new):
    assert old in GOOD
    assert missed(GOOD.replace(old, new)) == []
