"""Parity of service: the planted effects, other frames, an independent package for waits, and what is refused."""

import re

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
from statsmodels.duration.survfunc import SurvfuncRight, survdiff

from socialcare import datasets, parity, parity_charts, service_details
from socialcare.scenarios import parity_verdict


@pytest.fixture(scope="module")
def tickets():
    return datasets.load("tickets")


@pytest.fixture(scope="module")
def customers():
    return datasets.load("customers")


@pytest.fixture(scope="module")
def cases(tickets):
    return parity.answered_within(tickets)


@pytest.fixture(scope="module")
def languages(cases):
    return parity.compare(cases, "language")


@pytest.fixture(scope="module")
def spain(tickets, customers):
    at_home = customers.loc[customers["country"] == "ES", "customer_id"]
    return parity.waits(tickets[tickets["customer_id"].isin(at_home)])


def log(rows):
    """Make a small log of (language, channel, hours to the reply or None, hours before today)."""
    table = pd.DataFrame(rows, columns=["language", "channel", "wait", "age"])
    opened = datasets.TODAY - pd.to_timedelta(table["age"], unit="h")
    replied = opened + pd.to_timedelta(table["wait"], unit="h")
    return table[["language", "channel"]].assign(opened_at=opened, first_human_reply_at=replied)


def test_a_case_without_a_reply_counts_as_not_answered_and_a_fresh_one_does_not_count():
    rows = [("es", "email", 3, 500), ("es", "email", 24, 500), ("es", "email", 25, 500)]
    rows += [("es", "email", None, 500), ("es", "email", None, 10), ("es", "email", 1, 10)]
    table = parity.answered_within(log(rows))
    assert table["answered_in_time"].tolist() == [True, True, False, False]
    assert parity.answered_within(log(rows), 2)["answered_in_time"].tolist() == [False] * 4 + [False, True]


@pytest.mark.parametrize(
    "convert",
    [pl.from_pandas, lambda table: pl.from_pandas(table).lazy(), duckdb.from_df],
    ids=["polars", "polars-lazy", "duckdb"],
)
def test_other_frames_give_the_same_counts(tickets, convert):
    columns = ["language", "channel", "opened_at", "first_human_reply_at"]
    wanted = parity.counts(parity.answered_within(tickets[columns]), ["channel", "language"])
    found = parity.counts(parity.answered_within(convert(tickets[columns])), ["channel", "language"])
    pd.testing.assert_frame_equal(found, wanted, check_dtype=False)


def test_counts_leave_out_who_declared_nothing(cases, customers):
    declared = cases.merge(customers, on="customer_id", suffixes=("", "_of_customer"))
    table = parity.counts(declared, ["gender_declared"])
    assert table["cases"].sum() == declared["gender_declared"].notna().sum() < len(declared)


def test_b04_catalan_and_english_lag_and_the_small_languages_show_nothing(languages):
    assert languages.index[0] == "es"
    assert languages.loc["es", "verdict"] == "reference"
    assert languages["verdict"].to_dict() | {"es": ""} == {
        "es": "",
        "en": "gap shown",
        "ca": "gap shown",
        "fr": "not enough data",
        "pt": "not enough data",
        "de": "not enough data",
    }
    assert abs(languages.loc["pt", "difference"]) < 0.01  # nearly the same share, and still no parity shown


def test_b04_turns_round_with_the_channel_held_equal(cases):
    both = parity.common(cases, "language", "en", "es", stratum="channel")
    assert both.crude_high < 0 < both.low
    rows = parity.by_stratum(cases, "language", "en", "es", stratum="channel")
    assert (rows["difference"].dropna() > 0).all()
    assert rows["share_a"].isna().to_dict() == {
        "email": False,
        "facebook": False,
        "phone": False,
        "twitter": False,
        "webchat": True,  # 24 cases in English
    }


