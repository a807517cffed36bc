"""What the data cannot say and an audit needs: promises, prices and thresholds, each yours or a default."""

from typing import NamedTuple

import pandas as pd

from socialcare.formulas import checks
from socialcare.formulas.parity import MARGIN
from socialcare.formulas.wording import percent

__all__ = ["DEFAULTS", "Inputs", "choose"]


class Default(NamedTuple):
    """A value that holds until you bring your own."""

    value: float
    unit: str
    meaning: str
    source: str


DEFAULTS = {
    "promise_hours": Default(24, "hours", "a person answers within", "S3.2-02, the source's limit"),
    "promise_share": Default(0.80, "share", "in that time are answered, at least", "teaching default"),
    "silent_share": Default(0.05, "share", "get no human reply, at most", "teaching default"),
    "asking_share": Default(0.20, "share", "of public words complain or ask for service, at most", "teaching default"),
    "lapsing_share": Default(
        0.05, "share", "of spending comes from good customers who stopped buying, at most", "teaching default"
    ),
    "claim_days": Default(
        15,
        "days",
        "a claim gets its answer within; put your country's limit in",
        "Spain, consumer act 21.3; not legal advice",
    ),
    "margin": Default(MARGIN, "share", "largest gap between groups that still counts as equal", "teaching default"),
    "quick_target": Default(0.50, "share", "of solutions within 24 hours, to compare with", "teaching default"),
    "cost_per_minute": Default(0.40, "EUR", "working time of the desk, per minute", "teaching default"),
    "discount": Default(0.10, "share a year", "discount rate of a customer's value", "teaching default, C1"),
    "retention": Default(
        0.80, "share a year", "customers who come back, if the orders cannot tell", "teaching default, C1"
    ),
}
SHARES = tuple(name for name, default in DEFAULTS.items() if default.unit.startswith("share"))


class Inputs(NamedTuple):
    """The chosen ``values`` by name, and whether each is ``yours`` or a ``default``."""

    values: dict[str, float]
    origins: dict[str, str]

    def __getitem__(self, name):
        """Return the value of an input by its name."""
        return self.values[name]

    def shown(self, name: str) -> str:
        """Return an input as a sentence prints it; a default says so, because the firm has promised nothing."""
        value = self.values[name]
        text = percent(100 * value, 0) if name in SHARES else f"{value:g} {DEFAULTS[name].unit}"
        return text + self.note(name)

    def note(self, name: str) -> str:
        """Return the words that mark a default, nothing for a value of yours."""
        return "" if self.origins[name] == "yours" else " (default)"

    def table(self) -> pd.DataFrame:
        """Return the inputs as a table: value, unit, origin, meaning and source."""
        rows = {
            name: (
                f"{self.values[name]:g}",
                default.unit,
                self.origins[name],
                default.meaning,
                default.source if self.origins[name] == "default" else "you",
            )
            for name, default in DEFAULTS.items()
        }
        columns = ["value", "unit", "origin", "meaning", "source"]
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("input")


def choose(yours: dict[str, float]) -> Inputs:
    """Take ``yours`` where you gave them and the defaults elsewhere; ValueError for an unknown or impossible one."""
    for name, value in yours.items():
        if name not in DEFAULTS:
            raise ValueError(f"input {name!r} is unknown; expected one of {', '.join(DEFAULTS)}")
        (checks.inner_share if name in SHARES else checks.positive)(name, value)
    values = {name: yours.get(name, default.value) for name, default in DEFAULTS.items()}
    return Inputs(values, {name: "yours" if name in yours else "default" for name in DEFAULTS})
