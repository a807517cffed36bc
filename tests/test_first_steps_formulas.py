"""The arithmetic of a first plan: the reference values of the course's model D14, invariants and refusals."""

import re

import pytest

from socialcare.formula_sheet import latex
from socialcare.formulas import first_steps as f


def test_the_task_list_takes_the_hours_of_the_reference():
    # D14: 9.7 hours of output; as a fifth of the week they need 38.9 of listening, 48.6 in all
    assert round(f.quota_hours(), 1) == 9.7
    assert round(f.listening_hours(f.quota_hours(), 0.8), 1) == 38.9
    assert round(f.week_hours(f.quota_hours(), 0.8), 1) == 48.6


def test_the_task_list_by_hand():
    minutes = 2 * 90 + 21 * 6 + 10 * 2 + 10 * 3 + 60 + 7 * 10 + (180 + 240) * 12 / 52
    assert f.quota_hours() == pytest.approx(minutes / 60)


@pytest.mark.parametrize(
    ("times", "minutes", "per", "hours"),
    [(3, 20, "day", 7), (3, 20, "working day", 5), (3, 20, "week", 1), (13, 60, "month", 3), (0, 5, "day", 0)],
)
def test_a_task_takes_times_minutes_and_periods(times, minutes, per, hours):
    assert f.task_hours(times, minutes, per) == pytest.approx(hours)


def test_one_person_of_forty_hours_has_thirty_two_at_a_fifth_lost():
    assert f.hours_available(1, 40, 0.2) == pytest.approx(32)
    assert f.hours_available(2, 37.5, 0) == 75


@pytest.mark.parametrize("share", [0, 0.25, 0.5, 0.8, 0.99])
def test_the_week_gives_back_the_share_it_was_made_with(share):
    whole = f.week_hours(9.7, share)
    assert f.listening_share(whole - 9.7, 9.7) == pytest.approx(share)
    assert f.largest_listening_share(9.7, whole) == pytest.approx(share)


def test_ten_points_double_the_week_at_the_top_and_not_in_the_middle():
    assert f.week_hours(5, 0.9) / f.week_hours(5, 0.8) == pytest.approx(2)
    assert f.week_hours(5, 0.6) / f.week_hours(5, 0.5) == pytest.approx(1.25)


def test_output_that_does_not_fit_gives_a_negative_share():
    assert f.largest_listening_share(10, 8) == pytest.approx(-0.25)


@pytest.mark.parametrize(("needed", "people"), [(0, 0), (32, 1), (32.01, 2), (48.58, 2), (64, 2), (64.1, 3)])
def test_people_come_whole(needed, people):
    assert f.people_needed(needed, 40, 0.2) == people


def test_the_last_digit_of_a_sum_hires_nobody():
    assert f.people_needed(f.hours_available(11, 38, 0.15), 38, 0.15) == 11  # the quotient is 11.000000000000002


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: f.task_hours(-1, 5), "times is -1; expected a number of 0 or more"),
        (lambda: f.task_hours(1, "5"), "minutes is '5'; expected a number of 0 or more"),
        (lambda: f.task_hours(1, 5, "year"), "per is 'year'; expected one of day, working day, week, month"),
        (lambda: f.hours_available(1.5, 40, 0.2), "people is 1.5; expected a whole number above 0"),
        (lambda: f.hours_available(1, 0, 0.2), "contract_hours is 0; expected a number above 0"),
        (lambda: f.hours_available(1, 40, 20), "shrinkage is 20; expected a share from 0 to 1"),
        (lambda: f.listening_share(0, 0), "listening + promoting is 0; expected a number above 0"),
        (lambda: f.listening_share(-1, 2), "listening is -1; expected a number of 0 or more"),
        (lambda: f.week_hours(5, 1), "share is 1; expected less, because nothing is left for the output"),
        (lambda: f.listening_hours(5, 80), "share is 80; expected a share from 0 to 1"),
        (lambda: f.largest_listening_share(5, 0), "available_hours is 0; expected a number above 0"),
        (lambda: f.people_needed(5, 40, 1), "hours available of one is 0; expected a number above 0"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(call, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        call()


@pytest.mark.parametrize("name", [n for n in f.__all__ if n.islower()])
def test_every_formula_is_stated_once(name):
    assert latex(getattr(f, name)).startswith(r"\text{")
