"""The engagement analyses on a log small enough to count by hand, and the same on other kinds of frame."""

import re

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest

from socialcare import datasets, engagement
from socialcare.formulas.funnel import newcombe_interval, wilson_interval

ZONE = "Europe/Madrid"
# id, time, brand, network, kind, post, actor, type, polarity
LOG = [
    ("a1", "2025-03-03T00:00:00+01:00", "B", "twitter", "retweet", "p1", "u1", "follower", None),
    ("a2", "2025-03-04T10:00:00+01:00", "B", "twitter", "mention", "p1", "u2", "follower", "positive"),
    ("a3", "2025-03-05T10:00:00+01:00", "B", "twitter", "mention", None, "u3", "non_follower", "negative"),
    ("a4", "2025-03-05T11:00:00+01:00", "B", "twitter", "like", "p1", "u4", "follower", None),
    ("a5", "2025-03-06T10:00:00+01:00", "B", "twitter", "retweet", "p2", "u5", "bot", None),
    ("a6", "2025-03-06T11:00:00+01:00", "B", "twitter", "mention", "p2", "u6", "own_account", "neutral"),
    ("a7", "2025-03-09T23:59:59+01:00", "B", "twitter", "mention", None, "u2", "follower", "service_request"),
    ("a8", "2025-03-10T00:00:00+01:00", "B", "twitter", "mention", None, "u1", "follower", "negative"),
    ("b1", "2025-03-04T09:00:00+01:00", "B", "facebook", "comment", "p3", "u1", "follower", "neutral"),
    ("b2", "2025-03-04T09:30:00+01:00", "B", "facebook", "like", "p3", "u7", "follower", None),
    ("b3", "2025-03-04T09:45:00+01:00", "B", "facebook", "share", "p3", "u7", "follower", None),
]
POSTS = [
    ("p1", "B", "twitter", "2025-03-03T09:00:00+01:00", 100, 80),
    ("p2", "B", "twitter", "2025-03-06T09:00:00+01:00", 300, 200),
    ("p3", "B", "facebook", "2025-03-04T08:00:00+01:00", 50, 40),
]
AUDIENCE = [
    ("2025-03-03", "B", "twitter", 1000, 40),
    ("2025-03-10", "B", "twitter", 1100, 50),
    ("2025-03-03", "B", "facebook", 500, 20),
    ("2025-03-10", "B", "facebook", 500, 20),
]


@pytest.fixture
def log():
    columns = [
        "interaction_id",
        "occurred_at",
        "brand",
        "network",
        "kind",
        "post_id",
        "actor_id",
        "actor_type",
        "polarity",
    ]
    table = pd.DataFrame(LOG, columns=columns)
    table["occurred_at"] = pd.to_datetime(table["occurred_at"], utc=True).dt.tz_convert(ZONE)
    return table


@pytest.fixture
def posts():
    table = pd.DataFrame(POSTS, columns=["post_id", "brand", "network", "posted_at", "impressions", "reach"])
    table["posted_at"] = pd.to_datetime(table["posted_at"], utc=True).dt.tz_convert(ZONE)
    return table


@pytest.fixture
def audience():
    table = pd.DataFrame(AUDIENCE, columns=["week_start", "brand", "network", "followers", "active_followers"])
    table["week_start"] = pd.to_datetime(table["week_start"])
    return table


def row(table, network="twitter"):
    return table.set_index("network").loc[network]


def test_counts_are_those_of_the_public_in_a_half_open_period(log):
    twitter = row(engagement.count_acts(log, "2025-03-03", "2025-03-10"))
    # a1 at the first midnight counts, a8 at the last does not; a5 is a bot, a6 the brand itself
    assert (twitter["retweets"], twitter["mentions"], twitter["likes"]) == (1, 3, 1)
    assert twitter["interactions"] == 4  # likes are no part of ERTw
    facebook = row(engagement.count_acts(log, "2025-03-03", "2025-03-10"), "facebook")
    assert facebook["interactions"] == 3  # comment, like and share


