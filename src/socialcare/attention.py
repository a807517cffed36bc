"""What did a service failure cost in attention, hour by hour, and how long did it last? Mentions against calm weeks.

The formulas (``socialcare.formulas.attention``) are re-exported here. The analyses take ``mentions_hourly`` (one row
per hour, episodes labelled in ``crisis_id``) and ``posts``. The baseline is declared: the same hour of the week over
the last calm weeks before the episode, labelled hours left out. This is a look back at an episode that is known;
whether an hour should ring an alarm is another question. Sources: S4.1, S4.8; model D9.
"""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from socialcare.datasets import ZONE
from socialcare.formulas import checks
from socialcare.formulas.attention import (
    break_even_saved,
    decayed,
    decayed_total,
    desk_hours,
    dies_out,
    expected_mentions,
    extra_mentions,
    final_size,
    mentions_saved,
    paying_r,
    peak_ratio,
    reproduction_number,
    size_after,
    size_with_reply,
)
from socialcare.formulas.funnel import wilson_interval

__all__ = [
    "CALM_WEEKS",
    "NORMAL_FACTOR",
    "NORMAL_WINDOW",
    "Decay",
    "baselines",
    "break_even_saved",
    "decay",
    "decayed",
    "decayed_total",
    "desk_hours",
    "dies_out",
    "episode",
    "episode_name",
    "expected_by_hour",
    "expected_mentions",
    "extra_mentions",
    "final_size",
    "hour_of_week",
    "hours_to_normal",
    "mentions_saved",
    "negative_shares",
    "notices",
    "paying_r",
    "peak_ratio",
    "replay",
    "reproduction_number",
    "share_interval",
    "size_after",
    "size_with_reply",
    "summary",
    "worth_answering",
]

CALM_WEEKS = 8  # weeks behind a baseline
NORMAL_WINDOW = 12  # hours that must be ordinary before an episode counts as over
NORMAL_FACTOR = 1.5  # times the expected mentions that such hours may hold
_HORIZON = 21 * 24  # hours after its start in which the end of an episode is looked for
_WEEK = 168
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Decay(NamedTuple):
    """Extra mentions that halve: fitted height at the peak, half-life in hours, the area, and what was counted."""

    peak: float
    half_life: float
    total: float
    counted: float


def hour_of_week(times: pd.Series) -> pd.Series:
    """Number the hours of the week by the clock in Madrid: Monday 0:00 is 0, Sunday 23:00 is 167."""
    local = times.dt.tz_convert(ZONE)
    return local.dt.day_of_week * 24 + local.dt.hour


def expected_by_hour(
    mentions: pd.DataFrame,
    before: pd.Timestamp,
    *,
    weeks: int = CALM_WEEKS,
    average: str = "mean",
    count: str = "mentions",
) -> pd.Series:
    """Return the expected ``count`` for each hour of the week: its ``average`` over the last calm weeks.

    For each hour of the week these are the last ``weeks`` hours before ``before`` without a label in ``crisis_id``.
    Raises ValueError if one has fewer, or if ``average`` is not mean or median.
    """
    if average not in {"mean", "median"}:
        raise ValueError(f"average is {average!r}; expected mean or median")
    checks.whole_positive("weeks", weeks)
    calm = mentions[mentions["crisis_id"].isna() & (mentions["hour_start"] < before)].sort_values("hour_start")
    groups = calm.groupby(hour_of_week(calm["hour_start"]).rename("hour_of_week"))[count]
    found = groups.size().reindex(range(_WEEK), fill_value=0)
    if found.min() < weeks:
        day, hour = divmod(int(found.idxmin()), 24)
        raise ValueError(
            f"{_DAYS[day]} {hour}:00 has {found.min()} calm weeks before {before:%Y-%m-%d}; expected at least {weeks}"
        )
    return groups.apply(lambda hours: hours.tail(weeks).agg(average)).rename("expected")


def episode(mentions: pd.DataFrame, label: str) -> pd.DataFrame:
    """Return the labelled hours of an episode. Raises ValueError if no hour has the label."""
    ours = mentions[mentions["crisis_id"] == label]
    if ours.empty:
        labels = ", ".join(sorted(mentions["crisis_id"].dropna().unique())) or "none, no hour is labelled"
        raise ValueError(f"episode {label!r} is unknown; expected one of {labels}")
    return ours.sort_values("hour_start", ignore_index=True)


def episode_name(mentions: pd.DataFrame, label: str) -> str:
    """Return an episode's month and label, as a figure names it: ``March (C1)``."""
    return f"{episode(mentions, label)['hour_start'].iloc[0]:%B} ({label})"


