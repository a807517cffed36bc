"""Executed notebooks are the same bytes at every run, and failures name the notebook and the cell."""

import execute_notebooks
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from sample_notebooks import finished

SLIDER = """import ipywidgets
slider = ipywidgets.IntSlider(3)
display({"text/html": "<p>3 fans</p>", "text/plain": "3 fans"}, raw=True)
slider"""


def write(folder, *sources):
    path = folder / "09_sample.ipynb"
    cells = [new_markdown_cell("# Sample"), *(new_code_cell(source) for source in sources)]
    path.write_text(nbformat.v4.writes(finished(cells)) + "\n", encoding="utf-8")
    return path


def cells(path):
    return nbformat.read(path, as_version=4).cells


def test_two_runs_store_the_same_bytes_even_with_widgets_prints_and_an_expected_error(tmp_path):
    path = write(tmp_path, SLIDER, "for n in range(200):\n    print(n, flush=True)", "1 / 0")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[3].metadata["tags"] = ["raises-exception"]
    nbformat.write(notebook, path)
    runs = []
    for _ in range(2):
        assert execute_notebooks.main([str(path)]) == 0
        runs.append(path.read_bytes())
    assert runs[0] == runs[1]
    stored = runs[0].decode()
    assert "vnd.jupyter.widget" not in stored
    assert "3 fans" in stored
    assert cells(path)[3].outputs[0].traceback == ["\x1b[31mZeroDivisionError\x1b[39m: division by zero"]
    assert len(cells(path)[2].outputs) == 1
    assert "version" not in nbformat.read(path, as_version=4).metadata.language_info


def test_a_failing_cell_is_named_and_nothing_is_stored(tmp_path, capsys):
    path = write(tmp_path, "shops = {}", "shops['es']")
    before = path.read_bytes()
    assert execute_notebooks.main([str(path)]) == 1
    assert "09_sample.ipynb, cell 3 (cell-2): KeyError: 'es'" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_a_memory_address_is_refused(tmp_path, capsys):
    path = write(tmp_path, "object()")
    assert execute_notebooks.main([str(path)]) == 1
    assert "cell 2 (cell-1): the output holds the memory address 0x" in capsys.readouterr().err


def test_check_passes_on_what_a_run_stored_and_shows_a_changed_output(tmp_path, capsys):
    path = write(tmp_path, "6 * 7")
    assert execute_notebooks.main([str(path)]) == 0
    assert execute_notebooks.main(["--check", str(path)]) == 0
    path.write_text(path.read_text(encoding="utf-8").replace('"42"', '"43"'), encoding="utf-8")
    changed = path.read_bytes()
    assert execute_notebooks.main(["--check", str(path)]) == 1
    message = capsys.readouterr().err
    assert "a fresh run gives something else" in message
    assert '-      "43"' in message.replace("       ", "      ")
    assert path.read_bytes() == changed


def test_cells_run_in_the_notebooks_own_folder(tmp_path):
    (tmp_path / "posts.csv").write_text("kind\nstory\n", encoding="utf-8")
    path = write(tmp_path, "open('posts.csv').read()")
    assert execute_notebooks.main([str(path)]) == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "not a notebook"),
        ('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}', "format 4.4; save it as 4.5"),
    ],
)
def test_a_file_that_cannot_be_executed_is_named(tmp_path, capsys, content, words):
    path = tmp_path / "old.ipynb"
    path.write_text(content, encoding="utf-8")
    assert execute_notebooks.main([str(path)]) == 1
    message = capsys.readouterr().err
    assert "old.ipynb: " in message
    assert words in message


def test_a_missing_notebook_is_named(tmp_path, capsys):
    assert execute_notebooks.main([str(tmp_path / "none.ipynb")]) == 1
    assert "none.ipynb: there is no such notebook" in capsys.readouterr().err