def test_what_is_set_aside_is_reported(log):
    aside = engagement.set_aside(log).set_index("actor_type")["acts"].to_dict()
    assert aside == {"bot": 1, "own_account": 1}


def test_a_duplicated_row_does_not_change_a_count(log):
    doubled = pd.concat([log, log.iloc[:4]])
    pd.testing.assert_frame_equal(
        engagement.count_acts(doubled, "2025-03-03", "2025-03-10"),
        engagement.count_acts(log, "2025-03-03", "2025-03-10"),
    )


def test_active_followers_are_distinct_followers_with_an_act_in_the_window(log):
    active = row(engagement.active_followers(log, at="2025-03-10"))["active_followers"]
    assert active == 3  # u1, u2 (once), u4 who only liked; not u3 (no follower), u5 (bot), u6 (own account)


@pytest.mark.parametrize(("days", "active"), [(7, 3), (6, 2), (1, 1)])
def test_the_activity_window_is_in_days_before_the_moment(log, days, active):
    assert row(engagement.active_followers(log, at="2025-03-10", window_days=days))["active_followers"] == active


def test_the_rate_is_not_additive_over_periods(log, posts, audience):
    # each part of a week has the same base, so two parts add up, but two weeks with their own bases do not
    first = row(engagement.compare(log, posts, audience, "2025-03-03", "2025-03-10"))["per_active"]
    with pytest.raises(ValueError, match="posts of B on twitter"):
        engagement.compare(log, posts, audience, "2025-03-10", "2025-03-17")
    both = row(engagement.compare(log, posts, audience, "2025-03-03", "2025-03-17"))["per_active"]
    second = engagement.ertw(0, 1, 50)
    assert first == 10.0
    assert both == pytest.approx(100 * 5 / 45)  # five acts, mean of 40 and 50 active followers
    assert both != pytest.approx(first + second)


