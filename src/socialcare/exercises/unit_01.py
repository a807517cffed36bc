"""The tasks of unit 01, why service is the brand: right answers and usual slips, computed from Café Brisa's hours."""

import functools
import re

from socialcare import attention, datasets, funnel
from socialcare.exercises import Criterion, Mistake, Rubric, Task
from socialcare.formulas.wording import number, percent


@functools.cache
def _mentions():
    return datasets.load_mentions_hourly()


@functools.cache
def _replayed(label: str):
    return attention.replay(_mentions(), label)


# 01-1 predict: which talk ends by itself?
FAILURES = {  # followers of a speaker, and the parts of them that see it, believe it and pass it on
    "lost parcel": (2_000, 0.05, 0.5, 0.015),
    "rude reply": (100, 0.3, 0.9, 0.05),
    "stale beans": (300, 0.2, 0.4, 0.03),
}


def _fates(*, believed: bool = True) -> dict[str, str]:
    fates = {}
    for name, (followers, view, credibility, share) in FAILURES.items():
        r = attention.reproduction_number(followers, view, share, credibility if believed else 1)
        fates[name] = "grows" if r > 1 else "ends"
    return fates


def _by_followers() -> dict[str, str]:
    largest = max(FAILURES, key=lambda name: FAILURES[name][0])
    return {name: "grows" if name == largest else "ends" for name in FAILURES}


# 01-2 complete: the loudest hour of the wave in July
def _loudest(*, average: str = "mean", labels: bool = True) -> float:
    ours = _replayed("C4")
    hour = ours.loc[ours["mentions"].idxmax()]
    mentions = _mentions()
    if not labels:  # only the episode itself is known as one, as if nobody had labelled the earlier ones
        mentions = mentions.assign(crisis_id=mentions["crisis_id"].where(mentions["crisis_id"] == "C4"))
    replayed = attention.replay(mentions, "C4", average=average)
    return float(replayed.loc[hour.name, "extra"])


def _loudest_against_the_average_hour() -> float:
    return float(_replayed("C4")["mentions"].max() - _mentions()["mentions"].mean())


# 01-3 fix: a colleague's extra mentions of the night in November
def _night(part: str = "mentions", baseline: str = "hour of the week") -> float:
    ours, everything = _replayed("C6"), _mentions()
    per_hour = {
        "all hours": everything["mentions"].mean(),
        "calm hours": everything.loc[everything["crisis_id"].isna(), "mentions"].mean(),
    }
    expected = per_hour[baseline] * len(ours) if baseline in per_hour else ours["expected"].sum()
    return float(ours[part].sum() - expected)


# 01-4 apply: how long, and how much work
@functools.cache
def _length(label: str = "C4") -> dict[str, float]:
    told = attention.summary(_mentions(), label)
    minutes = float(datasets.load_tickets()["handle_minutes"].mean())
    return {
        "hours to normal": told["hours to normal"],
        "labelled": len(_replayed(label)),
        "desk hours": attention.desk_hours(told["extra with the handle"], minutes),
        "all": attention.desk_hours(told["extra"], minutes),
    }


def _work(*, hours: str = "hours to normal", desk: str = "desk hours", scale: float = 1) -> dict[str, float]:
    told = _length()
    return {"hours to normal": told[hours], "desk hours": scale * told[desk]}


# 01-5 apply: what was known after three hours of the night
def _counts(*, one_hour: bool = False) -> tuple[int, int]:
    ours = _replayed("C6").head(3)
    ours = ours.tail(1) if one_hour else ours
    return int(ours["negative_mentions"].sum()), int(ours["mentions"].sum())


def _known(*, one_hour: bool = False, scale: float = 1) -> dict[str, float]:
    share, low, high = attention.share_interval(*_counts(one_hour=one_hour))
    return {"share": scale * share, "low": scale * low, "high": scale * high}


def _textbook() -> dict[str, float]:
    negative, said = _counts()
    share = negative / said
    half = funnel.normal_quantile(0.975) * (share * (1 - share) / said) ** 0.5
    return {"share": share, "low": share - half, "high": share + half}


# 01-6 judge: a note to the owner about 10 March
@functools.cache
def _march() -> dict[str, str]:
    told = attention.summary(_mentions(), "C1")
    notices = attention.notices(datasets.load_posts(), "Café Brisa", _mentions(), "C1")
    first = notices[notices["network"] == "twitter"].iloc[0]
    return {
        "extra": number(told["extra"]),
        "negative": percent(told["negative (%)"], 0),
        "negative, exact": percent(told["negative (%)"]),
        "delay": number(first["hours_after"], 1),
        "at": f"{first['posted_at']:%H:%M}",
    }


