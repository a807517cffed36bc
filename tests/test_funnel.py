"""The funnel analyses on a log small enough to count by hand, on the course's visits, and on other kinds of frame."""

import re

import benchmark_funnel
import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest

from socialcare import datasets, funnel

FURTHEST = {"visit": 4, "product": 3, "cart": 2, "checkout": 0, "address": 1, "payment": 1, "order": 1}


@pytest.fixture
def log():
    steps = [step for step, count in FURTHEST.items() for _ in range(count)]
    return pd.DataFrame({"furthest_step": steps, "device": (["mobile", "desktop"] * 6)})


@pytest.fixture(scope="module")
def visits():
    return datasets.load_visits()


@pytest.fixture(scope="module")
def course(visits):
    return funnel.funnel_table(visits)


def test_a_visit_counts_at_every_step_up_to_its_furthest(log):
    table = funnel.funnel_table(log).set_index("step")
    assert table["reached"].to_dict() == dict(zip(funnel.STEPS, [12, 8, 5, 3, 3, 2, 1], strict=True))
    assert table["lost"].to_list() == [0, 4, 3, 2, 0, 1, 1]
    assert table.loc["cart", "conversion"] == 5 / 8
    assert (table.loc["cart", "low"], table.loc["cart", "high"]) == funnel.wilson_interval(5, 8)
    assert table.loc["order", "overall"] == 1 / 12
    assert pd.isna(table.loc["visit", "conversion"])


def test_the_groups_add_up_to_the_whole(log):
    whole = funnel.funnel_table(log).set_index("step")["reached"]
    parts = funnel.funnel_table(log, ["device"]).groupby("step", sort=False)["reached"].sum()
    assert parts.to_dict() == whole.to_dict()


def test_the_order_of_the_rows_in_the_log_does_not_matter(log):
    shuffled = log.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(funnel.funnel_table(shuffled, ["device"]), funnel.funnel_table(log, ["device"]))


def test_a_step_that_nobody_started_has_no_conversion(log):
    early = log[log["furthest_step"].isin(["visit", "product"])]
    table = funnel.funnel_table(early).set_index("step")
    assert table.loc["cart", "conversion"] == 0
    assert table.loc["checkout", ["conversion", "low", "high"]].isna().all()


