"""The unit's own chart as a Plotly figure; ``socialcare.figures.show`` adds finding, sample, alt and table."""

import math

import pandas as pd
import plotly.graph_objects as go

from socialcare.content import LONG_WORDS
from socialcare.formulas.palette import OTHER, QUIET, STRONG

__all__ = ["comparison_figure", "comparison_names"]

_STYLES = {
    "holds": (STRONG, "diamond"),
    "found, does not hold": (OTHER, "square"),
    "no sign": (QUIET, "circle"),
}


def comparison_names(compared: pd.DataFrame) -> pd.Series:
    """Name each comparison as a reader would: ``kind: how to``, ``over 60 words``, ``call to action``."""
    names = compared["factor"] + ": " + compared["level"]
    names = names.where(compared["level"] != "True", compared["factor"].replace("long", f"over {LONG_WORDS} words"))
    return names.str.replace("_", " ")


def comparison_figure(compared: pd.DataFrame) -> go.Figure:
    """Draw what :func:`socialcare.content.compare` returns: one dot for each ratio, its shape says whether it holds."""
    names = comparison_names(compared)
    verdict = pd.Series("no sign", index=compared.index)
    verdict[compared["found"]] = "found, does not hold"
    verdict[compared["holds"]] = "holds"
    figure = go.Figure()
    for name, (colour, symbol) in _STYLES.items():
        rows = verdict == name
        marker = {"color": colour, "symbol": symbol, "size": 11}
        figure.add_scatter(x=compared["ratio"][rows], y=names[rows], name=name, mode="markers", marker=marker)
    figure.add_vline(x=1, line={"color": QUIET, "dash": "dash"})
    ends = [0.9 * min(0.5, compared["ratio"].min()), 1.1 * max(2, compared["ratio"].max())]
    figure.update_xaxes(title="ratio to other posts (log)", type="log", tickvals=[0.25, 0.5, 1, 2, 4])
    figure.update_xaxes(range=[math.log10(max(end, 0.1)) for end in ends])
    figure.update_yaxes(title="posts compared", categoryorder="array", categoryarray=list(names[::-1]))
    figure.update_layout(height=740, legend_y=-0.12)
    return figure
