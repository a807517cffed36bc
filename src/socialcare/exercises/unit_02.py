"""The tasks of unit 02, marketing eras: right answers and typical slips, all computed from the marked statements."""

import functools
import re

from socialcare import datasets, marketing_eras
from socialcare.exercises import Criterion, Mistake, Rubric, Task
from socialcare.formulas.wording import number

BRISA, AUREA = "Café Brisa", "Molienda Áurea"
UNMARKED = ("E08", "E22", "E33", "E41", "E57", "E70")
"""Statements that name a deed, marked alike by both raters, and harder than they look."""


@functools.cache
def _statements():
    return datasets.load_era_statements()


def _deeds():
    return _statements()[_statements()["names_a_deed"]]


class Marking(Task):
    """A task in which the student marks statements: the check says which marks to look at again, not what to write."""

    def hint(self, answer: object, right: object) -> str:
        """Return which statements differ, and what to ask of them."""
        differ = [name for name in right if dict(answer)[name] != right[name]]
        return (
            f"{len(right) - len(differ)} of {len(right)} as both raters marked them. Look again at {', '.join(differ)}: "
            "which rule of its row does the sentence meet, word for word?"
        )


# 02-1 predict: mark six statements
def _marks() -> dict[str, int]:
    return {name: int(mark) for name, mark in _statements().set_index("statement_id")["rater_1"][list(UNMARKED)].items()}


def _heard(changes: dict[str, int]) -> dict[str, int]:
    return _marks() | changes


# 02-2 complete: kappa of one firm
def _kappa(weights: str, firm: str | None = AUREA) -> float:
    statements = _statements()
    return marketing_eras.agreement(statements if firm is None else statements[statements["firm"] == firm], weights).kappa


def _equal() -> float:
    return marketing_eras.agreement(_statements()[_statements()["firm"] == AUREA]).equal


# 02-3 fix: a colleague's kappa for Café Brisa
def _brisa(*, slogans: bool = False, near_is_equal: bool = False, uniform: bool = False, plain: bool = False) -> float:
    statements = _statements() if slogans else _deeds()
    statements = statements[statements["firm"] == BRISA]
    distance = (statements["rater_1"] - statements["rater_2"]).abs()
    if near_is_equal:
        return ((distance <= 1).mean() - 1 / 3) / (1 - 1 / 3)
    if uniform:  # of nine pairs of eras, four are one era apart and two are two eras apart
        return 1 - float(distance.mean() / 2) / ((4 * 0.5 + 2 * 1) / 9)
    return marketing_eras.agreement(statements, "none" if plain else "linear").kappa


# 02-4 apply: the row on which two firms are furthest apart
def _gap(*, slogans: bool = False, turned: bool = False, largest: bool = False) -> dict[str, object]:
    profiles = marketing_eras.profile(_statements() if slogans else _deeds(), datasets.load_marketing_eras())
    gaps = profiles.loc[AUREA, "score"] - profiles.loc[BRISA, "score"]
    row = gaps.idxmax() if largest else gaps.abs().idxmax()
    return {"row": str(row), "gap": float(-gaps[row] if turned else gaps[row])}


# 02-5 apply: PAR and BAR from a survey
SURVEY = {"asked": 2_000, "prompted": 1_100, "unprompted": 640, "buyers": 96, "advocates": 40}


def _ratios(base: str, bar_base: str | None = None) -> dict[str, float]:
    return {
        "PAR": marketing_eras.purchase_action_ratio(SURVEY["buyers"], SURVEY[base]),
        "BAR": marketing_eras.brand_advocacy_ratio(SURVEY["advocates"], SURVEY[bar_base or base]),
    }


