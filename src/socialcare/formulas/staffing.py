"""How many people does a promise take? Queues, backlogs and the price of hours, as plain formulas.

Erlang's formulas assume random arrivals at one rate, handling times that vary exponentially, first come first served,
and people who never give up. Handling is in minutes, waits are in seconds, load is in erlangs (people busy at once),
money in EUR. Sources: Erlang (1917) for the queue; model D8; reference values C5; the share and the seconds of article
10.3 of Law 10/2025.
"""

import math

from socialcare.formulas import checks

__all__ = [
    "AGENTS_LIMIT",
    "MAX_OCCUPANCY",
    "SHRINKAGE",
    "WEEK_HOURS",
    "agents_needed",
    "average_wait",
    "break_even_loss",
    "chat_minutes",
    "coverage_posts",
    "erlang_b",
    "erlang_c",
    "late_loss",
    "occupancy",
    "offered_load",
    "scheduled",
    "service_level",
    "staff_hours",
]

MAX_OCCUPANCY = 0.85  # teaching default: above it people tire and queues grow fast
SHRINKAGE = 0.25  # paid time away from the desk: leave, illness, training, breaks; teaching default
WEEK_HOURS = 37.5  # hours that a full-time post works in a week; teaching default
AGENTS_LIMIT = 2000  # larger teams need another model


def offered_load(contacts_per_hour, handle_minutes):
    r"""Work that arrives, in erlangs: how many people would be busy on average.

    .. math:: \text{load} = \frac{\text{contacts per hour} \cdot \text{handle minutes}}{60}

    Raises ValueError for negative contacts or a handling time that is not above 0.
    """
    checks.positive("handle_minutes", handle_minutes)
    return checks.non_negative("contacts_per_hour", contacts_per_hour) * handle_minutes / 60


def erlang_b(load, agents):
    r"""Chance that all agents are busy when nobody may queue (C5).

    .. math:: \text{B}_0 = 1, \quad \text{B}_k = \frac{\text{load} \cdot \text{B}_{k-1}}{k + \text{load} \cdot \text{B}_{k-1}}

    Raises ValueError for a negative load or a number of agents that is not whole and 0 or more.
    """  # noqa: E501
    checks.non_negative("load", load)
    checks.whole_between("agents", agents, 0, AGENTS_LIMIT)
    blocked = 1.0
    for count in range(1, int(agents) + 1):
        blocked = load * blocked / (count + load * blocked)
    return blocked


def _stable(load, agents):
    checks.non_negative("load", load)
    checks.whole_between("agents", agents, 1, AGENTS_LIMIT)
    if load >= agents:
        raise ValueError(f"load is {load}; expected less than the {agents} agents, or the queue never ends")
    return agents


def erlang_c(load, agents):
    r"""Chance that a contact must wait, when everybody queues until served (C5).

    .. math:: \text{C} = \frac{n \cdot \text{B}}{n - \text{load} \cdot (1 - \text{B})}

    n is the number of agents and B is :func:`erlang_b`. Raises ValueError for a load of ``agents`` or more.
    """
    _stable(load, agents)
    blocked = erlang_b(load, agents)
    return agents * blocked / (agents - load * (1 - blocked))


def service_level(load, agents, handle_minutes, target_seconds):
    r"""Share of contacts that wait no longer than the target: a proportion (C5).

    .. math:: \text{service level} = 1 - \text{C} \cdot e^{-(n - \text{load}) \cdot \text{target} / \text{handling}}

    C is :func:`erlang_c`, n the number of agents; handling is ``handle_minutes`` (in seconds), the target is
    ``target_seconds``. Rejects what it does, and a negative target.
    """
    checks.positive("handle_minutes", handle_minutes)
    checks.non_negative("target_seconds", target_seconds)
    waiting = erlang_c(load, agents)
    return 1 - waiting * math.exp(-(agents - load) * target_seconds / (60 * handle_minutes))


def average_wait(load, agents, handle_minutes):
    r"""Average wait of all contacts, in seconds (the trade's ASA, average speed of answer).

    .. math:: \text{average wait} = \frac{60 \cdot \text{C} \cdot \text{handle minutes}}{n - \text{load}}

    C is :func:`erlang_c`, n the number of ``agents``. Those who are served at once count as zero. Rejects what
    :func:`service_level` does.
    """
    checks.positive("handle_minutes", handle_minutes)
    return 60 * erlang_c(load, agents) * handle_minutes / (agents - load)


def occupancy(load, agents):
    r"""Share of their time at the desk in which agents handle contacts.

    .. math:: \text{occupancy} = \frac{\text{load}}{\text{agents}}

    Raises ValueError for a load of ``agents`` or more.
    """
    return load / _stable(load, agents)


