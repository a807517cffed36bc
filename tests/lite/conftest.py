"""The workbook in a real browser: the built folder served from this machine, Pyodide from a copy in it, no other host."""

import json
from pathlib import Path
from typing import ClassVar
from urllib.parse import urljoin

import pytest
from browser_kernel import BrowserKernel
from built_book import HTML, QUIET
from course_server import Handler, serving
from find_chromium import find

LITE = HTML / "lite"
NOT_BUILT = "the workbook is not built; run 'make book' first"
NO_COPY = "the built workbook takes Pyodide from another host; see tools/lite_pyodide.py for a copy to check with"
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
SECONDS = 300  # for one step, on a busy machine


def pytest_configure(config):
    """Take the fixtures of all browser tests, and declare the marker."""
    config.pluginmanager.import_plugin("chromium")
    config.addinivalue_line("markers", "thorough: left to 'make testlite', because it takes minutes")


@pytest.fixture(scope="session")
def lite():
    """The folder of the built workbook, which holds its own Pyodide."""
    if not (LITE / "jupyter-lite.json").is_file():
        pytest.fail(NOT_BUILT, pytrace=False)
    if "://" in json.loads((LITE / "static" / "pyodide" / "wheels.json").read_text(encoding="utf-8"))["source"]:
        pytest.skip(NO_COPY)
    return LITE


class _Recorder(Handler):
    """Keeps a list of what it sends: not of what the browser has already."""

    sent: ClassVar[list[Path]] = []

    def send_response(self, code, message=None):
        """Begin an answer."""
        if code == 200:
            self.sent.append(Path(self.translate_path(self.path)))
        super().send_response(code, message)


@pytest.fixture(scope="session")
def base_url(lite):
    """Address of the built book, below the root of its host, with a slash at its end."""
    with serving(lite.parent, _Recorder) as address:
        yield address


@pytest.fixture
def served():
    """The list of files sent since the test began."""
    _Recorder.sent.clear()
    return _Recorder.sent


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
        local = (urljoin(base_url, "/"), "data:", "blob:")
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
