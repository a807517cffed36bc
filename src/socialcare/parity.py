"""Are groups of customers served alike? Shares in time, waits and verdicts, for groups that people declared or chose.

The formulas (``socialcare.formulas.parity``) are re-exported here. What a firm runs on its whole log
(:func:`answered_within`, :func:`counts`) takes any frame that Narwhals knows; the rest works with pandas on its small
results. A grouping column passes the gate of ``socialcare.privacy`` first: nothing is inferred from a photo, a name or
a biography. Sources: S0.2 (the same treatment for all), evidence B18, B41 and B44; model D11.
"""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrameT

from socialcare import privacy, service_levels
from socialcare.datasets import TODAY
from socialcare.formulas import checks
from socialcare.formulas.funnel import newcombe_interval, sample_size, two_proportion_z, wilson_interval
from socialcare.formulas.parity import (
    ALPHA,
    GAP,
    MARGIN,
    NOT_ENOUGH,
    PARITY,
    SMALL_GAP,
    break_even_cases,
    common_difference,
    difference_p,
    equivalence_p,
    equivalence_power,
    equivalence_sample_size,
    four_fifths_ratio,
    holm,
    koopman_interval,
    power_of_difference,
    verdict,
)

__all__ = [
    "ALPHA",
    "BASES",
    "CALLBACKS",
    "CHOSEN",
    "GAP",
    "LANGUAGES",
    "MARGIN",
    "NOT_ENOUGH",
    "PARITY",
    "SMALLEST_CELL",
    "SMALL_GAP",
    "CommonDifference",
    "WaitComparison",
    "answered_within",
    "break_even_cases",
    "by_stratum",
    "common",
    "common_difference",
    "compare",
    "compare_waits",
    "counts",
    "difference_p",
    "equivalence_p",
    "equivalence_power",
    "equivalence_sample_size",
    "four_fifths_ratio",
    "holm",
    "koopman_interval",
    "may_group",
    "newcombe_interval",
    "power_of_difference",
    "require_group",
    "sample_size",
    "statement",
    "status_bands",
    "two_proportion_z",
    "verdict",
    "wait_curves",
    "waits",
    "waits_by_stratum",
    "wilson_interval",
]

SMALLEST_CELL = 30
"""Groups with fewer cases are not shown (model D11): they tell little, and a person might be recognised in them."""

CHOSEN = ("language", "channel", "device")
"""Columns that hold a choice of the customer: the language written in, the channel and the device used."""

LANGUAGES = {
    "es": "Spanish",
    "en": "English",
    "ca": "Catalan",
    "fr": "French",
    "pt": "Portuguese",
    "de": "German",
}
"""The names of the language codes in the tables, for figures and reports."""

BASES = ("declared", "chosen", "service record")
"""How a group may be known: the person declared it, chose it, or the firm's own record of the service says it."""

CALLBACKS = {"names given mostly to White people": (235, 2435), "names given mostly to Black people": (157, 2435)}
"""Call-backs and CVs of a published experiment: equal CVs, only the name differed (Bertrand and Mullainathan 2004).
The counts follow from the published 9.65% and 6.45% of 4,870 CVs in two equal halves."""

OUTCOME = "answered_in_time"
REFERENCE, SUPPRESSED = "reference", "not shown: too few cases"


class CommonDifference(NamedTuple):
    """Share of A minus share of B with the strata held equal (Mantel-Haenszel), and the crude one beside it."""

    difference: float
    low: float
    high: float
    crude: float
    crude_low: float
    crude_high: float


class WaitComparison(NamedTuple):
    """Median waits in hours (Kaplan-Meier; infinite if fewer than half were answered) and the log-rank test."""

    median_a: float
    median_b: float
    statistic: float
    p: float


