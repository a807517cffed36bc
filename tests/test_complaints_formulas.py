"""The complaint tree against its reference values, a simulation person by person, and its own break-evens."""

import re

import numpy as np
import pytest

from socialcare import complaints, datasets
from socialcare.formula_sheet import formula
from socialcare.formulas import complaints as formulas

COSTS = {"value": 1100 / 3, "contact_cost": 6, "redress_cost": 12, "word_of_mouth": 0.04 * 1100 / 3}


@pytest.fixture
def teaching():
    return complaints.teaching_default()


def test_the_teaching_default_gives_the_reference_loss(teaching):  # reference C16
    tree = complaints.complaint_tree(teaching)
    people = {name: tree[name] for name in ("problems", "silent", "complained", "left", "legal")}
    assert people == pytest.approx({"problems": 2500, "silent": 1125, "complained": 1000, "left": 325, "legal": 50})
    assert tree["total_eur"] == pytest.approx(290341.6666667, rel=1e-10)


def test_the_lines_of_the_loss_are_those_of_the_hand_calculation(teaching):
    tree = complaints.complaint_tree(teaching)
    # lost: 1125 × .35 + 1000 × .309 + 325 + 50 × .80 = 1,067.75; anyway 2500 × .15 = 375
    assert (tree["lost"], tree["lost_anyway"]) == pytest.approx((1067.75, 375))
    assert tree["unhappy"] == pytest.approx(725)  # 325 left, 400 complaints failed
    lines = [tree[f"{name}_eur"] for name in ("customers_lost", "word_of_mouth", "contacts", "redress", "legal")]
    assert lines == pytest.approx([692.75 * 1100 / 3, 29 * 1100 / 3, 6000, 7200, 12500])
    assert sum(lines) == pytest.approx(tree["total_eur"])


def test_the_improved_case_and_the_return_on_it(teaching):  # reference C16
    better = complaints.complaint_tree({**teaching, "resolution_rate": 0.80, "quick_share": 0.75})["total_eur"]
    before = complaints.complaint_tree(teaching)["total_eur"]
    assert better == pytest.approx(249108.3333333, rel=1e-10)
    assert complaints.break_even_investment(before, better) == pytest.approx(41233.3333333)
    assert complaints.return_on_complaint_management(before, better, 20000) == pytest.approx(106.1666667)
    assert complaints.return_on_complaint_management(before, better, before - better) == pytest.approx(0)


@pytest.mark.parametrize("coming_back", [0, 0.10])  # of those who left: the least and the most
def test_a_simulation_person_by_person_comes_to_the_same_loss(teaching, coming_back):
    v, rng = {**teaching, "stay_left": coming_back}, np.random.default_rng(7)
    n = 500_000
    ways = [v["complain_share"], v["leave_share"], v["legal_share"]]
    way = np.where(rng.random(n) < v["problem_share"], rng.choice(4, n, p=[*ways, 1 - sum(ways)]), -1)
    solved = (way == 0) & (rng.random(n) < v["resolution_rate"])
    quick = solved & (rng.random(n) < v["quick_share"])
    chance = np.select(
        [quick, solved, way == 0, way == 1, way == 2, way == 3],
        [v["stay_quick"], v["stay_resolved"], v["stay_unresolved"], v["stay_left"], v["stay_legal"], v["stay_silent"]],
    )
    gone = (way >= 0) & (rng.random(n) >= chance)
    gone_anyway = (way >= 0) & (rng.random(n) >= v["stay_no_problem"])
    unhappy = (way == 1) | ((way == 0) & ~solved)
    told_away = rng.poisson(v["tellings"] * v["loss_per_telling"], n)[unhappy].sum()
    loss = (gone.sum() - gone_anyway.sum() + told_away) * v["value"]
    loss += (way == 0).sum() * v["contact_cost"] + solved.sum() * v["redress_cost"]
    loss += (way == 2).sum() * v["legal_cost"]
    assert loss / n == pytest.approx(complaints.complaint_tree(v)["total_eur"] / v["customers"], rel=0.03)


