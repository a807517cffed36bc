"""How long do people wait for a person, channel by channel? (Unit 13.)"""

import pandas as pd

from socialcare import service_levels
from socialcare.audit.exports import Exports
from socialcare.audit.findings import CENSUS, Bar, Chart, KeyFigure, Recommendation, Section
from socialcare.audit.inputs import Inputs
from socialcare.audit.words import FEWEST, adjusted, for_all, plural, share_interval, shown_share, too_few
from socialcare.complaints import PROBLEMS
from socialcare.formulas.audit import DO, LEAVE, MEASURE, decision
from socialcare.formulas.wording import number, shown_name

__all__ = ["build"]

BLANK = Section("service", "Service levels", "How long do people wait for a person?")


def build(exports: Exports, inputs: Inputs, brand: str | None) -> Section:
    """Return the section on waits; a case without a reply has waited until the last moment in the file, at least."""
    if not exports.has("tickets"):
        lacking = "tickets.csv: it would show how many cases were answered in time, channel by channel."
        return BLANK._replace(lacking=(lacking,))
    tickets, until, period = exports.tables["tickets"], exports.until("tickets"), exports.period("tickets")
    waits = service_levels.waiting_times(tickets, until=until)
    hours = inputs["promise_hours"]
    due = service_levels.due(waits, hours)
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
            f"95% interval {_hours(low)} to {_hours(high)}, Kaplan-Meier",
            f"{plural(len(waits), 'case')}, calendar time",
        ),
        KeyFigure(
            f"Older than {hours:g} hours and still without any human reply",
            shown_share(silent.share, 1),
            share_interval(silent.low, silent.high, 1),
            plural(silent.n, "case"),
        ),
    ]
    channels = _by_channel(waits, hours)
    claims, claim_steps, lacking = _claims(exports, inputs, until)
    caveats = [
        "Automatic replies stop no clock. Waits run day and night: the customer's clock.",
        "Who waits depends on what they ask and when; the shares describe, they prove no cause.",
        f"Cases younger than {hours:g} hours at the last moment in the file "
        f"({until - pd.Timedelta(days=1):%Y-%m-%d}) are not due yet.",
    ]
    if claims:
        caveats += [
            f"The limit of {inputs.shown('claim_days')} is Spain's unless you put another in: there every trader "
            "answers a claim in 15 days (consumer act 21.3, read in November 2026, not legal advice).",
            "The closing of a case counts as its answer, with or without a solution. An answer may come earlier: "
            "read the late claims.",
        ]
    if small := sorted(set(waits["channel"]) - set(channels)):
        caveats.append(f"Not shown, because fewer than {FEWEST} cases are due: {', '.join(small)}.")
    finding = (
        f"{shown_share(found.share)} of the cases got a human reply within {hours:g} hours "
        f"({share_interval(found.low, found.high)}); {shown_share(silent.share, 1)} still have none "
        f"({share_interval(silent.low, silent.high, 1)})."
    )
    steps = _slow_channel(channels, inputs) + _silent(silent, inputs) + claim_steps
    return BLANK._replace(
        finding=finding,
        figures=(*figures, *claims),
        chart=_chart(channels, inputs, period),
        caveats=tuple(caveats),
        recommendations=tuple(steps),
        lacking=tuple(lacking),
    )


def _hours(value: float) -> str:
    """Return a wait in hours, minutes below one hour; NaN says that so many were never answered."""
    if pd.isna(value):
        return "not reached"
    return f"{number(60 * value)} minutes" if value < 1 else f"{number(value, 1)} hours"


def _by_channel(waits: pd.DataFrame, hours: float) -> dict[str, service_levels.Proportion]:
    """Return each channel's share in time; the intervals hold together, because the worst channel is picked."""
    groups = service_levels.due(waits, hours).groupby("channel", sort=True)
    found = {name: service_levels.answered_within(rows, hours) for name, rows in groups if len(rows) >= FEWEST}
    return {name: service_levels.wilson(f.count, f.n, for_all(len(found))) for name, f in found.items()}


def _verdicts(channels, target: float) -> dict[str, str]:
    return {name: decision(f.low, f.high, target, better="higher", cause_known=True) for name, f in channels.items()}


