"""What does a complaint cost, and does it pay to ask for more of them? The complaint tree as plain formulas.

Customers with a problem take one of the four ways of the source (S2.5-B1 to B4): they stay silent, they complain,
they leave and tell others, or they go to a consumer body. Complaints are resolved, some of them quickly, or not; each
way has its chance that the customer stays. Money is in EUR, counts are per year, shares run from 0 to 1. Sources:
S2.5-B1 to B4 (the four ways), B03 to B10 (the evidence for each number), model D3.

``ASSUMPTIONS`` holds every number of the model with its range and source. Not one default is a fact about a firm.
Not modelled: complainers differ from silent customers before any reply (self-selection); stated and real repurchase
differ; a second failure after a failed reply; published figures of TARP are from the United States, 1976 to 2003.
"""

from collections import namedtuple

from socialcare.formulas import checks
from socialcare.formulas.value import clv_now

__all__ = [
    "ASSUMPTIONS",
    "TARP",
    "break_even_abuse",
    "break_even_investment",
    "break_even_redress",
    "break_even_resolution",
    "break_even_silent_loyalty",
    "complaint_tree",
    "encouragement",
    "encouragement_gain",
    "return_on_complaint_management",
    "stay_if_complained",
    "stay_if_resolved",
    "tarp_preset",
    "teaching_default",
    "without_paradox",
    "word_of_mouth_cost",
]

Assumption = namedtuple("Assumption", ("name", "value", "low", "high", "unit", "meaning", "source"))
"""One number of the model: ``value`` with a plausible range, its ``unit``, what it means, and where it comes from:
ids of the evidence page or of ``benchmarks.csv``, or ``teaching default`` for a value chosen to be easy to follow."""

OWN = "teaching default; take your own"
OURS = "teaching default"
_REFERENCE = "C1: margin 100, retention 0.80, discount 0.10, first margin now"
ASSUMPTIONS = (
    Assumption("customers", 10000, 1000, 100000, "people", "customers in the year", OWN),
    Assumption("problem_share", 0.25, 0.05, 0.80, "share", "customers with a problem in the year", "S2.5-N4; B03"),
    Assumption("complain_share", 0.40, 0.03, 0.70, "share", "of these: tell the firm", OURS + "; range B04"),
    Assumption("leave_share", 0.13, 0, 0.25, "share", "of these: stop buying and tell others", OURS),
    Assumption("legal_share", 0.02, 0, 0.05, "share", "of these: go to a consumer body or court", OURS),
    Assumption("stay_no_problem", 0.85, 0.70, 0.95, "share", "stay without any problem", OURS),
    Assumption(
        "stay_silent", 0.65, 0.595, 0.7225, "share", "stay after silence", OURS + "; range B09, 15% to 30% lower"
    ),
    Assumption("stay_quick", 0.92, 0.82, 0.95, "share", "stay if resolved quickly", OURS + "; range B07"),
    Assumption("stay_resolved", 0.85, 0.54, 0.85, "share", "stay if resolved later", OURS + "; low end B07"),
    Assumption("stay_unresolved", 0.40, 0.20, 0.55, "share", "stay if not resolved", OURS),
    Assumption("stay_left", 0, 0, 0.10, "share", "of those who left: come back", OURS),
    Assumption("stay_legal", 0.20, 0, 0.40, "share", "of those who went to a body: stay", OURS),
    Assumption("resolution_rate", 0.60, 0.30, 0.95, "share", "complaints that you resolve", OWN),
    Assumption("quick_share", 0.50, 0.10, 0.90, "share", "of these: resolved quickly", OWN),
    Assumption("contact_cost", 6, 2, 15, "EUR", "handling of one complaint", OWN),
    Assumption("redress_cost", 12, 0, 50, "EUR", "compensation per resolved complaint", OWN),
    Assumption("legal_cost", 250, 100, 1000, "EUR", "one case at a body or court", OWN),
    Assumption("tellings", 2, 0, 11, "people", "whom an unhappy person tells", OURS + "; high end B03"),
    Assumption("loss_per_telling", 0.02, 0.005, 0.05, "share", "chance that a telling costs a customer", OURS),
    Assumption("value", clv_now(100, 0.80, 0.10), 100, 800, "EUR", "value of a kept customer", _REFERENCE),
)

SHARES = tuple(row.name for row in ASSUMPTIONS if row.unit == "share")

