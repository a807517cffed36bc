"""The book works when its files are opened from disk: no server, no network (so are the pages of ``drawn``)."""

import pytest


@pytest.fixture
def from_disk(open_page, site):
    """Return a function that opens a page by its path, with the network cut off."""
    return lambda name, **options: open_page(name, address=f"{site.as_uri()}/", offline=True, **options)


def test_search_finds_a_page_from_disk(from_disk):
    page = from_disk("search.html?q=engagement")
    page.locator("#search-results li a").first.wait_for()


def test_the_theme_button_turns_the_page_dark(from_disk):
    page = from_disk("book/index.html", color_scheme="light")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    button = page.locator(".theme-switch-button:visible").first
    for _ in range(3):
        button.click()
        if page.evaluate("document.documentElement.dataset.theme") == "dark":
            break
    assert page.evaluate(background) != light
