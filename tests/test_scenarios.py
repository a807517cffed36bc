"""Scenarios: what the figure says is what the formulas give, in words and numbers, over the whole range."""

import importlib
import itertools
import re
from pathlib import Path

import pytest
import yaml

from socialcare import engagement
from socialcare.formulas.parameters import Parameter, defaults, validated
from socialcare.formulas.wording import number, percent, shown_name, times, with_unit
from socialcare.scenarios import crisis_rate, true_fans
from socialcare.simulators import scenario_names

SCENARIOS = [importlib.import_module(f"socialcare.scenarios.{name}") for name in scenario_names()]
every_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=scenario_names())


def corners(scenario):
    """All combinations of lowest, default and highest values."""
    values = [(p.low, p.default, p.high) for p in scenario.PARAMETERS]
    names = [p.name for p in scenario.PARAMETERS]
    return [dict(zip(names, combination, strict=True)) for combination in itertools.product(*values)]


@every_scenario
def test_a_parameter_table_is_complete_and_in_range(scenario):
    assert 1 <= len(scenario.PARAMETERS) <= 4
    for parameter in scenario.PARAMETERS:
        assert parameter.low <= parameter.default <= parameter.high
        steps = (parameter.default - parameter.low) / parameter.step
        assert steps == pytest.approx(round(steps)), f"{parameter.name}: the default is not on a step"
        whole = all(float(value).is_integer() for value in (parameter.low, parameter.high, parameter.step))
        assert whole or isinstance(parameter.default, float), f"{parameter.name}: a setting takes the default's type"
        assert all(str(text).strip() for text in (parameter.label, parameter.unit, parameter.help, parameter.source))


def test_a_control_starts_and_steps_as_written_down():
    """Every default is a choice and gives a whole figure, so a slip in one is seen only against a second writing."""
    found = {
        name: {
            p.name: f"{p.default}, {p.low} to {p.high} by {p.step} {p.unit} ({p.source})" for p in scenario.PARAMETERS
        }
        for name, scenario in zip(scenario_names(), SCENARIOS, strict=True)
    }
    written = Path(__file__).with_name("simulator_controls.yml").read_text(encoding="utf-8")
    assert found == yaml.safe_load(written)


@every_scenario
def test_every_corner_of_the_range_gives_a_whole_figure(scenario):
    for values in corners(scenario):
        spec = scenario.figure(**values)
        assert set(spec) == {"data", "layout", "headline", "alt", "caption", "table", "numbers"}
        assert len(spec["alt"]) >= 40
        assert spec["headline"].endswith(".")
        assert all(len(row) == len(spec["table"]["columns"]) for row in spec["table"]["rows"])


@every_scenario
def test_each_control_alone_changes_what_the_headline_says(scenario):
    said = scenario.figure()["headline"]
    ends = {p.name: p.high if p.default < p.high else p.low for p in scenario.PARAMETERS}
    assert [name for name, value in ends.items() if scenario.figure(**{name: value})["headline"] == said] == []


@every_scenario
@pytest.mark.parametrize("beyond", ["low", "high"])
def test_a_setting_outside_its_range_is_refused_by_its_label(scenario, beyond):
    parameter = scenario.PARAMETERS[0]
    value = parameter.low - parameter.step if beyond == "low" else parameter.high + parameter.step
    with pytest.raises(ValueError, match=re.escape(f"{parameter.label} is {value}; expected ")):
        scenario.figure(**{parameter.name: value})


@every_scenario
def test_an_unknown_setting_is_refused_by_name(scenario):
    with pytest.raises(ValueError, match="setting 'volume' is unknown; expected one of "):
        scenario.figure(volume=1)


def test_true_fans_say_what_the_formulas_give():
    for values in corners(true_fans):
        numbers = true_fans.figure(**values)["numbers"]
        small = engagement.active_fans(values["fans_small"], values["share_small"] / 100)
        large = engagement.active_fans(values["fans_large"], values["share_large"] / 100)
        break_even = engagement.break_even_active_share(
            values["fans_small"], values["share_small"] / 100, values["fans_large"]
        )
        assert numbers == pytest.approx(
            {"active_small": small, "active_large": large, "break_even_share": 100 * break_even}
        )


