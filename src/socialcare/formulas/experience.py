"""What do customers' scores say, how sure are they, and whom do they leave out? The formulas of experience measurement.

Shares are proportions from 0 to 1; NPS is in points from -100 to 100, as the trade reports it; counts are answers or
people asked. CSAT's interval is :func:`socialcare.formulas.funnel.wilson_interval`. Sources: S1.2-M1 to M3; model D12;
reference values C6 (sample sizes) and C7 (variance of NPS).
"""

import math

from socialcare.formulas import checks
from socialcare.formulas.funnel import normal_quantile

__all__ = [
    "answers_needed",
    "csat",
    "nps",
    "nps_bounds",
    "nps_difference_interval",
    "nps_interval",
    "nps_variance",
    "share_bounds",
]


def csat(top_two, answers):
    r"""Customer satisfaction score: share of answers in the two top boxes (4 and 5 of 5), a proportion.

    .. math:: \text{CSAT} = \frac{\text{top_two}}{\text{answers}}

    Raises ValueError for a negative or fractional count, for no answers, and for more in the top boxes than answers.
    """
    checks.whole_positive("answers", answers)
    return checks.part("top_two", top_two, "answers", answers) / answers


def _answers(promoters, passives, detractors):
    for name, counted in (("promoters", promoters), ("passives", passives), ("detractors", detractors)):
        checks.count(name, counted)
    return checks.whole_positive("promoters + passives + detractors", promoters + passives + detractors)


def _mixed(promoters, passives, detractors):
    n = _answers(promoters, passives, detractors)
    if n in (promoters, passives, detractors):
        raise ValueError(f"all {n} answers are of one kind; expected two kinds, or the interval has no width")
    return n


def nps(promoters, passives, detractors):
    r"""Net promoter score in points from -100 to 100: promoters (9, 10) less detractors (0 to 6), of all answers.

    .. math:: \text{NPS} = \frac{\text{promoters} - \text{detractors}}{\text{answers}} \times 100

    Passives (7, 8) count in the answers only. Raises ValueError for a negative or fractional count and for no answers.
    """
    answers = _answers(promoters, passives, detractors)
    return 100 * (promoters - detractors) / answers


def nps_variance(promoter_share, detractor_share):
    r"""Variance of one answer, counted as 1 (promoter), 0 (passive) or -1 (detractor); at most 1 (C7).

    .. math:: \text{variance} = p + d - (p - d)^2

    p is ``promoter_share`` and d is ``detractor_share``. Raises ValueError for a share outside 0 to 1 and for two
    shares that exceed 1 together.
    """
    p, d = checks.share("promoter_share", promoter_share), checks.share("detractor_share", detractor_share)
    if p + d > 1 + 1e-9:
        raise ValueError(f"promoter_share + detractor_share is {p + d}; expected no more than 1")
    return max(0.0, p + d - (p - d) ** 2)


def nps_interval(promoters, passives, detractors, confidence=0.95):
    r"""Confidence interval of NPS in points, by the normal approximation; it ends at -100 and 100 (C7).

    .. math:: \text{NPS interval} = \text{NPS} \pm 100 z \sqrt{(p + d - (p - d)^2) / n}

    p and d are the shares of promoters and detractors among n answers; z is the normal quantile of the ``confidence``.
    It assumes that those who answer are a random sample; :func:`nps_bounds` does not. Below about 30 answers it is too
    narrow. Returns ``(low, high)``. Raises ValueError as :func:`nps` does, for answers that are all of one kind, and
    for a confidence that is not between 0 and 1.
    """
    n = _mixed(promoters, passives, detractors)
    z = normal_quantile(0.5 + checks.inner_share("confidence", confidence) / 2)
    half = 100 * z * math.sqrt(nps_variance(promoters / n, detractors / n) / n)
    score = nps(promoters, passives, detractors)
    return max(-100.0, score - half), min(100.0, score + half)


def nps_difference_interval(first, second, confidence=0.95):
    r"""Confidence interval of the NPS of ``first`` less that of ``second``, in points, by the normal approximation.

    .. math:: \text{ends} = \text{difference} \pm 100 z \sqrt{\frac{v_1}{n_1} + \frac{v_2}{n_2}}

    ``first`` and ``second`` hold promoters, passives and detractors of two samples of different people; z is the normal
    quantile, v the variances of :func:`nps_variance`. It compares two touch points, or two years: both scores come
    from samples, so neither is a fixed line for the other. Returns ``(low, high)``. Raises ValueError as
    :func:`nps_interval` does, for either sample.
    """
    error = 0
    for kinds in (first, second):
        n = _mixed(*kinds)
        error += nps_variance(kinds[0] / n, kinds[2] / n) / n
    half = 100 * normal_quantile(0.5 + checks.inner_share("confidence", confidence) / 2) * math.sqrt(error)
    difference = nps(*first) - nps(*second)
    return difference - half, difference + half


def answers_needed(margin, variance=0.25, confidence=0.95):
    r"""Answers that keep the error of a mean or a share within ``margin`` (a proportion: 0.05 is 5 points).

    .. math:: \text{answers} = \lceil \frac{z^2 \cdot \text{variance}}{\text{margin}^2} \rceil

    ``variance`` is that of one answer: p(1 − p) for a share, 0.25 at worst; :func:`nps_variance` for NPS. It counts
    answers, not invitations, and no number of answers cures a bias of those who answer. Raises ValueError for a margin
    or variance that is not above 0 and a confidence that is not between 0 and 1.
    """
    z = normal_quantile(0.5 + checks.inner_share("confidence", confidence) / 2)
    return math.ceil(z * z * checks.positive("variance", variance) / checks.positive("margin", margin) ** 2)


def share_bounds(successes, answers, asked):
    r"""Bounds of a share for everybody asked, whatever those who did not answer think (Manski): proportions.

    .. math:: \text{bounds} = [\frac{x}{N}, \frac{x + N - n}{N}]

    x is ``successes`` among n ``answers``, N is ``asked``. Nothing is assumed, so nothing is wrong; the width is the
    share that did not answer. Returns ``(low, high)``. Raises ValueError for more answers than asked, more successes
    than answers, and nobody asked.
    """
    _asked(answers, asked)
    checks.part("successes", successes, "answers", answers)
    return successes / asked, (successes + asked - answers) / asked


def nps_bounds(promoters, passives, detractors, asked):
    r"""Bounds of NPS for everybody asked, in points: all the silent are detractors, or all are promoters.

    .. math:: \text{NPS bounds} = 100 \cdot \frac{\text{promoters} - \text{detractors} \mp (N - n)}{N}

    N is ``asked``, n the answers. The width is twice the share that did not answer. Returns ``(low, high)``. Raises
    ValueError as :func:`nps` does, and for more answers than asked.
    """
    n = _asked(_answers(promoters, passives, detractors), asked)
    net = promoters - detractors
    return 100 * (net - (asked - n)) / asked, 100 * (net + (asked - n)) / asked


def _asked(answers, asked):
    checks.whole_positive("asked", asked)
    return checks.part("answers", answers, "asked", asked)
