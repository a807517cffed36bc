"""Every rule of tools/check_notebooks.py lets a good notebook pass and names what is wrong in a bad one."""

import copy
from pathlib import Path

import check_notebooks
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from notebook_rules import mirror
from notebook_rules.flow import is_statement, typed_numbers
from sample_notebooks import FIGURE, lesson, shown, solution

ROOT = Path(check_notebooks.__file__).resolve().parent.parent
PLOTLY = "application/vnd.plotly.v1+json"
HOME = "/" + "home/ana"  # kept apart, so that no tracked file holds such a path


def breaches(tmp_path, notebook, folder="notebooks"):
    path = tmp_path / folder / "09_sample.ipynb"
    path.parent.mkdir(exist_ok=True)
    path.write_text(nbformat.v4.writes(notebook), encoding="utf-8")
    return check_notebooks.breaches(path)


def assert_only(found, *words):
    """One breach, which names the notebook and says these words."""
    assert len(found) == 1, found
    assert "09_sample.ipynb: " in found[0]
    for word in words:
        assert word in found[0]


def unsolved():
    """The exercise of the sample solution: each answer and check stores its failure."""
    notebook = solution()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.metadata.tags = ["raises-exception"]
            cell.outputs = [new_output("error", ename="AssertionError", evalue="not solved yet", traceback=[])]
    return notebook


@pytest.mark.parametrize(
    ("folder", "sample"), [("notebooks", lesson), ("solutions", solution), ("exercises", unsolved)]
)
def test_a_good_notebook_keeps_every_rule(tmp_path, folder, sample):
    assert breaches(tmp_path, sample(), folder) == []


def change_source(index, source):
    def change(notebook):
        notebook.cells[index].source = source

    return change


def replace_in(index, old, new):
    def change(notebook):
        assert old in notebook.cells[index].source
        notebook.cells[index].source = notebook.cells[index].source.replace(old, new)

    return change


def insert(index, cell):
    def change(notebook):
        notebook.cells.insert(index, cell)
        cell["id"] = "inserted"
        for count, code in enumerate((c for c in notebook.cells if c.cell_type == "code"), start=1):
            code.execution_count = count

    return change


def change_figure(**meta):
    def change(notebook):
        figure = copy.deepcopy(FIGURE)
        figure["layout"]["meta"].update(meta)
        notebook.cells[6].outputs = shown(PLOTLY, figure)

    return change


def change_cell(index, **fields):
    def change(notebook):
        for name, value in fields.items():
            notebook.cells[index][name] = value

    return change


def change_metadata(**fields):
    def change(notebook):
        notebook.metadata.update(fields)

    return change


def tag(index, *tags):
    def change(notebook):
        notebook.cells[index].metadata["tags"] = list(tags)

    return change


