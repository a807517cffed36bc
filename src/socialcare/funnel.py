"""Where do buyers leave, how sure can we be, and what should we change first? The purchase funnel from a visit log.

The formulas (``socialcare.formulas.funnel``) are re-exported here. ``funnel_table`` takes the table ``visits``
(columns: ``datasets/datapackage.json``) through Narwhals: pandas in, pandas out, and the same for Polars, DuckDB and
the other frames that Narwhals knows. What follows works on its small result with pandas. Sources: S1.4; model D5.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrameT

from socialcare.formulas import checks
from socialcare.formulas.funnel import (
    cart_abandonment,
    cost_per_order,
    days_needed,
    gap_orders,
    log_share,
    newcombe_interval,
    normal_quantile,
    orders,
    orders_per_point,
    sample_size,
    step_conversion,
    two_proportion_z,
    wilson_interval,
)

__all__ = [
    "PHASES",
    "REFERENCE",
    "STEPS",
    "WAYS",
    "AbsorbingChain",
    "Difference",
    "absorbing_chain",
    "buyers",
    "by_phase",
    "cart_abandonment",
    "cost_per_order",
    "days_needed",
    "difference",
    "funnel_table",
    "gap_orders",
    "log_share",
    "losses",
    "newcombe_interval",
    "normal_quantile",
    "orders",
    "orders_per_point",
    "passing",
    "peeking",
    "proposals",
    "sample_size",
    "standardised",
    "step_conversion",
    "two_proportion_z",
    "what_if",
    "wilson_interval",
]

STEPS = ("visit", "product", "cart", "checkout", "address", "payment", "order")
"""The steps of a visit in order; a visit is counted at every step up to its furthest one."""

WAYS = {step: f"{before} to {step}" for before, step in pairwise(STEPS)}
"""The way that ends in a step, by both its ends. Who leaves at the address form is missing at the payment, so a figure
that named the payment alone would point at the wrong page."""

PHASES = {
    "product": "awareness",
    "cart": "trust",
    "checkout": "trust",
    "address": "purchase",
    "payment": "purchase",
    "order": "purchase",
}
"""The phase of the source (S1.4-P1 to P3) that a visit is in until it reaches the step. The source puts the price and
the shipping cost into the second phase: who goes from the cart to the checkout has accepted both."""

REFERENCE = {
    "product": 45_000 / 100_000,
    "cart": 9_000 / 45_000,
    "checkout": 4_500 / 9_000,
    "address": 3_600 / 4_500,
    "payment": 2_880 / 3_600,
    "order": 2_683 / 2_880,
}
"""Step conversions to compare with: a teaching default (C13), built to give the published cart abandonment, 70.19%."""


class Difference(NamedTuple):
    """Conversion of A minus that of B, as a proportion, with Newcombe's interval."""

    difference: float
    low: float
    high: float
    confidence: float


class AbsorbingChain(NamedTuple):
    """What a Markov chain says of a visit: mean ``visits`` to each page, and the chance to end in each ``ending``."""

    visits: pd.DataFrame
    endings: pd.DataFrame


def funnel_table(
    visits: IntoFrameT, by: Sequence[str] = (), *, steps: Sequence[str] = STEPS, confidence: float = 0.95
) -> IntoFrameT:
    """Count the visits that reach each step, for all or for each group of ``by``.

    One row per group and step: ``reached`` (visits), ``lost`` (visits that end just before this step), ``conversion``
    from the step before with its Wilson interval ``low`` and ``high``, and ``overall``, the conversion from the first
    step. Proportions from 0 to 1; empty for the first step and where nobody started. A lazy frame is counted where it
    lies, and its small table comes back as an eager one. Raises ValueError for no visits, an empty cell and a step that
    is not in ``steps``.
    """
    by, steps = list(by), list(steps)
    groups: dict[tuple, dict[str, int]] = {}
    counts = _counts(nw.from_native(visits), [*by, "furthest_step"])
    for *group, step, counted in counts.rows():
        if step not in steps:
            raise ValueError(f"furthest_step is {step!r}; expected one of {', '.join(steps)}")
        groups.setdefault(tuple(group), {})[step] = counted
    rows = [(*group, *row) for group in sorted(groups) for row in _steps(groups[group], steps, confidence)]
    columns = (*by, "step", "reached", "lost", "conversion", "low", "high", "overall")
    values = dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True))
    return nw.from_dict(values, backend=counts.implementation).to_native()


