"""A firm's own cases: counted by hand on a small log, alike on other frames, with intervals and stated priors."""

import re

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy import stats

from socialcare import complaints, datasets
from socialcare.formulas.wording import euros
from socialcare.scenarios import complaint_tree

# type, outcome, stayed, minutes, redress
CASES = [
    ("complaint", "resolved_quickly", True, 10.0, 5.0),
    ("incident", "resolved_quickly", False, 6.0, 0.0),
    ("billing", "resolved", True, 8.0, 7.0),
    ("complaint", "unresolved", False, 12.0, 20.0),
    ("complaint", "open", True, 0.0, 0.0),
    ("complaint", "resolved", None, 4.0, 0.0),  # the 90 days are not over
    ("query", "resolved_quickly", True, 1.0, 0.0),  # no problem
]


@pytest.fixture
def tickets():
    table = pd.DataFrame(CASES, columns=["type", "outcome", "stayed_90_days", "handle_minutes", "redress_eur"])
    return table.astype({"stayed_90_days": "boolean"})


@pytest.fixture(scope="module")
def course():
    return datasets.load("tickets"), datasets.load("orders")


def test_only_problems_whose_90_days_are_over_are_counted(tickets):
    table = complaints.case_outcomes(tickets).set_index("outcome")
    assert table["cases"].to_dict() == {"open": 1, "resolved": 1, "resolved_quickly": 2, "unresolved": 1}
    assert table["stayed"].to_dict() == {"open": 1, "resolved": 1, "resolved_quickly": 1, "unresolved": 0}


def test_an_open_case_counts_as_not_resolved(tickets):
    shares = complaints.own_shares(complaints.case_outcomes(tickets))
    assert tuple(shares.loc["resolution_rate", ["count", "n"]]) == (3, 5)
    assert tuple(shares.loc["stay_unresolved", ["count", "n"]]) == (1, 2)
    assert tuple(shares.loc["quick_share", ["count", "n"]]) == (2, 3)


@pytest.mark.parametrize(
    ("convert", "back"),
    [
        (pl.from_pandas, lambda table: table.to_pandas()),
        (lambda table: pl.from_pandas(table).lazy(), lambda table: table.collect().to_pandas()),
        (duckdb.from_df, lambda table: table.df()),
    ],
    ids=["polars", "polars-lazy", "duckdb"],
)
def test_other_frames_give_the_same_counts(course, convert, back):
    tickets, orders = course
    columns = ["ticket_id", "order_id", "type", "outcome", "stayed_90_days"]
    small = tickets[columns].astype({"stayed_90_days": "object"})
    ours = complaints.case_outcomes(tickets)
    pd.testing.assert_frame_equal(back(complaints.case_outcomes(convert(small))), ours, check_dtype=False)
    log = orders[["order_id", "customer_id", "ordered_at"]]
    calm = back(complaints.stay_without_problem(convert(log), convert(small), "2025-01-01"))
    expected = complaints.stay_without_problem(orders, tickets, "2025-01-01")
    assert calm.astype(int).to_dict("records") == expected.astype(int).to_dict("records")


def test_orders_without_a_problem_are_followed_up_for_94_days():
    zone = datasets.ZONE
    orders = pd.DataFrame(
        {
            "order_id": ["a", "b", "c", "d", "e", "f"],
            "customer_id": ["x", "x", "x", "y", "y", "z"],
            "ordered_at": pd.to_datetime(
                ["2025-04-01", "2025-07-04", "2025-11-01", "2025-02-01", "2025-02-10", "2024-12-31"]
            ).tz_localize(zone),
        }
    )
    cases = pd.DataFrame({"order_id": ["e", "d"], "type": ["complaint", "query"]})
    # a: 94 days to b, to the hour; b: too long; c: no next order; d: a query is no problem; e has a case; f lies before the start
    row = complaints.stay_without_problem(orders, cases, "2025-01-01", pd.Timestamp("2027-01-01", tz=zone)).iloc[0]
    assert (row["orders"], row["stayed"]) == (4, 2)


def test_a_follow_up_that_cannot_end_is_refused(course):
    tickets, orders = course
    with pytest.raises(ValueError, match="expected more than 94 days after start"):
        complaints.stay_without_problem(orders, tickets, "2025-12-01")


def test_wilson_matches_the_reference_and_its_own_formula():
    found = complaints.wilson(81, 263)
    assert (found.low, found.high) == pytest.approx((0.2553, 0.3662), abs=5e-5)  # reference C6
    z, p, n = stats.norm.ppf(0.975), 81 / 263, 263
    half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    assert (found.low, found.high) == pytest.approx((centre - half, centre + half), rel=1e-9)


def test_churn_by_service_calls_in_a_public_teaching_data_set():
    # reference C18: table mlc_churn of the R package modeldata, 5,000 rows; counts of churned customers
    few, many = complaints.wilson(506, 4601), complaints.wilson(201, 399)
    assert (few.share, many.share) == pytest.approx((0.1100, 0.5038), abs=5e-5)
    assert few.high < many.low


