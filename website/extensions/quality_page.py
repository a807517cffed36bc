"""What the quality page says about the book, generated: ``{quality} mutants`` and the like print one table each.

Results that take long to measure stand in ``book/quality/`` with the day of the measurement; the rest is counted from
the course's own files when the book is built.
"""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import yaml
from sphinx.util.docutils import SphinxDirective

STORED = "book/quality"
MINUTES = re.compile(r"\*\*Minutes\*\* (\d+)")
LISTS = ("requirements.txt", "tests/requirements.txt")
PIN = re.compile(r"^([\w.-]+)(?:\[[\w,]+\])?==(\S+)$", re.MULTILINE)
RUN = ("notebooks", "solutions")
POINTS = {
    "performance": "performance",
    "accessibility": "accessibility",
    "best-practices": "best practices",
    "seo": "search engines",
}
# What can be wrong, how we look for it, and the count in checks.json with the words that follow it
LOOKED_AT = (
    (
        "a number, table or figure of a notebook",
        "run again, compared character by character",
        "notebook cells run again and compared with their stored output",
        "cells, no difference",
    ),
    (
        "a formula, a datum, an analysis, a check",
        "tests against published values and other software",
        "tests of package, data, tools and text",
        "tests passed",
    ),
    (
        "the book in a browser",
        "every figure drawn, controls moved, quizzes answered",
        "tests of the built book in a browser",
        "tests passed",
    ),
    (
        "the workbook without a server",
        "each notebook run by the browser's own Python",
        "notebooks that give the same values in the browser's own Python",
        "notebooks, same values",
    ),
    (
        "a page that shuts readers out",
        "axe, on a laptop in light and dark, and on a phone",
        "pages without a finding of axe on a phone",
        "pages, no finding",
    ),
)
NOT_YET = "Not measured yet: `{}`, then `make quality`."
NAMED = ("jupyter-book", "sphinx", "jupyterlab", "pandas", "numpy", "scipy", "scikit-learn", "statsmodels", "plotly")


