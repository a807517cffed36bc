"""The workbook in a real browser: the built folder served from this machine, Pyodide from a copy in it, no other host."""

import functools
import http.server
import json
import os
import sys
import threading
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
HTML = Path(os.environ.get("BOOK_HTML", ROOT / "_build" / "html")).resolve()
LITE = HTML / "lite"
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "website" / "extensions"), str(Path(__file__).parent)]

from browser_kernel import BrowserKernel  # noqa: E402  (this folder has just been put on the path)
from find_chromium import INSTALL, find  # noqa: E402

NOT_BUILT = "the workbook is not built; run 'make book' first"
NO_COPY = "the built workbook takes Pyodide from another host; see tools/lite_pyodide.py for a copy to check with"
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
SECONDS = 600  # for one step, on a busy machine
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def pytest_configure(config):
    """Declare the marker."""
    config.addinivalue_line("markers", "thorough: left to 'make testlite', because it takes minutes")


@pytest.fixture(scope="session")
def lite():
    """The folder of the built workbook, which holds its own Pyodide."""
    if not (LITE / "jupyter-lite.json").is_file():
        pytest.fail(NOT_BUILT, pytrace=False)
    if "://" in json.loads((LITE / "static" / "pyodide" / "wheels.json").read_text(encoding="utf-8"))["source"]:
        pytest.skip(NO_COPY)
    return LITE


class _Server(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    prefix = "/a/course"  # a published book rarely stands at the root of its host
    served: ClassVar = []  # the files that were sent, in order, without those that the browser had already

    def translate_path(self, path):
        return super().translate_path(path.removeprefix(self.prefix))

    def copyfile(self, source, outputfile):
        """Send a file."""
        if hasattr(source, "name"):  # the list of a folder has none
            self.served.append(Path(source.name))
        super().copyfile(source, outputfile)

    def log_message(self, *arguments):
        """Keep the test report readable."""


@pytest.fixture(scope="session")
def base_url(lite):
    """Address of the built book, below the root of its host, with a slash at its end."""
    handler = functools.partial(_Server, directory=lite.parent)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{_Server.prefix}/"
    server.shutdown()


@pytest.fixture
def served():
    """The list of files sent since the test began."""
    _Server.served.clear()
    return _Server.served


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


@pytest.fixture
def visit(browser, base_url):
    """Return a function that opens a page of the book in a fresh profile; no page may ask another host.

    A profile lives in memory, where Chromium keeps few large files, unless a folder is given for it.
    """
    contexts, elsewhere = [], []

    def open_it(name, folder=None):
        options = {"viewport": {"width": 1366, "height": 900}}
        if folder is None:
            context = browser.new_context(**options)
        else:
            launch = browser.browser_type.launch_persistent_context
            context = launch(folder, executable_path=find(), args=QUIET, **options)
        context.set_default_timeout(SECONDS * 1000)
        # the workbook's service worker answers one address at the root of the host
        host = base_url.removesuffix(_Server.prefix.removeprefix("/") + "/")
        local = (host, "data:", "blob:")
        context.on("request", lambda asked: elsewhere.append(asked.url) if not asked.url.startswith(local) else None)
        contexts.append(context)
        page = context.new_page()
        page.goto(base_url + name)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert elsewhere == []


@pytest.fixture(scope="session")
def kernel(browser, base_url, lite):
    """The workbook's kernel, booted once, with the packages that the workbook loads."""
    settings = json.loads((lite / "jupyter-lite.json").read_text(encoding="utf-8"))["jupyter-config-data"]
    packages = settings["litePluginSettings"][KERNEL]["loadPyodideOptions"]["packages"]
    page = browser.new_page()
    elsewhere = []
    page.on(
        "request", lambda asked: elsewhere.append(asked.url) if not asked.url.startswith((base_url, "blob:")) else None
    )
    page.goto(f"{base_url}lite/static/pyodide/wheels.json")
    yield BrowserKernel(page, f"{base_url}lite/", packages, SECONDS)
    page.close()
    assert elsewhere == []
