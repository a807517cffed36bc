"""How far can a reading by rule, or by a person, be trusted? Agreement, and a share corrected for misreadings.

Two raters give each reply yes or no. ``both`` counts the replies to which both said yes, ``first_only`` and
``second_only`` those to which only one did, ``neither`` the rest. Shares are proportions from 0 to 1. Used for the
reply rubric of unit 06 (model D16) and for the personalisation profile (model D18). Sources: Cohen (1960) for kappa;
Fleiss, Cohen and Everitt (1969) for its standard error; Rogan and Gladen (1978) for the corrected share.
"""

import math

from socialcare.formulas import agreement, checks
from socialcare.formulas.funnel import wilson_interval

__all__ = [
    "apparent_share",
    "cohens_kappa",
    "corrected_error",
    "corrected_interval",
    "corrected_share",
    "kappa_interval",
    "precision",
    "recall",
    "right_flags",
]


def _cells(both, first_only, second_only, neither):
    cells = {"both": both, "first_only": first_only, "second_only": second_only, "neither": neither}
    for name, value in cells.items():
        checks.count(name, value)
    if not sum(cells.values()):
        raise ValueError("both, first_only, second_only and neither are all 0; expected at least one reply")
    return [[both, first_only], [second_only, neither]]


def precision(right_hits, false_hits):
    r"""Share of the replies that were given a yes and deserve it.

    .. math:: \text{precision} = \frac{\text{right hits}}{\text{right hits} + \text{false hits}}

    Raises ValueError for a negative count, and if nothing was hit: then there is no share.
    """
    checks.whole_positive("hits", checks.count("right_hits", right_hits) + checks.count("false_hits", false_hits))
    return right_hits / (right_hits + false_hits)


def recall(right_hits, missed):
    r"""Share of the replies that deserve a yes and were given it; also called sensitivity.

    .. math:: \text{recall} = \frac{\text{right hits}}{\text{right hits} + \text{missed}}

    Raises ValueError for a negative count, and if no reply deserves a yes.
    """
    checks.whole_positive("deserving", checks.count("right_hits", right_hits) + checks.count("missed", missed))
    return right_hits / (right_hits + missed)


def cohens_kappa(both, first_only, second_only, neither):
    r"""Agreement of two raters beyond what their own shares of yes give by chance: 1 is full, 0 is chance.

    .. math:: \text{kappa} = \frac{\text{equal} - \text{by chance}}{1 - \text{by chance}}

    *Equal* is the share of equal verdicts, *by chance* the share expected by chance. Raises ValueError for a negative
    count, for no replies, and if both raters gave every reply the same verdict: then chance explains everything.
    """
    table = _cells(both, first_only, second_only, neither)
    if both + first_only + second_only == 0 or neither + first_only + second_only == 0:
        raise ValueError("both raters gave every reply the same verdict; expected some yes and some no")
    return agreement.weighted_kappa(table, weights="none")


def kappa_interval(both, first_only, second_only, neither, confidence=0.95):
    r"""Interval of Cohen's kappa for many replies, from its large-sample standard error (Fleiss, Cohen and Everitt).

    .. math:: \text{kappa interval} = \text{kappa} \pm z \cdot \text{standard error}

    z is the normal quantile of the ``confidence``. The ends are cut at −1 and 1. With full agreement the error is 0 and
    the interval a point: then quote the number of replies instead. Takes and rejects what :func:`cohens_kappa` does.
    """
    cohens_kappa(both, first_only, second_only, neither)  # refuses what cannot be
    return agreement.kappa_interval([[both, first_only], [second_only, neither]], "none", confidence)


def apparent_share(share, sensitivity, specificity):
    r"""Share of replies that a rater flags if ``share`` of them have the feature.

    .. math:: \text{apparent share} = p \cdot \text{sensitivity} + (1 - p)(1 - \text{specificity})

    ``sensitivity``: of the replies with the feature, the share flagged. ``specificity``: of those without, the share
    left alone. Raises ValueError outside 0 to 1.
    """
    p = checks.share("share", share)
    return p * checks.share("sensitivity", sensitivity) + (1 - p) * (1 - checks.share("specificity", specificity))


def _better_than_chance(sensitivity, specificity):
    total = checks.share("sensitivity", sensitivity) + checks.share("specificity", specificity) - 1
    if total <= 0:
        raise ValueError(
            f"sensitivity and specificity add up to {total + 1}; expected more than 1: by chance alone they reach 1"
        )
    return total


def corrected_share(apparent, sensitivity, specificity):
    r"""Share of replies that have the feature, from the share that an imperfect rater flags (Rogan and Gladen).

    .. math:: \text{corrected share} = \frac{\text{flagged} + \text{specificity} - 1}{\text{sensitivity} + \text{specificity} - 1}

    ``apparent`` is the share flagged. Cut to 0 and 1: fewer flags than false alarms alone would give means 0. Raises ValueError outside 0 to 1 and for a
    rater that is no better than chance.
    """  # noqa: E501  a formula stands in one line
    better = _better_than_chance(sensitivity, specificity)
    return min(max((checks.share("apparent", apparent) + specificity - 1) / better, 0), 1)


def corrected_interval(flagged, n, sensitivity, specificity, confidence=0.95):
    r"""Interval of the corrected share when the rater's sensitivity and specificity are known.

    .. math:: \text{corrected interval} = \text{both ends of the Wilson interval, corrected}

    ``flagged`` of ``n`` replies; the Wilson interval has the ``confidence`` given. Raises ValueError as
    :func:`corrected_share` and ``wilson_interval`` do.
    """
    low, high = wilson_interval(flagged, n, confidence)
    return corrected_share(low, sensitivity, specificity), corrected_share(high, sensitivity, specificity)


def corrected_error(flagged, n, hits, with_feature, left, without_feature):  # noqa: PLR0917  three shares, two counts each
    r"""Standard error of the corrected share when the rater was itself measured on a sample.

    .. math:: \text{error}^2 = \frac{q(1-q)/n + p^2 \, s(1-s)/m + (1-p)^2 \, t(1-t)/k}{(s + t - 1)^2}

    q is the share flagged of n, p the corrected share, s = ``hits`` / ``with_feature`` (of m) the sensitivity and
    t = ``left`` / ``without_feature`` (of k) the specificity, each from its sample. A measure on few replies makes
    the correction vague. Raises ValueError for parts larger than their whole and for a rater no better than chance.
    """
    checks.part("flagged", flagged, "n", checks.whole_positive("n", n))
    checks.part("hits", hits, "with_feature", checks.whole_positive("with_feature", with_feature))
    checks.part("left", left, "without_feature", checks.whole_positive("without_feature", without_feature))
    q, s, t = flagged / n, hits / with_feature, left / without_feature
    better, p = _better_than_chance(s, t), corrected_share(q, s, t)
    variance = q * (1 - q) / n + p**2 * s * (1 - s) / with_feature + (1 - p) ** 2 * t * (1 - t) / without_feature
    return math.sqrt(variance) / better


def right_flags(share, sensitivity, specificity):
    r"""Of the replies flagged, the share that has the feature: small if the feature is rare.

    .. math:: \text{right flags} = \frac{p \cdot \text{sensitivity}}{\text{apparent share}}

    p is ``share``; below the line stands :func:`apparent_share`. Raises ValueError outside 0 to 1, and if nothing would
    be flagged.
    """
    flagged = apparent_share(share, sensitivity, specificity)
    if not flagged:
        raise ValueError("no reply would be flagged; expected a share, or false alarms, above 0")
    return share * sensitivity / flagged
