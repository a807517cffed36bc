"""Loaders: the course's tables are typed, and a reader's own file is either right or refused in one sentence."""

import json

import pandas as pd
import pytest

from socialcare import datasets

HEADER = "week_start,brand,network,followers,active_followers\n"
GOOD = HEADER + "2025-01-06,My bakery,twitter,640,38\n2025-01-13,My bakery,twitter,645,39\n"
TABLES = datasets.tables()


@pytest.fixture
def own(tmp_path):
    """Write a reader's file and load it as the table that its name says."""

    def load(text, table="audience", encoding="utf-8"):
        path = tmp_path / f"{table}.csv"
        path.write_bytes(text.encode(encoding))
        return datasets.load(table, path)

    return load


def changed(table, row, column, value):
    """Return the CSV text of a few valid rows with one cell changed; rows count from 1."""
    rows = pd.read_csv(datasets.folder() / f"{table}.csv", dtype=str, keep_default_na=False, nrows=30)
    rows.loc[row - 1, column] = value
    return rows.to_csv(index=False)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_of_the_course_loads_and_keeps_its_own_rules(name):
    ours = datasets.load(name)
    checked = datasets.load(name, datasets.folder() / f"{name}.csv")
    pd.testing.assert_frame_equal(ours, checked)
    assert not ours.empty


def test_columns_have_the_types_of_the_schema():
    log = datasets.load_interactions()
    assert str(log["occurred_at"].dtype.tz) == "Europe/Madrid"
    posts = datasets.load_posts()
    assert posts["call_to_action"].dtype == bool
    assert posts["impressions"].dtype == "int64"
    assert datasets.load_audience()["week_start"].dt.day_of_week.unique().tolist() == [0]


def test_the_data_dictionary_has_a_row_for_each_column():
    dictionary = datasets.dictionary("audience").set_index("column")
    assert list(dictionary.index) == list(datasets.load_audience().columns)
    assert dictionary.loc["followers", "unit"] == "people"


def test_a_good_file_of_a_brand_we_have_never_seen_is_loaded(own):
    table = own(GOOD)
    assert table["brand"].unique().tolist() == ["My bakery"]
    assert table["active_followers"].tolist() == [38, 39]


def test_a_byte_order_mark_from_excel_is_no_problem(own):
    assert len(own(GOOD, encoding="utf-8-sig")) == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "audience.csv: the file is empty; expected a header row and data rows"),
        (HEADER, "audience.csv: there are no data rows; expected at least one below the header"),
        (
            GOOD.replace(",", ";"),
            "audience.csv: columns are separated by ';'; expected commas (save as 'CSV UTF-8, comma')",
        ),
        (
            GOOD.replace("followers,active", "follower,active", 1),
            "audience.csv: column 'followers' is missing (is it 'follower'?); "
            "expected columns week_start, brand, network, followers, active_followers",
        ),
        (
            GOOD.replace("active_followers\n", "active_followers,note\n")
            .replace("38\n", "38,x\n")
            .replace("39\n", "39,x\n"),
            "audience.csv: column 'note' is unknown; "
            "expected columns week_start, brand, network, followers, active_followers",
        ),
        (
            GOOD.replace("week_start,brand", "brand,brand"),
            "audience.csv: column 'brand' stands 2 times; expected it once",
        ),
        (GOOD.replace(",38", ",38,7"), "audience.csv, row 1: found 6 cells; expected 5, as in the header"),
        (GOOD.replace(",39", ""), "audience.csv, row 2: found 4 cells; expected 5, as in the header"),
        (
            GOOD.replace("640", "640.5"),
            "audience.csv, column 'followers', row 1: found '640.5'; expected a whole number of 1 or more (unit: people)",
        ),
        (
            GOOD.replace("645", "1.2k"),
            "audience.csv, column 'followers', row 2: found '1.2k'; expected a whole number of 1 or more (unit: people)",
        ),
        (
            GOOD.replace("640", "inf"),
            "audience.csv, column 'followers', row 1: found 'inf'; expected a whole number of 1 or more (unit: people)",
        ),
        (
            GOOD.replace("640", "-640"),
            "audience.csv, column 'followers', row 1: found '-640'; expected a whole number of 1 or more (unit: people)",
        ),
        (
            GOOD.replace("2025-01-13", "13/01/2025"),
            "audience.csv, column 'week_start', row 2: found '13/01/2025'; expected a date such as 2025-03-10",
        ),
        (
            GOOD.replace("2025-01-13", "2025-02-30"),
            "audience.csv, column 'week_start', row 2: found '2025-02-30'; expected a date such as 2025-03-10",
        ),
        (
            GOOD.replace("2025-01-13", "2025-01-06"),
            "audience.csv, column 'week_start, brand, network', row 2: "
            "found '2025-01-06, My bakery, twitter'; expected each key once",
        ),
        (
            GOOD.replace("twitter,645", "tuiter,645"),
            "audience.csv, column 'network', row 2: found 'tuiter'; expected one of twitter, facebook",
        ),
        (
            GOOD.replace("My bakery,twitter,645", ",twitter,645"),
            "audience.csv, column 'brand', row 2: found an empty cell; expected text",
        ),
        (
            GOOD.replace(",38", ",641"),
            "audience.csv, column 'active_followers', row 1: found '641'; "
            "expected no more active followers than followers in the same row",
        ),
    ],
)
def test_a_broken_file_is_refused_in_one_sentence(own, text, sentence):
    with pytest.raises(ValueError, match=r".") as refusal:
        own(text)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "words"),
    [
        ("interactions", 5, "interaction_id", "i00001", "found 'i00001'; expected each value once"),
        ("interactions", 4, "occurred_at", "2025-03-10T09:30:00", "expected a time with its offset"),
        ("interactions", 4, "occurred_at", "10.03.2025 09:30", "expected a time with its offset"),
        ("interactions", 2, "kind", "retweeted", "expected one of retweet, mention, like, comment, share"),
        ("interactions", 2, "polarity", "angry", "expected one of positive, neutral, negative, service_request"),
        ("posts", 3, "reach", "9999999", "expected no more people reached than impressions in the same row"),
        ("posts", 3, "call_to_action", "yes", "found 'yes'; expected true or false"),
        ("posts", 3, "impressions", "", "found an empty cell; expected a whole number"),
    ],
)
def test_a_broken_cell_names_column_row_value_and_expectation(own, table, row, column, value, words):
    with pytest.raises(ValueError, match=r".") as refusal:
        own(changed(table, row, column, value), table)
    assert str(refusal.value).startswith(f"{table}.csv, column '{column}', row {row}: ")
    assert words in str(refusal.value)


