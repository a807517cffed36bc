"""The rubric measured on labels, and the ten keys counted on the year."""

import re

import pandas as pd
import pytest

from socialcare import datasets, personalisation
from socialcare.personalisation import rubric
from socialcare.personalisation.language import language


@pytest.fixture(scope="module")
def tables():
    return datasets.load_messages(), datasets.load_tickets()


@pytest.fixture(scope="module")
def templates(tables):
    cases = personalisation.labelled_cases(*tables)
    return cases, personalisation.read_all(cases)


@pytest.fixture(scope="module")
def holdout():
    cases = personalisation.holdout_cases(datasets.load_reply_holdout())
    return cases, personalisation.read_all(cases)


def test_the_holdout_is_large_bilingual_and_has_every_feature(holdout):
    cases, _ = holdout
    assert len(cases) >= 60
    assert cases["language"].value_counts().min() >= 30
    features = [name for name in rubric.CRITERIA if name in cases]
    assert len(features) == 12
    assert (cases[features].sum() >= 2).all()
    assert (~cases[features]).sum().min() >= 2


@pytest.mark.parametrize("criterion", [name for name in rubric.CRITERIA if name != "fits_one_turn"])
def test_the_rubric_reads_the_replies_kept_back(holdout, criterion):
    table = personalisation.measure(*holdout).loc[criterion]
    assert table["precision"] >= 0.9
    assert table["recall"] >= 0.85
    assert table["undecided"] <= 5


@pytest.mark.parametrize("code", ["es", "en"])
def test_each_language_is_read_about_as_well(holdout, code):
    table = personalisation.measure(*holdout, by=["language"]).xs(code, level="language")
    assert table["kappa"].dropna().min() >= 0.75


def test_on_the_courses_own_sentences_the_rubric_looks_nearly_perfect(templates):
    table = personalisation.measure(*templates)
    exact = table[(table["false_hits"] == 0) & (table["missed"] == 0)]
    assert len(exact) >= 8
    # the label asks for a time, the rubric also for somebody who acts
    assert table["kappa"].idxmin() == "next_step_with_time"
    assert 0.7 < table["kappa"].min() < 0.85


def test_the_language_of_every_labelled_message_is_found(tables):
    messages = tables[0]
    found = messages["text"].map(lambda text: language(text).language)
    assert (found == messages["language"]).mean() > 0.99


def test_a_verdict_that_cannot_tell_finds_nothing():
    labels = pd.Series([True, True, True, False, False, False])
    verdicts = pd.Series(["yes", "cannot tell", "no", "yes", "no", "cannot tell"])
    counts = personalisation.confusion(labels, verdicts)
    assert counts == {"right_hits": 1, "false_hits": 1, "missed": 2, "right_left": 2, "undecided": 2}
    assert personalisation.agreement(counts)["recall"] == pytest.approx(1 / 3)


def test_the_recall_of_specific_answers_counts_every_reply_that_has_one(templates, holdout):
    for (cases, verdicts), found, has in ((templates, 240, 275), (holdout, 44, 50)):
        row = personalisation.measure(cases, verdicts).loc["answers_specifically"]
        assert (row["n"], row["right_hits"], row["with_feature"]) == (len(cases), found, has)
        assert row["recall"] == pytest.approx(found / has)
    cases, verdicts = templates
    undecided = verdicts["answers_specifically"] == rubric.CANNOT_TELL
    assert cases.loc[undecided, "answers_specifically"].mean() > 0.5  # most of them were answers, says the notebook


def test_what_is_undefined_is_not_a_number():
    nobody = {"right_hits": 0, "false_hits": 0, "missed": 0, "right_left": 5, "undecided": 0}
    assert all(pd.isna(value) for value in personalisation.agreement(nobody).values())


def test_the_intervals_are_wilsons_and_hold_the_estimate(holdout):
    table = personalisation.measure(*holdout).loc["answers_specifically"]
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(int(table["right_hits"]), int(table["with_feature"]), method="wilson")
    assert (table["recall_low"], table["recall_high"]) == pytest.approx((low, high))
    assert table["recall_low"] < table["recall"] < table["recall_high"]


def test_the_two_human_raters_agree_as_planted(tables):
    assert personalisation.rater_kappa(tables[0]) == pytest.approx(0.74, abs=0.005)  # B-24 of the data


def test_the_public_channels_are_the_only_ones_where_data_are_asked_in_public(templates):
    cases, verdicts = templates
    assert not (verdicts.loc[~cases["public"], "asks_personal_data_in_public"] == "yes").any()


# --- the ten keys ----------------------------------------------------------------------------------------------------


def test_all_ten_keys_have_a_proxy_or_a_reason_why_not():
    table = personalisation.key_table()
    assert list(table.index) == [f"S0.1-{n:02d}" for n in range(1, 11)]
    assert (table["proxy"].ne("") | table["limit"].ne("")).all()


def test_the_profile_counts_what_the_tables_say(tables):
    messages, tickets = tables
    profile = personalisation.profile(messages, tickets)
    agents = messages[messages["sender"] == "agent"]
    assert profile.loc["addressed by name", "count"] == agents["greets_by_name"].sum()
    assert profile.loc["no promotion in the reply", "count"] == (~agents["promotes"].astype(bool)).sum()
    assert profile.loc["resolved without hand-over", "n"] == len(tickets)  # open cases are not resolved
    answered = tickets["same_agent_throughout"].notna()
    assert profile.loc["same agent throughout", "n"] == answered.sum()
    assert profile["share"].between(profile["low"], profile["high"]).all()


def test_the_channels_add_up_to_the_whole(tables):
    whole = personalisation.profile(*tables)
    parts = personalisation.profile(*tables, by_channel=True)
    named = parts.loc["addressed by name"]
    assert named[["count", "n"]].sum().to_list() == whole.loc["addressed by name", ["count", "n"]].to_list()


def test_a_period_limits_the_cases(tables):
    march = personalisation.profile(*tables, start="2025-03-01", end="2025-04-01")
    opened = tables[1]["opened_at"].dt.strftime("%Y-%m")
    assert march.loc["resolved without hand-over", "n"] == (opened == "2025-03").sum()


SHARES = pd.DataFrame({"email": [0.9, 0.2], "twitter": [0.4, 0.8]}, index=["thanked", "addressed by name"])


def test_the_weights_choose_the_leader():
    assert personalisation.weighted_index(SHARES, {"thanked": 3, "addressed by name": 1}).idxmax() == "email"
    assert personalisation.weighted_index(SHARES, {"thanked": 1, "addressed by name": 3}).idxmax() == "twitter"
    leaders = personalisation.orders_of_channels(SHARES)
    assert leaders.sum() == 1000
    assert leaders.min() > 300


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({"charm": 1}, "proxy 'charm' is unknown; expected one of thanked, addressed by name"),
        ({"thanked": -1}, "the weight of 'thanked' is -1; expected a number of 0 or more"),
        ({"thanked": 0}, "all weights are 0"),
    ],
)
def test_weights_that_make_no_mean_are_refused(weights, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        personalisation.weighted_index(SHARES, weights)


def test_the_readme_counts_the_rubrics_tables_rightly():
    readme = (datasets.folder() / "README.md").read_text(encoding="utf-8")
    holdout = datasets.load_reply_holdout()
    spanish = (holdout["customer_language"] == "es").sum()
    stated = f"{len(holdout)} invented replies, {spanish} to Spanish and {len(holdout) - spanish} to English"
    assert stated in " ".join(readme.split())
    assert f"{len(rubric.rules())} patterns" in readme
    assert f"{len(datasets.load_privacy_rules())} fields" in readme
