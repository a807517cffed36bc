"""The tasks of unit 05, CRM: right answers and typical slips, computed from the offers and from Café Brisa's tables."""

import functools
import re

import pandas as pd

from socialcare import crm, datasets
from socialcare.exercises import Criterion, Mistake, Rubric, Task


@functools.cache
def _offers() -> pd.DataFrame:
    return datasets.load("crm_offers")


# 05-1 predict: what does a change do to the gap between renting (B) and owning (A)?
def _move(more_users: str, higher_rise: str, higher_discount: str) -> dict[str, str]:
    return {
        "more users": more_users,
        "the fee rises faster": higher_rise,
        "a higher discount rate": higher_discount,
    }


def _rent_against_own(users: int = 40, rise: float = 0.0, discount: float = 0.08) -> float:
    drawn = {(p.name, offer): p.likely for p in crm.PRIORS for offer in "ABC"}
    drawn |= {("project", offer): 1.0 for offer in "ABC"} | {("price_rise", "B"): rise}
    costs = crm._drawn_costs(crm.at_users(_offers(), users), drawn, discount).iloc[0]
    return float(costs["B"] / costs["A"])


MORE_USERS = 43  # they grow to 49: the fifty-first would need a second licence, and owning would be the dearer way


def _moves() -> dict[str, str]:
    now = _rent_against_own()
    changed = (_rent_against_own(users=MORE_USERS), _rent_against_own(rise=0.03), _rent_against_own(discount=0.15))
    return _move(*("dearer" if ratio > now else "cheaper" for ratio in changed))


# 05-2 complete: the cost of offer C in year 3
def _year_three(*, per_user: bool = True, users: int | None = None, quoted: bool = False, licence_only: bool = False):
    lines = _offers()[(_offers()["offer"] == "C") & (_offers()["year"] == 3)]
    if quoted:
        lines = lines[~lines["category"].isin(crm.NOT_IN_THE_QUOTE)]
    if licence_only:
        lines = lines[lines["category"] == "software"]
    if users:
        lines = lines.assign(users=users)
    if not per_user:
        return float(lines["amount_eur"].sum())
    return float(crm.line_costs(lines)["cost_eur"].sum())


# 05-3 fix: the year-1 share of offer A that a colleague reports as the source's 60%
def _share(*, last: int = 5, quoted: bool = False, part: str = "year") -> float:
    lines = crm.line_costs(_offers())
    lines = lines[(lines["offer"] == "A") & (lines["year"] <= last)]
    if quoted:
        lines = lines[~lines["category"].isin(crm.NOT_IN_THE_QUOTE)]
    first = lines[lines["year"] <= (1 if part == "both" else 0)]
    return 100 * float(first["cost_eur"].sum() / lines["cost_eur"].sum())


# 05-4 apply: a seller says services and support are 85% of all cost, and 55% falls in year 1
SELLER = {"claimed": 0.85, "services": 0.40, "support": 0.08, "first_year": 0.55}


def _seller(in_year: float | None = None, *, claimed: float = SELLER["claimed"], turned: bool = False):
    in_year = SELLER["services"] + SELLER["support"] if in_year is None else in_year
    most = 100 * crm.most_service_share(SELLER["first_year"], in_year)
    limit = 100 * crm.most_first_year_share(claimed, in_year)
    return {"most": 100 - most if turned else most, "year_1_at_most": limit}


# 05-5 apply: what a pilot from October 2025 with three in ten customers would have shown, though there was none
@functools.cache
def _log() -> pd.DataFrame:
    orders, tickets, surveys = (datasets.load(name) for name in ("orders", "tickets", "surveys"))
    moments = {
        "start": pd.Timestamp("2025-01-01", tz=datasets.ZONE),
        "launch": pd.Timestamp("2025-10-01", tz=datasets.ZONE),
    }
    return crm.benefit_log(orders, tickets, surveys, **moments, cost_per_minute=0.40)


def _pilot() -> set[str]:
    return {customer for customer in _log()["customer_id"] if customer.endswith(("1", "4", "7"))}


def _effect(column: str = "effect", metric: str = "first-contact resolution", *, turned: bool = False) -> float:
    pilot = set(_log()["customer_id"]) - _pilot() if turned else _pilot()
    return 100 * float(crm.pilot_effects(_log(), pilot).loc[metric, column])


# 05-6 judge: an answer to a seller's offer letter
def _has(pattern: str):
    return lambda text: re.search(pattern, text, re.IGNORECASE) is not None


def _together(*patterns: str):
    """True if one sentence of the text matches all patterns."""

    def met(text: str) -> bool:
        sentences = re.split(r"(?<=[.!?])\s+|\n+", text)
        return any(all(re.search(pattern, sentence, re.IGNORECASE) for pattern in patterns) for sentence in sentences)

    return met


NUMBER = r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|half|quarter)\b"

PLACES = r"\b(?:users?|log-?ins?|people|licen[cs]es?|seats?)\b"

