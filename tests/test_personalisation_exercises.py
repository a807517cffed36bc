"""The tasks of unit 06: each usual slip gets its own reason, and each point of the written reply can be missed."""

import pytest

from socialcare.exercises import NotYet, load_tasks

TASKS = load_tasks("06")
REPLY = TASKS["06-6"]
GOOD = REPLY.exemplars()["good"]
SAID = ("thanks", "apologises", "next_step_with_time", "signed")
FIELDS = ("first_name", "profile_photo", "diet_need_declared", "email", "contacts")


def words(*values):
    return dict(zip(SAID, values, strict=True))


def gate(*values):
    return dict(zip(FIELDS, values, strict=True))


RIGHT_GATE = ("passes", "refused", "refused", "passes", "refused")


@pytest.mark.parametrize(
    ("task", "answer"),
    [
        ("06-1", words("no", "no", "no", "yes")),
        ("06-2", {"precision": 42 / 48, "recall": 42 / 60, "kappa": (176 / 200 - 0.604) / (1 - 0.604)}),
        ("06-3", 100 * 27 / 210),
        ("06-4", 100 * (31 / 250 - 0.05) / 0.70),
        ("06-5", gate(*RIGHT_GATE)),
        ("06-6", GOOD),
    ],
)
def test_answers_worked_out_by_hand_are_right(task, answer):
    assert TASKS[task].check(answer)


@pytest.mark.parametrize(
    ("task", "answer", "reason"),
    [
        ("06-1", words("yes", "yes", "yes", "yes"), "what a search for words would say"),
        ("06-1", words("no", "yes", "no", "yes"), "nothing about the own deed"),
        ("06-1", words("no", "no", "yes", "yes"), "nobody who acts"),
        ("06-1", words("no", "no", "no", "no"), "wherever it stands"),
        ("06-2", {"precision": 0.7, "recall": 0.875, "kappa": 0.276 / 0.396}, "swapped"),
        ("06-2", {"precision": 0.875, "recall": 0.7, "kappa": 0.88}, "what chance alone would give"),
        ("06-2", {"precision": 87.5, "recall": 70, "kappa": 100 * 0.276 / 0.396}, "shares from 0 to 1"),
        ("06-3", 100 * 27 / 900, "customers' messages are no replies"),
        ("06-3", 100 * 27 / 440, "of all channels"),
        ("06-3", 100 * 16 / 148, "You left Facebook out"),
        ("06-3", 27 / 210, "asks for percent"),
        ("06-4", 12.4, "false alarms included"),
        ("06-4", 12.4 / 0.75, "not for the false alarms"),
        ("06-4", 0, "Sensitivity and specificity are swapped"),
        ("06-4", 0.074 / 0.70, "asks for percent"),
        ("06-5", gate("passes", "passes", *RIGHT_GATE[2:]), "anyone can see"),
        ("06-5", gate("passes", "refused", "passes", "passes", "refused"), "Without explicit consent"),
        ("06-5", gate(*["refused"] * 5), "nobody could be answered"),
        ("06-5", gate("passes", "refused", "refused", "passes", "passes"), "close to a customer"),
    ],
)
def test_a_usual_slip_hears_its_own_reason(task, answer, reason):
    with pytest.raises(NotYet) as told:
        TASKS[task].check(answer)
    assert reason in str(told.value)


@pytest.mark.parametrize(
    ("point", "old", "new"),
    [
        ("length", GOOD, "Sorry, Maite."),
        ("name", "Maite", "there"),
        ("thanks", "thank you for writing a third time", "we have your message"),
        ("apology", "I am sorry about both", "We know of both"),
        ("no excuse", "I am sorry about both", "I am sorry, but we are busy"),
        (
            "specific",
            GOOD,
            "Maite, thanks! Sorry. " + "I take note of your opinion today and will bear it in mind. " * 2 + "Jordi",
        ),
        ("both things", "the chat must not drop you", "that is dangerous"),
        ("next step", "today, and I will write to you in private by noon tomorrow to ask where you want it", "soon"),
        ("signature", "Jordi, Café Brisa", "The Café Brisa team"),
        ("no personal data in public", "Please stop using the pot.", "Please post your phone number here."),
        ("no promotion", "Please stop using the pot.", "Have you seen our new electric pots?"),
        ("no blame", "Please stop using the pot.", "You should have read the manual."),
        ("no jargon", "Please stop using the pot.", "Your ticket sits in the L2 queue."),
        (
            "language",
            GOOD,
            "Hola, Maite: gracias por avisar y perdona lo de la cafetera y el chat. Mañana te escribo yo. Jordi",
        ),
    ],
)
def test_each_point_of_the_reply_can_be_missed(point, old, new):
    assert old in GOOD
    assert point in [criterion.name for criterion in REPLY.missing(GOOD.replace(old, new))]


@pytest.mark.parametrize(
    "text",
    [
        "Maite, thanks for telling us, and apologies: that pot should be tight and the chat should stay open. A new moka pot "
        "waits for you in Bilbao; I'll ring the shop today and write to you in private before 6 pm. ^JC",
        "hi maite, thank you! so sorry about the leak, and about the chat hanging up on you. don't use the pot any more. "
        "tomorrow morning i put a new one aside in bilbao and send you a private message. jordi",
    ],
)
def test_other_honest_wordings_pass(text):
    assert [criterion.name for criterion in REPLY.missing(text)] == []
