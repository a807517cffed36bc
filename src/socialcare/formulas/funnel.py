"""Where do buyers leave, and what is a better step worth? The formulas of the purchase funnel.

Conversions are proportions from 0 to 1; counts are visits, carts or orders. An interval comes with the proportion of
a sample. Sources: S1.4 (the phases), model D5; reference values C6 (Wilson, Newcombe) and C13 (the funnel).
"""

import math

from socialcare.formulas import checks

__all__ = [
    "cart_abandonment",
    "cost_per_order",
    "days_needed",
    "gap_orders",
    "log_share",
    "newcombe_interval",
    "normal_quantile",
    "orders",
    "orders_per_point",
    "sample_size",
    "step_conversion",
    "two_proportion_z",
    "wilson_interval",
]


def step_conversion(reached, started):
    r"""Share of those who started a step that reached the next one: a proportion.

    .. math:: \text{step conversion} = \frac{\text{reached}}{\text{started}}

    Raises ValueError for a negative or fractional count, for nobody who started, and for more who reached the step
    than started it.
    """
    checks.whole_positive("started", started)
    return checks.part("reached", reached, "started", started) / started


def cart_abandonment(carts, orders):
    r"""Share of carts that did not become an order: a proportion (B32).

    .. math:: \text{cart abandonment} = 1 - \frac{\text{orders}}{\text{carts}}

    Raises ValueError as :func:`step_conversion` does.
    """
    checks.whole_positive("carts", carts)
    return 1 - checks.part("orders", orders, "carts", carts) / carts


def orders(visits, conversions):
    r"""Orders that a chain of step conversions makes of a number of visits.

    .. math:: \text{orders} = \text{visits} \cdot \prod \text{conversions}

    Returns an expected number, not rounded. Raises ValueError for negative ``visits`` or a conversion outside 0 to 1.
    """
    expected = checks.non_negative("visits", visits)
    for position, conversion in enumerate(conversions):
        expected = expected * checks.share(f"conversions[{position}]", conversion)
    return expected


def orders_per_point(orders, conversion):
    r"""Orders gained when one step converts one percentage point more and all else stays.

    .. math:: \text{orders per point} = \frac{\text{orders}}{100 \cdot \text{conversion}}

    Every step has the same elasticity, 1: ten percent more at any step is ten percent more orders. A *point* is worth
    most where the conversion is lowest. Raises ValueError for negative ``orders`` or a conversion that is not above 0.
    """
    checks.non_negative("orders", orders)
    checks.positive("conversion", conversion)
    return orders / (100 * checks.share("conversion", conversion))


def gap_orders(orders, conversion, benchmark):
    r"""Orders gained if a step converted as the benchmark does; negative where the step is ahead of it.

    .. math:: \text{gap orders} = \text{orders} \cdot (\frac{\text{benchmark}}{\text{conversion}} - 1)

    Raises ValueError for negative ``orders``, a ``conversion`` that is not above 0 or a share above 1.
    """
    checks.non_negative("orders", orders)
    checks.positive("conversion", conversion)
    return orders * (checks.share("benchmark", benchmark) / checks.share("conversion", conversion) - 1)


def log_share(conversion, overall):
    r"""Share of the whole loss that one step causes: the logarithms of the steps add up, their drops do not.

    .. math:: \text{log share} = \frac{\ln \text{conversion}}{\ln \text{overall}}

    The log shares of all steps add up to 1. Raises ValueError for a ``conversion`` that is not above 0 or exceeds 1,
    or an ``overall`` conversion that is not between 0 and 1.
    """
    checks.positive("conversion", conversion)
    return math.log(checks.share("conversion", conversion)) / math.log(checks.inner_share("overall", overall))


def cost_per_order(cost, orders_gained):
    r"""What one extra order costs, in the unit of ``cost``.

    .. math:: \text{cost per order} = \frac{\text{cost}}{\text{orders_gained}}

    Raises ValueError for a negative ``cost`` or ``orders_gained`` that is not above 0.
    """
    return checks.non_negative("cost", cost) / checks.positive("orders_gained", orders_gained)


def normal_quantile(probability):
    r"""Value below which a standard normal variable lies with the given probability.

    .. math:: \text{normal quantile} = z, \quad \Phi (z) = \text{probability}

    Found by halving an interval, because the published page has no SciPy; equal to ``scipy.stats.norm.ppf`` (tested).
    Raises ValueError for a probability that is not between 0 and 1.
    """
    checks.inner_share("probability", probability)
    low, high = -40.0, 40.0
    for _ in range(75):
        middle = (low + high) / 2
        if 0.5 * math.erfc(-middle / math.sqrt(2)) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _two_sided(confidence):
    return normal_quantile(0.5 + checks.inner_share("confidence", confidence) / 2)


