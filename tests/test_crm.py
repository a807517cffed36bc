"""Offers and pilots: added up by hand, checked against statsmodels and other frames, on the course's planted answer."""

import importlib
import re

import numpy as np
import pandas as pd
import polars as pl
import pytest
import statsmodels.formula.api as smf

from socialcare import crm, datasets
from socialcare.scenarios import tco

ZONE = "Europe/Madrid"
YEAR = {"start": pd.Timestamp("2025-01-01", tz=ZONE), "launch": pd.Timestamp("2025-07-01", tz=ZONE)}

LINES = [  # offer, delivery, year, category, amount, per user, users: D is rented, E is owned
    ("D", "saas", 0, "services", 1000.0, False, 10),
    ("D", "saas", 1, "software", 100.0, True, 10),
    ("D", "saas", 2, "software", 110.0, True, 12),
    ("D", "saas", 2, "exit", 300.0, False, 12),
    ("E", "on_premise", 0, "software", 3000.0, False, 10),
    ("E", "on_premise", 0, "internal_time", 500.0, False, 10),
    ("E", "on_premise", 2, "support", 250.0, False, 12),
]


@pytest.fixture(scope="module")
def small():
    return pd.DataFrame(LINES, columns=["offer", "delivery", "year", "category", "amount_eur", "per_user", "users"])


@pytest.fixture(scope="module")
def offers():
    return datasets.load("crm_offers")


@pytest.fixture(scope="module")
def tables():
    return [datasets.load(name) for name in ("orders", "tickets", "surveys")]


@pytest.fixture(scope="module")
def log(tables):
    return crm.benefit_log(*tables, **YEAR, cost_per_minute=0.40)


def half(log):
    return {customer for customer in log["customer_id"] if int(customer[1:]) % 2 == 0}


def test_a_price_for_one_user_is_multiplied_and_empty_years_cost_nothing(small):
    yearly = crm.yearly_costs(small)
    assert yearly["D"].tolist() == [1000, 1000, 1620]
    assert yearly["E"].tolist() == [3500, 0, 250]


def test_the_table_of_a_small_offer_equals_the_sums_by_hand(small):
    table = crm.tco_table(small, 0.10)
    rented = 1000 + 1000 / 1.1 + 1620 / 1.21
    assert table.loc["D", "tco_eur"] == pytest.approx(rented)
    assert table.loc["D", "quote_eur"] == pytest.approx(rented - 300 / 1.21)
    assert table.loc["D", "required_eur"] == pytest.approx(rented / (1 / 1.1 + 1 / 1.21))
    assert table.loc["E", "project_share"] == pytest.approx(3500 / 3750)
    assert table.loc["E", "service_share"] == pytest.approx(250 / 3750)
    assert table.loc["D", "user_month_eur"] == pytest.approx(rented / (12 * (10 / 1.1 + 12 / 1.21)))
    assert table.loc["E", "required_eur"] == pytest.approx((3500 + 250 / 1.21) / (1 / 1.1 + 1 / 1.21))  # year 1 is used
    assert table.loc["E", "user_month_eur"] == pytest.approx((3500 + 250 / 1.21) / (144 / 1.1 + 144 / 1.21))
    assert table.index.tolist() == ["D", "E"]


def test_the_shares_of_the_categories_add_up_to_one(offers):
    assert crm.category_shares(offers).sum().tolist() == pytest.approx([1, 1, 1])
    assert crm.category_shares(offers, [0]).loc["software", "A"] == pytest.approx(60_000 / 182_400)


def test_the_cheapest_fee_is_not_the_cheapest_offer(offers):
    table = crm.tco_table(offers)  # planted effect B-27
    assert table.index.tolist() == ["B", "C", "A"]
    assert table["tco_eur"].round(2).tolist() == [317_732.89, 381_053.82, 405_843.36]
    assert table.loc["A", "project_share"] == pytest.approx(0.45, abs=0.005)


def test_no_offer_of_the_case_has_the_sellers_shares(offers):
    table = crm.tco_table(offers)
    assert (table["project_share"] < 0.60).all()
    assert (table["service_share"] < 0.80).all()


