"""Café Brisa's posts: the planted effects are found, luck is not, and what cannot be is refused."""

import itertools

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from socialcare import content, datasets
from socialcare.content_charts import comparison_figure
from socialcare.scenarios import content_mix, many_comparisons

FACTORS = ["kind", "format", "long", "call_to_action", "weekday", "time"]


@pytest.fixture(scope="module")
def tables():
    return datasets.load_posts(), datasets.load_interactions()


@pytest.fixture(scope="module")
def posts(tables):
    table = content.post_table(*tables)
    return table[(table["posted_at"] >= "2025-01-01") & (table["brand"] == "Café Brisa")]


@pytest.fixture(scope="module")
def page(posts):
    return posts[(posts["network"] == "facebook") & ~posts["boosted"]]


@pytest.fixture(scope="module")
def tweets(posts):
    return posts[posts["network"] == "twitter"]


@pytest.fixture(scope="module")
def compared(page):
    return content.compare(page, FACTORS).set_index(["factor", "level"])


@pytest.fixture(scope="module")
def ratios(page):
    reference = {"kind": "promotion", "format": "photo", "long": False, "call_to_action": False}
    return content.rate_ratios(page, list(reference), reference=reference)


def small(kinds, acts, days=None):
    """A table of posts small enough to count by hand."""
    days = days or range(len(kinds))
    moments = [pd.Timestamp("2025-06-02 09:00", tz="Europe/Madrid") + pd.Timedelta(days=day) for day in days]
    return pd.DataFrame({"kind": kinds, "posted_at": moments, "conversation": acts, "passed_on": 0})


# Counting


def test_the_table_keeps_every_post_and_counts_only_what_the_public_did(tables):
    posts, interactions = tables
    table = content.post_table(posts, interactions)
    assert len(table) == len(posts)
    public = interactions[~interactions["actor_type"].isin(["bot", "own_account"]) & interactions["post_id"].notna()]
    assert table["passed_on"].sum() == public["kind"].isin(["retweet", "share"]).sum()
    assert table["conversation"].sum() == public["kind"].isin(["comment", "mention"]).sum()
    assert (table["conversation"] == 0).any()


def test_weekday_and_time_are_those_of_the_wall_clock(posts):
    moment = posts["posted_at"].dt
    assert (posts["weekday"] == moment.day_name()).all()
    hours = moment.hour.groupby(posts["time"]).agg(["min", "max"])
    assert hours.loc["before 10:00", "max"] == 9
    assert hours.loc["10:00 to 14:00"].tolist() == [10, 13]
    assert hours.loc["18:00 to 22:00"].tolist() == [18, 21]
    assert hours.loc["from 22:00", "min"] == 22


def test_the_seven_boosted_posts_of_the_year_are_found(tables):  # planted effect E-c
    table = content.post_table(*tables)
    assert table.groupby(["brand", "network"])["boosted"].sum().to_dict() == {
        (brand, network): 7 if (brand, network) == ("Café Brisa", "facebook") else 0
        for brand, network in itertools.product(
            ["Café Brisa", "Molienda Áurea", "Tostadores Nimbo"], ["facebook", "twitter"]
        )
    }


def test_polars_frames_give_the_same_table(tables):
    mine = content.post_table(*tables)
    theirs = content.post_table(*(pl.from_pandas(table) for table in tables))
    for column in ("conversation", "passed_on", "long", "boosted", "weekday", "time"):
        assert theirs[column].to_list() == mine[column].tolist()


# Rates and mix


def test_a_rate_is_the_mean_and_its_interval_that_of_a_bootstrap_by_hand(page):
    found = content.rates(page, ["kind"])
    acts = page.loc[page["kind"] == "question", "conversation"].to_numpy()
    assert found.loc["question", "rate"] == pytest.approx(acts.mean())
    draws = np.random.default_rng(1).choice(acts, (20_000, len(acts))).mean(axis=1)
    assert found.loc["question", ["low", "high"]].tolist() == pytest.approx(np.quantile(draws, [0.025, 0.975]), abs=0.3)


def test_the_interval_is_far_wider_than_poisson_counts_would_make_it(page):  # planted effect E-f
    row = content.rates(page.assign(everything="all"), ["everything"]).loc["all"]
    poisson = 2 * 1.96 * np.sqrt(row["rate"] / row["posts"])
    assert row["high"] - row["low"] > 2 * poisson


