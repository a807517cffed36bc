"""The tasks of unit 13, service levels: right answers and typical slips, computed from Café Brisa's cases and the law."""

import functools
import re

import pandas as pd

from socialcare import datasets, service_levels, staffing
from socialcare.exercises import Criterion, Mistake, Rubric, Task


@functools.cache
def _tickets() -> pd.DataFrame:
    return datasets.load("tickets")


def _page() -> pd.DataFrame:
    tickets = _tickets()
    return tickets[tickets["channel"] == "facebook"]


# 13-1 predict: what a robot that answers everybody within five seconds changes
NAMES = ("median time to any reply", "median wait for a person", "weeks with the badge")


@functools.cache
def _numbers(robot: bool) -> tuple[float, float, float]:
    page = _page()
    if robot:
        page = page.assign(first_auto_reply_at=page["opened_at"] + pd.Timedelta(seconds=5))
    ways = service_levels.ways_of_counting(service_levels.waiting_times(page))
    return ways.iloc[0], ways.iloc[2], service_levels.badge_weeks(page)["badge"].sum()


def _moves() -> dict[str, str]:
    pairs = zip(NAMES, _numbers(False), _numbers(True), strict=True)
    return {name: "up" if after > now else "down" if after < now else "same" for name, now, after in pairs}


def _words(*words: str) -> dict[str, str]:
    return dict(zip(NAMES, words, strict=True))


# 13-2 complete: an e-mail before the May holidays
START, END = (pd.Timestamp(text, tz=datasets.ZONE) for text in ("2025-04-30 18:00", "2025-05-05 10:00"))


def _open_hours(country: str | None = "ES", region: str | None = "MD") -> float:
    desk = service_levels.Opening(service_levels.CAFE_BRISA.hours, country=country, region=region)
    return float(service_levels.open_minutes([START], [END], desk)[0] / 60)


# 13-3 fix: a colleague's share within 24 hours
def _within(*, any_reply: bool = False, dropped: bool = False) -> float:
    page = _page()
    if any_reply:
        page = page.assign(first_human_reply_at=page[["first_auto_reply_at", "first_human_reply_at"]].min(axis=1))
    waits = service_levels.waiting_times(page)
    if dropped:
        waits = waits[waits["answered"]]
    return 100 * service_levels.answered_within(waits, 24).share


def _too_young() -> float:
    waits = service_levels.waiting_times(_page())
    return 100 * float((waits["answered"] & (waits["wait_hours"] <= 24)).mean())


# 13-4 apply: a team for the busiest hour
CONTACTS, MINUTES, AWAY = 48, 7.5, 0.30


def _team(target: float = 0.95, *, desk: int | None = None, scheduled: int | None = None) -> dict[str, int]:
    load = staffing.offered_load(CONTACTS, MINUTES)
    needed = staffing.agents_needed(load, MINUTES, target, 180) if desk is None else desk
    return {"desk": needed, "schedule": staffing.scheduled(needed, AWAY) if scheduled is None else scheduled}


# 13-5 apply: a deadline in Barcelona
FILED, COMPLETED = "2027-06-09", "2027-06-14"


def _due(start: str = COMPLETED, region: str = "CT", rule: str = "Law 10/2025, 17") -> str:
    table = service_levels.deadlines("claim", start, covered=True, region=region)
    return str(table.loc[table["article"] == rule, "due"].iloc[0])


# 13-6 judge: a question that nobody at the desk may answer
def _has(pattern: str):
    return lambda text: re.search(pattern, text, re.IGNORECASE) is not None


def _lacks(pattern: str):
    return lambda text: re.search(pattern, text, re.IGNORECASE) is None


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+|\n+", text)


def _owned_step(text: str) -> bool:
    """True if one sentence says that I, or we, do something by a time."""
    owner = _has(r"\b(I|I'll|I’ll|we|we'll|we’ll)\b")
    clock = _has(
        r"\b(today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|within|noon"
        r"|(?:by|before|at|until) \d{1,2}(?::\d\d)?)\b"
    )
    return any(owner(sentence) and clock(sentence) for sentence in _sentences(text))


