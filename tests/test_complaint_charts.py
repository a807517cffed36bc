"""The charts of complaints draw what the formulas give, and tell their lines apart without colour."""

import pytest

from socialcare import complaint_charts, complaints
from socialcare.formulas.complaints import encouragement


@pytest.fixture(scope="module")
def default():
    return complaints.teaching_default()


def test_the_bars_of_the_loss_add_up_to_the_whole(default):
    tree = complaints.complaint_tree(default)
    amounts = complaint_charts.loss_lines(tree)
    assert amounts.sum() == pytest.approx(tree["total_eur"])
    assert amounts.is_monotonic_increasing  # Plotly draws upwards: the longest bar comes last and stands on top
    (bars,) = complaint_charts.loss_figure(amounts).data
    assert dict(zip(bars.y, bars.x, strict=True)) == pytest.approx(amounts.to_dict())


def test_a_dot_stands_where_the_firm_is_and_its_line_runs_through_it(default):
    firms = {"low": {**default, "resolution_rate": 0.3}, "high": {**default, "resolution_rate": 0.9}}
    data = complaint_charts.asking_figure(firms).data
    lines, dots = data[::2], data[1::2]
    assert [line.name for line in lines] == ["low", "high"]
    assert [dot.x[0] for dot in dots] == pytest.approx([30, 90])
    for firm, line, dot in zip(firms.values(), lines, dots, strict=True):
        assert dot.y[0] == pytest.approx(encouragement(firm)["gain_eur"])
        assert dot.y[0] == pytest.approx(line.y[list(line.x).index(pytest.approx(dot.x[0]))])
    assert len({line.line.dash for line in lines}) == 2


def test_the_firm_that_matters_comes_last_and_has_the_solid_line(default):
    for count in (1, 2, 3):
        figure = complaint_charts.asking_figure({str(place): default for place in range(count)})
        assert figure.data[-2].line.dash == "solid"


def test_a_swing_runs_from_its_low_to_its_high_end_with_the_widest_on_top(default):
    swings = complaints.tornado(default).head(4)
    (bars,) = complaint_charts.swing_figure(swings).data
    assert list(bars.y)[::-1] == [name.replace("_", " ") for name in swings.index]
    assert list(bars.base)[::-1] == pytest.approx(swings["at_low"].tolist())
    ends = [base + length for base, length in zip(bars.base, bars.x, strict=True)]
    assert ends[::-1] == pytest.approx(swings["at_high"].tolist())