def test_a_shop_of_other_steps_brings_its_own_list():
    table = funnel.funnel_table(pd.DataFrame({"furthest_step": ["home", "buy", "buy"]}), steps=("home", "buy"))
    assert table["reached"].to_list() == [3, 2]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda log: funnel.funnel_table(log.assign(furthest_step="basket")),
            "furthest_step is 'basket'; expected one of visit, product, cart",
        ),
        (lambda log: funnel.funnel_table(log.iloc[:0]), "visits is empty; expected at least one row"),
        (
            lambda log: funnel.funnel_table(log.assign(device=None), ["device"]),
            "device, furthest_step: 12 rows have an empty cell; expected a value in each",
        ),
        (
            lambda log: funnel.funnel_table(pl.from_pandas(log.assign(device=None)).lazy(), ["device"]),
            "rows have an empty cell; expected a value in each",
        ),
        (
            lambda log: funnel.passing(funnel.funnel_table(log), "visit"),
            "step is 'visit'; expected one of product, cart",
        ),
        (
            lambda log: funnel.what_if(funnel.funnel_table(log), {"basket": 0.5}),
            "step is 'basket'; expected one of product",
        ),
        (
            lambda log: funnel.what_if(funnel.funnel_table(log), {"cart": 50}),
            "conversions[1] is 50; expected a share from 0 to 1",
        ),
        (
            lambda log: funnel.losses(funnel.funnel_table(log[log["furthest_step"] != "order"])),
            "order was reached 0 times; expected at least one, or a shorter funnel",
        ),
        (
            lambda log: funnel.losses(funnel.funnel_table(log), {"product": 0.5}),
            "benchmark has no step 'cart'; expected product, cart, checkout",
        ),
        (
            lambda log: funnel.difference(funnel.funnel_table(log, ["device"]), "device", "watch", "desktop"),
            "device is 'watch'; expected one of desktop, mobile",
        ),
        (
            lambda log: funnel.standardised(log.assign(source=log["furthest_step"]), "device", "source"),
            "expected some of each",
        ),
        (lambda _: funnel.peeking(0.1, 100, 0), "looks is 0; expected a whole number above 0"),
        (lambda _: funnel.peeking(10, 100, 2), "conversion is 10; expected a share above 0 and below 1"),
    ],
)
def test_what_cannot_be_computed_is_refused_in_one_sentence(log, call, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        call(log)


def test_buyers_are_counted_from_the_first_step_to_the_last(visits):
    seen = visits[visits["clicks_to_product"].notna()]
    table = funnel.buyers(seen.assign(few=seen["clicks_to_product"] < 3), "few", steps=funnel.STEPS[1:])
    assert table["started"].sum() == 16_200
    assert table["bought"].sum() == 910
    assert (table.loc[True, "low"], table.loc[True, "high"]) == funnel.wilson_interval(
        *table.loc[True, ["bought", "started"]].astype(int)
    )
    assert abs(table.loc[True, "conversion"] - table.loc[False, "conversion"]) < 0.001  # planted: no effect, B-19


def test_the_phases_of_the_source_are_the_products_of_their_steps(course):
    phases = funnel.by_phase(course)
    rows = course.set_index("step")
    assert phases.loc["trust", "conversion"] == pytest.approx(rows.loc["cart":"checkout", "conversion"].prod())
    assert phases["conversion"].prod() == pytest.approx(rows.loc["order", "overall"])
    assert phases.loc["purchase", "started"] == phases.loc["trust", "passed"]


def test_three_questions_name_three_steps(course):
    losses = funnel.losses(course)
    assert losses["lost"].idxmax() == "product"
    assert losses["log_share"].idxmax() == "cart"
    assert losses["gap_orders"].idxmax() == "payment"
    assert losses["log_share"].sum() == pytest.approx(1)


def test_a_what_if_that_changes_nothing_gives_the_orders_of_the_log(course):
    orders = course["reached"].iloc[-1]
    assert funnel.what_if(course, {}) == pytest.approx(orders)
    losses = funnel.losses(course)
    lifted = funnel.what_if(course, {"payment": losses.loc["payment", "benchmark"]})
    assert lifted - orders == pytest.approx(losses.loc["payment", "gap_orders"])


def test_proposals_are_ranked_by_cost_per_order_and_not_by_drop(course):
    plans = pd.DataFrame(
        {"step": ["product", "payment"], "points": [1.0, 5.0], "cost": [3000.0, 900.0]}, index=["adverts", "form"]
    )
    ranked = funnel.proposals(course, plans)
    assert ranked.index.to_list() == ["form", "adverts"]
    per_point = funnel.losses(course)["orders_per_point"]
    assert ranked.loc["form", "extra_orders"] == pytest.approx(5 * per_point["payment"])
    assert ranked.loc["form", "cost_per_order"] == pytest.approx(900 / (5 * per_point["payment"]))


def test_the_address_form_on_the_phone_is_the_difference(visits):
    table = funnel.funnel_table(visits, ["device"])
    found = funnel.difference(table, "device", "mobile", "desktop", step="payment")
    assert found.high < -0.2  # planted: 64 % against 91 % (B-17)
    whole = funnel.difference(table, "device", "mobile", "desktop")
    assert whole.low < 0 < whole.high


def test_with_the_same_mix_of_sources_the_order_of_the_devices_turns_round(visits):
    table = funnel.standardised(visits, "device", "source")
    assert table.loc["mobile", "crude"] > table.loc["desktop", "crude"]  # planted: B-16
    assert table.loc["mobile", "standardised"] < table.loc["desktop", "standardised"]
    weights = visits["source"].value_counts(normalize=True)
    bought = visits["furthest_step"].eq("order")
    cells = bought[visits["device"] == "mobile"].groupby(visits["source"]).mean()
    assert table.loc["mobile", "standardised"] == pytest.approx((cells * weights).sum())


def test_a_straight_path_gives_the_chain_the_funnels_own_conversion(course):
    reached = course.set_index("step")["reached"]
    rows = []
    for step, following in zip(funnel.STEPS, funnel.STEPS[1:], strict=False):
        rows += [(step, following, reached[following]), (step, "exit", reached[step] - reached[following])]
    chain = funnel.absorbing_chain(pd.DataFrame(rows, columns=["page_from", "page_to", "visits"]))
    assert chain.endings.loc["visit", "order"] == pytest.approx(course["overall"].iloc[-1])
    assert chain.visits.loc["visit", "cart"] == pytest.approx(course.set_index("step").loc["cart", "overall"])


def test_a_chain_with_a_way_back_is_the_geometric_series():
    moves = pd.DataFrame(
        [("product", "cart", 40), ("product", "exit", 60), ("cart", "product", 50), ("cart", "order", 50)],
        columns=["page_from", "page_to", "visits"],
    )
    chain = funnel.absorbing_chain(moves)
    # from the product: .4 to the cart, half of those come back; 1 / (1 - .4 * .5) views of the product
    assert chain.visits.loc["product", "product"] == pytest.approx(1.25)
    assert chain.endings.loc["product", "order"] == pytest.approx(0.4 * 0.5 * 1.25)
    assert chain.endings.sum(axis=1).to_list() == pytest.approx([1, 1])


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("order", "product", 3), "page_from is 'order', which ends a visit; expected no move out of it"),
        (("product", "wish list", 3), "page_to is 'wish list', which no move leaves; expected one of product, order"),
        (("product", "order", -3), "visits is -3; expected counts of 0 or more"),
    ],
)
def test_a_chain_that_cannot_end_is_refused(row, sentence):
    moves = pd.DataFrame([("product", "order", 5), row], columns=["page_from", "page_to", "visits"])
    with pytest.raises(ValueError, match=re.escape(sentence)):
        funnel.absorbing_chain(moves)


