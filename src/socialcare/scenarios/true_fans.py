"""Quality or quantity: when are 1,000 interested fans worth more than 10,000 who never return (S4.2-08)?"""

from socialcare.formulas.engagement import active_fans, break_even_active_share
from socialcare.formulas.palette import OTHER, QUIET, STRONG
from socialcare.formulas.parameters import Parameter, validated
from socialcare.formulas.wording import number, percent

TITLE = "Quality or quantity?"
QUESTION = "How active must the large page be before it beats the small one?"

PARAMETERS = (
    Parameter(
        "fans_small", "Fans of the small page", 1000, 100, 10000, 100, "fans",
        "People who follow the page because they are interested.", "S4.2-08",
    ),
    Parameter(
        "share_small", "Active share of the small page", 10, 1, 50, 1, "%",
        "Fans who act at least once in 28 days, out of 100.", "teaching default",
    ),
    Parameter(
        "fans_large", "Fans of the large page", 10000, 1000, 100000, 1000, "fans",
        "Fans won with a prize draw, for example.", "S4.2-08",
    ),
    Parameter(
        "share_large", "Active share of the large page", 0.8, 0.1, 10, 0.1, "%",
        "Fans who act at least once in 28 days, out of 100.", "teaching default",
    ),
)  # fmt: skip

_SHARES = [step / 10 for step in range(1, 101)]


def _verdict(small, large):
    if abs(small - large) < 0.5:
        return "Both pages bring the same number of active people."
    return "Quality wins." if small > large else "Quantity wins."


def figure(**values):
    """Return the figure specification for the chosen values (names, units and ranges: ``PARAMETERS``)."""
    v = validated(PARAMETERS, values)
    small = active_fans(v["fans_small"], v["share_small"] / 100)
    large = active_fans(v["fans_large"], v["share_large"] / 100)
    break_even = 100 * break_even_active_share(v["fans_small"], v["share_small"] / 100, v["fans_large"])
    rows = [
        ["Small page", number(v["fans_small"]), percent(v["share_small"]), number(small)],
        ["Large page", number(v["fans_large"]), percent(v["share_large"]), number(large)],
        ["Large page at break-even", number(v["fans_large"]), percent(break_even, 2), number(small)],
    ]
    return {
        "data": [
            {
                "type": "scatter", "mode": "lines", "name": f"Large page: {number(v['fans_large'])} fans",
                "x": _SHARES, "y": [active_fans(v["fans_large"], share / 100) for share in _SHARES],
                "line": {"color": OTHER, "width": 3},
                "hovertemplate": "%{x:.1f}% active: %{y:,.0f} people<extra></extra>",
            },
            {
                "type": "scatter", "mode": "lines", "name": f"Small page: {number(v['fans_small'])} fans",
                "x": [_SHARES[0], _SHARES[-1]], "y": [small, small],
                "line": {"color": STRONG, "width": 3, "dash": "dash"},
                "hovertemplate": "%{y:,.0f} active people<extra></extra>",
            },
            {
                "type": "scatter", "mode": "markers", "name": "Large page now",
                "x": [v["share_large"]], "y": [large],
                "marker": {"color": OTHER, "size": 14, "symbol": "circle"},
                "hovertemplate": "now: %{x:.1f}% active, %{y:,.0f} people<extra></extra>",
            },
            {
                "type": "scatter", "mode": "markers", "name": "Break-even",
                "x": [break_even] if break_even <= _SHARES[-1] else [],
                "y": [small] if break_even <= _SHARES[-1] else [],
                "marker": {"color": QUIET, "size": 14, "symbol": "diamond"},
                "hovertemplate": "break-even: %{x:.2f}% active<extra></extra>",
            },
        ],
        "layout": {
            "title": {"text": "Active people, by how active the large page is"},
            "xaxis": {"title": {"text": "active share of the large page (%)"}, "range": [0, 10]},
            "yaxis": {"title": {"text": "active people"}, "rangemode": "tozero"},
            "height": 420,
        },
        "headline": (
            f"{number(v['fans_small'])} fans at {percent(v['share_small'])} bring {number(small)} active people; "
            f"{number(v['fans_large'])} fans at {percent(v['share_large'])} bring {number(large)}. "
            f"{_verdict(small, large)} The large page breaks even at {percent(break_even, 2)} active."
        ),
        "alt": (
            f"Line chart. The large page's active people rise with its active share, from "
            f"{number(active_fans(v['fans_large'], _SHARES[0] / 100))} at {percent(_SHARES[0])} to "
            f"{number(active_fans(v['fans_large'], _SHARES[-1] / 100))} at {percent(_SHARES[-1])}. A level line marks "
            f"the small page's {number(small)}. The lines meet at an active share of {percent(break_even, 2)}."
        ),
        "caption": "Left of the diamond the small page brings more active people; right of it the large one does.",
        "table": {"columns": ["page", "fans", "active share", "active people"], "rows": rows},
        "numbers": {"active_small": small, "active_large": large, "break_even_share": break_even},
    }  # fmt: skip
