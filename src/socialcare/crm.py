"""Which CRM offer costs least over its years, how sure is that, and what did a system bring?

The formulas (``socialcare.formulas.crm``) are re-exported here. Offers have the columns of the table ``crm_offers``: a
handful of lines, in plain pandas. :func:`benefit_log` and :func:`pilot_effects` read a firm's logs and are written with
Narwhals: pandas in, pandas out, and the same for Polars and the other eager frames. Sources: S4.4-P3, S4.4-P4, S4.4-E1
to E4; model D13.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrameT

from socialcare.formulas import checks
from socialcare.formulas.crm import (
    annuity_factor,
    break_even_years,
    cost_per_user_month,
    detectable_difference,
    difference_in_differences,
    difference_interval,
    first_dearer_year,
    most_first_year_share,
    most_service_share,
    npv,
    payback_years,
    present_value,
    required_benefit,
    roi,
)

__all__ = [
    "METRICS",
    "NOT_IN_THE_QUOTE",
    "PRIORS",
    "Prior",
    "annuity_factor",
    "at_users",
    "benefit_log",
    "break_even_years",
    "category_shares",
    "cost_per_user_month",
    "detectable_difference",
    "difference_in_differences",
    "difference_interval",
    "first_dearer_year",
    "line_costs",
    "most_first_year_share",
    "most_service_share",
    "npv",
    "payback_years",
    "pilot_effects",
    "present_value",
    "prior_table",
    "required_benefit",
    "roi",
    "sensitivity",
    "simulate_offers",
    "tco_table",
    "yearly_costs",
]

NOT_IN_THE_QUOTE = ("internal_time", "exit")
"""Categories that a seller's quote leaves out: your own people, and the way out."""

METRICS = {
    "cross-sale": "share of buyers",
    "cost per case": "EUR",
    "satisfaction": "points, 1 to 5",
    "first-contact resolution": "share of cases",
}
"""The four example metrics of the source (S4.4-E1 to E4) with their unit; its fourth speaks of the first call."""


class Prior(NamedTuple):
    """An uncertain cost: a triangular prior by its lowest, likeliest and highest value, and where these come from."""

    name: str
    low: float
    likely: float
    high: float
    meaning: str
    source: str


PRIORS = (
    Prior("project", 1.0, 1.2, 1.75, "cost of the project year, times", "B61: up to 75% above the plan"),
    Prior("price_rise", -0.03, 0.0, 0.05, "extra rise of a rented fee, per year", "teaching default"),
    Prior("users", 0.6, 1.0, 1.08, "users, times; offer A's licence ends at 50", "teaching default"),
    Prior("own_time", 0.5, 1.0, 1.5, "own time while in use, times", "teaching default"),
    Prior("exit", 0.5, 1.0, 3.0, "cost of leaving, times", "teaching default"),
)
"""What may turn out otherwise than the offers say. ``users`` is common to all offers; the rest is drawn for each."""


def prior_table(priors: tuple[Prior, ...] = PRIORS) -> pd.DataFrame:
    """Return the priors as a table, one row each."""
    return pd.DataFrame(priors).set_index("name")


def line_costs(offers: pd.DataFrame) -> pd.DataFrame:
    """Return the offers with ``cost_eur``: the amount of the line, times the users where it is a price for one user."""
    return offers.assign(cost_eur=offers["amount_eur"] * offers["users"].where(offers["per_user"], 1))


def yearly_costs(offers: pd.DataFrame) -> pd.DataFrame:
    """Return the cost of each year in EUR: one row for each year from 0 to the last, one column for each offer."""
    table = line_costs(offers).pivot_table(index="year", columns="offer", values="cost_eur", aggfunc="sum")
    return table.reindex(range(int(offers["year"].max()) + 1)).fillna(0.0).rename_axis(index="year")


def category_shares(offers: pd.DataFrame, years: Collection[int] | None = None) -> pd.DataFrame:
    """Return each category's share of the undiscounted cost, 0 to 1, over all years or over ``years`` only."""
    lines = line_costs(offers if years is None else offers[offers["year"].isin(years)])
    if lines.empty:
        raise ValueError(f"years {list(years)} hold no cost line; expected years of the offers")
    table = lines.pivot_table(index="category", columns="offer", values="cost_eur", aggfunc="sum").fillna(0.0)
    return table / table.sum()


