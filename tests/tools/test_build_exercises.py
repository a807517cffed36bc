"""exercises/ is exactly what solutions/ gives, unsolved, and every way of drifting apart is found."""

import subprocess
import sys
from pathlib import Path

import build_exercises
import nbformat
import pytest
from sample_notebooks import finished, solution

ROOT = Path(build_exercises.__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project with one solution and the exercise made from it, as text; tests change copies of it."""
    root = tmp_path_factory.mktemp("project")
    (root / "solutions").mkdir()
    source = finished(solution().cells[:7])  # two tasks: enough to see everything, and quick to run
    (root / "solutions" / "09_sample.ipynb").write_text(nbformat.v4.writes(source) + "\n", encoding="utf-8")
    assert build_exercises.main([], root) == 0
    return {folder: (root / folder / "09_sample.ipynb").read_text() for folder in ("solutions", "exercises")}


@pytest.fixture
def project(built, tmp_path):
    """A fresh copy of the built project."""
    for folder, content in built.items():
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "09_sample.ipynb").write_text(content, encoding="utf-8")
    return tmp_path


def change(project, folder, how):
    path = project / folder / "09_sample.ipynb"
    notebook = nbformat.read(path, as_version=4)
    how(notebook.cells)
    path.write_text(nbformat.v4.writes(notebook) + "\n", encoding="utf-8")


def assert_refused(project, capsys, words, *arguments):
    assert build_exercises.main(list(arguments) or ["--check"], project) == 1
    assert words in capsys.readouterr().err


def test_the_exercise_holds_stubs_with_their_expected_errors(built):
    cells = nbformat.reads(built["exercises"], as_version=4).cells
    answer, check = cells[2], cells[3]
    assert answer.source == 'answer_1 = None\nraise NotImplementedError("Replace this line with your code")'
    assert [answer.outputs[0].ename, check.outputs[0].ename] == ["NotImplementedError", "AssertionError"]
    assert check.outputs[0].evalue == "Task 1 is not solved yet"
    assert answer.metadata.tags == check.metadata.tags == ["raises-exception"]
    assert "BEGIN SOLUTION" not in built["exercises"]


def test_building_again_gives_the_same_bytes(project, built):
    assert build_exercises.main([], project) == 0
    assert (project / "exercises" / "09_sample.ipynb").read_text(encoding="utf-8") == built["exercises"]


def test_check_passes_on_what_was_built(project):
    assert build_exercises.main(["--check"], project) == 0


def test_check_with_execute_finds_an_output_changed_by_hand(project, capsys):
    assert build_exercises.main(["--check", "--execute"], project) == 0
    change(project, "exercises", lambda cells: cells[3].outputs[0].update(evalue="Task 1 is easy"))
    assert_refused(project, capsys, "Task 1 is easy", "--check", "--execute")


def test_strict_nbval_passes_on_solution_and_exercise(project):
    build_exercises.execute_notebooks.main([str(project / "solutions" / "09_sample.ipynb")])
    command = [sys.executable, "-m", "pytest", "-q", "--nbval", "-p", "no:cacheprovider", "solutions", "exercises"]
    result = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert "8 passed" in result.stdout, result.stdout


def test_a_change_outside_the_answers_of_the_solution_is_found(project, capsys):
    change(project, "solutions", lambda cells: cells[1].update(source=cells[1].source + "\nNew."))
    assert_refused(project, capsys, "differs from what its solution gives")


def test_a_change_inside_an_answer_needs_no_new_exercise(project):
    change(project, "solutions", lambda cells: cells[2].update(source=cells[2].source.replace("= 1", "= 2 - 1")))
    assert build_exercises.main(["--check"], project) == 0


def test_an_exercise_edited_by_hand_is_found(project, capsys):
    change(project, "exercises", lambda cells: cells[3].update(source="print('Task 1: right')"))
    assert_refused(project, capsys, "differs from what its solution gives")


def test_a_missing_exercise_is_found(project, capsys):
    (project / "exercises" / "09_sample.ipynb").unlink()
    assert_refused(project, capsys, "09_sample.ipynb: is missing")


def test_an_exercise_without_solution_is_found(project, capsys):
    (project / "exercises" / "10_old.ipynb").write_text("{}", encoding="utf-8")
    assert_refused(project, capsys, "10_old.ipynb: has no solution of the same name")


def test_cleared_outputs_are_found(project, capsys):
    def clear(cells):
        cells[3].outputs, cells[3].execution_count, cells[3].metadata["tags"] = [], None, []

    change(project, "exercises", clear)
    assert_refused(project, capsys, "cell 4 (cell-3): this check stores no failure")


def test_a_stored_error_without_its_tag_is_found(project, capsys):
    change(project, "exercises", lambda cells: cells[3].metadata.pop("tags"))
    assert_refused(project, capsys, "do not go together")


@pytest.mark.parametrize(
    ("cell", "source", "words"),
    [
        (3, "print('Task 1: right')", "cell 4 (cell-3): this check passes although the task is not solved"),
        (3, "assert answer_1 + 1 == 2", "TypeError"),
        (2, "raise KeyError('es')", "an unsolved exercise may only raise"),
    ],
)
def test_an_exercise_that_fails_in_the_wrong_way_is_not_written(project, capsys, cell, source, words):
    before = (project / "exercises" / "09_sample.ipynb").read_bytes()
    change(project, "solutions", lambda cells: cells[cell].update(source=source))
    assert build_exercises.main([], project) == 1
    assert words in capsys.readouterr().err
    assert (project / "exercises" / "09_sample.ipynb").read_bytes() == before


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (lambda cells: cells[2].update(execution_count=None), "cell 3 (cell-2): not executed"),
        (lambda cells: cells[3].metadata.update(tags=["raises-exception"]), "must not carry the tag"),
        (lambda cells: cells[5].metadata.nbgrader.update(grade_id="task-1"), "'task-1' is used twice"),
        (lambda cells: cells[2].metadata.pop("nbgrader"), "not marked as an nbgrader solution cell"),
        (lambda cells: cells[2].update(source="### BEGIN SOLUTION\n1"), "ClearSolutions"),
    ],
)
def test_a_solution_that_cannot_be_released_is_refused(project, capsys, how, words):
    change(project, "solutions", how)
    assert_refused(project, capsys, words)


def test_hide_tags_stay_with_the_solution(project):
    def hide(cells):
        cells[2].metadata.update(tags=["hide-input"], mystnb={"code_prompt_show": "Show the solution"})

    change(project, "solutions", hide)
    released = build_exercises.release(project / "solutions" / "09_sample.ipynb")
    assert not {"tags", "mystnb"} & set(released.cells[2].metadata)


def test_the_courses_exercises_are_in_sync():
    assert build_exercises.main(["--check"], ROOT) == 0
