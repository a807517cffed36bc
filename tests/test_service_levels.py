"""Waits on two clocks, censored cases, percentiles, badge and legal dates: hand-worked cases and other packages."""

import datetime as dt
import re

import numpy as np
import pandas as pd
import polars as pl
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from socialcare import datasets, service_levels
from socialcare.formulas.wording import shown_name
from socialcare.service_levels import CAFE_BRISA, Opening

MADRID = "Europe/Madrid"


def moment(text):
    return pd.Timestamp(text, tz=MADRID)


def case(opened, replied, until="2025-07-01"):
    """Return the waits of one case."""
    table = pd.DataFrame(
        {"opened_at": [moment(opened)], "first_human_reply_at": [pd.NaT if replied is None else moment(replied)]}
    )
    return service_levels.waiting_times(table, until=moment(until)).iloc[0]


@pytest.fixture(scope="module")
def tickets():
    return datasets.load("tickets")


@pytest.fixture(scope="module")
def waits(tickets):
    return service_levels.waiting_times(tickets)


@pytest.fixture(scope="module")
def week():
    """Return five cases in hours: waits of 1, 2, 4 and 8 hours in old cases, and one still waiting after 3."""
    hours = {"wait_hours": [1.0, 2, 3, 4, 8], "age_hours": [90.0, 90, 3, 90, 90]}
    return pd.DataFrame(hours | {"answered": [True, True, False, True, True]})


@pytest.mark.parametrize(
    ("opened", "replied", "calendar", "office"),
    [
        ("2025-06-06 19:30", "2025-06-07 09:30", 14, 1),  # Friday evening to Saturday morning
        ("2025-06-06 19:30", "2025-06-09 09:30", 62, 0.5 + 5 + 0.5),  # ... to Monday: Saturday has 5 open hours
        ("2025-06-04 10:00", "2025-06-04 10:20", 1 / 3, 1 / 3),
        ("2025-06-08 12:00", "2025-06-08 15:00", 3, 0),  # a Sunday
        ("2025-03-29 13:00", "2025-03-31 10:00", 44, 2),  # the clocks go forward: 45 hours on the wall, 44 in truth
        ("2025-10-25 13:00", "2025-10-27 10:00", 46, 2),  # ... and back
    ],
)
def test_a_wait_is_counted_on_the_calendar_and_in_opening_hours(opened, replied, calendar, office):
    found = case(opened, replied, until="2025-12-31")
    assert found["wait_hours"] == pytest.approx(calendar)
    assert found["wait_open_hours"] == pytest.approx(office)


def test_a_desk_open_when_the_clocks_change_has_a_short_and_a_long_night():
    night = Opening({day: ((0, 24),) for day in range(7)})
    minutes = service_levels.open_minutes(
        [moment("2025-03-30 00:00"), moment("2025-10-26 00:00")],
        [moment("2025-03-31 00:00"), moment("2025-10-27 00:00")],
        night,
    )
    assert list(minutes) == [23 * 60, 25 * 60]


def test_an_hour_that_the_clock_shows_twice_counts_from_the_first_time():
    early = Opening({6: ((2.5, 4),)})  # on 26 October 2025 half past two comes twice
    assert service_levels.open_minutes([moment("2025-10-26 00:00")], [moment("2025-10-26 12:00")], early)[0] == 150


def test_holidays_close_the_desk_where_they_are_kept():
    # 2 May 2025, a Friday, is a holiday in Madrid and not in Catalonia; 1 May is one in both
    hours = CAFE_BRISA.hours
    start, end = [moment("2025-04-30 19:00")], [moment("2025-05-02 10:00")]
    places = {region: Opening(hours, country="ES", region=region) for region in ("MD", "CT")}
    assert {region: service_levels.open_minutes(start, end, place)[0] for region, place in places.items()} == {
        "MD": 60,
        "CT": 120,
    }
    assert service_levels.open_minutes(start, end)[0] == 60 + 11 * 60 + 60


def test_a_customer_in_another_zone_waits_the_same_time_on_the_desks_clock():
    opened = pd.Timestamp("2025-06-06 11:30", tz="America/Mexico_City")  # 19:30 in Madrid
    assert service_levels.open_minutes([opened], [moment("2025-06-07 09:30")])[0] == 60