def tco_table(offers: pd.DataFrame, discount: float = 0) -> pd.DataFrame:
    """Return what each offer costs over its years, one row per offer, sorted by cost.

    ``quote_eur`` (without ``NOT_IN_THE_QUOTE``) and ``tco_eur`` at the ``discount`` per year; ``user_month_eur``, the
    fee that would cost as much, and ``required_eur``, the benefit of each year of use that repays it; undiscounted,
    ``project_share`` (year 0), ``two_year_share`` (years 0 and 1) and ``service_share`` (services and support) of the
    whole. An offer is used from year 1 to its last line; a year without a line has its neighbour's users.
    """
    every, quoted = yearly_costs(offers), yearly_costs(offers[~offers["category"].isin(NOT_IN_THE_QUOTE)])
    categories = category_shares(offers).reindex(["services", "support"]).fillna(0.0)
    rows = {}
    for offer in every.columns:
        lines = offers[(offers["offer"] == offer) & (offers["year"] > 0)]
        used = lines.groupby("year")["users"].max().reindex(range(1, int(lines["year"].max()) + 1))
        users = used.ffill().bfill().astype(int).tolist()
        costs, total = every[offer].tolist(), present_value(every[offer].tolist(), discount)
        rows[offer] = {
            "quote_eur": present_value(quoted[offer].tolist(), discount),
            "tco_eur": total,
            "user_month_eur": cost_per_user_month(total, users, discount),
            "required_eur": required_benefit(total, len(users), discount),
            "project_share": costs[0] / sum(costs),
            "two_year_share": sum(costs[:2]) / sum(costs),
            "service_share": float(categories[offer].sum()),
        }
    return pd.DataFrame(rows).T.rename_axis("offer").sort_values("tco_eur", kind="stable")


def quote_parts(offers: pd.DataFrame) -> pd.DataFrame:
    """Return what of each offer's undiscounted cost stands in the quote: one row per offer, cheapest first, in EUR.

    Columns: ``in the quote``, ``own time`` and ``exit``.
    """
    costs = line_costs(offers)
    part = costs["category"].where(costs["category"].isin(NOT_IN_THE_QUOTE), "in the quote")
    table = costs.pivot_table(index="offer", columns=part, values="cost_eur", aggfunc="sum")
    table = table.reindex(columns=["in the quote", *NOT_IN_THE_QUOTE]).fillna(0.0)
    table.columns = ["in the quote", "own time", "exit"]
    return table.loc[table.sum(axis=1).sort_values(kind="stable").index]


def plan_returns(costs: Sequence[float], plans: Mapping[str, float], discount: float) -> pd.DataFrame:
    """Return what a system brings under each plan: one row per plan, whose value is its benefit in EUR a year.

    ``costs`` are those of the years 0, 1, 2 ...; the benefit comes in each year but 0. Columns: ``benefit_eur`` a year,
    ``npv_eur`` at the ``discount``, ``payback_years`` (empty: never) and ``roi_pct``, both undiscounted.
    """
    rows = {}
    for plan, benefit in plans.items():
        net = [benefit - cost for cost in costs[1:]]
        back = roi(benefit * len(net), sum(costs))
        rows[plan] = benefit, npv(costs[0], net, discount), payback_years(costs[0], net), 100 * back
    columns = ["benefit_eur", "npv_eur", "payback_years", "roi_pct"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).astype(float).rename_axis("plan")


def at_users(offers: pd.DataFrame, users: int) -> pd.DataFrame:
    """Return the offers for another number of ``users`` in the project year; later years keep their growth.

    Only the lines with a price for one user change; rounding is to whole people. A licence for a number of users (offer
    A: 50) is not made larger here: read the notes.
    """
    checks.whole_positive("users", users)
    start = offers.loc[offers["year"] == 0].groupby("offer")["users"].max()
    scaled = offers["users"] * users / offers["offer"].map(start)
    return offers.assign(users=(scaled + 0.5).astype(int).clip(lower=1))


