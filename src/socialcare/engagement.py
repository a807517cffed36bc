"""How strongly does an audience respond, to whom, and how sure can we be? Engagement rates from an event log.

The formulas (``socialcare.formulas.engagement``) are re-exported here. The analyses take the tables ``interactions``,
``posts`` and ``audience`` (columns and units: ``datasets/datapackage.json``) and are written with Narwhals: pandas in,
pandas out, and the same for Polars, DuckDB and the other frames that Narwhals knows. Sources: S0.4; model D1.
"""

import math
from collections.abc import Iterable
from typing import NamedTuple

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrameT

from socialcare.datasets import ZONE
from socialcare.formulas import checks
from socialcare.formulas.engagement import (
    active_fans,
    break_even_active_share,
    engagement_rate,
    erfb,
    ertw,
    ertw_by_polarity,
    macro_average,
    micro_average,
    rate_per_post,
)

__all__ = [
    "ACTIVE_WINDOW_DAYS",
    "Interval",
    "active_fans",
    "active_followers",
    "average_rates",
    "break_even_active_share",
    "clusters",
    "compare",
    "count_acts",
    "difference",
    "engagement_rate",
    "erfb",
    "ertw",
    "ertw_by_polarity",
    "macro_average",
    "micro_average",
    "micro_difference",
    "micro_interval",
    "per_post",
    "public_acts",
    "rate_interval",
    "rate_per_post",
    "set_aside",
    "weekly",
]

ACTIVE_WINDOW_DAYS = 28
"""A follower is active with at least one visible act in this many days: a choice, since no platform publishes it."""

NOT_PUBLIC = ("own_account", "bot")
COUNTED = {"twitter": ("retweet", "mention"), "facebook": ("comment", "like", "share")}  # S0.4-F1, S0.4-F2
KINDS = ("retweet", "mention", "like", "comment", "share")
POLARITIES = ("positive", "neutral", "service_request", "negative")
KEYS = ("brand", "network")

_DAY_MS = 86_400_000
_MONDAY = 3  # 1 January 1970 was a Thursday, three days after a Monday


class Interval(NamedTuple):
    """An estimate from a sample with its bootstrap percentile interval; ``clusters`` is the number resampled."""

    rate: float
    low: float
    high: float
    confidence: float
    clusters: int


def _moment(name: str, value: object) -> pd.Timestamp:
    """Read a date or time; one without an offset is wall time in Madrid."""
    try:
        moment = pd.Timestamp(value)
    except (TypeError, ValueError):
        moment = pd.NaT
    if pd.isna(moment):
        raise ValueError(f"{name} is {value!r}; expected a date such as '2025-03-10'")
    return moment.tz_localize(ZONE) if moment.tzinfo is None else moment.tz_convert(ZONE)


def _period(start: object, end: object) -> tuple[pd.Timestamp, pd.Timestamp]:
    first, after = _moment("start", start), _moment("end", end)
    if after <= first:
        raise ValueError(f"end is {end}; expected a time after start, {start} (the end itself is not counted)")
    return first, after


def _within(column: str, first: pd.Timestamp, after: pd.Timestamp) -> nw.Expr:
    return (nw.col(column) >= first.to_pydatetime()) & (nw.col(column) < after.to_pydatetime())


def _is_counted() -> nw.Expr:
    """True for the kinds of act that the source's formula of the row's network counts."""
    (first, kinds), *others = COUNTED.items()
    counted = (nw.col("network") == first) & nw.col("kind").is_in(kinds)
    for network, kinds in others:
        counted = counted | ((nw.col("network") == network) & nw.col("kind").is_in(kinds))
    return counted