def test_opening_minutes_add_up(tickets):
    """A wait cut in two has the same open minutes as the whole."""
    some = tickets.dropna(subset=["first_human_reply_at"]).head(300)
    start, end = some["opened_at"], some["first_human_reply_at"]
    middle = start + (end - start) / 2
    parts = service_levels.open_minutes(start, middle) + service_levels.open_minutes(middle, end)
    np.testing.assert_allclose(parts, service_levels.open_minutes(start, end), atol=1e-6)


def test_an_automatic_reply_does_not_stop_the_clock(tickets, waits):
    only_auto = tickets["first_auto_reply_at"].notna() & tickets["first_human_reply_at"].isna()
    assert only_auto.sum() > 100
    assert not waits.loc[only_auto, "answered"].any()


def test_a_case_without_a_reply_waits_until_today_and_a_later_reply_is_not_known_yet():
    found = case("2025-06-30 12:00", None)
    assert (found["answered"], found["wait_hours"]) == (False, 12)
    found = case("2025-06-30 12:00", "2025-07-05 12:00")
    assert (found["answered"], found["wait_hours"]) == (False, 12)


def test_pandas_and_polars_give_the_same_waits(tickets, waits):
    few = tickets.head(400)
    other = service_levels.waiting_times(pl.from_pandas(few[["opened_at", "first_human_reply_at"]]))
    for column in ("answered", "wait_hours", "wait_open_hours"):
        np.testing.assert_allclose(other[column].to_numpy(), waits[column].head(400).to_numpy())


def test_a_table_with_another_index_keeps_its_rows_together(tickets):
    some = tickets.sample(50, random_state=1)
    found = service_levels.waiting_times(some)
    assert (found.index == some.index).all()
    hours = (some["first_human_reply_at"] - some["opened_at"]).dt.total_seconds() / 3600
    assert found.loc[found["answered"], "wait_hours"].to_numpy() == pytest.approx(hours.dropna().to_numpy())


def test_kaplan_meier_by_hand(week):
    # at 1 h 5 are at risk, at 2 h 4, at 4 h 2, at 8 h 1: 4/5, 3/5, 3/10, 0
    table = service_levels.curve_table(week, [0.5, 1, 2, 3, 4, 8])
    assert table["waiting"].tolist() == pytest.approx([1, 0.8, 0.6, 0.6, 0.3, 0])
    assert service_levels.wait_percentile(week, 50) == 4
    assert week.loc[week["answered"], "wait_hours"].median() == 3  # who drops the waiting one reports this


def test_kaplan_meier_agrees_with_statsmodels(waits):
    from statsmodels.duration.survfunc import SurvfuncRight

    twitter = waits[waits["channel"] == "twitter"]
    other = SurvfuncRight(twitter["wait_hours"], twitter["answered"].astype(int))
    for percent in (50, 80, 90):
        assert service_levels.wait_percentile(twitter, percent) == pytest.approx(other.quantile(percent / 100))


def test_without_censoring_a_percentile_is_numpys_inverted_cdf(waits):
    answered = waits[waits["answered"]]
    for percent in (10, 50, 80, 95):
        expected = np.percentile(answered["wait_hours"], percent, method="inverted_cdf")
        assert service_levels.wait_percentile(answered, percent) == pytest.approx(expected)


def test_a_percentile_that_the_log_never_reaches_is_not_invented(week):
    silent = pd.concat([week, pd.DataFrame({"wait_hours": [99.0] * 5, "answered": [False] * 5})])
    assert np.isnan(service_levels.wait_percentile(silent, 80))


def test_definitions_of_a_percentile_differ():
    # 1, 2, 3, 4, 10: the 80th percentile is 4, 5.2 or 10
    found = service_levels.percentile_definitions([1, 2, 3, 4, 10], 80)
    assert found.to_dict() == pytest.approx({"inverted_cdf": 4, "linear": 5.2, "higher": 10})


def test_a_young_case_is_not_due_yet_and_an_old_one_without_reply_is_a_miss(week):
    within = service_levels.answered_within(week, 3.5)  # the one that has waited 3 hours is not due
    assert (within.count, within.n) == (2, 4)
    within = service_levels.answered_within(week, 2)
    assert (within.count, within.n) == (2, 5)


