"""Are two groups served alike, and can we show it? Differences, ratios, equivalence and the cases that a proof needs.

Shares and margins are proportions from 0 to 1 (a margin of 0.05 is five percentage points); counts are service cases.
Group A is compared with group B: ``successes`` are the cases with the outcome among all ``trials`` of a group,
``share`` and ``cases`` are a true share and the cases planned for. An interval has the ``confidence`` given. Sources:
S0.2-05 (the same treatment for all), B44, model D11; reference values C6. The intervals of one share and of a
difference stand in ``formulas.funnel``; nothing is written twice. Not modelled: cases of one person that hang together,
and groups that nobody declared.
"""

import math

from socialcare.formulas import checks
from socialcare.formulas.funnel import newcombe_interval, normal_quantile, step_conversion, two_proportion_z

__all__ = [
    "ALPHA",
    "GAP",
    "MARGIN",
    "NOT_ENOUGH",
    "PARITY",
    "SMALL_GAP",
    "break_even_cases",
    "common_difference",
    "difference_p",
    "equivalence_p",
    "equivalence_power",
    "equivalence_sample_size",
    "four_fifths_ratio",
    "holm",
    "koopman_interval",
    "power_of_difference",
    "verdict",
]

ALPHA = 0.05  # error rate of each test, by convention
MARGIN = 0.05  # five points: the largest gap that we would still call alike; a teaching default, declared beforehand
PARITY, GAP, SMALL_GAP, NOT_ENOUGH = (
    "parity shown",
    "gap shown",
    "gap shown, but smaller than the margin",
    "not enough data",
)
_MOST_CASES = 100_000_000  # beyond this no firm counts cases


def _below(z):
    return 0.5 * math.erfc(-z / math.sqrt(2))


def _spread(share_a, cases_a, share_b, cases_b):
    return math.sqrt(share_a * (1 - share_a) / cases_a + share_b * (1 - share_b) / cases_b)


def difference_p(successes_a, trials_a, successes_b, trials_b):
    r"""Two-sided p-value of the difference of two shares: how often chance alone gives one this large.

    .. math:: \text{p} = 2 \cdot (1 - \Phi (| z |))

    z is that of :func:`two_proportion_z`. A large p-value says that no difference was found, not that there is none.
    Raises ValueError for counts that are no counts, no trials, or more successes than trials.
    """
    return math.erfc(abs(two_proportion_z(successes_a, trials_a, successes_b, trials_b)) / math.sqrt(2))


def four_fifths_ratio(successes_a, trials_a, successes_b, trials_b):
    r"""The lower share divided by the higher one: below 0.8, look closer. A screen, and never a verdict.

    .. math:: \text{four-fifths ratio} = \frac{\min (p, q)}{\max (p, q)}

    p and q are the shares of A and B. It knows no sample size: one case in two against two in two gives 0.5. Returns
    1 if nobody succeeded. Raises ValueError for counts that are no counts, no trials, or more successes than trials.
    """
    shares = step_conversion(successes_a, trials_a), step_conversion(successes_b, trials_b)
    return min(shares) / max(shares) if max(shares) > 0 else 1.0


def _score(ratio, successes_a, trials_a, successes_b, trials_b):
    """Score statistic of the hypothesis that A's share is ``ratio`` times B's: the shares fitted under it."""
    trials = trials_a + trials_b
    slope = ratio * (trials_a + successes_b) + successes_a + trials_b
    root = math.sqrt(max(slope * slope - 4 * ratio * trials * (successes_a + successes_b), 0))
    # the smaller root, written without the difference of two nearly equal numbers
    fitted_a = 2 * ratio * (successes_a + successes_b) / (slope + root)
    fitted_b = fitted_a / ratio
    variance = fitted_a * (1 - fitted_a) / trials_a + ratio * ratio * fitted_b * (1 - fitted_b) / trials_b
    gap = successes_a / trials_a - ratio * successes_b / trials_b
    return gap / math.sqrt(variance) if variance > 0 else 0.0


def koopman_interval(successes_a, trials_a, successes_b, trials_b, confidence=0.95):
    r"""Confidence interval of the ratio of two shares, A over B, by Koopman's score method.

    .. math:: \frac{(p - \text{ratio} \cdot q)^2}{\text{variance of } p - \text{ratio} \cdot q} = z^2

    The limits solve the equation; its variance takes the shares that fit best if the ratio is true. Returns
    ``(low, high)``; low is 0 if A has no success. Raises ValueError if B has none (the ratio has no upper end), and for
    counts that are no counts.
    """
    step_conversion(successes_a, trials_a)
    if step_conversion(successes_b, trials_b) == 0:
        raise ValueError("successes_b is 0; expected at least 1, or the ratio has no upper end")
    z = normal_quantile(0.5 + checks.inner_share("confidence", confidence) / 2)
    counts = successes_a, trials_a, successes_b, trials_b
    ratio = (successes_a / trials_a) / (successes_b / trials_b)
    start = ratio if ratio > 0 else 1e-9
    low = _where(counts, z, start * 1e-9, start) if successes_a else 0.0
    return low, _where(counts, -z, start, start * 1e12)


