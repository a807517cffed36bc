"""The published figures are typed, dated and sourced, and the evidence page shows all of them."""

import csv
import re
from pathlib import Path

import pytest
import yaml

from socialcare import datasets

ROOT = Path(__file__).resolve().parents[1]
CHANGES = {"percent_change", "correlation"}  # may be negative


def read_rows():
    with (ROOT / "datasets" / "benchmarks.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = read_rows()
every_figure = pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])


def numbers(row):
    """Return value, low and high as far as the row has them."""
    return {name: float(row[name]) for name in ("value", "low", "high") if row[name]}


def by_id(figure):
    return numbers(next(row for row in ROWS if row["id"] == figure))


def test_the_table_follows_its_schema():
    datasets.load("benchmarks", ROOT / "datasets" / "benchmarks.csv")


def test_a_figure_is_the_published_one_and_stands_below_its_heading():
    """No formula can see a digit that was typed wrong, so each figure was typed twice."""
    shown = {}
    for row in ROWS:
        span = f"{row['low']} to {row['high']}" if row["low"] else ""
        figure = f"{', '.join(filter(None, [row['value'], span]))} {row['unit']}"
        shown.setdefault(row["topic"], {})[row["id"]] = figure
    assert shown == yaml.safe_load((ROOT / "tests" / "published_figures.yml").read_text(encoding="utf-8"))


@every_figure
def test_a_figure_is_a_value_or_a_full_range_and_the_value_lies_inside(row):
    found = numbers(row)
    assert "value" in found or {"low", "high"} <= set(found)
    assert ("low" in found) == ("high" in found)
    if "low" in found:
        assert found["low"] < found["high"]
        assert found["low"] <= found.get("value", found["low"]) <= found["high"]


@every_figure
def test_a_figure_fits_its_unit(row):
    for number in numbers(row).values():
        if row["unit"] == "percent":
            assert 0 <= number <= 100
        elif row["unit"] == "correlation":
            assert -1 <= number <= 1
        elif row["unit"] not in CHANGES:
            assert number > 0


@every_figure
def test_a_figure_is_not_measured_after_its_publication(row):
    if row["year"] and row["published"]:
        assert int(row["year"]) <= int(row["published"][:4])


def test_a_share_says_of_what():
    shares = [row for row in ROWS if row["unit"] == "percent" and row["quantity"].startswith("Share")]
    assert len(shares) >= 40
    assert [row["id"] for row in shares if not re.search(r"\b(of|in) ", row["quantity"])] == []


def test_an_engagement_rate_says_what_it_is_divided_by():
    rates = [row for row in ROWS if row["topic"] == "engagement_rate" and row["unit"] == "percent"]
    assert len(rates) >= 10
    assert [row["id"] for row in rates if not re.search(r"divided by|definition", row["quantity"])] == []


def test_only_studies_with_a_review_and_laws_have_the_best_grade():
    reviewed = {
        "Association for Consumer Research",
        "Information Systems Research",
        "Journal of Marketing",
        "Journal of Marketing Research",
    }
    assert {row["publisher"] for row in ROWS if row["grade"] == "A"} == {
        *reviewed,
        "Boletín Oficial del Estado",
        "European Union",
    }


def test_expectations_add_up_over_time():
    assert by_id("expect_twitter_30min_oracle_2011") == {"value": 30}
    assert by_id("expect_twitter_2h_oracle_2011") == {"value": 30 + 22}
    assert by_id("expect_twitter_sameday_oracle_2011") == {"value": 30 + 22 + 29}
    assert by_id("expect_facebook_sameday_oracle_2011") == {"value": 29 + 22}


def test_the_deadlines_of_the_law_are_those_of_its_text():
    law = {row["id"]: (float(row["value"]), row["unit"]) for row in ROWS if row["topic"] == "law_deadlines"}
    assert law["law_resolve"] == (15, "working_days")
    assert law["law_billing"] == (5, "days")
    assert law["law_outage"] == (2, "hours")
    assert law["law_every_trader"] == (15, "days")


def test_each_figure_names_an_entry_of_the_evidence_page():
    text = (ROOT / "book" / "evidence.md").read_text(encoding="utf-8")
    labels = set(re.findall(r"^\((\w+)\)=$", text, re.M))
    assert [row["id"] for row in ROWS if row["b_id"].lower() not in labels] == []


def test_the_book_shows_every_topic_once():
    text = (ROOT / "book" / "evidence.md").read_text(encoding="utf-8")
    shown = re.findall(r"\{benchmarks\} (\S+)", text)
    assert sorted(shown) == sorted({row["topic"] for row in ROWS})
