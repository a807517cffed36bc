"""What does a CRM cost over its years, can the seller's percentages be true, and what did it bring?

Money is in EUR, years count from 0 (the project) onwards, shares and rates run from 0 to 1. Costs of a year fall at its
end, those of the project now. Sources: S4.4-P3 (baseline), S4.4-P4 and S4.4-N1 to N9 (total cost of ownership), X13
(the percentages contradict each other); model D13, reference C14. Not modelled: taxes, financing, and what a firm
loses while the project runs.
"""

import math

from socialcare.formulas import checks
from socialcare.formulas.funnel import normal_quantile

__all__ = [
    "annuity_factor",
    "break_even_years",
    "cost_per_user_month",
    "detectable_difference",
    "difference_in_differences",
    "difference_interval",
    "first_dearer_year",
    "most_first_year_share",
    "most_service_share",
    "npv",
    "payback_years",
    "present_value",
    "required_benefit",
    "roi",
]


def present_value(amounts, discount=0):
    r"""What a row of yearly amounts costs in today's money, in EUR; the first amount falls now. With costs: the TCO.

    .. math:: \text{TCO} = \sum \frac{\text{cost of the year}}{(1 + \text{discount})^{\text{year}}}

    ``amounts`` holds one sum for each year 0, 1, 2 ...; ``discount`` is per year, and 0 just adds up (model D13).
    Raises ValueError for no amounts, an amount that is not a number of 0 or more, or a negative discount.
    """
    checks.non_negative("discount", discount)
    if len(amounts) == 0:
        raise ValueError("amounts is empty; expected at least one year")
    total = 0
    for year, amount in enumerate(amounts):
        total += checks.non_negative(f"amounts[{year}]", amount) / (1 + discount) ** year
    return total


def cost_per_user_month(total, users, discount=0):
    r"""The fee for each user and month that costs as much as everything: the number to put beside the seller's fee.

    .. math:: \text{cost per user and month} = \frac{\text{TCO}}{12 \cdot \sum \text{users} / (1 + \text{discount})^{\text{year}}}

    In EUR. ``users`` holds the users of each year of use, 1, 2, 3 ... (the project year is not among them); ``total`` is
    a :func:`present_value` at the same ``discount``. Users are discounted as the fee is that they would pay: a levelised
    cost. Raises ValueError for a negative total or discount, no year, or a year without users.
    """  # noqa: E501  an equation stands in one line
    checks.non_negative("total", total)
    checks.non_negative("discount", discount)
    if len(users) == 0:
        raise ValueError("users is empty; expected at least one year of use")
    months = 0
    for year, count in enumerate(users, 1):
        months += 12 * checks.whole_positive(f"users[{year - 1}]", count) / (1 + discount) ** year
    return total / months


def annuity_factor(years, discount):
    r"""What one euro at the end of each of ``years`` years is worth today.

    .. math:: \text{annuity} = \frac{1 - (1 + \text{discount})^{-\text{years}}}{\text{discount}}

    Without a discount it is the number of years. Raises ValueError for years that are not a whole number above 0, or a
    negative discount.
    """
    checks.whole_positive("years", years)
    if checks.non_negative("discount", discount) == 0:
        return years
    return (1 - (1 + discount) ** -years) / discount


def break_even_years(upfront, owned, rented, discount=0):
    r"""Years after which owning (pay now, then less) has cost as much as renting (pay by the year).

    .. math:: \text{years} = \frac{-\ln(1 - \text{discount} \cdot \text{upfront} / (\text{rented} - \text{owned}))}{\ln(1 + \text{discount})}

    ``upfront`` is paid now, ``owned`` and ``rented`` at the end of each year. Without a discount it is upfront /
    (rented - owned). For example, 60,000, 6,000 and 25,000 give 3.158 years, and 3.78 at 8%. Returns infinity if
    renting never catches up. Raises ValueError for a negative amount or discount.
    """  # noqa: E501  an equation stands in one line
    checks.non_negative("upfront", upfront)
    checks.non_negative("discount", discount)
    saved = checks.non_negative("rented", rented) - checks.non_negative("owned", owned)
    if upfront == 0:
        return 0.0
    if saved <= 0 or discount * upfront >= saved:
        return math.inf
    if discount == 0:
        return upfront / saved
    return -math.log(1 - discount * upfront / saved) / math.log(1 + discount)


def first_dearer_year(costs, others, discount=0):
    r"""First year at whose end ``costs`` have added up to more than ``others``; None if that never happens.

    .. math:: \text{year} = \min\{t : \text{TCO after } t > \text{TCO of the other after } t\}

    Both hold one sum for each year 0, 1, 2 ... and are equally long; this serves real offers, whose costs move in
    steps. Rejects what :func:`present_value` does (ValueError), and rows of different length.
    """
    if len(costs) != len(others):
        raise ValueError(f"costs has {len(costs)} years and others {len(others)}; expected as many")
    for year in range(len(costs)):
        if present_value(costs[: year + 1], discount) > present_value(others[: year + 1], discount) * (1 + 1e-12):
            return year
    return None


def most_service_share(first_year_share, first_year_services):
    r"""Largest share of the life-cycle cost that services and support can reach, from 0 to 1.

    .. math:: \text{most} = x \cdot s + (1 - x)

    x is ``first_year_share``, the part of the whole cost that falls in year 1, and s is ``first_year_services``, the
    part of that year which is services and support. It is reached only if *everything* later is services and support.
    With the source's 60% and at most 47% + 10%: 74.2%, never 80% (X13, reference C14). Raises ValueError for a
    share outside 0 to 1.
    """
    checks.share("first_year_share", first_year_share)
    checks.share("first_year_services", first_year_services)
    return first_year_share * first_year_services + (1 - first_year_share)


