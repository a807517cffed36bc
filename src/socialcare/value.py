"""What is a customer worth, who stays, and where does the next euro do more: winning or keeping?

The formulas (``socialcare.formulas.value``) are re-exported here. ``yearly_retention`` reads a firm's order log and is
written with Narwhals: pandas in, pandas out, and the same for Polars, DuckDB and the other frames that Narwhals knows.
Sources: S2.5-N2, S2.5-N3; models D2 and D4.
"""

from collections.abc import Iterable
from typing import NamedTuple

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrameT

from socialcare.formulas import checks
from socialcare.formulas.value import (
    break_even_ratio,
    break_even_spend,
    clv,
    clv_by_tenure,
    clv_horizon,
    clv_now,
    cost_per_extra_customer,
    discount_elasticity,
    expected_life,
    least_points_gain,
    life_gain,
    most_points_gain,
    percent_in_points,
    points_gain,
    programme_gain,
    retention_elasticity,
    saturating,
    sbg_from_retention,
    sbg_retention,
    spend_per_customer,
)

__all__ = [
    "Split",
    "best_split",
    "break_even_ratio",
    "break_even_spend",
    "clv",
    "clv_by_tenure",
    "clv_horizon",
    "clv_now",
    "cost_per_extra_customer",
    "customer_equity",
    "discount_elasticity",
    "expected_life",
    "five_points_table",
    "least_points_gain",
    "life_gain",
    "most_points_gain",
    "percent_in_points",
    "points_gain",
    "programme_gain",
    "retention_elasticity",
    "saturating",
    "sbg_from_retention",
    "sbg_retention",
    "spend_per_customer",
    "yearly_retention",
]


class Split(NamedTuple):
    """The best use of a budget: EUR for keeping and for winning, the customer equity that it gives, and where it lies.

    ``kind`` is ``interior`` (both get money), ``all to keeping`` or ``all to winning``.
    """

    keeping_eur: float
    winning_eur: float
    equity_eur: float
    kind: str


def five_points_table(retentions: Iterable[float], discounts: Iterable[float], points: float = 5) -> pd.DataFrame:
    """Return the gain of ``points`` of retention in percent: one row per retention rate, one column per discount."""
    rates, discounts = list(retentions), list(discounts)
    gains = {discount: [points_gain(rate, points, discount) for rate in rates] for discount in discounts}
    return pd.DataFrame(gains, index=pd.Index(rates, name="retention")).rename_axis(columns="discount")


def yearly_retention(orders: IntoFrameT) -> IntoFrameT:
    """Return who came back, by the year of joining: one row per ``joined`` and ``year``.

    ``joined`` is the calendar year of a customer's first order. ``customers`` of them ordered in ``year``, ``returned``
    of these ordered in the next year too, and ``retention`` is the share; the last year of the log has no next one and
    is left out. Needs ``customer_id`` and ``ordered_at``, and an eager frame.
    """
    log = nw.from_native(orders, eager_only=True).select("customer_id", nw.col("ordered_at").dt.year().alias("year"))
    joined = log.group_by("customer_id").agg(nw.col("year").min().alias("joined"))
    years = log.unique(["customer_id", "year"])
    following = years.select("customer_id", (nw.col("year") - 1).alias("year"), nw.lit(1).alias("returned"))
    years = years.filter(nw.col("year") < nw.col("year").max()).join(following, on=["customer_id", "year"], how="left")
    years = years.with_columns(nw.col("returned").fill_null(0).cast(nw.Int64)).join(joined, on="customer_id")
    table = years.group_by("joined", "year").agg(nw.len().alias("customers"), nw.col("returned").sum())
    table = table.with_columns((nw.col("returned") / nw.col("customers")).alias("retention")).sort("joined", "year")
    return nw.maybe_reset_index(table).to_native()


def customer_equity(
    keeping_eur: float,
    budget_eur: float,
    *,
    customers: int,
    margin: float,
    discount: float,
    keeping: tuple[float, float, float],
    winning: tuple[float, float],
) -> float:
    """Return the value of all customers, old and new, when ``keeping_eur`` of a yearly budget go to keeping. EUR.

    ``keeping`` is the response of retention (floor, ceiling, scale in EUR), ``winning`` that of the new customers of a
    year (ceiling in people, scale in EUR); both flatten out (:func:`saturating`, model D4). The same budget is spent
    every year whatever the split, so it is not subtracted; later years' new customers are left out.
    """
    checks.positive("budget_eur", budget_eur)
    if checks.non_negative("keeping_eur", keeping_eur) > budget_eur * (1 + 1e-12):
        raise ValueError(f"keeping_eur is {keeping_eur:g}; expected no more than budget_eur, {budget_eur:g}")
    checks.whole_positive("customers", customers)
    retention = saturating(keeping_eur, *keeping)
    won = saturating(max(budget_eur - keeping_eur, 0), 0, *winning)
    return (customers + won) * clv_now(margin, retention, discount)


def best_split(budget_eur: float, **firm) -> Split:
    """Divide a budget so that :func:`customer_equity` is largest; ``firm`` holds its other arguments.

    Both corners are compared with the best point between them, because all the money in one place is a common
    answer: an optimiser that looks only inside would miss it. Uses SciPy's bounded ``minimize_scalar`` from a grid's
    best cell, since the curve may have several humps.
    """
    from scipy import optimize  # noqa: PLC0415  the only function that needs SciPy

    def equity(keeping_eur: float) -> float:
        return customer_equity(keeping_eur, budget_eur, **firm)

    cells = 50
    grid = [budget_eur * step / cells for step in range(cells + 1)]
    top = max(range(cells + 1), key=lambda step: equity(grid[step]))
    bounds = (grid[max(top - 1, 0)], grid[min(top + 1, cells)])
    options = {"xatol": budget_eur * 1e-9}
    inside = optimize.minimize_scalar(lambda euros: -equity(euros), bounds=bounds, method="bounded", options=options).x
    best = max((0.0, float(budget_eur), float(inside)), key=equity)
    kind = {0.0: "all to winning", float(budget_eur): "all to keeping"}.get(best, "interior")
    return Split(best, budget_eur - best, equity(best), kind)
