"""Store what the last complete run of the checks compared, for the book's quality page.

python tools/record_run.py

Reads _build/reports/ of the last 'make test', 'make axe' and 'make testlite', writes book/quality/checks.json.
"""

import json
import statistics
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
    "notebooks that give the same values in the browser's own Python": ("workbook", "test_a_notebook_says"),
    "exercises whose checks accept the solutions there": ("workbook", "test_every_check_passes"),
    "exercises whose checks explain a wrong answer there": ("workbook", "test_a_check_explains"),
    "pages with valid HTML": ("site", "test_the_html_of_a_page_is_valid"),
    "pages without a dead link": ("site", "test_every_link_leads"),
}
REPORTS_READ = ("tests", "cells", "site", "axe", "workbook")
WEIGHED = "test_a_page_is_light_before_a_figure_is_drawn"


class ReportError(Exception):
    """A report is missing or has failures; the message says which."""


def suite(name: str) -> ET.Element:
    """Return the suite of a report in which every test passed; raise ReportError otherwise."""
    path = REPORTS / f"{name}.xml"
    if not path.exists():
        raise ReportError(
            f"{path.name} is missing in _build/reports; run 'make test', 'make axe', 'make testlite' first"
        )
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


def properties(found: ET.Element, start: str) -> dict[str, dict[str, float]]:
    """Return what the tests whose name begins so have measured, by the name of the test."""
    cases = [case for case in found.iter("testcase") if case.get("name").startswith(start)]
    return {case.get("name"): {p.get("name"): float(p.get("value")) for p in case.iter("property")} for case in cases}


def weights(site: ET.Element) -> dict[str, float | str]:
    """Return the weight in kB of the largest page and of the one in the middle, with the name of the largest."""
    # a test is named test_...[page]@page: pytest-xdist adds the group
    found = properties(site, WEIGHED).items()
    pages = {name.partition("[")[2].partition("]")[0]: of["kilobytes"] for name, of in found}
    largest = max(pages, key=pages.get)
    return {"page": largest, "largest": round(pages[largest]), "median": round(statistics.median(pages.values()))}


def record() -> dict:
    """Return what is stored."""
    suites = {name: suite(name) for name in REPORTS_READ}
    names = {
        report: [case.get("name") for case in found.iter("testcase") if case.find("skipped") is None]
        for report, found in suites.items()
    }
    (first_output,) = properties(suites["workbook"], "test_a_second_visit").values()
    return {
        "date": min(found.get("timestamp") for found in suites.values())[:10],  # no part is older
        "compared": {
            what: sum(name.startswith(start) for name in names[report]) for what, (report, start) in COMPARED.items()
        },
        "seconds": seconds(suites["cells"]),
        "first_output": first_output,
        "kilobytes": weights(suites["site"]),
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
