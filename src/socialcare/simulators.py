"""A scenario as a live simulator in Jupyter: the same parameter table and the same function that the page runs.

simulator = Simulator("true_fans")
simulator                 # sliders, headline and figure
simulator.parameters      # what each control means: unit, range, default, source
simulator.probe()         # moves every control over its range and reports what the figure says
"""

import importlib
import pkgutil

import ipywidgets as widgets
import pandas as pd

from socialcare import scenarios
from socialcare.figures import from_spec
from socialcare.formulas.wording import with_unit

__all__ = ["MIME", "Simulator", "scenario_names"]

MIME = "application/vnd.socialcare.simulator+json"
_LABEL = {"description_width": "min(24em, 55%)"}
_WIDE = widgets.Layout(width="min(48em, 95%)")
_WRAPPED = widgets.Layout(flex_flow="row wrap", align_items="flex-end")
_STACKED = """<style>@media (max-width: 600px) {
  .course-sliders .widget-hslider { flex-wrap: wrap; height: auto; }
  .course-sliders .widget-label { width: 100% !important; text-align: start; }
}</style>"""  # on a phone the label stands above its slider, which is then wide enough for a thumb
_HEIGHT = 340  # pixels of the figure: sliders, headline and figure then stand together on a projected screen


def scenario_names() -> list[str]:
    """Return the names of all scenarios, sorted."""
    return sorted(module.name for module in pkgutil.iter_modules(scenarios.__path__))


class Simulator:
    """Sliders for a scenario's parameters, its headline sentence and its figure."""

    def __init__(self, name: str):
        if name not in scenario_names():
            raise ValueError(f"scenario {name!r} is unknown; expected one of {', '.join(scenario_names())}")
        self.name = name
        self.scenario = importlib.import_module(f"socialcare.scenarios.{name}")
        self.controls = {parameter.name: _slider(parameter) for parameter in self.scenario.PARAMETERS}
        self._headline = widgets.HTML()
        self._figure = widgets.Output()
        self._reset = widgets.Button(description="Reset", tooltip="Back to the default settings")
        self.spec = {}
        for control in self.controls.values():
            control.observe(self._redraw, names="value")
        self._reset.on_click(lambda _: self.reset())
        self._redraw()
        title = widgets.HTML(f"{_STACKED}<strong>{self.scenario.TITLE}</strong><br>{self.scenario.QUESTION}")
        sliders = widgets.VBox(list(self.controls.values()), layout=_WIDE)
        sliders.add_class("course-sliders")
        controls = widgets.Box([sliders, self._reset], layout=_WRAPPED)
        self.widget = widgets.VBox([title, controls, self._headline, self._figure])

    @property
    def values(self) -> dict:
        """The current setting of every control, by parameter name."""
        return {name: control.value for name, control in self.controls.items()}

    @property
    def headline(self) -> str:
        """The result in one sentence, as the reader sees it."""
        return self._headline.value

    @property
    def parameters(self) -> pd.DataFrame:
        """The parameter table: one row per control."""
        return pd.DataFrame(self.scenario.PARAMETERS, columns=self.scenario.PARAMETERS[0]._fields).set_index("name")

    def reset(self) -> None:
        """Set every control back to its default."""
        for parameter in self.scenario.PARAMETERS:
            self.controls[parameter.name].value = parameter.default

    def probe(self) -> pd.DataFrame:
        """Move each control to its lowest and highest value, one at a time, and read the headline as it then stands.

        This goes through the controls themselves: if one were not connected, its rows would repeat the default.
        """
        self.reset()
        rows = [("default", "", self.headline)]
        for parameter in self.scenario.PARAMETERS:
            for value in (parameter.low, parameter.high):
                self.controls[parameter.name].value = value
                rows.append((parameter.label, with_unit(f"{value:g}", parameter.unit), self.headline))
            self.reset()
        return pd.DataFrame(rows, columns=["control", "set to", "headline"])

    def _redraw(self, _change=None) -> None:
        self.spec = self.scenario.figure(**self.values)
        self._headline.value = self.spec["headline"]
        # set, not printed into: a context manager would leak the figure into the cell's own output
        layout = {**self.spec["layout"], "height": min(_HEIGHT, self.spec["layout"]["height"])}
        layout["title"] = {**layout["title"], "font": {"size": 16}}
        layout["margin"] = {**layout.get("margin", {}), "t": 50}
        shown = from_spec({**self.spec, "layout": layout})
        shown.spec["config"] = {**shown.spec["config"], "displayModeBar": False}  # on a phone it covers the title
        bundle = shown._repr_mimebundle_()
        self._figure.outputs = ({"output_type": "display_data", "data": bundle, "metadata": {}},)

    def _repr_mimebundle_(self, include=None, exclude=None):
        view = self.widget._repr_mimebundle_()["application/vnd.jupyter.widget-view+json"]
        return {
            MIME: {"scenario": self.name, "values": self.values, "figure": from_spec(self.spec).spec},
            "application/vnd.jupyter.widget-view+json": view,
            "text/plain": f"Simulator({self.name!r}): {self.headline}",
        }


def _label(parameter) -> str:
    """Say the unit unless the label does: "Mentions in the week", but "Negative mentions (%)"."""
    spoken = parameter.unit in parameter.label.lower()
    return parameter.label if spoken else f"{parameter.label} ({parameter.unit})"


def _decimals(number: float) -> int:
    """Return how many decimals a number is written with: 0.05 has 2."""
    return len(str(float(number)).partition(".")[2].removesuffix("0")) if number % 1 else 0


def _slider(parameter) -> widgets.Widget:
    whole = all(isinstance(number, int) for number in (parameter.default, parameter.low, parameter.step))
    kind = widgets.IntSlider if whole else widgets.FloatSlider
    return kind(
        value=parameter.default,
        min=parameter.low,
        max=parameter.high,
        step=parameter.step,
        description=_label(parameter),
        tooltip=parameter.help,
        continuous_update=False,
        readout_format="d" if whole else f".{_decimals(parameter.step)}f",  # 3.5, and not 3.50
        style=_LABEL,
        layout=widgets.Layout(width="auto"),
    )
