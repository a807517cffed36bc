"""The tasks of unit 15, the capstone: right answers and typical slips, from Café Brisa's and a tea shop's cases."""

import functools
import re

import pandas as pd

from socialcare import audit, complaints, datasets, service_levels
from socialcare.exercises import Criterion, Mistake, Rubric, Task
from socialcare.scenarios.audit_priorities import STEPS

PROMISE = 0.80


@functools.cache
def _tickets() -> pd.DataFrame:
    return datasets.load("tickets")


@functools.cache
def _waits() -> pd.DataFrame:
    return service_levels.waiting_times(_tickets())


def _channel(name: str) -> service_levels.Proportion:
    waits = _waits()
    return service_levels.answered_within(waits[waits["channel"] == name], 24)


# 15-1 predict: what more or fewer cases do to the advice
NAMES = ("email, ten times the cases", "a new channel, 9 of 10 in time", "webchat as it is")


def _advice() -> dict[str, str]:
    email = _channel("email")
    found = (complaints.wilson(10 * email.count, 10 * email.n), complaints.wilson(9, 10), _channel("webchat"))
    words = [audit.decision(f.low, f.high, PROMISE, better="higher", cause_known=True) for f in found]
    return dict(zip(NAMES, words, strict=True))


def _words(*words: str) -> dict[str, str]:
    return dict(zip(NAMES, words, strict=True))


# 15-2 complete: the score of a step
def _step(beginning: str) -> tuple:
    return next(step for step in STEPS if step[0].startswith(beginning))


def _score(place: float = 0.5, weight: float = 0.40) -> float:
    money = [low + place * (high - low) for _, _, low, high, _ in STEPS]
    _, people, low, high, _ = _step("fast lane")
    most_people = max(step[1] for step in STEPS)
    return audit.priority(low + place * (high - low), people, max(money), most_people, weight)


# 15-3 fix: a colleague's late claims
def _late(*, open_dropped: bool = False, all_types: bool = False) -> int:
    cases = _tickets()
    if not all_types:
        cases = cases[cases["type"].isin(complaints.PROBLEMS)]
    ends = cases["resolved_at"] if open_dropped else cases["resolved_at"].fillna(datasets.TODAY)
    return int((ends - cases["opened_at"] > pd.Timedelta(days=15)).sum())


# 15-4 apply: another firm, another promise
@functools.cache
def _tea_shop() -> pd.DataFrame:
    return audit.read_exports(datasets.folder() / "examples" / "tea_shop").tables["tickets"]


def _tea(hours: float = 8, *, dropped: bool = False) -> dict[str, float]:
    waits = service_levels.waiting_times(_tea_shop(), until=_tea_until())
    found = service_levels.answered_within(waits[waits["answered"]] if dropped else waits, hours)
    return {"low": found.low, "high": found.high}


def _tea_until() -> pd.Timestamp:
    stamps = _tea_shop()[["opened_at", "first_human_reply_at", "resolved_at"]]
    return stamps.max().max().normalize() + pd.Timedelta(days=1)


# 15-5 judge: one page for the owner
def _has(pattern: str):
    return lambda text: re.search(pattern, text, re.IGNORECASE) is not None


def _lacks(pattern: str):
    return lambda text: re.search(pattern, text, re.IGNORECASE) is None


RANGE = r"€?-?\d[\d.,]*\s?%?\s?(?:to|–|and)\s?€?-?\d[\d.,]*\s?%?"
DAY = (
    r"\b(?:by|before|until|on) (?:the )?"
    r"(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z][a-z]+|[A-Z][a-z]+ \d{1,2}|\d{4}-\d\d-\d\d)"
)
OWNER = (
    r"\b(?!We |They |It |You |Nobody |Somebody |Everybody |Only |What |This |That |He |She |There |Customers |People )"
    r"[A-ZÁÉÍÓÚÑ][^\W\d_]+ "
    r"(?:owns?|leads?|does|is responsible|will|tests?|takes)\b|\b[Oo]wner: ?\w+|\bowned by \w+"
)


def _exemplars() -> dict[str, str]:
    email = _channel("email")
    share, low, high = (f"{100 * value:.0f}%" for value in (email.share, email.low, email.high))
    _, people, _, euros_high, _ = _step("lapsed")
    opening = (
        f"First: answer the oldest e-mail first. Only {share} of our e-mails get a human reply within 24 "
        f"hours ({low} to {high}), and we promise 80%"
    )
    know = "We will know it from the weekly share within 24 hours."
    unknown = "What the data cannot tell: how many people had a problem and said nothing. We measure that next."
    return {
        "good": (
            f"{opening}; the whole interval lies below. Dunia owns this, by 31 January 2026. {know} "
            f"At once, too: an alarm at day 10, since {_late()} claims took more than 15 days. Do not yet write to the "
            f"{people} good customers who have long bought nothing. That is worth €0 to €{euros_high:,}: nobody knows how "
            f"many come back, so Inés tests it on half of them, drawn by lot, with their consent. {unknown}"
        ),
        "almost": (
            f"{opening}. {know} Do not yet write to the {people} good customers who have long bought nothing: nobody knows "
            f"how many come back, so we test it on half of them. {unknown}"
        ),
        "not yet": (
            f"Our service is terrible and will definitely cost us €{euros_high:,}. Write to all lapsed customers now "
            "and hire two people. The customer C00123 is furious."
        ),
    }


