"""Agreement of two raters against published tables, scikit-learn and statsmodels, invariants and refusals."""

import re

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa

from socialcare.formula_sheet import latex
from socialcare.formulas import agreement

COHEN = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]  # Cohen (1968), table 1: 200 diagnoses in three categories
COHEN_WEIGHTS = [[0, 1, 3], [1, 0, 6], [3, 6, 0]]  # the weights of the same table
MAMMOGRAMS = [[21, 12, 0, 0], [4, 17, 1, 0], [3, 9, 15, 2], [0, 0, 0, 1]]  # Boyd et al. (1982), in Stata's manual: kap
OURS = [[28, 2, 4], [1, 18, 4], [0, 3, 12]]
TABLES = [COHEN, MAMMOGRAMS, OURS, [[20, 1, 1], [1, 1, 0], [0, 0, 0]], [[5, 0, 4], [0, 0, 0], [6, 0, 5]]]
SCHEMES = ("none", "linear", "quadratic")


def spread_out(table):
    """Return the marks of both raters, one pair for each count of the table."""
    pairs = [(i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]
    return [one for one, _ in pairs], [other for _, other in pairs]


def test_kappa_is_the_one_that_cohen_published():
    assert agreement.weighted_kappa(COHEN, "none") == pytest.approx(0.492, abs=5e-4)
    assert agreement.weighted_kappa(COHEN, COHEN_WEIGHTS) == pytest.approx(0.348, abs=5e-4)


@pytest.mark.parametrize(("weights", "kappa"), [("none", 0.4728), ("linear", 0.5684), ("quadratic", 0.6714)])
def test_kappa_of_the_mammograms_is_that_of_the_manual(weights, kappa):
    assert agreement.weighted_kappa(MAMMOGRAMS, weights) == pytest.approx(kappa, abs=5e-5)


def test_equal_marks_of_the_mammograms_are_those_of_the_manual():
    assert agreement.observed_agreement(MAMMOGRAMS) == pytest.approx(0.6353, abs=5e-5)
    assert agreement.expected_agreement(MAMMOGRAMS) == pytest.approx(0.3082, abs=5e-5)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("weights", SCHEMES)
def test_kappa_is_that_of_scikit_learn(table, weights):
    one, other = spread_out(table)
    wanted = cohen_kappa_score(
        one, other, labels=list(range(len(table))), weights=None if weights == "none" else weights
    )
    assert agreement.weighted_kappa(table, weights) == pytest.approx(wanted, abs=1e-12)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("weights", SCHEMES)
def test_the_standard_error_is_that_of_statsmodels(table, weights):
    wanted = cohens_kappa(np.array(table), wt=None if weights == "none" else weights)
    assert agreement.kappa_standard_error(table, weights) == pytest.approx(wanted.std_kappa, abs=1e-12)


def test_the_interval_is_that_of_statsmodels_cut_at_one():
    wanted = cohens_kappa(np.array(OURS), wt="linear")
    assert agreement.kappa_interval(OURS) == pytest.approx((wanted.kappa_low, wanted.kappa_upp), abs=1e-4)
    sure = [[27, 1, 0], [1, 17, 0], [0, 0, 12]]
    assert agreement.kappa_interval(sure, confidence=0.999)[1] == 1.0
    assert agreement.kappa_interval([[0, 8], [8, 0]])[0] == -1.0


def test_a_higher_confidence_widens_the_interval():
    low, high = agreement.kappa_interval(OURS, confidence=0.8)
    lower, higher = agreement.kappa_interval(OURS, confidence=0.99)
    assert lower < low < high < higher


def test_by_hand_on_a_table_of_three():
    table = [[3, 1, 0], [0, 2, 1], [0, 0, 1]]  # 8 statements; linear weights 0, 1/2, 1
    found = (1 * 0.5 + 1 * 0.5) / 8
    chance = (4 * (3 * 0.5 + 2 * 1) + 3 * (3 * 0.5 + 2 * 0.5) + 1 * (3 * 1 + 3 * 0.5)) / 64
    assert agreement.weighted_kappa(table) == pytest.approx(1 - found / chance)


def test_perfect_agreement_is_one_and_chance_is_nought():
    assert agreement.weighted_kappa([[4, 0, 0], [0, 3, 0], [0, 0, 5]]) == 1
    assert agreement.kappa_standard_error([[4, 0, 0], [0, 3, 0], [0, 0, 5]]) == 0
    assert agreement.weighted_kappa([[4, 8], [2, 4]], "none") == pytest.approx(0)


@pytest.mark.parametrize("weights", SCHEMES)
def test_the_raters_may_change_places_and_the_scale_may_be_turned(weights):
    turned = [list(column) for column in zip(*OURS, strict=True)]
    mirrored = [row[::-1] for row in OURS[::-1]]
    for other in (turned, mirrored, [[3 * cell for cell in row] for row in OURS]):
        assert agreement.weighted_kappa(other, weights) == pytest.approx(agreement.weighted_kappa(OURS, weights))


def test_for_two_categories_all_weights_are_one():
    table = [[80, 10], [5, 5]]
    assert len({round(agreement.weighted_kappa(table, weights), 12) for weights in SCHEMES}) == 1


def test_the_same_equal_marks_give_a_lower_kappa_where_one_category_is_common():
    balanced, common = [[40, 9], [6, 45]], [[80, 10], [5, 5]]
    assert [agreement.observed_agreement(table) for table in (balanced, common)] == pytest.approx([0.85, 0.85])
    assert agreement.weighted_kappa(balanced) == pytest.approx(0.70, abs=5e-3)  # by hand: (.85 - .5008) / .4992
    assert agreement.weighted_kappa(common) == pytest.approx(0.32, abs=5e-3)  # by hand: (.85 - .78) / .22


def test_far_misses_cost_more_only_with_weights():
    near, far = [[9, 3, 0], [0, 9, 0], [0, 0, 9]], [[9, 0, 3], [0, 9, 0], [0, 0, 9]]
    assert agreement.weighted_kappa(far, "none") == pytest.approx(agreement.weighted_kappa(near, "none"), abs=0.01)
    assert agreement.weighted_kappa(far, "linear") < agreement.weighted_kappa(near, "linear") - 0.05
    assert agreement.weighted_kappa(far, "quadratic") < agreement.weighted_kappa(near, "quadratic") - 0.1


def test_four_times_the_statements_halve_the_standard_error():
    four = [[4 * cell for cell in row] for row in OURS]
    assert agreement.kappa_standard_error(four) == pytest.approx(agreement.kappa_standard_error(OURS) / 2)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: agreement.observed_agreement([[3]]), "table has 1 categories; expected at least 2"),
        (lambda: agreement.expected_agreement([]), "table has 0 categories; expected at least 2"),
        (
            lambda: agreement.weighted_kappa([[1, 2], [3]]),
            "table[1] has 1 cells; expected 2, as many as there are rows",
        ),
        (lambda: agreement.weighted_kappa([[1, -2], [3, 4]]), "table[0][1] is -2; expected a number of 0 or more"),
        (lambda: agreement.observed_agreement([[0, 0], [0, 0]]), "the sum of table is 0; expected a number above 0"),
        (
            lambda: agreement.weighted_kappa([[9, 0], [0, 0]]),
            "both raters use one category only; expected at least two",
        ),
        (
            lambda: agreement.weighted_kappa(OURS, "cubic"),
            "weights is 'cubic'; expected one of none, linear, quadratic, or a table of weights",
        ),
        (
            lambda: agreement.weighted_kappa(OURS, [[0, 1], [1, 0]]),
            "weights has 2 rows; expected 3 rows of 3 weights",
        ),
        (
            lambda: agreement.weighted_kappa([[1, 2], [3, 4]], [[0, -1], [1, 0]]),
            "weights[0][1] is -1; expected a number of 0 or more",
        ),
        (
            lambda: agreement.weighted_kappa([[1, 2], [3, 4]], [[0, 0], [0, 0]]),
            "the largest of weights is 0; expected a number above 0",
        ),
        (
            lambda: agreement.kappa_interval(OURS, confidence=95),
            "confidence is 95; expected a share above 0 and below 1",
        ),
    ],
)
def test_impossible_input_is_refused_in_one_sentence(call, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        call()


def test_every_formula_is_written_down_once():
    for name in agreement.__all__:
        assert latex(getattr(agreement, name)).startswith(r"\text{"), name
