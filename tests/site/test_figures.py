"""Stored figures: drawn late, readable by everybody."""

import pytest

pytestmark = pytest.mark.pages_with("course-figure")


def test_drawing_moves_no_text(drawn):
    assert drawn.height_after == drawn.height_before


def test_a_plot_is_named_by_its_alt_text_and_hidden_otherwise(drawn):
    for plot in drawn.page.locator(".figure-plot").all():
        assert plot.get_attribute("role") == "group"
        assert len(plot.get_attribute("aria-label")) >= 40
    assert drawn.page.locator(".figure-plot svg.main-svg:not([aria-hidden=true])").count() == 0


def test_the_title_stands_in_the_page_and_not_in_the_plot(drawn):
    assert drawn.page.locator(".figure-plot .gtitle, .figure-plot .gtitle-subtitle").count() == 0
    for figure in drawn.page.locator("figure.course-figure").all():
        assert figure.locator(".figure-title").inner_text()


def test_the_data_table_opens_by_keyboard(drawn):
    for details in drawn.page.locator(".figure-data").all():
        assert not details.locator("table").is_visible()
        details.locator("summary").press("Enter")
        assert details.locator("table").is_visible()
        assert details.locator("thead th[scope=col]").count() > 1
        assert details.locator("tbody th[scope=row]").count() == details.locator("tbody tr").count() > 0
        details.locator("summary").press("Enter")


def test_the_text_of_a_plot_is_large_enough(drawn):
    sizes = drawn.page.eval_on_selector_all(
        ".figure-plot text", "all => all.map(t => parseFloat(getComputedStyle(t).fontSize))"
    )
    assert min(sizes) >= 12


@pytest.mark.first_page_with_a_simulator
def test_the_text_of_a_plot_follows_the_theme(drawn):
    colour = "getComputedStyle(document.querySelector('.figure-plot .xtick text')).fill"
    light = drawn.page.evaluate(colour)
    drawn.page.evaluate("document.documentElement.dataset.theme = 'dark'")
    drawn.page.wait_for_function(f"{colour} !== '{light}'")
    drawn.page.evaluate("document.documentElement.dataset.theme = 'light'")


def test_labels_of_a_plot_stay_inside_it_on_a_phone(drawn):
    outside = drawn.page.evaluate(
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


def test_without_javascript_alt_text_and_table_are_readable(plain):
    for figure in plain.locator("figure.course-figure").all():
        assert figure.locator(".figure-alt").is_visible()
        assert not figure.locator(".figure-plot").is_visible()
        figure.locator("summary").click()
        assert figure.locator("table").is_visible()
