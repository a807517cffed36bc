"""How many visitors, and how many days, does a fair test of two versions need (D5)?"""

from socialcare.formulas.funnel import days_needed, sample_size
from socialcare.formulas.palette import OTHER, STRONG
from socialcare.formulas.parameters import Parameter, validated
from socialcare.formulas.wording import number, percent

TITLE = "How long must the test run?"
QUESTION = "How many visitors does each version need before you may look at the result?"

PARAMETERS = (
    Parameter(
        "baseline", "Conversion today", 2.5, 0.5, 60, 0.5, "%",
        "Of those who see the page under test, how many do what you want.", "teaching default",
    ),
    Parameter(
        "lift", "Smallest rise worth finding", 10, 2, 50, 1, "% of today",
        "Relative rise: 10% of 2.5% is a quarter of a point.", "teaching default",
    ),
    Parameter(
        "power", "Chance to find it", 80, 50, 95, 5, "%",
        "Power: of many such tests with a real rise, the share that finds it.", "teaching default",
    ),
    Parameter(
        "daily", "Visitors a day", 1000, 50, 20000, 50, "visitors",
        "Visitors who see the page under test, both versions together.", "teaching default",
    ),
)  # fmt: skip

ALPHA = 0.05  # share of false alarms when both versions are equal, by convention
_LIFTS = (2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50)


def _needed(baseline, lift, power):
    """Visitors per version; a relative lift of a share, both in percent."""
    return sample_size(baseline / 100, baseline / 100 * (1 + lift / 100), power / 100, ALPHA)


def _days(count):
    return "1 day" if count == 1 else f"{number(count)} days"


def figure(**values):
    """Return the figure specification for the chosen values (names, units and ranges: ``PARAMETERS``)."""
    v = validated(PARAMETERS, values)
    target = v["baseline"] * (1 + v["lift"] / 100)
    needed = _needed(v["baseline"], v["lift"], v["power"])
    days = days_needed(needed, v["daily"])
    curve = {lift: _needed(v["baseline"], lift, v["power"]) for lift in _LIFTS}
    shown = (5, 10, 20, 40)
    return {
        "data": [
            {
                "type": "scatter", "mode": "lines", "name": "visitors needed",
                "x": list(_LIFTS), "y": [curve[lift] for lift in _LIFTS], "line": {"color": STRONG, "width": 3},
                "hovertemplate": "a rise of %{x}%: %{y:,.0f} visitors per version<extra></extra>",
            },
            {
                "type": "scatter", "mode": "markers", "name": "your test", "x": [v["lift"]], "y": [needed],
                "marker": {"color": OTHER, "size": 14, "symbol": "diamond"},
                "hovertemplate": "your test: %{y:,.0f} visitors per version<extra></extra>",
            },
        ],
        "layout": {
            "title": {"text": "Visitors per version, by the rise to find"},
            "xaxis": {"title": {"text": "smallest rise worth finding (% of today)"}, "range": [0, 51]},
            "yaxis": {"title": {"text": "visitors per version (log scale)"}, "type": "log", "dtick": 1},
            "height": 420,
        },
        "headline": (
            f"To find a rise from {percent(v['baseline'], 2)} to {percent(target, 2)} in {v['power']} of 100 tests, "
            f"each version needs {number(needed)} visitors: {_days(days)} at {number(v['daily'])} visitors a day."
        ),
        "alt": (
            f"Falling line on a log scale. A rise of {_LIFTS[0]}% needs {number(curve[_LIFTS[0]])} visitors per "
            f"version, a rise of {_LIFTS[-1]}% needs {number(curve[_LIFTS[-1]])}. Your test, a rise of "
            f"{number(v['lift'])}%, needs {number(needed)} and takes {_days(days)}."
        ),
        "caption": "Half the rise needs about four times the visitors.",
        "table": {
            "columns": ["rise to find", "visitors per version", "days"],
            "rows": [[f"{lift}%", number(curve[lift]), number(days_needed(curve[lift], v["daily"]))] for lift in shown]
            + [[f"{number(v['lift'])}% (your test)", number(needed), number(days)]],
        },
        "numbers": {"visitors_per_version": needed, "days": days, "target": target},
    }  # fmt: skip
