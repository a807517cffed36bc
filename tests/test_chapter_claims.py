"""What a chapter says of evidence and law is what the evidence page, the table of figures and the package say."""

import datetime as dt
import re
from pathlib import Path

import pytest
from test_benchmarks import ROWS as BENCHMARKS
from test_inventory import ROWS as INVENTORY
from test_inventory import WORDS, findings

from socialcare import service_levels
from socialcare.formulas.service_levels import LAW_SECONDS, LAW_SHARE
from socialcare.segmentation import four_criteria

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = sorted((ROOT / "book").glob("[0-9][0-9]_*.md"))
EVIDENCE = (ROOT / "book" / "evidence.md").read_text(encoding="utf-8")
ENTRIES = {m[1].upper(): m[2] for m in re.finditer(r"^\((\w+)\)=\n(.*?)(?=^\(\w+\)=|^#|\Z)", EVIDENCE, re.M | re.S)}
ITEMS = {row["id"]: row for row in INVENTORY}
BIBLIOGRAPHY = (ROOT / "book" / "references.bib").read_text(encoding="utf-8")
VERDICT = re.compile(rf"\b({'|'.join(WORDS)}|hold)\b")
REF = re.compile(r"\{ref\}`[^`]*<([bl]\w*\d)>`")
ITEM = re.compile(r"\bS\d\.\d+-\w+|\b[NX]\d+\b")
OTHERS = {  # numbers of a paragraph that are the chapter's own
    "04_segmentation": {"2026"},  # the year of the check
    "05_crm": {"29", "5", "8"},  # what is left of year 1 beside the other shares; a discount rate
    "07_diversity": {"2012"},  # the year of the source
    "10_purchase_funnel": {"100"},  # a figure of speech of the source
    "13_service_levels": {"2014"},  # the year of the source
    "14_crisis": {"95"},  # the level of the intervals
}


def definitions(path):
    """Return (term, body) of each definition list of a chapter: a claim with its verdict, and why."""
    return re.findall(r"^([^\n:|][^\n]*)\n: ([^\n]+)", path.read_text(encoding="utf-8"), re.M)


def verdicts(path):
    """Return (claim, words, cited) for each verdict of a chapter: in a definition list, or in a cell of a table."""
    found = []
    for term, body in definitions(path):
        claim, _, said = term.rpartition(": ")
        words = {"holds" if word == "hold" else word for word in VERDICT.findall(said)}
        if claim and words and VERDICT.match(said.removeprefix("both ")):
            found.append((claim, words, REF.findall(claim) + ITEM.findall(claim) or REF.findall(body)))
    for verdict, cited in re.findall(r"\| ([a-z ]+) \((\{ref\}`[^)]*)\) \|", path.read_text(encoding="utf-8")):
        found.append((cited, set(VERDICT.findall(verdict)), REF.findall(cited)))
    return found


def allowed(name):
    """Return the verdict words of an entry of the evidence page, or of an item of the sources."""
    if name in ITEMS:
        return {ITEMS[name]["verdict"].replace("_", " ")}
    return findings().get(name.upper(), set())


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_gives_the_verdict_of_the_evidence_that_it_names(path):
    for claim, words, cited in verdicts(path):
        assert cited, f"{claim}: a verdict names its evidence"
        assert words <= set().union(*map(allowed, cited)), claim


def test_the_table_of_checkout_rules_gives_each_rule_the_verdict_of_its_item():
    text = (ROOT / "book" / "10_purchase_funnel.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (R\d\d) \|[^|]*\| ([a-z ]+?)(?: \(| \|)", text, re.M)
    assert len(rows) == 11
    assert [rule for rule, verdict in rows if {verdict} != allowed(f"S1.4-{rule}")] == []


def test_most_verdicts_were_found():
    assert sum(len(verdicts(path)) for path in CHAPTERS) >= 70


def plain(text):
    """Return a text without results, labels, keys and numbers of items."""
    text = re.sub(r"\{(?:ref|cite(?::\w)?|result|doc|download)\}`[^`]*`", " ", text)
    return re.sub(r"\bS\d\.\d+-\w+|\b[NXBL]F?\d+\b|\]\([^)]*\)", " ", text)


def figures(text):
    """Return percentages, thousands and years of a text, as written without commas."""
    pattern = r"(?<![\w./,])(?:(\d+(?:\.\d+)?)(?= ?%)|(\d+(?:,\d{3})+)|((?:19|20)\d\d)\b)"
    return {number.replace(",", "") for match in re.findall(pattern, plain(text)) for number in match if number}


def numbers(text):
    """Return all numbers of a text."""
    return {number.replace(",", "") for number in re.findall(r"(?<![\w.])\d[\d,]*(?:\.\d+)?", plain(text))}


