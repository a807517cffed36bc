"""The tasks of unit 14, criticism and crisis: alarms, levels, leaders and the first public reply of the decaf storm."""

import functools
import re

import pandas as pd

from socialcare import crisis, datasets, leaders
from socialcare.exercises import Criterion, Mistake, Rubric, Task

CALM = {"start": "2025-01-06", "end": "2025-03-10"}
YEAR_MONTHS = 12


@functools.cache
def _hours() -> pd.DataFrame:
    return datasets.load("mentions_hourly")


# 14-1 predict: what moves the false alarms of a limit of 18 mentions an hour
def _false_alarms(limit: int = 18, lumpiness: float = 2, usual: float = 6) -> float:
    return crisis.false_alarms_per_month(crisis.chance_at_least(limit, usual, usual / (lumpiness - 1)))


def _moves() -> dict[str, str]:
    now = _false_alarms()
    changes = {
        "lumpier talk": _false_alarms(lumpiness=3),
        "a larger storm": _false_alarms(),  # a storm's size is no property of calm hours
        "a higher limit": _false_alarms(limit=24),
    }
    return {name: "up" if new > now else "down" if new < now else "same" for name, new in changes.items()}


def _words(*words: str) -> dict[str, str]:
    return dict(zip(_moves(), words, strict=True))


# 14-2 complete: the EARS threshold for the first day of the ring's attack
def _before(gap: int = 0, include: bool = False) -> pd.Series:
    hours = _hours()
    days = hours.groupby(hours["hour_start"].dt.strftime("%Y-%m-%d"))["mentions"].sum()
    end = days.index.get_loc("2025-11-18") + int(include) - gap
    return days.iloc[end - 7 : end]


# 14-3 fix: false call-outs of the rule of three in a calm month
def _rings() -> pd.Series:
    hours = _hours()
    return crisis.ratio_alarms(hours["mentions"], hours.loc[hours["crisis_id"].isna(), "mentions"].mean())


def _false_calls(*, everything: bool = False, single_hours: bool = False, year: bool = False) -> float:
    hours, rings = _hours(), _rings()
    calm = hours["crisis_id"].isna()
    if single_hours:
        calls = rings.sum() if everything else (rings & calm).sum()
    else:
        calls = len(crisis.call_outs(rings if everything else rings & calm))
    months = YEAR_MONTHS if year else calm.sum() / crisis.HOURS_PER_MONTH
    return float(calls / months)


# 14-4 apply: the level of four moments
MOMENTS = {
    "a": {"alarm": True, "negative": 3, "expected": 1.4, "mentions": 190},
    "b": {"alarm": True, "negative": 32, "expected": 0.4, "mentions": 35},
    "c": {"alarm": False, "negative": 1, "expected": 0.6, "mentions": 4, "harm": True},
    "d": {"alarm": True, "negative": 172, "expected": 1.5, "mentions": 216},
}


def _levels() -> dict[str, int]:
    return {name: crisis.severity_level(**facts) for name, facts in MOMENTS.items()}


# 14-5 apply: followers and retweets in the mention graph
@functools.cache
def _influence(people_only: bool) -> pd.DataFrame:
    edges, accounts = datasets.load("mention_edges"), datasets.load("mention_accounts")
    return leaders.scores(*leaders.humans(edges, accounts)) if people_only else leaders.scores(edges, accounts)


def _agreement(*, people_only: bool = True, measure: str = "retweets", method: str = "spearman") -> float:
    return float(_influence(people_only)["followers"].corr(_influence(people_only)[measure], method=method))


# 14-6 judge: the first public reply on 10 March, before noon
def _has(pattern: str):
    return lambda text: re.search(pattern, text, re.IGNORECASE) is not None


def _lacks(pattern: str):
    return lambda text: re.search(pattern, text, re.IGNORECASE) is None


def _next_news(text: str) -> bool:
    """True if one sentence promises news and names a time."""
    news = _has(r"\b(news|update|write|tell|post|report|know|hear|publish|answer|contact)\w*\b")
    clock = _has(r"\b\d{1,2}(?:[:.]\d\d| ?(?:am|pm|o'clock|h\b))|\b(?:noon|midday|midnight|tonight|this (?:morning|afternoon|evening))\b")
    return any(news(sentence) and clock(sentence) for sentence in re.split(r"(?<=[.!?])\s+|\n+", text))