def test_a_group_of_one_post_has_a_rate_and_no_interval():
    found = content.rates(small(["a", "b", "b"], [3, 1, 5]), ["kind"])
    assert found.loc["a", "rate"] == 3
    assert found.loc["a", ["low", "high"]].isna().all()


def test_the_mix_adds_up(page):
    found = content.mix(page)
    assert found["share"].sum() == pytest.approx(1)
    assert found["contribution"].sum() == pytest.approx(1)
    assert ((found["low"] < found["share"]) & (found["share"] < found["high"])).all()
    question = page["kind"] == "question"
    expected = page.loc[question, "conversation"].sum() / page["conversation"].sum()
    assert found.loc["question", "contribution"] == pytest.approx(expected)


def test_boosted_stories_look_like_better_stories(posts):  # planted effect E-c
    everything = posts[posts["network"] == "facebook"]
    with_boosted, without = (
        content.rates(table, ["kind"]).loc["story", "rate"]
        for table in (everything, everything[~everything["boosted"]])
    )
    assert with_boosted > 1.2 * without


# Luck


def test_questions_and_promotions_hold_and_the_late_hour_does_not(compared):  # planted effect E-e1
    assert compared.index[compared["holds"]].tolist() == [("kind", "question"), ("kind", "promotion")]
    late = compared.loc["time", "from 22:00"]
    assert late["found"]
    assert not late["holds"]
    assert late["posts"] == 2
    assert not compared.loc["format", "found"].any()  # planted effect E-e4


def test_a_two_level_factor_is_one_comparison(compared):
    assert len(compared) == 24
    assert [level for factor, level in compared.index if factor == "long"] == ["True"]


def test_holm_by_hand(compared):
    """Sort the p-values, multiply by 24, 23, 22 ..., never let one fall below its predecessor, stop at 1."""
    by_hand, running = [], 0
    for place, p_value in enumerate(compared["p_value"]):
        running = max(running, min(1, (len(compared) - place) * p_value))
        by_hand.append(running)
    assert compared["p_holm"].tolist() == pytest.approx(by_hand)
    assert compared["p_holm"].tolist() == pytest.approx(multipletests(compared["p_value"], method="holm")[1])


def test_a_p_value_is_that_of_every_possible_split():
    """Five posts, two of them of kind a: SciPy goes through all orders, we through all ten pairs."""
    table = small(["a", "a", "b", "b", "b"], [9, 7, 1, 2, 8])
    found = content.compare(table.assign(other=list("vwxyz")), ["kind"]).loc[0]
    differences = [np.mean(acts) - (27 - sum(acts)) / 3 for acts in itertools.combinations(table["conversation"], 2)]
    observed = -(8 - 11 / 3)  # b against a
    extreme = np.mean([-value <= observed + 1e-9 for value in differences])
    assert found["p_value"] == pytest.approx(2 * extreme)


def test_counted_on_either_side_a_p_value_is_the_share_of_all_splits_as_far_apart():
    table = small(["a", "a", "b", "b", "b"], [9, 7, 1, 2, 8])
    found = content.compare(table, ["kind"], either_side=True).loc[0, "p_value"]
    differences = [np.mean(acts) - (27 - sum(acts)) / 3 for acts in itertools.combinations(table["conversation"], 2)]
    assert found == pytest.approx(np.mean(np.abs(differences) >= 8 - 11 / 3 - 1e-9))


def test_questions_hold_under_either_rule_and_promotions_only_under_the_doubled_one(page, compared):
    either = content.compare(page, FACTORS, either_side=True, resamples=19_999).set_index(["factor", "level"])
    assert compared.loc["kind"].loc[["question", "promotion"], "holds"].tolist() == [True, True]
    assert either.index[either["holds"]].tolist() == [("kind", "question")]


def test_a_comparison_agrees_with_scipys_test_of_two_samples(page, compared):
    inside = page["kind"] == "promotion"
    theirs = stats.mannwhitneyu(page.loc[inside, "conversation"], page.loc[~inside, "conversation"]).pvalue
    assert theirs < 0.05
    assert compared.loc[("kind", "promotion"), "ratio"] == pytest.approx(
        page.loc[inside, "conversation"].mean() / page.loc[~inside, "conversation"].mean()
    )


