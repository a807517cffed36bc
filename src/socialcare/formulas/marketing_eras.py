"""Which era of marketing does a firm live in? Scores, distances and the two ratios of Marketing 4.0, as plain formulas.

An era is 1, 2 or 3 for Marketing 1.0, 2.0 and 3.0; a score is a mean of such marks. Sources: S4.9 and S4.10 (the eras
and the table of 8 rows), B66 (PAR and BAR), model D15 (profile and distance).
"""

from socialcare.formulas import checks

__all__ = [
    "ENOUGH_KAPPA",
    "ERAS",
    "LEAST_ROWS",
    "archetype_distance",
    "brand_advocacy_ratio",
    "era_score",
    "home_era",
    "purchase_action_ratio",
]

ERAS = (1, 2, 3)
"""Marketing 1.0, 2.0 and 3.0 of the table."""

LEAST_ROWS = 6
"""Rows of 8 that must be near one era before we say that a firm lives in it: a teaching default."""

ENOUGH_KAPPA = 0.6
"""Lower end of kappa's interval from which we compare firms by their marks: a teaching default."""


def era_score(marks):
    r"""Mean of the eras that raters marked, from 1 to 3.

    .. math:: \text{era score} = \frac{\sum \text{marks}}{n}

    Raises ValueError for no marks and for a mark that is not 1, 2 or 3.
    """
    marks = list(marks)
    if not marks:
        raise ValueError("marks is empty; expected at least one mark")
    for place, mark in enumerate(marks):
        checks.whole_between(f"marks[{place}]", mark, ERAS[0], ERAS[-1])
    return sum(marks) / len(marks)


def _scores(scores):
    scores = list(scores)
    if not scores:
        raise ValueError("scores is empty; expected one score for each row")
    for place, score in enumerate(scores):
        name = f"scores[{place}]"
        checks.non_negative(name, score)
        if not ERAS[0] <= score <= ERAS[-1]:
            raise ValueError(f"{name} is {score}; expected a score from {ERAS[0]} to {ERAS[-1]}")
    return scores


def archetype_distance(scores, era):
    r"""How far a profile lies from the pure form of an era: the mean distance over the rows, in eras from 0 to 2 (D15).

    .. math:: \text{distance} = \frac{1}{n} \sum | \text{score} - \text{era} |

    ``scores`` holds one score for each row of the table. Raises ValueError for no scores, a score outside 1 to 3 or an
    unknown era.
    """
    checks.whole_between("era", era, ERAS[0], ERAS[-1])
    scores = _scores(scores)
    return sum(abs(score - era) for score in scores) / len(scores)


def home_era(scores, least=LEAST_ROWS):
    r"""Return the era that at least ``least`` rows are near to (less than half an era away), or None for a mixed firm.

    .. math:: \text{rows near} = \sum [ \, | \text{score} - \text{era} | < 0.5 \, ]

    Raises ValueError as :func:`archetype_distance` does, and for a ``least`` that is not more than half of the rows.
    """
    scores = _scores(scores)
    checks.whole_between("least", least, len(scores) // 2 + 1, len(scores))
    for era in ERAS:
        if sum(abs(score - era) < 0.5 for score in scores) >= least:
            return era
    return None


def purchase_action_ratio(buyers, aware):
    r"""PAR: of the people who know the brand unprompted, the share that buys it (Marketing 4.0, B66).

    .. math:: \text{PAR} = \frac{\text{buyers}}{\text{people aware}}

    Both counts are people of the same market and period. Raises ValueError for a count that is not whole, for nobody
    who knows the brand and for more buyers than people who know it.
    """
    checks.whole_positive("aware", aware)
    return checks.part("buyers", buyers, "people who know the brand", aware) / aware


def brand_advocacy_ratio(advocates, aware):
    r"""BAR: of the people who know the brand unprompted, the share that recommends it unasked (Marketing 4.0, B66).

    .. math:: \text{BAR} = \frac{\text{advocates}}{\text{people aware}}

    The base is everybody who knows the brand, not only its buyers. Raises ValueError as
    :func:`purchase_action_ratio` does.
    """
    checks.whole_positive("aware", aware)
    return checks.part("advocates", advocates, "people who know the brand", aware) / aware
