"""Should you encourage complaints? It depends on how many you resolve (S2.5-A4, B10)."""

from socialcare.formulas.complaints import (
    break_even_resolution,
    complaint_tree,
    encouragement_gain,
    stay_if_complained,
    teaching_default,
    word_of_mouth_cost,
)
from socialcare.formulas.palette import POLARITY, QUIET, STRONG
from socialcare.formulas.parameters import Parameter, validated
from socialcare.formulas.wording import euros, number, percent

TITLE = "Should you encourage complaints?"
QUESTION = "What happens to your money when a customer who would stay silent complains instead?"

PARAMETERS = (
    Parameter(
        "resolution_rate", "Complaints that you resolve", 60.0, 0, 100, 0.5, "%",
        "Of 100 complaints, how many end with a solution; count those that still wait as unresolved.",
        "teaching default",
    ),
    Parameter(
        "stay_resolved", "Stay after a solution", 88.5, 50, 95, 0.5, "%",
        "Of 100 customers with a solved complaint, quick or slow, how many stay; above 85% is the recovery paradox.",
        "teaching default",
    ),
    Parameter(
        "stay_silent", "Stay after silence", 65.0, 30, 85, 0.5, "%",
        "Of 100 customers with a problem who say nothing, how many stay. No ticket tells you.",
        "teaching default",
    ),
    Parameter(
        "stay_unresolved", "Stay without a solution", 40.0, 0, 60, 0.5, "%",
        "Of 100 customers whose complaint failed, how many stay.", "teaching default",
    ),
)  # fmt: skip

_RATES = list(range(0, 101, 5))
_CENT = 0.005


def _answer(gain):
    if abs(gain) < _CENT:
        return "Neither yes nor no: you are at the break-even."
    return "Yes, encourage complaints." if gain > 0 else "No, do not encourage complaints yet."


def _turn(break_even):
    """Say where the answer turns; None means that a solved case is worth no more than an unsolved one."""
    if break_even is None:
        return "Solving more would not change that: a solution is worth too little."
    if break_even > 1:
        return "It would not pay even if you resolved all of them."
    if break_even <= 0:
        return "It pays even if you resolve none."
    return f"It pays above a resolution rate of {percent(100 * break_even)}."


def figure(**values):
    """Return the figure specification for the chosen values (names, units and ranges: ``PARAMETERS``)."""
    v = validated(PARAMETERS, values)
    rate, resolved, silent, unresolved = (v[parameter.name] / 100 for parameter in PARAMETERS)
    firm = teaching_default()
    unhappy = word_of_mouth_cost(firm["tellings"], firm["loss_per_telling"], firm["value"])
    costs = {
        "value": firm["value"], "contact_cost": firm["contact_cost"], "redress_cost": firm["redress_cost"],
        "word_of_mouth": unhappy,
    }  # fmt: skip
    gain = encouragement_gain(rate, resolved, unresolved, silent, **costs)
    solved_gain, failed_gain = (encouragement_gain(end, resolved, unresolved, silent, **costs) for end in (1, 0))
    break_even = None
    if solved_gain > failed_gain:
        break_even = break_even_resolution(resolved, unresolved, silent, **costs)
    firm.update({
        "resolution_rate": rate, "stay_quick": resolved, "stay_resolved": resolved, "stay_silent": silent,
        "stay_unresolved": unresolved,
    })  # fmt: skip
    year = complaint_tree(firm)
    curve = [encouragement_gain(step / 100, resolved, unresolved, silent, **costs) for step in _RATES]
    shown = break_even is not None and 0 <= break_even <= 1
    stay = stay_if_complained(rate, resolved, unresolved)
    paradox = " This assumes the recovery paradox." if resolved > firm["stay_no_problem"] else ""
    # an amount that would print as zero is told as zero, without a direction
    amount = "nothing" if abs(gain) < _CENT else euros(abs(gain))
    does = "brings" if gain >= _CENT else "costs"
    rows = [
        ["Of 100, stay", number(100 * silent, 1), number(100 * stay, 1)],
        ["Value that stays", euros(silent * firm['value']), euros(stay * firm['value'])],
        ["Handling", "€0.00", euros(firm['contact_cost'])],
        ["Compensation", "€0.00", euros(rate * firm['redress_cost'])],
        ["Word of mouth", "€0.00", euros((1 - rate) * unhappy)],
        [
            "Left per customer", euros(silent * firm['value']),
            euros(silent * firm['value'] + gain),
        ],
    ]  # fmt: skip
    return {
        "data": [
            {
                "type": "scatter", "mode": "lines", "name": "One more complaint", "x": _RATES, "y": curve,
                "line": {"color": STRONG, "width": 3},
                "hovertemplate": "%{x}% resolved: €%{y:,.2f}<extra></extra>",
            },
            {
                "type": "scatter", "mode": "lines", "name": "Staying silent", "x": [0, 100], "y": [0, 0],
                "line": {"color": QUIET, "width": 3, "dash": "dash"},
                "hovertemplate": "silence is the zero line<extra></extra>",
            },
            {
                "type": "scatter", "mode": "markers", "name": "You now", "x": [v["resolution_rate"]], "y": [gain],
                "marker": {"color": POLARITY["negative"] if gain < 0 else STRONG, "size": 14, "symbol": "circle"},
                "hovertemplate": "now: %{x:.1f}% resolved, €%{y:,.2f}<extra></extra>",
            },
            {
                "type": "scatter", "mode": "markers", "name": "Break-even",
                "x": [100 * break_even] if shown else [], "y": [0] if shown else [],
                "marker": {"color": QUIET, "size": 14, "symbol": "diamond"},
                "hovertemplate": "break-even: %{x:.1f}% resolved<extra></extra>",
            },
        ],
        "layout": {
            "title": {"text": "What one more complaint brings, by how many you resolve"},
            "xaxis": {"title": {"text": "complaints resolved (%)"}, "range": [-2, 102]},
            "yaxis": {"title": {"text": "EUR per silent customer who complains"}},
            "height": 420,
        },
        "headline": (
            f"{_answer(gain)} You resolve {percent(v['resolution_rate'])}; a silent customer who complains "
            f"instead {does} you {amount}. {_turn(break_even)} All problems of the year cost "
            f"{euros(year['total_eur'], 0)} for {number(firm['customers'])} customers.{paradox}"
        ),
        "alt": (
            f"Line chart. One more complaint instead of silence brings from {euros(curve[0])} when you resolve "
            f"none to {euros(curve[-1])} when you resolve all. At your {percent(v['resolution_rate'])} it brings "
            f"{euros(gain)}. {_turn(break_even)}"
        ),
        "caption": "Right of the diamond, above the zero line, encouraging complaints pays.",
        "table": {"columns": ["per customer with a problem", "stays silent", "complains"], "rows": rows},
        "numbers": {
            "gain": gain, "break_even_rate": break_even, "stay_if_complained": stay, "total_loss": year["total_eur"],
        },
    }  # fmt: skip
