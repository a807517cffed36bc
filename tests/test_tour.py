"""The tour joins every table on one person, in the order of time, and invents nothing."""

import pandas as pd
import pytest

from socialcare import datasets, tour


@pytest.fixture(scope="module")
def case():
    return tour.load_case()


def test_the_overview_has_a_line_for_each_table(case):
    table = tour.overview(case).set_index("table")
    assert list(table.index) == datasets.tables()
    assert table.loc["mentions_hourly", "rows"] == 8760
    assert table.loc["customers", "what one row is"] == "one person who has ordered at least once since 2023."


def test_a_timeline_tells_every_row_of_a_customer_once(case):
    who = "C01117"
    told = tour.timeline(case, who)
    assert told["when"].is_monotonic_increasing
    assert (told["table"] == "orders").sum() == (case["orders"]["customer_id"] == who).sum()
    assert (told["table"] == "visits").sum() == (case["visits"]["customer_id"] == who).sum()
    cases = case["tickets"][case["tickets"]["customer_id"] == who]
    assert (told["table"] == "messages").sum() == case["messages"]["ticket_id"].isin(cases["ticket_id"]).sum() == 2
    text = case["messages"].set_index(["ticket_id", "sender"]).loc[("T0619", "customer"), "text"]
    assert f"customer: {text}" in set(told["what"])


def test_a_timeline_begins_where_it_is_told_to(case):
    told = tour.timeline(case, "C01117", "2025-02-08")
    assert told["when"].iloc[0] == pd.Timestamp("2025-02-08 20:53:12", tz=datasets.ZONE)
    assert told["what"].iloc[0].startswith("opens case T0619")


def test_an_unknown_customer_is_refused(case):
    with pytest.raises(ValueError, match="customer 'Yuki' is unknown; expected an id of the table customers"):
        tour.timeline(case, "Yuki")


def test_a_case_stands_between_what_came_before_and_after(case):
    around = tour.around_a_case(case, "T0619")
    orders = case["orders"].query("customer_id == 'C01117'")["ordered_at"]
    assert around["orders before"] == len(orders)
    assert orders.max() < pd.Timestamp("2025-02-08", tz=datasets.ZONE)
    assert around["orders after"] == 0
    assert around["visits after"] == 4
    assert around["days waited"] == pytest.approx(4 + (6 + 26 / 60) / 24, abs=0.001)  # 8 Feb. 20:53 to 13 Feb. 3:19


def test_an_unknown_case_is_refused(case):
    with pytest.raises(ValueError, match="case 'T9' is unknown; expected an id of the table tickets"):
        tour.around_a_case(case, "T9")