def test_the_break_even_resolution_rate_of_the_teaching_default(teaching):
    assert complaints.break_even_resolution(0.885, 0.40, 0.65, **COSTS) == pytest.approx(0.622345, abs=5e-7)  # D3
    answer = complaints.encouragement(teaching)
    assert answer["break_even_rate"] == pytest.approx(112.33333333 / 180.5)  # by hand
    assert answer["gain_eur"] == pytest.approx(-4.0333333333)


@pytest.mark.parametrize("preset", [complaints.teaching_default, complaints.tarp_preset])
def test_encouraging_gains_nothing_exactly_at_its_three_break_evens(preset):
    values = preset()
    answer = complaints.encouragement(values)
    at = {**values, "resolution_rate": answer["break_even_rate"]}
    assert complaints.encouragement(at)["gain_eur"] == pytest.approx(0, abs=1e-9)
    silent = {**values, "stay_silent": answer["break_even_loyalty"]}
    assert complaints.encouragement(silent)["gain_eur"] == pytest.approx(0, abs=1e-9)
    above, below = ({**at, "resolution_rate": at["resolution_rate"] + step} for step in (0.01, -0.01))
    assert complaints.encouragement(above)["gain_eur"] > 0 > complaints.encouragement(below)["gain_eur"]


def test_one_more_complaint_changes_the_years_loss_by_the_gain(teaching):
    one = 1 / (teaching["customers"] * teaching["problem_share"])
    before, after = (
        complaints.complaint_tree({**teaching, "complain_share": teaching["complain_share"] + step})["total_eur"]
        for step in (0, one)
    )
    assert before - after == pytest.approx(complaints.encouragement(teaching)["gain_eur"])


def test_without_the_paradox_the_bar_is_higher(teaching):
    capped = complaints.without_paradox(teaching)
    assert (capped["stay_quick"], capped["stay_resolved"]) == (0.85, 0.85)
    assert complaints.encouragement(capped)["break_even_rate"] == pytest.approx(112.33333333 / 167.66666667)  # .670
    assert teaching["stay_quick"] == 0.92  # the input is left alone


@pytest.mark.parametrize(("redress", "abuse"), [(12, 0.927273), (50, 0.696970), (120, 0.272727), (165, 0)])
def test_the_abuse_that_a_generous_policy_bears(redress, abuse):  # claim check B05: ΔS .45, V 366.67
    assert complaints.break_even_abuse(redress, 0.45, 1100 / 3) == pytest.approx(abuse, abs=5e-7)
    assert complaints.break_even_redress(max(abuse, 0), 0.45, 1100 / 3) == pytest.approx(redress, abs=1e-3)


def test_redress_above_its_worth_never_pays():
    assert complaints.break_even_abuse(200, 0.45, 1100 / 3) < 0


def test_a_solution_that_is_worth_nothing_has_no_break_even(teaching):
    worthless = {**teaching, "stay_quick": 0.4, "stay_resolved": 0.4, "redress_cost": 50}
    assert complaints.encouragement(worthless)["break_even_rate"] is None
    with pytest.raises(
        ValueError, match=r"a solved case is worth -35\.3333 EUR more than an unsolved one; expected more"
    ):
        complaints.break_even_resolution(0.4, 0.4, 0.65, **{**COSTS, "redress_cost": 50})


def test_no_rate_divides_a_solved_case_from_a_failed_one_that_costs_the_same():
    alike = {**COSTS, "redress_cost": 5, "word_of_mouth": 5}
    with pytest.raises(ValueError, match="a solved case is worth 0 EUR more than an unsolved one"):
        complaints.break_even_resolution(0.4, 0.4, 0.65, **alike)


def test_every_assumption_has_a_range_around_its_value_and_a_source():
    known = set(datasets.load_benchmarks()["id"])
    for row in (*complaints.ASSUMPTIONS, *complaints.TARP):
        assert row.low <= row.value <= row.high, row.name
        assert all((row.source, row.meaning, row.unit)), row.name
        named = re.findall(r"\b[a-z]+(?:_[a-z0-9]+){2,}\b", row.source)
        assert set(named) <= known, row.name


