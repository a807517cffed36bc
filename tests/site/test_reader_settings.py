"""A reader without a mouse, a reader who wants no motion, and a book that stands below a folder of its host."""

import pytest
from conftest import watched
from course_server import FOLDER, serving

pytestmark = pytest.mark.first_page_with_a_simulator

STOP = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const shown = [e, ...e.querySelectorAll('*')].map(part => [part.getBoundingClientRect(), getComputedStyle(part)]);
  const mark = shown.some(([box, style]) => box.height > 0 && (style.boxShadow !== 'none'
    || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)));
  const seen = shown.some(([box]) => box.width > 0 && box.height > 0 && box.top < innerHeight && box.bottom > 0);
  const kind = e.closest('.simulator') ? 'simulator' : e.closest('.quiz-question') ? 'quiz'
    : e.closest('.figure-data') ? 'figure table' : e.closest('.bd-article') ? 'text' : 'around';
  return { kind, mark, seen, says: e.outerHTML.slice(0, 120), first: document.querySelector('a[href="#main-content"]') === e };
}"""
MOST_STOPS = 400
MOVING = """() => [...document.querySelectorAll('*')].filter(e => [null, '::before', '::after'].some(part => {
  const { animationName, animationDuration, transitionDuration } = getComputedStyle(e, part);
  const lasts = times => times.split(',').some(time => parseFloat(time) > 0.01);
  return lasts(transitionDuration) || (animationName !== 'none' && lasts(animationDuration));
})).map(e => e.outerHTML.slice(0, 100))"""


def test_the_tab_key_leads_through_text_figure_simulator_and_quiz_and_each_stop_is_seen(open_page, page_name):
    page = open_page(page_name, reduced_motion="reduce")
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        stops.append(stop)
    else:
        pytest.fail(f"{MOST_STOPS} stops and no end: the focus is caught in {stops[-1]['says']}")
    assert stops[0]["first"], "the first stop leads past the navigation"
    assert [stop["says"] for stop in stops if not (stop["mark"] and stop["seen"])] == []
    assert {"text", "figure table", "simulator", "quiz"} <= {stop["kind"] for stop in stops}
    assert len({stop["says"] for stop in stops if stop["kind"] == "simulator"}) >= 3


def test_nothing_moves_for_a_reader_who_wants_no_motion(open_page, page_name):
    page = open_page(page_name, reduced_motion="reduce")
    figure = page.locator("section.simulator figure").first
    figure.scroll_into_view_if_needed()
    page.locator("section.simulator figure[data-drawn]").first.wait_for()
    assert page.evaluate(MOVING) == []
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("document.querySelector('.simulator .figure-plot').layout.transition") is None


def test_the_book_works_below_a_folder_of_its_host(browser, site, page_name):
    with serving(site) as address:
        assert address.endswith(FOLDER)
        page, problems = watched(browser, address, page_name)
        section = page.locator("section.simulator").first
        before = section.locator(".simulator-headline").inner_text()
        section.locator("input[type=range]").first.press("End")
        page.wait_for_function(
            "([section, before]) => section.querySelector('.simulator-headline').textContent !== before",
            arg=[section.element_handle(), before],
        )
        page.locator("section.simulator figure[data-drawn]").first.wait_for()
        page.context.close()
    assert problems == []