REPLY = Rubric(
    criteria=(
        Criterion("length", lambda text: 30 <= len(text.split()) <= 100, "Use 30 to 100 words: one post, no statement."),
        Criterion("what happened", _has(r"\bdecaf\w*"), "Say what happened: decaf was sold as regular coffee."),
        Criterion(
            "apology",
            lambda text: (
                _has(r"\bsorry\b|\bapolog\w+|\bour (?:mistake|error|fault)\b")(text)
                and _lacks(r"\b(?:sorry|apolog\w+)[^.!?]*\bbut\b")(text)
                and _lacks(r"\bsorry (?:if|that you feel)\b|\bif (?:anyone|anybody|you) (?:was|were|felt)\b")(text)
            ),
            "Apologise for your own error, without 'but' and without 'if anybody felt'.",
        ),
        Criterion(
            "what to do",
            _has(r"\b(keep|put (?:it|the bag) aside|check|look (?:at|for)|send (?:us|me) (?:a|the)|do(?: not|n't) (?:drink|use|throw))\b|\bbatch\b"),
            "Tell people what to do with the bag: which batch it is, or to put it aside.",
        ),
        Criterion("next news", _next_news, "Promise the next news and name the time, and keep it even if there is none."),
        Criterion(
            "contact",
            _has(r"\b(?:I|we)(?:'ll|’ll| will| shall)? (?:also )?(?:write|contact|message|call|get in touch|reach out|replace|send)\b|\b(?:private|direct) message\b"),
            "Offer to make the contact yourself: the customer has had trouble enough.",
        ),
        Criterion(
            "signature",
            _has(r"(?:\^[A-Z]{2}|\b[A-Z]\w+,? (?:from |at |for )?(?:the )?Café Brisa(?: team)?|[–—-] ?[A-Z][a-z]+)\s*\.?\s*$"),
            "Sign with a person's name or initials at the end, such as ^NR.",
        ),
        Criterion(
            "no public compensation",
            _lacks(r"\b(vouchers?|discounts?|coupons?|gifts?|compensat\w*|euros?|EUR)\b|€|(?<!feel )\bfree\b(?! of)"),
            "Leave compensation out of the thread: offered there, it feeds the storm. Decide it today, give it in private.",
        ),
        Criterion(
            "no blame or belittling",
            _lacks(
                r"\byou (?:should|must|could) have\b|\b(?:supplier|intern|competitor)s?\b|\bcalm down\b|\bonly coffee\b"
                r"|\boverreact\w*|\bharmless\b|\bstop (?:posting|spreading)\b|\blawyers?\b|\bonly a (?:few|handful)\b"
            ),
            "Blame nobody and make nothing small: the cause is not known yet, and you do not know who was affected.",
        ),
        Criterion(
            "no guess",
            _lacks(r"\bguarantee\w*|\bnever (?:\w+ )?(?:again|happens?)\b|\b100 ?%|\ball (?:other )?(?:bags|batches) are (?:fine|safe)\b|\bprobably\b|\bmust have been\b|\bmachine\b|\bmix(?:ed|-| )up\b"),
            "Say only what you know. A guess that turns out wrong is the second crisis.",
        ),
        Criterion(
            "no personal data in public",
            _lacks(r"\b(?:post|give|leave|tell us|send us|reply with|write|comment) your (?:\w+ )?(?:address|phone|e-?mail|order|name|number)\b"),
            "Ask for no address, number or e-mail in public.",
        ),
    ),
    exemplars=lambda: {
        "good": (
            "Some bags that we sold as regular coffee hold decaf. That is our mistake, and we are sorry for your flat Monday. "
            "If your coffee of this month does not wake you, put the bag aside and send us a private message with a photo of the "
            "batch: we will write back and replace it. We are looking for the cause, and I will post what we know at 14:00 "
            "today. ^NR"
        ),
        "almost": (
            "Some bags that we sold as regular coffee hold decaf. That is our mistake, and we are sorry. If your coffee does "
            "not wake you, put the bag aside and send us a private message: we will replace it and add a voucher for your "
            "trouble. We will keep you informed. ^NR"
        ),
        "not yet": (
            "We are sorry if anybody felt tired, but our supplier probably mixed something up. It is harmless, only a few bags "
            "are concerned, and all other bags are fine. You should have read the label. Please reply with your order number and "
            "you get a 20% discount. This will never happen again."
        ),
    },
    praise="People know what happened, what to do, and when they hear more. Nobody has a reason to ask the same again.",
    cannot_judge="(This check reads words. It cannot hear your tone, nor see whether news comes at the time: ask a colleague.)",
)