def _sure(found, count: int) -> str:
    return f"{shown_share(found.low)} to {shown_share(found.high)}, {adjusted(count, 'channel')}"


def _slow_channel(channels, inputs: Inputs) -> list[Recommendation]:
    """Recommend one channel: of those whose verdict is surest, the one with most cases answered too late."""
    hours, target = inputs["promise_hours"], inputs["promise_share"]
    verdicts = _verdicts(channels, target)
    for verdict in (DO, MEASURE):
        names = [name for name, found in verdicts.items() if found == verdict]
        if names:
            name = max(names, key=lambda name: channels[name].n - channels[name].count)
            found = channels[name]
            where = shown_name(name)
            action = f"Answer the oldest case first on {where}, until {shown_share(target)} hear from a person "
            action += f"within {hours:g} hours"
            if verdict == MEASURE:
                action = f"Count three more months on {where} before you change the rota"
            return [
                Recommendation(
                    verdict,
                    action,
                    f"{shown_share(found.share)} in time ({_sure(found, len(channels))}); the promise is "
                    f"{inputs.shown('promise_share')}",
                    "service desk",
                    30,
                    f"share on {where} within {hours:g} hours, weekly, with interval",
                    found.n - found.count,
                    "cases",
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
            f"({share_interval(silent.low, silent.high, 1)}); the limit is {inputs.shown('silent_share')}",
            "service desk",
            14,
            "open cases without a human reply, each Monday",
            silent.count,
            "cases",
            None,
            16,
            BLANK.name,
        )
    ]


def _claims(exports: Exports, inputs: Inputs, until: pd.Timestamp):
    """Count the problems that were not closed within the limit: a rule for each claim, so every case counts."""
    days = inputs["claim_days"]
    if not exports.has("tickets", "resolved_at"):
        return (
            [],
            [],
            [f"tickets.csv has no column 'resolved_at': it would show the claims not closed in {days:g} days."],
        )
    tickets = exports.tables["tickets"]
    problems = tickets[tickets["type"].isin(PROBLEMS)]
    times = service_levels.resolution_times(problems.assign(waiting_on_customer_minutes=0), until)
    if times.empty or not (times["answered"] | (times["gross_hours"] > 24 * days)).any():
        return (
            [],
            [],
            [
                "tickets.csv holds no claim that is due: complaints, incidents and billing cases "
                f"older than {days:g} days."
            ],
        )
    due = service_levels.answered_within(times, 24 * days, "gross_hours")
    late, of = due.n - due.count, f"of {plural(due.n, 'claim')} that are due"
    figure = KeyFigure(f"Claims not closed within {days:g} days", number(late), CENSUS, of)
    if not late:
        return [figure], [], []
    alarm = round(2 * days / 3)
    step = Recommendation(
        DO,
        f"Set an alarm at day {alarm}, and answer every claim by day {days:g}",
        f"{number(late)} {of} took longer or are open; {CENSUS}; the limit is {inputs.shown('claim_days')}",
        "owner",
        14,
        f"open claims older than {alarm} days, each Monday; the goal is none",
        late,
        "claims",
        None,
        4,
        BLANK.name,
    )
    return [figure], [step], []


def _chart(channels, inputs: Inputs, period: str) -> Chart | None:
    if not channels:
        return None
    hours, target = inputs["promise_hours"], inputs["promise_share"]
    late = [name for name, verdict in _verdicts(channels, target).items() if verdict == DO]
    bars = tuple(Bar(shown_name(name), 100 * f.share, 100 * f.low, 100 * f.high) for name, f in channels.items())
    said = "; ".join(f"{bar.label} {number(bar.value)}%" for bar in bars)
    return Chart(
        f"The whole interval lies below the promise on {len(late)} of {plural(len(bars), 'channel')}"
        if late
        else "No channel is shown to break the promise",
        f"{plural(sum(f.n for f in channels.values()), 'case')}, {period}; Wilson intervals, "
        f"95%, {adjusted(len(bars), 'channel')}",
        f"answered within {hours:g} hours (%)",
        bars,
        100 * target,
        f"promise: {inputs.shown('promise_share')}",
        f"Shares answered by a person within {hours:g} hours: {said}. The promise is {shown_share(target)}.",
        "Left of the dashed line the promise is broken.",
    )
