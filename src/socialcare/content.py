"""Which posts start a conversation, and which of the differences between them are luck?

The formulas (``socialcare.formulas.content``) are re-exported here. ``post_table`` counts a firm's whole log through
Narwhals: pandas in, pandas out, and the same for Polars, DuckDB and the other frames that Narwhals knows. What follows
works on its rows, one for each post, with pandas. Tests come from SciPy. Sources: S0.4, S1.3, S2.2, S2.3; models D1
and D14; planted effects E-c to E-f.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrameT

from socialcare.engagement import public_acts, rate_interval
from socialcare.formulas import checks
from socialcare.formulas.content import (
    acts_per_post,
    bonferroni_level,
    chance_of_a_false_finding,
    contribution,
    dispersion,
    expected_false_findings,
    log_ratio_error,
    mix_rate,
    posts_needed,
    ratio_power,
    weeks_needed,
)
from socialcare.formulas.funnel import wilson_interval
from socialcare.formulas.parity import holm

__all__ = [
    "BOOSTED_FACTOR",
    "LONG_WORDS",
    "Cadence",
    "Quota",
    "acts_per_post",
    "bonferroni_level",
    "cadence",
    "chance_of_a_false_finding",
    "compare",
    "contribution",
    "dispersion",
    "expected_false_findings",
    "experiment_plan",
    "log_ratio_error",
    "mix",
    "mix_rate",
    "post_table",
    "posts_needed",
    "quota",
    "rate_ratios",
    "rates",
    "ratio_power",
    "social_hours",
    "weeks_needed",
]

CONVERSATION = ("comment", "mention")
"""Acts that answer in words: a comment on Facebook, a mention on Twitter."""
PASSED_ON = ("retweet", "share")
LONG_WORDS = 60
"""A post of more words is long: a teaching default, because the source (S1.3-H3) says *brief* and gives no number."""
BOOSTED_FACTOR = 10
"""A post seen this many times as often as the median post of its brand and network was paid for: a teaching default."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TIMES = {"before 10:00": 10, "10:00 to 14:00": 14, "14:00 to 18:00": 18, "18:00 to 22:00": 22, "from 22:00": 24}
MEASURES = ("conversation", "passed_on")
_SEED = 20251231


class Cadence(NamedTuple):
    """Correlation of the posts in a week with the acts per post of that week, with Pearson's interval (Fisher's z)."""

    correlation: float
    low: float
    high: float
    weeks: int


class Quota(NamedTuple):
    """How often a quota of posts was met: ``met`` of ``periods``, as a share with its Wilson interval."""

    met: int
    periods: int
    share: float
    low: float
    high: float


def post_table(posts: IntoFrameT, interactions: IntoFrameT) -> IntoFrameT:
    """Return every post with what the public did about it, and with what a plan can decide about it.

    Added columns: ``conversation`` (comments and mentions), ``passed_on`` (retweets and shares), ``long`` (more than
    60 words), ``boosted`` (seen more than ten times as often as the median post of its brand and network), ``weekday``
    and ``time`` of publication, as the wall clock of the column shows them. A post that nobody answered has 0 acts.
    """
    acts = nw.from_native(public_acts(interactions)).filter(~nw.col("post_id").is_null())
    groups = {"conversation": CONVERSATION, "passed_on": PASSED_ON}
    acts = acts.with_columns(nw.col("kind").is_in(kinds).cast(nw.Int64).alias(name) for name, kinds in groups.items())
    counts = acts.group_by("post_id").agg(nw.col(name).sum() for name in groups)
    table = nw.from_native(posts).join(counts, on="post_id", how="left")
    keys = ("brand", "network")
    usual = nw.from_native(posts).group_by(*keys).agg(nw.col("impressions").median().alias("usual"))
    table = table.join(usual, on=list(keys), how="left").with_columns(
        *(nw.col(name).fill_null(0).cast(nw.Int64) for name in groups),
        (nw.col("words") > LONG_WORDS).alias("long"),
        (nw.col("impressions") > BOOSTED_FACTOR * nw.col("usual")).alias("boosted"),
        _named(nw.col("posted_at").dt.weekday(), dict(zip(WEEKDAYS, range(2, 9), strict=True))).alias("weekday"),
        _named(nw.col("posted_at").dt.hour(), TIMES).alias("time"),
    )
    table = table.drop("usual").sort("post_id")
    return nw.maybe_reset_index(table).to_native() if isinstance(table, nw.DataFrame) else table.to_native()


