"""The course's figures: one template, and one way to show a figure that nobody is shut out from.

``show`` refuses a figure without a finding as title, sample and period, alt text, caption or data table. The
alt text, the caption and the table travel inside the figure (``layout.meta``), so the book can print them.
"""

import base64
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from socialcare.formulas.palette import BRAND, CHANNEL, DASH, STRONG, SYMBOL

__all__ = ["CONFIG", "MIME", "TEMPLATE", "ShownFigure", "from_spec", "line_styles", "show"]

MIME = "application/vnd.plotly.v1+json"
CONFIG = {"displaylogo": False, "responsive": True, "showSendToCloud": False, "plotlyServerURL": ""}
SHORTEST_ALT = 40  # characters: less cannot say what the figure shows
SIGNIFICANT = 10  # digits kept in stored figures: processors differ in the sixteenth

_AXIS = {"automargin": True, "gridcolor": "#DDE2E8", "zerolinecolor": "#9AA5B1", "title": {"standoff": 12}}
TEMPLATE = {
    "layout": {
        "colorway": [STRONG],
        "font": {"family": "system-ui, sans-serif", "size": 14, "color": "#1F2933"},
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "title": {"x": 0.02, "xanchor": "left", "subtitle": {"font": {"size": 13}}},
        "legend": {"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top"},
        "margin": {"l": 60, "r": 20, "t": 80, "b": 60},
        "xaxis": _AXIS,
        "yaxis": _AXIS,
        "hovermode": "closest",
    }
}
"""The look of every figure. Meanings have fixed colours in ``socialcare.formulas.palette``."""


class ShownFigure:
    """A finished figure: its Plotly JSON for Jupyter and the book, its alt text where there is only text."""

    def __init__(self, spec: dict):
        self.spec = spec

    @property
    def alt(self) -> str:
        """The figure in words."""
        return self.spec["layout"]["meta"]["alt"]

    @property
    def table(self) -> pd.DataFrame:
        """The data behind the figure, as printed below it in the book."""
        table = self.spec["layout"]["meta"]["table"]
        return pd.DataFrame(table["rows"], columns=table["columns"])

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {MIME: self.spec, "text/plain": self.alt}


def show(  # noqa: PLR0917  the pieces of one figure
    figure: go.Figure, title: str, sample: str, alt: str, caption: str, table: pd.DataFrame
) -> ShownFigure:
    """Finish a figure for notebook and book.

    ``title`` states the finding; ``sample`` states n, period and place (``n = 1,204 posts, 2025``); ``alt`` says in
    words what the figure shows; ``caption`` (15 words or fewer) what to look for; ``table`` holds the numbers to
    print below it, already rounded. Raises ValueError if one is missing, if ``alt`` repeats the title or is shorter
    than 40 characters, or if an axis has no title.
    """
    texts = {"title": title, "sample": sample, "alt": alt, "caption": caption}
    for name, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            raise ValueError(f"{name} is {text!r}; expected a sentence")
    if len(alt) < SHORTEST_ALT or alt.strip().lower() == title.strip().lower():
        raise ValueError(f"alt is {alt!r}; expected at least {SHORTEST_ALT} characters that say what the figure shows")
    if len(caption.split()) > 15:
        raise ValueError(f"caption has {len(caption.split())} words; expected 15 or fewer")
    if not isinstance(table, pd.DataFrame) or table.empty:
        raise ValueError("table is empty; expected the numbers behind the figure as a DataFrame")
    spec = _plain(figure.to_plotly_json())
    layout = spec["layout"]
    cartesian = any(trace.get("type", "scatter") in {"scatter", "bar", "histogram", "box"} for trace in spec["data"])
    for axis in ("xaxis", "yaxis") if cartesian else ():
        if not layout.get(axis, {}).get("title", {}).get("text"):
            raise ValueError(f"the title of {axis} is missing; expected what it shows with its unit")
    layout["template"] = TEMPLATE
    layout["title"] = {"text": title, "subtitle": {"text": sample}}
    layout["meta"] = {"alt": alt, "caption": caption, "table": _rows(table)}
    return ShownFigure({"data": spec["data"], "layout": layout, "config": CONFIG})


def from_spec(spec: Mapping) -> ShownFigure:
    """Turn what a scenario's ``figure`` returns into a figure for the notebook, with the course's template."""
    layout = {**spec["layout"], "template": TEMPLATE}
    layout["meta"] = {key: spec[key] for key in ("alt", "caption", "table")}
    return ShownFigure({"data": _plain(spec["data"]), "layout": _plain(layout), "config": CONFIG})


def line_styles(names: Iterable[str]) -> dict[str, dict]:
    """Return ``line`` and ``marker`` for each name, told apart by colour, dash and symbol.

    The course's brands keep their colours; other names, such as those in your own data, get the remaining ones.
    """
    names = list(names)
    spare = [colour for colour in CHANNEL.values() if colour not in BRAND.values()]
    styles = {}
    for position, name in enumerate(names):
        colour = BRAND.get(name, spare[position % len(spare)])
        line = {"color": colour, "dash": DASH[position % len(DASH)], "width": 3}
        styles[name] = {"line": line, "marker": {"color": colour, "size": 12, "symbol": SYMBOL[position % len(SYMBOL)]}}
    return styles


def _rows(table: pd.DataFrame) -> dict:
    return {"columns": [str(name) for name in table.columns], "rows": table.astype(str).to_numpy().tolist()}


def _plain(value):
    """Make readable, machine-independent JSON: no typed arrays, no digits beyond what any processor agrees on."""
    if isinstance(value, Mapping) and "bdata" in value:
        return _plain(np.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"]))
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, (float, np.floating)):
        return None if np.isnan(value) else float(f"{float(value):.{SIGNIFICANT}g}")
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    return value
