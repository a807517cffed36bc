"""Detectors, levels and the plan on Café Brisa's labelled year: what each finds, what it costs, and what it refuses."""

import pandas as pd
import pytest
from scipy import stats

from socialcare import crisis, datasets

CALM = {"start": "2025-01-06", "end": "2025-03-10"}  # nine whole weeks before the first episode


@pytest.fixture(scope="module")
def hours():
    return datasets.load("mentions_hourly")


@pytest.fixture(scope="module")
def training(hours):
    zone = datasets.ZONE
    return hours["hour_start"].between(pd.Timestamp("2025-01-06", tz=zone), pd.Timestamp("2025-03-09 23:00", tz=zone))


@pytest.fixture(scope="module")
def table(hours):
    return crisis.compare(hours, crisis.detectors(hours, **CALM), since=CALM["end"])


def replay(hours, first, count=24, **more):
    return crisis.replay(hours, **CALM, first=first, count=count, **more)


# The baseline


def test_the_baseline_is_a_poisson_regression_on_hour_and_weekday(hours, training):
    import statsmodels.formula.api as smf

    calm = hours[training].assign(hour=hours["hour_start"].dt.hour, day=hours["hour_start"].dt.day_of_week)
    fitted = smf.poisson("mentions ~ C(hour) + C(day)", calm).fit(disp=0).predict(calm)
    expected = crisis.baseline(hours, **CALM)[training]
    assert expected.to_numpy() == pytest.approx(fitted.to_numpy(), rel=1e-4)


def test_the_baseline_does_not_look_at_the_weeks_that_it_is_judged_on(hours, training):
    changed = hours.assign(mentions=hours["mentions"].where(training, 500))
    pd.testing.assert_series_equal(crisis.baseline(changed, **CALM), crisis.baseline(hours, **CALM))


def test_calm_hours_are_lumpier_than_poisson(hours, training):
    size = crisis.dispersion(hours.loc[training, "mentions"], crisis.baseline(hours, **CALM)[training])
    assert 1 < size < 5


def test_the_moments_give_back_the_size_of_drawn_counts():
    counts = pd.Series(stats.nbinom.rvs(3, 3 / (3 + 5), size=200_000, random_state=1))
    assert crisis.dispersion(counts, pd.Series(5.0, counts.index)) == pytest.approx(3, rel=0.03)
    assert crisis.dispersion(pd.Series([2, 2, 2]), pd.Series([2.0, 2, 2])) == float("inf")


@pytest.mark.parametrize("size", [2.5, float("inf")])
def test_tail_chances_agree_with_the_plain_formula(size):
    counts, expected = pd.Series([0, 3, 12]), pd.Series([1.0, 2.5, 2.5])
    by_formula = [
        crisis.chance_at_least(c, m, None if size == float("inf") else size)
        for c, m in zip(counts, expected, strict=True)
    ]
    assert crisis.tail_chance(counts, expected, size).tolist() == pytest.approx(by_formula)


# EARS and CUSUM against another way to compute them


def rolling_scores(counts, gap):
    """Scores by pandas' rolling windows, as the formulas do not compute them."""
    before = counts.shift(1 + gap).rolling(7)
    return (counts - before.mean()) / before.std()


@pytest.fixture(scope="module")
def days(hours):
    return hours.groupby(hours["hour_start"].dt.date)["mentions"].sum()


@pytest.mark.parametrize(("method", "gap"), [("C1", 0), ("C2", 2)])
def test_ears_rings_where_the_score_by_rolling_windows_passes_z(days, method, gap):
    by_windows = rolling_scores(days, gap) > stats.norm.isf(0.001)
    assert crisis.ears_alarms(days, method).tolist() == by_windows.tolist()


def test_ears_with_t_rings_where_the_prediction_interval_ends(days):
    by_windows = rolling_scores(days, 0) > stats.t.isf(0.001, 6) * (1 + 1 / 7) ** 0.5
    assert crisis.ears_alarms(days, student=True).tolist() == by_windows.tolist()


