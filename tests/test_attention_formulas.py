"""Attention formulas: values worked by hand, an independent solution or simulation for each model, every refusal."""

import math
import re

import numpy as np
import pytest
from scipy import integrate, special

from socialcare.formulas import attention


def test_expected_and_extra_of_one_hour_by_hand():
    # six calm Mondays at 20:00: 54 mentions in all
    assert attention.expected_mentions([8, 9, 11, 7, 10, 9]) == 9
    assert attention.extra_mentions(188, 9) == 179
    assert attention.extra_mentions(4, 9) == -5
    assert attention.peak_ratio(180, 9) == 20


def test_decay_halves_each_half_life():
    assert [attention.decayed(160, 8, hours) for hours in (0, 8, 16, 24)] == [160, 80, 40, 20]


@pytest.mark.parametrize(("peak", "half_life"), [(100, 10), (45, 3.5)])
def test_total_of_the_decay_is_the_area_that_scipy_integrates(peak, half_life):
    area, _ = integrate.quad(lambda hours: attention.decayed(peak, half_life, hours), 0, math.inf)
    assert attention.decayed_total(peak, half_life) == pytest.approx(area)


def test_desk_hours_and_break_even_by_hand():
    assert attention.desk_hours(600, 5) == 50
    assert attention.break_even_saved(30, 5) == 6


def test_reproduction_number_is_the_product():
    # 150 followers, a tenth sees it, 8 in 10 of them believe it, a tenth of these pass it on
    assert attention.reproduction_number(150, 0.1, 0.1, 0.8) == pytest.approx(1.2)


@pytest.mark.parametrize(("r", "size"), [(0, 1), (0.5, 2), (0.8, 5), (0.9, 10)])
def test_final_size_of_one_start(r, size):
    assert attention.final_size(r) == pytest.approx(size)
    assert attention.final_size(r, 10) == pytest.approx(10 * size)
    assert attention.size_after(r, 400) == pytest.approx(size)


def test_size_after_rounds_by_hand():
    assert attention.size_after(2, 3) == 1 + 2 + 4 + 8
    assert attention.size_after(1, 4, starts=10) == 50
    assert attention.size_after(3, 0, starts=7) == 7
    assert attention.size_after(2, 3.0) == 15  # a control may give a whole number as a decimal


def test_a_reply_cuts_only_what_comes_after_it():
    # R = 2, a reply after round 1 halves it: 1 + 2, then 2 in each later round
    assert attention.size_with_reply(2, 0.5, 1, 4) == 1 + 2 + 2 + 2 + 2
    assert attention.size_with_reply(2, 0.5, 0, 4) == 1 + 1 + 1 + 1 + 1
    assert attention.size_with_reply(2, 1, 1, 4) == 1 + 2


@pytest.mark.parametrize(("cut", "reply_round"), [(0, 2), (0.6, 5), (0.6, 9)])
def test_a_reply_that_cuts_nothing_or_comes_too_late_changes_nothing(cut, reply_round):
    assert attention.size_with_reply(1.3, cut, reply_round, 5) == pytest.approx(attention.size_after(1.3, 5))


def test_an_early_reply_never_ends_larger_than_a_late_one():
    sizes = [attention.size_with_reply(1.4, 0.5, reply, 8) for reply in range(9)]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]


def test_saved_is_the_difference_of_two_ends():
    # R = 0.9 ends at 10; cut by half it ends at 1 / 0.55
    assert attention.mentions_saved(0.9, 0.5) == pytest.approx(10 - 1 / 0.55)
    assert attention.mentions_saved(0.9, 0) == pytest.approx(0)


@pytest.mark.parametrize(("needed", "cut"), [(4.5, 0.6), (0.1, 0.2), (200, 0.95), (6, 1), (1e-3, 0.5)])
def test_at_the_paying_r_a_reply_saves_what_is_needed(needed, cut):
    assert attention.mentions_saved(attention.paying_r(needed, cut), cut) == pytest.approx(needed)


