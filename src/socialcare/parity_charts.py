"""The charts of parity as Plotly figures; ``socialcare.figures.show`` adds finding, sample, alt and table.

Verdicts and groups differ by symbol and dash as well as by colour. All axes are in points or percent.
"""

import pandas as pd
import plotly.graph_objects as go

from socialcare.formulas.palette import CHANNEL, OTHER, QUIET, STRONG
from socialcare.formulas.parity import GAP, NOT_ENOUGH, PARITY, SMALL_GAP
from socialcare.formulas.wording import shown_name
from socialcare.parity import CommonDifference

__all__ = ["strata_figure", "strata_rows", "verdict_figure", "wait_figure"]

MARKS = {
    PARITY: ("circle", STRONG),
    SMALL_GAP: ("square", STRONG),
    NOT_ENOUGH: ("circle-open", QUIET),
    GAP: ("diamond", OTHER),
}


def _dots(figure: go.Figure, rows: pd.DataFrame, columns: tuple[str, str, str], *, name: str, marker: dict) -> None:
    gap, low, high = (100 * rows[column].astype(float) for column in columns)
    ends = {"array": high - gap, "arrayminus": gap - low}
    shown = {"mode": "markers", "marker": {"size": 12, **marker}, "error_x": ends}
    figure.add_scatter(x=gap, y=rows.index, name=name, **shown)


def verdict_figure(rows: pd.DataFrame, margin: float) -> go.Figure:
    """Draw rows of ``parity.compare`` (without reference) with their 90% intervals against the band of the margin."""
    figure = go.Figure()
    figure.add_vrect(x0=-100 * margin, x1=100 * margin, fillcolor=QUIET, opacity=0.15, line_width=0)
    for verdict, part in rows.groupby("verdict", sort=False):
        symbol, colour = MARKS[verdict]
        marker = {"symbol": symbol, "color": colour}
        _dots(figure, part, ("difference", "inner_low", "inner_high"), name=verdict, marker=marker)
    figure.update_layout(xaxis_title="difference (points)", yaxis_title="groups", height=460)
    figure.update_yaxes(categoryorder="array", categoryarray=list(rows.index)[::-1], title_standoff=8)
    return figure


def strata_rows(inside: pd.DataFrame, held: CommonDifference) -> pd.DataFrame:
    """Stack what ``parity.by_stratum`` and ``parity.common`` return: ``cases_a``, ``cases_b``, gap and 95% ends."""
    columns = ["cases_a", "cases_b", "difference", "low", "high"]
    whole = pd.DataFrame(
        [held[:3], held[3:]], columns=columns[2:], index=["same mix of channels", "all cases together"]
    )
    sizes = inside[columns[:2]].sum()
    return pd.concat([inside.dropna(subset="difference")[columns], whole.assign(**sizes)]).rename_axis("channel")


def strata_figure(rows: pd.DataFrame) -> go.Figure:
    """Draw :func:`strata_rows`: one dot per channel, a diamond for each of the two wholes, and zero as a line."""
    figure = go.Figure()
    whole = {"same mix of channels": STRONG, "all cases together": OTHER}
    for name in rows.index:
        colour = whole.get(name, CHANNEL.get(name, QUIET))
        marker = {"color": colour, "symbol": "diamond" if name in whole else "circle"}
        row = rows.loc[[name]].rename(index=shown_name)
        _dots(figure, row, ("difference", "low", "high"), name=row.index[0], marker=marker)
    figure.add_vline(x=0, line={"color": QUIET, "dash": "dash"})
    figure.update_layout(xaxis_title="difference (points)", yaxis_title="channel", height=430, showlegend=False)
    figure.update_yaxes(
        categoryorder="array", categoryarray=[shown_name(name) for name in rows.index][::-1], title_standoff=8
    )
    return figure


def wait_figure(curves: pd.DataFrame) -> go.Figure:
    """Draw two curves of ``parity.wait_curves``, in percent: the first solid, the second dashed."""
    figure = go.Figure()
    for name, colour, dash in zip(curves, (OTHER, STRONG), ("solid", "dash"), strict=True):
        line = {"color": colour, "dash": dash, "width": 3, "shape": "hv"}
        figure.add_scatter(x=curves.index, y=100 * curves[name], mode="lines", name=name, line=line)
    figure.update_layout(xaxis_title="hours since the message", yaxis_title="still without an answer (%)", height=420)
    figure.update_yaxes(range=[0, 102])
    return figure