def test_the_published_preset_stands_in_the_ranges_of_the_benchmarks():
    table = datasets.load_benchmarks().set_index("id")
    preset = complaints.tarp_preset()
    for name, key in (("stay_quick", "loyal_quick_goodman"), ("stay_resolved", "loyal_resolved_goodman")):
        assert table.loc[key, "low"] <= 100 * preset[name] <= table.loc[key, "high"]
    fall = 100 * (1 - preset["stay_silent"] / preset["stay_no_problem"])
    assert table.loc["loyalty_problem_tarp_2000", "low"] <= fall <= table.loc["loyalty_problem_tarp_2000", "high"]
    failed = 100 * (preset["stay_unresolved"] / preset["stay_silent"] - 1)
    assert failed == pytest.approx(table.loc["loyalty_failed_tarp_2000", "value"])
    assert 100 * preset["complain_share"] == table.loc["complain_frontline_goodman", "value"]


def _tree(**change):
    return lambda: complaints.complaint_tree({**complaints.teaching_default(), **change})


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (_tree(customers=-1), "customers is -1; expected a number of 0 or more"),
        (_tree(problem_share=25), "problem_share is 25; expected a share from 0 to 1"),
        (_tree(leave_share=0.7), "complain_share + leave_share + legal_share is 1.12; expected at most 1"),
        (_tree(mood=1), "assumption 'mood' is unknown; expected one of customers, problem_share"),
        (lambda: complaints.complaint_tree({"customers": 5}), "assumption 'problem_share' is missing; start from"),
        (lambda: complaints.stay_if_resolved(1.2, 0.9, 0.8), "quick_share is 1.2; expected a share from 0 to 1"),
        (lambda: complaints.stay_if_resolved(0.2, 9, 0.8), "stay_quick is 9; expected a share from 0 to 1"),
        (lambda: complaints.stay_if_resolved(0.2, 0.9, 8), "stay_resolved is 8; expected a share from 0 to 1"),
        (lambda: complaints.stay_if_complained(60, 0.9, 0.4), "resolution_rate is 60; expected a share from 0 to 1"),
        (lambda: complaints.stay_if_complained(0.6, 0.9, -0.4), "stay_unresolved is -0.4; expected a share from 0"),
        (lambda: complaints.word_of_mouth_cost(-1, 0.02, 9), "tellings is -1; expected a number of 0 or more"),
        (lambda: complaints.word_of_mouth_cost(2, 2, 9), "loss_per_telling is 2; expected a share from 0 to 1"),
        (lambda: complaints.word_of_mouth_cost(2, 0.02, -9), "value is -9; expected a number of 0 or more"),
        (
            lambda: complaints.encouragement_gain(0.6, 0.9, 0.4, 65, **COSTS),
            "stay_silent is 65; expected a share from 0 to 1",
        ),
        (
            lambda: complaints.encouragement_gain(0.6, 0.9, 0.4, 0.65, **{**COSTS, "value": 0}),
            "value is 0; expected a number above 0",
        ),
        (
            lambda: complaints.break_even_resolution(0.9, 0.4, 0.65, **{**COSTS, "contact_cost": -6}),
            "contact_cost is -6; expected a number of 0 or more",
        ),
        (
            lambda: complaints.break_even_silent_loyalty(0.6, 0.9, 0.4, **{**COSTS, "redress_cost": -6}),
            "redress_cost is -6; expected a number of 0 or more",
        ),
        (lambda: complaints.break_even_abuse(-1, 0.4, 300), "redress_cost is -1; expected a number of 0 or more"),
        (lambda: complaints.break_even_abuse(12, 0, 300), "stay_gain is 0; expected a number above 0"),
        (lambda: complaints.break_even_redress(2, 0.4, 300), "abuse_share is 2; expected a share from 0 to 1"),
        (lambda: complaints.break_even_redress(0.1, 0.4, 0), "value is 0; expected a number above 0"),
        (lambda: complaints.break_even_investment(-5, 3), "loss_before is -5; expected a number of 0 or more"),
        (lambda: complaints.return_on_complaint_management(9, 5, 0), "programme_cost is 0; expected a number above 0"),
    ],
)
def test_impossible_input_is_refused_in_one_sentence(call, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        call()


def test_every_public_formula_states_its_equation_and_its_refusals():
    plain = {"ASSUMPTIONS", "TARP", "teaching_default", "tarp_preset", "without_paradox"}  # data and presets
    for name in set(formulas.__all__) - plain:
        function = getattr(formulas, name)
        assert formula(function).startswith("$$\\text{"), name
        assert "ValueError" in function.__doc__, name