def _counts(frame, keys: list[str]) -> nw.DataFrame:
    """Count the visits of each group and step: the one pass over the log, done where the log lies."""
    eager = isinstance(frame, nw.DataFrame)
    # pandas counts a quarter faster if it may drop empty keys; the check finds what it dropped
    counts = frame.group_by(keys, drop_null_keys=eager).agg(nw.len().alias("n"))
    counts = counts if eager else counts.collect()
    empty = len(frame) - counts["n"].sum() if eager else sum(counts[key].is_null().sum() for key in keys)
    if empty:
        raise ValueError(f"{', '.join(keys)}: {empty} rows have an empty cell; expected a value in each")
    if not len(counts):
        raise ValueError("visits is empty; expected at least one row")
    return counts


def _steps(counted: Mapping[str, int], steps: list[str], confidence: float):
    """Yield the rows of one group: a visit is counted at each step up to its furthest one."""
    reached = [sum(counted.get(step, 0) for step in steps[place:]) for place in range(len(steps))]
    yield steps[0], reached[0], 0, None, None, None, 1.0
    for step, before, here in zip(steps[1:], reached, reached[1:], strict=False):
        rates = (here / before, *wilson_interval(here, before, confidence)) if before else (None, None, None)
        yield step, here, before - here, *rates, here / reached[0]


def passing(table: pd.DataFrame, step: str) -> tuple[int, int]:
    """Return ``(reached, started)`` of one step of a funnel without groups: what the interval formulas take."""
    rows = table.set_index("step")
    if step not in rows.index[1:]:
        raise ValueError(f"step is {step!r}; expected one of {', '.join(rows.index[1:])}")
    before = rows.index[rows.index.get_loc(step) - 1]
    return int(rows.loc[step, "reached"]), int(rows.loc[before, "reached"])


def buyers(visits: pd.DataFrame, by: str, *, steps: Sequence[str] = STEPS) -> pd.DataFrame:
    """Compare groups by what they buy: conversion from the first of ``steps`` to the last, with its Wilson interval.

    Indexed by ``by``: ``started``, ``bought``, ``conversion``, ``low``, ``high``.
    """
    table = funnel_table(visits, (by,), steps=steps).pivot(index=by, columns="step", values="reached")
    counts = table[[steps[0], steps[-1]]].set_axis(["started", "bought"], axis=1).rename_axis(None, axis=1)
    ends = [wilson_interval(row.bought, row.started) for row in counts.itertuples()]
    rates = pd.DataFrame(ends, index=counts.index, columns=["low", "high"])
    return counts.assign(conversion=counts["bought"] / counts["started"]).join(rates)


def by_phase(table: pd.DataFrame) -> pd.DataFrame:
    """Sum a funnel up by the three phases of the source: visits that start and pass each, with the Wilson interval.

    Indexed by phase: ``started``, ``passed``, ``conversion``, ``low``, ``high``.
    """
    reached = table.set_index("step")["reached"]
    rows = {}
    for phase in dict.fromkeys(PHASES.values()):
        steps = [step for step, of in PHASES.items() if of == phase]
        started = int(reached[STEPS[STEPS.index(steps[0]) - 1]])
        passed = int(reached[steps[-1]])
        low, high = wilson_interval(passed, started)
        rows[phase] = {"started": started, "passed": passed, "conversion": passed / started, "low": low, "high": high}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("phase")


