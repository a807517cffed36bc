"""CSAT, NPS, their intervals, sample sizes and bounds: reference values, independent packages, refusals."""

import math
import random
import re

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import samplesize_confint_proportion
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from socialcare.formulas import experience


def test_csat_is_the_share_of_the_two_top_boxes():
    assert experience.csat(3, 4) == 0.75


def test_nps_and_its_variance_match_the_worked_example():  # reference values C7: p = 1/2, d = 1/6
    assert experience.nps(3, 2, 1) == pytest.approx(100 / 3)
    assert experience.nps_variance(1 / 2, 1 / 6) == pytest.approx(5 / 9)


def test_nps_ignores_passives_above_the_line_only():
    assert experience.nps(50, 0, 50) == experience.nps(0, 10, 0) == 0
    assert experience.nps(10, 0, 0) == 100
    assert experience.nps(10, 10, 0) == 50


def test_the_variance_is_that_of_answers_counted_as_plus_zero_minus():
    answers = np.array([1] * 60 + [0] * 25 + [-1] * 15)
    assert experience.nps_variance(0.60, 0.15) == pytest.approx(answers.var())


def test_the_interval_matches_statsmodels():
    answers = np.array([1] * 60 + [0] * 25 + [-1] * 15)
    low, high = experience.nps_interval(60, 25, 15)
    assert experience.nps(60, 25, 15) == pytest.approx(100 * answers.mean())
    described = DescrStatsW(answers)  # divides the variance by n - 1
    expected = described.mean - 1.959963985 * described.std_mean * math.sqrt(99 / 100)
    assert low == pytest.approx(100 * expected)
    assert high == pytest.approx(200 * described.mean - low)


def test_the_interval_covers_the_truth_as_often_as_it_says():
    draw = random.Random(7)
    hits = 0
    for _ in range(2000):
        kinds = draw.choices((1, 0, -1), (0.5, 0.3, 0.2), k=200)
        low, high = experience.nps_interval(kinds.count(1), kinds.count(0), kinds.count(-1))
        hits += low <= 30 <= high
    assert 0.935 <= hits / 2000 <= 0.965


def test_the_interval_stays_on_the_scale():
    assert experience.nps_interval(29, 1, 0)[1] == 100
    assert experience.nps_interval(0, 1, 29)[0] == -100


def test_the_difference_of_two_scores_matches_statsmodels():
    first, second = np.repeat([1, 0, -1], (60, 25, 15)), np.repeat([1, 0, -1], (40, 70, 90))
    low, high = experience.nps_difference_interval((60, 25, 15), (40, 70, 90))
    assert (low + high) / 2 == pytest.approx(100 * (first.mean() - second.mean()))
    error = math.hypot(first.std() / 10, second.std() / math.sqrt(200))  # variances with n, as C7 has them
    assert high - low == pytest.approx(200 * stats.norm.ppf(0.975) * error)
    loose = CompareMeans(DescrStatsW(first), DescrStatsW(second)).zconfint_diff(usevar="unequal")  # with n - 1
    assert (low, high) == pytest.approx(tuple(100 * end for end in loose), abs=0.1)


def test_last_years_score_is_no_fixed_line():
    draw, alarms = np.random.default_rng(3), np.zeros(2)
    for _ in range(2000):  # two years in which nobody changed
        this, last = draw.multinomial(200, (0.5, 0.3, 0.2), size=2).tolist()
        alarms += (
            experience.nps_difference_interval(this, last)[1] < 0,
            experience.nps_interval(*this)[1] < experience.nps(*last),
        )
    assert alarms[0] / 2000 == pytest.approx(0.025, abs=0.01)
    assert alarms[1] / 2000 > 0.06


@pytest.mark.parametrize(
    ("share", "answers"),
    [(0.95, 73), (0.80, 246), (0.50, 385)],  # reference values C6, margin 5 points at 95%
)
def test_answers_for_a_share_match_reference_and_statsmodels(share, answers):
    assert experience.answers_needed(0.05, share * (1 - share)) == answers
    assert math.ceil(samplesize_confint_proportion(share, 0.05)) == answers