def test_a_mention_needs_a_polarity(own):
    log = datasets.load_interactions().head(30)
    row = int((log["kind"] == "mention").to_numpy().argmax()) + 1
    with pytest.raises(
        ValueError, match=f"row {row}: found an empty cell; expected a polarity for every mention and comment"
    ):
        own(changed("interactions", row, "polarity", ""), "interactions")


NUMBERS = [
    (resource["name"], field["name"], field.get("constraints", {}))
    for resource in json.loads((datasets.folder() / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    for field in resource["schema"]["fields"]
    if field["type"] in {"integer", "number"}
]
MAY_BE_NEGATIVE = {("benchmarks", "value"), ("benchmarks", "low"), ("benchmarks", "high"), ("orders", "margin_eur")}


@pytest.mark.parametrize(
    ("table", "column", "limits"), NUMBERS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_number_below_or_above_what_can_be_is_refused_by_name(own, table, column, limits):
    assert ("minimum" in limits) == ((table, column) not in MAY_BE_NEGATIVE)
    assert limits.get("minimum", 0) >= 0
    beyond = [limits["minimum"] - 1] if "minimum" in limits else []
    for value in [*beyond, limits["maximum"] + 1] if "maximum" in limits else beyond:
        with pytest.raises(ValueError, match=rf"column '{column}', row 1: found '{value}'; expected"):
            own(changed(table, 1, column, str(value)), table)


def test_a_file_in_another_encoding_is_told_what_to_do(own):
    with pytest.raises(ValueError, match="is not UTF-8; save the file as 'CSV UTF-8'"):
        own(GOOD.replace("My bakery", "Panadería"), encoding="latin-1")


def test_a_missing_file_is_told_by_name(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"nowhere\.csv: file not found"):
        datasets.load_audience(tmp_path / "nowhere.csv")


def test_an_unknown_table_lists_the_known_ones():
    with pytest.raises(ValueError, match="table 'tweets' is unknown; expected one of audience, "):
        datasets.load("tweets")


def test_every_table_has_a_loader_of_its_own_name():
    for name in TABLES:
        loader = getattr(datasets, f"load_{name}")
        assert loader.__doc__.startswith("One row per ")
        assert not loader().empty


UNITS = set(
    [
        "EUR",
        "accounts",
        "acts",
        "clicks",
        "impressions",
        "level",
        "mentions",
        "messages",
        "minutes",
        "people",
        "points",
        "units",
        "users",
        "words",
        "year",
        "years",
    ]
) | {"see column unit"}


def test_the_units_are_those_that_the_course_explains():
    assert {unit for name in TABLES for unit in datasets.dictionary(name)["unit"] if unit} == UNITS
