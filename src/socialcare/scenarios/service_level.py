"""Whose expectation does your service meet? Speed, silence and the closed night (S3.2-02, S3.2-05, B19)."""

from socialcare.formulas.palette import CHANNEL
from socialcare.formulas.parameters import Parameter, validated
from socialcare.formulas.service_levels import expectation_met, wait_through_closing
from socialcare.formulas.wording import number, percent

TITLE = "Whose expectation do you meet?"
QUESTION = "What do faster answers, fewer silences and longer hours each add to the share of people you satisfy?"

PARAMETERS = (
    Parameter(
        "answer_hours", "Time to answer while you are open", 4.0, 0.5, 24, 0.5, "hours",
        "Open hours from the message to a human reply; an automatic one does not count.", "teaching default",
    ),
    Parameter(
        "share_answered", "Messages that get an answer", 90, 10, 100, 1, "%",
        "Of 100 messages, how many get a human reply at all.", "teaching default",
    ),
    Parameter(
        "open_hours", "Open hours a day", 11, 4, 24, 1, "hours",
        "The desk opens at 9:00, earlier if it is open for more than 15 hours; every day is alike.", "teaching default",
    ),
)  # fmt: skip

_STEP = 0.25  # hours between the messages that stand for a day
_NETWORKS = (("twitter", "Twitter", "solid", "circle"), ("facebook", "Facebook", "dash", "square"))
_SPEEDS = (0.5, 1, 2, 3, 4, 6, 8, 12, 16, 24)


def _opening(hours):
    opens = min(9, 24 - hours)
    return opens, opens + hours


def _met(network, answer_hours, share_answered, open_hours):
    """Share met, in percent, and mean wait in hours, over messages spread evenly over the day and the night."""
    opens, closes = _opening(open_hours)
    arrivals = [(step + 0.5) * _STEP for step in range(int(24 / _STEP))]
    waits = [wait_through_closing(arrival, answer_hours, opens, closes) for arrival in arrivals]
    met = sum(expectation_met(wait, network) for wait in waits) / len(waits)
    return share_answered * met, sum(waits) / len(waits)


def figure(**values):
    """Return the figure specification for the chosen values (names, units and ranges: ``PARAMETERS``)."""
    v = validated(PARAMETERS, values)
    now = {name: _met(name, **v)[0] for name, *_ in _NETWORKS}
    wait = _met("twitter", **v)[1]
    better = (  # no dictionary: MicroPython's have no order
        ("twice as fast", "answer_hours", v["answer_hours"] / 2),
        ("answer everybody", "share_answered", 100),
        ("open day and night", "open_hours", 24),
    )
    rows = [["now", percent(now["twitter"]), percent(now["facebook"])]]
    gains = []
    for change, name_changed, setting in better:
        changed = dict(v)
        changed[name_changed] = setting
        row = {name: _met(name, **changed)[0] for name, *_ in _NETWORKS}
        gains.append((row["twitter"] - now["twitter"], change))
        rows.append([change, percent(row["twitter"]), percent(row["facebook"])])
    most, best = max(gains, key=lambda gain: gain[0])
    by_change = {change: gain for gain, change in gains}
    step = best if best == "answer everybody" else "be " + best
    advice = f"On Twitter the next gain is to {step}: {number(most, 1)} points more."
    if most < 0.05:
        advice = "On Twitter none of the three steps adds anything more."
    data, curves = [], {}
    for name, label, dash, symbol in _NETWORKS:
        curve = [_met(name, speed, v["share_answered"], v["open_hours"])[0] for speed in _SPEEDS]
        curves[name] = curve
        data.append({
            "type": "scatter", "mode": "lines", "name": label, "x": list(_SPEEDS), "y": curve,
            "line": {"color": CHANNEL[name], "width": 3, "dash": dash},
            "hovertemplate": label + ", answer in %{x} open hours: %{y:.1f}% met<extra></extra>",
        })  # fmt: skip
        data.append({
            "type": "scatter", "mode": "markers", "name": label + ", you", "x": [v["answer_hours"]], "y": [now[name]],
            "marker": {"color": CHANNEL[name], "size": 13, "symbol": symbol}, "showlegend": False,
            "hovertemplate": label + ", you: %{y:.1f}% met<extra></extra>",
        })  # fmt: skip
    return {
        "data": data,
        "layout": {
            "title": {"text": "People whose expectation you meet"},
            "xaxis": {
                "title": {"text": "open hours to an answer (log scale)"}, "type": "log",
                "tickvals": [0.5, 1, 2, 4, 8, 24],
            },
            "yaxis": {"title": {"text": "expectation met (%)"}, "range": [0, 104]},
            "height": 420,
        },
        "headline": (
            f"You meet the expectation of {percent(now['twitter'])} of the people on Twitter and of "
            f"{percent(now['facebook'])} on Facebook. Answered people wait {number(wait, 1)} hours on average, nights "
            f"included. {advice}"
        ),
        "alt": (
            "Two falling lines of the share of people whose expectation is met, by the open hours to an answer. "
            f"Twitter falls from {percent(curves['twitter'][0])} to {percent(curves['twitter'][-1])}, Facebook, the "
            f"higher one, from {percent(curves['facebook'][0])} to {percent(curves['facebook'][-1])}. You are at "
            f"{percent(now['twitter'])} and {percent(now['facebook'])}."
        ),
        "caption": "Speed, silence and the night each take their part.",
        "table": {"columns": ["what you change", "met on Twitter", "met on Facebook"], "rows": rows},
        "numbers": {"twitter": now["twitter"], "facebook": now["facebook"], "wait_hours": wait, "gains": by_change},
    }  # fmt: skip
