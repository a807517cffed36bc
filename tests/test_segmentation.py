"""The segmentation analyses against published values, independent packages, known truths and hand-made tables."""

import re
import runpy
import sys
import warnings

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy import stats

from socialcare import datasets, segmentation
from socialcare.scenarios import rfm_cutoffs
from socialcare.segmentation import flows, propensity, proxies

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # lifetimes sets a pandas option that is deprecated
    import lifetimes
    from lifetimes.datasets import (
        load_cdnow_summary,
        load_cdnow_summary_data_with_monetary_value,
        load_transaction_data,
    )

ZONE = "Europe/Madrid"
LOG = [
    ("ann", "2025-01-01T00:00:00+01:00", 10.0),
    ("ann", "2025-01-01T18:00:00+01:00", 20.0),  # the same day: two orders, one purchase day
    ("ann", "2025-03-30T23:30:00+02:00", 30.0),  # the day on which summer time begins
    ("bea", "2025-04-09T23:59:59+02:00", 5.0),
    ("cem", "2025-04-10T00:00:00+02:00", 9.0),  # the moment itself is not counted
]


def table(rows=LOG):
    log = pd.DataFrame(rows, columns=["customer_id", "ordered_at", "amount_eur"])
    log["ordered_at"] = pd.to_datetime(log["ordered_at"], utc=True).dt.tz_convert(ZONE)
    return log


@pytest.fixture(scope="module")
def orders():
    return datasets.load("orders")


@pytest.fixture(scope="module")
def customers():
    return datasets.load("customers").set_index("customer_id")


def wall_time_duckdb(frame):
    """DuckDB reads an instant in the zone of its connection; a log in wall time says what it means."""
    return duckdb.from_df(frame.assign(ordered_at=frame["ordered_at"].dt.tz_localize(None)))


# RFM


def test_the_summary_counts_orders_before_the_moment_in_calendar_days():
    found = segmentation.rfm_summary(table(), "2025-04-10").set_index("customer_id")
    assert found.index.to_list() == ["ann", "bea"]
    assert found["recency_days"].to_dict() == {"ann": 11, "bea": 1}
    assert found["orders"].to_dict() == {"ann": 3, "bea": 1}
    assert found["spent_eur"].to_dict() == {"ann": 60.0, "bea": 5.0}


def test_scores_of_a_small_table_by_hand():
    summary = pd.DataFrame(
        {
            "customer_id": list("abcde"),
            "recency_days": [5, 5, 90, 400, 7],
            "orders": [1, 1, 1, 3, 9],
            "spent_eur": [9, 8, 7, 6, 5.0],
        }
    )
    scores = segmentation.rfm_scores(summary)
    assert scores["recency_score"].to_list() == [4, 4, 2, 1, 3]  # the two most recent tie: three are worse than either
    assert scores["frequency_score"].to_list() == [1, 1, 1, 4, 5]
    assert scores["money_score"].to_list() == [5, 4, 3, 2, 1]


def test_equal_customers_are_never_split(orders):
    found = segmentation.rfm(orders, "2026-01-01")
    for value, score in (
        ("recency_days", "recency_score"),
        ("orders", "frequency_score"),
        ("spent_eur", "money_score"),
    ):
        assert found.groupby(value)[score].nunique().max() == 1


def test_the_order_of_the_rows_cannot_break_a_tie_in_money():
    amounts = {"ann": [0.1, 0.2, 0.3], "bea": [0.3, 0.2, 0.1]}  # 0.6000000000000001 and 0.6 for a computer
    rows = [(name, "2025-01-01T10:00:00+01:00", amount) for name, paid in amounts.items() for amount in paid]
    found = segmentation.rfm(table(rows), "2025-02-01")
    assert found["money_score"].to_list() == [1, 1]


def test_every_name_is_the_one_of_its_cell(orders):
    found = segmentation.rfm(orders, "2026-01-01")
    cells = found[["recency_score", "frequency_score", "money_score"]].drop_duplicates()
    assert len(cells) > 40
    for row in found.drop_duplicates(["recency_score", "frequency_score", "money_score"]).itertuples():
        name = segmentation.segment_name(row.recency_score, row.frequency_score, row.money_score)
        assert row.segment == name


def test_shuffling_the_log_changes_nothing(orders):
    shuffled = orders.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(
        segmentation.rfm(shuffled, "2026-01-01"), segmentation.rfm(orders, "2026-01-01"), rtol=1e-12
    )


def test_shares_of_the_segment_table_add_up_to_everyone(orders):
    found = segmentation.segment_table(segmentation.rfm(orders, "2026-01-01"))
    assert found["customers"].sum() == orders["customer_id"].nunique()
    assert found["share"].sum() == pytest.approx(1)
    assert found["spent_share"].sum() == pytest.approx(1)
    assert found["spent_eur"].sum() == pytest.approx(orders["amount_eur"].sum())


