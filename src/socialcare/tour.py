"""What do we know about one customer, and in which table does it stand? A tour of the case and its tables.

``overview`` lists the tables; ``timeline`` joins them on one person, as a service desk would want to see them.
"""

from collections.abc import Mapping

import pandas as pd

from socialcare import datasets
from socialcare.formulas.wording import euros

__all__ = ["around_a_case", "load_case", "overview", "timeline"]


def load_case() -> dict[str, pd.DataFrame]:
    """Return every table of the course by its name."""
    return {name: datasets.load(name) for name in datasets.tables()}


def overview(case: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return one line for each table: its rows, its columns and what one row is."""
    lines = [
        (name, *table.shape, datasets.description(name).removeprefix("One row is ")) for name, table in case.items()
    ]
    return pd.DataFrame(lines, columns=["table", "rows", "columns", "what one row is"])


def timeline(case: Mapping[str, pd.DataFrame], customer_id: str, since: str = "1900-01-01") -> pd.DataFrame:
    """Return everything the tables know about one customer, in the order of time.

    Joins ``customers``, ``orders``, ``visits``, ``tickets`` and ``surveys`` on ``customer_id``, and ``messages`` on
    ``ticket_id``. Columns: ``when`` (Madrid time), ``table``, ``what``. Raises ValueError for an unknown customer.
    """
    ours = {
        name: case[name][case[name]["customer_id"] == customer_id]
        for name in ("customers", "orders", "visits", "tickets", "surveys")
    }
    if ours["customers"].empty:
        raise ValueError(f"customer {customer_id!r} is unknown; expected an id of the table customers, such as C00001")
    ours["messages"] = case["messages"][case["messages"]["ticket_id"].isin(ours["tickets"]["ticket_id"])]
    events = [event for name, tell in _TELL.items() for row in ours[name].itertuples() for event in tell(row)]
    told = pd.DataFrame(events, columns=["when", "table", "what"]).dropna(subset="when")
    told["when"] = pd.to_datetime(told["when"], utc=True).dt.tz_convert(datasets.ZONE)
    told = told[told["when"] >= pd.Timestamp(since, tz=datasets.ZONE)]
    return told.sort_values("when", kind="stable", ignore_index=True)


def around_a_case(case: Mapping[str, pd.DataFrame], ticket_id: str) -> dict[str, float]:
    """Return what lies before and after a service case: orders before and after it, visits after, the wait in days.

    The wait runs from the opening to the first reply of a person, and is empty (NaN) while nobody has replied. Raises
    ValueError for an unknown case.
    """
    ours = case["tickets"][case["tickets"]["ticket_id"] == ticket_id]
    if ours.empty:
        raise ValueError(f"case {ticket_id!r} is unknown; expected an id of the table tickets, such as T0001")
    ticket = ours.iloc[0]
    orders, visits = (case[name][case[name]["customer_id"] == ticket["customer_id"]] for name in ("orders", "visits"))
    return {
        "orders before": int((orders["ordered_at"] < ticket["opened_at"]).sum()),
        "days waited": (ticket["first_human_reply_at"] - ticket["opened_at"]) / pd.Timedelta(days=1),
        "visits after": int((visits["visited_at"] > ticket["opened_at"]).sum()),
        "orders after": int((orders["ordered_at"] > ticket["opened_at"]).sum()),
    }


def _words(name: str) -> str:
    return name.replace("_", " ")


def _joining(row):
    joined = row.joined_on.tz_localize(datasets.ZONE)
    yield joined, "customers", f"joins through {_words(row.acquired_through)}"


def _order(row):
    yield row.ordered_at, "orders", f"orders {_words(row.category)} in the {row.channel} for {euros(row.amount_eur)}"


def _visit(row):
    yield row.visited_at, "visits", f"visits the shop by {row.device}, gets as far as: {row.furthest_step}"


def _case(row):
    yield row.opened_at, "tickets", f"opens case {row.ticket_id}: {_words(row.topic)}, by {row.channel}"
    yield row.first_auto_reply_at, "tickets", "gets an automatic reply"
    yield row.first_human_reply_at, "tickets", "gets the first reply of a person"
    closed = "confirmed by the customer" if row.customer_confirmed else "not confirmed by the customer"
    yield row.resolved_at, "tickets", f"case closed: {_words(row.outcome)}, {closed}"


def _message(row):
    yield row.sent_at, "messages", f"{row.sender}: {row.text}"


def _survey(row):
    yield row.sent_at, "surveys", f"is invited to the survey '{_words(row.touchpoint)}'"
    scores = {"CSAT": row.csat, "CES": row.ces, "NPS": row.nps}
    given = ", ".join(f"{name} {score}" for name, score in scores.items() if not pd.isna(score))
    yield row.answered_at, "surveys", f"answers the survey '{_words(row.touchpoint)}': {given}"


_TELL = {  # a case stands before its message: both carry the same stamp
    "customers": _joining,
    "orders": _order,
    "visits": _visit,
    "tickets": _case,
    "messages": _message,
    "surveys": _survey,
}
