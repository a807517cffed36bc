"""The figures of unit 03. Titles and alt texts are computed, so that they stay true for a reader's own data."""

import pandas as pd
import plotly.graph_objects as go

from socialcare.figures import ShownFigure, show
from socialcare.first_steps.activity import RULE
from socialcare.formulas.palette import CHANNEL, OTHER, QUIET, STRONG
from socialcare.formulas.wording import number, percent

__all__ = ["PARTS", "promise_figure", "readings_figure", "week_figure"]

READINGS = {"time": "minutes listening", "messages": "messages that reply", "content": "posts without promotion"}
PARTS = {
    "publish": (OTHER, "/"),
    "listen": (STRONG, ""),
    "answer": (CHANNEL["facebook"], "\\"),
    "read": (CHANNEL["webchat"], "."),
    "improve": (QUIET, "x"),
}
"""Colour and pattern of each part of a week."""

_STYLES = ((OTHER, "dot", "diamond"), (QUIET, "dash", "square"), (STRONG, "solid", "circle"))


def readings_figure(readings: pd.DataFrame, sample: str) -> ShownFigure:
    """Draw the three readings of the rule (``first_steps.readings``) with their intervals over weeks."""
    shares = 100 * readings[["share", "low", "high"]].rename(index=READINGS).astype(float)
    reached = int((readings["share"] >= RULE).sum())
    error = {"array": shares["high"] - shares["share"], "arrayminus": shares["share"] - shares["low"]}
    figure = go.Figure()
    marker = {"size": 12, "color": STRONG}
    figure.add_scatter(x=shares["share"], y=list(shares.index), error_x=error, mode="markers", marker=marker)
    figure.add_vline(x=100 * RULE, line={"color": QUIET, "dash": "dash"})
    figure.update_layout(xaxis_title="share (%)", yaxis_title="reading of the rule", xaxis_range=[0, 100], height=340)
    told = "; ".join(f"{name} {percent(share)}" for name, share in shares["share"].items())
    return show(
        figure,
        title=f"Three readings of 80/20: {reached or 'none'} of them reach{'es' * (reached < 2)} it",
        sample=f"{sample}; 95% intervals from drawing weeks; time rests on assumed minutes",
        alt=f"Three dots with intervals and a dashed line at {percent(100 * RULE, 0)}: {told}.",
        caption="Where does each dot lie, seen from the dashed line?",
        table=shares.round(1).rename_axis("reading").reset_index(),
    )


def week_figure(weeks: pd.DataFrame, there: float, sample: str) -> ShownFigure:
    """Draw plans of a week as stacked bars against the hours there.

    ``weeks`` has the parts of ``PARTS`` as rows and one column a plan, in hours; a plan without a part has it empty.
    """
    figure = go.Figure()
    for part, (colour, shape) in PARTS.items():
        pattern = {"shape": shape, "fillmode": "overlay", "fgcolor": "white", "size": 6}
        marker = {"color": colour, "pattern": pattern}
        figure.add_bar(y=list(weeks.columns), x=weeks.loc[part], name=part, orientation="h", marker=marker)
    line = {"color": QUIET, "dash": "dash", "width": 3}
    figure.add_vline(x=there, line=line, annotation={"text": f"{number(there, 1)} hours there", "yshift": 16})
    figure.update_layout(barmode="stack", xaxis_title="hours a week", yaxis_title="plan", height=380)
    totals = weeks.sum()
    fits = [name for name in totals.index if totals[name] <= there]
    told = "; ".join(f"{name} {number(total, 1)}" for name, total in totals.items())
    return show(
        figure,
        title=f"What fits the week: {' and '.join(fits) or 'nothing'}",
        sample=sample,
        alt=f"Stacked bars of hours and a dashed line at the {number(there, 1)} hours there. In all: {told}.",
        caption="A bar that passes the dashed line does not fit.",
        table=weeks.astype(float).round(1).fillna(0).T.rename_axis("plan").reset_index(),
    )


def promise_figure(shares: pd.DataFrame, sample: str) -> ShownFigure:
    """Draw, for up to three plans (columns), the share of cases that a block meets within the hours of the index."""
    percents = 100 * shares
    figure = go.Figure()
    for name, (colour, dash, symbol) in zip(percents.columns, _STYLES, strict=False):
        line, marker = {"color": colour, "dash": dash, "width": 3}, {"size": 10, "symbol": symbol, "color": colour}
        figure.add_scatter(x=list(shares.index), y=percents[name], name=name, line=line, marker=marker)
    figure.update_layout(xaxis_title="promised hours", yaxis_title="cases met by a block (%)", yaxis_range=[0, 103])
    figure.update_xaxes(tickvals=list(shares.index))
    first, last = shares.index[0], shares.index[-1]
    told = "; ".join(
        f"{n} {percent(percents.loc[first, n], 0)} to {percent(percents.loc[last, n], 0)}" for n in percents
    )
    return show(
        figure,
        title="When you answer decides what you can promise",
        sample=f"{sample}; queue and writing left out",
        alt=f"One rising line for each plan, from {first} to {last} promised hours: {told}.",
        caption="The same answering hours, cut into three, meet more cases.",
        table=percents.round(1).rename_axis("promised hours").reset_index(),
    )
