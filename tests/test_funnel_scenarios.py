"""The two scenarios of the funnel unit say what the formulas give."""

import itertools

import pytest

from socialcare import funnel
from socialcare.scenarios import funnel_what_if, sample_size


def corners(scenario):
    names = [p.name for p in scenario.PARAMETERS]
    values = itertools.product(*[(p.low, p.default, p.high) for p in scenario.PARAMETERS])
    return [dict(zip(names, combination, strict=True)) for combination in values]


def test_the_orders_and_the_worth_of_a_point_are_those_of_the_formulas():
    for values in corners(funnel_what_if):
        numbers = funnel_what_if.figure(**values)["numbers"]
        chain = {"product": 0.45, "address": 0.80, **{name: value / 100 for name, value in values.items()}}
        assert numbers["orders"] == pytest.approx(funnel.orders(100_000, chain.values()))
        for name, value in values.items():
            assert numbers[f"point_{name}"] == pytest.approx(numbers["orders"] / value)


def test_the_reference_funnel_comes_out_at_its_settings():
    numbers = funnel_what_if.figure(cart=20, checkout=50, payment=80, order=93)["numbers"]
    assert numbers["orders"] == pytest.approx(2_683, abs=5)  # C13: 2,683 with 93.16 %


def test_one_percent_more_is_worth_the_same_everywhere_and_one_point_is_not():
    spec = funnel_what_if.figure()
    assert len({row[3] for row in spec["table"]["rows"]}) == 1
    assert len({row[2] for row in spec["table"]["rows"]}) == 4
    assert "worth most at product to cart" in spec["headline"]


def test_the_step_with_the_lowest_conversion_is_named():
    assert "worth most at address to payment" in funnel_what_if.figure(cart=60, payment=30)["headline"]


def test_visitors_and_days_are_those_of_the_formulas():
    for values in corners(sample_size):
        numbers = sample_size.figure(**values)["numbers"]
        baseline = values["baseline"] / 100
        needed = funnel.sample_size(baseline, baseline * (1 + values["lift"] / 100), values["power"] / 100)
        assert numbers["visitors_per_version"] == needed
        assert numbers["days"] == funnel.days_needed(needed, values["daily"])


def test_a_day_is_written_in_the_singular():
    headline = sample_size.figure(baseline=60, lift=50, daily=20000)["headline"]
    assert ": 1 day at 20,000 visitors a day." in headline