def test_the_paying_r_by_hand():
    # a reply that stops everything saves R / (1 - R): 4 speakers at R = 0.8
    assert attention.paying_r(4, 1) == pytest.approx(0.8)
    assert attention.paying_r(0, 0.5) == 0


def test_the_paying_r_keeps_its_digits_where_little_is_left_or_needed():
    assert attention.paying_r(5, 1 - 1e-15) == pytest.approx(5 / 6)
    assert attention.paying_r(1e-9, 0.3) == pytest.approx(1e-9 / 0.3)  # to first order, R times the cut is saved


@pytest.mark.parametrize("r", [1.05, 1.2, 2, 4.8])
def test_chance_to_die_out_is_lamberts_w(r):
    q = float(np.real(-special.lambertw(-r * math.exp(-r)) / r))
    assert attention.dies_out(r) == pytest.approx(q, rel=1e-9)
    assert attention.dies_out(r, 3) == pytest.approx(q**3, rel=1e-9)


@pytest.mark.parametrize("r", [0, 0.7, 1])
def test_talk_dies_out_for_sure_up_to_one(r):
    assert attention.dies_out(r) == 1


def test_formulas_agree_with_a_simulated_branching_process():
    rng = np.random.default_rng(20250310)
    ended, sizes = 0, []
    for _ in range(4000):
        speaking, spoken = 1, 1
        while speaking > 0 and spoken < 500:
            speaking = rng.poisson(1.5 * speaking)
            spoken += speaking
        ended += speaking == 0
    for _ in range(4000):
        speaking, spoken = 1, 1
        while speaking:
            speaking = rng.poisson(0.6 * speaking)
            spoken += speaking
        sizes.append(spoken)
    assert ended / 4000 == pytest.approx(attention.dies_out(1.5), abs=0.03)  # 4 standard errors
    assert np.mean(sizes) == pytest.approx(attention.final_size(0.6), rel=0.08)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: attention.expected_mentions([]),
            "same_hours is empty; expected the mentions of at least one calm week",
        ),
        (lambda: attention.expected_mentions([3, -1]), "same_hours[1] is -1; expected a whole number of 0 or more"),
        (lambda: attention.extra_mentions(1.5, 1), "observed is 1.5; expected a whole number of 0 or more"),
        (lambda: attention.extra_mentions(1, -1), "expected is -1; expected a number of 0 or more"),
        (lambda: attention.peak_ratio(5, 0), "expected is 0; expected a number above 0"),
        (lambda: attention.decayed(10, 0, 1), "half_life is 0; expected a number above 0"),
        (lambda: attention.decayed_total(-1, 2), "peak is -1; expected a number of 0 or more"),
        (lambda: attention.desk_hours(-1, 5), "mentions is -1; expected a number of 0 or more"),
        (lambda: attention.reproduction_number(100, 2, 0.1, 1), "view is 2; expected a share from 0 to 1"),
        (lambda: attention.reproduction_number(100, 0.2, 0.1, 80), "credibility is 80; expected a share from 0 to 1"),
        (
            lambda: attention.final_size(1),
            "r is 1; expected less than 1, because from 1 on its expected size has no bound",
        ),
        (lambda: attention.size_after(0.5, 1.5), "rounds is 1.5; expected a whole number of 0 or more"),
        (lambda: attention.size_with_reply(1, 1.2, 1, 3), "cut is 1.2; expected a share from 0 to 1"),
        (lambda: attention.size_with_reply(1, 0.5, -1, 3), "reply_round is -1; expected a whole number of 0 or more"),
        (lambda: attention.mentions_saved(1.2, 0.5), "r is 1.2; expected less than 1"),
        (lambda: attention.break_even_saved(30, 0), "minutes_each is 0; expected a number above 0"),
        (lambda: attention.paying_r(5, 0), "cut is 0; expected a number above 0"),
        (lambda: attention.paying_r(-1, 0.5), "needed is -1; expected a number of 0 or more"),
        (lambda: attention.dies_out(-1), "r is -1; expected a number of 0 or more"),
    ],
)
def test_impossible_input_is_refused_in_one_sentence(call, words):
    with pytest.raises(ValueError, match="^" + re.escape(words)):
        call()
