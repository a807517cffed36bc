"""Small notebooks that keep every rule; a test breaks one thing and looks for the sentence that says so."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}
FRAME = """**Question** Which shop answers first?

**By the end you can**
- compute the median first response time
- explain why the mean misleads

**You need** the chapter
**Minutes** 25"""
RECAP = """### In this notebook you
- computed the median first response time by channel
- explained why one slow answer makes the mean misleading"""
FIGURE = {
    "data": [{"type": "bar", "x": ["es", "mx"], "y": [3, 5]}],
    "layout": {
        "title": {"text": "Mexico waits longer"},
        "meta": {
            "alt": "Bars: the median first answer takes three minutes in Spain and five in Mexico.",
            "caption": "Median minutes to the first human answer.",
            "table": {"columns": ["shop", "minutes"], "rows": [["es", 3], ["mx", 5]]},
        },
    },
}


def shown(mime: str, content: object) -> list:
    """Return the outputs of a cell that shows one thing."""
    return [new_output("execute_result", {mime: content, "text/plain": "…"}, execution_count=1)]


def finished(cells: list) -> nbformat.NotebookNode:
    """Return a notebook with fixed ids, counts in order and the course's kernel."""
    notebook = new_notebook(cells=cells, metadata={"kernelspec": dict(KERNEL), "language_info": dict(LANGUAGE)})
    count = 0
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
    return notebook


def lesson() -> nbformat.NotebookNode:
    """Return a notebook that keeps every rule of notebooks/."""
    return finished(
        [
            new_markdown_cell("# Which shop answers first?"),
            new_markdown_cell(FRAME),
            new_code_cell("import statistics"),
            new_markdown_cell("We look at the waiting times of both shops."),
            new_code_cell("minutes = [3, 5]\nminutes", outputs=shown("text/plain", "[3, 5]")),
            new_markdown_cell("One row is one case, and no waiting time is missing."),
            new_code_cell("figure", outputs=shown("application/vnd.plotly.v1+json", FIGURE)),
            new_code_cell("Markdown(f'{minutes[1]}')", outputs=shown("text/markdown", "The shop waits 5 minutes.")),
            new_markdown_cell(RECAP),
        ]
    )


def task(number: int, kind: str) -> list:
    """Return the cells of one complete task with a fill-in answer and its check."""
    text = (
        f"## Task {number}: the slow shop\n\n**Kind** {kind} · **Minutes** 4\n\nFind the answer.\n\n"
        "**Done when** the check says so.\n\n"
        "<details><summary>Hint 1</summary>\n\nLook.\n\n</details>\n\n"
        "<details><summary>Hint 2</summary>\n\nLook again.\n\n</details>"
    )
    mark = {"schema_version": 3, "locked": False, "task": False}
    answer = new_code_cell(
        f"answer_{number} = None\n### BEGIN SOLUTION\nanswer_{number} = {number}\n### END SOLUTION",
        metadata={"nbgrader": {**mark, "grade": False, "solution": True, "grade_id": f"task-{number}"}},
    )
    check = new_code_cell(
        f"assert answer_{number} is not None, 'Task {number} is not solved yet'\n"
        f"assert answer_{number} == {number}\nprint('Task {number}: right')",
        metadata={
            "nbgrader": {
                **mark,
                "grade": True,
                "solution": False,
                "locked": True,
                "points": 1,
                "grade_id": f"task-{number}-check",
            }
        },
        outputs=[new_output("stream", name="stdout", text=f"Task {number}: right\n")],
    )
    return [new_markdown_cell(text), answer, check]


def solution() -> nbformat.NotebookNode:
    """Return a solution that keeps every rule of solutions/."""
    kinds = ("predict", "complete", "fix", "apply", "judge")
    cells = [new_markdown_cell("# Exercises: who answers first?")]
    for number, kind in enumerate(kinds, start=1):
        cells += task(number, kind)
    return finished(cells)