def test_mexico_lags_by_its_mix_of_channels_alone(cases, customers):
    lived = cases.merge(customers[["customer_id", "country"]], on="customer_id")
    both = parity.common(lived, "country", "MX", "ES", stratum="channel", basis="service record")
    assert both.crude_high < 0
    assert -0.03 < both.low < 0 < both.high < 0.03


def test_b03_catalan_waits_longer_on_twitter_and_nowhere_else(spain):
    for channel, rows in spain.groupby("channel"):
        compared = parity.compare_waits(rows, "language", "ca", "es")
        assert (compared.p < 0.01) == (channel == "twitter"), channel
        if channel == "twitter":
            assert compared.median_a > 2 * compared.median_b


def test_waits_inside_the_channels_find_the_one_that_is_late(spain):
    table = parity.waits_by_stratum(spain, "language", "ca", "es", stratum="channel")
    assert list(table.index) == ["email", "facebook", "twitter"]  # under 30 Catalan cases by phone and chat
    assert (table["p_holm"] < 0.05).to_dict() == {"email": False, "facebook": False, "twitter": True}
    assert table.loc["twitter", "p_holm"] == pytest.approx(3 * table.loc["twitter", "p"])


def test_waits_and_their_test_are_those_of_statsmodels(spain):
    rows = spain[(spain["channel"] == "twitter") & spain["language"].isin(["ca", "es"])]
    chi2, p = survdiff(rows["hours"], rows["answered"].astype(int), rows["language"])
    ours = parity.compare_waits(rows, "language", "ca", "es")
    assert ours.p == pytest.approx(p, rel=1e-6)
    assert ours.statistic**2 == pytest.approx(chi2, rel=1e-6)
    catalan = rows[rows["language"] == "ca"]
    curve = SurvfuncRight(catalan["hours"].to_numpy(), catalan["answered"].astype(int).to_numpy())
    drawn = parity.wait_curves(rows, "language", [1, 4, 12, 24, 72])["ca"]
    for hours, share in drawn.items():
        assert share == pytest.approx(curve.surv_prob[curve.surv_times <= hours][-1])
    assert ours.median_a == pytest.approx(curve.quantile(0.5))


def test_an_unanswered_case_lengthens_the_wait_and_is_not_dropped():
    rows = [("ca", "twitter", wait, 900) for wait in (1, 2, 3, None, None, None)]
    table = parity.waits(log(rows))
    assert table["hours"].tolist() == [1, 2, 3, 900, 900, 900]
    assert parity.wait_curves(table, "language", [2.5], smallest=1)["ca"].tolist() == pytest.approx([4 / 6])
    assert parity.compare_waits(table, "language", "ca", "ca").median_a == 3
    assert parity.compare_waits(table.tail(4), "language", "ca", "ca").median_a == float("inf")


def test_b05_a_large_audience_is_answered_sooner_on_twitter_and_not_by_email(tickets, customers):
    known = parity.waits(parity.status_bands(tickets, customers))
    assert known["status"].value_counts().min() > 0.3 * len(known)
    for channel, gap in (("twitter", True), ("email", False)):
        rows = known[known["channel"] == channel]
        compared = parity.compare_waits(rows, "status", "few", "many", basis="service record")
        assert (compared.p < 0.001) == gap, channel


def test_declared_vulnerability_has_no_planted_effect_on_the_wait_and_is_not_compared(cases):
    grouped = cases.groupby("vulnerable_declared")["answered_in_time"].agg(["sum", "count"]).astype(int)
    low, high = parity.newcombe_interval(*grouped.loc[True], *grouped.loc[False])
    assert low < 0 < high
    refusal = r"column 'vulnerable_declared' is refused \(explicit consent\): it can reveal health, and a situation"
    for basis in (None, "declared"):
        with pytest.raises(ValueError, match=refusal):
            parity.compare(cases, "vulnerable_declared", basis=basis)


def test_men_and_women_are_shown_to_be_served_alike(cases, customers):
    declared = cases.merge(customers[["customer_id", "gender_declared"]], on="customer_id")
    table = parity.compare(declared, "gender_declared", reference="woman")
    assert table.loc["man", "verdict"] == "parity shown"
    assert table.loc["non_binary", "verdict"] == "not enough data"
    assert parity.compare(declared, "gender_declared", margin=0.02).loc["man", "verdict"] == "not enough data"