def test_ears_c3_adds_the_excess_of_three_steps(days):
    scores = rolling_scores(days, 2)
    excess = (scores - 1).clip(lower=0)
    by_windows = scores > 1.96 - excess.shift(1) - excess.shift(2)
    by_windows[by_windows.index[:11]] = False  # it needs 7 + 2 + 2 steps before
    assert crisis.ears_alarms(days, "C3").tolist() == by_windows.tolist()


def test_the_cusum_rings_at_its_limit_and_starts_again():
    rings = crisis.cusum_alarms(pd.Series([1, 4, 4, 0, 4]), pd.Series([1.0] * 5), limit=5)
    # 4 - 1.4427 = 2.56; twice 5.11: ring; from 0 again: 0, then 2.56
    assert rings.tolist() == [False, False, True, False, False]


def test_the_simulated_limit_keeps_its_rate_in_fresh_calm_time():
    expected = pd.Series([0.3] * 24 * 365)
    limit = crisis.cusum_limit(expected, 2.0)
    fresh = pd.Series(stats.nbinom.rvs(2.0, 2.0 / 2.3, size=24 * 365 * 4, random_state=7))
    usual = pd.Series(0.3, fresh.index)
    assert crisis.cusum_alarms(fresh, usual, limit).sum() / 48 <= 1.3
    assert crisis.cusum_alarms(fresh, usual, limit - 1).sum() / 48 > 1


# What the detectors find in the labelled year (datasets/README.md, E-h)


def test_the_rule_of_three_by_the_hour_finds_everything_and_cries_wolf(table):
    row = table.loc["3 × mean, hour"]
    assert row["in_time"] == 4
    assert row["false_per_month"] > 10
    assert row["precision"] < 0.25


def test_the_rule_of_three_by_the_day_comes_too_late(table):
    row = table.loc["3 × mean, day"]
    assert row["in_time"] == 2
    assert row["C1"] == 15  # from 9:00 to midnight


def test_student_calms_ears(table):
    plain, student = (table.loc[name, "false_per_month"] for name in ("EARS C1, day", "EARS C1 with t, day"))
    assert plain > 4 * student


def test_negative_mentions_find_the_crises_and_leave_the_contest_alone(table):
    row = table.loc["tail, negative"]
    assert row["in_time"] == 3
    assert row[["C1", "C2", "C6"]].tolist() == [1, 4, 2]
    assert pd.isna(row["C5"])
    assert row["precision"] > table.loc["tail, all", "precision"]
    assert 0.5 < row["false_per_month"] < 2  # one a month was promised


def test_the_cusum_finds_the_slow_burner_first_among_the_detectors_of_negative_mentions(table):
    assert table.loc["CUSUM, negative", "C3"] < 0.5 * table.loc["tail, negative", "C3"]


def test_calls_join_alarms_up_to_the_quiet_time():
    rings = pd.Series([False, True, False, True, True, *[False] * 7, True])
    calls = crisis.call_outs(rings)
    assert calls.to_numpy().tolist() == [[1, 4], [12, 12]]
    assert len(crisis.call_outs(rings, quiet=8)) == 1
    assert crisis.call_outs(pd.Series([False] * 5)).empty


def test_false_alarms_come_with_the_interval_of_their_rate(hours, table):
    months = ((hours["hour_start"] >= "2025-03-10") & hours["crisis_id"].isna()).sum() / 730
    for _, row in table.iterrows():
        rung = round(row["false_per_month"] * months)
        assert stats.poisson.cdf(rung, row["false_high"] * months) == pytest.approx(0.025)
    assert table.loc["CUSUM, negative", "false_low"] > 1  # more than the one a month that was promised
    assert table.loc["tail, negative", "false_low"] < 1 < table.loc["tail, negative", "false_high"]


