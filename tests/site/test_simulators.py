"""Live simulators: by keyboard, finger and link they show exactly what the Python function returns."""

import importlib
import json
import re
import time

import pytest
from conftest import PHONE, watched
from differences import difference

pytestmark = pytest.mark.pages_for_each_scenario

COLD_SECONDS, WARM_SECONDS = 1.0, 0.1  # what a reader should feel; a busy test machine gets MARGIN times as long
MARGIN = 4


def scenario_of(section):
    return importlib.import_module(f"socialcare.scenarios.{section.get_attribute('data-scenario')}")


def values_of(section, scenario):
    """Return the settings of the controls, each in the type of its default."""
    return {
        parameter.name: type(parameter.default)(float(section.locator(f"input[name={parameter.name}]").input_value()))
        for parameter in scenario.PARAMETERS
    }


def wait_shown(section):
    """Wait until the figure shows the settings that the controls have now."""
    section.page.wait_for_function(
        """section => section.dataset.shown === JSON.stringify(Object.fromEntries(
             [...section.querySelectorAll('input[type=range]')].map(input => [input.name, input.valueAsNumber])))""",
        arg=section.element_handle(),
    )


def assert_shows(section, result):
    """The page's headline, alt text, caption, table and plot are those of ``result``."""
    assert section.locator(".simulator-headline").inner_text() == result["headline"]
    assert section.locator(".figure-plot").get_attribute("aria-label") == result["alt"]
    assert section.locator(".figure-note").inner_text() == result["caption"]
    cells = [row.locator("th, td").all_text_contents() for row in section.locator(".figure-data tr").all()]
    assert cells == [result["table"]["columns"], *[[str(cell) for cell in row] for row in result["table"]["rows"]]]
    drawn = section.locator(".figure-plot").evaluate("plot => plot.data.map(({ x, y }) => [x, y])")
    assert difference([[trace["x"], trace["y"]] for trace in result["data"]], drawn) is None


def simulators(page):
    return page.locator("section.simulator").all()


def place_of_figure(section):
    """Return where the figure stands and how high its box is, in pixels from the top of the simulator."""
    return section.evaluate(
        """section => ['.figure-plot', '.figure-note'].map(part =>
             Math.round(section.querySelector(part).getBoundingClientRect().top - section.getBoundingClientRect().top))"""
    )


def reset(section):
    """Put every control back to its default; press the button of the form as a reader would."""
    section.evaluate("section => delete section.dataset.shown")
    section.locator("button[type=reset]").click()
    wait_shown(section)


@pytest.fixture(scope="session")
def served(browser, base_url, page_name):
    """The page on a laptop, its simulators touched once so that Python is there."""
    page, problems = watched(browser, base_url, page_name)
    for section in simulators(page):
        reset(section)
    yield page
    page.context.close()
    assert problems == []


@pytest.fixture
def live(served):
    """The page with every simulator at its defaults, before and after the test."""
    yield served
    served.evaluate("history.replaceState(null, '', location.pathname)")
    for section in simulators(served):
        reset(section)


def test_each_control_shows_what_python_returns_and_tells_its_value_with_the_unit(live):
    for section in simulators(live):
        scenario, place = scenario_of(section), place_of_figure(section)
        before = section.locator(".simulator-headline").inner_text()
        for parameter in scenario.PARAMETERS:
            slider = section.locator(f"input[name={parameter.name}]")
            key, value = ("End", parameter.high) if parameter.default < parameter.high else ("Home", parameter.low)
            slider.press(key)
            wait_shown(section)
            assert values_of(section, scenario)[parameter.name] == value
            assert_shows(section, scenario.figure(**values_of(section, scenario)))
            assert place_of_figure(section) == place, "the figure jumped"
            said = slider.get_attribute("aria-valuetext")
            assert said == section.locator(f"output[for={slider.get_attribute('id')}]").inner_text()
            assert re.fullmatch(rf"{value:,g} ?{re.escape(parameter.unit)}", said) or value >= 10**6
        reset(section)
        assert section.locator(".simulator-headline").inner_text() == before


def test_a_finger_moves_a_control_and_python_runs_from_disk(drawn):
    for section in simulators(drawn.page):
        scenario = scenario_of(section)
        slider, place = section.locator("input[type=range]").first, place_of_figure(section)
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        assert box["height"] >= 44
        parameter = scenario.PARAMETERS[0]
        left_of_middle = parameter.default < (parameter.low + parameter.high) / 2
        away = 0.8 if left_of_middle else 0.2  # far from where the control stands, or a tap would change nothing
        slider.tap(position={"x": box["width"] * away, "y": box["height"] / 2})
        wait_shown(section)
        values = values_of(section, scenario)
        assert values[parameter.name] != parameter.default
        assert place_of_figure(section)[0] == place[0], "the figure jumped"
        assert_shows(section, scenario.figure(**values))
        reset(section)


