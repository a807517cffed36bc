"""The inventory holds every item of the five sources once, with a verdict that its evidence supports."""

import csv
import re
from pathlib import Path

import pytest

from socialcare import datasets

ROOT = Path(__file__).resolve().parents[1]
EXPECTED = {  # items per section, counted in the sources
    "S0.1": 14,  # 4 framing claims + 10 keys
    "S0.2": 12,  # 12 statements
    "S0.3": 23,  # 5 comparisons + 9 observations + 9 lessons
    "S0.4": 10,  # 5 keys + 2 formulas + 3 uses
    "S1.1": 8,  # 8 statements
    "S1.2": 20,  # 1 definition + 4 stages + 5 claims + 3 pillars + 3 measures + 4 trends
    "S1.3": 22,  # 1 definition + 4 reasons + 6 ways + 6 levers + 3 steps and 2 tips for buttons
    "S1.4": 15,  # 3 phases + 11 checkout rules + 1 goal
    "S1.5": 33,  # 1 definition + 7 purposes + 4 criteria + data mining + 4 variables + 6 types + 3 groups + 7 profiles
    "S2.1": 5,  # 5 things not to do
    "S2.2": 11,  # 11 tasks
    "S2.3": 17,  # 3 myths + 7 duties + 6 skills + 1 share of communication
    "S2.4": 11,  # 11 tips
    "S2.5": 36,  # 1 definition + 5 figures + 4 reasons + 4 behaviours + 2 groups + 7 nevers + 8 steps + 4 attitudes + 1
    "S2.6": 25,  # 1 rule + 2 opportunities + 5 steps + 12 sub-rules + 4 compensations + 1 reason
    "S2.7": 1,  # heading without text
    "S3.1": 7,  # 7 claims
    "S3.2": 22,  # 8 requirements + 14 sub-rules (5 on answers, 3 on policy, 3 on hours, 3 on knowledge)
    "S4.1": 10,  # 9 statements + 1 quote
    "S4.2": 11,  # 1 framing claim + 10 steps
    "S4.3": 14,  # 4 findings + 10 tips
    "S4.4": 37,  # 3 causes + 5 principles + 7 goals + 4 metric examples + 8 practices + 1 table + 9 cost figures
    "S4.5": 1,  # heading without text
    "S4.6": 7,  # 6 tips + 1 on the community
    "S4.7": 9,  # 9 statements
    "S4.8": 12,  # 1 case + 11 facts
    "S4.9": 15,  # 5 claims + 3 eras + 7 value pairs
    "S4.10": 24,  # 8 rows x 3 columns
    "S4.11": 1,  # heading without text
    "X": 14,  # tensions between the sources
    "N": 49,  # numbers of the sources
}
UNITS = {  # which unit may teach a section; 15 audits all of them and keeps the empty headings
    "01": ["S1.1", "S3.1", "S4.1", "S4.8"],
    "02": ["S4.9", "S4.10"],
    "03": ["S4.2", "S4.7", "S3.2"],
    "04": ["S1.5"],
    "05": ["S4.4"],
    "06": ["S0.1", "S2.1", "S4.3"],
    "07": ["S0.2", "S0.3"],
    "08": ["S0.4", "S1.3", "S2.2", "S2.3"],
    "09": ["S0.4", "S4.2"],
    "10": ["S1.4"],
    "11": ["S1.2"],
    "12": ["S2.4", "S2.5", "S2.6"],
    "13": ["S3.2"],
    "14": ["S4.6", "S4.8"],
    "15": ["S2.7", "S4.5", "S4.11"],
}
ITEM_ID = re.compile(r"S\d\.\d+-\w+")
FINDING = re.compile(r"^\((\w+)\)=\n\*\*(\w+) .+?: (.+?)\.\*\*", re.M)
WORDS = ("holds", "half right", "unsupported", "outdated", "unlawful", "opinion", "not checked", "new rule")