def test_one_look_keeps_the_promised_false_alarms_and_ten_do_not():
    looks = funnel.peeking(0.2, 500, 10, runs=2000)
    assert looks["at_this_look"].to_list() == pytest.approx([0.05] * 10, abs=0.015)
    assert looks["so_far"].is_monotonic_increasing
    assert looks["so_far"].iloc[0] == looks["at_this_look"].iloc[0]
    assert looks["so_far"].iloc[-1] == pytest.approx(0.193, abs=0.03)  # ten looks: Armitage, McPherson and Rowe 1969


def test_a_seed_fixes_the_simulation():
    pd.testing.assert_frame_equal(funnel.peeking(0.2, 50, 3, runs=50), funnel.peeking(0.2, 50, 3, runs=50))


@pytest.mark.parametrize(
    ("convert", "back"),
    [
        (pl.from_pandas, lambda table: table.to_pandas()),
        (lambda table: pl.from_pandas(table).lazy(), lambda table: table.to_pandas()),
        (duckdb.from_df, lambda table: table.to_pandas()),
    ],
    ids=["polars", "polars-lazy", "duckdb"],
)
def test_the_same_funnel_comes_from_other_frames(visits, convert, back):
    for by in ([], ["device", "source"]):
        wanted = funnel.funnel_table(visits, by)
        found = back(funnel.funnel_table(convert(visits), by))
        pd.testing.assert_frame_equal(found, wanted, check_dtype=False, check_exact=False, rtol=1e-12)


def test_a_polars_frame_gives_a_polars_table(visits):
    assert isinstance(funnel.funnel_table(pl.from_pandas(visits)), pl.DataFrame)


def test_the_hand_written_table_of_the_benchmark_is_the_same(visits):
    for by in benchmark_funnel.GROUPINGS:
        ours, theirs = funnel.funnel_table(visits, by), benchmark_funnel.by_hand(visits, by)
        order = theirs.reset_index().rename(columns={"furthest_step": "step"})
        keys = [*by, "step"]
        joined = ours.merge(order, on=keys, suffixes=("", "_hand"))
        assert len(joined) == len(ours)
        for column in ("reached", "conversion", "low", "high", "overall"):
            np.testing.assert_allclose(joined[column].astype(float), joined[f"{column}_hand"].astype(float), rtol=1e-9)


def test_the_benchmark_reports_a_ratio_for_each_grouping(capsys):
    benchmark_funnel.main(["--visits", "2000", "--rounds", "1"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2,000 visits, fastest of 1 rounds"
    assert all(re.search(r"package \d\.\d{3} s, pandas \d\.\d{3} s, ratio \d+\.\d\d$", line) for line in lines[1:])
    assert len(lines) == 4
