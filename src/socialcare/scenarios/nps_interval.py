"""How sure is an NPS, and what could those who did not answer make of it (C7, D12)?"""

from socialcare.formulas.experience import answers_needed, nps, nps_bounds, nps_interval, nps_variance
from socialcare.formulas.palette import OTHER, QUIET, STRONG
from socialcare.formulas.parameters import Parameter, validated
from socialcare.formulas.wording import number

TITLE = "How sure is this NPS?"
QUESTION = "What does the score say of those who answered, and what of everybody you asked?"

PARAMETERS = (
    Parameter(
        "answers", "Answers", 300, 10, 3000, 10, "answers",
        "Customers who answered the question from 0 to 10.", "teaching default",
    ),
    Parameter(
        "promoters", "Promoters", 50, 5, 75, 1, "% of answers",
        "Answers of 9 or 10.", "teaching default",
    ),
    Parameter(
        "detractors", "Detractors", 15, 0, 50, 1, "% of answers",
        "Answers from 0 to 6; if both exceed 100%, what promoters leave.", "teaching default",
    ),
    Parameter(
        "response", "Response rate", 40, 5, 100, 5, "% of those asked",
        "Of the people you asked, how many answered.", "teaching default",
    ),
)  # fmt: skip

FEW = 30  # answers: below, the normal interval is too narrow
MARGIN = 0.05  # 5 points: the error that Law 10/2025, articles 21 and 22, allows each parameter


def _pattern(shape):
    return {"shape": shape, "fillmode": "overlay", "fgcolor": "white", "size": 6}


def _points(ends):
    return f"{number(ends[0])} to {number(ends[1])}"


def figure(**values):
    """Return the figure specification for the chosen values (names, units and ranges: ``PARAMETERS``)."""
    v = validated(PARAMETERS, values)
    n = v["answers"]
    promoters = int(n * v["promoters"] / 100 + 0.5)  # whole answers, halves up: the same in every Python
    detractors = min(int(n * v["detractors"] / 100 + 0.5), n - promoters)
    passives = n - promoters - detractors
    asked = max(n, int(100 * n / v["response"] + 0.5))
    score = nps(promoters, passives, detractors)
    interval = nps_interval(promoters, passives, detractors)
    bounds = nps_bounds(promoters, passives, detractors, asked)
    needed = answers_needed(MARGIN, nps_variance(promoters / n, detractors / n))
    cut = v["promoters"] + v["detractors"] > 100
    silent = asked - n
    rows = [
        ("answers<br>(95% interval)", interval, STRONG, ""),
        ("everybody<br>asked<br>(bounds)", bounds, QUIET, "/"),
    ]
    if silent:
        says = (
            f"Whatever the {number(silent)} who did not answer think, NPS of everybody asked lies between "
            f"{number(bounds[0])} and {number(bounds[1])}."
        )
    else:
        says = "Everybody answered, so nobody is left out."
    return {
        "data": [
            {
                "type": "bar", "orientation": "h", "name": name, "showlegend": False, "y": [name],
                "base": [ends[0]], "x": [ends[1] - ends[0]], "width": [0.5],
                "marker": {"color": colour, "pattern": _pattern(shape)},
                "text": [_points(ends)], "textposition": "none",
                "hovertemplate": "%{text} points<extra></extra>",
            }
            for name, ends, colour, shape in rows
        ]
        + [
            {
                "type": "scatter", "mode": "markers", "name": "NPS of the answers", "showlegend": False,
                "x": [score], "y": [rows[0][0]],
                "marker": {
                    "color": OTHER, "size": 14, "symbol": "diamond", "line": {"color": "white", "width": 2},
                },
                "hovertemplate": "NPS %{x:.0f}<extra></extra>",
            }
        ],
        "layout": {
            "title": {"text": "NPS of the answers, and of everybody asked"},
            "barmode": "overlay",
            "xaxis": {"title": {"text": "NPS (points)"}, "range": [-103, 103], "dtick": 50},
            "yaxis": {"autorange": "reversed", "showgrid": False},
            "height": 320,
        },
        "headline": (
            f"NPS is {number(score)} in {number(n)} answers, 95% interval {_points(interval)}. {says} "
            f"An error of 5 points needs {number(needed)} answers."
            + (f" Below {FEW} answers the interval is too narrow: print the counts." if n < FEW else "")
            + (" Promoters leave fewer for detractors than you set: the rest is cut." if cut else "")
        ),
        "alt": (
            f"Two bars on a scale from -100 to 100. The 95% interval of those who answered runs from "
            f"{number(interval[0])} to {number(interval[1])} around NPS {number(score)}. The bounds for everybody "
            f"asked run from {number(bounds[0])} to {number(bounds[1])}."
        ),
        "caption": "More answers shorten the upper bar. Only a higher response rate shortens the lower.",
        "table": {
            "columns": ["about", "people", "from", "to"],
            "rows": [
                ["those who answered (95% interval)", number(n), number(interval[0], 1), number(interval[1], 1)],
                ["everybody asked (bounds)", number(asked), number(bounds[0], 1), number(bounds[1], 1)],
            ],
        },
        "numbers": {
            "nps": score, "low": interval[0], "high": interval[1], "lowest": bounds[0], "highest": bounds[1],
            "asked": asked, "answers_needed": needed,
        },
    }  # fmt: skip
