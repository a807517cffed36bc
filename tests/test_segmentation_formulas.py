"""The segmentation formulas against hand-computed values and SciPy, their invariants and their refusals."""

import itertools
import math
import re

import numpy as np
import pandas as pd
import pytest
from scipy.stats import contingency

from socialcare import segmentation
from socialcare.formula_sheet import formula
from socialcare.formulas import checks
from socialcare.formulas import segmentation as formulas


@pytest.mark.parametrize(
    ("worse", "customers", "score"),
    [(0, 10, 1), (1, 10, 1), (2, 10, 2), (8, 10, 5), (9, 10, 5), (0, 1, 1), (0, 3, 1), (1, 3, 2), (2, 3, 4)],
)
def test_a_score_is_the_fifth_in_which_the_customer_stands(worse, customers, score):
    assert formulas.rfm_score(worse, customers) == score


def test_without_ties_the_scores_are_the_quintiles_of_pandas():
    ranks = range(1000)
    by_pandas = pd.qcut(pd.Series(ranks), 5, labels=False) + 1
    assert [formulas.rfm_score(worse, 1000) for worse in ranks] == by_pandas.to_list()


def test_a_better_customer_never_gets_a_lower_score():
    scores = [formulas.rfm_score(worse, 37) for worse in range(37)]
    assert scores == sorted(scores)
    assert set(scores) == {1, 2, 3, 4, 5}


def test_every_cell_has_a_name_and_every_name_a_cell():
    names = [formulas.segment_name(*cell) for cell in itertools.product(range(1, 6), repeat=3)]
    assert len(names) == 125
    assert set(names) == {rule[0] for rule in formulas.RULES}
    assert 8 <= len(set(names)) <= 11


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ((5, 5, 5), "Champions"),
        ((5, 5, 3), "Loyal"),
        ((3, 4, 5), "Loyal"),
        ((1, 5, 5), "Cannot lose"),
        ((1, 5, 2), "At risk"),
        ((2, 4, 3), "At risk"),  # one step below Loyal
        ((2, 2, 5), "Hibernating"),  # one step below At risk
        ((2, 3, 5), "At risk"),
        ((5, 1, 5), "Big basket"),
        ((4, 3, 2), "Promising"),
        ((5, 1, 1), "New"),
        ((3, 3, 3), "Needs attention"),
        ((3, 1, 4), "About to sleep"),
        ((2, 1, 1), "Hibernating"),
        ((1, 1, 5), "Lost"),
    ],
)
def test_the_first_rule_that_fits_names_the_cell(cell, name):
    assert formulas.segment_name(*cell) == name


def test_lift_compares_with_contacting_at_random():
    assert formulas.lift(30, 100, 100, 1000) == pytest.approx(3)  # 30 % against 10 %, by hand
    assert formulas.lift(100, 1000, 100, 1000) == 1  # everyone is contacted


def test_a_contact_pays_from_the_break_even_probability_on():
    threshold = formulas.break_even_probability(1.5, 30)
    assert threshold == 0.05  # 1.50 EUR for 30 EUR, by hand
    assert formulas.campaign_profit(1000, threshold, 30, 1.5) == pytest.approx(0)
    assert formulas.campaign_profit(1000, threshold + 0.01, 30, 1.5) == pytest.approx(300)


def test_the_smallest_segment_repays_its_fixed_cost_exactly():
    size = formulas.smallest_segment(0.1, 30, 1.5, 300)
    assert size == pytest.approx(200)  # 300 / (0.1 × 30 − 1.5), by hand
    assert formulas.campaign_profit(200, 0.1, 30, 1.5, 300) == pytest.approx(0)


def test_cramers_v_is_scipys_before_the_correction():
    table = np.array([[30, 10, 5], [10, 25, 30]])
    chi_square = contingency.chi2_contingency(table, correction=False).statistic
    plain = contingency.association(table, method="cramer")
    assert math.sqrt(chi_square / table.sum()) == pytest.approx(plain)
    assert formulas.cramers_v(chi_square, table.sum(), 2, 3) == pytest.approx(math.sqrt(plain**2 - 2 / 110), rel=1e-12)