def require_group(column: str, basis: str | None = None) -> None:
    """Raise ValueError unless people may be compared by ``column``.

    The gate of ``socialcare.privacy`` comes first: what is forbidden or needs explicit consent is refused with its
    reason and law. A ``*_declared`` column and the customer's choices (``CHOSEN``) pass; any other column needs a
    ``basis``, one of ``BASES``: say how you know it. "Inferred" is no basis.
    """
    checked = privacy.gate([column]).loc[column]
    if checked["status"] in {"forbidden", "explicit consent"}:
        raise ValueError(f"column {column!r} is refused ({checked['status']}): {checked['reason']} ({checked['law']})")
    if basis is not None and basis not in BASES:
        raise ValueError(f"basis is {basis!r}; expected one of {', '.join(BASES)}")
    if basis is None and column not in CHOSEN and not column.endswith("_declared"):
        raise ValueError(
            f"column {column!r} has no basis; expected a column that ends in _declared, one of {', '.join(CHOSEN)}, "
            f"or a basis: {', '.join(BASES)}"
        )


def may_group(columns: Iterable[str]) -> pd.DataFrame:
    """Say for each column whether people may be compared by it, and if not, why (:func:`require_group`)."""
    answers = {}
    for column in columns:
        try:
            require_group(column)
            answers[column] = "yes"
        except ValueError as refusal:
            answers[column] = f"no: {refusal}"
    return pd.DataFrame({"may be compared": answers}).rename_axis("column")


def answered_within(tickets: IntoFrameT, hours: float = 24, *, today: object = TODAY) -> IntoFrameT:
    """Add ``answered_in_time``: did a person answer within ``hours`` of the opening?

    A case without a human reply counts as not answered; an automatic reply does not count. Cases opened less than
    ``hours`` before ``today`` have not had their time yet and are left out. Raises ValueError for hours not above 0.
    """
    allowed = dt.timedelta(hours=checks.positive("hours", hours))
    latest = (pd.Timestamp(today) - allowed).to_pydatetime()
    frame = nw.from_native(tickets).filter(nw.col("opened_at") <= latest)
    in_time = (nw.col("first_human_reply_at") <= nw.col("opened_at") + allowed).fill_null(value=False)
    return frame.with_columns(in_time.alias(OUTCOME)).to_native()


def counts(cases: IntoFrameT, by: Iterable[str], outcome: str = OUTCOME) -> pd.DataFrame:
    """Count the cases and the successes of each group: the one pass over the log, done where the log lies.

    One row per group: the columns of ``by``, ``cases`` and ``successes`` (``outcome`` is true). Rows without a group
    are left out: who declared nothing belongs to no group. Raises ValueError if none is left.
    """
    by = list(by)
    frame = nw.from_native(cases).filter(*(~nw.col(column).is_null() for column in by))
    # the flag stands in a column of its own: summing a plain column is what every backend groups fast
    flagged = frame.with_columns(nw.col(outcome).cast(nw.Int64).alias("_success"))
    table = flagged.group_by(by).agg(nw.len().alias("cases"), nw.col("_success").sum().alias("successes")).sort(by)
    if isinstance(table, nw.LazyFrame):
        table = table.collect()
    if not len(table):
        raise ValueError(f"no case has a value for {', '.join(by)}; expected at least one")
    return table.to_pandas().astype({"cases": int, "successes": int}).reset_index(drop=True)


