"""The checkout auditor: rules as data, law before everything, no myth before anything; one report from three doors."""

import re

import pandas as pd
import pytest

from socialcare import checkout, datasets
from socialcare.audit_form import AuditForm


@pytest.fixture(scope="module")
def audits():
    return datasets.load_checkout_audits()


RULES = checkout.rules()
LAWS = RULES.index[RULES["law"]].to_list()
MYTHS = RULES.index[RULES["evidence"] == "D"].to_list()


def failing(rule_id):
    return {"at_most": "99", "at_least": "0", "one_of": "something else"}[RULES.loc[rule_id, "test"]]


def passing(rule_id):
    return RULES.loc[rule_id, "limit"].split("|")[0]


def all_broken():
    return checkout.audit("Worst", {rule_id: failing(rule_id) for rule_id in RULES.index})


def test_the_eleven_rules_of_the_source_are_there_and_name_their_item():
    inventory = datasets.load_inventory()
    items = [f"S1.4-R{number:02d}" for number in range(1, 12)]
    assert RULES["source_id"].iloc[:11].to_list() == items
    assert set(items) <= set(inventory["id"])


def test_the_rules_quote_the_verdicts_of_the_inventory():
    evidence = datasets.load_inventory().set_index("id")["evidence"]
    for rule in RULES[RULES["source_id"].str.startswith("S1.4-R")].itertuples():
        wanted = set(str(evidence[rule.source_id]).split(";")) - {"nan"}
        found = set(str(rule.verdict_id).split(";")) - {"nan"}
        assert found <= wanted, rule.Index
        assert bool(found) == bool(wanted), rule.Index


def test_every_law_has_an_act_an_article_and_a_day():
    laws = RULES[RULES["law"]]
    assert laws.index.to_list() == ["R12", "R13", "R14", "R16", "R17"]
    assert laws["law_reference"].str.contains(r"art\. |Law 11/2023").all()
    assert laws["law_date"].notna().all()
    assert RULES.loc["R16", "law_date"] == pd.Timestamp("2025-06-28")  # B38
    assert RULES.loc["R12", "law_date"] == RULES.loc["R17", "law_date"] == pd.Timestamp("2025-12-28")  # Law 10/2025
    assert not RULES[~RULES["law"]]["law_reference"].notna().any()


def test_the_three_clicks_are_the_only_myth_and_weigh_nothing():
    assert MYTHS == ["R01"]
    assert RULES.loc["R01", "priority"] == 0
    assert (RULES.drop(MYTHS)["priority"] > 0).all()


def test_the_limits_judge_as_the_inspectors_did(audits):
    assert checkout.disagreements(audits).empty


def test_a_row_that_contradicts_its_limit_is_found(audits):
    turned = audits.assign(passes=audits["passes"] ^ (audits.index == 4))
    assert checkout.disagreements(turned)["rule_id"].to_list() == ["R05"]