def long_median(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code" and "import" not in cell.source:
            cell.source = "a = 1\nb = 2\nc = 3\nd = 4"


STDERR = [new_output("stream", name="stderr", text="Warning: old")]
ERROR = [new_output("error", ename="KeyError", evalue="'es'", traceback=[])]
LESSON_BREACHES = {
    "title is not first": (change_source(0, "Which shop?"), ["open with the title"]),
    "two titles": (replace_in(3, "We look", "# Again\n\nWe look"), ["2 headings of level 1"]),
    "no frame": (replace_in(1, "**You need**", "Needs"), ["0 cells hold the frame"]),
    "no list of objectives": (replace_in(1, "\n- ", "\n"), ["no list follows"]),
    "no minutes": (replace_in(1, "25", "soon"), ["no number follows '**Minutes**'"]),
    "late import": (replace_in(4, "minutes =", "import math\nminutes ="), ["cell 5", "outside the setup cell"]),
    "no recap": (replace_in(8, "### In this", "### At this"), ["0 headings '### In this notebook you'"]),
    "recap too short": (replace_in(8, "- explained", "  explained"), ["recap has 1 items"]),
    "recap with another verb": (replace_in(8, "- computed", "- guessed"), ["begins with 'guessed'"]),
    "recap about something else": (
        change_source(8, "### In this notebook you\n- computed a price\n- explained why the mean misleads"),
        ["recap item 1 is not about its objective"],
    ),
    "median too long": (long_median, ["median code cell has 4 lines"]),
    "too many long cells": (change_source(4, "\n".join(["x = 1"] * 9)), ["of the code cells have 8 lines"]),
    "code after code": (insert(3, new_code_cell("x = 1")), ["inserted", "no Markdown before this code cell"]),
    "output not read": (change_source(5, "## Next"), ["cell 5", "says what it shows"]),
    "code in prose": (replace_in(5, "One row", "minutes.head()\n\nOne row"), ["cell 6", "'minutes.head()' is code"]),
    "typed number": (replace_in(5, "One row", "Of 412 rows, one"), ["cell 6", "the number 412 is typed"]),
    "typed number without reason": (
        change_metadata(socialcare={"typed_numbers": {"28": ""}}),
        ["must give each number a reason"],
    ),
    "typed number that nobody uses": (
        change_metadata(socialcare={"typed_numbers": {"28": "days"}}),
        ["allows 28, which no Markdown cell uses"],
    ),
    "short alt": (change_figure(alt="Bars"), ["alt text has 4 characters"]),
    "no caption": (change_figure(caption=" "), ["no caption"]),
    "no table": (change_figure(table={"columns": ["a"], "rows": []}), ["no table"]),
    "other kernel": (change_metadata(kernelspec={"name": "conda", "display_name": "Conda"}), ["kernelspec"]),
    "old format": (lambda notebook: notebook.update(nbformat_minor=4), ["format 4.4; must be 4.5"]),
    "id used twice": (change_cell(4, id="cell-3"), ["'cell-3' is used twice"]),
    "cell without id": (lambda notebook: notebook.cells[4].pop("id"), ["has no id"]),
    "not executed": (change_cell(4, execution_count=None), ["cell 5", "not executed"]),
    "executed out of order": (change_cell(4, execution_count=7), ["execution count 7, expected 2"]),
    "stderr": (change_cell(2, outputs=STDERR), ["cell 3", "stderr"]),
    "error without tag": (change_cell(2, outputs=ERROR), ["stores KeyError without the tag"]),
    "tag without error": (tag(2, "raises-exception"), ["stores no error"]),
    "tag that hides": (tag(4, "nbval-ignore-output"), ["nbval-ignore-output hides the cell"]),
    "comment that hides": (replace_in(2, "import", "# NBVAL_SKIP\nimport"), ["NBVAL_SKIP hides the cell"]),
    "picture": (change_cell(4, outputs=shown("image/png", "aGk=")), ["image/png is never compared"]),
    "widget state": (change_metadata(widgets={"state": {}}), ["widget state"]),
    "widget view": (
        change_cell(4, outputs=shown("application/vnd.jupyter.widget-view+json", {"model_id": "1"})),
        ["widget view"],
    ),
    "memory address": (
        change_cell(4, outputs=shown("text/html", "<Shop object at 0x7f3a2b1c>")),
        ["memory address 0x7f3a2b1c"],
    ),
    "path of the machine": (
        change_cell(4, outputs=shown("text/html", f"read {HOME}/posts.csv")),
        [f"the path {HOME}/posts.csv"],
    ),
    "too big": (change_cell(4, outputs=shown("text/html", "x" * 400_000)), ["kB stored"]),
}


@pytest.mark.parametrize("name", LESSON_BREACHES)
def test_a_rule_of_notebooks_names_its_breach(tmp_path, name):
    change, words = LESSON_BREACHES[name]
    notebook = lesson()
    change(notebook)
    assert_only(breaches(tmp_path, notebook), *words)


def test_an_alt_text_that_repeats_the_title_is_refused(tmp_path):
    notebook = lesson()
    figure = copy.deepcopy(FIGURE)
    figure["layout"]["title"]["text"] = figure["layout"]["meta"]["alt"].upper()
    notebook.cells[6].outputs = shown(PLOTLY, figure)
    assert_only(breaches(tmp_path, notebook), "alt text repeats its title")


def test_the_setup_cell_must_follow_the_frame(tmp_path):
    notebook = lesson()
    insert(2, new_markdown_cell("First a word about the case."))(notebook)
    assert_only(breaches(tmp_path, notebook), "must follow the frame")


def test_a_giant_cell_is_named_with_its_lines(tmp_path):
    notebook = lesson()
    notebook.cells[4].source = "\n".join(["x = 1"] * 21)
    assert any("cell 5 (cell-4): 21 lines of code" in breach for breach in breaches(tmp_path, notebook))


def test_comments_and_blank_lines_do_not_count_as_code(tmp_path):
    notebook = lesson()
    notebook.cells[4].source = "\n\n".join(["# a reason"] * 30 + ["minutes"])
    assert breaches(tmp_path, notebook) == []


def test_a_probe_may_follow_its_simulator(tmp_path):
    notebook = lesson()
    probe = new_code_cell("probe(simulator)", outputs=shown("text/plain", "7"), metadata={"tags": ["probe"]})
    insert(5, probe)(notebook)
    assert breaches(tmp_path, notebook) == []


def test_a_glued_value_needs_no_reading(tmp_path):
    notebook = lesson()
    glue = new_code_cell("glue('ertw', 3)", outputs=shown("application/papermill.record/text/plain", "3"))
    del glue.outputs[0].data["text/plain"]
    insert(5, glue)(notebook)
    assert breaches(tmp_path, notebook) == []


def test_a_listed_number_may_be_typed(tmp_path):
    notebook = lesson()
    notebook.cells[5].source += " Active means seen within 28 days."
    notebook.metadata["socialcare"] = {"typed_numbers": {"28": "days in the definition of an active follower"}}
    assert breaches(tmp_path, notebook) == []


@pytest.mark.parametrize(
    "text",
    [
        "In 2012 and on 10 March 2025 at 09:30, from 10 to 14 March, 2025-03-10.",
        "Run `head(5)` and $x_1 = 3$.",
        "```python\nx = 412\n```",
        "See [the data](page.html#row-12), Notebook 09, Task 2 and unit 10.",
        "1. First\n2. Second",
        "The crisis C1 and the rule S0.4-F1.",
        "**Minutes** 25 reading, 10 doing",
    ],
)
def test_numbers_that_are_no_results_may_be_typed(text):
    assert typed_numbers(text) == []


@pytest.mark.parametrize(
    "text", ["Yes.", "Predict", "- a list, an item", "`x = 1` sets x", "$x = 3$", "Why (and how)?"]
)
def test_prose_is_not_taken_for_code(text):
    assert not is_statement(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("Brisa has 1,204 fans.", ["1,204"]), ("up by 12.5 %", ["12.5"]), ("- 3 of 4 cases", ["3", "4"])],
)
def test_typed_results_are_found(text, numbers):
    assert typed_numbers(text) == numbers


