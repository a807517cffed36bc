"""Execute notebooks in place and store outputs that are the same bytes on every machine.

python tools/execute_notebooks.py                    execute notebooks/ and solutions/ and store the outputs
python tools/execute_notebooks.py PATH ...           only these notebooks
python tools/execute_notebooks.py --check [PATH ...] store nothing; exit 1 and show where a fresh run differs
"""

import argparse
import difflib
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from notebook_rules.stored import ADDRESS, ERROR_TAG, WIDGET_VIEW

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("notebooks", "solutions")
SECONDS_PER_CELL = 300


class NotebookError(Exception):
    """A notebook cannot be executed or stored; the message names the notebook and the cell."""


def named(path: Path) -> str:
    """Return the path as people type it: relative to the project where it lies inside it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def read(path: Path) -> nbformat.NotebookNode:
    """Read a notebook of format 4.5, the first with fixed cell ids; raise NotebookError for anything else."""
    try:
        notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    except FileNotFoundError:
        raise NotebookError(f"{named(path)}: there is no such notebook") from None
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, UnicodeDecodeError) as error:
        raise NotebookError(f"{named(path)}: not a notebook: {str(error).splitlines()[0][:120]}") from None
    version = (notebook.nbformat, notebook.get("nbformat_minor", 0))
    if version != (4, 5):
        raise NotebookError(
            f"{named(path)}: notebook format {version[0]}.{version[1]}; "
            "save it as 4.5 in JupyterLab, so that cells keep their ids"
        )
    return notebook


def text(notebook: nbformat.NotebookNode) -> str:
    """Return the notebook as stored on disk."""
    nbformat.validate(notebook)
    return nbformat.writes(notebook, version=nbformat.NO_CONVERT) + "\n"


def execute(notebook: nbformat.NotebookNode, path: Path) -> nbformat.NotebookNode:
    """Run every cell in the notebook's own folder; errors are stored in the cells, not raised."""
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=SECONDS_PER_CELL,
        allow_errors=True,
        record_timing=False,
        coalesce_streams=True,  # how prints are cut into messages depends on the machine's speed
        extra_arguments=["--log-level=40"],  # errors only: no word about the local connection to the kernel
        store_widget_state=False,  # random model ids; see stable()
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute()
    except CellTimeoutError:
        raise NotebookError(f"{named(path)}: a cell ran longer than {SECONDS_PER_CELL} seconds") from None
    except DeadKernelError:
        raise NotebookError(f"{named(path)}: the kernel died while the notebook ran") from None
    return notebook


def stable(notebook: nbformat.NotebookNode, path: Path) -> nbformat.NotebookNode:
    """Remove what differs between runs and machines; refuse what cannot be removed without loss.

    Widget views and states go: their ids are random, nbval does not compare them, and without a kernel
    JupyterLab then shows the output's own HTML or text instead of a broken widget.
    """
    notebook.metadata.pop("widgets", None)
    notebook.metadata.get("language_info", {}).pop("version", None)
    for number, cell in enumerate(notebook.cells, start=1):
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET_VIEW, None)
            if output.output_type == "error":
                # Tracebacks hold paths of this machine; nbval compares only the name and the message.
                output.traceback = [f"\x1b[31m{output.ename}\x1b[39m: {output.evalue}"]
            if address := ADDRESS.search(str(output)):
                raise NotebookError(
                    f"{named(path)}, cell {number} ({cell.id}): the output holds the memory address "
                    f"{address.group()}; show a value whose text is the same on every run"
                )
    return notebook


def refuse_errors(notebook: nbformat.NotebookNode, path: Path) -> None:
    """Raise NotebookError if a cell failed that does not carry the tag raises-exception."""
    for number, cell in enumerate(notebook.cells, start=1):
        for output in cell.get("outputs", []):
            if output.output_type == "error" and ERROR_TAG not in cell.metadata.get("tags", []):
                raise NotebookError(f"{named(path)}, cell {number} ({cell.id}): {output.ename}: {output.evalue}")


def executed(path: Path) -> str:
    """Return the text of the notebook as a fresh run stores it."""
    notebook = execute(read(path), path)
    refuse_errors(notebook, path)
    return text(stable(notebook, path))


def difference(path: Path, stored: str, fresh: str) -> str:
    """Return how the stored text of a notebook differs from a fresh one: a short diff, empty if it does not."""
    lines = difflib.unified_diff(
        stored.splitlines(),
        fresh.splitlines(),
        f"{named(path)} (stored)",
        f"{named(path)} (fresh)",
        lineterm="",
        n=1,
    )
    return "\n".join(line[:200] for line in list(lines)[:40])


def main(arguments: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("paths", nargs="*", type=Path)
    options = parser.parse_args(arguments)
    paths = options.paths or [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.ipynb"))]
    failures = 0
    for path in (path.resolve() for path in paths):
        start = time.perf_counter()
        try:
            fresh = executed(path)
            if options.check and (problem := difference(path, path.read_text(encoding="utf-8"), fresh)):
                raise NotebookError(f"{named(path)}: a fresh run gives something else; run: make notebooks\n{problem}")
        except NotebookError as error:
            print(error, file=sys.stderr)
            failures += 1
            continue
        if not options.check:
            path.write_bytes(fresh.encode())  # bytes: line feeds on every system
        verdict = "as stored" if options.check else "stored"
        print(f"{named(path)}: {verdict}, {time.perf_counter() - start:.1f} s")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
