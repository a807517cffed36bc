"""Do the goals fit the hours? What a brand's channels took last year, and whether a plan for the next one holds it.

The formulas (``socialcare.formulas.first_steps``) are re-exported here. ``weekly_activity`` counts the logs ``posts``,
``tickets`` and ``mentions_hourly`` (columns: ``datasets/datapackage.json``) through Narwhals, so that pandas, Polars,
DuckDB and the like serve alike; its result has one row a week, and everything after it is plain pandas.
Sources: S4.2 (goals, people, schedule, 80/20), S3.2 (rules of use), S2.2 (the task list), model D14.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from socialcare.engagement import micro_interval
from socialcare.formulas import checks
from socialcare.formulas.first_steps import (
    PER_WEEK,
    QUOTAS,
    Quota,
    hours_available,
    largest_listening_share,
    listening_hours,
    listening_share,
    people_needed,
    quota_hours,
    task_hours,
    week_hours,
)
from socialcare.formulas.funnel import wilson_interval
from socialcare.formulas.wording import number, percent

__all__ = [
    "BUSY",
    "DAYS",
    "IMPROVE_HOURS",
    "MINUTES",
    "PER_WEEK",
    "QUOTAS",
    "RULE",
    "TASKS",
    "Promise",
    "Quota",
    "blocks",
    "demand",
    "goal_check",
    "hours_available",
    "largest_listening_share",
    "listening_hours",
    "listening_share",
    "longest_gap",
    "people_needed",
    "plan_hours",
    "promise_kept",
    "quota_hours",
    "quota_table",
    "readings",
    "schedule_problems",
    "shortfalls",
    "task_hours",
    "week_hours",
    "weekly_activity",
]

MINUTES = {"facebook": 90, "twitter": 6, "mention": 0.5}
"""Assumed working minutes: to write a post on each network (D14: a long post, a tweet), to read one mention."""

RULE = 0.80
"""The share that the rule of 80/20 asks for (S4.2-07). No experiment stands behind it (B24)."""

BUSY = 0.90
"""Plan for the week that nine of ten do not exceed: a plan for the mean fails about every second week."""

IMPROVE_HOURS = 2.0
"""Hours a week for the report, the competitors and learning (S4.2-06, S4.2-10, S3.2-07): a teaching default."""

TASKS = ("answer", "read", "publish", "improve")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_ZONE = "Europe/Madrid"
_DAY_MS = 86_400_000
_MONDAY = 3  # 1 January 1970 was a Thursday, three days after a Monday
_WEEK = 7 * 24 * 60  # minutes


class Promise(NamedTuple):
    """Cases for which somebody begins to answer within the promised hours, of all, with the share's Wilson interval."""

    kept: int
    cases: int
    share: float
    low: float
    high: float


def quota_table(quotas: Sequence[Quota] = QUOTAS) -> pd.DataFrame:
    """Return the task list with the ``hours`` a week that each task takes, in the list's order."""
    table = pd.DataFrame(quotas, columns=Quota._fields)
    return table.assign(hours=[task_hours(quota.times, quota.minutes, quota.per) for quota in quotas]).set_index("task")


