"""What is a customer worth, and what is it worth to keep one? Customer value as plain formulas.

Money is in EUR per customer, rates are per period (a year, unless you choose another), shares run from 0 to 1.
Two conventions are in use, and they differ by one margin: the first margin comes *now* (a customer who has just
bought again) or *after one period* (a customer who still has to stay). Sources: S2.5-N2 (25% to 95%), S2.5-N3
(nine times); models D2 and D4; Gupta and Lehmann's formula is :func:`clv`. The retention rate is constant except in
:func:`clv_by_tenure`. Not modelled: competition, capacity, and margins that depend on who stays.
"""

import math

from socialcare.formulas import checks

__all__ = [
    "break_even_ratio",
    "break_even_spend",
    "clv",
    "clv_by_tenure",
    "clv_horizon",
    "clv_now",
    "cost_per_extra_customer",
    "discount_elasticity",
    "expected_life",
    "least_points_gain",
    "life_gain",
    "most_points_gain",
    "percent_in_points",
    "points_gain",
    "programme_gain",
    "retention_elasticity",
    "saturating",
    "sbg_from_retention",
    "sbg_retention",
    "spend_per_customer",
]


def _kept(retention, discount, growth=0):
    """Return 1 + discount - retention × (1 + growth), which every infinite sum divides by."""
    checks.share("retention", retention)
    checks.non_negative("discount", discount)
    checks.above("growth", growth, -1)
    divisor = 1 + discount - retention * (1 + growth)
    if divisor <= 0:
        raise ValueError(
            f"retention × (1 + growth) is {retention * (1 + growth):g}; "
            f"expected less than 1 + discount, {1 + discount:g}, or the value has no end"
        )
    return divisor


def clv(margin, retention, discount, growth=0):
    r"""Customer lifetime value when the first margin comes after one period, in EUR.

    .. math:: \text{CLV} = \frac{\text{margin} \cdot \text{retention}}{1 + \text{discount} - \text{retention} \cdot (1 + \text{growth})}

    ``margin`` in EUR per period, ``retention`` and ``discount`` per period, ``growth`` of the margin per period
    (model D2, reference C1). Raises ValueError for a retention outside 0 to 1, a negative margin or discount, and
    if the sum has no end.
    """  # noqa: E501  an equation stands in one line
    divisor = _kept(retention, discount, growth)
    return checks.non_negative("margin", margin) * retention / divisor


def clv_now(margin, retention, discount, growth=0):
    r"""Customer lifetime value when the first margin comes now, in EUR: :func:`clv` and one margin more.

    .. math:: \text{CLV now} = \frac{\text{margin} \cdot (1 + \text{discount})}{1 + \text{discount} - \text{retention} \cdot (1 + \text{growth})}

    Takes and rejects what :func:`clv` does (ValueError). With ``growth`` the second margin is already larger.
    """  # noqa: E501
    divisor = _kept(retention, discount, growth)
    return checks.non_negative("margin", margin) * (1 + discount) / divisor


def clv_horizon(margin, retention, discount, periods, growth=0):
    r"""Value of the first ``periods`` margins, the first of them now, in EUR.

    .. math:: \text{CLV horizon} = \text{margin} \cdot \frac{1 - \text{step}^{\text{periods}}}{1 - \text{step}}

    where step = retention × (1 + growth) / (1 + discount). It needs no end to the sum, so a customer who never leaves
    has a value too. Raises ValueError as :func:`clv` does, and for periods that are not a whole number above 0.
    """
    checks.share("retention", retention)
    checks.non_negative("discount", discount)
    checks.whole_positive("periods", periods)
    step = retention * (1 + checks.above("growth", growth, -1)) / (1 + discount)
    if abs(1 - step) < 1e-12:
        return checks.non_negative("margin", margin) * periods
    return checks.non_negative("margin", margin) * (1 - step**periods) / (1 - step)


def clv_by_tenure(margin, retentions, discount):
    r"""Value with a retention rate of its own for each period, the first margin now, in EUR.

    .. math:: \text{CLV by tenure} = \text{margin} \cdot \sum \frac{\text{survival}}{(1 + \text{discount})^{\text{period}}}

    ``retentions`` holds the rate of each period in order; ``survival`` is their running product, 1 in period 0.
    Raises ValueError as :func:`clv` does, naming the period of a wrong rate.
    """  # noqa: E501
    checks.non_negative("margin", margin)
    checks.non_negative("discount", discount)
    survival, value = 1, margin
    for position, retention in enumerate(retentions, 1):
        survival *= checks.share(f"retentions[{position - 1}]", retention)
        value += margin * survival / (1 + discount) ** position
    return value


