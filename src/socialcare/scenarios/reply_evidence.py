"""How far can a count of flagged replies be trusted, if the reader that flags them makes mistakes (D16)?"""

from socialcare.formulas.palette import OTHER, QUIET, STRONG
from socialcare.formulas.parameters import Parameter, validated
from socialcare.formulas.personalisation import (
    apparent_share,
    corrected_interval,
    corrected_share,
    right_flags,
    right_flags_interval,
)
from socialcare.formulas.wording import number, percent

TITLE = "What do the flags say?"
QUESTION = "Of your replies, how many really have the fault that the reader flags?"

PARAMETERS = (
    Parameter(
        "checked", "Replies read", 200, 20, 2000, 20, "replies",
        "How many replies a person or a rubric has read for one fault.", "teaching default",
    ),
    Parameter(
        "flagged", "Replies flagged", 12, 0, 60, 1, "%",
        "Of those, how many were flagged.", "teaching default",
    ),
    Parameter(
        "sensitivity", "Faults that are found", 80, 60, 100, 1, "%",
        "Sensitivity: of the replies with the fault, how many the reader flags.", "teaching default",
    ),
    Parameter(
        "specificity", "Clean replies left alone", 92, 60, 100, 1, "%",
        "Specificity: of the replies without it, how many the reader leaves alone.", "teaching default",
    ),
)  # fmt: skip

_AXIS = range(0, 61, 3)


def _percents(flagged, checked, s, t):
    """The corrected share with its interval, in percent, for a share flagged in percent."""
    count = int(flagged * checked / 100 + 0.5)
    low, high = corrected_interval(count, checked, s, t)
    return [100 * corrected_share(count / checked, s, t), 100 * low, 100 * high]


def figure(**values):
    """Return the figure specification for the chosen values (names, units and ranges: ``PARAMETERS``)."""
    v = validated(PARAMETERS, values)
    s, t = v["sensitivity"] / 100, v["specificity"] / 100
    share, low, high = _percents(v["flagged"], v["checked"], s, t)
    flags = int(v["flagged"] * v["checked"] / 100 + 0.5)
    seen = 100 * flags / v["checked"]
    alone = 100 * apparent_share(0, s, t)
    curve = [[x] + _percents(x, v["checked"], s, t) for x in _AXIS]
    right, right_low, right_high = 0, 0, 0
    kept = f"False alarms alone would flag {percent(alone)}, so the flags prove nothing."
    if share > 0:
        right = 100 * right_flags(share / 100, s, t)
        right_low, right_high = (100 * end for end in right_flags_interval(flags, v["checked"], s, t))
        kept = f"About {number(right)} of 100 flags are right ({number(right_low)} to {number(right_high)})."
    return {
        "data": [
            {
                "type": "scatter", "mode": "lines", "name": "if the reader made no mistakes",
                "x": [0, 60], "y": [0, 60],
                "line": {"color": QUIET, "width": 2, "dash": "dot"}, "hoverinfo": "skip",
            },
            {
                "type": "scatter", "mode": "lines", "name": "corrected share",
                "x": [row[0] for row in curve], "y": [row[1] for row in curve],
                "line": {"color": STRONG, "width": 3},
                "hovertemplate": "%{x}% flagged: %{y:.1f}% have the fault<extra></extra>",
            },
            {
                "type": "scatter", "mode": "lines", "name": "95% interval",
                "x": [row[0] for row in curve], "y": [row[2] for row in curve],
                "line": {"color": STRONG, "width": 2, "dash": "dash"}, "hoverinfo": "skip",
            },
            {
                "type": "scatter", "mode": "lines", "name": "upper end", "showlegend": False,
                "x": [row[0] for row in curve], "y": [row[3] for row in curve],
                "line": {"color": STRONG, "width": 2, "dash": "dash"}, "hoverinfo": "skip",
            },
            {
                "type": "scatter", "mode": "markers", "name": "your count", "x": [seen], "y": [share],
                "marker": {"color": OTHER, "size": 14, "symbol": "diamond"},
                "error_y": {
                    "type": "data", "symmetric": False, "array": [high - share], "arrayminus": [share - low],
                    "color": OTHER, "thickness": 2,
                },
                "hovertemplate": "yours: %{x:.1f}% flagged, %{y:.1f}% corrected<extra></extra>",
            },
        ],
        "layout": {
            "title": {"text": "Share with the fault, by share flagged"},
            "xaxis": {"title": {"text": "replies flagged (%)"}, "range": [0, 60]},
            "yaxis": {"title": {"text": "replies that have the fault (%)"}, "range": [0, 100]},
            "height": 440,
        },
        "headline": (
            f"The reader flags {percent(seen)} of {number(v['checked'])} replies. Corrected for its mistakes, "
            f"{percent(share)} have the fault (95% interval {percent(low)} to {percent(high)}). {kept}"
        ),
        "alt": (
            f"Line chart. The corrected share rises with the share flagged and stays at 0 until {percent(alone)}, what "
            f"false alarms alone flag. The diamond marks {percent(seen)} flagged and {percent(share)} corrected, "
            f"with an interval from {percent(low)} to {percent(high)}."
        ),
        "caption": (
            "Below the dotted line, the flags say more than is true. The intervals take the reader's two shares as "
            "known exactly."
        ),
        "table": {
            "columns": ["replies flagged", "have the fault", "95% interval"],
            "rows": [
                [percent(row[0], 0), percent(row[1]), percent(row[2]) + " to " + percent(row[3])]
                for row in curve if row[0] in (3, 6, 12, 24, 48)
            ]
            + [[percent(seen) + " (yours)", percent(share), percent(low) + " to " + percent(high)]],
        },
        "numbers": {"share": share, "low": low, "high": high, "right_flags": right, "right_low": right_low,
                    "right_high": right_high, "false_alarms_alone": alone},
    }  # fmt: skip
