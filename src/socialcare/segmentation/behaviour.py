"""Who bought lately, often and for much? RFM scores and named segments from an order log (S1.5-T3, model D6).

Written with Narwhals: pandas in, pandas out, and the same for Polars, DuckDB and the other frames that Narwhals knows.
DuckDB reads instants in the zone of its connection: give it wall times without a zone, or another zone is refused.
"""

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrameT

from socialcare.datasets import ZONE
from socialcare.formulas.segmentation import BINS, RULES, rfm_score

__all__ = ["name_segments", "rfm", "rfm_scores", "rfm_summary", "segment_table"]

SCORES = ("recency_score", "frequency_score", "money_score")


def moment(name: str, value: object, *, aware: bool = True) -> pd.Timestamp:
    """Read the day that the analysis looks back from; wall time in Madrid unless it says otherwise."""
    try:
        when = pd.Timestamp(value)
    except (TypeError, ValueError):
        when = pd.NaT
    if pd.isna(when):
        raise ValueError(f"{name} is {value!r}; expected a date such as '2026-01-01'")
    if not aware:
        return when.tz_localize(None) if when.tzinfo is not None else when
    return when.tz_localize(ZONE) if when.tzinfo is None else when.tz_convert(ZONE)


def is_aware(frame, time: str) -> bool:
    """Do the times carry a zone?"""
    return getattr(frame.collect_schema()[time], "time_zone", None) is not None


def with_day(frame, time: str, name: str, *, aware: bool):
    """Add the calendar day of a time as a number, as ``date.toordinal`` does: every backend knows parts of a date.

    ``aware`` times are read as wall time in Madrid, because some backends keep only the instant; others as they stand.
    """
    wall = nw.col(time).dt.convert_time_zone(ZONE).dt.replace_time_zone(None) if aware else nw.col(time)
    frame = frame.with_columns(wall.alias("_wall"))
    frame = frame.with_columns((nw.col("_wall").dt.year() - 1).alias("_past"), nw.col("_wall").dt.ordinal_day())
    past = nw.col("_past").cast(nw.Int64)
    day = 365 * past + past // 4 - past // 100 + past // 400 + nw.col("_wall").cast(nw.Int64)
    return frame.with_columns(day.alias(name)).drop("_wall", "_past")


def native(frame):
    """Hand back the reader's kind of frame; pandas rows are numbered anew after a sort."""
    return nw.maybe_reset_index(frame).to_native() if isinstance(frame, nw.DataFrame) else frame.to_native()


def before(orders, at: object, customer: str, time: str, amount: str):
    """Return the three columns that matter of the orders before the moment, and the moment's day number."""
    frame = nw.from_native(orders).select(customer, time, amount)
    if not frame.collect_schema()[time].is_temporal():
        raise ValueError(f"column {time!r} holds {frame.collect_schema()[time]}; expected dates or times")
    when = moment("at", at, aware=is_aware(frame, time))
    if isinstance(frame, nw.LazyFrame) or frame[time].max() >= when.to_pydatetime():  # a copy only if it is needed
        frame = frame.filter(nw.col(time) < when.to_pydatetime())
    if frame.lazy().select(nw.len()).collect().item() == 0:
        raise ValueError(f"orders has none before {at}; expected at least one")
    return frame, when.toordinal()


def rfm_summary(
    orders: IntoFrameT,
    at: object,
    *,
    customer: str = "customer_id",
    time: str = "ordered_at",
    amount: str = "amount_eur",
) -> IntoFrameT:
    """Summarise each customer's orders before ``at`` (the moment itself is not counted).

    One row per customer with ``recency_days`` (calendar days since the last order), ``orders`` (count) and
    ``spent_eur`` (sum, to the cent). Raises ValueError for a date that is none and for a log without orders before it.
    """
    frame, today = before(orders, at, customer, time, amount)
    people = frame.group_by(customer).agg(
        nw.col(time).max().alias("last"), nw.len().alias("orders"), nw.col(amount).sum().alias("spent_eur")
    )
    people = with_day(people, "last", "last_day", aware=is_aware(frame, time))
    recency = (today - nw.col("last_day")).alias("recency_days")
    spent = nw.col("spent_eur").round(2)  # cents: the order of the rows must not break a tie in the last digit of a sum
    return native(people.select(customer, recency, "orders", spent).sort(customer))


def rfm_scores(summary: IntoFrameT) -> IntoFrameT:
    """Add ``recency_score``, ``frequency_score`` and ``money_score``, 1 (worst) to 5 (best), by :func:`rfm_score`.

    Ties are never split: customers with equal values get equal scores. A lazy frame is computed here.
    """
    frame = nw.from_native(summary)
    frame = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    customers = frame.shape[0]

    def score(column: str, name: str, *, descending: bool = False) -> nw.Expr:
        worse = nw.col(column).rank("min", descending=descending).cast(nw.Int64) - 1
        return rfm_score(worse, customers).alias(name)

    return frame.with_columns(
        score("recency_days", SCORES[0], descending=True),
        score("orders", SCORES[1]),
        score("spent_eur", SCORES[2]),
    ).to_native()


def name_segments(scores: IntoFrameT) -> IntoFrameT:
    """Add ``segment``: the name of the customer's cell by the first of the rules that fits."""
    name = nw.lit(RULES[-1][0])
    for rule in reversed(RULES[:-1]):
        fits = None
        for column, (low, high) in zip(SCORES, rule[1:], strict=True):
            if (low, high) != (1, BINS):
                part = nw.col(column).is_between(low, high)
                fits = part if fits is None else fits & part
        name = nw.when(fits).then(nw.lit(rule[0])).otherwise(name)
    return nw.from_native(scores).with_columns(name.alias("segment")).to_native()


def rfm(orders: IntoFrameT, at: object, **columns: str) -> IntoFrameT:
    """Summary, scores and segment of every customer with an order before ``at``; ``columns`` as :func:`rfm_summary`."""
    return name_segments(rfm_scores(rfm_summary(orders, at, **columns)))


def segment_table(table: IntoFrameT) -> IntoFrameT:
    """Count the customers and add up the spending of each segment; shares are of the whole, from 0 to 1."""
    frame = nw.from_native(table)
    groups = frame.group_by("segment").agg(
        nw.len().alias("customers"), nw.col("spent_eur").sum(), nw.col("recency_days").median().alias("median_days")
    )
    groups = groups.with_columns(
        (nw.col("customers") / nw.col("customers").sum()).alias("share"),
        (nw.col("spent_eur") / nw.col("spent_eur").sum()).alias("spent_share"),
    )
    return native(groups.sort("spent_eur", descending=True))
