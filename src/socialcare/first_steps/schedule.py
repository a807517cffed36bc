"""Does a week's plan hold, and which reply time can it promise? Blocks of work against needs, contracts and cases."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from socialcare.first_steps.activity import TASKS
from socialcare.formulas import checks
from socialcare.formulas.first_steps import hours_available
from socialcare.formulas.funnel import wilson_interval
from socialcare.formulas.wording import number

__all__ = [
    "DAYS",
    "Promise",
    "blocks",
    "compare_plans",
    "daily_blocks",
    "longest_gap",
    "plan_hours",
    "promise_kept",
    "promise_shares",
    "schedule_problems",
    "shortfalls",
]

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CHANNELS = ("twitter", "facebook")
_WEEK = 7 * 24 * 60  # minutes


class Promise(NamedTuple):
    """Cases for which somebody begins to answer within the promised hours, of all, with the share's Wilson interval."""

    kept: int
    cases: int
    share: float
    low: float
    high: float


def blocks(plan: pd.DataFrame) -> pd.DataFrame:
    """Return the blocks of a week's plan with ``from_minute`` and ``to_minute``, counted from Monday 0:00.

    ``plan`` has one row a block: ``person``, ``day``, ``starts`` and ``ends`` (such as 09:30) and ``task``. Raises
    ValueError for a block that ends before it starts: one over midnight is two blocks.
    """
    table = plan.reset_index(drop=True)
    day = table["day"].map({name: position for position, name in enumerate(DAYS)})
    if day.isna().any():
        raise ValueError(f"day is {table['day'][day.isna().idxmax()]!r}; expected one of {', '.join(DAYS)}")
    table = table.assign(
        from_minute=day * 24 * 60 + _clock(table["starts"]), to_minute=day * 24 * 60 + _clock(table["ends"])
    )
    wrong = table[table["to_minute"] <= table["from_minute"]]
    if len(wrong):
        row = wrong.iloc[0]
        raise ValueError(
            f"{row['person']} on {row['day']} ends at {row['ends']}; expected a time after {row['starts']} "
            "(a block over midnight is two blocks)"
        )
    return table.sort_values(["from_minute", "person"], kind="stable")


def _clock(times: pd.Series) -> pd.Series:
    """Minutes since midnight."""
    parts = times.str.extract(r"^(\d\d):(\d\d)$").astype("float")
    if parts.isna().any(axis=None):
        raise ValueError(f"a time is {times[parts.isna().any(axis=1).idxmax()]!r}; expected one such as 09:30")
    return (60 * parts[0] + parts[1]).astype("int64")


def daily_blocks(person: str, days: Iterable[str], times: Iterable[tuple[str, str]], task: str) -> pd.DataFrame:
    """Return a plan that repeats the same blocks, each a pair such as ("09:00", "09:20"), on several days."""
    times = list(times)
    rows = [(person, day, starts, ends, task) for day in days for starts, ends in times]
    return pd.DataFrame(rows, columns=["person", "day", "starts", "ends", "task"])


def plan_hours(plan: pd.DataFrame, by: str = "task") -> pd.Series:
    """Sum the hours of a week's plan by ``task`` (all four, in the course's order), or by ``person``."""
    table = blocks(plan)
    hours = (table["to_minute"] - table["from_minute"]).groupby(table[by]).sum() / 60
    return (hours.reindex(list(TASKS), fill_value=0.0) if by == "task" else hours).rename("hours")


def shortfalls(hours: Mapping[str, float], needed: Mapping[str, float], available: float) -> dict[str, str]:
    """Return what keeps a plan from holding, as ``{task or "total": sentence}``; empty if it holds.

    ``hours`` and ``needed`` are hours a week by task; ``available`` are the hours there in all. Hours are compared to
    a tenth, because nobody plans minutes. Raises ValueError for a missing task or negative hours.
    """
    hours, needed, problems = dict(hours), dict(needed), {}  # a pandas Series iterates over its values
    for task in needed:
        if task not in hours:
            raise ValueError(f"hours has no {task!r}; expected {', '.join(needed)}")
        planned = checks.non_negative(f"hours[{task!r}]", hours[task])
        if round(needed[task] - planned, 1) > 0:
            problems[task] = f"{task} has {number(planned, 1)} hours; it needs {number(needed[task], 1)}."
    total = sum(hours[task] for task in needed)
    if round(total - available, 1) > 0:
        problems["total"] = f"The plan takes {number(total, 1)} hours; {number(available, 1)} are there."
    return problems


