"""How long do people wait for a person, channel by channel? (Unit 13.)"""

import pandas as pd

from socialcare import service_levels
from socialcare.audit.exports import Exports
from socialcare.audit.findings import CENSUS, Bar, Chart, KeyFigure, Recommendation, Section
from socialcare.audit.inputs import Inputs
from socialcare.audit.words import FEWEST, plural, share_interval, shown_share, too_few
from socialcare.complaints import PROBLEMS
from socialcare.formulas.audit import DO, LEAVE, MEASURE, decision
from socialcare.formulas.wording import number

__all__ = ["build"]

BLANK = Section("service", "Service levels", "How long do people wait for a person?")
CLAIM_DAYS = 15  # consumer act 21.3, for every trader in Spain; read in November 2026, not legal advice


def build(exports: Exports, inputs: Inputs, brand: str | None) -> Section:
    """Return the section on waits; a case without a reply has waited until the last moment in the file, at least."""
    if not exports.has("tickets"):
        lacking = "tickets.csv: it would show how many people were answered in time, channel by channel."
        return BLANK._replace(lacking=(lacking,))
    tickets, until, period = exports.tables["tickets"], exports.until("tickets"), exports.period("tickets")
    waits = service_levels.waiting_times(tickets, until=until)
    hours, target = inputs["promise_hours"], inputs["promise_share"]
    due = _due(waits, hours)
    if len(due) < FEWEST:
        return BLANK._replace(
            finding=f"{too_few(len(due), 'case')}.", lacking=(f"tickets.csv: {too_few(len(due), 'case')}.",)
        )
    found = service_levels.answered_within(waits, hours)
    silent = service_levels.wilson(int((~due["answered"]).sum()), len(due))
    low, high = service_levels.percentile_interval(waits, 50)
    figures = [
        KeyFigure(
            f"Answered by a person within {hours:g} hours",
            shown_share(found.share),
            share_interval(found.low, found.high),
            f"{plural(found.n, 'case')}, {period}",
        ),
        KeyFigure(
            "Median wait for a person",
            _hours(service_levels.wait_percentile(waits, 50)),
            f"95% interval {_hours(low)} to {_hours(high)}, Kaplan–Meier",
            f"{plural(len(waits), 'case')}, calendar time",
        ),
        KeyFigure(
            f"Without any human reply after {hours:g} hours",
            shown_share(silent.share, 1),
            share_interval(silent.low, silent.high, 1),
            plural(silent.n, "case"),
        ),
    ]
    channels = _by_channel(waits, hours)
    claims, claim_steps, lacking = _claims(exports, until)
    caveats = [
        "Automatic replies stop no clock. Waits run day and night: the customer's clock.",
        "Who waits depends on what they ask and when; the shares describe, they prove no cause.",
        f"Cases younger than {hours:g} hours at the last moment in the file "
        f"({until - pd.Timedelta(days=1):%Y-%m-%d}) are not due yet.",
    ]
    if small := sorted(set(waits["channel"]) - set(channels)):
        caveats.append(f"Not shown, because fewer than {FEWEST} cases are due: {', '.join(small)}.")
    finding = (
        f"{shown_share(found.share)} of the people who wrote got a human reply within {hours:g} hours "
        f"({share_interval(found.low, found.high)}); {shown_share(silent.share, 1)} of those due have none."
    )
    steps = _slow_channel(channels, target, hours) + _silent(silent, inputs) + claim_steps
    return BLANK._replace(
        finding=finding,
        figures=(*figures, *claims),
        chart=_chart(channels, hours, target, period),
        caveats=tuple(caveats),
        recommendations=tuple(steps),
        lacking=tuple(lacking),
    )


def _hours(value: float) -> str:
    """Return a wait in hours, minutes below one hour; NaN says that so many were never answered."""
    if pd.isna(value):
        return "not reached"
    return f"{number(60 * value)} minutes" if value < 1 else f"{number(value, 1)} hours"


def _due(waits: pd.DataFrame, hours: float) -> pd.DataFrame:
    return waits[waits["answered"] | (waits["wait_hours"] > hours)]


def _by_channel(waits: pd.DataFrame, hours: float) -> dict[str, service_levels.Proportion]:
    groups = {name: rows for name, rows in waits.groupby("channel", sort=True) if len(_due(rows, hours)) >= FEWEST}
    return {name: service_levels.answered_within(rows, hours) for name, rows in groups.items()}


