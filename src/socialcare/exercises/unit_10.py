"""The tasks of unit 10, purchase funnel and checkout: right answers and usual slips, computed from Café Brisa's "
"data."""

import functools
import re

from socialcare import checkout, datasets, funnel
from socialcare.exercises import Criterion, Mistake, Rubric, Task
from socialcare.formulas.wording import number


@functools.cache
def _visits():
    return datasets.load_visits()


@functools.cache
def _table():
    return funnel.funnel_table(_visits())


# 10-1 predict: a percent and a point at two steps
def _better(change) -> str:
    conversions = _table().set_index("step")["conversion"]
    gains = {step: round(funnel.what_if(_table(), {step: change(conversions[step])}), 6) for step in ("cart", "order")}
    return "same" if gains["cart"] == gains["order"] else max(gains, key=gains.get)


def _predicted() -> dict[str, str]:
    return {"one percent": _better(lambda c: 1.01 * c), "one point": _better(lambda c: c + 0.01)}


# 10-2 complete: the address form on the tablet
def _counts(device: str | None = "tablet", *, from_visit: bool = False) -> tuple[int, int]:
    visits = _visits() if device is None else _visits()[_visits()["device"] == device]
    table = funnel.funnel_table(visits)
    reached, started = funnel.passing(table, "payment")
    return reached, int(table["reached"].iloc[0]) if from_visit else started


def _form(counts: tuple[int, int], scale: float = 1) -> dict[str, float]:
    low, high = funnel.wilson_interval(*counts)
    return {"conversion": scale * counts[0] / counts[1], "low": scale * low, "high": scale * high}


def _textbook(counts: tuple[int, int]) -> dict[str, float]:
    share = counts[0] / counts[1]
    half = funnel.normal_quantile(0.975) * (share * (1 - share) / counts[1]) ** 0.5
    return {"conversion": share, "low": share - half, "high": share + half}


# 10-3 fix: a colleague compares phones and desktops
@functools.cache
def _devices():
    return 100 * funnel.standardised(_visits(), "device", "source")[["crude", "standardised"]]


def _phone_minus_desktop(column: str) -> float:
    return float(_devices().loc["mobile", column] - _devices().loc["desktop", column])


def _colleague() -> float:
    stopped = (_visits()["furthest_step"] == "payment").groupby(_visits()["device"]).mean()
    return float(100 * (stopped["mobile"] - stopped["desktop"]))


def _unweighted() -> float:
    cells = funnel.funnel_table(_visits(), ("device", "source"))
    means = cells[cells["step"] == "order"].groupby("device")["overall"].mean()
    return float(100 * (means["mobile"] - means["desktop"]))


# 10-4 apply: a test of the shipping cost beside the price
def _cart_to_checkout() -> float:
    reached, started = funnel.passing(_table(), "checkout")
    return reached / started


# 10-5 apply: Tostadores Nimbo mends its two breaches of law
NIMBO = "Tostadores Nimbo"


@functools.cache
def _audits():
    return datasets.load_checkout_audits()


def _nimbo(*mended: str):
    audit = _audits()[_audits()["shop"] == NIMBO]
    return audit.assign(passes=audit["passes"] | audit["rule_id"].isin(mended))


def _score(*mended: str) -> float:
    return float(checkout.scores(_nimbo(*mended)).loc[NIMBO, "score"])


def _counted(*mended: str) -> float:
    return float(100 * _nimbo(*mended)["passes"].mean())


def _before_after(measure, *mended: str) -> dict[str, float]:
    return {"before": measure(), "after": measure(*mended)}


# 10-6 judge: a note to the owner
@functools.cache
def _facts() -> dict[str, str]:
    shares = {}
    for device in ("mobile", "desktop"):
        reached, started = _counts(device)
        low, high = funnel.wilson_interval(reached, started)
        shares[device] = number(100 * reached / started)
        shares[f"{device}_low"], shares[f"{device}_high"] = number(100 * low), number(100 * high)
    return shares


def _has(pattern: str):
    return lambda text: re.search(pattern, text, re.IGNORECASE) is not None


def _quotes(name: str):
    return lambda text: re.search(rf"\b{_facts()[name]}(?:\.\d+)?\s?(?:%|percent|per cent|of)", text) is not None