def test_no_label_wraps_and_no_control_moves_whatever_its_value(drawn):
    moved = drawn.page.eval_on_selector_all(
        "section.simulator",
        """sections => sections.flatMap(section => {
             const places = () => [...section.querySelectorAll('input')].map(i => i.getBoundingClientRect().top).join();
             const before = places();
             return [...section.querySelectorAll('input')].filter(input => {
               const { value, min, max, step } = input;
               const all = [min, max, Number(min) + Number(step), max - step, (Number(min) + Number(max)) / 2, value];
               return all.filter(now => {
                 input.value = now;
                 input.dispatchEvent(new Event('input', { bubbles: true }));
                 return places() !== before;
               }).length > 0;
             }).map(input => input.id);
           })""",
    )
    assert moved == []
    for section in simulators(drawn.page):
        reset(section)


class Finger:
    """One finger on the screen of a phone."""

    def __init__(self, page):
        self.devtools = page.context.new_cdp_session(page)

    def _touch(self, kind, *points):
        touches = [{"x": x, "y": y} for x, y in points]
        self.devtools.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": touches})

    def wipe(self, x, y, across=0, down=0, steps=10):
        """Put the finger down at (x, y), move it by that many pixels, and lift it."""
        self._touch("Start", (x, y))
        for step in range(1, steps + 1):
            self._touch("Move", (x + across * step / steps, y + down * step / steps))
        self._touch("End")


@pytest.mark.first_page_with_a_simulator
def test_a_finger_that_drags_moves_a_control_and_one_that_scrolls_does_not(drawn):
    page = drawn.page
    section = page.locator("section.simulator").first
    slider = section.locator("input[type=range]").first
    slider.evaluate("slider => slider.scrollIntoView({ block: 'center' })")
    box, before, top = slider.bounding_box(), slider.input_value(), page.evaluate("scrollY")
    headline = section.locator(".simulator-headline").inner_text()
    finger, middle = Finger(page), box["y"] + box["height"] / 2
    finger.wipe(box["x"] + 0.95 * box["width"], middle, down=-120)
    page.wait_for_function("top => scrollY > top + 50", arg=top)
    wait_shown(section)
    assert slider.input_value() == before
    assert section.locator(".simulator-headline").inner_text() == headline
    slider.evaluate("slider => slider.scrollIntoView({ block: 'center' })")
    finger.wipe(box["x"] + 0.3 * box["width"], middle, across=0.5 * box["width"])
    wait_shown(section)
    assert slider.input_value() != before
    reset(section)


STAYS = """section => {
  const result = section.querySelector('.simulator-result');
  section.querySelector('.simulator-actions').scrollIntoView({ block: 'end' });
  const { top, bottom } = result.getBoundingClientRect();
  return top >= document.querySelector('.bd-header-article').getBoundingClientRect().bottom && bottom < innerHeight;
}"""
# Each control in turn lies below the result when the keyboard reaches it.
COVERED = """section => [...section.querySelectorAll(':is(figure, form) :is(summary, input, button, a)')].filter(stop => {
  const result = section.querySelector('.simulator-result');
  stop.scrollIntoView();
  scrollBy(0, stop.getBoundingClientRect().top - result.getBoundingClientRect().top - 10);
  document.activeElement.blur();
  stop.focus();
  return stop.getBoundingClientRect().top < result.getBoundingClientRect().bottom;
}).map(stop => stop.outerHTML.slice(0, 80))"""


@pytest.mark.first_page_with_a_simulator
def test_on_a_phone_the_result_stays_in_sight_above_the_last_control_and_covers_none(drawn):
    section = drawn.page.locator("section.simulator").first
    assert section.evaluate(STAYS)
    assert section.evaluate(COVERED) == []


@pytest.mark.first_page_with_a_simulator
def test_the_result_scrolls_away_where_it_would_take_too_much_of_the_window(open_page, page_name):
    page = open_page(page_name, viewport={"width": 667, "height": 375})  # a phone on its side
    section = page.locator("section.simulator").first
    assert not section.evaluate(STAYS)
    page.set_viewport_size({"width": 390, "height": 844})
    assert section.evaluate(STAYS)
    page.add_style_tag(content="html { font-size: 200% !important }")
    page.locator(".simulator-result:not(.is-short)").first.wait_for()
    assert not section.evaluate(STAYS)


