"""Where do the members of one grouping stand in another? Ribbons between columns of groups (a parallel view).

Drawn with filled lines, because the page carries Plotly's cartesian traces only and has no Sankey diagram.
"""

import itertools
from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from socialcare.formulas.palette import QUIET

__all__ = ["flow_figure", "ribbons"]

NODE = 0.06  # half the width of a group's bar
GAP = 0.02  # space between groups, as a share of all customers


def _levels(column: pd.Series) -> list[str]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return [level for level in column.cat.categories if (column == level).any()]
    return sorted(column.unique())


def _blocks(sizes: pd.Series, levels: Sequence[str], total: int) -> dict[str, float]:
    """Return where each group's bar begins, from below, as a share of all customers."""
    starts, height = {}, 0.0
    for level in levels:
        starts[level] = height
        height += sizes[level] / total + GAP
    return starts


def ribbons(table: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """Count the customers of every pair of groups in two columns, in the order in which the ribbons are stacked.

    Columns: the two names, ``customers``, and ``from_start`` and ``to_start``: where the ribbon begins on either side,
    as a share of all customers. The counts add up to the rows of ``table``.
    """
    for column in (first, second):
        if table[column].isna().any():
            raise ValueError(f"column {column!r} leaves a customer out; expected one group for each")
    counts = table.groupby([first, second], observed=True).size().rename("customers").reset_index()
    left = _blocks(table[first].value_counts(), _levels(table[first]), len(table))
    right = _blocks(table[second].value_counts(), _levels(table[second]), len(table))
    order = {level: position for position, level in enumerate(_levels(table[second]))}
    side = {level: position for position, level in enumerate(_levels(table[first]))}
    counts = counts.sort_values(
        [first, second], key=lambda column: column.map(side if column.name == first else order).astype(int)
    ).reset_index(drop=True)
    shares = counts["customers"] / len(table)
    before_left = shares.groupby(counts[first], observed=True).cumsum() - shares
    before_right = shares.groupby(counts[second], observed=True).cumsum() - shares
    counts["from_start"] = counts[first].map(left).astype(float) + before_left
    counts["to_start"] = counts[second].map(right).astype(float) + before_right
    return counts


def flow_figure(table: pd.DataFrame, columns: Sequence[str], colours: Mapping[str, str]) -> go.Figure:
    """Draw the customers of ``table`` as ribbons from group to group, through all ``columns`` from left to right.

    ``colours`` gives a colour to groups of the first column; the others are grey. One row of ``table`` is one customer.
    """
    figure = go.Figure()
    for position, (first, second) in enumerate(itertools.pairwise(columns)):
        for _, row in ribbons(table, first, second).iterrows():
            share = row["customers"] / len(table)
            left, right, middle = position + NODE, position + 1 - NODE, position + 0.5
            low, high = (row["from_start"], row["to_start"]), (row["from_start"] + share, row["to_start"] + share)
            figure.add_scatter(
                x=[left, middle, right, right, middle, left],
                y=[low[0], sum(low) / 2, low[1], high[1], sum(high) / 2, high[0]],
                fill="toself",
                mode="none",
                fillcolor=colours.get(row[first], QUIET),
                opacity=0.45,
                showlegend=False,
                hoveron="fills",
                hoverinfo="text",
                text=f"{row[first]} → {row[second]}: {row['customers']:,}",
            )
    for position, column in enumerate(columns):
        sizes, levels = table[column].value_counts(), _levels(table[column])
        starts = _blocks(sizes, levels, len(table))
        figure.add_bar(
            x=[position] * len(levels),
            base=[starts[level] for level in levels],
            y=[sizes[level] / len(table) for level in levels],
            width=2 * NODE,
            marker={"color": [colours.get(level, QUIET) for level in levels]},
            text=[f"{level}<br>{sizes[level]:,}" for level in levels],
            textposition="none",
            hoverinfo="text",
            showlegend=False,
        )
        for level in levels:
            last = position == len(columns) - 1
            figure.add_annotation(
                x=position - NODE if last else position + NODE,
                y=starts[level] + sizes[level] / len(table) / 2,
                text=str(level),
                showarrow=False,
                xanchor="right" if last else "left",
                xshift=-4 if last else 4,
            )
    figure.update_layout(
        xaxis={
            "tickvals": list(range(len(columns))),
            "ticktext": list(columns),
            "tickangle": 0,
            "ticklabeloverflow": "allow",
            "showgrid": False,
            "zeroline": False,
            "range": [-0.3, len(columns) - 0.7],
        },
        yaxis={"visible": False},
        barmode="overlay",
    )
    return figure
