"""Build the workbook for the browser (JupyterLite) below the built book.

python tools/build_lite.py                      Pyodide comes from its makers' address
PYODIDE=<address or folder> python tools/build_lite.py
python tools/build_lite.py --local              from a local copy, if there is one, for checks that reach no other host

``_build/html/lite/`` then holds JupyterLab without a server, the notebooks and exercises with no outputs, the tables,
and wheels of the course's package and of the libraries it needs. Nothing happens if nothing has changed.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import lite_pyodide
import lite_wheels
import nbformat

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html" / "lite"
WORK = ROOT / "_build" / "lite"
STAMP = "made-from.txt"
CONFIG = ROOT / "website" / "lite"
PYODIDE = Path("static", "pyodide")  # inside the site; jupyter-lite.json names it too
KERNEL = Path("extensions", "@jupyterlite", "pyodide-kernel-extension")
EXTENSIONS = (
    "@jupyter-widgets/jupyterlab-manager",
    "@jupyterlite/pyodide-kernel-extension",
    "jupyterlab-plotly",
)
NOTEBOOKS = ("notebooks", "exercises")
APPS = ("lab", "notebooks", "tree")
FIRST_WORDS = """\
Press **Shift and Enter** to run one box after the other. Your browser saves every ten seconds, **Ctrl+S** at once. \
[How to start afresh, and more](../book/how_to_use.md#run-in-your-browser)
"""
# JupyterLite 0.6 stops at every error, also where a cell is tagged to be allowed one: an untouched answer would end
# "Run All". The request says whether to stop.
STOPS = {
    "await r.ready,await r.handleMessage(e)": (
        "await r.ready,h.goesOn=e.content.stop_on_error===false,await r.handleMessage(e)"
    ),
    '"error"===e.content.status&&h.cancel()': '"error"===e.content.status&&!h.goesOn&&h.cancel()',
}


class LiteError(Exception):
    """The workbook cannot be built; the message says why."""


def sources() -> list[Path]:
    """Return every file of the project that the workbook is made from."""
    files = [path for folder in NOTEBOOKS for path in (ROOT / folder).glob("*.ipynb")]
    files += [
        *(ROOT / "src").rglob("*.py"),
        *(ROOT / "src").rglob("*.html"),
        *lite_wheels.table_files(),
        *CONFIG.iterdir(),
    ]
    files += [*(ROOT / "tools").glob("*lite*.py"), ROOT / "requirements.txt", ROOT / "pyproject.toml"]
    return sorted(files)


def made_from(source: str) -> str:
    """Return a digest of the sources and of the setting of Pyodide."""
    digest = hashlib.sha256(source.encode())
    for path in sources():
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def stage(folder: Path) -> None:
    """Lay out what the reader finds in the workbook: notebooks and exercises without outputs, and the tables."""
    for name in NOTEBOOKS:
        (folder / name).mkdir(parents=True)
        for path in sorted((ROOT / name).glob("*.ipynb")):
            nbformat.write(for_the_browser(nbformat.read(path, as_version=4)), folder / name / path.name)
    for path in lite_wheels.table_files():
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)


def for_the_browser(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a notebook as before its first run, below a word on how to run it.

    What the reader then sees, the reader's browser has computed.
    """
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell(FIRST_WORDS, id="in-your-browser"))
    return notebook


def build_jupyterlite(folder: Path, target: Path) -> None:
    """Run ``jupyter lite build`` on what has been staged in ``folder``."""
    installed = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
    configuration = {
        "contents": ["contents"],
        "apps": list(APPS),
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
        "cache_dir": "cache",
        # the extensions of the workbook only, not all that are installed here
        "ignore_sys_prefix": ["federated_extensions"],
        "federated_extensions": [str(installed / name) for name in EXTENSIONS],
    }
    for name in ("jupyter-lite.json", "overrides.json"):
        shutil.copy(CONFIG / name, folder)
    (folder / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": configuration}), encoding="utf-8")
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--output-dir", str(target)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise LiteError(f"jupyter lite build failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def let_requests_decide_where_to_stop(target: Path) -> None:
    """Repair JupyterLite's "Run All"; raise LiteError if it is no longer what was repaired."""
    scripts = {path: path.read_text(encoding="utf-8") for path in (target / "build").glob("*.js")}
    places = [path for path, script in scripts.items() if all(script.count(before) == 1 for before in STOPS)]
    if len(places) != 1:
        raise LiteError(f"JupyterLite stops at errors in {len(places)} places; expected 1: see STOPS in build_lite.py")
    script = scripts[places[0]]
    for before, after in STOPS.items():
        script = script.replace(before, after)
    places[0].write_text(script, encoding="utf-8")


def add_script(target: Path) -> None:
    """Put the course's own script into the pages of JupyterLite."""
    shutil.copy(CONFIG / "workbook.js", target)
    for app in APPS:
        page = target / app / "index.html"
        before, head, after = page.read_text(encoding="utf-8").partition("<head>")
        page.write_text(f'{before}{head}\n    <script src="../workbook.js"></script>{after}', encoding="utf-8")


def add_python(target: Path, source: str) -> None:
    """Add the wheels and say where Pyodide is; a local copy of Pyodide becomes part of the site."""
    folder = target / PYODIDE
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(CONFIG / "pyodide.js", folder)
    if lite_pyodide.is_address(source):
        address = source.rstrip("/") + "/"
    else:
        address = f"{lite_pyodide.VERSION}/"
        (folder / address).mkdir()
        for path in lite_pyodide.check(Path(source)):
            shutil.copyfile(path, folder / address / path.name)
    lite_wheels.write(folder, address, target / KERNEL / "static" / "pypi")


def build(source: str) -> bool:
    """Build the workbook below the book unless it is up to date; return whether it was built."""
    digest = made_from(source)
    stamp = SITE / STAMP
    if stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
        return False
    # JupyterLite remembers what it has built and trusts its memory more than the folder: begin anew
    shutil.rmtree(WORK, ignore_errors=True)
    stage(WORK / "contents")
    target = WORK / "site"
    build_jupyterlite(WORK, target)
    let_requests_decide_where_to_stop(target)
    add_script(target)
    add_python(target, source)
    (target / STAMP).write_text(digest, encoding="utf-8")
    shutil.rmtree(SITE, ignore_errors=True)
    SITE.parent.mkdir(parents=True, exist_ok=True)
    target.rename(SITE)
    shutil.rmtree(WORK)
    return True


def main(arguments: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--local", action="store_true")
    start = time.perf_counter()
    source = lite_pyodide.setting()
    if parser.parse_args(arguments).local:
        try:
            source = str(lite_pyodide.local())
        except lite_pyodide.PyodideError as error:
            print(f"The workbook will not be checked in a browser: {error}", file=sys.stderr)
    try:
        built = build(source)
    except (LiteError, lite_pyodide.PyodideError, lite_wheels.WheelError) as error:
        print(error, file=sys.stderr)
        return 1
    if built:
        size = sum(path.stat().st_size for path in SITE.rglob("*") if path.is_file()) / 1e6
        print(
            f"The workbook for the browser: {size:.0f} MB in {time.perf_counter() - start:.0f} s, Pyodide from {source}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
