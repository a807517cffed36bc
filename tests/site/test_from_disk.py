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


def test_a_page_offers_to_hide_the_words_of_a_search_only_if_it_has_marked_some(from_disk, site):
    page = from_disk("search.html?q=carrito")
    page.locator("#search-results li a").first.click()
    button = page.locator(".highlight-link")
    page.locator("span.highlighted").first.wait_for()
    assert button.is_visible()
    button.get_by_role("link").click()
    assert not button.is_visible()
    page.evaluate("localStorage.setItem('sphinx_highlight_terms', 'carrito')")  # as the search page does
    page.goto(f"{site.as_uri()}/book/course_map.html")
    page.locator(".highlight-link").wait_for(state="attached")
    page.wait_for_timeout(50)  # the theme marks words a moment later
    assert page.locator("span.highlighted").count() == 0
    assert not page.locator(".highlight-link").is_visible()
