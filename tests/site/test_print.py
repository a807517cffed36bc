"""On paper: words, figures, tables and answers; no controls and no navigation."""

import pytest

pytestmark = pytest.mark.first_page_with_a_simulator


@pytest.fixture
def paper(drawn):
    """The page as the printer gets it from a reader who prefers dark."""
    page = drawn.page
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    yield page
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    page.evaluate("document.documentElement.dataset.theme = 'light'")


def test_tables_and_answers_are_printed_and_controls_are_not(paper):
    for words in paper.locator(".figure-data table, .quiz-answers ol").all():
        assert words.is_visible()
        assert words.bounding_box()["height"] > 20
    for control in paper.locator(".simulator-controls, .quiz-question button, .bd-sidebar-primary").all():
        assert not control.is_visible()


def test_print_is_dark_on_white_and_the_reader_gets_the_theme_back(paper):
    assert paper.evaluate("document.documentElement.dataset.theme") == "light"
    paper.evaluate("dispatchEvent(new Event('afterprint'))")
    assert paper.evaluate("document.documentElement.dataset.theme") == "dark"