def expected_life(retention):
    r"""Expected number of periods that a customer stays, without discounting.

    .. math:: \text{life} = \frac{1}{1 - \text{retention}}

    Raises ValueError for a retention outside 0 to 1, and for 1: such a customer never leaves.
    """
    if checks.share("retention", retention) == 1:
        raise ValueError("retention is 1; expected less than 1, or the customer never leaves")
    return 1 / (1 - retention)


def sbg_retention(alpha, beta, period):
    r"""Retention of period 1, 2, ... among those still there, if people differ and nobody changes.

    .. math:: \text{retention} = \frac{\text{beta} + \text{period} - 1}{\text{alpha} + \text{beta} + \text{period} - 1}

    Shifted beta-geometric model: each person's chance to leave is fixed and drawn from a beta distribution with
    ``alpha`` and ``beta`` (model D2). Raises ValueError if a shape is not above 0 or ``period`` is not 1 or more.
    """
    checks.positive("alpha", alpha)
    checks.positive("beta", beta)
    checks.whole_positive("period", period)
    return (beta + period - 1) / (alpha + beta + period - 1)


def sbg_from_retention(first, second):
    r"""Shapes ``(alpha, beta)`` of the model whose retention is ``first`` in period 1 and ``second`` in period 2.

    .. math:: \text{alpha} + \text{beta} = \frac{1 - \text{second}}{\text{second} - \text{first}}

    Raises ValueError unless both are shares and 0 < ``first`` < ``second`` < 1: in this model retention rises.
    """
    checks.share("first", first)
    checks.share("second", second)
    if not 0 < first < second < 1:
        raise ValueError(f"first is {first} and second is {second}; expected 0 < first < second < 1")
    size = (1 - second) / (second - first)
    return (1 - first) * size, first * size


def points_gain(retention, points, discount):
    r"""Rise of :func:`clv` when retention rises by ``points`` percentage points, in percent.

    .. math:: \text{gain} = 100 \cdot \left(\frac{(\text{retention} + \text{points} / 100) \cdot (1 + \text{discount} - \text{retention})}{\text{retention} \cdot (1 + \text{discount} - \text{retention} - \text{points} / 100)} - 1\right)

    The margin cancels out (reference C2; S2.5-N2). Raises ValueError if either retention lies outside 0 to 1 or is 0.
    """  # noqa: E501
    checks.positive("retention", retention)
    raised = checks.share("retention + points / 100", retention + points / 100)
    return 100 * (clv(1, raised, discount) / clv(1, retention, discount) - 1)


def least_points_gain(points, discount):
    r"""Smallest possible :func:`points_gain` over all retention rates, in percent.

    .. math:: \text{least gain} = 100 \cdot \frac{4 \cdot \text{points} / 100 \cdot (1 + \text{discount})}{(1 + \text{discount} - \text{points} / 100)^2}

    It is reached at a retention of (1 + discount - points / 100) / 2. Raises ValueError if ``points`` is not above 0
    and at most 100, or ``discount`` is negative.
    """  # noqa: E501
    step = checks.share("points / 100", checks.positive("points", points) / 100)
    checks.non_negative("discount", discount)
    return 100 * 4 * step * (1 + discount) / (1 + discount - step) ** 2


def most_points_gain(points, discount):
    r"""The :func:`points_gain` of the last step up to a customer who never leaves, in percent.

    .. math:: \text{most gain} = 100 \cdot \left(\frac{\text{discount} + \text{points} / 100}{\text{discount} \cdot (1 - \text{points} / 100)} - 1\right)

    From half-loyal customers upwards no retention rate gives more. Raises ValueError if ``discount`` is not above 0
    (the value would have no end) or ``points`` is not from 0 to below 100.
    """  # noqa: E501
    step = checks.share("points / 100", points / 100)
    if step == 1:
        raise ValueError("points is 100; expected less than 100")
    return 100 * ((checks.positive("discount", discount) + step) / (discount * (1 - step)) - 1)


def life_gain(retention, points):
    r"""Rise of the undiscounted life when retention rises by ``points``, in percent.

    .. math:: \text{gain of life} = 100 \cdot \frac{\text{points} / 100}{1 - \text{retention} - \text{points} / 100}

    From 90% to 95% it is 100%: arithmetic, not loyalty (B01). Raises ValueError as :func:`expected_life` does.
    """
    raised = checks.share("retention + points / 100", retention + points / 100)
    return 100 * (expected_life(raised) / expected_life(retention) - 1)


def percent_in_points(retention, percent):
    r"""How many points a rise of retention by ``percent`` of itself is: 5% of 80% are 4 points.

    .. math:: \text{points} = \text{retention} \cdot \text{percent}

    Raises ValueError for a retention outside 0 to 1 or a negative ``percent``.
    """
    return checks.share("retention", retention) * checks.non_negative("percent", percent)


