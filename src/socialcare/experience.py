"""What do customers' scores predict, and whom do they leave out? Surveys by stage, their bias, the money behind them.

The formulas (``socialcare.formulas.experience``) are re-exported here. The analyses take the tables ``surveys``,
``tickets`` and ``orders`` (columns and units: ``datasets/datapackage.json``). Answers are counted with Narwhals; the
small tables that follow are pandas. Sources: S1.2-M1 to M3; model D12; planted effects B-20 to B-23.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrameT

from socialcare.datasets import ZONE
from socialcare.formulas import checks
from socialcare.formulas.experience import (
    answers_needed,
    csat,
    nps,
    nps_bounds,
    nps_difference_interval,
    nps_interval,
    nps_variance,
    share_bounds,
)
from socialcare.formulas.funnel import newcombe_interval, wilson_interval

__all__ = [
    "CHURN_DAYS",
    "LEAST_ANSWERS",
    "STAGES",
    "Estimate",
    "after_the_case",
    "answers_needed",
    "ces_interval",
    "churn_by_group",
    "correlation",
    "csat",
    "csat_readings",
    "effects",
    "euros_per_point",
    "gap",
    "life_cycle",
    "newcombe_interval",
    "nps",
    "nps_bounds",
    "nps_difference_interval",
    "nps_gap",
    "nps_groups",
    "nps_interval",
    "nps_variance",
    "outranks",
    "response_by",
    "reweighted",
    "score_counts",
    "share_bounds",
    "silence_gap",
    "spending_by_group",
    "too_early",
    "wilson_interval",
    "with_spending",
]

STAGES = ("recognition", "purchase", "use", "recommendation")  # S1.2-ST1 to ST4
MEASURES = ("csat", "ces", "nps")
LEAST_ANSWERS = 30
"""A cell with fewer answers shows its counts and no score: a teaching default (D11, D12)."""
TOP_BOX, PROMOTER, DETRACTOR = 4, 9, 6
CHURN_DAYS = 180
"""Days without an order after which a customer counts as churned (``datasets/README.md``)."""


class Estimate(NamedTuple):
    """A value from a sample with its confidence interval; ``n`` is the number of people or answers behind it."""

    value: float
    low: float
    high: float
    n: int


def score_counts(surveys: IntoFrameT, by: Sequence[str] = ("stage", "touchpoint")) -> IntoFrameT:
    """Count invitations and answers for each group of ``by``: everything the scores are made of.

    Columns: ``asked`` and ``answered`` (invitations); ``csat_answers`` and ``csat_top`` (answers of 4 or 5);
    ``ces_answers``; ``nps_answers``, ``promoters`` (9, 10), ``passives`` (7, 8) and ``detractors`` (0 to 6). Takes any
    frame that Narwhals knows.
    """
    keys = list(by)

    def flag(condition: nw.Expr, name: str) -> nw.Expr:
        return condition.fill_null(False).cast(nw.Int64).alias(name)

    score, answered = nw.col("nps"), ~nw.col("answered_at").is_null()
    flags = {
        "answered": answered,
        "csat_answers": ~nw.col("csat").is_null(),
        "csat_top": nw.col("csat") >= TOP_BOX,
        "ces_answers": ~nw.col("ces").is_null(),
        "nps_answers": ~score.is_null(),
        "promoters": score >= PROMOTER,
        "passives": (score > DETRACTOR) & (score < PROMOTER),
        "detractors": score <= DETRACTOR,
    }
    frame = nw.from_native(surveys).with_columns(*(flag(condition, name) for name, condition in flags.items()))
    counts = frame.group_by(keys).agg(nw.len().alias("asked"), *(nw.col(name).sum() for name in flags)).sort(keys)
    return nw.maybe_reset_index(counts).to_native() if isinstance(counts, nw.DataFrame) else counts.to_native()


def ces_interval(ratings: Iterable[float], confidence: float = 0.95) -> Estimate:
    """Mean effort score with Student's interval (SciPy); here 1 = very difficult and 7 = very easy, so high is good.

    Raises ValueError for fewer than two ratings.
    """
    from scipy import stats  # noqa: PLC0415  heavy: imported where it is needed

    ratings = pd.Series(ratings, dtype="float64").dropna()
    if len(ratings) < 2:
        raise ValueError(f"ratings has {len(ratings)} answers; expected at least 2")
    ends = stats.ttest_1samp(ratings, 0).confidence_interval(confidence)
    return Estimate(float(ratings.mean()), float(ends.low), float(ends.high), len(ratings))


def life_cycle(
    surveys: pd.DataFrame,
    measure: str = "nps",
    by: Sequence[str] = ("stage", "touchpoint"),
    *,
    least: int = LEAST_ANSWERS,
) -> pd.DataFrame:
    """Score every stage and touch point that asks for ``measure``, with interval; small cells are counted, not scored.

    One row per group of ``by``, stages in their order: ``asked``, ``answers``, ``response`` (share), ``score``,
    ``low``, ``high`` (csat: share, Wilson; ces: mean from 1 to 7, Student; nps: points, C7). A touch point asks for a
    measure if one of its answers holds it; others are not counted. A cell with fewer than ``least`` answers, or with
    answers that are all of one kind, has no score. Raises ValueError for an unknown measure and if nobody answered it.
    """
    if measure not in MEASURES:
        raise ValueError(f"measure is {measure!r}; expected one of {', '.join(MEASURES)}")
    checks.whole_positive("least", least)
    keys = list(by)
    asks = surveys[measure].notna().groupby([surveys["stage"], surveys["touchpoint"]]).transform("any")
    if not asks.any():
        raise ValueError(f"{measure} has no answers; expected at least one")
    surveys = surveys[asks]
    counts = score_counts(surveys, keys)
    rows = [_scored(surveys, row, measure, keys, least) for row in counts.to_dict("records")]
    table = pd.DataFrame(rows, columns=[*keys, "asked", "answers", "response", "score", "low", "high"])
    if "stage" in keys:
        order = {stage: position for position, stage in enumerate(STAGES)}
        table = table.sort_values(keys, key=lambda column: column.map(order) if column.name == "stage" else column)
    return table.reset_index(drop=True)


def _scored(surveys: pd.DataFrame, row: dict, measure: str, keys: list[str], least: int) -> dict:
    answers = row[f"{measure}_answers"]
    found = {key: row[key] for key in keys}
    found |= {"asked": row["asked"], "answers": answers, "response": answers / row["asked"]}
    kinds = tuple(row[kind] for kind in ("promoters", "passives", "detractors"))
    if answers < least or (measure == "nps" and answers in kinds):
        return found
    if measure == "csat":
        score, ends = csat(row["csat_top"], answers), wilson_interval(row["csat_top"], answers)
    elif measure == "nps":
        score, ends = nps(*kinds), nps_interval(*kinds)
    else:
        own = surveys[(surveys[keys] == pd.Series(row)[keys]).all(axis=1)]
        score, *ends, _ = ces_interval(own["ces"])
    return found | {"score": score, "low": ends[0], "high": ends[1]}


def _cases(surveys: pd.DataFrame, tickets: pd.DataFrame) -> pd.DataFrame:
    asked = surveys.dropna(subset="ticket_id")
    cases = asked.merge(tickets, on="ticket_id", suffixes=("", "_of_case"), validate="many_to_one")
    if len(cases) < len(asked):
        missing = asked.loc[~asked["ticket_id"].isin(tickets["ticket_id"]), "ticket_id"].iloc[0]
        raise ValueError(f"ticket_id {missing} of a survey is not in tickets; expected every case that was asked about")
    if cases.empty:
        raise ValueError("surveys has no invitation with a ticket_id; expected at least one about a service case")
    return cases


def too_early(surveys: pd.DataFrame, tickets: pd.DataFrame) -> pd.DataFrame:
    """Find the surveys about a service case that were sent before its resolution (Law 10/2025, article 18).

    One row per breach: ``survey_id``, ``ticket_id``, ``sent_at``, ``resolved_at`` and ``why``: ``sent before the
    resolution`` or ``case still open``. An open case has no resolution to compare with, so a comparison of times alone
    misses it. ``resolved_at`` is the time of closing, so a case closed without a solution counts as resolved. Raises
    ValueError for a survey whose case is not in ``tickets``.
    """
    cases = _cases(surveys, tickets)
    still_open, before = cases["resolved_at"].isna(), cases["sent_at"] < cases["resolved_at"]
    cases["why"] = before.map({True: "sent before the resolution", False: "case still open"})
    columns = ["survey_id", "ticket_id", "sent_at", "resolved_at", "why"]
    return cases.loc[still_open | before, columns].sort_values("sent_at", kind="stable", ignore_index=True)


def after_the_case(surveys: pd.DataFrame, tickets: pd.DataFrame) -> pd.DataFrame:
    """Return the service surveys that were sent in time, each with its case: one row per invitation.

    Leaves out what :func:`too_early` finds. Adds ``reply_hours`` (opening to the first human reply), ``solved_quickly``
    and ``unsolved`` (from ``outcome``) to the columns of both tables.
    """
    early = too_early(surveys, tickets)["survey_id"]
    cases = _cases(surveys, tickets)
    cases["reply_hours"] = (cases["first_human_reply_at"] - cases["opened_at"]).dt.total_seconds() / 3600
    cases["solved_quickly"] = cases["outcome"] == "resolved_quickly"
    cases["unsolved"] = cases["outcome"] == "unresolved"
    return cases[~cases["survey_id"].isin(early)].reset_index(drop=True)


def response_by(cases: pd.DataFrame, by: str = "outcome", *, least: int = LEAST_ANSWERS) -> pd.DataFrame:
    """Compare who answers: one row per group, most willing first, with Wilson's interval of the response rate.

    Columns ``asked``, ``answers``, ``satisfied`` (answers in the two top boxes), ``response``, ``low``, ``high`` and
    ``csat`` (share of the answers; empty below ``least`` of them, as in :func:`life_cycle`). ``cases`` is the table of
    :func:`after_the_case`. Raises ValueError for a column it lacks.
    """
    checks.whole_positive("least", least)
    if by not in cases:
        raise ValueError(f"column {by!r} is not in cases; expected one of {', '.join(cases.columns)}")
    counts = score_counts(cases, [by]).set_index(by)
    counts = counts[["asked", "csat_answers", "csat_top"]]
    counts = counts.rename(columns={"csat_answers": "answers", "csat_top": "satisfied"})
    ends = [wilson_interval(row.answers, row.asked) for row in counts.itertuples()]
    counts[["low", "high"]] = pd.DataFrame(ends, index=counts.index)
    counts["response"] = counts["answers"] / counts["asked"]
    counts["csat"] = (counts["satisfied"] / counts["answers"]).where(counts["answers"] >= least)
    counts = counts.sort_values("response", ascending=False, kind="stable")
    return counts[["asked", "answers", "satisfied", "response", "low", "high", "csat"]]


def reweighted(
    cases: pd.DataFrame, by: str = "outcome", *, resamples: int = 500, confidence: float = 0.95, seed: int = 20251231
) -> Estimate:
    """CSAT of everybody asked, if within each group of ``by`` the silent think like those who answered: a share.

    Each group counts by how many were asked, not by how many answered. The interval resamples invitations (SciPy's
    percentile bootstrap). The assumption cannot be tested with these data; :func:`share_bounds` needs none. Raises
    ValueError if a group has no answer at all.
    """
    import numpy as np  # noqa: PLC0415
    from scipy import stats  # noqa: PLC0415

    groups, names = pd.factorize(cases[by])
    answered = cases["csat"].notna().to_numpy()
    top = (cases["csat"] >= TOP_BOX).fillna(False).to_numpy(dtype=float)
    empty = [str(name) for code, name in enumerate(names) if not answered[groups == code].any()]
    if empty:
        raise ValueError(f"{by} {', '.join(empty)} has no answer; expected at least one in each group")

    def share(rows):
        rows = rows.astype(int)
        asked = np.bincount(groups[rows], minlength=len(names))
        said = np.bincount(groups[rows], weights=answered[rows], minlength=len(names))
        tops = np.bincount(groups[rows], weights=top[rows] * answered[rows], minlength=len(names))
        rates = np.divide(tops, said, out=np.zeros(len(names)), where=said > 0)
        return float((asked * rates)[said > 0].sum() / asked[said > 0].sum())

    rows = np.arange(len(cases))
    drawn = stats.bootstrap(
        (rows,), share, n_resamples=resamples, vectorized=False, method="percentile", confidence_level=confidence,
        random_state=np.random.default_rng(seed),  # the browser's SciPy does not know it as rng yet
    ).confidence_interval  # fmt: skip
    return Estimate(share(rows), float(drawn.low), float(drawn.high), int(answered.sum()))


def csat_readings(cases: pd.DataFrame, by: str = "outcome") -> pd.DataFrame:
    """Read the satisfaction of :func:`after_the_case` in three ways, from the least to the most careful: shares.

    One row each, ``method``, ``csat``, ``low``, ``high``: ``answers as they came`` with Wilson's interval (it takes
    the answers for a random sample), ``weighted by outcome`` (:func:`reweighted`), and ``bounds for everybody asked``
    (:func:`share_bounds`), which has no single value.
    """
    said, top = int(cases["csat"].notna().sum()), int((cases["csat"] >= TOP_BOX).sum())
    rows = [
        ("answers as they came", csat(top, said), *wilson_interval(top, said)),
        (f"weighted by {by}", *reweighted(cases, by)[:3]),
        ("bounds for everybody asked", None, *share_bounds(top, said, len(cases))),
    ]
    return pd.DataFrame(rows, columns=["method", "csat", "low", "high"]).astype({"csat": "float64"})


def _moment(value: object) -> pd.Timestamp:
    moment = pd.Timestamp(value)
    return moment.tz_localize(ZONE) if moment.tzinfo is None else moment.tz_convert(ZONE)


def nps_groups(scores: pd.Series) -> pd.Series:
    """Name the group of each answer: ``detractor`` (0 to 6), ``passive`` (7, 8) or ``promoter`` (9, 10)."""
    cut = pd.cut(
        scores.astype("float64"), [-1, DETRACTOR, PROMOTER - 1, 10], labels=["detractor", "passive", "promoter"]
    )
    return cut.astype("str").where(scores.notna())


def with_spending(surveys: pd.DataFrame, orders: pd.DataFrame, start: object, end: object) -> pd.DataFrame:
    """Join each NPS answer given before ``start`` with what the customer bought in the period [start, end).

    One row per customer, with the last answer: ``nps``, ``group``, ``answered_at``, ``spend_eur`` (0 if nothing was
    bought), ``spend_before_eur`` (in the year before ``start``), ``tenure_years`` (from the first order to ``start``)
    and ``churned`` (no order in the 180 days before ``end``). Those without any order before ``start`` are left out.
    Raises ValueError if nobody answered before ``start`` or ``end`` is not after it.
    """
    first, after = _moment(start), _moment(end)
    if after <= first:
        raise ValueError(f"end is {end}; expected a time after start, {start}")
    asked = surveys[surveys["nps"].notna() & (surveys["answered_at"] < first)]
    if asked.empty:
        raise ValueError(f"no NPS answer was given before {start}; expected at least one to look forward from")
    table = (
        asked.sort_values("answered_at", kind="stable")
        .groupby("customer_id")
        .tail(1)
        .set_index("customer_id")
        .sort_index()
    )
    table = table[["nps", "answered_at"]].assign(group=nps_groups(table["nps"]))
    bought = orders.loc[orders["ordered_at"] < after, ["customer_id", "ordered_at", "amount_eur"]]
    in_year = bought[bought["ordered_at"] >= first].groupby("customer_id")["amount_eur"].sum()
    a_year_ago = first - pd.DateOffset(years=1)
    before = bought[bought["ordered_at"].between(a_year_ago, first, inclusive="left")]
    earlier = bought[bought["ordered_at"] < first].groupby("customer_id")["ordered_at"].min()
    latest = bought.groupby("customer_id")["ordered_at"].max()
    table = table[table.index.isin(earlier.index)]
    table["spend_eur"] = in_year.reindex(table.index).fillna(0.0)
    table["spend_before_eur"] = before.groupby("customer_id")["amount_eur"].sum().reindex(table.index).fillna(0.0)
    table["tenure_years"] = (first - earlier.reindex(table.index)).dt.total_seconds() / (365.25 * 86_400)
    table["churned"] = latest.reindex(table.index) < after - pd.Timedelta(days=CHURN_DAYS)
    return table.reset_index()


def correlation(x: pd.Series, y: pd.Series, confidence: float = 0.95) -> Estimate:
    """Pearson's r of two columns with Fisher's interval (SciPy). Raises ValueError for fewer than four pairs."""
    from scipy import stats  # noqa: PLC0415

    pairs = pd.DataFrame({"x": x, "y": y}).dropna().astype("float64")
    if len(pairs) < 4:
        raise ValueError(f"{len(pairs)} pairs of values; expected at least 4")
    found = stats.pearsonr(pairs["x"], pairs["y"])
    ends = found.confidence_interval(confidence)
    return Estimate(float(found.statistic), float(ends.low), float(ends.high), len(pairs))


def outranks(a: pd.Series, b: pd.Series) -> float:
    """Chance that a random value of ``a`` is above one of ``b``, ties counted half (Mann and Whitney; SciPy)."""
    from scipy import stats  # noqa: PLC0415

    return float(stats.mannwhitneyu(a, b).statistic / (len(a) * len(b)))


def gap(a: pd.Series, b: pd.Series, confidence: float = 0.95) -> Estimate:
    """Mean of ``a`` minus mean of ``b`` with Welch's interval (SciPy)."""
    from scipy import stats  # noqa: PLC0415

    ends = stats.ttest_ind(a, b, equal_var=False).confidence_interval(confidence)
    return Estimate(float(a.mean() - b.mean()), float(ends.low), float(ends.high), len(a) + len(b))


