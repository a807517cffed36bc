"""An audit of exports that nobody here made: what is missing is named, what is broken is told, the rest works."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from audit_exports import BRAND, RIVAL, SECRET, tables, text, write
from bs4 import BeautifulSoup
from statsmodels.stats.proportion import confint_proportions_2indep

from socialcare import audit, complaints, datasets, engagement, funnel, parity, segmentation, service_levels
from socialcare.audit import complaint_costs
from socialcare.audit import exports as exports_module
from socialcare.audit.charts import picture
from socialcare.audit.loyalty import last_retention
from socialcare.formulas.audit import DO, MEASURE, TEST
from socialcare.scenarios import audit_priorities

INPUTS = "What the data cannot say: inputs, yours or default"
NEEDS = {
    "engagement": "interactions",
    "service": "tickets",
    "funnel": "visits",
    "segments": "orders",
    "complaints": "tickets",
    "parity": "tickets",
}


@pytest.fixture(scope="module", autouse=True)
def few_draws():
    """A hundred draws give ranges of the same shape in a tenth of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(complaint_costs, "DRAWS", 100)
        yield


@pytest.fixture(scope="module")
def brisa():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(complaint_costs, "DRAWS", 1000)
        return audit.audit()


@pytest.fixture(scope="module")
def lunar(tmp_path_factory):
    return audit.audit(write(tmp_path_factory.mktemp("lunar")), BRAND)


def status(found):
    return {file.table: file.status for file in found.exports.files}


def problem(found, table):
    return next(file.problem for file in found.exports.files if file.table == table)


def figures(found, section):
    return audit.key_figures(found.section(section))["value"].to_dict()


# -- the course's own brand: the audit says what the units found --


def test_the_audit_of_cafe_brisa_reads_everything(brisa):
    assert set(status(brisa).values()) == {"read"}
    assert brisa.today == datasets.TODAY
    assert [section.lacking for section in brisa.sections] == [()] * 6


def test_its_figures_are_those_of_the_units(brisa):
    waits = service_levels.waiting_times(datasets.load_tickets())
    within = service_levels.answered_within(waits, 24)
    assert figures(brisa, "service")["Answered by a person within 24 hours"] == f"{100 * within.share:.0f}%"
    table = funnel.funnel_table(datasets.load_visits()).set_index("step")
    assert figures(brisa, "funnel")["Go on to: payment"] == f"{100 * table.loc['payment', 'conversion']:.0f}%"
    shares = complaints.own_shares(complaints.case_outcomes(datasets.load_tickets()))
    assert figures(brisa, "complaints")["Problems solved"] == f"{100 * shares.loc['resolution_rate', 'share']:.0f}%"
    cases = parity.answered_within(datasets.load_tickets())
    same_mix = parity.common(cases, "language", "ca", "es", stratum="channel")
    found = figures(brisa, "parity")["Catalan minus Spanish, same mix of channels"]
    assert found == f"{100 * same_mix.difference:.1f} points"


def test_the_planted_effects_become_steps(brisa):
    actions = [step.action for step in brisa.steps]
    assert any("Answer Catalan on Twitter as soon as Spanish" in action for action in actions)  # B-03
    assert any("before 'payment'" in action for action in actions)  # B-17: the address form
    assert any("oldest case first on e-mail" in action for action in actions)  # B-06
    asks = next(step for step in brisa.steps if "Ask 200 buyers" in step.action)
    assert asks.decision == MEASURE  # unit 12: no, probably, and not no


def test_the_chart_of_the_funnel_names_the_page_where_they_leave(brisa):
    bars = brisa.section("funnel").chart.bars
    assert min(bars, key=lambda bar: bar.value).label == "address to payment"


def test_sure_things_come_first_and_then_the_people(brisa):
    order = {DO: 0, TEST: 1, MEASURE: 2}
    keys = [(order[step.decision], -step.people) for step in brisa.steps]
    assert keys == sorted(keys)
    assert len({step.decision for step in brisa.steps}) == 3


def test_the_simulator_holds_the_steps_of_the_audit(brisa):
    """A page has no tables, so the scenario's constants are compared with the audit here."""
    sure = [step for step in brisa.steps if step.decision != MEASURE]
    wanted = sorted((s.people, *(round(euro) for euro in s.euros or (0, 0)), s.hours) for s in sure)
    assert sorted(step[1:] for step in audit_priorities.STEPS) == wanted


def test_every_key_figure_says_how_sure_it_is(brisa, lunar):
    for found in (brisa, lunar):
        for section in found.sections:
            assert section.figures
            assert all(len(figure.sure) >= 7 and figure.counted for figure in section.figures), section.name


# -- exports nobody here made --


def test_another_brand_with_other_keys_languages_and_dates_is_audited(lunar):
    assert set(status(lunar).values()) == {"read"}
    assert lunar.brand == BRAND
    assert lunar.today.year == 2023
    assert all(section.figures for section in lunar.sections)
    assert lunar.steps


