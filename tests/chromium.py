"""The fixtures that all browser tests share: the built book, and one Chromium per test process."""

import pytest
from built_book import HTML, NOT_BUILT, QUIET
from find_chromium import INSTALL, find
from playwright.sync_api import sync_playwright


@pytest.fixture(scope="session")
def site():
    """The folder of the built book."""
    if not (HTML / "book" / "index.html").exists():
        pytest.fail(NOT_BUILT, pytrace=False)
    return HTML


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
