"""How long do people wait, on which clock, and what do they and the law expect?

The formulas (``socialcare.formulas.service_levels``) are re-exported here. The waits of a log are computed with
Narwhals (pandas in, pandas out; Polars likewise); summaries are small pandas tables. Cases without a human reply are
*right-censored*: they have waited at least until today, and are never dropped. Automatic replies stop no clock.
Dates of the legal engine come from the package ``holidays``. Sources: S3.2-02, S3.2-05; models D7 and C8; articles 2,
13 and 17 of Law 10/2025 and article 21.3 of the consumer act, as read in November 2026. Not legal advice.
"""

import datetime as dt
import warnings
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import narwhals as nw
import numpy as np
import pandas as pd
from narwhals.typing import IntoFrameT

from socialcare.complaints import PROBLEMS, Proportion, wilson
from socialcare.datasets import TODAY, ZONE
from socialcare.formulas import checks
from socialcare.formulas.funnel import newcombe_interval
from socialcare.formulas.palette import CHANNEL, QUIET
from socialcare.formulas.service_levels import (
    BADGE_MINUTES,
    BADGE_RATE,
    EXPECTATIONS,
    LAW_SECONDS,
    LAW_SHARE,
    badge_earned,
    best_mean,
    expectation_met,
    expects_within,
    law_readings,
    share_below,
    wait_through_closing,
)
from socialcare.formulas.wording import shown_name

__all__ = [
    "BADGE_MINUTES",
    "BADGE_RATE",
    "CAFE_BRISA",
    "EXPECTATIONS",
    "LAW_SECONDS",
    "LAW_SHARE",
    "Applicability",
    "Opening",
    "Proportion",
    "add_working_days",
    "answered_within",
    "attendance",
    "badge_earned",
    "badge_ways",
    "badge_weeks",
    "best_mean",
    "by_desk",
    "compare_waits",
    "curve_table",
    "deadlines",
    "draw_waiting",
    "due",
    "expectation_met",
    "expects_within",
    "law_applies",
    "law_readings",
    "open_minutes",
    "opening_intervals",
    "percentile_definitions",
    "percentile_interval",
    "promise_kept",
    "resolution_times",
    "satisfied",
    "share_below",
    "stay_by_wait",
    "still_waiting",
    "summary",
    "wait_percentile",
    "wait_through_closing",
    "waiting_curve",
    "waiting_times",
    "ways_of_counting",
]


CURVE_HOURS = (0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 24, 48, 96, 168)


class Opening(NamedTuple):
    """Opening hours: pairs of opening and closing hour by weekday (0 = Monday), with zone and holiday calendar.

    ``country`` and ``region`` name a calendar of the package ``holidays``; without a country no day is a holiday.
    """

    hours: Mapping[int, tuple[tuple[float, float], ...]]
    zone: str = ZONE
    country: str | None = None
    region: str | None = None


CAFE_BRISA = Opening({**{day: ((9, 20),) for day in range(5)}, 5: ((9, 14),)})
"""Monday to Friday 9:00 to 20:00, Saturday 9:00 to 14:00 in Madrid; the invented shop keeps no public holidays."""


def _holidays(country: str | None, region: str | None, years: Iterable[int]) -> set[dt.date]:
    if country is None:
        return set()
    import holidays  # noqa: PLC0415  only calendars need it

    try:
        return set(holidays.country_holidays(country, subdiv=region, years=list(years)))
    except NotImplementedError:
        place = f"{country}, {region}" if region else country
        raise ValueError(f"the calendar of {place} is unknown; expected a country such as 'ES', region 'MD'") from None


