"""Alarm limits, false alarms and levels: against values computed by hand, SciPy, and what the sentences promise."""

import math

import pytest
from scipy import stats

from socialcare import crisis
from socialcare.scenarios import alarm

WEEK = [10, 12, 9, 11, 10, 13, 12]  # mean 11, sum of squares 12, so the deviation is the root of 2


def test_ears_c1_by_hand():
    assert crisis.ears_threshold(WEEK) == pytest.approx(11 + 3.0902 * math.sqrt(2))
    assert crisis.ears_threshold(WEEK) == pytest.approx(15.3702, abs=1e-4)


def test_ears_with_students_t_by_hand():
    assert crisis.ears_threshold_t(WEEK) == pytest.approx(18.8730, abs=1e-3)  # 11 + 5.2076 * sqrt(2) * sqrt(8/7)


def test_the_quantiles_of_ears_are_scipys():
    assert crisis.ears_threshold([0, 2]) == pytest.approx(1 + stats.norm.isf(0.001) * math.sqrt(2), abs=1e-4)
    by_scipy = 11 + stats.t.isf(0.001, 6) * math.sqrt(2 * 8 / 7)
    assert crisis.ears_threshold_t(WEEK) == pytest.approx(by_scipy, abs=1e-3)


def test_z_rings_fourteen_times_as_often_as_it_promises_and_t_keeps_the_promise():
    room = math.sqrt(1 + 1 / 7)
    assert stats.t.sf(3.0902 / room, 6) == pytest.approx(0.0139, abs=1e-4)
    assert stats.t.sf(5.2076 * room / room, 6) == pytest.approx(0.001, abs=1e-6)


def test_a_c3_threshold_falls_by_the_excess_of_the_two_steps_before():
    calm = crisis.ears_c3_threshold(WEEK, [0.5, -2])
    assert calm == pytest.approx(11 + 1.96 * math.sqrt(2))
    assert crisis.ears_c3_threshold(WEEK, [2.5, 1.25]) == pytest.approx(calm - 1.75 * math.sqrt(2))


def test_a_baseline_that_never_varied_rings_above_its_mean():
    assert crisis.ears_score(5, [4] * 7) == math.inf
    assert crisis.ears_score(4, [4] * 7) == 0
    assert crisis.ears_c3_threshold([4] * 7, [math.inf, 0]) == 4


@pytest.mark.parametrize(("count", "mean", "size"), [(0, 3, None), (1, 0.2, 2), (9, 2.5, 1.8), (40, 12, 6), (18, 6, 6)])
def test_the_tails_are_scipys(count, mean, size):
    by_scipy = (
        stats.poisson.sf(count - 1, mean) if size is None else stats.nbinom.sf(count - 1, size, size / (size + mean))
    )
    assert crisis.chance_at_least(count, mean, size) == pytest.approx(by_scipy, abs=1e-12)


def test_the_chances_of_all_counts_add_up_to_one():
    assert sum(crisis.count_chances(400, 20, 3)) == pytest.approx(1)
    assert sum(crisis.count_chances(100, 20)) == pytest.approx(1)


@pytest.mark.parametrize(("mean", "size"), [(0.3, None), (2.7, 2.7), (6, 6), (30, 4)])
def test_the_limit_is_the_smallest_count_within_the_chance(mean, size):
    limit = crisis.alarm_limit(mean, 1 / 730, size)
    assert crisis.chance_at_least(limit, mean, size) <= 1 / 730 < crisis.chance_at_least(limit - 1, mean, size)


def test_months_and_hours_by_hand():
    assert crisis.false_alarms_per_month(0.01) == pytest.approx(7.3)
    assert crisis.seen_within(0.5, 3) == pytest.approx(0.875)


def test_the_cusum_reference_lies_between_the_two_rates():
    assert crisis.cusum_reference(1, 2) == pytest.approx(1.442695)  # 1 / ln 2
    assert crisis.cusum_reference(4, 9) == pytest.approx(5 / (math.log(9) - math.log(4)))


