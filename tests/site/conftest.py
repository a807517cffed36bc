"""The built book, served over HTTP to one Chromium per test process."""

import os
import re
from typing import NamedTuple

import pytest
from built_book import HTML
from course_server import serving
from playwright.sync_api import Page

# What the theme, the style sheet and the scripts do is the same on all pages of a kind.
ONE_OF_EACH_KIND = [
    "book/index.html",
    "book/course_map.html",
    "book/glossary.html",
    "book/tensions.html",
    "book/09_measuring_engagement.html",
    "notebooks/09_measuring_engagement.html",
    "solutions/09_measuring_engagement.html",
    "search.html",
]
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1366, "height": 768}


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
    """Put all tests of a page side by side: it is opened once for all. Last are those that leave parts of it out."""

    def place(item):
        page = item.callspec.params.get("page_name", "") if hasattr(item, "callspec") else ""
        return page, item.get_closest_marker("last_of_the_page") is not None

    items.sort(key=place)


def pytest_configure(config):
    """Take the fixtures of all browser tests, and declare the markers."""
    config.pluginmanager.import_plugin("chromium")
    config.addinivalue_line("markers", "pages_with(text): run for every built page whose HTML holds the text")
    config.addinivalue_line("markers", "one_page_of_each_kind: run for one page of each kind")
    config.addinivalue_line("markers", "first_page_with_a_simulator: run for one page, because scenarios do not differ")
    config.addinivalue_line("markers", "last_of_the_page: run after all other tests of the page, which it changes")
    config.addinivalue_line("markers", "pages_for_each_scenario: run for as few pages as hold every simulator")


@pytest.fixture(scope="session")
def base_url(site):
    """Address of the book as a host serves it, below a folder, with a slash at its end."""
    with serving(site) as address:
        yield address


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
