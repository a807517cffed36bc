"""The generator writes the stored tables again, byte by byte, and its schemas and keys hold."""

import json
import re
import sys
from pathlib import Path

import pandas as pd
import pytest

DATASETS = Path(__file__).resolve().parents[1] / "datasets"
sys.path.insert(0, str(DATASETS))

import generate  # noqa: E402
from generator import BUILDERS, graph, mentions, posts  # noqa: E402

RESOURCES = {
    resource["name"]: resource
    for resource in json.loads((DATASETS / "datapackage.json").read_text(encoding="utf-8"))["resources"]
}
SYNTHETIC = sorted(name for name, resource in RESOURCES.items() if resource.get("synthetic"))


@pytest.fixture(scope="module")
def built() -> dict[str, pd.DataFrame]:
    return generate.build()


def test_regeneration_is_byte_identical_for_every_table(built):
    differing = [
        name for name, table in built.items() if (DATASETS / f"{name}.csv").read_bytes() != generate.csv_bytes(table)
    ]
    assert not differing, f"run: make data; differ: {differing}"


def test_every_synthetic_resource_has_a_builder_and_a_file():
    assert sorted(BUILDERS) == SYNTHETIC
    for name in SYNTHETIC:
        assert (DATASETS / RESOURCES[name]["path"]).is_file(), name


def test_the_readme_states_the_row_count_of_each_table_it_lists(built):
    stated = re.findall(r"^\| `(\w+)` \| ([\d,]+) \|", (DATASETS / "README.md").read_text(encoding="utf-8"), re.M)
    assert "posts" in dict(stated)
    assert {name: int(rows.replace(",", "")) for name, rows in stated} == {name: len(built[name]) for name, _ in stated}


def test_all_tables_together_stay_within_12_megabytes():
    assert sum(path.stat().st_size for path in DATASETS.glob("*.csv")) <= 12_000_000


@pytest.mark.parametrize("name", SYNTHETIC)
def test_columns_are_those_of_the_schema_and_required_cells_are_filled(name):
    table = pd.read_csv(DATASETS / f"{name}.csv", dtype=str, keep_default_na=False)
    fields = RESOURCES[name]["schema"]["fields"]
    assert list(table.columns) == [field["name"] for field in fields]
    for field in fields:
        rules, cells = field.get("constraints", {}), table[field["name"]]
        if rules.get("required"):
            assert (cells != "").all(), field["name"]
        if "enum" in rules:
            assert set(cells) - {""} <= {str(value) for value in rules["enum"]}, field["name"]


@pytest.mark.parametrize("name", SYNTHETIC)
def test_primary_keys_are_unique_and_foreign_keys_exist(name):
    schema = RESOURCES[name]["schema"]
    table = pd.read_csv(DATASETS / f"{name}.csv", dtype=str)
    assert not table.duplicated(schema["primaryKey"]).any()
    for key in schema.get("foreignKeys", []):
        there = pd.read_csv(DATASETS / f"{key['reference']['resource']}.csv", dtype=str)
        used = table[key["fields"]].dropna()
        assert used.isin(set(there[key["reference"]["fields"]])).all(), key


def test_scale_2_doubles_the_rows_and_keeps_the_keys_unique():
    for module in (posts, graph):
        for name, builder in module.BUILDERS.items():
            once, twice = len(builder({}, 1)), builder({}, 2)
            assert len(twice) == pytest.approx(2 * once, rel=0.05), name
            assert not twice.duplicated(RESOURCES[name]["schema"]["primaryKey"]).any(), name


def test_scale_2_doubles_the_counts_of_a_table_whose_rows_are_the_calendar(built):
    once = built["mentions_hourly"]
    twice = mentions.mentions_hourly(built, 2)
    assert len(twice) == len(once)
    untagged = [(table["mentions"] - table["tagged_mentions"]).sum() for table in (once, twice)]
    assert untagged[1] == pytest.approx(2 * untagged[0], rel=0.05)


def test_times_are_stored_with_the_offset_of_their_day_and_booleans_in_lower_case():
    table = pd.DataFrame(
        {
            "at": pd.to_datetime(["2025-03-30T00:30Z", "2025-03-30T01:30Z", None]).tz_convert("Europe/Madrid"),
            "sure": [True, False, True],
        }
    )
    lines = generate.csv_bytes(table).decode().splitlines()
    assert lines == [
        "at,sure",
        "2025-03-30T01:30:00+01:00,true",
        "2025-03-30T03:30:00+02:00,false",
        ",true",
    ]
