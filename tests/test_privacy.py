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
