"""Equal marks are not agreement: the same share of equal marks, and kappa as one era grows common (D15)."""

from socialcare.formulas.agreement import expected_agreement, kappa_interval, observed_agreement, weighted_kappa
from socialcare.formulas.funnel import wilson_interval
from socialcare.formulas.marketing_eras import ENOUGH_KAPPA
from socialcare.formulas.palette import OTHER, QUIET, STRONG
from socialcare.formulas.parameters import Parameter, validated
from socialcare.formulas.wording import number, percent

TITLE = "Would a colleague say the same?"
QUESTION = "Two raters mark statements as 1.0, 2.0 or 3.0. What do equal marks prove when one era is common?"

PARAMETERS = (
    Parameter(
        "equal", "Marked alike by both", 86, 40, 100, 2, "%",
        "Share of the statements that both raters put into the same era.", "teaching default",
    ),
    Parameter(
        "rare", "Share of each rare era", 4, 2, 33, 1, "%",
        "2.0 and 3.0 are both this rare in the marks of rater 1; all others are 1.0.", "teaching default",
    ),
    Parameter(
        "far", "Misses that are two eras apart", 20, 0, 100, 10, "%",
        "Of the misses on a 1.0 or 3.0 statement. The others are one era apart.", "teaching default",
    ),
    Parameter(
        "statements", "Statements marked", 72, 24, 480, 8, "statements",
        "More statements narrow the interval. They do not raise kappa.", "24 for each of three firms",
    ),
)  # fmt: skip

_SHARES = (2, 4, 6, 8, 10, 12, 15, 18, 21, 24, 27, 30, 33)


def expected_table(equal, rare, far, statements):
    """Return the table that these settings lead to: expected counts, rater 1 down and rater 2 across.

    ``equal``, ``rare`` and ``far`` are proportions. Rater 2 misses each era alike often. A miss on 2.0 is always near.
    """
    miss = 1 - equal
    marked = (1 - 2 * rare, rare, rare)
    given = (
        (equal, miss * (1 - far), miss * far),
        (miss / 2, equal, miss / 2),
        (miss * far, miss * (1 - far), equal),
    )
    return [[statements * share * chance for chance in row] for share, row in zip(marked, given)]


def _verdict(low, equal, statements):
    if equal == 1:  # the interval of kappa shrinks to a point
        fit = percent(100 * wilson_interval(0, statements)[1], 0)
        return f"Without a miss this interval is no proof: up to {fit} of misses still fit {number(statements)} marks."
    if low >= ENOUGH_KAPPA:
        return f"The lower end reaches {number(ENOUGH_KAPPA, 1)}: compare firms by these marks."
    return f"The lower end misses {number(ENOUGH_KAPPA, 1)}: sharpen the rules before you compare firms."


def _interval(ends):
    return f"{number(ends[0], 2)} to {number(ends[1], 2)}"


def figure(**values):
    """Return the figure specification for the chosen values (names, units and ranges: ``PARAMETERS``)."""
    v = validated(PARAMETERS, values)
    equal, rare, far, statements = v["equal"] / 100, v["rare"] / 100, v["far"] / 100, v["statements"]
    table = expected_table(equal, rare, far, statements)
    kappa, ends = weighted_kappa(table), kappa_interval(table)
    by_chance = expected_agreement(table)
    curve = [weighted_kappa(expected_table(equal, share / 100, far, statements)) for share in _SHARES]
    alike = 100 * observed_agreement(table)
    return {
        "data": [
            {
                "type": "scatter", "mode": "lines", "name": "Equal marks", "x": [_SHARES[0], _SHARES[-1]],
                "y": [equal, equal], "line": {"color": OTHER, "width": 3, "dash": "dash"},
                "hovertemplate": "equal marks: %{y:.2f}<extra></extra>",
            },
            {
                "type": "scatter", "mode": "lines", "name": "Kappa", "x": list(_SHARES), "y": curve,
                "line": {"color": STRONG, "width": 3},
                "hovertemplate": "%{x}% in each rare era: kappa %{y:.2f}<extra></extra>",
            },
            {
                "type": "scatter", "mode": "markers", "name": "Your raters, 95% interval",
                "x": [v["rare"]], "y": [kappa],
                "error_y": {
                    "type": "data", "symmetric": False, "array": [ends[1] - kappa], "arrayminus": [kappa - ends[0]],
                    "color": STRONG, "thickness": 2, "width": 8,
                },
                "marker": {"color": STRONG, "size": 14, "symbol": "diamond"},
                "hovertemplate": "your raters: kappa %{y:.2f}<extra></extra>",
            },
            {
                "type": "scatter", "mode": "lines", "name": "Enough to compare firms", "x": [_SHARES[0], _SHARES[-1]],
                "y": [ENOUGH_KAPPA, ENOUGH_KAPPA], "line": {"color": QUIET, "width": 2, "dash": "dot"},
                "hovertemplate": "enough: %{y:.1f}<extra></extra>",
            },
        ],
        "layout": {
            "title": {"text": "Equal marks and kappa, by how rare two eras are"},
            "xaxis": {"title": {"text": "share of each rare era (%)"}, "range": [0, 35]},
            "yaxis": {"title": {"text": "share of equal marks, or kappa"}, "range": [-0.5, 1.05]},
            "height": 440,
        },
        "headline": (
            f"Both raters mark {percent(alike, 0)} alike, and chance alone would give {percent(100 * by_chance, 0)}. "
            f"Linear kappa is {number(kappa, 2)} (95% interval {_interval(ends)}). "
            f"{_verdict(ends[0], equal, statements)}"
        ),
        "alt": (
            f"Line chart. The share of equal marks stays at {number(equal, 2)} while kappa goes from "
            f"{number(curve[0], 2)} with {_SHARES[0]}% in each rare era to {number(curve[-1], 2)} with {_SHARES[-1]}%. "
            f"Your raters stand at {number(v['rare'])}% with kappa {number(kappa, 2)}, interval {_interval(ends)}."
        ),
        "caption": "The dashed line never moves with rarity; kappa does.",
        "table": {
            "columns": ["measure", "value"],
            "rows": [
                ["Equal marks", percent(alike, 0)],
                ["Equal marks by chance", percent(100 * by_chance, 0)],
                ["Kappa, every miss alike", number(weighted_kappa(table, "none"), 2)],
                ["Kappa, linear weights", f"{number(kappa, 2)} ({_interval(ends)})"],
                ["Kappa, quadratic weights", number(weighted_kappa(table, "quadratic"), 2)],
                ["Statements in each rare era", number(statements * rare, 1)],
            ],
        },
        "numbers": {"equal": alike, "by_chance": by_chance, "kappa": kappa, "low": ends[0], "high": ends[1]},
    }  # fmt: skip