def _drawn_costs(offers: pd.DataFrame, drawn: Mapping, discount: float) -> pd.DataFrame:
    """Return the total of each offer for each draw; ``drawn`` maps (prior, offer) to a number or an array."""
    totals = {}
    for offer, lines in line_costs(offers).groupby("offer"):
        total = 0
        for line in lines.itertuples():
            cost = line.cost_eur * (drawn["users", offer] if line.per_user else 1)
            if line.year == 0:
                cost = cost * drawn["project", offer]
            elif line.category == "internal_time":
                cost = cost * drawn["own_time", offer]
            elif line.category == "exit":
                cost = cost * drawn["exit", offer]
            elif line.category == "software" and line.delivery == "saas":
                cost = cost * (1 + drawn["price_rise", offer]) ** (line.year - 1)
            total = total + cost / (1 + discount) ** line.year
        totals[offer] = total
    return pd.DataFrame({offer: pd.Series(total) for offer, total in totals.items()})


def simulate_offers(
    offers: pd.DataFrame,
    priors: tuple[Prior, ...] = PRIORS,
    *,
    discount: float = 0,
    draws: int = 4000,
    seed: int = 20251231,
) -> pd.DataFrame:
    """Draw what may turn out otherwise and return the total of each offer in EUR: one row per draw.

    The share of rows in which an offer is the cheapest is the probability that it is, *given the priors*: state them.
    """
    import numpy as np  # noqa: PLC0415  heavy; simulators start without it

    checks.whole_positive("draws", draws)
    checks.non_negative("discount", discount)
    rng = np.random.default_rng(seed)
    names, drawn = sorted(offers["offer"].unique()), {}
    for prior in priors:
        if not prior.low <= prior.likely <= prior.high or prior.low == prior.high:
            raise ValueError(
                f"prior {prior.name!r} is {prior.low}, {prior.likely}, {prior.high}; expected them to rise"
            )
        common = rng.triangular(prior.low, prior.likely, prior.high, draws)
        for offer in names:
            own = rng.triangular(prior.low, prior.likely, prior.high, draws)
            drawn[prior.name, offer] = common if prior.name == "users" else own
    return _drawn_costs(offers, drawn, discount)


def sensitivity(
    offers: pd.DataFrame, cheaper: str, dearer: str, priors: tuple[Prior, ...] = PRIORS, *, discount: float = 0
) -> pd.DataFrame:
    """Move each uncertain cost of each offer to its ends, the rest at its likeliest: what does ``dearer`` cost more?

    Columns ``at_low`` and ``at_high`` (EUR that ``dearer`` costs more than ``cheaper``; below 0 the order turns) and
    ``swing``, sorted by its size. Rows without any effect are left out.
    """
    known = set(offers["offer"])
    for offer in (cheaper, dearer):
        if offer not in known:
            raise ValueError(f"offer {offer!r} is unknown; expected one of {', '.join(sorted(known))}")
    likely = {(prior.name, offer): prior.likely for prior in priors for offer in known}

    def gap(changes: Mapping) -> float:
        totals = _drawn_costs(offers, {**likely, **changes}, discount).iloc[0]
        return float(totals[dearer] - totals[cheaper])

    rows = []
    for prior in priors:
        groups = [(cheaper, dearer)] if prior.name == "users" else [(cheaper,), (dearer,)]
        for group in groups:
            ends = [gap({(prior.name, offer): end for offer in group}) for end in (prior.low, prior.high)]
            rows.append((f"{prior.name}, {' and '.join(group)}", *ends))
    table = pd.DataFrame(rows, columns=["what moves", "at_low", "at_high"]).set_index("what moves")
    table["swing"] = table["at_high"] - table["at_low"]
    moved = table[table["swing"].abs() > 1e-9]
    return moved.sort_values("swing", key=abs, ascending=False, kind="stable")


