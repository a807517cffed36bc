"""The report of Café Brisa that the book offers: it needs nothing but itself, on a phone, in the dark and on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PHONE

NAME = "_static/cafe_brisa_report.html"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # all that differs between light and dark


@pytest.fixture
def report(site, browser):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto((site / NAME).as_uri())
    yield page
    context.close()


def test_the_report_asks_for_nothing_and_fits_a_phone(report):
    assert len(report.asked) == 1
    assert report.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize(("scheme", "rules"), [("light", TAGS), ("dark", COLOURS)])
def test_axe_finds_nothing_in_the_report(report, scheme, rules):
    report.emulate_media(color_scheme=scheme)
    results = Axe().run(report, options={"runOnly": rules, "resultTypes": ["violations"], "preload": False})
    assert results.violations_count == 0, results.generate_report()


def test_the_chapter_leads_to_the_report(site):
    assert f'href="../{NAME}"' in (site / "book" / "15_capstone.html").read_text(encoding="utf-8")
