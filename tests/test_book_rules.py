"""Every chapter has the course's shape: it promises, keeps the promise, cites, and takes its numbers from notebooks."""

import re
from pathlib import Path

import nbformat
import pytest
import yaml
from notebook_results import glued_values
from notebook_rules import mirror
from prose import prose_words

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = sorted((ROOT / "book").glob("[0-9][0-9]_*.md"))
SECTIONS = (
    "The principle",
    "Why it works",
    "Then and now",
    "Do it on Monday",
    "Measure it",
    "Where the sources disagree",
    "Check yourself",
    "Recap",
    "Further reading",
)
VERDICTS = ("holds", "half right", "unsupported", "outdated", "unlawful")
LEAST_WORDS, MOST_WORDS = 900, 1800
MOST_ADMONITIONS = 3
ADMONITIONS = "admonition|attention|caution|danger|error|hint|important|note|seealso|tip|warning"

every_chapter = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)


def sections(text):
    """Return the body under each heading of level 2, in order of appearance."""
    pieces = re.split(r"^## +(.+?) *$", text, flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def shape_breaches(text):
    """Return one sentence per rule that the text of a chapter breaches."""
    found = sections(text)
    breaches = []
    if not LEAST_WORDS <= (count := prose_words(text)) <= MOST_WORDS:
        breaches.append(f"{count} words; expected {LEAST_WORDS} to {MOST_WORDS}")
    boxes = re.findall(rf"^(?:`{{3,}}|:{{3,}})\{{(?:{ADMONITIONS})\}}", text, flags=re.MULTILINE)
    if len(boxes) > MOST_ADMONITIONS:
        breaches.append(f"{len(boxes)} admonitions; at most {MOST_ADMONITIONS}")
    breaches += [f"no section '## {name}'" for name in SECTIONS if name not in found]
    order = [name for name in found if name in SECTIONS]
    if order != [name for name in SECTIONS if name in found]:
        breaches.append(f"the sections stand in the order {', '.join(order)}")
    for part in ("**Question**", "**By the end you can**", "**You need**", "**Minutes**"):
        if text.count(part) != 1:
            breaches.append(f"{text.count(part)} times {part}; the chapter's one box holds it once")
    promised = mirror.list_items(text.partition("**By the end you can**")[2])
    if not 2 <= len(promised) <= 4:
        breaches.append(f"{len(promised)} objectives; expected 2 to 4")
    breaches += mirror.breaches(promised, mirror.list_items(found.get("Recap", "").lstrip()))
    if not re.search(r"\{cite(?::\w+)?\}`", text):
        breaches.append("no citation: {cite}`key`")
    if not any(re.search(rf"\b{verdict}\b", found.get("Then and now", ""), re.I) for verdict in VERDICTS):
        breaches.append(f"no verdict in 'Then and now': {', '.join(VERDICTS)}")
    if "{quiz}" not in found.get("Check yourself", ""):
        breaches.append("no {quiz} in 'Check yourself'")
    return breaches


def glue_used(text):
    """Return the names of the computed values that a page shows, in order: {result}`name`."""
    return re.findall(r"\{result\}`([^`]+)`", text)


@every_chapter
def test_a_chapter_has_the_courses_shape(path):
    assert shape_breaches(path.read_text(encoding="utf-8")) == []


@every_chapter
def test_a_chapters_numbers_about_the_case_come_from_its_notebook(path):
    used = glue_used(path.read_text(encoding="utf-8"))
    stored = glued_values(nbformat.read(ROOT / "notebooks" / f"{path.stem}.ipynb", as_version=4))
    assert used, "no {result}: a result of the case must be computed in the notebook"
    assert set(used) <= set(stored)


@every_chapter
def test_each_number_stands_in_the_sentence_that_it_was_computed_for(path):
    key = yaml.safe_load((ROOT / "tests" / "chapter_results.yml").read_text(encoding="utf-8"))
    assert glue_used(path.read_text(encoding="utf-8")) == key[path.stem].split()


@every_chapter
def test_a_unit_has_all_its_files_under_one_name(path):
    wanted = [f"notebooks/{path.stem}.ipynb", f"solutions/{path.stem}.ipynb", f"exercises/{path.stem}.ipynb"]
    missing = [name for name in [*wanted, f"book/quizzes/{path.stem}.yml"] if not (ROOT / name).exists()]
    assert missing == []


@every_chapter
def test_a_unit_stands_in_the_table_of_contents(path):
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    pages = [chapter for part in toc["parts"] for chapter in part["chapters"]]
    files = [page["file"] for page in pages] + [s["file"] for page in pages for s in page.get("sections", [])]
    for folder in ("book", "notebooks", "solutions"):
        assert f"{folder}/{path.stem}" in files


GOOD = (
    "# Claim\n\n```{admonition} This chapter\n**Question** Why?\n\n**By the end you can**\n- compute the rate\n"
    "- explain the base\n\n**You need** no other unit\n\n**Minutes** 12\n```\n\n"
    + "".join(f"## {name}\n\n{'word ' * 110}\n\n" for name in SECTIONS)
    .replace("## Then and now\n", "## Then and now\n\n**Half right** {cite}`smith2020`.\n")
    .replace("## Check yourself\n", "## Check yourself\n\n```{quiz} 09_sample\n```\n")
    .replace("## Recap\n\n", "## Recap\n\n- computed the rate\n- explained the base\n\n")
)


def test_a_good_chapter_breaches_nothing():
    assert shape_breaches(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("word " * 110, "word " * 10, "words; expected 900 to 1800"),
        ("word " * 110, "word " * 300, "words; expected 900 to 1800"),
        ("## Why it works", "```{note}\n```\n" * 3 + "## Why it works", "4 admonitions"),
        ("## Measure it", "## Measure", "no section '## Measure it'"),
        ("**Question** Why?", "Why?", "0 times **Question**"),
        ("- explain the base\n\n**You", "\n**You", "1 objectives"),
        ("**You need** no other unit", "", "0 times **You need**"),
        ("- explained the base", "- guessed the base", "begins with 'guessed'"),
        ("{cite}`smith2020`", "", "no citation"),
        ("Half right", "True", "no verdict"),
        ("{quiz} 09_sample", "{note}", "no {quiz}"),
    ],
)
def test_a_breach_of_the_shape_is_named(old, new, words):
    assert old in GOOD
    assert any(words in breach for breach in shape_breaches(GOOD.replace(old, new)))


def test_sections_out_of_order_are_found():
    swapped = GOOD.replace("## The principle", "## X").replace("## Why it works", "## The principle")
    swapped = swapped.replace("## X", "## Why it works")
    assert any("stand in the order Why it works, The principle" in breach for breach in shape_breaches(swapped))


def test_a_result_is_read_as_its_name():
    assert glue_used("a {result}`ertw_week` b {result}`share`") == ["ertw_week", "share"]
