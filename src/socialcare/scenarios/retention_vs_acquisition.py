"""Is keeping a customer cheaper than winning one? The ratio of costs decides nothing alone (S2.5-N3, B02)."""

from socialcare.formulas.palette import OTHER, QUIET, STRONG
from socialcare.formulas.parameters import Parameter, validated
from socialcare.formulas.value import (
    break_even_ratio,
    break_even_spend,
    clv_now,
    cost_per_extra_customer,
    programme_gain,
    spend_per_customer,
)
from socialcare.formulas.wording import euros, number, times

TITLE = "Is keeping cheaper than winning?"
QUESTION = "What does one more customer cost you, kept or won, and does the programme pay for itself?"

PARAMETERS = (
    Parameter(
        "ratio", "Winning costs ... times keeping", 9, 1, 25, 1, "times",
        "Cost to win one customer divided by the yearly cost to treat one; published ratios run from 2 to 25.",
        "S2.5-N3",
    ),
    Parameter(
        "acquisition_cost", "Cost to win one customer", 90, 10, 300, 10, "EUR",
        "Advertising, commission and welcome offers, per new customer.", "teaching default",
    ),
    Parameter(
        "lift", "Rise of retention", 5.0, 0.5, 15, 0.5, "points",
        "How many more of 100 treated customers stay a year because of the programme.", "teaching default",
    ),
    Parameter(
        "retention", "Retention today", 80, 50, 85, 1, "%",
        "Customers of 100 who stay a year without the programme.", "teaching default",
    ),
)  # fmt: skip

MARGIN, DISCOUNT = 100, 0.10  # EUR a year and per year: teaching defaults of reference C17
_RATIOS = list(range(1, 26))


def _verdict(kept, won):
    if abs(kept - won) < 0.005:
        return "Both cost the same."
    if kept > won:
        return f"Winning is cheaper: keeping one more costs {times(kept / won)} as much."
    return f"Keeping is cheaper: winning one costs {times(won / kept)} as much."


def figure(**values):
    """Return the figure specification for the chosen values (names, units and ranges: ``PARAMETERS``)."""
    v = validated(PARAMETERS, values)
    won, lift, retention = v["acquisition_cost"], v["lift"] / 100, v["retention"] / 100
    spend = spend_per_customer(won, v["ratio"])
    kept = cost_per_extra_customer(spend, lift)
    break_even = break_even_ratio(lift)
    gain = programme_gain(MARGIN, spend, retention, lift, DISCOUNT)
    most_spend = break_even_spend(MARGIN, retention, lift, DISCOUNT)
    curve = [cost_per_extra_customer(spend_per_customer(won, ratio), lift) for ratio in _RATIOS]
    shown = break_even <= _RATIOS[-1]
    pays = "gains" if gain >= 0 else "loses"
    rows = [
        ["Spend per customer treated, a year", euros(spend)],
        ["Cost per extra customer kept", euros(kept)],
        ["Cost per customer won", euros(won)],
        ["Ratio from which keeping is cheaper", number(break_even, 1)],
        [f"The programme {pays}, per customer treated", euros(abs(gain))],
        ["Spend at which it breaks even, a year", euros(most_spend)],
        ["Value of a customer without it", euros(clv_now(MARGIN, retention, DISCOUNT))],
    ]
    return {
        "data": [
            {
                "type": "scatter", "mode": "lines", "name": "Keeping one more", "x": _RATIOS, "y": curve,
                "line": {"color": STRONG, "width": 3},
                "hovertemplate": "ratio %{x}: €%{y:,.2f} per extra customer kept<extra></extra>",
            },
            {
                "type": "scatter", "mode": "lines", "name": "Winning one",
                "x": [_RATIOS[0], _RATIOS[-1]], "y": [won, won],
                "line": {"color": OTHER, "width": 3, "dash": "dash"},
                "hovertemplate": "€%{y:,.2f} per customer won<extra></extra>",
            },
            {
                "type": "scatter", "mode": "markers", "name": "Keeping now", "x": [v["ratio"]], "y": [kept],
                "marker": {"color": STRONG, "size": 14, "symbol": "circle"},
                "hovertemplate": "now: ratio %{x}, €%{y:,.2f}<extra></extra>",
            },
            {
                "type": "scatter", "mode": "markers", "name": "Same cost",
                "x": [break_even] if shown else [], "y": [won] if shown else [],
                "marker": {"color": QUIET, "size": 14, "symbol": "diamond"},
                "hovertemplate": "same cost at a ratio of %{x:.1f}<extra></extra>",
            },
        ],
        "layout": {
            "title": {"text": "Cost of one more customer, by the ratio"},
            "xaxis": {"title": {"text": "ratio: cost of winning / cost of treating"}, "range": [0, 26]},
            "yaxis": {"title": {"text": "EUR per extra customer"}, "rangemode": "tozero"},
            "height": 420,
        },
        "headline": (
            f"At a ratio of {number(v['ratio'])}, treating a customer costs {euros(spend)} a year, but one more "
            f"customer costs {euros(kept)} kept and {euros(won)} won. {_verdict(kept, won)} Keeping is cheaper from "
            f"a ratio of {number(break_even, 1)}. Over the years the programme {pays} {euros(abs(gain))} per customer "
            "treated."
        ),
        "alt": (
            f"Line chart. The cost of one more customer kept falls from {euros(curve[0])} at a ratio of 1 to "
            f"{euros(curve[-1])} at 25. A level line marks the {euros(won, 0)} of winning one. The lines meet at a "
            f"ratio of {number(break_even, 1)}; you are at {number(v['ratio'])}, with {euros(kept)}."
        ),
        "caption": "Left of the diamond winning is cheaper; right of it keeping is.",
        "table": {"columns": ["quantity", "result"], "rows": rows},
        "numbers": {
            "spend": spend, "per_extra_kept": kept, "break_even_ratio": break_even, "gain": gain,
            "break_even_spend": most_spend,
        },
    }  # fmt: skip
