"""Reading paths: ``{reading-path} student`` lists the steps of ``book/reading_paths.yml`` with their minutes and sum.

A step is one of: a ``page`` (``book/12_complaints``, or the passage at a label, ``book/12_complaints#the-process``), a
``page`` of exercises with its ``tasks``, a ``simulator`` ``at`` a page, or something to ``do``. The minutes of pages
and tasks are those that the units state; a passage takes its share of the chapter's words. Other steps state theirs.
"""

import importlib
import re
from dataclasses import dataclass

import yaml
from course_map import and_list
from page_parts import simulator_label
from prose import passage, prose_words, title_of
from units import duration, read_units, sources_of
from written_pages import WrittenDirective

DATA = "book/reading_paths.yml"
TOLERANCE = 0.10  # of the promise: so far may the sum of the steps be away from it
KINDS = ("page", "simulator", "do")
FIELDS = {"page": {"tasks"}, "simulator": {"at", "minutes"}, "do": {"minutes"}}
UNIT_PAGE = re.compile(r"(book|notebooks|solutions)/(\d\d_\w+)(?:#([\w-]+))?")


@dataclass(frozen=True)
class Step:
    """One step: ``minutes`` may have a fraction, ``what`` is MyST, ``unit`` is a number or None."""

    minutes: float
    what: str
    why: str
    unit: str | None = None


def read_paths(root):
    """Return the paths by name; raise ValueError that names the path, the step and the field."""
    paths = yaml.safe_load((root / DATA).read_text(encoding="utf-8"))
    for name, path in paths.items():
        if not isinstance(path.get("minutes"), int) or not path.get("steps"):
            raise ValueError(f"{DATA}: path {name!r} has no whole 'minutes' or no 'steps'; expected both")
        for number, step in enumerate(path["steps"], start=1):
            _check(f"{DATA}: path {name!r}, step {number}", step)
    return paths


def _check(place, step):
    kinds = [kind for kind in KINDS if kind in step]
    if len(kinds) != 1:
        raise ValueError(f"{place}: has {and_list(kinds) or 'none'} of {', '.join(KINDS)}; expected exactly one")
    if unknown := set(step) - FIELDS[kinds[0]] - {kinds[0], "why"}:
        raise ValueError(f"{place}: field {min(unknown)!r} is unknown for a {kinds[0]}")
    if not step.get("why"):
        raise ValueError(f"{place}: field 'why' is empty; expected a sentence")
    if kinds[0] != "page" and not (isinstance(step.get("minutes"), int) and step["minutes"] > 0):
        raise ValueError(f"{place}: field 'minutes' is {step.get('minutes')!r}; expected a whole number above 0")


def _page_step(root, units, step, place):
    match = UNIT_PAGE.fullmatch(step["page"])
    unit = next((unit for unit in units if match and unit.stem == match[2]), None)
    if unit is None:
        raise ValueError(f"{place}: page {step['page']!r} belongs to no unit; expected one like 'book/12_complaints'")
    folder, _, anchor = match.groups()
    if folder == "notebooks":
        return unit.notebook, f"[Notebook {unit.number}](../notebooks/{unit.stem}.ipynb)", unit.number
    if folder == "solutions":
        tasks = step.get("tasks") or list(range(1, len(unit.tasks) + 1))
        if unknown := [task for task in tasks if not 1 <= task <= len(unit.tasks)]:
            raise ValueError(f"{place}: task {unknown[0]} does not exist; expected 1 to {len(unit.tasks)}")
        named = f"task{'s' if len(tasks) > 1 else ''} {and_list([str(task) for task in tasks])}"
        link = f"[Exercises {unit.number}](../solutions/{unit.stem}.ipynb), {named}"
        return sum(unit.tasks[task - 1] for task in tasks), link, unit.number
    if not anchor:
        return unit.chapter, f"[Chapter {unit.number}: {unit.title}]({unit.stem}.md)", unit.number
    chapter = (root / "book" / f"{unit.stem}.md").read_text(encoding="utf-8")
    part = passage(chapter, anchor, f"{place}: book/{unit.stem}.md")
    minutes = unit.chapter * prose_words(part) / prose_words(chapter)
    return minutes, f"Chapter {unit.number}, {{ref}}`{title_of(part)} <{anchor}>`", unit.number


def _simulator_step(root, step, place):
    page = str(step.get("at"))
    path = root / f"{page}.md"
    if not path.exists() or f"{{simulator}} {step['simulator']}\n" not in path.read_text(encoding="utf-8"):
        raise ValueError(f"{place}: page {page!r} has no simulator {step['simulator']!r}; expected one that shows it")
    title = importlib.import_module(f"socialcare.scenarios.{step['simulator']}").TITLE
    return step["minutes"], f"Simulator {{ref}}`{title} <{simulator_label(page, step['simulator'])}>`"


def steps_of(root, name):
    """Return the steps of a path with their minutes."""
    path = read_paths(root)[name]
    units = read_units(root)
    steps = []
    for number, step in enumerate(path["steps"], start=1):
        place = f"{DATA}: path {name!r}, step {number}"
        if "page" in step:
            minutes, what, unit = _page_step(root, units, step, place)
            steps.append(Step(minutes, what, step["why"], unit))
        elif "simulator" in step:
            steps.append(Step(*_simulator_step(root, step, place), step["why"]))
        else:
            steps.append(Step(step["minutes"], step["do"], step["why"]))
    return steps


def total(steps, promise, name):
    """Return the minutes of all steps; raise ValueError if they are further than ``TOLERANCE`` from the promise."""
    minutes = sum(round(step.minutes) for step in steps)
    if abs(minutes - promise) > TOLERANCE * promise:
        raise ValueError(
            f"{DATA}: path {name!r} takes {minutes} minutes; expected {promise}, or up to {TOLERANCE:.0%} off"
        )
    return minutes


def clock(start, minutes):
    """Return the time so many minutes after ``start`` (``09:00``)."""
    hour, minute = map(int, start.split(":"))
    return "{:02}:{:02}".format(*divmod(60 * hour + minute + minutes, 60))


def path_markdown(steps, minutes, start=None):
    """Return the steps as a table, with the clock if the path has a start, and the sum below."""
    lines = ["| from | min | step |", "|---|--:|---|"] if start else ["| min | step |", "|--:|---|"]
    passed = 0
    for step in steps:
        own = round(step.minutes)
        when = f"| {clock(start, passed)} " if start else ""
        lines.append(f"{when}| {own} | {step.what}<br>{step.why} |")
        passed += own
    ends = f", from {start} to {clock(start, minutes)}" if start else ""
    return "\n".join([*lines, "", f"Together **{duration(minutes)}**{ends}."])


class ReadingPath(WrittenDirective):
    """List one path."""

    required_arguments = 1

    def sources(self, root):
        """Return the data and the pages of all units."""
        return [root / DATA, *sources_of(root)]

    def markdown(self, root):
        """Return the table of the path that the argument names."""
        paths, name = read_paths(root), self.arguments[0]
        if name not in paths:
            raise ValueError(f"{DATA} has no path {name!r}; expected one of {', '.join(paths)}")
        steps = steps_of(root, name)
        return path_markdown(steps, total(steps, paths[name]["minutes"], name), paths[name].get("starts"))


def setup(app):
    """Register the directive."""
    app.add_directive("reading-path", ReadingPath)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