def _exemplars() -> dict[str, str]:
    facts = _facts()
    return {
        "good": (
            f"I would not pay for fewer clicks: visits with one click and with six buy alike. On phones only "
            f"{facts['mobile']}% get past the address form (95% interval {facts['mobile_low']} to "
            f"{facts['mobile_high']}%), on desktops {facts['desktop']}%. First we put the shipping cost beside "
            f"the price, "
            "by Friday, because the law asks for the total price from the offer and carts are left over it. Then "
            "we test a "
            "shorter form on half of the phones, with the number of visits fixed before we start. What the form gains, "
            "only the test will tell us."
        ),
        "almost": (
            f"I would not pay for fewer clicks: visits with one click and with six buy alike. On phones only "
            f"{facts['mobile']}% get past the address form, on desktops {facts['desktop']}%. First we put the shipping "
            "cost beside the price, by Friday, because the law asks for the total price from the offer. Then we test a "
            "shorter form on half of the phones. What the form gains, only the test will tell us."
        ),
        "not yet": (
            "Most visitors never open a product, so the home page is our largest loss. Every product must be two "
            "clicks "
            "away. The new home page will double our sales, that is guaranteed, because customers hate clicking "
            "and always "
            "leave after the third click. The agency offers a good price and can begin soon. I suggest that we sign."
        ),
    }


NOTE = Rubric(
    criteria=(
        Criterion(
            "length", lambda text: 50 <= len(text.split()) <= 140, "Use 50 to 140 words: an owner reads one paragraph."
        ),
        Criterion(
            "phone", _quotes("mobile"), "Quote the share of phones that get past the address form, in whole percent."
        ),
        Criterion("desktop", _quotes("desktop"), "Set it beside the desktop's share: a number alone says little."),
        Criterion(
            "uncertainty",
            _has(r"\binterval\b|\bmargin of error\b|\bn = \d|\bsample of\b"),
            "Say how sure the number is: give its interval or how many visits it comes from.",
        ),
        Criterion(
            "clicks",
            lambda text: (
                _has(r"\bclicks?\b")(text)
                and _has(r"\balike\b|no (?:difference|link|effect|relation)|\bmyth\b|do(?:es)? not (?:count|matter)")(
                    text
                )
            ),
            "Answer the owner's wish: say what the log shows about the number of clicks.",
        ),
        Criterion(
            "law",
            lambda text: _has(r"\blaw\b|\blegal\b|\bdirective\b|\barticle\b")(text) and _has(r"\bprice\b")(text),
            "Name the repair that the law asks for: the total price from the offer.",
        ),
        Criterion(
            "next step",
            _has(r"\b(by|before|until|this week|within)\b[^.]{0,30}\b(\w+day|week|month|\d+|january|may|june)\b"),
            "Give one step a date.",
        ),
        Criterion(
            "test",
            lambda text: (
                _has(r"\b(test|experiment|trial)\b")(text)
                and not _has(r"guarantee|will (?:double|raise|increase)")(text)
            ),
            "Promise no gain: propose a test that will show it.",
        ),
    ),
    exemplars=_exemplars,
    praise="The owner knows what to mend, why, and what is still unknown.",
    cannot_judge="(This check reads words and numbers. It cannot judge your tone or whether the plan is wise: "
    "ask a colleague.)",
)

