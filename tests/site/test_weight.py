"""How much a reader downloads and when, gzip-compressed as a server would send it."""

import gzip

import pytest
from built_book import HTML

PAGE_KILOBYTES = 200  # a page before a figure is drawn, everything included
INDEX_KILOBYTES = 100  # what the search page adds
PLOTLY_KILOBYTES = 500  # what the first figure that comes near adds, once for the whole book
RUNTIME_KILOBYTES = 270  # what the first touch of a simulator adds
NEAR_PIXELS = 300  # a figure is drawn when it is this far below the window
COMPRESSED_ALREADY = {".woff2", ".png", ".jpg"}


def kilobytes(path):
    """Return the size of a file as a server sends it."""
    content = path.read_bytes()
    return len(content if path.suffix in COMPRESSED_ALREADY else gzip.compress(content, 6)) / 1000


def test_a_page_is_light_before_a_figure_is_drawn(drawn, site, record_property):
    files = [HTML / url.split("?")[0].removeprefix(f"{site.as_uri()}/") for url in drawn.requested if "file:" in url]
    weights = {path.name: kilobytes(path) for path in files if path.name not in {"plotly.js", "searchindex.js"}}
    record_property("kilobytes", sum(weights.values()))
    assert 50 < sum(weights.values()) <= PAGE_KILOBYTES, weights


@pytest.mark.one_page_of_each_kind
def test_plotly_waits_until_a_figure_comes_near(open_page, page_name):
    urls = set()
    small = {"width": 390, "height": 100}
    page = open_page(page_name, watch=lambda request: urls.add(request.url), viewport=small)
    page.wait_for_load_state("networkidle")
    figures = page.locator("figure.course-figure")
    if figures.count() == 0 or figures.first.bounding_box()["y"] > small["height"] + NEAR_PIXELS:
        assert not [url for url in urls if "plotly" in url]
    if figures.count():
        figures.first.scroll_into_view_if_needed()
        page.locator("figure.course-figure[data-drawn]").first.wait_for()
        assert figures.first.locator("svg.main-svg").count() > 0


def test_the_index_of_the_search_is_light(site):
    assert kilobytes(site / "searchindex.js") <= INDEX_KILOBYTES


@pytest.mark.parametrize("name", ["micropython.js", "socialcare-py.js"])
def test_the_runtime_is_part_of_the_book(site, name):
    assert (site / "_static" / name).stat().st_size > 0


def test_the_runtime_of_the_simulators_is_light(site):
    weight = sum(kilobytes(site / "_static" / name) for name in ("micropython.js", "socialcare-py.js"))
    assert weight <= RUNTIME_KILOBYTES


def test_the_library_of_the_figures_is_light(site):
    assert kilobytes(site / "_static" / "plotly.js") <= PLOTLY_KILOBYTES


def test_the_icon_font_holds_the_icons_in_use_only(site):
    assert 0 < (site / "_static" / "icons.woff2").stat().st_size < 10_000
