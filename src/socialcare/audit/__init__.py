"""Audit a brand from its exports: what is shown, how sure it is, and what you would tell the owner.

``audit`` reads a folder of CSV files (``exports``), lets each section call the analyses of its unit (``engagement``,
``service``, ``purchases``, ``segments``, ``complaint_costs``, ``fairness``) and ranks what follows (``findings``).
``charts`` draws, ``page`` writes the report. A missing or broken table never stops the audit: it is named, the sections
that need it say what it would have shown, and the rest works.
"""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from socialcare.audit import complaint_costs, engagement, fairness, purchases, segments, service
from socialcare.audit.charts import chart_table, draw
from socialcare.audit.exports import COLUMNS, OPTIONAL, Exports, read_exports
from socialcare.audit.findings import Bar, Chart, KeyFigure, Recommendation, Section, ranked
from socialcare.audit.inputs import DEFAULTS, Inputs, choose
from socialcare.audit.page import report
from socialcare.audit.words import as_date, concerned, money_range
from socialcare.formulas.audit import DECISIONS, decision, first_steps, priority

__all__ = [
    "COLUMNS",
    "DECISIONS",
    "DEFAULTS",
    "OPTIONAL",
    "Audit",
    "Bar",
    "Chart",
    "Exports",
    "Inputs",
    "KeyFigure",
    "Recommendation",
    "Section",
    "audit",
    "chart_table",
    "choose",
    "decision",
    "draw",
    "first_steps",
    "key_figures",
    "priority",
    "ranked",
    "read_exports",
    "report",
    "requests",
    "show",
    "steps_table",
    "what_was_read",
]

OUR_BRAND = "Café Brisa"
SECTIONS = (engagement, service, purchases, segments, complaint_costs, fairness)


class Audit(NamedTuple):
    """Everything that was found: ``sections`` in their order and ``steps``, the ranked recommendations.

    ``today`` is the midnight after the last moment in the files, never the clock of the machine; None without any date.
    """

    brand: str | None
    today: pd.Timestamp | None
    exports: Exports
    inputs: Inputs
    sections: tuple[Section, ...]
    steps: tuple[Recommendation, ...]

    def section(self, name: str) -> Section:
        """Return a section by name; ValueError with the known names."""
        for section in self.sections:
            if section.name == name:
                return section
        raise ValueError(f"section {name!r} is unknown; expected one of {', '.join(s.name for s in self.sections)}")


def audit(folder: str | Path | None = None, brand: str | None = None, **yours: float) -> Audit:
    """Audit the brand whose exports lie in ``folder``; None audits Café Brisa.

    ``brand`` names your rows in posts, interactions and audience; leave it out if there is only one. ``yours`` replaces
    defaults of ``DEFAULTS`` by your own numbers. Raises FileNotFoundError for a folder that is not there and
    ValueError for an input that cannot be; for a file never.
    """
    inputs = choose(yours)
    exports = read_exports(folder)
    if brand is None:
        brand = OUR_BRAND if folder is None else _only_brand(exports)
    sections = tuple(_built(module, exports, inputs, brand) for module in SECTIONS)
    return Audit(brand, exports.today(), exports, inputs, sections, ranked(sections))


def _only_brand(exports: Exports) -> str | None:
    """Return the brand of the files if they hold exactly one; None leaves the question to the section."""
    names = {
        name
        for table in ("posts", "interactions", "audience")
        if exports.has(table)
        for name in exports.tables[table]["brand"]
    }
    return names.pop() if len(names) == 1 else None


def _built(module, exports: Exports, inputs: Inputs, brand: str | None) -> Section:
    """Build a section; an analysis that refuses the data is quoted, and the other sections go on."""
    try:
        return module.build(exports, inputs, brand)
    except ValueError as refusal:
        return module.BLANK._replace(lacking=(f"The files were read, but this could not be computed: {refusal}.",))


def show(section: Section):
    """Return the chart of a section for the notebook; of a section without one, the sentences that say why."""
    if section.chart is not None:
        return draw(section.chart)
    from IPython.display import Markdown  # noqa: PLC0415  notebooks only

    return Markdown(f"*{section.heading}: there is no picture.* {section.said}")


def what_was_read(found: Audit) -> pd.DataFrame:
    """Return one row per table: status, rows, first and last day, and what did not fit or was not read."""
    rows = {
        file.table: (
            file.status,
            file.rows,
            file.first,
            file.last,
            file.problem or (f"not read: {', '.join(file.unread)}" if file.unread else ""),
        )
        for file in found.exports.files
    }
    columns = ["status", "rows", "first day", "last day", "note"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("table")


def key_figures(section: Section) -> pd.DataFrame:
    """Return the key figures of a section as a table: value, how sure, counted in what."""
    rows = [figure[1:] for figure in section.figures]
    index = pd.Index([figure.name for figure in section.figures], name="key figure")
    return pd.DataFrame(rows, columns=["value", "how sure", "counted in"], index=index)


def steps_table(found: Audit) -> pd.DataFrame:
    """Return the ranked recommendations: one row each, with the reason, the owner and the day."""
    rows = [
        (
            step.decision,
            step.action,
            step.evidence,
            step.owner,
            as_date(found.today, step.days),
            concerned(step),
            money_range(step.euros),
            f"{step.hours:g}",
            step.measure,
        )
        for step in found.steps
    ]
    columns = ["decision", "step", "evidence", "owner", "by", "concerned", "money at stake", "hours", "measured by"]
    return pd.DataFrame(rows, columns=columns, index=pd.RangeIndex(1, len(rows) + 1, name="rank"))


def requests() -> pd.DataFrame:
    """Return what to ask a brand for: one row per file with the columns it must hold and those that help."""
    rows = {
        f"{table}.csv": (", ".join(columns), ", ".join(OPTIONAL.get(table, ()))) for table, columns in COLUMNS.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["must hold", "helps"]).rename_axis("file")