def test_a_log_of_two_days_does_not_flatter_the_desk():
    draws, until = np.random.default_rng(4), moment("2025-06-05 00:00")
    opened = until - pd.to_timedelta(draws.uniform(0, 48, 4000), unit="h")
    replied = opened + pd.to_timedelta(draws.uniform(0, 48, 4000), unit="h")  # half within a day
    log = pd.DataFrame({"opened_at": opened, "first_human_reply_at": pd.Series(replied).where(replied <= until)})
    found = service_levels.answered_within(service_levels.waiting_times(log, until=until), 24)
    assert found.low < 0.5 < found.high
    assert found.n == (opened <= until - pd.Timedelta(days=1)).sum()


def test_opening_hours_have_an_age_of_their_own():
    one = case("2025-06-07 13:00", "2025-06-07 13:30", "2025-06-08 13:00")  # a Saturday that closes at 14:00
    waits = pd.DataFrame([one])
    assert service_levels.answered_within(waits, 24).n == 1
    assert len(service_levels.due(waits, 1, "wait_open_hours")) == 1
    assert service_levels.due(waits, 1.5, "wait_open_hours").empty


def test_shares_carry_wilson_intervals(waits):

    within = service_levels.answered_within(waits, 24)
    assert (within.low, within.high) == pytest.approx(proportion_confint(within.count, within.n, method="wilson"))
    row = service_levels.summary(waits, "channel").loc["phone"]
    assert row["low_24_h"] < row["within_24_h"] < row["high_24_h"]
    assert row["cases"] == (waits["channel"] == "phone").sum()


def test_the_log_rank_test_agrees_with_statsmodels(waits):
    from statsmodels.duration.survfunc import survdiff

    two = waits[waits["channel"].isin(["twitter", "facebook"])]
    ours = service_levels.compare_waits(*(two[two["channel"] == name] for name in ("twitter", "facebook")))
    chisquare, p = survdiff(two["wait_hours"], two["answered"].astype(int), two["channel"])
    assert ours.statistic**2 == pytest.approx(chisquare)
    assert ours.pvalue == pytest.approx(p)


def test_satisfied_averages_over_cases_and_silence_satisfies_nobody():
    table = pd.DataFrame({"wait_hours": [0.5, 2, 24, 24], "answered": [True, True, True, False]})
    found = service_levels.satisfied(table, "twitter")
    assert found["share"] == pytest.approx((0.70 + 0.48 + 0.19 + 0) / 4)
    assert found["literal"] == pytest.approx((1 + 0.70 + 0.48 + 0) / 4)
    assert found["low"] < found["share"] < found["high"]
    assert found["n"] == 4


def test_pauses_are_reported_both_ways(tickets):
    times = service_levels.resolution_times(tickets)
    assert (times["net_hours"] <= times["gross_hours"]).all()
    assert (times["net_hours"] >= 0).all()
    first = tickets.iloc[0]
    gross = (first["resolved_at"] - first["opened_at"]).total_seconds() / 3600
    assert times.iloc[0][["gross_hours", "net_hours"]].tolist() == pytest.approx([gross, gross - 6580 / 60])


def test_the_badge_depends_on_who_answers_and_on_which_average():
    """Ten messages in a whole week: nine answered by people, after 5 minutes and once after 3 hours."""
    opened = pd.date_range("2025-06-09 10:00", periods=10, freq="12h", tz=MADRID)
    minutes = [5] * 8 + [180, None]
    human = [at + pd.Timedelta(minutes=m) if m else pd.NaT for at, m in zip(opened, minutes, strict=True)]
    table = pd.DataFrame({"opened_at": opened, "first_human_reply_at": human, "auto": opened + pd.Timedelta(seconds=5)})
    around = pd.DataFrame({"opened_at": [moment("2025-06-01 10:00"), moment("2025-06-17 10:00")]})
    table = pd.concat([around, table])
    week = {
        typical: service_levels.badge_weeks(table, typical=typical).loc["2025-06-09"] for typical in ("median", "mean")
    }
    assert (week["median"]["rate"], week["median"]["minutes"], week["median"]["badge"]) == (0.9, 5, True)
    assert week["mean"]["minutes"] == pytest.approx(220 / 9)
    assert not week["mean"]["badge"]
    assert service_levels.badge_weeks(table, reply="auto").loc["2025-06-09", "rate"] == 1
    with pytest.raises(ValueError, match="typical is 'mode'; expected 'median' or 'mean'"):
        service_levels.badge_weeks(table, typical="mode")


