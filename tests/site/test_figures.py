"""Stored figures: drawn late, readable by everybody."""

import pytest
from conftest import PHONE, draw_all

pytestmark = pytest.mark.pages_with("course-figure")


@pytest.fixture(scope="module")
def drawn(browser, base_url, page_name):
    """The page on a phone with every figure drawn; tests that take it only look."""
    context = browser.new_context(viewport=PHONE, color_scheme="light")
    page = context.new_page()
    page.goto(base_url + page_name)
    draw_all(page)
    yield page
    context.close()


def test_plotly_waits_until_a_figure_comes_near(open_page, page_name):
    loaded = []
    page = open_page(
        page_name,
        watch=lambda page: page.on("request", lambda request: loaded.append(request.url)),
        viewport={"width": 1366, "height": 300},
    )
    first = page.locator("figure.course-figure").first
    page.wait_for_load_state("load")
    if first.bounding_box()["y"] > 300 + 300:
        assert not [url for url in loaded if "plotly" in url]
    first.scroll_into_view_if_needed()
    page.locator("figure.course-figure[data-drawn]").first.wait_for()
    assert first.locator("svg.main-svg").count() > 0


def test_drawing_moves_no_text(open_page, page_name):
    page = open_page(page_name, viewport=PHONE)
    measure = "document.querySelector('.bd-article').scrollHeight"
    before = page.evaluate(measure)
    draw_all(page)
    assert page.evaluate(measure) == before


def test_a_plot_is_named_by_its_alt_text_and_hidden_otherwise(drawn):
    for plot in drawn.locator(".figure-plot").all():
        assert plot.get_attribute("role") == "group"
        assert len(plot.get_attribute("aria-label")) >= 40
    assert drawn.locator(".figure-plot svg.main-svg:not([aria-hidden=true])").count() == 0


def test_the_title_stands_in_the_page_and_not_in_the_plot(drawn):
    assert drawn.locator(".figure-plot .gtitle, .figure-plot .gtitle-subtitle").count() == 0
    for figure in drawn.locator("figure.course-figure").all():
        assert figure.locator(".figure-title").inner_text()


def test_the_data_table_opens_by_keyboard(open_page, page_name):
    page = open_page(page_name)
    for details in page.locator(".figure-data").all():
        assert not details.locator("table").is_visible()
        details.locator("summary").press("Enter")
        assert details.locator("table").is_visible()
        assert details.locator("thead th[scope=col]").count() > 1
        assert details.locator("tbody th[scope=row]").count() == details.locator("tbody tr").count() > 0


def test_the_text_of_a_plot_follows_the_theme_and_is_large_enough(drawn):
    colour = "getComputedStyle(document.querySelector('.figure-plot .xtick text')).fill"
    sizes = drawn.eval_on_selector_all(
        ".figure-plot text", "all => all.map(t => parseFloat(getComputedStyle(t).fontSize))"
    )
    assert min(sizes) >= 12
    light = drawn.evaluate(colour)
    drawn.evaluate("document.documentElement.dataset.theme = 'dark'")
    drawn.wait_for_function(f"{colour} !== '{light}'")
    drawn.evaluate("document.documentElement.dataset.theme = 'light'")


def test_labels_of_a_plot_stay_inside_it_on_a_phone(drawn):
    outside = drawn.evaluate(
        """[...document.querySelectorAll('.figure-plot')].flatMap(plot => {
            const box = plot.getBoundingClientRect();
            return [...plot.querySelectorAll('.infolayer text, .xaxislayer-above text, .yaxislayer-above text')]
              .map(text => ({ text: text.textContent, box: text.getBoundingClientRect() }))
              .filter(({ box: t }) => t.left < box.left - 1 || t.right > box.right + 1
                                   || t.top < box.top - 1 || t.bottom > box.bottom + 1)
              .map(({ text }) => text);
        })"""
    )
    assert outside == []


def test_without_javascript_alt_text_and_table_are_readable(open_page, page_name):
    page = open_page(page_name, java_script_enabled=False)
    figures = page.locator("figure.course-figure")
    for figure in figures.all():
        assert figure.locator(".figure-alt").is_visible()
        assert not figure.locator(".figure-plot").is_visible()
        figure.locator("summary").click()
        assert figure.locator("table").is_visible()