def nps_gap(first: Mapping, second: Mapping) -> Estimate:
    """NPS of one row of :func:`score_counts` less that of another, in points (:func:`nps_difference_interval`)."""
    kinds = [[int(row[kind]) for kind in ("promoters", "passives", "detractors")] for row in (first, second)]
    return Estimate(nps(*kinds[0]) - nps(*kinds[1]), *nps_difference_interval(*kinds), sum(map(sum, kinds)))


def silence_gap(surveys: pd.DataFrame, orders: pd.DataFrame, start: object, end: object) -> Estimate:
    """How much more those who answered bought in [``start``, ``end``) than those who stayed silent, in EUR a head.

    Everybody who was sent an invitation before ``start`` counts once, as answering if they answered one before then;
    who bought nothing counts with 0. Welch's interval (:func:`gap`). Raises ValueError for fewer than two people who
    answered or were silent, and if ``end`` is not after ``start``.
    """
    first, after = _moment(start), _moment(end)
    if after <= first:
        raise ValueError(f"end is {end}; expected a time after start, {start}")
    invited = surveys[surveys["sent_at"] < first]
    answered = (invited["answered_at"] < first).groupby(invited["customer_id"]).any()
    if answered.sum() < 2 or (~answered).sum() < 2:
        raise ValueError(
            f"{answered.sum()} answered and {(~answered).sum()} were silent before {start}; expected two of each"
        )
    bought = orders[(orders["ordered_at"] >= first) & (orders["ordered_at"] < after)]
    spend = bought.groupby("customer_id")["amount_eur"].sum().reindex(answered.index).fillna(0.0)
    return gap(spend[answered], spend[~answered])