def opening_intervals(opening: Opening, start: object, end: object) -> pd.DataFrame:
    """Return every opening from the day of ``start`` to the day of ``end`` as moments ``opens`` and ``closes``.

    Wall-clock hours become moments of the zone, so a day with a change of clocks is as long as it is. ValueError for
    hours outside 0 to 24, for pairs out of order, and if the desk never opens.
    """
    for day, pairs in opening.hours.items():
        checks.whole_between("weekday", day, 0, 6)
        flat = [hour for pair in pairs for hour in pair]
        if flat != sorted(set(flat)) or (flat and not 0 <= flat[0] <= flat[-1] <= 24):
            raise ValueError(f"the hours of weekday {day} are {pairs}; expected rising pairs from 0 to 24")
    first, last = (
        pd.Timestamp(moment).tz_convert(opening.zone).tz_localize(None).normalize() for moment in (start, end)
    )
    days = pd.date_range(first, last, freq="D")
    closed = _holidays(opening.country, opening.region, range(first.year, last.year + 1))
    rows = [
        (day + pd.Timedelta(hours=opens), day + pd.Timedelta(hours=closes))
        for day in days
        if day.date() not in closed
        for opens, closes in opening.hours.get(day.weekday(), ())
    ]
    if not rows:
        raise ValueError("the desk never opens in that time; expected opening hours on at least one day")
    table = pd.DataFrame(rows, columns=["opens", "closes"])
    # a wall-clock hour that the change of clocks skips begins when the clocks have changed
    return table.apply(lambda column: column.dt.tz_localize(opening.zone, ambiguous=True, nonexistent="shift_forward"))


def _seconds(moments) -> np.ndarray:
    """Return moments as whole seconds since 1970; missing ones as NaN."""
    index = pd.DatetimeIndex(pd.to_datetime(moments, utc=True))
    return np.where(index.isna(), np.nan, index.as_unit("us").asi8 / 1e6)


def open_minutes(start: Iterable, end: Iterable, opening: Opening = CAFE_BRISA) -> np.ndarray:
    """Return the minutes between two moments in which the desk is open; missing moments give NaN.

    ``start`` and ``end`` hold moments with their zone. ValueError if an end lies before its start.
    """
    begins, ends = _seconds(start), _seconds(end)
    if (ends < begins).any():
        position = int((ends < begins).argmax())
        raise ValueError(f"end {position} lies before its start; expected a later moment")
    if np.isnan(begins).all() or np.isnan(ends).all():
        return np.full(len(begins), np.nan)
    limits = [pd.Timestamp(moment, unit="s", tz="UTC") for moment in (np.nanmin(begins), np.nanmax(ends))]
    intervals = opening_intervals(opening, limits[0] - pd.Timedelta(days=1), limits[1] + pd.Timedelta(days=1))
    opens, closes = _seconds(intervals["opens"]), _seconds(intervals["closes"])
    before = np.concatenate([[0], np.cumsum(closes - opens)])

    def open_until(moment):
        place = np.searchsorted(opens, moment, side="right")
        since = np.clip(moment - opens[place - 1], 0, (closes - opens)[place - 1])
        return np.where(place > 0, before[place - 1] + since, 0)

    return np.where(np.isnan(begins) | np.isnan(ends), np.nan, (open_until(ends) - open_until(begins)) / 60)


def waiting_times(tickets: IntoFrameT, *, opening: Opening = CAFE_BRISA, until: object = TODAY) -> IntoFrameT:
    """Add the wait for the first *human* reply to each case, on both clocks.

    ``answered`` says whether a person has replied by ``until``; ``wait_hours`` runs to that reply, or else to
    ``until``: then it is a wait *so far*. ``age_hours`` runs to ``until`` for every case. ``wait_open_hours`` and
    ``age_open_hours`` count opening hours only. Columns needed: ``opened_at``, ``first_human_reply_at``. Raises
    ValueError for a reply before the case was opened. pandas or Polars.
    """
    frame = nw.from_native(tickets, eager_only=True)
    opened = _seconds(frame["opened_at"].to_list())
    replied = _seconds(frame["first_human_reply_at"].to_list())
    today = _seconds([pd.Timestamp(until)])[0]
    if (replied < opened).any():
        row = int((replied < opened).argmax()) + 1
        raise ValueError(f"first_human_reply_at of row {row} lies before opened_at; expected a later moment")
    answered = ~np.isnan(replied) & (replied <= today)
    ends = np.where(answered, replied, today)
    if (ends < opened).any():
        row = int((ends < opened).argmax()) + 1
        raise ValueError(f"opened_at of row {row} lies after {pd.Timestamp(until).date()}; expected an earlier moment")
    begins, stops = (pd.to_datetime(seconds, unit="s", utc=True) for seconds in (opened, ends))
    columns = {
        "answered": answered,
        "wait_hours": (ends - opened) / 3600,
        "wait_open_hours": open_minutes(begins, stops, opening) / 60,
        "age_hours": (today - opened) / 3600,
        "age_open_hours": open_minutes(begins, [pd.Timestamp(until)] * len(opened), opening) / 60,
    }
    new = [nw.new_series(name, values, backend=frame.implementation) for name, values in columns.items()]
    if frame.implementation.is_pandas():
        for series in new:
            series.to_native().index = nw.to_native(frame).index
    return frame.with_columns(*new).to_native()


