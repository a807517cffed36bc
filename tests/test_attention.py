"""Attention analyses: hand-made hours with known sums, the planted episodes, and what the baseline leaves out."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from socialcare import attention, attention_charts, datasets


def hours(start, count, mentions, **columns):
    """Build hourly rows with the same mentions in each, unless a list is given."""
    table = pd.DataFrame({"hour_start": pd.date_range(start, periods=count, freq="h", tz=datasets.ZONE)})
    table["mentions"] = mentions
    for name in ("negative_mentions", "unique_authors", "tagged_mentions"):
        table[name] = columns.get(name, 0)
    table["crisis_id"] = columns.get("crisis_id")
    return table


@pytest.fixture(scope="module")
def calm():
    """Four weeks from a Monday: 2 mentions in every hour, 6 on Mondays at 9:00."""
    table = hours("2025-01-06", 4 * 168, 2)
    table.loc[attention.hour_of_week(table["hour_start"]) == 9, "mentions"] = 6
    return table


def with_failure(calm, extra, hours_after=168):
    """Add a labelled episode on the fifth Monday at 9:00 and calm hours after it."""
    after = hours("2025-02-03", hours_after, 2)
    ours = after.index[9 : 9 + len(extra)]
    after.loc[ours, "mentions"] += np.array(extra)
    after.loc[9, "mentions"] += 4  # what a calm Monday at 9:00 has
    after.loc[ours, "negative_mentions"] = np.array(extra)
    after["crisis_id"] = after["crisis_id"].astype("object")
    after.loc[ours, "crisis_id"] = "C1"
    return pd.concat([calm, after], ignore_index=True)


@pytest.fixture(scope="module")
def mentions():
    return datasets.load_mentions_hourly()


@pytest.fixture(scope="module")
def c1(mentions):
    return attention.replay(mentions, "C1")


def test_the_baseline_is_the_same_hour_of_the_week(calm):
    expected = attention.expected_by_hour(calm, pd.Timestamp("2025-02-03", tz=datasets.ZONE), weeks=4)
    assert expected.loc[9] == 6
    assert set(expected.drop(9)) == {2}
    assert list(expected.index) == list(range(168))


def test_labelled_hours_and_later_hours_stay_out_of_the_baseline(calm):
    loud = calm.copy()
    loud["crisis_id"] = loud["crisis_id"].astype("object")
    loud.loc[loud["hour_start"] >= "2025-01-27", ["mentions", "crisis_id"]] = [500, "C2"]
    later = pd.concat([loud, hours("2025-02-03", 168, 900)], ignore_index=True)
    expected = attention.expected_by_hour(later, pd.Timestamp("2025-02-03", tz=datasets.ZONE), weeks=3)
    assert expected.max() == 6


def test_only_the_last_calm_weeks_count(calm):
    changed = calm.copy()
    changed.loc[changed["hour_start"] < "2025-01-20", "mentions"] = 100
    before = pd.Timestamp("2025-02-03", tz=datasets.ZONE)
    assert attention.expected_by_hour(changed, before, weeks=2).loc[10] == 2
    assert attention.expected_by_hour(changed, before, weeks=4).loc[10] == 51
    assert attention.expected_by_hour(changed, before, weeks=4, average="median").loc[10] == 51
    assert attention.expected_by_hour(changed, before, weeks=3, average="median").loc[10] == 2


def test_the_hour_of_the_week_follows_the_clock_over_the_change_to_summer_time():
    times = pd.Series(pd.to_datetime(["2025-03-24T08:00:00Z", "2025-03-31T07:00:00Z"]))
    assert list(attention.hour_of_week(times)) == [9, 9]  # Monday 9:00 in Madrid, before and after 30 March


def test_a_replay_counts_what_came_and_what_was_known(calm):
    table = attention.replay(with_failure(calm, [10, 40, 20, 10, 5, 5, 0, 0]), "C1", weeks=4)
    assert list(table["hour"]) == list(range(1, 9))
    assert list(table["mentions"]) == [16, 42, 22, 12, 7, 7, 2, 2]
    assert list(table["expected"]) == [6] + 7 * [2]
    assert list(table["extra"]) == [10, 40, 20, 10, 5, 5, 0, 0]
    assert table["extra_so_far"].iloc[-1] == 90
    assert table["negative_share"].iloc[1] == pytest.approx(50 / 58)
    low, high = stats.binomtest(50, 58).proportion_ci(method="wilson")
    assert (table["low"].iloc[1], table["high"].iloc[1]) == pytest.approx((low, high))


def test_an_episode_is_named_by_its_month(mentions):
    assert [attention.episode_name(mentions, label) for label in ("C1", "C4")] == ["March (C1)", "July (C4)"]


def test_a_share_of_nothing_is_empty():
    assert attention.share_interval(0, 0) == (None, None, None)


def test_a_failure_is_over_when_half_a_day_was_ordinary(calm):
    # the peak is in hour 2; with a window of 4 hours and factor 1, the first ordinary one closes with hour 10
    table = with_failure(calm, [10, 40, 20, 10, 5, 5])
    assert attention.hours_to_normal(table, "C1", window=4, factor=1, weeks=4) == 10
    # hours 4 to 7 bring 12 + 7 + 7 + 2 = 28 where 8 are expected, hours 5 to 8 bring 18, hours 6 to 9 bring 13
    assert attention.hours_to_normal(table, "C1", window=4, factor=2.25, weeks=4) == 8
    assert attention.hours_to_normal(table, "C1", window=4, factor=1.7, weeks=4) == 9


def test_a_failure_that_begins_quietly_is_not_over_before_its_peak(calm):
    # hours 1 to 4 bring 13 where 12 are expected: ordinary, but the peak comes in hour 9
    table = with_failure(calm, [1, 0, 0, 0, 0, 0, 0, 0, 40])
    assert attention.hours_to_normal(table, "C1", window=4, factor=1.7, weeks=4) == 13


def test_a_failure_that_goes_on_has_no_end(calm):
    assert attention.hours_to_normal(with_failure(calm, 100 * [50], 120), "C1", weeks=4) is None


def test_an_exact_decay_is_found_again(calm):
    extra = [5] + [round(1024 * 2 ** (-passed / 3)) for passed in range(40)]
    fit = attention.decay(attention.replay(with_failure(calm, extra), "C1", weeks=4))
    assert fit.half_life == pytest.approx(3, rel=0.01)
    assert fit.peak == pytest.approx(1024, rel=0.01)
    # the closed form integrates, the count adds up hours: they differ by the half hour at the peak
    assert fit.total == pytest.approx(fit.counted - 1024 / 2, rel=0.02)


def test_the_summary_adds_up_to_the_replay(mentions, c1):
    told = attention.summary(mentions, "C1")
    assert told["extra"] == pytest.approx(c1["mentions"].sum() - c1["expected"].sum())
    assert told["loudest hour"] == 188  # 10 March, 20:00
    assert told["times the expected"] == pytest.approx(188 / 8.75)  # eight calm Mondays brought 70 at that hour


def test_planted_extra_mentions_of_both_waves_are_found_again(mentions):
    # the generator adds 680 + 1900 mentions in C1 and 300 + 1300 in C4
    for label, planted in (("C1", 2580), ("C4", 1600)):
        assert attention.summary(mentions, label)["extra"] == pytest.approx(planted, rel=0.05)


def test_the_two_waves_say_opposite_things(mentions):
    told = {label: attention.negative_shares(mentions, label).set_index("when") for label in ("C1", "C4")}
    assert told["C1"].loc["during", "low"] > 0.75
    assert told["C4"].loc["during", "high"] < 0.05
    for label in told:
        assert told[label].loc["before", "low"] < 0.11 < told[label].loc["before", "high"]
        assert told[label].loc["after", "low"] < 0.11 < told[label].loc["after", "high"]


def test_shares_of_before_and_after_take_the_days_beside_the_episode(calm):
    shares = attention.negative_shares(with_failure(calm, [10, 40]), "C1", days=1).set_index("when")
    assert list(shares["mentions"]) == [15 * 2 + 9 * 2, 16 + 42, 24 * 2]
    assert list(shares["negative"]) == [0, 50, 0]


def test_the_first_notices_come_late(mentions):
    told = attention.notices(datasets.load_posts(), "Café Brisa", mentions, "C1").groupby("network").first()
    # read in posts.csv: facebook 12:34, twitter 18:25, the episode starts at 9:00
    assert told.loc["facebook", "hours_after"] == pytest.approx(3 + 34 / 60)
    assert told.loc["twitter", "hours_after"] == pytest.approx(9 + 25 / 60)
    assert list(told["hour"]) == [4, 10]


def test_four_baselines_are_four_sums(calm):
    table = attention.baselines(with_failure(calm, [10, 40]), "C1", weeks=4)
    assert list(table["expected"].iloc[:2]) == [8, 8]  # 6 at 9:00 and 2 at 10:00
    everything = with_failure(calm, [10, 40])["mentions"].mean()
    assert list(table["expected"].iloc[2:]) == pytest.approx([2 * everything, 4])
    assert list(table["extra"]) == pytest.approx(list(58 - table["expected"]))


def test_the_median_makes_a_failure_dearer(mentions):
    table = attention.baselines(mentions, "C1")["extra"]
    assert table["same hour of the week, median"] > table["same hour of the week, mean"]


def test_answering_pays_from_the_paying_r_on():
    needed = 4.5
    limit = attention.paying_r(needed, 0.6)
    table = attention.worth_answering([limit - 0.01, limit + 0.01], 0.6, needed)
    assert list(table["pays"]) == [False, True]
    assert table["speakers without an answer"].iloc[0] == pytest.approx(1 / (1.01 - limit))


def test_the_replay_chart_stacks_all_mentions_and_marks_the_notices_it_shows(mentions, c1):
    first = pd.DataFrame({"hour": [4, 10, 200]}, index=["facebook", "twitter", "blog"])
    negative, other, calm_line, *marks = attention_charts.replay_chart(c1, first).data
    assert sum(negative.y) + sum(other.y) == c1["mentions"].sum()
    assert list(calm_line.y) == list(c1["expected"])
    assert [(mark.name, mark.x[0]) for mark in marks] == [
        ("first notice on Facebook", "2025-03-10 12:00"),
        ("first notice on Twitter", "2025-03-10 18:00"),
    ]
    assert marks[1].y[0] > c1["mentions"].iloc[9]


def test_the_shares_chart_draws_shares_and_both_ends_in_percent(mentions):
    table = attention.negative_shares(mentions, "C1").set_index("when")
    (trace,) = attention_charts.shares_chart({"March": table}, ["#000000"]).data
    assert list(trace.y) == pytest.approx(list(100 * table["share"]))
    assert trace.y[1] + trace.error_y.array[1] == pytest.approx(100 * table["high"].iloc[1])
    assert trace.y[1] - trace.error_y.arrayminus[1] == pytest.approx(100 * table["low"].iloc[1])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda m: attention.replay(m, "C9"), "episode 'C9' is unknown; expected one of C1, C2, C3, C4, C5, C6"),
        (
            lambda m: attention.replay(m, "C1", weeks=20),
            "Monday 9:00 has 9 calm weeks before 2025-03-10; expected at least 20",
        ),
        (lambda m: attention.replay(m, "C1", average="mode"), "average is 'mode'; expected mean or median"),
        (lambda m: attention.replay(m, "C1", hours=0), "hours is 0; expected a whole number above 0"),
        (lambda m: attention.negative_shares(m, "C1", days=0), "days is 0; expected a whole number above 0"),
        (lambda m: attention.hours_to_normal(m, "C1", factor=0), "factor is 0; expected a number above 0"),
        (
            lambda m: attention.decay(attention.replay(m, "C1").head(13)),
            "1 hours follow the peak; expected at least 6",
        ),
        (
            lambda m: attention.decay(attention.replay(m, "C1").assign(extra=-1.0)),
            "the peak has -1 extra mentions; expected more than 0",
        ),
        (
            lambda m: attention.episode(m[m["crisis_id"].isna()], "C1"),
            "episode 'C1' is unknown; expected one of none, no hour is labelled",
        ),
    ],
)
def test_impossible_questions_are_refused_in_one_sentence(mentions, call, words):
    with pytest.raises(ValueError, match="^" + words.replace("(", r"\(")):
        call(mentions)
