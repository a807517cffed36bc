"""Do two people who mark the same things mark them alike? Agreement and Cohen's kappa, as plain formulas.

A ``table`` is square: ``table[i][j]`` counts the things that rater 1 put into category i and rater 2 into category j,
with the categories in order. Agreement is a proportion from 0 to 1; kappa is 1 for perfect agreement, 0 for what chance
would give, and negative below that. Sources: model D15 (weighted kappa); Cohen (1968) for the weights.
"""

import math

from socialcare.formulas import checks
from socialcare.formulas.funnel import normal_quantile

__all__ = [
    "disagreement_weights",
    "expected_agreement",
    "kappa_interval",
    "kappa_standard_error",
    "observed_agreement",
    "weighted_kappa",
]

SCHEMES = ("none", "linear", "quadratic")


def _shares(table):
    """Return the cells as shares of all marks, with the marginal shares of both raters and the total."""
    cells = [list(row) for row in table]
    size = len(cells)
    if size < 2:
        raise ValueError(f"table has {size} categories; expected at least 2")
    for place, row in enumerate(cells):
        if len(row) != size:
            raise ValueError(f"table[{place}] has {len(row)} cells; expected {size}, as many as there are rows")
        for other, cell in enumerate(row):
            checks.non_negative(f"table[{place}][{other}]", cell)
    total = sum(sum(row) for row in cells)
    checks.positive("the sum of table", total)
    shares = [[cell / total for cell in row] for row in cells]
    rows = [sum(row) for row in shares]
    columns = [sum(row[place] for row in shares) for place in range(size)]
    return shares, rows, columns, total


def observed_agreement(table):
    r"""Share of things that both raters put into the same category.

    .. math:: \text{observed agreement} = \frac{\sum \text{diagonal}}{n}

    Raises ValueError for a table that is not square, has a negative cell or is empty.
    """
    shares, _, _, _ = _shares(table)
    return sum(shares[place][place] for place in range(len(shares)))


def expected_agreement(table):
    r"""Share of equal marks if each rater kept to the same shares of categories but marked at random.

    .. math:: \text{expected agreement} = \sum p \cdot q

    p and q are the shares of a category in the marks of rater 1 and of rater 2. Rejects what
    :func:`observed_agreement` does.
    """
    _, rows, columns, _ = _shares(table)
    return sum(rows[place] * columns[place] for place in range(len(rows)))


def disagreement_weights(size, scheme):
    r"""How much a miss counts, by its distance: a table of weights from 0 (same category) to 1 (the ends of the scale).

    .. math:: \text{weight} = (\frac{|i - j|}{k - 1})^{m}

    k is ``size``, the number of categories. The ``scheme`` sets the power m: ``none`` counts every miss as 1 (m = 0),
    ``linear`` by the distance (m = 1), ``quadratic`` by its square (m = 2). Equal categories
    always weigh 0. Raises ValueError for another scheme.
    """
    if scheme not in SCHEMES:
        raise ValueError(f"weights is {scheme!r}; expected one of {', '.join(SCHEMES)}, or a table of weights")
    power = SCHEMES.index(scheme)
    return [
        [0.0 if one == other else (abs(one - other) / (size - 1)) ** power for other in range(size)]
        for one in range(size)
    ]


def _weights(weights, size):
    """Return a named scheme's weights, or the given table scaled to a largest weight of 1."""
    if isinstance(weights, str):
        return disagreement_weights(size, weights)
    given = [list(row) for row in weights]
    if len(given) != size or any(len(row) != size for row in given):
        raise ValueError(f"weights has {len(given)} rows; expected {size} rows of {size} weights")
    for one in range(size):
        for other in range(size):
            checks.non_negative(f"weights[{one}][{other}]", given[one][other])
    largest = checks.positive("the largest of weights", max(max(row) for row in given))
    return [[weight / largest for weight in row] for row in given]


def weighted_kappa(table, weights="linear"):
    r"""Cohen's weighted kappa: how far the raters' disagreement stays below that of chance (D15).

    .. math:: \text{kappa} = 1 - \frac{\sum \text{weight} \cdot \text{share found}}{\sum \text{weight} \cdot \text{share by chance}}

    Both sums run over the cells of the table. The weights come from :func:`disagreement_weights` (``none``, ``linear``
    or ``quadratic``) or are a table of your own; the share by chance is that of the row times that of the column. Raises
    ValueError where chance leaves no disagreement, because both raters used one category only, and for a broken table.
    """  # noqa: E501  a formula is one line
    shares, rows, columns, _ = _shares(table)
    weight = _weights(weights, len(rows))
    places = range(len(rows))
    found = sum(weight[one][other] * shares[one][other] for one in places for other in places)
    by_chance = sum(weight[one][other] * rows[one] * columns[other] for one in places for other in places)
    if by_chance <= 0:
        raise ValueError("both raters use one category only; expected at least two, or kappa says nothing")
    return 1 - found / by_chance


def kappa_standard_error(table, weights="linear"):
    r"""Standard error of weighted kappa for large samples (Fleiss, Cohen and Everitt, 1969).

    .. math:: \text{standard error} = \frac{1}{1 - e} \sqrt{\frac{\sum p (a - (r + c)(1 - \kappa))^2 - (\kappa - e (1 - \kappa))^2}{n}}

    p is the share of a cell, a is 1 minus its weight, r and c are the means of a over its row and its column, weighted
    with the other rater's shares, and e is the sum of a times the shares that chance gives. The cells may be expected counts. Rejects what :func:`weighted_kappa` does.
    """  # noqa: E501  a formula is one line
    kappa = weighted_kappa(table, weights)
    shares, rows, columns, total = _shares(table)
    places = range(len(rows))
    alike = [[1 - weight for weight in row] for row in _weights(weights, len(rows))]
    row_means = [sum(columns[other] * alike[one][other] for other in places) for one in places]
    column_means = [sum(rows[one] * alike[one][other] for one in places) for other in places]
    chance = sum(rows[one] * row_means[one] for one in places)
    spread = sum(
        shares[one][other] * (alike[one][other] - (row_means[one] + column_means[other]) * (1 - kappa)) ** 2
        for one in places
        for other in places
    )
    variance = (spread - (kappa - chance * (1 - kappa)) ** 2) / (total * (1 - chance) ** 2)
    return math.sqrt(max(variance, 0.0))  # rounding may leave a hair below 0 at perfect agreement


def kappa_interval(table, weights="linear", confidence=0.95):
    r"""Confidence interval of weighted kappa, cut at −1 and 1.

    .. math:: \text{interval} = \kappa \pm z \cdot \text{standard error}

    z is the normal quantile of the ``confidence``. Returns ``(low, high)``. For few things, or without any miss, it is
    too narrow: resample instead. Rejects what :func:`weighted_kappa` does, and a confidence outside 0 to 1.
    """
    z = normal_quantile(0.5 + checks.inner_share("confidence", confidence) / 2)
    kappa, half = weighted_kappa(table, weights), z * kappa_standard_error(table, weights)
    return max(kappa - half, -1.0), min(kappa + half, 1.0)
