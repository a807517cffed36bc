"""Where do buyers leave the shop? (Unit 10.)"""

import pandas as pd

from socialcare import funnel
from socialcare.audit.exports import Exports
from socialcare.audit.findings import Bar, Chart, KeyFigure, Recommendation, Section
from socialcare.audit.inputs import Inputs
from socialcare.audit.words import FEWEST, adjusted, for_all, plural, share_interval, shown_share, too_few
from socialcare.formulas.audit import MEASURE, TEST, decision
from socialcare.formulas.wording import number

__all__ = ["build"]

BLANK = Section("funnel", "Purchase funnel", "Where do buyers leave?")


def build(exports: Exports, inputs: Inputs, brand: str | None) -> Section:
    """Return the section on the funnel: each step against the course's reference conversion."""
    if not exports.has("visits"):
        return BLANK._replace(lacking=("visits.csv: it would show at which step visits leave the shop.",))
    visits, period = exports.tables["visits"], exports.period("visits")
    if len(visits) < FEWEST:
        return BLANK._replace(lacking=(f"visits.csv: {too_few(len(visits), 'visit')}.",))
    shown = _shown(visits)
    rows = funnel.funnel_table(visits).set_index("step")
    bought = int(rows["reached"].iloc[-1])
    low, high = funnel.wilson_interval(bought, len(visits))
    figures = [
        KeyFigure(
            "Visits that end in an order",
            shown_share(bought / len(visits), 1),
            share_interval(low, high, 1),
            f"{plural(len(visits), 'visit')}{', ' + period if period else ''}",
        )
    ]
    for step, row in shown.iterrows():
        figures.append(
            KeyFigure(
                f"Go on to: {step}",
                shown_share(row["conversion"]),
                _sure(row, shown),
                f"{plural(int(row['started']), 'visit')} that got so far",
            )
        )
    steps, caveats = (
        _steps(shown, bought, exports),
        [
            "The reference conversions are a teaching default (C13), not a standard: compare with your own last year.",
            "A step that loses many is not yet a step that can be mended; only a test shows what a change brings.",
        ],
    )
    lacking = []
    if exports.has("visits", "device"):
        figures += _devices(visits, shown)
    else:
        lacking.append("visits.csv has no column 'device': it would show whether phones or desktops lose more.")
    worst = steps[0].evidence if steps else "No step is shown to lie below its reference"
    share = shown_share(bought / len(visits), 1)
    finding = f"{share} of the visits end in an order ({share_interval(low, high, 1)}). {worst}."
    return BLANK._replace(
        finding=finding,
        figures=tuple(figures),
        chart=_chart(shown, period),
        caveats=tuple(caveats),
        recommendations=tuple(steps),
        lacking=tuple(lacking),
    )


def _shown(visits: pd.DataFrame) -> pd.DataFrame:
    """Return the steps that enough visits started; their intervals hold together, because the worst is picked."""
    rows = funnel.funnel_table(visits).set_index("step")
    rows = rows.assign(started=rows["reached"].shift(1))
    rows = rows[rows["started"] >= FEWEST]
    ends = [
        funnel.wilson_interval(int(row["reached"]), int(row["started"]), for_all(len(rows)))
        for _, row in rows.iterrows()
    ]
    return rows.assign(low=[low for low, _ in ends], high=[high for _, high in ends])


def _sure(row: pd.Series, shown: pd.DataFrame) -> str:
    return f"{shown_share(row['low'])} to {shown_share(row['high'])}, {adjusted(len(shown), 'step')}"


def _verdicts(shown: pd.DataFrame) -> dict[str, str]:
    return {
        step: decision(row["low"], row["high"], funnel.REFERENCE[step], better="higher", cause_known=False)
        for step, row in shown.iterrows()
    }


