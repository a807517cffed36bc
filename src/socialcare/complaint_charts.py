"""The charts of complaints as Plotly figures; ``socialcare.figures.show`` adds finding, sample, alt and table.

Firms differ by dash as well as by colour. Money is in EUR, shares are in percent.
"""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from socialcare.formulas.complaints import encouragement
from socialcare.formulas.palette import OTHER, POLARITY, QUIET, STRONG

__all__ = ["LINES", "asking_figure", "loss_figure", "loss_lines", "swing_figure"]

LINES = {
    "customers_lost_eur": "customers lost",
    "word_of_mouth_eur": "word of mouth",
    "contacts_eur": "handling",
    "redress_eur": "compensation",
    "legal_eur": "legal cases",
}
"""The lines of the loss that ``complaints.complaint_tree`` returns, by their name in a chart."""

_STYLES = ((QUIET, "dash"), (OTHER, "dot"), (STRONG, "solid"))


def _pattern(shape: str) -> dict:
    return {"shape": shape, "fillmode": "overlay", "fgcolor": "white", "size": 6}


def loss_lines(tree: Mapping[str, float]) -> pd.Series:
    """Return the lines of the yearly loss in EUR, the smallest first."""
    return pd.Series(tree)[list(LINES)].rename(LINES).astype(float).sort_values(kind="stable").rename("EUR a year")


def loss_figure(amounts: pd.Series) -> go.Figure:
    """Draw :func:`loss_lines`: one bar for each line of the loss, the longest on top."""
    marker = {"color": POLARITY["negative"], "pattern": _pattern("/")}
    figure = go.Figure().add_bar(x=amounts, y=amounts.index, orientation="h", marker=marker)
    return figure.update_layout(xaxis_title="EUR a year", yaxis_title="line of the loss", height=360)


def asking_figure(firms: Mapping[str, Mapping[str, float]]) -> go.Figure:
    """Draw what one more complaint brings each firm, by the share resolved, with a dot where the firm stands today.

    ``firms`` holds the assumptions of up to three firms by name, the one that matters last.
    """
    figure = go.Figure()
    for (name, firm), (colour, dash) in zip(firms.items(), _STYLES[-len(firms) :], strict=True):
        rates = [firm["resolution_rate"], *(step / 100 for step in range(0, 101, 10))]
        height = [encouragement({**firm, "resolution_rate": rate})["gain_eur"] for rate in rates]
        line, dot = {"color": colour, "dash": dash, "width": 3}, {"color": colour, "size": 13}
        figure.add_scatter(x=[100 * rate for rate in rates[1:]], y=height[1:], name=name, line=line, mode="lines")
        figure.add_scatter(x=[100 * rates[0]], y=height[:1], marker=dot, mode="markers", showlegend=False)
    figure.add_hline(y=0, line={"color": QUIET, "width": 1})
    titles = {"xaxis_title": "complaints resolved (%)", "yaxis_title": "EUR per extra complaint"}
    return figure.update_layout(**titles, height=440)


def swing_figure(swings: pd.DataFrame) -> go.Figure:
    """Draw rows of ``complaints.tornado``: one bar from ``at_low`` to ``at_high`` each, the first row on top."""
    rows = swings.iloc[::-1]
    marker = {"color": STRONG, "pattern": _pattern(".")}
    names = rows.index.str.replace("_", " ")
    figure = go.Figure().add_bar(y=names, x=rows["swing"], base=rows["at_low"], orientation="h", marker=marker)
    figure.add_vline(x=0, line={"color": QUIET, "dash": "dash", "width": 2})
    return figure.update_layout(xaxis_title="EUR per extra complaint", yaxis_title="assumption", height=420)
