"""The small mistakes: each is one change of its kind, drawn alike everywhere, and each verdict names a check."""

import random
import sys

import mutants
import pytest
from mutation import KINDS, ROOT, Edit, Mutant, other_files, python_code, sampling, units
from nbformat.v4 import new_code_cell, new_notebook

FORMULA = '''LIMIT = 3


def rate(acts, people):
    """Return 100 * acts / people."""
    if people <= 0 or acts < 0:
        raise ValueError("expected 1 or more")
    return 100 * acts / people
'''
SCENARIO = """def figure(**values):
    v = validated(PARAMETERS, values)
    return {"headline": f"{v['low']} to {v['high']} people waited", "alt": "Bars.", "numbers": {"low": v["low"]}}
"""
QUIZ = """questions:
  - id: one
    options:
      - {text: a, correct: true}
      - {text: b, correct: false}
  - id: two
    options:
      - {text: c, correct: false}
      - {text: d, correct: true}
      - {text: e, correct: false}
"""
TASKS = """TASKS = {"09-1": Task(right=f, mistakes=(Mistake("a", g, "First."), Mistake("b", h, "Second.")), praise="Yes.")}
"""


def applied(text, *edits):
    for edit in sorted(edits, key=lambda edit: -edit.start):
        text = edit.applied(text)
    return text


def test_operators_and_numbers_of_a_function_are_changed_one_at_a_time():
    changed = {applied(FORMULA, edit) for edit in python_code.arithmetic(FORMULA)}
    assert {text.split("return")[-1].strip() for text in changed} == {
        "100 * acts / people", "101 * acts / people", "100 / acts / people", "100 * acts * people",
    }  # fmt: skip
    assert {line for text in changed for line in text.splitlines() if "if " in line} == {
        "    if people <= 0 or acts < 0:", "    if people < 0 or acts < 0:", "    if people <= 1 or acts < 0:",
        "    if people <= 0 and acts < 0:", "    if people <= 0 or acts <= 0:", "    if people <= 0 or acts < 1:",
    }  # fmt: skip
    assert all("LIMIT = 3" in text for text in changed)


def test_a_place_is_found_behind_letters_of_two_bytes():
    text = 'def f(x):\n    return "Café", x + 1\n'
    assert applied(text, python_code.arithmetic(text)[0]) == 'def f(x):\n    return "Café", x - 1\n'


def test_a_word_of_a_label_is_left_out_and_what_is_computed_stays():
    edits = python_code.wording(SCENARIO, random.Random(1))
    changed = {applied(SCENARIO, edit) for edit in edits}
    assert {text for text in changed if "Bars." not in text}
    assert all("{v['low']}" in text and "{v['high']}" in text for text in changed)


def test_a_figure_reads_another_control():
    changed = [applied(SCENARIO, edit) for edit in python_code.exchanged_controls(SCENARIO)]
    assert any('"numbers": {"low": v["high"]}' in text for text in changed)


def test_a_control_that_nothing_listens_to():
    text = "for c in controls:\n    c.observe(redraw, names='value')\nbutton.on_click(reset)\n"
    assert [applied(text, edit).count("pass") for edit in python_code.deaf_controls(text)] == [1, 1]


def test_reasons_of_two_slips_change_places():
    (pair,) = python_code.slip_reasons(TASKS)
    assert 'Mistake("a", g, "Second."), Mistake("b", h, "First.")' in applied(TASKS, *pair)


def test_another_option_of_the_same_question_becomes_the_right_one():
    changed = [applied(QUIZ, *pair) for pair in other_files.quiz_keys(QUIZ)]
    assert len(changed) == 3
    assert all(text.count("correct: true") == 2 for text in changed)
    assert "{text: b, correct: true}" in changed[0]


def test_a_cell_of_a_table_is_changed_and_no_other():
    text = 'id,day,note\n1,2025-03-03,"a, b"\n2,2025-03-04,c\n3,2025-03-05,d\n4,2025-03-06,e\n5,2025-03-07,f\n'
    for seed in range(20):
        changed = applied(text, other_files.table_cell(text, random.Random(seed)))
        pairs = zip(text.splitlines(), changed.splitlines(), strict=True)
        assert sum(before != after for before, after in pairs) == 1


def test_a_word_of_a_page_is_left_out_and_what_is_computed_stays():
    page = '<h1>Audit of {{ brand }}</h1>\n<p>Much text.</p>\n<tr><th scope="col">value</th></tr>\n'
    changed = {applied(page, edit) for edit in other_files.page_words(page, random.Random(1))}
    assert changed == {page.replace("Audit", ""), page.replace("value", "")}


