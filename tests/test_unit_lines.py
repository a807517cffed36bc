"""A page says which unit it belongs to, in the words of the table of contents."""

import pytest
from unit_lines import link_title, unit_line

NAMES = {
    "book/05_crm": "05 CRM is a strategy",
    "notebooks/05_crm": "Notebook 05: which CRM offer?",
    "solutions/05_crm": "Exercises 05: CRM",
    "book/glossary": None,
}
CHAPTER = '<a href="../book/05_crm.html">CRM is a strategy</a>'


def line(page, title):
    return unit_line(page, title, NAMES, lambda chapter: f"../{chapter}.html")


@pytest.mark.parametrize(
    ("page", "title", "words"),
    [
        ("book/05_crm", "A CRM pays only if you know what for", "Unit 05 · CRM is a strategy · Chapter"),
        ("notebooks/05_crm", "Which CRM offer does Café Brisa sign?", f"Unit 05 · {CHAPTER} · Notebook"),
        ("solutions/05_crm", "Exercises: would you sign?", f"Unit 05 · {CHAPTER}"),
        ("solutions/05_crm", "Would you sign?", f"Unit 05 · {CHAPTER} · Exercises"),
    ],
)
def test_a_line_gives_number_name_and_the_kind_that_the_title_does_not_say(page, title, words):
    assert line(page, title) == f'<p class="unit-line">{words}</p>'


def test_a_page_outside_the_units_has_no_line_and_keeps_its_title():
    assert line("book/glossary", "Glossary") == ""
    assert link_title("book/glossary", NAMES) is None


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("book/05_crm", "Unit 05: CRM is a strategy"),
        ("notebooks/05_crm", "Notebook 05: which CRM offer?"),
        ("solutions/05_crm", "Exercises 05: CRM"),
    ],
)
def test_a_link_to_a_page_of_a_unit_says_which_and_what_it_is(page, words):
    assert link_title(page, NAMES) == words
