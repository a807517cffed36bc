"""The tasks of unit 07, diversity: right answers and typical slips, computed from Café Brisa's cases."""

import functools
import re

import pandas as pd

from socialcare import datasets, parity
from socialcare.exercises import Criterion, Mistake, Rubric, Task
from socialcare.formulas.wording import number, percent

MARGIN = 0.05


@functools.cache
def _tickets() -> pd.DataFrame:
    return datasets.load("tickets")


@functools.cache
def _cases() -> pd.DataFrame:
    customers = datasets.load("customers")[["customer_id", "country"]]
    return parity.answered_within(_tickets()).merge(customers, on="customer_id", how="left")


# 07-1 predict: which verdict do the cases allow?
AUDITS = {
    "74% of 70 cases against 74% of 4,000": (52, 70, 2960, 4000),
    "74% of 3,000 cases against 74% of 4,000": (2220, 3000, 2960, 4000),
    "61% of 340 cases against 74% of 4,000": (207, 340, 2960, 4000),
    "72% of 10,000 cases against 74% of 10,000": (7200, 10_000, 7400, 10_000),
}


def _verdicts() -> dict[str, str]:
    return {name: parity.verdict(*counts, MARGIN) for name, counts in AUDITS.items()}


def _said(*verdicts: str) -> dict[str, str]:
    return dict(zip(AUDITS, verdicts, strict=True))


# 07-2 complete: an interval of the difference on one channel, in points
def _facebook() -> tuple[int, int, int, int]:
    table = parity.counts(_cases(), ["channel", "language"]).set_index(["channel", "language"]).loc["facebook"]
    (n, good), (m, well) = table.loc[["en", "es"], ["cases", "successes"]].to_numpy().tolist()
    return good, n, well, m


def _ends(counts: tuple[int, int, int, int], confidence: float = 0.95, scale: float = 100) -> dict[str, float]:
    low, high = parity.newcombe_interval(*counts, confidence)
    return {"low": scale * low, "high": scale * high}


