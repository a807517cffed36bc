"""The charts of the funnel draw what the tables hold, and tell devices apart without colour."""

import pandas as pd
import pytest

from socialcare import datasets, funnel, funnel_charts


@pytest.fixture(scope="module")
def visits():
    return datasets.load_visits()


def device_data(visits):
    return funnel_charts.device_figure(funnel.funnel_table(visits, ["device"])).data


def test_each_step_of_each_device_is_drawn_with_its_interval(visits):
    by_device = funnel.funnel_table(visits, ["device"])
    data = device_data(visits)
    assert [trace.name for trace in data] == ["desktop", "phone"]
    assert len({trace.marker.symbol for trace in data}) == len({trace.line.dash for trace in data}) == 2
    for device, trace in zip(["desktop", "mobile"], data, strict=True):
        rows = by_device[by_device["device"] == device].set_index("step").loc[list(funnel.STEPS[1:])]
        assert list(trace.x) == pytest.approx((100 * rows["conversion"]).tolist())
        assert [x + up for x, up in zip(trace.x, trace.error_x.array, strict=True)] == pytest.approx(
            (100 * rows["high"]).tolist()
        )
        assert [x - down for x, down in zip(trace.x, trace.error_x.arrayminus, strict=True)] == pytest.approx(
            (100 * rows["low"]).tolist()
        )


def test_the_dip_of_the_phones_stands_at_a_name_with_the_address_form_in_it(visits):
    desktop, phone = device_data(visits)
    gaps = [there - here for there, here in zip(desktop.x, phone.x, strict=True)]
    assert phone.y[gaps.index(max(gaps))] == "address<br>to payment"
    assert list(phone.y) == list(desktop.y) == [way.replace(" to", "<br>to") for way in funnel.WAYS.values()]


def test_the_dashed_line_is_the_share_of_all_and_not_the_mean_of_the_dots():
    clicks = pd.DataFrame(
        {"started": [900, 100], "bought": [90, 30], "conversion": [0.1, 0.3], "low": [0.08, 0.2], "high": [0.12, 0.4]},
        index=[1, 2],
    )
    figure = funnel_charts.clicks_figure(clicks)
    assert figure.layout.shapes[0].y0 == pytest.approx(12)
    assert list(figure.data[0].x) == [1, 2]
    assert list(figure.data[0].y) == pytest.approx([10, 30])
    assert list(figure.data[0].error_y.array) == pytest.approx([2, 10])
