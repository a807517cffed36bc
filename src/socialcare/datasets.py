"""The tables of the course, typed; and the same tables from your own CSV, checked against the same schema.

Every column, unit and rule stands once, in ``datasets/datapackage.json`` (Frictionless Table Schema). A loader without
a path reads the course's table. With a path it reads your export and checks it: the first problem found is
told in one sentence with the file, the column, the row and what was expected, and nothing is repaired.
"""

import csv
import difflib
import functools
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

__all__ = [
    "TODAY",
    "ZONE",
    "description",
    "dictionary",
    "folder",
    "header",
    "load",
    "load_audience",
    "load_benchmarks",
    "load_checkout_audits",
    "load_checkout_rules",
    "load_crisis_plan",
    "load_crm_offers",
    "load_customers",
    "load_era_statements",
    "load_interactions",
    "load_inventory",
    "load_marketing_eras",
    "load_mention_accounts",
    "load_mention_edges",
    "load_mentions_hourly",
    "load_messages",
    "load_orders",
    "load_posts",
    "load_privacy_rules",
    "load_reply_holdout",
    "load_reply_rules",
    "load_surveys",
    "load_tickets",
    "load_visits",
    "load_week_plan",
    "tables",
]

ZONE = "Europe/Madrid"
TODAY = pd.Timestamp("2026-01-01", tz=ZONE)

_BOOLEANS = {"true": True, "false": False}
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DATETIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)")
_EXPECTED = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number with a decimal point and no currency sign",
    "boolean": "true or false",
    "date": "a date such as 2025-03-10",
    "datetime": "a time with its offset such as 2025-03-10T09:30:00+01:00",
}


def folder() -> Path:
    """Return the folder of the tables: ``datasets/`` beside or above the working folder, else beside the package."""
    starts = [Path.cwd(), *Path.cwd().parents, *Path(__file__).resolve().parents]
    for start in starts:
        if (start / "datasets" / "datapackage.json").exists():
            return start / "datasets"
    raise FileNotFoundError("datasets/datapackage.json not found; expected it in the working folder or above it")


@functools.cache
def _resources(path: Path) -> dict[str, dict]:
    package = json.loads(path.read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


def tables() -> list[str]:
    """Return the names of all tables, sorted."""
    return sorted(_resources(folder() / "datapackage.json"))


def _resource(name: str) -> dict:
    if name not in tables():
        raise ValueError(f"table {name!r} is unknown; expected one of {', '.join(tables())}")
    return _resources(folder() / "datapackage.json")[name]


def description(name: str) -> str:
    """Return what one row of a table is, in a sentence."""
    return _resource(name)["description"]


def dictionary(name: str) -> pd.DataFrame:
    """Return the data dictionary of a table: one row per column with its type, unit and description."""
    fields = _resource(name)["schema"]["fields"]
    rows = [{key: field.get(key, "") for key in ("name", "type", "unit", "description")} for field in fields]
    return pd.DataFrame(rows).rename(columns={"name": "column"})


def header(path: str | Path) -> list[str]:
    """Return the column names of a reader's CSV; refuses what :func:`load` refuses before it looks at a cell."""
    return list(_read_own(Path(path)).columns)


def load(
    name: str, path: str | Path | None = None, *, columns: Iterable[str] | None = None, optional: Iterable[str] = ()
) -> pd.DataFrame:
    """Return table ``name``: the course's own, or the CSV at ``path`` after checking it against the schema.

    With ``columns``, only these are read: each must be there, those in ``optional`` may be there, and all others of
    the file stay unread and unchecked, so that an analysis takes no more than it needs. Without, the file must have
    the columns of the schema and no others. Times come in the zone Europe/Madrid, categories as text, missing values
    as ``NaN``/``NaT``. Raises ValueError with one sentence for the first column, type, unit, range, key or rule that
    does not fit, and FileNotFoundError.
    """
    resource = _narrowed(_resource(name), columns, optional)
    own = path is not None
    path = Path(path) if own else folder() / resource["path"]
    fields = resource["schema"]["fields"]
    if own:
        text = _read_own(path)
        if columns is not None:
            fields = [field for field in fields if field["name"] in text.columns or field["name"] not in optional]
            names = {field["name"] for field in fields}
            _check_once(path, list(text.columns))
            text = text[[column for column in text.columns if column in names]]
            resource = _narrowed(resource, names)
        _check_columns(path, list(text.columns), [field["name"] for field in fields])
    else:
        text = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""])
    table = pd.DataFrame({field["name"]: _typed(path, text[field["name"]], field) for field in fields})
    if own:
        _check_constraints(path, text, table, resource)
    return table


