"""The two figures of unit 02: how far raters agree, and a firm's profile over the eight rows of the table.

Plain Plotly figures; ``socialcare.figures.show`` finishes them with title, alt text, caption and table.
"""

import pandas as pd
import plotly.graph_objects as go

from socialcare.figures import line_styles
from socialcare.formulas.palette import OTHER, QUIET, STRONG

__all__ = ["agreement_figure", "profile_figure"]

BETWEEN_FIRMS = 0.24  # distance of two firms' marks on one row, in rows


def agreement_figure(groups: pd.DataFrame, enough: float) -> go.Figure:
    """Draw equal marks and kappa with its interval for each row of ``marketing_eras.agreement_by``.

    ``enough`` is drawn as a dotted line: where the lower end of the interval should be at least.
    """
    ends = {"array": groups["high"] - groups["kappa"], "arrayminus": groups["kappa"] - groups["low"], "thickness": 2}
    figure = go.Figure()
    figure.add_scatter(
        x=groups["kappa"], y=groups.index, error_x=ends, mode="markers", name="kappa, 95% interval",
        marker={"color": STRONG, "size": 12},
    )  # fmt: skip
    figure.add_scatter(
        x=groups["equal"], y=groups.index, mode="markers", name="equal marks",
        marker={"color": OTHER, "size": 12, "symbol": "diamond"},
    )  # fmt: skip
    figure.add_vline(x=enough, line_dash="dot", line_color=QUIET)
    figure.update_layout(xaxis_title="share of equal marks, or kappa", yaxis_title="statements of", height=420)
    figure.update_yaxes(autorange="reversed")
    return figure


def profile_figure(profiles: pd.DataFrame, eras: pd.DataFrame) -> go.Figure:
    """Draw the score of each firm on each row of the table, with a bar from the lowest to the highest mark.

    ``profiles`` comes from ``marketing_eras.profile``; ``eras`` is the table of eras, which orders and names the rows.
    """
    labels = eras.drop_duplicates("dimension").set_index("dimension")["label"]
    firms = profiles.index.unique("firm")
    figure = go.Figure()
    for place, (firm, style) in enumerate(line_styles(firms).items()):
        marks = profiles.loc[firm].reindex(labels.index)
        shift = BETWEEN_FIRMS * (place - (len(firms) - 1) / 2)
        ends = {"array": marks["highest"] - marks["score"], "arrayminus": marks["score"] - marks["lowest"]}
        heights = [spot + shift for spot in range(len(labels))]
        figure.add_scatter(x=marks["score"], y=heights, error_x=ends, mode="markers", name=firm, marker=style["marker"])
    figure.update_xaxes(title="mean mark", tickvals=[1, 2, 3], ticktext=["1.0", "2.0", "3.0"])
    figure.update_yaxes(title="row of the table", tickvals=list(range(len(labels))), ticktext=list(labels))
    figure.update_layout(yaxis_autorange="reversed", height=640)
    return figure
