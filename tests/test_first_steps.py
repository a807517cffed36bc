"""Hours of the year, plans of a week, promises and goals: counted independently, with every refusal."""

import re

import pandas as pd
import polars as pl
import pytest
from statsmodels.stats.proportion import proportion_confint

from socialcare import datasets, engagement, first_steps
from socialcare.formulas import first_steps as formulas
from socialcare.scenarios import workload

START, END = "2025-01-06", "2025-12-29"
NETWORKS = ("twitter", "facebook")
BLOCK = {"person": "Ana", "day": "Monday", "starts": "09:00", "ends": "10:00", "task": "answer"}


def plan(*rows):
    return pd.DataFrame([{**BLOCK, **row} for row in rows])


@pytest.fixture(scope="module")
def logs():
    return [datasets.load(name) for name in ("posts", "tickets", "mentions_hourly")]


@pytest.fixture(scope="module")
def activity(logs):
    return first_steps.weekly_activity(*logs, brand="Café Brisa", start=START, end=END)


@pytest.fixture(scope="module")
def readings(activity):
    return first_steps.readings(activity)


@pytest.fixture(scope="module")
def plans():
    table = datasets.load("week_plan")
    return {name: table[table["plan"] == name] for name in ("draft", "revised")}


def test_a_week_holds_what_a_plain_filter_counts(logs, activity):
    posts, tickets, mentions = logs
    begin, end = (pd.Timestamp(day, tz="Europe/Madrid") for day in ("2025-03-24", "2025-03-31"))  # 167 hours long
    week = activity.loc["2025-03-24"]
    own = posts[(posts["brand"] == "Café Brisa") & (posts["posted_at"] >= begin) & (posts["posted_at"] < end)]
    cases = tickets[tickets["channel"].isin(NETWORKS) & (tickets["opened_at"] >= begin) & (tickets["opened_at"] < end)]
    named = mentions[(mentions["hour_start"] >= begin) & (mentions["hour_start"] < end)]
    assert len(named) == 167
    assert week["posts"] == len(own) == week["posts_twitter"] + week["posts_facebook"]
    assert week["promotions"] == (own["kind"] == "promotion").sum()
    assert week["cases"] == len(cases)
    assert week["answer_minutes"] == pytest.approx(cases["handle_minutes"].sum())
    assert week["public_replies"] == cases["public_turns"].sum()
    assert week["mentions"] == named["mentions"].sum()


def test_weeks_are_whole_and_none_is_missing(activity):
    assert len(activity) == 51
    assert activity.index.day_of_week.unique().tolist() == [0]
    assert activity.index.diff().dropna().unique().tolist() == [pd.Timedelta(days=7)]


@pytest.mark.parametrize("lazy", [False, True])
def test_polars_frames_give_the_same_weeks(logs, activity, lazy):
    frames = [pl.from_pandas(log) for log in logs]
    frames = [frame.lazy() for frame in frames] if lazy else frames
    pd.testing.assert_frame_equal(
        first_steps.weekly_activity(*frames, brand="Café Brisa", start=START, end=END), activity, check_freq=False
    )


def test_a_week_without_anything_holds_zeros(logs):
    posts, tickets, mentions = logs
    few = posts[(posts["posted_at"] < "2025-01-14")]
    table = first_steps.weekly_activity(few, tickets, mentions[:0], brand="Café Brisa", start=START, end="2025-01-27")
    assert table.loc["2025-01-20", ["posts", "mentions"]].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"start": "2025-01-07"}, "start is 2025-01-07; expected a Monday, so that every week is whole"),
        ({"end": "2025-01-06"}, "end is 2025-01-06; expected a Monday after start, 2025-01-06"),
        ({"brand": "Nobody"}, "posts has none of 'Nobody' on twitter, facebook from 2025-01-06 to 2025-12-29"),
    ],
)
def test_a_period_or_brand_that_cannot_be_is_refused(logs, change, sentence):
    settings = {"brand": "Café Brisa", "start": START, "end": END, **change}
    with pytest.raises(ValueError, match=re.escape(sentence)):
        first_steps.weekly_activity(*logs, **settings)


def test_the_three_readings_are_those_of_a_plain_count(logs, readings):
    posts, tickets, mentions = logs
    own = posts[(posts["brand"] == "Café Brisa") & posts["posted_at"].between(START, END, inclusive="left")]
    social = tickets[tickets["channel"].isin(NETWORKS) & tickets["opened_at"].between(START, END, inclusive="left")]
    heard = mentions[mentions["hour_start"].between(START, END, inclusive="left")]["mentions"].sum() / 2
    writing = 90 * (own["network"] == "facebook").sum() + 6 * (own["network"] == "twitter").sum()
    listening = social["handle_minutes"].sum() + heard
    replies = social["public_turns"].sum()
    assert readings.loc["time", "share"] == pytest.approx(listening / (listening + writing))
    assert readings.loc["messages", "share"] == pytest.approx(replies / (replies + len(own)))
    assert readings.loc["content", "share"] == pytest.approx((own["kind"] != "promotion").mean())


