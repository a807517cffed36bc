"""The glossary is written from its data: each term once, in order, with a definition from one place."""

import json
import re
from pathlib import Path

import glossary_terms
import pytest
import yaml
from glossary_terms import (
    entry_markdown,
    formula_of,
    letters,
    names_of,
    read_terms,
    search_entries,
    units_by_name,
)
from units import read_units

from socialcare import crisis, engagement, experience

ROOT = Path(__file__).resolve().parents[1]
TERM = {"term": "reach", "means": "The number of people.", "spanish": "alcance"}


def write(folder, *entries):
    (folder / "book").mkdir()
    (folder / glossary_terms.DATA).write_text(yaml.safe_dump(list(entries)), encoding="utf-8")
    return folder


def test_every_entry_of_the_course_is_complete_and_in_order():
    assert len(read_terms(ROOT)) > 100


NUMBERS = {  # what the package takes for the number of a definition, or the definition of the field
    "active follower": f"in the last {engagement.ACTIVE_WINDOW_DAYS} days",
    "AUC": "A half is guessing, 1 is perfect",
    "Brier score": "what happened (1 or 0)",
    "calibration": "of those promised 20%, one in five",
    "confidence interval": "here 95%",
    "detractor": f"answers 0 to {experience.DETRACTOR}",
    "EARS": "C1, C2 and C3 compare a day's count with seven days before",
    "GDPR": "(2016/679), which applies since 25 May 2018",
    "percentile": "P90 of waiting time is the wait that 90%",
    "promoter": f"answers {experience.PROMOTER} or 10",
    "reproduction number": "Below 1 the talk ends",
    "severity level": f"from {min(crisis.LEVELS)} ({crisis.LEVELS[0]}) to {max(crisis.LEVELS)} ({crisis.LEVELS[3]})",
    "silhouette": "from −1 to 1",
    "weighted kappa": "1 is perfect, 0 is chance",
}


def test_a_number_in_a_definition_is_that_of_the_package():
    told = {entry["term"]: f"{entry.get('means', '')} {entry.get('note', '')}" for entry in read_terms(ROOT)}
    assert {term for term, text in told.items() if re.search(r"\d", text)} == set(NUMBERS)
    assert [term for term, words in NUMBERS.items() if words not in told[term]] == []


def test_every_formula_of_the_glossary_exists():
    assert sum(formula_of(entry) is not None for entry in read_terms(ROOT)) >= 25


def test_every_term_that_a_page_links_to_is_in_the_glossary():
    known = {name.lower() for entry in read_terms(ROOT) for name in names_of(entry)}
    assert set(units_by_name(ROOT)) <= known


def test_the_page_holds_no_term_of_its_own():
    page = (ROOT / "book" / "glossary.md").read_text(encoding="utf-8")
    assert "{terms}" in page
    assert "{glossary}" not in page


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (
            {**TERM, "meaning": "x"},
            r"field 'meaning' is unknown; expected one of term, also, means, formula, note, spanish$",
        ),
        ({**TERM, "also": "reached"}, r"field 'also' is 'reached'; expected a list$"),
        ({**TERM, "means": ""}, r"field 'means' is ''; expected a str$"),
        ({"term": "reach", "means": "x"}, r"field 'spanish' is missing$"),
        ({**TERM, "formula": "value.clv"}, r"has both or none of 'means' and 'formula'; expected one$"),
        ({"term": "reach", "spanish": "x"}, r"has both or none of 'means' and 'formula'; expected one$"),
        ({**TERM, "also": ["Reach"]}, r"'Reach' stands in the glossary already; expected it once$"),
    ],
)
def test_an_entry_that_does_not_fit_is_refused(tmp_path, entry, words):
    with pytest.raises(ValueError, match=r"^book/glossary\.yml: term 'reach': " + words):
        read_terms(write(tmp_path, entry))


def test_terms_out_of_order_are_refused(tmp_path):
    with pytest.raises(ValueError, match=r"term 'AUC' stands too late; expected the order of the alphabet$"):
        read_terms(write(tmp_path, TERM, {**TERM, "term": "AUC"}))


def test_a_formula_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match=r"term 'x': field 'formula' is 'value\.luck'; expected a formula$"):
        formula_of({"term": "x", "formula": "value.luck"})


def test_a_term_is_written_with_its_spanish_word_and_its_units():
    unit = read_units(ROOT)[0]
    text = entry_markdown({**TERM, "also": ["range"]}, None, [unit])
    assert text.startswith("reach\nrange\n  The number of people. (*alcance*)\n")
    assert text.endswith(f"  Unit [{unit.number}]({unit.stem}.md).")


def test_a_term_with_a_formula_takes_its_sentence_from_the_docstring():
    entry = {"term": "ERTw", "formula": "engagement.ertw", "note": "An old one.", "spanish": "*a* or *b*"}
    text = entry_markdown(entry, formula_of(entry), [])
    assert "  Engagement rate on Twitter over a period, in percent. An old one. (*a* or *b*)\n" in text
    assert "```{formula} socialcare.formulas.engagement.ertw" in text
    assert "<formula-engagement-ertw>" in text


def test_the_search_page_gets_every_name_of_a_term():
    entries = [{**TERM, "also": ["range"]}, {**TERM, "term": "complaint", "spanish": "*queja*; also, *reclamación*"}]
    assert json.loads(search_entries(entries, {"reach": "term-reach", "complaint": "term-complaint"})) == [
        {"id": "term-reach", "names": ["reach", "range", "alcance"]},
        {"id": "term-complaint", "names": ["complaint", "queja", "reclamación"]},
    ]


def test_each_letter_leads_to_its_first_term():
    entries = [{**TERM, "term": term} for term in ("A/B test", "AUC", "Élite", "event", "p-value", "PageRank")]
    ids = {entry["term"]: f"term-{number}" for number, entry in enumerate(entries)}
    assert letters(entries, ids) == [("A", "term-0"), ("E", "term-2"), ("P", "term-4")]
