"""Can a seller's percentages all be true? Shares of year 1 bound the shares of the whole life (X13, B61)."""

from socialcare.formulas.crm import most_first_year_share, most_service_share
from socialcare.formulas.palette import OTHER, QUIET, STRONG
from socialcare.formulas.parameters import Parameter, validated
from socialcare.formulas.wording import percent

TITLE = "Can these percentages all be true?"
QUESTION = "If so much falls in year 1, and year 1 is mostly something else, how large can services be over all years?"

PARAMETERS = (
    Parameter(
        "first_year", "Cost that falls in year 1", 60, 5, 100, 1, "%",
        "Share of the whole cost that is paid in the first year; the source says 60% or more.", "S4.4-N2",
    ),
    Parameter(
        "services", "Services in year 1", 47, 20, 70, 1, "%",
        "Share of the cost of year 1 that is customising, integration and start; the source says 34% to 47%.",
        "S4.4-N5",
    ),
    Parameter(
        "support", "Support in year 1", 10, 0, 30, 1, "%",
        "Share of the cost of year 1 that is support and maintenance; the source says 7% to 10%.", "S4.4-N6",
    ),
    Parameter(
        "claimed", "Services and support, claimed for all years", 80, 50, 95, 1, "%",
        "What the seller says services and support are of the whole life; the source says 80% to 90%.", "S4.4-N3",
    ),
)  # fmt: skip


def figure(**values):
    """Return the figure specification for the chosen values (names, units and ranges: ``PARAMETERS``)."""
    v = validated(PARAMETERS, values)
    in_year_1 = (v["services"] + v["support"]) / 100
    most = 100 * most_service_share(v["first_year"] / 100, in_year_1)
    limit = 100 * most_first_year_share(v["claimed"] / 100, in_year_1)
    possible = most >= v["claimed"] - 1e-9
    shares = list(range(0, 101, 5))
    bound = [100 * most_service_share(share / 100, in_year_1) for share in shares]
    word = "possible" if possible else "impossible"
    needs = (
        "Year 1 alone allows it, whatever its share."
        if limit >= 100
        else f"It needs a year 1 of at most {percent(limit)} of the cost."
    )
    rows = [
        ["Services and support in year 1, together", percent(100 * in_year_1, 0)],
        ["Software and hardware in year 1, the rest", percent(100 - 100 * in_year_1, 0)],
        ["Most that services and support can be of the whole", percent(most)],
        ["Claimed", percent(v["claimed"], 0)],
        ["Largest year 1 that allows the claim", percent(limit)],
        ["All together", word],
    ]
    return {
        "data": [
            {
                "type": "scatter", "mode": "lines", "name": "Most that is possible", "x": shares, "y": bound,
                "line": {"color": STRONG, "width": 3},
                "hovertemplate": "year 1 holds %{x}%: at most %{y:.1f}%<extra></extra>",
            },
            {
                "type": "scatter", "mode": "lines", "name": "Claimed", "x": [0, 100],
                "y": [v["claimed"], v["claimed"]], "line": {"color": OTHER, "width": 3, "dash": "dash"},
                "hovertemplate": "claimed: %{y}%<extra></extra>",
            },
            {
                "type": "scatter", "mode": "markers", "name": "This seller", "x": [v["first_year"]], "y": [most],
                "marker": {"color": STRONG, "size": 14, "symbol": "circle"},
                "hovertemplate": "year 1 holds %{x}%: at most %{y:.1f}%<extra></extra>",
            },
            {
                "type": "scatter", "mode": "markers", "name": "Largest year 1 that fits",
                "x": [limit] if limit < 100 else [], "y": [v["claimed"]] if limit < 100 else [],
                "marker": {"color": QUIET, "size": 14, "symbol": "diamond"},
                "hovertemplate": "the claim fits up to %{x:.1f}%<extra></extra>",
            },
        ],
        "layout": {
            "title": {"text": "Most that services and support can be"},
            "xaxis": {"title": {"text": "share of the cost in year 1 (%)"}, "range": [0, 103]},
            "yaxis": {"title": {"text": "share of the life-cycle cost (%)"}, "range": [0, 105]},
            "height": 420,
        },
        "headline": (
            f"With {percent(v['first_year'], 0)} of the cost in year 1, and {percent(100 * in_year_1, 0)} of that year "
            f"services and support, these can be at most {percent(most)} of the whole. The claim of "
            f"{percent(v['claimed'], 0)} is {word}. {needs}"
        ),
        "alt": (
            f"A line falls from 100% to {percent(bound[-1], 0)} as the share of the cost in year 1 grows from 0% to "
            f"100%. At {percent(v['first_year'], 0)} it stands at {percent(most)}; a level line marks the claimed "
            f"{percent(v['claimed'], 0)}. All figures together are {word}."
        ),
        "caption": "If the dot lies below the dashed line, the claim cannot hold.",
        "table": {"columns": ["quantity", "result"], "rows": rows},
        "numbers": {"most": most, "limit": limit, "possible": possible},
    }  # fmt: skip