def load_interactions(path: str | Path | None = None) -> pd.DataFrame:
    """One row per visible act towards a brand: retweet, mention, like, comment or share."""
    return load("interactions", path)


def load_posts(path: str | Path | None = None) -> pd.DataFrame:
    """One row per post of a brand, with its impressions and reach."""
    return load("posts", path)


def load_audience(path: str | Path | None = None) -> pd.DataFrame:
    """One row per brand, network and week: followers and active followers."""
    return load("audience", path)


def load_checkout_audits(path: str | Path | None = None) -> pd.DataFrame:
    """One row per shop and checkout rule: what was observed and whether the rule holds."""
    return load("checkout_audits", path)


def load_checkout_rules() -> pd.DataFrame:
    """One row per checkout rule: severity, evidence, law, how to inspect it and how to mend a breach."""
    return load("checkout_rules")


def load_crisis_plan(path: str | Path | None = None) -> pd.DataFrame:
    """One row per step of the crisis plan: level, time due, action, who, department and channel."""
    return load("crisis_plan", path)


def load_crm_offers(path: str | Path | None = None) -> pd.DataFrame:
    """One row per cost line of a CRM offer and year, in EUR."""
    return load("crm_offers", path)


def load_customers(path: str | Path | None = None) -> pd.DataFrame:
    """One row per customer: profile, declared needs, acquisition and churn."""
    return load("customers", path)


def load_era_statements(path: str | Path | None = None) -> pd.DataFrame:
    """One row per statement of a firm, with the era of marketing that each of two raters marked."""
    return load("era_statements", path)


def load_mention_accounts(path: str | Path | None = None) -> pd.DataFrame:
    """One row per account of the mention graph, with its followers."""
    return load("mention_accounts", path)


def load_mention_edges(path: str | Path | None = None) -> pd.DataFrame:
    """One row per pair of accounts: how often one mentioned or retweeted the other."""
    return load("mention_edges", path)


def load_mentions_hourly(path: str | Path | None = None) -> pd.DataFrame:
    """One row per hour of the year: mentions of Café Brisa, with labelled crises."""
    return load("mentions_hourly", path)


def load_messages(path: str | Path | None = None) -> pd.DataFrame:
    """One row per labelled message of a customer or an agent, in Spanish or English."""
    return load("messages", path)


def load_orders(path: str | Path | None = None) -> pd.DataFrame:
    """One row per order, with amount, margin and shipping in EUR."""
    return load("orders", path)


def load_privacy_rules() -> pd.DataFrame:
    """One row per field of the customer record: what it may be used for, the law and how long to keep it."""
    return load("privacy_rules")


def load_reply_holdout(path: str | Path | None = None) -> pd.DataFrame:
    """One row per labelled reply that was kept back to measure the reply rubric."""
    return load("reply_holdout", path)


def load_reply_rules() -> pd.DataFrame:
    """One row per rule of the reply rubric: what it looks for, with a text that it hits and one that it leaves."""
    return load("reply_rules")


def load_surveys(path: str | Path | None = None) -> pd.DataFrame:
    """One row per survey invitation: CSAT, CES, NPS and who did not answer."""
    return load("surveys", path)


def load_tickets(path: str | Path | None = None) -> pd.DataFrame:
    """One row per service case, with every clock stamp and its outcome."""
    return load("tickets", path)


def load_visits(path: str | Path | None = None) -> pd.DataFrame:
    """One row per visit to the shop: how far it got on the way to an order."""
    return load("visits", path)