def test_robots_earn_the_badge_that_people_do_not(tickets):  # B-07
    ways = service_levels.badge_ways(tickets[tickets["channel"] == "facebook"])["with_badge"]
    assert ways["people", "median"] == 0 < ways["people or robot", "median"]
    assert ways["people or robot", "mean"] == 0


def test_three_ways_of_counting_put_the_waiting_last(waits):
    twitter = waits[waits["channel"] == "twitter"]
    robot, dropped, counted = service_levels.ways_of_counting(twitter)
    assert robot < dropped < counted == service_levels.wait_percentile(twitter, 50)


def test_who_was_never_attended_is_none_in_seconds(week):
    assert service_levels.attendance(week) == [3600, 7200, None, 14400, 28800]


def test_curves_fall_and_end_above_zero_where_people_were_never_answered(waits):
    curves = service_levels.still_waiting(waits, "channel")
    assert (curves.diff().dropna() <= 1e-9).all().all()
    assert (curves.iloc[-1] > 0).all()
    figure = service_levels.draw_waiting(curves)
    assert [trace.name for trace in figure.data] == [shown_name(channel) for channel in curves.columns]
    assert list(figure.data[0].y) == curves.iloc[:, 0].tolist()


def test_the_desk_splits_the_messages_into_open_and_shut(waits):
    social = waits[waits["channel"].isin(["twitter", "facebook"])]
    table = service_levels.by_desk(social)
    assert table["cases"].sum() == len(social)
    opened = social["opened_at"]
    hour, day = opened.dt.hour, opened.dt.day_of_week
    shut = (hour < 9) | (day == 6) | ((day < 5) & (hour >= 20)) | ((day == 5) & (hour >= 14))
    assert table.loc["desk shut", "cases"] == shut.sum()


@pytest.mark.parametrize(
    ("opened", "replied", "kept"),
    [
        ("2025-06-04 10:00", "2025-06-04 13:59", True),  # Wednesday, early: four hours
        ("2025-06-04 10:00", "2025-06-04 14:01", False),
        ("2025-06-04 16:00", "2025-06-04 20:00", True),  # just early enough
        ("2025-06-04 16:30", "2025-06-05 10:59", True),  # later: by 11 the next day
        ("2025-06-04 16:30", "2025-06-05 11:01", False),
        ("2025-06-04 07:30", "2025-06-04 10:30", True),  # shut, though it opens within four hours
        ("2025-06-04 07:30", "2025-06-04 11:10", False),
        ("2025-06-07 13:00", "2025-06-09 10:59", True),  # Saturday, an hour before closing: Monday by 11
        ("2025-06-08 12:00", "2025-06-09 11:01", False),  # Sunday
        ("2025-06-04 10:00", None, False),  # long due
    ],
)
def test_a_promise_on_the_customers_clock_is_kept_or_broken(opened, replied, kept):
    assert service_levels.promise_kept(pd.DataFrame([case(opened, replied)]))["share"].tolist() == [float(kept)]


def test_a_promise_splits_the_messages_and_leaves_out_what_is_not_due(waits):
    social = waits[waits["channel"].isin(["twitter", "facebook"])]
    table = service_levels.promise_kept(social)
    assert table["n"].sum() == len(social) - 2  # T5789 and T5791, written on the last evening, are not due yet
    assert service_levels.promise_kept(pd.DataFrame([case("2025-06-04 10:00", None, "2025-06-04 12:00")])).empty


def test_the_later_the_reply_the_fewer_stay(waits):  # B-01: 81, 73, 65, 50 and 33 percent
    table = service_levels.stay_by_wait(waits)
    assert (100 * table["stayed"]).round().tolist() == [81, 73, 65, 50, 33]
    low, high = proportion_confint(34, 103, method="wilson")  # 34 of 103 without a reply stayed
    assert table.loc["no reply", ["low", "high"]].tolist() == pytest.approx([low, high])
    low, high = confint_proportions_2indep(372, 458, 34, 103, method="newcomb")
    assert table.loc["no reply", ["fewer", "fewer_low", "fewer_high"]].tolist() == pytest.approx(
        [372 / 458 - 34 / 103, low, high], abs=1e-6
    )
    assert table.loc["within 1 hour", ["fewer", "fewer_low", "fewer_high"]].isna().all()
    assert (
        table["cases"].sum()
        == (waits["type"].isin(["complaint", "incident", "billing"]) & waits["stayed_90_days"].notna()).sum()
    )


