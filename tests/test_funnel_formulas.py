"""The funnel's formulas against published values, SciPy and statsmodels, their invariants and their refusals."""

import itertools
import math
import re

import pytest
from scipy import stats
from statsmodels.stats import proportion
from statsmodels.stats.power import NormalIndPower

from socialcare import funnel
from socialcare.formula_sheet import formula
from socialcare.formulas import checkout
from socialcare.formulas import funnel as formulas

C13 = [100_000, 45_000, 9_000, 4_500, 3_600, 2_880, 2_683]  # reference value C13
CONVERSIONS = [after / before for before, after in itertools.pairwise(C13)]


def test_the_chain_of_conversions_gives_back_the_reference_orders():
    assert funnel.orders(100_000, CONVERSIONS) == pytest.approx(2_683)
    assert list(funnel.REFERENCE.values()) == CONVERSIONS


def test_cart_abandonment_is_the_published_one():
    assert 100 * funnel.cart_abandonment(9_000, 2_683) == pytest.approx(70.19, abs=0.005)  # B32


def test_wilson_interval_is_the_published_one():
    assert funnel.wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)  # C6


@pytest.mark.parametrize("successes", [0, 1, 7, 80, 199, 200])
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_wilson_interval_is_that_of_scipy(successes, confidence):
    wanted = stats.binomtest(successes, 200).proportion_ci(confidence, method="wilson")
    assert funnel.wilson_interval(successes, 200, confidence) == pytest.approx(tuple(wanted), abs=1e-12)


def test_newcombe_interval_is_the_published_one():
    assert funnel.newcombe_interval(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)  # C6
    assert funnel.newcombe_interval(450, 500, 160, 200) == pytest.approx((0.0424, 0.1652), abs=5e-5)  # C6, parity


@pytest.mark.parametrize("counts", [(0, 30, 5, 40), (10, 10, 0, 12), (532, 830, 384, 422), (1, 1000, 3, 900)])
def test_newcombe_interval_is_that_of_statsmodels(counts):
    wanted = proportion.confint_proportions_2indep(*counts, method="newcomb", compare="diff", alpha=0.1)
    assert funnel.newcombe_interval(*counts, 0.9) == pytest.approx(wanted, abs=1e-12)


def test_the_newcombe_interval_turns_with_its_groups():
    low, high = funnel.newcombe_interval(30, 70, 20, 90)
    assert funnel.newcombe_interval(20, 90, 30, 70) == pytest.approx((-high, -low))


def test_z_is_the_published_one_and_that_of_statsmodels():
    assert funnel.two_proportion_z(450, 500, 160, 200) == pytest.approx(3.5708, abs=5e-5)  # C6, parity
    wanted, _ = proportion.proportions_ztest([532, 384], [830, 422])
    assert funnel.two_proportion_z(532, 830, 384, 422) == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize("counts", [(0, 10, 0, 20), (10, 10, 20, 20)])
def test_z_is_nought_where_nothing_can_differ(counts):
    assert funnel.two_proportion_z(*counts) == 0


@pytest.mark.parametrize("probability", [1e-9, 0.001, 0.2, 0.5, 0.8, 0.975, 0.9999])
def test_the_normal_quantile_is_that_of_scipy(probability):
    assert funnel.normal_quantile(probability) == pytest.approx(stats.norm.ppf(probability), abs=1e-11)


@pytest.mark.parametrize(("baseline", "target"), [(0.025, 0.0275), (0.64, 0.70), (0.5, 0.4), (0.01, 0.02)])
@pytest.mark.parametrize(("power", "alpha"), [(0.8, 0.05), (0.9, 0.05), (0.95, 0.01)])
def test_the_sample_size_is_that_of_statsmodels(baseline, target, power, alpha):
    wanted = proportion.samplesize_proportions_2indep_onetail(
        target - baseline, baseline, power, alpha=alpha, alternative="two-sided"
    )
    assert funnel.sample_size(baseline, target, power, alpha) == math.ceil(wanted)


def test_the_sample_size_is_near_that_of_the_arcsine_method():
    effect = proportion.proportion_effectsize(0.0275, 0.025)
    other = NormalIndPower().solve_power(effect, power=0.8, alpha=0.05)
    assert funnel.sample_size(0.025, 0.0275) == pytest.approx(other, rel=0.005)


def test_half_the_rise_needs_about_four_times_the_visitors():
    assert funnel.sample_size(0.1, 0.11) / funnel.sample_size(0.1, 0.12) == pytest.approx(4, rel=0.06)


def test_days_are_rounded_up_for_both_versions():
    assert funnel.days_needed(1_000, 500) == 4
    assert funnel.days_needed(1_001, 500) == 5
    assert funnel.days_needed(1_000, 500, versions=3) == 6


def test_log_shares_add_up_to_one():
    overall = math.prod(CONVERSIONS)
    assert sum(funnel.log_share(conversion, overall) for conversion in CONVERSIONS) == pytest.approx(1, rel=1e-12)


@pytest.mark.parametrize("place", range(6))
def test_every_step_has_elasticity_one(place):
    lifted = [c * (1.01 if p == place else 1) for p, c in enumerate(CONVERSIONS)]
    assert funnel.orders(100_000, lifted) == pytest.approx(1.01 * 2_683)