def test_the_figure_of_the_detectors_draws_the_interval_of_each_rate(table):
    from socialcare import crisis_charts

    shown = crisis_charts.detectors_figure(table, 4, "Café Brisa, 2025")
    bars = shown.spec["data"][0]
    rows = table.loc[list(bars["y"])]
    ends = [x + up for x, up in zip(bars["x"], bars["error_x"]["array"], strict=True)]
    starts = [x - down for x, down in zip(bars["x"], bars["error_x"]["arrayminus"], strict=True)]
    assert ends == pytest.approx(rows["false_high"].tolist())
    assert starts == pytest.approx(rows["false_low"].tolist())
    assert "has 1.3 (95% interval 0.7 to 2.3) and finds 3 of 4 crises within a day." in shown.alt


def test_the_alt_of_the_ranks_names_a_sure_rank_once():
    from socialcare import crisis_charts

    ranks = pd.DataFrame({"score": [9, 4], "rank": [1, 2], "low": [1.0, 2], "high": [1.0, 7]}, index=["a1", "a2"])
    alt = crisis_charts.ranks_figure(ranks, "n = 13 edges, 2025").alt
    assert alt == "2 dots with intervals. The first account holds rank 1, the last one shown 2 to 7."


def test_a_perfect_detector_has_precision_one_and_finds_each_crisis_in_its_first_hour(hours):
    perfect = hours["crisis_kind"].isin(crisis.CRISES)
    row = crisis.compare(hours, {"oracle": perfect}, since=CALM["end"]).loc["oracle"]
    assert row[["in_time", "C1", "C6", "false_per_month", "no_crisis", "precision"]].tolist() == [4, 1, 1, 0, 0, 1]
    silent = crisis.compare(hours, {"deaf": perfect & False}, since=CALM["end"]).loc["deaf"]
    assert silent["in_time"] == 0
    assert pd.isna(silent["precision"])


# Levels


def test_the_firestorm_climbs_one_level_each_hour(hours):
    assert replay(hours, "2025-03-10 08:00", 5)["level"].tolist() == [0, 1, 2, 3, 3]


def test_praise_and_a_contest_never_become_an_incident(hours):
    assert replay(hours, "2025-07-08 18:00", 66)["level"].max() == 1
    assert replay(hours, "2025-10-01 10:00", 62)["level"].max() == 0


def test_the_ring_is_an_incident_with_few_authors(hours):
    rows = replay(hours, "2025-11-18 01:00", 12)
    assert rows["level"].tolist()[1:] == [2] * 11
    assert rows["few_authors"].iloc[2:].all()
    assert not replay(hours, "2025-03-10 09:00", 24)["few_authors"].any()


def test_no_calm_hour_reaches_level_two(hours):
    rows = replay(hours, CALM["end"], 24 * 297)
    calm = hours.loc[hours["hour_start"] >= pd.Timestamp(CALM["end"], tz=datasets.ZONE), "crisis_id"].isna()
    assert rows["level"].to_numpy()[calm.to_numpy()].max() == 1


def test_harm_is_a_crisis_before_anybody_counts(hours):
    assert set(replay(hours, "2025-02-03 09:00", 3, harm=True)["level"]) == {3}


def test_half_of_the_firestorm_is_still_to_come_after_twelve_hours(hours):
    rest = crisis.still_to_come(hours, "C1")
    assert rest.index[0] == 1
    assert rest.iloc[-1] == pytest.approx(0)
    assert rest.is_monotonic_decreasing
    assert 0.45 < rest[12] < 0.6


# The plan, the responses and the order to serve


def test_the_plan_has_steps_for_each_level_in_the_order_they_fall_due():
    assert crisis.plan()["level"].unique().tolist() == [0, 1, 2, 3]
    for level in crisis.LEVELS:
        assert crisis.plan(level)["due_minutes"].is_monotonic_increasing
    assert crisis.plan(2)["due_minutes"].iloc[0] <= 15


def test_each_step_follows_an_item_or_a_finding_that_exists():
    cited = set(";".join(crisis.plan()["source_id"]).split(";"))
    known = set(datasets.load_inventory()["id"])
    evidence = (datasets.folder().parent / "book" / "evidence.md").read_text(encoding="utf-8")
    assert {name for name in cited if name[0] == "S"} <= known
    assert all(f"({name.lower()})=" in evidence for name in cited if name[0] == "B")
    assert {f"S4.6-0{number}" for number in range(1, 7)} | {"S4.6-C"} <= cited  # every tip of the source has its step