def losses(table: pd.DataFrame, benchmark: Mapping[str, float] = REFERENCE) -> pd.DataFrame:
    """Rank the steps of a funnel in the ways that answer "where do we lose most?", because the answers differ.

    One row per step after the first: ``lost`` (visits), ``conversion``, ``log_share`` (its share of the whole loss;
    they add up to 1), ``benchmark``, ``gap_orders`` (orders gained at the benchmark's conversion; negative if ahead
    of it) and ``orders_per_point``. Raises ValueError if the benchmark lacks a step or the funnel has no order.
    """
    rows = table.set_index("step")
    final = int(rows["reached"].iloc[-1])
    if final == 0:
        raise ValueError(f"{rows.index[-1]} was reached 0 times; expected at least one, or a shorter funnel")
    result = {}
    for step in rows.index[1:]:
        if step not in benchmark:
            raise ValueError(f"benchmark has no step {step!r}; expected {', '.join(rows.index[1:])}")
        conversion = float(rows.loc[step, "conversion"])
        result[step] = {
            "lost": int(rows.loc[step, "lost"]),
            "conversion": conversion,
            "log_share": log_share(conversion, float(rows["overall"].iloc[-1])),
            "benchmark": benchmark[step],
            "gap_orders": gap_orders(final, conversion, benchmark[step]),
            "orders_per_point": orders_per_point(final, conversion),
        }
    return pd.DataFrame.from_dict(result, orient="index").rename_axis("step")


def what_if(table: pd.DataFrame, changes: Mapping[str, float]) -> float:
    """Return the expected orders if the steps in ``changes`` had the given conversions and all others kept theirs.

    It assumes that the visits that are carried further behave like those that went on by themselves: a real change is
    worth a test. Raises ValueError for an unknown step or a conversion outside 0 to 1.
    """
    rows = table.set_index("step")
    for step in changes:
        if step not in rows.index[1:]:
            raise ValueError(f"step is {step!r}; expected one of {', '.join(rows.index[1:])}")
    conversions = [changes.get(step, float(rows.loc[step, "conversion"])) for step in rows.index[1:]]
    return orders(int(rows["reached"].iloc[0]), conversions)