@pytest.mark.parametrize("place", range(6))
def test_a_point_is_worth_what_recomputing_the_chain_says(place):
    lifted = [c + (0.01 if p == place else 0) for p, c in enumerate(CONVERSIONS)]
    gained = funnel.orders(100_000, lifted) - 2_683
    assert funnel.orders_per_point(2_683, CONVERSIONS[place]) == pytest.approx(gained)


def test_the_gap_to_a_benchmark_is_what_reaching_it_would_bring():
    assert funnel.gap_orders(910, 0.64, 0.80) == pytest.approx(910 * 0.8 / 0.64 - 910)
    assert funnel.gap_orders(910, 0.9, 0.8) < 0


def test_cost_per_order_divides():
    assert funnel.cost_per_order(1_200, 80) == 15


def test_priority_is_severity_times_evidence_and_a_myth_weighs_nothing():
    assert checkout.priority(3, "A") == 9
    assert checkout.priority(2, "B") == 4
    assert [checkout.priority(severity, "D") for severity in (1, 2, 3)] == [0, 0, 0]
    assert checkout.audit_score(9, 12) == 0.75


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: funnel.step_conversion(5, 0), "started is 0; expected a whole number above 0"),
        (lambda: funnel.step_conversion(-1, 5), "reached is -1; expected a whole number of 0 or more"),
        (lambda: funnel.step_conversion(6, 5), "reached is 6; expected no more than the 5 started"),
        (lambda: funnel.cart_abandonment(0, 0), "carts is 0; expected a whole number above 0"),
        (lambda: funnel.cart_abandonment(3, 4), "orders is 4; expected no more than the 3 carts"),
        (lambda: funnel.orders(-1, [0.5]), "visits is -1; expected a number of 0 or more"),
        (lambda: funnel.orders(10, [0.5, 1.2]), "conversions[1] is 1.2; expected a share from 0 to 1"),
        (lambda: funnel.orders_per_point(-1, 0.5), "orders is -1; expected a number of 0 or more"),
        (lambda: funnel.orders_per_point(10, 0), "conversion is 0; expected a number above 0"),
        (lambda: funnel.orders_per_point(10, 45), "conversion is 45; expected a share from 0 to 1"),
        (lambda: funnel.gap_orders(10, 0, 0.5), "conversion is 0; expected a number above 0"),
        (lambda: funnel.gap_orders(10, 0.5, 50), "benchmark is 50; expected a share from 0 to 1"),
        (lambda: funnel.gap_orders(-10, 0.5, 0.5), "orders is -10; expected a number of 0 or more"),
        (lambda: funnel.log_share(0, 0.1), "conversion is 0; expected a number above 0"),
        (lambda: funnel.log_share(0.5, 1), "overall is 1; expected a share above 0 and below 1"),
        (lambda: funnel.cost_per_order(-5, 2), "cost is -5; expected a number of 0 or more"),
        (lambda: funnel.cost_per_order(5, 0), "orders_gained is 0; expected a number above 0"),
        (lambda: funnel.normal_quantile(1), "probability is 1; expected a share above 0 and below 1"),
        (lambda: funnel.wilson_interval(1, 0), "trials is 0; expected a whole number above 0"),
        (lambda: funnel.wilson_interval(5, 4), "successes is 5; expected no more than the 4 trials"),
        (lambda: funnel.wilson_interval(1, 4, 95), "confidence is 95; expected a share above 0 and below 1"),
        (lambda: funnel.newcombe_interval(1, 4, 9, 8), "successes is 9; expected no more than the 8 trials"),
        (lambda: funnel.two_proportion_z(1, 0, 1, 2), "started is 0; expected a whole number above 0"),
        (lambda: funnel.sample_size(0, 0.1), "baseline is 0; expected a share above 0 and below 1"),
        (lambda: funnel.sample_size(0.1, 11), "target is 11; expected a share above 0 and below 1"),
        (lambda: funnel.sample_size(0.1, 0.1), "target is 0.1; expected another share than the baseline"),
        (lambda: funnel.sample_size(0.1, 0.2, 0.01), "power is 0.01; expected at least alpha, 0.05"),
        (lambda: funnel.sample_size(0.1, 0.2, 80), "power is 80; expected a share above 0 and below 1"),
        (lambda: funnel.days_needed(100, 0), "daily_visitors is 0; expected a number above 0"),
        (lambda: funnel.days_needed(0, 10), "visitors_per_version is 0; expected a whole number above 0"),
        (lambda: funnel.days_needed(10, 10, versions=0), "versions is 0; expected a whole number above 0"),
        (lambda: checkout.priority(4, "A"), "severity is 4; expected 1, 2 or 3"),
        (lambda: checkout.priority(1, "E"), "evidence is 'E'; expected one of A, B, C, D"),
        (lambda: checkout.audit_score(1, 0), "points_inspected is 0; expected a whole number above 0"),
        (lambda: checkout.audit_score(5, 4), "points_kept is 5; expected no more than the 4 points inspected"),
    ],
)
def test_impossible_input_is_refused_in_one_sentence(call, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        call()


@pytest.mark.parametrize("module", [formulas, checkout], ids=["funnel", "checkout"])
def test_every_public_formula_states_its_equation_and_its_refusals(module):
    for name in module.__all__:
        function = getattr(module, name)
        if callable(function):
            assert formula(function).startswith("$$\\text{"), name
            assert "ValueError" in function.__doc__ or "ejects" in function.__doc__, name
