"""Can anybody tell, on a day, whether a goal was met? Owner, figure, baseline, target and date (S4.2-01)."""

import pandas as pd

from socialcare.formulas.funnel import wilson_interval
from socialcare.formulas.wording import percent

__all__ = ["goal_check"]


def goal_check(goals: pd.DataFrame, today: object) -> pd.DataFrame:
    """Read goals as a controller would: can anybody tell, on a day, whether they were met?

    ``goals`` is indexed by goal: ``owner``, ``figure`` (what is counted), ``hits`` and ``n`` (the baseline),
    ``target`` (a proportion) and ``by`` (a date). Adds ``base``, its Wilson interval ``low`` and ``high``, ``weeks`` to
    go and ``problem``: the first thing that is missing, or a target inside the baseline's interval, which chance can
    reach. An empty ``problem`` is a goal that can be checked.
    """
    now, rows = pd.Timestamp(today).tz_localize(None), {}
    for name, goal in goals.iterrows():
        known = pd.notna(goal["hits"]) and pd.notna(goal["n"])
        low, high = wilson_interval(int(goal["hits"]), int(goal["n"])) if known else (None, None)
        by = pd.Timestamp(goal["by"])
        rows[name] = {
            "base": goal["hits"] / goal["n"] if known else None,
            "low": low,
            "high": high,
            "weeks": None if pd.isna(by) else (by - now).days // 7,
            "problem": _goal_problem(goal, low, high, by, now),
        }
    return goals.join(pd.DataFrame.from_dict(rows, orient="index")).infer_objects()


def _goal_problem(goal, low, high, by, now) -> str:
    for field, words in (("owner", "nobody owns it"), ("figure", "nothing is counted")):
        if pd.isna(goal[field]) or not str(goal[field]).strip():
            return words
    if low is None:
        return "no baseline"
    if pd.isna(goal["target"]):
        return "no target"
    if low <= goal["target"] <= high:
        return f"the target lies inside the baseline's interval, {percent(100 * low)} to {percent(100 * high)}"
    if pd.isna(by):
        return "no date"
    return "the date is past" if by <= now else ""
