"""Are people served alike, whatever language they write in? (Unit 07.)"""

import pandas as pd

from socialcare import parity
from socialcare.audit.exports import Exports
from socialcare.audit.findings import Bar, Chart, KeyFigure, Recommendation, Section
from socialcare.audit.inputs import Inputs
from socialcare.audit.words import FEWEST, adjusted, for_all, plural, shown_share
from socialcare.formulas.audit import DO, MEASURE, decision
from socialcare.formulas.funnel import newcombe_interval
from socialcare.formulas.wording import number, shown_name

__all__ = ["build"]

BLANK = Section("parity", "Parity of service", "Are people served alike, whatever language they write in?")
MOST_STEPS = 2


def build(exports: Exports, inputs: Inputs, brand: str | None) -> Section:
    """Return the section on parity: shares answered in time by language, within each channel."""
    if not exports.has("tickets", "language"):
        where = "tickets.csv has no column 'language'" if exports.has("tickets") else "tickets.csv"
        return BLANK._replace(lacking=(f"{where}: it would show whether one language waits longer than another.",))
    hours, margin = inputs["promise_hours"], inputs["margin"]
    cases = parity.answered_within(exports.tables["tickets"], hours, today=exports.until("tickets"))
    sizes = cases["language"].value_counts()
    groups = sizes.index[sizes >= FEWEST].tolist()
    if len(groups) < 2:
        n = plural(len(sizes), "language")
        return BLANK._replace(
            lacking=(f"tickets.csv holds {n}, fewer than two with {FEWEST} cases: nothing to compare.",)
        )
    base = groups[0]
    table = parity.compare(cases, "language", margin=margin, reference=base, smallest=FEWEST)
    cells = _cells(cases, base, groups[1:], margin)
    figures = [_group(name, row, base) for name, row in table.iterrows() if pd.notna(row["cases"])]
    figures += _adjusted(cases, base, groups[1:])
    shown = [cell for cell in cells if cell["verdict"] == DO]
    steps = _steps(cells, inputs)
    finding = f"No gap beyond {_points(margin)} is shown in {plural(len(cells), 'comparison')} within channels."
    if not cells:
        finding = f"No channel has {FEWEST} cases in two languages, so service is compared over all channels only."
    if shown:
        worst = shown[0]
        finding = (
            f"{_name(worst['worse'])} is answered in time less often than {_name(worst['better'])} on "
            f"{shown_name(worst['channel'])}: {_gap(worst)}, {adjusted(len(cells), 'comparison')}."
        )
    caveats = [
        f"{_name(base)}, the commonest language, is the reference. A gap has no cause on its face: "
        "shifts, skills and topics differ.",
        f"Groups and cells with fewer than {FEWEST} cases are not shown. People are grouped by the "
        "language they chose, and nothing is guessed.",
        "Of many comparisons some differ by luck: the intervals within channels are wider, adjusted for their number.",
    ]
    return BLANK._replace(
        finding=finding,
        figures=tuple(figures),
        chart=_chart(cells, margin, exports.period("tickets")),
        caveats=tuple(caveats),
        recommendations=tuple(steps),
    )


def _name(code: str) -> str:
    return parity.LANGUAGES.get(code, f"language '{code}'")


def _points(share: float, digits: int = 0) -> str:
    return f"{number(100 * share, digits)} points"


def _gap(cell: dict) -> str:
    return f"{_points(cell['gap'])} ({number(100 * cell['low'])} to {number(100 * cell['high'])})"


def _group(name: str, row: pd.Series, base: str) -> KeyFigure:
    if name == base:
        return KeyFigure(
            f"{_name(name)} (reference)",
            shown_share(row["share"], 1),
            "the others are compared with it",
            plural(int(row["cases"]), "case"),
        )
    return KeyFigure(
        _name(name),
        shown_share(row["share"], 1),
        f"{number(100 * row['difference'], 1)} points, 95% interval {number(100 * row['low'], 1)} to "
        f"{number(100 * row['high'], 1)}: {row['verdict']}",
        plural(int(row["cases"]), "case"),
    )


def _adjusted(cases: pd.DataFrame, base: str, others: list[str]) -> list[KeyFigure]:
    """Return each difference with the mix of channels held equal: the crude one may turn round (Simpson)."""
    figures = []
    for name in others:
        try:
            found = parity.common(cases, "language", name, base, stratum="channel")
        except ValueError:  # no channel with both: there is no such comparison
            continue
        figures.append(
            KeyFigure(
                f"{_name(name)} minus {_name(base)}, same mix of channels",
                f"{number(100 * found.difference, 1)} points",
                f"95% interval {number(100 * found.low, 1)} to {number(100 * found.high, 1)}",
                "Mantel–Haenszel",
            )
        )
    return figures


