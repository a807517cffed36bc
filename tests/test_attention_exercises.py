"""The tasks of unit 01: answers counted here a second way, the reason each slip gets, and the points of the note."""

import pandas as pd
import pytest

from socialcare import datasets
from socialcare.exercises import NotYet, load_tasks

TASKS = load_tasks("01")
RUBRIC = TASKS["01-6"]
GOOD = RUBRIC.exemplars()["good"]


@pytest.fixture(scope="module")
def mentions():
    return datasets.load_mentions_hourly()


def refusal(task_id, answer):
    with pytest.raises(NotYet) as problem:
        TASKS[task_id].check(answer)
    return str(problem.value)


def same_hours(mentions, moment, weeks=8):
    """Return the mentions in the same hour of the last calm weeks, looked up week by week."""
    by_hour = mentions.set_index("hour_start")
    found, at = [], moment
    while len(found) < weeks:
        at = (at.tz_localize(None) - pd.Timedelta(weeks=1)).tz_localize(datasets.ZONE)
        if pd.isna(by_hour.loc[at, "crisis_id"]):
            found.append(int(by_hour.loc[at, "mentions"]))
    return found


def test_extra_mentions_are_those_counted_week_by_week(mentions):
    ours = mentions[mentions["crisis_id"] == "C4"]
    loudest = ours.loc[ours["mentions"].idxmax()]
    assert loudest["mentions"] == 88
    assert TASKS["01-2"].right() == pytest.approx(88 - sum(same_hours(mentions, loudest["hour_start"])) / 8)
    night = mentions[mentions["crisis_id"] == "C6"]
    expected = sum(sum(same_hours(mentions, at)) / 8 for at in night["hour_start"])
    assert TASKS["01-3"].right() == pytest.approx(night["mentions"].sum() - expected)


def test_only_the_talk_with_a_product_above_one_grows():
    # 2,000 x 5% x 50% x 1.5% = 0.75; 100 x 30% x 90% x 5% = 1.35; 300 x 20% x 40% x 3% = 0.72
    assert TASKS["01-1"].right() == {"lost parcel": "ends", "rude reply": "grows", "stale beans": "ends"}


def test_how_long_july_took_and_how_much_work(mentions):
    assert (
        TASKS["01-4"].right()["hours to normal"] == 63
    )  # hours 52 to 63: the first twelve under 1.5 times the expected
    tagged = mentions.loc[mentions["crisis_id"] == "C4", "tagged_mentions"].sum()
    assert tagged == 322
    most = 322 * datasets.load_tickets()["handle_minutes"].mean() / 60
    assert 0.9 * most < TASKS["01-4"].right()["desk hours"] < most  # what calm weeks bring is subtracted


def test_what_was_known_after_three_hours_is_in_the_table(mentions):
    first_three = mentions[mentions["crisis_id"] == "C6"].head(3)
    negative, said = first_three["negative_mentions"].sum(), first_three["mentions"].sum()
    assert TASKS["01-5"].right()["share"] == pytest.approx(negative / said)


@pytest.mark.parametrize(
    ("task_id", "answer", "words"),
    [
        (
            "01-1",
            {"lost parcel": "grows", "rude reply": "ends", "stale beans": "ends"},
            "judged by the followers alone",
        ),
        ("01-1", {"lost parcel": "grows", "rude reply": "grows", "stale beans": "grows"}, "left out who believes it"),
        ("01-1", {"lost parcel": "ends", "rude reply": "ends", "stale beans": "ends"}, "Not all of them end"),
        ("01-2", 88, "what came, not what came extra"),
        ("01-2", 84.5, "median of the calm weeks"),
        ("01-2", 84.5662100456621, "average hour of the whole table"),
        ("01-2", 83.875, "weeks of an earlier episode"),
        ("01-3", 270.986301369863, "colleague's own value"),
        ("01-3", 293.625, "from the negative ones alone"),
        ("01-3", 354.986301369863, "average hour of the year, with the episodes in it"),
        ("01-3", 378.0436456996149, "Near, and by luck"),
        ("01-4", {"hours to normal": 66, "desk hours": 39.26882}, "counted the labelled hours"),
        ("01-4", {"hours to normal": 63, "desk hours": 214.57075}, "counted all extra mentions"),
        ("01-4", {"hours to normal": 63, "desk hours": 39.26882 * 60}, "work is in minutes"),
        ("01-5", {"share": 14 / 15, "low": 0.7018347012621999, "high": 0.9881331045067314}, "third hour alone"),
        ("01-5", {"share": 32 / 35, "low": 0.8215426073177713, "high": 1.0070288212536571}, "textbook interval"),
        ("01-5", {"share": 3200 / 35, "low": 77.62072603410353, "high": 97.04176317330302}, "Those are percent"),
    ],
)
def test_a_slip_gets_its_own_reason(task_id, answer, words):
    assert words in refusal(task_id, answer)


def missed(text):
    return [criterion.name for criterion in RUBRIC.missing(text)]


@pytest.mark.parametrize(
    ("criterion", "old", "new"),
    [
        ("length", GOOD, "It cost a lot."),
        ("extra", "2,543", "many"),
        ("baseline", "the same hours of calm weeks", "we like"),
        ("sign", "80% of all", "most"),
        ("delay", "at 18:25, 9.4 hours after the first posts", "late"),
        ("no cure", "Whether it changed anything we cannot say from one case.", "Our notice stopped the wave."),
        ("rule", "within one hour", "soon"),
        ("who", "Nuria or whoever is on duty", "somebody"),
    ],
)
def test_each_point_of_the_note_can_be_missed(criterion, old, new):
    assert old in GOOD
    assert missed(GOOD.replace(old, new)) == (["length", *missed(new)[1:]] if criterion == "length" else [criterion])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2,543", "about 2,500"),
        ("2,543", "2540"),
        ("80% of all mentions were negative", "four in five mentions were complaints"),
        ("80%", "79.9%"),
        ("9.4 hours after", "nine hours after"),
        ("Whether it changed anything we cannot say", "We cannot say that the notice ended it"),
        ("within one hour", "within sixty minutes"),
        ("within one hour", "in half an hour"),
        ("Nuria or whoever is on duty", "the shift leader"),
    ],
)
def test_other_honest_wordings_pass(old, new):
    assert old in GOOD
    assert missed(GOOD.replace(old, new)) == []
