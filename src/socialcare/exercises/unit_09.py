"""The tasks of unit 09, measuring engagement: right answers and typical slips, all computed from Café Brisa's tables."""

import functools
import re

from socialcare import datasets, engagement
from socialcare.exercises import Criterion, Mistake, Rubric, Task
from socialcare.formulas.wording import number

BRAND = "Café Brisa"


@functools.cache
def _tables():
    return datasets.load_interactions(), datasets.load_posts(), datasets.load_audience()


def _counts(start: str, end: str, *, everyone: bool = False):
    """Count a brand's acts by network; ``everyone`` keeps own accounts and bots in, as a careless count does."""
    interactions, _, _ = _tables()
    if everyone:
        interactions = interactions.assign(actor_type="non_follower")
    return engagement.count_acts(interactions, start, end).set_index(["brand", "network"])


def _active(brand: str, network: str, at: str, window_days: int = 28) -> int:
    table = engagement.active_followers(_tables()[0], at, window_days=window_days)
    return int(table.set_index(["brand", "network"]).loc[(brand, network), "active_followers"])


def _followers(brand: str, network: str, monday: str) -> int:
    weeks = _tables()[2].set_index(["brand", "network", "week_start"])
    return int(weeks.loc[(brand, network, monday), "followers"])


# 09-1 predict: 2,000 bought followers who never act
def _bought(extra: int) -> dict[str, float]:
    acts = 300
    return {
        "per active follower": engagement.engagement_rate(acts, 400),
        "per follower": engagement.engagement_rate(acts, 9_000 + extra),
    }


def _directions() -> dict[str, str]:
    before, after = _bought(0), _bought(2_000)
    return {
        name: "up" if after[name] > before[name] else "down" if after[name] < before[name] else "same" for name in before
    }


# 09-2 complete: ERFb of May
def _may(denominator: int, *, everyone: bool = False, kinds: tuple[str, ...] = ("comments", "likes", "shares")) -> float:
    row = _counts("2025-05-01", "2025-06-01", everyone=everyone).loc[(BRAND, "facebook")]
    return 100 * sum(int(row[kind]) for kind in kinds) / denominator


def _may_fans() -> int:
    return _active(BRAND, "facebook", "2025-06-01")


# 09-3 fix: a colleague's rate for Tostadores Nimbo in May
NIMBO = ("Tostadores Nimbo", "twitter")


def _nimbo(*, everyone: bool = False, likes: bool = False, followers: bool = False) -> float:
    row = _counts("2025-05-01", "2025-06-01", everyone=everyone).loc[NIMBO]
    acts = int(row["retweets"] + row["mentions"] + (row["likes"] if likes else 0))
    return 100 * acts / (_followers(*NIMBO, "2025-05-26") if followers else _active(*NIMBO, "2025-06-01"))


# 09-4 apply: the right average for the owner's question
def _averages(base: str = "impressions"):
    interactions, posts, _ = _tables()
    year = posts[posts["posted_at"] >= "2025-01-01"]
    year = year.assign(impressions=year[base])
    return engagement.average_rates(engagement.per_post(year, interactions)).set_index(["network", "brand"])


def _gap(average: str, base: str = "impressions") -> float:
    facebook = _averages(base).loc["facebook", average]
    return float(facebook[BRAND] - facebook["Molienda Áurea"])


# 09-5 apply: an interval for November
def _november(confidence: float = 0.95, *, days: bool = True, per_follower: bool = False) -> dict[str, float]:
    interactions, posts, _ = _tables()
    sample = engagement.clusters(posts, interactions, BRAND, "twitter", start="2025-11-01", end="2025-12-01")
    base = _followers(BRAND, "twitter", "2025-11-24") if per_follower else _active(BRAND, "twitter", "2025-12-01")
    strata = (sample["posts"], sample["days"]) if days else (sample["posts"],)
    interval = engagement.rate_interval(*strata, base=base, confidence=confidence)
    return {"low": interval.low, "high": interval.high}