def _named(number: nw.Expr, ends: Mapping[str, int]) -> nw.Expr:
    """Name a number by the first of the rising ``ends`` that lies above it."""
    *first, (last, _) = ends.items()
    name = nw.lit(last)
    for label, end in reversed(first):
        name = nw.when(number < end).then(nw.lit(label)).otherwise(name)
    return name


def rates(
    table: pd.DataFrame, by: Sequence[str], measure: str = "conversation", *, confidence: float = 0.95
) -> pd.DataFrame:
    """Return acts per post for each group of ``by``, with a bootstrap interval over whole posts.

    Columns: ``posts``, ``acts``, ``rate`` (acts per post), ``low``, ``high``; in the order of the rate. The interval is
    empty for a group with one post. Raises ValueError for a table without posts and an unknown ``measure``.
    """
    _require_posts(table, measure)
    rows = {}
    for name, acts in table.groupby(list(by), observed=True)[measure]:
        interval = (float("nan"), float("nan"))
        if len(acts) > 1:
            found = rate_interval(acts, base=100 * len(acts), confidence=confidence)  # 100: that rate is in percent
            interval = (found.low, found.high)
        rows[name] = (len(acts), int(acts.sum()), acts_per_post(int(acts.sum()), len(acts)), *interval)
    index = (
        pd.MultiIndex.from_tuples(rows, names=list(by)) if len(by) > 1 else pd.Index([k[0] for k in rows], name=by[0])
    )
    found = pd.DataFrame(list(rows.values()), index=index, columns=["posts", "acts", "rate", "low", "high"])
    return found.sort_values("rate", ascending=False, kind="stable")


def mix(table: pd.DataFrame, by: str = "kind", measure: str = "conversation") -> pd.DataFrame:
    """Return the content mix: how much of what you publish, and how much of the conversation it brings.

    One row per kind: ``posts``, ``share`` of the posts with its Wilson interval ``low`` and ``high``, ``rate`` (acts
    per post) and ``contribution``, its share of all acts. Shares are proportions; the contributions add up to 1.
    """
    _require_posts(table, measure)
    groups = table.groupby(by, observed=True)[measure].agg(["size", "sum"])
    total, mean = len(table), acts_per_post(int(table[measure].sum()), len(table))
    rows = []
    for posts, acts in groups.itertuples(index=False):
        rate = acts_per_post(int(acts), int(posts))
        low, high = wilson_interval(int(posts), total)
        rows.append((posts, posts / total, low, high, rate, contribution(posts / total, rate, mean)))
    columns = ["posts", "share", "low", "high", "rate", "contribution"]
    return pd.DataFrame(rows, index=groups.index, columns=columns).sort_values(
        "contribution", ascending=False, kind="stable"
    )


def compare(
    table: pd.DataFrame,
    by: Iterable[str],
    measure: str = "conversation",
    *,
    alpha: float = 0.05,
    fewest: int = 2,
    either_side: bool = False,
    resamples: int = 4999,
    seed: int = _SEED,
) -> pd.DataFrame:
    """Compare the posts of each level with all other posts, and say which differences survive Holm's correction.

    One row per comparison: ``posts``, ``rate`` and ``others`` (acts per post), their ``ratio``, ``p_value`` (two-sided
    permutation test of the difference of the means: the posts change labels at random), ``found`` (below ``alpha`` on
    its own), ``p_holm`` and ``holds`` (below ``alpha`` after Holm's correction over all rows). A factor with two levels
    is one comparison, not two. Levels with less than ``fewest`` posts are left out.

    The p-value is twice the share of shuffles that go at least as far on the same side (SciPy's rule): acts have one
    long tail, so the two sides differ. ``either_side`` counts those on both sides once instead. Raises ValueError if
    nothing is left to compare.
    """
    _require_posts(table, measure)
    checks.inner_share("alpha", alpha)
    members = {}
    for factor in by:
        sizes = table.groupby(factor, observed=True).size()
        for level in sizes.index[-1:] if len(sizes) == 2 else sizes.index:
            if min(sizes[level], len(table) - sizes[level]) >= fewest:
                members[factor, str(level)] = (table[factor] == level).to_numpy()
    if not members:
        raise ValueError(f"no level has {fewest} posts with {fewest} others beside it; expected something to compare")
    acts = table[measure].to_numpy(float)
    rows = [(*name, int(inside.sum()), acts[inside].mean(), acts[~inside].mean()) for name, inside in members.items()]
    found = pd.DataFrame(rows, columns=["factor", "level", "posts", "rate", "others"])
    found["ratio"] = found["rate"] / found["others"].where(found["others"] > 0)
    found["p_value"] = _permuted(acts, list(members.values()), either_side, resamples, seed)
    found["found"] = found["p_value"] < alpha
    found["p_holm"] = holm(found["p_value"].tolist())
    found["holds"] = found["p_holm"] < alpha
    return found.sort_values(["p_value", "factor", "level"], ignore_index=True)


