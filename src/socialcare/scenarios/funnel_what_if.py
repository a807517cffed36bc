"""Which step is worth a point more? A funnel of four steps, what it sells, and what each improvement adds (D5)."""

from socialcare.formulas.funnel import orders, orders_per_point
from socialcare.formulas.palette import QUIET, STRONG
from socialcare.formulas.parameters import Parameter, validated
from socialcare.formulas.wording import number, percent

TITLE = "Which step is worth a point more?"
QUESTION = "If you can lift one step by one percentage point, which step brings the most orders?"

PARAMETERS = (
    Parameter(
        "cart", "Product to cart", 20, 1, 60, 1, "%",
        "Of those who see a product, how many put it into the cart.", "teaching default",
    ),
    Parameter(
        "checkout", "Cart to checkout", 50, 5, 95, 1, "%",
        "Of the carts, how many go on to the checkout once they see the shipping cost.", "teaching default",
    ),
    Parameter(
        "payment", "Address to payment", 64, 5, 99, 1, "%",
        "Of those who reach the address form, how many get past it; 64% is Café Brisa on phones.",
        "teaching default",
    ),
    Parameter(
        "order", "Payment to order", 93, 5, 99, 1, "%",
        "Of those who reach the payment, how many complete the order.", "teaching default",
    ),
)  # fmt: skip

VISITS = 100_000
FIXED = {"product": 0.45, "address": 0.80}  # visit to product, checkout to address: reference values C13
ORDER_OF_STEPS = ("product", "cart", "checkout", "address", "payment", "order")
ONE_PERCENT = 1.01


def _sold(conversions):
    """Orders of the whole funnel; the steps in their own order, since MicroPython's dictionaries have none."""
    return orders(VISITS, [conversions[name] for name in ORDER_OF_STEPS])


def _one_percent_more(conversions, name):
    """Orders gained by one percent more at one step, 50% to 50.5%: the same at every step."""
    lifted = dict(conversions)
    lifted[name] = ONE_PERCENT * lifted[name]
    return _sold(lifted) - _sold(conversions)


def figure(**values):
    """Return the figure specification for the chosen values (names, units and ranges: ``PARAMETERS``)."""
    v = validated(PARAMETERS, values)
    conversions = {name: FIXED[name] if name in FIXED else v[name] / 100 for name in ORDER_OF_STEPS}
    sold = _sold(conversions)
    names = [parameter.name for parameter in PARAMETERS]
    labels = {parameter.name: parameter.label for parameter in PARAMETERS}
    points = {name: orders_per_point(sold, conversions[name]) for name in names}
    percents = {name: _one_percent_more(conversions, name) for name in names}
    best, least = max(names, key=lambda name: points[name]), min(names, key=lambda name: points[name])
    numbers = {"orders": sold}
    for name in names:
        numbers["point_" + name] = points[name]
    rows = [
        [labels[name], percent(100 * conversions[name], 0), number(points[name], 1), number(percents[name], 1)]
        for name in names
    ]
    return {
        "data": [
            {
                "type": "bar", "orientation": "h", "name": "one point more",
                "y": [labels[name] for name in names], "x": [points[name] for name in names],
                "marker": {
                    "color": [STRONG if name == best else QUIET for name in names],
                    "pattern": {
                        "shape": ["" if name == best else "/" for name in names],
                        "fillmode": "overlay", "fgcolor": "white", "size": 6,
                    },
                },
                "text": [number(points[name]) for name in names],
                "textposition": "outside", "cliponaxis": False,
                "hovertemplate": "%{y}: %{x:.1f} orders more<extra></extra>",
            },
        ],
        "layout": {
            "title": {"text": f"Orders gained by one point more, per {number(VISITS)} visits"},
            "xaxis": {"title": {"text": "extra orders"}, "range": [0, 1.2 * points[best]]},
            "yaxis": {"autorange": "reversed", "showgrid": False},
            "height": 360,
        },
        "headline": (
            f"{number(VISITS)} visits bring {number(sold)} orders. One point more is worth most at "
            f"{labels[best].lower()}: {number(points[best])} orders, against {number(points[least])} at "
            f"{labels[least].lower()}."
        ),
        "alt": (
            "Bar chart of the orders that one percentage point more would add at four steps: "
            + ", ".join(f"{labels[name].lower()} {number(points[name])}" for name in names)
            + f". {number(VISITS)} visits bring {number(sold)} orders."
        ),
        "caption": "The lowest conversion has the longest bar: a point is a larger part of it.",
        "table": {
            "columns": ["step", "conversion", "orders for one point more", "orders for one percent more"],
            "rows": rows,
        },
        "numbers": numbers,
    }  # fmt: skip