def schedule_problems(
    plan: pd.DataFrame, needed: Mapping[str, float], contracts: Mapping[str, float], shrinkage: float
) -> list[str]:
    """Return one sentence for each thing that keeps a week's plan from holding: overlaps, people, tasks.

    ``contracts`` are paid hours a week by person; ``shrinkage`` is the share of them that is lost to absence, training
    and meetings. Raises ValueError for a person in the plan without a contract.
    """
    table = blocks(plan)
    problems = []
    for person, own in table.groupby("person", sort=False):
        for before, here in zip(own.to_dict("records")[:-1], own.to_dict("records")[1:], strict=True):
            if here["from_minute"] < before["to_minute"]:
                both = f"{before['task']} and {here['task']}"
                problems.append(f"{person} has two things on {here['day']} at {here['starts']}: {both}.")
    available = 0.0
    for person, planned in plan_hours(plan, by="person").items():
        if person not in contracts:
            raise ValueError(f"contracts has no {person!r}; expected the paid hours of {', '.join(contracts)}")
        there = hours_available(1, contracts[person], shrinkage)
        available += there
        if round(planned - there, 1) > 0:
            problems.append(f"{person} has {number(planned, 1)} hours planned; {number(there, 1)} are there.")
    short = shortfalls(plan_hours(plan), needed, available)
    return problems + [sentence for task, sentence in short.items() if task != "total"]


def _slots(plan: pd.DataFrame, task: str) -> pd.DataFrame:
    table = blocks(plan)
    table = table[table["task"] == task]
    if table.empty:
        raise ValueError(f"task is {task!r}, which has no block in the plan; expected one of {', '.join(TASKS)}")
    return table


def longest_gap(plan: pd.DataFrame, task: str = "answer") -> float:
    """Return the longest time, in hours, in which nobody does ``task``: from one block's end to the next one's start.

    The week is a circle: after Friday's last block comes Monday's first. Raises ValueError if no block has the task.
    """
    table = _slots(plan, task)
    ends = table["to_minute"].cummax().to_numpy()
    starts = table["from_minute"].to_numpy()
    gaps = [later - earlier for earlier, later in zip(ends, [*starts[1:], starts[0] + _WEEK], strict=True)]
    return max(0, *gaps) / 60


def promise_kept(
    tickets: pd.DataFrame,
    plan: pd.DataFrame,
    hours: float,
    *,
    channels: Sequence[str] = CHANNELS,
    task: str = "answer",
) -> Promise:
    """Replay last year's cases against a plan: for how many does a block of ``task`` begin within ``hours``?

    A case that arrives in a block is taken at once. That is the best that the plan can do: it leaves out the queue and
    the time to write. Raises ValueError for negative hours, no case on ``channels`` or no block with the task.
    """
    checks.non_negative("hours", hours)
    cases = tickets.loc[tickets["channel"].isin(list(channels)), "opened_at"]
    if cases.empty:
        raise ValueError(f"tickets has no case on {', '.join(channels)}; expected at least one")
    table = _slots(plan, task)
    arrived = (cases.dt.day_of_week * 24 * 60 + cases.dt.hour * 60 + cases.dt.minute).to_numpy()
    starts = table["from_minute"].to_numpy()
    inside = (arrived[:, None] >= starts) & (arrived[:, None] < table["to_minute"].to_numpy())
    following = starts.searchsorted(arrived)  # the first block that starts at or after the arrival
    waits = [*starts, starts[0] + _WEEK]
    wait = pd.Series([waits[place] for place in following]) - arrived
    wait[inside.any(axis=1)] = 0
    kept = int((wait <= 60 * hours).sum())
    return Promise(kept, len(cases), kept / len(cases), *wilson_interval(kept, len(cases)))


def compare_plans(
    tickets: pd.DataFrame, plans: Mapping[str, pd.DataFrame], hours: float, *, channels: Sequence[str] = CHANNELS
) -> pd.DataFrame:
    """Put plans side by side: what :func:`promise_kept` finds, ``answer_hours`` a week and the ``longest_gap``."""
    rows = {}
    for name, plan in plans.items():
        kept = promise_kept(tickets, plan, hours, channels=channels)._asdict()
        rows[name] = {**kept, "answer_hours": plan_hours(plan)["answer"], "longest_gap": longest_gap(plan)}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("plan")


def promise_shares(
    tickets: pd.DataFrame,
    plans: Mapping[str, pd.DataFrame],
    hours: Iterable[float],
    *,
    channels: Sequence[str] = CHANNELS,
) -> pd.DataFrame:
    """Return the share of cases met within each of ``hours`` (rows), a column for each plan."""
    shares = {
        name: {promised: promise_kept(tickets, plan, promised, channels=channels).share for promised in hours}
        for name, plan in plans.items()
    }
    return pd.DataFrame(shares).rename_axis("hours")