LETTER = Rubric(
    criteria=(
        Criterion("length", lambda text: 60 <= len(text.split()) <= 180, "Use 60 to 180 words: a letter that is read."),
        Criterion(
            "scope",
            _has(rf"(?:{NUMBER})\W+(?:\w+\W+){{0,2}}{PLACES}|{PLACES}\W+(?:\w+\W+){{0,2}}(?:{NUMBER})"),
            "Say for how many users you want the price: the letter counts 40, the desk has 14 people.",
        ),
        Criterion(
            "growth of the scope",
            _has(
                r"\b(add(?:ing|itional)?|more|further|extra|grow\w*|extend\w*|later)\b[^.]*\b(users?|seats?|log-?ins?|licen[cs]es?|modules?|functions?|scope|needs?|people)\b"
            ),
            "Ask what more users or functions cost later: the scope will grow.",
        ),
        Criterion(
            "price cap",
            _together(
                r"\b(fee|price|rise|increase)s?\b",
                r"\b(cap\w*|at most|no more than|limit\w*|maximum|fixed)\b",
                r"\d\s?%|\bper ?cent\b|\binflation\b",
            ),
            "Ask for a cap on the yearly rise of the fee, with a number.",
        ),
        Criterion(
            "exit",
            _together(
                r"\b(exit|leave|leaving|export\w*|end of the contract|terminat\w*|cancel\w*)\b",
                r"\b(price|cost|fee|free|format|csv|delet\w*|days|weeks)\b",
            ),
            "Ask how you get out: export in an open format, deletion, its price or time.",
        ),
        Criterion(
            "data cleaning",
            _has(r"\b(clean\w*|duplicat\w*|dedup\w*|data quality|errors? in (?:the|our) data)\b"),
            "Ask who cleans the data before they move, and what that costs.",
        ),
        Criterion(
            "training",
            _has(r"\b(training|train(?:s|ed)?|trainer)\b"),
            "Say what training you need: videos are not a day with a trainer.",
        ),
        Criterion(
            "own time",
            _has(
                r"\b(our (?:own )?(?:time|hours|work)|own (?:time|hours|work)|internal (?:time|hours|work)"
                r"|(?:time|hours|days|work)\b[^.?!]{0,40}\b(?:our|own) (?:own )?(?:people|staff|team))\b"
            ),
            "Ask how many hours of your own people the project and each year need: the letter leaves them out.",
        ),
        Criterion(
            "baseline",
            _together(
                r"\b(baseline|before (?:the|any\w*|we|you|it)|first measure\w*|start(?:ing)? (?:value|point))\b",
                r"\b(measur\w*|metric|baseline|cost per case|cross-sale|satisfaction|contact)\b",
            ),
            "Say which metric you measure, as a baseline before the start.",
        ),
        Criterion(
            "comparison",
            _has(r"\b(pilot|comparison group|control group|left alone|without the system|random\w*|every second)\b"),
            "Ask for a pilot with a comparison group: before and after alone proves nothing.",
        ),
        Criterion(
            "percentages",
            lambda text: (
                not re.search(
                    r"\b(?:as you (?:rightly )?say|we accept|we agree)\b[^.]*\b(?:80|60)\s?%", text, re.IGNORECASE
                )
                and _has(r"\b(cost lines?|line by line|itemis\w*|percentages?|shares?|breakdown)\b")(text)
            ),
            "Take no percentage on trust: ask for the cost lines.",
        ),
        Criterion(
            "no signature",
            lambda text: (
                not re.search(
                    r"\b(we (?:hereby )?(?:sign|accept the offer|order)"
                    r"|signed contract (?:is )?(?:attached|enclosed))\b",
                    text,
                    re.IGNORECASE,
                )
            ),
            "Do not sign in the same letter: you are still asking.",
        ),
    ),
    exemplars=lambda: {
        "good": (
            "Dear Mr Aldana, thank you for your offer. Before we decide, please price it for 14 users and tell us "
            "what more users cost later. We need the cost lines of every year instead of percentages. Please cap "
            "the rise of the fee at 3% a year, and name the price of leaving: a full export as CSV and deletion "
            "within 30 days. Who cleans duplicates before the data move? We want a day of training with a person, "
            "and your estimate of the hours of our own people. We measure cost per case as a baseline before the "
            "start. Then every second customer joins a pilot for six months, the rest are left alone, and we pay "
            "for more only if the gap is there. Nadia, Café Brisa"
        ),
        "almost": (
            "Dear Mr Aldana, thank you for your offer. Please price it for 14 users, tell us what more users cost "
            "later, and cap the rise of the fee at 3% a year. We need the cost lines of every year, a day of "
            "training with a person, the hours of our own people and your plan for cleaning duplicates. We will "
            "measure cost per case before the start and again after six months, and compare the two "
            "values. If the cost has fallen, we stay. Kind regards, Nadia, Café Brisa"
        ),
        "not yet": (
            "Dear Mr Aldana, what a great offer. As you say, 80% of the cost is services, so your low fee "
            "convinced us. We accept the offer for all users and look forward to the 360-degree view. Our people "
            "will learn it by themselves with your videos, and we trust that you take care of the data. We will "
            "see the benefits when everything works. Could we start on Monday? Kind regards, Nadia, Café Brisa"
        ),
    },
    praise="The seller now has to price what you need, and you will know whether it worked.",
    cannot_judge="(This check reads words. It cannot tell whether your numbers fit the firm: ask a colleague.)",
)

