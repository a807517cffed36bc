"""The exercises of unit 14: answers worked out by hand, each point of the reply, and the notebook on another log."""

import re

import pytest
from own_notebook import figure_of, run

from socialcare.exercises import NotYet, load_tasks

TASKS = load_tasks("14")
REPLY = TASKS["14-6"]
GOOD = REPLY.exemplars()["good"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"a": 1, "b": 2, "c": 3, "d": 3}, None),  # read off the table of thresholds by hand
        ({"a": 3, "b": 1, "c": 3, "d": 3}, "went by the number of mentions"),
        ({"a": 1, "b": 2, "c": 0, "d": 3}, "no detector will ring for it"),
    ],
)
def test_levels_by_hand(answer, words):
    if words is None:
        assert TASKS["14-4"].check(answer).startswith("right")
    else:
        with pytest.raises(NotYet, match=words):
            TASKS["14-4"].check(answer)


def test_the_rule_of_three_learns_from_calm_hours_as_in_the_notebook():
    from socialcare import crisis, datasets

    hours = datasets.load("mentions_hourly")
    calm = hours[hours["crisis_id"].isna()]
    rings = hours["crisis_id"].isna() & (hours["mentions"] >= 3 * calm["mentions"].sum() / len(calm))
    assert TASKS["14-3"].right() == pytest.approx(len(crisis.call_outs(rings)) / (len(calm) / 730))


def test_the_threshold_of_the_attack_by_hand():
    import statistics

    from socialcare import datasets

    hours = datasets.load("mentions_hourly")
    week = hours[(hours["hour_start"] >= "2025-11-11") & (hours["hour_start"] < "2025-11-18")]
    days = week.groupby(week["hour_start"].dt.day)["mentions"].sum().tolist()
    by_hand = statistics.mean(days) + 5.2076 * statistics.stdev(days) * (8 / 7) ** 0.5
    assert TASKS["14-2"].right() == pytest.approx(by_hand)


@pytest.mark.parametrize(
    ("criterion", "old", "new"),
    [
        ("length", GOOD, "Sorry, decaf. ^NR"),
        ("what happened", "decaf", "another coffee"),
        ("apology", "That is our mistake, and we are sorry for", "We regret"),
        ("apology", "we are sorry for your flat Monday", "we are sorry, but mornings are hard"),
        ("apology", "we are sorry for", "we are sorry if anybody felt tired on"),
        ("next news", "at 14:00 today", "in due time"),
        ("next news", "I will post what we know", "The shop closes"),
        ("signature", "^NR", "The team wishes you well"),
        ("no public compensation", "replace it", "replace it and add a €5 voucher"),
        ("no blame or belittling", "That is our mistake", "Our supplier did it. It is our mistake"),
        ("no blame or belittling", "Some bags", "Only a few bags"),
        ("no guess", "We are looking for the cause", "A machine was badly cleaned"),
        ("no guess", "We are looking for the cause", "It was probably a label"),
        (
            "no personal data in public",
            "send us a private message",
            "post your phone number, or send a private message",
        ),
    ],
)
def test_each_point_of_the_reply_can_be_missed(criterion, old, new):
    assert old in GOOD
    assert criterion in [missed.name for missed in REPLY.missing(GOOD.replace(old, new))]


def test_a_reply_without_instructions_or_contact_is_told_so():
    bare = (
        "Some bags that we sold as regular coffee hold decaf. That is our mistake, and we are sorry for it, truly. " * 2
    )
    missed = [criterion.name for criterion in REPLY.missing(bare + "News at 14:00. ^NR")]
    assert missed == ["what to do", "contact"]


def test_a_reply_in_other_words_passes():
    other = (
        "Good morning. Decaf went out in bags of our regular coffee, and that is our fault: we apologise. Please check the "
        "batch on your bag and do not throw it away. We will contact everybody who wrote to us, one by one, in private. "
        "The next update comes here at 3 pm, whatever we know by then. Nuria, Café Brisa"
    )
    assert REPLY.missing(other) == []


CHOICES = """
hours_path = "../datasets/examples/own_crisis_mentions_hourly.csv"
calm = {"start": "2025-04-07", "end": "2025-05-12"}
storm, storm_day, storm_starts = "C1", "2025-05-12", "2025-05-12 10:00"
brand = "Panadería Levante"
names = {"C1": "salty bread"}
"""


def test_changing_one_cell_of_the_notebook_is_enough():
    cells = run("14_crisis", CHOICES)
    figure = figure_of(cells["replay-figure"])
    assert figure["layout"]["title"]["subtitle"]["text"].startswith("Panadería Levante, 2025-05-12")
    assert re.search(r"The level is 1 at 11:00 and 2 from 12:00", cells["replay-figure"].outputs[0].data["text/plain"])
