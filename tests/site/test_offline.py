"""A page that was opened once works again when the network is gone, and a new edition replaces what was stored."""

import shutil

import pytest
from conftest import PHONE
from course_server import serving

pytestmark = pytest.mark.xdist_group("offline")  # they share one published folder

CHAPTER = "book/09_measuring_engagement.html"
OTHER = "book/12_complaints.html"
NOTEBOOK = "notebooks/09_measuring_engagement.html"
SEARCH = "search.html"
RUNTIME = ["plotly.js", "micropython.js", "socialcare-py.js"]
SAVES_DATA = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
STORED = """async () => {
  const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  return (await Promise.all(caches_.map((cache) => cache.keys()))).flat().map(({ url }) => url);
}"""
SCOPES = "async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope)"


@pytest.fixture(scope="module")
def published(site, tmp_path_factory):
    """A folder with a few pages of the book, which a test may publish anew."""
    folder = tmp_path_factory.mktemp("published")
    shutil.copytree(site / "_static", folder / "_static")
    for name in (CHAPTER, OTHER, NOTEBOOK, SEARCH, "searchindex.js", "service-worker.js"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(site / name, folder / name)
    return folder


@pytest.fixture
def reader(browser, published):
    """A reader's phone and the address of the book, below a folder of its host."""
    with serving(published) as address:
        context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
        yield context.new_page(), address
        context.close()


def wait_until(page, condition):
    """Wait until the list of what is stored meets the condition."""
    for _ in range(400):
        if condition(page.evaluate(STORED)):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"stored is {page.evaluate(STORED)}")


def visit(page, address, name):
    """Open a page and wait until the worker has stored it and what it needs."""
    page.goto(address + name)
    needed = [address + name, *(f"{address}_static/{file}" for file in RUNTIME if "simulators.js" in page.content())]
    wait_until(page, lambda stored: set(needed) <= set(stored))


def cut(page):
    """Take the network away."""
    page.context.set_offline(True)


def test_a_chapter_works_again_without_network_though_nobody_touched_its_simulator(reader):
    page, address = reader
    visit(page, address, CHAPTER)
    cut(page)
    page.reload()
    section = page.locator("section.simulator").first
    before = section.locator(".simulator-headline").inner_text()
    section.locator("input[type=range]").first.press("End")
    page.wait_for_function("before => document.querySelector('.simulator-headline').textContent !== before", arg=before)
    page.locator("section.simulator figure[data-drawn]").first.wait_for()
    quiz = page.locator("form.quiz-question").first
    quiz.locator("input").first.check()
    quiz.locator("button").click()
    assert quiz.locator("[role=status]").inner_text().startswith(("Right.", "Not yet."))


def test_a_page_never_opened_is_answered_with_those_that_are_there(reader):
    page, address = reader
    visit(page, address, CHAPTER)
    cut(page)
    assert page.goto(address + OTHER).status == 503
    assert page.locator("h1").inner_text() == "You are offline"
    page.get_by_role("link").click()
    page.locator("section.simulator").first.wait_for()
    assert page.url == address + CHAPTER


def test_no_worker_stands_above_the_workbook(reader):
    page, address = reader
    for name in (CHAPTER, NOTEBOOK, f"{SEARCH}?q=reply"):
        page.goto(address + name)
        page.wait_for_function("navigator.serviceWorker.controller !== null")
    assert sorted(page.evaluate(SCOPES)) == [f"{address}{folder}" for folder in ("book/", "notebooks/", SEARCH)]


def test_a_search_is_no_page_of_its_own(reader):
    page, address = reader
    visit(page, address, SEARCH)
    page.goto(f"{address}{SEARCH}?q=reply")
    cut(page)
    page.goto(f"{address}{SEARCH}?q=engagement")
    page.locator("#search-results li a").first.wait_for()
    assert [url for url in page.evaluate(STORED) if "?q=" in url] == []


def test_a_reader_online_gets_the_new_page_and_a_new_edition_drops_the_old_one(reader, published):
    page, address = reader
    visit(page, address, OTHER)
    visit(page, address, CHAPTER)
    chapter, worker = published / CHAPTER, published / "service-worker.js"
    old_chapter, old_worker = chapter.read_text(encoding="utf-8"), worker.read_text(encoding="utf-8")
    (before,) = page.evaluate("caches.keys()")
    version = before.removeprefix(f"{address} ")
    try:
        chapter.write_text(old_chapter.replace("<h1>", "<h1>Second edition: "), encoding="utf-8")
        page.reload()
        assert page.locator(".bd-article h1").first.inner_text().startswith("Second edition")
        assert address + OTHER in page.evaluate(STORED), "an edited text costs no stored page"
        worker.write_text(old_worker.replace(version, "second"), encoding="utf-8")
        page.reload()
        wait_until(page, lambda stored: address + OTHER not in stored and address + CHAPTER in stored)
        assert page.evaluate("caches.keys()") == [f"{address} second"]
    finally:
        chapter.write_text(old_chapter, encoding="utf-8")
        worker.write_text(old_worker, encoding="utf-8")


def test_a_reader_who_saves_data_stores_nothing(reader):
    page, address = reader
    page.add_init_script(SAVES_DATA)
    page.goto(address + CHAPTER)
    page.wait_for_load_state("networkidle")
    page.evaluate("new Promise(done => requestIdleCallback(() => requestIdleCallback(done)))")
    assert page.evaluate(SCOPES) == []


def test_the_version_changes_with_a_script_and_not_with_a_picture(tmp_path):
    from offline import version

    (tmp_path / "a.js").write_text("1;", encoding="utf-8")
    first = version(tmp_path)
    (tmp_path / "b.png").write_bytes(b"picture")
    assert version(tmp_path) == first
    (tmp_path / "a.js").write_text("2;", encoding="utf-8")
    assert version(tmp_path) != first
