"""Whom should the card reach? The profit of a campaign by its RFM cut-offs (S1.5-T1, S1.5-T3, S1.5-K4)."""

from socialcare.formulas.palette import QUIET, STRONG
from socialcare.formulas.parameters import Parameter, validated
from socialcare.formulas.segmentation import campaign_profit
from socialcare.formulas.wording import euros, number, percent

TITLE = "Whom should the card reach?"
QUESTION = "Which RFM cut-offs make a printed card pay, and what does a card to everyone cost?"

PARAMETERS = (
    Parameter(
        "lowest_recency", "Lowest recency score", 4, 1, 5, 1, "points",
        "1 reaches everyone; 5 only the fifth of customers who bought last.", "teaching default",
    ),
    Parameter(
        "lowest_frequency", "Lowest frequency score", 3, 1, 5, 1, "points",
        "1 reaches everyone. No customer has score 2: equal values share a score, and nearly half ordered once.",
        "teaching default",
    ),
    Parameter(
        "contact_cost", "Cost of one card", 1.5, 0, 5, 0.1, "EUR",
        "Printing and postage for one customer.", "teaching default",
    ),
    Parameter(
        "uplift", "Extra buyers because of the card", 10, 0, 50, 1, "% of buyers",
        "Of 100 who would buy anyway, how many more buy. Only a random test can tell.", "teaching default",
    ),
)  # fmt: skip

# Café Brisa: scores of 3 October 2025, orders to 31 December. One row for each recency score from 1 to 5; in it, for
# each frequency score from 1 to 5, the customers and those of them who ordered. Computed by segmentation.rfm (tested).
GRID = (
    ((612, 0), (0, 0), (65, 0), (41, 0), (3, 0)),
    ((461, 156), (0, 0), (203, 121), (53, 0), (17, 0)),
    ((348, 135), (0, 0), (150, 77), (102, 0), (99, 0)),
    ((203, 34), (0, 0), (64, 29), (228, 150), (229, 139)),
    ((78, 41), (0, 0), (58, 49), (262, 228), (314, 281)),
)
MARGIN_EUR = 27.1  # mean margin of an order in those three months


def reached(lowest_recency, lowest_frequency):
    """Return the customers at or above both cut-offs, and those of them who ordered."""
    cells = [cell for row in GRID[lowest_recency - 1 :] for cell in row[lowest_frequency - 1 :]]
    return sum(cell[0] for cell in cells), sum(cell[1] for cell in cells)


def _profit(lowest_recency, lowest_frequency, contact_cost, uplift):
    customers, buyers = reached(lowest_recency, lowest_frequency)
    extra = min(1, buyers * uplift / 100 / customers)
    return campaign_profit(customers, extra, MARGIN_EUR, contact_cost)


def _result(profit):
    if abs(profit) < 0.5:
        return "breaks even"
    return ("earns " if profit > 0 else "loses ") + euros(abs(profit), 0)


def figure(**values):
    """Return the figure specification for the chosen values (names, units and ranges: ``PARAMETERS``)."""
    v = validated(PARAMETERS, values)
    lowest, frequency = int(v["lowest_recency"]), int(v["lowest_frequency"])
    cost, uplift = v["contact_cost"], v["uplift"]
    profits = [_profit(score, frequency, cost, uplift) for score in range(1, 6)]
    chosen, everyone = profits[lowest - 1], _profit(1, 1, cost, uplift)
    customers, buyers = reached(lowest, frequency)
    best = max(profits)
    listed = ", ".join([euros(profit, 0) for profit in profits])
    names = ["recency 5 only" if score == 5 else "recency " + str(score) + " and up" for score in range(1, 6)]
    rows = []
    for score in range(1, 6):
        some, bought = reached(score, frequency)
        rows.append([names[score - 1], number(some), percent(100 * bought / some), number(profits[score - 1])])
    everybody = reached(1, 1)
    rows.append(["everyone", number(everybody[0]), percent(100 * everybody[1] / everybody[0]), number(everyone)])
    reach = (
        "everyone"
        if (lowest, frequency) == (1, 1)
        else (
            "recency "
            + str(lowest)
            + ("" if lowest == 5 else " and up")
            + ", frequency "
            + str(frequency)
            + ("" if frequency == 5 else " and up")
        )
    )
    bars = (
        ("Your cut-off", STRONG, "", [lowest - 1]),
        ("Other cut-offs", QUIET, "/", [place for place in range(5) if place != lowest - 1]),
    )
    return {
        "data": [
            {
                "type": "bar", "orientation": "h", "name": name,
                "y": [names[place] for place in places],
                "x": [profits[place] for place in places],
                "marker": {
                    "color": colour,
                    "pattern": {"shape": shape, "fillmode": "overlay", "fgcolor": "white", "size": 6},
                },
                "hovertemplate": "%{y}: €%{x:,.0f}<extra></extra>",
            }
            for name, colour, shape, places in bars
        ],
        "layout": {
            "title": {"text": "Profit of the card, by the lowest recency score"},
            "barmode": "overlay",
            "xaxis": {"title": {"text": "profit of the campaign (EUR)"}, "zeroline": True},
            "yaxis": {
                "title": {"text": ""}, "categoryorder": "array", "categoryarray": names, "autorange": "reversed",
            },
            "height": 400,
        },
        "headline": (
            f"A card to {number(customers)} of {number(everybody[0])} customers ({reach}) {_result(chosen)}: "
            f"{percent(100 * buyers / customers)} of them buy in the quarter, and the card adds "
            f"{number(buyers * uplift / 100)} buyers. A card to everyone {_result(everyone)}."
        ),
        "alt": (
            f"Five bars: the profit of a card to customers with a frequency score of {frequency} or more, by the "
            f"lowest recency score. From score 1 to 5: {listed}. "
            f"Your cut-off {_result(chosen)}; the best bar shows {euros(best, 0)}."
        ),
        "caption": "Too wide a net pays for cards that sell nothing; too narrow a net leaves buyers out.",
        "table": {"columns": ["reach", "customers", "buy in the quarter", "profit (EUR)"], "rows": rows},
        "numbers": {
            "customers": customers, "buyers": buyers, "profit": chosen, "profit_everyone": everyone, "best": best,
        },
    }  # fmt: skip
