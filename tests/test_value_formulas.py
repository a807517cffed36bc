"""The value formulas against reference values, plain cash flows and SciPy, their invariants and their refusals."""

import re

import numpy as np
import pytest
from scipy import optimize, stats

from socialcare import value
from socialcare.formula_sheet import formula
from socialcare.formulas import value as formulas


def cash_flows(margin, retention, discount, growth, periods, *, first=0):
    """Add up the expected margins one by one; ``first`` is the period of the first margin."""
    return sum(
        margin * (1 + growth) ** (t - first) * retention**t / (1 + discount) ** t for t in range(first, first + periods)
    )


@pytest.mark.parametrize(
    ("retention", "multiple"), [(0.60, 1.20), (0.70, 1.75), (0.80, 8 / 3), (0.90, 4.50)]
)  # reference C1, discount 10 %
def test_clv_after_one_period_matches_the_published_multiples(retention, multiple):
    assert value.clv(1, retention, 0.10) == pytest.approx(multiple, rel=1e-12)


def test_clv_now_of_the_complaint_model():
    assert value.clv_now(100, 0.80, 0.10) == pytest.approx(366.6666666666667, rel=1e-12)  # reference C16


@pytest.mark.parametrize(
    ("margin", "retention", "discount", "growth"),
    [(100, 0.8, 0.1, 0), (37.5, 0.55, 0.16, 0.03), (80, 0.9, 0.06, -0.05), (60, 0, 0.1, 0)],
)
def test_both_conventions_equal_the_sum_of_cash_flows(margin, retention, discount, growth):
    later = cash_flows(margin, retention, discount, growth, 2000, first=1)
    now = cash_flows(margin, retention, discount, growth, 2000)
    assert value.clv(margin, retention, discount, growth) == pytest.approx(later, rel=1e-10, abs=1e-12)
    assert value.clv_now(margin, retention, discount, growth) == pytest.approx(now, rel=1e-10)


def test_the_conventions_differ_by_one_margin():
    assert value.clv_now(100, 0.8, 0.1) - value.clv(100, 0.8, 0.1) == pytest.approx(100)


@pytest.mark.parametrize("periods", [1, 3, 10])
def test_a_finite_horizon_equals_the_sum_of_its_cash_flows(periods):
    expected = cash_flows(90, 0.7, 0.12, 0.02, periods)
    assert value.clv_horizon(90, 0.7, 0.12, periods, 0.02) == pytest.approx(expected, rel=1e-12)


def test_a_long_horizon_comes_to_the_infinite_value_and_one_period_is_one_margin():
    assert value.clv_horizon(100, 0.8, 0.1, 500) == pytest.approx(value.clv_now(100, 0.8, 0.1), rel=1e-12)
    assert value.clv_horizon(100, 0.8, 0.1, 1) == 100


def test_a_customer_who_never_leaves_and_no_discount_bring_every_margin():
    assert value.clv_horizon(100, 1, 0, 7) == 700


def test_constant_rates_by_tenure_give_the_finite_horizon():
    assert value.clv_by_tenure(100, [0.8] * 9, 0.1) == pytest.approx(value.clv_horizon(100, 0.8, 0.1, 10), rel=1e-12)
    assert value.clv_by_tenure(100, [], 0.1) == 100


def test_sbg_retention_is_the_hazard_of_scipys_beta_geometric_distribution():
    # betanbinom with n = 1 counts the periods survived; scipy's a belongs to the success (leaving)
    alpha, beta = 0.668, 3.806
    survived = [stats.betanbinom.sf(t - 1, 1, alpha, beta) for t in range(8)]
    survived[0] = 1.0
    hazards = [survived[t] / survived[t - 1] for t in range(1, 8)]
    assert [value.sbg_retention(alpha, beta, t) for t in range(1, 8)] == pytest.approx(hazards, rel=1e-9)


def test_sbg_shapes_give_back_the_two_rates_they_were_taken_from():
    alpha, beta = value.sbg_from_retention(0.56, 0.85)
    assert value.sbg_retention(alpha, beta, 1) == pytest.approx(0.56)
    assert value.sbg_retention(alpha, beta, 2) == pytest.approx(0.85)
    assert alpha + beta == pytest.approx((1 - 0.85) / (0.85 - 0.56))


def test_in_the_sbg_model_retention_rises_though_nobody_changes():
    rates = [value.sbg_retention(0.7, 1.2, t) for t in range(1, 30)]
    assert rates == sorted(rates)
    rng = np.random.default_rng(1)
    leaving = rng.beta(0.7, 1.2, 200_000)  # each person's own, fixed
    first = rng.random(leaving.size) > leaving
    second = rng.random(leaving.size)[first] > leaving[first]
    assert first.mean() == pytest.approx(rates[0], abs=0.005)
    assert second.mean() == pytest.approx(rates[1], abs=0.005)