def load_week_plan(path: str | Path | None = None) -> pd.DataFrame:
    """One row per block of working time in the plan of a week."""
    return load("week_plan", path)


def load_benchmarks() -> pd.DataFrame:
    """One row per published figure, with its definition, year and source."""
    return load("benchmarks")


def load_marketing_eras() -> pd.DataFrame:
    """One row per cell of the comparison of Marketing 1.0, 2.0 and 3.0, and what a statement must say to count."""
    return load("marketing_eras")


def load_inventory() -> pd.DataFrame:
    """One row per item of the five source documents, with its verdict and where the book teaches it."""
    return load("inventory")


def _read_own(path: Path) -> pd.DataFrame:
    """Read a reader's file with every cell as text, so that a wrong cell can be shown as it was written."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = list(csv.reader(file)) or [[]]
    except FileNotFoundError:
        raise FileNotFoundError(f"{path.name}: file not found; expected a CSV at {path.as_posix()}") from None
    except UnicodeDecodeError as error:
        raise ValueError(f"{path.name}: byte {error.start} is not UTF-8; save the file as 'CSV UTF-8'") from None
    except csv.Error as error:
        raise ValueError(f"{path.name}: not a CSV ({error}); save the file as 'CSV UTF-8, comma'") from None
    if not header:
        raise ValueError(f"{path.name}: the file is empty; expected a header row and data rows")
    if len(header) == 1 and ";" in header[0]:
        raise ValueError(f"{path.name}: columns are separated by ';'; expected commas (save as 'CSV UTF-8, comma')")
    if not rows:
        raise ValueError(f"{path.name}: there are no data rows; expected at least one below the header")
    for position, row in enumerate(rows, start=1):
        if len(row) != len(header):
            raise ValueError(
                f"{path.name}, row {position}: found {len(row)} cells; expected {len(header)}, as in the header"
            )
    return pd.DataFrame(rows, columns=header, dtype="str").replace("", pd.NA)


def _narrowed(resource: dict, columns: Iterable[str] | None, optional: Iterable[str] = ()) -> dict:
    """Return the schema of some columns only, with the keys and rules that these columns can answer."""
    if columns is None:
        return resource
    schema, known = resource["schema"], [field["name"] for field in resource["schema"]["fields"]]
    wanted = {*columns, *optional}
    if unknown := sorted(wanted - set(known)):
        raise ValueError(f"column {unknown[0]!r} is unknown; expected some of {', '.join(known)}")
    left_out = set(known) - wanted
    keys = schema.get("primaryKey", [])
    keys = [keys] if isinstance(keys, str) else keys
    rules = [rule for rule in schema.get("rules", []) if not left_out & set(re.findall(r"\w+", rule["holds"]))]
    fields = [field for field in schema["fields"] if field["name"] in wanted]
    narrowed = {**schema, "fields": fields, "primaryKey": [] if left_out & set(keys) else keys, "rules": rules}
    return {**resource, "schema": narrowed}


def _check_once(path: Path, found: list[str]) -> None:
    for column in found:
        if found.count(column) > 1:
            raise ValueError(f"{path.name}: column {column!r} stands {found.count(column)} times; expected it once")


def _check_columns(path: Path, found: list[str], expected: list[str]) -> None:
    wanted = f"expected columns {', '.join(expected)}"
    _check_once(path, found)
    for column in expected:
        if column not in found:
            near = difflib.get_close_matches(column, set(found) - set(expected), n=1)
            hint = f" (is it {near[0]!r}?)" if near else ""
            raise ValueError(f"{path.name}: column {column!r} is missing{hint}; {wanted}")
    for column in found:
        if column not in expected:
            raise ValueError(f"{path.name}: column {column!r} is unknown; {wanted}")


def _problem(path: Path, column: str, index: int, value: object, expected: str) -> ValueError:
    """Row 1 is the first row below the header, as a reader counts."""
    shown = "an empty cell" if pd.isna(value) else repr(str(value))
    return ValueError(f"{path.name}, column {column!r}, row {index + 1}: found {shown}; expected {expected}")


def _expected(field: dict) -> str:
    """Say what a cell of this column may hold, from the schema alone."""
    rules = field.get("constraints", {})
    if "enum" in rules:
        return "one of " + ", ".join(rules["enum"])
    words = [_EXPECTED[field["type"]]]
    if "minimum" in rules and "maximum" in rules:
        words.append(f"from {rules['minimum']} to {rules['maximum']}")
    elif "minimum" in rules:
        words.append(f"of {rules['minimum']} or more")
    elif "maximum" in rules:
        words.append(f"of {rules['maximum']} or less")
    if "pattern" in rules:
        words.append(
            f"that matches {rules['pattern']}" + (f", such as {field['example']}" if "example" in field else "")
        )
    if field.get("unit"):
        words.append(f"(unit: {field['unit']})")
    return " ".join(words)


def _typed(path: Path, text: pd.Series, field: dict) -> pd.Series:
    """Convert one column; the first cell that is not of the column's type is the error."""
    match field["type"]:
        case "string":
            return text
        case "boolean":
            values = text.map(_BOOLEANS)
        case "integer" | "number":
            values = pd.to_numeric(text, errors="coerce")
            values = values.where(values.abs() < float("inf"))
            if field["type"] == "integer":
                values = values.where(values.isna() | (values % 1 == 0))
        case "date":
            values = pd.to_datetime(text.where(text.str.fullmatch(_DATE.pattern)), errors="coerce", format="%Y-%m-%d")
        case "datetime":
            moments = text.where(text.str.fullmatch(_DATETIME.pattern))
            values = pd.to_datetime(moments, errors="coerce", format="ISO8601", utc=True).dt.tz_convert(ZONE)
    wrong = text.notna() & values.isna()
    if wrong.any():
        index = int(wrong.to_numpy().argmax())
        raise _problem(path, field["name"], index, text.iloc[index], _expected(field))
    if field["type"] == "integer":
        return values.astype("int64") if values.notna().all() else values.astype("Int64")
    if field["type"] == "boolean":
        return values.astype("bool") if values.notna().all() else values.astype("boolean")
    return values