@pytest.mark.parametrize(
    ("share_large", "verdict"),
    [(0.8, "Quality wins."), (1.2, "Quantity wins."), (1, "Both pages bring the same number")],
)
def test_the_verdict_turns_at_the_break_even(share_large, verdict):
    headline = true_fans.figure(fans_small=1000, share_small=10, fans_large=10000, share_large=share_large)["headline"]
    assert verdict in headline
    assert "breaks even at 1.00% active" in headline


def test_the_break_even_point_lies_on_both_lines():
    spec = true_fans.figure(share_small=20)
    large, small, _, diamond = spec["data"]
    assert diamond["y"] == [small["y"][0]] == [200]
    assert large["y"][large["x"].index(diamond["x"][0])] == pytest.approx(200)


def test_a_break_even_off_the_chart_is_told_but_not_drawn():
    spec = true_fans.figure(fans_small=10000, share_small=50, fans_large=1000)
    assert spec["data"][3]["x"] == []
    assert "500.00%" in spec["headline"]


def test_crisis_parts_add_up_to_ertw_and_complaints_do_not_change_it():
    for values in corners(crisis_rate):
        spec = crisis_rate.figure(**values)
        total = sum(trace["x"][1] for trace in spec["data"])
        assert total == pytest.approx(spec["numbers"]["ertw"])
        assert spec["numbers"]["ertw"] == pytest.approx(
            engagement.ertw(values["retweets"], values["mentions"], values["active_followers"])
        )
    calm, angry = (crisis_rate.figure(negative_share=share)["numbers"] for share in (0, 100))
    assert calm["ertw"] == angry["ertw"]
    assert calm["negative"] == 0 < angry["negative"]


def test_defaults_tell_the_story():
    assert "Quality wins." in true_fans.figure()["headline"]
    numbers = crisis_rate.figure()["numbers"]
    assert numbers["ertw"] > 3 * numbers["calm_ertw"]
    assert numbers["negative"] > numbers["ertw"] / 2


@pytest.mark.parametrize(
    ("value", "digits", "printed"),
    [
        (1234567.891, 0, "1,234,568"),
        (2.5, 0, "3"),  # half away from zero: MicroPython and CPython differ in their own rounding
        (-2.5, 0, "-3"),
        (-0.4, 0, "0"),
        (0.05, 1, "0.1"),
        (1234.5, 2, "1,234.50"),
        (9.999, 1, "10.0"),
        (7, 3, "7.000"),
    ],
)
def test_numbers_are_printed_alike_everywhere(value, digits, printed):
    assert number(value, digits) == printed


def test_percent_and_times_add_their_sign():
    assert percent(4) == "4.0%"
    assert percent(0.154, 2) == "0.15%"
    assert times(2.54) == "2.5 times"


def test_a_unit_stands_apart_and_a_percent_sign_close():
    assert with_unit("15", "hours") == "15 hours"
    assert with_unit("15", "%") == "15%"
    assert with_unit("2", "% of today") == "2% of today"
    assert with_unit("0.3", "") == "0.3"


def test_a_channel_of_the_tables_has_the_name_that_a_sentence_uses():
    names = [shown_name(channel) for channel in ("twitter", "facebook", "email", "phone")]
    assert names == ["Twitter", "Facebook", "e-mail", "phone"]


def test_a_value_out_of_range_is_refused_with_its_unit_as_it_is_written_elsewhere():
    table = (Parameter("b", "B", 50, 0, 60, 1, "% of buyers", "h", "s"),)
    with pytest.raises(ValueError, match=r"B is 61; expected 0 to 60% of buyers$"):
        validated(table, {"b": 61})


def test_validated_fills_in_defaults_and_keeps_what_is_given():
    table = (Parameter("a", "A", 3, 1, 5, 1, "x", "h", "s"), Parameter("b", "B", 0.5, 0, 1, 0.1, "%", "h", "s"))
    assert defaults(table) == {"a": 3, "b": 0.5}
    assert validated(table, {"b": 1}) == {"a": 3, "b": 1}
    with pytest.raises(ValueError, match="B is 'x'; expected a number"):
        validated(table, {"b": "x"})