TASKS = {
    "05-1": Task(
        right=_moves,
        mistakes=(
            Mistake(
                "more users favour renting",
                lambda: _move("cheaper", "dearer", "cheaper"),
                "More users: the fee is paid for each of them every month, the licence once for fifty.",
            ),
            Mistake(
                "discount turned round",
                lambda: _move("dearer", "dearer", "dearer"),
                "The discount rate: renting pays later, and later money counts less.",
            ),
            Mistake(
                "rise of the fee turned round",
                lambda: _move("dearer", "cheaper", "cheaper"),
                "The rise of the fee: only the one who rents pays it.",
            ),
        ),
        praise="right. Growth and price rises speak for owning, a high discount rate for renting.",
        reread="'Rent or buy depends on users and years' in notebook 05",
    ),
    "05-2": Task(
        right=_year_three,
        mistakes=(
            Mistake(
                "per user forgotten",
                lambda: _year_three(per_user=False),
                "You added the price for one user as if it were for all. Multiply where `per_user` is true.",
            ),
            Mistake(
                "users of the project year",
                lambda: _year_three(users=40),
                "You took the users of the project year. There are more in year three: use the column.",
            ),
            Mistake(
                "own time left out",
                lambda: _year_three(quoted=True),
                "You left your own people's time out. No quote shows it, and you pay it.",
            ),
            Mistake(
                "software only",
                lambda: _year_three(licence_only=True),
                "That is the software alone. Support and your own time are costs of the year too.",
            ),
        ),
        praise="right, in EUR. More than half of it is not the fee that the seller advertises.",
        reread="'By hand: one year of one offer' in notebook 05",
        unit="EUR",
    ),
    "05-3": Task(
        right=_share,
        mistakes=(
            Mistake(
                "the colleague's value",
                lambda: _share(last=3, quoted=True),
                "That is the colleague's own value: both faults are still in it.",
            ),
            Mistake(
                "three years only",
                lambda: _share(last=3),
                "You still stop after year three. A shorter life makes the project a larger share.",
            ),
            Mistake(
                "quote only",
                lambda: _share(quoted=True),
                "You still leave own time and exit out. They are part of the cost of ownership.",
            ),
            Mistake(
                "project and first year",
                lambda: _share(part="both"),
                "That is the project and the first year of use together. The task asks for the project year.",
            ),
        ),
        praise="right, in percent. Horizon and quote together had made the seller's percentage come true.",
        reread="'The seller's percentages cannot all be true' in notebook 05",
        unit="%",
    ),
    "05-4": Task(
        right=_seller,
        mistakes=(
            Mistake(
                "support forgotten",
                lambda: _seller(SELLER["services"]),
                "You left support out of year 1. The claim is about services *and* support.",
            ),
            Mistake(
                "year 1 all services",
                lambda: {"most": 100 * SELLER["first_year"] * 0.48, "year_1_at_most": _seller()["year_1_at_most"]},
                "You counted year 1 alone. After it, everything may be services and support.",
            ),
            Mistake(
                "the other part",
                lambda: _seller(turned=True),
                "That is what software and hardware must be at least. The task asks for services and support.",
            ),
            Mistake(
                "the source's claim",
                lambda: _seller(claimed=0.80),
                "You used the 80% of the source. This seller claims 85%.",
            ),
        ),
        praise="right, in percent. The claim and the year do not fit: ask for the cost lines.",
        reread="'The seller's percentages cannot all be true' in notebook 05",
        unit="%",
    ),
    "05-5": Task(
        right=_effect,
        mistakes=(
            Mistake(
                "before and after",
                lambda: _effect("change"),
                "That is before and after among the pilot. Subtract what happened to those left alone.",
            ),
            Mistake(
                "change of the rest",
                lambda: _effect("rest_change"),
                "That is the change among those left alone. Subtract it from the pilot's change.",
            ),
            Mistake(
                "sign turned",
                lambda: _effect(turned=True),
                "The sign is turned: take the pilot's change first, then subtract the other.",
            ),
            Mistake(
                "a share, not points",
                lambda: _effect() / 100,
                "That is a difference of shares. The task asks for percentage points: × 100.",
            ),
        ),
        praise="right, in points. Nobody had a CRM: this is what chance alone looks like. Give the interval with it.",
        reread="'A baseline needs a comparison group' in notebook 05",
        unit="points",
    ),
    "05-6": LETTER,
}