TARP = (
    Assumption(
        "complain_share", 0.50, 0.30, 0.70, "share", "of these: tell the firm", "B04: complain_frontline_goodman"
    ),
    Assumption(
        "stay_silent",
        0.85 * (1 - 0.225),
        0.85 * 0.70,
        0.85 * 0.85,
        "share",
        "stay after silence",
        "B09: loyalty_problem_tarp_2000, 15% to 30% below no problem, middle",
    ),
    Assumption(
        "stay_quick",
        0.885,
        0.82,
        0.95,
        "share",
        "stay if resolved quickly",
        "B07: loyal_quick_goodman, 82% to 95%, middle",
    ),
    Assumption(
        "stay_resolved",
        0.62,
        0.54,
        0.70,
        "share",
        "stay if resolved later",
        "B07: loyal_resolved_goodman, 54% to 70%, middle",
    ),
    Assumption(
        "stay_unresolved",
        0.85 * (1 - 0.225) * 0.75,
        0.85 * 0.70 * 0.75,
        0.85 * 0.85 * 0.75,
        "share",
        "stay if not resolved",
        "B09: loyalty_failed_tarp_2000, 25% below silence in our reading",
    ),
)
"""What changes in the preset with published figures of TARP (benchmarks of the evidence page); all else stays."""


def teaching_default():
    """Return ``{name: value}`` of ``ASSUMPTIONS``: easy numbers to learn with, facts about no firm."""
    return {row.name: row.value for row in ASSUMPTIONS}


def tarp_preset():
    """Return the teaching default with the published figures of ``TARP`` put in."""
    values = teaching_default()
    values.update({row.name: row.value for row in TARP})
    return values


def without_paradox(values):
    """Return ``values`` with no recovery better than no problem: ``stay_no_problem`` caps the stays of solved cases.

    The service recovery paradox was found for satisfaction, not for repurchase (B06).
    """
    capped = dict(values)
    for name in ("stay_quick", "stay_resolved"):
        capped[name] = min(values[name], values["stay_no_problem"])
    return capped


def stay_if_resolved(quick_share, stay_quick, stay_resolved):
    r"""Chance that a customer stays once the complaint is resolved, quickly or later.

    .. math:: \text{stay if resolved} = \text{quick_share} \cdot \text{stay_quick} + (1 - \text{quick_share}) \cdot \text{stay_resolved}

    Raises ValueError for a share outside 0 to 1.
    """  # noqa: E501
    checks.share("quick_share", quick_share)
    checks.share("stay_quick", stay_quick)
    checks.share("stay_resolved", stay_resolved)
    return quick_share * stay_quick + (1 - quick_share) * stay_resolved


def stay_if_complained(resolution_rate, stay_resolved, stay_unresolved):
    r"""Chance that a customer who complains stays; ``stay_resolved`` is the mean over quick and later solutions.

    .. math:: \text{stay} = \text{resolution_rate} \cdot \text{stay_resolved} + (1 - \text{resolution_rate}) \cdot \text{stay_unresolved}

    Raises ValueError for a share outside 0 to 1.
    """  # noqa: E501
    checks.share("resolution_rate", resolution_rate)
    checks.share("stay_resolved", stay_resolved)
    checks.share("stay_unresolved", stay_unresolved)
    return resolution_rate * stay_resolved + (1 - resolution_rate) * stay_unresolved


def word_of_mouth_cost(tellings, loss_per_telling, value):
    r"""Value lost through what one unhappy person tells others, in EUR.

    .. math:: \text{word of mouth} = \text{tellings} \cdot \text{loss_per_telling} \cdot \text{value}

    Raises ValueError for negative ``tellings`` or ``value``, or a ``loss_per_telling`` that is no share.
    """
    checks.non_negative("tellings", tellings)
    checks.share("loss_per_telling", loss_per_telling)
    return tellings * loss_per_telling * checks.non_negative("value", value)


def _costs(value, contact_cost, redress_cost, word_of_mouth):
    checks.positive("value", value)
    checks.non_negative("contact_cost", contact_cost)
    checks.non_negative("redress_cost", redress_cost)
    checks.non_negative("word_of_mouth", word_of_mouth)


def encouragement_gain(
    resolution_rate, stay_resolved, stay_unresolved, stay_silent, *, value, contact_cost, redress_cost, word_of_mouth
):
    r"""What you gain when one silent customer complains instead, in EUR; below 0 you lose.

    .. math:: \text{gain} = (\text{stay} - \text{stay_silent}) \cdot \text{value} - \text{contact_cost} - \text{resolution_rate} \cdot \text{redress_cost} - (1 - \text{resolution_rate}) \cdot \text{word_of_mouth}

    ``stay`` is :func:`stay_if_complained`; ``word_of_mouth`` is the cost of one unhappy person. A silent customer tells
    nobody in this model, one whose complaint fails does (S2.5-A4, B10). Raises ValueError for a share outside 0 to 1,
    a negative cost or a ``value`` that is not above 0.
    """  # noqa: E501
    stay = stay_if_complained(resolution_rate, stay_resolved, stay_unresolved)
    checks.share("stay_silent", stay_silent)
    _costs(value, contact_cost, redress_cost, word_of_mouth)
    spent = contact_cost + resolution_rate * redress_cost + (1 - resolution_rate) * word_of_mouth
    return (stay - stay_silent) * value - spent