HEALTH = Rubric(
    criteria=(
        Criterion("length", lambda text: 25 <= len(text.split()) <= 80, "Use 25 to 80 words: a first reply, no lecture."),
        Criterion("name", _has(r"\bWanjiru\b"), "Greet the person by name: she is Wanjiru."),
        Criterion("thanks", _has(r"\bthank(?:s| you)\b"), "Thank her for asking."),
        Criterion(
            "professional",
            _has(r"\b(doctors?|pharmacists?|physicians?|GP|medical professionals?|health (?:centre|service))\b"),
            "Refer her to somebody who may answer: her doctor or pharmacist.",
        ),
        Criterion(
            "no medical answer",
            _lacks(
                r"\b(safe|harmless|dangerous|no problem|no risk|(?<!whether )(?<!if )you (?:can|may) (?:drink|take|keep|go on)"
                r"|(?:should|would|will|must) be (?:fine|ok|okay|all right)|(?:is|are) (?:perfectly |totally )?fine (?:with|for)"
                r"|(?:do not|don['’]t|stop|avoid|better not) (?:drink|drinking|take|taking)|keep (?:taking|drinking)"
                r"|(?:does|do|will|would|should) not (?:affect|harm|hurt|interact)"
                r"|(?:doesn|don|won|shouldn)['’]t (?:affect|harm|hurt|interact))\b"
            ),
            "Answer no medical question, neither yes nor no: you are not qualified, and others read along.",
        ),
        Criterion(
            "facts from the right desk",
            _has(
                r"\b(ask\w*|find out|check\w*|get|look up|send|knows?)\b[^.!?]*\b(roast\w*|quality|laboratory|lab|batch|production)\b"
                r"|\b(roast\w*|quality|laboratory|lab|batch|production)\b[^.!?]*\b(ask\w*|find out|check\w*|knows?|tells?|send)\b"
            ),
            "Say what you can find out and where: the roastery knows how much caffeine the batch holds.",
        ),
        Criterion("next step", _owned_step, "Give an owner and a time: *I* ask the roastery and write *by then*."),
        Criterion(
            "private",
            _has(r"\b(private(?:ly)?|direct) message|\bin private\b|\bDM\b|\bprivately\b|\bprivate message\b"),
            "Take it into a private message: her health is no business of the others.",
        ),
        Criterion(
            "no health data in public",
            _lacks(r"\b(which|what) (?:pills?|medic\w+|tablets?|dose|condition|illness|diagnosis)\b|\btell us (?:more )?about your\b"),
            "Ask for nothing about her health here: health data are a special category.",
        ),
        Criterion(
            "not left to the crowd",
            _lacks(r"\b(anyone|anybody|community|followers|other customers)\b"),
            "Do not hand a health question to the community: nobody checks what it answers.",
        ),
        Criterion(
            "signature",
            _has(r"(?:\^[A-Z]{2}|\b[A-Z]\w+,? (?:from |at |for )?(?:the )?Café Brisa(?: team)?|[–—-] ?[A-Z][a-z]+)\s*\.?\s*$"),
            "Sign with a person's name at the end.",
        ),
    ),
    exemplars=lambda: {
        "good": (
            "Hello Wanjiru, thank you for asking before you go on. Whether coffee and your treatment go together is a question "
            "for your doctor or pharmacist. What I can find out is the caffeine in that batch: I am asking the roastery now "
            "and will send you its figures in a private message by 17:00 today. Dunia, Café Brisa"
        ),
        "almost": (
            "Hello Wanjiru, thank you for asking. Please speak to your doctor or pharmacist. Decaf is safe for most people, "
            "though. I am asking the roastery and will write in a private message by 17:00 today. Dunia, Café Brisa"
        ),
        "not yet": (
            "Hi! No problem at all, decaf has no caffeine so you can drink it. Which pills do you take? Has anyone here had "
            "the same? Someone will surely know."
        ),
    },
    praise="Fast, and mature: she has an answer within minutes, and the facts come from those who know them.",
    cannot_judge="(This check reads words. It cannot tell whether your facts are right or your tone is calm: ask a colleague.)",
)