def _check_constraints(path: Path, text: pd.DataFrame, table: pd.DataFrame, resource: dict) -> None:
    """Report the first cell from the top that breaks a constraint of its column; then keys, then rules of several."""
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    keys = resource["schema"].get("primaryKey", [])
    keys = [keys] if isinstance(keys, str) else keys
    found = []
    for name, field in fields.items():
        for expected, broken in _broken(table[name], field):
            if broken.any():
                found.append((int(broken.to_numpy().argmax()), name, expected))
    if found:
        index, name, expected = min(found)
        raise _problem(path, name, index, text[name].iloc[index], expected)
    repeated = table.duplicated(keys) if keys else pd.Series(False, index=table.index)
    if repeated.any():
        index = int(repeated.to_numpy().argmax())
        value = ", ".join(str(text[key].iloc[index]) for key in keys)
        raise _problem(path, ", ".join(keys), index, value, "each key once")
    for rule in resource["schema"].get("rules", []):
        broken = ~table.eval(rule["holds"]).fillna(True).astype(bool)
        if broken.any():
            index = int(broken.to_numpy().argmax())
            raise _problem(path, rule["column"], index, text[rule["column"]].iloc[index], rule["expected"])


def _broken(column: pd.Series, field: dict) -> Iterator[tuple[str, pd.Series]]:
    """Yield what each constraint of a column expects and which cells break it; an empty cell breaks no other rule."""
    rules, filled = field.get("constraints", {}), column.notna()
    expected = _expected(field)
    if rules.get("required"):
        yield expected, ~filled
    if "minimum" in rules:
        yield expected, filled & (column < rules["minimum"]).fillna(False)
    if "maximum" in rules:
        yield expected, filled & (column > rules["maximum"]).fillna(False)
    if "enum" in rules:
        yield expected, filled & ~column.isin(rules["enum"])
    if "pattern" in rules:
        yield expected, filled & ~column.astype("str").str.fullmatch(rules["pattern"])
    if rules.get("unique"):
        yield "each value once", filled & column.duplicated()