def test_shuffled_posts_give_findings_without_the_correction_and_hardly_any_with_it(page):
    """Labels without meaning: about one test in twenty is *found*, and in about one report in twenty something holds."""
    rng = np.random.default_rng(11)
    found = held = 0
    for _ in range(10):
        shuffled = page.assign(conversation=rng.permutation(page["conversation"].to_numpy()))
        report = content.compare(shuffled, ["kind", "weekday"], resamples=999)
        found += report["found"].sum()
        held += report["holds"].any()
    assert 1 <= found <= 16  # 10 reports of 13 comparisons at 5 %: 6.5 expected
    assert held <= 3


def test_the_same_holds_on_twitter(tweets):
    found = content.compare(tweets, FACTORS)
    assert found.loc[found["holds"], "level"].tolist() == ["question", "promotion"]
    assert "Wednesday" in found.loc[found["found"], "level"].tolist()  # luck: nothing is planted on weekdays


def test_the_figure_gives_each_verdict_its_own_shape_and_leaves_nobody_out(page):
    found = content.compare(page, ["kind", "long", "time"])
    traces = {trace.name: trace for trace in comparison_figure(found).data}
    assert list(traces["holds"].y) == ["kind: question", "kind: promotion"]
    assert set(traces["found, does not hold"].y) == {"over 60 words", "time: from 22:00"}
    assert sum(len(trace.x) for trace in traces.values()) == len(found)
    assert len({trace.marker.symbol for trace in traces.values()}) == 3


# Regression


def test_with_all_else_equal_questions_double_and_length_costs_a_third(ratios):  # planted effects E-e1, E-e2, E-e4
    assert 1.6 < ratios.loc[("kind", "question"), "ratio"] < 2.9
    assert ratios.loc[("long", "True"), "high"] < 0.9
    assert (ratios.loc["format", "low"] < 1).all()
    assert (ratios.loc["format", "high"] > 1).all()


def test_with_one_factor_the_ratio_is_the_ratio_of_the_means(page):
    found = content.rate_ratios(page, ["long"], reference={"long": False}).loc[("long", "True"), "ratio"]
    means = page.groupby("long")["conversation"].mean()
    assert found == pytest.approx(means[True] / means[False], rel=1e-3)


def test_calls_to_action_turn_round_when_the_network_is_held_equal(posts):  # planted effect E-e3
    free, base = posts[~posts["boosted"]], {"call_to_action": False}
    crude = content.rate_ratios(free, ["call_to_action"], "passed_on", reference=base).iloc[0]
    held = (
        content.rate_ratios(free, ["call_to_action", "network"], "passed_on", reference=base)
        .loc["call_to_action"]
        .iloc[0]
    )
    assert crude["high"] < 1 < held["low"]


# Cadence, quotas, hours, experiments


def test_fuller_weeks_are_neither_better_nor_worse(page, tweets):
    for table in (page, tweets):
        found = content.cadence(table)
        assert found.low < 0 < found.high
        assert found.weeks >= 50


def test_the_correlation_of_weeks_by_hand():
    table = small(list("abcdefgh"), [4, 2, 6, 1, 1, 3, 5, 9], days=[0, 7, 8, 14, 15, 16, 21, 28])
    assert content.cadence(table).correlation == pytest.approx(np.corrcoef([1, 2, 3, 1, 1], [4, 4, 5 / 3, 5, 9])[0, 1])


def test_a_quota_counts_the_days_without_a_post():
    table = small(list("abc"), [0, 0, 0], days=[0, 0, 3])
    found = content.quota(table, 2, "day")
    assert (found.met, found.periods) == (1, 4)
    assert found.low < 0.25 < found.high
    assert content.quota(table, 3, "week")[:3] == (1, 1, 1)


def test_hours_are_handling_minutes_and_minutes_per_post():
    opened = pd.to_datetime(["2025-06-06 10:00", "2025-06-02 21:00", "2025-06-07 12:00", "2025-06-03 10:00"])
    tickets = pd.DataFrame(
        {
            "channel": ["twitter", "facebook", "twitter", "email"],
            "opened_at": opened.tz_localize("Europe/Madrid"),
            "handle_minutes": [30.0, 45.0, 15.0, 600.0],
        }
    )
    found = content.social_hours(
        tickets, small(list("abcd"), [1, 1, 1, 1]).assign(network=["x", "x", "y", "y"]), {"x": 50, "y": 10}
    )
    assert found.to_dict() == pytest.approx({"answering": 1.5, "publishing": 2, "cases": 3, "out_of_hours": 2 / 3})


