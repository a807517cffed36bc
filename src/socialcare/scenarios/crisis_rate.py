"""A crisis raises the engagement rate: the same ERTw, split by what the mentions say (S0.4-F1, B14)."""

from socialcare.formulas.engagement import ertw, ertw_by_polarity
from socialcare.formulas.palette import POLARITY, QUIET
from socialcare.formulas.parameters import Parameter, validated
from socialcare.formulas.wording import number, percent, times

TITLE = "Is a high engagement rate good news?"
QUESTION = "What happens to ERTw when a week of complaints arrives, and who is behind the rise?"

PARAMETERS = (
    Parameter(
        "mentions", "Mentions in the week", 740, 20, 1000, 20, "mentions",
        "Tweets that name the brand, whatever they say.", "teaching default",
    ),
    Parameter(
        "negative_share", "Negative mentions", 80, 0, 100, 5, "%",
        "Share of the mentions that complain; the others are positive, neutral or requests.", "teaching default",
    ),
    Parameter(
        "retweets", "Retweets in the week", 80, 0, 500, 10, "retweets",
        "Tweets of the brand that others passed on.", "teaching default",
    ),
    Parameter(
        "active_followers", "Active followers", 400, 100, 2000, 50, "people",
        "Followers who acted at least once in the last 28 days.", "teaching default",
    ),
)  # fmt: skip

CALM = {"retweets": 80, "mentions": 75, "negative_share": 10}  # the week that the chosen one is compared with


def _pattern(shape):
    return {"shape": shape, "fillmode": "overlay", "fgcolor": "white", "size": 6}


def _split(retweets, mentions, negative_share, active_followers):
    negative = int(mentions * negative_share / 100 + 0.5)  # whole mentions, halves up: the same in every Python
    return ertw_by_polarity(retweets, {"negative": negative, "other": mentions - negative}, active_followers)


def figure(**values):
    """Return the figure specification for the chosen values (names, units and ranges: ``PARAMETERS``)."""
    v = validated(PARAMETERS, values)
    active = v["active_followers"]
    weeks = {
        "Calm week": _split(CALM["retweets"], CALM["mentions"], CALM["negative_share"], active),
        "Your week": _split(v["retweets"], v["mentions"], v["negative_share"], active),
    }
    calm_rate = ertw(CALM["retweets"], CALM["mentions"], active)
    rate = ertw(v["retweets"], v["mentions"], active)
    series = (
        ("retweets", "Retweets", QUIET, ""),
        ("other", "Mentions: all others", POLARITY["positive"], "."),
        ("negative", "Mentions: negative", POLARITY["negative"], "/"),
    )
    negative, calm_negative = weeks["Your week"]["negative"], weeks["Calm week"]["negative"]
    rows = [[name] + [percent(week[key]) for week in weeks.values()] for key, name, _, _ in series]
    rows.append(["ERTw", percent(calm_rate), percent(rate)])
    return {
        "data": [
            {
                "type": "bar", "orientation": "h", "name": name, "y": list(weeks),
                "x": [week[key] for week in weeks.values()],
                "marker": {"color": colour, "pattern": _pattern(shape)},
                "hovertemplate": f"{name}: %{{x:.1f}} points<extra></extra>",
            }
            for key, name, colour, shape in series
        ],
        "layout": {
            "title": {"text": "ERTw of one week, by what people did"},
            "barmode": "stack",
            "xaxis": {"title": {"text": "ERTw (% of active followers)"}, "rangemode": "tozero"},
            "yaxis": {"autorange": "reversed"},
            "height": 360,
        },
        "headline": (
            f"ERTw is {percent(rate)}, {times(rate / calm_rate)} the calm week's {percent(calm_rate)}. "
            f"Complaints make up {number(negative, 1)} points of it, {number(calm_negative, 1)} in the calm week."
        ),
        "alt": (
            f"Two stacked bars. The calm week's engagement rate is {percent(calm_rate)}, of which "
            f"{number(calm_negative, 1)} points are negative mentions. Your week's rate is {percent(rate)}, of which "
            f"{number(negative, 1)} points are negative mentions."
        ),
        "caption": "The rate counts acts, not approval: the hatched part is complaints.",
        "table": {"columns": ["part of ERTw"] + list(weeks), "rows": rows},
        "numbers": {"ertw": rate, "calm_ertw": calm_rate, "negative": negative, "calm_negative": calm_negative},
    }  # fmt: skip