def shares(**groups):
    """Make cases of groups: name=(successes, cases)."""
    rows = [(name, i < good) for name, (good, n) in groups.items() for i in range(n)]
    return pd.DataFrame(rows, columns=["language", "answered_in_time"])


def test_groups_under_thirty_cases_are_not_shown():
    table = parity.compare(shares(es=(70, 100), fr=(20, 29), pt=(21, 30)), "language")
    assert table.loc["fr", "verdict"] == "not shown: too few cases"
    assert table.loc["fr"].drop("verdict").isna().all()
    assert table.loc["pt", "share"] == pytest.approx(0.7)
    assert parity.statement(table, "fr") == "fr: not shown, because there are too few cases."


def test_a_gap_of_one_group_among_many_must_pass_holm():
    groups = {"es": (300, 400), "en": (258, 380)}  # 67.9 % against 75 %, p = 0.03
    alone = parity.compare(shares(**groups), "language")
    assert alone.loc["en", "verdict"] == "gap shown"
    among = parity.compare(shares(**groups, ca=(75, 100), fr=(74, 100), pt=(76, 100)), "language")
    assert among.loc["en", "verdict"] == "not enough data"
    assert among.loc["en", "p_holm"] == pytest.approx(4 * alone.loc["en", "p_holm"])


def test_a_report_says_verdict_share_and_interval(languages):
    assert parity.statement(languages, "es") == "es: 74.5% of 4,202 cases; the others are compared with it."
    assert parity.statement(languages, "fr") == (
        "fr: not enough data. 69.5% of 131 cases, -5.1 points against es (95% interval -13.5 to +2.3)."
    )


def test_the_published_experiment_shows_a_gap():
    (white, sent), (black, also) = parity.CALLBACKS.values()
    assert round(100 * white / sent, 2) == 9.65  # as published
    assert round(100 * black / also, 2) == 6.45
    assert sent + also == 4870
    assert parity.verdict(black, also, white, sent) == parity.SMALL_GAP  # five points are no margin for a share of ten
    assert parity.verdict(black, also, white, sent, 0.02) == parity.GAP


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("religion_of_customer", "is refused (forbidden)"),
        ("origin_from_photo", "an inference counts as the thing itself (GDPR art. 9 and CJEU C-184/20)"),
        ("accessibility_need_declared", "is refused (explicit consent)"),
        ("region", "column 'region' has no basis; expected a column that ends in _declared, one of language"),
    ],
)
def test_a_group_that_nobody_declared_is_refused_with_its_reason(cases, column, words):
    for call in (
        lambda: parity.compare(cases.assign(**{column: "x"}), column),
        lambda: parity.common(cases, column, "a", "b", stratum="channel"),
        lambda: parity.wait_curves(cases, column, [1]),
        lambda: parity.compare_waits(cases, column, "a", "b"),
    ):
        with pytest.raises(ValueError, match=re.escape(words)):
            call()


def test_a_list_of_columns_is_answered_with_yes_or_the_reason():
    answers = parity.may_group(["language", "origin_from_photo", "region"])["may be compared"]
    assert answers["language"] == "yes"
    assert answers["origin_from_photo"].startswith("no: column 'origin_from_photo' is refused (forbidden)")
    assert answers["region"].startswith("no: column 'region' has no basis")


def test_every_language_of_the_cases_has_a_name(cases):
    assert set(cases["language"]) == set(parity.LANGUAGES)


