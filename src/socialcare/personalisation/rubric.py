"""Does this reply answer this person? A rubric of plain rules that shows the words that decided (model D16).

The rules stand in ``datasets/reply_rules.csv``: patterns for Spanish and English, each with a text that it finds and
one that it leaves. What a customer's words repeated in quotation marks say does not count as the agent's. The rubric
reads words. It cannot judge irony, tone, truth, or whether a promise is kept. Sources: S0.1, S2.1, S4.3; the criteria
also serve the reply checks of other units.
"""

import re

import pandas as pd

from socialcare.personalisation.content import answers_specifically
from socialcare.personalisation.findings import CANNOT_TELL, NO, YES, Case, Finding, hits, rules, sentences, unquoted
from socialcare.personalisation.language import language
from socialcare.personalisation.names import greets_by_name, signed

__all__ = [
    "ADVICE",
    "CANNOT_JUDGE",
    "CRITERIA",
    "FAULTS",
    "MOST_WORDS",
    "Finding",
    "headline",
    "read_reply",
    "reading_table",
    "rules",
    "to_mend",
]

MOST_WORDS = 90  # a public turn, not a letter; teaching default
SHORT = 6  # words of a sentence that only adds where to write: "Better in private."
PUBLIC_CHANNELS = ("twitter", "facebook")

FAULTS = ("makes_excuses", "asks_personal_data_in_public", "promotes", "blames_customer", "jargon")
"""Criteria that a good reply does not meet; all others it meets."""

ADVICE = {
    "greets_by_name": "Address the customer by name.",
    "thanks": "Thank the customer for writing, also for bad news.",
    "apologises": "If something went wrong, say sorry for it; not for how the customer feels.",
    "makes_excuses": "Leave the excuse out: no 'sorry, but'.",
    "answers_specifically": "Answer what this customer wrote: name the thing, the place or the day.",
    "next_step_with_time": "Say who does what by when: 'I write to you by 5 pm'.",
    "signed": "Sign with the name of a person.",
    "asks_personal_data_in_public": "Ask for no personal data in public: offer a private message.",
    "promotes": "Sell nothing in a service thread.",
    "blames_customer": "Put no blame on the customer.",
    "jargon": "Say it in words that the customer uses.",
    "same_language": "Answer in the customer's language.",
    "fits_one_turn": f"Keep it to {MOST_WORDS} words: one turn, no letter.",
}
CRITERIA = tuple(ADVICE)

CANNOT_JUDGE = "The rubric reads words. It cannot judge irony, tone, truth, or whether the promise is kept."


READS = ("es", "en")
_OF_WORDS = (*FAULTS, "thanks", "apologises", "answers_specifically", "next_step_with_time")
"""Criteria that are read off Spanish and English words; names, length and language are read in any language."""


def _by_words(criterion: str, case: Case) -> Finding:
    """Yes if a rule of the criterion hits the agent's own words."""
    text = unquoted(case.reply)
    for start, end, rule in hits(criterion, text):
        return Finding(criterion, YES, text[start:end].strip(), rule)
    return Finding(criterion, NO, "", "")


def _next_step(case: Case) -> Finding:
    for sentence in sentences(case.reply):
        if hits("promotes", sentence):
            continue  # "20% off this week": the week of an offer is no promise
        times, owners = hits("time", sentence), hits("owner", sentence)
        if times and owners:
            words = f"{sentence[owners[0][0] : owners[0][1]]} … {sentence[times[0][0] : times[0][1]]}"
            return Finding("next_step_with_time", YES, words, f"{owners[0][2]} + {times[0][2]}")
    return Finding("next_step_with_time", NO, "", "")


def _asks_data(case: Case) -> Finding:
    name = "asks_personal_data_in_public"
    if not case.public:
        return Finding(name, NO, "", "not a public channel")
    text = unquoted(case.reply)
    parts = sentences(text)
    for sentence, following in zip(parts, [*parts[1:], ""], strict=True):
        asks, data = hits("request", sentence), hits("data", sentence)
        elsewhere = hits("private", sentence) or (len(following.split()) <= SHORT and hits("private", following))
        if asks and data and not elsewhere:
            words = f"{sentence[asks[0][0] : asks[0][1]]} … {sentence[data[0][0] : data[0][1]]}"
            return Finding(name, YES, words, f"{asks[0][2]} + {data[0][2]}")
    for start, end, rule in hits("data", text, "shown"):
        return Finding(name, YES, text[start:end], rule)
    return Finding(name, NO, "", "")


