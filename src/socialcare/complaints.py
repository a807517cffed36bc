"""What do a year's problems cost, does asking for complaints pay, and how sure are we?

The formulas (``socialcare.formulas.complaints``) are re-exported here. The tables of a firm's own cases
(:func:`case_outcomes`, :func:`stay_without_problem`) are written with Narwhals: pandas in, pandas out, and the same for
Polars, DuckDB and the other frames that Narwhals knows. Sources: S2.4 to S2.6; model D3.
"""

from collections.abc import Mapping
from typing import NamedTuple

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrameT

from socialcare.datasets import TODAY
from socialcare.formulas import checks
from socialcare.formulas.complaints import (
    ASSUMPTIONS,
    TARP,
    break_even_abuse,
    break_even_investment,
    break_even_redress,
    break_even_resolution,
    break_even_silent_loyalty,
    complaint_tree,
    encouragement,
    encouragement_gain,
    return_on_complaint_management,
    stay_if_complained,
    stay_if_resolved,
    tarp_preset,
    teaching_default,
    without_paradox,
    word_of_mouth_cost,
)

__all__ = [
    "ASSUMPTIONS",
    "PROBLEMS",
    "TARP",
    "Proportion",
    "assumption_table",
    "beta_from_counts",
    "beta_from_mean",
    "break_even_abuse",
    "break_even_investment",
    "break_even_redress",
    "break_even_resolution",
    "break_even_silent_loyalty",
    "case_costs",
    "case_outcomes",
    "complaint_tree",
    "encouragement",
    "encouragement_gain",
    "own_assumptions",
    "own_ranges",
    "own_shares",
    "presets",
    "return_on_complaint_management",
    "simulate",
    "stay_if_complained",
    "stay_if_resolved",
    "stay_without_problem",
    "tarp_preset",
    "teaching_default",
    "tornado",
    "wilson",
    "without_paradox",
    "word_of_mouth_cost",
]

PROBLEMS = ("complaint", "incident", "billing")
"""The types of case that are problems; queries and outages are other work."""

SOLVED = ("resolved_quickly", "resolved")
STAY_DAYS = 90
LAG_DAYS = 4  # a case is opened about four days after its order, so 94 days from an order compare with 90 from a case


SILENT_FALLS = (0.15, 0.30)  # how far a problem lowers loyalty: loyalty_problem_tarp_2000 in benchmarks.csv
SILENT_FALL = 0.225  # the middle


class Proportion(NamedTuple):
    """A share from a sample with its Wilson interval: ``count`` of ``n``."""

    share: float
    low: float
    high: float
    count: int
    n: int


def wilson(count: int, n: int, confidence: float = 0.95) -> Proportion:
    """Return ``count / n`` with its Wilson interval (SciPy). ValueError for an empty sample or more cases than n."""
    from scipy import stats  # noqa: PLC0415  heavy; simulators start without it

    checks.whole_positive("n", n)
    if checks.count("count", count) > n:
        raise ValueError(f"count is {count}; expected no more than n, {n}")
    level = checks.share("confidence", confidence)
    interval = stats.binomtest(int(count), int(n)).proportion_ci(confidence_level=level, method="wilson")
    return Proportion(int(count) / int(n), float(interval.low), float(interval.high), int(count), int(n))


def assumption_table(rows: tuple = ASSUMPTIONS) -> pd.DataFrame:
    """Return the assumptions of the model as a table: value, range, unit, meaning and source of each."""
    return pd.DataFrame(rows, columns=ASSUMPTIONS[0]._fields).set_index("name")


def case_outcomes(tickets: IntoFrameT) -> IntoFrameT:
    """Count how problems ended and how many of the customers stayed: one row per ``outcome``.

    ``cases`` and ``stayed`` (another order within 90 days) count the problems whose 90 days are over, open ones
    included: whoever still waits has not been helped. Columns needed: ``type``, ``outcome``, ``stayed_90_days``.
    """
    known = nw.from_native(tickets).filter(nw.col("type").is_in(PROBLEMS), ~nw.col("stayed_90_days").is_null())
    known = known.with_columns(nw.col("stayed_90_days").cast(nw.Boolean).cast(nw.Int64).alias("stayed"))
    table = known.group_by("outcome").agg(nw.len().alias("cases"), nw.col("stayed").sum()).sort("outcome")
    return nw.maybe_reset_index(table).to_native() if isinstance(table, nw.DataFrame) else table.to_native()


