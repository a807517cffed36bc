"""The tasks of unit 12, complaints: right answers and typical slips, computed by the model and from Café Brisa's tables."""

import functools
import re

from socialcare import complaints, datasets, value
from socialcare.exercises import Criterion, Mistake, Rubric, Task
from socialcare.personalisation import rubric

START = "2025-01-01"
COST_PER_MINUTE = 0.40  # EUR, a teaching default: 24 EUR an hour


@functools.cache
def _tables():
    return datasets.load("tickets"), datasets.load("orders"), datasets.load("customers")


# 12-1 predict: which changes move the break-even resolution rate, and where to
def _rate(**change: float) -> float:
    return complaints.encouragement({**complaints.teaching_default(), **change})["break_even_rate"]


def _moves() -> dict[str, str]:
    now = _rate()
    changes = {
        "silent customers are more loyal": _rate(stay_silent=0.70),
        "more solutions come quickly": _rate(quick_share=0.80),
        "twice as many customers": _rate(customers=20_000),
    }
    return {name: "up" if rate > now else "down" if rate < now else "same" for name, rate in changes.items()}


def _words(*words: str) -> dict[str, str]:
    return dict(zip(_moves(), words, strict=True))


# 12-2 complete: what a subscriber is worth
SUBSCRIBER = {"margin": 84, "retention": 0.75, "discount": 0.08, "growth": 0.02}


# 12-3 fix: a colleague's resolution rate of e-mail
def _email(*, queries: bool = False, closed_only: bool = False, quick_only: bool = False) -> float:
    tickets = _tables()[0]
    cases = tickets[tickets["channel"] == "email"]
    if not queries:
        cases = cases[cases["type"].isin(complaints.PROBLEMS)]
    if closed_only:
        cases = cases[cases["outcome"] != "open"]
    solved = ["resolved_quickly"] if quick_only else ["resolved_quickly", "resolved"]
    return 100 * float(cases["outcome"].isin(solved).mean())


# 12-4 apply: the break-even of a faster Café Brisa
@functools.cache
def _brisa() -> dict[str, float]:
    tickets, orders, _ = _tables()
    return complaints.own_assumptions(tickets, orders, start=START, value=242, cost_per_minute=COST_PER_MINUTE)


def _faster(**change: float) -> float:
    return 100 * complaints.encouragement({**_brisa(), "quick_share": 0.60, **change})["break_even_rate"]


# 12-5 apply: one more customer, kept or won
def _ads(channel: str | None = "ads") -> float:
    customers = _tables()[2]
    if channel:
        customers = customers[customers["acquired_through"] == channel]
    return float(customers["acquisition_cost_eur"].mean())


def _kept(movable: float = 0.5, lift: float = 0.03) -> float:
    return 6 / (lift * movable)


# 12-6 judge: a public reply to a complaint
def _has(pattern: str):
    return lambda text: re.search(pattern, text, re.IGNORECASE) is not None


def _lacks(pattern: str):
    return lambda text: re.search(pattern, text, re.IGNORECASE) is None


BRONWEN = (
    "The box with my Oaxaca coffee arrived open and half of it was on the doorstep. That's it for me. I have warned "
    "everybody at work."
)


@functools.lru_cache(maxsize=64)
def _reading(text: str) -> dict:
    """Read a reply to Bronwen with the course's one rubric (unit 06); nothing is met by a text without words."""
    if not re.search(r"\w", text):
        return {}
    return rubric.read_reply(text, customer="Bronwen", message=BRONWEN, language="en", public=True)


def _reads(criterion: str):
    return lambda text: criterion in _reading(text) and _reading(text)[criterion].verdict == rubric.YES


def _free_of(criterion: str):
    return lambda text: criterion in _reading(text) and _reading(text)[criterion].verdict == rubric.NO


