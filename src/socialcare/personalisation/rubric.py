"""Does this reply answer this person? A rubric of plain rules that shows the words that decided (model D16).

The rules stand in ``datasets/reply_rules.csv``: patterns for Spanish and English, each with a text that it finds and one
that it leaves. What a customer's words repeated in quotation marks say does not count as the agent's. The rubric reads
words. It cannot judge irony, tone, truth, or whether a promise is kept. Sources: S0.1, S2.1, S4.3; the criteria also
serve the reply checks of other units.
"""

import functools
import re
from typing import NamedTuple

import pandas as pd

from socialcare import datasets
from socialcare.personalisation.language import fold, language

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

YES, NO, CANNOT_TELL = "yes", "no", "cannot tell"
MOST_WORDS = 90  # a public turn, not a letter; teaching default
LEAST_LETTERS = 4  # a shared word of the customer's must have at least so many letters
SHORT = 6  # words of a sentence that only adds where to write: "Better in private."
STEM = 5  # two words are one if their first letters agree: molinillo and molinillos
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


class Finding(NamedTuple):
    """What the rubric says about one criterion: ``verdict`` is yes, no or cannot tell; ``words`` decided it."""

    criterion: str
    verdict: str
    words: str
    rule: str


class Case(NamedTuple):
    """A reply and what is known about its case; empty where unknown."""

    reply: str
    customer: str
    message: str
    language: str
    public: bool


class _Rule(NamedTuple):
    rule_id: str
    effect: str
    pattern: re.Pattern
    meaning: str


@functools.cache
def rules() -> pd.DataFrame:
    """Return the rules as the table that a reader can open: one row per pattern, with its examples."""
    return datasets.load_reply_rules().set_index("rule_id")


@functools.cache
def _rules(criterion: str) -> tuple[_Rule, ...]:
    rows = rules().query("criterion == @criterion")
    return tuple(_Rule(row.Index, row.effect, re.compile(row.pattern), row.meaning) for row in rows.itertuples())


def _hits(criterion: str, text: str, effect: str = "hit") -> list[tuple[int, int, str]]:
    """Find the places where a rule hits ``text`` and no veto of the same criterion overlaps: start, end, rule."""
    plain = fold(text)
    found = [(m.start(), m.end(), r) for r in _rules(criterion) for m in r.pattern.finditer(plain)]
    vetoes = [(start, end) for start, end, rule in found if rule.effect == "veto"]
    kept = [(s, e, r.rule_id) for s, e, r in found if r.effect == effect]
    return sorted((s, e, r) for s, e, r in kept if not any(s < end and start < e for start, end in vetoes))


_QUOTED = re.compile(r"[\"“«][^\"”»\n]{2,160}[\"”»]|(?<!\w)['‘][^'’\n]{8,160}['’](?!\w)")


