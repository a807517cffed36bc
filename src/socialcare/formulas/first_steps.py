"""Do the goals fit the hours? The arithmetic of a first plan: hours asked for, hours there, and the rule of 80/20.

Hours are hours a week; shares are proportions from 0 to 1. Sources: S4.2-02, S4.2-06 and S4.2-07 (people, daily
schedule, 80/20), S2.2 (the task list, used for its workload only, B29), model D14 with its minutes per task.
"""

import math
from collections import namedtuple

from socialcare.formulas import checks

__all__ = [
    "PER_WEEK",
    "QUOTAS",
    "Quota",
    "hours_available",
    "largest_listening_share",
    "listening_hours",
    "listening_share",
    "people_needed",
    "quota_hours",
    "task_hours",
    "week_hours",
]

PER_WEEK = {"day": 7, "working day": 5, "week": 1, "month": 12 / 52}
"""How often a period comes round in a week."""

Quota = namedtuple("Quota", ("task", "times", "per", "minutes", "source"))
"""``times`` in each period ``per``, ``minutes`` for each: the minutes are assumptions of the course (D14)."""

QUOTAS = (
    Quota("write a post", 2, "week", 90, "S2.2-01"),
    Quota("write a tweet", 3, "day", 6, "S2.2-02"),
    Quota("retweet", 10, "week", 2, "S2.2-03"),  # the source names no number
    Quota("follow a new user", 10, "week", 3, "S2.2-04"),
    Quota("look for pages of the sector", 1, "week", 60, "S2.2-05"),
    Quota("update the company status", 1, "day", 10, "S2.2-06"),
    Quota("hold a video chat", 1, "month", 180, "S2.2-08"),
    Quota("record an interview", 1, "month", 240, "S2.2-11"),
)
"""The task list of a community manager (S2.2) with minutes for each. Outdated as advice (B29): a workload only."""


def task_hours(times, minutes, per="week"):
    r"""Hours a week that a repeated task takes.

    .. math:: \text{task hours} = \frac{\text{times} \cdot \text{minutes}}{60} \cdot \text{periods in a week}

    ``minutes`` is the working time for one; ``per`` is a key of ``PER_WEEK``. Raises ValueError for negative ``times``
    or ``minutes`` and for a period that is not in ``PER_WEEK``.
    """
    checks.non_negative("times", times)
    checks.non_negative("minutes", minutes)
    if per not in PER_WEEK:
        raise ValueError(f"per is {per!r}; expected one of {', '.join(PER_WEEK)}")
    return times * minutes / 60 * PER_WEEK[per]


def quota_hours(quotas=QUOTAS):
    r"""Hours a week that a whole list of tasks takes (9.7 for the list of S2.2).

    .. math:: \text{quota hours} = \sum \text{task hours}

    ``quotas`` is a list of :class:`Quota`; without one it is the list of the source. Raises ValueError as
    :func:`task_hours` does.
    """
    return sum(task_hours(quota.times, quota.minutes, quota.per) for quota in quotas)


def hours_available(people, contract_hours, shrinkage):
    r"""Hours a week that are there for the work: paid time less absence, training and meetings.

    .. math:: \text{hours there} = \text{people} \cdot \text{paid} \cdot (1 - \text{shrinkage})

    ``contract_hours`` are the paid hours a week of one person; ``shrinkage`` is the share of them that is lost. Raises
    ValueError for a number of people that is not whole and above 0, hours not above 0 or a share outside 0 to 1.
    """
    checks.whole_positive("people", people)
    checks.positive("contract_hours", contract_hours)
    return people * contract_hours * (1 - checks.share("shrinkage", shrinkage))


def listening_share(listening, promoting):
    r"""Share of the work that listens and answers, by whatever it is counted in: minutes, messages or posts (S4.2-07).

    .. math:: \text{listening share} = \frac{\text{listening}}{\text{listening} + \text{promoting}}

    Raises ValueError for a negative amount and if both are 0.
    """
    checks.non_negative("listening", listening)
    checks.non_negative("promoting", promoting)
    return listening / checks.positive("listening + promoting", listening + promoting)


def listening_hours(output_hours, share):
    r"""Hours of listening that go with the output if listening is to be a share of the whole (38.9 for 9.7).

    .. math:: \text{listening hours} = \text{output_hours} \cdot \frac{\text{share}}{1 - \text{share}}

    Raises ValueError for negative hours and for a share outside 0 to 1 or of 1, which no output can go with.
    """
    return week_hours(output_hours, share) - output_hours


def week_hours(output_hours, share):
    r"""Length of the week, in hours, if the output is what a listening share leaves (48.6 for 9.7 and 80%).

    .. math:: \text{week hours} = \frac{\text{output_hours}}{1 - \text{share}}

    Raises ValueError as :func:`listening_hours` does.
    """
    checks.non_negative("output_hours", output_hours)
    if checks.share("share", share) == 1:
        raise ValueError("share is 1; expected less, because nothing is left for the output")
    return output_hours / (1 - share)


def largest_listening_share(output_hours, available_hours):
    r"""Largest listening share at which the output still fits into the hours that are there.

    .. math:: \text{largest share} = 1 - \frac{\text{output_hours}}{\text{available_hours}}

    Negative if the output alone does not fit. Raises ValueError for negative output or hours not above 0.
    """
    checks.non_negative("output_hours", output_hours)
    return 1 - output_hours / checks.positive("available_hours", available_hours)


def people_needed(needed_hours, contract_hours, shrinkage):
    r"""Whole number of people whose hours hold the work.

    .. math:: \text{people} = \lceil \frac{\text{needed_hours}}{\text{hours there of one}} \rceil

    Raises ValueError as :func:`hours_available` does, for negative hours and for a shrinkage of 1.
    """
    checks.non_negative("needed_hours", needed_hours)
    one = checks.positive("hours available of one", hours_available(1, contract_hours, shrinkage))
    return math.ceil(needed_hours / one - 1e-9)
