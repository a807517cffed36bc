"""The tasks of unit 03, first steps: right answers and usual slips, computed from Café Brisa's data and the formulas."""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from socialcare import datasets, first_steps, funnel
from socialcare.exercises import Criterion, Mistake, NotYet, Rubric, Task

BRAND, YEAR = "Café Brisa", ("2025-01-06", "2025-12-29")


@functools.cache
def _activity():
    posts, tickets, mentions = (datasets.load(table) for table in ("posts", "tickets", "mentions_hourly"))
    return first_steps.weekly_activity(posts, tickets, mentions, brand=BRAND, start=YEAR[0], end=YEAR[1])


# 03-1 predict: ten points more of listening
def _growth(low: float, high: float) -> str:
    ratio = first_steps.week_hours(1, high) / first_steps.week_hours(1, low)
    return {1.1: "a tenth longer", 1.25: "a quarter longer", 2.0: "twice as long"}[round(ratio, 2)]


def _both(first: str, second: str) -> dict[str, str]:
    return {"50 to 60": first, "80 to 90": second}


# 03-2 complete: the bakery's list
def _bakery(per_tweet: str = "working day", per_video: str = "month") -> float:
    tasks = ((3, 45, "week"), (1, 6, per_tweet), (1, 200, per_video))
    return sum(first_steps.task_hours(*task) for task in tasks)


# 03-3 fix: a colleague's share of replies
def _replies(column: str) -> float:
    activity = _activity()
    return 100 * first_steps.listening_share(activity[column].sum(), activity["posts"].sum())


@functools.cache
def _colleague() -> float:
    tickets, posts = datasets.load_tickets(), datasets.load_posts()
    return 100 * first_steps.listening_share(int(tickets["total_turns"].sum()), len(posts))


@functools.cache
def _all_brands() -> float:
    posts = datasets.load_posts()
    inside = posts["posted_at"].between(*YEAR, inclusive="left")
    return 100 * first_steps.listening_share(_activity()["public_replies"].sum(), int(inside.sum()))


# 03-4 fix: a plan that does not fit
PAID, SHRINKAGE, LEAST = 30, 0.20, {"publish": 3.0, "improve": 1.0}


@functools.cache
def _needed() -> dict[str, float]:
    """The customers' tasks as in last year's busy week, the rest as the task says."""
    return {**first_steps.demand(_activity())["busy"], **LEAST}


def _plan(**changes: float) -> dict[str, float]:
    there = first_steps.hours_available(1, PAID, SHRINKAGE)
    plan = {**{task: round(hours, 1) for task, hours in _needed().items()}, "improve": 2.0}
    plan["publish"] = round(there - sum(hours for task, hours in plan.items() if task != "publish"), 1)
    return {**plan, **changes}


@dataclass(frozen=True)
class PlanTask(Task):
    """A plan of hours with many right answers: any plan that holds passes, and a breach gets the reason of its kind."""

    def check(self, answer: object) -> str:
        """Return the praise, or raise NotYet with the reason for the first breach."""
        if answer is not None and not isinstance(answer, (str, Mapping)):
            raise NotYet(f"Your answer is of type {type(answer).__name__}; expected hours for each task.")
        if not isinstance(answer, Mapping):
            return super().check(answer)
        try:
            there = first_steps.hours_available(1, PAID, SHRINKAGE)
            problems = first_steps.shortfalls(answer, _needed(), there)
        except ValueError as problem:
            raise NotYet(f"{problem}. Reread: {self.reread}.") from None
        if not problems:
            return self.praise
        kinds = {"answer": "customers", "read": "customers"}
        found = {kinds.get(task, task) for task in problems}
        mistake = next(m for m in self.mistakes if m.name in found)
        raise NotYet(f"{mistake.message} {' '.join(problems.values())} Reread: {self.reread}.")


# 03-5 apply: what a schedule can promise
EVENING = (("10:00", "10:30"), ("15:00", "15:30"), ("20:00", "20:30"))


@functools.cache
def _promised(channels: tuple[str, ...] = ("twitter",), days: int = 7, hours: float = 4) -> dict[str, float]:
    plan = first_steps.daily_blocks("Dunia", first_steps.DAYS[:days], EVENING, "answer")
    kept = first_steps.promise_kept(datasets.load_tickets(), plan, hours, channels=channels)
    return {name: 100 * getattr(kept, name) for name in ("share", "low", "high")}


def _textbook() -> dict[str, float]:
    share = _promised()["share"] / 100
    cases = int((datasets.load_tickets()["channel"] == "twitter").sum())
    half = funnel.normal_quantile(0.975) * (share * (1 - share) / cases) ** 0.5
    return {"share": 100 * share, "low": 100 * (share - half), "high": 100 * (share + half)}


# 03-6 judge: one rule of use
def _has(pattern: str):
    return lambda text: re.search(pattern, text, re.IGNORECASE) is not None