def euros_per_point(joined: pd.DataFrame) -> pd.DataFrame:
    """What one point more of the score goes with in the next year, in EUR: alone, and with more and more held equal.

    One row for ``score alone``, ``tenure held`` and ``tenure and earlier spending held``, with ``effect``, ``low`` and
    ``high`` (:func:`effects`). ``joined`` is the table of :func:`with_spending`.
    """
    held = ["tenure_years", "spend_before_eur"]
    names = ("score alone", "tenure held", "tenure and earlier spending held")
    rows = [effects(joined, "spend_eur", ["nps", *held[:count]]).loc["nps"] for count in range(len(names))]
    return pd.DataFrame(rows, index=pd.Index(names, name="held equal"))


def spending_by_group(joined: pd.DataFrame) -> pd.DataFrame:
    """Describe the spending of each NPS group in whole EUR: ``count``, ``mean`` and the ends of its middle half."""
    table = joined.groupby("group")["spend_eur"].describe()[["count", "mean", "25%", "75%"]]
    return table.round(0).astype(int)


def churn_by_group(joined: pd.DataFrame) -> pd.DataFrame:
    """Count who churned in each NPS group of :func:`with_spending`, with Wilson's interval.

    Columns ``customers``, ``churned``, ``share``, ``low``, ``high``.
    Groups in the order detractor, passive, promoter; a group without customers is left out.
    """
    counts = joined.groupby("group")["churned"].agg(customers="size", churned="sum")
    counts = counts.reindex([g for g in ("detractor", "passive", "promoter") if g in counts.index]).astype(int)
    ends = [wilson_interval(int(row.churned), int(row.customers)) for row in counts.itertuples()]
    counts["share"] = counts["churned"] / counts["customers"]
    counts[["low", "high"]] = pd.DataFrame(ends, index=counts.index)
    return counts


