"""The formula sheet holds every formula once, with its arguments, its source and a unit."""

import ast
import inspect
import re
from pathlib import Path

import formula_pages
import pytest
from formula_pages import about, formulas_of, imported, label_of, myst, names_in_code, topics, units_of, uses_of
from latex2mathml.converter import convert
from units import read_units

from socialcare.formula_sheet import equation, formula

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "src" / "socialcare" / "formulas"
ALL = [entry for topic in topics() for entry in formulas_of(topic)]
USES = uses_of(ROOT, read_units(ROOT))
every_formula = pytest.mark.parametrize("entry", ALL, ids=lambda entry: f"{entry.module}.{entry.name}")


def function_of(entry):
    return getattr(__import__(f"socialcare.formulas.{entry.module}", fromlist=["x"]), entry.name)


def test_every_docstring_with_an_equation_is_on_the_sheet_once():
    stated = [
        (path.stem, node.name)
        for path in sorted(FOLDER.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and ".. math::" in (ast.get_docstring(node) or "")
    ]
    page = (ROOT / "book" / "formula_sheet.md").read_text(encoding="utf-8")
    shown = [
        (entry.module, entry.name) for topic in re.findall(r"\{formulas\} (\w+)", page) for entry in formulas_of(topic)
    ]
    assert sorted(shown) == sorted(stated)
    assert len(stated) > 150


def named(parameter, entry, seen=()):
    """Return whether a parameter is named in the docstring, in that of the module, or where the docstring points."""
    function = function_of(entry)
    texts = inspect.getdoc(function) + inspect.getdoc(inspect.getmodule(function))
    words = re.sub(r"_[ab]$", "", parameter).replace("_", "[ _-]")
    if re.search(words, texts, re.I):
        return True
    others = [other for other in ALL if re.search(rf":func:`[\w.]*\b{other.name}`", inspect.getdoc(function))]
    return any(named(parameter, other, (*seen, entry)) for other in others if other not in (*seen, entry))


@every_formula
def test_a_formula_names_each_of_its_arguments(entry):
    assert [name for name in inspect.signature(function_of(entry)).parameters if not named(name, entry)] == []


@every_formula
def test_a_reader_sees_no_backslash_in_the_words_of_an_equation(entry):
    assert "\\" not in convert(equation(function_of(entry)))


@every_formula
def test_a_formula_belongs_to_a_unit(entry):
    assert units_of(USES, entry)


@pytest.mark.parametrize("topic", topics())
def test_a_topic_says_what_holds_for_it_and_where_it_comes_from(topic):
    conventions, sources = about(topic)
    assert conventions
    assert sources


@every_formula
def test_no_number_that_only_the_package_knows_reaches_a_reader(entry):
    assert not re.search(r"\b(?:models?|[Rr]eference(?: values?)?) [DC]\d", entry.sentence + entry.notes)
    assert not re.search(r"\bD\d", entry.sentence + entry.notes)


def test_sentences_about_errors_stay_out():
    assert [entry.name for entry in ALL if "Raises ValueError" in entry.notes] == []


def test_a_docstring_becomes_links_and_code():
    text = "Rise of :func:`clv` by ``points`` (model D4; S2.5-N2), see B01 and :data:`RULES` (a default)."
    assert myst(text, "value") == (
        "Rise of {ref}`clv <formula-value-clv>` by `points`, see {ref}`B01 <b01>` and `RULES` (a default)."
    )


def test_a_link_leads_to_the_topic_that_a_function_comes_from():
    assert "<formula-funnel-normal-quantile>" in myst(":func:`normal_quantile`", "agreement")
    assert label_of("value", "clv_now") == "formula-value-clv-now"


def test_the_sources_of_a_formula_are_collected_from_its_brackets():
    entry = next(entry for entry in ALL if entry.name == "break_even_active_share")
    assert entry.codes == ("S4.2-08", "B25")
    assert "B25" not in entry.sentence
    assert "{ref}`B25 <b25>`" in formula_pages.details(entry, [])


def test_uses_are_found_in_code_and_in_scenarios():
    assert names_in_code("x = staffing.erlang_c(4, 6)") == {("staffing", "erlang_c")}
    assert imported("from socialcare.formulas.staffing import erlang_c") == {("staffing", "erlang_c")}


def test_an_unknown_topic_is_refused():
    with pytest.raises(ValueError, match=r"^socialcare\.formulas has no module 'magic'; expected one of its topics$"):
        formulas_of("magic")


def test_a_topic_without_sources_is_refused(monkeypatch):
    monkeypatch.setattr(formula_pages.inspect, "getdoc", lambda module: "Title.\n\nNo word on it.")
    with pytest.raises(ValueError, match=r"^socialcare\.formulas\.value: 0 sentences 'Sources: …'; expected one$"):
        about("value")


def test_underscores_of_names_become_spaces_and_those_of_indexes_stay():
    def sample():
        r"""Sum.

        .. math:: \text{all_fans} = \sum_{k=0}^{n} \text{fans}_k
        """

    assert equation(sample) == r"\text{all fans} = \sum_{k=0}^{n} \text{fans}_k"
    assert formula(sample) == f"$${equation(sample)}$$"
