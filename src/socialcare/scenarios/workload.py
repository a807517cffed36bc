"""Does the week hold what the sources ask for? The task list of S2.2 under the rule of 80/20 (S4.2-07, X14)."""

from socialcare.formulas.first_steps import (
    hours_available,
    largest_listening_share,
    listening_hours,
    people_needed,
    quota_hours,
    task_hours,
)
from socialcare.formulas.palette import OTHER, QUIET, STRONG
from socialcare.formulas.parameters import Parameter, validated
from socialcare.formulas.wording import number, percent

TITLE = "Does the week hold the plan?"
QUESTION = "How many people does the task list need if listening is to take its share?"

PARAMETERS = (
    Parameter(
        "people", "People at work", 1, 1, 6, 1, "at work",
        "Who works on the social channels.", "teaching default",
    ),
    Parameter(
        "contract_hours", "Paid hours of each", 40, 10, 40, 1, "hours a week",
        "A fifth of them is taken off for absence, training and meetings.", "teaching default",
    ),
    Parameter(
        "listening", "Share kept for listening", 80, 0, 90, 1, "%",
        "Reading and answering, out of 100 hours of the whole week.", "S4.2-07",
    ),
    Parameter(
        "cases", "Cases to answer", 60, 0, 600, 10, "cases a week",
        "Service cases on the social channels, at 6.2 minutes each.", "teaching default",
    ),
)  # fmt: skip

SHRINKAGE = 0.20  # share of paid time lost to absence, training and meetings: a teaching default
CASE_MINUTES = 6.2  # working time for a case: a teaching default, near Café Brisa's own mean
_SHARES = list(range(91))


def _hours(value):
    return number(value, 1) + " hours"


def _people(count):
    return "1 person" if count == 1 else f"{number(count)} people"


def _needed(output, share, answering):
    """Output and listening: the share that the rule asks for, or the cases if they ask for more."""
    return output + max(listening_hours(output, share / 100), answering)


def figure(**values):
    """Return the figure specification for the chosen values (names, units and ranges: ``PARAMETERS``)."""
    v = validated(PARAMETERS, values)
    output = quota_hours()
    answering = task_hours(v["cases"], CASE_MINUTES)
    ruled = listening_hours(output, v["listening"] / 100)
    needed = _needed(output, v["listening"], answering)
    there = hours_available(v["people"], v["contract_hours"], SHRINKAGE)
    people = people_needed(needed, v["contract_hours"], SHRINKAGE)
    limit = 100 * largest_listening_share(output, there)
    holds = output + answering <= there  # else no share at all fits
    shown = holds and limit <= _SHARES[-1]
    curve = [_needed(output, share, answering) for share in _SHARES]
    spare = there - needed
    verdict = f"{_hours(spare)} to spare" if spare >= 0 else f"{_hours(-spare)} too few"
    if not holds:
        turning = f"Output and cases alone take {_hours(output + answering)}, so no share fits."
    elif shown:
        turning = f"A share of up to {percent(limit)} fits."
    else:
        turning = f"Every share up to {percent(_SHARES[-1], 0)} fits."
    rows = [
        ["Output: the task list", number(output, 1)],
        [f"Listening, at {percent(v['listening'], 0)} of the week", number(ruled, 1)],
        [f"Answering {number(v['cases'])} cases", number(answering, 1)],
        ["Week needed", number(needed, 1)],
        ["Hours there", number(there, 1)],
        ["People needed", number(people)],
    ]
    return {
        "data": [
            {
                "type": "scatter", "mode": "lines", "name": "Week needed", "x": _SHARES, "y": curve,
                "line": {"color": STRONG, "width": 3},
                "hovertemplate": "%{x}% listening: %{y:.1f} hours<extra></extra>",
            },
            {
                "type": "scatter", "mode": "lines", "name": "Hours there",
                "x": [_SHARES[0], _SHARES[-1]], "y": [there, there],
                "line": {"color": OTHER, "width": 3, "dash": "dash"},
                "hovertemplate": "%{y:.1f} hours there<extra></extra>",
            },
            {
                "type": "scatter", "mode": "markers", "name": "Your plan", "x": [v["listening"]], "y": [needed],
                "marker": {"color": STRONG, "size": 14, "symbol": "circle"},
                "hovertemplate": "your plan: %{x}%, %{y:.1f} hours<extra></extra>",
            },
            {
                "type": "scatter", "mode": "markers", "name": "Just fits",
                "x": [limit] if shown else [], "y": [there] if shown else [],
                "marker": {"color": QUIET, "size": 14, "symbol": "diamond"},
                "hovertemplate": "just fits at %{x:.1f}%<extra></extra>",
            },
        ],
        "layout": {
            "title": {"text": "Hours needed, by the share kept for listening"},
            "xaxis": {"title": {"text": "share of the week kept for listening (%)"}, "range": [0, 92]},
            "yaxis": {"title": {"text": "hours a week"}, "rangemode": "tozero"},
            "height": 420,
        },
        "headline": (
            f"The task list takes {_hours(output)}. With {percent(v['listening'], 0)} of the week for listening and "
            f"{number(v['cases'])} cases that take {_hours(answering)}, the week needs {_hours(needed)}. "
            f"{number(there, 1)} are there: {verdict}. It takes {_people(people)}. {turning}"
        ),
        "alt": (
            f"Line chart. The hours needed rise with the listening share, from {number(curve[0], 1)} at 0% over "
            f"{number(curve[50], 1)} at 50% to {number(curve[90], 1)} at 90%: the steeper, the higher the share. A "
            f"level line marks the {number(there, 1)} hours there. Your plan, at {percent(v['listening'], 0)}, needs "
            f"{number(needed, 1)}."
        ),
        "caption": "Left of the diamond the week holds the plan; right of it, it does not.",
        "table": {"columns": ["part of the week", "hours or people"], "rows": rows},
        "numbers": {
            "output": output, "listening": ruled, "answering": answering, "needed": needed, "there": there,
            "people": people, "limit": limit,
        },
    }  # fmt: skip