# 02-6 judge: are we 3.0?
@functools.cache
def _findings() -> dict[str, str]:
    profiles = marketing_eras.profile(_deeds(), datasets.load_marketing_eras())
    agreement = marketing_eras.agreement(_deeds())
    near = int((profiles.loc[BRISA, "score"] - 2).abs().lt(0.5).sum())
    names = {2: "two", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight"}
    return {
        "near": str(near),
        "near_word": names[near],
        "kappa": number(agreement.kappa, 2),
        "low": number(agreement.low, 2),
        "high": number(agreement.high, 2),
        "interaction": number(profiles.loc[(BRISA, "interaction"), "score"], 2),
    }


def _has(pattern: str):
    return lambda text: re.search(pattern, text, re.IGNORECASE) is not None


def _figure(name: str) -> str:
    """Return the pattern of a number that may lack its nought or carry a comma: 0.92, .92 or 0,92."""
    whole, decimals = _findings()[name].split(".")
    return rf"(?<!\d)(?:{whole})?[.,]{decimals}(?!\d)"


def _rows(text: str) -> bool:
    near, word = _findings()["near"], _findings()["near_word"]
    return _has(rf"\b(?:{near}|{word}) (?:of|out of) (?:the |our )?(?:8|eight)\b")(text) and _has(r"\b2\.0\b")(text)


def _no_law_of_history(text: str) -> bool:
    """True if no sentence says that a firm must move up; "we need not become 3.0" does not say so."""
    push = r"\b(?:must|has to|have to|need to|will) (?:all )?(?:become|reach|move|get)\b|\bleft behind\b|\bbackward\b|\bnext level\b"
    sentences = re.split(r"(?<!\d)[.!?]|[.!?](?!\d)", text)
    return not any(_has(push)(sentence) and not _has(r"\b(?:not|no|nobody|never)\b")(sentence) for sentence in sentences)


def _exemplars() -> dict[str, str]:
    found = _findings()
    return {
        "good": (
            f"We are not 3.0 as a whole. By our own statements we live in 2.0: {found['near_word']} of eight rows are near "
            f"it. Interaction stands at {found['interaction']}, because customers answer each other and chose a blend in "
            f"the open. Two raters marked the 60 statements of three firms that name a deed; slogans were set aside. Linear "
            f"kappa is {found['kappa']} (95% interval {found['low']} to {found['high']}). These are our words, and nobody has "
            "checked yet whether we act on them. Being mixed is no fault. By Friday, Iker counts how many questions of last "
            "month customers answered for each other, and we put that number beside the slide."
        ),
        "almost": (
            f"We are not 3.0 as a whole. By our own statements we live in 2.0: {found['near_word']} of eight rows are near "
            f"it. Interaction stands at {found['interaction']}, because customers answer each other. Slogans were set aside. "
            f"Linear kappa of the two raters is {found['kappa']}. These are our words, and nobody has checked yet whether "
            "we act on them. By Friday, Iker counts the questions that customers answered for each other."
        ),
        "not yet": (
            "Good news: we are Marketing 3.0! Our community loves our values and both of our raters agreed most of the "
            "time, which proves it. Firms that do not become 3.0 will be left behind. We must reach 4.0 next, because each "
            "era replaces the one before. Let us put the slide on the website and tell the world about our spirit."
        ),
    }


NOTE = Rubric(
    criteria=(
        Criterion(
            "length",
            lambda text: 40 <= len(text.split()) <= 140,
            "Use 40 to 140 words: an owner reads one short paragraph.",
        ),
        Criterion("verdict", _rows, "Name the era and how many of the eight rows are near it, counted on deeds."),
        Criterion(
            "interaction",
            lambda text: _has(r"\binteraction\b")(text) and _has(_figure("interaction"))(text),
            "Say where the row of interaction stands: it is what the owner's slide is about.",
        ),
        Criterion("kappa", lambda text: _has(r"\bkappa\b")(text) and _has(_figure("kappa"))(text), "Quote kappa for deeds."),
        Criterion(
            "interval",
            lambda text: _has(_figure("low"))(text) and _has(_figure("high"))(text),
            "Give kappa's interval: both ends, rounded to two digits.",
        ),
        Criterion("slogans", _has(r"\bslogans?\b"), "Say what you did with the slogans: they were set aside."),
        Criterion(
            "words, not acts",
            _has(r"\b(?:our words|what we say|say about ourselves|our own statements|only statements)\b"),
            "Say that these are the firm's own words and not what its log shows.",
        ),
        Criterion(
            "no law of history",
            _no_law_of_history,
            "Do not tell the owner that he must move up: the eras are a lens, and being mixed is no fault.",
        ),
        Criterion(
            "next step",
            lambda text: (
                _has(r"\b(?:counts?|check\w*|measures?|compares?|asks?|marks?|answers?)\b")(text)
                and _has(
                    r"\bby (?:\w+day|\d|tomorrow|next|the end)|\b(?:until|before|within|this week|on (?:mon|tues|wednes|thurs|fri)day)\b"
                )(text)
            ),
            "End with one next step and when it is done: who counts or checks what, and by when.",
        ),
    ),
    exemplars=_exemplars,
    praise="The owner now knows what the slide may say.",
    cannot_judge="(This check reads words and numbers. It cannot judge your tone or whether the plan is wise: ask a colleague.)",
)

TASKS = {
    "02-1": Marking(
        right=_marks,
        mistakes=(
            Mistake(
                "an answer is a relation",
                lambda: _heard({"E41": 2}),
                "E41 is about an answer to one person, but its row asks for the guideline and not for the channel: what binds "
                "whoever answers?",
            ),
            Mistake(
                "to everybody is many-to-many",
                lambda: _heard({"E70": 3}),
                "E70 reaches many and still comes from one side: the address takes no replies. Many-to-many needs customers "
                "who talk to each other.",
            ),
            Mistake(
                "data are new",
                lambda: _heard({"E33": 3}),
                "E33 uses a file on customers. That is the information technology of 2.0; 3.0 asks for tools with which "
                "customers publish, edit and share.",
            ),
            Mistake(
                "each one era up",
                lambda: {name: min(mark + 1, 3) for name, mark in _marks().items()},
                "Every mark below 3.0 is one era too high: you read the sentences kindly. Ask of each which rule it meets.",
            ),
        ),
        praise="right, as both raters did. You read what the sentence names, and not how it sounds.",
        reread="'Look at the table before any mark' in notebook 02",
    ),
    "02-2": Task(
        right=lambda: _kappa("quadratic"),
        mistakes=(
            Mistake(
                "linear weights",
                lambda: _kappa("linear"),
                "That is kappa with linear weights. The task asks for quadratic ones, in which a miss of two eras counts "
                "four times a miss of one.",
            ),
            Mistake(
                "no weights",
                lambda: _kappa("none"),
                "You counted every miss alike. The eras stand in order: give the weights to the function.",
            ),
            Mistake(
                "equal marks",
                _equal,
                "That is the share of equal marks. Kappa takes out what chance alone would give.",
            ),
            Mistake(
                "all firms",
                lambda: _kappa("quadratic", None),
                "That is kappa of all three firms. Keep the statements of Molienda Áurea only.",
            ),
        ),
        praise="right. All its misses are slogans, and half of them are two eras apart: quadratic weights punish those most.",
        reread="'By hand: agreement on one row of the table' in notebook 02",
    ),
    "02-3": Task(
        right=_brisa,
        mistakes=(
            Mistake(
                "the colleague's value",
                lambda: _brisa(slogans=True, near_is_equal=True),
                "That is the colleague's own value: all three faults are still in it.",
            ),
            Mistake(
                "slogans kept",
                lambda: _brisa(slogans=True),
                "The slogans are still in. No deed, no mark: filter by `names_a_deed` first.",
            ),
            Mistake(
                "chance is a third",
                lambda: _brisa(uniform=True),
                "You still let chance mark each era equally often. Chance is what these two raters' own habits would give.",
            ),
            Mistake(
                "every miss alike",
                lambda: _brisa(plain=True),
                "You still count every miss alike. With linear weights a miss of one era counts half.",
            ),
        ),
        praise="right. Nothing was perfect: the colleague had defined the misses away. Chance gives much where one era is common.",
        reread="'Many equal marks can prove little' in notebook 02",
    ),
    "02-4": Task(
        right=_gap,
        mistakes=(
            Mistake(
                "slogans kept",
                lambda: _gap(slogans=True),
                "The row is right, the gap is not: the slogans are still in. Use the statements that name a deed.",
            ),
            Mistake(
                "sign turned",
                lambda: _gap(turned=True),
                "The sign is turned. Take Molienda Áurea first, then Café Brisa.",
            ),
            Mistake(
                "largest, not furthest",
                lambda: _gap(largest=True),
                "That is the row on which Molienda Áurea is furthest ahead. A gap the other way is larger: compare sizes "
                "without their sign.",
            ),
        ),
        praise="right. The firm that speaks most of values lets its customers talk least.",
        reread="'The profile: eight scores, not one' in notebook 02",
    ),
    "02-5": Task(
        right=lambda: _ratios("unprompted"),
        mistakes=(
            Mistake(
                "everybody asked",
                lambda: _ratios("asked"),
                "You divided by everybody who was asked. Both ratios start from the people who know the brand.",
            ),
            Mistake(
                "prompted awareness",
                lambda: _ratios("prompted"),
                "You divided by those who knew the brand once they saw the logo. Both ratios take unprompted awareness.",
            ),
            Mistake(
                "advocates among buyers",
                lambda: _ratios("unprompted", "buyers"),
                "PAR is right. For BAR you divided by the buyers; it has the same base as PAR, so that the two compare.",
            ),
        ),
        praise="right. Report both with their base: divided by everybody asked, the same answers look a third as good.",
        reread="'Later eras, and two ratios that you can compute' in notebook 02",
    ),
    "02-6": NOTE,
}