def benefit_log(
    orders: IntoFrameT, tickets: IntoFrameT, surveys: IntoFrameT, *, start, launch, cost_per_minute: float
) -> IntoFrameT:
    """Return the four metrics of ``METRICS`` before and after ``launch``: one row per metric, customer and period.

    ``value`` is the customer's mean in the period, so that somebody with many cases counts once. Cross-sale: did the
    buyer buy from two categories or more? Cost per case: handling minutes times ``cost_per_minute``. Satisfaction:
    CSAT after a service case. First-contact resolution: solved by one message of an agent and not opened again. Rows
    before ``start`` and cases without a known customer are left out. Columns: ``metric``, ``customer_id``, ``after``
    and ``value``.
    """
    checks.positive("cost_per_minute", cost_per_minute)
    if not start < launch:
        raise ValueError(f"launch is {launch}; expected a time after the start, {start}")

    def period(frame: IntoFrameT, stamp: str) -> nw.DataFrame:
        log = nw.from_native(frame, eager_only=True).filter(nw.col(stamp) >= start, ~nw.col("customer_id").is_null())
        return log.with_columns((nw.col(stamp) >= launch).alias("after"))

    def metric(log: nw.DataFrame, name: str, value: nw.Expr) -> nw.DataFrame:
        means = log.with_columns(value.cast(nw.Float64).alias("value")).group_by("customer_id", "after")
        means = means.agg(nw.col("value").mean()).with_columns(nw.lit(name).alias("metric"))
        return means.select("metric", "customer_id", "after", "value")

    bought = period(orders, "ordered_at").group_by("customer_id", "after").agg(nw.col("category").n_unique())
    cases = period(tickets, "opened_at")
    answers = period(surveys, "sent_at").filter(nw.col("touchpoint") == "service_case", ~nw.col("csat").is_null())
    solved = nw.col("outcome").is_in(["resolved_quickly", "resolved"])
    pieces = (
        metric(bought, "cross-sale", nw.col("category") > 1),
        metric(cases, "cost per case", nw.col("handle_minutes") * cost_per_minute),
        metric(answers, "satisfaction", nw.col("csat")),
        metric(cases, "first-contact resolution", solved & (nw.col("total_turns") == 1) & ~nw.col("reopened")),
    )
    log = nw.concat([piece.sort("customer_id", "after") for piece in pieces])
    return nw.maybe_reset_index(log).to_native()


def pilot_means(log: IntoFrameT, pilot: Collection[str], metric: str) -> pd.DataFrame:
    """Return the four means of a metric: rows ``pilot`` and ``left alone``, columns ``before`` and ``after``."""
    frame = nw.from_native(log, eager_only=True).filter(nw.col("metric") == metric)
    if frame.is_empty():
        raise ValueError(f"metric {metric!r} has no rows in the log; expected one of {', '.join(METRICS)}")
    frame = frame.with_columns(nw.col("customer_id").is_in(list(pilot)).alias("pilot"))
    means = frame.group_by("pilot", "after").agg(nw.col("value").mean())
    table = pd.DataFrame(list(means.iter_rows(named=True))).pivot_table(index="pilot", columns="after", values="value")
    table = table.reindex(index=[True, False], columns=[False, True])
    return table.set_axis(["pilot", "left alone"]).set_axis(["before", "after"], axis=1)


def pilot_effects(log: IntoFrameT, pilot: Collection[str], confidence: float = 0.95) -> pd.DataFrame:
    """Return what changed for the ``pilot`` customers, alone and against the rest: one row per metric.

    ``change`` is before and after within the pilot, ``rest_change`` the same among the others, ``effect`` their
    difference (:func:`difference_in_differences`) with its interval ``low`` to ``high``. ``smallest`` is the true
    effect that four of five such pilots would find (:func:`detectable_difference`). Takes what :func:`benefit_log`
    returns. Customers seen in both periods are treated as independent rows; if they are alike in both, the interval is
    a little too wide. Raises ValueError if a group has fewer than two rows.
    """
    frame = nw.from_native(log, eager_only=True)
    frame = frame.with_columns(nw.col("customer_id").is_in(list(pilot)).alias("pilot"))
    cells = frame.group_by("metric", "pilot", "after").agg(
        nw.col("value").mean().alias("mean"), nw.col("value").std().alias("std"), nw.len().alias("n")
    )
    found = {(row["metric"], row["pilot"], row["after"]): row for row in cells.iter_rows(named=True)}
    rows = {}
    for metric in (name for name in METRICS if any(key[0] == name for key in found)):
        groups = [found.get((metric, in_pilot, after)) for in_pilot in (True, False) for after in (False, True)]
        for name, group in zip(("pilot before", "pilot after", "rest before", "rest after"), groups, strict=True):
            if group is None or group["n"] < 2:
                raise ValueError(f"{metric} has {group['n'] if group else 0} customers in {name}; expected two or more")
        means, n = [group["mean"] for group in groups], [int(group["n"]) for group in groups]
        effect = difference_in_differences(*means)
        deviations = [group["std"] for group in groups]
        low, high = difference_interval(effect, deviations, n, confidence)
        rows[metric] = {
            "change": means[1] - means[0],
            "rest_change": means[3] - means[2],
            "effect": effect,
            "low": low,
            "high": high,
            "smallest": detectable_difference(deviations, n, confidence=confidence),
            "n": sum(n),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("metric").astype({"n": int})