def test_the_simulator_costs_what_the_offers_cost(offers):
    numbers, table = tco.figure()["numbers"], crm.tco_table(offers)
    assert numbers["owned"] == pytest.approx(table.loc["A", "tco_eur"], abs=0.1)  # the table is rounded to cents
    assert numbers["rented"] == pytest.approx(table.loc["B", "tco_eur"], abs=1)
    assert numbers["rented_user_month"] == pytest.approx(table.loc["B", "user_month_eur"], abs=0.001)


def test_the_simulator_puts_each_cost_in_its_year(offers):
    yearly = crm.yearly_costs(offers)
    assert tco.owned_costs(40, 5) == pytest.approx(yearly["A"].tolist(), abs=0.02)
    assert tco.rented_costs(40, 65, 0.05, 5) == pytest.approx(yearly["B"].tolist(), abs=0.5)


def test_the_number_of_users_is_the_same_for_all_offers(small):
    rented = small[small["offer"] == "D"]
    twins = pd.concat([rented, rented.assign(offer="E")])
    sure = {"project": 1, "price_rise": 0, "own_time": 1, "exit": 1}
    priors = tuple(
        p if p.name == "users" else p._replace(low=sure[p.name] - 1e-12, likely=sure[p.name], high=sure[p.name])
        for p in crm.PRIORS
    )
    drawn = crm.simulate_offers(twins, priors, draws=50)
    assert drawn["D"].tolist() == pytest.approx(drawn["E"].tolist(), rel=1e-9)
    assert drawn["D"].std() > 1


def test_a_quote_leaves_own_time_and_exit_out(small, offers):
    parts = crm.quote_parts(small)
    assert parts.loc["D"].tolist() == [3320, 0, 300]
    assert parts.loc["E"].tolist() == [3250, 500, 0]
    assert crm.quote_parts(offers).sum(axis=1).to_dict() == pytest.approx(crm.tco_table(offers)["tco_eur"].to_dict())


def test_the_returns_of_a_plan_equal_the_cash_flows_by_hand():
    returns = crm.plan_returns([100, 20, 20], {"good": 80, "poor": 30}, 0.10)
    assert returns.loc["good"].tolist() == pytest.approx([80, -100 + 60 / 1.1 + 60 / 1.21, 1 + 40 / 60, 100 * 20 / 140])
    assert returns.loc["poor", "npv_eur"] == pytest.approx(-100 + 10 / 1.1 + 10 / 1.21)
    assert np.isnan(returns.loc["poor", "payback_years"])


def test_fewer_users_lower_only_the_lines_by_user(small):
    halved = crm.yearly_costs(crm.at_users(small, 5))
    assert halved["D"].tolist() == [1000, 500, 960]
    assert halved["E"].tolist() == crm.yearly_costs(small)["E"].tolist()


def test_priors_that_say_what_the_offers_say_leave_the_offers_as_they_are(offers):
    sure = [crm.Prior(p.name, 0 if p.name == "price_rise" else 1, 0, 0, "", "") for p in crm.PRIORS]
    sure = tuple(p._replace(likely=p.low, high=p.low + 1e-12) for p in sure)
    drawn = crm.simulate_offers(offers, sure, discount=0.08, draws=3)
    assert drawn.mean().to_dict() == pytest.approx(crm.tco_table(offers, 0.08)["tco_eur"].to_dict(), rel=1e-9)


def test_draws_are_the_same_each_time_and_have_the_mean_of_their_priors(offers):
    drawn = crm.simulate_offers(offers, draws=20_000)
    pd.testing.assert_frame_equal(drawn, crm.simulate_offers(offers, draws=20_000))
    means = {p.name: (p.low + p.likely + p.high) / 3 for p in crm.PRIORS}  # mean of a triangular distribution
    lines = crm.line_costs(offers[offers["offer"] == "A"])  # nothing rented: every line is linear in its priors
    factor = np.where(lines["per_user"], means["users"], 1.0)
    factor = factor * np.where(lines["year"] == 0, means["project"], 1.0)
    running = lines["year"] > 0
    factor = factor * np.where(running & (lines["category"] == "internal_time"), means["own_time"], 1.0)
    factor = factor * np.where(running & (lines["category"] == "exit"), means["exit"], 1.0)
    assert drawn["A"].mean() == pytest.approx(float((lines["cost_eur"] * factor).sum()), rel=0.003)


