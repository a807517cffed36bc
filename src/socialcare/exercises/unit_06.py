"""The tasks of unit 06, personalisation: right answers and usual slips, computed by the rubric, the gate and the data."""

import functools
import re

from socialcare import datasets, personalisation, privacy
from socialcare.exercises import Criterion, Mistake, Rubric, Task
from socialcare.personalisation import rubric

# 06-1 predict: three sentences and the rubric's verdicts
SENTENCES = {
    "thanks": "Thanks to our new app you will see it sooner.",
    "apologises": "We are sorry you feel that way.",
    "next_step_with_time": "It will arrive tomorrow.",
    "signed": "Owen here, from the shop in Vigo.",
}


def _verdicts() -> dict[str, str]:
    return {name: personalisation.read_reply(text)[name].verdict for name, text in SENTENCES.items()}


# 06-2 complete: how well a colleague reads
CELLS = {"both": 42, "first_only": 18, "second_only": 6, "neither": 134}  # first: the labels; second: the colleague


def _measured(**change: float) -> dict[str, float]:
    hits, missed, false = CELLS["both"], CELLS["first_only"], CELLS["second_only"]
    right = {
        "precision": personalisation.precision(hits, false),
        "recall": personalisation.recall(hits, missed),
        "kappa": personalisation.cohens_kappa(**CELLS),
    }
    return {**right, **change}


# 06-3 fix: who asks for personal data in public
@functools.cache
def _replies():
    return personalisation.labelled_cases(datasets.load_messages(), datasets.load_tickets())


def _asked(channels: tuple[str, ...] | None = ("twitter", "facebook")) -> float:
    cases = _replies()
    cases = cases if channels is None else cases[cases["channel"].isin(channels)]
    return 100 * float(cases["asks_personal_data_in_public"].mean())


def _colleague() -> float:
    asked = datasets.load_messages()["asks_personal_data_in_public"]
    return 100 * float(asked.fillna(False).astype(bool).mean())


# 06-4 apply: a share, corrected
FLAGGED, READ, SENSITIVITY, SPECIFICITY = 31, 250, 0.75, 0.95


def _corrected(sensitivity: float = SENSITIVITY, specificity: float = SPECIFICITY) -> float:
    return 100 * personalisation.corrected_share(FLAGGED / READ, sensitivity, specificity)


# 06-5 apply: what a service reply may use
FIELDS = ("first_name", "profile_photo", "diet_need_declared", "email", "contacts")


def _passes(field: str) -> str:
    try:
        privacy.require_purpose([field], "service")
    except ValueError:
        return "refused"
    return "passes"


def _gate(**change: str) -> dict[str, str]:
    return {**{field: _passes(field) for field in FIELDS}, **change}


# 06-6 judge: a public reply
MESSAGE = "The moka pot from your Bilbao shop leaks, and the chat closed on me twice."


@functools.lru_cache(maxsize=64)
def _reading(text: str) -> dict:
    if not re.search(r"\w", text):
        return {}
    return rubric.read_reply(text, customer="Maite", message=MESSAGE, language="en", public=True)


def _is(criterion: str, verdict: str):
    return lambda text: criterion in _reading(text) and _reading(text)[criterion].verdict == verdict


def _point(criterion: str, name: str) -> Criterion:
    wanted = rubric.NO if criterion in rubric.FAULTS else rubric.YES
    return Criterion(name, _is(criterion, wanted), rubric.ADVICE[criterion])


REPLY = Rubric(
    criteria=(
        Criterion(
            "length", lambda text: 20 <= len(text.split()) <= 90, "Use 20 to 90 words: one public turn, no letter."
        ),
        _point("greets_by_name", "name"),
        _point("thanks", "thanks"),
        _point("apologises", "apology"),
        _point("makes_excuses", "no excuse"),
        _point("answers_specifically", "specific"),
        Criterion(
            "both things",
            lambda text: (
                re.search(r"\b(pot|moka|leak\w*)\b", text, re.I) and re.search(r"\bchat\b", text, re.I) is not None
            ),
            "She named two things, the pot and the chat. Answer both.",
        ),
        _point("next_step_with_time", "next step"),
        _point("signed", "signature"),
        _point("asks_personal_data_in_public", "no personal data in public"),
        _point("promotes", "no promotion"),
        _point("blames_customer", "no blame"),
        _point("jargon", "no jargon"),
        _point("same_language", "language"),
    ),
    exemplars=lambda: {
        "good": (
            "Hello Maite, thank you for writing a third time. I am sorry about both: a moka pot must not leak, and the chat "
            "must not drop you. Please stop using the pot. I am putting a new one aside in Bilbao today, and I will write to "
            "you in private by noon tomorrow to ask where you want it. Jordi, Café Brisa"
        ),
        "almost": (
            "Hello Maite, thank you for telling us. I am sorry about the moka pot and the chat. A new pot will be ready for "
            "you soon. Café Brisa team"
        ),
        "not yet": (
            "Dear customer, we apologise, but we are very busy. You should have read the manual. Please post your phone number "
            "and address here. By the way, have you seen our new electric pots? 15% off this week."
        ),
    },
    praise="She knows who acts, what happens and when, and both of her points are answered.",
    cannot_judge="(This check reads words. It cannot judge irony, tone or truth, or whether you write by noon: ask a colleague.)",
)

