"""How much a reader downloads and when, gzip-compressed as a server would send it."""

import gzip

import pytest
from conftest import HTML

PAGE_KILOBYTES = 200  # a page before a figure is drawn, everything included
RUNTIME_KILOBYTES = 260  # what the first touch of a simulator adds
NEAR_PIXELS = 300  # a figure is drawn when it is this far below the window
COMPRESSED_ALREADY = {".woff2", ".png", ".jpg"}


def kilobytes(path):
    """Return the size of a file as a server sends it."""
    content = path.read_bytes()
    return len(content if path.suffix in COMPRESSED_ALREADY else gzip.compress(content, 6)) / 1000


def test_a_page_is_light_and_plotly_waits_until_a_figure_comes_near(open_page, base_url, page_name):
    urls = set()
    page = open_page(
        page_name,
        watch=lambda request: urls.add(request.url.split("?")[0]),
        viewport={"width": 390, "height": 100},
    )
    page.wait_for_load_state("networkidle")
    figures = page.locator("figure.course-figure")
    if figures.count() and figures.first.bounding_box()["y"] > 100 + NEAR_PIXELS:
        assert not [url for url in urls if "plotly" in url]
    files = [HTML / url.removeprefix(base_url) for url in urls if url.startswith(base_url)]
    weights = {path.name: kilobytes(path) for path in files if path.name != "plotly.js"}
    assert sum(weights.values()) <= PAGE_KILOBYTES, weights
    if figures.count():
        figures.first.scroll_into_view_if_needed()
        page.locator("figure.course-figure[data-drawn]").first.wait_for()
        assert figures.first.locator("svg.main-svg").count() > 0


@pytest.mark.parametrize("name", ["micropython.js", "socialcare-py.js"])
def test_the_runtime_is_part_of_the_book(site, name):
    assert (site / "_static" / name).stat().st_size > 0


def test_the_runtime_of_the_simulators_is_light(site):
    weight = sum(kilobytes(site / "_static" / name) for name in ("micropython.js", "socialcare-py.js"))
    assert weight <= RUNTIME_KILOBYTES


def test_the_icon_font_holds_the_icons_in_use_only(site):
    assert 0 < (site / "_static" / "icons.woff2").stat().st_size < 10_000