def test_the_verdicts_are_drawn_with_a_mark_of_their_own_against_the_margin(languages):
    rows = languages.dropna(subset="difference")
    figure = parity_charts.verdict_figure(rows, 0.05)
    band = figure.layout.shapes[0]
    assert (band.x0, band.x1) == pytest.approx((-5, 5))
    drawn = {trace.name: (trace.marker.symbol, list(trace.y)) for trace in figure.data}
    assert drawn == {
        "gap shown": ("diamond", ["en", "ca"]),
        "not enough data": ("circle-open", ["fr", "pt", "de"]),
    }
    upper = figure.data[0].x[0] + figure.data[0].error_x.array[0]
    assert upper == pytest.approx(100 * rows.loc["en", "inner_high"])


def test_the_whole_is_drawn_below_its_channels_once_held_equal_and_once_not(cases):
    inside = parity.by_stratum(cases, "language", "en", "es", stratum="channel")
    held = parity.common(cases, "language", "en", "es", stratum="channel")
    rows = parity_charts.strata_rows(inside, held)
    assert list(rows.index) == ["email", "facebook", "phone", "twitter", "same mix of channels", "all cases together"]
    ends = {trace.name: trace.x[0] for trace in parity_charts.strata_figure(rows).data}
    assert ends["all cases together"] < 0 < ends["same mix of channels"]
    assert ends["e-mail"] == pytest.approx(100 * inside.loc["email", "difference"])


def test_a_basis_opens_no_forbidden_column():
    with pytest.raises(ValueError, match="is refused"):
        parity.require_group("ethnic_origin", basis="declared")
    parity.require_group("region", basis="service record")
    for column in ("language", "channel", "device", "gender_declared"):
        parity.require_group(column)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda c: parity.require_group("region", "inferred"), "basis is 'inferred'; expected one of declared, chosen"),
        (lambda c: parity.answered_within(c, 0), "hours is 0; expected a number above 0"),
        (lambda c: parity.compare(c, "language", reference="it"), "reference is 'it'; expected one of ca, de, en"),
        (lambda c: parity.compare(c, "language", reference="de", smallest=60), "reference 'de' has 54 cases; expected 60"),
        (lambda c: parity.compare(c, "language", margin=5), "margin is 5; expected a share above 0 and below 1"),
        (lambda c: parity.counts(c.assign(language=None), ["language"]), "no case has a value for language"),
        (lambda c: parity.common(c, "language", "it", "es", stratum="channel"), "language is 'it'; expected one of ca"),
        (lambda c: parity.compare_waits(parity.waits(c), "language", "it", "es"), "there are no cases; expected"),
        (
            lambda c: parity.waits_by_stratum(parity.waits(c), "language", "it", "es", stratum="channel"),
            "no channel has 30 cases of both it and es; expected at least one",
        ),
        (
            lambda c: parity.common(c[(c["language"] == "es") ^ (c["channel"] == "phone")], "language", "en", "es", stratum="channel"),
            "no channel has cases of both en and es; expected at least one",
        ),
        *(
            (
                lambda c, many=many: parity.status_bands(
                    c, pd.DataFrame({"customer_id": (ids := c["customer_id"].unique()), "followers_on_twitter": np.arange(len(ids)) // (len(ids) - many)})
                ),
                "followers_on_twitter has too few different values; expected enough to form thirds",
            )
            for many in (0, 2)  # all alike; all but two alike
        ),
    ],
)  # fmt: skip
def test_a_wrong_question_is_refused_in_one_sentence(cases, call, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        call(cases)


def test_the_details_are_counted_on_the_labels_of_the_replies(cases):
    messages = datasets.load("messages")
    table = service_details.score(messages, cases).set_index("source")
    replies = messages[messages["sender"] == "agent"]
    assert table.loc["J2", "share"] == pytest.approx(replies["greets_by_name"].astype(float).mean())
    assert table.loc["J3, L1", "share"] == pytest.approx(
        1 - replies["asks_personal_data_in_public"].astype(float).mean()
    )
    assert table.loc["L4", "share"] == pytest.approx(cases["answered_in_time"].mean())
    assert table.loc["J1", "n"] == (cases["language"] != "es").sum()
    assert table["share"].is_monotonic_decreasing
    assert ((table["low"] < table["share"]) & (table["share"] < table["high"])).all()


def test_every_observation_of_the_source_is_a_detail():
    named = " ".join(detail.source for detail in service_details.DETAILS)
    assert set(re.findall(r"[JL]\d", named)) == {f"J{n}" for n in range(1, 10)} | {
        "L1",
        "L2",
        "L3",
        "L4",
        "L5",
        "L6",
        "L8",
    }


def test_a_detail_without_a_label_is_refused(cases):
    messages = datasets.load("messages").assign(signed=None)
    with pytest.raises(ValueError, match="signed has no value to count; expected at least one case"):
        service_details.score(messages, cases)


def test_a_reply_in_another_language_than_the_message_is_found():
    messages = pd.DataFrame(
        [("T1", "customer", "es"), ("T1", "agent", "es"), ("T2", "customer", "es"), ("T2", "agent", "en"), ("T3", "agent", "en")],
        columns=["ticket_id", "sender", "language"],
    )  # fmt: skip
    table = service_details.kept_language(messages)
    assert table[["replies", "kept"]].to_dict("index") == {"es": {"replies": 2, "kept": 1}}


def test_the_simulator_opens_with_no_significant_difference_that_is_not_parity():
    numbers = parity_verdict.figure()["numbers"]
    assert numbers["low"] < 0 < numbers["high"]
    assert numbers["verdict"] == "not enough data"
    headline = parity_verdict.figure()["headline"]
    assert headline.startswith("Not enough data: 70.0% of 130 cases against 74.0%")
    assert "No significant difference, and parity is not shown either." in headline


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"cases": 900, "share": 74},
        {"cases": 300, "share": 60},
        {"cases": 3000, "share": 71},
        {"cases": 3000, "share": 71, "margin": 2},
    ],
)
def test_the_simulator_says_what_the_formulas_give(values):
    numbers = parity_verdict.figure(**values)["numbers"]
    v = {p.name: p.default for p in parity_verdict.PARAMETERS} | values
    good, other = round(v["cases"] * v["share"] / 100), round(40 * v["other_share"])
    assert numbers["verdict"] == parity.verdict(good, v["cases"], other, 4000, v["margin"] / 100)
    assert np.array([numbers["low"], numbers["high"]]) / 100 == pytest.approx(
        parity.newcombe_interval(good, v["cases"], other, 4000)
    )
    assert numbers["needed"] == parity.equivalence_sample_size(v["other_share"] / 100, v["margin"] / 100, cases_b=4000)


