"""A box that scrolls sideways fades at the edge behind which there is more: phones show no scrollbar."""

import pytest
from conftest import PHONE

BOXES = ".bd-article :is(.table-scroll, .pst-scrollable-table-container, div.highlight pre, div.math)"
# What is behind the edges of each box, and the edges at which it fades.
EDGES = """boxes => boxes.filter(box => box.checkVisibility()).map(box => {
  const { scrollLeft, scrollWidth, clientWidth } = box, mask = getComputedStyle(box).maskImage;
  return {
    behind: [scrollLeft > 1, scrollWidth - clientWidth - scrollLeft > 1],
    fades: [/rgb\\(0, 0, 0\\) 32px/.test(mask), /100% - 32px/.test(mask)],
  };
})"""
BEGIN, MIDDLE, END = 0, 10, 9999


@pytest.fixture
def phone(open_page):
    """Return a function that opens a page on a phone."""
    return lambda name: open_page(name, viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.mark.parametrize("name", ["notebooks/07_diversity.html", "book/formula_sheet.html"])
def test_a_box_fades_where_more_waits_and_nowhere_else(phone, name):
    page = phone(name)
    for place in (BEGIN, MIDDLE, END):
        page.eval_on_selector_all(BOXES, "(boxes, place) => boxes.forEach(box => { box.scrollLeft = place })", place)
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        edges = page.eval_on_selector_all(BOXES, EDGES)
        assert [edge for edge in edges if edge["behind"] != edge["fades"]] == []
        wide = [edge["behind"] for edge in edges if any(edge["behind"])]
        assert {BEGIN: [False, True], MIDDLE: [True, True], END: [True, False]}[place] in wide
        assert len(wide) < len(edges)


def test_a_wide_box_fades_neither_on_paper_nor_below_the_ring_of_the_focus(phone):
    page = phone("notebooks/07_diversity.html")
    box = page.locator(".table-scroll.more-right").first
    mask = "box => getComputedStyle(box).maskImage"
    assert box.evaluate(mask) != "none"
    page.emulate_media(media="print")
    assert box.evaluate(mask) == "none"
    page.emulate_media(media="screen")
    page.keyboard.press("Tab")  # a reader with a keyboard
    box.focus()
    assert box.evaluate(mask) == "none"
    assert box.evaluate("box => getComputedStyle(box).outlineStyle") != "none"


def test_on_a_phone_a_formula_is_set_smaller_only_where_it_is_too_wide_and_most_of_these_then_fit(phone):
    page = phone("book/formula_sheet.html")
    page.locator("div.math.more-right").first.wait_for()
    size = "all => [...new Set(all.map(formula => parseFloat(getComputedStyle(formula).fontSize)))]"
    (smaller,) = page.eval_on_selector_all("div.math.is-wide math", size)
    (usual,) = page.eval_on_selector_all("div.math:not(.is-wide) math", size)
    assert smaller < usual
    assert page.locator("div.math.more-right").count() < page.locator("div.math.is-wide").count() / 2