def proposals(table: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    """Rank proposals by what an extra order costs, not by the size of the drop they attack.

    ``plans`` has one row per proposal: ``step``, ``points`` (percentage points that the step is expected to gain) and
    ``cost`` (EUR a year). Adds ``extra_orders`` and ``cost_per_order``, cheapest first.
    """
    now = float(table["reached"].iloc[-1])
    conversion = table.set_index("step")["conversion"]
    ranked = plans.copy()
    ranked["extra_orders"] = [
        what_if(table, {plan.step: float(conversion[plan.step]) + plan.points / 100}) - now
        for plan in plans.itertuples()
    ]
    pairs = zip(ranked["cost"], ranked["extra_orders"], strict=True)
    ranked["cost_per_order"] = [cost_per_order(cost, gained) for cost, gained in pairs]
    return ranked.sort_values("cost_per_order", kind="stable")


def difference(
    table: pd.DataFrame, group: str, a: str, b: str, *, step: str | None = None, confidence: float = 0.95
) -> Difference:
    """Compare two groups of a funnel by ``group``: conversion of ``a`` minus that of ``b``, with Newcombe's interval.

    With ``step``, the conversion from the step before it; without, from the first step to the last.
    Raises ValueError for a group or step that the table does not have.
    """
    counts = []
    for name in (a, b):
        rows = table[table[group] == name]
        if rows.empty:
            raise ValueError(f"{group} is {name!r}; expected one of {', '.join(sorted(table[group].unique()))}")
        whole = (int(rows["reached"].iloc[-1]), int(rows["reached"].iloc[0]))
        counts += passing(rows, step) if step else whole
    low, high = newcombe_interval(*counts, confidence)
    return Difference(counts[0] / counts[1] - counts[2] / counts[3], low, high, confidence)


def standardised(visits: pd.DataFrame, group: str, stratum: str, *, steps: Sequence[str] = STEPS) -> pd.DataFrame:
    """Compare groups with the mix of ``stratum`` held equal: each gets the mix of all visits.

    Indexed by ``group``: ``visits``, ``crude`` (the group's own overall conversion) and ``standardised`` (the mean of
    its conversions within the strata, weighted by how many of all visits each stratum has). If the order of the two
    columns differs, the strata explain the crude order (Simpson). Raises ValueError if a group lacks a stratum.
    """
    cells = funnel_table(visits, (group, stratum), steps=steps)
    last = cells[cells["step"] == steps[-1]].pivot(index=group, columns=stratum, values="overall")
    if last.isna().any(axis=None):
        name, missing = last.isna().stack().idxmax()
        raise ValueError(f"{group} {name!r} has no visit from {stratum} {missing!r}; expected some of each")
    weights = visits[stratum].value_counts(normalize=True)
    whole = funnel_table(visits, (group,), steps=steps)
    crude = whole[whole["step"] == steps[-1]].set_index(group)["overall"]
    result = pd.DataFrame({"visits": visits[group].value_counts(), "crude": crude})
    result["standardised"] = (last * weights[last.columns]).sum(axis=1)
    return result.rename_axis(group).sort_index()


def absorbing_chain(moves: pd.DataFrame, endings: Iterable[str] = ("order", "exit")) -> AbsorbingChain:
    """Follow visits that go back and forth: the fundamental matrix N = (I − Q)⁻¹ of an absorbing Markov chain.

    ``moves`` counts page changes: ``page_from``, ``page_to``, ``visits``. A visit ends in one of ``endings``. Returns
    the mean number of times each page is seen and the probability of each ending, by starting page. It assumes that
    the next page depends on the present one only. Raises ValueError for a negative count, a move out of an ending, or
    a page that no move leaves.
    """
    import numpy as np  # noqa: PLC0415  only here and in peeking

    endings = list(endings)
    if (moves["visits"] < 0).any():
        raise ValueError(f"visits is {moves['visits'].min()}; expected counts of 0 or more")
    pages = list(dict.fromkeys(moves["page_from"]))
    for ending in endings:
        if ending in pages:
            raise ValueError(f"page_from is {ending!r}, which ends a visit; expected no move out of it")
    for page in moves["page_to"]:
        if page not in pages and page not in endings:
            raise ValueError(f"page_to is {page!r}, which no move leaves; expected one of {', '.join(pages + endings)}")
    counts = moves.pivot_table(index="page_from", columns="page_to", values="visits", aggfunc="sum", fill_value=0)
    counts = counts.reindex(index=pages, columns=pages + endings, fill_value=0)
    chances = counts.div(counts.sum(axis=1), axis=0)
    seen = np.linalg.solve(np.eye(len(pages)) - chances[pages].to_numpy(), np.eye(len(pages)))
    return AbsorbingChain(
        pd.DataFrame(seen, index=pages, columns=pages),
        pd.DataFrame(seen @ chances[endings].to_numpy(), index=pages, columns=endings),
    )


def peeking(
    conversion: float,
    visitors_per_look: int,
    looks: int,
    *,
    runs: int = 1000,
    alpha: float = 0.05,
    seed: int = 20251231,
) -> pd.DataFrame:
    """Simulate tests of two *equal* versions and count the false alarms of somebody who stops at the first one.

    Each look adds ``visitors_per_look`` to both versions and tests what has come in so far. Indexed by ``look``:
    ``at_this_look`` (share of runs that are significant then; near ``alpha``) and ``so_far`` (share with an alarm at
    this or any earlier look; it grows). Shares from 0 to 1.
    """
    import numpy as np  # noqa: PLC0415

    for name, value in (("visitors_per_look", visitors_per_look), ("looks", looks), ("runs", runs)):
        checks.whole_positive(name, value)
    limit = normal_quantile(1 - checks.inner_share("alpha", alpha) / 2)
    draws = np.random.default_rng(seed).binomial(
        visitors_per_look, checks.inner_share("conversion", conversion), size=(2, runs, looks)
    )
    bought = draws.cumsum(axis=2).tolist()
    shown = [visitors_per_look * look for look in range(1, looks + 1)]
    alarms = pd.DataFrame(
        [
            [abs(two_proportion_z(a, n, b, n)) > limit for a, b, n in zip(*run, shown, strict=True)]
            for run in zip(*bought, strict=True)
        ],
        columns=range(1, looks + 1),
    )
    return pd.DataFrame({"at_this_look": alarms.mean(), "so_far": alarms.cummax(axis=1).mean()}).rename_axis("look")
