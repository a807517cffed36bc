"""Run every check of the project, fast ones first, stop at the first that fails, and sum up.

python tools/run_checks.py           all of them
python tools/run_checks.py --fast    those that need no book and no browser
"""

import argparse
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "_build" / "reports"
PYTHON = sys.executable
TWO_WORKERS = ("-n", "2")
THREE_WORKERS = ("-n", "3")  # a kernel and its client wait for each other: a third keeps two processors busy
READ = ("README.md", "CONTRIBUTING.md", "book", "datasets", "notebooks", "solutions", "src", "tools", "website")
BY_FILE = ("--dist", "loadfile")  # all cells of a notebook share one kernel, so one worker
BY_PAGE = ("--dist", "loadgroup")  # all tests of a page share the page, opened once


class Part(NamedTuple):
    """A part of the checks: its heading, its commands, and the report that counts what it compared."""

    heading: str
    commands: list[list[str]]
    report: str = ""
    counted: str = ""


def pytest(report: str, *arguments: str) -> list[str]:
    """Return the command for pytest that also writes a report of that name."""
    return [PYTHON, "-m", "pytest", "-q", *TWO_WORKERS, f"--junitxml={REPORTS / report}.xml", *arguments]


def parts() -> list[Part]:
    """Return all parts in order."""
    ruff = [PYTHON, "-m", "ruff"]
    # --all: a page that warned in an earlier build and is not read again would warn no more
    book = [str(Path(PYTHON).parent / "jupyter-book"), "build", ".", "--all", "-W", "-n", "--keep-going", "-q"]
    spelling = [str(Path(PYTHON).parent / "codespell"), *READ]
    return [
        Part("Style and spelling", [[*ruff, "check", "-q"], [*ruff, "format", "--check", "-q"], spelling]),
        Part("Derived exercises in sync", [[PYTHON, "tools/build_exercises.py", "--check"]]),
        Part("Rules of the notebooks", [[PYTHON, "tools/check_notebooks.py"]]),
        Part(
            "Package, data, tools and text",
            [pytest("tests", *BY_FILE, "tests", "--ignore=tests/site", "--ignore=tests/lite")],
            "tests",
            "tests passed",
        ),
        Part(
            "Every notebook cell, run again and compared with its stored output",
            [pytest("cells", *THREE_WORKERS, *BY_FILE, "--nbval", "notebooks", "solutions", "exercises")],
            "cells",
            "notebook cells compared",
        ),
        Part("The book", [book, [PYTHON, "tools/build_lite.py", "--local"]]),
        Part("The built book in a browser", [pytest("site", *BY_PAGE, "tests/site")], "site", "browser tests passed"),
        Part(
            "The notebooks in the browser's own kernel",
            [pytest("lite", *BY_PAGE, "-m", "not thorough", "tests/lite")],
            "lite",
            "tests of the workbook in a browser passed",
        ),
    ]


FAST = 5  # parts that need no book


def count(report: str) -> int:
    """Return how many tests of a report passed."""
    suite = ET.parse(REPORTS / f"{report}.xml").getroot().find("testsuite")
    return int(suite.get("tests")) - sum(int(suite.get(kind)) for kind in ("failures", "errors", "skipped"))


def main(chosen: list[Part] | None = None) -> int:
    """Run the parts; return 0 if all passed, otherwise 1."""
    chosen = parts() if chosen is None else chosen
    REPORTS.mkdir(parents=True, exist_ok=True)
    seconds: dict[str, float] = {}
    counts: list[str] = []
    for number, part in enumerate(chosen, start=1):
        print(f"\n[{number}/{len(chosen)}] {part.heading}", flush=True)
        start = time.perf_counter()
        for command in part.commands:
            code = subprocess.run(command, cwd=ROOT, check=False).returncode
            if code:
                print(f"\nFAILED: {part.heading} (exit {code}); {len(chosen) - number} later parts not run")
                return 1
        seconds[part.heading] = time.perf_counter() - start
        print(f"passed in {seconds[part.heading]:.0f} s", flush=True)
        if part.report:
            counts.append(f"{count(part.report)} {part.counted}")
    print("\nSeconds per part")
    for heading, duration in seconds.items():
        print(f"{duration:6.0f}  {heading}")
    print(f"{sum(seconds.values()):6.0f}  in all")
    print(f"ALL PASSED: {', '.join(counts)}")
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fast", action="store_true")
    sys.exit(main(parts()[: FAST if parser.parse_args().fast else None]))