def _has(pattern: str):
    return lambda text: re.search(pattern, text, re.IGNORECASE) is not None


def _extra(text: str) -> bool:
    """True for the exact count, with or without its comma, and for the same rounded to tens or hundreds."""
    exact = int(_march()["extra"].replace(",", ""))
    forms = {f"{round(exact, -digits):,}" for digits in (0, 1, 2)}
    return any(_has(rf"\b{form.replace(',', ',?')}\b")(text) for form in forms)


def _negative(text: str) -> bool:
    """True for the share in whole percent, with decimals, or in words."""
    shares = "|".join(re.escape(_march()[name].rstrip("%")) for name in ("negative", "negative, exact"))
    return _has(rf"\b(?:{shares})\s?(?:%|percent|per cent)|\bfour (?:in|of|out of) (?:every )?five\b")(text)


def _delay(text: str) -> bool:
    hours = _march()["delay"]
    return any(_has(pattern)(text) for pattern in (rf"\b{re.escape(hours)}\b", rf"\b{_march()['at']}\b", r"\b(?:nine|9) (?:and a half )?hours"))


def _no_cure(text: str) -> bool:
    """True unless a sentence says that the notice ended the wave; "we cannot say that it did" passes."""
    cure = r"\b(?:notice|statement|reply|answer|post|word)\w*\b[^.!?]*\b(?:ended|stopped|broke|calmed|worked|turned|solved)\b"
    denied = r"\b(?:not|cannot|can't|never|nobody|no)\b"
    return not any(_has(cure)(sentence) and not _has(denied)(sentence) for sentence in re.split(r"[.!?]", text))


def _exemplars() -> dict[str, str]:
    march = _march()
    return {
        "good": (
            f"The decaf failure brought {march['extra']} mentions more than the same hours of calm weeks, and "
            f"{march['negative']} of all mentions were negative. After one hour we could see that something was wrong; our "
            f"first word on Twitter came at {march['at']}, {march['delay']} hours after the first posts. Whether it changed "
            "anything we cannot say from one case. I propose a rule: when several people report one cause, Nuria or "
            "whoever is on duty posts what we know, and when we write again, within one hour. Everyone who wrote to us gets "
            "a personal answer, and we also look for those who stayed silent."
        ),
        "almost": (
            f"The decaf failure brought {march['extra']} mentions more than the same hours of calm weeks, and "
            f"{march['negative']} of all mentions were negative. Our first word on Twitter came {march['delay']} hours after the first "
            "posts. I propose a rule: when several people report one cause, Nuria posts what we know as soon as she can. "
            "Everyone who wrote to us gets a personal answer."
        ),
        "not yet": (
            "Last week we were the talk of the town. Thousands of people mentioned us, more than ever before, so our name is "
            "better known now. Our post on Monday evening calmed everybody down, which shows that our way of handling such "
            "things works well. I suggest that we keep doing what we do and do not make too much of it. Such things pass."
        ),
    }


NOTE = Rubric(
    criteria=(
        Criterion(
            "length",
            lambda text: 50 <= len(text.split()) <= 140,
            "Use 50 to 140 words: the owner reads one paragraph.",
        ),
        Criterion("extra", _extra, "Say how many extra mentions it cost, computed from the data."),
        Criterion(
            "baseline",
            _has(r"\bcalm weeks?\b|\bsame hours?\b|\bthan (?:usual|expected)\b|\bexpected\b|\bordinary weeks?\b"),
            "Say what the mentions are compared with; extra means more than what?",
        ),
        Criterion(
            "sign",
            lambda text: _negative(text) and _has(r"\b(?:negative|complain\w*|angry)\b")(text),
            "Say what share was negative: volume without its sign could be praise.",
        ),
        Criterion("delay", _delay, "Say how long it took until the first public word on Twitter, in hours or by the clock."),
        Criterion(
            "no cure",
            _no_cure,
            "Do not say that the notice ended the wave: one case cannot show it, and this wave would have ended anyway.",
        ),
        Criterion(
            "rule",
            _has(
                r"\b(?:within|in|no later than) (?:the first |half )?(?:an?|one|two|thirty|sixty|\d+)?\s?"
                r"(?:hours?|minutes?)\b"
            ),
            "Give a rule for next time with a time limit: a first word within one hour, say.",
        ),
        Criterion(
            "who",
            _has(r"\bNuria\b|\bIker\b|\bDunia\b|\bon duty\b|\b(?:desk|shift|team) lead\w*"),
            "Say who does it: a rule without a person is a wish.",
        ),
    ),
    exemplars=_exemplars,
    praise="The owner now knows the cost, the delay and the rule for next time.",
    cannot_judge="(This check reads words and numbers. It cannot judge whether your rule fits the firm: ask a colleague.)",
)

