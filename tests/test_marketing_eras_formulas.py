"""Scores, distances and the ratios of Marketing 4.0: worked values, bounds and refusals."""

import re

import pytest

from socialcare import marketing_eras
from socialcare.formula_sheet import latex
from socialcare.formulas import marketing_eras as formulas


def test_par_and_bar_are_the_reference_values():
    assert marketing_eras.purchase_action_ratio(1_200, 8_000) == 0.15  # D12
    assert marketing_eras.brand_advocacy_ratio(600, 8_000) == 0.075  # D12


def test_a_score_is_the_mean_mark():
    assert marketing_eras.era_score([1, 1, 3, 3]) == 2
    assert marketing_eras.era_score([2]) == 2


@pytest.mark.parametrize("era", [1, 2, 3])
def test_a_pure_profile_lies_on_its_archetype_and_as_far_from_the_others_as_they_are_apart(era):
    pure = [era] * 8
    assert [marketing_eras.archetype_distance(pure, other) for other in (1, 2, 3)] == [abs(era - o) for o in (1, 2, 3)]
    assert marketing_eras.home_era(pure) == era


def test_the_distance_is_the_mean_over_the_rows():
    assert marketing_eras.archetype_distance([1, 3, 2, 2], 2) == 0.5


@pytest.mark.parametrize(
    ("scores", "era"),
    [
        ([2, 2, 2, 2, 2, 2, 1, 3], 2),  # six rows of eight
        ([2, 2, 2, 2, 2, 1, 1, 3], None),  # five
        ([2.49, 2.49, 2.49, 2, 2, 1.51, 3, 3], 2),
        ([2.5, 2, 2, 2, 2, 2, 3, 3], None),  # half-way belongs to neither
        ([1, 1, 1, 1, 3, 3, 3, 3], None),
    ],
)
def test_a_firm_lives_in_an_era_only_if_six_rows_are_near_it(scores, era):
    assert marketing_eras.home_era(scores) == era


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: formulas.era_score([]), "marks is empty; expected at least one mark"),
        (lambda: formulas.era_score([1, 4]), "marks[1] is 4; expected a whole number from 1 to 3"),
        (lambda: formulas.era_score([1.5]), "marks[0] is 1.5; expected a whole number from 1 to 3"),
        (lambda: formulas.archetype_distance([], 2), "scores is empty; expected one score for each row"),
        (lambda: formulas.archetype_distance([2, 3.2], 2), "scores[1] is 3.2; expected a score from 1 to 3"),
        (lambda: formulas.archetype_distance([0.5], 2), "scores[0] is 0.5; expected a score from 1 to 3"),
        (lambda: formulas.archetype_distance([2], 4), "era is 4; expected a whole number from 1 to 3"),
        (lambda: formulas.archetype_distance(["2"], 1), "scores[0] is '2'; expected a number of 0 or more"),
        (lambda: formulas.home_era([2] * 8, least=4), "least is 4; expected a whole number from 5 to 8"),
        (lambda: formulas.purchase_action_ratio(1, 0), "aware is 0; expected a whole number above 0"),
        (
            lambda: formulas.purchase_action_ratio(9, 8),
            "buyers is 9; expected no more than the 8 people who know the brand",
        ),
        (lambda: formulas.purchase_action_ratio(0.15, 8), "buyers is 0.15; expected a whole number of 0 or more"),
        (lambda: formulas.brand_advocacy_ratio(1, 0), "aware is 0; expected a whole number above 0"),
        (
            lambda: formulas.brand_advocacy_ratio(9, 8),
            "advocates is 9; expected no more than the 8 people who know the brand",
        ),
    ],
)
def test_impossible_input_is_refused_in_one_sentence(call, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        call()


def test_every_formula_is_written_down_once():
    for name in formulas.__all__:
        if callable(getattr(formulas, name)):
            assert latex(getattr(formulas, name)).startswith(r"\text{"), name
