"""Which step comes first? It depends on what you weigh, and that is no result (model of unit 15)."""

from socialcare.formulas.audit import first_steps, priority
from socialcare.formulas.palette import QUIET, STRONG
from socialcare.formulas.parameters import Parameter, validated
from socialcare.formulas.wording import euros, number

TITLE = "Which step comes first?"
QUESTION = "How does the order of the steps change with what you weigh, and with the hours you have?"

PARAMETERS = (
    Parameter(
        "weight", "Weight on money", 30, 0, 100, 5, "%",
        "0 ranks by the cases or customers concerned, 100 by the money at stake. A judgement, not a result.",
        "teaching default",
    ),
    Parameter(
        "hours", "Hours you have", 40, 5, 180, 5, "hours",
        "Working time for the first round; a step that does not fit waits.", "teaching default",
    ),
    Parameter(
        "place", "Where in its range you take the money", 50, 0, 100, 10, "%",
        "0 takes the low end of each range, 100 the high end: nobody knows where it lies.", "teaching default",
    ),
)  # fmt: skip

STEPS = (
    ("public calls for help", 2450, 0, 0, 8),
    ("oldest e-mail first", 781, 0, 0, 12),
    ("the unanswered", 455, 0, 0, 16),
    ("Spanish on e-mail", 413, 0, 0, 10),
    ("claims by day 15", 250, 0, 0, 4),
    ("Catalan on Twitter", 52, 0, 0, 10),
    ("fast lane (test)", 885, 2708, 9525, 60),
    ("lapsed: letter (test)", 504, 0, 47317, 10),
    ("address form (test)", 353, 1046, 3227, 40),
    ("kinds of post (test)", 317, 0, 0, 20),
)
"""Café Brisa's steps that need no more measuring: name, cases, visits or customers concerned, money from and to (EUR,
0 = the tables do not tell), hours (a teaching default). A test compares them with what the audit finds."""


def figure(**values):
    """Return the figure specification for the chosen values (names, units and ranges: ``PARAMETERS``)."""
    v = validated(PARAMETERS, values)
    weight, place = v["weight"] / 100, v["place"] / 100
    money = [low + place * (high - low) for _, _, low, high, _ in STEPS]
    people = [step[1] for step in STEPS]
    hours = [step[4] for step in STEPS]
    scores = [priority(eur, count, max(money), max(people), weight) for eur, count in zip(money, people)]
    chosen = first_steps(scores, hours, v["hours"])
    order = sorted(range(len(STEPS)), key=lambda step: (-scores[step], step))  # MicroPython's sort is not stable
    used, known = sum(hours[step] for step in chosen), sum(money[step] for step in chosen)
    rows, labels, heights, colours, shapes = [], [], [], [], []
    for step in order:
        now = step in chosen
        rows.append([
            STEPS[step][0], number(people[step]), euros(money[step], 0) if STEPS[step][3] else "not known",
            number(hours[step]), number(100 * scores[step]), "now" if now else "waits",
        ])  # fmt: skip
        labels.append(STEPS[step][0])
        heights.append(100 * scores[step])
        colours.append(STRONG if now else QUIET)
        shapes.append("" if now else "/")
    waiting = [STEPS[step][0] for step in order if step not in chosen]
    first = STEPS[chosen[0]][0] if chosen else "nothing"
    waits = "The highest that waits: " + waiting[0] + "." if waiting else "Nothing waits."
    shown = "; ".join(row[0] + " " + row[4] for row in rows)
    return {
        "data": [
            {
                "type": "bar", "orientation": "h", "name": "priority", "x": heights[::-1], "y": labels[::-1],
                "marker": {
                    "color": colours[::-1],
                    "pattern": {"shape": shapes[::-1], "fillmode": "overlay", "fgcolor": "white", "size": 6},
                },
                "hovertemplate": "%{y}: %{x:.0f}<extra></extra>",
            },
        ],
        "layout": {
            "title": {"text": "Steps by priority; hatched ones wait"},
            "xaxis": {"title": {"text": "priority"}, "range": [0, 102]},
            "yaxis": {"title": {"text": " "}},
            "height": 460,
        },
        "headline": (
            f"With {number(v['weight'])}% of the weight on money and {number(v['hours'])} hours you begin with: "
            f"{first}. "
            f"{number(len(chosen))} of {number(len(STEPS))} steps fit: {number(used)} hours, with {euros(known, 0)} of "
            f"known money at stake. {waits}"
        ),
        "alt": (
            f"Bar chart of {number(len(STEPS))} steps by priority, highest first: {shown}. Hatched bars wait: "
            f"{', '.join(waiting) if waiting else 'none'}."
        ),
        "caption": "Steps without known money count as none: what nobody measures, loses.",
        "table": {"columns": ["step", "concerned", "money", "hours", "priority", "when"], "rows": rows},
        "numbers": {"scores": scores, "chosen": chosen, "hours_used": used},
    }  # fmt: skip