def break_even_resolution(
    stay_resolved, stay_unresolved, stay_silent, *, value, contact_cost, redress_cost, word_of_mouth
):
    r"""Resolution rate at which :func:`encouragement_gain` is zero: above it, ask for complaints.

    .. math:: \text{break-even rate} = \frac{\text{loss}}{\text{loss} + \text{gain}}

    ``loss``: what a *failed* complaint costs compared with silence, (stay_silent - stay_unresolved) × value +
    contact_cost + word_of_mouth. ``gain``: what a *solved* one brings, (stay_resolved - stay_silent) × value -
    contact_cost - redress_cost. Above 1 encouraging never pays, below 0 always. Raises ValueError as
    :func:`encouragement_gain` does, and if a solved case is worth no more than a failed one: then no rate divides them.
    """
    checks.share("stay_resolved", stay_resolved)
    checks.share("stay_unresolved", stay_unresolved)
    checks.share("stay_silent", stay_silent)
    _costs(value, contact_cost, redress_cost, word_of_mouth)
    loss = (stay_silent - stay_unresolved) * value + contact_cost + word_of_mouth
    gain = (stay_resolved - stay_silent) * value - contact_cost - redress_cost
    if loss + gain <= 0:
        raise ValueError(f"a solved case is worth {loss + gain:g} EUR more than an unsolved one; expected more than 0")
    return loss / (loss + gain)


def break_even_silent_loyalty(
    resolution_rate, stay_resolved, stay_unresolved, *, value, contact_cost, redress_cost, word_of_mouth
):
    r"""Loyalty of the silent at which encouraging neither gains nor loses: if they stay less often, ask them.

    .. math:: \text{break-even loyalty} = \text{stay} - \frac{\text{contact_cost} + \text{resolution_rate} \cdot \text{redress_cost} + (1 - \text{resolution_rate}) \cdot \text{word_of_mouth}}{\text{value}}

    The silent leave no ticket, so their loyalty is the number you know least: this says what it must be. May lie
    below 0. Raises ValueError as :func:`encouragement_gain` does.
    """  # noqa: E501
    gain_at_zero = encouragement_gain(
        resolution_rate, stay_resolved, stay_unresolved, 0,
        value=value, contact_cost=contact_cost, redress_cost=redress_cost, word_of_mouth=word_of_mouth,
    )  # fmt: skip
    return gain_at_zero / value


def encouragement(values):
    r"""Should this firm ask its silent customers to complain? All of the model's answers at once.

    .. math:: \text{pays} = \text{gain} > 0

    ``values`` has one number for each of ``ASSUMPTIONS``. Returns ``stay_if_resolved`` (share), ``gain_eur``
    (:func:`encouragement_gain`), ``break_even_rate`` (:func:`break_even_resolution`; None if a solved case is worth no
    more than an unsolved one) and ``break_even_loyalty`` (:func:`break_even_silent_loyalty`). Rejects what these
    functions and :func:`complaint_tree` reject (ValueError).
    """
    v = _checked(values)
    unhappy = word_of_mouth_cost(v["tellings"], v["loss_per_telling"], v["value"])
    resolved = stay_if_resolved(v["quick_share"], v["stay_quick"], v["stay_resolved"])
    unresolved, silent, rate = v["stay_unresolved"], v["stay_silent"], v["resolution_rate"]
    costs = {
        "value": v["value"],
        "contact_cost": v["contact_cost"],
        "redress_cost": v["redress_cost"],
        "word_of_mouth": unhappy,
    }
    divides = (resolved - unresolved) * v["value"] - v["redress_cost"] + unhappy > 0
    return {
        "stay_if_resolved": resolved,
        "gain_eur": encouragement_gain(rate, resolved, unresolved, silent, **costs),
        "break_even_rate": break_even_resolution(resolved, unresolved, silent, **costs) if divides else None,
        "break_even_loyalty": break_even_silent_loyalty(rate, resolved, unresolved, **costs),
    }


def break_even_abuse(redress_cost, stay_gain, value):
    r"""Share of unfounded claims up to which paying everybody still pays (S2.5-N1, B05); below 0 it never does.

    .. math:: \text{break-even abuse} = 1 - \frac{\text{redress_cost}}{\text{stay_gain} \cdot \text{value}}

    ``redress_cost`` in EUR goes to all who ask; ``stay_gain`` is by how much redress raises the chance that an honest
    customer stays. Raises ValueError if ``stay_gain`` or ``value`` is not above 0 or ``redress_cost`` is negative.
    """
    checks.share("stay_gain", checks.positive("stay_gain", stay_gain))
    return 1 - checks.non_negative("redress_cost", redress_cost) / (stay_gain * checks.positive("value", value))