@pytest.mark.first_page_with_a_simulator
def test_a_drag_is_announced_once_when_the_control_is_let_go(live):
    section = live.locator("section.simulator").first
    slider, status = section.locator("input[type=range]").first, section.locator("[role=status]")
    assert section.locator("output:not([aria-live=off])").count() == 0  # the control itself says its value
    slider.scroll_into_view_if_needed()
    live.wait_for_timeout(400)  # what the reset has announced
    status.evaluate("""status => {
        status.said = [];
        new MutationObserver(() => status.said.push(status.textContent)).observe(status, { childList: true });
    }""")
    box = slider.bounding_box()
    live.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + box["height"] / 2)
    live.mouse.down()
    for part in (0.5, 0.7, 0.9):
        live.mouse.move(box["x"] + part * box["width"], box["y"] + box["height"] / 2)
        wait_shown(section)
        live.wait_for_timeout(350)
    assert status.evaluate("status => status.said") == []
    live.mouse.up()
    live.wait_for_function("status => status.said.length > 0", arg=status.element_handle())
    live.wait_for_timeout(350)
    assert status.evaluate("status => status.said") == [section.locator(".simulator-headline").inner_text()]


@pytest.mark.first_page_with_a_simulator
def test_a_link_carries_the_settings(live):
    for section in simulators(live):
        scenario = scenario_of(section)
        for slider in section.locator("input[type=range]").all():
            slider.press("PageUp")
        wait_shown(section)
        chosen = values_of(section, scenario)
        assert not section.locator(".simulator-linked").is_visible()
        before = live.evaluate("scrollY")
        section.locator(".simulator-link").click()
        section.locator(".simulator-linked").wait_for()
        assert section.locator("[role=status]").inner_text() == section.locator(".simulator-linked").inner_text()
        live.evaluate("new Promise(requestAnimationFrame)")
        assert live.evaluate("scrollY") >= before, "the page jumped away from the link"
        link = section.locator(".simulator-link").get_attribute("href")
        assert live.url.endswith(link)
        live.evaluate("location.hash = ''")
        reset(section)
        live.evaluate("link => { location.hash = link }", link)
        live.wait_for_function("section => section.dataset.shown !== undefined", arg=section.element_handle())
        wait_shown(section)
        assert values_of(section, scenario) == chosen
        assert_shows(section, scenario.figure(**chosen))


HAND_OVER = """({ share, writeText }) => {
  window.given = [];
  const take = (does, what) => does === 'refuses' ? Promise.reject(new DOMException('', 'AbortError'))
    : Promise.resolve(void given.push(what));
  const put = (name, value) => Object.defineProperty(navigator, name, { value, configurable: true });
  put('share', share && (({ url }) => take(share, url)));
  put('clipboard', writeText && { writeText: url => take(writeText, url) });
}"""
IN_ADDRESS = "The page's address now carries these settings."


@pytest.mark.first_page_with_a_simulator
@pytest.mark.parametrize(
    ("device", "cases"),
    [
        (
            {"viewport": PHONE, "has_touch": True, "is_mobile": True},
            [
                ({"share": "works", "writeText": "works"}, "Link shared."),
                ({"share": "refuses", "writeText": "works"}, IN_ADDRESS),  # closed by the reader: nothing is copied
                ({"writeText": "works"}, "Link copied."),
            ],
        ),
        (
            {},
            [
                ({"share": "works", "writeText": "works"}, "Link copied."),
                ({"writeText": "refuses"}, IN_ADDRESS),
                ({}, IN_ADDRESS),
            ],
        ),
    ],
    ids=["phone", "laptop"],
)
def test_a_link_is_shared_on_a_phone_copied_elsewhere_and_the_sentence_says_which(open_page, page_name, device, cases):
    page = open_page(page_name, **device)
    section = page.locator("section.simulator").first
    link, said = section.locator(".simulator-link"), section.locator(".simulator-linked")
    for able, words in cases:
        page.evaluate(HAND_OVER, able)
        link.click()
        section.get_by_text(words, exact=True).last.wait_for()
        assert said.inner_text() == words
        assert page.evaluate("given") == ([] if words == IN_ADDRESS else [page.url])
        assert page.url.endswith(link.get_attribute("href"))