def test_wilson_intervals_are_those_of_statsmodels(readings):
    for name in ("messages", "content"):
        row = readings.loc[name]
        ends = proportion_confint(int(row["listening"]), int(row["whole"]), method="wilson")
        assert (row["wilson_low"], row["wilson_high"]) == pytest.approx(ends)
    assert readings.loc["time", ["wilson_low", "wilson_high"]].isna().all()


def test_the_interval_over_weeks_is_the_one_of_the_normal_approximation(activity, readings):
    # delta method for a ratio of sums, by hand: residuals of the weekly totals
    listening = activity["posts"] - activity["promotions"]
    share = listening.sum() / activity["posts"].sum()
    residuals = listening - share * activity["posts"]
    half = 1.96 * residuals.std() * len(activity) ** 0.5 / activity["posts"].sum()
    row = readings.loc["content"]
    assert row["high"] - row["low"] == pytest.approx(2 * half, rel=0.1)


def test_the_verdict_asks_whether_the_interval_reaches_the_rule(activity, readings):
    assert readings["verdict"].tolist() == ["below"] * 3
    assert first_steps.readings(activity, rule=0.75).loc["messages", "verdict"] == "open"
    assert first_steps.readings(activity, rule=0.5).loc["content", "verdict"] == "above"


def test_assumed_minutes_move_the_time_share(activity, readings):
    grid = first_steps.time_shares(activity, first_steps.MINUTES, post=(30, 90), mention=(0.5, 1))
    assert grid.loc[90, 0.5] == pytest.approx(readings.loc["time", "share"])
    assert grid.loc[30, 1] > grid.loc[30, 0.5] > grid.loc[90, 0.5]


