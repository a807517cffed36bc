"""One service failure: does the talk about it die out by itself, and what does an answer change (model D9)?"""

from socialcare.formulas.attention import dies_out, final_size, reproduction_number, size_after, size_with_reply
from socialcare.formulas.palette import OTHER, STRONG
from socialcare.formulas.parameters import Parameter, validated
from socialcare.formulas.wording import number, percent

TITLE = "When does talk about a failure die out by itself?"
QUESTION = "How far does the talk spread, and what does your reply change if it comes early or late?"

PARAMETERS = (
    Parameter(
        "followers", "Followers of a speaker", 150, 20, 400, 10, "people",
        "How many people follow each person who speaks about the failure.", "teaching default",
    ),
    Parameter(
        "share", "Believers who pass it on", 10, 1, 15, 1, "%",
        "Of those who see a post and believe it, how many write about it too.", "teaching default",
    ),
    Parameter(
        "hours", "Time to your public reply", 9, 0, 24, 3, "hours",
        "Counted from the first posts, in steps of one round of passing on.", "teaching default",
    ),
    Parameter(
        "cut", "Passing on that the reply prevents", 60, 0, 100, 5, "%",
        "How much smaller R is after your reply.", "teaching default",
    ),
)  # fmt: skip

STARTS = 10  # people who speak in the first round: the first customers who notice
VIEW = 0.10  # part of a speaker's followers who see the post; teaching default
CREDIBILITY = 0.80  # part of those who believe it; teaching default
ROUND_HOURS = 3  # from reading a post to writing about it; teaching default
DAY = 24  # hours shown
ROUNDS = DAY // ROUND_HOURS
_EDGE = 1e-9  # products of decimals miss 1 by less than this


def _ends(r):
    return r < 1 - _EDGE


def _end_with_reply(r, r_after, reply_round):
    """People who speak in the end, if the reply makes the talk end at all."""
    if not _ends(r_after):
        return None
    return size_after(r, reply_round, STARTS) + STARTS * r**reply_round * (final_size(r_after) - 1)


def _first_sentence(r, alone, day):
    shown = number(r, 2)
    if alone is not None:
        return f"R is {shown}: the talk dies out by itself, at {number(alone)} people."
    if r <= 1 + _EDGE:
        return (
            f"R is {shown}: each speaker brings one other, and the talk keeps its pace: {number(day)} people in a day."
        )
    return f"R is {shown}: without an answer the talk grows, to {number(day)} people in a day and on."


def _second_sentence(hours, r_after, replied, day):
    when = "at once" if hours == 0 else f"after {hours} hours"
    if replied is None:
        return f"Your reply {when} leaves R at {number(r_after, 2)}, not below 1: {number(day)} people in a day and on."
    return f"Your reply {when} makes R {number(r_after, 2)}, and the talk ends at {number(replied)} people."


def figure(**values):
    """Return the figure specification for the chosen values (names, units and ranges: ``PARAMETERS``)."""
    v = validated(PARAMETERS, values)
    r = reproduction_number(v["followers"], VIEW, v["share"] / 100, CREDIBILITY)
    cut, reply_round = v["cut"] / 100, int(v["hours"] // ROUND_HOURS)
    r_after = r * (1 - cut)
    hours = [ROUND_HOURS * passed for passed in range(ROUNDS + 1)]
    silent = [size_after(r, passed, STARTS) for passed in range(ROUNDS + 1)]
    answered = [size_with_reply(r, cut, reply_round, passed, STARTS) for passed in range(ROUNDS + 1)]
    alone = final_size(r, STARTS) if _ends(r) else None
    replied = _end_with_reply(r, r_after, reply_round)
    one_dies = 100 * dies_out(r)
    first, second = _first_sentence(r, alone, silent[-1]), _second_sentence(v["hours"], r_after, replied, answered[-1])
    end = "no bound" if alone is None else number(alone)
    end_replied = "no bound" if replied is None else number(replied)
    rows = [[f"{hour} hours", number(silent[i]), number(answered[i])] for i, hour in enumerate(hours) if i % 2 == 0]
    rows.append(["in the end", end, end_replied])
    return {
        "data": [
            {
                "type": "scatter", "mode": "lines+markers", "name": "nobody answers",
                "x": hours, "y": silent, "line": {"color": OTHER, "width": 3, "dash": "dash"},
                "marker": {"color": OTHER, "size": 8, "symbol": "square"},
                "hovertemplate": "%{x} hours, nobody answers: %{y:,.0f} people<extra></extra>",
            },
            {
                "type": "scatter", "mode": "lines+markers", "name": "you reply",
                "x": hours, "y": answered, "line": {"color": STRONG, "width": 3},
                "marker": {"color": STRONG, "size": 8},
                "hovertemplate": "%{x} hours, you reply: %{y:,.0f} people<extra></extra>",
            },
            {
                "type": "scatter", "mode": "markers", "name": "your reply",
                "x": [v["hours"]], "y": [answered[reply_round]],
                "marker": {"color": STRONG, "size": 16, "symbol": "diamond"},
                "hovertemplate": "your reply: %{y:,.0f} people have spoken<extra></extra>",
            },
        ],
        "layout": {
            "title": {"text": f"People who have spoken, if {STARTS} begin"},
            "xaxis": {"title": {"text": "hours since the first posts"}, "dtick": 2 * ROUND_HOURS},
            "yaxis": {"title": {"text": "people who have spoken"}, "rangemode": "tozero"},
            "height": 420,
        },
        "headline": f"{first} {second}",
        "alt": (
            f"Two rising lines over {DAY} hours, from {STARTS} people who speak. If nobody answers, "
            f"{number(silent[-1])} have spoken after {DAY} hours; with your reply after {v['hours']} hours, "
            f"{number(answered[-1])}. R is {number(r, 2)} before the reply and {number(r_after, 2)} after it. "
            f"The talk that one single post starts dies out by itself with a chance of {percent(one_dies, 0)}."
        ),
        "caption": "Below R = 1 both lines flatten; above it only a reply bends them.",
        "table": {"columns": ["since the first posts", "nobody answers", "you reply"], "rows": rows},
        "numbers": {
            "r": r, "r_after": r_after, "silent_day": silent[-1], "answered_day": answered[-1],
            "silent_end": alone, "answered_end": replied, "one_post_dies_out": one_dies,
        },
    }  # fmt: skip