TASKS = {
    "10-1": Task(
        right=_predicted,
        mistakes=(
            Mistake(
                "the largest drop",
                lambda: {"one percent": "cart", "one point": "cart"},
                "A percent of the cart's conversion is small because the conversion is. Conversions multiply, so one "
                "percent more is one percent more orders at any step.",
            ),
            Mistake(
                "nearest to the money",
                lambda: {"one percent": "order", "one point": "order"},
                "The last step is nearest to the money, but a product does not mind the order of its factors.",
            ),
            Mistake(
                "a point is a percent",
                lambda: {"one percent": "same", "one point": "same"},
                "A point and a percent differ. One point is a twentieth of the cart's conversion and a ninetieth "
                "of the "
                "last step's.",
            ),
        ),
        praise="right. Every step has elasticity one; a point is worth most where the conversion is lowest.",
        reread="'What is a better step worth?' in notebook 10",
    ),
    "10-2": Task(
        right=lambda: _form(_counts()),
        mistakes=(
            Mistake(
                "all devices",
                lambda: _form(_counts(None)),
                "Those are the visits of all devices. Filter the tablets first.",
            ),
            Mistake(
                "all visits below the line",
                lambda: _form(_counts(from_visit=True)),
                "You divided by all visits on tablets. A step's conversion starts at the step before it.",
            ),
            Mistake(
                "textbook interval",
                lambda: _textbook(_counts()),
                "That is the textbook interval around the share. With few visits it is too short on one side; "
                "take Wilson's.",
            ),
            Mistake(
                "percent, not shares",
                lambda: _form(_counts(), 100),
                "Those are percent. The task asks for shares from 0 to 1.",
            ),
        ),
        praise="right. With so few tablets the interval is wide: do not rank them against phones yet.",
        reread="'By hand: one step, one conversion, one interval' in notebook 10",
    ),
    "10-3": Task(
        right=lambda: _phone_minus_desktop("standardised"),
        mistakes=(
            Mistake(
                "the colleague's value",
                _colleague,
                "That is the colleague's own value: it counts visits that stopped at the payment, and mixes the "
                "sources.",
            ),
            Mistake(
                "crude",
                lambda: _phone_minus_desktop("crude"),
                "You count buyers now, but each device still has its own mix of sources. Give both the mix of "
                "all visits.",
            ),
            Mistake(
                "unweighted",
                _unweighted,
                "You averaged the six sources as if each brought as many visits. Weight them by their share of "
                "all visits.",
            ),
            Mistake(
                "sign turned",
                lambda: -_phone_minus_desktop("standardised"),
                "The sign is turned. Take phones first, then desktops.",
            ),
        ),
        praise="right. With the same mix of sources, phones buy less: the whole had turned the parts round.",
        reread="'Phones buy more, and phones buy less' in notebook 10",
        unit="points",
    ),
    "10-4": Task(
        right=lambda: funnel.sample_size(_cart_to_checkout(), _cart_to_checkout() + 0.05),
        mistakes=(
            Mistake(
                "five percent",
                lambda: funnel.sample_size(_cart_to_checkout(), 1.05 * _cart_to_checkout()),
                "You looked for a rise of five percent of today's conversion. The task says five percentage points.",
            ),
            Mistake(
                "both versions",
                lambda: 2 * funnel.sample_size(_cart_to_checkout(), _cart_to_checkout() + 0.05),
                "That is for both versions together. Give the carts for each.",
            ),
            Mistake(
                "one-sided",
                lambda: funnel.sample_size(_cart_to_checkout(), _cart_to_checkout() + 0.05, alpha=0.10),
                "That is a one-sided test. A new page can also do harm, so test both sides at 5%.",
            ),
            Mistake(
                "whole funnel",
                lambda: funnel.sample_size(
                    float(_table()["overall"].iloc[-1]), float(_table()["overall"].iloc[-1]) + 0.05
                ),
                "You started from the conversion of the whole funnel. The test runs on carts: start from cart to "
                "checkout.",
            ),
        ),
        praise="right. Multiply by two, divide by the carts a day in the whole shop, and you have the days. Then do not "
        "peek.",
        reread="'Plan a fair test' in notebook 10",
        unit="carts",
    ),
    "10-5": Task(
        right=lambda: _before_after(_score, "R13", "R14"),
        mistakes=(
            Mistake(
                "rules counted",
                lambda: _before_after(_counted, "R13", "R14"),
                "You counted rules as if all weighed the same. The score weights each by severity and evidence.",
            ),
            Mistake(
                "button alone",
                lambda: _before_after(_score, "R13"),
                "You mended the button only. The gift wrap must be unticked too: R14.",
            ),
            Mistake(
                "shares, not percent",
                lambda: {name: value / 100 for name, value in _before_after(_score, "R13", "R14").items()},
                "Those are shares. The score is in percent.",
            ),
        ),
        praise="right. Two repairs of an afternoon, and they are the two that the law asks for.",
        reread="'Audit the checkout: law first, then evidence' in notebook 10",
        unit="%",
    ),
    "10-6": NOTE,
}