# 09-6 judge: a note to the owner about the record week
@functools.cache
def _record_week() -> dict[str, str]:
    interactions, _, audience = _tables()
    weeks = engagement.weekly(interactions, audience)
    brisa = weeks[(weeks["brand"] == BRAND) & (weeks["network"] == "twitter")].set_index("week_start")
    record = brisa.loc[brisa["rate"].idxmax()]
    return {"rate": number(record["rate"]), "negative": number(record["negative"])}


def _has(pattern: str):
    return lambda text: re.search(pattern, text, re.IGNORECASE) is not None


def _quotes(name: str):
    return lambda text: re.search(rf"\b{re.escape(_record_week()[name])}(?:[.,]\d+)?\b", text) is not None


def _no_triumph(text: str) -> bool:
    """True if no sentence praises the week; "this was not our best week" does not."""
    praise = r"\b(best week|great (?:week|result)|success|congratulat\w*|proud|record engagement|keep it up|well done)\b"
    sentences = re.split(r"[.!?]", text)
    return not any(_has(praise)(sentence) and not _has(r"\b(not|no|never)\b")(sentence) for sentence in sentences)


def _exemplars() -> dict[str, str]:
    week = _record_week()
    return {
        "good": (
            f"Please do not put last week's rate on a slide. ERTw was {week['rate']}% of active followers (28 days), the "
            f"highest of the year, but {week['negative']} points of it are negative mentions. People were angry about the "
            "batch of decaf sold as regular coffee. Praise was lower than usual. I suggest that we answer every open "
            "complaint by Wednesday, replace the bags of all who bought that batch, and report the rate only with its "
            "negative part from now on."
        ),
        "almost": (
            f"Last week's rate should not go on a slide. ERTw was {week['rate']}%, the highest of the year, but "
            f"{week['negative']} points of it are negative mentions. People were angry about the mislabelled decaf. We "
            "answer every open complaint by Wednesday and replace the bags of all who bought that batch."
        ),
        "not yet": (
            "Great week! Our engagement rate on Twitter reached a record and is far above that of our competitors. The "
            "community has never been so active, which shows that our content strategy works and that the return on "
            "investment is excellent. Let us keep it up and post even more next week so that the rate stays this high."
        ),
    }


NOTE = Rubric(
    criteria=(
        Criterion(
            "length",
            lambda text: 40 <= len(text.split()) <= 130,
            "Use 40 to 130 words: an owner reads one short paragraph.",
        ),
        Criterion("rate", _quotes("rate"), "Quote the week's rate, computed from the data and rounded to a whole percent."),
        Criterion(
            "base", _has(r"\bactive followers?\b"), "Say what the rate divides by; without its base it means nothing."
        ),
        Criterion(
            "polarity",
            lambda text: _quotes("negative")(text) and _has(r"\b(negative|complain\w*|complaint\w*|angry|anger)\b")(text),
            "Say how many points of the rate are negative mentions.",
        ),
        Criterion("cause", _has(r"\bdecaf\w*|\bmislabel\w*|\bbatch\b"), "Say what happened: the mislabelled decaf."),
        Criterion("no triumph", _no_triumph, "Do not call the week a success: people wrote because they were angry."),
        Criterion(
            "next step",
            lambda text: (
                _has(r"\b(repl(?:y|ied|ies)|answer\w*|refund\w*|replace\w*|contact\w*|apologis\w*|recall\w*)\b")(text)
                and _has(r"\b(by|before|until|today|tomorrow|this week|within|monday|tuesday|wednesday|thursday|friday)\b")(
                    text
                )
            ),
            "End with one next step and when it is done: who gets an answer, a refund or a replacement, and by when.",
        ),
        Criterion(
            "no money claim",
            lambda text: not _has(r"\bROI\b|return on investment|worth (?:€|eur)|in revenue")(text),
            "Leave return on investment out: there is no money in the rate.",
        ),
    ),
    exemplars=_exemplars,
    praise="The owner now knows what the number means and what you will do.",
    cannot_judge="(This check reads words and numbers. It cannot judge your tone or whether the plan is wise: ask a colleague.)",
)