def _unquoted(text: str) -> str:
    """Blank what stands in quotation marks: it repeats somebody else's words."""
    return _QUOTED.sub(lambda match: " " * len(match.group()), text)


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?…])\s+|\n+|(?<=[^\w\s,;:()'\"-])(?<![.,])\s+(?=[A-ZÁÉÍÓÚÑ¡¿])", text) if part.strip()]


def _by_words(criterion: str, case: Case) -> Finding:
    """Yes if a rule of the criterion hits the agent's own words."""
    text = _unquoted(case.reply)
    for start, end, rule in _hits(criterion, text):
        return Finding(criterion, YES, text[start:end].strip(), rule)
    return Finding(criterion, NO, "", "")


# --- names -----------------------------------------------------------------------------------------------------------
_NAME = r"[A-ZÁÉÍÓÚÑÜÀÈÇÖÄÅØ][\w'’-]+"
_PERSON = rf"{_NAME}(?:\s(?:{_NAME}|[A-Z]\.?|de|del|la|da|van|O'{_NAME}))*"
_NO_NAME = frozenset(
    "cafe brisa equipo team customer cliente clienta clientes care service servicio support soporte atencion the el la "
    "usuario user sir madam all todos there again gracias thanks thank you saludos regards best cheers hola hi hello hey "
    "sorry lo y and se te le su tu what que como buenas buenos dias tardes noches good morning afternoon evening si no "
    "en on at ha ja claro sure por para un una hasta pronto siempre ok vale yes dear estimado estimada don dona sr sra "
    "ms mr mrs mx department departamento shop tienda we our nosotros amigo amiga friend folks everyone i disculpa disculpe perdon perdona perdone lamento siento unfortunately lamentablemente "
    "efectivamente right yep nope fair good great absolutely understood entendido totalmente correcto".split()
)
_GREETING = (
    r"(?:hola+|buenas|buenos dias|buenas tardes|buenas noches|muy buenas|que tal|que onda|hi+|hiya|hello|hey+|dear|good "
    r"(?:morning|afternoon|evening)|estimad[oa]s?|querid[oa]s?|apreciad[oa]|saludos)"
)
_TITLE = r"(?:(?:sra?|srta|don|dona|d|mr|mrs|ms|mx|miss|dr|dra)\.? )?"
_SELF = (
    r"(?:soy|me llamo|mi nombre es|te (?:habla|saluda|atiende|escribe)|le (?:habla|saluda|atiende|escribe)|os (?:habla|"
    r"saluda|atiende|escribe)|aqui|i'm|i am|my name is|my name's|this is|it's)"
)
_SELF_AFTER = r"(?:,\s*|\s+)(?:here\b|al habla|de cafe brisa|from cafe brisa|at cafe brisa|del equipo|from the team|por aqui)"


def _is_name(words: str) -> bool:
    parts = re.findall(r"[\w'-]+", fold(words))
    return bool(parts) and len(parts[0]) > 1 and parts[0] not in _NO_NAME and not any(part in ("team", "equipo", "brisa") for part in parts)


def _own_name_places(text: str) -> list[tuple[int, int]]:
    """Return where the agent gives a name in the running text: 'soy Marta', 'Owen here'."""
    plain, places = fold(text), []
    for match in re.finditer(rf"\b{_SELF}\s+([\w'-]+)", plain):
        if text[match.start(1)].isupper() and _is_name(match.group(1)):
            places.append(match.span(1))
    for match in re.finditer(rf"([\w'-]+)(?: [\w'-]+)?{_SELF_AFTER}", plain):
        if text[match.start(1)].isupper() and _is_name(match.group(1)):
            places.append(match.span(1))
    return places


def _name_parts(name: str) -> list[str]:
    return [part for part in re.findall(r"[\w'-]+", fold(name)) if len(part) > 1 and part not in _NO_NAME]


_FAREWELL = r"saludos|abrazos?|besos?|atentamente|cordial|regards|best|cheers|yours|sincerely|warmly|love"
_ROLE = re.compile(
    r"[\s,(|·–—-]*\b(?:equipo de )?(?:atenci[oó]n al cliente|servicio al cliente|customer (?:care|service|support)(?: team)?|"
    r"community manager|social media(?: team)?)\W*$",
    re.IGNORECASE,
)


@functools.lru_cache(maxsize=1024)
def _signature(case: Case) -> tuple[int, str] | None:
    """Return where a person's name or initials close the reply, and that name; None if none do."""
    text = re.sub(r"[^\w)]+$", "", re.sub(r"\(?\b[Cc]af[eé] [Bb]risa\)?(?: team)?[^\w]*$", "", case.reply.rstrip()))
    text = re.sub(_ROLE, "", text)
    text = re.sub(r"[\s,(·|-]*(?:de|del|from|at|for|en|x|equipo de|,)?\s*$", "", text)
    if match := re.search(r"\^\s?([A-Za-zÁÉÍÓÚÑ]{1,3})$", text):
        return match.start(), match.group()
    if match := re.search(rf"(?:^|[\s.!?…])(?:—|–|-|/|~|\||•|\*|·|fdo\.?:?|firmado:?|att(?:e)?\.?:?)\s*({_PERSON}|[a-zñáéíóú]{{2,12}})$", text, re.I):
        if _is_name(match.group(1)):
            return match.start(), match.group(1)
    closing = (
        r"(?:saludos|un saludo|saludos cordiales|un cordial saludo|un abrazo|abrazos?|besos|atentamente|cordialmente|"
        r"best|best wishes|all the best|kind regards|warm regards|best regards|regards|cheers|yours|sincerely|yours "
        r"sincerely|yours truly|warmly|love|take care|hasta pronto|hasta luego|hasta manana|speak soon|talk soon|see you there|"
        r"te esperamos|gracias|thanks|many thanks|muchas gracias|thank you)(?: again| otra vez| de nuevo)?"
    )
    plain = fold(text)
    if match := re.search(rf"\b{closing}[\s,.!:\-–—]*\s({'[a-z]'}[\w'’-]*(?: [\w'’.-]+){{0,2}})$", plain):
        name = text[match.start(1) : match.end(1)]
        if _is_name(name) and (name[0].isupper() or len(name.split()) == 1):
            return match.start(1), name
    if match := re.search(rf"(?:[.!?…:)\]\n]|[^\w\s,;'\"(-])\s*({_PERSON})$", text):
        if _is_name(match.group(1)) and len(match.group(1).split()) <= 4:
            return match.start(1), match.group(1)
    if match := re.search(rf"(?:^|[.!?…\n]\s*|[^\w\s,;'\"(-]\s*)[¡¿]?[\w ]{{2,28}}[,\n]\s*({_NAME}(?: {_NAME})?)$", text):
        if _is_name(match.group(1)):
            return match.start(1), match.group(1)
    if not re.search(r"[A-Z]", case.reply) and (match := re.search(r"[.!?)]\s+([a-zñáéíóú]{3,10})$", text)):
        if match.group(1) not in fold(" ".join(_hits_text("generic", text))) and _is_name(match.group(1)):
            return match.start(1), match.group(1)
    return None


def _hits_text(criterion: str, text: str) -> list[str]:
    return [text[start:end] for start, end, _ in _hits(criterion, text)]


def _signed(case: Case) -> Finding:
    closing = _signature(case)
    own = _name_parts(case.customer)
    if closing and not (own and set(_name_parts(closing[1])) & set(own)):
        to_somebody = re.search(r"(?:^|[.!?…]\s*)[\w\s]*,\s*$", case.reply[: case.reply.rfind(closing[1])])
        if to_somebody and not case.customer and not re.search(_FAREWELL, fold(to_somebody.group())):
            return Finding("signed", CANNOT_TELL, closing[1], "signs, or is spoken to")
        return Finding("signed", YES, closing[1], "name at the end")
    for start, end in _own_name_places(case.reply):
        return Finding("signed", YES, case.reply[start:end], "name in the text")
    return Finding("signed", NO, "", "")


def _greets(case: Case) -> Finding:
    text, plain = case.reply, fold(case.reply)
    own = _own_name_places(text)
    if parts := _name_parts(case.customer):
        for match in re.finditer(rf"(?<![\w@^])(?:{'|'.join(map(re.escape, parts))})(?!\w)", plain):
            if not any(start <= match.start() < end for start, end in own):
                signed = _signature(case)
                marked = re.search(r"[—–/^-]\s*$", plain[: match.start()]) and signed and match.start() >= signed[0]
                if not marked:
                    return Finding("greets_by_name", YES, text[match.start() : match.end()], "the customer's name")
        other = re.match(rf"\W*{_GREETING}[\s,]+{_TITLE}([\w'-]+)", plain)
        if other and text[other.start(1)].isupper() and _is_name(other.group(1)) and other.span(1) not in own:
            return Finding("greets_by_name", NO, text[other.start(1) : other.end(1)], "another name")
        return Finding("greets_by_name", NO, "", "")
    for pattern in (
        rf"\W*{_GREETING}[\s,]+{_TITLE}([\w'-]+)",
        r"\W*([\w'-]+)\s*[,:!–—-]",
        r"[^.!?]{0,90}, ([\w'-]+)\s*[.!?:,;]",
    ):
        match = re.match(pattern, plain)
        if match and text[match.start(1)].isupper() and _is_name(match.group(1)) and match.span(1) not in own:
            if not _hits("topic", match.group(1)):
                return Finding("greets_by_name", YES, text[match.start(1) : match.end(1)], "a name in the greeting")
    return Finding("greets_by_name", NO, "", "")


# --- what the customer named ----------------------------------------------------------------------------------------
_COMMON = frozenset(
    "this that with your have been from they what when there would could should about please hello thank thanks sorry "
    "order orders pedido pedidos compra compre gracias hola para como pero esta este esto estoy todo toda nada muy mas "
    "cuando donde porque desde hasta sobre solo siempre nunca tienda mensaje message messages service servicio ayuda help "
    "need want quiero necesito puedo podeis pueden tengo tiene hace llevo still again after before twice veces nuevo very "
    "really days dias week semana semanas weeks month ayer today hoy yesterday manana problem problema cliente customer "
    "experience experiencia favor euros brisa coffee cafe cafes people gente same mismo misma otra otro other just even "
    "will going thing things pregunta question gracias good buenos buenas "
    "lunes martes miercoles jueves viernes sabado domingo answer respuesta contesta write escribir escribo tell".split()
)


def _content(text: str) -> set[str]:
    """Return the stems of the words that carry content, and the numbers."""
    words = re.findall(r"[a-z]+|\d{2,}", fold(text))
    return {w if w.isdigit() else w[:STEM] for w in words if w.isdigit() or (len(w) >= LEAST_LETTERS and w not in _COMMON)}


def _topics(text: str) -> dict[str, str]:
    """Return the topics of a text, each with the word that names it."""
    names = {rule.rule_id: rule.meaning for rule in _rules("topic")}
    return {names[rule]: text[start:end] for start, end, rule in reversed(_hits("topic", text))}


def _core(case: Case) -> str:
    """Return the sentences that could be an answer: without signature, promotion, data requests and set phrases."""
    closing = _signature(case)
    text = _unquoted(case.reply[: closing[0]] if closing else case.reply)
    kept = []
    for sentence in _sentences(text):
        asks = _hits("data", sentence) and _hits("request", sentence) and not _hits("private", sentence)
        if not (asks or any(_hits(c, sentence) for c in ("generic", "promotes", "makes_excuses", "jargon"))):
            kept.append(re.sub(rf"^\W*{_GREETING}\b", "", sentence, flags=re.IGNORECASE))
    return " ".join(kept)


def _specific(case: Case) -> Finding:
    name = "answers_specifically"
    core, topics = _core(case), _topics(_core(case))
    greeted = _greets(case)
    own_names = {part[:STEM] for part in _name_parts(case.customer or (greeted.words if greeted.verdict == YES else ""))}
    if case.message:
        asked = (_content(case.message)) - own_names
        for word in re.findall(r"\w+", core):
            plain = fold(word)
            if plain not in _COMMON and (plain if plain.isdigit() else plain[:STEM]) in asked:
                if plain.isdigit() or len(plain) >= LEAST_LETTERS:
                    return Finding(name, YES, word, "a word of the customer's")
        shared = [word for topic, word in topics.items() if topic in _topics(case.message)]
        if shared:
            return Finding(name, YES, shared[0], "a topic of the customer's")
        if topics:
            return Finding(name, CANNOT_TELL, ", ".join(topics.values()), "other topics than the customer's")
        return Finding(name, NO, "", "")
    if topics:
        return Finding(name, YES, ", ".join(list(topics.values())[:3]), "a topic")
    if _hits("generic", case.reply):
        return Finding(name, NO, "; ".join(_hits_text("generic", case.reply)), "set phrases only")
    return Finding(name, CANNOT_TELL, "", "the customer's message is needed")


def _next_step(case: Case) -> Finding:
    for sentence in _sentences(case.reply):
        times, owners = _hits("time", sentence), _hits("owner", sentence)
        if times and owners:
            words = f"{sentence[owners[0][0] : owners[0][1]]} … {sentence[times[0][0] : times[0][1]]}"
            return Finding("next_step_with_time", YES, words, f"{owners[0][2]} + {times[0][2]}")
    return Finding("next_step_with_time", NO, "", "")


def _asks_data(case: Case) -> Finding:
    name = "asks_personal_data_in_public"
    if not case.public:
        return Finding(name, NO, "", "not a public channel")
    text = _unquoted(case.reply)
    sentences = _sentences(text)
    for sentence, following in zip(sentences, [*sentences[1:], ""], strict=True):
        asks, data = _hits("request", sentence), _hits("data", sentence)
        elsewhere = _hits("private", sentence) or (len(following.split()) <= SHORT and _hits("private", following))
        if asks and data and not elsewhere:
            words = f"{sentence[asks[0][0] : asks[0][1]]} … {sentence[data[0][0] : data[0][1]]}"
            return Finding(name, YES, words, f"{asks[0][2]} + {data[0][2]}")
    for start, end, rule in _hits("data", text, "shown"):
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
    "greets_by_name": _greets,
    "answers_specifically": _specific,
    "next_step_with_time": _next_step,
    "signed": _signed,
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
    return {name: _READERS[name](case) if name in _READERS else _by_words(name, case) for name in CRITERIA}


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