@pytest.mark.parametrize("table", exports_module.COLUMNS)
def test_a_missing_table_is_named_and_the_rest_works(tmp_path, lunar, table):
    found = audit.audit(write(tmp_path, **{table: None}), BRAND)
    assert status(found) == status(lunar) | {table: "missing"}
    lacking = [sentence for section in found.sections for sentence in section.lacking]
    assert any(sentence.startswith(f"{table}.csv") and "would" in sentence for sentence in lacking)
    for section in found.sections:
        if NEEDS[section.name] == table:
            assert not section.figures
            assert section.lacking
        else:
            assert section.figures, section.name
    assert f"{table}.csv is missing." in audit.report(found)


@pytest.mark.parametrize(
    ("table", "content", "sentence"),
    [
        ("visits", "", "visits.csv: the file is empty; expected a header row and data rows"),
        (
            "visits",
            "furthest_step,device\n",
            "visits.csv: there are no data rows; expected at least one below the header",
        ),
        (
            "visits",
            "furthest_step;device\norder;mobile\n",
            "visits.csv: columns are separated by ';'; expected commas (save as 'CSV UTF-8, comma')",
        ),
        (
            "visits",
            "step,device\norder,mobile\n",
            "visits.csv: column 'furthest_step' is missing; expected columns device, furthest_step",
        ),
        (
            "visits",
            "furthest_step,device\npaid,mobile\n",
            "visits.csv, column 'furthest_step', row 1: found 'paid'; expected one of visit, product, cart, checkout, "
            "address, payment, order",
        ),
        (
            "orders",
            'customer_id,ordered_at,amount_eur\nC1,2025-01-02T10:00:00+01:00,"12,50"\n',
            "orders.csv, column 'amount_eur', row 1: found '12,50'; expected a number with a decimal point and no "
            "currency sign of 0 or more (unit: EUR)",
        ),
        (
            "orders",
            "customer_id,ordered_at,amount_eur\nC1,2025-01-02T10:00:00+01:00,12,50\n",
            "orders.csv, row 1: found 4 cells; expected 3, as in the header",
        ),
        (
            "orders",
            "customer_id,ordered_at,amount_eur\nC1,02/01/2025,12.50\n",
            "orders.csv, column 'ordered_at', row 1: found '02/01/2025'; expected a time with its offset such as "
            "2025-03-10T09:30:00+01:00",
        ),
        (
            "orders",
            "customer_id,customer_id,ordered_at,amount_eur\nC1,C1,2025-01-02T10:00:00+01:00,12.5\n",
            "orders.csv: column 'customer_id' stands 2 times; expected it once",
        ),
        (
            "posts",
            "post_id,brand,network,posted_at,impressions\np1,Té,myspace,2025-01-02T10:00:00+01:00,9\n",
            "posts.csv, column 'network', row 1: found 'myspace'; expected one of twitter, facebook",
        ),
    ],
)
def test_a_broken_table_is_told_in_one_sentence(tmp_path, lunar, table, content, sentence):
    found = audit.read_exports(write(tmp_path, **{table: content}))
    assert {file.table: file.status for file in found.files} == status(lunar) | {table: "broken"}
    told = next(file.problem for file in found.files if file.table == table)
    assert told.replace("furthest_step, device", "device, furthest_step") == sentence


def test_a_folder_in_place_of_a_file_is_a_broken_table(tmp_path, lunar):
    folder = write(tmp_path, tickets=None)
    (folder / "tickets.csv").mkdir()
    found = audit.read_exports(folder)
    assert {file.table: file.status for file in found.files} == status(lunar) | {"tickets": "broken"}
    told = next(file.problem for file in found.files if file.table == "tickets")
    assert told == "tickets.csv: cannot be read; expected a CSV file"


def test_with_one_table_missing_and_one_broken_the_rest_works(tmp_path, lunar):
    found = audit.audit(write(tmp_path, orders=None, visits="furthest_step\npaid\n"), BRAND)
    assert status(found) == status(lunar) | {"orders": "missing", "visits": "broken"}
    for section in found.sections:
        assert bool(section.figures) == (NEEDS[section.name] not in ("orders", "visits")), section.name
    assert figures(found, "service") == figures(lunar, "service")
    page = BeautifulSoup(audit.report(found), "html.parser").get_text()
    assert "orders.csv is missing." in page
    assert f"visits.csv does not fit: {problem(found, 'visits')}" in page


def test_a_byte_order_mark_is_read_and_another_encoding_is_told(tmp_path, lunar):
    posts = text(tables()["posts"])
    found = audit.read_exports(write(tmp_path, posts=posts.encode("utf-8-sig")))
    assert {file.table: file.status for file in found.files} == status(lunar)
    found = audit.read_exports(write(tmp_path, posts=posts.encode("latin-1")))
    told = found.files[0].problem
    assert re.fullmatch(r"posts\.csv: byte \d+ is not UTF-8; save the file as 'CSV UTF-8'", told)


def test_a_file_that_no_reader_of_csv_understands_is_told(tmp_path):
    found = audit.read_exports(write(tmp_path, visits='furthest_step\n"' + "x" * 200_000))
    assert found.files[4].problem.startswith("visits.csv: not a CSV (field larger than field limit")