def due(waits: pd.DataFrame, hours: float, clock: str = "wait_hours") -> pd.DataFrame:
    """Return the cases of :func:`waiting_times` that have had ``hours``, answered or not.

    A younger case stays out even if it has its reply: those who still wait cannot be counted yet, so whoever counted
    the answered ones alone would flatter the desk.
    """
    age = "age_open_hours" if clock == "wait_open_hours" else "age_hours"
    return waits[waits[age] >= checks.positive("hours", hours)]


def answered_within(waits: pd.DataFrame, hours: float, clock: str = "wait_hours") -> Proportion:
    """Share of the cases that are :func:`due` with a human reply within ``hours``, with its Wilson interval.

    Takes what :func:`waiting_times` or, with the clock ``gross_hours``, :func:`resolution_times` returns.
    """
    counted = due(waits, hours, clock)
    return wilson(int((counted["answered"] & (counted[clock] <= hours)).sum()), len(counted))


def _censored(waits: pd.DataFrame, clock: str):
    from scipy import stats  # noqa: PLC0415  heavy; simulators start without it

    if waits.empty:
        raise ValueError("there are no cases; expected at least one")
    values, answered = waits[clock].to_numpy(float), waits["answered"].to_numpy(bool)
    return stats.CensoredData(uncensored=values[answered], right=values[~answered])


def waiting_curve(waits: pd.DataFrame, clock: str = "wait_hours"):
    """Return SciPy's Kaplan-Meier estimate of the waits: ``.sf`` still wait after so many hours, ``.cdf`` do not.

    Cases without a reply enter as right-censored at their wait so far (C8). Raises ValueError for no cases.
    """
    from scipy import stats  # noqa: PLC0415

    return stats.ecdf(_censored(waits, clock))


def wait_percentile(waits: pd.DataFrame, percent: float, clock: str = "wait_hours") -> float:
    """Return the wait within which ``percent`` of the cases get a human reply; NaN if the log never gets there.

    The smallest wait at which the Kaplan-Meier estimate reaches the percentage; with no censoring this is numpy's
    ``method="inverted_cdf"`` (C8). Raises ValueError for a percentage that is not between 0 and 100.
    """
    wanted = checks.inner_share("percent / 100", percent / 100)
    cdf = waiting_curve(waits, clock).cdf
    reached = cdf.probabilities >= wanted - 1e-12
    return float(cdf.quantiles[reached.argmax()]) if reached.any() else float("nan")


def percentile_interval(
    waits: pd.DataFrame, percent: float, clock: str = "wait_hours", *, confidence: float = 0.95
) -> tuple[float, float]:
    """Return the interval of :func:`wait_percentile`: where the band of the Kaplan-Meier curve reaches the percentage.

    The band is SciPy's, log-log (Brookmeyer and Crowley 1982 read intervals off it). An end that the band never reaches
    is NaN. Raises ValueError as :func:`wait_percentile` does.
    """
    wanted = checks.inner_share("percent / 100", percent / 100)
    curve = waiting_curve(waits, clock).sf
    with warnings.catch_warnings():  # where everybody has been answered there is no band: NaN
        warnings.simplefilter("ignore", RuntimeWarning)
        level = checks.inner_share("confidence", confidence)
        band = curve.confidence_interval(confidence_level=level, method="log-log")
    ends = []
    for side in (band.low, band.high):
        reached = np.nan_to_num(side.probabilities, nan=0.0) <= 1 - wanted + 1e-12
        ends.append(float(side.quantiles[reached.argmax()]) if reached.any() else float("nan"))
    return ends[0], ends[1]


def curve_table(waits: pd.DataFrame, hours: Iterable[float], clock: str = "wait_hours") -> pd.DataFrame:
    """Return the share that still waits after each of ``hours``, with a 95% interval (log-log)."""
    curve = waiting_curve(waits, clock).sf
    with warnings.catch_warnings():  # where nobody has been answered yet, or everybody, there is no interval: NaN
        warnings.simplefilter("ignore", RuntimeWarning)
        band = curve.confidence_interval(confidence_level=0.95, method="log-log")
    at = np.asarray(list(hours), dtype=float)
    return pd.DataFrame(
        {"waiting": curve.evaluate(at), "low": band.low.evaluate(at), "high": band.high.evaluate(at)},
        index=pd.Index(at, name="hours"),
    )


