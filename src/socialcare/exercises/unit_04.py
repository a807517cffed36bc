"""The tasks of unit 04, segmentation: right answers and typical slips, all computed from Café Brisa's tables."""

import functools
import re

import pandas as pd

from socialcare import datasets, segmentation
from socialcare.exercises import Criterion, Mistake, Rubric, Task

ORDERS_OF_TEN = (1, 1, 1, 1, 2, 2, 3, 5, 8, 13)
CATEGORY, CONTACT_COST = "cold_brew", 1.80
SPLIT = {"2024": ("2024-10-01", "2025-01-01"), "2025": ("2025-10-01", "2026-01-01")}


@functools.cache
def _orders() -> pd.DataFrame:
    return datasets.load("orders")


@functools.cache
def _customers() -> pd.DataFrame:
    return datasets.load("customers").set_index("customer_id")


# 04-1 predict: the frequency scores of ten customers
def _scores(below) -> dict[str, int]:
    names = {"one order": 1, "two orders": 2, "thirteen orders": 13}
    return {name: segmentation.rfm_score(below(own), len(ORDERS_OF_TEN)) for name, own in names.items()}


def _fewer(own: int) -> int:
    return sum(other < own for other in ORDERS_OF_TEN)


# 04-2 complete: customers whom Café Brisa could not lose in the middle of 2025
@functools.cache
def _segment(at: str) -> pd.Series:
    return segmentation.rfm(_orders(), at)["segment"]


def _cannot_lose(at: str = "2025-07-01", segment: str = "Cannot lose") -> int:
    return int((_segment(at) == segment).sum())


# 04-3 fix: a colleague's propensity with two faults
def _outcome(year: str, people: pd.Index) -> pd.Series:
    start, end = SPLIT[year]
    orders = _orders()
    quarter = orders["ordered_at"].between(start, end, inclusive="left") & (orders["category"] == CATEGORY)
    return people.to_series().isin(orders.loc[quarter, "customer_id"])


@functools.cache
def _auc(features_at: str, learn_from: str) -> float:
    """AUC for autumn 2025; ``learn_from`` names the year of the training data, ``features_at`` when the inputs end."""
    now = segmentation.offer_features(_orders(), features_at, CATEGORY)
    before = now if learn_from == "2025" else segmentation.offer_features(_orders(), SPLIT[learn_from][0], CATEGORY)
    model = segmentation.fit_propensity(before, _outcome(learn_from, before.index))
    chance = segmentation.predict_propensity(model, now)
    return segmentation.quality(_outcome("2025", now.index), chance, resamples=10).auc


# 04-4 apply: how many customers a card for cold brew should reach
@functools.cache
def _chances() -> pd.Series:
    before, now = (segmentation.offer_features(_orders(), start, CATEGORY) for start, _ in SPLIT.values())
    return segmentation.predict_propensity(segmentation.fit_propensity(before, _outcome("2024", before.index)), now)


def _reach(threshold: float) -> int:
    return int((_chances() >= threshold).sum())


def _mean(column: str) -> float:
    orders = _orders()
    return float(orders.loc[orders["category"] == CATEGORY, column].mean())


# 04-5 apply: do the buyers of gift boxes mirror gender?
def _buyers(category: str) -> pd.Series:
    orders = _orders()
    return _customers().index.to_series().isin(orders.loc[orders["category"] == category, "customer_id"])


@functools.cache
def _mirror(category: str = "gift_box", *, silent_as_others: bool = False) -> float:
    declared = _customers()["gender_declared"]
    if silent_as_others:
        declared = declared.fillna("not declared")
    return float(segmentation.mirrors(_buyers(category), declared).loc["woman", "auc"])


def _share_of_women() -> float:
    declared = _customers().loc[_buyers("gift_box"), "gender_declared"].dropna()
    return float((declared == "woman").mean())


# 04-6 judge: a note to the owner about seven lifestyles
@functools.cache
def _evidence() -> dict[str, str]:
    answers = segmentation.standardised(_customers().filter(like="attitude_"))
    declared = _customers()["lifestyle_declared"]
    return {
        "agreement": f"{segmentation.agreement(segmentation.k_means(answers, 7), declared):.2f}",
        "stability": f"{segmentation.stability(answers, 7, resamples=8).agreement:.2f}",
    }


