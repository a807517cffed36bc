"""When does a finding justify an action, and which action comes first? The two rules of an audit.

Both are decisions of the course, not laws of nature: written down so that an owner can disagree with them. Scores are
relative, hours are working hours, people and EUR are counted over the same period. Sources: rules of this course, as
none of its texts says how to rank advice.
"""

from socialcare.formulas import checks

__all__ = ["DECISIONS", "DO", "LEAVE", "MEASURE", "TEST", "decision", "first_steps", "priority"]

DO, TEST, MEASURE, LEAVE = "do", "test first", "measure first", "leave"
DECISIONS = (DO, TEST, MEASURE)
"""In the order in which a report lists them; what is left alone needs no recommendation."""


def decision(low, high, threshold, *, better, cause_known):
    r"""Say what an interval allows you to advise: ``do``, ``test first``, ``measure first`` or ``leave``.

    .. math:: \text{measure first} \Leftrightarrow \text{low} \le \text{threshold} \le \text{high}

    ``better`` is ``"higher"`` or ``"lower"``: on which side of the threshold you want to be. An interval on the good
    side says ``leave``. One on the bad side says ``do`` if the step removes the shortfall itself (``cause_known``:
    answer sooner), and ``test first`` if the step is only hoped to help (a new form). Raises ValueError for ends out of
    order, values that are no numbers and an unknown ``better``.
    """
    for name, value in (("low", low), ("high", high), ("threshold", threshold)):
        checks.number(name, value)
    if low > high:
        raise ValueError(f"low is {low}; expected no more than high, {high}")
    if better not in ("higher", "lower"):
        raise ValueError(f"better is {better!r}; expected 'higher' or 'lower'")
    if low <= threshold <= high:
        return MEASURE
    if (low > threshold) == (better == "higher"):
        return LEAVE
    return DO if cause_known else TEST


def priority(money, people, most_money, most_people, weight):
    r"""Score of a recommendation from 0 to 1: its share of the largest sum and of the largest number of people.

    .. math:: \text{priority} = \text{weight} \cdot \frac{\text{money}}{\text{most money}} + (1 - \text{weight}) \cdot \frac{\text{people}}{\text{most people}}

    ``money`` in EUR and ``people`` are counts of the same period; ``weight`` (0 to 1) is a judgement about values, not a
    result. Where nobody has any money (or people) at stake, that part is 0. Raises ValueError for a negative value and
    for one above the most.
    """  # noqa: E501
    checks.share("weight", weight)
    parts = []
    for name, value, most in (("money", money, most_money), ("people", people, most_people)):
        checks.non_negative(name, value)
        checks.non_negative("most " + name, most)
        if value > most:
            raise ValueError(f"{name} is {value}; expected no more than the most, {most}")
        parts.append(value / most if most else 0)
    return weight * parts[0] + (1 - weight) * parts[1]


def first_steps(scores, hours, available):
    r"""Positions of the steps to take, best score first, as far as the hours reach; a step that does not fit waits.

    .. math:: \sum \text{hours} \le \text{available}

    Equal scores keep their order. Raises ValueError for negative hours and for lists of unequal length.
    """
    if len(scores) != len(hours):
        raise ValueError(f"hours has {len(hours)} values; expected {len(scores)}, as scores")
    left = checks.non_negative("available", available)
    chosen = []
    for place in sorted(range(len(scores)), key=lambda place: (-scores[place], place)):
        if checks.non_negative("hours", hours[place]) <= left:
            chosen.append(place)
            left -= hours[place]
    return chosen