def replay(
    mentions: pd.DataFrame, label: str, *, weeks: int = CALM_WEEKS, average: str = "mean", hours: int | None = None
) -> pd.DataFrame:
    """Replay an episode hour by hour: what came, what was expected, and what was known by the end of each hour.

    Columns: ``hour`` (the first is 1), ``hour_start``, ``mentions``, ``negative_mentions``, ``tagged_mentions``,
    ``expected`` and ``expected_tagged``, ``extra``, the running sums ``so_far``, ``expected_so_far`` and
    ``extra_so_far``, and the ``negative_share`` so far with its 95% Wilson interval ``low`` and ``high`` (empty
    before the first mention). ``hours`` replays so many hours from the start instead of the labelled ones.
    """
    labelled = episode(mentions, label)
    start = labelled["hour_start"].iloc[0]
    ours = labelled
    if hours is not None:
        after = start + pd.Timedelta(hours=checks.whole_positive("hours", hours))
        ours = mentions[(mentions["hour_start"] >= start) & (mentions["hour_start"] < after)]
        ours = ours.sort_values("hour_start", ignore_index=True)
    place = hour_of_week(ours["hour_start"])
    table = ours[["hour_start", "mentions", "negative_mentions", "tagged_mentions"]].copy()
    table.insert(0, "hour", range(1, len(table) + 1))
    for column, count in (("expected", "mentions"), ("expected_tagged", "tagged_mentions")):
        table[column] = place.map(expected_by_hour(mentions, start, weeks=weeks, average=average, count=count))
    table["extra"] = table["mentions"] - table["expected"]
    for column, part in (("so_far", "mentions"), ("expected_so_far", "expected"), ("extra_so_far", "extra")):
        table[column] = table[part].cumsum()
    known = [
        share_interval(negative, said)
        for negative, said in zip(table["negative_mentions"].cumsum(), table["so_far"], strict=True)
    ]
    return table.join(pd.DataFrame(known, columns=["negative_share", "low", "high"], index=table.index))


def share_interval(part: int, whole: int) -> tuple[float | None, float | None, float | None]:
    """Return a share with its 95% Wilson interval; three times nothing if there is nothing to divide."""
    return (part / whole, *wilson_interval(int(part), int(whole))) if whole else (None, None, None)


def hours_to_normal(
    mentions: pd.DataFrame,
    label: str,
    *,
    window: int = NORMAL_WINDOW,
    factor: float = NORMAL_FACTOR,
    weeks: int = CALM_WEEKS,
) -> int | None:
    """Return the hours from an episode's start until it is over, or None if it is not over within three weeks.

    It is over when, after the peak, the last ``window`` hours together brought no more than ``factor`` times their
    expected mentions. The label's end plays no part.
    """
    checks.whole_positive("window", window)
    checks.positive("factor", factor)
    table = replay(mentions, label, weeks=weeks, hours=_HORIZON)
    peak = int(table["extra"].iloc[: len(episode(mentions, label))].argmax())
    sums = table[["mentions", "expected"]].rolling(window).sum()
    over = (sums["mentions"] <= factor * sums["expected"]) & (table.index > peak)
    return int(table.loc[over.idxmax(), "hour"]) if over.any() else None


def decay(replayed: pd.DataFrame) -> Decay:
    """Fit an exponential decay to the extra mentions from the loudest hour on (least squares, SciPy).

    Raises ValueError if fewer than 6 hours follow the peak, or if nothing is extra at the peak.
    """
    import numpy as np  # noqa: PLC0415  with SciPy: the only function that needs them
    from scipy import optimize  # noqa: PLC0415

    after = replayed["extra"].iloc[int(replayed["extra"].argmax()) :].to_numpy()
    if len(after) < 7:
        raise ValueError(f"{len(after) - 1} hours follow the peak; expected at least 6")
    if after[0] <= 0:
        raise ValueError(f"the peak has {after[0]:g} extra mentions; expected more than 0")
    hours = np.arange(len(after))
    bounds = ([0, 0.1], [10 * after[0], 10 * len(after)])
    (peak, half_life), _ = optimize.curve_fit(
        lambda passed, height, halves: height * 2 ** (-passed / halves), hours, after, p0=(after[0], 8), bounds=bounds
    )
    return Decay(float(peak), float(half_life), decayed_total(float(peak), float(half_life)), float(after.sum()))