def test_the_cusum_adds_the_excess_and_forgets_quiet_hours():
    assert crisis.cusum_step(2.0, 3, 1.5) == 3.5
    assert crisis.cusum_step(1.0, 0, 1.5) == 0


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"alarm": False, "negative": 2, "expected": 1, "mentions": 9}, 0),
        ({"alarm": True, "negative": 9, "expected": 1, "mentions": 9}, 1),  # fewer than 10
        ({"alarm": True, "negative": 10, "expected": 2, "mentions": 20}, 2),  # 10, five times, half: on each threshold
        ({"alarm": True, "negative": 10, "expected": 2.1, "mentions": 20}, 1),
        ({"alarm": True, "negative": 10, "expected": 2, "mentions": 21}, 1),
        ({"alarm": True, "negative": 99, "expected": 1, "mentions": 99}, 2),
        ({"alarm": True, "negative": 100, "expected": 5, "mentions": 110}, 3),
        ({"alarm": True, "negative": 100, "expected": 5.1, "mentions": 110}, 2),
        (
            {"alarm": False, "negative": 1, "expected": 1, "mentions": 3, "harm": True},
            3,
        ),  # one credible report is enough
    ],
)
def test_levels_turn_at_their_thresholds(facts, level):
    assert crisis.severity_level(**facts) == level


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: crisis.ears_threshold([3]), "baseline has 1 counts; expected at least 2"),
        (lambda: crisis.ears_threshold([3, -1]), "baseline[1] is -1; expected a number of 0 or more"),
        (lambda: crisis.ears_threshold_t(WEEK, 0), "t is 0; expected a number above 0"),
        (lambda: crisis.ears_score(1.5, WEEK), "count is 1.5; expected a whole number of 0 or more"),
        (lambda: crisis.chance_at_least(-1, 2), "count is -1; expected a whole number from 0 to 100000"),
        (lambda: crisis.chance_at_least(3, 0), "mean is 0; expected a number above 0"),
        (lambda: crisis.count_chances(3, 2, -1), "size is -1; expected a number above 0"),
        (lambda: crisis.alarm_limit(2, 0), "chance is 0; expected a share above 0 and below 1"),
        (lambda: crisis.false_alarms_per_month(1.2), "chance is 1.2; expected a share from 0 to 1"),
        (lambda: crisis.seen_within(0.5, 0), "hours is 0; expected a whole number above 0"),
        (lambda: crisis.cusum_reference(2, 2), "raised is 2; expected a number above 2"),
        (lambda: crisis.cusum_step(-1, 2, 1), "total is -1; expected a number of 0 or more"),
        (
            lambda: crisis.severity_level(alarm=True, negative=5, expected=1, mentions=4),
            "negative is 5; expected no more than the 4 mentions",
        ),
        (
            lambda: crisis.severity_level(alarm=True, negative=4, expected=0, mentions=4),
            "expected is 0; expected a number above 0",
        ),
    ],
)
def test_impossible_input_is_refused_in_one_sentence(call, sentence):
    with pytest.raises(ValueError) as problem:  # noqa: PT011  the sentence is compared whole
        call()
    assert str(problem.value) == sentence


def test_the_simulator_says_what_scipy_gives():
    numbers = alarm.figure(usual=6, limit=15, jump=2, lumpiness=3)["numbers"]
    size = 6 / 2  # the variance is three times the mean
    assert numbers["false_alarms"] == pytest.approx(730 * stats.nbinom.sf(14, size, size / (size + 6)))
    assert numbers["first_hour"] == pytest.approx(stats.nbinom.sf(14, size, size / (size + 12)))
    assert numbers["poisson"] == pytest.approx(730 * stats.poisson.sf(14, 6))
    assert numbers["three_hours"] == pytest.approx(1 - (1 - numbers["first_hour"]) ** 3)


def test_the_simulators_default_tells_that_lumpy_talk_breaks_the_rule_of_three():
    numbers = alarm.figure()["numbers"]
    assert numbers["false_alarms"] > 10
    assert numbers["poisson"] < 0.1
    assert numbers["first_hour"] < 0.5


def test_the_simulators_lumpiness_is_that_of_the_brands_hours():
    from socialcare import crisis as analysis
    from socialcare import datasets

    hours, calm = datasets.load("mentions_hourly"), {"start": "2025-01-06", "end": "2025-03-10"}
    learned = hours["hour_start"].between("2025-01-06", "2025-03-09 23:00")
    size = analysis.dispersion(hours.loc[learned, "mentions"], analysis.baseline(hours, **calm)[learned])
    defaults = {parameter.name: parameter.default for parameter in alarm.PARAMETERS}
    assert defaults["lumpiness"] == pytest.approx(1 + defaults["usual"] / size, abs=0.3)


def test_without_lumpiness_the_simulator_is_poisson():
    numbers = alarm.figure(lumpiness=1)["numbers"]
    assert numbers["false_alarms"] == pytest.approx(numbers["poisson"])