def retention_elasticity(retention, discount):
    r"""By how many percent :func:`clv` rises when retention rises by 1% of itself.

    .. math:: \text{elasticity} = \frac{1 + \text{discount}}{1 + \text{discount} - \text{retention}}

    The elasticity of the margin is 1. Raises ValueError as :func:`clv` does.
    """
    return (1 + discount) / _kept(retention, discount)


def discount_elasticity(retention, discount):
    r"""By how many percent :func:`clv` changes when the discount rate rises by 1% of itself: never upwards.

    .. math:: \text{elasticity} = \frac{0 - \text{discount}}{1 + \text{discount} - \text{retention}}

    Raises ValueError as :func:`clv` does.
    """
    return -discount / _kept(retention, discount)


def spend_per_customer(acquisition_cost, ratio):
    r"""What keeping costs per customer *treated*, if winning one costs ``ratio`` times as much. EUR a year.

    .. math:: \text{spend} = \frac{\text{acquisition_cost}}{\text{ratio}}

    S2.5-N3 sets ``ratio`` to 9; no origin was found (B02). Raises ValueError if either is not above 0.
    """
    return checks.positive("acquisition_cost", acquisition_cost) / checks.positive("ratio", ratio)


def _lifted(retention, lift):
    checks.positive("lift", lift)
    return checks.share("retention + lift", checks.share("retention", retention) + lift)


def cost_per_extra_customer(spend, lift, movable=1):
    r"""What each *extra* customer kept costs, in EUR: the number to set beside the cost of winning one.

    .. math:: \text{cost per extra customer} = \frac{\text{spend}}{\text{lift} \cdot \text{movable}}

    ``spend`` per customer treated; ``lift`` is the rise of retention (0.05 = 5 points) among those whom the programme
    can move, ``movable`` their share among the treated. All others would have stayed, or left, anyway (B02, model
    D4). Raises ValueError if ``lift`` or ``movable`` is not a share above 0 or ``spend`` is negative.
    """
    checks.non_negative("spend", spend)
    checks.share("lift", checks.positive("lift", lift))
    checks.share("movable", checks.positive("movable", movable))
    return spend / (lift * movable)


def break_even_ratio(lift):
    r"""Ratio from which keeping one more customer costs no more than winning one, whatever winning costs.

    .. math:: \text{break-even ratio} = \frac{1}{\text{lift}}

    A lift of 5 points needs a ratio of 20 (model D4). Raises ValueError if ``lift`` is not a share above 0.
    """
    return 1 / checks.share("lift", checks.positive("lift", lift))


def break_even_spend(margin, retention, lift, discount):
    r"""Yearly spend per customer at which a retention programme neither gains nor loses, in EUR.

    .. math:: \text{break-even spend} = \frac{\text{margin} \cdot \text{lift}}{1 + \text{discount} - \text{retention}}

    Raises ValueError if ``retention`` + ``lift`` exceeds 1, and as :func:`clv` does.
    """
    _lifted(retention, lift)
    return checks.non_negative("margin", margin) * lift / _kept(retention, discount)


def programme_gain(margin, spend, retention, lift, discount):
    r"""What a retention programme adds to the value of each customer treated, in EUR; below 0 it destroys value.

    .. math:: \text{gain} = \frac{(\text{margin} - \text{spend}) \cdot (1 + \text{discount})}{1 + \text{discount} - \text{retention} - \text{lift}} - \frac{\text{margin} \cdot (1 + \text{discount})}{1 + \text{discount} - \text{retention}}

    ``spend`` is paid in every period while the customer stays (reference C17). Raises ValueError if ``retention`` +
    ``lift`` exceeds 1, and as :func:`clv` does.
    """  # noqa: E501
    raised = _lifted(retention, lift)
    checks.non_negative("margin", margin)
    checks.non_negative("spend", spend)
    before = clv_now(margin, retention, discount)
    return (margin - spend) * (1 + discount) / _kept(raised, discount) - before


def saturating(spend, floor, ceiling, scale):
    r"""A response that rises from ``floor`` to ``ceiling``, ever more slowly: what one more euro buys shrinks.

    .. math:: \text{response} = \text{ceiling} - (\text{ceiling} - \text{floor}) \cdot \exp(0 - \text{spend} / \text{scale})

    At a ``spend`` of ``scale`` (EUR) 63% of the way is done. Raises ValueError for a negative spend or floor, a
    scale that is not above 0, or a ceiling below the floor.
    """  # noqa: E501
    checks.non_negative("spend", spend)
    checks.positive("scale", scale)
    if checks.non_negative("ceiling", ceiling) < checks.non_negative("floor", floor):
        raise ValueError(f"ceiling is {ceiling}; expected no less than floor, {floor}")
    return ceiling - (ceiling - floor) * math.exp(-spend / scale)
