"""Check the notebooks against the course's rules.

python tools/check_notebooks.py              every notebook in notebooks/, solutions/ and exercises/
python tools/check_notebooks.py PATH ...     only these; the folder's name decides which rules apply
"""

import argparse
import sys
from pathlib import Path

import nbformat
from notebook_rules import flow, frame, stored, tasks

ROOT = Path(__file__).resolve().parent.parent

EVERYWHERE = (
    stored.format_with_unique_ids,
    stored.course_kernel,
    stored.executed_in_order,
    stored.nothing_skipped,
    stored.no_stderr,
    stored.no_untagged_errors,
    stored.figures_described,
    stored.no_widget_state,
    stored.nothing_of_the_machine,
    stored.small_enough,
    frame.title_first,
    flow.prose_holds_no_code,
)
RULES = {
    "notebooks": (
        *EVERYWHERE,
        frame.frame_box,
        frame.setup_cell,
        frame.recap_mirrors_objectives,
        flow.code_cell_sizes,
        flow.code_follows_prose,
        flow.outputs_are_read,
        flow.no_typed_numbers,
    ),
    "solutions": (*EVERYWHERE, flow.no_giant_cells, tasks.tasks_complete, tasks.kinds_rise),
    "exercises": (*EVERYWHERE, flow.no_giant_cells, tasks.tasks_complete, tasks.kinds_rise, tasks.blanks_fail),
}


def breaches(path: Path) -> list[str]:
    """Return one sentence per breached rule, each naming the notebook and, where there is one, the cell."""
    name = f"{path.parent.name}/{path.name}"
    if path.parent.name not in RULES:
        return [f"{name}: the folder must be one of {', '.join(RULES)}"]
    try:
        # Without nbformat's own validation, which repairs missing ids in silence.
        notebook = nbformat.v4.reads(path.read_text(encoding="utf-8"))
    except (ValueError, KeyError, AttributeError, FileNotFoundError) as error:
        return [f"{name}: not a notebook: {error}"]
    return [f"{name}: {breach}" for rule in RULES[path.parent.name] for breach in rule(notebook)]


def main(arguments: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    options = parser.parse_args(arguments)
    paths = [path.resolve() for path in options.paths]
    paths = paths or [path for folder in RULES for path in sorted((ROOT / folder).glob("*.ipynb"))]
    found = [breach for path in paths for breach in breaches(path)]
    for breach in found:
        print(breach, file=sys.stderr)
    if not found:
        print(f"{len(paths)} notebooks keep the rules")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