TASKS = {
    "01-1": Task(
        right=_fates,
        mistakes=(
            Mistake(
                "followers alone",
                _by_followers,
                "You judged by the followers alone. R multiplies four factors: many followers who do not pass it on are "
                "a dead end, and a small circle that does is not.",
            ),
            Mistake(
                "belief left out",
                lambda: _fates(believed=False),
                "You left out who believes it. Multiply all four factors.",
            ),
            Mistake(
                "all end",
                lambda: dict.fromkeys(FAILURES, "ends"),
                "Not all of them end: multiply the four factors of each, and compare the product with one.",
            ),
        ),
        praise="right. The product decides, and the smallest circle is the one that talks on.",
        reread="'When does the talk die out by itself?' in notebook 01",
    ),
    "01-2": Task(
        right=_loudest,
        mistakes=(
            Mistake(
                "nothing subtracted",
                lambda: float(_replayed("C4")["mentions"].max()),
                "That is what came, not what came extra. Subtract what a calm week brings at that hour.",
            ),
            Mistake(
                "median",
                lambda: _loudest(average="median"),
                "You took the median of the calm weeks. Small counts have a median below their mean: take the mean.",
            ),
            Mistake(
                "average hour",
                _loudest_against_the_average_hour,
                "You subtracted the average hour of the whole table. Wednesday noon is busier than that, and the table has "
                "the episodes in it.",
            ),
            Mistake(
                "labels ignored",
                lambda: _loudest(labels=False),
                "The weeks of an earlier episode are in your baseline. Leave labelled hours out.",
            ),
        ),
        praise="right. Hardly anything of that hour is ordinary talk.",
        reread="'By hand: one hour, and what a calm week brings' in notebook 01",
        unit="mentions",
    ),
    "01-3": Task(
        right=_night,
        mistakes=(
            Mistake(
                "the colleague's value",
                lambda: _night("negative_mentions", "all hours"),
                "That is the colleague's own value: all faults are still in it.",
            ),
            Mistake(
                "negative only",
                lambda: _night("negative_mentions"),
                "The baseline is right, but you subtract all expected mentions from the negative ones alone. Like with like.",
            ),
            Mistake(
                "all hours",
                lambda: _night(baseline="all hours"),
                "Your baseline is the average hour of the year, with the episodes in it. Take the same hours of calm weeks.",
            ),
            Mistake(
                "calm hours",
                lambda: _night(baseline="calm hours"),
                "Near, and by luck: these thirty hours are about as busy as the average calm hour. Another episode is not. "
                "Take the same hours of calm weeks.",
            ),
        ),
        praise="right. All mentions, against the same hours of calm weeks, with labelled hours left out.",
        reread="'Where this goes wrong' in notebook 01",
        unit="mentions",
    ),
    "01-4": Task(
        right=_work,
        mistakes=(
            Mistake(
                "the label's length",
                lambda: _work(hours="labelled"),
                "You counted the labelled hours. The label was set by hand; the rule looks at twelve ordinary hours.",
            ),
            Mistake(
                "all mentions",
                lambda: _work(desk="all"),
                "You counted all extra mentions. The task asks for those that carry the handle.",
            ),
            Mistake("minutes", lambda: _work(scale=60), "Your work is in minutes. Divide by sixty."),
        ),
        praise="right. Most of a working week for thank-yous: decide beforehand which of them you answer.",
        reread="'What it cost, and a wave of another kind' in notebook 01",
    ),
    "01-5": Task(
        right=_known,
        mistakes=(
            Mistake(
                "the third hour alone",
                lambda: _known(one_hour=True),
                "That is the third hour alone. What was known then is everything that had come so far.",
            ),
            Mistake(
                "textbook interval",
                _textbook,
                "That is the textbook interval, share plus or minus two standard errors. For few mentions it is off: take "
                "Wilson's.",
            ),
            Mistake("percent", lambda: _known(scale=100), "Those are percent. The task asks for shares from 0 to 1."),
        ),
        praise="right. Few mentions, and still enough to know which way they point.",
        reread="'What the firm knew, hour by hour' in notebook 01",
    ),
    "01-6": NOTE,
}
