"""What customers are worth to the brand: how many come back, and what one brings in a year."""

import pandas as pd

from socialcare import value
from socialcare.complaints import Proportion, wilson

__all__ = ["last_retention", "yearly_margin"]

YEAR_ENDS = (12, 25)  # month and day from which a log counts as holding the year


def last_retention(orders: pd.DataFrame, until: pd.Timestamp) -> tuple[int, Proportion] | None:
    """Return the last year whose buyers had a whole next year, and the share that bought in it; None without one.

    Whole calendar years only: a year that has not ended yet would look disloyal.
    """
    last_day = until - pd.Timedelta(days=1)
    whole = last_day.year if (last_day.month, last_day.day) >= YEAR_ENDS else last_day.year - 1
    log = orders[orders["ordered_at"].dt.year <= whole]
    years = log["ordered_at"].dt.year
    if not (years + 1).isin(years).any():
        return None
    table = value.yearly_retention(log)
    table = table[(table["year"] + 1).isin(years)]  # nobody can return in a year that the log leaves out
    year = int(table["year"].max())
    last = table[table["year"] == year]
    return year, wilson(int(last["returned"].sum()), int(last["customers"].sum()))


def yearly_margin(orders: pd.DataFrame, until: pd.Timestamp) -> float:
    """Return the mean margin in EUR that a customer with an order brought in the year before ``until``."""
    year = orders[orders["ordered_at"] >= until - pd.DateOffset(years=1)]
    return float(year.groupby("customer_id")["margin_eur"].sum().mean())
