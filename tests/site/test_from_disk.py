"""The book works when its files are opened from disk: no server, no network."""

import pytest
from conftest import draw_all
from test_simulators import assert_shows, scenario_of, values_of, wait_shown


@pytest.fixture
def from_disk(open_page, site):
    """Return a function that opens a page by its path, with the network cut off."""
    return lambda name, **options: open_page(name, address=f"{site.as_uri()}/", offline=True, **options)


def test_every_page_opens_from_disk(from_disk, page_name):
    page = from_disk(page_name)
    draw_all(page)
    assert page.locator("h1:visible").count() == 1


@pytest.mark.pages_with('class="simulator"')
def test_a_simulator_runs_from_disk(from_disk, page_name):
    page = from_disk(page_name)
    section = page.locator("section.simulator").first
    section.locator("input[type=range]").first.press("End")
    wait_shown(section)
    scenario = scenario_of(section)
    assert_shows(section, scenario.figure(**values_of(section, scenario)))


def test_search_finds_a_page_from_disk(from_disk, problems):
    page = from_disk("search.html?q=engagement")
    page.locator("#search-results li a").first.wait_for()
    problems.clear()  # Sphinx cannot read the excerpts below the titles from disk; it lists the titles without them


def test_the_theme_button_turns_the_page_dark(from_disk):
    page = from_disk("book/index.html", color_scheme="light")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    button = page.locator(".theme-switch-button:visible").first
    for _ in range(3):
        button.click()
        if page.evaluate("document.documentElement.dataset.theme") == "dark":
            break
    assert page.evaluate(background) != light
