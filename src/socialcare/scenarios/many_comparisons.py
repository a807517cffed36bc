"""How many of your findings are luck? Many comparisons of posts, with and without a correction (D1, S1.3)."""

from socialcare.formulas.content import (
    bonferroni_level,
    chance_of_a_false_finding,
    expected_false_findings,
    ratio_power,
)
from socialcare.formulas.palette import OTHER, QUIET, STRONG
from socialcare.formulas.parameters import Parameter, validated
from socialcare.formulas.wording import number, percent

TITLE = "How many of your findings are luck?"
QUESTION = "What does a correction for many comparisons save you from, and what does it cost?"

PARAMETERS = (
    Parameter(
        "comparisons", "Comparisons in the report", 24, 1, 60, 1, "comparisons",
        "Every kind, hour, weekday and format that somebody compares with the other posts.", "teaching default",
    ),
    Parameter(
        "posts", "Posts in each group", 30, 5, 200, 5, "posts",
        "Both groups of a comparison are taken as equally large.", "teaching default",
    ),
    Parameter(
        "effect", "The one real difference", 80, 0, 200, 10, "% more comments",
        "One comparison has it, all others have none. 0: nothing is real.", "teaching default",
    ),
    Parameter(
        "level", "Level of each test", 5, 1, 10, 1, "%",
        "Share of false findings that a single test lets through, by convention 5.", "teaching default",
    ),
)  # fmt: skip

RATE = 5.0  # comments on one of Café Brisa's promotions on Facebook in 2025 (tested)
DISPERSION = 0.74  # k of the negative binomial regression of its Facebook posts (tested)
_COUNTS = list(range(1, 61))


def _chances(comparisons, posts, effect, level):
    """Chances in percent: a false finding without and with Bonferroni's level; the real difference found, likewise."""
    empty = comparisons - 1 if effect else comparisons  # comparisons without a real difference
    corrected = bonferroni_level(comparisons, level)
    ratio = 1 + effect / 100
    return {
        "false": 100 * chance_of_a_false_finding(empty, level),
        "false_corrected": 100 * chance_of_a_false_finding(empty, corrected),
        "found": 100 * ratio_power(RATE, ratio, DISPERSION, posts, level) if effect else None,
        "found_corrected": 100 * ratio_power(RATE, ratio, DISPERSION, posts, corrected) if effect else None,
    }


def _line(name, key, rows, colour, dash):
    return {
        "type": "scatter", "mode": "lines", "name": name, "x": _COUNTS, "y": [row[key] for row in rows],
        "line": {"color": colour, "dash": dash, "width": 3},
        "hovertemplate": "%{x} comparisons: %{y:.0f}%<extra>" + name + "</extra>",
    }  # fmt: skip


def figure(**values):
    """Return the figure specification for the chosen values (names, units and ranges: ``PARAMETERS``)."""
    v = validated(PARAMETERS, values)
    level, real = v["level"] / 100, v["effect"] > 0
    chances = _chances(v["comparisons"], v["posts"], v["effect"], level)
    rows = [_chances(count, v["posts"], v["effect"], level) for count in _COUNTS]
    empty = v["comparisons"] - 1 if real else v["comparisons"]
    expected = expected_false_findings(empty, level)
    lines = [
        ("a false finding, no correction", "false", OTHER, "dash"),
        ("a false finding, corrected", "false_corrected", OTHER, "solid"),
    ]
    if real:
        lines.append(("the real one found, no correction", "found", STRONG, "dash"))
        lines.append(("the real one found, corrected", "found_corrected", STRONG, "solid"))
    data = [_line(name, key, rows, colour, dash) for name, key, colour, dash in lines]
    data.append(
        {
            "type": "scatter", "mode": "markers", "name": "your report",
            "x": [v["comparisons"]] * len(lines), "y": [chances[key] for _, key, _, _ in lines],
            "marker": {"color": QUIET, "size": 11, "symbol": "diamond"},
            "hovertemplate": "your report: %{y:.0f}%<extra></extra>",
        }
    )  # fmt: skip
    told = "Nothing is real here, so whatever is found is false."
    seen = ""
    if real:
        told = (
            f"The real difference is found in {number(chances['found'])} of 100 such reports, and in "
            f"{number(chances['found_corrected'])} with the correction."
        )
        seen = (
            f" The chance to find the real difference stays at {percent(chances['found'], 0)} without it and is "
            f"{percent(chances['found_corrected'], 0)} with it."
        )
    table = [[name, percent(rows[0][key], 0), percent(chances[key], 0)] for name, key, _, _ in lines]
    return {
        "data": data,
        "layout": {
            "title": {"text": "Chances, by the number of comparisons"},
            "xaxis": {"title": {"text": "comparisons in one report"}, "range": [0, 61]},
            "yaxis": {"title": {"text": "chance (%)"}, "range": [0, 103]},
            "height": 460,
        },
        "headline": (
            f"{_comparisons(v['comparisons'], real)}, at {percent(v['level'], 0)}: expect {number(expected, 1)} "
            f"false findings, and at least one in {number(chances['false'])} of 100 reports; with the correction in "
            f"{number(chances['false_corrected'])}. {told}"
        ),
        "alt": (
            f"Lines over the number of comparisons. The chance of a false finding rises to "
            f"{percent(rows[-1]['false'], 0)} at {_COUNTS[-1]} comparisons without a correction and stays at or below "
            f"{percent(v['level'], 0)} with one. Your report stands at {percent(chances['false'], 0)} without.{seen}"
        ),
        "caption": "The correction holds the false findings down, and costs some real ones.",
        "table": {"columns": ["chance of", "with 1 comparison", "with " + number(v["comparisons"])], "rows": table},
        "numbers": {
            "expected_false": expected,
            "false": chances["false"],
            "false_corrected": chances["false_corrected"],
            "found": chances["found"],
            "found_corrected": chances["found_corrected"],
        },
    }


def _comparisons(count, real):
    if count == 1:
        return "1 comparison, with a real difference" if real else "1 comparison, without a real difference"
    which = "one" if real else "none"
    return f"{number(count)} comparisons, {which} of them with a real difference"