def test_cramers_v_is_one_for_a_complete_link_and_zero_for_chance():
    assert formulas.cramers_v(1_000_000, 1_000_000, 2, 2) == pytest.approx(1, abs=1e-6)
    assert formulas.cramers_v(4, 1000, 3, 3) == 0  # four degrees of freedom give four on average


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: formulas.rfm_score(-1, 5), "worse is -1; expected a whole number of 0 or more"),
        (lambda: formulas.rfm_score(5, 5), "worse is 5; expected fewer than the 5 customers"),
        (lambda: formulas.rfm_score(0, 0), "customers is 0; expected a whole number above 0"),
        (lambda: formulas.rfm_score(0, 5, bins=0), "bins is 0; expected a whole number above 0"),
        (lambda: formulas.segment_name(0, 3, 3), "recency_score is 0; expected a whole number from 1 to 5"),
        (lambda: formulas.segment_name(3, 6, 3), "frequency_score is 6; expected a whole number from 1 to 5"),
        (lambda: formulas.segment_name(3, 3, 2.5), "money_score is 2.5; expected a whole number from 1 to 5"),
        (lambda: formulas.lift(-1, 10, 5, 100), "buyers_contacted is -1; expected a whole number of 0 or more"),
        (lambda: formulas.lift(1, 0, 5, 100), "contacted is 0; expected a whole number above 0"),
        (lambda: formulas.lift(1, 10, 0, 100), "buyers is 0; expected a whole number above 0"),
        (lambda: formulas.lift(1, 10, 5, 0), "customers is 0; expected a whole number above 0"),
        (lambda: formulas.lift(6, 10, 5, 100), "buyers_contacted is 6; expected no more than the 5 buyers"),
        (lambda: formulas.lift(6, 5, 7, 100), "buyers_contacted is 6; expected no more than the 5 contacted"),
        (lambda: formulas.lift(6, 200, 7, 100), "contacted is 200; expected no more than the 100 customers"),
        (lambda: formulas.break_even_probability(-1, 30), "contact_cost is -1; expected a number of 0 or more"),
        (lambda: formulas.break_even_probability(1, 0), "margin is 0; expected a number above 0"),
        (lambda: formulas.campaign_profit(-1, 0.1, 30, 1), "customers is -1; expected a whole number of 0 or more"),
        (lambda: formulas.campaign_profit(10, 1.1, 30, 1), "extra_share is 1.1; expected a share from 0 to 1"),
        (lambda: formulas.campaign_profit(10, 0.1, -3, 1), "margin is -3; expected a number above 0"),
        (lambda: formulas.campaign_profit(10, 0.1, 30, -1), "contact_cost is -1; expected a number of 0 or more"),
        (lambda: formulas.campaign_profit(10, 0.1, 30, 1, -5), "fixed_cost is -5; expected a number of 0 or more"),
        (lambda: formulas.smallest_segment(0.1, 10, 1, 50), "contact_cost is 1; expected less than the 1.0 EUR that a"),
        (lambda: formulas.smallest_segment(0.1, 30, 1, -5), "fixed_cost is -5; expected a number of 0 or more"),
        (lambda: formulas.cramers_v(-1, 10, 2, 2), "chi_square is -1; expected a number of 0 or more"),
        (lambda: formulas.cramers_v(1, 0, 2, 2), "customers is 0; expected a whole number above 0"),
        (lambda: formulas.cramers_v(1, 10, 1, 2), "rows is 1; expected 2 or more"),
        (lambda: formulas.cramers_v(1, 10, 2, 1), "columns is 1; expected 2 or more"),
        (lambda: checks.whole_between("score", "3", 1, 5), "score is '3'; expected a whole number from 1 to 5"),
    ],
)
def test_impossible_input_is_refused_in_one_sentence(call, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        call()


def test_every_public_formula_states_its_equation_and_its_refusals():
    for name in formulas.__all__:
        function = getattr(formulas, name)
        assert "ValueError" in function.__doc__, name
        assert name == "segment_name" or formula(function).startswith("$$\\text{"), name
        assert getattr(segmentation, name) is function
