"""Erlang's formulas against published numbers and a played queue, hours, prices, and every refusal."""

import re

import pandas as pd
import pytest
from scipy import stats

from socialcare import datasets, service_levels, staffing
from socialcare.scenarios import staffing as scenario


def test_erlang_c_gives_the_reference_values():
    # C5: 100 calls in 30 minutes, 3 minutes each, 14 agents, 20 seconds
    load = staffing.offered_load(200, 3)
    assert load == 10
    assert staffing.erlang_c(load, 14) == pytest.approx(0.174132, abs=1e-6)
    assert staffing.service_level(load, 14, 3, 20) == pytest.approx(0.888350, abs=1e-6)
    assert staffing.average_wait(load, 14, 3) == pytest.approx(7.836, abs=1e-3)
    assert staffing.occupancy(load, 14) == pytest.approx(0.714286, abs=1e-6)


@pytest.mark.parametrize(("load", "agents"), [(0.5, 1), (4, 6), (10, 14), (60, 70)])
def test_erlang_b_is_the_truncated_poisson_of_scipy(load, agents):
    expected = stats.poisson.pmf(agents, load) / stats.poisson.cdf(agents, load)
    assert staffing.erlang_b(load, agents) == pytest.approx(expected)


def test_one_agent_waits_as_the_textbook_says():
    # M/M/1: the chance to wait is the load, the average wait is handling x load / (1 - load)
    assert staffing.erlang_c(0.5, 1) == pytest.approx(0.5)
    assert staffing.average_wait(0.5, 1, 4) == pytest.approx(60 * 4 * 0.5 / 0.5)


def test_a_played_queue_confirms_erlang_c_within_three_percent():
    played = staffing.simulate_queue(200, 3, 14, 20, contacts=600_000)
    assert played.waiting == pytest.approx(0.174132, rel=0.03)
    assert played.service_level == pytest.approx(0.888350, rel=0.03)
    assert played.average_wait == pytest.approx(7.836, rel=0.03)
    assert played.occupancy == pytest.approx(0.714286, rel=0.03)
    assert played.gave_up == 0


def test_steadier_handling_shortens_the_queue_and_wilder_handling_lengthens_it():
    steady, wild = (staffing.simulate_queue(30, 8, 5, 180, spread=spread).average_wait for spread in (0.3, 2))
    assert steady < staffing.average_wait(4, 5, 8) < wild


def test_people_who_give_up_shorten_the_queue_for_the_rest():
    played = staffing.simulate_queue(30, 8, 4, 180, patience_minutes=5)  # without patience this queue never ends
    assert 0.05 < played.gave_up < 0.5
    assert played.occupancy < 1
    # with exponential patience the share that gives up is the average wait over the patience (Erlang A)
    assert played.average_wait == pytest.approx(played.gave_up * 300, rel=0.05)


def test_who_gave_up_was_not_served_in_time_however_late_the_target():
    played = staffing.simulate_queue(30, 8, 4, 100_000, patience_minutes=5)
    assert played.service_level == pytest.approx(1 - played.gave_up)


def test_the_smallest_team_keeps_the_promise_and_one_fewer_does_not():
    needed = staffing.agents_needed(4, 8, 0.95, 180)
    assert needed == 7
    assert staffing.service_level(4, 7, 8, 180) >= 0.95 > staffing.service_level(4, 6, 8, 180)


@pytest.mark.parametrize("load", [0, 0.01])
def test_a_desk_with_hardly_a_contact_needs_one_person(load):
    assert staffing.agents_needed(load, 3, 0.8, 20) == 1


def test_the_cap_on_occupancy_asks_for_more_people_than_the_target():
    assert staffing.agents_needed(50, 5, 0.8, 60) == 59  # 50 / 0.85 = 58.8
    assert staffing.agents_needed(50, 5, 0.8, 60, max_occupancy=1) < 59


def test_one_large_team_needs_fewer_people_than_two_small_ones():
    assert staffing.agents_needed(8, 8, 0.95, 180) < 2 * staffing.agents_needed(4, 8, 0.95, 180)


@pytest.mark.parametrize(("agents", "shrinkage", "people"), [(7, 0.25, 10), (6, 0.25, 8), (3, 0, 3), (0, 0.5, 0)])
def test_the_schedule_adds_those_who_are_away(agents, shrinkage, people):
    assert staffing.scheduled(agents, shrinkage) == people


def test_one_seat_day_and_night_takes_six_posts():
    # D8: 168 hours / (37.5 x 0.75)
    assert staffing.coverage_posts(168) == pytest.approx(5.973, abs=1e-3)


def test_a_backlog_is_paid_in_hours():
    # 100 cases x 6 minutes x 2 touches = 20 hours of work / (0.8 x 0.5)
    assert staffing.staff_hours(100, 6, 2, max_occupancy=0.8, shrinkage=0.5) == pytest.approx(50)


def test_chats_at_once_save_work_as_long_as_each_grows_little():
    assert staffing.chat_minutes(10, 1, 0.3) == 10
    assert staffing.chat_minutes(10, 2, 0.3) == pytest.approx(6.5)
    assert staffing.chat_minutes(10, 2, 1.2) > 10


