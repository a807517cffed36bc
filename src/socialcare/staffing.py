"""How many people does a promise take, and what do more hours cost? Queues computed, and played to check them.

The formulas (``socialcare.formulas.staffing``) are re-exported here. ``simulate_queue`` plays the desk contact by
contact and needs none of Erlang's assumptions about handling times or patience. Model D8; reference values C5.
"""

import heapq
from typing import NamedTuple

import pandas as pd

from socialcare.formulas import checks
from socialcare.formulas.staffing import (
    MAX_OCCUPANCY,
    SHRINKAGE,
    WEEK_HOURS,
    agents_needed,
    average_wait,
    break_even_loss,
    chat_minutes,
    coverage_posts,
    erlang_b,
    erlang_c,
    late_loss,
    occupancy,
    offered_load,
    scheduled,
    service_level,
    staff_hours,
)

__all__ = [
    "MAX_OCCUPANCY",
    "SHRINKAGE",
    "SUDDEN",
    "WEEK_HOURS",
    "Played",
    "agents_needed",
    "average_wait",
    "break_even_loss",
    "chat_minutes",
    "coverage_options",
    "coverage_posts",
    "crisis_starts",
    "erlang_b",
    "erlang_c",
    "late_loss",
    "occupancy",
    "offered_load",
    "scheduled",
    "service_level",
    "simulate_queue",
    "staff_hours",
]


SUDDEN = ("firestorm", "local", "coordinated")  # kinds of episode in which hours count


class Played(NamedTuple):
    """What a played queue shows: shares of all contacts, the average wait in seconds, and how busy the agents were."""

    waiting: float
    service_level: float
    average_wait: float
    occupancy: float
    gave_up: float
    contacts: int


def simulate_queue(
    contacts_per_hour: float,
    handle_minutes: float,
    agents: int,
    target_seconds: float,
    *,
    contacts: int = 60_000,
    spread: float | None = None,
    patience_minutes: float | None = None,
    seed: int = 20251231,
) -> Played:
    """Play a desk contact by contact: random arrivals, one queue, first come first served.

    Handling times are exponential, or lognormal with the coefficient of variation ``spread``. With
    ``patience_minutes`` people give up after an exponential time; they count as not served in time. The first tenth of
    the contacts fills the desk and is left out. Raises ValueError for impossible input, and without patience for a
    load that the agents cannot serve.
    """
    import numpy as np  # noqa: PLC0415  simulators start without it

    load = offered_load(checks.positive("contacts_per_hour", contacts_per_hour), handle_minutes)
    checks.whole_positive("agents", agents)
    checks.non_negative("target_seconds", target_seconds)
    if checks.whole_positive("contacts", contacts) < 100:
        raise ValueError(f"contacts is {contacts}; expected at least 100")
    if patience_minutes is None:
        occupancy(load, agents)
    rng = np.random.default_rng(seed)
    arrivals = np.cumsum(rng.exponential(3600 / contacts_per_hour, contacts))
    if spread is None:
        handling = rng.exponential(60 * handle_minutes, contacts)
    else:
        sigma = np.sqrt(np.log1p(checks.positive("spread", spread) ** 2))
        handling = rng.lognormal(np.log(60 * handle_minutes) - sigma**2 / 2, sigma, contacts)
    patience = [float("inf")] * contacts
    if patience_minutes is not None:
        patience = rng.exponential(60 * checks.positive("patience_minutes", patience_minutes), contacts).tolist()
    free = [0.0] * int(agents)  # when each agent is free next: a heap, so the first is the soonest
    waits, busy, lost, in_time = [], 0.0, 0, 0
    skip = contacts // 10
    for number, (at, work, limit) in enumerate(zip(arrivals.tolist(), handling.tolist(), patience, strict=True)):
        wait = max(0.0, free[0] - at)
        served = wait <= limit
        if served:
            heapq.heapreplace(free, at + wait + work)
        if number >= skip:
            waits.append(min(wait, limit))
            busy += work * served
            lost += not served
            in_time += served and wait <= target_seconds
    counted = np.array(waits)
    span = arrivals[-1] - arrivals[skip - 1]
    return Played(
        waiting=float((counted > 0).mean()),
        service_level=in_time / len(counted),
        average_wait=float(counted.mean()),
        occupancy=float(busy / (span * agents)),
        gave_up=lost / len(counted),
        contacts=len(counted),
    )


def crisis_starts(mentions: pd.DataFrame, opening) -> pd.DataFrame:
    """Return the sudden crises of ``mentions_hourly``: when each began, and the hours until the desk was open.

    Praise and contests are no crises, and no night shift sees one that takes weeks (``SUDDEN``). ``opening`` is a
    :class:`socialcare.service_levels.Opening`.
    """
    from socialcare.service_levels import opening_intervals  # noqa: PLC0415  that module brings Narwhals along

    labelled = mentions[mentions["crisis_kind"].isin(SUDDEN)]
    starts = labelled.groupby("crisis_id").agg(kind=("crisis_kind", "first"), began=("hour_start", "min"))
    if starts.empty:
        raise ValueError("no hour is labelled as a sudden crisis; expected at least one")
    hours = opening_intervals(opening, starts["began"].min(), starts["began"].max() + pd.Timedelta(days=9))
    delays = []
    for began in starts["began"]:
        ahead = hours[hours["closes"] > began]
        delays.append(max(0.0, (ahead["opens"].iloc[0] - began).total_seconds() / 3600))
    return starts.assign(hours_until_open=delays)


def coverage_options(
    options: dict[str, tuple[float, float]], *, crises_per_year: float, closed_share: float, loss_per_hour: float
) -> pd.DataFrame:
    """Compare ways to cover the closed hours: what each costs in a year, what is lost all the same, and both together.

    ``options`` gives for each name the yearly cost in EUR and the hours until somebody sees a crisis that began in
    closed hours.
    """
    rows = {
        name: {"cost": checks.non_negative("cost", cost), "delay_hours": delay,
               "late_loss": late_loss(crises_per_year, closed_share, delay, loss_per_hour)}
        for name, (cost, delay) in options.items()
    }  # fmt: skip
    table = pd.DataFrame(rows).T
    return table.assign(total=table["cost"] + table["late_loss"]).rename_axis("option")