@pytest.mark.first_page_with_a_simulator
def test_reset_takes_the_settings_out_of_the_address_and_leaves_other_places_alone(live):
    section = live.locator("section.simulator").first
    scenario, plain = scenario_of(section), live.url
    section.locator("input[type=range]").first.press("PageUp")
    section.locator(".simulator-link").click()
    section.locator(".simulator-linked").wait_for()
    assert live.url != plain
    reset(section)
    assert live.url == plain
    assert not section.locator(".simulator-linked").is_visible()
    live.reload()
    assert values_of(section, scenario) == {parameter.name: parameter.default for parameter in scenario.PARAMETERS}
    live.evaluate("location.hash = 'main-content'")
    reset(section)
    assert live.url == f"{plain}#main-content"


@pytest.mark.first_page_with_a_simulator
def test_a_reader_who_opens_a_link_sees_its_settings(open_page, page_name):
    page = open_page(page_name)
    section = page.locator("section.simulator").first
    scenario = scenario_of(section)
    ends = {parameter.name: parameter.high for parameter in scenario.PARAMETERS}
    query = "&".join(f"{name}={value}" for name, value in ends.items())
    other = open_page(f"{page_name}#{section.get_attribute('id')}?{query}")
    theirs = other.locator("section.simulator").first
    wait_shown(theirs)
    assert values_of(theirs, scenario) == ends


@pytest.mark.first_page_with_a_simulator
@pytest.mark.parametrize("query", ["{name}={above}", "{name}=", "{name}=many", "unheard_of=1"])
def test_a_link_that_does_not_fit_is_told_and_changes_nothing(live, query):
    section = live.locator("section.simulator").first
    scenario = scenario_of(section)
    first = scenario.PARAMETERS[0]
    before = values_of(section, scenario)
    fragment = query.format(name=first.name, above=first.high + first.step)
    live.evaluate("hash => { location.hash = hash }", f"{section.get_attribute('id')}?{fragment}")
    message = section.locator(".simulator-headline.is-error")
    message.wait_for()
    expected = f"expected {first.low:,} to {first.high:,} {first.unit}." if first.name in fragment else "does not know."
    assert message.inner_text().endswith(expected)
    assert values_of(section, scenario) == before


@pytest.mark.first_page_with_a_simulator
def test_an_error_of_python_is_one_sentence(live):
    section = live.locator("section.simulator").first
    scenario = scenario_of(section)
    slider = section.locator("input[type=range]").first
    allowed = slider.get_attribute("max")
    slider.evaluate("input => { input.max = 10 * input.max }")  # a control that allows what the function refuses
    slider.press("End")
    message = section.locator(".simulator-headline.is-error")
    message.wait_for()
    with pytest.raises(ValueError, match="expected") as refused:
        scenario.figure(**values_of(section, scenario))
    assert message.inner_text() == str(refused.value)
    slider.evaluate("(input, allowed) => { input.max = allowed }", allowed)


@pytest.mark.first_page_with_a_simulator
def test_python_loads_at_the_first_touch_answers_at_once_and_the_result_is_announced(open_page, page_name, capsys):
    requests = []
    page = open_page(page_name, watch=lambda request: requests.append(request.url))
    section = page.locator("section.simulator").first
    section.locator("figure").scroll_into_view_if_needed()
    section.locator("figure[data-drawn]").wait_for()
    assert section.locator("[role=status]").inner_text() == ""
    assert not [url for url in requests if "micropython" in url or "socialcare-py" in url]
    slider = section.locator("input[type=range]").first
    seconds = []
    for key in ("End", "Home", "End", "Home", "End"):
        started = time.perf_counter()
        slider.press(key)
        wait_shown(section)
        seconds.append(time.perf_counter() - started)
    cold, warm = seconds[0], sorted(seconds[1:])[1]
    with capsys.disabled():
        print(f"\n{page_name}: first touch to figure {cold:.2f} s, later {warm * 1000:.0f} ms")
    assert cold < COLD_SECONDS * MARGIN
    assert warm < WARM_SECONDS * MARGIN
    page.wait_for_function(
        "section => section.querySelector('[role=status]').textContent === "
        "section.querySelector('.simulator-headline').textContent",
        arg=section.element_handle(),
    )


def test_without_javascript_the_default_result_is_readable(plain):
    for section in simulators(plain):
        result = scenario_of(section).figure()
        assert section.locator(".simulator-headline").inner_text() == result["headline"]
        assert section.locator(".figure-alt").inner_text() == result["alt"]
        assert section.locator(".simulator-note").is_visible()
        assert not section.locator("form").is_visible()
        stored = json.loads(section.locator(".figure-spec").text_content())
        assert stored["data"] == json.loads(json.dumps(result["data"]))
