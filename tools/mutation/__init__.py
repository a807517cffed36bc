"""One small change at a time, in each unit: would the checks notice?

``units`` says which files and tests belong to a unit; ``python_code``, ``notebook_cells``, ``quiz_files`` and
``tables`` propose changes; ``sampling`` chooses among them. ``tools/mutants.py`` makes the changes and runs the checks.
"""

import os
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("datum", "formula", "label", "callback", "answer")


class Edit(NamedTuple):
    """A change of one text: what stands there, what shall stand there, and where (characters from ``start``)."""

    start: int
    old: str
    new: str

    def applied(self, text: str) -> str:
        """Return the text with the change made; raise ValueError if the old words do not stand there."""
        if text[self.start : self.start + len(self.old)] != self.old:
            found = text[self.start : self.start + len(self.old)]
            raise ValueError(f"character {self.start} begins {found!r}; expected {self.old!r}")
        return text[: self.start] + self.new + text[self.start + len(self.old) :]


class Mutant(NamedTuple):
    """A changed copy of the course: unit, kind, file (relative to the project), cell of a notebook, line, edits."""

    unit: str
    kind: str
    path: str
    line: int
    edits: tuple[Edit, ...]
    cell: str = ""

    def __str__(self) -> str:
        """Say what was changed, and where."""
        place = f"{self.path}, cell {self.cell}" if self.cell else self.path
        place += f", line {self.line}"
        return f"{place}: {'; '.join(_told(edit.old, edit.new) for edit in self.edits)}"


def _told(old: str, new: str) -> str:
    """Say in words what changed, without the beginning and the end that stayed."""
    if min(len(old), len(new)) < 30:
        return f"“{_short(old)}” became “{_short(new)}”" if new else f"“{_short(old)}” was left out"
    same = len(os.path.commonprefix([old, new]))  # noqa: RUF071 (characters are meant)
    end = len(os.path.commonprefix([old[same:][::-1], new[same:][::-1]]))  # noqa: RUF071
    around = f"after “…{old[max(0, same - 25) : same]}”".replace("\n", " ")
    return f"“{_short(old[same : len(old) - end])}” became “{_short(new[same : len(new) - end])}” {around}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:59]}…"