def test_compare_divides_by_each_base(log, posts, audience):
    twitter = row(engagement.compare(log, posts, audience, "2025-03-03", "2025-03-10"))
    by_hand = {
        "per_active": 100 * 4 / 40,
        "per_follower": 100 * 4 / 1000,
        "per_impression": 100 * 4 / 400,
        "per_person_reached": 100 * 4 / 280,
        "per_post_and_follower": 100 * 4 / 2 / 1000,
    }
    for column, value in by_hand.items():
        assert twitter[column] == pytest.approx(value, rel=1e-12), column


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [
        ("2025-03-10", "2025-03-03", "end is 2025-03-03; expected a time after start, 2025-03-10"),
        ("tomorrow-ish", "2025-03-03", "start is 'tomorrow-ish'; expected a date such as '2025-03-10'"),
        (None, "2025-03-03", "start is None; expected a date such as '2025-03-10'"),
    ],
)
def test_an_impossible_period_is_refused(log, start, end, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        engagement.count_acts(log, start, end)


def test_a_window_that_is_no_number_of_days_is_refused(log):
    with pytest.raises(ValueError, match="window_days is 0; expected a whole number above 0"):
        engagement.active_followers(log, at="2025-03-10", window_days=0)


def test_a_missing_base_names_brand_network_and_period(log, posts, audience):
    audience.loc[audience["network"] == "facebook", "active_followers"] = 0
    with pytest.raises(
        ValueError, match="active_followers of B on facebook from 2025-03-03 to 2025-03-10 is missing or 0"
    ):
        engagement.compare(log, posts, audience, "2025-03-03", "2025-03-10")


def test_the_weekly_parts_add_up_to_the_weekly_rate(log, audience):
    weeks = engagement.weekly(log, audience)
    parts = ["without_words", "positive", "neutral", "service_request", "negative"]
    assert weeks[parts].sum(axis=1).to_numpy() == pytest.approx(weeks["rate"].to_numpy())
    first = weeks[(weeks["network"] == "twitter") & (weeks["week_start"] == "2025-03-03")].iloc[0]
    assert first["rate"] == pytest.approx(10.0)
    assert (first["without_words"], first["negative"]) == (pytest.approx(2.5), pytest.approx(2.5))


def test_a_week_without_acts_has_rate_zero(log, audience):
    weeks = engagement.weekly(log, audience)
    assert weeks[(weeks["network"] == "facebook") & (weeks["week_start"] == "2025-03-10")]["rate"].item() == 0


def test_weeks_follow_the_wall_clock_when_clocks_change(log, audience):
    # Sunday 30 March 2025, 23:30 in Madrid is summer time: 21:30 UTC, still the week of 24 March
    late = log.iloc[[1]].assign(
        interaction_id="z1", occurred_at=pd.Timestamp("2025-03-30T23:30:00+02:00").tz_convert(ZONE)
    )
    week = pd.DataFrame(
        {"week_start": pd.to_datetime(["2025-03-24", "2025-03-31"]), "brand": "B", "network": "twitter"}
    )
    table = engagement.weekly(late, week.assign(followers=10, active_followers=4)).set_index("week_start")
    assert table["interactions"].to_list() == [1, 0]


def test_per_post_keeps_the_posts_that_nobody_answered(log, posts):
    table = engagement.per_post(posts, log).set_index("post_id")
    assert table["interactions"].to_dict() == {"p1": 2, "p2": 0, "p3": 3}  # p2 drew only a bot and the brand itself
    assert table.loc["p1", "rate"] == pytest.approx(2.0)


def test_average_rates_are_the_two_formulas_of_the_package(log, posts):
    table = engagement.per_post(posts, log)
    averages = row(engagement.average_rates(table))
    twitter = table[table["network"] == "twitter"]
    acts, shown = twitter["interactions"].to_list(), twitter["impressions"].to_list()
    assert averages["micro"] == pytest.approx(engagement.micro_average(acts, shown))
    assert averages["macro"] == pytest.approx(engagement.macro_average(acts, shown))


def test_the_clusters_hold_every_counted_act_once(log, posts):
    sample = engagement.clusters(posts, log, "B", "twitter", start="2025-03-03", end="2025-03-10")
    counted = row(engagement.count_acts(log, "2025-03-03", "2025-03-10"))["interactions"]
    assert sample["posts"].sum() + sample["days"].sum() == counted
    assert sample["posts"].to_dict() == {"p1": 2, "p2": 0}
    assert len(sample["days"]) == 7


def test_a_brand_without_posts_has_no_clusters(log, posts):
    with pytest.raises(ValueError, match="posts has none of B on twitter from 2025-06-01 to 2025-07-01"):
        engagement.clusters(posts, log, "B", "twitter", start="2025-06-01", end="2025-07-01")
    with pytest.raises(ValueError, match="network is 'instagram'; expected one of twitter, facebook"):
        engagement.clusters(posts, log, "B", "instagram", start="2025-03-03", end="2025-03-10")


def test_the_interval_of_many_clusters_is_the_normal_one():
    counts = np.random.default_rng(1).poisson(4, size=2000)
    interval = engagement.rate_interval(counts, base=500, resamples=4000)
    half = 1.959964 * counts.std(ddof=1) * np.sqrt(len(counts)) / 500 * 100  # textbook formula for a sum
    assert interval.rate == pytest.approx(100 * counts.sum() / 500)
    assert interval.low == pytest.approx(interval.rate - half, rel=0.01)
    assert interval.high == pytest.approx(interval.rate + half, rel=0.01)


def test_resampling_posts_is_wider_than_pretending_that_acts_are_independent():
    counts = np.array([0] * 40 + [1, 2, 3, 60, 90])
    interval = engagement.rate_interval(counts, base=100)
    poisson = 2 * 1.959964 * np.sqrt(counts.sum())  # width for acts that come one by one, in percent of 100
    assert interval.high - interval.low > 3 * poisson


def test_a_higher_confidence_widens_the_interval_and_a_seed_fixes_it():
    counts = [1, 0, 5, 2, 9, 0, 3]
    wide, narrow = (engagement.rate_interval(counts, base=50, confidence=level) for level in (0.99, 0.8))
    assert wide.low < narrow.low < narrow.high < wide.high
    assert engagement.rate_interval(counts, base=50) == engagement.rate_interval(counts, base=50)


def test_the_difference_of_two_shares_has_newcombes_interval():
    counts = ((56, 70), (48, 80))  # Newcombe (1998), table II: 0.0524 to 0.3339
    shares = [
        engagement.Interval(100 * hits / n, *(100 * end for end in wilson_interval(hits, n)), 0.95, n)
        for hits, n in counts
    ]
    found = engagement.difference(*shares)
    assert (found.low, found.high) == pytest.approx((5.24, 33.39), abs=0.005)
    assert (found.low, found.high) == pytest.approx([100 * end for end in newcombe_interval(*counts[0], *counts[1])])
    assert (found.rate, found.confidence, found.clusters) == (pytest.approx(20), 0.95, 150)


def test_a_difference_needs_two_intervals_of_one_confidence():
    wide, narrow = (engagement.rate_interval([1, 0, 5], base=50, confidence=level) for level in (0.95, 0.9))
    with pytest.raises(ValueError, match=r"^the second confidence is 0.9; expected 0.95 as the first$"):
        engagement.difference(wide, narrow)


def test_the_micro_interval_keeps_numerator_and_denominator_of_a_post_together():
    shown = np.array([100, 2000, 50, 700])
    interval = engagement.micro_interval(shown // 10, shown)  # every post has exactly ten percent
    assert (interval.low, interval.rate, interval.high) == (pytest.approx(10),) * 3


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ([3], "the sample has 1 clusters; expected at least 2"),
        ([3, -1], "negative or missing count"),
        ([3, None], "negative or missing count"),
    ],
)
def test_a_sample_that_cannot_be_resampled_is_refused(counts, sentence):
    with pytest.raises(ValueError, match=sentence):
        engagement.rate_interval(counts, base=10)


