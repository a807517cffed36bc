"""Draw an audit's chart twice from the same values: with Plotly for the notebook, as plain SVG for the report.

The report needs a picture that prints, needs no script and no other host, and is small: rows of dots with their
interval. Its colours are the page's (``currentColor`` and CSS classes), so it follows light, dark and paper.
"""

import math
from typing import NamedTuple

import pandas as pd

from socialcare.audit.findings import Chart
from socialcare.figures import ShownFigure, show
from socialcare.formulas.palette import QUIET, STRONG
from socialcare.formulas.wording import number

__all__ = ["Line", "Picture", "chart_table", "draw", "picture"]

WIDTH, LEFT, RIGHT = 400, 8, 392  # in the units of the picture; 400 are about as wide as a phone
FIRST, STEP, BELOW = 34, 40, 30  # baseline of the first label, height of a row, space for the axis


class Line(NamedTuple):
    """One row of the picture: its words and the places of dot and ends."""

    label: str
    said: str
    text_y: float
    y: float
    x: float
    low: float | None
    high: float | None


class Picture(NamedTuple):
    """What the template needs to write the SVG."""

    height: int
    lines: tuple[Line, ...]
    threshold: float | None
    ticks: tuple[tuple[float, str], ...]
    axis_y: float


def _said(bar) -> str:
    digits = 0 if max(abs(bar.value), abs(bar.high or 0)) >= 10 else 2
    text = number(bar.value, digits)
    return text if bar.low is None else f"{text} ({number(bar.low, digits)} to {number(bar.high, digits)})"


def chart_table(chart: Chart) -> pd.DataFrame:
    """Return the numbers of a chart as they are printed: a row for each bar."""
    rows = [(bar.label, _said(bar)) for bar in chart.bars]
    return pd.DataFrame(rows, columns=["", chart.unit]).set_index("")


def draw(chart: Chart) -> ShownFigure:
    """Return the chart as a Plotly figure of the course."""
    import plotly.graph_objects as go  # noqa: PLC0415  figures only

    bars = chart.bars[::-1]
    error = None
    if any(bar.low is not None for bar in bars):
        ends = [(bar.value, bar.value) if bar.low is None else (bar.low, bar.high) for bar in bars]
        error = {
            "array": [high - bar.value for bar, (_, high) in zip(bars, ends, strict=True)],
            "arrayminus": [bar.value - low for bar, (low, _) in zip(bars, ends, strict=True)],
            "color": STRONG,
        }
    figure = go.Figure()
    figure.add_scatter(
        x=[bar.value for bar in bars],
        y=[bar.label.replace(", ", "<br>") for bar in bars],
        error_x=error,
        mode="markers",
        marker={"color": STRONG, "size": 12},
        showlegend=False,
    )
    if chart.threshold is not None:
        figure.add_vline(x=chart.threshold, line={"color": QUIET, "dash": "dash", "width": 2})
    figure.update_layout(xaxis_title=chart.unit, yaxis_title=" ", height=max(260, 130 + 38 * len(bars)))
    table = chart_table(chart).reset_index().rename(columns={"": "line"})
    dashed = "" if chart.threshold is None else f"; dashed line: {chart.threshold_name}"
    return show(figure, chart.title, chart.sample + dashed, chart.alt, chart.caption, table)


def picture(chart: Chart) -> Picture:
    """Return the places of everything in the SVG of a chart; the axis always shows zero or the threshold."""
    values = [value for bar in chart.bars for value in (bar.value, bar.low, bar.high) if value is not None]
    values += [0.0] if chart.threshold is None else [chart.threshold]
    step = _tick_step(max(values) - min(values))
    start, end = math.floor(min(values) / step) * step, math.ceil(max(values) / step) * step
    end = end if end > start else start + step

    def place(value: float) -> float:
        return round(LEFT + (value - start) / (end - start) * (RIGHT - LEFT), 1)

    lines = [
        Line(
            bar.label,
            _said(bar),
            FIRST + STEP * row,
            FIRST + STEP * row + 12,
            place(bar.value),
            None if bar.low is None else place(bar.low),
            None if bar.high is None else place(bar.high),
        )
        for row, bar in enumerate(chart.bars)
    ]
    axis = FIRST + STEP * len(lines) - 12
    digits = max(0, -math.floor(math.log10(step)))
    count = round((end - start) / step)
    ticks = tuple((place(start + step * place_), number(start + step * place_, digits)) for place_ in range(count + 1))
    threshold = None if chart.threshold is None else place(chart.threshold)
    return Picture(axis + BELOW, tuple(lines), threshold, ticks, axis)


def _tick_step(span: float) -> float:
    """Return a round step that divides a span into at most five."""
    raw = (span or 1) / 4
    power = 10 ** math.floor(math.log10(raw))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw)