def summary(mentions: pd.DataFrame, label: str, *, weeks: int = CALM_WEEKS) -> dict[str, float]:
    """Sum an episode up: what it cost in attention, how loud, how long, and what it said."""
    table = replay(mentions, label, weeks=weeks)
    loudest = table.loc[table["mentions"].idxmax()]
    return {
        "mentions": int(table["mentions"].sum()),
        "expected": float(table["expected"].sum()),
        "extra": float(table["extra"].sum()),
        "extra with the handle": float((table["tagged_mentions"] - table["expected_tagged"]).sum()),
        "loudest hour": int(loudest["mentions"]),
        "times the expected": peak_ratio(int(loudest["mentions"]), float(loudest["expected"])),
        "half-life (hours)": decay(table).half_life,
        "hours to normal": hours_to_normal(mentions, label, weeks=weeks),
        "negative (%)": 100 * float(table["negative_mentions"].sum() / table["mentions"].sum()),
    }


def negative_shares(mentions: pd.DataFrame, label: str, *, days: int = 7) -> pd.DataFrame:
    """Return the share of negative mentions in the ``days`` before an episode, during it and in the days after.

    Columns: ``when``, ``mentions``, ``negative``, ``share``, ``low`` and ``high`` (95% Wilson).
    """
    ours = episode(mentions, label)
    start, after = ours["hour_start"].iloc[0], ours["hour_start"].iloc[-1] + pd.Timedelta(hours=1)
    span = pd.Timedelta(days=checks.whole_positive("days", days))
    rows = []
    for name, first, last in (
        ("before", start - span, start),
        ("during", start, after),
        ("after", after, after + span),
    ):
        part = mentions[(mentions["hour_start"] >= first) & (mentions["hour_start"] < last)]
        said, negative = int(part["mentions"].sum()), int(part["negative_mentions"].sum())
        rows.append((name, said, negative, *share_interval(negative, said)))
    return pd.DataFrame(rows, columns=["when", "mentions", "negative", "share", "low", "high"])


def notices(posts: pd.DataFrame, brand: str, mentions: pd.DataFrame, label: str) -> pd.DataFrame:
    """Return the brand's service notices during an episode, first come first, with the hours since its start.

    Columns: ``network``, ``posted_at``, ``hours_after`` and ``hour``, the hour of :func:`replay` it falls into.
    """
    ours = episode(mentions, label)
    start, after = ours["hour_start"].iloc[0], ours["hour_start"].iloc[-1] + pd.Timedelta(hours=1)
    told = posts[(posts["brand"] == brand) & (posts["kind"] == "service_notice")]
    told = told[(told["posted_at"] >= start) & (told["posted_at"] < after)].sort_values(
        "posted_at", kind="stable", ignore_index=True
    )
    told = told[["network", "posted_at"]].copy()
    told["hours_after"] = (told["posted_at"] - start) / pd.Timedelta(hours=1)
    told["hour"] = told["hours_after"].astype(int) + 1
    return told


def baselines(mentions: pd.DataFrame, label: str, *, weeks: int = CALM_WEEKS) -> pd.DataFrame:
    """Return expected and extra mentions of an episode under four baselines, of which one is sound.

    The others are common: the median, the mean of the whole table with its episodes, and the hours just before.
    """
    ours = episode(mentions, label)
    said, start = int(ours["mentions"].sum()), ours["hour_start"].iloc[0]
    just_before = mentions[
        (mentions["hour_start"] < start) & (mentions["hour_start"] >= start - pd.Timedelta(hours=12))
    ]
    expected = {
        "same hour of the week, mean": replay(mentions, label, weeks=weeks)["expected"].sum(),
        "same hour of the week, median": replay(mentions, label, weeks=weeks, average="median")["expected"].sum(),
        "mean of all hours, episodes included": mentions["mentions"].mean() * len(ours),
        "the twelve hours before": just_before["mentions"].mean() * len(ours),
    }
    table = pd.DataFrame({"expected": expected}).rename_axis("baseline")
    return table.assign(extra=said - table["expected"])


def worth_answering(rs: Iterable[float], cut: float, needed: float) -> pd.DataFrame:
    """Return, for each R below 1, how many speak about one post, how many an immediate reply saves, and if it pays.

    ``cut`` is the part of the passing on that the reply prevents, ``needed`` the mentions it must save
    (:func:`break_even_saved`).
    """
    table = pd.DataFrame({"R": list(rs)}).set_index("R", drop=False)
    table["speakers without an answer"] = [final_size(r) for r in table["R"]]
    table["speakers saved"] = [mentions_saved(r, cut) for r in table["R"]]
    return table.drop(columns="R").assign(pays=table["speakers saved"] >= needed)