def _where(counts, target, low, high):
    """Halve the range of ratios, in logarithms, until the score statistic meets ``target``; it falls as they rise."""
    low, high = math.log(low), math.log(high)
    for _ in range(80):
        middle = (low + high) / 2
        if _score(math.exp(middle), *counts) > target:
            low = middle
        else:
            high = middle
    return math.exp((low + high) / 2)


def equivalence_p(successes_a, trials_a, successes_b, trials_b, margin=MARGIN):
    r"""P-value of two one-sided tests (TOST): is the difference of the shares inside the margin on both sides?

    .. math:: \text{p} = \max (1 - \Phi (\frac{p - q + \text{margin}}{s}), \Phi (\frac{p - q - \text{margin}}{s}))

    s is the standard error of p − q (Wald, not pooled). Below 0.05 the groups are shown to be alike within the margin.
    :func:`verdict` asks the same with Newcombe's interval, which serves small samples better. Raises ValueError for a
    margin that is not between 0 and 1, counts that are no counts, and groups in which all or none succeeded.
    """
    checks.inner_share("margin", margin)
    share_a, share_b = step_conversion(successes_a, trials_a), step_conversion(successes_b, trials_b)
    spread = _spread(share_a, trials_a, share_b, trials_b)
    if spread == 0:
        raise ValueError("both shares are 0 or 1; expected some variation, or use the interval")
    gap = share_a - share_b
    return max(_below(-(gap + margin) / spread), _below((gap - margin) / spread))


def verdict(successes_a, trials_a, successes_b, trials_b, margin=MARGIN, *, alpha=ALPHA):
    r"""Say what the cases show: parity, a gap, a gap smaller than the margin, or not enough data (model D11).

    .. math:: \text{inside the margin} \Leftrightarrow 0 - \text{margin} < \text{90% interval} < \text{margin}

    A gap is shown if Newcombe's interval at 1 − alpha (95%) leaves out 0. Parity is shown if the interval at
    1 − 2 alpha (90%, the two one-sided tests) lies inside the margin and no gap is shown. Neither: not enough data.
    Raises ValueError for a margin or alpha that is not between 0 and 1 (alpha: below 0.5) and for counts that are none.
    """
    checks.inner_share("margin", margin)
    if checks.inner_share("alpha", alpha) >= 0.5:
        raise ValueError(f"alpha is {alpha}; expected a share above 0 and below 0.5")
    counts = successes_a, trials_a, successes_b, trials_b
    low, high = newcombe_interval(*counts, confidence=1 - alpha)
    inner_low, inner_high = newcombe_interval(*counts, confidence=1 - 2 * alpha)
    inside = -margin < inner_low and inner_high < margin
    if low > 0 or high < 0:
        return SMALL_GAP if inside else GAP
    return PARITY if inside else NOT_ENOUGH


def power_of_difference(share_a, cases_a, share_b, cases_b, alpha=ALPHA):
    r"""Chance that a two-sided test finds the difference between two true shares.

    .. math:: \text{power} = \Phi (\frac{| p - q | - z \cdot t}{s}) + \Phi (\frac{- | p - q | - z \cdot t}{s})

    t is the standard error with the pooled share, s without pooling. Raises ValueError for shares or an alpha that
    are not between 0 and 1, and for cases that are not whole numbers above 0.
    """
    p, q = checks.inner_share("share_a", share_a), checks.inner_share("share_b", share_b)
    checks.whole_positive("cases_a", cases_a)
    checks.whole_positive("cases_b", cases_b)
    z = normal_quantile(1 - checks.inner_share("alpha", alpha) / 2)
    pooled = (p * cases_a + q * cases_b) / (cases_a + cases_b)
    limit = z * _spread(pooled, cases_a, pooled, cases_b)
    spread, gap = _spread(p, cases_a, q, cases_b), abs(p - q)
    return _below((gap - limit) / spread) + _below((-gap - limit) / spread)


