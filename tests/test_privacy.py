"""The privacy gate: what may not sort people is refused by name, with the reason and the law."""

import re

import pandas as pd
import pytest

from socialcare import datasets, privacy, segmentation


@pytest.mark.parametrize(
    ("column", "status"),
    [
        ("religion", "forbidden"),
        ("religion_inferred", "forbidden"),
        ("sexual_orientation", "forbidden"),
        ("orientacionSexual", "forbidden"),
        ("ideología", "forbidden"),
        ("union_member", "forbidden"),
        ("ethnic_group", "forbidden"),
        ("profilePhoto_url", "forbidden"),
        ("twitter_bio", "forbidden"),
        ("gender_guessed", "forbidden"),  # the stricter rule wins: gender may be declared, never guessed
        ("diet_need_declared", "explicit consent"),
        ("accessibility_need_declared", "explicit consent"),
        ("SALUD", "explicit consent"),
        ("vulnerable_declared", "explicit consent"),
        ("vulnerabilidad", "explicit consent"),
        ("gender_declared", "check only"),
        ("region", "allowed"),
        ("age_band", "allowed"),
        ("biological_beans", "allowed"),  # whole words only: bio inside another word is no bio
        ("session_started", "allowed"),
        ("orders", "allowed"),
    ],
)
def test_a_name_gets_its_status(column, status):
    assert privacy.gate([column]).loc[column, "status"] == status


@pytest.mark.parametrize(
    ("column", "law"),
    [
        ("religion_inferred", "CJEU C-184/20"),
        ("religion", "LOPDGDD art. 9.1"),
        ("diet_need", "GDPR art. 9.2(a)"),
        ("gender_declared", "Act 15/2022"),
    ],
)
def test_a_refusal_names_the_column_the_reason_and_the_law(column, law):
    with pytest.raises(ValueError, match=re.escape(f"column {column!r} is refused (")) as refusal:
        privacy.require_allowed(["region", column])
    assert law in str(refusal.value)
    assert str(refusal.value).count(": ") == 1


def test_allowed_columns_pass_in_silence():
    assert privacy.require_allowed(["region", "orders", "spent_eur"]) is None


def test_the_courses_customers_have_three_columns_that_no_segment_may_use():
    table = privacy.gate(datasets.load("customers").columns)
    stopped = table.index[table["status"] != "allowed"].to_list()
    assert stopped == ["gender_declared", "accessibility_need_declared", "diet_need_declared"]


FORBIDDEN = pd.DataFrame({"orders": [1.0, 2.0, 3.0, 4.0], "faith": [0.0, 1.0, 0.0, 1.0]})


@pytest.mark.parametrize(
    "call",
    [
        lambda: segmentation.standardised(FORBIDDEN),
        lambda: segmentation.k_means(FORBIDDEN, 2),
        lambda: segmentation.fit_propensity(FORBIDDEN, pd.Series([True, False, True, False])),
        lambda: segmentation.associations(FORBIDDEN, ["orders", "faith"], FORBIDDEN["orders"]),
        lambda: segmentation.criteria(
            FORBIDDEN, pd.Series(list("abab")), extra_share=0.1, margin=20, contact_cost=1, fixed_cost=10
        ),
        lambda: segmentation.identifying_rules(FORBIDDEN, pd.Series(list("abab")), "a"),
        lambda: segmentation.choose_k(FORBIDDEN, [2]),
        lambda: segmentation.stability(FORBIDDEN, 2),
    ],
)
def test_every_way_to_build_a_segment_passes_the_gate(call):
    with pytest.raises(ValueError, match="column 'faith' is refused"):
        call()


# --- purposes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "purpose", "words"),
    [
        ("profile_photo", "service", "forbidden): what is read off a photo counts as the thing itself"),
        ("inferred_religion", "marketing", "forbidden): inferred from other data"),
        ("inferred_hobby", "service", "forbidden): it is read off a person who has not declared it"),
        ("guessed_age", "statistics", "forbidden): it is read off a person"),
        ("religion_declared", "marketing", "explicit consent and another basis): in Spain consent alone"),
        ("contacts", "marketing", "no business of a service desk"),
        ("location_of_post", "marketing", "from where somebody writes"),
        ("birthday", "marketing", "only if the person asked for a greeting"),
        ("delivery_address", "marketing", "to deliver; never to be shown"),
        ("email", "marketing", "advertising by e-mail needs consent of its own"),
        ("diet_need_declared", "marketing", "for the need that was declared"),
        ("diet_need_declared", "service", "no consent): may say something about health"),
        ("shoe_size", "service", "no row of privacy_rules.csv says what it is for"),
    ],
)
def test_a_field_is_refused_for_a_purpose_with_its_reason(field, purpose, words):
    with pytest.raises(ValueError, match=re.escape(words)) as refusal:
        privacy.require_purpose(["first_name", field] if purpose == "service" else [field], purpose)
    assert f"field {field!r} is refused for {purpose}" in str(refusal.value)


def test_what_serves_the_person_passes():
    assert privacy.require_purpose(["first_name", "order_id", "declared_language"], "service") is None
    assert privacy.require_purpose(["diet_need_declared"], "service", consent=["diet_need_declared"]) is None
    assert privacy.require_purpose(["birthday"], "gift_on_request") is None


@pytest.mark.parametrize(
    "field", ["inferred_religion", "inferred_orientation", "profile_photo", "bio_text", "inferred_diet"]
)
@pytest.mark.parametrize("purpose", privacy.PURPOSES)
def test_an_inference_is_refused_for_every_purpose_even_with_consent(field, purpose):
    with pytest.raises(ValueError, match="is refused for"):
        privacy.require_purpose([field], purpose, consent=[field])


def test_an_unknown_purpose_is_refused():
    with pytest.raises(ValueError, match="purpose 'curiosity' is unknown; expected one of service, "):
        privacy.require_purpose(["first_name"], "curiosity")


def test_every_row_of_the_table_names_its_law_and_known_purposes():
    table = privacy.purpose_table()
    named = {purpose for purposes in table["purposes"] for purpose in purposes.split("|") if purpose}
    assert named <= {*privacy.PURPOSES, "none_here"}
    assert (table.loc[table["use"] == "forbidden", "purposes"] == "").all()
    assert (table.loc[table["use"] == "forbidden", "retention_days"] == 0).all()


def test_what_was_kept_too_long_is_found():
    last = pd.to_datetime(["2025-06-01", "2024-12-01", "2025-12-31", "2026-01-01"]).tz_localize("Europe/Madrid")
    record = pd.DataFrame({"field": ["phone", "phone", "profile_photo", "profile_photo"], "last_case": last})
    found = privacy.overdue(record)
    assert found.index.to_list() == [1, 2, 3]  # a field that may not be stored is overdue on the first day
    assert found["kept_days"].to_list() == [396, 1, 0]


def test_the_last_day_of_the_limit_is_still_in_time():
    limit = int(privacy.purpose_table().loc["phone", "retention_days"])
    today = pd.Timestamp("2026-01-01", tz="Europe/Madrid")
    record = pd.DataFrame(
        {"field": "phone", "last_case": [today - pd.DateOffset(days=limit + late) for late in (0, 1)]}
    )
    assert privacy.overdue(record, today).index.to_list() == [1]


def test_a_field_without_a_limit_cannot_be_checked():
    record = pd.DataFrame(
        {"field": ["shoe_size"], "last_case": pd.to_datetime(["2025-06-01"]).tz_localize("Europe/Madrid")}
    )
    with pytest.raises(ValueError, match="field 'shoe_size' has no row"):
        privacy.overdue(record)
