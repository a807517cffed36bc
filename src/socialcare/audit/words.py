"""How an audit says a number and how sure it is: one wording for the notebook and the report."""

import pandas as pd

from socialcare.formulas.wording import euros, number, percent

__all__ = ["FEWEST", "as_date", "money_range", "people_count", "plural", "share_interval", "shown_share", "too_few"]

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


def people_count(people: int) -> str:
    """Return how many people a step concerns; 0 says that the tables cannot count them."""
    return number(people) if people else "not counted"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def too_few(count: int, one: str, many: str | None = None) -> str:
    """Say that a number of cases is too small for a share."""
    return f"{plural(count, one, many)} only; a share needs at least {FEWEST}"


def as_date(moment: pd.Timestamp, days: int) -> str:
    """Return the day so many days after a moment."""
    return f"{moment + pd.DateOffset(days=days):%Y-%m-%d}"
