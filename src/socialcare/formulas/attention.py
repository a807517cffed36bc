"""What does a service failure cost in attention, and when does an answer pay? The counts and the spread, as formulas.

Attention is counted in mentions: what people say about the brand in public. Everything beyond what a calm week brings
is extra. The spread follows a branching process: each person who speaks brings R others to speak. Its parameters are
teaching defaults, because no network publishes them. Sources: S4.1 and S4.8 (why a public complaint differs), model D9.
An hour is an hour of Madrid's clock; shares are proportions from 0 to 1.
"""

import math

from socialcare.formulas import checks

__all__ = [
    "break_even_saved",
    "decayed",
    "decayed_total",
    "desk_hours",
    "dies_out",
    "expected_mentions",
    "extra_mentions",
    "final_size",
    "mentions_saved",
    "paying_r",
    "peak_ratio",
    "reproduction_number",
    "size_after",
    "size_with_reply",
]


def expected_mentions(same_hours):
    r"""What a calm week brings in this hour of the week: the mean of the same hour over some calm weeks.

    .. math:: \text{expected} = \frac{1}{n} \sum \text{mentions in the same hour of a calm week}

    ``same_hours`` holds one count for each calm week. Raises ValueError for an empty list or a count below 0.
    """
    same_hours = list(same_hours)
    if not same_hours:
        raise ValueError("same_hours is empty; expected the mentions of at least one calm week")
    for position, counted in enumerate(same_hours):
        checks.count(f"same_hours[{position}]", counted)
    return sum(same_hours) / len(same_hours)


def extra_mentions(observed, expected):
    r"""Mentions beyond what calm weeks bring; below 0 if the hour was quieter than usual.

    .. math:: \text{extra} = \text{observed} - \text{expected}

    ``observed`` is a count, ``expected`` may have decimals. Raises ValueError if either is negative.
    """
    return checks.count("observed", observed) - checks.non_negative("expected", expected)


def peak_ratio(observed, expected):
    r"""How many times the expected mentions the loudest hour brought.

    .. math:: \text{peak ratio} = \frac{\text{observed}}{\text{expected}}

    Raises ValueError if ``expected`` is not above 0: where calm weeks bring nothing, no ratio exists.
    """
    return checks.count("observed", observed) / checks.positive("expected", expected)


def decayed(peak, half_life, hours):
    r"""Extra mentions in an hour, so many hours after the peak, if they halve every ``half_life`` hours.

    .. math:: \text{extra} = \text{peak} \cdot 2^{-\text{hours} / \text{half_life}}

    Raises ValueError if ``half_life`` is not above 0 or ``peak`` or ``hours`` is negative.
    """
    checks.positive("half_life", half_life)
    return checks.non_negative("peak", peak) * 2 ** (-checks.non_negative("hours", hours) / half_life)


def decayed_total(peak, half_life):
    r"""All extra mentions from the peak on, if they halve every ``half_life`` hours: the area under the curve.

    .. math:: \text{total} = \frac{\text{peak} \cdot \text{half_life}}{\ln 2}

    ``peak`` is in mentions per hour, ``half_life`` in hours. Raises ValueError as :func:`decayed` does.
    """
    return checks.non_negative("peak", peak) * checks.positive("half_life", half_life) / math.log(2)


def desk_hours(mentions, minutes):
    r"""Working time to answer ``mentions``, at ``minutes`` each, in hours.

    .. math:: \text{desk hours} = \frac{\text{mentions} \cdot \text{minutes}}{60}

    Raises ValueError if either is negative.
    """
    return checks.non_negative("mentions", mentions) * checks.non_negative("minutes", minutes) / 60


def reproduction_number(followers, view, share, credibility):
    r"""R: how many people one person's post brings to post it too.

    .. math:: R = \text{followers} \cdot \text{view} \cdot \text{share} \cdot \text{credibility}

    ``followers`` of a person who speaks; ``view``: the part of them that sees the post; ``credibility``: the part of
    these that believes it; ``share``: the part of these that passes it on. Raises ValueError outside 0 to 1.
    """
    checks.non_negative("followers", followers)
    return (
        followers * checks.share("view", view) * checks.share("share", share) * checks.share("credibility", credibility)
    )


