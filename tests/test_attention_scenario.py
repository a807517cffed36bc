"""The simulator of one failure: its sentences turn where R crosses 1, and its lines are the formulas' values."""

import pytest

from socialcare.formulas.attention import size_after, size_with_reply
from socialcare.scenarios import one_failure


def spec(**values):
    return one_failure.figure(**values)


def test_the_default_tells_that_the_talk_grows_and_that_a_reply_ends_it():
    numbers = spec()["numbers"]
    assert numbers["r"] == pytest.approx(1.2)  # 150 followers x 10% see x 80% believe x 10% pass on
    assert numbers["r_after"] == pytest.approx(0.48)
    assert numbers["silent_end"] is None
    # by hand: 10 (1 + 1.2 + 1.44 + 1.728) have spoken, and each of the last 17.28 brings 0.48 / 0.52 more
    assert numbers["answered_end"] == pytest.approx(53.68 + 17.28 * 0.48 / 0.52)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"followers": 250, "share": 4}, "R is 0.80: the talk dies out by itself, at 50 people."),
        ({"followers": 250, "share": 5}, "R is 1.00: each speaker brings one other"),
        ({"followers": 260, "share": 5}, "R is 1.04: without an answer the talk grows"),
        ({"cut": 10}, "leaves R at 1.08, not below 1"),
        ({"cut": 20}, "makes R 0.96, and the talk ends at"),
        ({"hours": 0}, "Your reply at once makes R 0.48"),
    ],
)
def test_the_sentence_turns_where_r_crosses_one(values, words):
    assert words in spec(**values)["headline"]


def test_lines_are_the_formulas_at_every_round():
    figure = spec(followers=200, share=8, hours=6, cut=50)
    silent, answered, reply = figure["data"]
    assert silent["y"] == pytest.approx([size_after(1.28, passed, 10) for passed in range(9)])
    assert answered["y"] == pytest.approx([size_with_reply(1.28, 0.5, 2, passed, 10) for passed in range(9)])
    assert (reply["x"], reply["y"]) == ([6], [answered["y"][2]])


def test_three_hours_later_always_costs_while_the_talk_grows():
    ends = [spec(hours=hours)["numbers"]["answered_end"] for hours in range(0, 25, 3)]
    assert ends == sorted(ends)
    assert ends[-1] > 10 * ends[0]


def test_end_in_the_table_is_where_the_line_leads():
    figure = spec(followers=250, share=4, cut=0)
    assert figure["table"]["rows"][-1] == ["in the end", "50", "50"]
    assert figure["numbers"]["silent_end"] == pytest.approx(size_after(0.8, 300, 10))
