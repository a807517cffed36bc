"""A hit says what it is: the unit of a page, the term of the glossary, found by its Spanish name as well."""

import pytest
from conftest import watched

# Search as the reader's form does, on a page that has the index already.
HITS = """query => {
  document.getElementById("search-results").replaceChildren();
  Search.performSearch(query);
  return new Promise(resolve => {
    const look = () => Search.status.innerText ? resolve([...document.querySelectorAll("#search-results li")]
      .map(hit => [hit.innerText, hit.querySelector("a").getAttribute("href")])) : setTimeout(look, 5);
    look();
  });
}"""


@pytest.fixture(scope="module")
def hits(browser, base_url):
    """Return a function that searches and gives text and address of each hit, in order."""
    page, problems = watched(browser, base_url, "search.html?q=reply")
    page.locator(".search-summary", has_text="Search finished").wait_for()
    yield lambda query: [tuple(hit) for hit in page.evaluate(HITS, query)]
    page.context.close()
    assert problems == []


@pytest.mark.parametrize(
    ("query", "words", "place"),
    [
        ("carrito", "cart abandonment, abandono del carrito (Glossary)", "term-cart-abandonment"),
        ("abandono del carrito", "cart abandonment, abandono del carrito (Glossary)", "term-cart-abandonment"),
        ("queja", "complaint, queja (Glossary)", "term-complaint"),
        ("Quejas", "complaint, queja (Glossary)", "term-complaint"),
        ("indice de promotores", "NPS, índice de promotores netos (Glossary)", "term-NPS"),
        ("NPS", "NPS (Glossary)", "term-NPS"),
        ("return on investment", "ROI, return on investment (Glossary)", "term-ROI"),
    ],
)
def test_a_term_in_english_or_spanish_leads_to_its_entry(hits, query, words, place):
    found = hits(query)
    assert found[0] == (words, f"book/glossary.html#{place}")
    assert "book/glossary.html" not in dict(found).values()


def test_a_word_of_a_definition_alone_leads_to_the_page(hits):
    assert ("Glossary", "book/glossary.html") in hits("shortest")


def test_a_page_of_a_unit_is_found_with_its_number_and_kind(hits):
    found = dict(hits("score"))
    assert found["A score speaks for those who answered (Unit 11)"] == "book/11_customer_experience.html"
    assert found["Exercises: whose voice is in the score? (Exercises 11)"] == "solutions/11_customer_experience.html"
    assert {text for text, address in found.items() if "notebooks/11" in address} == {
        "What do our scores predict, and whom do they leave out? (Notebook 11)"
    }
