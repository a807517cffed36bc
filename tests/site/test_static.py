"""What can be seen in the built files alone: valid HTML, links that lead somewhere, and no unused page."""

import html
import re
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from built_book import HTML
from conftest import built_pages
from justhtml import JustHTML

LINK = re.compile(r"<(?:a|link|img|script|source|iframe)\b[^>]*?\s(?:href|src)=\"([^\"]*)\"")
ID = re.compile(r"\sid=\"([^\"]+)\"")


@cache
def text_of(page):
    """Return the HTML of a page without the data of its figures, which may hold words that look like links."""
    text = (HTML / page).read_text(encoding="utf-8")
    return re.sub(r"(<script[^>]*>).*?(</script>)", r"\1\2", text, flags=re.DOTALL)


@cache
def ids_of(page):
    return {html.unescape(name) for name in ID.findall(text_of(page))}


def html_errors(text):
    """Return what is wrong with a document by the HTML standard."""
    return [f"line {error.line}: {error.code}" for error in JustHTML(text, collect_errors=True).errors]


def dead_links(page, text):
    """Return the links of a page that lead to no file or to no place in it."""
    dead = []
    for address in map(html.unescape, LINK.findall(text)):
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or address in {"", "#"}:
            continue
        folder = PurePosixPath(page).parent
        target = (HTML / folder / unquote(parts.path)).resolve() if parts.path else HTML / page
        if not target.is_file():
            dead.append(f"{address}: no such file")
        elif parts.fragment and target.suffix == ".html":
            name = target.relative_to(HTML).as_posix()
            known = ids_of(name) if name != page else {html.unescape(found) for found in ID.findall(text)}
            if unquote(parts.fragment) not in known:
                dead.append(f"{address}: no such place on the page")
    return dead


def test_the_html_of_a_page_is_valid_and_its_ids_are_unique(site, page_name):
    assert html_errors((site / page_name).read_text(encoding="utf-8")) == []
    ids = ID.findall(text_of(page_name))
    assert sorted({name for name in ids if ids.count(name) > 1}) == []


def test_every_link_leads_to_a_file_and_a_place_in_it(site, page_name):
    assert dead_links(page_name, text_of(page_name)) == []


def test_the_page_at_the_root_is_valid_and_leads_on_without_javascript(site):
    text = (site / "index.html").read_text(encoding="utf-8")
    assert html_errors(text) == []
    assert dead_links("index.html", text) == []
    assert '<a href="book/index.html">' in text


def test_links_to_other_hosts_are_encrypted(site):
    outside = {link for page in built_pages() for link in LINK.findall(text_of(page)) if "://" in link}
    assert outside
    assert [link for link in sorted(outside) if not link.startswith("https://")] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('<a href="missing.html">x</a>', "missing.html: no such file"),
        ('<a href="index.html#nowhere">x</a>', "index.html#nowhere: no such place on the page"),
        ('<a class="b" href="#here">x</a>', "#here: no such place on the page"),
        ('<img alt="" src="../_static/none.png">', "../_static/none.png: no such file"),
    ],
)
def test_a_dead_link_is_found(site, text, words):
    assert dead_links("book/index.html", text) == [words]


@pytest.mark.parametrize(
    "text", ['<p id="here"><a href="#here">x</a>', '<a href="https://example.org/none">x</a>', '<a href="../book/">']
)
def test_a_link_that_leads_somewhere_or_outside_is_not_dead(site, text):
    assert dead_links("book/index.html", text) == ([] if "../book/" not in text else ["../book/: no such file"])


def test_an_error_of_the_html_is_found():
    assert html_errors("<!DOCTYPE html><title>x</title><p><table><tr></p></table>") != []


def test_a_notebook_page_folds_the_code_that_only_hands_results_over(site):
    folded = 0
    for path in sorted((site / "notebooks").glob("*.html")):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for cell in soup.select("div.cell"):
            if re.search(r"^\s*glue\(", cell.get_text(), re.MULTILINE) and not cell.select_one(".cell_output"):
                assert cell.find_parent("details", class_="hand-over"), path.name
                folded += 1
    assert folded > 0


def test_the_first_page_is_named_once_and_a_chapter_is_described_by_its_question(site):
    first = BeautifulSoup((site / "book/index.html").read_text(encoding="utf-8"), "html.parser")
    assert first.title.get_text().count("Customer service on social media") == 1
    chapter = BeautifulSoup((site / "book/13_service_levels.html").read_text(encoding="utf-8"), "html.parser")
    said = chapter.find("meta", attrs={"name": "description"})["content"]
    assert not said.startswith("Question")
    assert said.removesuffix("…").strip() in " ".join(chapter.get_text().split())


@pytest.mark.parametrize(
    ("page", "line", "before", "after"),
    [
        (
            "book/05_crm.html",
            "Unit 05 · CRM is a strategy · Chapter",
            "Exercises 04: segmentation",
            "Notebook 05: which CRM offer?",
        ),
        (
            "solutions/05_crm.html",
            "Unit 05 · CRM is a strategy",
            "Notebook 05: which CRM offer?",
            "Unit 06: Personalisation",
        ),
        ("book/reading_paths.html", None, "Course map", "Unit 01: Why service is the brand"),
    ],
)
def test_a_page_says_above_its_title_which_unit_it_is_and_below_what_comes_next(site, page, line, before, after):
    soup = BeautifulSoup((site / page).read_text(encoding="utf-8"), "html.parser")
    above = soup.select_one("article h1").find_previous_sibling()
    assert (above and above.get_text()) == line
    assert [title.get_text() for title in soup.select(".prev-next-title")] == [before, after]


def test_each_letter_above_the_glossary_leads_to_a_term_that_begins_with_it(site):
    soup = BeautifulSoup((site / "book/glossary.html").read_text(encoding="utf-8"), "html.parser")
    bar = {link.get_text(): soup.find(id=link["href"].removeprefix("#")) for link in soup.select(".letters a")}
    assert set(bar) == {term.get_text()[0].upper() for term in soup.select("dl.glossary dt")}
    assert [letter for letter, term in bar.items() if term.get_text()[0].upper() != letter] == []