@pytest.mark.parametrize("rows", [60, 30, 12, 5, 2, 1])
def test_tiny_exports_get_sentences_and_no_certainty(tmp_path, rows):
    found = audit.audit(write(tmp_path, rows), BRAND)
    assert set(status(found).values()) == {"read"}
    assert all(section.figures or section.lacking for section in found.sections)
    audit.report(found)
    if rows <= 12:
        assert found.steps == ()
        assert "12 cases only; a share needs at least 30" in str(found.section("service").lacking) or rows != 12


def test_nothing_but_an_empty_folder_still_gives_a_report(tmp_path):
    found = audit.audit(tmp_path)
    assert set(status(found).values()) == {"missing"}
    assert found.today is None
    assert found.steps == ()
    assert audit.steps_table(found).empty
    assert all(len(section.lacking) == 1 for section in found.sections)
    assert "Audit of your brand" in audit.report(found)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"folder 'nowhere' not found; expected a folder with CSV files"):
        audit.audit(tmp_path / "nowhere")


def test_with_several_brands_the_reader_says_which_is_theirs(tmp_path):
    found = audit.audit(write(tmp_path))
    assert found.brand is None
    (sentence,) = found.section("engagement").lacking
    assert sentence == (
        f"interactions.csv holds the brands {RIVAL}, {BRAND}, and no brand was named: say which one is yours."
    )
    assert found.section("service").figures
    wrong = audit.audit(tmp_path, "Te Lunar")
    assert "'Te Lunar' is not among them" in wrong.section("engagement").lacking[0]


def test_a_single_brand_needs_no_name(tmp_path):
    ours = {name: frame[frame["brand"] == BRAND] for name, frame in tables().items() if "brand" in frame}
    found = audit.audit(write(tmp_path, **{name: text(frame) for name, frame in ours.items()}))
    assert found.brand == BRAND
    assert any("nobody to compare with" in caveat for caveat in found.section("engagement").caveats)


def test_columns_that_nobody_asked_for_stay_unread_and_are_named(lunar):
    assert "email" not in lunar.exports.tables["orders"]
    read = audit.what_was_read(lunar)["note"]
    assert read["orders"] == "not read: email"
    assert read["tickets"] == "not read: customer_name"


def test_files_that_end_far_apart_are_pointed_out(tmp_path, lunar):
    assert lunar.exports.ends_apart() == ""
    visits = tables()["visits"]
    visits.loc[visits.index[-1], "visited_at"] += pd.Timedelta(days=400)
    found = audit.audit(write(tmp_path, visits=text(visits)), BRAND)
    assert re.fullmatch(
        r"\w+\.csv ends \d{3} days before visits\.csv: compare their figures with care\.", found.exports.ends_apart()
    )
    assert found.exports.ends_apart() in audit.report(found)


def test_waits_are_counted_to_the_last_stamp_of_the_cases_themselves(tmp_path, lunar):
    orders = tables()["orders"]
    orders.loc[orders.index[-1], "ordered_at"] += pd.Timedelta(days=300)
    found = audit.audit(write(tmp_path, orders=text(orders)), BRAND)
    assert found.today > lunar.today
    assert figures(found, "service") == figures(lunar, "service")


def test_optional_columns_that_are_missing_are_named_by_the_section(tmp_path):
    full = tables()
    bare = full["tickets"].drop(columns=["language", "stayed_90_days", "resolved_at", "outcome"])
    changes = {"tickets": text(bare), "orders": text(full["orders"].drop(columns="margin_eur"))}
    found = audit.audit(write(tmp_path, visits=text(full["visits"][["furthest_step"]]), **changes), BRAND)
    assert "no column 'language'" in found.section("parity").lacking[0]
    assert "no column 'outcome', 'stayed_90_days'" in found.section("complaints").lacking[0]
    assert "no column 'resolved_at'" in found.section("service").lacking[0]
    assert "no column 'device'" in found.section("funnel").lacking[0]
    assert all(step.euros is None for step in found.steps)


def test_without_money_the_shares_of_the_complaints_stand(tmp_path):
    found = audit.audit(write(tmp_path, orders=text(tables()["orders"].drop(columns="margin_eur"))), BRAND)
    section = found.section("complaints")
    assert "Problems solved" in figures(found, "complaints")
    assert section.lacking == ("orders.csv with 'order_id' and 'margin_eur': it would turn these shares into money.",)


def test_orders_too_few_days_long_are_told_and_the_shares_stand(tmp_path):
    orders = tables()["orders"]
    start = orders["ordered_at"].min()
    orders["ordered_at"] = start + (orders["ordered_at"] - start) / 6
    section = audit.audit(write(tmp_path, orders=text(orders)), BRAND).section("complaints")
    assert section.figures
    assert section.lacking[0].startswith("orders.csv cannot say what a kept customer is worth: end is 2023-04-")


def test_keys_that_do_not_meet_are_pointed_out(tmp_path):
    orders = tables()["orders"]
    orders["order_id"] = "other " + orders["order_id"]
    found = audit.audit(write(tmp_path, orders=text(orders)), BRAND)
    assert any("0 name one that orders.csv holds: check the keys" in c for c in found.section("complaints").caveats)


