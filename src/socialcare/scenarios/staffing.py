"""How many people does "95% within three minutes" take? (D8, article 10.3 of Law 10/2025)."""

from socialcare.formulas.palette import OTHER, QUIET, STRONG
from socialcare.formulas.parameters import Parameter, validated
from socialcare.formulas.service_levels import LAW_SHARE
from socialcare.formulas.staffing import (
    MAX_OCCUPANCY,
    agents_needed,
    average_wait,
    occupancy,
    offered_load,
    scheduled,
    service_level,
)
from socialcare.formulas.wording import number, percent

TITLE = "How many people does the promise take?"
QUESTION = "How many agents must sit at the desk so that 95% of calls or chats wait no longer than your target?"

PARAMETERS = (
    Parameter(
        "contacts", "Calls and chats in the hour", 30, 1, 300, 1, "contacts",
        "Contacts that need somebody now, in the hour you plan for; take the busiest.", "teaching default",
    ),
    Parameter(
        "handle_minutes", "Handling time", 8, 1, 30, 1, "minutes",
        "Average work on one contact, with the notes afterwards.", "teaching default",
    ),
    Parameter(
        "agents", "Agents at the desk", 5, 1, 160, 1, "agents",
        "People who can take a contact now; who is on leave or in a meeting does not count.", "teaching default",
    ),
    Parameter(
        "target_seconds", "Longest wait that you promise", 180, 10, 600, 10, "seconds",
        "The law says less than 3 minutes for 95% of calls on average.", "Law 10/2025, article 10.3",
    ),
)  # fmt: skip

_SHOWN = 7


def _people(count):
    return "1 agent" if count == 1 else number(count) + " agents"


def figure(**values):
    """Return the figure specification for the chosen values (names, units and ranges: ``PARAMETERS``)."""
    v = validated(PARAMETERS, values)
    load, agents = offered_load(v["contacts"], v["handle_minutes"]), int(v["agents"])
    work = {"handle_minutes": v["handle_minutes"], "target_seconds": v["target_seconds"]}
    needed = agents_needed(load, v["handle_minutes"], LAW_SHARE, v["target_seconds"])
    first = int(load) + 1
    teams = list(range(first, max(needed + 2, first + _SHOWN)))
    if len(teams) > 2 * _SHOWN:  # keep the part where the promise is kept or missed
        teams = teams[: 2 * _SHOWN - 2] + [needed, needed + 1]
    levels = {team: 100 * service_level(load, team, **work) for team in teams}
    works = load < agents
    level = service_level(load, agents, **work) if works else 0.0
    wait = average_wait(load, agents, v["handle_minutes"]) if works else None
    busy = occupancy(load, agents) if works else None
    if works:
        kept = level >= LAW_SHARE
        seconds = "1 second" if number(wait) == "1" else number(wait) + " seconds"
        now = (
            f"With {_people(agents)}, {percent(100 * level)} wait at most {number(v['target_seconds'])} seconds; the "
            f"average wait is {seconds} and agents are busy {percent(100 * busy, 0)} of their time."
        )
        tired = kept and busy > MAX_OCCUPANCY
        verdict = "Too busy." if tired else "Kept." if kept else "Missed."
    else:
        verdict = "The queue never ends."
        now = f"The work alone keeps {number(load, 1)} people busy, and you have {_people(agents)}."
    take = f"The promise takes {_people(needed)} at the desk, {number(scheduled(needed))} on the schedule."
    rows = [
        [
            number(team), percent(levels[team]), number(average_wait(load, team, v["handle_minutes"]), 1),
            percent(100 * occupancy(load, team), 0),
        ]
        for team in teams
    ]  # fmt: skip
    marked = works and agents in levels
    return {
        "data": [
            {
                "type": "bar", "name": "served in time", "x": teams, "y": [levels[team] for team in teams],
                "marker": {
                    "color": [STRONG if team >= needed else QUIET for team in teams],
                    "pattern": {
                        "shape": ["" if team >= needed else "/" for team in teams],
                        "fillmode": "overlay", "fgcolor": "white", "size": 6,
                    },
                },
                "hovertemplate": "%{x} agents: %{y:.1f}% in time<extra></extra>", "showlegend": False,
            },
            {
                "type": "scatter", "mode": "lines", "name": "the promise: 95%",
                "x": [teams[0] - 0.5, teams[-1] + 0.5], "y": [100 * LAW_SHARE, 100 * LAW_SHARE],
                "line": {"color": QUIET, "dash": "dash", "width": 2}, "hoverinfo": "skip",
            },
            {
                "type": "scatter", "mode": "markers", "name": "your team",
                "x": [agents] if marked else [], "y": [100 * level] if marked else [],
                "marker": {"color": OTHER, "size": 14, "symbol": "diamond"},
                "hovertemplate": "your team: %{y:.1f}% in time<extra></extra>",
            },
        ],
        "layout": {
            "title": {"text": "Served in time, by the size of the team"},
            "xaxis": {"title": {"text": "agents at the desk"}, "dtick": 1 if len(teams) <= 10 else None},
            "yaxis": {"title": {"text": "contacts within the target (%)"}, "range": [0, 104]},
            "height": 420,
        },
        "headline": f"{verdict} {now} {take}",
        "alt": (
            f"Bars rise with the size of the team, from {percent(levels[teams[0]])} in time with {_people(teams[0])} "
            f"to {percent(levels[teams[-1]])} with {_people(teams[-1])}. The promise of 95% takes {_people(needed)}. "
            + now
        ),
        "caption": "One agent more changes much below the line and little above it.",
        "table": {"columns": ["agents", "in time", "average wait (s)", "occupancy"], "rows": rows},
        "numbers": {
            "load": load, "needed": needed, "service_level": level if works else None, "average_wait": wait,
            "occupancy": busy,
        },
    }  # fmt: skip