ADVICE = Rubric(
    criteria=(
        Criterion("length", lambda text: 70 <= len(text.split()) <= 180, "Use 70 to 180 words: one page, one hour."),
        Criterion("order", _has(r"\bfirst\b"), "Say what comes first."),
        Criterion(
            "interval",
            _has(RANGE),
            "Give a range beside the number: from where to where could it lie?",
        ),
        Criterion(
            "threshold",
            _has(r"\b(?:promise[ds]?|promising|limit|threshold|reference|margin|law|act)\b"),
            "Say against what you measure: the promise, the limit or the law.",
        ),
        Criterion(
            "owner", lambda text: re.search(OWNER, text) is not None, "Give the step an owner: a person, not 'we'."
        ),
        Criterion(
            "day", lambda text: re.search(DAY, text) is not None, "Give the step a day: by 31 January 2026, say."
        ),
        Criterion(
            "measured",
            _has(
                r"\b(?:we(?:'ll| will)? know|measured by|we(?:'ll| will)? (?:count|measure|check)|weekly"
                r"|each (?:week|month|Monday))\b"
            ),
            "Say how the owner will see that it worked: which number, how often.",
        ),
        Criterion(
            "not everything at once",
            _has(r"\b(?:test(?:s|ed)?|by lot|half of|trial|measure (?:first|that|this)|not yet)\b"),
            "Say what needs a test or more data before money is spent.",
        ),
        Criterion(
            "what is not known",
            _has(
                r"\b(?:cannot (?:tell|say|know)|nobody knows|do(?:es)? not (?:tell|know|say)|don't know|unknown"
                r"|is missing|are missing|not in the data)\b"
            ),
            "Say what the data cannot tell.",
        ),
        Criterion(
            "no false certainty",
            _lacks(r"\b(?:definitely|certainly|guarantee[ds]?|proves?|proven|no doubt|always|obviously)\b"),
            "Promise nothing that an interval does not: no 'definitely', no 'proves'.",
        ),
        Criterion(
            "no customer",
            _lacks(r"\b[COT]\d{4,}\b|@\w+"),
            "Name no customer and no key of a case: the owner needs counts.",
        ),
    ),
    exemplars=_exemplars,
    praise="The owner knows what to do tomorrow, what to try, and what you do not know.",
    cannot_judge="(This check reads words. It cannot tell whether your step is right: let somebody argue for another.)",
)

TASKS = {
    "15-1": Task(
        right=_advice,
        mistakes=(
            Mistake(
                "dots only",
                lambda: _words("do", "leave", "leave"),
                "Nine of ten looks good, but with ten cases the interval reaches far below the promise.",
            ),
            Mistake(
                "nothing is ever sure",
                lambda: _words("measure first", "measure first", "measure first"),
                "Caution is no virtue where the whole interval lies on one side.",
            ),
            Mistake(
                "few cases are a breach",
                lambda: _words("do", "do", "leave"),
                "Ten cases show no breach either: the interval holds the promise.",
            ),
        ),
        praise="right. More cases make an interval narrow, not a share better; the promise must lie outside it.",
        reread="'By hand: when may you say *do it*?' in notebook 15",
    ),
    "15-2": Task(
        right=_score,
        mistakes=(
            Mistake(
                "the high end",
                lambda: _score(1.0),
                "You took the high ends. The task asks for the middle of each range.",
            ),
            Mistake(
                "the low end", lambda: _score(0.0), "You took the low ends. The task asks for the middle of each range."
            ),
            Mistake(
                "weights turned round", lambda: _score(weight=0.60), "40% is the weight on money; people have the rest."
            ),
            Mistake("a score of 100", lambda: 100 * _score(), "The score runs from 0 to 1."),
        ),
        praise="right. The score compares steps and is no result: another weight gives another.",
        reread="'What first?' in notebook 15",
    ),
    "15-3": Task(
        right=_late,
        mistakes=(
            Mistake(
                "the colleague's value",
                lambda: _late(open_dropped=True, all_types=True),
                "That is the colleague's number: both faults are still in it.",
            ),
            Mistake(
                "open claims dropped",
                lambda: _late(open_dropped=True),
                "An open claim has no end, so the comparison is false. It is the latest of all: count it up to today.",
            ),
            Mistake(
                "queries counted",
                lambda: _late(all_types=True),
                "A query is no claim. Keep complaints, incidents and billing: `complaints.PROBLEMS`.",
            ),
        ),
        praise="right. The law gives days and no percentage, so each of them counts and there is no interval.",
        reread="'Do people get an answer? (unit 13)' in notebook 15",
        unit="claims",
    ),
    "15-4": Task(
        right=_tea,
        mistakes=(
            Mistake("24 hours", lambda: _tea(24), "That is the default promise. The shop promises eight hours."),
            Mistake(
                "the silent dropped",
                lambda: _tea(dropped=True),
                "You left out who has no reply. They are misses once they are older than the promise.",
            ),
            Mistake(
                "percent",
                lambda: {name: 100 * value for name, value in _tea().items()},
                "The task asks for shares from 0 to 1.",
            ),
        ),
        praise="right. The same function on a firm that nobody here has seen.",
        reread="'One table missing, one broken' in notebook 15",
    ),
    "15-5": ADVICE,
}