def test_at_the_break_even_the_loss_pays_the_watch():
    hour = staffing.break_even_loss(12_000, 4, 0.5, 10)
    assert hour == pytest.approx(600)
    assert staffing.late_loss(4, 0.5, 10, hour) == pytest.approx(12_000)


def test_options_add_the_loss_that_remains():
    options = {"closed": (0, 10), "on call": (5_000, 1)}
    table = staffing.coverage_options(options, crises_per_year=4, closed_share=0.5, loss_per_hour=600)
    assert table["total"].to_dict() == {"closed": 12_000, "on call": 6_200}


@pytest.mark.parametrize(("began", "hours"), [("19:00", 0), ("20:00", 13), ("08:00", 1), ("09:00", 0)])
def test_a_crisis_that_begins_as_the_desk_shuts_waits_for_the_morning(began, hours):
    hour = pd.Timestamp(f"2025-03-04 {began}", tz=datasets.ZONE)  # a Tuesday; the desk is open from 9:00 to 20:00
    mentions = pd.DataFrame({"crisis_id": ["C1"], "crisis_kind": ["firestorm"], "hour_start": [hour]})
    found = staffing.crisis_starts(mentions, service_levels.CAFE_BRISA)
    assert found["hours_until_open"].tolist() == [hours]


def test_crises_are_found_with_the_hours_until_somebody_comes():
    found = staffing.crisis_starts(datasets.load("mentions_hourly"), service_levels.CAFE_BRISA)
    # the labelled episodes of the data's README without praise, contest and the slow one; 1:00 to 9:00
    assert found["hours_until_open"].to_dict() == {"C1": 0, "C2": 0, "C6": 8}


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: staffing.offered_load(-1, 3), "contacts_per_hour is -1; expected a number of 0 or more"),
        (lambda: staffing.offered_load(1, 0), "handle_minutes is 0; expected a number above 0"),
        (lambda: staffing.erlang_b(1, 2.5), "agents is 2.5; expected a whole number from 0 to 2000"),
        (lambda: staffing.erlang_c(5, 5), "load is 5; expected less than the 5 agents, or the queue never ends"),
        (lambda: staffing.service_level(1, 2, 3, -5), "target_seconds is -5; expected a number of 0 or more"),
        (lambda: staffing.agents_needed(1, 3, 1, 20), "target_share is 1; expected a share above 0 and below 1"),
        (lambda: staffing.agents_needed(1, 3, 0.9, 20, 0), "max_occupancy is 0; expected a number above 0"),
        (lambda: staffing.agents_needed(5000, 3, 0.9, 20), "load is 5000; expected one that 2000 agents can serve"),
        (lambda: staffing.scheduled(5, 1), "shrinkage is 1; expected a share of 0 to below 1"),
        (lambda: staffing.staff_hours(-1, 3), "cases is -1; expected a number of 0 or more"),
        (lambda: staffing.chat_minutes(5, 0, 0.1), "chats is 0; expected a whole number above 0"),
        (lambda: staffing.coverage_posts(169), "hours_per_week is 169; expected 0 to 168"),
        (lambda: staffing.late_loss(1, 1.5, 1, 1), "closed_share is 1.5; expected a share from 0 to 1"),
        (lambda: staffing.break_even_loss(5, 1, 0, 1), "hours of delay in a year is 0; expected a number above 0"),
        (
            lambda: staffing.simulate_queue(30, 8, 4, 180),
            "load is 4.0; expected less than the 4 agents, or the queue never ends",
        ),
        (lambda: staffing.simulate_queue(30, 8, 6, 180, contacts=50), "contacts is 50; expected at least 100"),
        (lambda: staffing.simulate_queue(30, 8, 6, 180, spread=0), "spread is 0; expected a number above 0"),
        (
            lambda: staffing.crisis_starts(datasets.load("mentions_hourly").head(5), service_levels.CAFE_BRISA),
            "no hour is labelled as a sudden crisis; expected at least one",
        ),
    ],
)
def test_impossible_input_is_refused_in_one_sentence(call, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        call()


def test_the_simulator_says_what_the_formulas_give():
    numbers = scenario.figure(contacts=200, handle_minutes=3, agents=14, target_seconds=20)["numbers"]
    assert numbers["service_level"] == pytest.approx(0.888350, abs=1e-6)
    assert numbers["needed"] == staffing.agents_needed(10, 3, 0.95, 20)


@pytest.mark.parametrize(
    ("agents", "words"), [(4, "The queue never ends."), (6, "Missed."), (7, "Kept. With 7 agents, 95.6%")]
)
def test_the_simulators_verdict_turns_with_the_team(agents, words):
    spec = scenario.figure(agents=agents)
    assert spec["headline"].startswith(words)
    assert "The promise takes 7 agents at the desk, 10 on the schedule." in spec["headline"]


def test_a_promise_kept_by_people_who_never_rest_is_told():
    # 300 contacts x 8 minutes are 40 erlangs; 45 agents keep ten minutes and are busy 89 % of their time
    assert scenario.figure(contacts=300, agents=45, target_seconds=600)["headline"].startswith("Too busy.")


def test_the_simulator_draws_the_team_only_where_it_has_a_bar():
    assert scenario.figure(agents=4)["data"][2]["x"] == []
    assert scenario.figure(agents=7)["data"][2]["x"] == [7]