def _permuted(acts, members, either_side: bool, resamples: int, seed: int):
    """Two-sided p-values of differences of means: the posts swap places at random, for all comparisons at once."""
    import numpy as np  # noqa: PLC0415
    from scipy import stats  # noqa: PLC0415

    inside = np.stack(members).astype(float)
    outside = 1 - inside
    weights = inside / inside.sum(axis=1, keepdims=True) - outside / outside.sum(axis=1, keepdims=True)

    def differences(shuffled, axis):
        difference = (shuffled * weights).sum(axis=axis)
        return np.abs(difference) if either_side else difference

    found = stats.permutation_test(
        (np.broadcast_to(acts, weights.shape),),
        differences,
        permutation_type="pairings",
        alternative="greater" if either_side else "two-sided",
        vectorized=True,
        n_resamples=checks.whole_positive("resamples", resamples),
        batch=250,
        axis=-1,
        random_state=np.random.default_rng(seed),  # the browser's SciPy does not know it as rng yet
    )
    return found.pvalue


def rate_ratios(
    table: pd.DataFrame,
    factors: Sequence[str],
    measure: str = "conversation",
    *,
    reference: Mapping[str, object] | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Estimate the ratio of each level's rate to that of the reference level, all other factors held equal.

    Negative binomial regression, which allows counts to vary more than Poisson counts do. One row per
    factor and level: ``ratio``, ``low``, ``high``, ``p_value``. ``reference`` names the level to compare with, by
    factor; without it the most frequent one. The result carries k, the dispersion, in ``attrs["dispersion"]``. Raises
    ValueError for a factor with one level, an unknown reference and a fit that does not converge.
    """
    import numpy as np  # noqa: PLC0415
    from scipy import stats  # noqa: PLC0415

    from socialcare.regression import negative_binomial  # noqa: PLC0415

    _require_posts(table, measure)
    columns = {}
    for factor in factors:
        levels = table[factor].value_counts()
        base = (reference or {}).get(factor, levels.index[0])
        if base not in levels.index:
            raise ValueError(
                f"reference {factor} is {base!r}; expected one of {', '.join(map(str, sorted(levels.index)))}"
            )
        if len(levels) < 2:
            raise ValueError(f"{factor} has the level {base!r} only; expected two or more to compare")
        for level in sorted(set(levels.index) - {base}):
            columns[factor, str(level)] = (table[factor] == level).astype(float)
    design = np.column_stack([np.ones(len(table)), *columns.values()])
    fit = negative_binomial(table[measure].to_numpy(float), design)
    logs, errors = fit.coefficients[1:], fit.errors[1:]
    reach = stats.norm.isf((1 - checks.inner_share("confidence", confidence)) / 2) * errors
    index = pd.MultiIndex.from_tuples(columns, names=["factor", "level"])
    values = {
        "ratio": np.exp(logs),
        "low": np.exp(logs - reach),
        "high": np.exp(logs + reach),
        "p_value": 2 * stats.norm.sf(np.abs(logs / errors)),
    }
    result = pd.DataFrame(values, index=index)
    result.attrs["dispersion"] = fit.dispersion
    return result


def cadence(table: pd.DataFrame, measure: str = "conversation") -> Cadence:
    """Ask whether posts in a full week do better or worse than posts in an empty one: a correlation over weeks.

    Observational: nobody drew at random how much was published. Weeks run from Monday to Sunday; weeks without a post
    have no acts per post and are left out. Raises ValueError for fewer than four weeks or weeks that are all alike.
    """
    from scipy import stats  # noqa: PLC0415

    _require_posts(table, measure)
    weeks = _weeks(table)[measure].agg(["size", "mean"])
    if len(weeks) < 4 or weeks["size"].nunique() < 2 or weeks["mean"].nunique() < 2:
        raise ValueError(f"the posts fill {len(weeks)} weeks; expected four or more that differ in posts and acts")
    found = stats.pearsonr(weeks["size"], weeks["mean"])
    interval = found.confidence_interval(0.95)
    return Cadence(float(found.statistic), float(interval.low), float(interval.high), len(weeks))


def _weeks(table: pd.DataFrame):
    wall = table["posted_at"].dt.tz_localize(None)
    return table.groupby(wall.dt.to_period("W-SUN"))


def quota(table: pd.DataFrame, least: int, every: str) -> Quota:
    """Count the days or weeks (``every``) with at least ``least`` posts, from the first post to the last one.

    Days and weeks without a post count too. Raises ValueError for a period that is neither ``day`` nor ``week``.
    """
    checks.whole_positive("least", least)
    if every not in {"day", "week"}:
        raise ValueError(f"every is {every!r}; expected 'day' or 'week'")
    _require_posts(table)
    period = table["posted_at"].dt.tz_localize(None).dt.to_period("D" if every == "day" else "W-SUN")
    counts = period.value_counts().reindex(pd.period_range(period.min(), period.max(), name=every), fill_value=0)
    met = int((counts >= least).sum())
    return Quota(met, len(counts), met / len(counts), *wilson_interval(met, len(counts)))


def social_hours(
    tickets: pd.DataFrame,
    table: pd.DataFrame,
    minutes_per_post: Mapping[str, float],
    channels: Sequence[str] = ("twitter", "facebook"),
) -> pd.Series:
    """Return the hours of a year's work on the networks that the tables can show, and when the cases came in.

    ``answering`` are the handling minutes of the cases of ``channels``, ``publishing`` is ``minutes_per_post`` of
    its network for each post (your own estimate), both in hours; ``cases`` their number, ``out_of_hours`` the share
    that was opened at a weekend, before 9:00 or from 20:00. Planning, reports and reading are in no table. Raises
    ValueError for negative minutes or no case.
    """
    for network in table["network"].unique():
        checks.non_negative(f"minutes_per_post[{network!r}]", minutes_per_post.get(network))
    cases = tickets[tickets["channel"].isin(channels)]
    if cases.empty:
        raise ValueError(f"tickets has no case of {' or '.join(channels)}; expected at least one")
    opened = cases["opened_at"].dt
    outside = (opened.day_of_week >= 5) | (opened.hour < 9) | (opened.hour >= 20)
    values = {
        "answering": cases["handle_minutes"].sum() / 60,
        "publishing": table["network"].map(minutes_per_post).sum() / 60,
        "cases": len(cases),
        "out_of_hours": outside.mean(),
    }
    return pd.Series(values, name="year")


def experiment_plan(
    versions: Sequence[str], posts_per_version: int, posts_a_week: int, *, seed: int = _SEED
) -> pd.DataFrame:
    """Draw which post gets which version: one row per post with ``week``, ``slot`` and ``version``.

    The order is drawn in blocks that hold every version once, so that no version gets all the early weeks. The seed
    makes the draw repeatable. Raises ValueError for fewer than two versions or counts that are not above 0.
    """
    import numpy as np  # noqa: PLC0415

    checks.whole_positive("posts_per_version", posts_per_version)
    checks.whole_positive("posts_a_week", posts_a_week)
    if len(set(versions)) < 2 or len(set(versions)) != len(versions):
        raise ValueError(f"versions is {list(versions)}; expected two or more different names")
    rng = np.random.default_rng(seed)
    order = [str(name) for _ in range(posts_per_version) for name in rng.permutation(list(versions))]
    rows = [(place // posts_a_week + 1, place % posts_a_week + 1, name) for place, name in enumerate(order)]
    return pd.DataFrame(rows, columns=["week", "slot", "version"])


def _require_posts(table: pd.DataFrame, measure: str = "conversation") -> None:
    if measure not in MEASURES:
        raise ValueError(f"measure is {measure!r}; expected one of {', '.join(MEASURES)}")
    if table.empty:
        raise ValueError("the table holds no posts; expected at least one")