def most_first_year_share(claimed, first_year_services):
    r"""Largest share of the cost in year 1 that still allows services and support to be ``claimed`` of the whole.

    .. math:: \text{most in year 1} = \frac{1 - \text{claimed}}{1 - s}

    :func:`most_service_share` turned round, and never above 1; s is ``first_year_services``. With 57%
    of year 1: 80% needs at most 46.5%, 90% at most 23.3% (X13). Raises ValueError for a share outside 0 to 1.
    """
    checks.share("claimed", claimed)
    if checks.share("first_year_services", first_year_services) >= claimed:
        return 1.0
    return (1 - claimed) / (1 - first_year_services)


def npv(investment, benefits, discount):
    r"""Net present value: what yearly benefits are worth today, less the investment of today, in EUR.

    .. math:: \text{NPV} = -\text{investment} + \sum \frac{\text{benefit}}{(1 + \text{discount})^{\text{year}}}

    ``benefits`` holds the net benefit of the years 1, 2, 3 ... (benefit less running cost); it may be negative. Raises
    ValueError for a negative investment or discount.
    """
    checks.non_negative("discount", discount)
    value = -checks.non_negative("investment", investment)
    for year, benefit in enumerate(benefits, 1):
        value += checks.number(f"benefits[{year - 1}]", benefit) / (1 + discount) ** year
    return value


def payback_years(investment, benefits):
    r"""Years until the benefits have paid the investment back, undiscounted, within a year in proportion.

    .. math:: \text{payback} = \min\{t : \sum \text{benefit}_t \geq \text{investment}\}

    ``benefits`` holds the net benefit of the years 1, 2, 3 ...; returns None if they do not pay it back. Raises
    ValueError for a negative investment.
    """
    left = checks.non_negative("investment", investment)
    if left == 0:
        return 0.0
    for year, benefit in enumerate(benefits, 1):
        checks.number(f"benefits[{year - 1}]", benefit)
        if benefit >= left:
            return year - 1 + left / benefit
        left -= benefit
    return None


def roi(benefit, cost):
    r"""Return on investment: what each euro spent brings back on top of itself (0.2 = 20%).

    .. math:: \text{ROI} = \frac{\text{benefit} - \text{cost}}{\text{cost}}

    Both in EUR over the same years. Raises ValueError for a cost that is not above 0 or a benefit that is no number.
    """
    checks.positive("cost", cost)
    checks.number("benefit", benefit)
    return (benefit - cost) / cost


def required_benefit(total, years, discount=0):
    r"""Equal benefit of each year of use that just repays a total cost of today, in EUR a year.

    .. math:: \text{required benefit} = \frac{\text{TCO}}{\text{annuity}}

    ``total`` is a :func:`present_value` at the same ``discount``; the benefit falls at the end of each year. Rejects
    what :func:`annuity_factor` does, and a negative total (ValueError).
    """
    return checks.non_negative("total", total) / annuity_factor(years, discount)


def difference_in_differences(before_pilot, after_pilot, before_rest, after_rest):
    r"""How much more the pilot group changed than the group that was left alone, in the unit of the metric.

    .. math:: \text{DiD} = (\text{after pilot} - \text{before pilot}) - (\text{after rest} - \text{before rest})

    It is the effect if both groups would have moved alike without the system (S4.4-P3). Raises ValueError for a mean
    that is not a number.
    """
    means = {
        "before_pilot": before_pilot, "after_pilot": after_pilot, "before_rest": before_rest, "after_rest": after_rest,
    }  # fmt: skip
    for name, mean in means.items():
        checks.number(name, mean)
    return (after_pilot - before_pilot) - (after_rest - before_rest)


def difference_interval(difference, deviations, counts, confidence=0.95):
    r"""Confidence interval of a difference of means, from the spread and the size of each independent group.

    .. math:: \text{interval} = \text{difference} \pm z \cdot \sqrt{\sum \frac{\text{deviation}^2}{n}}

    ``deviations`` are the groups' standard deviations (with n - 1) and ``counts`` their sizes: four of each for a
    difference in differences, two for before and after. z is the normal quantile of the ``confidence``, so groups of
    some thirty or more are needed. Returns ``(low, high)``. Raises ValueError for lists of different length, a negative
    deviation or a count that is not a whole number above 0.
    """
    error = _standard_error(deviations, counts)
    z = normal_quantile(0.5 + checks.inner_share("confidence", confidence) / 2)
    return difference - z * error, difference + z * error


def detectable_difference(deviations, counts, power=0.8, confidence=0.95):
    r"""Smallest true difference of means that such groups would find in a share ``power`` of all trials.

    .. math:: \text{detectable difference} = (z + z_\text{power}) \cdot \sqrt{\sum \frac{\text{deviation}^2}{n}}

    z and the groups are those of :func:`difference_interval`. A true difference as large as half the interval would be
    found only every second time. Rejects what :func:`difference_interval` does, and a power outside 0.5 to 1
    (ValueError).
    """
    if checks.inner_share("power", power) < 0.5:
        raise ValueError(f"power is {power}; expected 0.5 or more and below 1")
    z = normal_quantile(0.5 + checks.inner_share("confidence", confidence) / 2)
    return (z + normal_quantile(power)) * _standard_error(deviations, counts)


def _standard_error(deviations, counts):
    if len(deviations) != len(counts):
        raise ValueError(f"deviations has {len(deviations)} groups and counts {len(counts)}; expected as many")
    variance = 0
    for group, (deviation, count) in enumerate(zip(deviations, counts)):
        checks.non_negative(f"deviations[{group}]", deviation)
        variance += deviation**2 / checks.whole_positive(f"counts[{group}]", count)
    return math.sqrt(variance)