_KEEP = r"\b(stays?|remains?|kept|keep|leave|left|welcome|(not|never)( \w+)? (delete|remove|hide)d?)\b"
_CRITICAL = r"\b(criticism|critical|complaints?|negative|bad reviews?)\b"
_GROUNDS = (
    r"\binsult\w*|\babus\w*",
    r"\bthreat\w*",
    r"\bhat(e|red|eful)\b|\bracis\w*|\bsexis\w*",
    r"\bspam\b|\badvert\w*",
    r"\bpersonal data\b|\baddress(es)?\b|\bphone numbers?\b|\border numbers?\b",
    r"\bfalse\b|\billegal\b|\bunlawful\b",
)


def _together(*patterns: str):
    """True if one sentence has them all."""
    sentences = re.compile(r"(?<=[.!?])\s")
    return lambda text: any(all(_has(p)(one) for p in patterns) for one in sentences.split(text))


def _exemplars() -> dict[str, str]:
    return {
        "good": (
            "Criticism of us stays on this page, and we answer it. We delete insults, threats and advertising. We hide "
            "posts with personal data, such as an order number or an address: please send those by private message. "
            "Nuria decides, from Monday to Friday between 9:00 and 17:30, within one working day. She tells you the "
            "reason, and you can object by e-mail: then Dunia decides again. We keep a copy of what we delete for 30 "
            "days. For your data the General Data Protection Regulation and Spain's Organic Law 3/2018 apply, and we "
            "share responsibility for this page with the network."
        ),
        "almost": (
            "Criticism of us stays on this page, and we answer it. We delete insults, threats and advertising. We hide "
            "posts with personal data, such as an order number or an address: please send those by private message. "
            "Nuria decides within one working day. For your data the LOPD applies, and we share responsibility for "
            "this page with the network. She tells you the reason, and you can object by e-mail."
        ),
        "not yet": (
            "This page is for fans of good coffee. We reserve the right to delete any comment at our discretion and "
            "without notice, for instance if it is negative. Please be positive. If you have a problem, write your "
            "name, order and telephone below and somebody will call you some time. By commenting you accept all "
            "present and future terms, those of the LOPD and those of the network, and you give us your photos."
        ),
    }


RULE_OF_USE = Rubric(
    criteria=(
        Criterion(
            "length", lambda text: 50 <= len(text.split()) <= 140, "Use 50 to 140 words: nobody reads more on a phone."
        ),
        Criterion(
            "criticism stays",
            _together(_CRITICAL, _KEEP),
            "Say that criticism and complaints stay: a page that deletes them loses the people you want to hear.",
        ),
        Criterion(
            "grounds",
            lambda text: sum(_has(pattern)(text) for pattern in _GROUNDS) >= 2,
            "Name at least two grounds for deleting, such as insults, threats or advertising.",
        ),
        Criterion(
            "personal data",
            lambda text: (
                (_has(_GROUNDS[4])(text) and _has(r"\bprivate(ly)?\b|\bdirect message\b")(text))
                or _together(_GROUNDS[4], r"\be-?mail\b")(text)
            ),
            "Say what happens to personal data in public, and where to send them instead.",
        ),
        Criterion(
            "who decides",
            _has(r"\b(Nuria|Iker|Dunia|the (service )?(desk|team)|our (service )?(desk|team)|community manager)\b"),
            "Name the person or the desk that decides.",
        ),
        Criterion(
            "when",
            _has(
                r"\bwithin\b[^.]{0,25}\b(hours?|days?)\b|\bmonday\b|\bworking days?\b|\d{1,2}(:\d\d)?\s?(am|pm|to|and)\b"
            ),
            "Give a time: hours of service, or how long a decision takes.",
        ),
        Criterion(
            "reason and way back",
            lambda text: (
                _has(r"\b(reasons?|why|tells?|inform|explain)\b")(text)
                and _has(r"\b(object|appeal|ask again|disagree|contest|reply to|complain about)\b")(text)
            ),
            "Tell the person the reason, and how to object.",
        ),
        Criterion(
            "law in force",
            lambda text: _has(r"\bGDPR\b|General Data Protection Regulation|\b3/2018\b|\bLOPDGDD\b")(text),
            "Name the law in force, the GDPR with Organic Law 3/2018: the old LOPD is gone.",
        ),
        Criterion(
            "no blank cheque",
            lambda text: (
                not _has(r"at our (own |sole )?discretion|for any reason|without (prior )?notice|reserve the")(text)
            ),
            "Strike the clause that lets you delete anything: a rule that permits all binds nobody.",
        ),
    ),
    exemplars=_exemplars,
    praise="A customer can tell beforehand what stays, what goes, who decides and how to object.",
    cannot_judge="(This check reads words. It cannot judge your tone, whether you keep the rule, or the law: ask a "
    "colleague, and a lawyer before you publish.)",
)