@pytest.mark.parametrize(
    ("retention", "gain"), [(0.60, 20.37037037037037), (0.80, 27.5), (0.90, 40.74074074074074)]
)  # reference C2, discount 10 %
def test_five_points_of_retention(retention, gain):
    assert value.points_gain(retention, 5, 0.10) == pytest.approx(gain, rel=1e-12)


@pytest.mark.parametrize("discount", [0.02, 0.10, 0.25])
def test_five_points_lie_between_their_two_bounds(discount):
    rates = np.linspace(0.01, 0.95, 400)
    gains = [value.points_gain(rate, 5, discount) for rate in rates]
    least = optimize.minimize_scalar(
        lambda rate: value.points_gain(rate, 5, discount), bounds=(0.05, 0.95), method="bounded"
    )
    assert value.least_points_gain(5, discount) == pytest.approx(least.fun, rel=1e-9)
    assert least.x == pytest.approx((1 + discount - 0.05) / 2, abs=1e-5)
    assert value.most_points_gain(5, discount) == pytest.approx(value.points_gain(0.95, 5, discount), rel=1e-9)
    upper = [gain for rate, gain in zip(rates, gains, strict=True) if rate >= 0.5]
    assert max(upper) <= value.most_points_gain(5, discount) * (1 + 1e-9)


def test_at_ten_percent_discount_five_points_never_bring_95_percent():
    assert value.least_points_gain(5, 0.10) == pytest.approx(19.954648526077)
    assert value.most_points_gain(5, 0.10) == pytest.approx(57.894736842105)  # 0.15 / (0.10 × 0.95) - 1, by hand
    assert value.most_points_gain(5, 0.05) > 95


def test_halving_defection_doubles_the_undiscounted_life():
    assert value.life_gain(0.90, 5) == pytest.approx(100)  # reference C2, claim check B01
    assert value.expected_life(0.90) == pytest.approx(10)
    assert value.expected_life(0.95) == pytest.approx(20)


def test_five_percent_of_80_percent_are_four_points():
    assert value.percent_in_points(0.80, 5) == pytest.approx(4)
    assert value.points_gain(0.80, 4, 0.1) < value.points_gain(0.80, 5, 0.1)


@pytest.mark.parametrize(("retention", "discount"), [(0.6, 0.1), (0.88, 0.1), (0.8, 0.16)])
def test_elasticities_match_a_small_change(retention, discount):
    base, step = value.clv(100, retention, discount), 1e-6
    up = value.clv(100, retention * (1 + step), discount)
    dearer = value.clv(100, retention, discount * (1 + step))
    assert value.retention_elasticity(retention, discount) == pytest.approx((up / base - 1) / step, rel=1e-4)
    assert value.discount_elasticity(retention, discount) == pytest.approx((dearer / base - 1) / step, rel=1e-3)


def test_one_percent_of_retention_is_worth_five_at_88_percent():
    # Gupta, Lehmann and Stuart (2004): about 5 % of a firm's value
    assert value.retention_elasticity(0.88, 0.10) == pytest.approx(5)


def test_nine_times():
    spend = value.spend_per_customer(90, 9)
    assert spend == 10  # reference C17
    assert value.cost_per_extra_customer(spend, 0.05) == pytest.approx(200)  # reference C17
    assert value.programme_gain(100, spend, 0.80, 0.05, 0.10) == pytest.approx(29.333333333333, rel=1e-12)
    assert value.break_even_spend(100, 0.80, 0.05, 0.10) == pytest.approx(16.666666666667, rel=1e-12)


def test_a_programme_at_its_break_even_spend_gains_nothing():
    spend = value.break_even_spend(80, 0.7, 0.03, 0.12)
    assert value.programme_gain(80, spend, 0.7, 0.03, 0.12) == pytest.approx(0, abs=1e-10)


@pytest.mark.parametrize("acquisition_cost", [10, 90, 300])
def test_the_break_even_ratio_holds_whatever_winning_costs(acquisition_cost):
    ratio = value.break_even_ratio(0.05)
    assert ratio == pytest.approx(20)
    spend = value.spend_per_customer(acquisition_cost, ratio)
    assert value.cost_per_extra_customer(spend, 0.05) == pytest.approx(acquisition_cost)


def test_treating_people_who_would_stay_anyway_makes_an_extra_customer_dearer():
    assert value.cost_per_extra_customer(10, 0.05, movable=0.25) == pytest.approx(800)


