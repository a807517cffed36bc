"""The built book, served over HTTP to one Chromium per test process."""

import functools
import http.server
import os
import re
import sys
import threading
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[2]
HTML = Path(os.environ.get("BOOK_HTML", ROOT / "_build" / "html")).resolve()
NOT_BUILT = f"the book is not built: there is no book/index.html in {HTML.name}/; run 'make book' first"
sys.path[:0] = [str(ROOT / "website" / "extensions"), str(ROOT / "tools"), str(Path(__file__).parent)]

from find_chromium import INSTALL, find  # noqa: E402  (tools/ has just been put on the path)

# What the theme, the style sheet and the scripts do is the same on all pages of a kind.
ONE_OF_EACH_KIND = [
    "book/index.html",
    "book/course_map.html",
    "book/glossary.html",
    "book/formula_sheet.html",
    "book/tensions.html",
    "book/09_measuring_engagement.html",
    "notebooks/09_measuring_engagement.html",
    "solutions/09_measuring_engagement.html",
    "search.html",
]
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1366, "height": 768}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def built_pages():
    """Return the names of the book's pages, without the redirect at the root and the workbook in lite/."""
    return sorted(
        path.relative_to(HTML).as_posix()
        for path in HTML.rglob("*.html")
        if path.parent.name != "_static" and path != HTML / "index.html" and HTML / "lite" not in path.parents
    )


def pages_with(marker):
    """Return the pages whose HTML holds ``marker``."""
    return [page for page in built_pages() if marker in (HTML / page).read_text(encoding="utf-8")]


def pages_for_each_scenario():
    """Return as few pages as hold every simulator of the book."""
    chosen, seen = [], set()
    for page in pages_with('class="simulator"'):
        here = set(re.findall(r'data-scenario="(\w+)"', (HTML / page).read_text(encoding="utf-8")))
        if here - seen:
            chosen.append(page)
            seen |= here
    return chosen


def pytest_generate_tests(metafunc):
    """Run a test that takes ``page_name`` on the pages that its marker names, or on every page.

    All tests of a page run one after the other in one process: they share the page as it was opened once.
    """
    if "page_name" in metafunc.fixturenames:
        marked = metafunc.definition.get_closest_marker  # the narrower mark of a test wins over that of its module
        if marked("first_page_with_a_simulator"):
            pages = pages_for_each_scenario()[:1]
        elif marked("one_page_of_each_kind"):
            pages = built_pages() if os.environ.get("EVERY_PAGE") else ONE_OF_EACH_KIND  # make axe: every page
        elif marked("pages_for_each_scenario"):
            pages = pages_for_each_scenario()
        elif mark := marked("pages_with"):
            pages = pages_with(mark.args[0])
        else:
            pages = built_pages()
        together = [pytest.param(page, marks=pytest.mark.xdist_group(page)) for page in pages or ["(none)"]]
        metafunc.parametrize("page_name", together, scope="session")


@pytest.hookimpl(trylast=True)  # after pytest's own order, which goes by the place of a page in each test's list
def pytest_collection_modifyitems(items):
    """Put all tests of a page side by side, whichever list of pages they run on: the page is opened once for all."""
    items.sort(key=lambda item: item.callspec.params.get("page_name", "") if hasattr(item, "callspec") else "")


def pytest_configure(config):
    """Declare the markers."""
    config.addinivalue_line("markers", "pages_with(text): run for every built page whose HTML holds the text")
    config.addinivalue_line("markers", "one_page_of_each_kind: run for one page of each kind")
    config.addinivalue_line("markers", "first_page_with_a_simulator: run for one page, because scenarios do not differ")
    config.addinivalue_line("markers", "pages_for_each_scenario: run for as few pages as hold every simulator")


@pytest.fixture(scope="session")
def site():
    """The folder of the built book."""
    if not (HTML / "book" / "index.html").exists():
        pytest.fail(NOT_BUILT, pytrace=False)
    return HTML


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        """Keep the test report readable."""


@pytest.fixture(scope="session")
def base_url(site):
    """Address of a server of the built book, with a slash at its end."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests of the process."""
    program = find()
    if program is None:
        pytest.fail(INSTALL, pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield chromium
        chromium.close()


def watched(browser, address, name, watch=None, **options):
    """Open a page in a fresh profile; return it and the list of what goes wrong in it from now on.

    Wrong are errors, warnings of the console, failed requests, and requests to another host than ``address``.
    """
    page = browser.new_context(**{"viewport": LAPTOP, **options}).new_page()
    page.set_default_timeout(20_000)
    problems = []

    def on_request(request):
        if not request.url.startswith((address, "data:", "blob:")):
            problems.append(f"another host: {request.url}")

    def on_response(response):
        if response.status >= 400:
            problems.append(f"{response.status}: {response.url}")

    def on_console(message):
        if message.type in {"error", "warning"}:
            problems.append(message.text)

    page.on("request", on_request)
    page.on("response", on_response)
    page.on("console", on_console)
    page.on("requestfailed", lambda request: problems.append(f"failed: {request.url}"))
    page.on("pageerror", lambda error: problems.append(str(error)))
    if watch is not None:
        page.on("request", watch)
    page.goto(address + name)
    return page, problems


@pytest.fixture
def open_page(browser, base_url):
    """Return a function that opens a page of the book in a fresh profile: ``open_page(name, **context options)``.

    Whatever a test looks at, its pages must ask no other host and report no error.
    """
    opened = []

    def open_it(name, address=base_url, **options):
        opened.append(watched(browser, address, name, **options))
        return opened[-1][0]

    yield open_it
    for page, _ in opened:
        page.context.close()
    assert [problem for _, problems in opened for problem in problems] == []


class Drawn(NamedTuple):
    """A page on a phone with every figure drawn."""

    page: Page
    requested: set[str]  # the addresses that it asked for
    height_before: int  # of the article, before its figures were drawn
    height_after: int


@pytest.fixture(scope="session")
def drawn(browser, site, page_name):
    """The page opened from disk on a phone, network off, every figure drawn; who changes it puts it back."""
    phone = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "color_scheme": "light"}
    requested = set()
    options = {"watch": lambda request: requested.add(request.url), "offline": True, **phone}
    page, problems = watched(browser, f"{site.as_uri()}/", page_name, **options)
    height = "document.querySelector('.bd-article, main').scrollHeight"
    before = page.evaluate(height)
    draw_all(page)
    yield Drawn(page, set(requested), before, page.evaluate(height))
    page.context.close()
    assert problems == []


@pytest.fixture(scope="session")
def plain(browser, base_url, page_name):
    """The page of a reader without JavaScript."""
    page, problems = watched(browser, base_url, page_name, java_script_enabled=False)
    yield page
    page.context.close()
    assert problems == []


def draw_all(page):
    """Bring every figure near, and wait until all are drawn."""
    for figure in page.locator("figure.course-figure").all():
        figure.scroll_into_view_if_needed()
    page.wait_for_function("[...document.querySelectorAll('figure.course-figure')].every(f => 'drawn' in f.dataset)")
