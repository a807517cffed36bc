"""The directives turn the two tables into pages: anchors, words, links, and a clear warning when they cannot."""

import io

import pytest
from bs4 import BeautifulSoup
from inventory_pages import anchor_of, source_text, value_text
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

INVENTORY = """id,source,section,kind,statement,unit,verdict,evidence,taught_in
S0.4-F1,S0,S0.4,formula,Divide by active followers.,09,half_right,B12;B13,book/unit#the-two-formulas
S0.4-U1,S0,S0.4,rule,Any period will do.,09,not_checked,,book/unit#by-label
S0.4-01,S0,S0.4,list_item,Be result-oriented.,08,not_checked,,
X1,S0,X,tension,"This (S0.4-F1), or that (S0.4-U1).",09,not_checked,B12,
"""
BENCHMARKS = (
    "id,topic,quantity,value,low,high,unit,year,published,source_title,publisher,locator,grade,b_id,seen_in\n"
    "er_x_2026,engagement_rate,Rate divided by followers,0.12,,,percent,2026,2026,Report,House,p. 3,B,B12,site.org\n"
)
EVIDENCE = "# Evidence\n\n(b12)=\n**B12 Formulas: holds.** Yes.\n\n(b13)=\n**B13 Active: half right.** So so.\n"
UNIT = "# Unit\n\n## The two formulas\n\nText.\n\n(by-label)=\n## A period\n\nText.\n"
ITEMS = "# Items\n\n```{inventory} S0.4\n```\n\n```{inventory} X\n```\n\n```{benchmarks} engagement_rate\n```\n"


class Book:
    """A small book in a temporary folder, built with the extension alone."""

    def __init__(self, folder):
        """Write the tables and three pages."""
        self.folder = folder
        self.write("datasets/inventory.csv", INVENTORY)
        self.write("datasets/benchmarks.csv", BENCHMARKS)
        self.write("index.md", "# Book\n\n```{toctree}\nbook/items\nbook/evidence\nbook/unit\n```\n")
        self.write("book/items.md", ITEMS)
        self.write("book/evidence.md", EVIDENCE)
        self.write("book/unit.md", UNIT)

    def write(self, name, text):
        """Write one file of the book."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def build(self):
        """Build the HTML, and return the warnings."""
        warnings = io.StringIO()
        config = {"extensions": ["myst_parser", "inventory_pages"], "myst_heading_anchors": 3, "nitpicky": True}
        out = self.folder / "_build"
        with patch_docutils(), docutils_namespace():
            app = Sphinx(
                str(self.folder), None, str(out), str(out / "doctrees"), "html", config, None, warnings, parallel=1
            )
            app.build()
        return warnings.getvalue()

    def page(self, name):
        """Return a built page."""
        return BeautifulSoup((self.folder / "_build" / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    book = Book(tmp_path_factory.mktemp("book"))
    assert book.build() == ""
    return book.page("book/items")


@pytest.fixture
def book(tmp_path):
    return Book(tmp_path)


def definition(page, anchor):
    """Return the text below a term, and its links by text."""
    below = page.find("dt", id=anchor).find_next_sibling("dd")
    return " ".join(below.get_text(" ", strip=True).split()), {a.get_text(): a["href"] for a in below.find_all("a")}


def test_an_item_shows_its_number_kind_and_verdict_in_words(built):
    assert built.find("dt", id="s0-4-f1").get_text() == "S0.4-F1 · formula · half right"


def test_an_unchecked_item_shows_no_verdict(built):
    assert built.find("dt", id="s0-4-u1").get_text() == "S0.4-U1 · rule"


def test_an_item_shows_its_statement_and_links_to_evidence_and_to_the_heading_that_teaches_it(built):
    text, links = definition(built, "s0-4-f1")
    assert text.startswith("Divide by active followers. Evidence:")
    assert links == {
        "B12": "evidence.html#b12",
        "B13": "evidence.html#b13",
        "unit 09": "unit.html#the-two-formulas",
    }


def test_an_item_may_be_taught_at_a_label(built):
    assert definition(built, "s0-4-u1")[1]["unit 09"] == "unit.html#by-label"


def test_an_item_of_an_unwritten_unit_says_so(built):
    assert definition(built, "s0-4-01") == ("Be result-oriented. Taught in unit 08 (in preparation).", {})


def test_a_number_of_another_item_in_a_statement_is_a_link(built):
    links = definition(built, "x1")[1]
    assert links["S0.4-F1"] == "#s0-4-f1"
    assert links["S0.4-U1"] == "#s0-4-u1"


def test_a_benchmark_shows_value_year_definition_source_and_grade(built):
    assert built.find("dt", id="er-x-2026").get_text() == "0.12% · 2026"
    text, links = definition(built, "er-x-2026")
    assert text == (
        "Rate divided by followers. Source: Report, House, 2026, p. 3. Read in: site.org. "
        "Grade B: study with a stated method. Evidence: B12 ."
    )
    assert links == {"B12": "evidence.html#b12"}


def test_another_page_links_to_an_item_by_its_label(book):
    book.write("book/unit.md", UNIT + "\nSee {ref}`s0-4-f1` and {ref}`the rate <er-x-2026>`.\n")
    assert book.build() == ""
    links = {a.get_text(): a["href"] for a in book.page("book/unit").find_all("a")}
    assert links["S0.4-F1"] == "items.html#s0-4-f1"
    assert links["the rate"] == "items.html#er-x-2026"


def test_an_unknown_section_gives_a_warning_that_names_it_and_what_exists(book):
    book.write("book/items.md", "# Items\n\n```{inventory} S9.9\n```\n")
    warnings = book.build()
    assert "items.md:3" in warnings
    assert "S9.9 is not a section of datasets/inventory.csv; expected one of: S0.4, X" in warnings


def test_a_place_that_the_page_does_not_have_gives_a_warning(book):
    book.write("book/unit.md", "# Unit\n\n(by-label)=\n## A period\n")
    warnings = book.build()
    assert "book/unit has no heading or label the-two-formulas" in warnings


def test_a_missing_evidence_entry_gives_a_warning(book):
    book.write("book/evidence.md", "# Evidence\n\n(b12)=\n**B12 Formulas: holds.** Yes.\n")
    assert "b13" in book.build()


def test_a_change_of_the_table_rebuilds_the_page(book):
    book.build()
    book.write("datasets/inventory.csv", INVENTORY.replace("Any period", "Every period"))
    book.build()
    assert "Every period will do." in book.page("book/items").get_text()


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"value": "5.07", "low": "", "high": "", "unit": "percent"}, "5.07%"),
        ({"value": "", "low": "25", "high": "95", "unit": "percent_change"}, "25 to 95% change"),
        ({"value": "5", "low": "2", "high": "20", "unit": "ratio"}, "5 (2 to 20) times"),
        ({"value": "15", "low": "", "high": "", "unit": "working_days"}, "15 working days"),
    ],
)
def test_a_value_is_written_with_its_range_and_unit(row, text):
    assert value_text(row) == text


def test_a_source_leaves_out_what_is_not_known():
    row = {"source_title": "Report", "publisher": "House", "published": "", "locator": "", "seen_in": "x", "grade": "C"}
    assert source_text(row) == "Source: Report, House. Read in: x. Grade C: vendor or secondary report."


def test_an_anchor_is_the_number_in_lower_case_with_hyphens():
    assert anchor_of("S0.4-F1") == "s0-4-f1"
    assert anchor_of("er_x_2026") == "er-x-2026"
