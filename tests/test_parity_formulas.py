"""The formulas of parity against published values, statsmodels, SciPy and each other, and every refusal."""

import math
import re

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats import proportion
from statsmodels.stats.multitest import multipletests

from socialcare.formula_sheet import formula, latex
from socialcare.formulas import parity as formulas
from socialcare.formulas.funnel import newcombe_interval, sample_size, two_proportion_z

WORKED = (450, 500, 160, 200)  # reference value C6: answered in 24 hours
COUNTS = [WORKED, (53, 71, 3137, 4211), (0, 40, 5, 60), (3, 30, 28, 31), (699, 989, 3137, 4211), (1, 900, 2, 1000)]


def test_the_worked_case_of_parity_is_the_published_one():
    assert newcombe_interval(*WORKED) == pytest.approx((0.0424, 0.1652), abs=5e-5)  # C6
    assert two_proportion_z(*WORKED) == pytest.approx(3.5708, abs=5e-5)  # C6
    assert formulas.verdict(*WORKED) == "gap shown"


@pytest.mark.parametrize("counts", COUNTS)
def test_the_p_value_of_a_difference_is_that_of_statsmodels(counts):
    _, wanted = proportion.proportions_ztest(counts[::2], counts[1::2])
    assert formulas.difference_p(*counts) == pytest.approx(wanted, rel=1e-9)


@pytest.mark.parametrize("counts", COUNTS)
@pytest.mark.parametrize("confidence", [0.9, 0.95])
def test_the_ratio_has_the_score_interval_of_statsmodels(counts, confidence):
    wanted = proportion.confint_proportions_2indep(
        *counts, method="score", compare="ratio", alpha=1 - confidence, correction=False
    )
    assert formulas.koopman_interval(*counts, confidence) == pytest.approx(wanted, rel=1e-6)


def test_the_score_interval_of_a_ratio_agrees_with_the_test_of_no_difference():
    for counts in [*COUNTS, (30, 30, 28, 30), (30, 30, 30, 30), (60, 60, 40, 60)]:
        low, high = formulas.koopman_interval(*counts)
        assert (low < 1 < high) == (formulas.difference_p(*counts) > 0.05), counts


def test_the_ratio_turns_round_with_its_groups():
    low, high = formulas.koopman_interval(30, 70, 20, 90)
    assert formulas.koopman_interval(20, 90, 30, 70) == pytest.approx((1 / high, 1 / low), rel=1e-9)


def test_the_four_fifths_ratio_is_the_lower_share_over_the_higher():
    assert formulas.four_fifths_ratio(12, 60, 20, 50) == pytest.approx(0.5)
    assert formulas.four_fifths_ratio(20, 50, 12, 60) == pytest.approx(0.5)
    assert formulas.four_fifths_ratio(0, 5, 0, 9) == 1


@pytest.mark.parametrize("counts", [(995, 1358, 1025, 1401), (450, 500, 430, 500), (70, 100, 74, 110)])
@pytest.mark.parametrize("margin", [0.03, 0.05, 0.10])
def test_two_one_sided_tests_are_those_of_statsmodels(counts, margin):
    wanted = proportion.tost_proportions_2indep(*counts, -margin, margin, method="wald")
    assert formulas.equivalence_p(*counts, margin) == pytest.approx(wanted.pvalue, rel=1e-9)


@pytest.mark.parametrize(
    ("counts", "margin", "verdict"),
    [
        ((740, 1000, 2960, 4000), 0.05, "parity shown"),  # 74 % twice
        ((222, 300, 2960, 4000), 0.05, "parity shown"),  # the 90 % interval is inside, the 95 % one is not
        ((53, 71, 3137, 4211), 0.05, "not enough data"),  # 75 % against 74 %, and only 71 cases
        ((91, 131, 3137, 4211), 0.05, "not enough data"),  # five points behind, p = 0.19
        ((207, 338, 3137, 4211), 0.05, "gap shown"),
        ((7200, 10000, 7400, 10000), 0.05, "gap shown, but smaller than the margin"),
        ((7200, 10000, 7400, 10000), 0.02, "gap shown"),  # the same cases, a narrower margin
    ],
)
def test_the_verdict_tells_four_cases_apart(counts, margin, verdict):
    assert formulas.verdict(*counts, margin) == verdict
    assert formulas.verdict(*counts[2:], *counts[:2], margin) == verdict


def test_parity_agrees_with_the_two_one_sided_tests_away_from_the_edge():
    rng = np.random.default_rng(7)
    for _ in range(200):
        n, m = rng.integers(100, 4000, size=2)
        counts = [int(v) for v in (rng.binomial(n, 0.75), n, rng.binomial(m, 0.74), m)]
        p = formulas.equivalence_p(*counts)
        if not 0.03 < p < 0.08:  # Wald and Newcombe differ a little near the limit
            inside = formulas.verdict(*counts) in {formulas.PARITY, formulas.SMALL_GAP}
            assert inside == (p < 0.05), counts