def test_the_simulator_reaches_all_four_verdicts():
    settings = [{}, {"cases": 900, "share": 74}, {"cases": 300, "share": 60}, {"cases": 3000, "share": 71, "margin": 6}]
    verdicts = [parity_verdict.figure(**values)["numbers"]["verdict"] for values in settings]
    assert verdicts == [parity.NOT_ENOUGH, parity.PARITY, parity.GAP, parity.SMALL_GAP]


def test_a_margin_that_the_large_group_cannot_serve_is_told():
    assert "No number of cases could show parity" in parity_verdict.figure(margin=1)["headline"]


def test_the_cases_that_a_proof_takes_are_told_where_data_are_missing_and_nowhere_else():
    assert "790 cases would show it" in parity_verdict.figure()["headline"]
    for values in ({"cases": 900, "share": 74}, {"cases": 300, "share": 60}):
        assert "would show" not in parity_verdict.figure(**values)["headline"]


def test_a_stratum_with_exactly_the_smallest_number_of_cases_is_shown():
    def rows(channel, language, cases):
        return pd.DataFrame(
            {"channel": channel, "language": language, "answered_in_time": [True, False] * (cases // 2)}
        )

    cases = pd.concat(
        [rows("email", "ca", 30), rows("email", "es", 40), rows("phone", "ca", 28), rows("phone", "es", 40)]
    )
    found = parity.by_stratum(cases, "language", "ca", "es", stratum="channel", smallest=30)
    assert found["difference"].notna().to_dict() == {"email": True, "phone": False}
