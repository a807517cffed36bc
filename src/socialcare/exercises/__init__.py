"""Checks that teach: they know the typical wrong results of a task and answer with the reason.

    from socialcare.exercises import check
    check("09-2", answer)

The tasks of a unit live in ``socialcare.exercises.unit_NN``: the right answer and every mistake are computed from the
data by the package's own functions, so a change of data or formula moves both. Nothing is typed in twice.
"""

import importlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from socialcare.formulas.wording import with_unit

__all__ = ["Criterion", "Mistake", "NotYet", "Rubric", "Task", "check", "load_tasks"]

RELATIVE_TOLERANCE = 1e-6


class NotYet(AssertionError):
    """The answer is missing or not right yet; the message says why and where to reread."""

    def _render_traceback_(self):
        """Jupyter shows the message alone: the way through the checker's code helps no student."""
        return [str(self)]


@dataclass(frozen=True)
class Mistake:
    """A typical wrong result: how it comes about, and what to say to the student who got it."""

    name: str
    result: Callable[[], object]
    message: str


@dataclass(frozen=True)
class Task:
    """A task with a computed answer: a number, a word or a table of numbers by name.

    ``right`` computes the answer; ``praise`` says what the right answer means; ``reread`` names the section.
    """

    right: Callable[[], object]
    mistakes: tuple[Mistake, ...]
    praise: str
    reread: str
    unit: str = ""

    def check(self, answer: object) -> str:
        """Return the praise, or raise NotYet with the reason."""
        right = self.right()
        _same_kind(answer, right)
        if _equal(answer, right):
            return self.praise
        for mistake in self.mistakes:
            if _equal(answer, mistake.result()):
                raise NotYet(f"{mistake.message} Reread: {self.reread}.")
        raise NotYet(f"{self.hint(answer, right)} Reread: {self.reread}.")

    def hint(self, answer: object, right: object) -> str:
        """Return what to say of a wrong answer that is none of the ``mistakes``."""
        shown = with_unit(_shown(answer), self.unit)
        return _almost(answer, right) or f"{shown} is not it, and it is none of the usual slips."


@dataclass(frozen=True)
class Criterion:
    """One thing that a written answer can be checked for, with the advice to give if it is missing."""

    name: str
    met: Callable[[str], bool]
    advice: str


@dataclass(frozen=True)
class Rubric:
    """A task with a written answer: it passes with all ``criteria``.

    ``exemplars`` makes three answers, ``good``, ``almost`` and ``not yet``, with the numbers that the data give. The
    check reads words, not meaning; ``cannot_judge`` says so to the student.
    """

    criteria: tuple[Criterion, ...]
    exemplars: Callable[[], Mapping[str, str]]
    praise: str
    cannot_judge: str
    unit: str = field(default="", init=False)

    def missing(self, text: str) -> list[Criterion]:
        """Return the criteria that the text does not meet."""
        return [criterion for criterion in self.criteria if not criterion.met(text)]

    def reading(self, text: str) -> pd.Series:
        """Return what the check sees in a text: one word per criterion."""
        return pd.Series({c.name: "met" if c.met(text) else "missing" for c in self.criteria}, name="reading")

    def check(self, answer: object) -> str:
        """Return the praise with what the check cannot judge, or raise NotYet with the first advice."""
        _same_kind(answer, "text")
        missing = self.missing(answer)
        met = len(self.criteria) - len(missing)
        if missing:
            raise NotYet(f"{met} of {len(self.criteria)} points. Next: {missing[0].advice} {self.cannot_judge}")
        return f"{met} of {met} points. {self.praise} {self.cannot_judge}"


def load_tasks(unit: str) -> dict[str, Task | Rubric]:
    """Return the tasks of a unit, by id (``09-1``, ``09-2`` ...)."""
    return importlib.import_module(f"socialcare.exercises.unit_{unit}").TASKS


def check(task_id: str, answer: object) -> None:
    """Print what a right answer means; raise NotYet, with the reason, for a missing or wrong one."""
    tasks = load_tasks(task_id.split("-")[0])
    if task_id not in tasks:
        raise ValueError(f"task {task_id!r} is unknown; expected one of {', '.join(tasks)}")
    print(f"Task {task_id}: {tasks[task_id].check(answer)}")


def _same_kind(answer: object, right: object) -> None:
    """Tell a missing answer, and an answer of the wrong kind, from a wrong one."""
    if answer is None or (isinstance(answer, str) and not answer.strip()):
        raise NotYet("No answer yet: fill in the cell above and run it, then run this check again.")
    if isinstance(right, Mapping):
        if not isinstance(answer, (Mapping, pd.Series)):
            raise NotYet(f"Your answer is of type {type(answer).__name__}; expected one value for each name.")
        names = [str(name) for name in dict(answer)]
        if set(names) != set(right):
            raise NotYet(f"Your answer has values for {', '.join(names)}; expected {', '.join(right)}.")
    elif isinstance(right, str):
        if not isinstance(answer, str):
            raise NotYet(f"Your answer is of type {type(answer).__name__}; expected text in quotes.")
    elif not _is_number(answer):
        raise NotYet(f"Your answer is of type {type(answer).__name__}; expected a single number.")


def _is_number(value: object) -> bool:
    return hasattr(value, "__float__") and not isinstance(value, (bool, str, pd.Series))


def _equal(answer: object, right: object) -> bool:
    if isinstance(right, Mapping):
        answers = dict(answer)
        return set(answers) == set(right) and all(_equal(answers[name], right[name]) for name in right)
    if isinstance(right, str):
        return str(answer).strip().casefold() == right.casefold()
    return _is_number(answer) and math.isclose(float(answer), float(right), rel_tol=RELATIVE_TOLERANCE, abs_tol=1e-12)


def _almost(answer: object, right: object) -> str:
    """Say what is right about a wrong answer: all but the rounding or the unit, or some of its values; else nothing."""
    by_name = dict(right) if isinstance(right, Mapping) else {"": right}
    answers = dict(answer) if isinstance(right, Mapping) else {"": answer}
    wrong = {name: answers[name] for name, value in by_name.items() if not _equal(answers[name], value)}
    if all(_is_number(value) for value in wrong.values()):
        if all(_rounded(float(value), float(by_name[name])) for name, value in wrong.items()):
            return "Right but for the rounding: give the value as computed, and round when you print it."
        for times, words in ((100, "a hundred times too small"), (0.01, "a hundred times too large")):
            if all(_equal(times * float(value), by_name[name]) for name, value in wrong.items()):
                names = " and ".join(str(name) for name in wrong if name) or "the value"
                return f"The digits are right and the unit is not: {names} {words}."
    if len(wrong) < len(by_name):
        met = [str(name) for name in by_name if name not in wrong]
        return f"Right: {', '.join(met)}. Not yet: {', '.join(map(str, wrong))}."
    return ""


def _rounded(value: float, right: float) -> bool:
    near = math.isclose(value, right, rel_tol=0.02)
    return near and any(value == round(right, digits) for digits in range(7))


def _shown(answer: object) -> str:
    if isinstance(answer, (Mapping, pd.Series)):
        return ", ".join(f"{name}: {_shown(value)}" for name, value in dict(answer).items())
    return f"{float(answer):,.6g}" if _is_number(answer) else repr(answer)