def table(header, rows):
    """Return a Markdown table; numbers stand right."""
    cells = [[str(cell).replace("|", "\\|") for cell in row] for row in rows]
    right = [bool(cells) and all(re.fullmatch(r"[\d.,–/]+ ?%?", row[i]) for row in cells) for i in range(len(header))]
    lines = [header, ["--:" if number else ":--" for number in right], *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def share(part, whole):
    """Return a share in percent with one decimal."""
    return f"{100 * part / whole:.1f}%"


class Measured:
    """What is stored and what can be counted below the project's folder ``root``."""

    def __init__(self, root):
        self.root = Path(root)

    def stored(self, name):
        """Return a stored result; raise ValueError that names the command if it is missing."""
        path = self.root / STORED / name
        if not path.exists():
            command = {"lighthouse.json": "make lighthouse", "mutants.json": "make mutants"}.get(name, "make quality")
            raise ValueError(f"{STORED}/{name} is missing; expected the result of '{command}'")
        return yaml.safe_load(path.read_text(encoding="utf-8"))

    def stems(self):
        """Return the names of the units."""
        return sorted(path.stem for path in (self.root / "notebooks").glob("[0-9][0-9]_*.ipynb"))

    def minutes(self, folder, stem):
        """Return the minutes that a page asks for: those of its box, or the sum over its tasks."""
        path = next(self.root.joinpath(folder).glob(f"{stem}.*"))
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".ipynb":
            text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
        found = [int(number) for number in MINUTES.findall(text)]
        return sum(found) if folder == "solutions" else found[0]

    def summary(self):
        """Return one line per kind of fault: how it is looked for, and what the last look found."""
        run, mutants, lighthouse = (self.stored(f"{name}.json") for name in ("checks", "mutants", "lighthouse"))
        compared = run["compared"]
        rows = [
            [what, how, f"{compared[count]:,} {words}" if count in compared else "not measured yet"]
            for what, how, count, words in LOOKED_AT
        ]
        points = [page[key] for page in lighthouse["pages"].values() for key in POINTS]
        made, noticed = (sum(sum(units.values()) for units in mutants[of].values()) for of in ("made", "killed"))
        rows += [
            [
                "a page that is slow on a phone",
                "Lighthouse, four pages",
                f"{min(points)} to {max(points)} of 100 points",
            ],
            ["a test that would miss a mistake", "mistakes made on purpose", f"{noticed} of {made} noticed"],
        ]
        verdicts = self.verdicts()
        checked = verdicts.total() - verdicts["not checked"]
        rows.append(
            ["a claim of the sources", "compared with evidence and law", f"{checked} of {verdicts.total()} judged"]
        )
        return table(["what could be wrong", "how we look", "last result"], rows)

    def checks(self):
        """Return what the last complete run compared."""
        run = self.stored("checks.json")
        rows = [[what, f"{number:,}"] for what, number in run["compared"].items()]
        return f"Last complete run: {run['date']}.\n\n{table(['compared', 'number'], rows)}"

    def minutes_asked(self):
        """Return the minutes that each unit asks of a reader."""
        rows, sums = [], Counter()
        for stem in self.stems():
            asked = {folder: self.minutes(folder, stem) for folder in ("book", "notebooks", "solutions")}
            sums.update(asked)
            rows.append([f"{{doc}}`{stem[:2]} <{stem}>`", *asked.values()])
        return table(["unit", "chapter", "notebook", "exercises"], [*rows, ["all", *sums.values()]])

    def seconds_run(self):
        """Return the seconds that the notebook and the solution of each unit ran."""
        run = self.stored("checks.json")
        timed = {stem: [run["seconds"].get(f"{folder}/{stem}") for folder in RUN] for stem in self.stems()}
        rows = [
            [
                f"{{doc}}`{stem[:2]} <../notebooks/{stem}>`",
                *("–" if value is None else f"{value:.0f}" for value in values),
            ]
            for stem, values in timed.items()
        ]
        note = f"Measured on {run['date']}, start of the kernel included, two at a time on two processors."
        return f"{table(['unit', 'notebook', 'solution'], rows)}\n\n{note}"

    def workbook(self):
        """Return how long a reader waits for the first output of the workbook in the browser."""
        run = self.stored("checks.json")
        if "first_output" not in run:
            return NOT_YET.format("make testlite")
        rows = [[visit, f"{seconds:.0f}"] for visit, seconds in run["first_output"].items()]
        return f"Measured on {run['date']}.\n\n{table(['from the click to the first output', 'seconds'], rows)}"

    def weight(self):
        """Return how much a page weighs before a figure is drawn."""
        run = self.stored("checks.json")
        if "kilobytes" not in run:
            return NOT_YET.format("make test")
        weighed = run["kilobytes"]
        name = weighed["page"].removesuffix(".html")
        return (
            f"Over all pages, before a figure is drawn: {weighed['median']} kB in the middle, "
            f"{weighed['largest']} kB at most ({{doc}}`/{name}`). Measured on {run['date']}."
        )

    def mutants(self):
        """Return how many changes the checks noticed, by kind and unit: noticed/made."""
        run = self.stored("mutants.json")
        kinds = list(run["made"])
        made, killed = (
            {unit: [run[of][kind].get(unit, 0) for kind in kinds] for unit in self.numbers(run)}
            for of in ("made", "killed")
        )
        rows = [[unit, *(f"{k}/{m}" for k, m in zip(killed[unit], made[unit], strict=True))] for unit in made]
        sums = [[sum(column) for column in zip(*of.values(), strict=True)] for of in (killed, made)]
        rows.append(["all", *(f"{k}/{m}" for k, m in zip(*sums, strict=True))])
        noticed, whole = map(sum, sums)
        said = f"Noticed: **{noticed} of {whole} ({share(noticed, whole)})**, on {run['date']}, seed {run['seed']}."
        return f"{said}\n\n{table(['unit', *kinds], rows)}\n\nRead 1/2 as: of two changes one was noticed."

    @staticmethod
    def numbers(run):
        """Return the units in which changes were made."""
        return sorted({unit for units in run["made"].values() for unit in units})

    def survivors(self):
        """Return each change that no check noticed, with the reason why that is so."""
        found, reasons = self.stored("mutants.json")["survivors"], self.stored("survivors.yml") or {}
        if unexplained := [name for name in found if name not in reasons]:
            raise ValueError(f"{STORED}/survivors.yml gives no reason for {unexplained[0]!r}")
        places = {name: name.partition(", ") for name in found}
        lines = [f"- `{path}`, {what}. *{reasons[name]}*" for name, (path, _, what) in places.items()]
        return "\n".join(lines) or "None."

    def lighthouse(self):
        """Return Lighthouse's points for each measured page."""
        run = self.stored("lighthouse.json")
        pages = run["pages"].values()
        rows = [
            *([name, *(f"{page[key]:.0f}" for page in pages)] for key, name in POINTS.items()),
            ["largest paint (s)", *(f"{page['largest_paint_s']:.1f}" for page in pages)],
            ["loaded (kB)", *(f"{page['kilobytes']:.0f}" for page in pages)],
        ]
        how = f"Lighthouse {run['version']}, {run['date']}, phone on slow 4G, median of {run['runs']}"
        return f"{how}; {run['processor']}.\n\n{table(['of 100 points', *run['pages']], rows)}"

    def verdicts(self):
        """Return how many items of the sources got which verdict."""
        with (self.root / "datasets" / "inventory.csv").open(encoding="utf-8", newline="") as file:
            return Counter(row["verdict"].replace("_", " ") for row in csv.DictReader(file))

    def evidence(self):
        """Return the verdicts as a table."""
        verdicts = self.verdicts()
        return table(["verdict", "items"], [*verdicts.most_common(), ["all", verdicts.total()]])

    def versions(self):
        """Return the pinned versions of what the book is made with."""
        pins = dict(PIN.findall("\n".join((self.root / name).read_text(encoding="utf-8") for name in LISTS)))
        return table(["package", "version"], [[name, f"`{pins[name]}`"] for name in NAMED])


PARTS = (
    "summary",
    "checks",
    "workbook",
    "weight",
    "minutes_asked",
    "seconds_run",
    "mutants",
    "survivors",
    "lighthouse",
    "evidence",
    "versions",
)


class Quality(SphinxDirective):
    """``{quality} mutants``: one part of the quality page."""

    required_arguments = 1

    def run(self):
        """Return the part's nodes, or report what is missing."""
        part = self.arguments[0]
        try:
            if part not in PARTS:
                raise ValueError(f"part {part!r} is unknown; expected one of {', '.join(PARTS)}")
            markdown = getattr(Measured(self.env.srcdir), part)()
        except ValueError as error:
            raise self.error(str(error)) from error
        for path in (*LISTS, "datasets/inventory.csv", *Path(self.env.srcdir, STORED).glob("*")):
            self.env.note_dependency(str(path))
        return self.parse_text_to_nodes(markdown)


def setup(app):
    """Register the directive."""
    app.add_directive("quality", Quality)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