def still_waiting(waits: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the percentage that still waits, by hours since the message: a column for each group."""
    groups = waits.groupby(by, sort=True)
    return pd.DataFrame({name: 100 * curve_table(group, CURVE_HOURS)["waiting"] for name, group in groups})


def draw_waiting(curves: pd.DataFrame):
    """Draw what :func:`still_waiting` returns: one line for each group, a dashed line at 24 hours."""
    import plotly.graph_objects as go  # noqa: PLC0415  figures only

    from socialcare.figures import line_styles  # noqa: PLC0415

    figure = go.Figure()
    for name, style in line_styles(curves.columns).items():
        colour = {"color": CHANNEL.get(name, style["line"]["color"])}
        line, marker = style["line"] | colour, style["marker"] | colour | {"size": 7}
        figure.add_scatter(x=list(curves.index), y=curves[name], name=shown_name(name), line=line, marker=marker)
    figure.add_vline(x=24, line={"dash": "dash", "width": 1, "color": QUIET})
    figure.update_layout(xaxis_title="hours since the message (log scale)", yaxis_title="still waiting (%)", height=460)
    return figure.update_xaxes(type="log", tickvals=[0.02, 0.1, 0.5, 2, 8, 24, 96])


def compare_waits(one: pd.DataFrame, other: pd.DataFrame, clock: str = "wait_hours"):
    """Test whether two groups wait alike, unanswered cases included: SciPy's log-rank test (D7)."""
    from scipy import stats  # noqa: PLC0415

    return stats.logrank(_censored(one, clock), _censored(other, clock))


def percentile_definitions(values: Iterable[float], percent: float) -> pd.Series:
    """Return one percentile in three of numpy's definitions: state which one you use (C8)."""
    data = np.asarray(list(values), dtype=float)
    if not len(data) or np.isnan(data).any():
        raise ValueError("values are empty or hold a missing one; expected at least one number")
    checks.share("percent / 100", percent / 100)
    methods = ("inverted_cdf", "linear", "higher")
    return pd.Series({method: float(np.percentile(data, percent, method=method)) for method in methods}, name=percent)


def summary(waits: pd.DataFrame, by: str, clock: str = "wait_hours") -> pd.DataFrame:
    """Return a row for each group: cases, still waiting, answered within 30 minutes and 24 hours, and percentiles.

    Shares come with Wilson intervals; P50, P80 and P90 are Kaplan-Meier percentiles in hours.
    """
    rows = {}
    for name, group in waits.groupby(by, sort=True):
        row = {"cases": len(group), "no_reply": int((~group["answered"]).sum())}
        for label, limit in (("30_min", 0.5), ("24_h", 24)):
            found = answered_within(group, limit, clock)
            row |= {f"within_{label}": found.share, f"low_{label}": found.low, f"high_{label}": found.high}
        row |= {f"p{percent}": wait_percentile(group, percent, clock) for percent in (50, 80, 90)}
        rows[name] = row
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(by)


def resolution_times(tickets: pd.DataFrame, until: object = TODAY) -> pd.DataFrame:
    """Return the time to the closing of a case, gross and without the pauses in which it waited for the customer.

    Both are hours; ``answered`` is True for closed cases, with or without a solution, so that :func:`wait_percentile`
    takes the table: report both. ``age_hours`` runs to ``until``. A pause longer than the case is cut at the case.
    """
    ends = tickets["resolved_at"].fillna(pd.Timestamp(until))
    age = (pd.Timestamp(until) - tickets["opened_at"]).dt.total_seconds() / 3600
    gross = (ends - tickets["opened_at"]).dt.total_seconds() / 3600
    net = (gross - tickets["waiting_on_customer_minutes"] / 60).clip(lower=0)
    hours = {"gross_hours": gross, "net_hours": net, "age_hours": age}
    return pd.DataFrame({"answered": tickets["resolved_at"].notna(), **hours})


def satisfied(waits: pd.DataFrame, network: str) -> dict[str, float]:
    """Return the share of people whose expectation was met: mean over cases of the chance that they expect no sooner.

    ``share`` interpolates the survey on the logarithm of time, with a 95% interval of the mean (normal); ``literal``
    takes its answers as they stand (who expects "within 2 hours" is content until 2 hours). A case without a reply
    meets nobody's expectation. ``n`` counts cases.
    """
    from scipy import stats  # noqa: PLC0415

    if len(waits) < 2:
        raise ValueError(f"there are {len(waits)} cases; expected at least 2")
    hours = [wait if answered else None for wait, answered in zip(waits["wait_hours"], waits["answered"], strict=True)]
    met = np.array([expectation_met(wait, network) for wait in hours])
    steps = ((0.0, 0.0), *EXPECTATIONS[network])
    literal = [
        0.0 if wait is None else 1 - max(share for _, share in ((h, s) for h, s in steps if h < wait or h == 0))
        for wait in hours
    ]
    low, high = stats.norm.interval(0.95, loc=met.mean(), scale=stats.sem(met)) if met.std() else (met[0], met[0])
    return {
        "share": float(met.mean()),
        "low": float(low),
        "high": float(high),
        "literal": float(np.mean(literal)),
        "n": len(met),
    }


def badge_weeks(tickets: pd.DataFrame, *, reply: str = "first_human_reply_at", typical: str = "median") -> pd.DataFrame:
    """Return a row for each week (Monday to Sunday): messages, rate, typical minutes, and badge or no badge.

    ``reply`` names the column of the reply that counts; ``typical`` is ``median`` or ``mean``, since the published
    texts leave that open (B20). The first and the last week are left out, because a log may cut them. A week without a
    reply earns no badge; one without a message has no row.
    """
    if typical not in ("median", "mean"):
        raise ValueError(f"typical is {typical!r}; expected 'median' or 'mean'")
    monday = tickets["opened_at"].dt.tz_localize(None).dt.normalize()
    monday -= pd.to_timedelta(monday.dt.day_of_week, unit="D")
    minutes = (tickets[reply] - tickets["opened_at"]).dt.total_seconds() / 60
    grouped = minutes.groupby(monday.rename("week"))
    table = pd.DataFrame({"messages": grouped.size(), "answered": grouped.count(), "minutes": grouped.agg(typical)})
    whole = (table.index > monday.min()) & (table.index < monday.max())
    table = table[whole].assign(rate=table["answered"] / table["messages"])
    table["badge"] = [
        bool(row.answered) and badge_earned(int(row.messages), int(row.answered), row.minutes)
        for row in table.itertuples()
    ]
    return table[["messages", "answered", "rate", "minutes", "badge"]]


def badge_ways(page: pd.DataFrame) -> pd.DataFrame:
    """Count the weeks with a badge in four ways: who replies (people, or robots too), and median or mean time.

    ``page`` holds the cases of one page; robots reply in ``first_auto_reply_at``.
    """
    page = page.assign(any_reply=page[["first_auto_reply_at", "first_human_reply_at"]].min(axis=1))
    rows = {}
    for who, reply in (("people", "first_human_reply_at"), ("people or robot", "any_reply")):
        for typical in ("median", "mean"):
            weeks = badge_weeks(page, reply=reply, typical=typical)
            rows[who, typical] = {"weeks": len(weeks), "with_badge": int(weeks["badge"].sum())}
    return pd.DataFrame(rows).T.rename_axis(["reply by", "time"])


def attendance(waits: pd.DataFrame) -> list[float | None]:
    """Return the waits in seconds for :func:`law_readings`; ``None`` for whoever was never attended."""
    return [
        3600 * wait if answered else None for wait, answered in zip(waits["wait_hours"], waits["answered"], strict=True)
    ]


def ways_of_counting(waits: pd.DataFrame) -> pd.Series:
    """Return the median wait in hours in three ways, the first two wrong.

    Automatic replies stop the clock; only human replies do, but whoever still waits is dropped; nobody is dropped.
    Takes what :func:`waiting_times` returns, with the column ``first_auto_reply_at``.
    """
    any_reply = waits[["first_auto_reply_at", "first_human_reply_at"]].min(axis=1) - waits["opened_at"]
    return pd.Series(
        {
            "automatic replies stop the clock": any_reply.dt.total_seconds().median() / 3600,
            "human replies, the waiting dropped": waits.loc[waits["answered"], "wait_hours"].median(),
            "human replies, the waiting counted": wait_percentile(waits, 50),
        },
        name="median wait (hours)",
    )


def by_desk(waits: pd.DataFrame, opening: Opening = CAFE_BRISA) -> pd.DataFrame:
    """Return cases and median waits in hours, on both clocks, of messages that found the desk open or shut."""
    opened = waits["opened_at"]
    shut = open_minutes(opened, opened + pd.Timedelta(seconds=1), opening) == 0
    rows = {
        name: {"cases": len(part)}
        | {clock: wait_percentile(part, 50, clock) for clock in ("wait_hours", "wait_open_hours")}
        for name, part in (("desk open", waits[~shut]), ("desk shut", waits[shut]))
        if len(part)
    }
    return pd.DataFrame.from_dict(rows, orient="index")


def promise_kept(
    waits: pd.DataFrame, opening: Opening = CAFE_BRISA, *, hours: float = 4, morning: float = 2
) -> pd.DataFrame:
    """Return how often a promise on the customer's clock was kept, with Wilson intervals.

    Who writes while ``hours`` of opening are left is answered within them; whoever writes later, or finds the desk
    shut, ``morning`` hours after the next opening at the latest. Cases whose time has not come yet are left out.
    """
    checks.positive("hours", hours)
    checks.positive("morning", morning)
    opened = waits["opened_at"]
    shut = open_minutes(opened, opened + pd.Timedelta(seconds=1), opening) == 0
    left = open_minutes(opened, opened + pd.Timedelta(hours=hours), opening) / 60
    early = ~shut & (left >= hours)
    allowed = np.select([early, shut], [hours, morning], left + morning)
    kept, had_time = waits["answered"] & (waits["wait_open_hours"] <= allowed), waits["age_open_hours"] >= allowed
    rows = {
        name: wilson(int(kept[part].sum()), int(part.sum()))
        for name, part in (("written early", had_time & early), ("written later or at night", had_time & ~early))
        if part.any()
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=Proportion._fields).rename_axis("message")


BANDS = {"within 1 hour": 1, "1 to 4 hours": 4, "4 to 24 hours": 24, "later": float("inf")}


def stay_by_wait(waits: pd.DataFrame) -> pd.DataFrame:
    """Return how many customers with a problem stayed 90 days, by the wait for the first human reply (B-01).

    The shares come with their Wilson intervals; ``fewer`` is the difference to the first row, with Newcombe's interval.
    Problems of the last 90 days are left out: nobody knows yet.
    """
    asked = waits[waits["type"].isin(PROBLEMS) & waits["stayed_90_days"].notna()]
    band = pd.cut(asked["wait_hours"].where(asked["answered"]), [-1, *BANDS.values()], labels=list(BANDS))
    band = band.cat.add_categories("no reply").fillna("no reply")
    table = asked["stayed_90_days"].astype(float).groupby(band, observed=False).agg(["size", "sum"])
    rows = {}
    for name, cases, stayed in table.itertuples():
        row = {"cases": cases, "stayed": stayed / cases if cases else float("nan")}
        if cases:
            row |= {"low": (found := wilson(int(stayed), cases)).low, "high": found.high}
            if rows and (first := table.iloc[0])["size"]:
                low, high = newcombe_interval(int(first["sum"]), int(first["size"]), int(stayed), cases)
                row |= {"fewer": first["sum"] / first["size"] - found.share, "fewer_low": low, "fewer_high": high}
        rows[name] = row
    columns = ["cases", "stayed", "low", "high", "fewer", "fewer_low", "fewer_high"]
    return pd.DataFrame(rows, index=columns).T.astype({"cases": int}).rename_axis("first human reply")


def add_working_days(start: dt.date, days: int, *, country: str = "ES", region: str | None = "MD") -> dt.date:
    """Return the date ``days`` working days after ``start``: no Saturdays, Sundays or public holidays of the region.

    The day of ``start`` itself does not count. ``region`` is a code of the package ``holidays``, such as MD or CT;
    local holidays of a town are not in it. Raises ValueError for a negative or fractional number of days.
    """
    checks.count("days", days)
    closed = _holidays(country, region, range(start.year, start.year + 2 + int(days) // 200))
    day, left = start, int(days)
    while left:
        day += dt.timedelta(days=1)
        left -= day.weekday() < 5 and day not in closed
    return day


class Applicability(NamedTuple):
    """Whether Law 10/2025 covers a firm, and why."""

    covered: bool
    reason: str


def law_applies(
    *, basic_service: bool = False, workers: int = 0, turnover_meur: float = 0, balance_meur: float = 0
) -> Applicability:
    """Say whether article 2 of Law 10/2025 covers a firm or group; money in million EUR. Not legal advice.

    Basic services of general interest are covered at any size (some mainly by the law of their sector); other firms
    from 250 workers, above 50 million EUR of turnover or above 43 million EUR of balance sheet.
    """
    checks.count("workers", workers)
    checks.non_negative("turnover_meur", turnover_meur)
    checks.non_negative("balance_meur", balance_meur)
    if basic_service:
        return Applicability(True, "a basic service of general interest, of any size")
    if workers >= 250:
        return Applicability(True, "250 workers or more")
    if turnover_meur > 50:
        return Applicability(True, "turnover above 50 million EUR")
    if balance_meur > 43:
        return Applicability(True, "balance sheet above 43 million EUR")
    return Applicability(False, "no basic service, and below all three sizes")


KINDS = ("claim", "billing", "outage")


def _moment(name: str, value: object) -> pd.Timestamp:
    try:
        moment = pd.Timestamp(value)
    except (ValueError, TypeError):
        moment = pd.NaT
    if moment is pd.NaT:
        raise ValueError(f"{name} is {value!r}; expected a date such as '2026-12-02'")
    return moment


def deadlines(
    kind: str,
    filed_at: object,
    *,
    covered: bool,
    completed_at: object = None,
    asked_at: object = None,
    region: str | None = "MD",
) -> pd.DataFrame:
    """Return the deadlines of a case as a table: rule, article, due; the first row is the earliest. Not legal advice.

    ``kind`` is ``claim``, ``billing`` or ``outage`` (of a continuous basic service); ``covered`` comes from
    :func:`law_applies`. Whoever sends an incomplete claim to a covered firm gets at least 10 working days from
    ``asked_at``, and the clocks of Law 10/2025 start at ``completed_at`` (article 13); the 15 days of the consumer act
    run from ``filed_at``, the careful reading. A day is due at its end; an outage is due at the hour. Where the text
    does not say *working* days, calendar days are taken. Raises ValueError for an unknown kind, no date, a request
    or completion before the claim, a request after the completion, and an outage of a firm that is not covered.
    """
    if kind not in KINDS:
        raise ValueError(f"kind is {kind!r}; expected one of {', '.join(KINDS)}")
    if kind == "outage" and not covered:
        raise ValueError("kind is 'outage' and covered is False; expected a continuous basic service, which is covered")
    filed = _moment("filed_at", filed_at)
    start = _moment("completed_at", completed_at) if completed_at is not None else filed
    if start < filed:
        raise ValueError(f"completed_at is {start.date()}; expected the day of filing, {filed.date()}, or later")
    asked = _moment("asked_at", asked_at) if asked_at is not None else None
    if asked is not None and asked < filed:
        raise ValueError(f"asked_at is {asked.date()}; expected the day of filing, {filed.date()}, or later")
    if asked is not None and completed_at is not None and asked > start:
        raise ValueError(f"asked_at is {asked.date()}; expected the day of completion, {start.date()}, or earlier")
    rows = [("every trader answers a claim in 15 days", "consumer act 21.3", filed + pd.Timedelta(days=15))]
    if kind == "outage":
        rows = []
    if covered:
        working = add_working_days(start.date(), 15, region=region)
        rows.append(("resolve in 15 working days", "Law 10/2025, 17", working))
        if kind == "billing":
            rows.append(("answer on billing in 5 days", "Law 10/2025, 17", start + pd.Timedelta(days=5)))
        if kind == "outage":
            rows.append(("answer on an outage in 2 hours", "Law 10/2025, 17", start + pd.Timedelta(hours=2)))
    if covered and asked is not None:
        until = add_working_days(asked.date(), 10, region=region)
        rows.append(("the customer may complete the claim at least until", "Law 10/2025, 13", until))
    text = [
        (rule, article, due.strftime("%Y-%m-%d %H:%M") if "hours" in rule else str(pd.Timestamp(due).date()))
        for rule, article, due in rows
    ]
    table = pd.DataFrame(text, columns=["rule", "article", "due"])
    return table.sort_values("due", kind="stable").reset_index(drop=True)
