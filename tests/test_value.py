"""Retention from an order log small enough to count, and the best use of a budget, corners included."""

import re

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest

from socialcare import datasets, value
from socialcare.scenarios import retention_vs_acquisition

FIRM = {
    "customers": 4000, "margin": 90, "discount": 0.10, "keeping": (0.60, 0.80, 20_000), "winning": (1500, 30_000),
}  # fmt: skip


@pytest.fixture
def orders():
    rows = [
        ("ana", "2023-02-01"), ("ana", "2023-05-01"), ("ana", "2024-01-09"), ("ana", "2025-01-09"),
        ("bo", "2023-12-31"), ("cai", "2023-03-03"), ("cai", "2025-03-03"), ("dia", "2024-07-01"),
        ("dia", "2025-07-01"), ("eli", "2025-01-01"),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["customer_id", "ordered_at"])
    return table.assign(ordered_at=pd.to_datetime(table["ordered_at"]))


def test_retention_is_counted_by_year_of_joining(orders):
    table = value.yearly_retention(orders)
    # 2023: ana returns, bo and cai do not (cai skips a year); 2024: ana and dia both return; 2025 has no next year
    assert table.to_dict("records") == [
        {"joined": 2023, "year": 2023, "customers": 3, "returned": 1, "retention": pytest.approx(1 / 3)},
        {"joined": 2023, "year": 2024, "customers": 1, "returned": 1, "retention": 1.0},
        {"joined": 2024, "year": 2024, "customers": 1, "returned": 1, "retention": 1.0},
    ]


def test_polars_and_pandas_agree_on_the_course_data():
    orders = datasets.load("orders")
    pandas = value.yearly_retention(orders)
    polars = value.yearly_retention(pl.from_pandas(orders))
    assert isinstance(polars, pl.DataFrame)
    assert polars.to_dicts() == pandas.to_dict("records")


def test_a_table_of_duckdb_is_asked_to_come_as_a_frame_first(orders):
    with pytest.raises(TypeError, match="eager"):
        value.yearly_retention(duckdb.from_df(orders))


def test_the_course_data_show_retention_that_rises_with_tenure():
    table = value.yearly_retention(datasets.load("orders")).set_index(["joined", "year"])["retention"]
    first, second = table[2023, 2023], table[2023, 2024]  # planted effect B-14: 56 % and 85 %
    assert (first, second) == pytest.approx((0.56, 0.85), abs=0.01)
    alpha, beta = value.sbg_from_retention(first, second)
    assert value.sbg_retention(alpha, beta, 3) > second


def test_the_five_points_table_holds_the_formula():
    table = value.five_points_table([0.6, 0.9], [0.05, 0.10])
    assert table.loc[0.9, 0.10] == pytest.approx(40.74074074074074)
    assert table.shape == (2, 2)


def test_equity_is_customers_times_value():
    half = value.customer_equity(10_000, 20_000, **FIRM)
    retention = 0.8 - 0.2 * np.exp(-0.5)
    won = 1500 * (1 - np.exp(-1 / 3))
    assert half == pytest.approx((4000 + won) * 90 * 1.1 / (1.1 - retention))


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({}, "interior"),
        ({"keeping": (0.60, 0.62, 20_000)}, "all to winning"),  # keeping can hardly lift retention
        ({"winning": (50, 30_000)}, "all to keeping"),  # hardly anybody left to win
    ],
)
def test_the_best_split_may_lie_inside_or_in_a_corner(change, kind):
    firm = {**FIRM, **change}
    split = value.best_split(20_000, **firm)
    assert split.kind == kind
    assert split.keeping_eur + split.winning_eur == pytest.approx(20_000)
    brute = max(value.customer_equity(euros, 20_000, **firm) for euros in np.linspace(0, 20_000, 4001))
    assert split.equity_eur == pytest.approx(brute, rel=1e-6)
    assert split.equity_eur >= brute * (1 - 1e-12)


def test_at_an_interior_optimum_the_last_euro_does_as_much_on_either_side():
    split = value.best_split(20_000, **FIRM)
    step = 1.0
    more, less = (
        value.customer_equity(split.keeping_eur + change, 20_000, **FIRM) - split.equity_eur for change in (step, -step)
    )
    assert abs(more) < 0.05
    assert abs(less) < 0.05


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: value.customer_equity(30_000, 20_000, **FIRM),
            "keeping_eur is 30000; expected no more than budget_eur",
        ),
        (lambda: value.customer_equity(-1, 20_000, **FIRM), "keeping_eur is -1; expected a number of 0 or more"),
        (lambda: value.customer_equity(0, 0, **FIRM), "budget_eur is 0; expected a number above 0"),
        (
            lambda: value.customer_equity(0, 10, **{**FIRM, "customers": 0}),
            "customers is 0; expected a whole number above 0",
        ),
    ],
)
def test_impossible_input_is_refused_in_one_sentence(call, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        call()


def test_the_simulator_says_what_the_formulas_give():
    spec = retention_vs_acquisition.figure()
    assert spec["numbers"] == pytest.approx(  # reference C17
        {"spend": 10, "per_extra_kept": 200, "break_even_ratio": 20, "gain": 88 / 3, "break_even_spend": 50 / 3}
    )
    assert "costs €10.00 a year, but one more customer costs €200.00 kept and €90.00 won." in spec["headline"]
    assert "Winning is cheaper: keeping one more costs 2.2 times as much." in spec["headline"]


@pytest.mark.parametrize(
    ("ratio", "verdict"), [(19, "Winning is cheaper"), (20, "Both cost the same."), (21, "Keeping is cheaper")]
)
def test_the_verdict_turns_at_the_break_even_ratio(ratio, verdict):
    assert verdict in retention_vs_acquisition.figure(ratio=ratio)["headline"]


def test_a_break_even_ratio_off_the_chart_is_told_but_not_drawn():
    spec = retention_vs_acquisition.figure(lift=0.5)
    assert spec["data"][3]["x"] == []
    assert "from a ratio of 200.0" in spec["headline"]


def test_a_programme_that_costs_too_much_loses():
    assert "the programme loses €" in retention_vs_acquisition.figure(ratio=1)["headline"]
    assert "the programme gains €" in retention_vs_acquisition.figure()["headline"]