def _cells(cases: pd.DataFrame, base: str, others: list[str], margin: float) -> list[dict]:
    """Compare each language with the reference in each channel: who is worse off, by how much, and is it shown?"""
    cells = []
    for name in others:
        try:
            rows = parity.by_stratum(cases, "language", name, base, stratum="channel", smallest=FEWEST)
        except ValueError:  # no channel with both: there is no such comparison
            continue
        for channel, row in rows.dropna(subset="difference").iterrows():
            served = {
                name: (round(row["share_a"] * row["cases_a"]), int(row["cases_a"])),
                base: (round(row["share_b"] * row["cases_b"]), int(row["cases_b"])),
            }
            worse, better = (name, base) if row["difference"] < 0 else (base, name)
            cells.append(
                {
                    "worse": worse,
                    "better": better,
                    "channel": channel,
                    "gap": abs(row["difference"]),
                    "counts": (*served[better], *served[worse]),
                    "late": served[worse][1] - served[worse][0],
                    "share": min(row["share_a"], row["share_b"]),
                }
            )
    for cell in cells:
        cell["low"], cell["high"] = newcombe_interval(*cell["counts"], for_all(len(cells)))
        cell["verdict"] = decision(cell["low"], cell["high"], margin, better="lower", cause_known=True)
    return sorted(cells, key=lambda cell: (cell["verdict"] != DO, -cell["late"]))


def _steps(cells: list[dict], inputs: Inputs) -> list[Recommendation]:
    """Recommend to close the gaps that are shown, one for each language that is worse off; else to count on."""
    hours, margin = inputs["promise_hours"], inputs["margin"]
    sure = adjusted(len(cells), "comparison")
    steps, helped = [], set()
    for cell in cells:
        if cell["verdict"] == DO and cell["worse"] not in helped and len(steps) < MOST_STEPS:
            helped.add(cell["worse"])
            steps.append(
                Recommendation(
                    DO,
                    f"Answer {_name(cell['worse'])} on {shown_name(cell['channel'])} as soon as "
                    f"{_name(cell['better'])}: move shifts to it, and ask the desk why it waits longer",
                    f"{_gap(cell)}, {sure}, fewer answered within {hours:g} hours than in {_name(cell['better'])}; the "
                    f"margin is {_points(margin)}{inputs.note('margin')}",
                    "service desk",
                    45,
                    f"share in time of both languages on {shown_name(cell['channel'])}, monthly, with interval",
                    cell["late"],
                    "cases",
                    None,
                    10,
                    BLANK.name,
                )
            )
    unsure = [cell for cell in cells if cell["verdict"] == MEASURE]
    if steps or not unsure:
        return steps
    cell = max(unsure, key=lambda cell: cell["gap"])
    needed = ""
    if 0 < cell["share"] < 1:
        needed = (
            f": {number(parity.equivalence_sample_size(cell['share'], margin))} cases in each language would settle it"
        )
    return [
        Recommendation(
            MEASURE,
            f"Count on for {_name(cell['worse'])} and {_name(cell['better'])} on {shown_name(cell['channel'])}{needed}",
            f"{_gap(cell)}, {sure}; the margin of {_points(margin)}{inputs.note('margin')} lies inside",
            "service desk",
            90,
            f"share in time of both languages on {shown_name(cell['channel'])}, with interval",
            cell["late"],
            "cases",
            None,
            2,
            BLANK.name,
        )
    ]


def _chart(cells: list[dict], margin: float, period: str) -> Chart | None:
    if not cells:
        return None
    bars = tuple(
        Bar(
            f"{_name(cell['worse'])} behind {_name(cell['better'])}, {shown_name(cell['channel'])}",
            100 * cell["gap"],
            100 * cell["low"],
            100 * cell["high"],
        )
        for cell in cells
    )
    shown = sum(cell["verdict"] == DO for cell in cells)
    said = "; ".join(f"{bar.label} {number(bar.value)}" for bar in bars)
    return Chart(
        f"The whole interval lies beyond the margin in {shown} of {plural(len(bars), 'gap')}"
        if shown
        else "No gap is shown beyond the margin",
        f"cells of {FEWEST} cases or more, {period}; Newcombe intervals, 95%, {adjusted(len(bars), 'comparison')}",
        "gap in share in time (points)",
        bars,
        100 * margin,
        f"margin: {_points(margin)}",
        f"Gaps between two languages on one channel, in points: {said}.",
        "Right of the dashed line the gap is larger than the margin.",
    )
