"""What an audit says: key figures, charts, recommendations and sections, as plain values.

Nothing here computes. A section of the audit fills these, the notebook and the report print them.
"""

from typing import NamedTuple

from socialcare.formulas.audit import DECISIONS

__all__ = ["CENSUS", "Bar", "Chart", "KeyFigure", "Recommendation", "Section", "ranked"]

CENSUS = "counted, not sampled: no sampling error"
"""For counts over everything that happened; whether the export holds everything is another question."""


class KeyFigure(NamedTuple):
    """One number of the report: its ``value`` and how ``sure`` it is, in words, with what it was counted in."""

    name: str
    value: str
    sure: str
    counted: str


class Bar(NamedTuple):
    """One row of a chart: an estimate with its interval, in the unit of the chart; without one, ``low`` is None."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None


class Chart(NamedTuple):
    """Estimates with intervals against a threshold. ``title`` is the finding, ``sample`` says n and period."""

    title: str
    sample: str
    unit: str
    bars: tuple[Bar, ...]
    threshold: float | None
    threshold_name: str
    alt: str
    caption: str


class Recommendation(NamedTuple):
    """One step: what to do, why, who, by when, and how you will know.

    ``decision`` comes from :func:`socialcare.formulas.audit.decision`. ``people`` counts those concerned in the period
    of the data, 0 if the tables cannot tell, and ``whom`` says what they are, such as cases. ``euros`` is the money at
    stake as (low, high), None if the tables cannot tell; ``hours`` is the work of the step (a teaching default).
    """

    decision: str
    action: str
    evidence: str
    owner: str
    days: int
    measure: str
    people: int
    whom: str
    euros: tuple[float, float] | None
    hours: float
    section: str


class Section(NamedTuple):
    """One part of the audit. ``lacking`` says which tables were not there and what they would have shown."""

    name: str
    heading: str
    question: str
    finding: str = ""
    figures: tuple[KeyFigure, ...] = ()
    chart: Chart | None = None
    caveats: tuple[str, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The finding and what is lacking, as one text: a section always says something."""
        return " ".join([self.finding, *self.lacking]).strip()


def ranked(sections) -> tuple[Recommendation, ...]:
    """Return all recommendations: what is sure first, then by the people concerned, most first.

    People and not money come second because every section can count people; only some can state money.
    """
    found = [step for section in sections for step in section.recommendations]
    return tuple(sorted(found, key=lambda step: (DECISIONS.index(step.decision), -step.people)))
