"""The exports of a brand: a folder of CSV files named like the tables, of which some are missing and some do not fit.

Only the columns that the audit needs are read. Whatever else a file holds, names and e-mail addresses perhaps, stays
unread, and the report names these columns so that you can delete them. Nothing is repaired: a file that does not fit is
left out with the loader's sentence.
"""

import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from socialcare import datasets

__all__ = ["COLUMNS", "OPTIONAL", "ExportFile", "Exports", "read_exports"]

COLUMNS = {
    "posts": ("post_id", "brand", "network", "posted_at", "impressions"),
    "interactions": ("interaction_id", "occurred_at", "brand", "network", "kind", "post_id", "actor_type", "polarity"),
    "audience": ("week_start", "brand", "network", "followers", "active_followers"),
    "tickets": ("channel", "type", "opened_at", "first_human_reply_at"),
    "visits": ("furthest_step",),
    "orders": ("customer_id", "ordered_at", "amount_eur"),
}
"""What each table must hold; types, units and allowed values stand in the schema of the table."""

OPTIONAL = {
    "tickets": (
        "ticket_id",
        "order_id",
        "language",
        "resolved_at",
        "outcome",
        "stayed_90_days",
        "handle_minutes",
        "redress_eur",
    ),
    "visits": ("visit_id", "visited_at", "device"),
    "orders": ("order_id", "margin_eur"),
}
"""What an audit uses if it is there."""

MOMENTS = {
    "posts": ("posted_at",),
    "interactions": ("occurred_at",),
    "tickets": ("opened_at", "first_human_reply_at", "resolved_at"),
    "visits": ("visited_at",),
    "orders": ("ordered_at",),
    "audience": ("week_start",),
}
FOUND = re.compile(r"found '.*?'; expected", re.DOTALL)
MOST_DAYS_APART = 31
TABLES = (".csv", ".tsv", ".txt", ".xls", ".xlsx")
LONGEST_SHOWN = 40  # characters: a longer cell may be somebody's message


class ExportFile(NamedTuple):
    """One file: ``status`` is read, missing or broken, ``unread`` lists columns.

    ``problem`` is the loader's sentence; of a missing file it says that others lie beside it.
    """

    table: str
    status: str
    rows: int
    first: str
    last: str
    problem: str
    unread: tuple[str, ...]


class Exports(NamedTuple):
    """The tables that could be read, by name, and what became of each file."""

    tables: dict[str, pd.DataFrame]
    files: tuple[ExportFile, ...]

    def has(self, table: str, *columns: str) -> bool:
        """Say whether a table was read with these columns."""
        return table in self.tables and set(columns) <= set(self.tables[table].columns)

    def until(self, table: str) -> pd.Timestamp:
        """Return the midnight after the last moment in a table: the "today" of what it tells.

        The last stamp of the table itself, not of the whole folder: a case without a reply has waited *at least* until
        then, whenever the other files were exported.
        """
        return _span(table, self.tables[table])[1].normalize() + pd.DateOffset(days=1)

    def period(self, table: str) -> str:
        """Return the first and the last day of a table, in words; empty if it has no dates."""
        file = next(file for file in self.files if file.table == table)
        return f"{file.first} to {file.last}" if file.first else ""

    def today(self) -> pd.Timestamp | None:
        """Return the latest :meth:`until` of all tables; None if none has a date."""
        ends = [
            self.until(table) for table, frame in self.tables.items() if table != "audience" and _span(table, frame)
        ]
        return max(ends, default=None)

    def ends_apart(self) -> str:
        """Return a sentence if the files end more than a month apart: a wrong date, or exports of different days."""
        dated = [file for file in self.files if file.last]
        if not dated:
            return ""
        first, last = (pick(dated, key=lambda file: file.last) for pick in (min, max))
        days = (pd.Timestamp(last.last) - pd.Timestamp(first.last)).days
        if days <= MOST_DAYS_APART:
            return ""
        return f"{first.table}.csv ends {days} days before {last.table}.csv: compare their figures with care."


def _span(table: str, frame: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    columns = [column for column in MOMENTS[table] if column in frame]
    moments = [column for column in columns if frame[column].notna().any()]
    if not moments:
        return None
    return min(frame[column].min() for column in moments), max(frame[column].max() for column in moments)


def read_exports(folder: str | Path | None = None) -> Exports:
    """Read the tables of a folder as far as they are there and fit; None reads the course's own.

    Never raises for a file: it is read, missing or broken. Raises FileNotFoundError for a folder that is not there.
    """
    place = datasets.folder() if folder is None else Path(folder)
    if not place.is_dir():
        raise FileNotFoundError(
            f"folder {place.name!r} not found; expected a folder with CSV files such as tickets.csv"
        )
    tables, files = {}, []
    strangers = _strangers(place)
    for table, needed in COLUMNS.items():
        path = place / f"{table}.csv"
        if not path.exists():
            files.append(ExportFile(table, "missing", 0, "", "", strangers, ()))
            continue
        wanted = (*needed, *OPTIONAL.get(table, ()))
        try:
            own = None if folder is None else path
            frame = datasets.load(table, own, columns=needed, optional=OPTIONAL.get(table, ()))
            unread = [] if own is None else [column for column in datasets.header(path) if column not in wanted]
        except OSError:
            files.append(
                ExportFile(table, "broken", 0, "", "", f"{path.name}: cannot be read; expected a CSV file", ())
            )
            continue
        except ValueError as problem:
            files.append(ExportFile(table, "broken", 0, "", "", _without_personal_data(str(problem)), ()))
            continue
        span = _span(table, frame)
        days = [f"{moment:%Y-%m-%d}" for moment in span] if span else ["", ""]
        tables[table] = frame
        files.append(ExportFile(table, "read", len(frame), *days, "", tuple(unread)))
    return Exports(tables, tuple(files))


def _strangers(place: Path) -> str:
    """Say how many tables lie in the folder under names that are not read; a file's name may hold a person's."""
    known = {f"{table}.csv" for table in COLUMNS}
    others = [file for file in place.iterdir() if file.suffix.lower() in TABLES and file.name not in known]
    return f"files in the folder under another name, not read: {len(others)}" if others else ""


def _without_personal_data(sentence: str) -> str:
    """Hide the found value if it may name a person: a key, an address or a long text. The row says where it stands."""
    found = FOUND.search(sentence)
    if not found:
        return sentence
    value = found.group()[len("found '") : -len("'; expected")]
    column = re.search(r"column '([^']+)'", sentence)
    keyed = column is not None and re.search(r"_id\b", column.group(1))
    if keyed or "@" in value or len(value) > LONGEST_SHOWN:
        return sentence.replace(found.group(), "found a value that is not shown here; expected")
    return sentence