def compare(
    cases: IntoFrameT,
    by: str,
    *,
    outcome: str = OUTCOME,
    reference: str | None = None,
    margin: float = MARGIN,
    basis: str | None = None,
    smallest: int = SMALLEST_CELL,
) -> pd.DataFrame:
    """Compare the groups of ``by`` with one of them and say what the cases show.

    One row per group, the ``reference`` first (by default the largest): ``cases``; ``share``; ``difference`` from the
    reference with Newcombe's 95% interval (``low``, ``high``) and 90% interval (``inner_low``, ``inner_high``);
    ``ratio`` with Koopman's interval (``ratio_low``, ``ratio_high``); ``p_holm``, adjusted for the number of groups;
    ``verdict``. Shares and differences are proportions. Groups under ``smallest`` cases are not shown. With several
    groups a gap counts as shown only if Holm's p-value agrees. Raises ValueError for a column that
    :func:`require_group` refuses and for a reference that is no group or too small.
    """
    require_group(by, basis)
    table = counts(cases, [by], outcome).set_index(by)
    reference = table["cases"].idxmax() if reference is None else reference
    if reference not in table.index:
        raise ValueError(f"reference is {reference!r}; expected one of {', '.join(map(str, table.index))}")
    if table.loc[reference, "cases"] < smallest:
        raise ValueError(f"reference {reference!r} has {table.loc[reference, 'cases']} cases; expected {smallest}")
    base = int(table.loc[reference, "successes"]), int(table.loc[reference, "cases"])
    others = table.drop(index=reference).sort_values("cases", ascending=False, kind="stable")
    rows = {reference: {"cases": base[1], "share": base[0] / base[1], "verdict": REFERENCE}}
    for name, group in others[others["cases"] >= smallest].iterrows():
        rows[name] = _compared(int(group["successes"]), int(group["cases"]), *base, margin)
    tested = [name for name in rows if name != reference]
    for name, adjusted in zip(tested, holm(rows[name]["p_holm"] for name in tested), strict=True):
        rows[name]["p_holm"] = adjusted
        if len(tested) > 1 and adjusted >= ALPHA:
            weaker = {GAP: NOT_ENOUGH, SMALL_GAP: PARITY}
            rows[name]["verdict"] = weaker.get(rows[name]["verdict"], rows[name]["verdict"])
    for name in others.index[others["cases"] < smallest]:
        rows[name] = {"verdict": SUPPRESSED}
    result = pd.DataFrame.from_dict(rows, orient="index").rename_axis(by)
    return result.astype({"cases": "Int64"}).reindex(columns=_COLUMNS)


_COLUMNS = (
    "cases", "share", "difference", "low", "high", "inner_low", "inner_high", "ratio", "ratio_low", "ratio_high",
    "p_holm", "verdict",
)  # fmt: skip


def _compared(successes_a: int, cases_a: int, successes_b: int, cases_b: int, margin: float) -> dict:
    """Return one row of :func:`compare`, before the p-value is adjusted."""
    four = successes_a, cases_a, successes_b, cases_b
    ends = newcombe_interval(*four, 1 - ALPHA) + newcombe_interval(*four, 1 - 2 * ALPHA)
    ratio, ratio_ends = None, (None, None)
    if successes_b:
        ratio, ratio_ends = successes_a / cases_a / (successes_b / cases_b), koopman_interval(*four)
    return {
        "cases": cases_a,
        "share": successes_a / cases_a,
        "difference": successes_a / cases_a - successes_b / cases_b,
        **dict(zip(("low", "high", "inner_low", "inner_high"), ends, strict=True)),
        "ratio": ratio,
        **dict(zip(("ratio_low", "ratio_high"), ratio_ends, strict=True)),
        "p_holm": difference_p(*four),
        "verdict": verdict(*four, margin),
    }


def statement(table: pd.DataFrame, group: str) -> str:
    """Return one row of :func:`compare` as the sentence that a report may carry."""
    row, reference = table.loc[group], table.index[0]
    if row["verdict"] == SUPPRESSED:
        return f"{group}: not shown, because there are too few cases."
    if row["verdict"] == REFERENCE:
        return f"{group}: {100 * row['share']:.1f}% of {row['cases']:,} cases; the others are compared with it."
    return (
        f"{group}: {row['verdict']}. {100 * row['share']:.1f}% of {row['cases']:,} cases, "
        f"{100 * row['difference']:+.1f} points against {reference} (95% interval {100 * row['low']:+.1f} to "
        f"{100 * row['high']:+.1f})."
    )


