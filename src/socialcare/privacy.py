"""May this field be used, and for what? The gate that segmentation and personalisation pass first (model D17).

:func:`gate` and :func:`require_allowed` ask whether people may be grouped by a column; :func:`require_purpose` asks
whether a field may serve a purpose, by the table ``datasets/privacy_rules.csv``; :func:`overdue` finds what was kept
too long. They read names, not content: they stop what is plainly forbidden and say why. They cannot know what an
innocent name hides, so they replace no lawyer and no data protection officer. Law as of November 2026, not legal
advice: GDPR art. 9; LOPDGDD art. 9.1 (Spain); CJEU C-184/20, by which an inference counts (evidence B41).
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from socialcare import datasets

__all__ = ["PURPOSES", "Rule", "gate", "overdue", "purpose_table", "require_allowed", "require_purpose"]


class Rule(NamedTuple):
    """A reason to stop a column: ``words`` are whole words of its name; English and Spanish."""

    status: str
    words: str
    reason: str
    law: str


FORBIDDEN, NEEDS_CONSENT, DECLARED_ONLY, ALLOWED = "forbidden", "explicit consent", "check only", "allowed"

RULES = (
    Rule(
        FORBIDDEN,
        "inferred|guessed|presumed|photo|photos|picture|avatar|selfie|face|foto|fotos|bio|biography|biografia|inferido",
        "it is read off a person who has not declared it, and an inference counts as the thing itself",
        "GDPR art. 9 and CJEU C-184/20",
    ),
    Rule(
        FORBIDDEN,
        "religion|religious|faith|church|belief|beliefs|creencia|creencias|ideology|ideologia|politics|political|party|"
        "union|sindicato|afiliacion|orientation|orientacion|sexuality|sexual|race|racial|raza|ethnic|ethnicity|etnia|"
        "origin|origen",
        "it identifies ideology, union membership, religion, sexual orientation, beliefs or origin, and consent alone "
        "does not allow that in Spain",
        "GDPR art. 9 and LOPDGDD art. 9.1",
    ),
    Rule(
        NEEDS_CONSENT,
        "health|salud|illness|enfermedad|diagnosis|disability|discapacidad|accessibility|accesibilidad|diet|dieta|"
        "pregnancy|pregnant|embarazo|medication|genetic|biometric",
        "it says something about health, and a need declared to be served is no consent to be sorted",
        "GDPR art. 9.2(a)",
    ),
    Rule(
        NEEDS_CONSENT,
        "vulnerable|vulnerables|vulnerability|vulnerabilidad",
        "it can reveal health, and a situation declared to be served is no consent to be compared",
        "GDPR art. 9.2(a)",
    ),
    Rule(
        DECLARED_ONLY,
        "gender|sex|genero|sexo",
        "it may be used to check a segment for discrimination, not to build one",
        "course rule; Act 15/2022 forbids discrimination on a long and open list of grounds",
    ),
)
"""Order matters: a name that fits two rules gets the stricter one, which stands first."""


def _words(column: str) -> set[str]:
    """Return the words of a column's name: ``profilePhoto_url`` has profile, photo and url; accents do not matter."""
    plain = column.translate(str.maketrans("áéíóúüñÁÉÍÓÚÜÑ", "aeiouunAEIOUUN"))
    return set(re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain).lower()))


def _rule(column: str) -> Rule | None:
    words = _words(column)
    return next((rule for rule in RULES if words & set(rule.words.split("|"))), None)


def gate(columns: Iterable[str]) -> pd.DataFrame:
    """Say for each column whether a segment may be built on it: ``status``, ``reason`` and ``law``, one row each.

    ``forbidden``: never. ``explicit consent``: only for the purpose that the person agreed to, so not here.
    ``check only``: to test a segment for discrimination. ``allowed``: with a purpose that you have written down.
    """
    open_question = Rule(ALLOWED, "", "no rule stops the name; state your purpose", "GDPR art. 5")
    rows = {column: (_rule(column) or open_question) for column in map(str, columns)}
    return pd.DataFrame(
        [(name, rule.status, rule.reason, rule.law) for name, rule in rows.items()],
        columns=["column", "status", "reason", "law"],
    ).set_index("column")


def require_allowed(columns: Iterable[str]) -> None:
    """Raise ValueError for the first column that no segment may be built on, with the reason and the law."""
    for column in map(str, columns):
        rule = _rule(column)
        if rule is not None:
            raise ValueError(f"column {column!r} is refused ({rule.status}): {rule.reason} ({rule.law})")


PURPOSES = ("service", "delivery", "statistics", "marketing", "gift_on_request")
"""What Café Brisa uses personal data for. A new purpose is a new decision, with a new row for each field."""


def purpose_table() -> pd.DataFrame:
    """Return the table of fields: use, purposes, basis, law with its date, retention in days and reason."""
    return datasets.load_privacy_rules().set_index("field").fillna({"purposes": ""})


def require_purpose(fields: Iterable[str], purpose: str, *, consent: Iterable[str] = ()) -> None:
    """Raise ValueError, in one sentence, for the first field that may not serve ``purpose``.

    ``consent`` names the fields to whose use for this purpose the person has explicitly agreed. What is inferred or
    read off a photo or bio is refused for every purpose, with consent or without. A field that stands in no row is
    refused too: silence is no permission.
    """
    if purpose not in PURPOSES:
        raise ValueError(f"purpose {purpose!r} is unknown; expected one of {', '.join(PURPOSES)}")
    table, agreed = purpose_table(), set(consent)
    for field in map(str, fields):
        rule = _rule(field)
        if rule is not None and rule.status == FORBIDDEN and field not in table.index:
            raise ValueError(f"field {field!r} is refused for {purpose} ({rule.status}): {rule.reason} ({rule.law})")
        if field not in table.index:
            raise ValueError(
                f"field {field!r} is refused for {purpose}: no row of privacy_rules.csv says what it is for"
            )
        row = table.loc[field]
        if purpose not in row["purposes"].split("|"):
            raise ValueError(
                f"field {field!r} is refused for {purpose} ({row['use']}): {row['reason']} ({row['law_reference']})"
            )
        if row["use"] == NEEDS_CONSENT and field not in agreed:
            raise ValueError(
                f"field {field!r} is refused for {purpose} (no consent): {row['reason']} ({row['law_reference']})"
            )


def overdue(record: pd.DataFrame, today: object = datasets.TODAY) -> pd.DataFrame:
    """Return the rows of a record that were kept too long: columns ``field`` and ``last_case`` (a time) are needed.

    Adds ``kept_days`` and ``retention_days``. A field that may not be stored at all is overdue from the first day; an
    unknown field raises ValueError.
    """
    table = purpose_table()
    for field in record["field"]:
        if field not in table.index:
            raise ValueError(
                f"field {field!r} has no row in privacy_rules.csv; expected one of {', '.join(table.index)}"
            )
    kept = (pd.Timestamp(today) - record["last_case"]).dt.days
    limits = record["field"].map(table["retention_days"])
    return record.assign(kept_days=kept, retention_days=limits)[(kept > limits) | (limits == 0)]