def test_the_busy_week_is_one_that_nine_of_ten_do_not_exceed(activity):
    table = first_steps.demand(activity)
    hours = activity["answer_minutes"] / 60
    assert (hours <= table.loc["answer", "busy"]).mean() == pytest.approx(0.9, abs=0.02)
    assert table.loc["answer", "mean"] == pytest.approx(hours.mean())
    assert table.loc["improve"].tolist() == [2, 2]


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        ({"twitter": 6, "mention": 1}, "minutes has no 'facebook'; expected one each for twitter, facebook, mention"),
        ({"twitter": 6, "facebook": -1, "mention": 1}, "minutes['facebook'] is -1; expected a number of 0 or more"),
    ],
)
def test_assumptions_must_be_there_and_possible(activity, minutes, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        first_steps.demand(activity, minutes)


def test_the_quota_table_adds_up_to_the_formula():
    assert first_steps.quota_table()["hours"].sum() == pytest.approx(formulas.quota_hours())


def test_the_draft_breaks_in_five_places_and_the_revised_plan_in_none(activity, plans):
    needed = {**first_steps.demand(activity)["busy"], "publish": formulas.quota_hours()}
    contracts = {"Nuria": 40, "Iker": 5}
    assert first_steps.schedule_problems(plans["draft"], needed, contracts, 0.2) == [
        "Nuria has two things on Wednesday at 10:30: read and improve.",
        "Nuria has two things on Wednesday at 11:00: improve and publish.",
        "Nuria has 33.0 hours planned; 32.0 are there.",
        "answer has 5.0 hours; it needs 7.1.",
        "read has 3.0 hours; it needs 6.7.",
    ]
    assert first_steps.schedule_problems(plans["revised"], needed, contracts, 0.2) == []


def test_blocks_that_touch_or_belong_to_two_people_do_not_overlap():
    needed = dict.fromkeys(first_steps.TASKS, 0)
    touching = plan({}, {"starts": "10:00", "ends": "11:00"}, {"person": "Ben", "starts": "09:30"})
    assert first_steps.schedule_problems(touching, needed, {"Ana": 10, "Ben": 10}, 0) == []


def test_a_plan_that_is_full_is_not_too_long():
    needed = {"answer": 7.14}
    assert first_steps.shortfalls({"answer": 7.1}, needed, 7.1) == {}  # to a tenth of an hour
    assert first_steps.shortfalls({"answer": 7.0}, needed, 6.8) == {
        "answer": "answer has 7.0 hours; it needs 7.1.",
        "total": "The plan takes 7.0 hours; 6.8 are there.",
    }


def test_hours_add_up_by_task_and_by_person():
    rows = plan({}, {"person": "Ben", "day": "Friday", "ends": "09:15", "task": "read"})
    assert first_steps.plan_hours(rows).to_dict() == {"answer": 1, "read": 0.25, "publish": 0, "improve": 0}
    assert first_steps.plan_hours(rows, by="person").to_dict() == {"Ana": 1, "Ben": 0.25}


def test_the_longest_gap_goes_round_the_week():
    assert first_steps.longest_gap(plan({})) == 7 * 24 - 1
    assert first_steps.longest_gap(plan({}, {"day": "Friday"})) == 4 * 24 - 1
    inside = plan({"ends": "18:00"}, {"starts": "12:00", "ends": "13:00"})  # a block within another is no gap
    assert first_steps.longest_gap(inside) == 7 * 24 - 9


def cases(*moments, channel="twitter"):
    return pd.DataFrame({"channel": channel, "opened_at": pd.to_datetime(list(moments)).tz_localize("Europe/Madrid")})


@pytest.mark.parametrize(
    ("arrives", "hours", "kept"),
    [
        ("2025-06-02 09:00", 0, 1),  # a Monday, as the block begins
        ("2025-06-02 09:59", 0, 1),
        ("2025-06-02 10:00", 0, 0),  # just closed: next week's block
        ("2025-06-02 10:00", 167, 1),
        ("2025-06-02 10:00", 166.9, 0),
        ("2025-06-01 23:00", 10, 1),  # Sunday night, ten hours before
        ("2025-06-01 22:59", 10, 0),
    ],
)
def test_a_case_waits_for_the_next_block(arrives, hours, kept):
    assert first_steps.promise_kept(cases(arrives), plan({}), hours).kept == kept


def test_after_the_last_block_of_the_week_comes_the_first():
    week = plan({}, {"day": "Sunday", "starts": "22:00", "ends": "23:00"})
    assert first_steps.promise_kept(cases("2025-06-01 23:30"), week, 9.5).kept == 1
    assert first_steps.promise_kept(cases("2025-06-01 23:30"), week, 9.4).kept == 0


def test_a_promise_is_replayed_as_a_slow_loop_would(logs, plans):
    tickets = logs[1]
    social = tickets[tickets["channel"].isin(NETWORKS)].sample(200, random_state=1)
    table = first_steps.blocks(plans["revised"])
    slots = [(a, b) for a, b, task in zip(table["from_minute"], table["to_minute"], table["task"], strict=True)
             if task == "answer"]  # fmt: skip
    kept = 0
    for moment in social["opened_at"]:
        now = moment.day_of_week * 1440 + moment.hour * 60 + moment.minute
        waits = [0 if a <= now < b else (a - now) % 10080 for a, b in slots]
        kept += min(waits) <= 240
    promise = first_steps.promise_kept(social, plans["revised"], 4)
    assert (promise.kept, promise.cases) == (kept, 200)
    assert (promise.low, promise.high) == pytest.approx(proportion_confint(kept, 200, method="wilson"))


def test_the_same_hours_in_three_blocks_keep_more_promises(logs, plans):
    tickets = logs[1]
    slots = [("09:00", "09:20"), ("13:00", "13:20"), ("17:00", "17:20")]
    split = first_steps.daily_blocks("Nuria", first_steps.DAYS[:5], slots, "answer")
    table = first_steps.compare_plans(tickets, {"draft": plans["draft"], "split": split}, 4)
    assert table["answer_hours"].tolist() == [5, 5]
    assert table.loc["split", "low"] > 2 * table.loc["draft", "high"]
    shares = first_steps.promise_shares(tickets, {"split": split}, (1, 4, 24))["split"]
    assert shares.is_monotonic_increasing
    assert shares[4] == table.loc["split", "share"]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([{"ends": "09:00"}], "Ana on Monday ends at 09:00; expected a time after 09:00"),
        ([{"day": "Lunes"}], "day is 'Lunes'; expected one of Monday, Tuesday"),
        ([{"starts": "9:00"}], "a time is '9:00'; expected one such as 09:30"),
    ],
)
def test_a_block_that_cannot_be_is_refused(rows, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        first_steps.blocks(plan(*rows))


def test_other_impossible_questions_are_refused():
    with pytest.raises(ValueError, match="task is 'read', which has no block in the plan; expected one of answer"):
        first_steps.longest_gap(plan({}), "read")
    with pytest.raises(ValueError, match="tickets has no case on twitter, facebook; expected at least one"):
        first_steps.promise_kept(cases("2025-06-02 09:00", channel="email"), plan({}), 4)
    with pytest.raises(ValueError, match="hours is -1; expected a number of 0 or more"):
        first_steps.promise_kept(cases("2025-06-02 09:00"), plan({}), -1)
    with pytest.raises(ValueError, match="contracts has no 'Ana'; expected the paid hours of Ben"):
        first_steps.schedule_problems(plan({}), {"answer": 1}, {"Ben": 10}, 0)
    with pytest.raises(ValueError, match="hours has no 'read'; expected answer, read"):
        first_steps.shortfalls({"answer": 1}, {"answer": 1, "read": 1}, 5)


GOAL = {"owner": "Ana", "figure": "cases in time", "hits": 81, "n": 263, "target": 0.5, "by": "2026-06-30"}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({}, ""),
        ({"owner": None}, "nobody owns it"),
        ({"figure": " "}, "nothing is counted"),
        ({"n": None}, "no baseline"),
        ({"target": None}, "no target"),
        ({"target": 0.36}, "the target lies inside the baseline's interval, 25.5% to 36.6%"),
        ({"by": None}, "no date"),
        ({"by": "2025-12-31"}, "the date is past"),
    ],
)
def test_a_goal_is_told_what_keeps_it_from_being_checked(change, problem):
    goals = pd.DataFrame([{**GOAL, **change}], index=["answer"])
    row = first_steps.goal_check(goals, "2026-01-01").loc["answer"]
    assert row["problem"] == problem
    if not change:  # C6: Wilson of 81/263 is .2553 to .3662
        assert (round(row["low"], 4), round(row["high"], 4), row["weeks"]) == (0.2553, 0.3662, 25)