def test_a_response_starts_at_its_floor_and_flattens_out():
    assert value.saturating(0, 0.6, 0.8, 1000) == pytest.approx(0.6)
    assert value.saturating(1000, 0.6, 0.8, 1000) == pytest.approx(0.8 - 0.2 / np.e)
    assert value.saturating(1e6, 0.6, 0.8, 1000) == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: value.clv(-1, 0.8, 0.1), "margin is -1; expected a number of 0 or more"),
        (lambda: value.clv_now(-1, 0.8, 0.1), "margin is -1; expected a number of 0 or more"),
        (lambda: value.clv(100, 80, 0.1), "retention is 80; expected a share from 0 to 1"),
        (lambda: value.clv(100, 0.8, -0.1), "discount is -0.1; expected a number of 0 or more"),
        (lambda: value.clv(100, 0.8, 0.1, -1), "growth is -1; expected a number above -1"),
        (lambda: value.clv(100, 1, 0), "retention × (1 + growth) is 1; expected less than 1 + discount, 1, or the"),
        (lambda: value.clv_now(100, 0.95, 0.1, 0.2), "retention × (1 + growth) is 1.14; expected less than 1 + dis"),
        (lambda: value.clv("100", 0.8, 0.1), "margin is '100'; expected a number of 0 or more"),
        (lambda: value.clv_horizon(100, 0.8, 0.1, 0), "periods is 0; expected a whole number above 0"),
        (lambda: value.clv_horizon(100, 0.8, 0.1, 2.5), "periods is 2.5; expected a whole number above 0"),
        (lambda: value.clv_horizon(-5, 0.8, 0.1, 2), "margin is -5; expected a number of 0 or more"),
        (lambda: value.clv_horizon(5, 0.8, 0.1, 2, -2), "growth is -2; expected a number above -1"),
        (lambda: value.clv_by_tenure(100, [0.8, 1.2], 0.1), "retentions[1] is 1.2; expected a share from 0 to 1"),
        (lambda: value.expected_life(1), "retention is 1; expected less than 1, or the customer never leaves"),
        (lambda: value.sbg_retention(0, 1, 1), "alpha is 0; expected a number above 0"),
        (lambda: value.sbg_retention(1, 0, 1), "beta is 0; expected a number above 0"),
        (lambda: value.sbg_retention(1, 1, 0), "period is 0; expected a whole number above 0"),
        (lambda: value.sbg_from_retention(0.8, 0.6), "first is 0.8 and second is 0.6; expected 0 < first < second < 1"),
        (lambda: value.points_gain(0.97, 5, 0.1), "retention + points / 100 is 1.02; expected a share from 0 to 1"),
        (lambda: value.points_gain(0, 5, 0.1), "retention is 0; expected a number above 0"),
        (lambda: value.least_points_gain(0, 0.1), "points is 0; expected a number above 0"),
        (lambda: value.most_points_gain(5, 0), "discount is 0; expected a number above 0"),
        (lambda: value.most_points_gain(100, 0.1), "points is 100; expected less than 100"),
        (lambda: value.life_gain(0.95, 5), "retention is 1; expected less than 1"),
        (lambda: value.percent_in_points(1.2, 5), "retention is 1.2; expected a share from 0 to 1"),
        (lambda: value.spend_per_customer(90, 0), "ratio is 0; expected a number above 0"),
        (lambda: value.spend_per_customer(0, 9), "acquisition_cost is 0; expected a number above 0"),
        (lambda: value.cost_per_extra_customer(10, 0), "lift is 0; expected a number above 0"),
        (lambda: value.cost_per_extra_customer(10, 5), "lift is 5; expected a share from 0 to 1"),
        (lambda: value.cost_per_extra_customer(10, 0.05, 0), "movable is 0; expected a number above 0"),
        (lambda: value.cost_per_extra_customer(-1, 0.05), "spend is -1; expected a number of 0 or more"),
        (lambda: value.break_even_ratio(5), "lift is 5; expected a share from 0 to 1"),
        (lambda: value.break_even_spend(100, 0.98, 0.05, 0.1), "retention + lift is 1.03; expected a share from"),
        (lambda: value.programme_gain(100, -1, 0.8, 0.05, 0.1), "spend is -1; expected a number of 0 or more"),
        (lambda: value.saturating(1, 0.9, 0.8, 10), "ceiling is 0.8; expected no less than floor, 0.9"),
        (lambda: value.saturating(1, 0.1, 0.8, 0), "scale is 0; expected a number above 0"),
    ],
)
def test_impossible_input_is_refused_in_one_sentence(call, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        call()


def test_every_public_formula_states_its_equation_and_its_refusals():
    for name in formulas.__all__:
        function = getattr(formulas, name)
        assert formula(function).startswith("$$\\text{"), name
        assert "ValueError" in function.__doc__, name