def equivalence_power(share_a, cases_a, share_b, cases_b, margin=MARGIN, *, alpha=ALPHA):
    r"""Chance that two one-sided tests show parity within the margin, if the true shares are these.

    .. math:: \text{power} = \Phi (\frac{\text{margin} - p + q}{s} - z) + \Phi (\frac{\text{margin} + p - q}{s} - z) - 1

    z is the normal quantile of 1 − alpha, s the standard error of p − q. Not below 0. Raises ValueError for shares, a
    margin or an alpha that are not between 0 and 1, and for cases that are not whole numbers above 0.
    """
    p, q = checks.inner_share("share_a", share_a), checks.inner_share("share_b", share_b)
    checks.whole_positive("cases_a", cases_a)
    checks.whole_positive("cases_b", cases_b)
    checks.inner_share("margin", margin)
    z = normal_quantile(1 - checks.inner_share("alpha", alpha))
    spread = _spread(p, cases_a, q, cases_b)
    both = _below((margin - p + q) / spread - z) + _below((margin + p - q) / spread - z) - 1
    return max(both, 0.0)


def equivalence_sample_size(share, margin=MARGIN, gap=0.0, *, power=0.8, alpha=ALPHA, cases_b=None):
    r"""Cases that group A needs to show parity within the margin, if its true share is ``share + gap``, B's ``share``.

    .. math:: \text{n} = \frac{(z + w)^2 \cdot 2 \cdot \text{share} \cdot (1 - \text{share})}{\text{margin}^2}

    The formula is for no true gap and groups of one size; z and w are the normal quantiles of 1 − alpha and of
    (1 + power) / 2. Otherwise the smallest n is searched at which :func:`equivalence_power` reaches ``power``: with
    ``cases_b``, the other group keeps that size. Returns None if no number of cases is enough. Raises ValueError for a
    gap that reaches the margin, a share outside 0 to 1, and as :func:`equivalence_power` does.
    """
    checks.inner_share("power", power)
    checks.inner_share("margin", margin)
    if abs(gap) >= margin:
        raise ValueError(f"gap is {gap}; expected less than the margin, {margin}, or parity cannot be shown")

    def enough(cases):
        other = cases if cases_b is None else cases_b
        return equivalence_power(share + gap, cases, share, other, margin, alpha=alpha) >= power

    high = 1
    while not enough(high):
        high *= 2
        if high > _MOST_CASES:
            return None
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        if enough(middle):
            high = middle
        else:
            low = middle
    return high


def common_difference(strata, confidence=0.95):
    r"""Difference of two shares with a third variable held equal: the Mantel-Haenszel weighted mean over strata.

    .. math:: \text{common difference} = \frac{\sum w \cdot (p - q)}{\sum w}, \quad w = \frac{n \cdot m}{n + m}

    ``strata`` holds ``(successes_a, trials_a, successes_b, trials_b)`` for each channel, say; n and m are the trials
    of A and B, so that a stratum counts as much as it can tell. Returns ``(difference, low, high)``, with the variance
    of Greenland and Robins. Raises ValueError for no strata and for counts that are no counts.
    """
    total = weighted = variance = 0.0
    for successes_a, trials_a, successes_b, trials_b in strata:
        p, q = step_conversion(successes_a, trials_a), step_conversion(successes_b, trials_b)
        weight = trials_a * trials_b / (trials_a + trials_b)
        total += weight
        weighted += weight * (p - q)
        variance += weight * weight * _spread(p, trials_a, q, trials_b) ** 2
    if total == 0:
        raise ValueError("strata is empty; expected at least one")
    half = normal_quantile(0.5 + checks.inner_share("confidence", confidence) / 2) * math.sqrt(variance) / total
    return weighted / total, weighted / total - half, weighted / total + half


def holm(p_values):
    r"""Adjust p-values for having asked several questions: Holm's step-down method.

    .. math:: \text{adjusted} = \max ((k - j + 1) \cdot p) \quad \text{over the ranks } j \text{ up to its own}

    k is the number of p-values, ranked from the smallest; no result exceeds 1. Returns them in the order given. Without
    it, five comparisons of groups served alike raise a false alarm in more than one audit of five. Raises ValueError
    for a p-value outside 0 to 1.
    """
    p_values = [checks.share(f"p_values[{position}]", p) for position, p in enumerate(p_values)]
    adjusted, largest = [0.0] * len(p_values), 0.0
    for rank, position in enumerate(sorted(range(len(p_values)), key=lambda place: p_values[place])):
        largest = max(largest, min((len(p_values) - rank) * p_values[position], 1.0))
        adjusted[position] = largest
    return adjusted


def break_even_cases(cost, customer_value, stay_gain):
    r"""Cases a year from which serving one more language pays for itself.

    .. math:: \text{break-even cases} = \frac{\text{cost}}{\text{customer_value} \cdot \text{stay_gain}}

    ``cost`` and ``customer_value`` in EUR (a year; per customer), ``stay_gain`` is the share of those customers who
    stay because they are answered sooner. Not rounded. Raises ValueError for a negative cost, a value that is not above
    0 or a gain that is not a share above 0.
    """
    checks.non_negative("cost", cost)
    checks.share("stay_gain", checks.positive("stay_gain", stay_gain))
    return cost / (checks.positive("customer_value", customer_value) * stay_gain)