TASKS = {
    "06-1": Task(
        right=_verdicts,
        mistakes=(
            Mistake(
                "words searched for",
                lambda: dict.fromkeys(SENTENCES, "yes"),
                "That is what a search for words would say. Three of them stand there and mean something else.",
            ),
            Mistake(
                "feelings",
                lambda: {**_verdicts(), "apologises": "yes"},
                "To be sorry for what somebody feels is no apology: it says nothing about the own deed.",
            ),
            Mistake(
                "nobody acts",
                lambda: {**_verdicts(), "next_step_with_time": "yes"},
                "There is a time, and nobody who acts. A next step needs an owner too.",
            ),
            Mistake(
                "a name at the start",
                lambda: {**_verdicts(), "signed": "no"},
                "A name counts wherever it stands: the customer knows who writes.",
            ),
        ),
        praise="right. The rubric asks what a word does in its sentence, as far as rules can.",
        reread="'By hand: who says thank you?' in notebook 06",
    ),
    "06-2": Task(
        right=_measured,
        mistakes=(
            Mistake(
                "swapped",
                lambda: _measured(precision=_measured()["recall"], recall=_measured()["precision"]),
                "Precision and recall are swapped. Precision has the colleague's flags below the line, recall the labels.",
            ),
            Mistake(
                "plain agreement",
                lambda: _measured(kappa=(CELLS["both"] + CELLS["neither"]) / sum(CELLS.values())),
                "That is the share of equal verdicts. Kappa takes away what chance alone would give.",
            ),
            Mistake(
                "in percent",
                lambda: {name: 100 * value for name, value in _measured().items()},
                "Those are percent. The task asks for shares from 0 to 1.",
            ),
        ),
        praise="right. Few of the flags are wrong, and nearly a third of the cases are overlooked.",
        reread="'How well does it read? First on its own sentences' in notebook 06",
    ),
    "06-3": Task(
        right=_asked,
        mistakes=(
            Mistake(
                "the colleague's value",
                _colleague,
                "That is the colleague's own value: customers' messages are no replies, and e-mail is not public.",
            ),
            Mistake(
                "all channels",
                lambda: _asked(None),
                "You took the replies, but of all channels. In an e-mail nobody else can read along.",
            ),
            Mistake(
                "Twitter only",
                lambda: _asked(("twitter",)),
                "You left Facebook out. It is public too.",
            ),
            Mistake(
                "a share, not percent", lambda: _asked() / 100, "That is the share. The task asks for percent: × 100."
            ),
        ),
        praise="right, in percent: one public reply in eight. The colleague's number made it look like a rare slip.",
        reread="'Look at a few replies before any score' in notebook 06",
        unit="%",
    ),
    "06-4": Task(
        right=_corrected,
        mistakes=(
            Mistake(
                "not corrected", lambda: 100 * FLAGGED / READ, "That is the share of flags, false alarms included."
            ),
            Mistake(
                "only the overlooked",
                lambda: 100 * FLAGGED / READ / SENSITIVITY,
                "You corrected for what is overlooked and not for the false alarms.",
            ),
            Mistake(
                "swapped",
                lambda: _corrected(SPECIFICITY, SENSITIVITY),
                "Sensitivity and specificity are swapped: sensitivity is about the replies that do promote.",
            ),
            Mistake(
                "a share, not percent",
                lambda: _corrected() / 100,
                "That is the share. The task asks for percent: × 100.",
            ),
        ),
        praise="right, in percent. Quote it with its interval, and with the sample on which the reader was measured.",
        reread="'Correct a share for the reader's mistakes' in notebook 06",
        unit="%",
    ),
    "06-5": Task(
        right=_gate,
        mistakes=(
            Mistake(
                "public is free",
                lambda: _gate(profile_photo="passes"),
                "A photo that anyone can see is still not yours to read: what you infer from it counts as the thing itself.",
            ),
            Mistake(
                "declared is agreed",
                lambda: _gate(diet_need_declared="passes"),
                "A need that was declared says something about health. Without explicit consent to this use it stays closed.",
            ),
            Mistake(
                "everything refused",
                lambda: dict.fromkeys(FIELDS, "refused"),
                "Then nobody could be answered. A name and an e-mail serve the case that the person has opened.",
            ),
            Mistake(
                "contacts pass",
                lambda: _gate(contacts="passes"),
                "Who is close to a customer is no business of a service desk (S2.1-01).",
            ),
        ),
        praise="right. Ask what the field is for, before you ask whether you can see it.",
        reread="'What a reply may use' in notebook 06",
    ),
    "06-6": REPLY,
}
