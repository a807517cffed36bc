"""The charts of the funnel as Plotly figures; ``socialcare.figures.show`` adds finding, sample, alt and table.

Devices differ by symbol and dash as well as by colour. All axes are in percent.
"""

import pandas as pd
import plotly.graph_objects as go

from socialcare.formulas.palette import OTHER, QUIET, STRONG
from socialcare.funnel import STEPS, WAYS

__all__ = ["clicks_figure", "device_figure"]

_DEVICES = {"desktop": ("desktop", OTHER, "square", "dash"), "mobile": ("phone", STRONG, "circle", "solid")}


def _ends(rows: pd.DataFrame) -> dict:
    """Return the interval of ``conversion`` (``low``, ``high``) as Plotly's error bars."""
    return {"array": rows["high"] - rows["conversion"], "arrayminus": rows["conversion"] - rows["low"]}


def device_figure(by_device: pd.DataFrame) -> go.Figure:
    """Draw ``funnel.funnel_table(visits, ["device"])``: the conversion of each step on desktops and phones.

    The steps go down the page, each by both its ends: six such names do not fit side by side on a phone. The symbols
    are small, so that they do not cover the intervals there.
    """
    figure, steps = go.Figure(), list(STEPS[1:])
    ways = [WAYS[step].replace(" to ", "<br>to ") for step in steps]
    for device, (name, colour, symbol, dash) in _DEVICES.items():
        rows = by_device[by_device["device"] == device].set_index("step").loc[steps]
        rows = 100 * rows[["conversion", "low", "high"]]
        style = {"marker": {"color": colour, "symbol": symbol, "size": 7}, "line": {"color": colour, "dash": dash}}
        points = {"x": rows["conversion"], "y": ways, "error_x": _ends(rows)}
        figure.add_scatter(**points, name=name, **style)
    titles = {"xaxis_title": "conversion of the step (%)", "yaxis_title": "step"}
    return figure.update_layout(**titles, height=440, xaxis_range=[0, 100], yaxis_autorange="reversed")


def clicks_figure(clicks: pd.DataFrame) -> go.Figure:
    """Draw ``funnel.buyers`` by number of clicks: a dot with its interval each, and the share of all as a line."""
    rows = 100 * clicks[["conversion", "low", "high"]]
    points = {"x": list(rows.index), "y": rows["conversion"], "error_y": _ends(rows)}
    figure = go.Figure().add_scatter(**points, mode="markers", marker_size=11)
    figure.add_hline(y=100 * clicks["bought"].sum() / clicks["started"].sum(), line={"color": QUIET, "dash": "dash"})
    titles = {"xaxis_title": "clicks to the product", "yaxis_title": "visits that buy (%)"}
    return figure.update_layout(**titles, height=420, yaxis_rangemode="tozero")
