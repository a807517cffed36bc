"""What holds for every page of the built book."""

from axe_playwright_python.sync_playwright import Axe
from conftest import PHONE, draw_all

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
}
OPEN_ALL = "document.querySelectorAll('.bd-article details').forEach(details => details.open = true)"


def test_a_page_asks_no_other_host_and_reports_no_error(open_page, base_url, page_name):
    problems = []

    def watch(page):
        page.on("request", lambda request: problems.append(request.url) if _elsewhere(request.url, base_url) else None)
        page.on("requestfailed", lambda request: problems.append(f"failed: {request.url}"))
        page.on(
            "response",
            lambda answer: problems.append(f"{answer.status}: {answer.url}") if answer.status > 399 else None,
        )
        page.on(
            "console", lambda message: problems.append(message.text) if message.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: problems.append(str(error)))

    draw_all(open_page(page_name, watch=watch))
    assert problems == []


def _elsewhere(url, base_url):
    return not url.startswith((base_url, "data:", "blob:"))


def test_axe_finds_nothing_in_light_and_dark(open_page, page_name):
    page = open_page(page_name, color_scheme="light", reduced_motion="reduce")
    draw_all(page)
    page.evaluate(OPEN_ALL)
    for theme in ("light", "dark"):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        result = Axe().run(page, options=RULES)
        assert result.violations_count == 0, f"{theme}: {result.generate_report()}"


def test_a_phone_needs_no_sideways_scroll(open_page, page_name):
    page = open_page(page_name, viewport=PHONE, has_touch=True, is_mobile=True)
    draw_all(page)
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


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
