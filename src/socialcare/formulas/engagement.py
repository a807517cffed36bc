"""How strongly does an audience respond? The engagement rates of the course, as plain formulas.

Rates are in percent because the source multiplies by 100; they may exceed 100, since one person can act many times.
Shares are proportions from 0 to 1. Sources: S0.4 (ERTw, ERFb), S4.2-08 (1,000 fans against 10,000); the variants
per follower and per impression follow the definitions in ``datasets/benchmarks.csv``.
"""

from socialcare.formulas import checks

__all__ = [
    "active_fans",
    "break_even_active_share",
    "engagement_rate",
    "erfb",
    "ertw",
    "ertw_by_polarity",
    "macro_average",
    "micro_average",
    "rate_per_post",
]


def engagement_rate(interactions, base, base_name="base"):
    r"""Interactions per 100 of whatever stands below the line, in percent.

    .. math:: \text{engagement rate} = \frac{\text{interactions}}{\text{base}} \times 100

    ``base`` counts people (active followers, followers, people reached) or displays (impressions);
    ``base_name`` names it in errors. Raises ValueError if ``interactions`` is negative or ``base`` is not above 0.
    """
    checks.count("interactions", interactions)
    checks.positive(base_name, base)
    return 100 * interactions / base


def _active(name, active, total_name, total):
    checks.positive(name, active)
    if total is not None:
        checks.positive(total_name, total)
        if active > total:
            raise ValueError(f"{name} is {active}; expected no more than the {total} {total_name}")
    return active


def ertw(retweets, mentions, active_followers, followers=None):
    r"""Engagement rate on Twitter over a period, in percent (S0.4-F1).

    .. math:: \text{ERTw} = \frac{\text{retweets} + \text{mentions}}{\text{active_followers}} \times 100

    ``followers``, if given, is only used to reject more active followers than followers. Raises ValueError for a
    negative or fractional count and for ``active_followers`` of 0.
    """
    checks.count("retweets", retweets)
    checks.count("mentions", mentions)
    _active("active_followers", active_followers, "followers", followers)
    return engagement_rate(retweets + mentions, active_followers, "active_followers")


def erfb(comments, likes, shares, active_fans, fans=None):
    r"""Engagement rate on Facebook over a period, in percent (S0.4-F2).

    .. math:: \text{ERFb} = \frac{\text{comments} + \text{likes} + \text{shares}}{\text{active_fans}} \times 100

    ``fans``, if given, is only used to reject more active fans than fans. Raises ValueError for a negative or
    fractional count and for ``active_fans`` of 0.
    """
    checks.count("comments", comments)
    checks.count("likes", likes)
    checks.count("shares", shares)
    _active("active_fans", active_fans, "fans", fans)
    return engagement_rate(comments + likes + shares, active_fans, "active_fans")


def ertw_by_polarity(retweets, mentions, active_followers):
    r"""Split ERTw into the parts that retweets and each polarity of mention contribute, in percentage points.

    .. math:: \text{points} = \frac{\text{part}}{\text{active_followers}} \times 100

    ``mentions`` is ``{polarity: count}``. Returns ``{"retweets": points, polarity: points, ...}``; the parts add up
    to :func:`ertw` (model D1). Raises ValueError as :func:`ertw` does.
    """
    parts = {"retweets": checks.count("retweets", retweets)}
    for polarity, mentioned in mentions.items():
        parts[polarity] = checks.count(f"mentions[{polarity!r}]", mentioned)
    checks.positive("active_followers", active_followers)
    return {part: 100 * counted / active_followers for part, counted in parts.items()}


def rate_per_post(interactions, posts, followers):
    r"""Average engagement rate of a post by followers, in percent: the definition of most published benchmarks.

    .. math:: \text{rate per post} = \frac{\text{interactions}}{\text{posts} \cdot \text{followers}} \times 100

    Raises ValueError if ``interactions`` is negative or ``posts`` or ``followers`` is not above 0.
    """
    checks.whole_positive("posts", posts)
    return engagement_rate(interactions, checks.positive("followers", followers), "followers") / posts


def _paired(interactions, bases):
    interactions, bases = list(interactions), list(bases)
    if len(interactions) != len(bases):
        raise ValueError(f"bases has {len(bases)} values; expected {len(interactions)}, one for each post")
    if not interactions:
        raise ValueError("interactions is empty; expected at least one post")
    for position, base in enumerate(bases):
        checks.positive(f"bases[{position}]", base)
    return interactions, bases


def micro_average(interactions, bases):
    r"""Ratio of sums: every display counts the same, so a few large posts decide. In percent.

    .. math:: \text{micro average} = \frac{\sum \text{interactions}}{\sum \text{bases}} \times 100

    ``interactions`` and ``bases`` hold one value for each post. Raises ValueError for unequal lengths, no posts,
    negative counts or a base of 0.
    """
    interactions, bases = _paired(interactions, bases)
    for position, counted in enumerate(interactions):
        checks.count(f"interactions[{position}]", counted)
    return 100 * sum(interactions) / sum(bases)


def macro_average(interactions, bases):
    r"""Mean of ratios: every post counts the same, however few people saw it. In percent.

    .. math:: \text{macro average} = \frac{1}{n} \sum \frac{\text{interactions}}{\text{bases}} \times 100

    Takes and rejects what :func:`micro_average` does.
    """
    interactions, bases = _paired(interactions, bases)
    rates = [engagement_rate(counted, base) for counted, base in zip(interactions, bases)]
    return sum(rates) / len(rates)


def active_fans(fans, active_share):
    r"""Expected number of active fans: how many people are there to respond at all.

    .. math:: \text{active fans} = \text{fans} \cdot \text{active_share}

    ``active_share`` is a proportion from 0 to 1. Raises ValueError outside that range or for negative ``fans``.
    """
    return checks.count("fans", fans) * checks.share("active_share", active_share)


def break_even_active_share(fans_a, active_share_a, fans_b):
    r"""Active share at which ``fans_b`` fans bring as many active people as ``fans_a`` do (S4.2-08, B25).

    .. math:: \text{break-even share} = \frac{\text{fans_a} \cdot \text{active_share_a}}{\text{fans_b}}

    Returns a proportion; above 1 means that page B cannot catch up even if every fan is active.
    Raises ValueError if a share lies outside 0 to 1, ``fans_a`` is negative or ``fans_b`` is 0.
    """
    checks.whole_positive("fans_b", fans_b)
    return active_fans(fans_a, active_share_a) / fans_b
