"""The check of a public reply to a complaint sees each point that is missing, and lets other good replies pass."""

import pytest

from socialcare.exercises import load_tasks

REPLY = load_tasks("12")["12-6"]
GOOD = REPLY.exemplars()["good"]


def missing(text):
    return [criterion.name for criterion in REPLY.missing(text)]


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "Bronwen, thanks for writing. I apologise: your box came open and half the coffee was spilt. I have refunded you "
        "in full today, and I will write in a private message by Friday to see that the money is there. – Dunia",
        "Hi Bronwen. Thank you for the message, and I'm sorry that the Oaxaca bag was torn. A new bag is on its way; I'll "
        "check the delivery myself on Thursday and tell you here. Feel free to write to me. ^IO",
    ],
)
def test_a_reply_with_all_points_passes_however_it_is_worded(text):
    assert missing(text) == []


@pytest.mark.parametrize(
    ("criterion", "old", "new"),
    [
        ("length", GOOD, "Sorry, Bronwen."),
        ("name", "Bronwen", "there"),
        ("thanks", "thank you for telling us", "we got your message"),
        ("apology", "I am sorry:", "Well:"),
        ("no excuse", "I am sorry:", "I am sorry, but"),
        ("no excuse", "You need not", "The courier was late. You need not"),
        ("specific", "half of your Oaxaca coffee on the doorstep", "this"),
        ("solution", "sending a new box", "looking into it"),
        ("next step", "on Thursday I will ask", "somebody will ask"),
        ("signature", " Dunia, Café Brisa", ""),
        ("no blame", "You need not", "You should have told the driver. You need not"),
        ("no personal data in public", "You need not", "Please post your address here. You need not"),
        ("no personal data in public", "You need not", "What is your order number? You need not"),
        ("no public compensation", "You need not", "I add a voucher. You need not"),
        ("no public compensation", "You need not", "A free bag comes with it. You need not"),
        ("no promotion", "You need not", "Have you seen our new blend? You need not"),
        ("no empty promise", "You need not", "This will never happen again. You need not"),
    ],
)
def test_each_point_of_the_reply_can_be_missed(criterion, old, new):
    assert old in GOOD
    text = GOOD.replace(old, new)
    if criterion == "next step":
        text = text.replace("I am sending a new box today", "A new box follows")
    assert criterion in missing(text)


def test_asking_for_the_number_in_a_private_message_is_fine():
    text = GOOD.replace("You need not", "Please send me your order number in a private message. You need not")
    assert "no personal data in public" not in missing(text)
