"""Measure four pages of the built book with Lighthouse as a phone loads them, and store the scores.

python tools/run_lighthouse.py           median of three runs per page, written to book/quality/lighthouse.json
python tools/run_lighthouse.py --runs 1

Needs Node.js, Chromium and the built book. Lighthouse is pinned in tools/lighthouse/package.json.
"""

import argparse
import datetime
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from course_server import serving
from find_chromium import ChromiumError, find

ROOT = Path(__file__).resolve().parent.parent
HTML = ROOT / "_build" / "html"
RESULT = ROOT / "book" / "quality" / "lighthouse.json"
NODE = ROOT / "tools" / "lighthouse"
LEAST = {"performance": 90, "accessibility": 100, "best-practices": 100, "seo": 100}  # points of 100
# From Lighthouse's table of CPU slowdowns: how much slower a middling phone is than a machine of that benchmark index.
SLOWDOWN = ((1500, 4), (800, 2), (0, 1))
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"


def pages() -> dict[str, str]:
    """Return the pages that are measured, by what they stand for."""
    heaviest = max((HTML / "notebooks").glob("*.html"), key=lambda path: path.stat().st_size)
    return {
        "landing page": "book/index.html",
        "chapter": "book/09_measuring_engagement.html",
        "heaviest notebook": f"notebooks/{heaviest.name}",
        "exercises": "solutions/09_measuring_engagement.html",
    }


def scores(report: dict) -> dict[str, float]:
    """Return what is stored of one report: points of 100, seconds, milliseconds, layout shift and kilobytes."""
    audits = report["audits"]
    return {
        **{name: round(100 * report["categories"][name]["score"]) for name in LEAST},
        "largest_paint_s": round(audits["largest-contentful-paint"]["numericValue"] / 1000, 2),
        "blocking_ms": round(audits["total-blocking-time"]["numericValue"]),
        "layout_shift": round(audits["cumulative-layout-shift"]["numericValue"], 3),
        "kilobytes": round(audits["total-byte-weight"]["numericValue"] / 1000),
    }


def failing(report: dict) -> list[str]:
    """Return the audits that cost points outside performance, each with what it says."""
    wanted = [ref["id"] for name in LEAST if name != "performance" for ref in report["categories"][name]["auditRefs"]]
    audits = [report["audits"][name] for name in dict.fromkeys(wanted)]
    return [f"{audit['id']}: {audit['title']}" for audit in audits if audit["score"] not in {1, None}]


def slowdown(report: dict) -> int:
    """Return by how much this machine must be slowed down to be a middling phone, by the index in its last report."""
    return next(times for least, times in SLOWDOWN if report["environment"]["benchmarkIndex"] >= least)


def measured(address: str, program: str, folder: Path, times: int) -> dict:
    """Return Lighthouse's report of one page, with the processor slowed down so many times."""
    target = folder / "report.json"
    command = [NODE / "node_modules" / ".bin" / "lighthouse", address, "--quiet", "--output=json"]
    command += [f"--output-path={target}", f"--chrome-flags={FLAGS}", f"--only-categories={','.join(LEAST)}"]
    command += [f"--throttling.cpuSlowdownMultiplier={times}"]
    subprocess.run(command, env={**os.environ, "CHROME_PATH": program}, check=True, timeout=300)
    return json.loads(target.read_text(encoding="utf-8"))


def main(arguments: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args(arguments)
    try:
        program = find()
    except ChromiumError as error:
        print(error, file=sys.stderr)
        return 1
    result, short, indices = {}, [], []
    with serving(HTML) as address, tempfile.TemporaryDirectory() as folder:
        times = slowdown(measured(address + "book/index.html", program, Path(folder), SLOWDOWN[0][1]))
        for kind, page in pages().items():
            reports = [measured(address + page, program, Path(folder), times) for _ in range(options.runs)]
            indices += [report["environment"]["benchmarkIndex"] for report in reports]
            runs = [scores(report) for report in reports]
            result[kind] = {"page": page, **{name: statistics.median(run[name] for run in runs) for name in runs[0]}}
            print(f"{kind}: {result[kind]}", *failing(reports[-1]), sep="\n  ", flush=True)
            short += [f"{kind}: {name} {result[kind][name]}" for name in LEAST if result[kind][name] < LEAST[name]]
    stored = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "version": reports[0]["lighthouseVersion"],
        "runs": options.runs,
        "processor": f"benchmark index {statistics.median(indices):.0f}, slowed down {times} times",
    }
    RESULT.write_text(json.dumps({**stored, "pages": result}, indent=1) + "\n", encoding="utf-8")
    print(*(f"below the target: {line}" for line in short), sep="\n")
    return int(bool(short))


if __name__ == "__main__":
    sys.exit(main())
