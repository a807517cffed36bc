"""Store what the last complete run of the checks compared, for the book's quality page.

python tools/record_run.py

Reads _build/reports/ of the last 'make test' and 'make axe', writes book/quality/checks.json.
"""

import json
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "_build" / "reports"
RESULT = ROOT / "book" / "quality" / "checks.json"
AXE = "test_axe_finds_nothing"
COMPARED = {  # what is counted: report, and the beginning of a test's name
    "tests of package, data, tools and text": ("tests", ""),
    "notebook cells run again and compared with their stored output": ("cells", ""),
    "tests of the built book in a browser": ("site", ""),
    "pages without a finding of axe on a phone": ("axe", f"{AXE}_on_a_phone"),
    "pages without a finding of axe on a laptop, in light and dark": ("axe", f"{AXE}_on_a_laptop"),
    "pages with valid HTML": ("site", "test_the_html_of_a_page_is_valid"),
    "pages without a dead link": ("site", "test_every_link_leads"),
}


class ReportError(Exception):
    """A report is missing or has failures; the message says which."""


def suite(name: str) -> ET.Element:
    """Return the suite of a report in which every test passed; raise ReportError otherwise."""
    path = REPORTS / f"{name}.xml"
    if not path.exists():
        raise ReportError(f"{path.name} is missing in _build/reports; run 'make test' and 'make axe' first")
    found = ET.parse(path).getroot().find("testsuite")
    bad = sum(int(found.get(kind)) for kind in ("failures", "errors"))
    if bad:
        raise ReportError(f"{path.name} has {bad} failures; expected none: only a run that passed is stored")
    return found


def seconds(cells: ET.Element) -> dict[str, int]:
    """Return how long each notebook ran, by folder and name."""
    ran: Counter[str] = Counter()
    for case in cells.iter("testcase"):
        folder, name = case.get("classname").removesuffix(".ipynb").split(".")[-2:]
        ran[f"{folder}/{name}"] += float(case.get("time"))
    return {name: round(time, 1) for name, time in sorted(ran.items())}


def record() -> dict:
    """Return what is stored."""
    suites = {name: suite(name) for name in ("tests", "cells", "site", "axe")}
    names = {report: [case.get("name") for case in found.iter("testcase")] for report, found in suites.items()}
    return {
        "date": suites["tests"].get("timestamp")[:10],
        "compared": {
            what: sum(name.startswith(start) for name in names[report]) for what, (report, start) in COMPARED.items()
        },
        "seconds": seconds(suites["cells"]),
    }


def main() -> int:
    """Run the command line."""
    try:
        stored = record()
    except ReportError as error:
        print(error, file=sys.stderr)
        return 1
    RESULT.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