def _slow_channel(channels, target: float, hours: float) -> list[Recommendation]:
    """Recommend one channel: of those whose verdict is surest, the one with most people answered too late."""
    verdicts = {
        name: decision(f.low, f.high, target, better="higher", cause_known=True) for name, f in channels.items()
    }
    for verdict in (DO, MEASURE):
        names = [name for name, found in verdicts.items() if found == verdict]
        if names:
            name = max(names, key=lambda name: channels[name].n - channels[name].count)
            found = channels[name]
            action = f"Answer the oldest case first on {name}, until {shown_share(target)} hear from a person "
            action += f"within {hours:g} hours"
            if verdict == MEASURE:
                action = f"Count three more months on {name} before you change the rota"
            return [
                Recommendation(
                    verdict,
                    action,
                    f"{shown_share(found.share)} in time ({share_interval(found.low, found.high)}); the promise is "
                    f"{shown_share(target)}",
                    "service desk",
                    30,
                    f"share on {name} within {hours:g} hours, weekly, with interval",
                    found.n - found.count,
                    None,
                    12,
                    BLANK.name,
                )
            ]
    return []


def _silent(silent: service_levels.Proportion, inputs: Inputs) -> list[Recommendation]:
    verdict = decision(silent.low, silent.high, inputs["silent_share"], better="lower", cause_known=True)
    if verdict == LEAVE:
        return []
    action = "Write to everybody who has no reply yet, oldest first, and close no case in silence"
    if verdict == MEASURE:
        action = "List the cases without a reply each Monday, and see whether they grow"
    return [
        Recommendation(
            verdict,
            action,
            f"{plural(silent.count, 'case')} without a human reply, {shown_share(silent.share, 1)} "
            f"({share_interval(silent.low, silent.high, 1)}); the limit is {shown_share(inputs['silent_share'])}",
            "service desk",
            14,
            "open cases without a human reply, each Monday",
            silent.count,
            None,
            16,
            BLANK.name,
        )
    ]


def _claims(exports: Exports, until: pd.Timestamp):
    """Count the problems that were not resolved in 15 days: a rule of law, so every case counts."""
    if not exports.has("tickets", "resolved_at"):
        return [], [], ["tickets.csv has no column 'resolved_at': it would show the claims not resolved in 15 days."]
    tickets = exports.tables["tickets"]
    problems = tickets[tickets["type"].isin(PROBLEMS)]
    times = service_levels.resolution_times(problems.assign(waiting_on_customer_minutes=0), until)
    if times.empty or not (times["answered"] | (times["gross_hours"] > 24 * CLAIM_DAYS)).any():
        return (
            [],
            [],
            ["tickets.csv holds no claim that is due: complaints, incidents and billing cases older than 15 days."],
        )
    due = service_levels.answered_within(times, 24 * CLAIM_DAYS, "gross_hours")
    late, of = due.n - due.count, f"of {plural(due.n, 'claim')} that are due"
    figure = KeyFigure(f"Claims not resolved within {CLAIM_DAYS} days", number(late), CENSUS, of)
    if not late:
        return [figure], [], []
    step = Recommendation(
        DO,
        f"Set an alarm at day 10, and resolve every claim by day {CLAIM_DAYS}",
        f"{number(late)} {of} took longer or are open; {CENSUS}; the consumer act allows none "
        "(Spain, article 21.3, not legal advice)",
        "owner",
        14,
        "claims older than 10 days, each Monday; the goal is none",
        late,
        None,
        4,
        BLANK.name,
    )
    return [figure], [step], []


def _chart(channels, hours: float, target: float, period: str) -> Chart | None:
    if not channels:
        return None
    bars = tuple(Bar(name, 100 * f.share, 100 * f.low, 100 * f.high) for name, f in channels.items())
    slowest = min(bars, key=lambda bar: bar.value)
    said = "; ".join(f"{bar.label} {number(bar.value)}%" for bar in bars)
    return Chart(
        f"On {slowest.label} the fewest hear from a person in time",
        f"{plural(sum(f.n for f in channels.values()), 'case')}, {period}; 95% Wilson intervals",
        f"answered within {hours:g} hours (%)",
        bars,
        100 * target,
        f"promise: {shown_share(target)}",
        f"Shares answered by a person within {hours:g} hours: {said}. The promise is {shown_share(target)}.",
        "Left of the dashed line the promise is broken.",
    )