@pytest.mark.parametrize(
    ("promise", "kept"),
    [
        ("compute a rate", "computed a rate by week"),
        ("choose a denominator", "chose the denominator that fits"),
        ("identify outliers", "identified the outliers"),
        ("plan a week", "planned a week"),
        ("find the base", "You found the **base** in [the table](x.md)"),
    ],
)
def test_a_recap_may_use_the_past_tense(promise, kept):
    assert mirror.breaches([promise], [kept]) == []


SOLUTION_BREACHES = {
    "wrong number": (replace_in(4, "Task 2", "Task 3"), ["is numbered 3, expected 2"]),
    "unknown kind": (replace_in(4, "complete", "ponder"), ["'**Kind**' is 'ponder'"]),
    "no minutes": (replace_in(4, "**Minutes** 4", "soon"), ["task 2", "'**Minutes**' is ''"]),
    "no done when": (replace_in(4, "**Done when**", "Until"), ["task 2", "no '**Done when**'"]),
    "one hint": (replace_in(4, "<summary>Hint 2", "<summary>Help"), ["task 2", "1 hints"]),
    "answer without id": (
        lambda notebook: notebook.cells[5].metadata.nbgrader.pop("grade_id"),
        ["task 2", "answer cells with an nbgrader grade_id"],
    ),
    "check of another task": (
        lambda notebook: notebook.cells[6].metadata.nbgrader.update(grade_id="other"),
        ["task 2", "begins with 'task-2'"],
    ),
    "no check": (
        lambda notebook: notebook.cells[6].metadata.nbgrader.update(grade=False),
        ["task 2", "the checks are []"],
    ),
    "kinds fall": (replace_in(1, "predict", "apply"), ["they must rise"]),
    "no judgement": (replace_in(13, "judge", "apply"), ["no task of the kind judge"]),
    "too few tasks": (change_source(4, "Here Task 2 was."), ["4 tasks", "at least 5"]),
}


@pytest.mark.parametrize("name", SOLUTION_BREACHES)
def test_a_rule_of_tasks_names_its_breach(tmp_path, name):
    change, words = SOLUTION_BREACHES[name]
    notebook = solution()
    change(notebook)
    found = breaches(tmp_path, notebook, "solutions")
    assert any(all(word in breach for word in words) for breach in found), found


def test_a_check_that_passes_unsolved_is_refused(tmp_path):
    notebook = unsolved()
    notebook.cells[3].outputs, notebook.cells[3].metadata["tags"] = [], []
    assert_only(breaches(tmp_path, notebook, "exercises"), "cell 4", "does not fail although nothing is solved")


def test_a_file_that_is_no_notebook_is_named(tmp_path):
    path = tmp_path / "notebooks" / "09_sample.ipynb"
    path.parent.mkdir()
    path.write_text("{", encoding="utf-8")
    assert_only(check_notebooks.breaches(path), "not a notebook")


def test_the_command_fails_and_prints_every_breach(tmp_path, capsys):
    notebook = lesson()
    notebook.cells[0].source = "No title"
    breaches(tmp_path, notebook)
    path = tmp_path / "notebooks" / "09_sample.ipynb"
    assert check_notebooks.main([str(path)]) == 1
    assert "open with the title" in capsys.readouterr().err


def stored_notebooks():
    return [path for folder in check_notebooks.RULES for path in sorted((ROOT / folder).glob("*.ipynb"))]


@pytest.mark.parametrize("path", stored_notebooks(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_courses_notebooks_keep_every_rule(path):
    assert check_notebooks.breaches(path) == []