REPLY = Rubric(
    criteria=(
        Criterion(
            "length", lambda text: 25 <= len(text.split()) <= 90, "Use 25 to 90 words: one public turn, no letter."
        ),
        Criterion("name", _reads("greets_by_name"), "Greet the person by name: she is Bronwen."),
        Criterion("thanks", _reads("thanks"), "Thank her for telling you."),
        Criterion("apology", _reads("apologises"), "Apologise: this complaint is justified."),
        Criterion(
            "no excuse",
            lambda text: (
                _free_of("makes_excuses")(text)
                and _lacks(r"\b(couriers?|carriers?|busy|peak season|our policy|these things happen|unfortunately)\b")(
                    text
                )
            ),
            "Leave the excuse out: no 'sorry, but', and no courier to blame in public.",
        ),
        Criterion(
            "specific",
            lambda text: (
                _has(r"\b(box|parcel|coffee|Oaxaca|doorstep)\b")(text)
                and _has(r"\b(open(?:ed)?|damaged|torn|broken|burst|spilt|spilled|doorstep|half)\b")(text)
            ),
            "Answer what she wrote: name the coffee or the box, and what happened to it.",
        ),
        Criterion(
            "solution",
            _has(
                r"\b(replac\w*|refund\w*|another (?:box|bag|one)|new (?:box|bag|one)|send\w*|sent|resend\w*|money back)\b"
            ),
            "Say what you will do about the coffee: send it again or give the money back.",
        ),
        Criterion(
            "next step",
            _reads("next_step_with_time"),
            "Give a next step with an owner and a time: *I* do *this* by *then*.",
        ),
        Criterion("signature", _reads("signed"), "Sign with a person's name at the end."),
        Criterion("no blame", _free_of("blames_customer"), "Put no blame on the customer."),
        Criterion(
            "no personal data in public",
            _free_of("asks_personal_data_in_public"),
            "Ask for no address, number or e-mail in public: offer a private message, or look it up yourself.",
        ),
        Criterion(
            "no public compensation",
            _lacks(r"\b(vouchers?|discounts?|coupons?|gifts?|compensat\w*|euros?|EUR)\b|€|(?<!feel )\bfree\b"),
            "Keep the something more out of public view: offered there, it feeds the thread. Give it in private.",
        ),
        Criterion("no promotion", _free_of("promotes"), "Sell nothing in a service thread."),
        Criterion(
            "no empty promise",
            _lacks(r"\bnever (?:\w+ )?(?:again|happens?)\b|\bguarantee\w*|\b100 ?%|\bimmediately\b"),
            "Promise only what you can keep: a time for this box, and not that nothing will ever break again.",
        ),
    ),
    exemplars=lambda: {
        "good": (
            "Hello Bronwen, thank you for telling us. I am sorry: half of your Oaxaca coffee on the doorstep is not what you "
            "paid for. I am sending a new box today, packed twice, and on Thursday I will ask you in a private message "
            "whether it arrived whole. You need not return anything. Dunia, Café Brisa"
        ),
        "almost": (
            "Hello Bronwen, thank you for telling us. I am sorry that the box with your Oaxaca coffee arrived open. We will "
            "send a new one and add a voucher for your trouble. Somebody will be in touch. Dunia, Café Brisa"
        ),
        "not yet": (
            "Dear customer, we regret any inconvenience, but our courier was very busy. You should have refused the parcel. "
            "Please post your order number, address and phone number here and you will get a 20% discount on our new "
            "subscription. We guarantee that this will never happen again."
        ),
    },
    praise="She has an answer, a date and a name, and nobody else has a reason to join in.",
    cannot_judge="(This check reads words. It cannot hear your tone or know whether you keep your promise: ask a colleague.)",
)

