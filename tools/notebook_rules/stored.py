"""What a notebook stores: a full run in order, the same bytes on every machine, nothing nbval would skip."""

import re

import nbformat

from notebook_rules import Notebook, Problems, at, code_cells

KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
MAX_BYTES = 400_000
ERROR_TAG = "raises-exception"
SKIPPING_TAGS = {"nbval-ignore-output", "nbval-skip"}
SKIPPING_WORDS = ("NBVAL_IGNORE_OUTPUT", "NBVAL_SKIP")
PLOTLY = "application/vnd.plotly.v1+json"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
PICTURES = ("image/png", "image/jpeg")
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:home|Users|root|tmp|usr|var|mnt|opt|private)/\S+|\b[A-Z]:\\\\?\w+")
ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b", re.IGNORECASE)
ALT_LENGTH = 40


def format_with_unique_ids(notebook: Notebook) -> Problems:
    """Format 4.5, valid, every cell with an id of its own."""
    version = (notebook.get("nbformat"), notebook.get("nbformat_minor"))
    if version != (4, 5):
        yield f"notebook format {version[0]}.{version[1]}; must be 4.5, so that cells keep their ids"
        return
    ids = [cell.get("id") for cell in notebook.cells]
    for index, cell_id in enumerate(ids):
        if cell_id is None:
            yield f"{at(notebook, index)}: has no id"
        elif cell_id in ids[:index]:
            yield f"{at(notebook, index)}: the id {cell_id!r} is used twice"
    if None not in ids and len(set(ids)) == len(ids):
        try:
            nbformat.validate(notebook)
        except nbformat.ValidationError as error:
            yield f"not a valid notebook: {str(error).splitlines()[0]}"


def course_kernel(notebook: Notebook) -> Problems:
    """The kernel's metadata is the course's, so that the notebook opens everywhere without a question."""
    kernel = dict(notebook.metadata.get("kernelspec", {}))
    if kernel != KERNEL:
        yield f"the kernelspec is {kernel}; must be {KERNEL}"


def executed_in_order(notebook: Notebook) -> Problems:
    """Counts run from 1 to n: nbval compares nothing in a cell that was not executed."""
    for expected, (index, cell) in enumerate(code_cells(notebook), start=1):
        if cell.execution_count is None:
            yield f"{at(notebook, index)}: not executed"
        elif cell.execution_count != expected:
            yield f"{at(notebook, index)}: execution count {cell.execution_count}, expected {expected}"


def nothing_skipped(notebook: Notebook) -> Problems:
    """No cell asks nbval not to compare it, and no output is a picture, which nbval cannot compare."""
    for index, cell in code_cells(notebook):
        marks = SKIPPING_TAGS & set(cell.metadata.get("tags", []))
        marks |= {word for word in SKIPPING_WORDS if word in cell.source.upper().replace("-", "_")}
        for mark in sorted(marks):
            yield f"{at(notebook, index)}: {mark} hides the cell from nbval"
        for output in cell.outputs:
            for mime in set(PICTURES) & set(output.get("data", {})):
                yield f"{at(notebook, index)}: {mime} is never compared by nbval; show a plotly figure"


def no_stderr(notebook: Notebook) -> Problems:
    """No warnings are stored: their text holds paths of the machine."""
    for index, cell in code_cells(notebook):
        if any(output.get("name") == "stderr" for output in cell.outputs):
            yield f"{at(notebook, index)}: wrote to stderr (a warning?)"


def no_untagged_errors(notebook: Notebook) -> Problems:
    """An error is stored only where it is meant, and a cell that is meant to fail stores its error."""
    for index, cell in code_cells(notebook):
        names = [output.ename for output in cell.outputs if output.output_type == "error"]
        tagged = ERROR_TAG in cell.metadata.get("tags", [])
        if names and not tagged:
            yield f"{at(notebook, index)}: stores {names[0]} without the tag {ERROR_TAG}"
        if tagged and not names:
            yield f"{at(notebook, index)}: has the tag {ERROR_TAG} but stores no error"


def figures_described(notebook: Notebook) -> Problems:
    """Every figure says in words what it shows, has a caption and its data as a table."""
    for index, cell in code_cells(notebook):
        for layout in (o.data[PLOTLY].get("layout", {}) for o in cell.outputs if PLOTLY in o.get("data", {})):
            meta = layout.get("meta") or {}
            alt, title = str(meta.get("alt", "")).strip(), (layout.get("title") or {}).get("text", "")
            if len(alt) < ALT_LENGTH:
                yield f"{at(notebook, index)}: the figure's alt text has {len(alt)} characters; {ALT_LENGTH} or more"
            if alt and alt.casefold() == title.strip().casefold():
                yield f"{at(notebook, index)}: the figure's alt text repeats its title"
            if not str(meta.get("caption", "")).strip():
                yield f"{at(notebook, index)}: the figure has no caption"
            table = meta.get("table") or {}
            if not table.get("columns") or not table.get("rows"):
                yield f"{at(notebook, index)}: the figure has no table of its data"


def no_widget_state(notebook: Notebook) -> Problems:
    """Widget ids are random at every run: neither states nor views are stored."""
    if "widgets" in notebook.metadata:
        yield "the metadata holds widget state; run: make notebooks"
    for index, cell in code_cells(notebook):
        if any(WIDGET_VIEW in output.get("data", {}) for output in cell.outputs):
            yield f"{at(notebook, index)}: stores a widget view; run: make notebooks"


def nothing_of_the_machine(notebook: Notebook) -> Problems:
    """No path or memory address of the machine on which the notebook ran."""
    for index, cell in enumerate(notebook.cells):
        stored = cell.source + "\n" + "\n".join(map(str, cell.get("outputs", [])))
        if match := MACHINE_PATH.search(stored):
            yield f"{at(notebook, index)}: holds the path {match.group()[:60]}"
        if match := ADDRESS.search(stored):
            yield f"{at(notebook, index)}: holds the memory address {match.group()}"


def small_enough(notebook: Notebook) -> Problems:
    """Under 400 kB as stored: phones download it, people read its diffs."""
    size = len(nbformat.v4.writes(notebook).encode())
    if size >= MAX_BYTES:
        yield f"{size / 1000:.0f} kB stored; must be under {MAX_BYTES / 1000:.0f} kB"
