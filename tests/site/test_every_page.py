"""What holds for every page of the built book."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from conftest import PHONE, draw_all

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
}
COLOURS = {**RULES, "runOnly": ["color-contrast", "link-in-text-block"]}  # all that a theme changes
ALL_BUT_COLOURS = {**RULES, "rules": {rule: {"enabled": False} for rule in COLOURS["runOnly"]}}
ALL_BUT_CONTRAST = {**RULES, "rules": {"color-contrast": {"enabled": False}}}
OPEN_ALL = "document.querySelectorAll('.bd-article details').forEach(details => details.open = true)"
SHOW_BUTTON = (
    "document.getElementById('pst-back-to-top').style.display = 'block'"  # a reader sees it while scrolling up
)
CLOSE_ALL = "document.querySelectorAll('.bd-article details').forEach(details => details.open = false)"

# What is alike is measured once: rows of a table, entries of a list, and the thousands of words of code, each in an
# element that only gives it the colour of its kind.
LEAVE_OUT_WHAT_IS_ALIKE = """() => {
  document.querySelectorAll('tbody tr:nth-child(n+4), dl > :nth-child(n+7)')
    .forEach(row => { if (!row.closest('.simulator')) row.remove(); });
  const seen = new Set();
  document.querySelectorAll('.highlight pre span[class]').forEach(word => {
    if (seen.has(word.className)) word.replaceWith(...word.childNodes);
    seen.add(word.className);
  });
}"""

# Contrast depends on the colour and size of a text and on the backgrounds below it. A page has some fifty such kinds
# of text: axe measures one of each.
MARK_ONE_TEXT_OF_EACH_KIND = """() => {
  document.querySelectorAll('[data-sample]').forEach(element => element.removeAttribute('data-sample'));
  const seen = new Set();
  for (const element of document.body.querySelectorAll('*')) {
    if (element.closest('svg') || ![...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
    const { color, fontSize, fontWeight } = getComputedStyle(element);
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(e);
      layers.push(backgroundColor + backgroundImage + opacity);
    }
    const kind = [color, fontSize, fontWeight, ...new Set(layers)].join();
    if (!seen.has(kind)) element.setAttribute('data-sample', '');
    seen.add(kind);
  }
  return seen.size;
}"""


def make_ready(page):
    """Show all that a reader can open or meet, and leave out what is alike."""
    page.emulate_media(reduced_motion="reduce")  # no colour is caught between two themes
    page.evaluate(OPEN_ALL)
    page.evaluate(SHOW_BUTTON)
    page.evaluate(LEAVE_OUT_WHAT_IS_ALIKE)


def assert_contrast(page):
    """Axe finds every kind of text easy to read, and links easy to tell from text, in both themes."""
    for theme in ("light", "dark"):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        assert page.evaluate(MARK_ONE_TEXT_OF_EACH_KIND) > 5
        results = Axe().run(page, context="[data-sample]", options=COLOURS)
        assert results.violations_count == 0, results.generate_report()
    page.evaluate("document.documentElement.dataset.theme = 'light'")


def test_a_page_on_a_phone_needs_no_sideways_scroll(drawn):
    drawn.page.evaluate(OPEN_ALL)
    assert drawn.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    drawn.page.evaluate(CLOSE_ALL)


@pytest.mark.last_of_the_page
def test_axe_finds_nothing_on_a_phone(drawn):
    make_ready(drawn.page)
    results = Axe().run(drawn.page, options=ALL_BUT_COLOURS)
    drawn.page.evaluate(CLOSE_ALL)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.last_of_the_page
@pytest.mark.first_page_with_a_simulator
def test_each_kind_of_text_in_a_chapter_is_easy_to_read(drawn):
    make_ready(drawn.page)
    assert_contrast(drawn.page)
    drawn.page.evaluate(CLOSE_ALL)


@pytest.mark.one_page_of_each_kind
def test_axe_finds_nothing_on_a_laptop_in_light_and_dark(open_page, page_name):
    page = open_page(page_name, color_scheme="light")
    draw_all(page)
    make_ready(page)
    results = Axe().run(page, options=ALL_BUT_CONTRAST)
    assert results.violations_count == 0, results.generate_report()
    assert_contrast(page)


def test_a_page_has_a_description_one_main_heading_and_a_language(site, page_name):
    page = BeautifulSoup((site / page_name).read_text(encoding="utf-8"), "html.parser")
    assert page.html["lang"] == "en"
    assert len(page.select("main h1:not(#jb-print-docs-body h1)")) == 1
    if page_name not in {"search.html", "genindex.html"}:
        assert len(page.select_one("meta[name=description]")["content"]) > 20
    assert page.select("script[src*=mathjax i], script[src*=require], script[src*=thebe]") == []


@pytest.mark.pages_with("Show what the check says")
def test_no_check_gives_its_answer_away_before_the_reader_asks(site, page_name):
    page = BeautifulSoup((site / page_name).read_text(encoding="utf-8"), "html.parser")
    said = page.find_all(string=re.compile(r"^Task \d\d-\d: (right|\d+ of \d+ points)"))
    assert len(said) >= 5
    assert [text[:40] for text in said if text.find_parent("details") is None] == []


@pytest.mark.pages_with("BEGIN SOLUTION")
def test_no_solution_is_seen_before_the_reader_asks(site, page_name):
    page = BeautifulSoup((site / page_name).read_text(encoding="utf-8"), "html.parser")
    solutions = [code.find_parent("div", class_="cell") for code in page.find_all(string=re.compile("BEGIN SOLUTION"))]
    assert len(solutions) >= 5
    parts = [part for cell in solutions for part in cell.select(".cell_input, .cell_output")]
    assert [part.get_text()[:40] for part in parts if part.find_parent("details") is None] == []


def test_the_root_leads_to_the_first_page(open_page, site):
    root = BeautifulSoup((site / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert root.html["lang"] == "en"
    assert root.select_one("link[rel=icon]")["href"] == "data:,"  # without one a browser asks for /favicon.ico
    page = open_page("index.html")
    page.wait_for_url("**/book/index.html")
