"""Audit a shop of your own: a form with one field per checkout rule, and the report that the package writes.

form = AuditForm("My shop")
form                  # fields, headline and list of repairs; an empty field was not inspected
form.audit            # the rows, as in the table checkout_audits: save them as CSV
form.probe()          # fills every field with a failing and a passing value and reads the headline
"""

import html
from collections.abc import Mapping

import ipywidgets as widgets
import pandas as pd

from socialcare import checkout

__all__ = ["AuditForm"]

_LABEL = {"description_width": "18em"}
_WIDE = widgets.Layout(width="min(48em, 95%)")


class AuditForm:
    """Fields from the rule table; the report is that of :func:`socialcare.checkout.report`."""

    def __init__(self, shop: str, observations: Mapping[str, str] | None = None):
        self.shop = shop
        self.start = {
            rule_id: str(seen) for rule_id, seen in dict({} if observations is None else observations).items()
        }
        for rule_id in self.start:
            checkout.judge(rule_id, self.start[rule_id])  # refuses an unknown rule or an unreadable number at once
        self.controls = {rule.Index: _field(rule) for rule in checkout.rules().itertuples()}
        self._headline = widgets.HTML()
        self._report = widgets.Output()
        self._reset = widgets.Button(description="Reset", tooltip="Back to the observations of the start")
        self.reset()
        for control in self.controls.values():
            control.observe(self._redraw, names="value")
        self._reset.on_click(lambda _: self.reset())
        self._redraw()
        self.widget = widgets.VBox([*self.controls.values(), self._reset, self._headline, self._report])

    @property
    def observations(self) -> dict[str, str]:
        """What the fields hold, by rule; an empty field is left out."""
        return {rule_id: field.value.strip() for rule_id, field in self.controls.items() if field.value.strip()}

    @property
    def audit(self) -> pd.DataFrame:
        """The rows of the audit, as :func:`socialcare.checkout.audit` judges them."""
        return checkout.audit(self.shop, self.observations)

    @property
    def report(self) -> pd.DataFrame:
        """What to mend, in order."""
        return checkout.report(self.audit, self.shop)

    @property
    def headline(self) -> str:
        """The result in words, as the reader sees it; or what a field should hold."""
        return html.unescape(self._headline.value)

    def reset(self) -> None:
        """Put the observations of the start back into the fields."""
        for rule_id, control in self.controls.items():
            control.value = self.start.get(rule_id, "")

    def probe(self) -> pd.DataFrame:
        """Fill each field with a value that fails and one that passes, one field at a time, and read the headline.

        This goes through the fields themselves: if one were not connected, its rows would repeat the start.
        """
        self.reset()
        rows = [("start", "", self.headline)]
        for rule in checkout.rules().itertuples():
            for value in _failing_and_passing(rule):
                self.controls[rule.Index].value = value
                rows.append((rule.Index, value, self.headline))
            self.reset()
        return pd.DataFrame(rows, columns=["rule", "set to", "headline"])

    def _redraw(self, _change=None) -> None:
        try:
            sentence, table = checkout.headline(self.audit, self.shop), self.report
        except ValueError as problem:
            sentence, table = str(problem), None
        self._headline.value = html.escape(sentence, quote=False)
        # set, not printed into: a context manager would leak the report into the cell's own output
        shown = {"output_type": "display_data", "data": {"text/html": _html(table)}, "metadata": {}}
        self._report.outputs = () if table is None else (shown,)

    def _repr_mimebundle_(self, include=None, exclude=None):
        view = self.widget._repr_mimebundle_()["application/vnd.jupyter.widget-view+json"]
        shown = "".join(output["data"]["text/html"] for output in self._report.outputs)
        return {
            "application/vnd.jupyter.widget-view+json": view,
            "text/html": f"<p>{self._headline.value}</p>{shown}",
            "text/plain": f"AuditForm({self.shop!r}): {self.headline}",
        }


def _html(table: pd.DataFrame | None) -> str:
    return "" if table is None else table.reset_index()[["rule_id", "rule", "fix", "because"]].to_html(index=False)


def _field(rule) -> widgets.Widget:
    settings = {
        "description": f"{rule.Index} {rule.unit}",
        "placeholder": "not inspected",
        "tooltip": f"{rule.rule}. {rule.measure}.",
        "continuous_update": False,
        "style": _LABEL,
        "layout": _WIDE,
    }
    if rule.test == "one_of":
        return widgets.Combobox(options=tuple(rule.limit.split("|")), ensure_option=False, **settings)
    return widgets.Text(**settings)


def _failing_and_passing(rule) -> tuple[str, str]:
    if rule.test == "one_of":
        return "something else", rule.limit.split("|")[0]
    limit = float(rule.limit)
    beyond = limit + 1 if rule.test == "at_most" else 0
    return f"{beyond:g}", f"{limit:g}"