@pytest.mark.parametrize(
    ("convert", "back"),
    [
        (pl.from_pandas, lambda frame: frame.to_pandas()),
        (lambda frame: pl.from_pandas(frame).lazy(), lambda frame: frame.to_pandas()),
        (wall_time_duckdb, lambda frame: frame.to_pandas()),
    ],
    ids=["polars", "polars-lazy", "duckdb"],
)
def test_the_same_segments_come_from_other_frames(orders, convert, back):
    wanted = segmentation.rfm(orders, "2026-01-01")
    found = back(segmentation.rfm(convert(orders), "2026-01-01")).sort_values("customer_id", ignore_index=True)
    pd.testing.assert_frame_equal(found, wanted, check_dtype=False, rtol=1e-9)


def test_other_column_names_are_taken_as_they_come():
    renamed = table().rename(columns={"customer_id": "who", "ordered_at": "when", "amount_eur": "pesos"})
    found = segmentation.rfm(renamed, "2025-04-10", customer="who", time="when", amount="pesos")
    assert found["spent_eur"].to_list() == [60.0, 5.0]


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("soon", "at is 'soon'; expected a date such as '2026-01-01'"),
        ("2020-01-01", "orders has none before 2020-01-01; expected at least one"),
    ],
)
def test_an_impossible_moment_is_refused(at, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        segmentation.rfm_summary(table(), at)


def test_dates_as_text_are_refused():
    with pytest.raises(ValueError, match="column 'ordered_at' holds String; expected dates or times"):
        segmentation.rfm_summary(table().astype({"ordered_at": "str"}), "2025-04-10")


@pytest.mark.parametrize("convert", [pl.from_pandas, wall_time_duckdb], ids=["polars", "duckdb"])
def test_the_repeat_summary_comes_from_other_frames_too(orders, convert):
    found = segmentation.repeat_summary(convert(orders), "2025-01-01")
    found = found.df() if isinstance(found, duckdb.DuckDBPyRelation) else found.to_pandas()
    wanted = segmentation.repeat_summary(orders, "2025-01-01")
    pd.testing.assert_frame_equal(found, wanted, check_dtype=False, rtol=1e-9)


def test_the_cdnow_log_has_its_published_size():
    """Reference value C3, on the master file that lifetimes ships: 23,570 customers, 69,659 orders, 2,500,315.63 dollars."""
    path = lifetimes.__path__[0] + "/datasets/CDNOW_master.txt"
    log = pd.read_csv(
        path,
        sep=r"\s+",
        names=["customer", "day", "cds", "dollars"],
        skiprows=1,
        parse_dates=["day"],
        date_format="%Y%m%d",
    )
    found = segmentation.rfm_summary(log, "1998-07-01", customer="customer", time="day", amount="dollars")
    assert (len(found), found["orders"].sum()) == (23_570, 69_659)
    assert found["spent_eur"].sum() == pytest.approx(2_500_315.63)
    assert found["recency_days"].min() == 1  # the log ends on 30 June
    scores = segmentation.rfm_scores(found)
    assert (scores.loc[scores["orders"] == 1, "frequency_score"] == 1).all()
    assert scores["frequency_score"].value_counts().get(2, 0) == 0  # more than two fifths ordered once


# Value


@pytest.fixture(scope="module")
def cdnow():
    return load_cdnow_summary(index_col=[0])


@pytest.fixture(scope="module")
def published(cdnow):
    return segmentation.fit_bg_nbd(cdnow["frequency"], cdnow["recency"], cdnow["T"])


def test_bg_nbd_reproduces_the_published_fit_of_cdnow(published):
    """Fader, Hardie and Lee (2005): (r, alpha, a, b) = 0.243, 4.414, 0.793, 2.426; log-likelihood −9582.4."""
    assert published[:4] == pytest.approx((0.243, 4.414, 0.793, 2.426), abs=0.001)
    assert published.log_likelihood == pytest.approx(-9582.4, abs=0.05)
    assert published.customers == 2357


def test_forecast_and_chance_to_be_alive_are_those_of_lifetimes(cdnow, published):
    history = cdnow["frequency"], cdnow["recency"], cdnow["T"]
    other = lifetimes.BetaGeoFitter()
    other.fit(*history)
    assert segmentation.expected_orders(published, *history, 39) == pytest.approx(other.predict(39, *history), abs=1e-4)
    alive = other.conditional_probability_alive(*history)
    assert segmentation.probability_alive(published, *history) == pytest.approx(alive, abs=1e-5)


def test_the_unit_of_time_changes_alpha_and_nothing_else(cdnow, published):
    days = segmentation.fit_bg_nbd(cdnow["frequency"], 7 * cdnow["recency"], 7 * cdnow["T"])
    assert (days.r, days.alpha, days.a, days.b) == pytest.approx(
        (published.r, 7 * published.alpha, published.a, published.b), rel=1e-3
    )


def test_gamma_gamma_is_the_fit_of_lifetimes_and_so_is_the_value():
    data = load_cdnow_summary_data_with_monetary_value()
    data = data[data["frequency"] > 0]
    found = segmentation.fit_gamma_gamma(data["frequency"], data["monetary_value"])
    other = lifetimes.GammaGammaFitter()
    other.fit(data["frequency"], data["monetary_value"])
    assert found[:3] == pytest.approx(tuple(other.params_[["p", "q", "v"]]), rel=1e-3)
    assert found.customers == len(data)
    assert found.log_likelihood == pytest.approx(-other._negative_log_likelihood_ * len(data), abs=0.01)
    value = other.conditional_expected_average_profit(data["frequency"], data["monetary_value"])
    assert segmentation.expected_order_value(found, data["frequency"], data["monetary_value"]) == pytest.approx(
        value, rel=1e-3
    )


def test_the_discounted_margin_is_the_lifetime_value_of_lifetimes():
    data = load_cdnow_summary_data_with_monetary_value()
    repeaters = data[data["frequency"] > 0]
    weeks, sizes = lifetimes.BetaGeoFitter(), lifetimes.GammaGammaFitter()
    weeks.fit(data["frequency"], 7 * data["recency"], 7 * data["T"])
    sizes.fit(repeaters["frequency"], repeaters["monetary_value"])
    rate = 1.01**12 - 1  # lifetimes discounts by the month
    wanted = sizes.customer_lifetime_value(
        weeks,
        data["frequency"],
        7 * data["recency"],
        7 * data["T"],
        data["monetary_value"],
        time=6,
        discount_rate=0.01,
        freq="D",
    )
    model = segmentation.value_tiers.BgNbd(*weeks.params_[["r", "alpha", "a", "b"]], 0.0, len(data))
    value = segmentation.value_tiers.GammaGamma(*sizes.params_[["p", "q", "v"]], 0.0, len(repeaters))
    columns = {"frequency": "repeats", "monetary_value": "repeat_value_eur"}
    summary = data.assign(last_days=7 * data["recency"], age_days=7 * data["T"]).rename(columns=columns)
    found = segmentation.expected_margin(model, value, summary, months=6, margin_share=1, yearly_rate=rate)
    assert found == pytest.approx(wanted.to_numpy(), rel=1e-6)


def test_the_repeat_summary_is_that_of_lifetimes():
    log = load_transaction_data()
    log["amount"] = np.arange(len(log), dtype=float) % 17 + 1
    log["date"] = pd.to_datetime(log["date"])
    wanted = lifetimes.utils.summary_data_from_transaction_data(
        log, "id", "date", monetary_value_col="amount", observation_period_end="2015-01-01"
    ).sort_index()
    found = segmentation.repeat_summary(log, "2015-01-01", customer="id", time="date", amount="amount").set_index("id")
    assert found["repeats"].to_list() == wanted["frequency"].to_list()
    assert found["last_days"].to_list() == wanted["recency"].to_list()
    assert found["age_days"].to_list() == wanted["T"].to_list()
    assert found["repeat_value_eur"].to_numpy() == pytest.approx(wanted["monetary_value"].to_numpy())


def test_orders_of_one_day_count_once():
    found = segmentation.repeat_summary(table(), "2025-04-10").set_index("customer_id").loc["ann"]
    assert (found["repeats"], found["last_days"], found["age_days"]) == (1, 88, 99)
    assert found["repeat_value_eur"] == 30.0


def test_without_repeats_the_model_calls_everybody_alive(published):
    assert segmentation.probability_alive(published, [0, 0], [0, 0], [1, 500]).tolist() == [1, 1]


def test_longer_silence_makes_it_less_likely_that_a_regular_is_still_there(published):
    alive = segmentation.probability_alive(published, [9] * 4, [30] * 4, [30, 40, 60, 90])
    assert (np.diff(alive) < 0).all()


@pytest.mark.parametrize(
    ("history", "sentence"),
    [
        (([], [], []), "repeats is empty; expected at least one customer"),
        (([1, -1], [2, 0], [5, 5]), "repeats is -1 for customer 2; expected a whole number of 0 or more"),
        (([1.5], [2], [5]), "repeats is 1.5 for customer 1; expected a whole number"),
        (([1], [6], [5]), "last is 6 for customer 1; expected 0 to the age, 5"),
        (([0], [3], [5]), "last is 3 for customer 1 without repeats; expected 0"),
        (([1], [np.nan], [5]), "a history holds a missing value; expected numbers"),
    ],
)
def test_an_impossible_history_is_refused(history, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        segmentation.fit_bg_nbd(*history)


def test_customers_who_all_do_the_same_do_not_settle_a_model():
    with pytest.raises(ValueError, match="the model does not settle on these customers; expected"):
        segmentation.fit_bg_nbd([0] * 50, [0] * 50, [100] * 50)


def test_order_values_of_people_without_repeats_are_refused():
    with pytest.raises(ValueError, match="a customer has no repeats or no value"):
        segmentation.fit_gamma_gamma([1, 0], [20.0, 0.0])


def test_tiers_are_fourths_that_never_split_equals():
    found = segmentation.tiers(pd.Series([1.0, 1.0, 1.0, 5.0, 6.0, 7.0, 8.0, 9.0]))
    assert found.to_list() == ["low", "low", "low", "fair", "good", "good", "top", "top"]
    with pytest.raises(ValueError, match="values has 1 missing"):
        segmentation.tiers(pd.Series([1.0, None]))


def test_on_the_course_data_the_forecast_ranks_better_at_the_bottom_than_past_spending(orders):
    past = segmentation.repeat_summary(orders, "2025-01-01").set_index("customer_id")
    model = segmentation.fit_bg_nbd(past["repeats"], past["last_days"], past["age_days"])
    some = past[past["repeats"] > 0]
    sizes = segmentation.fit_gamma_gamma(some["repeats"], some["repeat_value_eur"])
    value = segmentation.expected_margin(model, sizes, past, months=12, margin_share=0.4, yearly_rate=0.1)
    later = orders[orders["ordered_at"] >= "2025-01-01"].groupby("customer_id")["margin_eur"].sum()
    brought = later.reindex(past.index).fillna(0)
    spent = orders[orders["ordered_at"] < "2025-01-01"].groupby("customer_id")["amount_eur"].sum()
    by_forecast = brought.groupby(segmentation.tiers(pd.Series(value, past.index)), observed=True).mean()
    by_past = brought.groupby(segmentation.tiers(spent.reindex(past.index)), observed=True).mean()
    assert by_forecast.is_monotonic_increasing
    assert by_forecast["low"] < by_past["low"] / 3


# Socio-demographic


def test_the_interval_of_v_covers_the_truth_as_often_as_it_says():
    """Simulated: a 3 × 3 population with a known V, 300 samples of 400; a 95 % interval should miss about one in twenty."""
    cells = np.full((3, 3), 1 / 9) + np.diag([0.03] * 3) - 0.01
    expected = np.outer(cells.sum(1), cells.sum(0))
    truth = np.sqrt(((cells - expected) ** 2 / expected).sum() / 2)
    random = np.random.default_rng(7)
    hits = 0
    for _ in range(300):
        drawn = random.choice(9, 400, p=cells.ravel())
        found = segmentation.association(pd.Series(drawn // 3, name="a"), pd.Series(drawn % 3, name="b"))
        hits += found.low <= truth <= found.high
    assert stats.binomtest(hits, 300, 0.95).pvalue > 0.001


def test_the_statistic_and_p_value_are_those_of_scipy(customers):
    table = pd.crosstab(customers["age_band"], customers["acquired_through"])
    wanted = stats.chi2_contingency(table)
    found = segmentation.association(customers["age_band"], customers["acquired_through"])
    assert (found.chi_square, found.p_value, found.dof) == pytest.approx((wanted.statistic, wanted.pvalue, wanted.dof))
    assert found.low <= found.v <= found.high


def test_missing_answers_are_left_out_and_counted_so(customers):
    found = segmentation.association(customers["gender_declared"], customers["country"])
    assert found.customers == customers["gender_declared"].notna().sum()


def test_only_the_way_customers_were_won_is_linked_with_their_value(customers, orders):
    value = segmentation.tiers(segmentation.rfm_summary(orders, "2026-01-01").set_index("customer_id")["spent_eur"])
    columns = ["region", "age_band", "income_band", "education", "household", "acquired_through"]
    links = segmentation.associations(customers, columns, value)
    assert links.index[0] == "acquired_through"
    assert links.iloc[0]["low"] > 0.15
    assert (links.iloc[1:]["low"] == 0).all()


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        (["x"] * 40, ["a", "b"] * 20, "first has 1 categories among these customers; expected 2 or more"),
        (["x", "y"] * 3, ["a", "a", "b"] * 2, "first by second has cells that expect fewer than 5 customers"),
    ],
)
def test_too_little_for_a_test_is_refused(first, second, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        segmentation.association(pd.Series(first, name="first"), pd.Series(second, name="second"))


# Clusters


def blobs(size=60, seed=5):
    """Three groups that nobody could miss, and who belongs where."""
    random = np.random.default_rng(seed)
    centres = np.repeat([[0, 0], [8, 0], [0, 8]], size, axis=0)
    return pd.DataFrame(centres + random.normal(size=centres.shape), columns=["x", "y"]), np.repeat([0, 1, 2], size)


def test_groups_that_are_there_are_found_stable_and_apart():
    points, truth = blobs()
    labels = segmentation.k_means(points, 3)
    assert segmentation.agreement(labels, truth) == 1
    assert segmentation.stability(points, 3).low > 0.95
    compared = segmentation.choose_k(points, [2, 3, 4, 5])
    assert compared["silhouette"].idxmax() == 3
    assert set(labels) == {1, 2, 3}


def test_numbers_of_clusters_follow_the_first_feature():
    points, _ = blobs()
    labels = segmentation.k_means(points, 3)
    assert points["x"].groupby(labels).mean().is_monotonic_increasing


def test_noise_is_clustered_too_but_neither_far_apart_nor_stable_at_many_groups():
    points, _ = blobs()
    noise = segmentation.noise_like(points)
    assert (noise.min() >= points.min()).all()
    assert (noise.max() <= points.max()).all()
    labels = segmentation.k_means(noise, 3)
    assert set(labels) == {1, 2, 3}
    assert (
        segmentation.silhouette(noise, labels) < segmentation.silhouette(points, segmentation.k_means(points, 3)) - 0.2
    )


def test_standardising_makes_units_irrelevant():
    points, _ = blobs()
    other = points.assign(x=points["x"] * 1000 + 7)
    pd.testing.assert_frame_equal(segmentation.standardised(points), segmentation.standardised(other))
    assert segmentation.standardised(points).std().to_list() == pytest.approx([1, 1])


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda p: segmentation.standardised(p.assign(z=1.0)), "column 'z' is constant; expected values that differ"),
        (lambda p: segmentation.standardised(p.assign(z=np.nan)), "column 'z' has missing values"),
        (lambda p: segmentation.standardised(p, logs=["x"]), "column 'x' holds -"),
        (lambda p: segmentation.k_means(p, 0), "k is 0; expected a whole number above 0"),
        (lambda p: segmentation.k_means(p, 180), "k is 180; expected fewer than the 180 customers"),
        (lambda p: segmentation.stability(p, 3, resamples=0), "resamples is 0; expected a whole number above 0"),
    ],
)
def test_clusters_refuse_what_cannot_be_clustered(call, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        call(blobs()[0])


def test_the_seven_profiles_do_not_come_back_and_the_three_groups_do(customers):
    answers = segmentation.standardised(customers.filter(like="attitude_"))
    declared = customers["lifestyle_declared"]
    assert segmentation.agreement(segmentation.k_means(answers, 7), declared) < 0.4
    three, seven = (segmentation.stability(answers, k, resamples=5).agreement for k in (3, 7))
    assert three > 0.95
    assert seven < 0.75


# Criteria


def test_the_four_criteria_pass_and_fail_one_by_one():
    points, truth = blobs(100)
    groups = pd.Series(truth).map({0: "a", 1: "b", 2: "c"})
    costs = {"extra_share": 0.1, "margin": 20, "contact_cost": 1, "fixed_cost": 50}
    good = segmentation.criteria(points, groups, **costs)
    assert good[["measurable", "identifiable", "large enough"]].all(axis=None)
    assert good.loc["a", "profit_eur"] == pytest.approx(segmentation.campaign_profit(100, 0.1, 20, 1, 50))
    low, high = stats.binomtest(100, 300).proportion_ci(method="wilson")
    assert good.loc["a", ["low", "high"]].to_list() == pytest.approx([low, high])
    assert not good["countable"].any()  # 300 customers leave an interval a third as wide as the share
    assert segmentation.criteria(
        pd.concat([points] * 4, ignore_index=True), pd.concat([groups] * 4, ignore_index=True), **costs
    )["countable"].all()
    gaps = points.mask(points.index.to_series() % 10 == 0)
    assert not segmentation.criteria(gaps, groups, **costs)["measurable"].any()
    assert not segmentation.criteria(points, groups, **{**costs, "fixed_cost": 500})["large enough"].any()
    mixed = pd.Series(np.random.default_rng(2).choice(["a", "b"], 300))
    assert not segmentation.criteria(points, mixed, **costs)["identifiable"].any()


def test_three_rules_are_enough_words_for_a_segment():
    points, truth = blobs()
    rules = segmentation.identifying_rules(points, pd.Series(truth).map({0: "a", 1: "b", 2: "c"}), "b")
    assert "x" in rules
    assert 1 <= rules.count("<=") <= 3
    with pytest.raises(ValueError, match="segment 'z' has no customers; expected one of a, b"):
        segmentation.identifying_rules(points, pd.Series(["a", "b"] * 90), "z")


@pytest.mark.parametrize(
    ("segments", "sentence"),
    [
        (["a"] * 179 + [None], "segments leaves a customer out"),
        (["a"] * 177 + ["b"] * 3, "segment 'b' has 3 customers; expected at least 5"),
    ],
)
def test_criteria_refuse_what_cannot_be_judged(segments, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        segmentation.criteria(blobs()[0], pd.Series(segments), extra_share=0.1, margin=20, contact_cost=1, fixed_cost=1)


# Tactics


RULES = {
    "call": pd.Series([True, True, False, False, False]),
    "thank": pd.Series([False, True, True, False, False]),
    "newsletter": pd.Series([True, True, True, True, False]),
}


def test_overlap_counts_pairs_and_the_diagonal_each_rule():
    found = segmentation.overlap(RULES)
    assert found.loc["call"].to_dict() == {"call": 2, "thank": 1, "newsletter": 2}
    assert (found == found.T).all(axis=None)
    assert segmentation.coverage(RULES)["only this one"].to_dict() == {"call": 0, "thank": 0, "newsletter": 1}


def test_each_customer_gets_the_first_action_that_has_room():
    order = ["call", "thank", "newsletter"]
    assert segmentation.assign(RULES, order).to_list() == ["call", "call", "thank", "newsletter", "no action"]
    limited = segmentation.assign(RULES, order, {"call": 1})
    assert limited.to_list() == ["call", "thank", "thank", "newsletter", "no action"]
    assert segmentation.assign(RULES, order[::-1]).to_list() == ["newsletter"] * 4 + ["no action"]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: segmentation.overlap({}), "rules is empty; expected at least one action"),
        (
            lambda: segmentation.overlap({"a": pd.Series([True, None])}),
            "rule 'a' is not true or false for every customer",
        ),
        (
            lambda: segmentation.assign(RULES, ["call"]),
            "priority is call; expected each of call, thank, newsletter once",
        ),
        (lambda: segmentation.assign(RULES, list(RULES), {"fax": 1}), "capacity names 'fax'; expected one of call"),
        (
            lambda: segmentation.assign(RULES, list(RULES), {"call": -1}),
            "capacity of call is -1; expected a whole number",
        ),
    ],
)
def test_unclear_rules_are_refused(call, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        call()


# Propensity


def test_quality_is_that_of_scikit_learn_and_its_interval_that_of_theory():
    from sklearn.metrics import roc_auc_score

    random = np.random.default_rng(3)
    bought = pd.Series(random.random(800) < 0.3)
    chance = pd.Series(np.clip(0.3 + 0.15 * bought + random.normal(0, 0.15, 800), 0, 1))
    found = segmentation.quality(bought, chance, resamples=2000)
    assert found.auc == pytest.approx(roc_auc_score(bought, chance))
    assert found.brier == pytest.approx(((chance - bought) ** 2).mean())
    assert found.brier_of_average == pytest.approx(bought.mean() * (1 - bought.mean()))
    q1, q2 = found.auc / (2 - found.auc), 2 * found.auc**2 / (1 + found.auc)  # Hanley and McNeil 1982
    n, m = bought.sum(), (~bought).sum()
    variance = (found.auc * (1 - found.auc) + (n - 1) * (q1 - found.auc**2) + (m - 1) * (q2 - found.auc**2)) / (n * m)
    assert (found.high - found.low) / 2 == pytest.approx(1.96 * variance**0.5, rel=0.1)


def test_a_perfect_and_a_useless_ranking():
    bought = pd.Series([True] * 5 + [False] * 15)
    assert segmentation.quality(bought, bought.astype(float)).auc == 1
    assert segmentation.quality(bought, pd.Series([0.25] * 20)).auc == 0.5
    assert segmentation.lift_at(bought, bought.astype(float), 0.25) == pytest.approx(4)
    assert segmentation.lift_at(bought, bought.astype(float), 1) == 1


def test_calibration_compares_promise_and_outcome_without_splitting_ties():
    bought = pd.Series([False, True] * 10 + [True] * 20)
    chance = pd.Series([0.5] * 20 + [0.9] * 20)
    found = segmentation.calibration(bought, chance, groups=4)
    assert found["customers"].to_list() == [20, 20]
    assert found["predicted"].to_list() == pytest.approx([0.5, 0.9])
    assert found["observed"].to_list() == [0.5, 1.0]
    assert found.iloc[0][["low", "high"]].to_list() == pytest.approx(
        list(stats.binomtest(10, 20).proportion_ci(method="wilson"))
    )


def test_profit_grows_while_a_contact_brings_more_than_it_costs():
    bought, chance = pd.Series([True, False, True, False]), pd.Series([0.9, 0.1, 0.8, 0.2])
    found = segmentation.profit_by_depth(bought, chance, margin=10, contact_cost=2)
    assert found["profit_eur"].to_list() == [8, 16, 14, 12]


def test_inputs_end_before_the_moment(orders):
    at = "2025-10-01"
    features = segmentation.offer_features(orders, at, "gift_box")
    cut = orders[orders["ordered_at"] < pd.Timestamp(at, tz=ZONE)]
    pd.testing.assert_frame_equal(features, segmentation.offer_features(cut, at, "gift_box"))
    assert len(features) == cut["customer_id"].nunique()


def test_the_gift_model_ranks_and_is_calibrated_where_it_promises_most(orders):
    def bought(year, people):
        quarter = orders["ordered_at"].between(f"{year}-10-01", f"{year + 1}-01-01", inclusive="left")
        return people.to_series().isin(orders.loc[quarter & (orders["category"] == "gift_box"), "customer_id"])

    before, now = (segmentation.offer_features(orders, f"{year}-10-01", "gift_box") for year in (2024, 2025))
    chance = segmentation.predict_propensity(segmentation.fit_propensity(before, bought(2024, before.index)), now)
    found = segmentation.quality(bought(2025, now.index), chance)
    assert found.low > 0.9
    assert found.brier < 0.7 * found.brier_of_average
    best = segmentation.calibration(bought(2025, now.index), chance).iloc[-1]
    assert best["low"] <= best["predicted"] <= best["high"]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: segmentation.quality(pd.Series([True, False]), pd.Series([0.1])), "chance has 1 values; expected 2"),
        (
            lambda: segmentation.quality(pd.Series([True, False]), pd.Series([0.1, 1.2])),
            "chance holds a value outside 0 to 1",
        ),
        (
            lambda: segmentation.quality(pd.Series([True, True]), pd.Series([0.1, 0.2])),
            "bought is the same for every customer",
        ),
        (
            lambda: segmentation.lift_at(pd.Series([True, False]), pd.Series([0.1, 0.2]), 2),
            "share is 2; expected a share",
        ),
        (
            lambda: segmentation.fit_propensity(pd.DataFrame({"x": [1.0, 2.0]}), pd.Series([True, True])),
            "bought is True for every customer; expected both buyers and others",
        ),
        (
            lambda: segmentation.offer_features(datasets.load("orders"), "2025-10-01", "tea"),
            "category is 'tea'; expected one of beans",
        ),
        (
            lambda: segmentation.offer_features(datasets.load("orders"), "2020-10-01", "beans"),
            "orders has none before 2020-10-01",
        ),
    ],
)
def test_propensity_refuses_what_it_cannot_use(call, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        call()


# Proxies


def test_a_segment_that_is_the_attribute_guesses_it_and_a_random_one_does_not():
    declared = pd.Series(["woman", "man"] * 200, name="gender_declared")
    exact, coin = declared.map({"woman": "s1", "man": "s2"}), pd.Series(["s1", "s1", "s2", "s2"] * 100)
    assert (segmentation.mirrors(exact, declared)["auc"] == 1).all()
    found = segmentation.mirrors(coin, declared)
    assert not found["review"].any()
    assert segmentation.refuse_mirrors(coin, declared) is None
    with pytest.raises(ValueError, match=re.escape("with an AUC of 1.00; expected 0.60 or less: have them reviewed")):
        segmentation.refuse_mirrors(exact, declared)


def test_cold_brew_in_the_app_is_found_and_the_clusters_pass(customers, orders):
    cold = orders[(orders["category"] == "cold_brew") & (orders["channel"] == "app")]
    inside = customers.index.to_series().isin(cold["customer_id"])
    found = segmentation.mirrors(inside, customers["gender_declared"])
    assert found.loc["woman", "auc"] == pytest.approx(0.64, abs=0.005)  # planted effect B-12
    assert found.loc["woman", "review"]
    assert found["declared"].iloc[0] == customers["gender_declared"].notna().sum()


def test_few_people_are_not_exposed_and_silence_is_no_answer():
    declared = pd.Series(["woman"] * 100 + ["man"] * 100 + ["non_binary"] * 29 + [None] * 50, name="gender_declared")
    found = segmentation.mirrors(pd.Series(["a", "b", "c"] * 93), declared)
    assert found.index.to_list() == ["man", "woman"]
    assert (found["declared"] == 200).all()
    assert proxies.LEAST_DECLARED == 30


@pytest.mark.parametrize(
    ("segments", "declared", "sentence"),
    [
        (["a", "b"] * 40, ["woman"] * 80, "gender has 1 values declared by 30 people or more; expected at least 2"),
        (["a"] * 80, ["woman", "man"] * 40, "everybody is in one segment; expected at least 2"),
    ],
)
def test_a_proxy_test_without_contrast_is_refused(segments, declared, sentence):
    with pytest.raises(ValueError, match=sentence):
        segmentation.mirrors(pd.Series(segments), pd.Series(declared, name="gender"))


# Flows, scenario, benchmark


def test_ribbons_hold_every_customer_once_on_both_sides():
    groups = pd.DataFrame({"first": list("aaabbb"), "second": list("xxyyyx")})
    found = flows.ribbons(groups, "first", "second")
    assert found["customers"].sum() == 6
    assert found.set_index(["first", "second"])["customers"].to_dict() == {
        ("a", "x"): 2, ("a", "y"): 1, ("b", "x"): 1, ("b", "y"): 2,
    }  # fmt: skip
    for side, start in (("first", "from_start"), ("second", "to_start")):
        ends = found[start] + found["customers"] / 6
        for _, ribbons in found.assign(end=ends).groupby(side):
            stacked = ribbons.sort_values(start)
            assert stacked["end"].iloc[:-1].to_list() == pytest.approx(stacked[start].iloc[1:].to_list())
        everything = found.assign(end=ends).sort_values(start)
        assert (everything["end"].iloc[:-1].to_numpy() <= everything[start].iloc[1:].to_numpy() + 1e-12).all()
    with pytest.raises(ValueError, match="column 'second' leaves a customer out"):
        flows.ribbons(groups.assign(second=None), "first", "second")


def test_the_flow_figure_uses_only_traces_that_the_page_can_draw():
    groups = pd.DataFrame({"first": list("aaabbb"), "second": list("xxyyyx"), "third": list("mnmnmn")})
    figure = segmentation.flow_figure(groups, ["first", "second", "third"], {"a": "#0072B2"})
    assert {trace.type for trace in figure.data} == {"scatter", "bar"}
    assert sum(trace.type == "scatter" for trace in figure.data) == 4 + 4


def test_the_grid_of_the_simulator_is_computed_from_the_orders(orders):
    start = "2025-10-03"
    found = segmentation.rfm(orders, start)
    later = orders[orders["ordered_at"] >= start]
    found["bought"] = found["customer_id"].isin(later["customer_id"])
    for score, row in enumerate(rfm_cutoffs.GRID, start=1):
        for frequency, cell in enumerate(row, start=1):
            inside = found[(found["recency_score"] == score) & (found["frequency_score"] == frequency)]
            assert cell == (len(inside), inside["bought"].sum()), (score, frequency)
    assert pytest.approx(later["margin_eur"].mean(), abs=0.05) == rfm_cutoffs.MARGIN_EUR


def test_the_simulator_says_what_the_formula_gives():
    values = {"lowest_recency": 3, "lowest_frequency": 4, "contact_cost": 0.8, "uplift": 20}
    numbers = rfm_cutoffs.figure(**values)["numbers"]
    customers, buyers = rfm_cutoffs.reached(3, 4)
    profit = segmentation.campaign_profit(customers, 0.2 * buyers / customers, rfm_cutoffs.MARGIN_EUR, 0.8)
    assert numbers["profit"] == pytest.approx(profit)
    assert (numbers["customers"], numbers["buyers"]) == (customers, buyers)


def test_the_default_tells_the_story():
    spec = rfm_cutoffs.figure()
    assert spec["numbers"]["profit"] == spec["numbers"]["best"] > 0 > spec["numbers"]["profit_everyone"]
    assert "A card to everyone loses" in spec["headline"]
    assert "breaks even" in rfm_cutoffs.figure(contact_cost=0, uplift=0)["headline"]


def test_a_stricter_frequency_does_not_always_help():
    strict, loose = (rfm_cutoffs.figure(lowest_recency=3, lowest_frequency=f)["numbers"] for f in (4, 3))
    assert strict["buyers"] / strict["customers"] < 0.66
    assert rfm_cutoffs.reached(3, 4)[0] < rfm_cutoffs.reached(3, 3)[0]
    assert loose["customers"] > strict["customers"]


def test_the_benchmark_compares_the_same_numbers(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["benchmark_rfm.py"])
    tool = runpy.run_path("tools/benchmark_rfm.py")
    log = tool["order_log"](5_000)
    assert tool["same"](log)
    summary = tool["with_lifetimes"](log).sort_index()
    ours = segmentation.repeat_summary(log, tool["AT"]).set_index("customer_id")
    assert ours["repeats"].to_list() == summary["frequency"].to_list()
    assert ours["age_days"].to_list() == summary["T"].to_list()


def test_every_name_of_the_package_is_there():
    for name in segmentation.__all__:
        assert hasattr(segmentation, name), name
    assert propensity.SEED == 20251231


def test_the_part_of_the_customers_that_is_contacted_is_rounded_to_the_nearest():
    chance = pd.Series(range(10, 0, -1)) / 20
    bought = pd.Series([0, 0, 1, 0, 0, 0, 0, 0, 0, 1])
    assert segmentation.lift_at(bought, chance, 0.26) == pytest.approx((1 / 3) / (2 / 10))  # 2.6 customers are three