TASKS = {
    "03-1": Task(
        right=lambda: _both(_growth(0.5, 0.6), _growth(0.8, 0.9)),
        mistakes=(
            Mistake(
                "ten points, a tenth",
                lambda: _both("a tenth longer", "a tenth longer"),
                "Ten points of the share are not ten percent of the week. The output is what the share leaves: it "
                "shrinks from 50 to 40 hundredths, and from 20 to 10.",
            ),
            Mistake(
                "the same each time",
                lambda: _both("a quarter longer", "a quarter longer"),
                "The first is right. The second starts from a smaller rest: from 20 to 10 hundredths is a half.",
            ),
            Mistake(
                "turned round",
                lambda: _both("twice as long", "a quarter longer"),
                "You turned them round. The nearer the share comes to the whole, the dearer a point.",
            ),
        ),
        praise="right. The week is the output divided by what the share leaves, so late points cost most.",
        reread="'By hand: hours asked for, hours there' in notebook 03",
    ),
    "03-2": Task(
        right=_bakery,
        mistakes=(
            Mistake(
                "seven days",
                lambda: _bakery(per_tweet="day"),
                "You counted a tweet on seven days. The bakery writes on working days.",
            ),
            Mistake(
                "one tweet a week",
                lambda: _bakery(per_tweet="week"),
                "You counted one tweet a week. The bakery writes one on each working day.",
            ),
            Mistake(
                "four weeks a month",
                lambda: _bakery(per_video="week") - 200 / 60 + 200 / 60 / 4,
                "You took a month for four weeks. That makes 13 months a year; a week holds 12/52 of a month.",
            ),
            Mistake(
                "minutes",
                lambda: 60 * _bakery(),
                "Those are minutes. The answer is in hours a week.",
            ),
        ),
        praise="right. A monthly task is small each week and large in the week it falls into: plan that week too.",
        reread="'By hand: hours asked for, hours there' in notebook 03",
        unit="hours",
    ),
    "03-3": Task(
        right=lambda: _replies("public_replies"),
        mistakes=(
            Mistake(
                "the colleague's value",
                _colleague,
                "That is the colleague's own value: private messages, calls and letters, and the posts of three brands.",
            ),
            Mistake(
                "private replies",
                lambda: _replies("all_replies"),
                "You count private replies too. The reading is about public messages, as the posts are.",
            ),
            Mistake(
                "posts of all brands",
                _all_brands,
                "Those are the posts of all three brands. Filter Café Brisa's.",
            ),
            Mistake(
                "replies per post",
                lambda: float(100 * _activity()["public_replies"].sum() / _activity()["posts"].sum()),
                "You divided replies by posts. A share divides by both together.",
            ),
        ),
        praise="right. Below 80%, and nobody has shown that this matters: it only describes the year.",
        reread="'Three rules share one name' in notebook 03",
        unit="%",
    ),
    "03-4": PlanTask(
        right=_plan,
        mistakes=(
            Mistake(
                "total",
                lambda: _plan(publish=_plan()["publish"] + PAID - first_steps.hours_available(1, PAID, SHRINKAGE)),
                "The plan is longer than the week. Thirty hours are paid; a fifth goes to absence, training and "
                "meetings.",
            ),
            Mistake(
                "customers",
                lambda: _plan(answer=6.0, read=4.0),
                "People who wrote to you wait. Answering and reading come from customers: cut what you chose yourself.",
            ),
            Mistake(
                "improve",
                lambda: _plan(improve=0.0),
                "You struck the hour that tells you whether the plan works. Keep one for the report.",
            ),
            Mistake(
                "publish",
                lambda: _plan(publish=0.0),
                "You publish nothing any more. The owner wants two posts a week: keep three hours.",
            ),
        ),
        praise="right. The customers' hours stand, and what you chose yourself gave way.",
        reread="'Plan a busy week, not the mean' in notebook 03",
    ),
    "03-5": Task(
        right=_promised,
        mistakes=(
            Mistake(
                "both networks",
                lambda: _promised(channels=("twitter", "facebook")),
                "That is both networks. The promise is for Twitter: name its channel.",
            ),
            Mistake(
                "no weekend",
                lambda: _promised(days=5),
                "You left the weekend out. Dunia offers the three blocks every day.",
            ),
            Mistake(
                "within a block",
                lambda: _promised(hours=0),
                "That counts only the cases that arrive during a block. The promise is four hours.",
            ),
            Mistake(
                "textbook interval",
                _textbook,
                "The share is right. The interval is the textbook one around it; take Wilson's, as the package does.",
            ),
        ),
        praise="right, as the best case: a block begins in time, but a queue may make people wait longer.",
        reread="'The schedule is the promise' in notebook 03",
        unit="%",
    ),
    "03-6": RULE_OF_USE,
}
