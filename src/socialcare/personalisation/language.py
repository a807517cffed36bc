"""Which language is a short text in? Common words counted, and no answer if there are too few of them.

The lists hold the commonest little words of each language; a word that two languages share is in neither list. It reads
Spanish and English, and knows four neighbours so that it does not take Catalan or French for Spanish.
"""

import functools
import re
import unicodedata
from typing import NamedTuple

__all__ = ["LEAST_WORDS", "STOP_WORDS", "LanguageReading", "fold", "language"]

STOP_WORDS = {
    "es": """
        el los las una unos y pero porque que con del al lo le les nos su sus tu tus mi yo esta este esto es
        son fue ha han hemos he hay muy ya cuando donde como para por sin hasta desde hoy ayer gracias hola
        buenos buenas dias tardes siento sentimos te os se si tambien aqui ahora antes pedido cafe usted
        nuestro nuestra puede tienes llega llego
    """,
    "en": """
        the and but because that with of to it its we you your our my this these is are was has have had there
        very when where how for from without until since today yesterday thanks thank hello hi sorry if also
        here now before order coffee will would can could should not do does did an be been at by on in as i
        am us me what which who please it's i'm i'll we're we'll you're you'll don't
    """,
    "ca": """
        els les amb perque doncs molt gracies bon dia nosaltres aixo aquest aquesta avui dema teniu hem han
        ens us li volem comanda vostre nostra fins des sou ets
    """,
    "fr": """
        le les des du au aux avec mais vous nous votre notre est sont avez avons je il elle merci bonjour
        desole pas pour dans sur une cette ce commande tres
    """,
    "pt": """
        os as um uma com mas porque voce obrigado obrigada ola bom nao sim seu sua nossa nosso muito ja
        encomenda desculpe pelo pela amanha
    """,
    "de": """
        der die das und aber mit sie wir ihr ihre unser ist sind haben danke hallo guten leider nicht fur auf
        eine einen bestellung sehr
    """,
}
"""Words of each language, small and without accents."""

LEAST_WORDS = 2  # words of the language found; with fewer a text is too short to tell
LEAD = 1.5  # times the words of the runner-up


class LanguageReading(NamedTuple):
    """``language`` is empty if the text is too short or too mixed; ``words`` are those that decided."""

    language: str
    words: tuple[str, ...]


@functools.lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return the text in small letters without accents, character by character, so that places stay the same."""
    if text.isascii():
        return text.lower()
    plain = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2011: "-"})
    return "".join((unicodedata.normalize("NFD", character)[0].lower() or character)[0] for character in plain)


_WORDS = {language: frozenset(words.split()) for language, words in STOP_WORDS.items()}
_ONLY_SPANISH = re.compile(r"[¿¡ñÑ]")


def language(text: str) -> LanguageReading:
    """Say which language the words of the text speak for, with the words; empty if they do not say."""
    words = re.findall(r"[a-z]+(?:'[a-z]+)?", fold(text))
    found = {name: [word for word in words if word in known] for name, known in _WORDS.items()}
    found["es"] += _ONLY_SPANISH.findall(text)
    first, second = sorted(found, key=lambda name: len(found[name]), reverse=True)[:2]
    if len(found[first]) < LEAST_WORDS or len(found[first]) < LEAD * len(found[second]):
        return LanguageReading("", tuple(found[first]))
    return LanguageReading(first, tuple(dict.fromkeys(found[first])))