def test_figures_say_what_the_numbers_are(readings):
    shown = first_steps.readings_figure(readings, "n = 51 weeks")
    assert shown.spec["layout"]["title"]["text"] == "Three readings of 80/20: none of them reaches it"
    assert "messages that reply 74.9%" in shown.alt
    higher = readings.assign(share=[0.9, 0.5, 0.5])
    title = first_steps.readings_figure(higher, "n").spec["layout"]["title"]["text"]
    assert title == "Three readings of 80/20: 1 of them reaches it"
    weeks = pd.DataFrame({"a": {"publish": 40.0}, "b": {"answer": 5.0}}).reindex(
        ["publish", "listen", "answer", "read", "improve"]
    )
    assert first_steps.week_figure(weeks, 32, "n").spec["layout"]["title"]["text"] == "What fits the week: b"
    assert "a 40.0; b 5.0" in first_steps.week_figure(weeks, 32, "n").alt


def test_the_scenario_says_what_the_formulas_give():
    for people in (1, 6):
        for share in (0, 80, 90):
            numbers = workload.figure(people=people, listening=share, cases=300)["numbers"]
            answering = 300 * workload.CASE_MINUTES / 60
            needed = formulas.quota_hours() + max(
                formulas.listening_hours(formulas.quota_hours(), share / 100), answering
            )
            assert numbers["needed"] == pytest.approx(needed)
            assert numbers["there"] == pytest.approx(formulas.hours_available(people, 40, workload.SHRINKAGE))
            assert numbers["people"] == formulas.people_needed(needed, 40, workload.SHRINKAGE)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, ("16.6 hours too few", "It takes 2 people", "up to 69.6% fits")),
        ({"listening": 69}, ("0.7 hours to spare", "It takes 1 person")),
        ({"listening": 70}, ("0.4 hours too few", "It takes 2 people")),
        ({"cases": 600}, ("no share fits",)),
        ({"people": 6}, ("143.4 hours to spare", "Every share up to 90% fits")),
    ],
)
def test_the_headline_turns_where_the_week_bursts(values, words):
    headline = workload.figure(**values)["headline"]
    assert [word for word in words if word not in headline] == []


def test_the_diamond_lies_on_the_curve_and_on_the_level():
    curve, level, _, diamond = workload.figure(contract_hours=20, people=2)["data"]
    share = diamond["x"][0]
    assert diamond["y"] == level["y"][:1]
    below, above = curve["y"][int(share)], curve["y"][int(share) + 1]
    assert below <= diamond["y"][0] <= above


def test_ten_times_the_followers_break_even_at_a_tenth_of_the_activity():
    # B25 on the planted effect E-g: Nimbo has ten times Áurea's followers and about as many active ones
    people = (
        datasets.load_audience()
        .query("network == 'twitter'")
        .groupby("brand")[["followers", "active_followers"]]
        .mean()
    )
    large, small = people.loc["Tostadores Nimbo"], people.loc["Molienda Áurea"]
    even = engagement.break_even_active_share(
        round(small["followers"]), small["active_followers"] / small["followers"], round(large["followers"])
    )
    assert even == pytest.approx(large["active_followers"] / large["followers"], rel=0.1)
