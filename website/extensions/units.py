"""What the units say about themselves: title, question, what you need first, and minutes.

Nothing is kept twice. The number and the names come from ``_toc.yml``, question and prerequisites from the box of the
chapter, minutes from the boxes of chapter and notebook and from the tasks of the solutions.
"""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

CHAPTER = re.compile(r"book/(\d\d)_\w+")
QUESTION = re.compile(r"^\*\*Question\*\* (.+)$", re.M)
NEEDS = re.compile(r"^\*\*You need\*\* (.+)$", re.M)
NEEDED = re.compile(r"\]\((\d\d)_\w+\.md\)")
CHAPTER_MINUTES = re.compile(r"^\*\*Minutes\*\* (\d+), and (\d+) more for the \[notebook\]", re.M)
NOTEBOOK_MINUTES = re.compile(r"^\*\*Minutes\*\* (\d+) \(reading (\d+), doing (\d+)\)", re.M)
TASK = re.compile(r"^## Task (\d+).*?\*\*Minutes\*\* (\d+)", re.M | re.S)


@dataclass(frozen=True)
class Unit:
    """One unit: ``needs`` holds the numbers of units to know first; all minutes are whole."""

    number: str
    stem: str
    title: str
    question: str
    needs: tuple[str, ...]
    chapter: int
    notebook: int
    tasks: tuple[int, ...]

    @property
    def exercises(self):
        """Minutes of all tasks."""
        return sum(self.tasks)

    @property
    def minutes(self):
        """Minutes of the whole unit."""
        return self.chapter + self.notebook + self.exercises


def cell_texts(path):
    """Return the Markdown of a notebook, one text."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def only(pattern, text, place, expected):
    """Return the one match of a pattern, or raise ValueError that names the place and what was expected."""
    found = list(pattern.finditer(text))
    if len(found) != 1:
        raise ValueError(f"{place}: {len(found)} lines like {expected!r}; expected one")
    return found[0]


def needs_of(text, place):
    """Return the numbers of the units that a chapter's box asks for; a box without the line asks for none."""
    lines = NEEDS.findall(text)
    if len(lines) > 1:
        raise ValueError(f"{place}: {len(lines)} lines '**You need**'; expected at most one")
    return tuple(number for line in lines for number in NEEDED.findall(line))


def chapter_minutes(text, place):
    """Return the minutes of a chapter and those it promises for its notebook."""
    found = only(CHAPTER_MINUTES, text, place, "**Minutes** 25, and 40 more for the [notebook]")
    return int(found[1]), int(found[2])


def notebook_minutes(text, place):
    """Return the minutes of a notebook; reading and doing must add up."""
    total, reading, doing = map(
        int, only(NOTEBOOK_MINUTES, text, place, "**Minutes** 40 (reading 25, doing 15)").groups()
    )
    if total != reading + doing:
        raise ValueError(f"{place}: minutes are {total}; expected {reading} + {doing} = {reading + doing}")
    return total


def task_minutes(text, place):
    """Return the minutes of each task of an exercise, in order."""
    tasks = [(int(number), int(minutes)) for number, minutes in TASK.findall(text)]
    if [number for number, _ in tasks] != list(range(1, len(tasks) + 1)) or not tasks:
        raise ValueError(f"{place}: tasks are {[number for number, _ in tasks]}; expected 1, 2, 3 and so on")
    return tuple(minutes for _, minutes in tasks)


def check_needs(units):
    """Raise ValueError if a unit needs one that does not exist, comes later (so there is no circle) or is implied."""
    known = {unit.number for unit in units}
    behind = {}  # all that a unit rests on
    for unit in units:
        implied = {below for number in unit.needs for below in behind.get(number, ())}
        for number in unit.needs:
            if number not in known:
                raise ValueError(f"unit {unit.number} needs unit {number}, which does not exist; expected a unit")
            if number >= unit.number:
                raise ValueError(f"unit {unit.number} needs unit {number}; expected an earlier unit")
            if number in implied:
                raise ValueError(f"unit {unit.number} needs unit {number}, as a unit that it needs does; name it once")
        behind[unit.number] = implied.union(unit.needs)


def sources_of(root):
    """Return the files that :func:`read_units` reads: a page that lists units depends on them."""
    root = Path(root)
    stems = [stem for _, stem, _ in _listed(root)]
    pages = [(f"book/{stem}.md", f"notebooks/{stem}.ipynb", f"solutions/{stem}.ipynb") for stem in stems]
    return [root / "_toc.yml", *(root / page for three in pages for page in three)]


def _listed(root):
    """Return number, stem and title of each unit, in the order of the table of contents."""
    parts = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))["parts"]
    chapters = [chapter for part in parts for chapter in part["chapters"]]
    found = [(CHAPTER.fullmatch(chapter["file"]), chapter.get("title", "")) for chapter in chapters]
    return [(match[1], match[0].removeprefix("book/"), title[3:]) for match, title in found if match]


def _read(root, number, stem, title):
    chapter = (root / "book" / f"{stem}.md").read_text(encoding="utf-8")
    place = f"book/{stem}.md"
    minutes, promised = chapter_minutes(chapter, place)
    notebook = notebook_minutes(cell_texts(root / "notebooks" / f"{stem}.ipynb"), f"notebooks/{stem}.ipynb")
    if notebook != promised:
        raise ValueError(
            f"{place}: promises {promised} minutes for the notebook; expected the {notebook} that it states"
        )
    tasks = task_minutes(cell_texts(root / "solutions" / f"{stem}.ipynb"), f"solutions/{stem}.ipynb")
    question = only(QUESTION, chapter, place, "**Question** Is a high rate good news?")[1]
    return Unit(number, stem, title, question, needs_of(chapter, place), minutes, notebook, tasks)


def read_units(root):
    """Return all units of the course in ``root``, in order; raise ValueError that names the page and the line."""
    stamps = tuple(path.stat().st_mtime_ns for path in sources_of(root))
    return _read_all(Path(root), stamps)


@lru_cache(maxsize=2)
def _read_all(root, stamps):  # the stamps make a changed file be read again
    units = tuple(_read(root, *listed) for listed in _listed(root))
    check_needs(units)
    return units


def duration(minutes):
    """Return minutes as people say them: ``45 min``, ``2 h``, ``1 h 15 min``, with spaces that do not break."""
    hours, rest = divmod(round(minutes), 60)
    return "\u00a0".join(([f"{hours}\u00a0h"] if hours else []) + ([f"{rest}\u00a0min"] if rest or not hours else []))
