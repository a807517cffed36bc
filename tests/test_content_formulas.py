"""The formulas of the content plan against statsmodels and SciPy, by hand, by simulation, and in what they refuse."""

import math

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.rates import power_negbin_ratio_2indep

from socialcare import content


def test_acts_per_post_is_a_ratio_of_sums():
    assert content.acts_per_post(600, 52) == pytest.approx(11.538, abs=5e-4)  # 600 / 52 by hand
    assert content.acts_per_post(0, 3) == 0


def test_contributions_of_all_kinds_add_up_to_one():
    shares, rates = [0.2, 0.3, 0.5], [10, 4, 6]
    mean = content.mix_rate(shares, rates)
    assert mean == pytest.approx(6.2)  # 2 + 1.2 + 3
    parts = [content.contribution(share, rate, mean) for share, rate in zip(shares, rates, strict=True)]
    assert sum(parts) == pytest.approx(1)
    assert parts[0] == pytest.approx(2 / 6.2)


def test_twenty_empty_comparisons_at_five_percent():
    assert content.expected_false_findings(20) == pytest.approx(1)
    assert content.chance_of_a_false_finding(20) == pytest.approx(0.6415, abs=5e-5)  # 1 - 0.95 ** 20, by hand
    assert content.chance_of_a_false_finding(20) == pytest.approx(stats.binom(20, 0.05).sf(0))
    assert content.chance_of_a_false_finding(0) == 0
    assert content.bonferroni_level(20) == pytest.approx(0.0025)
    assert content.chance_of_a_false_finding(20, content.bonferroni_level(20)) < 0.05


def test_dispersion_is_the_k_of_the_negative_binomial_and_never_negative():
    size, probability = 1 / 0.75, 1 / (1 + 0.75 * 5)  # mean 5, k 0.75
    mean, variance = stats.nbinom.stats(size, probability)
    assert content.dispersion(float(mean), float(variance)) == pytest.approx(0.75)
    assert content.dispersion(4, 4) == 0
    assert content.dispersion(4, 1) == 0


@pytest.mark.parametrize(
    "setting", [(5, 2, 0.75, 30, 0.05), (5, 0.6, 0.74, 80, 0.05), (2, 1.3, 0, 200, 0.002), (9, 3, 2, 10, 0.1)]
)
def test_the_power_is_that_of_statsmodels(setting):
    rate, ratio, dispersion, posts, alpha = setting
    theirs = power_negbin_ratio_2indep(
        rate * ratio, rate, posts, dispersion=dispersion, alpha=alpha, method_var="alt", return_results=False
    )
    assert content.ratio_power(*setting) == pytest.approx(theirs, abs=1e-9)


def test_without_a_difference_the_power_is_the_level():
    assert content.ratio_power(5, 1, 0.74, 40, 0.05) == pytest.approx(0.05)


@pytest.mark.parametrize(("ratio", "power"), [(2, 0.8), (0.6, 0.8), (1.3, 0.9)])
def test_the_posts_needed_are_the_fewest_with_that_power(ratio, power):
    needed = content.posts_needed(5, ratio, 0.74, power)
    assert content.ratio_power(5, ratio, 0.74, needed) >= power - 1e-6
    assert content.ratio_power(5, ratio, 0.74, needed - 1) < power


def test_the_posts_needed_find_the_difference_as_often_as_promised_in_a_simulation():
    """Counts drawn from the negative binomial, Wald test of the log ratio with the known k: 80 of 100 experiments."""
    rate, ratio, k = 5.0, 2.0, 0.74
    needed = content.posts_needed(rate, ratio, k)
    rng = np.random.default_rng(8)
    first, second = (
        rng.negative_binomial(1 / k, 1 / (1 + k * mean), (4000, needed)).mean(axis=1) for mean in (rate, rate * ratio)
    )
    error = np.sqrt((1 / first + 1 / second + 2 * k) / needed)
    found = np.abs(np.log(second / first)) / error > stats.norm.ppf(0.975)
    assert found.mean() == pytest.approx(0.8, abs=0.03)


def test_halving_the_effect_on_the_log_scale_needs_about_four_times_the_posts():
    large, small = content.posts_needed(5, 2, 0.74), content.posts_needed(5, math.sqrt(2), 0.74)
    assert small / large == pytest.approx(4, rel=0.1)


def test_weeks_are_rounded_up():
    assert content.weeks_needed(30, 5) == 12
    assert content.weeks_needed(31, 5) == 13


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: content.acts_per_post(-1, 5), "acts is -1; expected a whole number of 0 or more"),
        (lambda: content.acts_per_post(3, 0), "posts is 0; expected a whole number above 0"),
        (lambda: content.contribution(1.2, 3, 4), "share_of_posts is 1.2; expected a share from 0 to 1"),
        (lambda: content.contribution(0.2, 3, 0), "mean_rate is 0; expected a number above 0"),
        (lambda: content.mix_rate([0.5, 0.5], [1]), "rates has 1 values; expected 2, one for each share"),
        (lambda: content.mix_rate([0.5, 0.4], [1, 2]), "shares add up to 0.900; expected 1"),
        (lambda: content.expected_false_findings(2.5), "comparisons is 2.5; expected a whole number of 0 or more"),
        (lambda: content.chance_of_a_false_finding(5, 1), "alpha is 1; expected a share above 0 and below 1"),
        (lambda: content.bonferroni_level(0), "comparisons is 0; expected a whole number above 0"),
        (lambda: content.dispersion(0, 2), "mean is 0; expected a number above 0"),
        (lambda: content.log_ratio_error(5, 0, 1, 3), "ratio is 0; expected a number above 0"),
        (lambda: content.log_ratio_error(5, 2, -1, 3), "dispersion is -1; expected a number of 0 or more"),
        (lambda: content.posts_needed(5, 1, 0.7), "ratio is 1; expected a difference to find"),
        (lambda: content.posts_needed(5, 2, 0.7, power=0.01), "power is 0.01; expected at least alpha, 0.05"),
        (lambda: content.weeks_needed(30, 0), "posts_a_week is 0; expected a number above 0"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(call, words):
    with pytest.raises(ValueError) as problem:  # noqa: PT011  the whole sentence is compared
        call()
    assert str(problem.value) == words