def test_nothing_in_the_plan_offers_compensation_in_public():
    redress = crisis.plan()[crisis.plan()["action"].str.contains("redress|refund|voucher|compensation", case=False)]
    assert not redress["channel"].str.contains("public").any()


def test_followers_never_change_whom_we_serve_first():
    cases = pd.DataFrame(
        {
            "case": ["fame", "deadline", "harm", "wait"],
            "followers": [1_250_000, 80, 12, 300],
            "harm": [False, False, True, False],
            "hours_to_deadline": [300, 5, 300, 300],
            "hours_waiting": [1, 4, 1, 30],
        }
    )
    order = crisis.serve_order(cases)["case"].tolist()
    assert order == ["harm", "deadline", "wait", "fame"]
    assert crisis.serve_order(cases.assign(followers=[0, 9, 9_999_999, 5]))["case"].tolist() == order


# The observations beside the alarm (datasets/README.md, E-h, B-05, B-09)


def test_each_week_of_the_slow_burner_stands_out_and_calm_weeks_do_not(hours):
    weeks = crisis.weekly_negative(hours, **CALM)
    assert weeks.loc[weeks["episode"] == "C3", "deviations"].min() > 10
    assert weeks.loc[CALM["start"] : "2025-03-03", "deviations"].abs().max() < 3
    assert (weeks.loc[weeks["deviations"] > 3, "episode"] != "calm").all()


def test_a_week_adds_its_hours_up(hours):
    week = hours[(hours["hour_start"] >= "2025-06-02") & (hours["hour_start"] < "2025-06-09")]
    assert crisis.weekly_negative(hours, **CALM).loc["2025-06-02", "negative"] == week["negative_mentions"].sum()


def test_compensation_in_public_goes_with_more_public_replies():
    table = crisis.redress_turns(datasets.load_tickets())["public_replies"]
    assert table["in public"] == pytest.approx(3.7, abs=0.05)
    assert table["in private"] == pytest.approx(1.6, abs=0.05)


def test_the_difference_in_public_replies_has_welchs_interval():
    import statsmodels.stats.api as sms

    tickets = datasets.load_tickets()
    cases = tickets[tickets["redress_in_public"].notna() & tickets["first_public_reply_at"].notna()]
    public = cases["redress_in_public"] == True  # noqa: E712  a column with missing values
    means = sms.CompareMeans.from_data(cases.loc[public, "public_turns"], cases.loc[~public, "public_turns"])
    expected = means.tconfint_diff(usevar="unequal")
    assert crisis.redress_difference(tickets) == pytest.approx((2.064, *expected), abs=1e-3)
    with pytest.raises(ValueError, match="offered in public in 0 cases; expected at least 2"):
        crisis.redress_difference(tickets[tickets["redress_in_public"] != True])  # noqa: E712


def test_followers_shorten_the_wait_where_they_show_and_nobody_is_dropped():
    table = crisis.waits_by_followers(datasets.load_tickets(), datasets.load_customers())
    assert table.loc["twitter", "cases"] == 1111  # 1,019 of them answered
    assert table.loc["twitter", "rank_correlation"] == pytest.approx(-0.29, abs=0.005)
    assert table.loc["twitter", "high"] < -0.2
    others = table.drop("twitter")
    assert ((others["low"] < 0) & (others["high"] > 0)).all()


def test_whoever_has_no_reply_waits_longest():
    start = pd.Timestamp("2025-03-03 10:00", tz="Europe/Madrid")
    hours = [1, 2, 3, None]
    tickets = pd.DataFrame(
        {
            "customer_id": list("abcd"),
            "channel": "twitter",
            "opened_at": start,
            "first_human_reply_at": [pd.NaT if h is None else start + pd.Timedelta(hours=h) for h in hours],
        }
    )
    customers = pd.DataFrame({"customer_id": list("abcd"), "followers_on_twitter": [40, 30, 20, 10]})
    row = crisis.waits_by_followers(tickets, customers, draws=20).loc["twitter"]
    assert (row["rank_correlation"], row["cases"]) == (-1, 4)