def test_the_course_data_have_no_recovery_paradox(course):
    tickets, orders = course
    shares = complaints.own_shares(complaints.case_outcomes(tickets))
    calm = complaints.stay_without_problem(orders, tickets, "2025-01-01").iloc[0]
    calm = complaints.wilson(calm["stayed"], calm["orders"])
    assert calm.share == pytest.approx(0.87, abs=0.005)  # planted effect B-02
    assert shares.loc["stay_quick", "share"] == pytest.approx(0.78, abs=0.005)  # planted effect B-02
    assert shares.loc["stay_quick", "high"] < calm.low
    assert shares["share"].between(shares["low"], shares["high"]).all()


@pytest.fixture(scope="module")
def brisa(course):
    return complaints.own_assumptions(*course, start="2025-01-01", value=242, cost_per_minute=0.40)


def test_a_firms_assumptions_are_its_own_where_its_cases_speak(course, brisa):
    tickets, _ = course
    shares = complaints.own_shares(complaints.case_outcomes(tickets))["share"]
    assert {name: brisa[name] for name in shares.index} == pytest.approx(shares.to_dict())
    assert brisa["value"] == 242
    assert brisa["stay_silent"] == pytest.approx(0.775 * brisa["stay_no_problem"])
    assert brisa["tellings"] == complaints.teaching_default()["tellings"]
    assert complaints.complaint_tree(brisa)["total_eur"] > 0


def test_cafe_brisa_should_not_ask_for_complaints_yet(brisa):
    answer = complaints.encouragement(brisa)
    assert answer["gain_eur"] == pytest.approx(-13.2, abs=0.1)
    assert answer["break_even_rate"] > brisa["resolution_rate"] + 0.1
    both = complaints.encouragement({**brisa, "resolution_rate": 0.92, "quick_share": 0.75})
    assert both["gain_eur"] > 0


def test_the_ranges_of_a_firm_hold_its_values(course, brisa):
    shares = complaints.own_shares(complaints.case_outcomes(course[0]))
    rows = {row.name: row for row in complaints.own_ranges(brisa, shares)}
    for name in (*shares.index, "stay_silent", "contact_cost", "redress_cost", "value"):
        assert rows[name].low < brisa[name] < rows[name].high
    assert rows["stay_silent"].low == pytest.approx(0.70 * brisa["stay_no_problem"])
    assert rows["stay_quick"].high == shares.loc["stay_quick", "high"]
    assert rows["tellings"] == next(row for row in complaints.ASSUMPTIONS if row.name == "tellings")


def test_the_three_presets_raise_the_bar_in_turn():
    rates = [complaints.encouragement(values)["break_even_rate"] for values in complaints.presets().values()]
    assert rates == pytest.approx([0.622345, 0.669980, 0.831926], abs=5e-7)


def test_costs_of_a_case_are_means_of_the_log(tickets):
    found = complaints.case_costs(tickets, 0.50)
    assert found == pytest.approx({"contact_cost": 0.5 * 40 / 6, "redress_cost": 12 / 4})


def test_the_tornado_shows_both_ends_and_the_largest_swing_first():
    values = complaints.teaching_default()
    table = complaints.tornado(values)
    assert table.index[0] == "resolution_rate"
    assert table["swing"].abs().is_monotonic_decreasing
    low = complaints.encouragement({**values, "stay_silent": 0.595})["gain_eur"]
    assert table.loc["stay_silent", "at_low"] == pytest.approx(low)
    assert "customers" not in table.index  # how many there are does not matter for one of them
    total = complaints.tornado(values, "total_eur")
    assert total.loc["customers", "swing"] > 0 > total.loc["resolution_rate", "swing"]


def test_beta_priors_have_the_stated_mean_and_weight():
    a, b = complaints.beta_from_counts(30, 40)
    assert (a, b) == (31, 11)
    a, b = complaints.beta_from_mean(0.65, 40)
    assert a / (a + b) == pytest.approx(0.65)
    assert a + b == pytest.approx(40)


def test_the_simulation_is_repeatable_and_agrees_with_the_exact_mean():
    values = complaints.teaching_default()
    priors = {"resolution_rate": complaints.beta_from_mean(0.6, 50), "stay_silent": complaints.beta_from_mean(0.65, 50)}
    draws = complaints.simulate(values, priors, draws=4000)
    pd.testing.assert_frame_equal(draws, complaints.simulate(values, priors, draws=4000))
    # the gain is linear in each of the two, and they are independent: its mean is the gain at the means
    error = draws["gain_eur"].std() / np.sqrt(len(draws))
    assert draws["gain_eur"].mean() == pytest.approx(complaints.encouragement(values)["gain_eur"], abs=4 * error)
    sd = np.sqrt((180.5 * np.sqrt(0.24 / 51)) ** 2 + (1100 / 3 * np.sqrt(0.65 * 0.35 / 51)) ** 2)
    assert draws["gain_eur"].std() == pytest.approx(sd, rel=0.05)