def _has(pattern: str):
    return lambda text: re.search(pattern, text, re.IGNORECASE) is not None


def _quotes(text: str) -> bool:
    return any(number in text for number in _evidence().values())


def _declines(text: str) -> bool:
    """True if a sentence says not to buy the seven texts."""
    return any(
        _has(r"\b(seven|agency|texts?|campaigns?)\b")(sentence)
        and _has(r"\b(not|no|never|without|instead|against)\b")(sentence)
        for sentence in re.split(r"[.!?](?:\s|$)", text)
    )


def _leaves_photos_alone(text: str) -> bool:
    """True if no sentence plans to read people off photos or profiles; "we do not use photos" plans nothing."""
    guess = r"\b(photos?|pictures?|bios?|guess\w*|infer\w*)\b"
    sentences = re.split(r"[.!?](?:\s|$)", text)
    return not any(_has(guess)(sentence) and not _has(r"\b(not|no|never)\b")(sentence) for sentence in sentences)


def _exemplars() -> dict[str, str]:
    found = _evidence()
    return {
        "good": (
            "I would not buy the seven texts. Clusters of our customers' own answers agree with the seven lifestyles at "
            f"{found['agreement']} only, where 1 is the same and 0 is chance. The answers hold three groups, and neither three nor "
            "seven says anything about what people buy. Orders do: they show four groups. Let us write two texts, for the "
            "regulars of small bags and of dear baskets, and send them by 1 February. A random tenth gets none, so that "
            "we learn what the texts cause."
        ),
        "almost": (
            "I would not buy the seven texts. Clusters of our customers' own answers agree with the seven lifestyles at "
            f"{found['agreement']} only. The answers hold three groups, and neither says anything about what people buy. Let us "
            "write two texts, for the regulars of small bags and of dear baskets, and send them by 1 February."
        ),
        "not yet": (
            "Great idea from the agency! Seven lifestyles are modern and every customer will feel understood. We can complete the "
            "types with their profile photos, so that nobody is left out, and the return will be excellent. Let us book all of "
            "the texts and roll them out to the whole base as soon as the designs are ready, because speed matters here."
        ),
    }


NOTE = Rubric(
    criteria=(
        Criterion(
            "length",
            lambda text: 40 <= len(text.split()) <= 130,
            "Use 40 to 130 words: an owner reads one short paragraph.",
        ),
        Criterion("verdict", _declines, "Say plainly that you would not buy the seven texts."),
        Criterion(
            "evidence",
            _quotes,
            "Quote a number: the agreement of seven clusters with the profiles, or their stability.",
        ),
        Criterion("three", _has(r"\bthree\b|\b3\b"), "Be fair: say how many groups the answers do hold."),
        Criterion(
            "behaviour",
            _has(r"\b(behaviou?r|buy\w*|bought|orders?|purchase\w*|RFM)\b"),
            "Say what does sort customers: what they buy.",
        ),
        Criterion(
            "next step",
            lambda text: (
                _has(r"\b(write|send|call|test|contact|mail)\b")(text)
                and _has(
                    r"\b(by|before|until|from|on) (?:\w+ )?(?:\d|monday|tuesday|wednesday|thursday|friday|january|february|march)"
                )(text)
            ),
            "End with one next step and its date: what goes to which group, and by when.",
        ),
        Criterion(
            "control group",
            _has(r"\b(control group|random\w*|hold ?-?out|A/B)\b"),
            "Keep a random part without the message: otherwise nobody will know what it caused.",
        ),
        Criterion(
            "no guessing",
            _leaves_photos_alone,
            "Do not read people off photos or profiles: the law counts an inference as the thing itself.",
        ),
    ),
    exemplars=_exemplars,
    praise="The owner knows what the data say, and what you will do instead.",
    cannot_judge="(This check reads words and numbers. It cannot judge your tone or whether the plan is wise: ask a colleague.)",
)

