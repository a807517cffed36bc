"""Surveys by stage, their bias and the money behind them: small tables by hand, planted effects, independent packages."""

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy import stats
from sklearn.linear_model import LinearRegression

from socialcare import datasets, experience
from socialcare.scenarios import nps_interval


@pytest.fixture(scope="module")
def surveys():
    return datasets.load_surveys()


@pytest.fixture(scope="module")
def tickets():
    return datasets.load_tickets()


@pytest.fixture(scope="module")
def joined(surveys):
    return experience.with_spending(surveys, datasets.load_orders(), "2025-01-01", "2026-01-01")


@pytest.fixture(scope="module")
def cases(surveys, tickets):
    return experience.after_the_case(surveys, tickets)


def at(day, hour=12):
    return pd.Timestamp(f"2025-03-{day:02d} {hour:02d}:00", tz=datasets.ZONE)


def answers(nps, stage="use", touchpoint="delivery", silent=0):
    """Invitations of one touch point: one for each score, and some without an answer."""
    scores = [*nps, *[pd.NA] * silent]
    table = pd.DataFrame({"nps": pd.array(scores, dtype="Int64")})
    sent = [at(1)] * len(table)
    table = table.assign(stage=stage, touchpoint=touchpoint, csat=table["nps"] // 2, ces=pd.NA, sent_at=sent)
    table["answered_at"] = table["sent_at"].where(table["nps"].notna())
    return table.assign(customer_id=[f"C{i:05d}" for i in range(len(table))])


def test_counts_are_made_of_the_three_groups():
    counts = experience.score_counts(answers([10, 9, 8, 7, 6, 0], silent=4)).iloc[0]
    assert (counts["asked"], counts["answered"], counts["nps_answers"]) == (10, 6, 6)
    assert (counts["promoters"], counts["passives"], counts["detractors"]) == (2, 2, 2)
    assert (counts["csat_answers"], counts["csat_top"]) == (6, 3)  # 5, 4, 4 | 3, 3, 0


def test_another_frame_gives_the_same_counts(surveys):
    columns = ["stage", "touchpoint", "answered_at", "csat", "ces", "nps"]
    counts = experience.score_counts(pl.from_pandas(surveys[columns]))
    assert isinstance(counts, pl.DataFrame)
    pd.testing.assert_frame_equal(
        counts.to_pandas(), experience.score_counts(surveys), check_dtype=False, check_column_type=False
    )


def test_a_small_cell_is_counted_and_not_scored():
    table = pd.concat([answers([9] * 20 + [3] * 9), answers([9] * 20 + [3] * 10, stage="purchase")])
    cells = experience.life_cycle(table, "nps").set_index("stage")
    assert cells.loc["use", "answers"] == 29
    assert np.isnan(cells.loc["use", "score"])
    assert cells.loc["purchase", "score"] == pytest.approx(100 / 3)
    assert experience.life_cycle(table, "nps", least=29)["score"].notna().all()


def test_answers_of_one_kind_get_no_interval_and_no_score():
    assert experience.life_cycle(answers([9] * 40), "nps")["score"].isna().all()


def test_a_touch_point_that_does_not_ask_is_not_counted_as_silent():
    silent = answers([], touchpoint="service_case", silent=50)
    table = pd.concat([answers([9] * 20 + [3] * 20, silent=10), silent], ignore_index=True)
    row = experience.life_cycle(table, "nps", ["stage"]).iloc[0]
    assert (row["asked"], row["answers"]) == (50, 40)


def test_stages_stand_in_the_order_of_the_life_cycle_and_nps_rises_along_it(surveys):  # B-21
    table = experience.life_cycle(surveys, "nps", ["stage"])
    assert list(table["stage"]) == list(experience.STAGES)
    assert table["score"].is_monotonic_increasing
    assert table["score"].round().tolist() == [-16, 31, 36, 55]  # datasets/README.md


def test_effort_has_students_interval():
    found = experience.ces_interval([7, 6, 6, 5, 3])
    mean, error = np.mean([7, 6, 6, 5, 3]), stats.sem([7, 6, 6, 5, 3])
    assert (found.low, found.high) == pytest.approx(stats.t.interval(0.95, 4, mean, error))
    assert (found.value, found.n) == (5.4, 5)


def case_tables():
    surveys = pd.DataFrame({"survey_id": ["S1", "S2", "S3", "S4"], "ticket_id": ["T1", "T2", "T3", "T4"]})
    surveys = surveys.assign(sent_at=[at(5), at(2), at(9), at(4)], answered_at=pd.NaT, customer_id="C1")
    surveys = surveys.assign(**{measure: pd.array([pd.NA] * 4, dtype="Int64") for measure in ("csat", "ces", "nps")})
    tickets = pd.DataFrame({"ticket_id": ["T1", "T2", "T3", "T4"], "outcome": "resolved"})
    tickets["resolved_at"] = [at(4), at(3), pd.NaT, at(4)]
    return surveys, tickets.assign(customer_id="C1", opened_at=at(1), first_human_reply_at=at(1, 18))


def test_early_surveys_are_found_by_rule_and_open_cases_are_among_them():
    found = experience.too_early(*case_tables())
    assert dict(zip(found["survey_id"], found["why"], strict=True)) == {
        "S2": "sent before the resolution",
        "S3": "case still open",  # S4 was sent at the resolution: in time
    }


def test_the_year_has_twelve_early_surveys(surveys, tickets):  # B-23
    assert experience.too_early(surveys, tickets)["why"].value_counts().to_dict() == {
        "sent before the resolution": 8,
        "case still open": 4,
    }


def test_early_surveys_are_left_out_of_the_cases():
    cases = experience.after_the_case(*case_tables())
    assert list(cases["survey_id"]) == ["S1", "S4"]
    assert cases["reply_hours"].tolist() == [6, 6]


def test_the_disappointed_answer_less(cases):  # B-22
    response = experience.response_by(cases)
    assert list(response.index) == ["resolved_quickly", "resolved", "unresolved"]
    assert response["high"]["resolved"] < response["low"]["resolved_quickly"]
    assert response["high"]["unresolved"] < response["low"]["resolved"]


def test_a_group_with_few_answers_gets_counts_and_no_score(cases):
    response = experience.response_by(cases)
    assert response.loc["unresolved", ["answers", "satisfied"]].tolist() == [18, 6]
    assert response["csat"].notna().tolist() == [True, True, False]
    assert experience.response_by(cases, least=18).loc["unresolved", "csat"] == pytest.approx(6 / 18)


def test_reweighting_counts_each_group_by_how_many_were_asked():
    asked = {"good": (10, 8, 8), "bad": (10, 2, 0)}  # asked, answered, satisfied
    rows = [
        {"outcome": name, "csat": 5 if i < top else 1 if i < said else None}
        for name, (n, said, top) in asked.items()
        for i in range(n)
    ]
    cases = pd.DataFrame(rows).astype({"csat": "Int64"})
    assert cases["csat"].ge(4).sum() / cases["csat"].notna().sum() == 0.8
    found = experience.reweighted(cases, resamples=50)
    assert (found.value, found.n) == (0.5, 10)
    readings = experience.csat_readings(cases).set_index("method")
    assert readings["csat"].round(6).tolist()[:2] == [0.8, 0.5]
    assert readings.loc["bounds for everybody asked", ["low", "high"]].tolist() == [8 / 20, 18 / 20]


def test_averages_of_answers_flatter(cases):
    observed = experience.csat(int(cases["csat"].ge(4).sum()), int(cases["csat"].notna().sum()))
    corrected = experience.reweighted(cases, resamples=200)
    low, high = experience.share_bounds(int(cases["csat"].ge(4).sum()), int(cases["csat"].notna().sum()), len(cases))
    assert low < corrected.low < corrected.value < observed < high
    by_hand = experience.response_by(cases)
    assert corrected.value == pytest.approx(
        (by_hand["asked"] * by_hand["satisfied"] / by_hand["answers"]).sum() / by_hand["asked"].sum()
    )


def test_spending_looks_forward_from_the_answer(joined, surveys):
    orders = datasets.load_orders()
    assert joined["customer_id"].is_unique
    someone = joined[joined["spend_eur"] > 0].iloc[0]
    own = orders[orders["customer_id"] == someone["customer_id"]]
    assert someone["spend_eur"] == pytest.approx(own.loc[own["ordered_at"] >= "2025-01-01", "amount_eur"].sum())
    assert (joined["answered_at"] < pd.Timestamp("2025-01-01", tz=datasets.ZONE)).all()
    assert len(joined) == (surveys["nps"].notna() & (surveys["answered_at"] < "2025-01-01")).sum()


def test_churn_is_the_one_of_the_customers_table(joined):
    churned = datasets.load_customers().set_index("customer_id")["churned_on"].notna()
    assert (joined.set_index("customer_id")["churned"] == churned.reindex(joined["customer_id"])).all()


def test_scores_and_spending_go_together_moderately(joined):  # B-20
    found = experience.correlation(joined["nps"], joined["spend_eur"])
    assert round(found.value, 2) == 0.27
    z = np.arctanh(found.value) + np.array([-1, 1]) * stats.norm.ppf(0.975) / np.sqrt(found.n - 3)  # Fisher, by hand
    assert (found.low, found.high) == pytest.approx(tuple(np.tanh(z)))


def test_the_slope_with_tenure_held_is_that_of_scikit_learn(joined):
    found = experience.effects(joined, "spend_eur", ["nps", "tenure_years"])
    fitted = LinearRegression().fit(joined[["nps", "tenure_years"]].astype(float), joined["spend_eur"])
    assert found["effect"].tolist() == pytest.approx(fitted.coef_.tolist())
    assert (found["low"] < found["effect"]).all()
    assert (found["effect"] < found["high"]).all()


def test_the_interval_of_a_slope_allows_unequal_spread(joined):  # HC3 by hand: residuals over one less the leverage
    design = np.column_stack([np.ones(len(joined)), joined["nps"].astype(float)])
    inverse = np.linalg.inv(design.T @ design)
    residuals = joined["spend_eur"] - design @ inverse @ design.T @ joined["spend_eur"].to_numpy()
    weights = (residuals / (1 - np.einsum("ij,jk,ik->i", design, inverse, design))) ** 2
    error = np.sqrt((inverse @ (design.T * weights.to_numpy()) @ design @ inverse)[1, 1])
    found = experience.effects(joined, "spend_eur", ["nps"]).loc["nps"]
    assert (found["high"] - found["low"]) / 2 == pytest.approx(stats.norm.ppf(0.975) * error)


def test_a_standardised_effect_of_one_column_is_the_correlation(joined):
    found = experience.effects(joined, "spend_eur", ["nps"], standardised=True)
    assert found.loc["nps", "effect"] == pytest.approx(experience.correlation(joined["nps"], joined["spend_eur"]).value)


def test_what_was_spent_before_explains_part_of_the_score(joined):
    table = experience.euros_per_point(joined)
    alone, held = table.loc["score alone", "effect"], table.loc["tenure and earlier spending held"]
    assert alone == pytest.approx(stats.linregress(joined["nps"].astype(float), joined["spend_eur"]).slope)
    assert 0 < held["low"] < held["effect"] < 0.7 * alone


def test_churn_falls_from_detractors_to_promoters(joined):
    table = experience.churn_by_group(joined)
    assert list(table.index) == ["detractor", "passive", "promoter"]
    assert table["share"].is_monotonic_decreasing
    assert table["customers"].sum() == len(joined)


def test_outranks_counts_ties_half():
    assert experience.outranks(pd.Series([1, 2]), pd.Series([2, 3])) == 0.125


def test_a_gap_is_the_difference_of_means_with_welchs_interval():
    a, b = pd.Series([10.0, 12, 14, 20]), pd.Series([1.0, 3, 2])
    found = experience.gap(a, b)
    assert (found.value, found.n) == (12, 7)
    error = np.sqrt(a.var() / 4 + b.var() / 3)
    freedom = error**4 / ((a.var() / 4) ** 2 / 3 + (b.var() / 3) ** 2 / 2)  # Welch and Satterthwaite
    assert (found.low, found.high) == pytest.approx(stats.t.interval(0.95, freedom, 12, error))


def test_groups_of_scores():
    scores = pd.Series([0, 6, 7, 8, 9, 10, None])
    assert experience.nps_groups(scores).dropna().tolist() == [
        "detractor", "detractor", "passive", "passive", "promoter", "promoter",
    ]  # fmt: skip


def test_the_scenario_says_what_the_formulas_give():
    numbers = nps_interval.figure(answers=200, promoters=60, detractors=20, response=25)["numbers"]
    low, high = experience.nps_interval(120, 40, 40)
    lowest, highest = experience.nps_bounds(120, 40, 40, 800)
    assert numbers == pytest.approx(
        {"nps": 40, "low": low, "high": high, "lowest": lowest, "highest": highest, "asked": 800, "answers_needed": 984}
    )  # 984: 1.95996² (0.8 - 0.4²) / 0.05² = 983.5


def test_the_story_of_the_default_is_that_silence_weighs_more_than_chance():
    numbers = nps_interval.figure()["numbers"]
    assert numbers["high"] - numbers["low"] < 20
    assert numbers["lowest"] < -40
    assert numbers["highest"] > 70


def test_a_full_response_leaves_nothing_open():
    spec = nps_interval.figure(response=100)
    assert spec["numbers"]["lowest"] == spec["numbers"]["highest"] == spec["numbers"]["nps"]
    assert "Everybody answered, so nobody is left out." in spec["headline"]


def test_detractors_beyond_the_rest_are_cut_and_told():
    spec = nps_interval.figure(answers=100, promoters=75, detractors=50)
    assert spec["numbers"]["nps"] == 50
    assert "the rest is cut" in spec["headline"]
    assert "the rest is cut" not in nps_interval.figure()["headline"]


@pytest.mark.parametrize(("answers", "said"), [(10, True), (20, True), (30, False), (300, False)])
def test_a_handful_of_answers_is_named_as_such(answers, said):
    assert ("Below 30 answers the interval is too narrow" in nps_interval.figure(answers=answers)["headline"]) == said


def test_two_cells_are_compared_by_the_interval_of_their_difference():
    first, second = (experience.score_counts(answers(a)).iloc[0] for a in ([10] * 60 + [5] * 40, [9] * 30 + [7] * 70))
    gap = experience.nps_gap(first, second)
    assert gap == (20 - 30, *experience.nps_difference_interval((60, 0, 40), (30, 70, 0)), 200)
    assert gap.low < 0 < gap.high


def test_the_silent_are_compared_with_those_who_answered():
    surveys = answers([9, 3], silent=2)
    surveys = pd.concat([surveys, surveys.tail(1).assign(answered_at=at(2))])  # C00003 answered a second invitation
    late = surveys.iloc[[2]].assign(customer_id="C00009", answered_at=at(6))  # answered when the period had begun
    surveys = pd.concat([surveys, late])
    bought = pd.DataFrame(
        {
            "customer_id": ["C00000", "C00001", "C00001", "C00002", "C00003", "C00000", "C00002"],
            "ordered_at": [at(10), at(11), at(20), at(12), at(13), at(2), at(30)],  # the last two: too soon, too late
            "amount_eur": [30.0, 20.0, 40.0, 10.0, 60.0, 500.0, 500.0],
        }
    )
    gap = experience.silence_gap(surveys, bought, "2025-03-05", "2025-03-30 12:00")
    assert gap.value == pytest.approx((30 + 60 + 60) / 3 - (10 + 0) / 2)
    assert gap.n == 5
    spread = stats.ttest_ind([30, 60, 60], [10, 0], equal_var=False).confidence_interval()
    assert (gap.low, gap.high) == pytest.approx((spread.low, spread.high))


def test_those_who_answered_spend_more_than_the_silent(surveys):
    gap = experience.silence_gap(surveys, datasets.load_orders(), "2025-01-01", "2026-01-01")
    assert gap.n == 1000  # invitations of the wave of 2024, one to a person
    assert 0 < gap.low < gap.value < gap.high


def _orders():
    return pd.DataFrame({"customer_id": ["C00000"], "ordered_at": [at(1)], "amount_eur": [10.0]})


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: experience.life_cycle(answers([9]), "smile"), "measure is 'smile'; expected one of csat, ces, nps"),
        (lambda: experience.life_cycle(answers([9]), "ces"), "ces has no answers; expected at least one"),
        (lambda: experience.life_cycle(answers([9]), least=0), "least is 0; expected a whole number above 0"),
        (lambda: experience.ces_interval([5]), "ratings has 1 answers; expected at least 2"),
        (
            lambda: experience.too_early(case_tables()[0], case_tables()[1].iloc[1:]),
            "ticket_id T1 of a survey is not in tickets",
        ),
        (
            lambda: experience.too_early(case_tables()[0].assign(ticket_id=pd.NA), case_tables()[1]),
            "surveys has no invitation with a ticket_id",
        ),
        (
            lambda: experience.response_by(experience.after_the_case(*case_tables()), "mood"),
            "column 'mood' is not in cases",
        ),
        (
            lambda: experience.response_by(experience.after_the_case(*case_tables()), least=0),
            "least is 0; expected a whole number above 0",
        ),
        (
            lambda: experience.reweighted(experience.after_the_case(*case_tables())),
            "outcome resolved has no answer; expected at least one in each group",
        ),
        (
            lambda: experience.with_spending(answers([9]), _orders(), "2025-02-01", "2025-12-01"),
            "no NPS answer was given before 2025-02-01",
        ),
        (
            lambda: experience.with_spending(answers([9]), _orders(), "2025-12-01", "2025-12-01"),
            "end is 2025-12-01; expected a time after start, 2025-12-01",
        ),
        (
            lambda: experience.silence_gap(answers([9, 8]), _orders(), "2025-12-01", "2025-12-01"),
            "end is 2025-12-01; expected a time after start, 2025-12-01",
        ),
        (
            lambda: experience.silence_gap(answers([9, 8], silent=1), _orders(), "2025-05-01", "2025-12-01"),
            "2 answered and 1 were silent before 2025-05-01; expected two of each",
        ),
        (lambda: experience.correlation(pd.Series([1, 2, 3]), pd.Series([1, 2, 3])), "3 pairs of values; expected at"),
        (
            lambda: experience.effects(pd.DataFrame({"y": range(19), "x": range(19)}), "y", ["x"]),
            "19 complete rows; expected at least 20, ten for each coefficient",
        ),
        (
            lambda: experience.effects(pd.DataFrame({"y": range(20), "x": 1}), "y", ["x"]),
            "column 'x' has one value only; expected one that varies",
        ),
    ],
)
def test_impossible_input_is_refused_with_one_sentence(call, words):
    with pytest.raises(ValueError, match="^" + words.replace("(", r"\(")):
        call()


@pytest.mark.parametrize(("days", "churned"), [(experience.CHURN_DAYS, False), (experience.CHURN_DAYS + 1, True)])
def test_an_order_on_the_first_of_the_last_days_is_no_churn(days, churned):
    end = pd.Timestamp("2026-01-01", tz=datasets.ZONE)
    times = [pd.Timestamp("2024-05-01", tz=datasets.ZONE), end - pd.Timedelta(days=days)]
    orders = pd.DataFrame({"customer_id": "a", "ordered_at": times, "amount_eur": 9.0})
    asked = pd.DataFrame({"customer_id": ["a"], "nps": [9], "answered_at": [times[0] + pd.Timedelta(days=9)]})
    assert experience.with_spending(asked, orders, "2025-01-01", "2026-01-01")["churned"].tolist() == [churned]
