"""The flow of a notebook: short cells, a reason before each, a reading after each output, no typed results."""

import ast
import re
from statistics import median

from notebook_rules import Notebook, Problems, at, code_cells, markdown_cells
from notebook_rules.frame import without_fences

MEDIAN_LINES, MOST_LINES, MOST_SHARE, MAX_LINES = 3, 8, 0.9, 20
GLUE = "application/papermill.record/"  # a value handed to the book's text; nothing shows in the notebook
READING_WORDS = 5

MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
NOT_RESULTS = (
    r"`[^`]*`",
    r"\$\$.*?\$\$|\$[^$\n]+\$",
    r"\]\([^)]*\)|<[^>]*>|https?://\S+",
    r"^\s*#+\s*\d+(?:\.\d+)*[.)]?\s",
    r"^\s*\d+[.)]\s",
    r"\b\d{4}-\d{2}(?:-\d{2})?\b",
    rf"\b\d{{1,2}}(?:\s*(?:-|–|to|and)\s*\d{{1,2}})?\s+{MONTH}\b",
    r"\b(?:19|20)\d\d\b",
    r"\b\d{1,2}:\d{2}\b",
    r"(?i:\b(?:unit|notebook|exercise|task|chapter|section|part|question|hint|step|figure|table)s?\s+\d+(?:\.\d+)*)",
    r"\*\*Minutes\*\*[^\n]*",
)
NUMBER = re.compile(r"(?<![\w.])(?<![A-Za-z]-)\d+(?:[.,]\d+)*")


def code_cell_sizes(notebook: Notebook) -> Problems:
    """Median at most 3 lines, nine in ten at most 8, none over 20; blank lines and comments do not count."""
    sizes = {index: lines_of_code(cell.source) for index, cell in code_cells(notebook)}
    if not sizes:
        return
    if median(sizes.values()) > MEDIAN_LINES:
        yield f"the median code cell has {median(sizes.values()):g} lines; at most {MEDIAN_LINES}"
    small = sum(size <= MOST_LINES for size in sizes.values()) / len(sizes)
    if small < MOST_SHARE:
        yield f"only {small:.0%} of the code cells have {MOST_LINES} lines or fewer; {MOST_SHARE:.0%} must"
    yield from no_giant_cells(notebook)


def no_giant_cells(notebook: Notebook) -> Problems:
    """No code cell over 20 lines."""
    for index, cell in code_cells(notebook):
        if lines_of_code(cell.source) > MAX_LINES:
            yield f"{at(notebook, index)}: {lines_of_code(cell.source)} lines of code; at most {MAX_LINES}"


def code_follows_prose(notebook: Notebook) -> Problems:
    """Markdown says why before each code cell, except a computed reading, a glued value and a probe."""
    for index, cell in code_cells(notebook):
        before = notebook.cells[index - 1] if index else None
        excused = "probe" in cell.metadata.get("tags", []) or is_reading(cell) or is_glue(cell)
        if not excused and (before is None or before.cell_type != "markdown"):
            yield (
                f"{at(notebook, index)}: no Markdown before this code cell says why it is there "
                "(only a computed reading, a glued value or a cell tagged 'probe' may follow code)"
            )


def outputs_are_read(notebook: Notebook) -> Problems:
    """A sentence follows each visible output: Markdown, or a computed reading."""
    for index, cell in code_cells(notebook):
        if not shows(cell) or is_reading(cell):
            continue
        rest = [c for c in notebook.cells[index + 1 :] if not (c.cell_type == "code" and is_glue(c))]
        following = rest[0] if rest else None
        if following is None or not (is_sentence(following) or is_reading(following) or is_probe(following)):
            yield f"{at(notebook, index)}: nothing after this output says what it shows"


def prose_holds_no_code(notebook: Notebook) -> Problems:
    """Markdown is prose: a line that Python would run was pasted into the wrong cell."""
    for index, cell in markdown_cells(notebook):
        for line in without_fences(cell.source).splitlines():
            if is_statement(line.strip()):
                yield f"{at(notebook, index)}: the line {line.strip()[:60]!r} is code in a Markdown cell"


def no_typed_numbers(notebook: Notebook) -> Problems:
    """Numbers in prose are computed; a definition's number is listed with its reason in the metadata."""
    allowed = notebook.metadata.get("socialcare", {}).get("typed_numbers", {})
    if not isinstance(allowed, dict) or not all(isinstance(r, str) and r.strip() for r in allowed.values()):
        yield (
            'the metadata "socialcare": {"typed_numbers": ...} must give each number a reason, '
            'such as {"28": "days in the definition of an active follower"}'
        )
        return
    unused = set(allowed)
    for index, cell in markdown_cells(notebook):
        for number in typed_numbers(cell.source):
            unused.discard(number)
            if number not in allowed:
                yield (
                    f"{at(notebook, index)}: the number {number} is typed; compute it with "
                    'Markdown(f"...") or list it with a reason in the metadata socialcare.typed_numbers'
                )
    for number in sorted(unused):
        yield f"the metadata socialcare.typed_numbers allows {number}, which no Markdown cell uses"


def typed_numbers(source: str) -> list[str]:
    """Return the numbers of a Markdown text that are not code, maths, addresses, numbering or dates."""
    text = without_fences(source)
    for pattern in NOT_RESULTS:
        text = re.sub(pattern, " ", text, flags=re.MULTILINE)
    return NUMBER.findall(text)


def is_statement(line: str) -> bool:
    """Does the line call, assign or import something, as no sentence does?"""
    try:
        tree = ast.parse(line)
    except SyntaxError:
        return False
    return any(isinstance(node, ast.Call | ast.Assign | ast.Import | ast.ImportFrom) for node in ast.walk(tree))


def lines_of_code(source: str) -> int:
    """Count the lines that are neither blank nor a comment."""
    return sum(bool(line.strip()) and not line.strip().startswith("#") for line in source.splitlines())


def shows(cell: Notebook) -> bool:
    """Does the cell show anything to the reader?"""
    return any(not is_record(output) for output in cell.outputs)


def is_record(output: Notebook) -> bool:
    """Is the output a glued value that shows nothing?"""
    data = output.get("data", {})
    return bool(data) and all(mime.startswith(GLUE) for mime in data)


def is_glue(cell: Notebook) -> bool:
    """Does the cell only hand values to the book's text?"""
    return bool(cell.outputs) and not shows(cell)


def is_reading(cell: Notebook) -> bool:
    """Is the cell a sentence computed by code: Markdown(f'...')?"""
    return cell.cell_type == "code" and any("text/markdown" in o.get("data", {}) for o in cell.outputs)


def is_probe(cell: Notebook) -> bool:
    """Does the cell move the controls of the simulator shown before it?"""
    return cell.cell_type == "code" and "probe" in cell.metadata.get("tags", [])


def is_sentence(cell: Notebook) -> bool:
    """Is the cell Markdown with more than a heading?"""
    prose = re.sub(r"^#+ .*$", "", cell.source, flags=re.MULTILINE)
    return cell.cell_type == "markdown" and len(prose.split()) >= READING_WORDS