TASKS = {
    "04-1": Task(
        right=lambda: _scores(_fewer),
        mistakes=(
            Mistake(
                "ties counted as worse",
                lambda: _scores(lambda own: sum(other <= own for other in ORDERS_OF_TEN) - 1),
                "You counted the customers with as many orders, too. Only those with fewer are worse.",
            ),
            Mistake(
                "no score left out",
                lambda: {"one order": 1, "two orders": 2, "thirteen orders": 5},
                "You gave the next score to the next number of orders. The score counts customers: four of ten stand below "
                "two orders, so score 2 stays empty.",
            ),
            Mistake(
                "turned round",
                lambda: {name: 6 - score for name, score in _scores(_fewer).items()},
                "Your scores are turned round. 5 is the best.",
            ),
        ),
        praise="right. Equal customers share a score, and a large tie leaves the next score empty.",
        reread="'By hand: recency, frequency, money' in notebook 04",
    ),
    "04-2": Task(
        right=_cannot_lose,
        mistakes=(
            Mistake(
                "the end of the year",
                lambda: _cannot_lose("2026-01-01"),
                "That is the segment on 1 January 2026. Give the date of the task to `rfm`.",
            ),
            Mistake(
                "at risk",
                lambda: _cannot_lose(segment="At risk"),
                "You counted *At risk*. The task asks for *Cannot lose*.",
            ),
            Mistake(
                "a share",
                lambda: _cannot_lose() / len(_segment("2025-07-01")),
                "That is the share of all customers. The telephone needs a number of people.",
            ),
        ),
        praise="right. So many good customers had fallen silent by the middle of the year: a list for the telephone.",
        reread="'By hand: recency, frequency, money' in notebook 04",
        unit="customers",
    ),
    "04-3": Task(
        right=lambda: _auc(SPLIT["2025"][0], "2024"),
        mistakes=(
            Mistake(
                "the colleague's value",
                lambda: _auc("2026-01-01", "2025"),
                "That is the colleague's own value: both faults are still in it.",
            ),
            Mistake(
                "tested on the training data",
                lambda: _auc(SPLIT["2025"][0], "2025"),
                "The inputs end in time now, but the model is tested on the year that it has learned from.",
            ),
            Mistake(
                "inputs leak",
                lambda: _auc("2026-01-01", "2024"),
                "The model learns from 2024 now, but the inputs of 2025 still run to the end of the year: they contain the "
                "purchase that you predict.",
            ),
        ),
        praise="right. The honest value is lower, and it is the one that your money will see.",
        reread="'Who would take the offer?' in notebook 04",
    ),
    "04-4": Task(
        right=lambda: _reach(segmentation.break_even_probability(CONTACT_COST, _mean("margin_eur"))),
        mistakes=(
            Mistake(
                "revenue instead of margin",
                lambda: _reach(segmentation.break_even_probability(CONTACT_COST, _mean("amount_eur"))),
                "You divided by the amount paid. The card is repaid by the margin.",
            ),
            Mistake(
                "one half",
                lambda: _reach(0.5),
                "You contacted those who are more likely to buy than not. A card is cheap: it pays at far lower chances.",
            ),
            Mistake(
                "those who must not get it",
                lambda: (
                    len(_chances()) - _reach(segmentation.break_even_probability(CONTACT_COST, _mean("margin_eur")))
                ),
                "You counted the customers below the threshold.",
            ),
        ),
        praise="right. From there down, a card costs more than it can bring, even if it caused each purchase.",
        reread="'Who would take the offer?' in notebook 04",
        unit="customers",
    ),
    "04-5": Task(
        right=_mirror,
        mistakes=(
            Mistake(
                "cold brew",
                lambda: _mirror("cold_brew"),
                "That is the segment of the notebook, cold brew. The task asks for gift boxes.",
            ),
            Mistake(
                "share of women",
                _share_of_women,
                "That is the share of women in the segment. It says nothing about women outside: take the AUC.",
            ),
            Mistake(
                "silence as an answer",
                lambda: _mirror(silent_as_others=True),
                "You counted those who declared nothing as another gender. Leave them out: nobody may guess for them.",
            ),
        ),
        praise="right. That is below the threshold of the course, 0.60, and near a coin: the catalogue may go ahead.",
        reread="'A segment that mirrors people' in notebook 04",
    ),
    "04-6": NOTE,
}