def final_size(r, starts=1):
    r"""How many people speak in the end, those who start included, if nobody answers and R is below 1.

    .. math:: \text{final size} = \frac{\text{starts}}{1 - R}

    Raises ValueError for R of 1 or more: the talk then has no expected end.
    """
    checks.non_negative("r", r)
    if r >= 1:
        raise ValueError(f"r is {r}; expected less than 1, because from 1 on its expected size has no bound")
    return checks.count("starts", starts) / (1 - r)


def size_after(r, rounds, starts=1):
    r"""How many people have spoken after so many rounds of passing on, those who start included.

    .. math:: \text{size} = \text{starts} \cdot (1 + R + R^2 + \dots + R^{\text{rounds}})

    Raises ValueError if ``r`` is negative or ``rounds`` or ``starts`` is not a whole number of 0 or more.
    """
    checks.non_negative("r", r)
    checks.count("starts", starts)
    return starts * sum(r**passed for passed in range(int(checks.count("rounds", rounds)) + 1))


def size_with_reply(r, cut, reply_round, rounds, starts=1):
    r"""How many people have spoken after ``rounds`` if a reply comes after ``reply_round`` and cuts R.

    .. math:: \text{size} = \sum_{k=0}^{m} R^k + R^m \sum_{k=1}^{n-m} (R (1 - \text{cut}))^k

    For one person who starts; n is ``rounds`` and m is ``reply_round``; ``cut`` is the part of the passing on that the
    reply prevents. A reply later than ``rounds`` changes nothing. Raises ValueError as :func:`size_after` does, and
    for a ``cut`` outside 0 to 1.
    """
    before = min(checks.count("reply_round", reply_round), checks.count("rounds", rounds))
    after = r * (1 - checks.share("cut", cut))
    spoken = size_after(r, before, starts)
    speaking = starts * r**before
    return spoken + speaking * (size_after(after, rounds - before) - 1)


def mentions_saved(r, cut, starts=1):
    r"""How many people fewer speak in the end if the reply comes at once, for R below 1.

    .. math:: \text{saved} = \frac{\text{starts}}{1 - R} - \frac{\text{starts}}{1 - R (1 - \text{cut})}

    Raises ValueError for R of 1 or more, where the saving has no bound, and for a ``cut`` outside 0 to 1.
    """
    return final_size(r, starts) - final_size(r * (1 - checks.share("cut", cut)), starts)


def break_even_saved(reply_minutes, minutes_each):
    r"""How many mentions a public statement must prevent to pay for the time that it takes to write.

    .. math:: \text{break-even} = \frac{\text{reply_minutes}}{\text{minutes_each}}

    ``minutes_each`` is the desk's time for one mention. Raises ValueError if it is not above 0, or if
    ``reply_minutes`` is negative.
    """
    return checks.non_negative("reply_minutes", reply_minutes) / checks.positive("minutes_each", minutes_each)


def paying_r(needed, cut):
    r"""R from which an immediate reply to one post prevents ``needed`` mentions or more.

    .. math:: R = \frac{2 n}{b + \sqrt{b^2 - 4 a n^2}}, \quad b = n (1 + a) + 1 - a

    Here n is ``needed`` and a is 1 - ``cut``. Solves :func:`mentions_saved` for R; always below 1, because near 1 the
    saving grows without bound. Raises ValueError if ``needed`` is negative or ``cut`` is not above 0 and at most 1:
    what cuts nothing never pays.
    """
    checks.non_negative("needed", needed)
    checks.positive("cut", checks.share("cut", cut))
    kept = 1 - cut
    b = needed * (1 + kept) + cut
    return 2 * needed / (b + math.sqrt(b * b - 4 * kept * needed * needed))


def dies_out(r, starts=1):
    r"""Chance that the talk dies out by itself, if each person brings a Poisson number of others with mean R.

    .. math:: q = e^{R (q - 1)}, \quad \text{chance} = q^{\text{starts}}

    Certain for R up to 1. Raises ValueError if ``r`` is negative or ``starts`` is not a whole number.
    """
    checks.non_negative("r", r)
    checks.count("starts", starts)
    if r <= 1:
        return 1.0
    low, high = 0.0, 1.0 - 1e-12  # the root below 1; at 1 stands the root that is always there
    for _ in range(200):
        middle = (low + high) / 2
        if math.exp(r * (middle - 1)) > middle:
            low = middle
        else:
            high = middle
    return ((low + high) / 2) ** starts
