"""The CRM formulas against published values, SciPy and statsmodels, their invariants and their refusals."""

import math
import re

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from scipy import optimize, stats
from statsmodels.stats.power import NormalIndPower

from socialcare.formula_sheet import latex
from socialcare.formulas import crm
from socialcare.scenarios import seller_percentages, tco

EXAMPLE = (60_000, 6_000, 25_000)  # licence, its yearly support, yearly subscription: reference C14 (B63)


def test_a_published_example_breaks_even_after_3_158_years():
    assert crm.break_even_years(*EXAMPLE) == pytest.approx(3.157894736842105, rel=1e-12)  # 60 / 19
    assert crm.present_value([60_000, 6_000, 6_000, 6_000]) == 78_000  # as published for year 3
    assert crm.present_value([0, 25_000, 25_000, 25_000]) == 75_000


def test_at_8_percent_it_breaks_even_after_3_78_years():
    assert crm.break_even_years(*EXAMPLE, 0.08) == pytest.approx(3.78, abs=0.005)  # domain finding B63


@pytest.mark.parametrize("discount", [0.02, 0.08, 0.15])
def test_the_break_even_is_where_scipy_finds_equal_present_values(discount):
    def gap(years):  # a stream of money at the end of each year, for any length of time
        return 60_000 - 19_000 * (1 - (1 + discount) ** -years) / discount

    found = optimize.brentq(gap, 0.1, 50)
    assert crm.break_even_years(*EXAMPLE, discount) == pytest.approx(found, rel=1e-9)


def test_a_tiny_discount_hardly_moves_the_break_even():
    assert crm.break_even_years(*EXAMPLE, 1e-9) == pytest.approx(crm.break_even_years(*EXAMPLE), rel=1e-6)


@pytest.mark.parametrize(
    ("case", "years"),
    [((60_000, 6_000, 6_000), math.inf), ((60_000, 6_000, 25_000, 0.32), math.inf), ((0, 6_000, 25_000), 0)],
)
def test_renting_may_never_catch_up_and_a_free_start_breaks_even_at_once(case, years):
    assert crm.break_even_years(*case) == years


def test_present_values_equal_numpys_polynomial():
    amounts = [182_400, 35_200, 36_024, 54_868.08]
    expected = np.polynomial.polynomial.polyval(1 / 1.08, amounts)
    assert crm.present_value(amounts, 0.08) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("discount", [0, 0.05, 0.2])
def test_the_annuity_factor_is_the_present_value_of_one_euro_a_year(discount):
    assert crm.annuity_factor(5, discount) == pytest.approx(crm.present_value([0, 1, 1, 1, 1, 1], discount))


def test_the_required_benefit_brings_the_net_present_value_to_zero():
    total = crm.present_value([52_200, 43_800, 47_286, 51_021], 0.08)
    needed = crm.required_benefit(total, 3, 0.08)
    assert crm.npv(total, [needed] * 3, 0.08) == pytest.approx(0, abs=1e-8)


def test_cost_per_user_and_month_counts_every_year_of_use():
    assert crm.cost_per_user_month(12_000, [10, 10]) == 50  # 240 user-months


def test_the_fee_that_costs_as_much_gives_the_same_total_when_it_is_all_that_is_paid():
    costs, users = [45_000, 30_000, 31_000, 39_000], [40, 42, 44]
    total = crm.present_value(costs, 0.08)
    fee = crm.cost_per_user_month(total, users, 0.08)
    assert crm.present_value([0, *(12 * fee * count for count in users)], 0.08) == pytest.approx(total, rel=1e-12)
    assert fee > crm.cost_per_user_month(total, users)  # later users count less, as their fees do


def test_a_detectable_difference_has_the_power_that_statsmodels_gives_it():
    deviations, counts = [3.0, 4.0], [400, 100]
    found = crm.detectable_difference(deviations, counts)
    error = math.sqrt(9 / 400 + 16 / 100)
    power = NormalIndPower(ddof=0).power(found / error, nobs1=2, alpha=0.05, ratio=1)  # variance 2 / 2: error 1
    assert power == pytest.approx(0.80, abs=1e-4)  # the far tail adds a millionth
    low, high = crm.difference_interval(0, deviations, counts)
    assert crm.detectable_difference(deviations, counts, power=0.5) == pytest.approx((high - low) / 2)


def test_the_year_in_which_renting_becomes_dearer_is_found_by_adding_up():
    owned, rented = [100, 10, 10, 10], [0, 45, 45, 45]  # 100, 110, 120, 130 against 0, 45, 90, 135
    assert crm.first_dearer_year(rented, owned) == 3
    assert crm.first_dearer_year(rented[:3], owned[:3]) is None
    assert crm.first_dearer_year(rented, owned, 0.08) is None  # later money counts less