def test_nps_needs_more_answers_than_a_share_for_the_same_margin():
    needed = experience.answers_needed(0.05, experience.nps_variance(1 / 2, 1 / 6))
    assert needed == math.ceil(stats.norm.ppf(0.975) ** 2 * (5 / 9) / 0.05**2) == 854
    assert needed > experience.answers_needed(0.05)


def test_the_answers_needed_give_the_margin():
    n = experience.answers_needed(0.05, experience.nps_variance(0.5, 0.2))
    half = experience.nps_interval(round(0.5 * n), n - round(0.5 * n) - round(0.2 * n), round(0.2 * n))
    assert (half[1] - half[0]) / 2 == pytest.approx(5, abs=0.05)


def test_bounds_of_a_share_hold_every_completion():
    low, high = experience.share_bounds(30, 40, 100)
    assert (low, high) == (0.30, 0.90)
    assert high - low == pytest.approx(60 / 100)  # the share that is silent
    assert experience.share_bounds(30, 40, 40) == (0.75, 0.75)


def test_bounds_of_nps_are_those_of_the_worst_and_the_best_completion():
    low, high = experience.nps_bounds(20, 10, 10, 100)
    assert low == experience.nps(20, 10, 10 + 60)
    assert high == experience.nps(20 + 60, 10, 10)
    assert high - low == pytest.approx(2 * 60)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: experience.csat(5, 4), "top_two is 5; expected no more than the 4 answers"),
        (lambda: experience.csat(0, 0), "answers is 0; expected a whole number above 0"),
        (lambda: experience.nps(-1, 0, 5), "promoters is -1; expected a whole number of 0 or more"),
        (lambda: experience.nps(1, 0.5, 5), "passives is 0.5; expected a whole number of 0 or more"),
        (lambda: experience.nps(1, 0, None), "detractors is None; expected a whole number of 0 or more"),
        (lambda: experience.nps(0, 0, 0), "promoters + passives + detractors is 0; expected a whole number above 0"),
        (lambda: experience.nps_variance(50, 0.1), "promoter_share is 50; expected a share from 0 to 1"),
        (lambda: experience.nps_variance(0.5, -0.1), "detractor_share is -0.1; expected a share from 0 to 1"),
        (lambda: experience.nps_variance(0.75, 0.5), "promoter_share + detractor_share is 1.25; expected no more"),
        (lambda: experience.nps_interval(9, 0, 0), "all 9 answers are of one kind; expected two kinds"),
        (lambda: experience.nps_interval(9, 1, 0, 95), "confidence is 95; expected a share above 0 and below 1"),
        (
            lambda: experience.nps_difference_interval((1, 2, 3), (0, 4, 0)),
            "all 4 answers are of one kind; expected two",
        ),
        (lambda: experience.nps_difference_interval((1, 2, 3), (1, -4, 1)), "passives is -4; expected a whole number"),
        (
            lambda: experience.nps_difference_interval((1, 2, 3), (1, 4, 1), 0),
            "confidence is 0; expected a share above 0 and below 1",
        ),
        (lambda: experience.answers_needed(0), "margin is 0; expected a number above 0"),
        (lambda: experience.answers_needed(0.05, 0), "variance is 0; expected a number above 0"),
        (lambda: experience.answers_needed(0.05, 0.25, 1), "confidence is 1; expected a share above 0 and below 1"),
        (lambda: experience.share_bounds(3, 5, 4), "answers is 5; expected no more than the 4 asked"),
        (lambda: experience.share_bounds(6, 5, 9), "successes is 6; expected no more than the 5 answers"),
        (lambda: experience.share_bounds(0, 0, 0), "asked is 0; expected a whole number above 0"),
        (lambda: experience.nps_bounds(3, 2, 1, 5), "answers is 6; expected no more than the 5 asked"),
    ],
)
def test_impossible_input_is_refused_with_one_sentence(call, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        call()
