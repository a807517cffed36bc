"""MicroPython in the page and CPython in the notebook return the same, over the whole range of every parameter."""

import importlib
import itertools
import json

import pytest
from conftest import pages_with, watched
from differences import difference
from simulators import PACKAGE

SCENARIOS = sorted(path.stem for path in PACKAGE.glob("scenarios/[a-z]*.py"))
SWEEP = 8  # settings of one control while the others stay at their defaults
pytestmark = pytest.mark.xdist_group("parity")  # all scenarios in one page
COMPARED = ("numbers", "data", "layout", "headline", "alt", "caption", "table")


def setting(parameter, share):
    """Return the setting of a control at ``share`` (0 to 1) of its range, on a step and in the default's type."""
    steps = round((parameter.high - parameter.low) / parameter.step)
    return type(parameter.default)(round(parameter.low + round(share * steps) * parameter.step, 10))


def settings(parameters):
    """Return settings that hold every combination of low, default and high, and a sweep of each control."""
    corners = [{setting(p, 0), p.default, setting(p, 1)} for p in parameters]
    names = [p.name for p in parameters]
    grid = [dict(zip(names, values, strict=True)) for values in itertools.product(*map(sorted, corners))]
    defaults = {p.name: p.default for p in parameters}
    return grid + [{**defaults, p.name: setting(p, i / SWEEP)} for p in parameters for i in range(SWEEP + 1)]


@pytest.fixture(scope="module")
def runtime(browser, base_url):
    """A page in which MicroPython runs."""
    page, problems = watched(browser, base_url, pages_with('class="simulator"')[0])
    yield page
    page.context.close()
    assert problems == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_micropython_returns_what_cpython_returns(runtime, name):
    scenario = importlib.import_module(f"socialcare.scenarios.{name}")
    cases = settings(scenario.PARAMETERS)
    results = runtime.evaluate(
        "async ({name, cases}) => Promise.all(cases.map(values => course.simulate(name, values)))",
        {"name": name, "cases": cases},
    )
    for values, theirs in zip(cases, results, strict=True):
        ours = json.loads(json.dumps(scenario.figure(**values)))
        assert ours.keys() == theirs.keys()
        for key in COMPARED:
            assert difference(ours[key], theirs[key], key) is None, values


@pytest.mark.parametrize(
    ("ours", "theirs"), [([1.0], [1.0 + 1e-9]), ({"a": 1}, {"b": 1}), ([1], [1, 2]), ("1.0%", "1%")]
)
def test_the_comparison_sees_a_difference(ours, theirs):
    assert difference(ours, theirs)


def test_the_comparison_forgives_the_last_digit():
    assert difference([0.1 + 0.2], [0.3]) is None