TASKS = {
    "14-1": Task(
        right=_moves,
        mistakes=(
            Mistake(
                "a large storm rings falsely",
                lambda: _words("up", "up", "down"),
                "A false alarm happens in a calm hour. How large a storm will be does not touch calm hours.",
            ),
            Mistake(
                "only the mean counts",
                lambda: _words("same", "same", "down"),
                "The mean stays, but lumpier hours reach far more often beyond the limit.",
            ),
            Mistake(
                "limit turned round",
                lambda: _words("up", "same", "up"),
                "A higher limit is reached by fewer hours: fewer false alarms, and storms seen later.",
            ),
        ),
        praise="right. Calm hours alone decide the false alarms; the size of the storm decides how soon you see it.",
        reread="'What does an alarm cost?' in notebook 14",
    ),
    "14-2": Task(
        right=lambda: crisis.ears_threshold_t(_before()),
        mistakes=(
            Mistake(
                "z instead of t",
                lambda: crisis.ears_threshold(_before()),
                "That is C1 with the normal quantile: it rings about fourteen times as often as it promises. Take Student's t.",
            ),
            Mistake(
                "the day itself counted",
                lambda: crisis.ears_threshold_t(_before(include=True)),
                "Your seven days include the day itself. An attack would then raise its own threshold.",
            ),
            Mistake(
                "the gap of C2",
                lambda: crisis.ears_threshold_t(_before(gap=2)),
                "You left two days out. That is the baseline of C2; the task asks for the seven days right before.",
            ),
            Mistake(
                "deviation of the population",
                lambda: crisis.ears_threshold_t(_before())
                - (1 - (6 / 7) ** 0.5) * (crisis.ears_threshold_t(_before()) - _before().mean()),
                "You divided by seven. These days are a sample, so the variance divides by six.",
            ),
        ),
        praise="right, in mentions a day. The day of the attack brought far more, and the alarm would have come at midnight.",
        reread="'By hand: a threshold from seven days' in notebook 14",
        unit="mentions",
    ),
    "14-3": Task(
        right=_false_calls,
        mistakes=(
            Mistake(
                "the colleague's value",
                lambda: _false_calls(everything=True, single_hours=True, year=True),
                "That is the colleague's own value: all three faults are still in it.",
            ),
            Mistake(
                "single hours",
                lambda: _false_calls(single_hours=True),
                "You still count each hour that rings. Hours close together call a person out once.",
            ),
            Mistake(
                "episodes counted",
                lambda: _false_calls(everything=True),
                "You still count alarms in the labelled episodes. Those are what the alarm is for.",
            ),
            Mistake(
                "twelve months",
                lambda: _false_calls(year=True),
                "You divided by twelve months, but more than a month of the year was no calm time.",
            ),
        ),
        praise="right, call-outs in a calm month. Nobody gets out of bed for such an alarm a third week.",
        reread="'Nine detectors, judged on what they had not seen' in notebook 14",
        unit="call-outs",
    ),
    "14-4": Task(
        right=_levels,
        mistakes=(
            Mistake(
                "volume alone",
                lambda: {**_levels(), "a": 3, "b": 1},
                "You went by the number of mentions. In a hardly anybody is angry, and in b nearly everybody is.",
            ),
            Mistake(
                "harm overlooked",
                lambda: {**_levels(), "c": 0},
                "In c a person may come to harm. One credible report is a crisis, and no detector will ring for it.",
            ),
            Mistake(
                "praise is an incident",
                lambda: {**_levels(), "a": 2},
                "In a the angry are few, far from ten and from half of the talk. Somebody looks, and goes back to work.",
            ),
            Mistake(
                "the largest number decides",
                lambda: {**_levels(), "b": 3},
                "In b nearly all are angry, but they are fewer than a hundred: an incident, with its own steps.",
            ),
        ),
        praise="right. Sign and harm decide before volume does.",
        reread="'Four levels, hour by hour' in notebook 14",
    ),
    "14-5": Task(
        right=_agreement,
        mistakes=(
            Mistake(
                "bots counted",
                lambda: _agreement(people_only=False),
                "You still count the bots. `leaders.humans` leaves them and their edges out.",
            ),
            Mistake(
                "not the ranks",
                lambda: _agreement(method="pearson"),
                "That is Pearson's correlation of the numbers, which one account with a million followers decides. Take the ranks.",
            ),
            Mistake(
                "all acts",
                lambda: _agreement(measure="acts_received"),
                "You took mentions and retweets together. The task asks for retweets alone.",
            ),
        ),
        praise="right. Next to nothing in common: a list by followers is no list of leaders.",
        reread="'Who leads the talk depends on the question' in notebook 14",
    ),
    "14-6": REPLY,
}
