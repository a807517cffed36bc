"""The notebook's simulator: its controls, and nothing else, move its headline and figure."""

import pytest

from socialcare.simulators import MIME, Simulator, _decimals, scenario_names

every_name = pytest.mark.parametrize("name", scenario_names())


@every_name
def test_controls_are_the_parameter_table(name):
    simulator = Simulator(name)
    for parameter in simulator.scenario.PARAMETERS:
        control = simulator.controls[parameter.name]
        assert (control.value, control.min, control.max, control.step) == (
            parameter.default, parameter.low, parameter.high, parameter.step,
        )  # fmt: skip
        assert parameter.label in control.description
        assert parameter.unit.lower() in control.description.lower()
        assert control.tooltip == parameter.help


@every_name
def test_every_control_moves_the_headline_and_the_figure(name):
    simulator = Simulator(name)
    for parameter in simulator.scenario.PARAMETERS:
        simulator.reset()
        before = (simulator.headline, str(simulator.widget.children[-1].outputs))
        end = parameter.high if parameter.default != parameter.high else parameter.low
        simulator.controls[parameter.name].value = end
        expected = simulator.scenario.figure(**simulator.values)["headline"]
        assert simulator.headline == expected
        assert (simulator.headline, str(simulator.widget.children[-1].outputs)) != before, parameter.name


@every_name
def test_the_probe_visits_both_ends_of_every_control_and_comes_back(name):
    simulator = Simulator(name)
    probe = simulator.probe()
    assert len(probe) == 1 + 2 * len(simulator.controls)
    for parameter, control in simulator.controls.items():
        assert control.value == next(p.default for p in simulator.scenario.PARAMETERS if p.name == parameter)
    low = simulator.scenario.PARAMETERS[0]
    assert probe["headline"][1] == simulator.scenario.figure(**{low.name: low.low})["headline"]


def test_reset_goes_back_to_the_story():
    simulator = Simulator("true_fans")
    first = simulator.headline
    simulator.controls["share_large"].value = 5
    assert simulator.headline != first
    simulator.widget.children[1].children[-1].click()
    assert simulator.headline == first


def test_the_notebook_stores_scenario_settings_and_figure():
    bundle = Simulator("true_fans")._repr_mimebundle_()
    assert bundle[MIME]["scenario"] == "true_fans"
    assert bundle[MIME]["values"]["fans_small"] == 1000
    assert bundle[MIME]["figure"]["layout"]["meta"]["alt"].startswith("Line chart.")
    assert bundle["text/plain"].startswith("Simulator('true_fans'): 1,000 fans")


def test_an_unknown_scenario_lists_the_known_ones():
    with pytest.raises(ValueError, match=r"scenario 'fans' is unknown; expected one of .*crisis_rate, .*true_fans"):
        Simulator("fans")


@pytest.mark.parametrize(("step", "decimals"), [(1.0, 0), (0.5, 1), (0.05, 2), (10.0, 0)])
def test_a_slider_shows_as_many_decimals_as_its_steps_have(step, decimals):
    assert _decimals(step) == decimals


def test_the_probe_writes_percent_like_the_book():
    settings = set(Simulator("service_level").probe()["set to"])
    assert {"10%", "100%", "24 hours"} <= settings


@every_name
def test_the_simulator_fits_on_a_projected_screen(name):
    shown = Simulator(name).widget.children[-1].outputs[0]["data"]["application/vnd.plotly.v1+json"]
    assert shown["layout"]["height"] <= 340
    assert shown["config"]["displayModeBar"] is False