TASKS = {
    "12-1": Task(
        right=_moves,
        mistakes=(
            Mistake(
                "size counts",
                lambda: _words("up", "down", "up"),
                "How many customers there are does not enter: the break-even is about one customer at a time.",
            ),
            Mistake(
                "loyalty of the silent turned round",
                lambda: _words("down", "down", "same"),
                "Loyal silent customers stay anyway, so you win less by asking them. The bar rises.",
            ),
            Mistake(
                "speed turned round",
                lambda: _words("up", "up", "same"),
                "A quick solution keeps more customers, so each solved complaint is worth more. The bar falls.",
            ),
        ),
        praise="right. The bar depends on what a solution adds to silence, and not on the size of the firm.",
        reread="'Does asking for complaints pay?' in notebook 12",
    ),
    "12-2": Task(
        right=lambda: value.clv_now(**SUBSCRIBER),
        mistakes=(
            Mistake(
                "first margin later",
                lambda: value.clv(**SUBSCRIBER),
                "That puts the first margin one period later. A subscriber pays at the start: the first margin comes now.",
            ),
            Mistake(
                "growth forgotten",
                lambda: value.clv_now(**{**SUBSCRIBER, "growth": 0}),
                "You left the growth of the margin out.",
            ),
            Mistake(
                "no discount",
                lambda: value.clv_now(**{**SUBSCRIBER, "discount": 0}),
                "You left the discount out: a margin in five years is worth less than one today.",
            ),
            Mistake(
                "ten years only",
                lambda: value.clv_horizon(**SUBSCRIBER, periods=10),
                "That adds up ten margins only. The task asks for all years.",
            ),
        ),
        praise="right, in EUR. Say with it that the first margin comes now.",
        reread="'By hand: what is a customer worth?' in notebook 12",
        unit="EUR",
    ),
    "12-3": Task(
        right=_email,
        mistakes=(
            Mistake(
                "the colleague's value",
                lambda: _email(queries=True, closed_only=True),
                "That is the colleague's own value: both faults are still in it.",
            ),
            Mistake(
                "open cases dropped",
                lambda: _email(closed_only=True),
                "You still drop the open cases. Whoever waits has not been helped.",
            ),
            Mistake(
                "queries counted",
                lambda: _email(queries=True),
                "You still count queries. A question about opening hours is no problem solved.",
            ),
            Mistake(
                "quick ones only",
                lambda: _email(quick_only=True),
                "That is the share solved within a day. A later solution is a solution too.",
            ),
        ),
        praise="right, in percent. Two faults, and both made the desk look better.",
        reread="'Where this goes wrong' in notebook 12",
        unit="%",
    ),
    "12-4": Task(
        right=_faster,
        mistakes=(
            Mistake(
                "today's speed",
                lambda: 100 * complaints.encouragement(_brisa())["break_even_rate"],
                "That is the break-even at today's speed. Put the share of quick solutions up to 0.60.",
            ),
            Mistake(
                "teaching default",
                lambda: 100 * _rate(quick_share=0.60),
                "You started from the teaching default. Start from Café Brisa's own assumptions.",
            ),
            Mistake(
                "no word of mouth",
                lambda: _faster(tellings=0),
                "You left word of mouth out: `tellings` stays as it is.",
            ),
            Mistake(
                "a share, not percent", lambda: _faster() / 100, "That is the share. The task asks for percent: × 100."
            ),
        ),
        praise="right, in percent. Speed alone lowers the bar, and it still lies above the rate of today.",
        reread="'Café Brisa's own answer: not yet' in notebook 12",
        unit="%",
    ),
    "12-5": Task(
        right=lambda: {"kept": _kept(), "won": _ads()},
        mistakes=(
            Mistake(
                "everybody can be moved",
                lambda: {"kept": _kept(movable=1), "won": _ads()},
                "Half of those whom you treat cannot be moved, and you pay for them too: give `movable`.",
            ),
            Mistake(
                "cost per person treated",
                lambda: {"kept": 6, "won": _ads()},
                "€6 is the cost per person treated. Divide by the lift to get the cost per extra customer.",
            ),
            Mistake(
                "all ways of winning",
                lambda: {"kept": _kept(), "won": _ads(None)},
                "That is the mean over all ways of winning a customer. The owner thinks of ads.",
            ),
            Mistake(
                "points as a share",
                lambda: {"kept": _kept(lift=3), "won": _ads()},
                "Three points are 0.03. With 3 as the lift, three customers would stay for each one treated.",
            ),
        ),
        praise="right, in EUR. Ask for the cost per extra customer before you repeat a ratio.",
        reread="'Nine times dearer than what?' in notebook 12",
        unit="EUR",
    ),
    "12-6": REPLY,
}
