"""Changes of what is not a module: a cell of a notebook, the key of a quiz, a cell of a table."""

import csv
import io
import random
import re

import nbformat
import yaml

from mutation import Edit
from mutation.python_code import LONG_WORD, expressions, wording

NAMED = re.compile(r"<(h[1-6]|dt|th|caption)\b[^>]*>(.*?)</\1>")
COMPUTED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|<[^>]*>")
SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)


def cell_labels(notebook: nbformat.NotebookNode, chance: random.Random) -> list[tuple[str, Edit]]:
    """Return edits of a figure's words in the code cells, each with the id of its cell."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and "show(" in cell.source]
    return [(cell.id, edit) for cell in code for edit in wording(cell.source, chance)]


def cell_answers(notebook: nbformat.NotebookNode) -> list[tuple[str, Edit]]:
    """Return edits of the computed answers between the marks of a solution, each with the id of its cell."""
    found = []
    for cell in notebook.cells:
        if cell.cell_type == "code" and (solution := SOLUTION.search(cell.source)):
            start = solution.start(1)
            found += [(cell.id, Edit(start + e.start, e.old, e.new)) for e in expressions(solution.group(1))]
    return found


def page_words(text: str, chance: random.Random) -> list[Edit]:
    """Return one edit for each heading, term and column name of an HTML template: a word of it is left out."""
    edits = []
    for label in NAMED.finditer(text):
        masked = COMPUTED.sub(lambda computed: "·" * len(computed.group()), label.group(2))
        if words := list(LONG_WORD.finditer(masked)):
            word = chance.choice(words)
            edits.append(Edit(label.start(2) + word.start(), word.group(), ""))
    return edits


def quiz_keys(text: str) -> list[tuple[Edit, Edit]]:
    """Return pairs of edits that call another option of a question the right one."""
    content = yaml.safe_load(text)
    questions = content["questions"] if isinstance(content, dict) else content
    marks = list(re.finditer(r"correct: *(true|false)\b", text))
    pairs, first = [], 0
    for question in questions:
        own = marks[first : first + len(question["options"])]
        first += len(own)
        right = next(mark for mark in own if mark.group(1) == "true")
        for wrong in own:
            if wrong is not right:
                pairs.append((Edit(right.start(1), "true", "false"), Edit(wrong.start(1), "false", "true")))
    return pairs


def table_cell(text: str, chance: random.Random) -> Edit:
    """Return an edit of one value of a CSV: a number grows by one, a text becomes another one of its column."""
    lines = text.splitlines(keepends=True)
    header = next(csv.reader([lines[0]]))
    for _ in range(1000):
        row, column = chance.randrange(1, len(lines)), chance.randrange(len(header))
        values = next(csv.reader([lines[row]]))
        if len(values) != len(header) or not values[column]:  # a line break inside quotes, or an empty cell
            continue
        other = _other(values[column], [next(csv.reader([line]), []) for line in chance.sample(lines[1:], 5)], column)
        if other is None:
            continue
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerow(
            [other if i == column else value for i, value in enumerate(values)]
        )
        return Edit(sum(map(len, lines[:row])), lines[row], written.getvalue())
    raise ValueError("the table has no cell to change; expected rows with values")


def _other(value: str, rows: list[list[str]], column: int) -> str | None:
    if re.fullmatch(r"-?\d+", value):
        return str(int(value) + 1)
    if re.fullmatch(r"-?\d+\.\d+", value):
        return f"{float(value) + 1:.{len(value.partition('.')[2])}f}"
    return next((row[column] for row in rows if len(row) > column and row[column] not in {"", value}), None)
