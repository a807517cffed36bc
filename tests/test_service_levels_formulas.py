"""Expectation, badge and the law's 95 %: values worked out by hand or given with the model, and every refusal."""

import math
import re

import pytest

from socialcare.formulas import service_levels as formulas
from socialcare.scenarios import service_level as scenario


@pytest.mark.parametrize(
    ("network", "hours", "share"),
    [
        ("twitter", 0.5, 0.30),  # the survey's own answers (B19)
        ("twitter", 2, 0.52),
        ("twitter", 24, 0.81),
        ("facebook", 2, 0.29),
        ("facebook", 24, 0.51),
        ("twitter", 1, 0.41),  # the middle of 0.5 and 2 on the logarithm, so the middle of 30 % and 52 %
        ("twitter", math.sqrt(48), 0.665),
        ("facebook", math.sqrt(48), 0.40),
        ("twitter", 1 / 60, 0),
        ("twitter", 0, 0),
        ("twitter", 500, 0.81),
    ],
)
def test_expectations_are_the_surveys_and_interpolated_on_the_logarithm_of_time(network, hours, share):
    assert formulas.expects_within(hours, network) == pytest.approx(share)
    assert formulas.expectation_met(hours, network) == pytest.approx(1 - share)


def test_no_reply_meets_nobodys_expectation_and_a_late_one_still_meets_those_who_have_none():
    assert formulas.expectation_met(None, "facebook") == 0
    assert formulas.expectation_met(1000, "facebook") == pytest.approx(0.49)


def test_waiting_longer_never_satisfies_more_people():
    for network in formulas.EXPECTATIONS:
        met = [formulas.expectation_met(hours / 20, network) for hours in range(1000)]
        assert met == sorted(met, reverse=True)


@pytest.mark.parametrize(
    ("arrival", "answer_hours", "opens", "closes", "wait"),
    [
        (10, 2, 9, 20, 2),
        (19.5, 1, 9, 20, 14),  # half an hour today, half an hour tomorrow: 9:30
        (3, 1, 9, 20, 7),
        (21, 2, 9, 20, 14),
        (10, 12, 9, 20, 25),  # 10 hours today, 2 tomorrow: 11:00 of the next day
        (10, 25, 9, 20, 51),
        (18, 2, 9, 20, 2),  # answered at closing time
        (5, 50, 0, 24, 50),  # day and night: the clock on the wall
        (9, 0, 9, 20, 0),
    ],
)
def test_a_closed_night_is_added_to_the_wait(arrival, answer_hours, opens, closes, wait):
    assert formulas.wait_through_closing(arrival, answer_hours, opens, closes) == pytest.approx(wait)


@pytest.mark.parametrize(
    ("messages", "answered", "minutes", "earned"),
    [(100, 90, 15, True), (100, 89, 15, False), (100, 90, 15.1, False), (10, 9, 0, True)],
)
def test_the_badge_asks_for_both_rate_and_time(messages, answered, minutes, earned):
    assert formulas.badge_earned(messages, answered, minutes) is earned


def test_the_two_readings_of_the_law_disagree_on_the_reference_case():
    # D7: 90 waits of 10 s and 10 of 500 s
    found = formulas.law_readings([10] * 90 + [500] * 10)
    assert (found["share"], found["passes_a"], found["passes_b"]) == (0.90, False, True)
    assert found["mean_of_best"] == pytest.approx((90 * 10 + 5 * 500) / 95)
    assert round(found["mean_of_best"], 1) == 35.8


def test_whoever_was_never_attended_counts_in_both_readings():
    assert formulas.law_readings([10] * 95 + [None] * 5)["passes_b"]
    worse = formulas.law_readings([10] * 94 + [None] * 6)
    assert (worse["share"], worse["passes_a"], worse["passes_b"]) == (0.94, False, False)
    assert worse["mean_of_best"] == math.inf


def test_three_minutes_are_not_less_than_three_minutes():
    assert formulas.share_below([179.9, 180], 180) == 0.5


def test_the_best_95_percent_of_twenty_are_nineteen():
    assert formulas.best_mean([1] * 19 + [1000]) == 1
    assert formulas.best_mean([1] * 55 + [1000] * 45, 0.55) == 1  # 0.55 x 100 is 55.00000000000001 to a computer


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: formulas.expects_within(-1, "twitter"), "hours is -1; expected a number of 0 or more"),
        (lambda: formulas.expects_within(1, "fax"), "network is 'fax'; expected one of facebook, twitter"),
        (lambda: formulas.expectation_met(None, "fax"), "network is 'fax'; expected one of facebook, twitter"),
        (lambda: formulas.wait_through_closing(25, 1, 9, 20), "arrival is 25; expected an hour from 0 to 24"),
        (lambda: formulas.wait_through_closing(5, 1, 20, 9), "closes is 9; expected an hour after opens, 20"),
        (lambda: formulas.wait_through_closing(5, -1, 9, 20), "answer_hours is -1; expected a number of 0 or more"),
        (lambda: formulas.badge_earned(0, 0, 5), "messages is 0; expected a whole number above 0"),
        (lambda: formulas.badge_earned(5, 6, 5), "answered is 6; expected no more than the 5 messages"),
        (lambda: formulas.badge_earned(5, 5, -1), "minutes is -1; expected a number of 0 or more"),
        (lambda: formulas.share_below([], 180), "waits is empty; expected at least one wait"),
        (lambda: formulas.best_mean([5, -1]), "waits[1] is -1; expected a number of 0 or more"),
        (lambda: formulas.best_mean([5], 0), "share is 0; expected a number above 0"),
        (lambda: formulas.share_below([5], 0), "limit is 0; expected a number above 0"),
    ],
)
def test_impossible_input_is_refused_in_one_sentence(call, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        call()


def test_the_simulator_is_the_survey_where_nothing_else_takes_part():
    # everybody answered after exactly 2 hours, day and night: 52 % expected it sooner
    numbers = scenario.figure(answer_hours=2, share_answered=100, open_hours=24)["numbers"]
    assert numbers["twitter"] == pytest.approx(48)
    assert numbers["facebook"] == pytest.approx(71)
    assert numbers["wait_hours"] == pytest.approx(2)


def test_in_the_simulator_silence_takes_its_share_and_the_night_costs_more_than_it_gives():
    day = scenario.figure(answer_hours=2, share_answered=50, open_hours=24)["numbers"]
    assert day["twitter"] == pytest.approx(24)
    closed = scenario.figure(answer_hours=2, share_answered=50, open_hours=8)["numbers"]
    assert closed["twitter"] < day["twitter"]
    assert closed["gains"]["open day and night"] == pytest.approx(day["twitter"] - closed["twitter"])


def test_the_simulators_default_tells_the_story():
    spec = scenario.figure()
    assert "the next gain is to be open day and night" in spec["headline"]
    assert spec["table"]["rows"][0][0] == "now"
