"""The three figures of unit 14, ready to show: detectors by their false alarms, a replay by the hour, ranks."""

import pandas as pd
import plotly.graph_objects as go

from socialcare.figures import ShownFigure, show
from socialcare.formulas.palette import OTHER, POLARITY, STRONG
from socialcare.formulas.wording import number

__all__ = ["detectors_figure", "ranks_figure", "replay_figure"]


def detectors_figure(judged: pd.DataFrame, crises: int, sample: str) -> ShownFigure:
    """Show what each detector costs in false call-outs, with the crises it found in time beside its bar."""
    order = judged.sort_values("false_per_month", ascending=False, kind="stable")
    labels = [f"{found} of {crises}" for found in order["in_time"]]
    error = {
        "array": order["false_high"] - order["false_per_month"],
        "arrayminus": order["false_per_month"] - order["false_low"],
        "color": OTHER,
        "thickness": 3,
    }
    widest = order["false_high"].max()
    figure = go.Figure(go.Bar(x=order["false_per_month"], y=order.index, orientation="h", error_x=error))
    labelled = {"text": labels, "mode": "text", "textposition": "middle right"}
    figure.add_scatter(x=order["false_high"] + 0.02 * widest, y=order.index, hoverinfo="skip", **labelled)
    # room for the label of the longest bar, and no line through any label
    figure.update_xaxes(range=[0, 1.4 * widest], title="false call-outs in a calm month")
    figure.update_yaxes(title="detector", showgrid=False)
    figure.update_layout(height=460, showlegend=False)
    worst, best = order.iloc[0], judged.loc["tail, negative"]
    return show(
        figure,
        title="Who rings all the time finds everything",
        sample=sample,
        alt=f"Bars of false call-outs per month for {len(order)} detectors. {order.index[0]} leads with "
        f"{number(worst['false_per_month'], 1)}. The tail of negative mentions has "
        f"{number(best['false_per_month'], 1)} (95% interval {number(best['false_low'], 1)} to "
        f"{number(best['false_high'], 1)}) and finds {number(best['in_time'])} of {crises} crises within a day.",
        caption="Lines: 95% intervals. Beside them: crises found within a day.",
        table=order[["false_per_month", "false_low", "false_high", "in_time", "precision"]].round(2).reset_index(),
    )


def replay_figure(replay: pd.DataFrame, sample: str) -> ShownFigure:
    """Show the mentions of each hour of a replay by sign, with the level known at its end above the bar."""
    clock = replay["known_at"].dt.strftime("%H:%M")
    parts = (
        ("negative", replay["negative_mentions"], "/"),
        ("neutral", replay["mentions"] - replay["negative_mentions"], ""),
    )
    figure = go.Figure()
    for name, counts, shape in parts:
        pattern = {"shape": shape, "fillmode": "overlay", "fgcolor": "white", "size": 6}
        label = "negative" if name == "negative" else "all others"
        figure.add_bar(x=clock, y=counts, name=label, marker={"color": POLARITY[name], "pattern": pattern})
    figure.add_scatter(
        x=clock, y=replay["mentions"], text=replay["level"].astype(str), mode="text", textposition="top center",
        showlegend=False, hoverinfo="skip",
    )  # fmt: skip
    figure.update_layout(barmode="stack", height=440)
    figure.update_xaxes(title="known at", type="category")
    figure.update_yaxes(title="mentions in the hour before")
    highest = replay["level"].idxmax()
    return show(
        figure,
        title="The level is known before the peak",
        sample=sample,
        alt=f"Stacked bars for {len(replay)} hours. The level is {replay['level'].iloc[0]} at {clock.iloc[0]} and "
        f"{replay['level'].max()} from {clock[highest]} on, after an hour with {replay['mentions'][highest]} mentions. "
        f"The largest hour has {replay['mentions'].max()} and ends at {clock[replay['mentions'].idxmax()]}.",
        caption="The number above each bar is the level known at that time.",
        table=pd.DataFrame({"known at": clock, **replay[["mentions", "negative_mentions", "level"]]}),
    )


def _span(row: pd.Series) -> str:
    low, high = number(row["low"]), number(row["high"])
    return low if low == high else f"{low} to {high}"


def ranks_figure(ranks: pd.DataFrame, sample: str) -> ShownFigure:
    """Show the leading accounts with the interval of their rank."""
    error = {"array": ranks["high"] - ranks["rank"], "arrayminus": ranks["rank"] - ranks["low"]}
    marker = {"size": 11, "color": STRONG}
    figure = go.Figure(go.Scatter(x=ranks["rank"], y=ranks.index, error_x=error, mode="markers", marker=marker))
    figure.update_layout(xaxis_title="rank (1 is first)", yaxis_title="account", yaxis_autorange="reversed", height=420)
    first, last = ranks.iloc[0], ranks.iloc[-1]
    return show(
        figure,
        title="Only the first rank is sure",
        sample=sample,
        alt=f"{len(ranks)} dots with intervals. The first account holds rank {_span(first)}, "
        f"the last one shown {_span(last)}.",
        caption="The further down the list, the wider the interval.",
        table=ranks.round(0).astype(int).reset_index(),
    )
