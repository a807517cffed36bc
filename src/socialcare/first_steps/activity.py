"""What did a brand's social channels do last year, and how many hours did it take?

``weekly_activity`` counts the logs ``posts``, ``tickets`` and ``mentions_hourly`` through Narwhals: pandas frames and
Polars frames, eager or lazy, serve alike. Its result has one row a week, and what follows is plain pandas.
"""

from collections.abc import Iterable, Mapping, Sequence

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrame

from socialcare.engagement import micro_interval
from socialcare.formulas import checks
from socialcare.formulas.first_steps import QUOTAS, Quota, listening_share, task_hours
from socialcare.formulas.funnel import wilson_interval

__all__ = [
    "BUSY",
    "IMPROVE_HOURS",
    "MINUTES",
    "RULE",
    "TASKS",
    "demand",
    "quota_table",
    "readings",
    "time_shares",
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

_ZONE = "Europe/Madrid"
_DAY_MS = 86_400_000
_MONDAY = 3  # 1 January 1970 was a Thursday, three days after a Monday


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
    are not draws); ``low`` and ``high``, the bootstrap interval over whole weeks (95%); and ``verdict`` on the rule by
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


def time_shares(
    activity: pd.DataFrame, minutes: Mapping[str, float], *, post: Iterable[float], mention: Iterable[float]
) -> pd.DataFrame:
    """Return the time share of listening under other assumptions: rows minutes a Facebook post, columns a mention."""
    mention = list(mention)
    rows = {}
    for post_minutes in post:
        for mention_minutes in mention:
            spent = _minutes(activity, {**minutes, "facebook": post_minutes, "mention": mention_minutes}).sum()
            share = listening_share(spent["answer"] + spent["read"], spent["publish"])
            rows.setdefault(post_minutes, {})[mention_minutes] = share
    table = pd.DataFrame.from_dict(rows, orient="index")
    return table.rename_axis("minutes a post").rename_axis("minutes a mention", axis=1)
