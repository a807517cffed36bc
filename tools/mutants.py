"""Change one thing at a time in a copy of the last commit, and see whether the checks notice.

python tools/mutants.py                     five mutants per unit, write book/quality/mutants.json
python tools/mutants.py --each 3            three per unit and kind
python tools/mutants.py --units 09 10       only these; nothing is written
python tools/mutants.py --list              say what would be changed

Kinds: a datum that the notebook loads, a formula or a step of an analysis, a label of a figure, the binding of a
control, an answer. A mutant is killed when a check fails that ``make test`` runs before it builds the book. First run
the tests next to the change, then those of the unit and its cells; a mutant that passes them all meets every such check
before it counts as a survivor.
"""

import argparse
import concurrent.futures
import datetime
import functools
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import nbformat
from mutation import KINDS, ROOT, Mutant, units
from mutation.sampling import sample

RESULT = ROOT / "book" / "quality" / "mutants.json"
SEED = 2026
PROCESSES = 2
SECONDS = 1800  # a mutant that takes longer than this runs for ever: killed
TEST = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
CELLS = [*TEST, "--nbval"]
EVERYTHING = [sys.executable, "tools/run_checks.py", "--fast"]
NEAR = {  # patterns of the tests that read a file first; the first folder that fits counts
    "datasets/examples/": ["tests/test_audit.py", "tests/test_own_*.py"],
    "datasets/": ["tests/test_data_generation.py", "tests/test_datasets.py", "tests/test_benchmarks.py"],
    "book/quizzes/": ["tests/test_quiz_files.py"],
    "src/socialcare/exercises/": ["tests/test_slip_reasons.py", "tests/test_*_exercises.py", "tests/test_exercises.py"],
    "src/socialcare/audit/": ["tests/test_audit.py"],
    "src/socialcare/scenarios/": ["tests/test_scenarios.py"],
}
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+(?:::[^\n]*?)?)(?: - .*)?$|^FAILED: (.+?) \(exit", re.MULTILINE)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
PYTEST_FOUND_NOTHING = {4, 5}  # a wrong call, or no test collected: no verdict


class Verdict(NamedTuple):
    """What became of a mutant; ``killer`` names the check that failed, or is empty for a survivor."""

    mutant: Mutant
    killer: str
    seconds: float


def copy_of_last_commit(folder: Path) -> Path:
    """Return a fresh clone below ``folder``."""
    copy = folder / "course"
    subprocess.run(["git", "clone", "-q", ROOT, copy], check=True)
    return copy


def change(copy: Path, mutant: Mutant) -> None:
    """Make the mutant's edits in a copy."""
    path = copy / mutant.path
    text = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4) if mutant.cell else None
    cell = next(cell for cell in notebook.cells if cell.id == mutant.cell) if notebook else None
    text = functools.reduce(lambda before, edit: edit.applied(before), mutant.edits, cell.source if cell else text)
    if cell:
        cell.source = text
        nbformat.write(notebook, path)
    else:
        path.write_text(text, encoding="utf-8")


def run(command: list[str], copy: Path) -> str:
    """Run one command in a copy; return the check that failed, or nothing."""
    environment = {**os.environ, "PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return f"no end after {SECONDS} s"
    output = COLOUR.sub("", done.stdout)
    if "pytest" in command and done.returncode in PYTEST_FOUND_NOTHING:
        raise RuntimeError(f"{' '.join(command)} ran no test: {output[-500:]}{done.stderr[-500:]}")
    found = FAILED.search(output)
    return (found and (found[1] or found[2])) or ("exit " + str(done.returncode) if done.returncode else "")


def commands(mutant: Mutant) -> list[list[str]]:
    """Return the commands that shall notice a mutant, the likeliest first and every check last."""
    stem = next(stem for stem in units.stems() if stem.startswith(mutant.unit))
    patterns = next((names for folder, names in NEAR.items() if mutant.path.startswith(folder)), [])
    near = [path.relative_to(ROOT).as_posix() for name in patterns for path in sorted(ROOT.glob(name))]
    cells = [[*CELLS, path.relative_to(ROOT).as_posix()] for path in units.notebooks(stem)]
    if mutant.cell:
        return [[*CELLS, mutant.path], EVERYTHING]
    tests = [[*TEST, *names] for names in (near, units.tests(stem, mutant.path)) if names]
    if mutant.kind == "label":  # words are compared in the notebooks' stored outputs
        tests = [*tests[:-1], cells[0], tests[-1]]
    return list(map(list, dict.fromkeys(map(tuple, [*tests, *cells, EVERYTHING]))))


def judged(mutant: Mutant) -> Verdict:
    """Make the mutant in a copy of its own and run the checks until one fails."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        copy = copy_of_last_commit(Path(folder))
        change(copy, mutant)
        killer = next(filter(None, (run(command, copy) for command in commands(mutant))), "")
    return Verdict(mutant, killer, time.monotonic() - started)


def healthy() -> str:
    """Return the check that fails in an unchanged copy, or nothing: then every kill is the mutant's doing."""
    with tempfile.TemporaryDirectory() as folder:
        return run(EVERYTHING, copy_of_last_commit(Path(folder)))


def summary(verdicts: list[Verdict], each: int, seed: int) -> dict:
    """Return what the book's quality page shows."""
    made = Counter((v.mutant.unit, v.mutant.kind) for v in verdicts)
    killed = Counter((v.mutant.unit, v.mutant.kind) for v in verdicts if v.killer)
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "each": each,
        "seed": seed,
        "made": {kind: {unit: n for (unit, k), n in sorted(made.items()) if k == kind} for kind in KINDS},
        "killed": {kind: {unit: n for (unit, k), n in sorted(killed.items()) if k == kind} for kind in KINDS},
        "survivors": sorted(str(v.mutant) for v in verdicts if not v.killer),
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=1, help="mutants per unit and kind")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--units", nargs="+", help="two digits each")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args(arguments)
    stems = [stem for stem in units.stems() if not options.units or stem[:2] in options.units]
    mutants = sample(options.each, options.seed, stems)
    if options.list:
        print(*(f"{mutant.unit} {mutant.kind:9}{mutant}" for mutant in mutants), sep="\n")
        return 0
    if broken := healthy():
        print(f"the last commit fails before anything is changed: {broken}", file=sys.stderr)
        return 1
    verdicts = []
    with concurrent.futures.ThreadPoolExecutor(PROCESSES) as pool:
        for waiting in concurrent.futures.as_completed([pool.submit(judged, mutant) for mutant in mutants]):
            verdict = waiting.result()
            verdicts.append(verdict)
            told = f"killed by {verdict.killer}" if verdict.killer else "SURVIVED"
            place = f"[{len(verdicts)}/{len(mutants)}] {verdict.mutant.unit} {verdict.mutant.kind}"
            print(f"{place}: {verdict.mutant}: {told} ({verdict.seconds:.0f} s)", flush=True)
    killed = sum(bool(verdict.killer) for verdict in verdicts)
    print(f"{killed} of {len(verdicts)} mutants killed ({100 * killed / len(verdicts):.1f}%)")
    if not options.units:
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(
            json.dumps(summary(verdicts, options.each, options.seed), indent=1, ensure_ascii=False) + "\n",
            encoding="utf-8",
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
