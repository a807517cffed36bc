"""The charts of unit 11 as Plotly figures; ``socialcare.figures.show`` adds finding, sample, alt text and table."""

import textwrap

import pandas as pd
import plotly.graph_objects as go

from socialcare.formulas.palette import OTHER, QUIET, STRONG
from socialcare.formulas.wording import number

__all__ = ["groups_figure", "in_words", "life_cycle_figure", "ranges_figure"]

_HATCHED = {"shape": "/", "fillmode": "overlay", "fgcolor": "white", "size": 6}
_DIAMOND = {"color": OTHER, "size": 14, "symbol": "diamond", "line": {"color": "white", "width": 2}}


def _in_lines(text: str) -> str:
    """Break a label into short lines, so that it leaves room for the bars on a phone."""
    return "<br>".join(textwrap.wrap(text, 12))


def life_cycle_figure(matrix: pd.DataFrame) -> go.Figure:
    """Draw the scores of :func:`socialcare.experience.life_cycle` with their intervals, stages from top to bottom."""
    scored = matrix.dropna(subset="score")
    figure = go.Figure()
    figure.add_scatter(
        x=scored["score"],
        y=scored["stage"] + "<br>" + scored["touchpoint"].str.replace("_", " "),
        mode="markers",
        marker={"color": STRONG, "size": 12},
        error_x={
            "array": scored["high"] - scored["score"],
            "arrayminus": scored["score"] - scored["low"],
            "color": STRONG,
            "thickness": 3,
        },
        showlegend=False,
    )
    figure.update_layout(xaxis_title="NPS (points), 95% interval", yaxis_title="stage and touch point", height=480)
    figure.update_yaxes(autorange="reversed", title_standoff=8)
    return figure


def ranges_figure(readings: pd.DataFrame) -> go.Figure:
    """Draw the ranges of :func:`socialcare.experience.csat_readings`, one bar each, and the values that there are."""
    figure = go.Figure()
    for row, colour in zip(readings.itertuples(), (STRONG, STRONG, QUIET), strict=True):
        pattern = _HATCHED if colour == QUIET else {"shape": ""}
        figure.add_bar(
            y=[_in_lines(row.method)],
            base=100 * row.low,
            x=[100 * (row.high - row.low)],
            width=0.45,
            orientation="h",
            marker={"color": colour, "pattern": pattern},
            hoverinfo="skip",
            showlegend=False,
        )
    known = readings.dropna(subset="csat")
    figure.add_scatter(
        x=100 * known["csat"], y=known["method"].map(_in_lines), mode="markers", marker=_DIAMOND, showlegend=False
    )
    figure.update_layout(
        xaxis_title="CSAT after a service case (%)", yaxis_title="reading", barmode="overlay", height=360
    )
    figure.update_xaxes(range=[0, 100])
    figure.update_yaxes(autorange="reversed", showgrid=False, title_standoff=8)
    return figure


def groups_figure(table: pd.DataFrame) -> go.Figure:
    """Draw the middle half (``25%`` to ``75%``) and the ``mean`` of spending for each group in the index, in EUR."""
    figure = go.Figure()
    marker = {"color": QUIET, "pattern": _HATCHED}
    height = table["75%"] - table["25%"]
    figure.add_bar(x=table.index, base=table["25%"], y=height, marker=marker, name="middle half of the people")
    figure.add_scatter(x=table.index, y=table["mean"], mode="markers", marker=_DIAMOND, name="mean")
    figure.update_layout(xaxis_title="group by NPS answer", yaxis_title="spending in the next year (EUR)", height=440)
    return figure


def in_words(table: pd.DataFrame, names: list[str], low: str = "low", high: str = "high") -> str:
    """Say the ranges of a table in words, for an alt text: ``use delivery 29 to 45; ...``. Leaves out empty ranges."""
    rows = table.dropna(subset=[low, high]).reset_index().to_dict("records")
    return (
        "; ".join(f"{' '.join(row[n] for n in names)} {number(row[low])} to {number(row[high])}" for row in rows) + "."
    )