def test_a_plan_gives_every_version_its_posts_and_every_block_each_version():
    plan = content.experiment_plan(["question", "promotion"], 29, 5)
    assert plan["version"].value_counts().to_dict() == {"question": 29, "promotion": 29}
    assert all(set(plan["version"][start : start + 2]) == {"question", "promotion"} for start in range(0, 58, 2))
    assert plan["week"].max() == content.weeks_needed(29, 5)
    assert plan.equals(content.experiment_plan(["question", "promotion"], 29, 5))
    assert not plan["version"].equals(content.experiment_plan(["question", "promotion"], 29, 5, seed=1)["version"])


# Simulators


def test_the_constants_of_the_simulators_are_those_of_the_tables(page, ratios):
    rates = content.rates(page.assign(question=page["kind"] == "question"), ["question"])["rate"]
    assert rates[True] == pytest.approx(content_mix.QUESTION_RATE, abs=0.05)
    assert rates[False] == pytest.approx(content_mix.OTHER_RATE, abs=0.05)
    assert content.rates(page, ["kind"]).loc["promotion", "rate"] == many_comparisons.RATE
    assert ratios.attrs["dispersion"] == pytest.approx(content_mix.DISPERSION, abs=0.005)
    assert many_comparisons.DISPERSION == content_mix.DISPERSION
    assert ratios.loc[("long", "True"), "ratio"] == pytest.approx(content_mix.LONG_FACTOR, abs=0.005)
    assert page["long"].mean() == pytest.approx(content_mix.LONG_SHARE, abs=0.005)


def test_many_comparisons_tell_the_story_at_the_default():
    numbers = many_comparisons.figure()["numbers"]
    assert numbers["expected_false"] == pytest.approx(23 * 0.05)
    assert numbers["false"] == pytest.approx(100 * (1 - 0.95**23))
    assert numbers["false_corrected"] < 5
    assert numbers["found"] - numbers["found_corrected"] > 25
    nothing = many_comparisons.figure(effect=0)
    assert nothing["numbers"]["found"] is None
    assert "whatever is found is false" in nothing["headline"]
    assert len(nothing["data"]) == 3


def test_the_mix_at_the_default_is_the_year_of_cafe_brisa(page):
    numbers = content_mix.figure(posts=20)["numbers"]
    assert numbers["rate"] == pytest.approx(page["conversation"].mean(), rel=0.02)
    assert numbers["low"] < numbers["expected"] < numbers["high"]
    twice = content_mix.figure(posts=40)["numbers"]
    assert twice["expected"] == pytest.approx(2 * numbers["expected"])
    assert content_mix.figure(long=100)["numbers"]["rate"] == pytest.approx(
        0.65 * content_mix.figure(long=0)["numbers"]["rate"]
    )


# Refusals


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda t: content.rates(t, ["kind"], "likes"), "measure is 'likes'; expected one of conversation, passed_on"),
        (lambda t: content.mix(t.head(0)), "the table holds no posts; expected at least one"),
        (lambda t: content.compare(t, ["kind"], fewest=9), "no level has 9 posts with 9 others beside it; expected something to compare"),
        (lambda t: content.compare(t, ["kind"], alpha=0), "alpha is 0; expected a share above 0 and below 1"),
        (lambda t: content.rate_ratios(t, ["kind"], reference={"kind": "poem"}), "reference kind is 'poem'; expected one of a, b"),
        (lambda t: content.rate_ratios(t.head(1), ["kind"]), "kind has the level 'a' only; expected two or more to compare"),
        (content.cadence, "the posts fill 1 weeks; expected four or more that differ in posts and acts"),
        (lambda t: content.quota(t, 2, "year"), "every is 'year'; expected 'day' or 'week'"),
        (lambda t: content.quota(t, 0, "day"), "least is 0; expected a whole number above 0"),
        (lambda t: content.experiment_plan(["a", "a"], 3, 2), "versions is ['a', 'a']; expected two or more different names"),
        (lambda t: content.social_hours(pd.DataFrame({"channel": ["email"]}), t.assign(network="x"), {"x": 30}), "tickets has no case of twitter or facebook; expected at least one"),
        (lambda t: content.social_hours(pd.DataFrame(), t.assign(network="x"), {"x": -1}), "minutes_per_post['x'] is -1; expected a number of 0 or more"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_one_sentence(call, words):
    with pytest.raises(ValueError) as problem:  # noqa: PT011  the whole sentence is compared
        call(small(["a", "b", "a", "b"], [1, 2, 3, 4]))
    assert str(problem.value) == words