@pytest.mark.parametrize(("p", "q", "n", "ratio"), [(0.75, 0.70, 300, 2), (0.9, 0.8, 100, 1), (0.5, 0.52, 50, 0.5)])
def test_the_power_of_a_difference_is_that_of_statsmodels(p, q, n, ratio):
    wanted = proportion.power_proportions_2indep(p - q, q, n, ratio=ratio).power
    assert formulas.power_of_difference(p, n, q, int(n * ratio)) == pytest.approx(wanted, rel=1e-9)


def test_the_sample_size_of_the_funnel_reaches_its_power_here():
    n = sample_size(0.74, 0.69)
    assert formulas.power_of_difference(0.74, n, 0.69, n) == pytest.approx(0.80, abs=0.001)


def test_the_power_to_show_parity_is_what_many_audits_reach():
    draws = np.random.default_rng(11).binomial([[800], [4000]], [[0.74], [0.74]], size=(2, 20_000))
    shares = draws / [[800], [4000]]
    spread = np.sqrt((shares * (1 - shares) / [[800], [4000]]).sum(axis=0))
    gap = shares[0] - shares[1]
    shown = (gap + 0.05 > stats.norm.ppf(0.95) * spread) & (gap - 0.05 < -stats.norm.ppf(0.95) * spread)
    assert formulas.equivalence_power(0.74, 800, 0.74, 4000) == pytest.approx(shown.mean(), abs=0.01)


def test_the_cases_needed_for_parity_follow_the_textbook_formula():
    z = stats.norm.ppf(0.95) + stats.norm.ppf(0.90)
    assert formulas.equivalence_sample_size(0.74) == math.ceil(z * z * 2 * 0.74 * 0.26 / 0.05**2) == 1319


@pytest.mark.parametrize("options", [{}, {"cases_b": 4000}, {"gap": 0.02}, {"gap": -0.02, "cases_b": 9000}])
def test_the_cases_needed_are_the_fewest_that_reach_the_power(options):
    n = formulas.equivalence_sample_size(0.74, **options)
    gap, other = options.get("gap", 0), options.get("cases_b")
    reached = [formulas.equivalence_power(0.74 + gap, cases, 0.74, other or cases) for cases in (n - 1, n)]
    assert reached[0] < 0.80 <= reached[1]


def test_a_large_group_that_is_too_small_makes_parity_impossible():
    assert formulas.equivalence_sample_size(0.74, 0.01, cases_b=4000) is None


def test_power_grows_with_cases_and_is_never_negative():
    powers = [formulas.equivalence_power(0.74, n, 0.74, n) for n in (30, 300, 3000, 30_000)]
    assert powers == sorted(powers)
    assert powers[0] == 0
    assert powers[-1] == pytest.approx(1)


STRATA = [(12, 40, 30, 60), (45, 50, 80, 120), (5, 90, 20, 80)]


def test_the_common_difference_is_the_regression_with_a_term_for_each_stratum():
    outcome, group, stratum = [], [], []
    for place, (a, n, b, m) in enumerate(STRATA):
        outcome += [1] * a + [0] * (n - a) + [1] * b + [0] * (m - b)
        group += [1] * n + [0] * m
        stratum += [place] * (n + m)
    columns = np.column_stack([group, np.eye(len(STRATA))[stratum]])
    wanted = sm.OLS(outcome, columns).fit().params[0]
    assert formulas.common_difference(STRATA)[0] == pytest.approx(wanted, rel=1e-9)


def test_the_interval_of_the_common_difference_covers_as_often_as_promised():
    rng, truth, covered = np.random.default_rng(3), 0.10, 0
    sizes = [(120, 300), (60, 500), (200, 90)]
    for _ in range(600):
        strata = [
            (rng.binomial(n, q + truth), n, rng.binomial(m, q), m)
            for (n, m), q in zip(sizes, (0.3, 0.6, 0.8), strict=True)
        ]
        _, low, high = formulas.common_difference(strata)
        covered += low < truth < high
    assert covered / 600 == pytest.approx(0.95, abs=0.03)


def test_one_stratum_alone_gives_the_plain_difference():
    difference, low, high = formulas.common_difference([(30, 50, 20, 50)])
    assert difference == pytest.approx(0.2)
    assert (low + high) / 2 == pytest.approx(difference)


def test_the_mix_can_turn_the_sign():
    strata = [(90, 100, 800, 1000), (300, 900, 20, 100)]  # A is ahead in both
    assert formulas.common_difference(strata)[1] > 0
    assert 390 / 1000 < 820 / 1100