TASKS = {
    "09-1": Task(
        right=_directions,
        mistakes=(
            Mistake(
                "both fall",
                lambda: {"per active follower": "down", "per follower": "down"},
                "Bought followers never act, so they do not enter the active followers: that rate stays.",
            ),
            Mistake(
                "both rise",
                lambda: {"per active follower": "up", "per follower": "up"},
                "More followers do not add acts. A larger base with the same acts lowers a rate.",
            ),
            Mistake(
                "neither moves",
                lambda: {"per active follower": "same", "per follower": "same"},
                "Idle followers do stand below the line when you divide by all followers.",
            ),
        ),
        praise="right. Idle followers leave ERTw as it is and lower the rate per follower. That is how you notice them.",
        reread="'The denominator decides who wins' in notebook 09",
    ),
    "09-2": Task(
        right=lambda: _may(_may_fans()),
        mistakes=(
            Mistake(
                "all fans in the denominator",
                lambda: _may(_followers(BRAND, "facebook", "2025-05-26")),
                "You divided by all fans. ERFb divides by the active ones.",
            ),
            Mistake(
                "own account counted",
                lambda: _may(_may_fans(), everyone=True),
                "You counted the brand's own likes. Take own accounts and bots out first.",
            ),
            Mistake(
                "shares forgotten",
                lambda: _may(_may_fans(), kinds=("comments", "likes")),
                "You added comments and likes. ERFb counts shares too.",
            ),
            Mistake(
                "a share, not percent", lambda: _may(_may_fans()) / 100, "That is the share. The rate is in percent: × 100."
            ),
        ),
        praise="right. Comments, likes and shares of the public, for every hundred active fans.",
        reread="'By hand: the two formulas of the source' in notebook 09",
        unit="%",
    ),
    "09-3": Task(
        right=_nimbo,
        mistakes=(
            Mistake(
                "the colleague's value",
                lambda: _nimbo(everyone=True, likes=True, followers=True),
                "That is the colleague's own value: all three faults are still in it.",
            ),
            Mistake(
                "likes counted", lambda: _nimbo(likes=True), "You still count likes. ERTw adds retweets and mentions only."
            ),
            Mistake(
                "bots counted", lambda: _nimbo(everyone=True), "You still count bots. Look at what `public_acts` leaves out."
            ),
            Mistake(
                "all followers",
                lambda: _nimbo(followers=True),
                "You still divide by all followers. ERTw divides by the active ones.",
            ),
        ),
        praise="right. Three faults, and each moved the rate: likes, bots, and the wrong base.",
        reread="'Look at one row before any rate' in notebook 09",
        unit="%",
    ),
    "09-4": Task(
        right=lambda: _gap("micro"),
        mistakes=(
            Mistake(
                "macro average",
                lambda: _gap("macro"),
                "That is the difference of the macro averages: every post counts alike, shown often or seldom. The owner "
                "asks about all the times that posts were shown.",
            ),
            Mistake(
                "people reached",
                lambda: _gap("micro", "reach"),
                "You divided by people reached. The owner asks how often posts were shown: divide by impressions.",
            ),
            Mistake(
                "sign turned", lambda: -_gap("micro"), "The sign is turned. Take Café Brisa first, then Molienda Áurea."
            ),
            Mistake(
                "relative difference",
                lambda: 100 * _gap("micro") / float(_averages().loc[("facebook", "Molienda Áurea"), "micro"]),
                "That is a relative difference in percent. The difference of two rates is in percentage points.",
            ),
        ),
        praise="right, in percentage points. By the question the owner asked, the small brand is ahead. "
        "Café Brisa's seven boosted posts make the difference: without them Café Brisa leads.",
        reread="'Micro or macro: whose average?' in notebook 09",
        unit="points",
    ),
    "09-5": Task(
        right=_november,
        mistakes=(
            Mistake(
                "days forgotten",
                lambda: _november(days=False),
                "You resampled the posts alone. Mentions that answer no post come in days: give both to `rate_interval`.",
            ),
            Mistake(
                "90% interval", lambda: _november(confidence=0.90), "That is a 90% interval. The task asks for 95%."
            ),
            Mistake(
                "all followers", lambda: _november(per_follower=True), "You used all followers as base. ERTw uses active ones."
            ),
        ),
        praise="right. Report the rate with both ends. Before you call it a change, compute the interval of the difference.",
        reread="'How sure are we?' in notebook 09",
        unit="%",
    ),
    "09-6": NOTE,
}
