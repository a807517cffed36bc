"""The two figures of an episode: its hours against calm weeks, and what its mentions said. Plotly, without a title."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from socialcare.formulas.palette import DASH, OTHER, POLARITY, STRONG, SYMBOL

__all__ = ["replay_chart", "shares_chart"]

_MARKS = ("triangle-down", "star", "diamond")
_ABOVE = 0.08  # of the axis: how far a mark stands above its bar


def replay_chart(replayed: pd.DataFrame, first: pd.DataFrame) -> go.Figure:
    """Draw the mentions of each hour, negative and other, the line of calm weeks, and marks for the first notices.

    ``replayed`` comes from :func:`socialcare.attention.replay`, ``first`` holds one notice per network with its
    ``hour``; notices after the last hour are left out.
    """
    clock = replayed["hour_start"].dt.strftime("%Y-%m-%d %H:%M")
    other = replayed["mentions"] - replayed["negative_mentions"]
    figure = go.Figure()
    for name, counted, colour, shape in (
        ("negative mentions", replayed["negative_mentions"], POLARITY["negative"], "/"),
        ("other mentions", other, POLARITY["neutral"], ""),
    ):
        pattern = {"shape": shape, "fillmode": "overlay", "fgcolor": "white", "size": 5}
        figure.add_bar(x=clock, y=counted, name=name, marker={"color": colour, "pattern": pattern})
    figure.add_scatter(x=clock, y=replayed["expected"], name="calm weeks", line={"color": STRONG, "width": 3})
    for notice, symbol in zip(first[first["hour"] <= len(replayed)].itertuples(), _MARKS, strict=False):
        height = replayed["mentions"].iloc[notice.hour - 1] + _ABOVE * replayed["mentions"].max()
        figure.add_scatter(
            x=[clock.iloc[notice.hour - 1]],
            y=[height],
            mode="markers",
            name=f"first notice on {notice.Index.title()}",
            marker={"symbol": symbol, "size": 15, "color": OTHER},
        )
    figure.update_layout(barmode="stack", bargap=0, height=460, xaxis_title="hour", yaxis_title="mentions in the hour")
    figure.update_yaxes(rangemode="tozero")
    return figure


def shares_chart(shares: Mapping[str, pd.DataFrame], colours: Sequence[str]) -> go.Figure:
    """Draw the negative share before, during and after each episode with its interval, in percent.

    ``shares`` holds for each name a table of :func:`socialcare.attention.negative_shares`, indexed by ``when``.
    """
    figure = go.Figure()
    for (name, table), colour, dash, symbol in zip(shares.items(), colours, DASH, SYMBOL, strict=False):
        part = 100 * table[["share", "low", "high"]]
        interval = {"array": part["high"] - part["share"], "arrayminus": part["share"] - part["low"]}
        figure.add_scatter(
            x=list(part.index),
            y=part["share"],
            name=name,
            error_y={"type": "data", "symmetric": False, **interval},
            line={"color": colour, "dash": dash, "width": 3},
            marker={"color": colour, "symbol": symbol, "size": 12},
        )
    figure.update_layout(height=420, xaxis_title="time", yaxis_title="negative mentions (%)")
    figure.update_yaxes(rangemode="tozero")
    return figure