def test_what_a_key_figure_says_is_a_label():
    text = 'figure = KeyFigure("Median wait", median(waits), f"{low} to {high}", "cases")\n'
    changed = {applied(text, edit) for edit in python_code.wording(text, random.Random(1))}
    assert any("cases" not in one for one in changed)
    assert all("median(waits)" in one and "{low}" in one for one in changed)


def test_only_what_stands_between_the_marks_of_a_solution_is_changed():
    source = "answer = 1\n### BEGIN SOLUTION\nanswer = acts + 2\n### END SOLUTION"
    notebook = new_notebook(cells=[new_code_cell(source, id="answer-1")])
    changed = {applied(source, edit) for cell, edit in other_files.cell_answers(notebook)}
    assert changed == {source.replace("+ 2", "- 2"), source.replace("+ 2", "+ 3")}


def test_an_edit_of_other_words_is_refused():
    with pytest.raises(ValueError, match="character 0 begins 'abc'; expected 'xyz'"):
        Edit(0, "xyz", "").applied("abcdef")


def test_every_unit_gets_one_mutant_of_each_kind_and_always_the_same():
    stems = units.stems()[8:10]
    drawn = sampling.sample(1, 7, stems)
    assert [(mutant.unit, mutant.kind) for mutant in drawn] == [(stem[:2], kind) for stem in stems for kind in KINDS]
    assert drawn == sampling.sample(1, 7, stems)
    assert drawn != sampling.sample(1, 8, stems)


def test_the_capstones_package_example_and_report_are_changed_too():
    (stem,) = (stem for stem in units.stems() if stem.startswith("15"))
    package = ROOT / "src" / "socialcare" / "audit"
    assert set(package.glob("*.py")) < set(units.own_modules(stem))
    assert units.templates(stem) == [package / "report.html"]
    tables = {path.relative_to(ROOT / "datasets").as_posix() for path in units.tables(stem)}
    assert {"tickets.csv", "orders.csv", "examples/tea_shop/tickets.csv"} < tables
    drawn = {mutant.kind: mutant.path for mutant in sampling.sample(1, 7, [stem])}
    assert set(drawn) == set(KINDS)


def test_a_unit_is_judged_by_the_tests_of_its_own_modules_and_at_last_by_all_checks():
    mutant = Mutant("09", "formula", "src/socialcare/formulas/engagement.py", 1, ())
    first, *_, last = mutants.commands(mutant)
    assert "tests/test_engagement_formulas.py" in first
    assert last == mutants.EVERYTHING


def test_a_mutant_says_where_it_is_and_what_was_changed():
    mutant = Mutant("09", "label", "notebooks/09_x.ipynb", 4, (Edit(3, "people", ""),), "figure")
    assert str(mutant) == "notebooks/09_x.ipynb, cell figure, line 4: “people” was left out"


@pytest.mark.parametrize(
    ("code", "killer"),
    [
        (
            "print('FAILED tests/test_a.py::test_b[c] - assert 1 == 2'); raise SystemExit(1)",
            "tests/test_a.py::test_b[c]",
        ),
        ("print('FAILED: Style (exit 1); 4 later parts not run'); raise SystemExit(1)", "Style"),
        ("raise SystemExit(3)", "exit 3"),
        ("print('12 passed')", ""),
    ],
)
def test_the_check_that_failed_is_named(tmp_path, code, killer):
    assert mutants.run([sys.executable, "-c", code], tmp_path) == killer


def test_a_run_without_a_test_is_no_verdict(tmp_path):
    with pytest.raises(RuntimeError, match="ran no test"):
        mutants.run([*mutants.TEST, "missing.py"], tmp_path)


def test_the_summary_counts_by_kind_and_unit_and_lists_survivors():
    mutant = Mutant("09", "label", "a.py", 1, (Edit(0, "x", "y"),))
    verdicts = [mutants.Verdict(mutant, "tests/a.py", 1.0), mutants.Verdict(mutant, "", 1.0)]
    found = mutants.summary(verdicts, 1, 7)
    assert found["made"]["label"] == {"09": 2}
    assert found["killed"]["label"] == {"09": 1}
    assert found["survivors"] == ["a.py, line 1: “x” became “y”"]


def test_the_copy_is_the_last_commit(tmp_path):
    copy = mutants.copy_of_last_commit(tmp_path)
    assert (copy / "tests").is_dir()
    assert copy != ROOT
