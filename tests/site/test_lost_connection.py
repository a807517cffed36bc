"""What a reader sees whose connection fails while a page loads what it needs later."""

import pytest
from playwright.sync_api import expect

PAGE = "book/12_complaints.html"


@pytest.fixture
def page(browser, base_url):
    """A page of a reader whose requests the test may lose; errors are what the test looks at."""
    context = browser.new_context(base_url=base_url, service_workers="block")
    yield context.new_page()
    context.close()


def test_a_simulator_whose_python_was_lost_once_works_at_the_next_touch(page):
    lost = []

    def lose_the_first(route):
        lost.append(route.request.url)
        route.abort() if len(lost) == 1 else route.continue_()

    page.route("**/micropython.js", lose_the_first)
    page.goto(PAGE)
    section = page.locator("section.simulator").first
    headline, slider = section.locator(".simulator-headline"), section.locator("input[type=range]").first
    before = headline.inner_text()
    slider.press("End")
    expect(headline).to_have_text("The simulator did not load; the figure shows the default settings.")
    slider.press("Home")
    expect(headline).not_to_contain_text("did not load")
    assert headline.inner_text() != before
    assert len(lost) == 2


def test_a_figure_that_cannot_be_drawn_is_described(page):
    page.route("**/plotly.js", lambda route: route.abort())
    page.goto(PAGE)
    plot = page.locator(".figure-plot").first
    plot.scroll_into_view_if_needed()
    expect(plot.locator(".figure-alt")).to_have_text(plot.get_attribute("aria-label"))


def test_an_address_with_a_lone_percent_sign_harms_no_simulator(page):
    problems = []
    page.on("pageerror", lambda problem: problems.append(str(problem)))
    page.goto(f"{PAGE}#50%")
    outputs = page.locator("section.simulator output")
    expect(outputs.last).not_to_be_empty()
    assert problems == []
