"""What would another content mix bring? Comments a month by the share of questions and of long posts (S1.3, S2.2)."""

import math

from socialcare.formulas.content import mix_rate
from socialcare.formulas.palette import OTHER, QUIET, STRONG
from socialcare.formulas.parameters import Parameter, validated
from socialcare.formulas.wording import number, percent

TITLE = "What would another content mix bring?"
QUESTION = "More posts, more questions or shorter posts: what brings more comments in a month?"

PARAMETERS = (
    Parameter(
        "posts", "Posts in a month", 20, 4, 60, 1, "posts",
        "The quota of the source is two a week, eight or nine a month (S2.2-01).", "teaching default",
    ),
    Parameter(
        "questions", "Posts that ask a question", 20, 0, 100, 5, "%",
        "All other posts are stories, promotions, how-tos, notices and contests, mixed as in 2025.", "teaching default",
    ),
    Parameter(
        "long", "Posts of more than 60 words", 30, 0, 100, 5, "%",
        "The source says: be brief (S1.3-H3). It gives no number.", "teaching default",
    ),
)  # fmt: skip

# Café Brisa's Facebook posts of 2025 that nobody paid to show (tested against the tables)
QUESTION_RATE = 11.5  # comments on a post that asks a question
OTHER_RATE = 6.3  # comments on any other post
LONG_FACTOR = 0.65  # a long post gets this many times the comments of a short one, kind and format held equal
LONG_SHARE = 0.30  # share of long posts behind the two rates
DISPERSION = 0.74  # how much more the comments vary than chance alone would make them
_Z = 1.96  # 95 of 100 months lie within this many standard deviations
_SHARES = list(range(0, 101, 5))


def _expected(questions, long):
    """Comments on an average post of the mix, both shares in percent."""
    rate = mix_rate([questions / 100, 1 - questions / 100], [QUESTION_RATE, OTHER_RATE])
    length = mix_rate([long / 100, 1 - long / 100], [LONG_FACTOR, 1])
    return rate * length / mix_rate([LONG_SHARE, 1 - LONG_SHARE], [LONG_FACTOR, 1])


def _month(posts, rate):
    """Expected comments of a month and the range of 95 in 100 months, from the negative binomial variance."""
    spread = _Z * math.sqrt(posts * (rate + DISPERSION * rate * rate))
    return posts * rate, max(0, posts * rate - spread), posts * rate + spread


def figure(**values):
    """Return the figure specification for the chosen values (names, units and ranges: ``PARAMETERS``)."""
    v = validated(PARAMETERS, values)
    rate = _expected(v["questions"], v["long"])
    expected, low, high = _month(v["posts"], rate)
    curve = [_month(v["posts"], _expected(share, v["long"])) for share in _SHARES]
    shown = (0, 20, 50, 100)
    rows = []
    for share in shown:
        each = _expected(share, v["long"])
        month = _month(v["posts"], each)
        rows.append(
            [f"{share}% questions", number(each, 1), number(month[0]), f"{number(month[1])} to {number(month[2])}"]
        )
    rows.append(
        [f"{number(v['questions'])}% (your mix)", number(rate, 1), number(expected), f"{number(low)} to {number(high)}"]
    )
    return {
        "data": [
            {
                "type": "scatter", "mode": "lines", "name": "95 of 100 months", "x": _SHARES + _SHARES[::-1],
                "y": [point[2] for point in curve] + [point[1] for point in curve[::-1]], "fill": "toself",
                "fillcolor": "rgba(122, 122, 122, 0.25)", "line": {"color": QUIET, "width": 1}, "hoverinfo": "skip",
            },
            {
                "type": "scatter", "mode": "lines", "name": "expected", "x": _SHARES,
                "y": [point[0] for point in curve], "line": {"color": STRONG, "width": 3},
                "hovertemplate": "%{x}% questions: %{y:.0f} comments<extra></extra>",
            },
            {
                "type": "scatter", "mode": "markers", "name": "your mix", "x": [v["questions"]], "y": [expected],
                "marker": {"color": OTHER, "size": 14, "symbol": "diamond"},
                "hovertemplate": "your mix: %{y:.0f} comments<extra></extra>",
            },
        ],
        "layout": {
            "title": {"text": "Comments in a month, by the share of questions"},
            "xaxis": {"title": {"text": "posts that ask a question (%)"}, "range": [-2, 102]},
            "yaxis": {"title": {"text": "comments in a month"}, "rangemode": "tozero"},
            "height": 420,
        },
        "headline": (
            f"{number(v['posts'])} posts a month, {percent(v['questions'], 0)} questions and {percent(v['long'], 0)} "
            f"long: {number(rate, 1)} comments a post, {number(expected)} a month, and in 95 of 100 months between "
            f"{number(low)} and {number(high)}. That holds only if the mix is the cause."
        ),
        "alt": (
            f"Rising line with a wide band. With {number(v['posts'])} posts a month the expected comments rise from "
            f"{number(curve[0][0])} without questions to {number(curve[-1][0])} with questions only. Your mix brings "
            f"{number(expected)}, and single months run from {number(low)} to {number(high)}."
        ),
        "caption": "One month proves nothing: the band is wider than most changes of the mix.",
        "table": {"columns": ["mix", "comments a post", "comments a month", "95 of 100 months"], "rows": rows},
        "numbers": {"rate": rate, "expected": expected, "low": low, "high": high},
    }  # fmt: skip