def stay_without_problem(orders: IntoFrameT, tickets: IntoFrameT, start: object, end: object = TODAY) -> IntoFrameT:
    """Count the orders without a problem since ``start`` and how many were followed by another order.

    One row: ``orders`` and ``stayed``. An order counts from ``start`` on if its 94 days end before ``end``; 94 days
    after an order compare with 90 after a case, which is opened about four days later.
    """
    days = pd.Timedelta(days=STAY_DAYS + LAG_DAYS)
    first, last = pd.Timestamp(start), pd.Timestamp(end) - days
    first = first.tz_localize(last.tzinfo) if first.tzinfo is None else first
    if last <= first:
        raise ValueError(f"end is {end}; expected more than {STAY_DAYS + LAG_DAYS} days after start, {start}")
    cases = nw.from_native(tickets).filter(nw.col("type").is_in(PROBLEMS), ~nw.col("order_id").is_null())
    cases = cases.select("order_id", nw.lit(1).alias("has_case")).unique("order_id")
    log = nw.from_native(orders).select("order_id", "customer_id", "ordered_at")
    following = nw.col("ordered_at").shift(-1).over("customer_id", order_by="ordered_at")
    log = log.with_columns(following.alias("next_order")).join(cases, on="order_id", how="left")
    calm = log.filter(
        nw.col("has_case").is_null(),
        nw.col("ordered_at") >= first.to_pydatetime(),
        nw.col("ordered_at") <= last.to_pydatetime(),
    )
    back = ((nw.col("next_order") - nw.col("ordered_at")) <= days.to_pytimedelta()).fill_null(False)
    calm = calm.with_columns(back.cast(nw.Int64).alias("stayed"))
    return calm.select(nw.len().alias("orders"), nw.col("stayed").sum()).to_native()