@pytest.mark.parametrize("p_values", [[0.01, 0.04, 0.03, 0.5, 0.2], [0.2], [0.9, 0.8, 0.7], [0.01, 0.01, 0.012], []])
def test_holm_is_that_of_statsmodels(p_values):
    wanted = list(multipletests(p_values, method="holm")[1]) if p_values else []
    assert formulas.holm(p_values) == pytest.approx(wanted)


def test_a_language_pays_from_its_break_even():
    cases = formulas.break_even_cases(6000, 240, 0.2)
    assert cases == pytest.approx(125)
    assert cases * 240 * 0.2 == pytest.approx(6000)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: formulas.difference_p(5, 4, 1, 9), "reached is 5; expected no more than the 4 started"),
        (lambda: formulas.koopman_interval(5, 9, 0, 9), "successes_b is 0; expected at least 1"),
        (lambda: formulas.koopman_interval(5, 9, 4, 9, 1), "confidence is 1; expected a share above 0 and below 1"),
        (lambda: formulas.four_fifths_ratio(1, 0, 2, 5), "started is 0; expected a whole number above 0"),
        (lambda: formulas.equivalence_p(5, 9, 4, 9, 5), "margin is 5; expected a share above 0 and below 1"),
        (lambda: formulas.equivalence_p(9, 9, 9, 9), "both shares are 0 or 1; expected some variation"),
        (lambda: formulas.verdict(5, 9, 4, 9, 0), "margin is 0; expected a share above 0 and below 1"),
        (lambda: formulas.verdict(5, 9, 4, 9, alpha=0.5), "alpha is 0.5; expected a share above 0 and below 0.5"),
        (lambda: formulas.power_of_difference(1, 9, 0.5, 9), "share_a is 1; expected a share above 0 and below 1"),
        (lambda: formulas.power_of_difference(0.4, 9.5, 0.5, 9), "cases_a is 9.5; expected a whole number above 0"),
        (lambda: formulas.equivalence_power(0.4, 9, 0.5, 0), "cases_b is 0; expected a whole number above 0"),
        (lambda: formulas.equivalence_power(0.4, 9, 0.5, 9, 1), "margin is 1; expected a share above 0 and below 1"),
        (lambda: formulas.equivalence_sample_size(0.7, 0.05, 0.05), "gap is 0.05; expected less than the margin, 0.05"),
        (lambda: formulas.equivalence_sample_size(0.99, 0.05, 0.02), "share_a is 1.01; expected a share above 0"),
        (lambda: formulas.equivalence_sample_size(0.7, power=1), "power is 1; expected a share above 0 and below 1"),
        (lambda: formulas.common_difference([]), "strata is empty; expected at least one"),
        (lambda: formulas.common_difference([(5, 4, 1, 2)]), "reached is 5; expected no more than the 4 started"),
        (lambda: formulas.holm([0.2, 1.2]), "p_values[1] is 1.2; expected a share from 0 to 1"),
        (lambda: formulas.break_even_cases(-1, 240, 0.2), "cost is -1; expected a number of 0 or more"),
        (lambda: formulas.break_even_cases(1, 0, 0.2), "customer_value is 0; expected a number above 0"),
        (lambda: formulas.break_even_cases(1, 240, 20), "stay_gain is 20; expected a share from 0 to 1"),
    ],
)
def test_impossible_input_is_refused_in_one_sentence(call, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        call()


@pytest.mark.parametrize("name", [n for n in formulas.__all__ if callable(getattr(formulas, n))])
def test_every_formula_can_be_printed_and_holds_no_subscript(name):
    function = getattr(formulas, name)
    assert formula(function).startswith("$$")
    assert "_" not in re.sub(r"\\text\{[^}]*\}", "", latex(function))  # an underscore is printed as a space


def _value(expression, **values):
    return eval(expression, {"max": max, "min": min}, values)


def test_what_the_short_formulas_print_is_what_they_compute():
    plain = lambda function: re.sub(r"\\text\{([^}]*)\}", r"\1", latex(function).partition("=")[2])  # noqa: E731
    ratio = plain(formulas.four_fifths_ratio).replace(r"\frac{\min (p, q)}{\max (p, q)}", "min(p, q) / max(p, q)")
    assert _value(ratio.strip(), p=0.2, q=0.4) == formulas.four_fifths_ratio(20, 100, 40, 100)
    cost = re.sub(r"\\frac\{(.*?)\}\{(.*)\}", r"\1 / (\2)", plain(formulas.break_even_cases)).replace(r"\cdot", "*")
    assert _value(cost.strip(), cost=600, customer_value=240, stay_gain=0.2) == formulas.break_even_cases(600, 240, 0.2)