def test_surer_priors_give_a_narrower_result():
    values = complaints.teaching_default()
    wide, narrow = (
        complaints.simulate(values, {"stay_silent": complaints.beta_from_mean(0.65, worth)}, draws=500)["gain_eur"]
        for worth in (20, 2000)
    )
    assert narrow.std() < wide.std() / 5


def _shares(**counts):
    return pd.DataFrame({"outcome": list(counts), "cases": list(counts.values()), "stayed": 0})


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: complaints.wilson(5, 0), "n is 0; expected a whole number above 0"),
        (lambda: complaints.wilson(5, 4), "count is 5; expected no more than n, 4"),
        (lambda: complaints.wilson(-1, 4), "count is -1; expected a whole number of 0 or more"),
        (lambda: complaints.wilson(1, 4, 95), "confidence is 95; expected a share from 0 to 1"),
        (
            lambda: complaints.own_shares(_shares(solved=3)),
            "outcome 'solved' is unknown; expected one of resolved_quick",
        ),
        (lambda: complaints.own_shares(_shares(resolved=3, unresolved=2)), "stay_quick has no cases below the line"),
        (lambda: complaints.beta_from_counts(5, 4), "count is 5; expected no more than n, 4"),
        (lambda: complaints.beta_from_mean(1, 40), "mean is 1; expected more than 0 and less than 1"),
        (lambda: complaints.beta_from_mean(0.5, 0), "worth is 0; expected a number above 0"),
        (lambda: complaints.tornado(complaints.teaching_default(), "mood"), "of is 'mood'; expected gain_eur or total"),
        (
            lambda: complaints.simulate(complaints.teaching_default(), {"value": (1, 1)}),
            "prior 'value' is no share of the model; expected one of complain_share",
        ),
        (
            lambda: complaints.simulate(complaints.teaching_default(), {"stay_quick": (0, 1)}),
            "prior 'stay_quick' is 0; expected a number above 0",
        ),
        (
            lambda: complaints.simulate(complaints.teaching_default(), {}, draws=0),
            "draws is 0; expected a whole number above 0",
        ),
    ],
)
def test_impossible_input_is_refused_in_one_sentence(call, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        call()


def test_costs_need_a_solved_problem_and_a_wage(tickets):
    with pytest.raises(ValueError, match="tickets has no solved problem; expected at least one"):
        complaints.case_costs(tickets[tickets["outcome"] == "open"], 0.4)
    with pytest.raises(ValueError, match="cost_per_minute is 0; expected a number above 0"):
        complaints.case_costs(tickets, 0)


def test_the_simulator_says_no_at_its_default_and_turns_at_the_break_even():
    spec = complaint_tree.figure()
    assert spec["headline"].startswith("No, do not encourage complaints yet.")
    assert "costs you €4.03" in spec["headline"]
    assert "above a resolution rate of 62.2%" in spec["headline"]
    assert spec["numbers"]["total_loss"] == pytest.approx(290341.6666667)  # reference C16
    rate = 100 * spec["numbers"]["break_even_rate"]
    assert rate == pytest.approx(62.2345337)
    just_below, just_above = (complaint_tree.figure(resolution_rate=rate + step)["headline"] for step in (-0.1, 0.1))
    assert just_below.startswith("No, do not")
    assert just_above.startswith("Yes, encourage complaints.")
    assert complaint_tree.figure(resolution_rate=rate)["headline"].startswith("Neither yes nor no")


def test_the_diamond_lies_where_the_line_crosses_zero():
    line, silence, _, diamond = complaint_tree.figure()["data"]
    assert diamond["y"] == [0] == silence["y"][:1]
    assert np.interp(diamond["x"][0], line["x"], line["y"]) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"stay_silent": 85}, "It would not pay even if you resolved all of them."),
        ({"stay_silent": 30, "stay_unresolved": 60}, "It pays even if you resolve none."),
        ({"stay_resolved": 85}, "It pays above a resolution rate of 67.0%."),
        ({"stay_resolved": 50, "stay_unresolved": 60}, "a solution is worth too little"),
    ],
)
def test_the_headline_says_where_the_answer_turns(values, words):
    assert words in complaint_tree.figure(**values)["headline"]


def test_the_paradox_is_named_only_when_it_is_assumed():
    assert "recovery paradox" in complaint_tree.figure()["headline"]
    assert "recovery paradox" not in complaint_tree.figure(stay_resolved=85)["headline"]


def test_the_table_of_the_simulator_adds_up():
    rows = {row[0]: row[1:] for row in complaint_tree.figure()["table"]["rows"]}
    money = {name: [float(cell.strip("€").replace(",", "")) for cell in cells] for name, cells in rows.items()}
    silent, complains = zip(*money.values(), strict=True)
    for _, kept, *spent, left in (silent, complains):
        assert left == pytest.approx(kept - sum(spent), abs=0.02)


def test_amounts_carry_their_sign_before_the_currency():
    assert euros(-4.0333) == "-€4.03"
    assert euros(1234.5, 0) == "€1,235"
    assert euros(-0.001) == "€0.00"
