"""When is talk about a brand a crisis? Alarm limits, their price in false alarms, and levels of severity.

Counts are mentions in an hour or a day; chances are shares from 0 to 1. The levels and their thresholds are the
course's own teaching defaults, and no standard. Sources: S4.6, B21; EARS C1 to C3 as the R package ``surveillance``
defines them, tails of Poisson and negative binomial counts, the Poisson CUSUM; model D9.
"""

import math

from socialcare.formulas import checks

__all__ = [
    "CRISIS_NEGATIVE",
    "CRISIS_TIMES",
    "FEW_AUTHORS",
    "HOURS_PER_MONTH",
    "INCIDENT_NEGATIVE",
    "INCIDENT_SHARE",
    "INCIDENT_TIMES",
    "alarm_limit",
    "chance_at_least",
    "count_chances",
    "cusum_reference",
    "cusum_step",
    "ears_c3_threshold",
    "ears_score",
    "ears_threshold",
    "ears_threshold_t",
    "false_alarms_per_month",
    "seen_within",
    "severity_level",
]

HOURS_PER_MONTH = 730  # 365 days of 24 hours, by 12

# Teaching defaults for three hours together; each firm sets its own from calm weeks and from past crises.
INCIDENT_NEGATIVE, INCIDENT_TIMES, INCIDENT_SHARE = 10, 5, 0.5
CRISIS_NEGATIVE, CRISIS_TIMES = 100, 20
FEW_AUTHORS = 0.75  # distinct authors per mention: below it, look whether a few accounts repeat themselves

_MOST_TERMS = 100000  # counts beyond this are no hour of a brand that fits these formulas


def _mean_and_sd(baseline):
    baseline = list(baseline)
    if len(baseline) < 2:
        raise ValueError(f"baseline has {len(baseline)} counts; expected at least 2")
    for position, value in enumerate(baseline):
        checks.non_negative(f"baseline[{position}]", value)
    mean = sum(baseline) / len(baseline)
    return mean, math.sqrt(sum((value - mean) ** 2 for value in baseline) / (len(baseline) - 1))


def ears_threshold(baseline, z=3.0902):
    r"""Alarm threshold of EARS C1 and C2: a count above it rings (D9, C12).

    .. math:: \text{threshold} = \bar{y} + z \cdot s

    ``baseline`` holds the counts before: for C1 the last 7, for C2 the 7 that end three steps ago. ``s`` divides by
    n - 1; ``z`` is 3.0902 for one false alarm in 1,000. Raises ValueError for fewer than 2 counts or a negative one.
    """
    mean, deviation = _mean_and_sd(baseline)
    return mean + checks.positive("z", z) * deviation


def ears_threshold_t(baseline, t=5.2076):
    r"""Threshold that keeps its promise with a short baseline: Student's t, and room for the new count (C12).

    .. math:: \text{threshold} = \bar{y} + t(n - 1) \cdot s \cdot \sqrt{1 + \frac{1}{n}}

    ``t`` is 5.2076 for one in 1,000 with 7 counts (6 degrees of freedom). Raises ValueError as :func:`ears_threshold`.
    """
    mean, deviation = _mean_and_sd(baseline)
    return mean + checks.positive("t", t) * deviation * math.sqrt(1 + 1 / len(list(baseline)))


def ears_score(count, baseline):
    r"""How many standard deviations a count lies above its baseline: the C1 or C2 score (C12).

    .. math:: \text{score} = \frac{\text{count} - \bar{y}}{s}

    Infinite above a baseline that never varied, 0 on or below it. Raises ValueError as :func:`ears_threshold`.
    """
    mean, deviation = _mean_and_sd(baseline)
    checks.count("count", count)
    if deviation == 0:
        return math.inf if count > mean else 0.0
    return (count - mean) / deviation


def ears_c3_threshold(baseline, earlier, z=1.96):
    r"""Alarm threshold of EARS C3: lower if the two steps before were already high (C12).

    .. math:: \text{threshold} = \bar{y} + s \cdot \left(z - \sum \max(0, \text{earlier} - 1)\right)

    ``earlier`` holds the C2 scores of the two steps before: how many standard deviations each lay above its own
    baseline. Raises ValueError as :func:`ears_threshold`.
    """
    mean, deviation = _mean_and_sd(baseline)
    raised = sum(max(0.0, score - 1) for score in earlier)
    return mean + (deviation * (checks.positive("z", z) - raised) if deviation else 0.0)


