"""What every criterion of the reply rubric works with: the rules as a table, where they hit, and what was found."""

import functools
import re
from typing import NamedTuple

import pandas as pd

from socialcare import datasets
from socialcare.personalisation.language import fold

__all__ = [
    "CANNOT_TELL",
    "NO",
    "YES",
    "Case",
    "Finding",
    "hits",
    "hits_text",
    "rule_set",
    "rules",
    "sentences",
    "unquoted",
    "word_set",
]

YES, NO, CANNOT_TELL = "yes", "no", "cannot tell"


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


class Rule(NamedTuple):
    rule_id: str
    effect: str
    pattern: re.Pattern
    meaning: str


@functools.cache
def rules() -> pd.DataFrame:
    """Return the rules as the table that a reader can open: one row per pattern, with its examples."""
    return datasets.load_reply_rules().set_index("rule_id")


@functools.cache
def rule_set(criterion: str) -> tuple[Rule, ...]:
    """Return the compiled rules of a criterion, or of a part of one."""
    rows = rules().query("criterion == @criterion")
    return tuple(Rule(row.Index, row.effect, re.compile(row.pattern), row.meaning) for row in rows.itertuples())


def hits(criterion: str, text: str, effect: str = "hit") -> list[tuple[int, int, str]]:
    """Find the places where a rule hits ``text`` and no veto of the same criterion overlaps: start, end, rule."""
    plain = fold(text)
    found = [(m.start(), m.end(), r) for r in rule_set(criterion) for m in r.pattern.finditer(plain)]
    vetoes = [(start, end) for start, end, rule in found if rule.effect == "veto"]
    kept = [(s, e, r.rule_id) for s, e, r in found if r.effect == effect]
    return sorted((s, e, r) for s, e, r in kept if not any(s < end and start < e for start, end in vetoes))


_QUOTED = re.compile(r"[\"“«][^\"”»\n]{2,160}[\"”»]|(?<!\w)['‘][^'’\n]{8,160}['’](?!\w)")


def unquoted(text: str) -> str:
    """Blank what stands in quotation marks: it repeats somebody else's words."""
    return _QUOTED.sub(lambda match: " " * len(match.group()), text)


_STOP = re.compile(
    r"(?<=[.!?…])(?<!\bno\.)(?<!\bnº\.)(?<!\bSr\.)(?<!\bSra\.)(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\b[ap]\.m\.)\s+"
    r"|\n+"
    r"|(?<=[^\w\s,;:()'\"-])(?<![.,])\s+(?=[A-ZÁÉÍÓÚÑ¡¿])"  # after an emoji, before a capital letter
)


def sentences(text: str) -> list[str]:
    """Split a text into sentences; an abbreviation such as no. or Sra. ends none."""
    return [part for part in _STOP.split(text) if part.strip()]


def hits_text(criterion: str, text: str) -> list[str]:
    """Return the words that the rules of a criterion hit."""
    return [text[start:end] for start, end, _ in hits(criterion, text)]


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text as a set: lists of words read better as text."""
    return frozenset(words.split())
