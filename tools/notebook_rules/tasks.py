"""The tasks of an exercise: each says what, how long, when it is done, gives two hints and has a check."""

import re
from typing import NamedTuple

from notebook_rules import Notebook, Problems

KINDS = ("predict", "complete", "fix", "apply", "judge")
LEAST_TASKS = 5
HEADING = re.compile(r"^## Task (?:\d\d-)?(\d+)\b", re.MULTILINE)  # '## Task 2' or, with the unit, '## Task 09-2'
HINTS = 2


class Task(NamedTuple):
    """A task: its number, its Markdown as one text and the grade ids of its answers and checks."""

    number: int
    text: str
    answers: list[str]
    checks: list[str]

    def field(self, name: str) -> str:
        """Return the words after **Name** up to the next bold name or the end of the line; empty if absent."""
        match = re.search(rf"\*\*{name}:?\*\*[:\s]*([^*\n]*)", self.text)
        return match.group(1).strip(" .·|") if match else ""


def tasks(notebook: Notebook) -> list[Task]:
    """Return the tasks in order: each runs from its heading '## Task 1 ...' to the next heading of level 2."""
    found: list[Task] = []
    inside = False
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            heading = HEADING.search(cell.source)
            if heading:
                found.append(Task(int(heading.group(1)), cell.source, [], []))
            elif inside and not re.match(r"#{1,2} ", cell.source):
                found[-1] = found[-1]._replace(text=found[-1].text + "\n" + cell.source)
            inside = bool(heading) or (inside and not re.match(r"#{1,2} ", cell.source))
        elif cell.cell_type == "code" and inside:
            mark = cell.metadata.get("nbgrader", {})
            if mark.get("solution"):
                found[-1].answers.append(mark.get("grade_id", ""))
            if mark.get("grade"):
                found[-1].checks.append(mark.get("grade_id", ""))
    return found


def tasks_complete(notebook: Notebook) -> Problems:
    """Each task has kind, minutes, 'done when', two hints, an answer with an id and a check named after it."""
    for expected, task in enumerate(tasks(notebook), start=1):
        where = f"task {task.number}"
        if task.number != expected:
            yield f"{where}: is numbered {task.number}, expected {expected}"
        if task.field("Kind").lower() not in KINDS:
            yield f"{where}: '**Kind**' is {task.field('Kind')!r}; expected one of {', '.join(KINDS)}"
        if not re.match(r"\d+\b", task.field("Minutes")):
            yield f"{where}: '**Minutes**' is {task.field('Minutes')!r}; expected a number"
        if not task.field("Done when"):
            yield f"{where}: no '**Done when**' says how to see that it is solved"
        hints = re.findall(r"<details>\s*<summary>Hint\b", task.text)
        if len(hints) != HINTS:
            yield f"{where}: {len(hints)} hints in <details><summary>Hint ...; expected {HINTS}"
        if len(task.answers) != 1 or not task.answers[0]:
            yield f"{where}: {len(task.answers)} answer cells with an nbgrader grade_id; expected 1"
        elif len(task.checks) != 1 or not task.checks[0].startswith(task.answers[0]):
            yield f"{where}: the checks are {task.checks}; expected one whose grade_id begins with {task.answers[0]!r}"


def kinds_rise(notebook: Notebook) -> Problems:
    """At least five tasks, from predicting to judging, with at least one judgement."""
    found = tasks(notebook)
    if len(found) < LEAST_TASKS:
        yield f"{len(found)} tasks with a heading '## Task N'; at least {LEAST_TASKS}"
    kinds = [task.field("Kind").lower() for task in found]
    known = [KINDS.index(kind) for kind in kinds if kind in KINDS]
    if known != sorted(known):
        yield f"the kinds are {', '.join(kinds)}; they must rise: {', '.join(KINDS)}"
    if "judge" not in kinds:
        yield "no task of the kind judge"


def blanks_fail(notebook: Notebook) -> Problems:
    """In the unsolved exercise every check stores its failure."""
    for index, cell in enumerate(notebook.cells, start=1):
        if cell.metadata.get("nbgrader", {}).get("grade") and not any(
            output.output_type == "error" for output in cell.get("outputs", [])
        ):
            yield f"cell {index} ({cell.id}): this check does not fail although nothing is solved"