def test_a_faster_rise_of_the_fee_compounds_over_the_years(small):
    drawn = {(p.name, offer): 1.0 for p in crm.PRIORS for offer in "DE"} | {("price_rise", o): 0.10 for o in "DE"}
    costs = crm._drawn_costs(small, drawn, 0).iloc[0]
    assert costs["D"] == pytest.approx(1000 + 1000 + 1320 * 1.10 + 300)
    assert costs["E"] == 3750


def test_sensitivity_turns_one_cost_at_a_time_and_the_largest_swing_comes_first(offers):
    table = crm.sensitivity(offers, "B", "A")
    assert table.index[0] == "project, A"
    assert table["swing"].abs().is_monotonic_decreasing
    assert "price_rise, A" not in table.index  # A rents nothing
    project = crm.line_costs(offers).query("offer == 'A' and year == 0")["cost_eur"]
    assert table.loc["project, A", "swing"] == pytest.approx(0.75 * project.sum(), rel=1e-9)


def test_the_metrics_of_a_tiny_log_are_those_counted_by_hand():
    when = pd.to_datetime(["2025-03-01", "2025-03-02", "2025-08-01", "2024-12-31"]).tz_localize(ZONE)
    orders = pd.DataFrame({"customer_id": ["C1"] * 4, "ordered_at": when, "category": list("abab")})
    tickets = pd.DataFrame(
        {
            "customer_id": ["C1", "C1", None, "C2"],
            "opened_at": when[[0, 1, 0, 2]],
            "handle_minutes": [10.0, 20.0, 99.0, 5.0],
            "outcome": ["resolved", "resolved_quickly", "resolved", "unresolved"],
            "total_turns": [1, 2, 1, 1],
            "reopened": [False, False, False, False],
        }
    )
    surveys = pd.DataFrame(
        {
            "customer_id": ["C1", "C2", "C2"],
            "sent_at": when[[0, 0, 2]],
            "touchpoint": ["service_case", "delivery", "service_case"],
            "csat": [4.0, 1.0, None],
        }
    )
    log = crm.benefit_log(orders, tickets, surveys, **YEAR, cost_per_minute=0.5)
    rows = {(row.metric, row.customer_id, row.after): row.value for row in log.itertuples()}
    assert rows == {
        ("cross-sale", "C1", False): 1,
        ("cross-sale", "C1", True): 0,
        ("cost per case", "C1", False): 7.5,
        ("cost per case", "C2", True): 2.5,
        ("satisfaction", "C1", False): 4,
        ("first-contact resolution", "C1", False): 0.5,
        ("first-contact resolution", "C2", True): 0,
    }


def test_polars_gives_the_same_effects(tables, log):
    other = crm.benefit_log(*(pl.from_pandas(table) for table in tables), **YEAR, cost_per_minute=0.40)
    assert isinstance(other, pl.DataFrame)
    pd.testing.assert_frame_equal(crm.pilot_effects(other, half(log)), crm.pilot_effects(log, half(log)), rtol=1e-9)


def test_no_system_was_started_and_a_random_half_shows_no_effect(log):
    effects = crm.pilot_effects(log, half(log))
    assert ((effects["low"] < 0) & (effects["high"] > 0)).all()
    assert effects.loc["cross-sale", "change"] < -0.15  # before and after alone would blame it


def test_four_means_make_the_effect(log):
    means = crm.pilot_means(log, half(log), "cross-sale")
    pilot, rest = means.loc["pilot"], means.loc["left alone"]
    by_hand = (pilot["after"] - pilot["before"]) - (rest["after"] - rest["before"])
    assert by_hand == pytest.approx(crm.pilot_effects(log, half(log)).loc["cross-sale", "effect"])
    bought = log[(log["metric"] == "cross-sale") & ~log["after"] & log["customer_id"].isin(half(log))]
    assert pilot["before"] == pytest.approx(bought["value"].mean())