def seller_bound(first_year):
    """Let SciPy search all splits of the cost for the largest share of services and support.

    Variables: software, services, support, hardware in year 1, then the same four later. Bounds of the source.
    """
    low_high = [(0.30, 0.38), (0.34, 0.47), (0.07, 0.10), (0, 1)]
    bounds = [(low * first_year, high * first_year) for low, high in low_high] + [(0, 1)] * 4
    sums = [[1] * 4 + [0] * 4, [0] * 4 + [1] * 4]
    goal = -np.array([0, 1, 1, 0, 0, 1, 1, 0])
    return -optimize.linprog(goal, A_eq=sums, b_eq=[first_year, 1 - first_year], bounds=bounds).fun


@pytest.mark.parametrize("first_year", [0.20, 0.465, 0.60, 0.80])
def test_no_split_of_the_cost_beats_the_closed_form(first_year):
    assert crm.most_service_share(first_year, 0.57) == pytest.approx(seller_bound(first_year), rel=1e-9)


def test_the_sources_percentages_cannot_all_hold():
    assert crm.most_service_share(0.60, 0.57) == pytest.approx(0.742, abs=1e-12)  # tension X13
    assert crm.most_first_year_share(0.80, 0.57) == pytest.approx(0.465, abs=0.0005)
    assert crm.most_first_year_share(0.90, 0.57) == pytest.approx(0.233, abs=0.0005)


@pytest.mark.parametrize("claimed", [0.6, 0.8, 0.95])
def test_the_two_bounds_are_inverse(claimed):
    assert crm.most_service_share(crm.most_first_year_share(claimed, 0.57), 0.57) == pytest.approx(claimed)


def test_a_year_of_services_alone_allows_any_claim():
    assert crm.most_first_year_share(0.8, 0.9) == 1


def test_npv_payback_and_roi_of_a_project_worked_by_hand():
    benefits = [40, 40, 40]
    assert crm.npv(100, benefits, 0.10) == pytest.approx(-100 + 40 / 1.1 + 40 / 1.21 + 40 / 1.331)
    assert crm.payback_years(100, benefits) == 2.5
    assert crm.payback_years(121, benefits) is None
    assert crm.payback_years(30, [-10, 40]) == 2
    assert crm.roi(120, 100) == pytest.approx(0.2)
    assert crm.roi(0, 100) == -1


@pytest.fixture(scope="module")
def pilot():
    """A pilot in which everybody gains 1 and the pilot 2 more; ``after`` and ``pilot`` are 0 or 1."""
    rng = np.random.default_rng(5)
    frame = pd.DataFrame({"pilot": rng.integers(0, 2, 400), "after": rng.integers(0, 2, 400)})
    frame["value"] = 3 + frame["after"] + 2 * frame["after"] * frame["pilot"] + rng.normal(0, 1 + frame["pilot"], 400)
    return frame


def test_the_difference_in_differences_is_the_interaction_of_a_regression(pilot):
    fit = smf.ols("value ~ pilot * after", pilot).fit(cov_type="HC2")
    cells = pilot.groupby(["pilot", "after"])["value"].agg(["mean", "std", "count"])
    means = cells["mean"]
    effect = crm.difference_in_differences(means[1, 0], means[1, 1], means[0, 0], means[0, 1])
    assert effect == pytest.approx(fit.params["pilot:after"], rel=1e-9)
    interval = crm.difference_interval(effect, cells["std"].tolist(), cells["count"].tolist())
    assert interval == pytest.approx(tuple(fit.conf_int().loc["pilot:after"]), rel=1e-9)


def test_the_interval_of_two_groups_is_welchs_with_the_normal_quantile():
    low, high = crm.difference_interval(1.5, [2.0, 3.0], [100, 80], 0.90)
    half = stats.norm.ppf(0.95) * math.sqrt(4 / 100 + 9 / 80)
    assert (low, high) == pytest.approx((1.5 - half, 1.5 + half), rel=1e-9)


def test_a_change_that_both_groups_share_is_no_effect():
    assert crm.difference_in_differences(10, 14, 20, 24) == 0


