"""The tasks of unit 05: answers worked out by hand, and what the letter's check reads."""

import pytest

from socialcare.exercises import load_tasks, unit_05
from socialcare.scenarios import tco

LETTER = load_tasks("05")["05-6"]
GOOD = LETTER.exemplars()["good"]


def test_the_right_answers_are_those_worked_out_by_hand():
    tasks = load_tasks("05")
    assert tasks["05-2"].right() == pytest.approx(556.03 * 44 + 9267.18 + 5953.50 + 14565.60)  # lines L055 to L058
    assert tasks["05-3"].right() == pytest.approx(100 * 182_400 / 405_843.36)
    assert tasks["05-4"].right() == pytest.approx(
        {"most": 100 * (0.55 * 0.48 + 0.45), "year_1_at_most": 100 * 0.15 / 0.52}
    )


def test_the_slip_of_task_3_is_what_the_colleagues_code_prints():
    assert load_tasks("05")["05-3"].mistakes[0].result() == pytest.approx(70.0, abs=0.05)


@pytest.mark.parametrize(
    ("cut", "put", "point"),
    [
        ("for 14 users", "for all of us", "scope"),
        (" and tell us what more users cost later", "", "growth of the scope"),
        (" at 3% a year", "", "price cap"),
        ("name the price of leaving: a full export as CSV and deletion within 30 days", "send a brochure", "exit"),
        ("Who cleans duplicates before the data move?", "", "data cleaning"),
        ("a day of training with a person", "a day with a person", "training"),
        (" of our own people", "", "own time"),
        ("as a baseline before the start", "now and then", "baseline"),
        (
            "every second customer joins a pilot for six months, the rest are left alone",
            "we watch it for six months",
            "comparison",
        ),
        ("the cost lines of every year instead of percentages", "a summary", "percentages"),
        ("Nadia, Café Brisa", "We sign today. Nadia, Café Brisa", "no signature"),
    ],
)
def test_each_point_of_the_letter_is_missed_when_it_is_cut(cut, put, point):
    assert cut in GOOD
    assert [criterion.name for criterion in LETTER.missing(GOOD.replace(cut, put))] == [point]


def test_the_draft_that_is_not_yet_a_letter_meets_the_length_alone():
    drafts = LETTER.exemplars()
    assert LETTER.reading(drafts["not yet"]).eq("met").sum() == 1  # 360 degrees are no users, our people no hours


@pytest.mark.parametrize(
    ("old", "new", "point"),
    [
        ("for 14 users", "for our desk of 14 people", "scope"),
        ("for 14 users", "for users: 14", "scope"),
        ("the hours of our own people", "how much time our own staff will need", "own time"),
        ("the hours of our own people", "our own work", "own time"),
    ],
)
def test_other_words_for_the_same_point_pass(old, new, point):
    assert old in GOOD
    assert point not in [criterion.name for criterion in LETTER.missing(GOOD.replace(old, new))]


def test_more_users_stay_within_the_licence_in_every_year():
    assert max(tco.people(unit_05.MORE_USERS, year) for year in range(6)) <= tco.LICENCE_USERS
    small, large = (tco.figure(users=users)["numbers"] for users in (40, unit_05.MORE_USERS))
    assert large["rented"] / large["owned"] > small["rented"] / small["owned"]  # as the key of task 1 says


def test_another_good_letter_in_other_words_passes():
    letter = (
        "Dear Mr Aldana, fourteen people answer our customers, so please quote for fourteen seats, and say what "
        "additional seats would cost. Send the breakdown of each year. Fee increases: no more than 2% yearly, in "
        "writing. If we terminate, in which format do we get our cases, and at what cost? Our records hold many "
        "duplicates; tell us who removes them. A trainer must visit us twice. Which internal hours do you expect "
        "each year? Our metric is cost per case, and we measure it before anything is installed. Half of our "
        "customers, chosen at random, start; the other half wait as a control group. Friday is too early for us. "
        "Nadia, Café Brisa"
    )
    assert LETTER.missing(letter) == []