@pytest.fixture(scope="module")
def course():
    return datasets.load_interactions(), datasets.load_posts(), datasets.load_audience()


YEAR = ("2025-01-01", "2026-01-01")


@pytest.mark.parametrize(
    ("convert", "back"),
    [
        (pl.from_pandas, lambda table: table.to_pandas()),
        (lambda table: pl.from_pandas(table).lazy(), lambda table: table.collect().to_pandas()),
        (duckdb.from_df, lambda table: table.df()),
    ],
    ids=["polars", "polars-lazy", "duckdb"],
)
def test_the_same_comparison_comes_from_other_frames(course, convert, back):
    wanted = engagement.compare(*course, *YEAR)
    found = back(engagement.compare(*map(convert, course), *YEAR))
    pd.testing.assert_frame_equal(found, wanted, check_dtype=False, check_exact=False, rtol=1e-12)


def test_polars_frames_give_polars_weeks(course):
    interactions, _, audience = course
    found = engagement.weekly(pl.from_pandas(interactions), pl.from_pandas(audience))
    assert isinstance(found, pl.DataFrame)
    wanted = engagement.weekly(interactions, audience)
    pd.testing.assert_frame_equal(found.to_pandas(), wanted, check_dtype=False, check_exact=False, rtol=1e-12)


def test_the_audience_table_follows_the_activity_rule(course):
    interactions, _, audience = course
    week = audience[audience["week_start"] == "2025-06-02"].sort_values(["brand", "network"])
    found = engagement.active_followers(interactions, at="2025-06-09").sort_values(["brand", "network"])
    assert found["active_followers"].to_list() == week["active_followers"].to_list()