REFUSALS = [
    (lambda: crm.present_value([]), "amounts is empty; expected at least one year"),
    (lambda: crm.present_value([1, -2]), "amounts[1] is -2; expected a number of 0 or more"),
    (lambda: crm.present_value([1], -0.1), "discount is -0.1; expected a number of 0 or more"),
    (lambda: crm.cost_per_user_month(-1, [1]), "total is -1; expected a number of 0 or more"),
    (lambda: crm.cost_per_user_month(1, []), "users is empty; expected at least one year of use"),
    (lambda: crm.cost_per_user_month(1, [3, 0]), "users[1] is 0; expected a whole number above 0"),
    (lambda: crm.annuity_factor(2.5, 0), "years is 2.5; expected a whole number above 0"),
    (lambda: crm.annuity_factor(2, -1), "discount is -1; expected a number of 0 or more"),
    (lambda: crm.break_even_years(-1, 0, 1), "upfront is -1; expected a number of 0 or more"),
    (lambda: crm.break_even_years(1, 0, "1"), "rented is '1'; expected a number of 0 or more"),
    (lambda: crm.break_even_years(1, math.nan, 1), "owned is nan; expected a number of 0 or more"),
    (lambda: crm.first_dearer_year([1], [1, 2]), "costs has 1 years and others 2; expected as many"),
    (lambda: crm.most_service_share(60, 0.57), "first_year_share is 60; expected a share from 0 to 1"),
    (lambda: crm.most_service_share(0.6, -0.1), "first_year_services is -0.1; expected a share from 0 to 1"),
    (lambda: crm.most_first_year_share(1.1, 0.57), "claimed is 1.1; expected a share from 0 to 1"),
    (lambda: crm.npv(-1, [1], 0), "investment is -1; expected a number of 0 or more"),
    (lambda: crm.npv(1, [1, None], 0), "benefits[1] is None; expected a number"),
    (lambda: crm.npv(1, [1], -0.5), "discount is -0.5; expected a number of 0 or more"),
    (lambda: crm.payback_years(-1, [1]), "investment is -1; expected a number of 0 or more"),
    (lambda: crm.payback_years(1, [math.inf]), "benefits[0] is inf; expected a number"),
    (lambda: crm.roi(1, 0), "cost is 0; expected a number above 0"),
    (lambda: crm.roi(math.nan, 1), "benefit is nan; expected a number"),
    (lambda: crm.required_benefit(-1, 5), "total is -1; expected a number of 0 or more"),
    (lambda: crm.difference_in_differences(1, 2, None, 3), "before_rest is None; expected a number"),
    (lambda: crm.difference_interval(1, [1], [2, 3]), "deviations has 1 groups and counts 2; expected as many"),
    (lambda: crm.difference_interval(1, [-1], [2]), "deviations[0] is -1; expected a number of 0 or more"),
    (lambda: crm.difference_interval(1, [1], [0]), "counts[0] is 0; expected a whole number above 0"),
    (lambda: crm.difference_interval(1, [1], [2], 1), "confidence is 1; expected a share above 0 and below 1"),
    (lambda: crm.cost_per_user_month(1, [3], -0.1), "discount is -0.1; expected a number of 0 or more"),
    (lambda: crm.detectable_difference([1], [2], 0.4), "power is 0.4; expected 0.5 or more and below 1"),
    (lambda: crm.detectable_difference([1], [2], 1), "power is 1; expected a share above 0 and below 1"),
    (lambda: crm.detectable_difference([1], [2, 3]), "deviations has 1 groups and counts 2; expected as many"),
]


@pytest.mark.parametrize(("call", "sentence"), REFUSALS, ids=[sentence for _, sentence in REFUSALS])
def test_impossible_input_is_refused_in_one_sentence(call, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        call()


@pytest.mark.parametrize("name", crm.__all__)
def test_each_formula_is_written_down_once_and_can_be_printed(name):
    assert "=" in latex(getattr(crm, name))


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "Renting is cheaper by €88,110. Renting never becomes the dearer one"),
        ({"fee": 100}, "Owning is cheaper by"),
        ({"fee": 100}, "Renting has cost more than owning from year 5 on."),
        ({"years": 1}, "After 1 year, owning"),
    ],
)
def test_the_tco_headline_says_who_is_cheaper_and_when_that_turns(settings, words):
    assert words in tco.figure(**settings)["headline"]


def test_growth_past_the_licence_costs_a_second_licence_in_the_year_of_the_fifty_first_user():
    assert [tco.people(43, 5), *(tco.people(44, year) for year in (3, 4))] == [49, 48, 51]
    rises = [more - less for more, less in zip(tco.owned_costs(44, 5), tco.owned_costs(43, 5), strict=True)]
    assert rises == pytest.approx([260, 0, 0, 0, 60_000 + 12_000 * 1.03**3, 12_000 * 1.03**4])


def test_leaving_later_moves_the_exit_cost_to_the_last_year():
    three, five = tco.rented_costs(40, 65, 0.05, 3), tco.rented_costs(40, 65, 0.05, 5)
    assert three[:3] == five[:3]
    assert three[3] - five[3] == pytest.approx(11_000)


def test_the_seller_contradicts_himself_until_year_1_is_small_enough():
    verdicts = {share: seller_percentages.figure(first_year=share)["numbers"]["possible"] for share in (46, 47, 60)}
    assert verdicts == {46: True, 47: False, 60: False}
    assert "at most 74.2% of the whole. The claim of 80% is impossible." in seller_percentages.figure()["headline"]