def test_visits_without_any_date_get_days_from_now(tmp_path):
    only = dict.fromkeys(tables()) | {"visits": "furthest_step\n" + "visit\n" * 300 + "product\n" * 40 + "order\n" * 2}
    found = audit.audit(write(tmp_path, **only))
    assert found.today is None
    assert audit.steps_table(found)["by"].tolist() == ["90 days from now"]
    assert "90 days from now" in audit.report(found)


def test_a_shop_through_which_nobody_gets_is_no_shop_at_its_reference(tmp_path):
    section = audit.audit(write(tmp_path, visits="furthest_step\n" + "visit\n" * 300)).section("funnel")
    (step,) = section.recommendations
    assert (step.decision, step.people, step.euros) == (MEASURE, 300, None)
    assert "Walk through the shop up to 'product' yourself today" in step.action
    assert "Of 300 visits none goes on to 'product' (0% to 1%, 95% interval)" in section.finding


def test_orders_that_are_worth_nothing_are_told(tmp_path):
    section = audit.audit(write(tmp_path, orders=text(tables()["orders"].assign(amount_eur=0.0)))).section("segments")
    assert section.lacking == ("orders.csv: every amount is 0, so it tells nothing about who carries the brand.",)


def test_files_under_another_name_are_counted_and_not_named(tmp_path):
    write(tmp_path, tickets=None)
    for name in ("Ana Soto.csv", "cases.XLSX", "notes.md"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = audit.audit(tmp_path, BRAND)
    assert problem(found, "tickets") == "files in the folder under another name, not read: 2"
    assert problem(found, "tickets") in audit.report(found)
    assert audit.what_was_read(found).loc["tickets", "note"] == problem(found, "tickets")
    assert "Ana" not in audit.report(found)


def test_an_unknown_section_lists_the_known_ones(lunar):
    with pytest.raises(ValueError, match="section 'money' is unknown; expected one of engagement, service, funnel"):
        lunar.section("money")


# -- inputs --


def test_your_own_numbers_replace_the_defaults_and_are_labelled(tmp_path):
    found = audit.audit(write(tmp_path), BRAND, promise_hours=48, promise_share=0.5)
    origins = found.inputs.table()["origin"]
    assert origins["promise_hours"] == "yours"
    assert origins["margin"] == "default"
    assert "Answered by a person within 48 hours" in figures(found, "service")


def test_a_limit_that_is_a_default_says_so_and_yours_does_not(tmp_path):
    folder = write(tmp_path)
    told = {step.action: step.evidence for step in audit.audit(folder, BRAND).steps}
    assert any(words.endswith("the promise is 80% (default)") for words in told.values())
    assert any(words.endswith("the limit is 15 days (default)") for words in told.values())
    assert any(words.endswith("the limit is 20% (default)") for words in told.values())
    yours = {"promise_share": 0.9, "claim_days": 30, "asking_share": 0.1, "silent_share": 0.02}
    told = {step.action: step.evidence for step in audit.audit(folder, BRAND, **yours).steps}
    assert any(words.endswith("the promise is 90%") for words in told.values())
    assert any(words.endswith("the limit is 10%") for words in told.values())


def test_another_limit_for_claims_moves_count_alarm_and_words(tmp_path):
    """Counted here with plain pandas: a claim is late if it took, or has waited, longer than the limit."""
    folder = write(tmp_path)
    section = audit.audit(folder, BRAND, claim_days=6).section("service")
    tickets = tables()["tickets"]
    claims = tickets[tickets["type"] != "query"]
    until = tickets[["opened_at", "first_human_reply_at", "resolved_at"]].max().max().tz_convert("Europe/Madrid")
    ends = claims["resolved_at"].fillna(until.normalize() + pd.DateOffset(days=1))
    late = (ends - claims["opened_at"] > pd.Timedelta(days=6)).sum()
    assert audit.key_figures(section).loc["Claims not closed within 6 days", "value"] == str(late)
    step = next(step for step in section.recommendations if step.owner == "owner")
    assert step.action == "Set an alarm at day 4, and answer every claim by day 6"
    assert (step.people, step.whom) == (late, "claims")


@pytest.mark.parametrize(
    ("yours", "sentence"),
    [
        ({"promise_share": 80}, "promise_share is 80; expected a share above 0 and below 1"),
        ({"cost_per_minute": 0}, "cost_per_minute is 0; expected a number above 0"),
        ({"promise": 24}, "input 'promise' is unknown; expected one of promise_hours, promise_share, "),
    ],
)
def test_impossible_inputs_are_refused(yours, sentence):
    with pytest.raises(ValueError, match="expected") as refusal:
        audit.choose(yours)
    assert str(refusal.value).startswith(sentence)


# -- recommendations follow from the data --


def steps_of(folder, section, **yours):
    (module,) = (module for module in audit.SECTIONS if module.BLANK.name == section)
    return list(module.build(audit.read_exports(folder), audit.choose(yours), BRAND).recommendations)


def with_waits(hours):
    """Return cases that a person answers after so many hours, with nobody left waiting."""
    tickets = tables()["tickets"]
    tickets["first_human_reply_at"] = tickets["opened_at"] + pd.to_timedelta(hours, unit="h")
    tickets["resolved_at"] = tickets["first_human_reply_at"]
    tickets["outcome"] = "resolved"
    return text(tickets)


def test_a_fast_desk_gets_no_advice_to_be_faster(tmp_path):
    assert steps_of(write(tmp_path, tickets=with_waits(np.full(400, 1.0))), "service") == []


def test_a_slow_desk_is_told_to_act_and_an_unclear_one_to_count(tmp_path):
    (slow,) = steps_of(write(tmp_path, tickets=with_waits(np.full(400, 30.0))), "service")
    assert (slow.decision, slow.people > 150) == (DO, True)
    near = np.where(np.arange(400) % 5 == 0, 30.0, 1.0)  # 80 of 100 in time, as promised: on neither side
    (unclear,) = steps_of(write(tmp_path, tickets=with_waits(near)), "service")
    assert unclear.decision == MEASURE
    assert "Count three more months" in unclear.action


def test_your_own_promise_moves_the_advice(tmp_path):
    folder = write(tmp_path, tickets=with_waits(np.full(400, 30.0)))
    assert steps_of(folder, "service", promise_hours=48) == []


def visits_at(**factors):
    """Return 100,000 visits at the reference conversions, times a factor for some steps."""
    reached = 100_000
    counts = []
    for step in funnel.STEPS[1:]:
        onward = round(reached * funnel.REFERENCE[step] * factors.get(step, 1))
        counts.append(reached - onward)
        reached = onward
    return text(pd.DataFrame({"furthest_step": np.repeat(list(funnel.STEPS), [*counts, reached])}))


def test_a_funnel_at_its_reference_gets_no_advice(tmp_path):
    found = steps_of(write(tmp_path, visits=visits_at()), "funnel")
    assert all(step.decision == MEASURE for step in found)


def test_of_two_weak_steps_the_one_with_more_orders_to_gain_is_tested(tmp_path):
    (step,) = steps_of(write(tmp_path, visits=visits_at(product=0.8, payment=0.6)), "funnel")
    assert (step.decision, "before 'payment'" in step.action) == (TEST, True)
    (step,) = steps_of(write(tmp_path, visits=visits_at(product=0.6, payment=0.8)), "funnel")
    assert "before 'product'" in step.action


def test_parity_needs_a_gap_beyond_the_margin_that_is_no_luck(tmp_path):
    tickets = tables(2000)["tickets"]
    tickets["first_human_reply_at"] = tickets["opened_at"] + pd.Timedelta(hours=1)
    slow = (tickets["language"] == "it") & (tickets["channel"] == "email") & (np.arange(2000) % 2 == 0)
    tickets.loc[slow, "first_human_reply_at"] += pd.Timedelta(hours=40)
    tickets["resolved_at"], tickets["outcome"] = tickets["first_human_reply_at"], "resolved"
    (step,) = steps_of(write(tmp_path, 2000, tickets=text(tickets)), "parity")
    assert step.decision == DO
    assert "Answer language 'it' on e-mail as soon as Spanish" in step.action
    assert steps_of(tmp_path, "parity", margin=0.9) == []


def test_the_gap_between_languages_is_judged_by_an_interval_for_all_comparisons(brisa):
    """Recomputed with statsmodels: Newcombe's interval at 1 - 0.05 / comparisons, and the cases that waited too long."""
    section = brisa.section("parity")
    cells = len(section.chart.bars)
    step = next(step for step in section.recommendations if "Catalan" in step.action)
    cases = parity.answered_within(datasets.load_tickets())
    cases = cases[(cases["channel"] == "twitter") & cases[parity.OUTCOME].notna()]
    counted = (
        cases.groupby("language")[parity.OUTCOME].agg(["sum", "size"]).loc[["es", "ca"]].astype(int).to_numpy().ravel()
    )
    low, high = confint_proportions_2indep(*counted, method="newcomb", compare="diff", alpha=0.05 / cells)
    assert f"({100 * low:.0f} to {100 * high:.0f}), adjusted for {cells} comparisons" in step.evidence
    assert step.people == counted[3] - counted[2]


def test_the_rates_say_which_acts_they_count(brisa):
    """Likes on twitter are in no rate of unit 09: the rate is recomputed here from the kinds that the caveat names."""
    section = brisa.section("engagement")
    log, posts = datasets.load("interactions"), datasets.load("posts")
    ours = log[(log["brand"] == "Café Brisa") & log["actor_type"].isin(["follower", "non_follower"])]
    assert section.caveats[0].startswith("Acts in the rates are those of unit 09: on Twitter ")
    for shown_as, kinds in re.findall(r"on (\w+) ([\w, ]+)", section.caveats[0]):
        network = shown_as.lower()
        acts = ours[(ours["network"] == network) & ours["kind"].isin(kinds.split(", ")) & ours["post_id"].notna()]
        shown = posts.loc[(posts["brand"] == "Café Brisa") & (posts["network"] == network), "impressions"].sum()
        assert figures(brisa, "engagement")[f"Acts per 100 impressions, {shown_as}"] == f"{100 * len(acts) / shown:.2f}"


@pytest.mark.parametrize(("gain", "verdict"), [(5.0, TEST), (-5.0, None)])
def test_complaints_are_invited_only_if_the_whole_range_is_a_gain(gain, verdict):
    draws = pd.DataFrame({"gain_eur": [gain - 1, gain, gain + 1]})
    _, step = complaint_costs._asking(complaints.teaching_default(), draws)
    assert (step and step.decision) == verdict


def test_another_brand_is_ahead_only_by_the_interval_of_the_difference(brisa):
    """The overlap of two intervals is no test: the difference is drawn again here, post by post."""
    table = engagement.per_post(datasets.load("posts"), datasets.load("interactions"))
    table = table[table["network"] == "twitter"]
    ours, theirs = (table[table["brand"] == name] for name in ("Café Brisa", "Tostadores Nimbo"))
    rng = np.random.default_rng(1)

    def drawn(frame):
        picks = rng.integers(0, len(frame), (3000, len(frame)))
        acts, shown = frame["interactions"].to_numpy()[picks], frame["impressions"].to_numpy()[picks]
        return 100 * acts.sum(axis=1) / shown.sum(axis=1)

    low, high = np.quantile(drawn(ours) - drawn(theirs), [0.00625, 0.99375])
    found = engagement.micro_difference(ours, theirs, confidence=0.9875)
    assert found.low == pytest.approx(low, abs=0.02)
    assert found.high == pytest.approx(high, abs=0.02)
    section = brisa.section("engagement")
    assert "Tostadores Nimbo is ahead on Twitter" in section.chart.title
    assert "no leader is shown between you and Molienda Áurea on Facebook" in section.chart.title


def test_titles_claim_only_what_the_whole_interval_shows(tmp_path, brisa):
    """Dots on the wrong side are no finding: a title counts intervals."""
    for name in ("service", "funnel"):
        chart = brisa.section(name).chart
        below = sum(bar.high < chart.threshold for bar in chart.bars)
        assert re.search(rf"\b{below} of {len(chart.bars)}\b", chart.title)
    near = np.where(np.arange(400) % 10 < 3, 30.0, 1.0)  # 70 of 100 in each of two channels, promise 72
    write(tmp_path, tickets=with_waits(near))
    chart = audit.audit(tmp_path, BRAND, promise_share=0.72).section("service").chart
    assert any(bar.value < 72 for bar in chart.bars)
    assert chart.title == "No channel is shown to break the promise"


def test_the_quiet_customers_are_told_by_their_days_and_not_called_lost(brisa):
    people = segmentation.rfm(datasets.load("orders"), datasets.TODAY)
    quiet = people.loc[people["segment"].isin(["Cannot lose", "At risk"]), "recency_days"].median()
    section = brisa.section("segments")
    assert f"have bought nothing for long, half of them for {np.ceil(quiet):.0f} days or more" in section.finding
    assert any("every brand has some who are quiet longest" in caveat for caveat in section.caveats)


def test_quick_and_late_solutions_are_compared_by_the_interval_of_the_difference(brisa):
    shares = complaints.own_shares(complaints.case_outcomes(datasets.load_tickets()))
    counts = shares.loc[["stay_quick", "stay_resolved"], ["count", "n"]].to_numpy(dtype=int).ravel()
    low, high = confint_proportions_2indep(*counts, method="newcomb", compare="diff")
    sure = audit.key_figures(brisa.section("complaints")).loc["Stay: solved quickly minus solved later", "how sure"]
    assert sure == f"95% interval {100 * low:.1f} to {100 * high:.1f}: more stay"
    assert "2.8 to 14.0" in brisa.section("complaints").chart.title


def test_half_a_year_is_no_year_of_loyalty():
    days = pd.to_datetime(["2023-02-01", "2024-02-01", "2024-03-01", "2025-01-15"]).tz_localize("Europe/Madrid")
    orders = pd.DataFrame({"customer_id": ["a", "a", "b", "a"], "ordered_at": days})
    until = pd.Timestamp("2025-01-16", tz="Europe/Madrid")
    year, kept = last_retention(orders, until)
    assert (year, kept.count, kept.n) == (2023, 1, 1)  # 2024 has no whole next year yet
    assert last_retention(orders[orders["ordered_at"].dt.year == 2025], until) is None


def test_nobody_can_return_in_a_year_that_the_log_leaves_out():
    days = pd.to_datetime([f"{y}-03-01" for y in (2020, 2021, 2022, 2024)]).tz_localize(datasets.ZONE)
    orders = pd.DataFrame({"customer_id": ["a", "a", "a", "a"], "ordered_at": days})
    until = pd.Timestamp("2025-01-01", tz=datasets.ZONE)
    year, kept = last_retention(orders, until)
    assert (year, kept.count, kept.n) == (2021, 1, 1)
    assert last_retention(orders.iloc[2:], until) is None


# -- the report --


@pytest.mark.parametrize(("last", "year"), [("2025-12-24", 2023), ("2025-12-25", 2024)])
def test_a_log_that_ends_before_christmas_does_not_hold_its_year(last, year):
    until = pd.Timestamp(last, tz=datasets.ZONE) + pd.Timedelta(days=1)
    days = pd.to_datetime([f"{y}-03-01" for y in (2023, 2024, 2025)] + [last]).tz_localize(datasets.ZONE)
    orders = pd.DataFrame({"customer_id": ["a", "a", "a", "b"], "ordered_at": days, "amount_eur": 5.0})
    assert last_retention(orders, until)[0] == year


def test_files_that_end_a_month_apart_are_not_pointed_out_and_a_day_more_is():
    def ends(day):
        file = exports_module.ExportFile("visits", "read", 1, "2025-01-01", day, "", ())
        return exports_module.Exports({}, (file, file._replace(table="orders", last="2025-12-31"))).ends_apart()

    assert ends("2025-11-30") == ""
    assert ends("2025-11-29").startswith("visits.csv ends 32 days before orders.csv")


def test_the_report_is_one_page_that_asks_nobody_for_anything(brisa):
    page = BeautifulSoup(audit.report(brisa), "html.parser")
    assert page.select("script, link, iframe, img, object, [src], [onclick]") == []
    assert [a for a in page.select("[href]") if not a["href"].startswith("#")] == []
    assert "url(" not in page.style.string
    assert "@import" not in page.style.string
    assert page.html["lang"] == "en"
    assert len(page.select("main h1")) == 1
    assert len(page.select_one("meta[name=description]")["content"]) > 20


@pytest.fixture(scope="module")
def page(lunar):
    return BeautifulSoup(audit.report(lunar), "html.parser")


def words(node):
    return " ".join(node.get_text().split())


def test_the_report_says_what_to_do_then_what_was_read_then_each_section_then_how_to_read_it(page, lunar):
    sections = [
        "Engagement",
        "Service levels",
        "Purchase funnel",
        "Segments",
        "Complaint economics",
        "Parity of service",
    ]
    assert [section.heading for section in lunar.sections] == sections
    headings = [words(heading) for heading in page.find_all("h2")]
    assert headings == ["What to do first", "What was read", *sections, "How to read this"]
    assert "Not legal advice." in words(page.find("p"))


def test_each_step_of_the_report_is_that_of_the_table_under_the_same_names(page, lunar):
    table = audit.steps_table(lunar)
    shown = [
        {words(name): words(told) for name, told in zip(item.find_all("dt"), item.find_all("dd"), strict=True)}
        | {"decision": words(item.find(class_="decision")), "step": words(item.find("strong"))}
        for item in page.find(class_="steps").find_all("li", recursive=False)
    ]
    assert shown == [
        {
            "decision": row["decision"],
            "step": row["step"],
            "Evidence": row["evidence"],
            "Owner, by": f"{row['owner']}, {row['by']}",
            "Concerned": row["concerned"],
            "Money at stake": row["money at stake"],
            "Measured by": row["measured by"],
            "Work": f"{row['hours']} hours (a default: ask who will do it)",
        }
        for _, row in table.iterrows()
    ]
    assert table["by"].nunique() > 1


def test_each_table_of_the_report_holds_its_values_under_their_names(page, lunar):
    found = {words(table.find("caption")): table for table in page.find_all("table")}
    for section in lunar.sections:
        rows = found[f"Key figures: {section.heading}"].find_all("tr")
        assert [words(cell) for cell in rows[0].find_all("th")] == ["figure", "value", "how sure", "counted in"]
        told = [tuple(words(cell) for cell in row.find_all(["th", "td"])) for row in rows[1:]]
        assert told == [tuple(" ".join(text.split()) for text in figure) for figure in section.figures]
    files = found["Files of the audit"].find_all("tr")
    assert [words(cell) for cell in files[0].find_all("th")] == [
        "file",
        "status",
        "rows",
        "from",
        "to",
        "columns not read",
    ]
    tickets = next(file for file in lunar.exports.files if file.table == "tickets")
    row = next(row for row in files if words(row.find("th")) == "tickets.csv")
    assert [words(cell) for cell in row.find_all("td")][:4] == ["read", str(tickets.rows), tickets.first, tickets.last]
    inputs = [[words(cell) for cell in row.find_all(["th", "td"])] for row in found[INPUTS].find_all("tr")]
    assert inputs[0] == ["input", "value", "unit", "whose", "meaning"]
    assert [row[:4] for row in inputs[1:]] == lunar.inputs.table().reset_index().iloc[:, :4].to_numpy().tolist()


def test_the_words_of_a_decision_are_explained_in_their_order(page):
    last = page.find_all("dl")[-1]
    told = dict(zip(map(words, last.find_all("dt")), map(words, last.find_all("dd")), strict=True))
    assert list(told) == ["Do", "Test first", "Measure first"]
    assert "removes the shortfall itself" in told["Do"]
    assert "by lot" in told["Test first"]
    assert "holds the threshold" in told["Measure first"]


def test_each_picture_has_words_and_each_table_its_headers(brisa):
    page = BeautifulSoup(audit.report(brisa), "html.parser")
    pictures = page.select("svg[role=img]")
    assert len(pictures) == 6
    for svg in pictures:
        title, words = (page.find(id=name).get_text() for name in svg["aria-labelledby"].split())
        assert len(words) >= 40
        assert title != words
    for table in page.select("table"):
        assert table.caption
        assert all(cell.get("scope") in ("col", "row") for cell in table.select("th"))


def test_a_name_keeps_its_capital_in_a_caption_and_a_day_its_line(brisa):
    page = BeautifulSoup(audit.report(brisa), "html.parser")
    captions = [caption.get_text() for caption in page.select("figcaption")]
    assert any("Wilson intervals" in caption for caption in captions)
    assert all(caption[0].isupper() for caption in captions)
    assert "2025-12-31" in [cell.get_text() for cell in page.select("td.day")]


def test_the_report_holds_no_key_of_a_person_and_nothing_of_theirs(lunar, brisa):
    html = audit.report(lunar)
    assert not any(secret in html for secret in SECRET)
    for found in (lunar, brisa):
        html = audit.report(found)
        words = set(re.findall(r"[\w#/@.-]+", html))
        for table, column in (("orders", "customer_id"), ("orders", "order_id"), ("tickets", "ticket_id")):
            assert not words & set(found.exports.tables[table][column].dropna())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("order_id", "ord/1"),
        ("channel", "ines@example.org"),
        ("channel", "I have waited for three weeks, my number is 600"),
    ],
)
def test_a_cell_that_may_name_a_person_is_not_shown(tmp_path, column, value):
    tickets = tables()["tickets"]
    tickets["ticket_id"] = "case-1" if column == "order_id" else tickets["ticket_id"]
    tickets.loc[0, column] = value
    found = audit.read_exports(write(tmp_path, tickets=text(tickets)))
    told = found.files[3].problem
    assert "found a value that is not shown here; expected" in told
    assert value not in told