def effects(table: pd.DataFrame, of: str, on: Sequence[str], *, standardised: bool = False) -> pd.DataFrame:
    """Regress ``of`` on the columns ``on`` together: one row for each, with a 95% interval that allows unequal spread.

    Columns ``effect`` (change of ``of`` for one unit more, the others held), ``low``, ``high``. ``standardised`` puts
    all columns on one scale (standard deviations), so that effects can be ranked. Least squares with HC3 errors.
    It describes and does not prove a cause. Rows with an empty cell are left out. Raises ValueError for
    a column that never varies and for too few rows.
    """
    import numpy as np  # noqa: PLC0415
    from scipy import stats  # noqa: PLC0415

    from socialcare.regression import least_squares  # noqa: PLC0415

    rows = table[[of, *on]].dropna().astype("float64")
    if len(rows) < 10 * (len(on) + 1):
        raise ValueError(f"{len(rows)} complete rows; expected at least {10 * (len(on) + 1)}, ten for each coefficient")
    for column in rows:
        if rows[column].nunique() < 2:
            raise ValueError(f"column {column!r} has one value only; expected one that varies")
    if standardised:
        rows = (rows - rows.mean()) / rows.std()
    design = np.column_stack([np.ones(len(rows)), rows[list(on)]])
    fit = least_squares(rows[of].to_numpy(), design)
    effect, reach = fit.coefficients[1:], stats.norm.isf(0.025) * fit.errors[1:]
    index = pd.Index(on, name="column")
    return pd.DataFrame({"effect": effect, "low": effect - reach, "high": effect + reach}, index=index)
