"""What do we do on Monday, and for whom? Action groups by rule, their overlap, and one action per person (S1.5-T5)."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from socialcare.formulas import checks

__all__ = ["assign", "coverage", "overlap"]

NO_ACTION = "no action"


def _table(rules: Mapping[str, pd.Series]) -> pd.DataFrame:
    if not rules:
        raise ValueError("rules is empty; expected at least one action")
    table = pd.DataFrame(dict(rules))
    for name in table:
        if table[name].isna().any() or not table[name].isin([True, False]).all():
            raise ValueError(f"rule {name!r} is not true or false for every customer; expected one answer each")
    return table.astype(bool)


def coverage(rules: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Count for each action the customers whom its rule names, and those whom no other rule names."""
    table = _table(rules)
    alone = table.sum(axis=1) == 1
    return pd.DataFrame({"customers": table.sum(), "only this one": table[alone].sum()}).rename_axis("action")


def overlap(rules: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Count the customers whom both the row's and the column's rule name; the diagonal is each rule's own count."""
    table = _table(rules).astype(int)
    return (table.T @ table).rename_axis("action")


def assign(
    rules: Mapping[str, pd.Series], priority: Sequence[str], capacity: Mapping[str, int] | None = None
) -> pd.Series:
    """Give each customer at most one action: the first in ``priority`` whose rule names them and that has room.

    ``capacity`` limits an action to so many customers (the first in the table's order: sort it by urgency). Everybody
    else gets ``no action``. Raises ValueError if ``priority`` does not list each rule once.
    """
    table = _table(rules)
    if sorted(priority) != sorted(table.columns):
        raise ValueError(f"priority is {', '.join(priority)}; expected each of {', '.join(table.columns)} once")
    capacity = dict(capacity or {})
    for action in capacity:
        if action not in table:
            raise ValueError(f"capacity names {action!r}; expected one of {', '.join(table.columns)}")
    chosen = pd.Series(NO_ACTION, table.index, name="action", dtype="object")
    for action in priority:
        free = np.flatnonzero(table[action] & (chosen == NO_ACTION))
        room = len(free) if action not in capacity else checks.count(f"capacity of {action}", capacity[action])
        chosen.iloc[free[:room]] = action
    return chosen.astype("str")