def _steps(shown: pd.DataFrame, orders: int, exports: Exports) -> list[Recommendation]:
    """Recommend one step: of those whose verdict is surest, the one furthest below its reference, in proportion.

    The orders that a step would add at its reference are in proportion to reference / conversion.
    """
    if blocked := [step for step, row in shown.iterrows() if not row["reached"]]:
        return [_blocked(blocked[0], shown)]
    gains = {step: funnel.REFERENCE[step] / row["conversion"] for step, row in shown.iterrows()}
    verdicts = _verdicts(shown)
    for verdict in (TEST, MEASURE):
        names = [step for step in gains if gains[step] > 1 and verdicts[step] == verdict]
        if names:
            step = max(names, key=gains.get)
            row, reference = shown.loc[step], funnel.REFERENCE[step]
            each = funnel.sample_size(row["conversion"], reference)
            action = f"Test a simpler step before '{step}', half of the visits by lot, {number(each)} in each half"
            if verdict == MEASURE:
                action = f"Count the step before '{step}' on; {number(each)} visits in each half would show this gap"
            evidence = (
                f"{shown_share(row['conversion'])} go on to '{step}' ({_sure(row, shown)}), "
                f"the reference is {shown_share(reference)} (default)"
            )
            ends = [funnel.gap_orders(orders, row[end], reference) for end in ("high", "low")]
            return [
                Recommendation(
                    verdict,
                    action,
                    evidence,
                    "online shop",
                    90,
                    f"share that goes on to '{step}', both versions, with interval",
                    int(row["lost"]),
                    "visits",
                    _money(ends, exports),
                    40,
                    BLANK.name,
                )
            ]
    return []


def _blocked(step: str, shown: pd.DataFrame) -> Recommendation:
    """Recommend to look, if nobody at all goes on: a broken page or a broken log, and no test can tell which."""
    row = shown.loc[step]
    return Recommendation(
        MEASURE,
        f"Walk through the shop up to '{step}' yourself today: a page or the log may be broken",
        f"Of {plural(int(row['started']), 'visit')} none goes on to '{step}' ({_sure(row, shown)})",
        "online shop",
        1,
        f"visits that go on to '{step}', daily",
        int(row["lost"]),
        "visits",
        None,
        1,
        BLANK.name,
    )


def _money(gained: list[float], exports: Exports) -> tuple[float, float] | None:
    """Return the margin of the orders that the reference would add: the visits of the file only, from low to high."""
    if not exports.has("orders", "margin_eur"):
        return None
    margin = float(exports.tables["orders"]["margin_eur"].mean())
    return (max(float(gained[0]), 0) * margin, max(float(gained[1]), 0) * margin) if margin > 0 else None


def _devices(visits: pd.DataFrame, shown: pd.DataFrame) -> list[KeyFigure]:
    """Compare the two commonest devices at the step where they differ most, with an interval for all steps."""
    names = visits["device"].value_counts().index[:2].tolist()
    if len(names) < 2 or visits["device"].isna().any():
        return []
    by_device = funnel.funnel_table(visits, ("device",))
    counts = by_device.set_index(["device", "step"])["reached"].unstack()
    steps = [
        step
        for before, step in zip(funnel.STEPS, funnel.STEPS[1:], strict=False)
        if step in shown.index and (counts.loc[names, before] >= FEWEST).all()
    ]
    if not steps:
        return []
    level = 1 - 0.05 / len(steps)  # Bonferroni: the largest of several differences is chosen
    found = {step: funnel.difference(by_device, "device", *names, step=step, confidence=level) for step in steps}
    step = max(found, key=lambda step: abs(found[step].difference))
    gap = found[step]
    return [
        KeyFigure(
            f"Go on to '{step}': {names[0]} minus {names[1]}",
            f"{number(100 * gap.difference, 1)} points",
            f"{number(100 * gap.low, 1)} to {number(100 * gap.high, 1)} points, adjusted for "
            f"{plural(len(steps), 'step')}",
            "the largest of the differences between the two commonest devices",
        )
    ]


def _chart(shown: pd.DataFrame, period: str) -> Chart | None:
    if shown.empty:
        return None
    against = {step: 100 * (shown.loc[step] - funnel.REFERENCE[step]) for step in shown.index}
    bars = tuple(Bar(funnel.WAYS[step], row["conversion"], row["low"], row["high"]) for step, row in against.items())
    short = [step for step, verdict in _verdicts(shown).items() if verdict == TEST]
    said = "; ".join(f"{bar.label} {number(bar.value, 1)}" for bar in bars)
    title = f"The whole interval lies below the reference at {len(short)} of {plural(len(bars), 'step')}"
    return Chart(
        title if short else "No step is shown to lie below its reference",
        f"{plural(int(shown['started'].iloc[0]), 'visit')}{', ' + period if period else ''}; Wilson intervals, "
        f"95%, {adjusted(len(bars), 'step')}",
        "points from the reference",
        bars,
        0.0,
        "reference (C13)",
        f"Points by which the share that takes each step differs from its reference: {said}.",
        "Left of the dashed line a step stays behind the reference.",
    )
