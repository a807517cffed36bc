"""Readers without a mouse, without motion, with large text or high contrast; a book below a folder of its host."""

import pytest
from conftest import LAPTOP, PHONE, draw_all, watched
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


NARROWEST = {"width": 320, "height": 640}  # a laptop at 400%: WCAG 1.4.10
SPACING = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
CUT_OFF = """() => [...document.querySelectorAll('.bd-article :is(p, label, output, summary, legend, button, a, h2, h3)')]
  .filter(e => e.checkVisibility() && !e.closest('.visually-hidden') && getComputedStyle(e).overflowX !== 'visible'
    && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)).map(e => e.outerHTML.slice(0, 100))"""


LONG_WORDS = ["book/evidence.html", "book/bibliography.html", "book/08_building_engagement.html"]


@pytest.mark.parametrize("name", LONG_WORDS)
def test_large_and_widely_spaced_text_is_neither_cut_off_nor_scrolled_sideways(open_page, name):
    page = open_page(name, viewport=NARROWEST)
    page.add_style_tag(content=SPACING)
    page.evaluate("document.querySelectorAll('.bd-article details').forEach(details => details.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST["width"]
    assert page.evaluate(CUT_OFF) == []


def test_a_figure_is_seen_in_high_contrast(open_page, page_name):
    page = open_page(page_name, forced_colors="active", color_scheme="light")
    plot = page.locator(".figure-plot").first
    paper = "plot => [getComputedStyle(plot).forcedColorAdjust, getComputedStyle(plot).backgroundColor]"
    assert plot.evaluate(paper) == ["none", "rgb(255, 255, 255)"]
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    adjust, dark = plot.evaluate(paper)
    assert (adjust, sum(map(int, dark[4:-1].split(","))) < 3 * 64) == ("none", True)


SHIFTS = """window.shifts = [];
new PerformanceObserver(list => shifts.push(...list.getEntries().filter(entry => !entry.hadRecentInput)
  .map(entry => entry.value))).observe({ type: 'layout-shift', buffered: true });"""
MOST_SHIFT = 0.01  # a page up to 0.1 counts as good; here only the theme's own header moves, while it loads


@pytest.mark.parametrize("screen", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_nothing_moves_while_the_page_loads_draws_and_answers(open_page, page_name, screen):
    page = open_page("book/index.html", viewport=screen)
    page.add_init_script(SHIFTS)
    page.goto(page.url.replace("book/index.html", page_name))
    draw_all(page)
    slider = page.locator("section.simulator input[type=range]").first
    slider.evaluate("slider => slider.scrollIntoView({ block: 'center' })")
    said = page.locator(".simulator-headline").first
    for end in ("max", "min", "max"):  # by script: what follows a reader's hand is not counted
        before = said.inner_text()
        slider.evaluate("(e, end) => { e.value = e[end]; e.dispatchEvent(new Event('input', { bubbles: true })) }", end)
        page.wait_for_function(
            "before => document.querySelector('.simulator-headline').textContent !== before", arg=before
        )
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("shifts.reduce((sum, shift) => sum + shift, 0)") <= MOST_SHIFT


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