def test_markup_in_a_file_stays_text(tmp_path):
    shop = "<script>alert(1)</script>"
    frames = {name: frame.assign(brand=shop) for name, frame in tables().items() if "brand" in frame}
    html = audit.report(audit.audit(write(tmp_path, **{name: text(frame) for name, frame in frames.items()})))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_the_same_exports_give_the_same_bytes(tmp_path, lunar):
    again = audit.audit(write(tmp_path), BRAND)
    target = tmp_path / "report.html"
    html = audit.report(again, target)
    assert target.read_bytes().decode() == html == audit.report(lunar)


def test_a_picture_keeps_its_marks_inside_and_in_order(brisa):
    for section in brisa.sections:
        drawn = picture(section.chart)
        for line, bar in zip(drawn.lines, section.chart.bars, strict=True):
            assert 8 <= line.x <= 392
            if bar.low is not None:
                assert 8 <= line.low <= line.x <= line.high <= 392
        values = [bar.value for bar in section.chart.bars]
        places = [line.x for line in drawn.lines]
        assert np.argsort(values, kind="stable").tolist() == np.argsort(places, kind="stable").tolist()


def test_each_chart_is_a_figure_of_the_course_too(brisa):
    for section in brisa.sections:
        shown = audit.draw(section.chart)
        assert len(shown.table) == len(section.chart.bars)


