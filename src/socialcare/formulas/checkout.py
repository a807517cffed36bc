"""What to mend first in a checkout: a rule's weight from its severity and its evidence.

Severity is 1 (annoys), 2 (costs some buyers) or 3 (stops buyers or binds nobody): a judgement of the course, labelled
so. Evidence is a grade from A to D as in ``datasets/checkout_rules.csv``; D marks a rule that evidence speaks against.
Source: S1.4 (the eleven rules), model D5.
"""

from socialcare.formulas import checks

__all__ = ["EVIDENCE_WEIGHT", "audit_score", "priority"]

EVIDENCE_WEIGHT = {"A": 3, "B": 2, "C": 1, "D": 0}  # teaching default; D must stay 0: a myth never earns a repair


def priority(severity, evidence):
    r"""Weight of a rule: how much a breach hurts, times how well we know it.

    .. math:: \text{priority} = \text{severity} \cdot \text{weight of evidence}

    From 0 (a myth) to 9. Raises ValueError for a severity other than 1, 2 or 3 and for a grade other than A to D.
    """
    if severity not in (1, 2, 3):
        raise ValueError(f"severity is {severity}; expected 1, 2 or 3")
    if evidence not in EVIDENCE_WEIGHT:
        raise ValueError(f"evidence is {evidence!r}; expected one of A, B, C, D")
    return int(severity) * EVIDENCE_WEIGHT[evidence]


def audit_score(points_kept, points_inspected):
    r"""Share of the inspected rules' weights that a shop keeps: a proportion.

    .. math:: \text{audit score} = \frac{\text{points_kept}}{\text{points_inspected}}

    Raises ValueError if no weight was inspected or more is kept than was inspected.
    """
    checks.whole_positive("points_inspected", points_inspected)
    return checks.part("points_kept", points_kept, "points inspected", points_inspected) / points_inspected