def _pairs(cases, by, a, b, *, stratum, outcome, basis):
    """Count both groups in each stratum; strata with only one of the groups compare nothing and are left out."""
    require_group(by, basis)
    table = counts(cases, [stratum, by], outcome)
    for name in (a, b):
        if name not in set(table[by]):
            raise ValueError(f"{by} is {name!r}; expected one of {', '.join(map(str, sorted(set(table[by]))))}")
    wide = table[table[by].isin([a, b])].pivot(index=stratum, columns=by, values=["successes", "cases"]).dropna()
    if wide.empty:
        raise ValueError(f"no {stratum} has cases of both {a} and {b}; expected at least one")
    order = [("successes", a), ("cases", a), ("successes", b), ("cases", b)]
    return wide[order].astype(int).set_axis(["successes_a", "cases_a", "successes_b", "cases_b"], axis=1)


def by_stratum(
    cases: IntoFrameT,
    by: str,
    a: str,
    b: str,
    *,
    stratum: str,
    outcome: str = OUTCOME,
    basis: str | None = None,
    smallest: int = SMALLEST_CELL,
) -> pd.DataFrame:
    """Compare A with B inside each stratum, such as each channel: the look behind a crude difference (Simpson).

    Indexed by stratum: ``cases_a``, ``share_a``, ``cases_b``, ``share_b``, ``difference`` (A minus B, a proportion),
    ``low`` and ``high`` (Newcombe, 95%). A stratum in which a group has fewer than ``smallest`` cases keeps its counts
    and shows no share. Raises ValueError for a group that is not there and as :func:`require_group` does.
    """
    pairs = _pairs(cases, by, a, b, stratum=stratum, outcome=outcome, basis=basis)
    rows = {}
    for name, four in pairs.iterrows():
        values = [int(value) for value in four]
        rows[name] = {"cases_a": values[1], "cases_b": values[3]}
        if min(values[1], values[3]) >= smallest:
            low, high = newcombe_interval(*values)
            shares = values[0] / values[1], values[2] / values[3]
            gap = {"difference": shares[0] - shares[1], "low": low, "high": high}
            rows[name] |= {"share_a": shares[0], "share_b": shares[1], **gap}
    columns = ["cases_a", "share_a", "cases_b", "share_b", "difference", "low", "high"]
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(stratum).reindex(columns=columns)


def common(
    cases: IntoFrameT, by: str, a: str, b: str, *, stratum: str, outcome: str = OUTCOME, basis: str | None = None
) -> CommonDifference:
    """Compare A with B with the mix of ``stratum`` held equal, and without: if the signs differ, the mix misled.

    Uses every stratum that has both groups, small ones too (:func:`common_difference` weighs them). Raises ValueError
    as :func:`by_stratum` does.
    """
    pairs = _pairs(cases, by, a, b, stratum=stratum, outcome=outcome, basis=basis)
    adjusted = common_difference([tuple(map(int, row)) for row in pairs.itertuples(index=False)])
    whole = counts(cases, [by], outcome).set_index(by).loc[[a, b], ["successes", "cases"]].to_numpy().ravel()
    crude = [int(value) for value in whole]
    return CommonDifference(*adjusted, crude[0] / crude[1] - crude[2] / crude[3], *newcombe_interval(*crude))


def waits(tickets: pd.DataFrame, *, today: pd.Timestamp = TODAY) -> pd.DataFrame:
    """Add ``hours`` and ``answered``: hours to the first human reply, or to ``today`` for a case that still waits.

    An unanswered case is a censored time: we know that it waited at least this long. Dropping it would flatter.
    """
    answered = tickets["first_human_reply_at"].notna()
    until = tickets["first_human_reply_at"].fillna(today)
    return tickets.assign(hours=(until - tickets["opened_at"]) / pd.Timedelta(hours=1), answered=answered)


