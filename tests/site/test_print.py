"""On paper: words, figures, tables, settings and answers; no controls, no navigation, and nothing given away."""

import pytest

pytestmark = pytest.mark.first_page_with_a_simulator
THEME = "document.documentElement.dataset.theme"


def begin_print(page):
    """Show the page as on paper; a reader who has just scrolled up sees the button that leads to the top."""
    page.evaluate("document.getElementById('pst-back-to-top').style.display = 'block'")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")


@pytest.fixture
def paper(drawn):
    """The page as the printer gets it from a reader who prefers dark."""
    page = drawn.page
    page.evaluate(f"{THEME} = 'dark'")
    begin_print(page)
    yield page
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    page.evaluate(f"{THEME} = 'light'")


def test_tables_and_answers_are_printed_and_controls_are_not(paper):
    for words in paper.locator(".figure-data table, .quiz-answers ol, .quiz-question legend, .quiz-option").all():
        assert words.is_visible()
        assert words.bounding_box()["height"] > 20
    for control in paper.locator(
        ".simulator :is(input, button, a), .quiz-question button, .bd-sidebar-primary, .run-in-browser, #pst-back-to-top"
    ).all():
        assert not control.is_visible()


def test_a_simulator_is_printed_with_its_settings(paper):
    for section in paper.locator("section.simulator").all():
        assert section.locator(".simulator-headline").is_visible()
        assert section.locator(".figure-plot svg.main-svg").first.is_visible()
        for control in section.locator(".simulator-control").all():
            assert control.locator("label").is_visible()
            said = control.locator("input").get_attribute("aria-valuetext")
            assert control.locator("output").inner_text() == said != ""


def test_print_is_dark_on_white_and_the_reader_gets_the_theme_back(paper):
    assert paper.evaluate(THEME) == "light"
    paper.evaluate("dispatchEvent(new Event('afterprint'))")
    assert paper.evaluate(THEME) == "dark"


def test_a_sheet_of_exercises_is_white_and_gives_away_only_what_the_reader_has_opened(open_page):
    page = open_page("solutions/09_measuring_engagement.html", color_scheme="dark")
    assert page.evaluate(THEME) == "dark"
    hidden = page.locator(".bd-article details")
    hidden.nth(0).locator("summary").click()
    begin_print(page)
    assert page.evaluate(THEME) == "light"
    assert [index for index in range(hidden.count()) if hidden.nth(index).is_visible()] == [0]