def _week(column: str) -> nw.Expr:
    """Number the calendar weeks (Monday to Sunday, wall time), so that acts and audience meet on a whole number."""
    day = nw.col(column).dt.replace_time_zone(None).dt.timestamp("ms") // _DAY_MS
    return ((day + _MONDAY) // 7).cast(nw.Int64)


def _flag(condition: nw.Expr, name: str) -> nw.Expr:
    """1 where the condition holds: summing a plain column is what every backend groups fast."""
    return condition.cast(nw.Int64).alias(name)


def _native(frame):
    """Hand back the reader's kind of frame; pandas rows are numbered anew after a sort."""
    return nw.maybe_reset_index(frame).to_native() if isinstance(frame, nw.DataFrame) else frame.to_native()


def public_acts(interactions: IntoFrameT) -> IntoFrameT:
    """Keep the acts of the public: each ``interaction_id`` once, without the brand's own accounts and bots."""
    frame = nw.from_native(interactions)
    return _native(frame.filter(~nw.col("actor_type").is_in(NOT_PUBLIC)).unique("interaction_id", keep="any"))


def set_aside(interactions: IntoFrameT) -> IntoFrameT:
    """Count what :func:`public_acts` leaves out: acts per brand, network, kind and actor type (own account, bot)."""
    frame = nw.from_native(interactions).filter(nw.col("actor_type").is_in(NOT_PUBLIC))
    keys = [*KEYS, "kind", "actor_type"]
    return _native(frame.group_by(keys).agg(nw.len().alias("acts")).sort(keys))


def active_followers(
    interactions: IntoFrameT, at: object, *, window_days: int = ACTIVE_WINDOW_DAYS, kinds: Iterable[str] | None = None
) -> IntoFrameT:
    """Count the active followers at a moment: distinct followers with a visible act in the days before it.

    ``at`` itself is not counted. One row per brand and network with ``active_followers`` (people). ``kinds`` limits
    what counts as an act. Raises ValueError for a window that is not a whole number of days above 0.
    """
    checks.whole_positive("window_days", window_days)
    until = _moment("at", at)
    frame = nw.from_native(public_acts(interactions)).filter(
        nw.col("actor_type") == "follower", _within("occurred_at", until - pd.DateOffset(days=window_days), until)
    )
    if kinds is not None:
        frame = frame.filter(nw.col("kind").is_in(list(kinds)))
    people = frame.group_by(KEYS).agg(nw.col("actor_id").n_unique().alias("active_followers"))
    return _native(people.sort(KEYS))


def count_acts(interactions: IntoFrameT, start: object, end: object) -> IntoFrameT:
    """Count public acts in the period [start, end): one row per brand and network.

    Columns: ``retweets``, ``mentions``, ``likes``, ``comments``, ``shares`` and ``interactions``, the acts that the
    network's formula counts (twitter: retweets and mentions; facebook: comments, likes and shares).
    """
    acts = nw.from_native(public_acts(interactions)).filter(_within("occurred_at", *_period(start, end)))
    flags = [_flag(nw.col("kind") == kind, f"{kind}s") for kind in KINDS]
    acts = acts.with_columns(*flags, _flag(_is_counted(), "interactions"))
    totals = [nw.col(column).sum() for column in (*(f"{kind}s" for kind in KINDS), "interactions")]
    return _native(acts.group_by(KEYS).agg(*totals).sort(KEYS))


def compare(
    interactions: IntoFrameT, posts: IntoFrameT, audience: IntoFrameT, start: object, end: object
) -> IntoFrameT:
    """Compare brands over any period [start, end) with every common denominator beside the source's own.

    One row per brand and network: the counts of :func:`count_acts`, mentions that answer no post included; the
    ``posts`` published in the period, with their ``impressions`` and ``reach`` added up (each person once per post);
    ``followers`` and ``active_followers`` as the mean of the weeks that the period touches; and the rates in percent:
    ``per_active`` (ERTw, ERFb), ``per_follower``, ``per_impression``, ``per_person_reached`` and
    ``per_post_and_follower``. Raises ValueError for a period without posts or audience.
    """
    first, after = _period(start, end)
    published = nw.from_native(posts).filter(_within("posted_at", first, after))
    published = published.group_by(KEYS).agg(
        nw.len().alias("posts"), nw.col("impressions").sum(), nw.col("reach").sum()
    )
    monday_before = (first.tz_localize(None) - pd.Timedelta(days=7)).to_pydatetime()
    weeks = nw.from_native(audience).filter(
        (nw.col("week_start") > monday_before) & (nw.col("week_start") < after.tz_localize(None).to_pydatetime())
    )
    weeks = weeks.group_by(KEYS).agg(nw.col("followers").mean(), nw.col("active_followers").mean())
    table = nw.from_native(count_acts(interactions, first, after))
    table = table.join(published, on=list(KEYS), how="left").join(weeks, on=list(KEYS), how="left")
    bases = ("posts", "impressions", "reach", "followers", "active_followers")
    _require_bases(table, bases, f"from {first:%Y-%m-%d} to {after:%Y-%m-%d}")
    acts = nw.col("interactions")
    rates = table.with_columns(
        engagement_rate(acts, nw.col("active_followers")).alias("per_active"),
        engagement_rate(acts, nw.col("followers")).alias("per_follower"),
        engagement_rate(acts, nw.col("impressions")).alias("per_impression"),
        engagement_rate(acts, nw.col("reach")).alias("per_person_reached"),
        rate_per_post(acts, nw.col("posts"), nw.col("followers")).alias("per_post_and_follower"),
    )
    return _native(rates.sort(KEYS))


def _require_bases(table, columns: Iterable[str], when: str) -> None:
    """Refuse a rate whose denominator is missing or zero, and say for whom."""
    for column in columns:
        empty = table.filter(nw.col(column).is_null() | (nw.col(column) <= 0)).select(*KEYS).head(1)
        rows = (empty.collect() if isinstance(empty, nw.LazyFrame) else empty).rows()
        if rows:
            brand, network = rows[0]
            raise ValueError(f"{column} of {brand} on {network} {when} is missing or 0; expected more than 0")


def weekly(interactions: IntoFrameT, audience: IntoFrameT) -> IntoFrameT:
    """Return the engagement rate of every week in ``audience``, with the polarity of the mentions and comments.

    One row per brand, network and ``week_start``: ``interactions``, ``active_followers``, ``rate`` (ERTw or ERFb, in
    percent) and its parts in percentage points: ``without_words`` (retweets, likes, shares) and one column per
    polarity. The parts add up to ``rate``. A week without acts has rate 0. Needs an eager frame.
    """
    acts = nw.from_native(public_acts(interactions), eager_only=True).filter(_is_counted())
    flags = [_flag(nw.col("polarity").fill_null("") == polarity, polarity) for polarity in POLARITIES]
    acts = acts.with_columns(_week("occurred_at").alias("week"), *flags)
    spoken = [nw.col(polarity).sum() for polarity in POLARITIES]
    counts = acts.group_by(*KEYS, "week").agg(nw.len().alias("interactions"), *spoken)
    weeks = nw.from_native(audience, eager_only=True).with_columns(_week("week_start").alias("week"))
    _require_bases(weeks, ["active_followers"], "in a week of the audience table")
    table = weeks.join(counts, on=[*KEYS, "week"], how="left")
    parts = ("interactions", *POLARITIES)
    table = table.with_columns(nw.col(part).fill_null(0).cast(nw.Int64) for part in parts)
    table = table.with_columns((nw.col("interactions") - sum(nw.col(p) for p in POLARITIES)).alias("without_words"))
    active = nw.col("active_followers")
    table = table.with_columns(
        engagement_rate(nw.col("interactions"), active).alias("rate"),
        *(engagement_rate(nw.col(part), active).alias(part) for part in ("without_words", *POLARITIES)),
    )
    columns = (*KEYS, "week_start", "interactions", "active_followers", "rate", "without_words", *POLARITIES)
    return _native(table.select(*columns).sort(*KEYS, "week_start"))


def per_post(posts: IntoFrameT, interactions: IntoFrameT) -> IntoFrameT:
    """Return every post with its counted public ``interactions`` and its ``rate`` by impressions (percent).

    A post that nobody answered has 0 interactions; it is a post all the same.
    """
    acts = nw.from_native(public_acts(interactions)).filter(_is_counted(), ~nw.col("post_id").is_null())
    counts = acts.group_by("post_id").agg(nw.len().alias("interactions"))
    table = nw.from_native(posts).join(counts, on="post_id", how="left")
    table = table.with_columns(nw.col("interactions").fill_null(0).cast(nw.Int64))
    rate = engagement_rate(nw.col("interactions"), nw.col("impressions")).alias("rate")
    return _native(table.with_columns(rate).sort("post_id"))


def average_rates(post_rates: IntoFrameT) -> IntoFrameT:
    """Average the table of :func:`per_post` in the two ways that reports mix up, per brand and network (percent).

    ``micro`` is the ratio of sums (:func:`micro_average`), ``macro`` the mean of ratios (:func:`macro_average`).
    """
    frame = nw.from_native(post_rates).group_by(KEYS)
    sums = frame.agg(
        nw.len().alias("posts"),
        nw.col("interactions").sum(),
        nw.col("impressions").sum(),
        nw.col("rate").mean().alias("macro"),
    )
    micro = engagement_rate(nw.col("interactions"), nw.col("impressions")).alias("micro")
    return _native(sums.with_columns(micro).select(*KEYS, "posts", "micro", "macro").sort(KEYS))


def clusters(
    posts: pd.DataFrame, interactions: pd.DataFrame, brand: str, network: str, *, start: object, end: object
) -> dict[str, pd.Series]:
    """Group a brand's counted acts into the units that a bootstrap may resample: they are independent, acts are not.

    ``"posts"``: acts in [start, end) on each post that was published in the period (zeros included) or still drew acts
    in it. ``"days"``: spontaneous acts (without a post) on each day of the period, zeros included. Together they are
    the ``interactions`` of :func:`count_acts`. Raises ValueError for another network than those of ``COUNTED``, and if
    the brand published nothing in the period.
    """
    if network not in COUNTED:
        raise ValueError(f"network is {network!r}; expected one of {', '.join(COUNTED)}")
    first, after = _period(start, end)
    own = posts[(posts["brand"] == brand) & (posts["network"] == network)]
    own = own[(own["posted_at"] >= first) & (own["posted_at"] < after)]
    if own.empty:
        raise ValueError(f"posts has none of {brand} on {network} from {start} to {end}; expected at least one")
    acts = public_acts(interactions)
    acts = acts[(acts["brand"] == brand) & (acts["network"] == network) & acts["kind"].isin(COUNTED[network])]
    acts = acts[(acts["occurred_at"] >= first) & (acts["occurred_at"] < after)]
    by_post = acts.groupby("post_id").size()
    by_post = by_post.reindex(by_post.index.union(own["post_id"]), fill_value=0)
    spontaneous = acts[acts["post_id"].isna()]
    days = pd.date_range(first.normalize(), after, freq="D", inclusive="left")
    by_day = spontaneous.groupby(spontaneous["occurred_at"].dt.normalize()).size().reindex(days, fill_value=0)
    return {"posts": by_post.rename("acts"), "days": by_day.rename("acts").rename_axis("day")}


def rate_interval(
    *strata: Iterable[int], base: float, confidence: float = 0.95, resamples: int = 2000, seed: int = 20251231
) -> Interval:
    """Bootstrap an engagement rate with a fixed base (active followers): percent, with a percentile interval.

    Each of ``strata`` holds acts per cluster (:func:`clusters`) and is resampled on its own. Acts are over-dispersed
    and a rate may exceed 100, so neither Poisson nor Wilson intervals apply (model D1). Uses SciPy's ``bootstrap``.
    """
    checks.positive("base", base)

    def rate(*samples, axis=-1):
        return 100 * sum(sample.sum(axis=axis) for sample in samples) / base

    return _bootstrap(strata, rate, paired=False, confidence=confidence, resamples=resamples, seed=seed)


def difference(first: Interval, second: Interval) -> Interval:
    """Return ``first`` minus ``second``, two independent rates, with the interval that follows from their own.

    The distances from each rate to its ends add up as squares do: Newcombe's way for two shares (1998), which Zou and
    Donner (2008) show for any estimates. Raises ValueError for intervals of two confidences.
    """
    if first.confidence != second.confidence:
        raise ValueError(f"the second confidence is {second.confidence}; expected {first.confidence} as the first")
    gap = first.rate - second.rate
    low = gap - math.hypot(first.rate - first.low, second.high - second.rate)
    high = gap + math.hypot(first.high - first.rate, second.rate - second.low)
    return Interval(gap, low, high, first.confidence, first.clusters + second.clusters)


def micro_interval(
    interactions: Iterable[int],
    impressions: Iterable[int],
    *,
    confidence: float = 0.95,
    resamples: int = 2000,
    seed: int = 20251231,
) -> Interval:
    """Bootstrap the micro average by post: numerator and denominator of a post stay together. Percent."""

    def rate(acts, shown, axis=-1):
        return 100 * acts.sum(axis=axis) / shown.sum(axis=axis)

    return _bootstrap(
        (interactions, impressions), rate, paired=True, confidence=confidence, resamples=resamples, seed=seed
    )


def micro_difference(
    first: pd.DataFrame,
    second: pd.DataFrame,
    *,
    confidence: float = 0.95,
    resamples: int = 2000,
    seed: int = 20251231,
) -> Interval:
    """Bootstrap the micro average of ``first`` minus that of ``second``, in points; each draws its own posts again.

    Both hold ``interactions`` and ``impressions``, a row for each post (:func:`per_post`). Two intervals that overlap
    say little about a difference: this is its own.
    """
    import numpy as np  # noqa: PLC0415

    tables = [table[["interactions", "impressions"]].to_numpy(dtype=float) for table in (first, second)]

    def rate(table, drawn):
        sums = table[drawn.astype(int)].sum(axis=-2)
        return 100 * sums[..., 0] / sums[..., 1]

    def gap(ours, theirs, axis=-1):
        return rate(tables[0], ours) - rate(tables[1], theirs)

    rows = [np.arange(len(table)) for table in tables]
    return _bootstrap(rows, gap, paired=False, confidence=confidence, resamples=resamples, seed=seed)


def _bootstrap(samples, statistic, *, paired, confidence, resamples, seed) -> Interval:
    import numpy as np  # noqa: PLC0415  with SciPy: only the intervals need them
    from scipy import stats  # noqa: PLC0415

    data = [np.asarray(list(sample), dtype=float) for sample in samples]
    for sample in data:
        if len(sample) < 2:
            raise ValueError(f"the sample has {len(sample)} clusters; expected at least 2 to resample")
        if not np.isfinite(sample).all() or (sample < 0).any():
            raise ValueError("the sample holds a negative or missing count; expected counts of 0 or more")
    result = stats.bootstrap(
        data,
        statistic,
        paired=paired,
        vectorized=True,
        n_resamples=checks.whole_positive("resamples", resamples),
        confidence_level=checks.share("confidence", confidence),
        method="percentile",
        random_state=np.random.default_rng(seed),
    )
    low, high = (float(bound) for bound in result.confidence_interval)
    counted = len(data[0]) if paired else sum(len(sample) for sample in data)
    return Interval(float(statistic(*data)), low, high, confidence, counted)
