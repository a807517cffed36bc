"""Does "no significant difference" show that two groups are served alike (D11)? No: the cases may be too few."""

import math

from socialcare.formulas.funnel import newcombe_interval
from socialcare.formulas.palette import OTHER, QUIET, STRONG
from socialcare.formulas.parameters import Parameter, validated
from socialcare.formulas.parity import ALPHA, GAP, NOT_ENOUGH, PARITY, SMALL_GAP, equivalence_sample_size, verdict
from socialcare.formulas.wording import number, percent

TITLE = "Alike, different, or too few cases?"
QUESTION = "What may you say about two groups, given how many cases you have?"

PARAMETERS = (
    Parameter(
        "cases", "Cases of the smaller group", 130, 30, 3000, 10, "cases",
        "Cases of the group that you worry about, such as those written in French.", "teaching default",
    ),
    Parameter(
        "share", "Answered in time, smaller group", 70, 50, 99, 1, "%",
        "Of its cases, how many got a human answer within a day.", "teaching default",
    ),
    Parameter(
        "other_share", "Answered in time, large group", 74, 50, 99, 1, "%",
        "The same share of the large group, which has 4,000 cases.", "teaching default",
    ),
    Parameter(
        "margin", "Largest gap that still counts as alike", 5, 1, 15, 1, "points",
        "Your margin in percentage points; decide it before you look.", "teaching default",
    ),
)  # fmt: skip

OTHER_CASES = 4000  # cases of the large group: a teaching default near Café Brisa's cases in Spanish
_CURVE = (30, 45, 70, 100, 150, 220, 330, 500, 750, 1100, 1700, 3000)
_MEANING = {
    NOT_ENOUGH: "No significant difference, and parity is not shown either.",
    PARITY: "Even the ends of the 90% interval are inside your margin.",
    GAP: "Zero is outside the 95% interval.",
    SMALL_GAP: "There is a difference, and your own margin calls it small.",
}


def _counts(cases, share, other_share):
    """Whole numbers of answered cases, as an audit counts them."""
    whole = math.floor(cases * share / 100 + 0.5), math.floor(OTHER_CASES * other_share / 100 + 0.5)
    return whole[0], cases, whole[1], OTHER_CASES


def _points(interval):
    return [100 * end for end in interval]


def _need(other_share, margin):
    """Say how many cases could show parity, if the groups are served alike in truth."""
    needed = equivalence_sample_size(other_share / 100, margin / 100, cases_b=OTHER_CASES)
    if needed is None:
        return None, "No number of cases could show parity: the large group is too small for this margin."
    return needed, f"If both were served alike, {number(needed)} cases would show it in four audits of five."


def figure(**values):
    """Return the figure specification for the chosen values (names, units and ranges: ``PARAMETERS``)."""
    v = validated(PARAMETERS, values)
    counts = _counts(v["cases"], v["share"], v["other_share"])
    margin = v["margin"]
    finding = verdict(*counts, margin=margin / 100)
    gap = 100 * (counts[0] / counts[1] - counts[2] / counts[3])
    low, high = _points(newcombe_interval(*counts, confidence=1 - ALPHA))
    inner_low, inner_high = _points(newcombe_interval(*counts, confidence=1 - 2 * ALPHA))
    needed, need = _need(v["other_share"], margin)
    more = [_counts(cases, v["share"], v["other_share"]) for cases in _CURVE]
    ends = [_points(newcombe_interval(*grown, confidence=1 - 2 * ALPHA)) for grown in more]
    reach = max(20, margin + 5, math.ceil(max(abs(low), abs(high))) + 2)
    span = f"{number(low, 1)} to {number(high, 1)}"
    rows = [
        ["Answered in time, smaller group", f"{number(counts[0])} of {number(counts[1])}"],
        ["Answered in time, large group", f"{number(counts[2])} of {number(counts[3])}"],
        ["Difference", f"{number(gap, 1)} points"],
        ["95% interval", f"{span} points"],
        ["90% interval", f"{number(inner_low, 1)} to {number(inner_high, 1)} points"],
        ["Margin", f"-{number(margin)} to {number(margin)} points"],
        ["Cases that would show parity", "none" if needed is None else number(needed)],
        ["Verdict", finding],
    ]
    return {
        "data": [
            {
                "type": "scatter", "mode": "lines", "name": "margin", "x": [25, 3600, 3600, 25, 25],
                "y": [-margin, -margin, margin, margin, -margin], "fill": "toself",
                "fillcolor": "rgba(122,122,122,0.18)", "line": {"color": QUIET, "width": 1, "dash": "dash"},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter", "mode": "lines", "name": "90% interval with more cases",
                "x": list(_CURVE), "y": [end[0] for end in ends], "line": {"color": STRONG, "width": 2, "dash": "dot"},
                "hovertemplate": "%{x} cases: from %{y:.1f} points<extra></extra>",
            },
            {
                "type": "scatter", "mode": "lines", "name": "upper end", "showlegend": False,
                "x": list(_CURVE), "y": [end[1] for end in ends], "line": {"color": STRONG, "width": 2, "dash": "dot"},
                "hovertemplate": "%{x} cases: to %{y:.1f} points<extra></extra>",
            },
            {
                "type": "scatter", "mode": "markers", "name": "your audit, 95% interval",
                "x": [v["cases"]], "y": [gap],
                "error_y": {
                    "type": "data", "symmetric": False, "array": [high - gap], "arrayminus": [gap - low],
                    "color": OTHER, "thickness": 3, "width": 8,
                },
                "marker": {"color": OTHER, "size": 13, "symbol": "diamond"},
                "hovertemplate": "your audit: %{y:.1f} points<extra></extra>",
            },
        ],
        "layout": {
            "title": {"text": f"Verdict: {finding}"},
            "xaxis": {
                "title": {"text": "cases of the smaller group (log scale)"}, "type": "log",
                "range": [1.4, 3.55], "tickvals": [30, 100, 300, 1000, 3000],
            },
            "yaxis": {"title": {"text": "difference (points)"}, "range": [-reach, reach]},
            "height": 440,
        },
        "headline": (
            f"{finding[0].upper()}{finding[1:]}: {percent(100 * counts[0] / counts[1])} of {number(v['cases'])} cases "
            f"against {percent(100 * counts[2] / counts[3])}, a difference of {number(gap, 1)} points (95% interval "
            f"{span}; margin {number(margin)}). {_MEANING[finding]}" + (f" {need}" if finding == NOT_ENOUGH else "")
        ),
        "alt": (
            f"A shaded band marks the margin of {number(margin)} points on both sides of zero. A diamond at "
            f"{number(v['cases'])} cases shows a difference of {number(gap, 1)} points with an interval from {span}. "
            f"Two dotted lines narrow like a funnel as cases grow. Verdict: {finding}."
        ),
        "caption": "Parity is shown where both dotted lines are inside the band.",
        "table": {"columns": ["quantity", "result"], "rows": rows},
        "numbers": {
            "difference": gap, "low": low, "high": high, "inner_low": inner_low, "inner_high": inner_high,
            "needed": needed, "verdict": finding,
        },
    }  # fmt: skip