def break_even_redress(abuse_share, stay_gain, value):
    r"""Highest compensation per claim that still pays when a share of the claims is unfounded, in EUR.

    .. math:: \text{break-even redress} = (1 - \text{abuse_share}) \cdot \text{stay_gain} \cdot \text{value}

    Raises ValueError for a share outside 0 to 1 or a ``value`` that is not above 0.
    """
    checks.share("abuse_share", abuse_share)
    return (1 - abuse_share) * checks.share("stay_gain", stay_gain) * checks.positive("value", value)


def _checked(values):
    expected = [row.name for row in ASSUMPTIONS]
    for name in values:
        if name not in expected:
            raise ValueError(f"assumption {name!r} is unknown; expected one of {', '.join(expected)}")
    for name in expected:
        if name not in values:
            raise ValueError(f"assumption {name!r} is missing; start from teaching_default()")
        (checks.share if name in SHARES else checks.non_negative)(name, values[name])
    spoken = values["complain_share"] + values["leave_share"] + values["legal_share"]
    if spoken > 1 + 1e-12:
        raise ValueError(f"complain_share + leave_share + legal_share is {spoken:g}; expected at most 1")
    return values


def complaint_tree(values):
    r"""Follow a year's customers through the tree: people by branch, and what their problems cost, in EUR.

    .. math:: \text{loss} = (\text{lost} - \text{lost anyway}) \cdot \text{value} + \text{word of mouth} + \text{contacts} + \text{redress} + \text{legal}

    ``values`` has one number for each of ``ASSUMPTIONS``; the silent are the rest. *Lost anyway* are those who would
    have left without a problem. *Unhappy*, who tell others, are those who left and those whose complaint failed.
    Returns a dictionary of people (``problems``, ``silent``, ``complained``, ``left``, ``legal``, ``resolved``,
    ``unhappy``, ``lost``, ``lost_anyway``) and EUR (``customers_lost_eur``, ``word_of_mouth_eur``, ``contacts_eur``,
    ``redress_eur``, ``legal_eur``, ``total_eur``). Raises ValueError for a missing or unknown name, a
    share outside 0 to 1, a negative number, and shares of behaviour that add up to more than 1.
    """  # noqa: E501
    v = _checked(values)
    problems = v["customers"] * v["problem_share"]
    complained, left, legal = (problems * v[name] for name in ("complain_share", "leave_share", "legal_share"))
    silent = problems - complained - left - legal
    resolved = complained * v["resolution_rate"]
    unhappy = left + complained - resolved
    mean_stay = stay_if_resolved(v["quick_share"], v["stay_quick"], v["stay_resolved"])
    stay = stay_if_complained(v["resolution_rate"], mean_stay, v["stay_unresolved"])
    lost = (
        silent * (1 - v["stay_silent"])
        + complained * (1 - stay)
        + left * (1 - v["stay_left"])
        + legal * (1 - v["stay_legal"])
    )
    lost_anyway = problems * (1 - v["stay_no_problem"])
    euros = {
        "customers_lost_eur": (lost - lost_anyway) * v["value"],
        "word_of_mouth_eur": unhappy * word_of_mouth_cost(v["tellings"], v["loss_per_telling"], v["value"]),
        "contacts_eur": complained * v["contact_cost"],
        "redress_eur": resolved * v["redress_cost"],
        "legal_eur": legal * v["legal_cost"],
    }
    result = {
        "problems": problems, "silent": silent, "complained": complained, "left": left, "legal": legal,
        "resolved": resolved, "unhappy": unhappy, "lost": lost, "lost_anyway": lost_anyway,
    }  # fmt: skip
    result.update(euros)
    result["total_eur"] = sum(euros.values())
    return result


def break_even_investment(loss_before, loss_after):
    r"""What an improvement may cost at most in a year, in EUR: the loss that it avoids.

    .. math:: \text{break-even investment} = \text{loss_before} - \text{loss_after}

    Raises ValueError for a negative loss. A negative result says that the change made things worse.
    """
    return checks.non_negative("loss_before", loss_before) - checks.non_negative("loss_after", loss_after)


def return_on_complaint_management(loss_before, loss_after, programme_cost):
    r"""Return on complaint management (RoCM), in percent: what each 100 EUR of the programme earn.

    .. math:: \text{RoCM} = 100 \cdot \frac{\text{loss_before} - \text{loss_after} - \text{programme_cost}}{\text{programme_cost}}

    Costs that are already in the two losses, such as redress, do not belong in ``programme_cost`` (S2.5-A3, B09).
    Raises ValueError for a negative loss or a cost that is not above 0.
    """  # noqa: E501
    avoided = break_even_investment(loss_before, loss_after)
    return 100 * (avoided - checks.positive("programme_cost", programme_cost)) / programme_cost