@pytest.mark.parametrize(
    ("rule_id", "observed", "keeps"),
    [
        ("R05", "12", True),
        ("R05", 13, False),
        ("R02", "0.8", True),
        ("R02", 0.79, False),
        ("R13", " comprar Y pagar ", True),
        ("R13", "Continuar", False),
        ("R12", "0.00", True),
        ("R12", "0.01", False),
    ],
)
def test_an_observation_is_compared_with_the_limit(rule_id, observed, keeps):
    assert checkout.judge(rule_id, observed) is keeps


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: checkout.judge("R99", 1), "rule 'R99' is unknown; expected one of R01, R02"),
        (
            lambda: checkout.judge("R05", "many"),
            "R05 observed is 'many'; expected a number of 0 or more (form fields)",
        ),
        (lambda: checkout.judge("R05", -1), "R05 observed is '-1'; expected a number of 0 or more (form fields)"),
        (lambda: checkout.judge("R05", "nan"), "R05 observed is 'nan'; expected a number of 0 or more"),
        (lambda: checkout.judge("R05", "inf"), "R05 observed is 'inf'; expected a number of 0 or more"),
        (lambda: checkout.audit("Mine", {}), "observations is empty; expected at least one rule that was inspected"),
        (lambda: checkout.report(all_broken(), "Best"), "shop is 'Best'; expected one of Worst"),
        (lambda: checkout.report(all_broken().replace("R01", "R88"), "Worst"), "rule 'R88' is unknown"),
    ],
)
def test_what_cannot_be_audited_is_refused_in_one_sentence(call, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        call()


def test_the_law_comes_first_and_the_myth_last_whatever_the_weights():
    order = checkout.report(all_broken(), "Worst").index.to_list()
    assert set(order[: len(LAWS)]) == set(LAWS)
    assert order[-1] == "R01"
    between = order[len(LAWS) : -1]
    assert RULES.loc[between, "priority"].is_monotonic_decreasing


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("other", [rule_id for rule_id in RULES.index if rule_id not in LAWS])
def test_no_other_rule_ever_outranks_a_law(law, other):
    audit = checkout.audit("Mine", {law: failing(law), other: failing(other)})
    todo = checkout.report(audit, "Mine")
    assert todo.index[0] == law
    assert f"Mend {law} first" in checkout.headline(audit, "Mine")


def test_a_law_that_nobody_inspected_is_asked_for():
    audit = checkout.audit("Mine", {"R05": "14", "R01": "5"})
    todo = checkout.report(audit, "Mine")
    assert todo.index.to_list() == ["R12", "R13", "R14", "R16", "R17", "R05", "R01"]
    assert (todo.loc[LAWS, "observed"] == "not inspected").all()
    assert "Mend R05 first" in checkout.headline(audit, "Mine")


def test_a_shop_whose_only_breach_is_a_myth_has_nothing_to_mend():
    keeps = {rule_id: passing(rule_id) for rule_id in RULES.index}
    audit = checkout.audit("Mine", {**keeps, "R01": "7"})
    assert checkout.headline(audit, "Mine").endswith("Nothing needs mending: R01 is a myth.")
    assert checkout.scores(audit).loc["Mine", "score"] == 100
    best = checkout.audit("Mine", keeps)
    assert checkout.headline(best, "Mine").endswith("Nothing that was inspected is broken.")
    assert checkout.report(best, "Mine").empty


def test_an_audit_of_a_myth_alone_has_no_score():
    audit = checkout.audit("Mine", {"R01": "1"})
    assert "no score" in checkout.headline(audit, "Mine")


def test_the_scores_of_the_three_shops(audits):
    table = checkout.scores(audits)
    assert table["law_breaches"].to_dict() == {"Café Brisa": 2, "Tostadores Nimbo": 2, "Molienda Áurea": 2}
    assert table["kept"].to_dict() == {"Tostadores Nimbo": 11, "Café Brisa": 10, "Molienda Áurea": 5}
    weights = RULES.loc[RULES.index[:16], "priority"].sum()  # R17 was not inspected
    broken = RULES.loc[["R12", "R16", "R08", "R05", "R06", "R01"], "priority"].sum()
    assert table.loc["Café Brisa", "score"] == pytest.approx(100 * (1 - broken / weights))


@pytest.mark.parametrize(
    ("shop", "first"), [("Café Brisa", "R12"), ("Tostadores Nimbo", "R13"), ("Molienda Áurea", "R12")]
)
def test_each_shop_is_told_what_to_mend_first_and_why(audits, shop, first):
    assert checkout.report(audits, shop).index[0] == first
    assert f"Mend {first} first" in checkout.headline(audits, shop)
    assert "law: " in checkout.headline(audits, shop)


def test_a_shop_of_ones_own_comes_from_a_csv():
    own = datasets.load_checkout_audits(datasets.folder() / "examples" / "own_checkout_audit.csv")
    assert checkout.disagreements(own).empty
    assert checkout.report(own, "Panadería Levante").index.to_list() == ["R13", "R16", "R17", "R15", "R01"]


@pytest.fixture
def form(audits):
    return AuditForm("Café Brisa", audits[audits["shop"] == "Café Brisa"].set_index("rule_id")["observed"])


def test_the_form_gives_the_report_of_the_table(form, audits):
    pd.testing.assert_frame_equal(form.report, checkout.report(audits, "Café Brisa"))
    assert form.headline == checkout.headline(audits, "Café Brisa")


def test_the_form_has_a_field_for_each_rule_with_its_unit(form):
    assert list(form.controls) == RULES.index.to_list()
    for rule in RULES.itertuples():
        assert rule.unit in form.controls[rule.Index].description
        assert rule.measure in form.controls[rule.Index].tooltip


@pytest.mark.parametrize("rule_id", RULES.index)
def test_every_field_moves_the_report(rule_id):
    other = "R12" if rule_id != "R12" else "R13"
    form = AuditForm("Mine", {other: passing(other)})
    form.controls[rule_id].value = failing(rule_id)
    assert rule_id in form.report.index
    shown = form.widget.children[-1].outputs[0]["data"]["text/html"]
    assert RULES.loc[rule_id, "fix"] in shown
    assert form.headline == checkout.headline(form.audit, "Mine")
    form.controls[rule_id].value = passing(rule_id)
    assert rule_id not in form.report.index


def test_an_unreadable_field_is_told_and_nothing_is_shown(form):
    form.controls["R05"].value = "many"
    assert form.headline == "R05 observed is 'many'; expected a number of 0 or more (form fields)"
    assert form.widget.children[-1].outputs == ()


def test_reset_goes_back_to_the_start(form):
    before = form.headline
    form.controls["R12"].value = "0"
    assert form.headline != before
    form.widget.children[-3].click()
    assert form.headline == before


def test_an_empty_form_asks_for_an_observation():
    assert AuditForm("Mine").headline == "observations is empty; expected at least one rule that was inspected"


def test_the_probe_fills_every_field_twice_and_comes_back(form):
    before = form.headline
    probe = form.probe()
    assert len(probe) == 1 + 2 * len(RULES)
    assert form.headline == before
    assert probe["headline"].nunique() > 10


def test_the_form_is_stored_as_text_for_the_page(form):
    bundle = form._repr_mimebundle_()
    assert bundle["text/html"].startswith("<p>Café Brisa keeps 10 of 16")
    assert bundle["text/plain"] == f"AuditForm('Café Brisa'): {form.headline}"


def test_a_shops_name_is_text_and_no_markup():
    shown = AuditForm("<b>Mine</b>", {rule_id: passing(rule_id) for rule_id in RULES.index})
    assert shown._repr_mimebundle_()["text/html"].startswith("<p>&lt;b&gt;Mine&lt;/b&gt; keeps")
    assert shown._headline.value.startswith("&lt;b&gt;")


def test_a_wrong_start_is_refused_at_once():
    with pytest.raises(ValueError, match="R02 observed is 'often'; expected a number"):
        AuditForm("Mine", {"R02": "often"})