def known(paragraph):
    """Return the numbers that stand in what a paragraph cites: evidence, figures, items and publications."""
    cited = {name.upper() for name in REF.findall(paragraph)}
    items = ITEM.findall(paragraph)
    for section, first, last in re.findall(r"(S\d\.\d+-N)(\d) to N(\d)", paragraph):
        items += [f"{section}{number}" for number in range(int(first), int(last) + 1)]
    labels = set(re.findall(r"<([\w-]+)>`", paragraph))
    rows = [row for row in BENCHMARKS if row["b_id"] in cited or row["id"].replace("_", "-") in labels]
    keys = [key for match in re.findall(r"\{cite[^}]*\}`([^`]*)`", paragraph) for key in match.split(",")]
    books = [match[0] for key in keys if (match := re.search(rf"@\w+\{{{key},.*?\n\}}", BIBLIOGRAPHY, re.S))]
    texts = [ENTRIES.get(name, "") for name in cited] + [ITEMS[name]["statement"] for name in items if name in ITEMS]
    texts += [" ".join(row[name] for name in ("value", "low", "high", "quantity", "year")) for row in rows]
    return numbers(" ".join(texts + books))


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_published_number_of_a_chapter_stands_in_what_it_cites(path):
    for term, body in definitions(path):
        paragraph = f"{term} {body}"
        if REF.search(paragraph):
            assert figures(paragraph) <= known(paragraph) | OTHERS.get(path.stem, set()), term


def test_the_criteria_of_a_segment_are_those_of_the_package():
    told = dict(definitions(ROOT / "book" / "04_segmentation.md"))
    (known,), (accuracy,) = (
        read(r"At least (\d+)%", told["Measurable"]),
        read(r"at least (\d+)%", told["Easy to identify"]),
    )
    assert (known / 100, accuracy / 100) == (four_criteria.LEAST_KNOWN, four_criteria.LEAST_ACCURACY)
    assert four_criteria.WIDEST_INTERVAL == 1 / 4
    assert "at most a quarter of the share wide" in told["Countable"]
    assert four_criteria.RULES_ALLOWED == 3
    assert "with three rules" in told["Easy to identify"]


def box():
    """Return the law box of chapter 13."""
    return re.search(
        r"```\{admonition\} Law 10/2025.*?```",
        (ROOT / "book" / "13_service_levels.md").read_text(encoding="utf-8"),
        re.S,
    )[0]


def read(pattern, text):
    """Return the numbers of the one place where a pattern stands."""
    (found,) = re.findall(pattern, text)
    return [float(number) for number in ([found] if isinstance(found, str) else found)]


def test_the_law_box_names_the_sizes_from_which_the_law_covers_a_firm():
    text = box()
    workers, turnover, balance = read(
        r"from (\d+) workers, above €(\d+) million of turnover or €(\d+) million of balance", text
    )
    covers = service_levels.law_applies
    assert [covers(workers=n).covered for n in (int(workers) - 1, int(workers))] == [False, True]
    assert [covers(turnover_meur=turnover + more).covered for more in (0, 0.1)] == [False, True]
    assert [covers(balance_meur=balance + more).covered for more in (0, 0.1)] == [False, True]


def test_the_law_box_names_the_deadlines_that_the_package_computes():
    text = box()
    filed = "2026-11-02 10:00"  # a Monday; Madrid keeps a holiday on 9 November
    table = service_levels.deadlines("billing", filed, covered=True, asked_at=filed)
    outage = service_levels.deadlines("outage", filed, covered=True).set_index("rule")["due"]
    due = {f"{row.article}: {row.rule}": row.due for row in table.itertuples()}
    start = dt.date(2026, 11, 2)
    working = {
        rule: str(service_levels.add_working_days(start, int(read(pattern, text)[0])))
        for rule, pattern in (
            ("Law 10/2025, 17: resolve in 15 working days", r"resolved in \*\*(\d+) working days"),
            ("Law 10/2025, 13: the customer may complete the claim at least until", r"gets \*\*(\d+) working days"),
        )
    }
    (billing,), (every,) = (
        read(r"billing in \*\*(\d+) days", text),
        read(r"answers a claim within \*\*(\d+) days", text),
    )
    assert {rule: due[rule] for rule in working} == working
    assert due["Law 10/2025, 17: answer on billing in 5 days"] == f"2026-11-{2 + billing:02.0f}"
    assert due["consumer act 21.3: every trader answers a claim in 15 days"] == f"2026-11-{2 + every:02.0f}"
    (hours,) = read(r"answered in \*\*(\d+) hours", text)
    assert outage["answer on an outage in 2 hours"] == f"2026-11-02 {10 + hours:02.0f}:00"


def test_the_law_box_names_the_share_and_the_minutes_of_the_law():
    (share,), (minutes,) = read(r"\*\*(\d+)%\*\* of requests", box()), read(r"less than \*\*(\d+) minutes", box())
    assert (share / 100, 60 * minutes) == (LAW_SHARE, LAW_SECONDS)


@pytest.mark.parametrize(
    ("page", "pattern"),
    [
        ("02_marketing_eras.md", r"answers a claim within \*\*(\d+) days"),
        ("15_capstone.md", r"The limit of (\d+) days for a claim is Spain's"),
        ("15_capstone.md", r"took more than (\d+) days or are open"),
        ("evidence.md", r"answers a claim within (\d+) days"),
        ("templates/rules_of_use.txt", r"A claim gets its answer within (\d+) days"),
    ],
)
def test_every_page_gives_a_claim_the_same_days(page, pattern):
    text = (ROOT / "book" / page).read_text(encoding="utf-8")
    (days,) = read(pattern, text)
    assert service_levels.deadlines("claim", "2026-11-02", covered=False)["due"].tolist() == [f"2026-11-{2 + days:.0f}"]
