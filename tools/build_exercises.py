"""Generate exercises/ from solutions/, the only source that is edited.

python tools/build_exercises.py                      rebuild and execute every exercise notebook
python tools/build_exercises.py --check              exit 1 if exercises/ is not what solutions/ gives (no kernel)
python tools/build_exercises.py --check --execute    the same byte for byte, outputs included
"""

import argparse
import sys
from pathlib import Path

import execute_notebooks
import nbformat
from execute_notebooks import ERROR_TAG, NotebookError, named
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    LockCells,
)

STUB = {"python": 'raise NotImplementedError("Replace this line with your code")'}
# The stub's error and those of checks (NotYet is socialcare's AssertionError): their words are ours and never change.
EXPECTED_ERRORS = ("NotImplementedError", "AssertionError", "NotYet")


def nbgrader_flag(cell: nbformat.NotebookNode, key: str) -> bool:
    """Return nbgrader's mark of a cell: 'solution' for an answer, 'grade' for a check."""
    return bool(cell.metadata.get("nbgrader", {}).get(key, False))


def check_source(notebook: nbformat.NotebookNode, path: Path) -> None:
    """Raise NotebookError if the solution could not be released faithfully."""
    seen: set[str] = set()
    for number, cell in enumerate(notebook.cells, start=1):
        where = f"{named(path)}, cell {number} ({cell.id})"
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in seen:
            raise NotebookError(f"{where}: the grade_id {grade_id!r} is used twice; each must be unique")
        seen |= {grade_id} - {None}
        if cell.cell_type != "code":
            continue
        if cell.source.strip() and cell.execution_count is None:
            raise NotebookError(f"{where}: not executed; run: make notebooks")
        marked = nbgrader_flag(cell, "solution") or nbgrader_flag(cell, "grade")
        if marked and ERROR_TAG in cell.metadata.get("tags", []):
            raise NotebookError(f"{where}: an answer or check of a solution must not carry the tag {ERROR_TAG}")
        if "### BEGIN SOLUTION" in cell.source and not nbgrader_flag(cell, "solution"):
            raise NotebookError(f"{where}: has BEGIN SOLUTION but is not marked as an nbgrader solution cell")


def release(path: Path) -> nbformat.NotebookNode:
    """Return the student's version of a solution, without outputs."""
    notebook = execute_notebooks.read(path)
    check_source(notebook, path)
    resources: dict = {}
    steps = (
        LockCells(),
        ClearSolutions(code_stub=STUB),
        ClearOutput(),
        ClearHiddenTests(),
        ComputeChecksums(),
        CheckCellMetadata(),
    )
    for step in steps:
        try:
            notebook, resources = step.preprocess(notebook, resources)
        except Exception as error:  # nbgrader raises bare RuntimeError and its own kinds of ValidationError
            raise NotebookError(f"{named(path)}: nbgrader's {type(step).__name__}: {error}") from error
    notebook.metadata.get("language_info", {}).pop("version", None)
    for cell in notebook.cells:
        if nbgrader_flag(cell, "solution"):  # the book hides the answer on the solution's page only
            cell.metadata.pop("mystnb", None)
            tags = [tag for tag in cell.metadata.pop("tags", []) if not tag.startswith(("hide-", "remove-"))]
            if tags:
                cell.metadata["tags"] = tags
    return notebook


def execute(notebook: nbformat.NotebookNode, path: Path) -> nbformat.NotebookNode:
    """Run the student's version; only unsolved answers and their checks may fail, and every check must."""
    execute_notebooks.execute(notebook, path)
    for number, cell in enumerate(notebook.cells, start=1):
        where = f"{named(path)}, cell {number} ({cell.id})"
        errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
        if not errors and nbgrader_flag(cell, "grade"):
            raise NotebookError(f"{where}: this check passes although the task is not solved")
        for error in errors:
            problem = f"{where}: {error.ename}: {error.evalue}"
            if not (nbgrader_flag(cell, "solution") or nbgrader_flag(cell, "grade")):
                raise NotebookError(f"{problem} (the cell is neither an answer nor a check)")
            if error.ename not in EXPECTED_ERRORS:
                raise NotebookError(
                    f"{problem}: an unsolved exercise may only raise {' or '.join(EXPECTED_ERRORS)}; "
                    "set the answer to None before BEGIN SOLUTION and let the check test that first"
                )
            cell.metadata["tags"] = sorted({*cell.metadata.get("tags", []), ERROR_TAG})
    return execute_notebooks.stable(notebook, path)


def unexecuted(notebook: nbformat.NotebookNode, path: Path) -> nbformat.NotebookNode:
    """Return the stored exercise without outputs, counts and the tag that goes with a stored error."""
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type != "code":
            continue
        where = f"{named(path)}, cell {number} ({cell.id})"
        failed = any(output.output_type == "error" for output in cell.outputs)
        tags = list(cell.metadata.get("tags", []))
        if failed != (ERROR_TAG in tags):
            raise NotebookError(f"{where}: the tag {ERROR_TAG} and a stored error do not go together")
        if nbgrader_flag(cell, "grade") and not failed:
            raise NotebookError(f"{where}: this check stores no failure, so it passes although nothing is solved")
        if cell.source.strip() and cell.execution_count is None:
            raise NotebookError(f"{where}: not executed; run: make exercises")
        if failed:
            tags.remove(ERROR_TAG)
            cell.metadata.pop("tags")
            if tags:
                cell.metadata["tags"] = tags
        cell.outputs, cell.execution_count = [], None
    return notebook


def compare(stored: str, generated: str, path: Path) -> None:
    """Raise NotebookError with a short diff if the two texts differ."""
    if problem := execute_notebooks.difference(path, stored, generated):
        raise NotebookError(f"{named(path)}: differs from what its solution gives; run: make exercises\n{problem}")


def build(source: Path, target: Path, check: bool, with_outputs: bool) -> None:
    """Write one exercise, or compare the stored one with what its solution gives."""
    if check and not target.exists():
        raise NotebookError(f"{named(target)}: is missing; run: make exercises")
    notebook = release(source)
    if with_outputs:
        notebook = execute(notebook, target)
    generated = execute_notebooks.text(notebook)
    if not check:
        target.write_bytes(generated.encode())  # bytes: line feeds on every system
        print(f"{named(target)}: written")
    elif with_outputs:
        compare(target.read_text(encoding="utf-8"), generated, target)
    else:
        stored = execute_notebooks.text(unexecuted(execute_notebooks.read(target), target))
        compare(stored, generated, target)


def main(arguments: list[str] | None = None, root: Path = execute_notebooks.ROOT) -> int:
    """Run the command line; `root` holds the folders solutions/ and exercises/."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--execute", action="store_true")
    options = parser.parse_args(arguments)
    sources = sorted((root / "solutions").glob("*.ipynb"))
    (root / "exercises").mkdir(exist_ok=True)
    names = {path.name for path in sources}
    problems = [
        f"{named(path)}: has no solution of the same name; delete it or write the solution"
        for path in sorted((root / "exercises").glob("*.ipynb"))
        if path.name not in names
    ]
    for source in sources:
        try:
            target = root / "exercises" / source.name
            build(source, target, options.check, with_outputs=options.execute or not options.check)
        except NotebookError as error:
            problems.append(str(error))
    for problem in problems:
        print(problem, file=sys.stderr)
    if options.check and not problems:
        print(f"{len(sources)} exercise notebooks are in sync with solutions/")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