def test_cases_of_one_customer_widen_the_interval():
    rng = stats.norm.rvs(size=(2, 40), random_state=5)
    start = pd.Timestamp("2025-03-03 10:00", tz="Europe/Madrid")
    customers = pd.DataFrame({"customer_id": range(40), "followers_on_twitter": rng[0].argsort().argsort()})
    once = pd.DataFrame({"customer_id": range(40), "channel": "twitter", "opened_at": start})
    once["first_human_reply_at"] = start + pd.to_timedelta(rng[1].argsort().argsort() + 1, unit="h")
    widths = []
    for copies in (1, 9):  # nine copies of every case tell nothing new
        row = crisis.waits_by_followers(pd.concat([once] * copies), customers).loc["twitter"]
        widths.append(row["high"] - row["low"])
    assert widths[1] == pytest.approx(widths[0], rel=0.05)


def test_the_levels_in_words_hold_the_thresholds_of_the_formula():
    words = crisis.level_table()["three hours together"]
    assert words.index.tolist() == [0, 1, 2, 3]
    assert "10 negative, 5 times the usual, 50%" in words[2]
    assert "100 negative, 20 times the usual" in words[3]


# Refusals


def one_short(hours):
    return hours.drop(hours.index[100]).reset_index(drop=True)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda h: crisis.baseline(h, start="2025-01-06", end="2025-01-20"), "holds 2.0 weeks; expected at least 4"),
        (lambda h: crisis.baseline(h, start="2025-01-06", end="2025-03-17"), "holds episode C1; expected calm weeks"),
        (lambda h: crisis.baseline(one_short(h), **CALM), "an hour without mentions is a zero, not a gap"),
        (lambda h: crisis.ears_alarms(h["mentions"], "C4"), "method is 'C4'; expected one of C1, C2, C3"),
        (lambda h: crisis.ears_alarms(h["mentions"], "C3", student=True), "student is for C1 and C2"),
        (lambda h: crisis.ratio_alarms(h["mentions"], 0), "mean is 0; expected a number above 0"),
        (
            lambda h: crisis.tail_alarms(h["mentions"], h["mentions"], 2, 1),
            "chance is 1; expected a share above 0 and below 1",
        ),
        (lambda h: crisis.cusum_alarms(h["mentions"], h["mentions"], 0), "limit is 0; expected a number above 0"),
        (
            lambda h: crisis.cusum_limit(h["mentions"] + 50.0, 0.1),
            "expected a rate that a limit of at most 40 can keep",
        ),
        (lambda h: crisis.call_outs(h["mentions"] > 9, 0), "quiet is 0; expected a whole number above 0"),
        (lambda h: crisis.replay(h, **CALM, first="2027-01-01"), "first is 2027-01-01; expected an hour of the table"),
        (lambda h: crisis.still_to_come(h, "C9"), "episode C9 has no negative mentions"),
        (lambda h: crisis.plan(4), "level is 4; expected a whole number from 0 to 3"),
        (lambda h: crisis.serve_order(pd.DataFrame({"harm": [True]})), "column hours_to_deadline is missing"),
        (
            lambda h: crisis.baseline(h.assign(mentions=0), **CALM),
            "the mean of mentions in calm weeks is 0.0; expected a number above 0",
        ),
    ],
)
def test_impossible_input_is_refused_in_one_sentence(hours, call, sentence):
    with pytest.raises(ValueError, match=sentence.replace("(", r"\(")):
        call(hours)


@pytest.mark.parametrize("method", ["C1", "C2", "C3"])
def test_a_flat_series_never_rings_because_only_what_lies_above_the_threshold_does(method):
    assert not crisis.ears_alarms(pd.Series([6] * 20), method).any()
