"""Does the reply take up what the customer named? Shared words, numbers and topics, without the set phrases."""

import re

from socialcare.personalisation.findings import (
    CANNOT_TELL,
    NO,
    YES,
    Case,
    Finding,
    hits,
    hits_text,
    rule_set,
    sentences,
    unquoted,
    word_set,
)
from socialcare.personalisation.language import fold
from socialcare.personalisation.names import GREETING, greets_by_name, name_parts, signature

__all__ = ["answers_specifically"]

LEAST_LETTERS = 4  # a shared word of the customer's must have at least so many letters
STEM = 5  # two words are one if their first letters agree: molinillo and molinillos

_COMMON = word_set("""
    this that with your have been from they what when there would could should about please hello thank thanks
    sorry order orders pedido pedidos compra compre gracias hola para como pero esta este esto estoy todo toda
    nada muy mas cuando donde porque desde hasta sobre solo siempre nunca tienda mensaje message messages
    service servicio ayuda help need want quiero necesito puedo podeis pueden tengo tiene hace llevo still again
    after before twice veces nuevo very really days dias week semana semanas weeks month ayer today hoy
    yesterday manana problem problema cliente customer experience experiencia favor euros brisa coffee cafe
    cafes people gente same mismo misma otra otro other just even will going thing things pregunta question good
    buenos buenas lunes martes miercoles jueves viernes sabado domingo answer respuesta contesta write escribir
    escribo tell
""")


def _content(text: str) -> set[str]:
    """Return the stems of the words that carry content, and the numbers."""
    words = re.findall(r"[a-z]+|\d{2,}", fold(text))
    return {
        w if w.isdigit() else w[:STEM] for w in words if w.isdigit() or (len(w) >= LEAST_LETTERS and w not in _COMMON)
    }


def _topics(text: str) -> dict[str, str]:
    """Return the topics of a text, each with the word that names it."""
    names = {rule.rule_id: rule.meaning for rule in rule_set("topic")}
    return {names[rule]: text[start:end] for start, end, rule in reversed(hits("topic", text))}


def _core(case: Case) -> tuple[str, str]:
    """Return the sentences that could be an answer, plain ones and those in jargon.

    Left out are the signature, promotion, excuses, requests for data and set phrases.
    """
    closing = signature(case)
    text = unquoted(case.reply[: closing[0]] if closing else case.reply)
    plain, jargon = [], []
    for sentence in sentences(text):
        asks = hits("data", sentence) and hits("request", sentence) and not hits("private", sentence)
        if not (asks or any(hits(c, sentence) for c in ("generic", "promotes", "makes_excuses"))):
            kept = jargon if hits("jargon", sentence) else plain
            kept.append(re.sub(rf"^\W*{GREETING}\b", "", sentence, flags=re.IGNORECASE))
    return " ".join(plain), " ".join(jargon)


def _taken_up(text: str, asked: set[str], about: dict[str, str]) -> tuple[str, str]:
    """Return the first word of a text that takes up a word of ``asked`` or a topic of ``about``, and which it was."""
    for word in re.findall(r"\w+", text):
        plain = fold(word)
        long_enough = plain.isdigit() or len(plain) >= LEAST_LETTERS
        if long_enough and plain not in _COMMON and (plain if plain.isdigit() else plain[:STEM]) in asked:
            return word, "a word of the customer's"
    shared = [word for topic, word in _topics(text).items() if topic in about]
    return (shared[0], "a topic of the customer's") if shared else ("", "")


def answers_specifically(case: Case) -> Finding:
    """Yes if the core of the reply takes up a word, a number or a topic of the customer's."""
    name = "answers_specifically"
    core, jargon = _core(case)
    topics = _topics(core)
    greeted = greets_by_name(case)
    own_names = {part[:STEM] for part in name_parts(case.customer or (greeted.words if greeted.verdict == YES else ""))}
    if case.message:
        asked, about = _content(case.message) - own_names, _topics(case.message)
        word, why = _taken_up(core, asked, about)
        if word:
            return Finding(name, YES, word, why)
        if topics:
            return Finding(name, CANNOT_TELL, ", ".join(topics.values()), "other topics than the customer's")
        word, _ = _taken_up(jargon, asked, about)
        if word:
            return Finding(name, CANNOT_TELL, word, "only in jargon")
        if core and not asked and not about:
            return Finding(name, CANNOT_TELL, "", "the customer's message names nothing")
        return Finding(name, NO, "", "")
    if topics:
        return Finding(name, YES, ", ".join(list(topics.values())[:3]), "a topic")
    if hits("generic", case.reply):
        return Finding(name, NO, "; ".join(hits_text("generic", case.reply)), "set phrases only")
    return Finding(name, CANNOT_TELL, "", "the customer's message is needed")