def test_a_desk_without_known_customers_gets_an_empty_table_and_no_error(waits):
    table = service_levels.stay_by_wait(waits.assign(stayed_90_days=None))
    assert table["cases"].tolist() == [0] * 5
    assert table["stayed"].isna().all()


@pytest.mark.parametrize(
    ("filed", "working", "calendar"),
    # D7, Madrid: 7, 8 and 25 December, 1 and 6 January are holidays
    [
        ("2026-12-02", "2026-12-28", "2026-12-17"),
        ("2026-12-18", "2027-01-13", "2027-01-02"),
        ("2027-01-04", "2027-01-26", "2027-01-19"),
    ],
)
def test_deadlines_around_the_winter_holidays_are_the_reference_dates(filed, working, calendar):
    table = service_levels.deadlines("claim", filed, covered=True).set_index("article")["due"]
    assert table.to_dict() == {"consumer act 21.3": calendar, "Law 10/2025, 17": working}


def test_fifteen_working_days_differ_by_region():
    filed = dt.date(2025, 4, 15)
    # after Easter 2025: Catalonia keeps Easter Monday, Madrid Maundy Thursday and 2 May
    dates = {region: service_levels.add_working_days(filed, 15, region=region) for region in ("MD", "CT")}
    assert dates == {"MD": dt.date(2025, 5, 12), "CT": dt.date(2025, 5, 9)}


def test_working_days_agree_with_numpy_on_a_year_without_its_holidays():
    import holidays

    days = holidays.country_holidays("ES", subdiv="MD", years=[2025, 2026])
    for start in pd.date_range("2025-01-01", "2025-12-31", freq="11D"):
        expected = np.busday_offset(start.date(), 15, roll="backward", holidays=list(days))
        assert service_levels.add_working_days(start.date(), 15) == expected.astype(object)


def test_an_incomplete_claim_waits_ten_working_days_and_the_clock_starts_again():
    table = service_levels.deadlines(
        "claim", "2026-12-02", covered=True, asked_at="2026-12-04", completed_at="2026-12-18"
    ).set_index("rule")["due"]
    assert table["the customer may complete the claim at least until"] == "2026-12-22"  # 9-11, 14-18, 21, 22 December
    assert table["resolve in 15 working days"] == "2027-01-13"  # as if filed on the day of completion
    assert table["every trader answers a claim in 15 days"] == "2026-12-17"  # article 13 is not in the consumer act


def test_a_firm_that_is_not_covered_owes_no_clock_of_the_new_law():
    table = service_levels.deadlines(
        "claim", "2026-12-02", covered=False, asked_at="2026-12-04", completed_at="2026-12-18"
    )
    assert table[["article", "due"]].to_numpy().tolist() == [["consumer act 21.3", "2026-12-17"]]


def test_billing_and_outages_have_clocks_of_their_own():
    billing = service_levels.deadlines("billing", "2026-12-02", covered=True)
    assert billing.iloc[0].tolist() == ["answer on billing in 5 days", "Law 10/2025, 17", "2026-12-07"]
    outage = service_levels.deadlines("outage", "2026-12-02 23:30", covered=True)
    assert outage.iloc[0]["due"] == "2026-12-03 01:30"
    small = service_levels.deadlines("billing", "2026-12-02", covered=False)
    assert small["article"].tolist() == ["consumer act 21.3"]


@pytest.mark.parametrize(
    ("firm", "covered", "reason"),
    [
        ({"basic_service": True, "workers": 3}, True, "basic service of general interest"),
        ({"workers": 250}, True, "250 workers"),
        ({"workers": 249, "turnover_meur": 50, "balance_meur": 43}, False, "below all three sizes"),
        ({"turnover_meur": 50.1}, True, "turnover above 50"),
        ({"balance_meur": 43.1}, True, "balance sheet above 43"),
    ],
)
def test_article_2_says_whom_the_law_covers(firm, covered, reason):
    found = service_levels.law_applies(**firm)
    assert found.covered is covered
    assert reason in found.reason