def _swapped(counts: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    return counts[2:] + counts[:2]


# 07-3 fix: a colleague's share of Catalan cases on twitter
def _catalan(*, answered_only: bool = False, automatic: bool = False) -> float:
    tickets = _tickets()
    part = tickets[(tickets["language"] == "ca") & (tickets["channel"] == "twitter")]
    if automatic:
        first = part[["first_auto_reply_at", "first_human_reply_at"]].min(axis=1)
        part = part.assign(first_human_reply_at=first)
    if answered_only:
        part = part[part["first_human_reply_at"].notna()]
    return 100 * float(parity.answered_within(part)["answered_in_time"].mean())


def _catalan_everywhere() -> float:
    cases = _cases()
    return 100 * float(cases.loc[cases["language"] == "ca", "answered_in_time"].mean())


# 07-4 apply: cases that a proof needs
def _needed(margin: float = 0.04, **options: float) -> float:
    return parity.equivalence_sample_size(0.80, margin, **{"power": 0.9, "cases_b": 6000, **options})


# 07-5 apply: Mexico and Spain with the mix of channels held equal
@functools.cache
def _mexico(outcome: str = parity.OUTCOME) -> parity.CommonDifference:
    return parity.common(_cases(), "country", "MX", "ES", stratum="channel", basis="service record", outcome=outcome)


@functools.cache
def _plain_mean() -> float:
    rows = parity.by_stratum(_cases(), "country", "MX", "ES", stratum="channel", basis="service record")
    return float(rows["difference"].mean())


# 07-6 judge: an answer to the owner
@functools.cache
def _french() -> pd.Series:
    return parity.compare(_cases(), "language").loc["fr"]


def _has(pattern: str):
    return lambda text: re.search(pattern, text, re.IGNORECASE) is not None


def _has_share(text: str) -> bool:
    share = 100 * _french()["share"]
    return any(abs(float(found) - share) < 0.6 for found in re.findall(r"(\d+(?:\.\d+)?) ?(?:%|per ?cent)", text))


def _has_ends(text: str) -> bool:
    wanted = [abs(100 * _french()[end]) for end in ("low", "high")]
    found = [abs(float(value)) for value in re.findall(r"\d+(?:\.\d+)?", text)]
    return all(any(abs(value - end) < 0.6 for value in found) for end in wanted)


def _no_false_parity(text: str) -> bool:
    """True unless a sentence claims equal treatment without a word that denies or conditions it."""
    for sentence in re.split(r"(?<=[.!?;:])\s+", text):
        claim = re.search(r"\b(?:parity|alike|equally|no gap|the same service)\b", sentence, re.IGNORECASE)
        doubt = re.search(r"\b(?:not|no proof|cannot|never|neither|if|whether|until|to show|would show|could show)\b|n't|n’t", sentence, re.I)
        if claim and not doubt:
            return False
    return True


def _refuses_photos(text: str) -> bool:
    """True if a sentence that names photos or profiles also refuses."""
    photos, refusal = _has(r"photo|picture|profile"), _has(r"\b(?:not|never|cannot|refuse|unlawful|against|illegal)\b|n't|n’t")
    return any(photos(sentence) and refusal(sentence) for sentence in re.split(r"(?<=[.!?;:])\s+", text))


def _exemplars() -> dict[str, str]:
    french = _french()
    share, cases = percent(100 * french["share"]), number(int(french["cases"]))
    ends = f"{number(100 * french['low'], 1)} to {number(100 * french['high'], 1)}"
    return {
        "good": (
            f"We cannot say that we serve French speakers alike: {share} of {cases} cases were answered within a day, and "
            f"the difference from Spanish may be anything from {ends} points. That is not enough data; to show parity "
            "within five points we need about 770 cases. I will not guess anybody's origin from photos: an inference "
            "counts as special data under GDPR article 9. We ask for declared needs instead and hide the photos from "
            "agents. I will report again by 1 March with this year's cases added."
        ),
        "almost": (
            f"We cannot say that we serve French speakers alike: {share} of {cases} cases were answered within a day, "
            f"with a difference of {ends} points from Spanish. That is not enough data. Guessing origin from photos is "
            "against GDPR article 9, so I leave it and ask for declared needs instead. I will report again."
        ),
        "not yet": (
            "There is no significant difference for French, so we treat everybody alike and can say so in public. I will "
            "look at the profile photos next to see where people come from, and we can then serve each origin better."
        ),
    }


NOTE = Rubric(
    criteria=(
        Criterion("length", lambda text: 40 <= len(text.split()) <= 130, "Write 40 to 130 words: the owner reads one screen."),
        Criterion("share", _has_share, "Give the share of French cases that were answered within a day, in percent."),
        Criterion("interval", _has_ends, "Give both ends of the 95% interval of the difference from Spanish, in points."),
        Criterion("verdict", _has(r"not enough (?:data|cases)|too few"), "Name the verdict: not enough data."),
        Criterion(
            "no false parity",
            _no_false_parity,
            "Do not claim that all are served alike: no significant difference is no proof of equality.",
        ),
        Criterion(
            "cases needed",
            _has(r"\b(?:7[5-9]\d|8[0-2]\d|about \d{3,4}|some \d{3,4})\b.{0,40}\b(?:cases|more)\b|\bneed\w*\b.{0,40}\b\d{3,4}\b"),
            "Say how many cases would be enough to show parity within five points.",
        ),
        Criterion(
            "no photos",
            _refuses_photos,
            "Refuse to read origin from photos, in plain words.",
        ),
        Criterion("law", _has(r"GDPR|article 9|art\. 9|special categor"), "Name the law: GDPR, article 9."),
        Criterion("declared", _has(r"\bdeclar\w+|\bask\b|\basking\b"), "Say what you do instead: ask for declared needs."),
        Criterion(
            "next step",
            _has(r"\bI (?:will|shall)\b|\bI'll\b"),
            "Say what you do next, in the first person.",
        ),
        Criterion(
            "date",
            _has(
                r"\b(?:by|on|before|until)\b.{0,25}\b(?:january|february|march|april|may|june|july|august|september|october"
                r"|november|december|monday|tuesday|wednesday|thursday|friday|next week|next month)\b"
            ),
            "Give a date for the next step.",
        ),
    ),
    exemplars=_exemplars,
    praise="The owner knows what you know, what you do not, and when that changes.",
    cannot_judge="(This check reads words and numbers. It cannot tell whether the owner will believe you: ask a colleague.)",
)

TASKS = {
    "07-1": Task(
        right=_verdicts,
        mistakes=(
            Mistake(
                "equal shares are parity",
                lambda: _said(parity.PARITY, parity.PARITY, parity.GAP, parity.SMALL_GAP),
                "Two equal shares are not parity if one rests on 70 cases: the interval still holds gaps beyond the margin.",
            ),
            Mistake(
                "every sure difference is a gap",
                lambda: _said(parity.NOT_ENOUGH, parity.PARITY, parity.GAP, parity.GAP),
                "Two points with 10,000 cases each are sure and small: the whole interval lies inside your own margin.",
            ),
            Mistake(
                "not significant is parity",
                lambda: _said(parity.PARITY, parity.PARITY, parity.GAP, parity.PARITY),
                "Only the second one shows parity. Look at the number of cases first, then at the interval.",
            ),
            Mistake(
                "no test shows equality",
                lambda: _said(parity.NOT_ENOUGH, parity.NOT_ENOUGH, parity.GAP, parity.SMALL_GAP),
                "Equality within a margin can be shown: with 3,000 cases the 90% interval lies inside five points.",
            ),
        ),
        praise="right. The verdict needs three things: the difference, the cases and a margin declared beforehand.",
        reread="'Not significant is not alike' in notebook 07",
    ),
    "07-2": Task(
        right=lambda: _ends(_facebook()),
        mistakes=(
            Mistake(
                "groups swapped",
                lambda: _ends(_swapped(_facebook())),
                "That is Spanish minus English. The task asks for English minus Spanish: its sign is the other one.",
            ),
            Mistake(
                "shares, not points",
                lambda: _ends(_facebook(), scale=1),
                "Those are proportions. The task asks for percentage points: × 100.",
            ),
            Mistake(
                "90 percent",
                lambda: _ends(_facebook(), 0.90),
                "That is the 90% interval, the one for parity. A difference is reported with 95%.",
            ),
        ),
        praise="right, in points. On Facebook, English is ahead, whatever the total says.",
        reread="'By hand: one difference and its interval' in notebook 07",
        unit="points",
    ),
    "07-3": Task(
        right=_catalan,
        mistakes=(
            Mistake(
                "the colleague's value",
                lambda: _catalan(answered_only=True, automatic=True),
                "That is the colleague's own value: both faults are still in it.",
            ),
            Mistake(
                "unanswered dropped",
                lambda: _catalan(answered_only=True),
                "You still drop the cases that nobody answered. They are the first that should count.",
            ),
            Mistake(
                "automatic replies counted",
                lambda: _catalan(automatic=True),
                "You still let an automatic reply stop the clock. It answers nobody.",
            ),
            Mistake(
                "all channels",
                _catalan_everywhere,
                "That is Catalan on all channels. The complaint is about Twitter, so take that channel alone.",
            ),
        ),
        praise="right, in percent. Both faults flattered the desk, and both would have silenced Laia.",
        reread="'Where this goes wrong' in notebook 07",
        unit="%",
    ),
    "07-4": Task(
        right=_needed,
        mistakes=(
            Mistake("margin of five points", lambda: _needed(0.05), "You took five points. This firm declared four."),
            Mistake(
                "power of 80 percent",
                lambda: _needed(power=0.8),
                "That finds parity in four of five audits. The task asks for nine of ten.",
            ),
            Mistake(
                "equal groups",
                lambda: _needed(cases_b=None),
                "That is for two groups of one size. The other group has 6,000 cases: give `cases_b`.",
            ),
            Mistake(
                "test of a difference",
                lambda: parity.sample_size(0.80, 0.76, 0.9),
                "That is the number for *finding* a gap of four points. To *show parity* you need the equivalence test.",
            ),
        ),
        praise="right, in cases. If the group has fewer in a year, say *not enough data* and go on counting.",
        reread="'Not significant is not alike' in notebook 07",
        unit="cases",
    ),
    "07-5": Task(
        right=lambda: {name: 100 * getattr(_mexico(), name) for name in ("crude", "difference")},
        mistakes=(
            Mistake(
                "proportions",
                lambda: {name: getattr(_mexico(), name) for name in ("crude", "difference")},
                "Those are proportions. The task asks for percentage points: × 100.",
            ),
            Mistake(
                "Spain minus Mexico",
                lambda: {name: -100 * getattr(_mexico(), name) for name in ("crude", "difference")},
                "That is Spain minus Mexico. The task asks for Mexico minus Spain.",
            ),
            Mistake(
                "plain mean of channels",
                lambda: {"crude": 100 * _mexico().crude, "difference": 100 * _plain_mean()},
                "That gives each channel the same weight, the smallest too. Mantel and Haenszel weigh by what each can tell.",
            ),
            Mistake(
                "the same number twice",
                lambda: {"crude": 100 * _mexico().crude, "difference": 100 * _mexico().crude},
                "You gave the crude difference twice. Hold the mix of channels equal for the second.",
            ),
        ),
        praise="right, in points. Mexico lags because of the channels that its customers use, and not because of where they live.",
        reread="'The channel turns the answer round' in notebook 07",
        unit="points",
    ),
    "07-6": NOTE,
}
