"""Is an answer fast enough? What people expect, what a badge asks, and what the law means by 95%.

Waits are in hours or seconds as each function says; shares are proportions from 0 to 1. Sources: S3.2-02 (24 hours,
better 30 minutes), B19 (the survey behind it), B20 (the badge), articles 8, 10 and 14 of Law 10/2025, model D7.
"""

import math

from socialcare.formulas import checks

__all__ = [
    "BADGE_MINUTES",
    "BADGE_RATE",
    "EXPECTATIONS",
    "LAW_SECONDS",
    "LAW_SHARE",
    "NOBODY_EXPECTS_HOURS",
    "badge_earned",
    "best_mean",
    "expectation_met",
    "expects_within",
    "law_readings",
    "share_below",
    "wait_through_closing",
]

EXPECTATIONS = {
    "twitter": ((0.5, 0.30), (2, 0.52), (24, 0.81)),
    "facebook": ((2, 0.29), (24, 0.51)),
}
"""Share of a network's users that expects a reply within so many hours, cumulative: the survey of 2011 (B19).

"Same day" is read as 24 hours. The rest, 19% and 49%, expects a reply later or not at all.
"""

NOBODY_EXPECTS_HOURS = 1 / 60  # a minute: where the interpolated curve begins; teaching default
BADGE_RATE, BADGE_MINUTES = 0.90, 15  # of the last 7 days (B20)
LAW_SHARE, LAW_SECONDS = 0.95, 180  # articles 8 and 10.3 of Law 10/2025


def expects_within(hours, network):
    r"""Share of a network's users that expects a reply within ``hours``, interpolated on the logarithm of time (D7).

    .. math:: \text{share} = \text{share}_0 + (\text{share}_1 - \text{share}_0) \cdot \frac{\ln \text{hours} - \ln \text{hours}_0}{\ln \text{hours}_1 - \ln \text{hours}_0}

    The indices 0 and 1 mark the answers of the survey on both sides. Below its first answer the curve falls to zero
    at one minute (a teaching default); beyond the last it stays level. Raises ValueError for a negative wait and for
    a network that the survey does not have.
    """  # noqa: E501
    checks.non_negative("hours", hours)
    if network not in EXPECTATIONS:
        raise ValueError(f"network is {network!r}; expected one of {', '.join(sorted(EXPECTATIONS))}")
    before = (NOBODY_EXPECTS_HOURS, 0.0)
    if hours <= before[0]:
        return 0.0
    for after in EXPECTATIONS[network]:
        if hours <= after[0]:
            part = math.log(hours / before[0]) / math.log(after[0] / before[0])
            return before[1] + part * (after[1] - before[1])
        before = after
    return before[1]


def expectation_met(hours, network):
    r"""Share of a network's users whose expectation a reply after ``hours`` meets; ``None``, no reply, meets none.

    .. math:: \text{met} = 1 - \text{share that expects it sooner}

    People without an expectation count as met by any reply. Rejects what :func:`expects_within` does.
    """
    if hours is None:
        expects_within(0, network)
        return 0.0
    return 1 - expects_within(hours, network)


def wait_through_closing(arrival, answer_hours, opens, closes):
    r"""Hours that a customer waits when the desk needs ``answer_hours`` of open time, and closes every night.

    .. math:: \text{wait} = \text{answer hours} + \text{closed hours between message and reply}

    ``arrival``, ``opens`` and ``closes`` are hours of the day; ``closes`` may be 24. Every day is alike. Raises
    ValueError for a negative ``answer_hours``, an hour outside 0 to 24 or a desk that does not close after it opens.
    """
    for name, hour in (("arrival", arrival), ("opens", opens), ("closes", closes)):
        if not 0 <= checks.non_negative(name, hour) <= 24:
            raise ValueError(f"{name} is {hour}; expected an hour from 0 to 24")
    if closes <= opens:
        raise ValueError(f"closes is {closes}; expected an hour after opens, {opens}")
    rest = checks.non_negative("answer_hours", answer_hours)
    day, now = 0, max(arrival, opens)
    if now >= closes:
        day, now = 24, opens + 24
    while rest > day + closes - now:
        rest -= day + closes - now
        day += 24
        now = day + opens
    return now + rest - arrival


def badge_earned(messages, answered, minutes):
    r"""Whether a week earns the badge of very responsive pages: rate and time, both (B20).

    .. math:: \text{earned} = \frac{\text{answered}}{\text{messages}} \geq 0.90 \text{ and } \text{minutes} \leq 15

    ``messages`` and ``answered`` count first messages of 7 days; ``minutes`` is their typical response time, a median
    or a mean: the published texts leave that open. Automatic replies answer nobody. Raises ValueError for no
    messages, more answers than messages or a negative time.
    """
    checks.whole_positive("messages", messages)
    rate = checks.part("answered", answered, "messages", messages) / messages
    return rate >= BADGE_RATE and checks.non_negative("minutes", minutes) <= BADGE_MINUTES


def _waits(waits):
    waits = list(waits)
    if not waits:
        raise ValueError("waits is empty; expected at least one wait")
    for position, wait in enumerate(waits):
        if wait is not None:
            checks.non_negative(f"waits[{position}]", wait)
    return waits


def share_below(waits, limit):
    r"""Share of all waits that stay below ``limit``; ``None`` is somebody who was never attended.

    .. math:: \text{share below} = \frac{\text{waits} < \text{limit}}{\text{all waits}}

    Raises ValueError for no waits or a negative one.
    """
    waits = _waits(waits)
    checks.positive("limit", limit)
    return sum(1 for wait in waits if wait is not None and wait < limit) / len(waits)


def best_mean(waits, share=LAW_SHARE):
    r"""Mean of the shortest waits that make up ``share`` of all; infinite if that takes somebody never attended.

    .. math:: \text{best mean} = \frac{\sum \text{shortest waits}}{k}, \quad k = \lceil \text{share} \cdot n \rceil

    Raises ValueError for no waits, a negative one or a share that is not above 0 and at most 1.
    """
    waits = _waits(waits)
    checks.positive("share", checks.share("share", share))
    counted = math.ceil(share * len(waits) - 1e-9)  # 0.95 of 20 are 19, whatever the last binary digit says
    attended = sorted(wait for wait in waits if wait is not None)
    return sum(attended[:counted]) / counted if len(attended) >= counted else math.inf


def law_readings(waits, limit=LAW_SECONDS, share=LAW_SHARE):
    r"""Whether waits in seconds pass "95% attended, on average, in less than 3 minutes", in both readings (D7).

    .. math:: \text{A: share below limit} \geq 0.95; \quad \text{B: mean of the best 95%} < \text{limit}

    Reading A takes the limit for each person, reading B for the average. Returns ``{"share": ..., "passes_a": ...,
    "mean_of_best": ..., "passes_b": ...}``. Rejects what :func:`share_below` and :func:`best_mean` do.
    """
    below, mean = share_below(waits, limit), best_mean(waits, share)
    return {"share": below, "passes_a": below >= share, "mean_of_best": mean, "passes_b": mean < limit}