def weekly_activity(
    posts: IntoFrame,
    tickets: IntoFrame,
    mentions: IntoFrame,
    *,
    brand: str,
    start: object,
    end: object,
    networks: Sequence[str] = ("twitter", "facebook"),
) -> pd.DataFrame:
    """Count what a brand's social channels did in each whole week of [start, end).

    Indexed by ``week_start`` (a Monday): ``posts_<network>``, ``posts`` and ``promotions`` (kind promotion);
    ``cases``, ``answer_minutes``, ``public_replies`` and ``all_replies`` of the service cases opened on ``networks``;
    ``mentions`` and, of these, ``tagged_mentions``. Weeks without any of it hold zeros. Raises ValueError if ``start``
    or ``end`` is not a Monday, or if the brand published nothing in the period.
    """
    first, after = _monday("start", start), _monday("end", end)
    if after <= first:
        raise ValueError(f"end is {end}; expected a Monday after start, {start}")
    networks = list(networks)
    is_promotion = (nw.col("kind") == "promotion").cast(nw.Int64).alias("promotions")
    flags = [(nw.col("network") == network).cast(nw.Int64).alias(f"posts_{network}") for network in networks]
    own = (nw.col("brand") == brand) & nw.col("network").is_in(networks)
    written = _by_week(posts, "posted_at", (first, after), [*flags, is_promotion], own)
    if written.empty:
        raise ValueError(f"posts has none of {brand!r} on {', '.join(networks)} from {start} to {end}; expected some")
    columns = {"handle_minutes": "answer_minutes", "public_turns": "public_replies", "total_turns": "all_replies"}
    worked = [nw.col(column).fill_null(0).alias(name) for column, name in columns.items()]
    worked = [nw.lit(1).alias("cases"), *worked]
    served = _by_week(tickets, "opened_at", (first, after), worked, nw.col("channel").is_in(networks))
    heard = [nw.col(column) for column in ("mentions", "tagged_mentions")]
    named = _by_week(mentions, "hour_start", (first, after), heard)
    weeks = pd.date_range(first.tz_localize(None), after.tz_localize(None), freq="7D", inclusive="left")
    table = written.join([served, named], how="outer").reindex(weeks, fill_value=0).fillna(0)
    table.insert(0, "posts", table[[f"posts_{network}" for network in networks]].sum(axis=1))
    counts = [column for column in table.columns if column != "answer_minutes"]
    return table.astype(dict.fromkeys(counts, "int64")).rename_axis("week_start")


def _monday(name: str, value: object) -> pd.Timestamp:
    day = pd.Timestamp(value)
    if pd.isna(day) or day.day_of_week != 0 or day != day.normalize():
        raise ValueError(f"{name} is {value}; expected a Monday, so that every week is whole")
    return day.tz_localize(_ZONE) if day.tzinfo is None else day.tz_convert(_ZONE)