# the planted effects, as this unit computes them
def test_nights_wait_longer_and_the_office_clock_hides_it(waits):
    opened = waits["opened_at"]
    night = (opened.dt.hour < 9) | (opened.dt.hour >= 20) | (opened.dt.day_of_week >= 5)  # B-06
    twitter = waits["channel"] == "twitter"
    medians = {
        clock: [service_levels.wait_percentile(waits[twitter & part], 50, clock) for part in (night, ~night)]
        for clock in ("wait_hours", "wait_open_hours")
    }
    assert medians["wait_hours"][0] > 3 * medians["wait_hours"][1]
    assert medians["wait_open_hours"][0] < medians["wait_open_hours"][1] * 1.5


def test_dropping_the_unanswered_flatters_every_channel(waits):  # B-07
    for _, group in waits.groupby("channel"):
        dropped = np.percentile(group.loc[group["answered"], "wait_hours"], 80, method="inverted_cdf")
        assert dropped < service_levels.wait_percentile(group, 80)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: case("2025-06-04", "2025-06-03"),
            "first_human_reply_at of row 1 lies before opened_at; expected a later moment",
        ),
        (lambda: case("2025-08-04", None), "opened_at of row 1 lies after 2025-07-01; expected an earlier moment"),
        (
            lambda: service_levels.open_minutes([moment("2025-06-04")], [moment("2025-06-03")]),
            "end 0 lies before its start; expected a later moment",
        ),
        (
            lambda: service_levels.open_minutes([moment("2025-06-04")], [moment("2025-06-05")], Opening({})),
            "the desk never opens in that time; expected opening hours on at least one day",
        ),
        (
            lambda: service_levels.opening_intervals(
                Opening({0: ((9, 25),)}), moment("2025-06-04"), moment("2025-06-05")
            ),
            "the hours of weekday 0 are ((9, 25),); expected rising pairs from 0 to 24",
        ),
        (
            lambda: service_levels.opening_intervals(
                Opening({7: ((9, 20),)}), moment("2025-06-04"), moment("2025-06-05")
            ),
            "weekday is 7; expected a whole number from 0 to 6",
        ),
        (
            lambda: service_levels.add_working_days(dt.date(2025, 1, 1), -1),
            "days is -1; expected a whole number of 0 or more",
        ),
        (
            lambda: service_levels.add_working_days(dt.date(2025, 1, 1), 1, region="XX"),
            "the calendar of ES, XX is unknown; expected a country such as 'ES', region 'MD'",
        ),
        (
            lambda: service_levels.deadlines("claims", "2026-12-02", covered=True),
            "kind is 'claims'; expected one of claim, billing, outage",
        ),
        (
            lambda: service_levels.deadlines("claim", "2026-12-02", covered=True, completed_at="2026-12-01"),
            "completed_at is 2026-12-01; expected the day of filing, 2026-12-02, or later",
        ),
        (
            lambda: service_levels.deadlines("claim", "2026-12-02", covered=True, asked_at="2026-12-01"),
            "asked_at is 2026-12-01; expected the day of filing, 2026-12-02, or later",
        ),
        (
            lambda: service_levels.deadlines(
                "claim", "2026-12-02", covered=True, asked_at="2026-12-20", completed_at="2026-12-10"
            ),
            "asked_at is 2026-12-20; expected the day of completion, 2026-12-10, or earlier",
        ),
        (
            lambda: service_levels.deadlines("claim", "yesterday", covered=True),
            "filed_at is 'yesterday'; expected a date such as '2026-12-02'",
        ),
        (
            lambda: service_levels.deadlines("outage", "2026-12-02", covered=False),
            "kind is 'outage' and covered is False; expected a continuous basic service, which is covered",
        ),
        (lambda: service_levels.law_applies(workers=-1), "workers is -1; expected a whole number of 0 or more"),
        (
            lambda: service_levels.percentile_definitions([], 50),
            "values are empty or hold a missing one; expected at least one number",
        ),
        (
            lambda: service_levels.percentile_definitions([1], 101),
            "percent / 100 is 1.01; expected a share from 0 to 1",
        ),
        (
            lambda: service_levels.waiting_curve(pd.DataFrame({"wait_hours": [], "answered": []})),
            "there are no cases; expected at least one",
        ),
        (
            lambda: service_levels.satisfied(pd.DataFrame({"wait_hours": [1], "answered": [True]}), "twitter"),
            "there are 1 cases; expected at least 2",
        ),
    ],
)
def test_impossible_input_is_refused_in_one_sentence(call, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        call()