def test_what_to_ask_for_lists_every_file():
    assert list(audit.requests().index) == [f"{table}.csv" for table in exports_module.COLUMNS]


# -- the median's interval, and reading some columns only --


def test_the_interval_of_the_median_wait_is_that_of_the_survival_curve():
    """Against lifelines' published method: without censoring, the ends are order statistics of the sample."""
    waits = pd.DataFrame({"wait_hours": np.arange(1.0, 101), "answered": True})
    low, high = service_levels.percentile_interval(waits, 50)
    assert low < service_levels.wait_percentile(waits, 50) == 50 < high
    assert (low, high) == (40, 60)  # binomial order statistics of 100: the 40th and the 61st
    waits.loc[40:, "answered"] = False
    assert np.isnan(service_levels.percentile_interval(waits, 50)[1])


def test_only_the_columns_asked_for_are_read_and_checked(tmp_path):
    path = tmp_path / "audience.csv"
    path.write_text("note,week_start,followers,brand\nx,2025-01-06,lots,My bakery\n", encoding="utf-8")
    table = datasets.load("audience", path, columns=["week_start", "brand"], optional=["active_followers"])
    assert list(table.columns) == ["week_start", "brand"]
    assert datasets.header(path) == ["note", "week_start", "followers", "brand"]
    with pytest.raises(ValueError, match=r"column 'network' is missing; expected columns week_start, network"):
        datasets.load("audience", path, columns=["week_start", "network"])
    with pytest.raises(ValueError, match="column 'fans' is unknown; expected some of week_start, brand"):
        datasets.load("audience", path, columns=["fans"])


def test_rules_and_keys_hold_when_their_columns_are_read(tmp_path):
    path = tmp_path / "audience.csv"
    path.write_text("week_start,followers,active_followers\n2025-01-06,9,10\n", encoding="utf-8")
    with pytest.raises(ValueError, match="expected no more active followers than followers in the same row"):
        datasets.load("audience", path, columns=["followers", "active_followers"])
    assert len(datasets.load("audience", path, columns=["active_followers"])) == 1


def test_the_readme_lists_the_columns_that_the_audit_reads():
    readme = Path("README.md").read_text(encoding="utf-8")
    for table, columns in exports_module.COLUMNS.items():
        cells = re.search(rf"^\| `{table}\.csv` \|(.*)\|(.*)\|$", readme, re.MULTILINE).groups()
        listed = [cell.replace("`", "").split() for cell in cells]
        assert listed == [list(columns), list(exports_module.OPTIONAL.get(table, ()))]
