"""The tasks of unit 07: each slip is answered with its own reason, and the note's points can be missed one by one."""

import pytest

from socialcare import datasets, parity
from socialcare.exercises import NotYet, load_tasks

TASKS = load_tasks("07")
NOTE = TASKS["07-6"]
GOOD = NOTE.exemplars()["good"]
N, P, G, S = parity.NOT_ENOUGH, parity.PARITY, parity.GAP, parity.SMALL_GAP


@pytest.fixture(scope="module")
def catalan():
    """Catalan cases on twitter that have had their day, with hours to the human reply."""
    tickets = datasets.load("tickets")
    part = tickets[(tickets["language"] == "ca") & (tickets["channel"] == "twitter")]
    return part[part["opened_at"] <= "2025-12-31"]


def reason(task_id, answer):
    with pytest.raises(NotYet) as caught:
        TASKS[task_id].check(answer)
    return str(caught.value)


def verdicts(*words):
    return dict(zip(TASKS["07-1"].right(), words, strict=True))


# expected words typed here, not taken from the message
SLIPS = [
    ("07-1", lambda: verdicts(P, P, G, S), "rests on 70 cases"),
    ("07-1", lambda: verdicts(N, P, G, G), "sure and small"),
    ("07-1", lambda: verdicts(P, P, G, P), "Only the second one"),
    ("07-1", lambda: verdicts(N, N, G, S), "Equality within a margin can be shown"),
    ("07-2", lambda: {"low": -23.289665823967656, "high": -11.668892438122782}, "Spanish minus English"),
    ("07-2", lambda: {"low": 0.11668892438122781, "high": 0.23289665823967656}, "percentage points"),
    ("07-2", lambda: {"low": 12.897857440242138, "high": 22.588770733048314}, "90% interval"),
    ("07-3", lambda: 100 * 74 / 112, "both faults are still in it"),
    ("07-3", lambda: 100 * 68 / 112, "nobody answered"),
    ("07-3", lambda: 100 * 74 / 120, "automatic reply stop the clock"),
    ("07-3", lambda: 100 * 206 / 337, "take that channel alone"),
    ("07-4", lambda: 784, "declared four"),
    ("07-4", lambda: 999, "nine of ten"),
    ("07-4", lambda: 2165, "give `cases_b`"),
    ("07-4", lambda: 2252, "*finding* a gap"),
    ("07-5", lambda: {"crude": -0.029089667779249706, "difference": 0.0002131673332182372}, "× 100"),
    ("07-5", lambda: {"crude": 2.9089667779249706, "difference": -0.02131673332182372}, "Mexico minus Spain"),
    ("07-5", lambda: {"crude": -2.9089667779249706, "difference": 0.8762306991561931}, "the same weight"),
    ("07-5", lambda: {"crude": -2.9089667779249706, "difference": -2.9089667779249706}, "twice"),
]


@pytest.mark.parametrize(("task_id", "answer", "words"), SLIPS, ids=[f"{s[0]} {s[2]}" for s in SLIPS])
def test_a_slip_is_answered_with_its_reason(task_id, answer, words):
    assert words in reason(task_id, answer())


def test_the_right_share_of_catalan_is_counted_by_hand(catalan):
    waited = catalan["first_human_reply_at"] - catalan["opened_at"]
    in_time = (waited.dt.total_seconds() <= 86_400).sum()
    assert (in_time, len(catalan)) == (68, 120)
    assert TASKS["07-3"].right() == pytest.approx(100 * 68 / 120)


@pytest.mark.parametrize(
    ("criterion", "old", "new"),
    [
        ("length", GOOD, "No."),
        ("share", "69.5%", "most"),
        ("interval", "-13.5 to 2.3", "-13.5 to 9"),
        ("verdict", "not enough data", "our data"),
        ("no false parity", "We cannot say that we serve", "We serve"),
        ("cases needed", "about 770 cases", "many more"),
        ("no photos", "I will not guess anybody's origin from photos", "I will look at photos"),
        ("law", "special data under GDPR article 9", "a guess"),
        ("declared", "ask for declared needs", "serve them"),
        ("next step", "I will", "One may"),
        ("date", "by 1 March", "soon"),
    ],
)
def test_each_point_of_the_note_can_be_missed(criterion, old, new):
    assert old in GOOD
    assert criterion in [missed.name for missed in NOTE.missing(GOOD.replace(old, new))]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("69.5%", "70 per cent"),
        ("-13.5 to 2.3", "-13.5 (worse) and +2.3"),
        ("not enough data", "too few cases to tell"),
        ("I will not guess anybody's origin from photos", "Reading anybody's origin from profile pictures is unlawful"),
        ("ask for declared needs", "ask customers what they need"),
        ("by 1 March", "before the end of March"),
        ("about 770 cases", "some 780 cases"),
    ],
)
def test_other_honest_wordings_pass(old, new):
    assert old in GOOD
    assert [missed.name for missed in NOTE.missing(GOOD.replace(old, new))] == []


def test_saying_that_the_data_show_equal_service_is_still_a_false_claim():
    claim = GOOD.replace(
        "We cannot say that we serve French speakers alike", "Our data show that French is served alike"
    )
    assert [missed.name for missed in NOTE.missing(claim)] == ["no false parity"]