def agents_needed(load, handle_minutes, target_share, target_seconds, max_occupancy=MAX_OCCUPANCY):
    r"""Smallest number of agents at the desk that keeps the promise and does not wear people out.

    .. math:: \text{agents needed} = \min n: \text{service level} \geq \text{target share}, \text{occupancy} \leq \text{cap}

    ``target_share`` of the contacts, of ``handle_minutes`` each, shall wait at most ``target_seconds``; the cap is
    ``max_occupancy``. Raises ValueError for a share or cap that is not between 0 and 1, and for loads beyond 2,000 agents.
    """  # noqa: E501
    checks.inner_share("target_share", target_share)
    checks.positive("max_occupancy", checks.share("max_occupancy", max_occupancy))
    checks.non_negative("load", load)
    agents = math.floor(load) + 1
    while agents <= AGENTS_LIMIT:
        if load <= max_occupancy * agents and (
            service_level(load, agents, handle_minutes, target_seconds) >= target_share
        ):
            return agents
        agents += 1
    raise ValueError(f"load is {load}; expected one that {AGENTS_LIMIT} agents can serve")


def scheduled(agents, shrinkage=SHRINKAGE):
    r"""People to put on the schedule so that ``agents`` of them sit at the desk, rounded up.

    .. math:: \text{scheduled} = \lceil \frac{\text{agents}}{1 - \text{shrinkage}} \rceil

    Raises ValueError for a negative number of agents or a shrinkage that is not 0 to below 1.
    """
    return math.ceil(checks.count("agents", agents) / (1 - _shrinkage(shrinkage)) - 1e-9)


def _shrinkage(shrinkage):
    if not 0 <= checks.non_negative("shrinkage", shrinkage) < 1:
        raise ValueError(f"shrinkage is {shrinkage}; expected a share of 0 to below 1")
    return shrinkage


def staff_hours(cases, handle_minutes, touches=1, max_occupancy=MAX_OCCUPANCY, shrinkage=SHRINKAGE):
    r"""Paid hours that a backlog of written cases takes: e-mail and posts need no one at the very minute (D8).

    .. math:: \text{staff hours} = \frac{\text{cases} \cdot \text{handle minutes} \cdot \text{touches}}{60 \cdot \text{occupancy} \cdot (1 - \text{shrinkage})}

    The occupancy is ``max_occupancy``. ``touches`` is how often a case is picked up, if ``handle_minutes`` is the work of one time; leave it at 1 if it
    is the work of the whole case. Raises ValueError for a negative number or a share outside its range.
    """  # noqa: E501
    work = checks.non_negative("cases", cases) * checks.non_negative("handle_minutes", handle_minutes)
    work = work * checks.positive("touches", touches) / 60
    checks.positive("max_occupancy", checks.share("max_occupancy", max_occupancy))
    return work / (max_occupancy * (1 - _shrinkage(shrinkage)))


def chat_minutes(handle_minutes, chats, slowdown):
    r"""Work per chat when one person holds several at once, in minutes: each chat grows longer (D8).

    .. math:: \text{chat minutes} = \frac{\text{handle minutes} \cdot (1 + \text{slowdown} \cdot (\text{chats} - 1))}{\text{chats}}

    ``slowdown`` is how much longer a chat takes for each further one. Below 1 there is a gain; the customer waits
    longer between two lines all the same. Raises ValueError for no chat or a negative number.
    """  # noqa: E501
    checks.whole_positive("chats", chats)
    longer = 1 + checks.non_negative("slowdown", slowdown) * (chats - 1)
    return checks.positive("handle_minutes", handle_minutes) * longer / chats


def coverage_posts(hours_per_week, week_hours=WEEK_HOURS, shrinkage=SHRINKAGE):
    r"""Full-time posts that keep one seat taken for so many hours a week.

    .. math:: \text{posts} = \frac{\text{hours per week}}{\text{week hours} \cdot (1 - \text{shrinkage})}

    One seat day and night, 168 hours, takes six posts with the defaults. Raises ValueError outside 0 to 168 hours.
    """
    if not 0 <= checks.non_negative("hours_per_week", hours_per_week) <= 168:
        raise ValueError(f"hours_per_week is {hours_per_week}; expected 0 to 168")
    return hours_per_week / (checks.positive("week_hours", week_hours) * (1 - _shrinkage(shrinkage)))


def late_loss(crises_per_year, closed_share, delay_hours, loss_per_hour):
    r"""Expected loss in a year because crises that begin in closed hours are seen late, in EUR.

    .. math:: \text{late loss} = \text{crises} \cdot \text{closed share} \cdot \text{delay} \cdot \text{loss per hour}

    ``closed_share`` of the ``crises_per_year`` begin while the desk is closed and are seen ``delay_hours`` late. Each
    hour of delay costs the same: a simplification. Raises ValueError for a negative number or a share above 1.
    """
    crises = checks.non_negative("crises_per_year", crises_per_year) * checks.share("closed_share", closed_share)
    return (
        crises * checks.non_negative("delay_hours", delay_hours) * checks.non_negative("loss_per_hour", loss_per_hour)
    )


def break_even_loss(yearly_cost, crises_per_year, closed_share, delay_hours):
    r"""Loss per hour of delay at which watching through the closed hours pays for itself, in EUR.

    .. math:: \text{break-even loss} = \frac{\text{yearly cost}}{\text{crises} \cdot \text{share} \cdot \text{delay}}

    ``yearly_cost`` is what watching costs, in EUR; the others are those of :func:`late_loss`. Raises ValueError for a
    negative cost, and if no crisis is ever seen late.
    """
    hours = late_loss(crises_per_year, closed_share, delay_hours, 1)
    return checks.non_negative("yearly_cost", yearly_cost) / checks.positive("hours of delay in a year", hours)