def _same_language(case: Case) -> Finding:
    name, read = "same_language", language(case.reply)
    wanted = case.language or language(case.message).language
    if not wanted or not read.language:
        return Finding(name, CANNOT_TELL, " ".join(read.words), "too short to tell" if wanted else "customer's unknown")
    return Finding(name, YES if read.language == wanted else NO, " ".join(read.words[:4]), f"{read.language} words")


def _fits(case: Case) -> Finding:
    words = len(case.reply.split())
    return Finding("fits_one_turn", YES if words <= MOST_WORDS else NO, f"{words} words", "length")


_READERS = {
    "greets_by_name": greets_by_name,
    "answers_specifically": answers_specifically,
    "next_step_with_time": _next_step,
    "signed": signed,
    "asks_personal_data_in_public": _asks_data,
    "same_language": _same_language,
    "fits_one_turn": _fits,
}


def read_reply(
    reply: str, *, customer: str = "", message: str = "", language: str = "", public: bool = True
) -> dict[str, Finding]:
    """Read a reply against every criterion: ``{criterion: Finding}``, in the order of ``CRITERIA``.

    ``customer`` is the customer's name, ``message`` what the customer wrote, ``language`` its language (``es``, ``en``
    ...; read off the message if empty), ``public`` whether others can read the reply. What is not given is not guessed:
    where a criterion needs it, the verdict is ``cannot tell``. Raises ValueError for a reply without words.
    """
    for field, value in {"reply": reply, "customer": customer, "message": message, "language": language}.items():
        if not isinstance(value, str):
            raise ValueError(f"{field} is {value!r}; expected text")
    if not re.search(r"\w", reply):
        raise ValueError(f"reply is {reply!r}; expected at least one word")
    case = Case(reply.replace("’", "'"), customer, message, language, bool(public))
    found = {name: _READERS[name](case) if name in _READERS else _by_words(name, case) for name in CRITERIA}
    return found if _readable(case) else {name: _unread(finding) for name, finding in found.items()}


def _readable(case: Case) -> bool:
    """Say whether the reply is in a language that the rules are written for; a short one counts as readable."""
    return language(case.reply).language in ("", *READS)


def _unread(finding: Finding) -> Finding:
    """Turn a no of the word rules into *cannot tell*: that no Spanish or English word stood there says nothing."""
    if finding.verdict == NO and finding.criterion in _OF_WORDS and not finding.rule:
        return Finding(finding.criterion, CANNOT_TELL, "", "the rules read Spanish and English")
    return finding


def to_mend(reading: dict[str, Finding], needs_apology: bool = True) -> list[str]:
    """Return the criteria that a reply falls short of, faults first; ``needs_apology`` is False without a problem."""
    faults = [name for name in FAULTS if reading[name].verdict == YES]
    missing = [name for name in CRITERIA if name not in FAULTS and reading[name].verdict == NO]
    return faults + [name for name in missing if needs_apology or name != "apologises"]


def reading_table(reading: dict[str, Finding]) -> pd.DataFrame:
    """Return a reading as a table: criterion, verdict, the words that decided and the rule."""
    return pd.DataFrame(reading.values(), columns=Finding._fields).set_index("criterion")


def headline(reading: dict[str, Finding], needs_apology: bool = True) -> str:
    """Say in one sentence how much stands and what to mend first."""
    wanted = [name for name in CRITERIA if needs_apology or name != "apologises"]
    mend = to_mend(reading, needs_apology)
    unsure = [name for name in wanted if reading[name].verdict == CANNOT_TELL]
    stands = len(wanted) - len(mend) - len(unsure)
    parts = [f"{stands} of {len(wanted)} points stand."]
    if unsure:
        parts.append(f"Cannot tell: {', '.join(name.replace('_', ' ') for name in unsure)}.")
    if mend:
        parts.append(f"Mend first: {ADVICE[mend[0]]}")
    return " ".join(parts)