def read_rows():
    with (ROOT / "datasets" / "inventory.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = read_rows()
IDS = [row["id"] for row in ROWS]


def findings():
    """Return the verdict words of each entry of the evidence page."""
    text = (ROOT / "book" / "evidence.md").read_text(encoding="utf-8")
    return {
        name: {word for word in WORDS if re.search(rf"\b{word}\b", verdict)}
        for _, name, verdict in FINDING.findall(text)
    }


def anchors(text):
    """Return the explicit labels and the heading slugs of a Markdown page or a notebook's text."""
    labels = set(re.findall(r"^\(([\w-]+)\)=", text, re.M))
    headings = re.findall(r"^#{1,6} +(.+?) *$", text, re.M)
    return labels | {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_section_has_all_its_items():
    counted = {section: sum(row["section"] == section for row in ROWS) for section in EXPECTED}
    assert counted == EXPECTED
    assert len(ROWS) == sum(EXPECTED.values())


def test_ids_are_unique():
    assert len(set(IDS)) == len(IDS)


def test_items_stand_in_the_order_of_the_sources():
    sections = [row["section"] for row in ROWS]
    assert list(dict.fromkeys(sections)) == list(EXPECTED)
    assert sections == [name for name, count in EXPECTED.items() for _ in range(count)]


def test_running_numbers_have_no_gap():
    series = {}
    for item_id in IDS:
        prefix, number = re.fullmatch(r"(.*?)(\d*)[a-z]?", item_id).groups()
        if number:
            series.setdefault(prefix, []).append(int(number))
    for prefix, numbers in series.items():
        assert numbers == sorted(numbers), prefix
        assert set(numbers) == set(range(1, max(numbers) + 1)), prefix


def test_the_table_follows_its_schema():
    datasets.load("inventory", ROOT / "datasets" / "inventory.csv")


def test_source_is_the_one_of_the_section():
    wrong = [row["id"] for row in ROWS if row["section"] not in {"X", "N"} and row["source"] != row["section"][:2]]
    assert wrong == []


def test_each_section_is_taught_by_the_unit_that_the_design_names():
    wrong = [
        (row["id"], row["unit"])
        for row in ROWS
        if row["section"] not in {"X", "N"} and row["section"] not in UNITS[row["unit"]]
    ]
    assert wrong == []


def test_formulas_are_taught_with_measuring_and_keys_with_building_engagement():
    units = {row["id"]: row["unit"] for row in ROWS}
    assert {units[f"S0.4-{name}"] for name in ("F1", "F2", "U1", "U2", "U3")} == {"09"}
    assert {units[f"S0.4-0{number}"] for number in range(1, 6)} == {"08"}


def test_a_tension_names_items_that_exist_and_is_decided_in_a_unit_that_teaches_one_of_them():
    units = {row["id"]: row["unit"] for row in ROWS}
    for row in (row for row in ROWS if row["kind"] == "tension"):
        named = ITEM_ID.findall(row["statement"])
        assert len(named) >= 2, row["id"]
        assert set(named) <= set(IDS), row["id"]
        assert row["unit"] in {units[item] for item in named}, row["id"]
        assert row["source"].split(";") == sorted({item[:2] for item in named}), row["id"]


def test_a_number_names_its_sections_and_is_taught_with_one_of_them():
    for row in (row for row in ROWS if row["kind"] == "number"):
        sections = re.match(r"((?:S\d\.\d+(?:, )?)+): ", row["statement"])[1].split(", ")
        assert row["source"] == sections[0][:2], row["id"]
        assert any(section in UNITS[row["unit"]] for section in sections), row["id"]


def test_statements_are_one_sentence_of_some_length():
    wrong = [row["id"] for row in ROWS if not 12 <= len(row["statement"]) <= 260 or row["statement"][-1] not in ".?"]
    assert wrong == []


def test_what_was_not_checked_cites_no_evidence_or_an_entry_that_says_so_and_every_verdict_does():
    found = findings()
    for row in ROWS:
        if row["kind"] == "tension":
            assert row["verdict"] == "not_checked", row["id"]
        else:
            cited = [name for name in row["evidence"].split(";") if name]
            only_open = all(found.get(name) == {"not checked"} for name in cited)
            assert (row["verdict"] == "not_checked") == only_open, row["id"]


def test_every_verdict_is_one_that_its_evidence_gives():
    found = findings()
    for row in (row for row in ROWS if row["evidence"]):
        names = row["evidence"].split(";")
        assert set(names) <= set(found), row["id"]
        words = set().union(*(found[name] for name in names))
        if row["kind"] != "tension" and words != {"new rule"}:
            assert row["verdict"].replace("_", " ") in words, row["id"]


def test_every_finding_has_a_verdict_word_and_a_label_of_its_own_name():
    text = (ROOT / "book" / "evidence.md").read_text(encoding="utf-8")
    entries = FINDING.findall(text)
    assert len(entries) >= 60
    assert len(entries) == len(re.findall(r"^\([bl]\w*\d\)=$", text, re.M))
    for label, name, _ in entries:
        assert label == name.lower()
    assert [name for name, words in findings().items() if not words] == []


@pytest.mark.parametrize("place", sorted({row["taught_in"] for row in ROWS if row["taught_in"]}))
def test_the_place_that_teaches_an_item_exists(place):
    page, _, anchor = place.partition("#")
    path = ROOT / f"{page}.{'md' if page.startswith('book/') else 'ipynb'}"
    assert path.is_file(), f"{page} is not in the repository"
    assert anchor in anchors(path.read_text(encoding="utf-8")), f"{page} has no heading or label {anchor}"


def test_a_written_unit_leaves_none_of_its_items_untaught():
    written = {path.name[:2] for path in (ROOT / "book").glob("[0-9][0-9]_*.md")}
    untaught = [row["id"] for row in ROWS if row["unit"] in written and not row["taught_in"]]
    assert untaught == []


def test_the_book_shows_every_section():
    text = (ROOT / "book" / "sources.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"\{inventory\} (\S+)", text)) == sorted(EXPECTED)


def test_no_item_names_the_child_or_the_airline_of_the_case():
    rows = " ".join(row["statement"] for row in ROWS if row["section"] == "S4.8")
    assert re.findall(r"Canada\b(?<!western Canada)|Tanner|Bawn|Disney", rows) == []
