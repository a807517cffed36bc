"""What holds for every page of the built book."""

from axe_playwright_python.sync_playwright import Axe
from conftest import PHONE, draw_all

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
}
OPEN_ALL = "document.querySelectorAll('.bd-article details').forEach(details => details.open = true)"

# Rows of a table or entries of a list are alike; axe would measure the contrast of each.
FIRST_ROWS = """document.querySelectorAll('tbody tr:nth-child(n+4), dl > :nth-child(n+7)')
  .forEach(row => row.remove())"""


def test_a_page_on_a_phone_asks_no_other_host_and_needs_no_sideways_scroll(open_page, problems, page_name):
    page = open_page(page_name, viewport=PHONE, has_touch=True, is_mobile=True)
    draw_all(page)
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert problems == []


def test_axe_finds_nothing_in_light_and_dark(open_page, page_name):
    page = open_page(page_name, color_scheme="light", reduced_motion="reduce")
    draw_all(page)
    page.evaluate(OPEN_ALL)
    page.evaluate(FIRST_ROWS)
    in_light = Axe().run(page, options=RULES)
    assert in_light.violations_count == 0, in_light.generate_report()
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    in_dark = Axe().run(page, options={**RULES, "runOnly": ["color-contrast"]})  # all that the theme changes
    assert in_dark.violations_count == 0, in_dark.generate_report()


def test_a_page_has_a_description_one_main_heading_and_a_language(open_page, page_name):
    page = open_page(page_name, java_script_enabled=False)
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("main h1:visible").count() == 1
    if page_name not in {"search.html", "genindex.html"}:
        assert len(page.locator("meta[name=description]").get_attribute("content")) > 20
    assert page.locator("script[src*=mathjax i], script[src*=require], script[src*=thebe]").count() == 0


def test_the_root_leads_to_the_first_page(open_page):
    page = open_page("index.html")
    page.wait_for_url("**/book/index.html")