def own_shares(outcomes: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Turn :func:`case_outcomes` into the shares of the model that a firm's cases can tell, each with an interval.

    Index: names of ``ASSUMPTIONS`` (``resolution_rate``, ``quick_share``, ``stay_quick``, ``stay_resolved``,
    ``stay_unresolved``); columns: ``share``, ``low``, ``high``, ``count``, ``n``. How many customers stay silent, and
    how many of those leave, is in no ticket. Raises ValueError for an unknown outcome or an empty branch.
    """
    table = outcomes.set_index("outcome")[["cases", "stayed"]]
    known = (*SOLVED, "unresolved", "open")
    for outcome in table.index:
        if outcome not in known:
            raise ValueError(f"outcome {outcome!r} is unknown; expected one of {', '.join(known)}")
    cases, stayed = (table[column].reindex(known, fill_value=0).astype(int) for column in ("cases", "stayed"))
    solved, failed = cases[list(SOLVED)].sum(), cases["unresolved"] + cases["open"]
    pairs = {
        "resolution_rate": (solved, solved + failed),
        "quick_share": (cases["resolved_quickly"], solved),
        "stay_quick": (stayed["resolved_quickly"], cases["resolved_quickly"]),
        "stay_resolved": (stayed["resolved"], cases["resolved"]),
        "stay_unresolved": (stayed["unresolved"] + stayed["open"], failed),
    }
    for name, (_, n) in pairs.items():
        if not n:
            raise ValueError(f"{name} has no cases below the line; expected at least one")
    rows = {name: wilson(int(count), int(n), confidence) for name, (count, n) in pairs.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=Proportion._fields).rename_axis("assumption")


def case_costs(tickets: pd.DataFrame, cost_per_minute: float) -> dict[str, float]:
    """Return what one problem costs in a firm's own cases, EUR: ``contact_cost`` and ``redress_cost``.

    ``contact_cost`` is the mean working time of a problem times ``cost_per_minute``; ``redress_cost`` the mean
    compensation of a solved one, those without compensation included.
    """
    checks.positive("cost_per_minute", cost_per_minute)
    cases = tickets[tickets["type"].isin(PROBLEMS)]
    solved = cases[cases["outcome"].isin(SOLVED)]
    if solved.empty:
        raise ValueError("tickets has no solved problem; expected at least one")
    minutes = float(cases["handle_minutes"].mean())
    return {"contact_cost": minutes * cost_per_minute, "redress_cost": float(solved["redress_eur"].mean())}


def presets() -> dict[str, dict[str, float]]:
    """Return the three sets of assumptions that the course compares, by name."""
    teaching = teaching_default()
    return {
        "teaching default": teaching,
        "without the paradox": without_paradox(teaching),
        "figures of TARP": tarp_preset(),
    }


def own_assumptions(
    tickets: pd.DataFrame,
    orders: pd.DataFrame,
    *,
    start: object,
    end: object = TODAY,
    value: float,
    cost_per_minute: float,
) -> dict[str, float]:
    """Return the assumptions of a firm: its own where its cases and orders speak, the teaching default elsewhere.

    Own are the shares of :func:`own_shares`, the costs of :func:`case_costs`, ``stay_no_problem`` (orders without a
    problem from ``start`` to ``end``, the end of the log) and ``value`` of a kept customer, EUR. Nobody's tickets tell
    how many of the silent stay: that is ``SILENT_FALL`` below ``stay_no_problem``, the middle of the published range.
    """
    calm = nw.from_native(stay_without_problem(orders, tickets, start, end), eager_only=True).row(0)
    stay = wilson(int(calm[1]), int(calm[0])).share
    return {
        **teaching_default(),
        **{name: float(share) for name, share in own_shares(case_outcomes(tickets))["share"].items()},
        **case_costs(tickets, cost_per_minute),
        "value": checks.positive("value", value),
        "stay_no_problem": stay,
        "stay_silent": stay * (1 - SILENT_FALL),
    }


def own_ranges(values: Mapping[str, float], shares: pd.DataFrame) -> tuple:
    """Return rows like ``ASSUMPTIONS`` with the ranges of a firm, for :func:`tornado`.

    The shares of :func:`own_shares` range over their intervals, the loyalty of the silent from 30% to 15% below no
    problem (B09), costs and the value of a customer from half to double. All other ranges stay.
    """
    ends = {name: (float(row["low"]), float(row["high"])) for name, row in shares.iterrows()}
    ends["stay_silent"] = tuple(values["stay_no_problem"] * (1 - fall) for fall in SILENT_FALLS[::-1])
    ends |= {name: (values[name] / 2, values[name] * 2) for name in ("contact_cost", "redress_cost", "value")}
    rows = (row._replace(value=values[row.name]) for row in ASSUMPTIONS)
    return tuple(
        row._replace(low=ends[row.name][0], high=ends[row.name][1]) if row.name in ends else row for row in rows
    )


def _outcome(values: Mapping[str, float], of: str) -> float:
    if of == "gain_eur":
        return encouragement(values)["gain_eur"]
    if of == "total_eur":
        return complaint_tree(values)["total_eur"]
    raise ValueError(f"of is {of!r}; expected gain_eur or total_eur")


def tornado(values: Mapping[str, float], of: str = "gain_eur", rows: tuple = ASSUMPTIONS) -> pd.DataFrame:
    """Move each assumption from its low to its high end, the others staying, and see what the result does.

    ``of`` is ``gain_eur`` (of one more complaint instead of silence) or ``total_eur`` (loss of the year). Columns:
    ``low``, ``high``, ``at_low``, ``at_high`` (EUR) and ``swing``, sorted by the size of the swing. Assumptions
    without any effect are left out. ``rows`` gives the ranges.
    """
    table = [
        (row.name, row.low, row.high, *(_outcome({**values, row.name: end}, of) for end in (row.low, row.high)))
        for row in rows
    ]
    frame = pd.DataFrame(table, columns=["assumption", "low", "high", "at_low", "at_high"]).set_index("assumption")
    frame["swing"] = frame["at_high"] - frame["at_low"]
    moved = frame[frame["swing"].abs() > 1e-9]
    return moved.sort_values("swing", key=abs, ascending=False, kind="stable")


def beta_from_counts(count: int, n: int) -> tuple[float, float]:
    """Return the Beta prior ``(a, b)`` that a sample leaves after a uniform one: ``count + 1``, ``n - count + 1``."""
    checks.whole_positive("n", n)
    if checks.count("count", count) > n:
        raise ValueError(f"count is {count}; expected no more than n, {n}")
    return float(count + 1), float(n - count + 1)


def beta_from_mean(mean: float, worth: float) -> tuple[float, float]:
    """Return the Beta prior with this ``mean`` that is as sure as ``worth`` observed cases would make you."""
    if not 0 < checks.share("mean", mean) < 1:
        raise ValueError(f"mean is {mean}; expected more than 0 and less than 1")
    return mean * checks.positive("worth", worth), (1 - mean) * worth


def simulate(
    values: Mapping[str, float], priors: Mapping[str, tuple[float, float]], *, draws: int = 4000, seed: int = 20251231
) -> pd.DataFrame:
    """Draw the assumptions in ``priors`` from their Beta distributions and compute the model for each draw.

    One row per draw: the drawn assumptions, ``gain_eur`` (of one more complaint instead of silence) and ``total_eur``
    (loss of the year). All other assumptions stay at ``values``. The draws are independent of each other. The share
    of rows with ``gain_eur`` above 0 is the probability that encouraging pays, *given the priors*: state them.
    """
    import numpy as np  # noqa: PLC0415  heavy; simulators start without it

    checks.whole_positive("draws", draws)
    shares = {row.name for row in ASSUMPTIONS if row.unit == "share"}
    for name, shape in priors.items():
        if name not in shares:
            raise ValueError(f"prior {name!r} is no share of the model; expected one of {', '.join(sorted(shares))}")
        for value in shape:
            checks.positive(f"prior {name!r}", value)
    rng = np.random.default_rng(seed)
    drawn = pd.DataFrame({name: rng.beta(a, b, draws) for name, (a, b) in priors.items()})
    rows = [{**values, **row} for row in drawn.to_dict("records")]
    drawn["gain_eur"] = [_outcome(row, "gain_eur") for row in rows]
    drawn["total_eur"] = [_outcome(row, "total_eur") for row in rows]
    return drawn