def _by_week(frame: IntoFrame, column: str, period, values, condition=None) -> pd.DataFrame:
    """Sum ``values`` in each week: one pass over the log, done where the log lies; the small result is pandas."""
    first, after = (moment.to_pydatetime() for moment in period)
    rows = nw.from_native(frame).filter((nw.col(column) >= first) & (nw.col(column) < after))
    rows = rows if condition is None else rows.filter(condition)
    day = nw.col(column).dt.replace_time_zone(None).dt.timestamp("ms") // _DAY_MS
    rows = rows.select(((day + _MONDAY) // 7).cast(nw.Int64).alias("week"), *values)
    names = [name for name in rows.collect_schema().names() if name != "week"]
    sums = rows.group_by("week").agg(*(nw.col(name).sum() for name in names))
    sums = sums.collect() if isinstance(sums, nw.LazyFrame) else sums
    table = sums.to_pandas().set_index("week").sort_index()
    table.index = pd.to_datetime((table.index.to_numpy() * 7 - _MONDAY) * _DAY_MS, unit="ms")
    return table


def _minutes(activity: pd.DataFrame, minutes: Mapping[str, float]) -> pd.DataFrame:
    """Return minutes a week to answer, to read and to publish."""
    networks = [column.removeprefix("posts_") for column in activity.columns if column.startswith("posts_")]
    for name in [*networks, "mention"]:
        if name not in minutes:
            raise ValueError(f"minutes has no {name!r}; expected one each for {', '.join([*networks, 'mention'])}")
        checks.non_negative(f"minutes[{name!r}]", minutes[name])
    publish = sum(activity[f"posts_{network}"] * minutes[network] for network in networks)
    read = activity["mentions"] * minutes["mention"]
    return pd.DataFrame({"answer": activity["answer_minutes"], "read": read, "publish": publish})


def readings(activity: pd.DataFrame, minutes: Mapping[str, float] = MINUTES, *, rule: float = RULE) -> pd.DataFrame:
    """Test the three things that people call the rule of 80/20 (D14), each with intervals.

    Rows: ``time`` (minutes of reading and answering, of all minutes), ``messages`` (public replies, of all outgoing
    public messages) and ``content`` (posts that do not promote, of all posts). Columns: ``listening``, ``whole``,
    ``share``; ``wilson_low`` and ``wilson_high``, as if each message were a draw of its own (empty for minutes, which
    are not draws); ``low`` and ``high``, the bootstrap interval over whole weeks (95 %); and ``verdict`` on the rule by
    that interval: below, above or open. Shares are proportions.
    """
    checks.inner_share("rule", rule)
    spent = _minutes(activity, minutes)
    parts = {
        "time": (spent["answer"] + spent["read"], spent.sum(axis=1)),
        "messages": (activity["public_replies"], activity["public_replies"] + activity["posts"]),
        "content": (activity["posts"] - activity["promotions"], activity["posts"]),
    }
    rows = {}
    for name, (listening, whole) in parts.items():
        part, total = listening.sum(), whole.sum()
        wilson = (None, None) if name == "time" else wilson_interval(int(part), int(total))
        by_week = micro_interval(listening, whole)
        low, high = by_week.low / 100, by_week.high / 100
        rows[name] = {
            "listening": part,
            "whole": total,
            "share": listening_share(part, total - part),
            "wilson_low": wilson[0],
            "wilson_high": wilson[1],
            "low": low,
            "high": high,
            "verdict": "below" if high < rule else "above" if low > rule else "open",
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("reading")


def demand(
    activity: pd.DataFrame,
    minutes: Mapping[str, float] = MINUTES,
    *,
    busy: float = BUSY,
    improve_hours: float = IMPROVE_HOURS,
) -> pd.DataFrame:
    """Return the hours a week that each task took: ``mean``, and ``busy``, which that share of the weeks keep below.

    ``busy`` is numpy's linear percentile over the weeks. ``improve`` takes the declared ``improve_hours``.
    """
    checks.inner_share("busy", busy)
    checks.non_negative("improve_hours", improve_hours)
    hours = _minutes(activity, minutes) / 60
    hours["improve"] = improve_hours
    table = pd.DataFrame({"mean": hours.mean(), "busy": hours.quantile(busy)})
    return table.loc[list(TASKS)].rename_axis("task")


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
                problems.append(
                    f"{person} has two things on {here['day']} at {here['starts']}: {before['task']} and {here['task']}."
                )
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
    channels: Sequence[str] = ("twitter", "facebook"),
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


def goal_check(goals: pd.DataFrame, today: object) -> pd.DataFrame:
    """Read goals as a controller would: can anybody tell, on a day, whether they were met?

    ``goals`` is indexed by goal: ``owner``, ``figure`` (what is counted), ``hits`` and ``n`` (the base line),
    ``target`` (a proportion) and ``by`` (a date). Adds ``base``, its Wilson interval ``low`` and ``high``, ``weeks`` to
    go and ``problem``: the first thing that is missing, or a target inside the base line's interval, which chance can
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
    return goals.join(pd.DataFrame.from_dict(rows, orient="index"))


def _goal_problem(goal, low, high, by, now) -> str:
    for field, words in (("owner", "nobody owns it"), ("figure", "nothing is counted")):
        if pd.isna(goal[field]) or not str(goal[field]).strip():
            return words
    if low is None:
        return "no base line"
    if pd.isna(goal["target"]):
        return "no target"
    if low <= goal["target"] <= high:
        return f"the target lies inside the base line's interval, {percent(100 * low)} to {percent(100 * high)}"
    if pd.isna(by):
        return "no date"
    return "the date is past" if by <= now else ""
