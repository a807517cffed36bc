"""The one figure that a share with its interval needs: a dot and a bar per row."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from socialcare.formulas.palette import STRONG
from socialcare.formulas.wording import shown_name

__all__ = ["interval_dots"]


def interval_dots(shares: pd.DataFrame, xaxis: str, yaxis: str, colours: Mapping[str, str] | None = None) -> go.Figure:
    """Draw one dot with its interval per row of ``share``, ``low`` and ``high`` (proportions), on a scale in percent.

    ``colours`` gives a row its colour by name. Show the figure with ``socialcare.figures.show``.
    """
    percents, figure = 100 * shares[["share", "low", "high"]], go.Figure()
    for name, row in percents.iterrows():
        colour = (colours or {}).get(name, STRONG)
        bar = {"array": [row["high"] - row["share"]], "arrayminus": [row["share"] - row["low"]], "symmetric": False}
        figure.add_scatter(
            x=[row["share"]],
            y=[shown_name(str(name)).replace("_", " ")],
            mode="markers",
            name=shown_name(str(name)),
            marker={"color": colour, "size": 12},
            error_x={"type": "data", "thickness": 2, "color": colour, **bar},
        )
    figure.update_layout(xaxis_title=xaxis, yaxis_title=yaxis, height=180 + 26 * len(shares), showlegend=False)
    figure.update_xaxes(range=[0, 104])
    return figure