def wait_curves(
    table: pd.DataFrame, by: str, hours: Iterable[float], *, basis: str | None = None, smallest: int = SMALLEST_CELL
) -> pd.DataFrame:
    """Return the share of cases still waiting after each of ``hours``, one column per group (Kaplan-Meier, SciPy).

    ``table`` comes from :func:`waits`. Groups under ``smallest`` cases are left out. Raises ValueError as
    :func:`require_group` does.
    """
    require_group(by, basis)
    hours = list(hours)
    sizes = table[by].value_counts()
    curves = {
        name: service_levels.waiting_curve(table[table[by] == name], "hours").sf.evaluate(hours)
        for name in sorted(sizes.index[sizes >= smallest])
    }
    return pd.DataFrame(curves, index=pd.Index(hours, name="hours"))


def compare_waits(table: pd.DataFrame, by: str, a: str, b: str, *, basis: str | None = None) -> WaitComparison:
    """Compare two groups over the whole curve of their waits: medians and the log-rank test (SciPy).

    ``table`` comes from :func:`waits`. Raises ValueError for a group without cases and as :func:`require_group` does.
    """
    require_group(by, basis)
    first, second = (table[table[by] == name] for name in (a, b))
    test = service_levels.compare_waits(first, second, "hours")
    return WaitComparison(_median(first), _median(second), float(test.statistic), float(test.pvalue))


def waits_by_stratum(
    table: pd.DataFrame,
    by: str,
    a: str,
    b: str,
    *,
    stratum: str,
    basis: str | None = None,
    smallest: int = SMALLEST_CELL,
) -> pd.DataFrame:
    """Compare the waits of two groups inside each stratum, such as each channel.

    Indexed by stratum, in which both groups have ``smallest`` cases: ``cases_a``, ``median_a``, ``cases_b``,
    ``median_b`` (hours), ``p`` (log-rank) and ``p_holm``, adjusted for the number of strata. Raises ValueError if no
    stratum is left and as :func:`require_group` does.
    """
    require_group(by, basis)
    rows = {}
    for name, part in table.groupby(stratum):
        sizes = part[by].value_counts()
        if min(sizes.get(a, 0), sizes.get(b, 0)) >= smallest:
            found = compare_waits(part, by, a, b, basis=basis)
            rows[name] = (int(sizes[a]), found.median_a, int(sizes[b]), found.median_b, found.p)
    if not rows:
        raise ValueError(f"no {stratum} has {smallest} cases of both {a} and {b}; expected at least one")
    columns = ["cases_a", "median_a", "cases_b", "median_b", "p"]
    result = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis(stratum)
    return result.assign(p_holm=holm(result["p"]))


def _median(waits: pd.DataFrame) -> float:
    """First time at which no more than half still wait; infinite if the log never gets there."""
    curve = service_levels.waiting_curve(waits, "hours").sf
    reached = curve.quantiles[curve.probabilities <= 0.5]
    return float(reached[0]) if len(reached) else float("inf")


def status_bands(tickets: pd.DataFrame, customers: pd.DataFrame) -> pd.DataFrame:
    """Add ``status``, the third of the audience sizes that a customer's account falls into: few, some or many.

    Only cases of customers whose number of followers is known; the thirds are those of these cases. The network shows
    the number to everybody, so it may be compared (basis "service record"), but it is no reason to be served first.
    Raises ValueError if too few are known to form thirds.
    """
    known = tickets.merge(customers[["customer_id", "followers_on_twitter"]], on="customer_id")
    known = known.dropna(subset="followers_on_twitter")
    followers = known["followers_on_twitter"]
    if followers.quantile([0, 1 / 3, 2 / 3, 1]).nunique() < 4:
        raise ValueError("followers_on_twitter has too few different values; expected enough to form thirds")
    return known.assign(status=pd.qcut(followers, 3, labels=["few", "some", "many"]).astype(str))