def count_chances(last, mean, size=None):
    r"""Chances of 0, 1, ... ``last`` mentions in one hour when ``mean`` are usual.

    .. math:: \text{chance of } j = \frac{\Gamma(j + k)}{j! \, \Gamma(k)} \, p^{k} (1 - p)^{j}

    Poisson without ``size``; with it (k, and p = k / (k + mean)) negative binomial, whose variance is
    mean + mean² / size: the smaller, the lumpier. Raises ValueError for a ``last`` below 0 or above 100,000 and a
    mean or size that is not above 0.
    """
    checks.whole_between("last", last, 0, _MOST_TERMS)
    checks.positive("mean", mean)
    if size is not None:
        checks.positive("size", size)
    log_chance = -mean if size is None else size * math.log(size / (size + mean))
    chances = []
    for j in range(int(last) + 1):
        chances.append(math.exp(log_chance))
        log_chance += math.log(mean / (j + 1) if size is None else (size + j) / (j + 1) * mean / (size + mean))
    return chances


def chance_at_least(count, mean, size=None):
    r"""Chance of ``count`` or more in one hour when ``mean`` are usual.

    .. math:: \text{chance} = 1 - \sum P(j) \quad \text{for } j < \text{count}

    Poisson without ``size``, negative binomial with it: see :func:`count_chances`, which rejects the same input.
    """
    checks.whole_between("count", count, 0, _MOST_TERMS)
    below = sum(count_chances(count - 1, mean, size)) if count else 0.0
    return max(0.0, 1 - below)


def alarm_limit(mean, chance, size=None):
    r"""Smallest count that a usual hour reaches with at most this ``chance``: ring from here on.

    .. math:: \text{limit} = \min \{ n : P(Y \ge n) \le \text{chance} \}

    Takes and rejects what :func:`chance_at_least` does; ``chance`` lies above 0 and below 1.
    """
    checks.inner_share("chance", chance)
    checks.positive("mean", mean)
    high = 1
    while chance_at_least(high, mean, size) > chance:
        high *= 2
    low = high // 2  # rings too often, or is 0
    while high - low > 1:
        middle = (low + high) // 2
        if chance_at_least(middle, mean, size) > chance:
            low = middle
        else:
            high = middle
    return high


def false_alarms_per_month(chance, hours=HOURS_PER_MONTH):
    r"""Expected false alarms in a month of calm hours, if each rings with this ``chance``.

    .. math:: \text{false alarms} = \text{chance} \cdot \text{hours}

    Raises ValueError for a chance outside 0 to 1 or hours that are not above 0.
    """
    return checks.share("chance", chance) * checks.positive("hours", hours)


def seen_within(chance, hours):
    r"""Chance that at least one of ``hours`` rings when each does so with this ``chance``, independently.

    .. math:: \text{seen} = 1 - (1 - \text{chance})^{\text{hours}}

    Raises ValueError for a chance outside 0 to 1 or hours that are no whole number above 0.
    """
    return 1 - (1 - checks.share("chance", chance)) ** checks.whole_positive("hours", hours)


def cusum_reference(usual, raised):
    r"""What a Poisson CUSUM takes off each count: between the usual rate and the one to find (D9).

    .. math:: \kappa = \frac{\text{raised} - \text{usual}}{\ln(\text{raised}) - \ln(\text{usual})}

    Raises ValueError if ``usual`` is not above 0 or ``raised`` is not above ``usual``.
    """
    checks.positive("usual", usual)
    checks.above("raised", raised, usual)
    return (raised - usual) / (math.log(raised) - math.log(usual))


def cusum_step(total, count, reference):
    r"""One step of the CUSUM: add what exceeds the reference, and never fall below 0.

    .. math:: \text{new total} = \max(0, \text{total} + \text{count} - \text{reference})

    Raises ValueError for a negative total or count and a reference that is not above 0.
    """
    checks.non_negative("total", total)
    return max(0.0, total + checks.count("count", count) - checks.positive("reference", reference))


def severity_level(*, alarm, negative, expected, mentions, harm=False):
    r"""Level of three hours together: 0 watch, 1 look, 2 incident, 3 crisis (teaching default).

    .. math:: \text{level} = \text{thresholds passed by negative, its multiple of the expected and its share}

    ``alarm``: a detector rang; ``negative``, ``expected`` and ``mentions``: negative mentions, those of usual hours,
    and all mentions. ``harm``: a person may come to harm; that alone is level 3, however few write. Raises ValueError
    for negative counts, more ``negative`` than ``mentions`` and an ``expected`` that is not above 0.
    """
    checks.count("mentions", mentions)
    checks.part("negative", negative, "mentions", mentions)
    checks.positive("expected", expected)
    if harm:
        return 3
    if not alarm:
        return 0
    incident = (
        negative >= INCIDENT_NEGATIVE
        and negative >= INCIDENT_TIMES * expected
        and negative >= INCIDENT_SHARE * mentions
    )
    if not incident:
        return 1
    return 3 if negative >= CRISIS_NEGATIVE and negative >= CRISIS_TIMES * expected else 2