def test_an_effect_that_we_put_in_is_found(log):
    pilot = half(log)
    saved = log.copy()
    helped = saved["metric"].eq("cost per case") & saved["after"] & saved["customer_id"].isin(pilot)
    put_in = -0.15 * saved.loc[helped, "value"].mean()
    saved.loc[helped, "value"] *= 0.85
    before, after = (crm.pilot_effects(frame, pilot).loc["cost per case"] for frame in (log, saved))
    assert after["effect"] - before["effect"] == pytest.approx(put_in)
    assert after["high"] < 0


def test_the_interval_is_the_robust_one_of_a_regression_and_close_to_the_clustered_one(log):
    rows = log[log["metric"] == "cost per case"].assign(pilot=lambda d: d["customer_id"].isin(half(log)).astype(int))
    rows = rows.assign(after=rows["after"].astype(int))
    model, effect = smf.ols("value ~ pilot * after", rows), crm.pilot_effects(log, half(log)).loc["cost per case"]
    robust = model.fit(cov_type="HC2").conf_int().loc["pilot:after"]
    assert effect[["low", "high"]].tolist() == pytest.approx(robust.tolist(), rel=1e-9)
    codes = rows["customer_id"].astype("category").cat.codes.to_numpy()
    clustered = model.fit(cov_type="cluster", cov_kwds={"groups": codes}).conf_int().loc["pilot:after"]
    assert effect["high"] - effect["low"] == pytest.approx(clustered[1] - clustered[0], rel=0.05)


def test_four_of_five_pilots_find_the_smallest_effect(log):
    rows = log[log["metric"] == "cost per case"]
    smallest = crm.pilot_effects(log, half(log)).loc["cost per case", "smallest"]
    people, rng, found = rows["customer_id"].unique(), np.random.default_rng(5), 0
    for _ in range(200):
        pilot = set(rng.choice(people, len(people) // 2, replace=False))
        helped = rows["after"] & rows["customer_id"].isin(pilot)
        found += crm.pilot_effects(rows.assign(value=rows["value"] - smallest * helped), pilot)["high"].iloc[0] < 0
    assert 0.72 <= found / 200 <= 0.88


REFUSALS = [
    (
        lambda o, t: crm.pilot_means(pd.DataFrame({"metric": ["a"], "customer_id": ["C1"]}), [], "sales"),
        "metric 'sales' has no rows in the log; expected one of " + ", ".join(crm.METRICS),
    ),
    (lambda o, t: crm.at_users(o, 0), "users is 0; expected a whole number above 0"),
    (lambda o, t: crm.category_shares(o, [9]), "years [9] hold no cost line; expected years of the offers"),
    (lambda o, t: crm.sensitivity(o, "Z", "D"), "offer 'Z' is unknown; expected one of D, E"),
    (lambda o, t: crm.simulate_offers(o, draws=0), "draws is 0; expected a whole number above 0"),
    (lambda o, t: crm.simulate_offers(o, discount=-1), "discount is -1; expected a number of 0 or more"),
    (
        lambda o, t: crm.simulate_offers(o, (crm.Prior("exit", 2, 1, 3, "", ""),)),
        "prior 'exit' is 2, 1, 3; expected them to rise",
    ),
    (
        lambda o, t: crm.benefit_log(*t, start=2, launch=1, cost_per_minute=1),
        "launch is 1; expected a time after the start, 2",
    ),
    (
        lambda o, t: crm.benefit_log(*t, start=1, launch=2, cost_per_minute=0),
        "cost_per_minute is 0; expected a number above 0",
    ),
]


@pytest.mark.parametrize(("call", "sentence"), REFUSALS, ids=[sentence for _, sentence in REFUSALS])
def test_impossible_input_is_refused_in_one_sentence(call, sentence, small, tables):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        call(small, tables)


def test_a_pilot_without_customers_before_the_launch_is_refused(log):
    with pytest.raises(ValueError, match=r"^cross-sale has 0 customers in pilot before; expected two or more$"):
        crm.pilot_effects(log, {"C99999"})


def test_the_analyses_hand_on_every_formula():
    formulas = importlib.import_module("socialcare.formulas.crm")
    assert set(formulas.__all__) <= set(crm.__all__)
