"""The two rules of an audit: when a finding justifies a step, and which step comes first."""

import pytest

from socialcare.formulas.audit import DO, LEAVE, MEASURE, TEST, decision, first_steps, priority


@pytest.mark.parametrize(
    ("low", "high", "better", "cause_known", "wanted"),
    [
        (0.50, 0.55, "higher", True, DO),
        (0.50, 0.55, "higher", False, TEST),
        (0.85, 0.95, "higher", True, LEAVE),
        (0.75, 0.85, "higher", True, MEASURE),
        (0.85, 0.95, "lower", True, DO),
        (0.85, 0.95, "lower", False, TEST),
        (0.50, 0.55, "lower", False, LEAVE),
        (0.80, 0.95, "lower", True, MEASURE),  # an end on the threshold settles nothing
        (0.50, 0.80, "higher", True, MEASURE),
        (0, 1, "higher", False, MEASURE),
    ],
)
def test_an_interval_decides_by_the_side_on_which_it_lies_whole(low, high, better, cause_known, wanted):
    assert decision(low, high, 0.80, better=better, cause_known=cause_known) == wanted


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((0.6, 0.5, 0.8), "low is 0.6; expected no more than high, 0.5"),
        ((float("nan"), 0.5, 0.8), "low is nan; expected a number"),
        ((0.4, None, 0.8), "high is None; expected a number"),
        ((0.4, 0.5, "0.8"), "threshold is '0.8'; expected a number"),
    ],
)
def test_no_decision_from_an_interval_that_is_none(arguments, sentence):
    with pytest.raises(ValueError, match="expected") as refusal:
        decision(*arguments, better="higher", cause_known=True)
    assert str(refusal.value) == sentence


def test_the_better_side_must_be_named():
    with pytest.raises(ValueError, match="better is 'up'; expected 'higher' or 'lower'"):
        decision(0.1, 0.2, 0.5, better="up", cause_known=True)


def test_priority_weighs_money_against_people():
    # by hand: half of the money, a quarter of the people
    assert priority(500, 25, 1000, 100, 0.4) == pytest.approx(0.4 * 0.5 + 0.6 * 0.25)
    assert priority(500, 25, 1000, 100, 1) == 0.5
    assert priority(500, 25, 1000, 100, 0) == 0.25
    assert priority(0, 25, 0, 100, 0.4) == pytest.approx(0.15)  # no money known anywhere


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((500, 25, 400, 100, 0.4), "money is 500; expected no more than the most, 400"),
        ((-1, 25, 400, 100, 0.4), "money is -1; expected a number of 0 or more"),
        ((1, 25, 400, 20, 0.4), "people is 25; expected no more than the most, 20"),
        ((1, 25, 400, 100, 40), "weight is 40; expected a share from 0 to 1"),
    ],
)
def test_impossible_priorities_are_refused(arguments, sentence):
    with pytest.raises(ValueError, match="expected") as refusal:
        priority(*arguments)
    assert str(refusal.value) == sentence


def test_steps_are_taken_by_score_as_far_as_the_hours_reach():
    assert first_steps([0.2, 0.9, 0.5], [5, 30, 8], 15) == [2, 0]  # the best does not fit and waits
    assert first_steps([0.2, 0.9, 0.5], [5, 30, 8], 43) == [1, 2, 0]
    assert first_steps([0.5, 0.5], [5, 5], 5) == [0]  # equal scores keep their order
    assert first_steps([0.5], [5], 0) == []


def test_lists_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="hours has 1 values; expected 2, as scores"):
        first_steps([0.5, 0.5], [5], 5)
    with pytest.raises(ValueError, match="hours is -5; expected a number of 0 or more"):
        first_steps([0.5], [-5], 5)
