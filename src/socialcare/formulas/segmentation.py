"""Which customers belong together, and is the group worth a budget? The formulas of segmentation.

Scores run from 1 (worst) to ``bins`` (best). Shares and probabilities are proportions from 0 to 1, money is in EUR.
Sources: S1.5-K1 to K4 (what a segment must be), S1.5-T1 to T6 (six types), model D6.
"""

import math

from socialcare.formulas import checks

__all__ = [
    "break_even_probability",
    "campaign_profit",
    "cramers_v",
    "lift",
    "rfm_score",
    "segment_name",
    "smallest_segment",
]

BINS = 5
"""Scores per dimension: fifths, the usual choice of the trade."""

RULES = (
    ("Champions", (4, 5), (4, 5), (4, 5)),
    ("Loyal", (3, 5), (4, 5), (1, 5)),
    ("Cannot lose", (1, 2), (4, 5), (4, 5)),
    ("At risk", (1, 2), (3, 5), (1, 5)),
    ("Big basket", (3, 5), (1, 3), (5, 5)),
    ("Promising", (4, 5), (2, 3), (1, 5)),
    ("New", (4, 5), (1, 1), (1, 5)),
    ("Needs attention", (3, 3), (2, 3), (1, 5)),
    ("About to sleep", (3, 3), (1, 1), (1, 5)),
    ("Hibernating", (2, 2), (1, 2), (1, 5)),
    ("Lost", (1, 1), (1, 2), (1, 5)),
)
"""Name and score ranges (recency, frequency, money) of each segment; the first rule that fits gives the name.

A teaching default: the names are the trade's, the borders are ours. Together they cover all 125 cells.
"""


def rfm_score(worse, customers, bins=BINS):
    r"""Score of a customer on one dimension of RFM, from 1 (worst) to ``bins`` (best); S1.5-T3.

    .. math:: \text{score} = 1 + \left\lfloor \frac{\text{bins} \cdot \text{worse}}{\text{customers}} \right\rfloor

    ``worse`` counts the customers with a strictly worse value, out of ``customers``. **Tie rule**: equal values have
    equally many worse customers, so they always get the same score, and a large tie can leave a score empty. Raises
    ValueError unless ``worse`` is a whole number of 0 or more, and below ``customers``.
    """
    checks.count("worse", worse)
    checks.whole_positive("customers", customers)
    checks.whole_positive("bins", bins)
    if not hasattr(worse, "over") and worse >= customers:
        raise ValueError(f"worse is {worse}; expected fewer than the {customers} customers")
    return 1 + bins * worse // customers


def segment_name(recency_score, frequency_score, money_score):
    """Name of an RFM cell, by the first of :data:`RULES` that fits.

    Raises ValueError unless each score is a whole number from 1 to 5.
    """
    scores = (recency_score, frequency_score, money_score)
    for name, score in zip(("recency_score", "frequency_score", "money_score"), scores):
        checks.whole_between(name, score, 1, BINS)
    for rule in RULES:
        if all(low <= score <= high for score, (low, high) in zip(scores, rule[1:])):
            return rule[0]
    raise ValueError(f"no rule names the cell {scores}")


def lift(buyers_contacted, contacted, buyers, customers):
    r"""How many times as often the contacted buy as customers on average; 1 is no better than chance (S1.5-T6).

    .. math:: \text{lift} = \frac{\text{buyers_contacted} / \text{contacted}}{\text{buyers} / \text{customers}}

    Raises ValueError for a negative or fractional count, nobody contacted, no buyers, or a part above its whole.
    """
    checks.count("buyers_contacted", buyers_contacted)
    checks.whole_positive("contacted", contacted)
    checks.whole_positive("buyers", buyers)
    checks.whole_positive("customers", customers)
    for name, part, whole_name, whole in (
        ("buyers_contacted", buyers_contacted, "buyers", buyers),
        ("buyers_contacted", buyers_contacted, "contacted", contacted),
        ("contacted", contacted, "customers", customers),
    ):
        if part > whole:
            raise ValueError(f"{name} is {part}; expected no more than the {whole} {whole_name}")
    return (buyers_contacted / contacted) / (buyers / customers)


def break_even_probability(contact_cost, margin):
    r"""Chance of an extra sale from which one contact pays for itself (S1.5-T6, model D6).

    .. math:: \text{break-even probability} = \frac{\text{contact_cost}}{\text{margin}}

    ``contact_cost`` is EUR per contact, ``margin`` EUR per extra sale. A result above 1 means that no contact can pay.
    Raises ValueError for a negative cost or a margin that is not above 0.
    """
    return checks.non_negative("contact_cost", contact_cost) / checks.positive("margin", margin)


def campaign_profit(customers, extra_share, margin, contact_cost, fixed_cost=0):
    r"""What contacting a segment brings, in EUR: the fourth criterion of the source as a number (S1.5-K4).

    .. math:: \text{profit} = \text{customers} \cdot (\text{extra_share} \cdot \text{margin} - \text{contact_cost}) - \text{fixed_cost}

    ``extra_share`` is the share of customers who buy *because of* the contact: not the share who buy. Raises ValueError
    for a negative count or cost, a margin that is not above 0, or a share outside 0 to 1.
    """  # noqa: E501  the formula stands in one line
    checks.count("customers", customers)
    checks.share("extra_share", extra_share)
    checks.positive("margin", margin)
    checks.non_negative("contact_cost", contact_cost)
    checks.non_negative("fixed_cost", fixed_cost)
    return customers * (extra_share * margin - contact_cost) - fixed_cost


def smallest_segment(extra_share, margin, contact_cost, fixed_cost):
    r"""Customers that a segment needs before it repays its fixed cost (S1.5-K4): "large enough", counted.

    .. math:: \text{smallest segment} = \frac{\text{fixed_cost}}{\text{extra_share} \cdot \text{margin} - \text{contact_cost}}

    Returns a number of customers, not rounded. Raises ValueError as :func:`campaign_profit` does, and if a contact
    costs as much as it brings: then no size is large enough.
    """  # noqa: E501  the formula stands in one line
    gain = campaign_profit(1, extra_share, margin, contact_cost)
    if gain <= 0:
        raise ValueError(
            f"contact_cost is {contact_cost}; expected less than the {extra_share * margin} EUR that a contact brings, "
            "or no segment is large enough"
        )
    return checks.non_negative("fixed_cost", fixed_cost) / gain


def cramers_v(chi_square, customers, rows, columns):
    r"""Strength of the link between two ways to sort customers: 0 none, 1 complete (S1.5-T2).

    .. math:: \text{V} = \sqrt{\frac{\max(0, \text{chi_square} - (\text{rows} - 1)(\text{columns} - 1))}{\text{customers} \cdot (\min(\text{rows}, \text{columns}) - 1)}}

    Chance alone makes ``chi_square`` as large as its degrees of freedom on average, so these are taken off first: an
    uncorrected V of two unrelated variables is above 0. Raises ValueError for a negative ``chi_square``, no customers,
    or a table with fewer than two rows or columns.
    """  # noqa: E501  the formula stands in one line
    checks.non_negative("chi_square", chi_square)
    checks.whole_positive("customers", customers)
    for name, value in (("rows", rows), ("columns", columns)):
        checks.count(name, value)
        if value < 2:
            raise ValueError(f"{name} is {value}; expected 2 or more")
    excess = max(0, chi_square - (rows - 1) * (columns - 1))
    return math.sqrt(excess / (customers * (min(rows, columns) - 1)))