TASKS = {
    "13-1": Task(
        right=_moves,
        mistakes=(
            Mistake(
                "a robot helps everybody",
                lambda: _words("down", "down", "same"),
                "A robot answers nobody. The wait for a person ends with a person.",
            ),
            Mistake(
                "the badge counts robots",
                lambda: _words("down", "same", "up"),
                "The badge leaves automatic replies out, so a robot earns no week.",
            ),
            Mistake(
                "nothing moves",
                lambda: _words("same", "same", "same"),
                "One number here counts *any* reply. It falls to seconds, which is why it says nothing.",
            ),
        ),
        praise="right. A number that a robot can move measures the robot.",
        reread="'By hand: one wait, two clocks' in notebook 13",
    ),
    "13-2": Task(
        right=_open_hours,
        mistakes=(
            Mistake(
                "holidays forgotten",
                lambda: _open_hours(None, None),
                "You counted 1 and 2 May as ordinary days. Give the desk the calendar of its region.",
            ),
            Mistake(
                "the country's holidays only",
                lambda: _open_hours("ES", None),
                "2 May is a holiday in Madrid only, so the country is not enough: name the region MD.",
            ),
            Mistake("minutes", lambda: 60 * _open_hours(), "Those are minutes. The task asks for hours."),
            Mistake(
                "calendar time",
                lambda: (END - START).total_seconds() / 3600,
                "That is the customer's clock. The task asks for opening hours.",
            ),
        ),
        praise="right, in hours: two on Wednesday, five on Saturday, one on Monday. The customer waited 112.",
        reread="'By hand: one wait, two clocks' in notebook 13",
        unit="hours",
    ),
    "13-3": Task(
        right=_within,
        mistakes=(
            Mistake(
                "the colleague's value",
                lambda: _within(any_reply=True, dropped=True),
                "That is the colleague's own value: both faults are still in it.",
            ),
            Mistake(
                "robots counted",
                lambda: _within(any_reply=True),
                "You still let an automatic reply stop the clock.",
            ),
            Mistake(
                "the silent dropped",
                lambda: _within(dropped=True),
                "You still drop those who have no reply. They are the slowest of all.",
            ),
            Mistake(
                "not due yet",
                _too_young,
                "You count a case as a miss that is younger than 24 hours: it is not due yet, so it stays out.",
            ),
        ),
        praise="right, in percent. Both faults flattered the page.",
        reread="'What people waited, channel by channel' in notebook 13",
        unit="%",
    ),
    "13-4": Task(
        right=_team,
        mistakes=(
            Mistake(
                "the work alone",
                lambda: _team(desk=7),
                "Seven can do the work, but people call at random: with seven, too many wait. Ask for the promise.",
            ),
            Mistake(
                "the schedule is the desk",
                lambda: _team(scheduled=_team()["desk"]),
                "You put as many on the schedule as sit at the desk. Some are on leave, ill or in training.",
            ),
            Mistake(
                "shrinkage added",
                lambda: _team(scheduled=-int(-_team()["desk"] * (1 + AWAY) // 1)),
                "You added 30%. If 30% of the scheduled are away, divide by 0.70.",
            ),
            Mistake(
                "80 percent",
                lambda: _team(0.80),
                "That keeps the promise for 80 of 100. The task asks for 95%.",
            ),
        ),
        praise="right. Two thirds more people at the desk than the work keeps busy: randomness needs somebody to meet it.",
        reread="'How many people does a promise take?' in notebook 13",
        unit="people",
    ),
    "13-5": Task(
        right=_due,
        mistakes=(
            Mistake(
                "clock not restarted",
                lambda: _due(FILED),
                "You counted from the filing. The claim was incomplete: the clock starts when it is complete.",
            ),
            Mistake(
                "Madrid's calendar",
                lambda: _due(region="MD"),
                "You used Madrid's calendar. In Catalonia 24 June is a holiday.",
            ),
            Mistake(
                "calendar days",
                lambda: _due(rule="consumer act 21.3"),
                "Those are 15 calendar days. Article 17 says working days.",
            ),
            Mistake(
                "rule for every trader",
                lambda: _due(FILED, rule="consumer act 21.3"),
                "That is the rule for every trader: 15 calendar days from the filing. Choose the row of article 17.",
            ),
        ),
        praise="right. And the shorter rule for every trader still stands beside it.",
        reread="'What the law asks' in notebook 13",
    ),
    "13-6": HEALTH,
}