def wilson_interval(successes, trials, confidence=0.95):
    r"""Confidence interval of a proportion that stays between 0 and 1 and serves small samples (C6).

    .. math:: \text{Wilson interval} = \frac{k + z^2 / 2 \pm z \sqrt{k (n - k) / n + z^2 / 4}}{n + z^2}

    ``successes`` is k, ``trials`` is n, and z is the normal quantile of the ``confidence``. Returns ``(low, high)``.
    Raises ValueError for no trials, more successes than trials or a confidence that is not between 0 and 1.
    """
    checks.whole_positive("trials", trials)
    checks.part("successes", successes, "trials", trials)
    z = _two_sided(confidence)
    centre = (successes + z * z / 2) / (trials + z * z)
    half = z * (successes * (trials - successes) / trials + z * z / 4) ** 0.5 / (trials + z * z)
    return centre - half, centre + half


def newcombe_interval(successes_a, trials_a, successes_b, trials_b, confidence=0.95):
    r"""Confidence interval of the difference of two proportions, A minus B, from their Wilson intervals (C6).

    .. math:: \text{lower limit} = p - q - \sqrt{(p - \text{low of } p)^2 + (\text{high of } q - q)^2}

    p is the proportion of A and q that of B; the upper limit is the same with a plus sign, the high end of p and the
    low end of q. Returns ``(low, high)``. Rejects what :func:`wilson_interval` does.
    """
    low_a, high_a = wilson_interval(successes_a, trials_a, confidence)
    low_b, high_b = wilson_interval(successes_b, trials_b, confidence)
    share_a, share_b = successes_a / trials_a, successes_b / trials_b
    difference = share_a - share_b
    below = math.sqrt((share_a - low_a) ** 2 + (high_b - share_b) ** 2)
    above = math.sqrt((high_a - share_a) ** 2 + (share_b - low_b) ** 2)
    return difference - below, difference + above


def two_proportion_z(successes_a, trials_a, successes_b, trials_b):
    r"""Test statistic of the difference of two proportions, with the pooled proportion under the null hypothesis.

    .. math:: \text{z} = \frac{p - q}{\sqrt{r (1 - r) (1 / n + 1 / m)}}

    p and q are the shares of successes among the n trials of A and the m trials of B, r is the pooled one. Returns 0 if
    nobody or everybody succeeded. Rejects counts as :func:`step_conversion` does.
    """
    share_a, share_b = step_conversion(successes_a, trials_a), step_conversion(successes_b, trials_b)
    pooled = (successes_a + successes_b) / (trials_a + trials_b)
    variance = pooled * (1 - pooled) * (1 / trials_a + 1 / trials_b)
    return (share_a - share_b) / math.sqrt(variance) if variance > 0 else 0.0


def sample_size(baseline, target, power=0.8, alpha=0.05):
    r"""Visitors that each of two versions needs for a two-sided test to find ``target`` instead of ``baseline``.

    .. math:: \text{n} = (\frac{z \sqrt{2 r (1 - r)} + w \sqrt{p (1 - p) + q (1 - q)}}{p - q})^2

    p is the baseline, q the target, r their mean; z and w are the normal quantiles of 1 − alpha/2 and of the power.
    Returns a whole number, rounded up. Raises ValueError for a proportion that is not between 0 and 1, for a target
    equal to the baseline, and for a power below alpha.
    """
    p, q = checks.inner_share("baseline", baseline), checks.inner_share("target", target)
    if p == q:
        raise ValueError(f"target is {target}; expected another share than the baseline")
    if checks.inner_share("power", power) < checks.inner_share("alpha", alpha):
        raise ValueError(f"power is {power}; expected at least alpha, {alpha}")
    mean = (p + q) / 2
    under_null = normal_quantile(1 - alpha / 2) * math.sqrt(2 * mean * (1 - mean))
    under_target = normal_quantile(power) * math.sqrt(p * (1 - p) + q * (1 - q))
    return math.ceil(((under_null + under_target) / (p - q)) ** 2)


def days_needed(visitors_per_version, daily_visitors, versions=2):
    r"""Whole days until every version has its visitors, if all daily visitors take part.

    .. math:: \text{days} = \lceil \text{versions} \cdot \frac{\text{visitors}}{\text{daily visitors}} \rceil

    ``visitors_per_version`` is what :func:`sample_size` gives; ``versions`` counts both. Raises ValueError for a count
    that is not a whole number above 0.
    """
    checks.whole_positive("versions", versions)
    checks.whole_positive("visitors_per_version", visitors_per_version)
    return math.ceil(versions * visitors_per_version / checks.positive("daily_visitors", daily_visitors))
