"""How an audit says a number and how sure it is: one wording for the notebook and the report."""

import pandas as pd

from socialcare.formulas.wording import euros, number, percent

__all__ = [
    "FEWEST",
    "adjusted",
    "as_date",
    "concerned",
    "for_all",
    "money_range",
    "plural",
    "share_interval",
    "shown_share",
    "too_few",
]

FEWEST = 30
"""Below so many cases a share is not reported for a group: it tells little, and a person may be recognised (D11)."""


def shown_share(share: float, digits: int = 0) -> str:
    """Return a proportion in percent."""
    return percent(100 * share, digits)


def share_interval(low: float, high: float, digits: int = 0, confidence: int = 95) -> str:
    """Return the interval of a proportion in words."""
    return f"{confidence}% interval {percent(100 * low, digits)} to {percent(100 * high, digits)}"


def money_range(pair: tuple[float, float] | None) -> str:
    """Return money at stake as a range, rounded to whole euros; what the tables cannot tell is said."""
    if pair is None:
        return "not in these tables"
    low, high = pair
    return f"{euros(low, 0)} to {euros(high, 0)}"


def concerned(step) -> str:
    """Return how many cases, customers or visits a step concerns; 0 says that the tables cannot count them."""
    return f"{number(step.people)} {step.whom}" if step.people else f"{step.whom}, not counted"


def for_all(count: int) -> float:
    """Return the confidence of each of ``count`` intervals that hold together with 95% (Bonferroni)."""
    return 1 - 0.05 / count


def adjusted(count: int, what: str) -> str:
    """Say that an interval allows for the number of comparisons from which the worst is picked."""
    return "95% interval" if count == 1 else f"adjusted for {plural(count, what)}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def too_few(count: int, one: str, many: str | None = None) -> str:
    """Say that a number of cases is too small for a share."""
    return f"{plural(count, one, many)} only; a share needs at least {FEWEST}"


def as_date(moment: pd.Timestamp | None, days: int) -> str:
    """Return the day so many days after a moment; without one, the number of days."""
    if moment is None:
        return f"{days} days from now"
    return f"{moment + pd.DateOffset(days=days):%Y-%m-%d}"
