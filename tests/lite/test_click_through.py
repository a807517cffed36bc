"""What a reader does: press the button on a page of the book, run, move a slider, answer a task."""

import gzip
import json
import re
import time
from pathlib import Path

import pytest
from conftest import SECONDS
from playwright.sync_api import expect
from run_in_browser import MEGABYTES

pytestmark = pytest.mark.xdist_group("reader")  # in one process, while the other runs the notebooks

ROOT = Path(__file__).parents[2]
BUTTON = "Run in your browser"
FIGURE = ".widget-output .js-plotly-plot svg.main-svg"
PAGE = "notebooks/09_measuring_engagement.html"
# A saved copy of the notebook would show its outputs before it runs
FORGET_WORK = """async () => {
  for (const { name } of await indexedDB.databases()) {
    await new Promise((done) => { indexedDB.deleteDatabase(name).onsuccess = done; });
  }
}"""
AUTOSAVE_MS = 12_000
OUTPUT = ".jp-OutputArea-output:visible"  # a value that is handed to a chapter puts out nothing to see


def start(page):
    """Press the button and wait for the notebook."""
    page.get_by_role("link", name=BUTTON).focus()
    page.keyboard.press("Enter")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()


def run_all(page):
    """Choose Run > Run All Cells."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()


def seconds_to_first_output(page):
    """Press the button, run all cells, and return the seconds until the first result can be seen."""
    clicked = time.perf_counter()
    start(page)
    assert page.locator(OUTPUT).count() == 0
    run_all(page)
    page.locator(OUTPUT).first.wait_for()
    return round(time.perf_counter() - clicked, 1)


def megabytes(paths):
    """Return what files weigh as a server sends them, each once."""
    files = {path for path in paths if path.is_file()}
    squeezed = {".whl", ".zip", ".png", ".woff2"}  # no server can compress them further
    return sum(len(f.read_bytes() if f.suffix in squeezed else gzip.compress(f.read_bytes(), 6)) for f in files) / 1e6


def test_a_notebook_runs_its_slider_moves_the_figure_and_its_links_lead_to_the_book(visit, base_url, served):
    page = visit(PAGE)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/lite/" in url] == []
    seconds_to_first_output(page)
    assert megabytes(served) == pytest.approx(MEGABYTES, rel=0.15)  # what the page next to the button says
    slider = page.locator(".widget-hslider .noUi-handle").first
    slider.wait_for()
    drawn = page.locator(FIGURE).first
    drawn.wait_for()
    headline = page.locator(".widget-vbox .widget-html").nth(1)
    says, shows = headline.inner_text(), drawn.inner_html()
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=4)
    page.mouse.up()
    expect(headline).not_to_have_text(says, timeout=SECONDS * 1000)
    changed = f"before => document.querySelector('{FIGURE}')?.innerHTML !== before"
    page.wait_for_function(changed, arg=shows, timeout=SECONDS * 1000)
    says = headline.inner_text()
    page.keyboard.press("ArrowLeft")  # moves the slider, not the notebook's cursor
    expect(headline).not_to_have_text(says, timeout=SECONDS * 1000)
    with page.expect_popup() as book:
        page.get_by_role("link", name="How to start afresh").click()
    assert book.value.url == f"{base_url}book/how_to_use.html#run-in-your-browser"


@pytest.mark.thorough
def test_a_second_visit_loads_almost_nothing(visit, base_url, served, record_property, tmp_path):
    page = visit(PAGE, folder=tmp_path)
    record_property("first visit", seconds_to_first_output(page))
    again = page.context.new_page()
    page.close()
    again.goto(f"{base_url}lite/static/pyodide/wheels.json")
    again.evaluate(FORGET_WORK)
    again.goto(base_url + PAGE)
    served.clear()
    record_property("second visit", seconds_to_first_output(again))
    assert megabytes(served) < MEGABYTES / 20


def answer(page, cell, source):
    """Replace the source of a code cell, run it and the check below it."""
    editor = page.locator(".jp-CodeCell").nth(cell).locator(".cm-content")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(source)
    page.keyboard.press("Shift+Enter")
    page.locator(".jp-CodeCell").nth(cell + 1).locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")


def test_an_exercise_opens_without_solutions_and_its_check_answers(visit):
    page = visit("solutions/09_measuring_engagement.html")
    start(page)
    assert "path=exercises/09_measuring_engagement.ipynb" in page.url
    assert "BEGIN SOLUTION" not in page.locator(".jp-Notebook").inner_text()
    starting = page.get_by_text("Python is starting")
    expect(starting).to_be_visible()
    run_all(page)  # an untouched answer is an error that stops nothing
    last = page.locator(".jp-CodeCell").last.locator(OUTPUT)
    expect(last).to_contain_text("No answer yet", timeout=SECONDS * 1000)
    expect(starting).to_have_count(0)
    said = page.locator(".jp-CodeCell").nth(2).locator(OUTPUT)
    answer(page, 1, 'prediction = {"per active follower": "down", "per follower": "down"}')
    expect(said).to_contain_text("Reread", timeout=SECONDS * 1000)
    answer(page, 1, 'prediction = {"per active follower": "same", "per follower": "down"}')
    expect(said).to_contain_text("Task 09-1:", timeout=SECONDS * 1000)
    page.wait_for_timeout(AUTOSAVE_MS)
    page.reload()
    expect(page.locator(".jp-CodeCell").nth(1)).to_contain_text('"per active follower": "same"')


@pytest.mark.parametrize("folder", ["notebooks", "solutions"])
def test_every_page_leads_to_a_notebook_that_is_there(lite, folder):
    pages = sorted((lite.parent / folder).glob("*.html"))
    assert len(pages) >= 14
    for page in pages:
        (path,) = re.findall(r'href="\.\./lite/notebooks/index\.html\?path=([^"]+)"', page.read_text(encoding="utf-8"))
        notebook = json.loads((lite / "files" / path).read_text(encoding="utf-8"))
        assert [cell for cell in notebook["cells"] if cell.get("outputs")] == []
        assert Path(path).stem == page.stem
        assert path.startswith({"notebooks": "notebooks/", "solutions": "exercises/"}[folder])
