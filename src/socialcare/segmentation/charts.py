"""The unit's charts as Plotly figures; ``socialcare.figures.show`` adds finding, sample, alt and table."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from socialcare.formulas.palette import DASH, OTHER, QUIET, STRONG, SYMBOL

__all__ = ["lines_figure", "share_figure"]


def share_figure(table: pd.DataFrame, columns: Mapping[str, str]) -> go.Figure:
    """Draw two shares (proportions) of each group as paired bars; ``columns`` maps the column to its label."""
    figure = go.Figure()
    for (column, label), colour, shape in zip(columns.items(), (QUIET, STRONG), ("/", ""), strict=True):
        marker = {"color": colour, "pattern": {"shape": shape, "fillmode": "overlay", "fgcolor": "white", "size": 6}}
        figure.add_bar(x=100 * table[column], y=table.index, name=label, orientation="h", marker=marker)
    figure.update_layout(xaxis_title="share of all (%)", yaxis_title=table.index.name, height=520)
    figure.update_yaxes(autorange="reversed", title_standoff=8)
    return figure


def lines_figure(curves: pd.DataFrame, *, xaxis: str, yaxis: str) -> go.Figure:
    """Draw each column over the index as a line of its own colour, dash and symbol; the last one is the quiet one."""
    figure = go.Figure()
    colours = [*(STRONG, OTHER)[: len(curves.columns) - 1], QUIET]
    for column, colour, dash, symbol in zip(curves, colours, DASH, SYMBOL, strict=False):
        line, marker = {"color": colour, "dash": dash, "width": 3}, {"size": 11, "symbol": symbol}
        figure.add_scatter(x=curves.index, y=curves[column], name=column, line=line, marker=marker)
    figure.update_layout(xaxis_title=xaxis, yaxis_title=yaxis, height=420, yaxis_rangemode="tozero")
    return figure
