"""Which customers carry the brand, and which good ones have stopped buying? (Units 04 and 12.)"""

import pandas as pd

from socialcare import segmentation
from socialcare.audit.exports import Exports
from socialcare.audit.findings import CENSUS, Bar, Chart, KeyFigure, Recommendation, Section
from socialcare.audit.inputs import Inputs
from socialcare.audit.loyalty import last_retention, yearly_margin
from socialcare.audit.words import FEWEST, plural, share_interval, shown_share, too_few
from socialcare.formulas.audit import LEAVE, MEASURE, decision
from socialcare.formulas.wording import number

__all__ = ["build"]

BLANK = Section(
    "segments", "Segments", "Which customers carry the brand, and which good ones have long bought nothing?"
)
LAPSING = ("Cannot lose", "At risk")
EARLIER = (0, 30, 60)
"""Days before the end of the log from which we look again: how much hangs on the day of the audit."""


def build(exports: Exports, inputs: Inputs, brand: str | None) -> Section:
    """Return the section on segments: RFM from the order log, counted and looked at on three days."""
    if not exports.has("orders"):
        lacking = "orders.csv: it would show which customers carry the brand and which have long bought nothing."
        return BLANK._replace(lacking=(lacking,))
    orders, until, period = exports.tables["orders"], exports.until("orders"), exports.period("orders")
    customers = orders["customer_id"].nunique()
    if customers < FEWEST:
        return BLANK._replace(lacking=(f"orders.csv: {too_few(customers, 'customer')}.",))
    if not orders["amount_eur"].any():
        return BLANK._replace(
            lacking=("orders.csv: every amount is 0, so it tells nothing about who carries the brand.",)
        )
    people = segmentation.rfm(orders, until)
    table = segmentation.segment_table(people).set_index("segment")
    best = people.sort_values("spent_eur", ascending=False, kind="stable").head(-(-customers // 5))
    shares = {days: _lapsing(orders, until - pd.Timedelta(days=days)) for days in EARLIER}
    shares = {days: share for days, share in shares.items() if share is not None}
    low, high = min(shares.values()), max(shares.values())
    counted = int(table["customers"].reindex(LAPSING).fillna(0).sum())
    quiet = people.loc[people["segment"].isin(LAPSING), "recency_days"].median()
    since = f"half of them for {number(quiet)} days or more" if counted else ""
    name = f"Customers in '{LAPSING[0]}' and '{LAPSING[1]}'"
    figures = [
        KeyFigure("Customers with an order", number(customers), CENSUS, f"{plural(len(orders), 'order')}, {period}"),
        KeyFigure(
            "Share of spending by the best fifth of customers",
            shown_share(best["spent_eur"].sum() / people["spent_eur"].sum()),
            CENSUS,
            plural(len(best), "customer"),
        ),
        KeyFigure(name, number(counted), CENSUS, since or "the borders of segments are a teaching default"),
        KeyFigure(
            "Their share of all spending",
            shown_share(shares[0], 1),
            f"{shown_share(low, 1)} to {shown_share(high, 1)}, looked at {', '.join(map(str, shares))} days "
            "before the end",
            f"as of {until:%Y-%m-%d}",
        ),
    ]
    kept, lacking = _retention(orders, until)
    verdict = decision(low, high, inputs["lapsing_share"], better="lower", cause_known=False)
    steps = []
    if verdict != LEAVE and counted >= 2 * FEWEST:
        action = (
            "Write to half of these customers, drawn by lot, and compare with the other half; only with their consent"
        )
        if verdict == MEASURE:
            action = "Count these customers again in two months before you spend on them"
        steps.append(
            Recommendation(
                verdict,
                action,
                f"{plural(counted, 'customer')} who bought often have bought nothing for long, {since}; "
                f"{shown_share(shares[0], 1)} of spending ({shown_share(low, 1)} to {shown_share(high, 1)}), "
                f"the limit is {inputs.shown('lapsing_share')}",
                "marketing",
                60,
                "orders within 60 days in both halves, with the interval of the difference",
                counted,
                "customers",
                _money(orders, until, counted),
                10,
                BLANK.name,
            )
        )
    finding = (
        f"{plural(counted, 'customer')} who used to buy often have bought nothing for long"
        f"{', ' + since if since else ''}: {shown_share(shares[0], 1)} of all spending "
        f"({shown_share(low, 1)} to {shown_share(high, 1)} by the day you look)."
    )
    caveats = [
        "Segments sort customers by their orders only: last, how often, how much. No person is named "
        "and none is guessed at.",
        "The scores are fifths of your own customers: every brand has some who are quiet longest, even one that loses "
        "nobody. Whether they have stopped, only time or an answer tells.",
        "A segment is a description. That a letter brings people back is a hope until half of them get none.",
    ]
    if counted < 2 * FEWEST:
        caveats.append(f"{plural(counted, 'customer')} are too few to try a letter on one half: ask them one by one.")
    return BLANK._replace(
        finding=finding,
        figures=(*figures, *kept),
        chart=_chart(table, customers, period),
        caveats=tuple(caveats),
        recommendations=tuple(steps),
        lacking=tuple(lacking),
    )


def _lapsing(orders: pd.DataFrame, at: pd.Timestamp) -> float | None:
    if not (orders["ordered_at"] < at).any():
        return None
    table = segmentation.segment_table(segmentation.rfm(orders, at)).set_index("segment")
    return float(table["spent_share"].reindex(LAPSING).fillna(0).sum())


def _retention(orders: pd.DataFrame, until: pd.Timestamp):
    """Return who came back in the last pair of whole calendar years, with its interval."""
    found = last_retention(orders, until)
    if found is None:
        return [], [
            "orders.csv holds fewer than two whole calendar years: they would show how many customers come back."
        ]
    year, kept = found
    name = f"Buyers of {year} who bought in {year + 1} too"
    return [KeyFigure(name, shown_share(kept.share), share_interval(kept.low, kept.high), plural(kept.n, "buyer"))], []


def _money(orders: pd.DataFrame, until: pd.Timestamp, counted: int) -> tuple[float, float] | None:
    """From nothing to a year's margin of an active customer for each of them: nobody knows how many come back."""
    if "margin_eur" not in orders:
        return None
    margin = yearly_margin(orders, until)
    return (0.0, counted * margin) if margin > 0 else None


def _chart(table: pd.DataFrame, customers: int, period: str) -> Chart:
    bars = tuple(Bar(name, 100 * row["spent_share"]) for name, row in table.iterrows() if row["customers"] >= FEWEST)
    bars = bars or (Bar("all customers", 100.0),)
    said = "; ".join(f"{bar.label} {number(bar.value, 1)}%" for bar in bars)
    return Chart(
        f"'{bars[0].label}' bring the largest part of spending",
        f"{plural(customers, 'customer')}, {period}; {CENSUS}",
        "share of all spending (%)",
        bars,
        None,
        "",
        f"Share of spending by segment: {said}.",
        f"Segments with fewer than {FEWEST} customers are not drawn.",
    )
