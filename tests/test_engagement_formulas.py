"""The engagement formulas against published and hand-computed values, their invariants and their refusals."""

import re
import statistics

import numpy as np
import pytest

from socialcare import engagement
from socialcare.formula_sheet import formula
from socialcare.formulas import engagement as formulas


@pytest.mark.parametrize(
    ("retweets", "mentions", "active", "rate"),
    [
        (120, 80, 5000, 4.0),  # reference value C15
        (10, 5, 300, 5.0),  # reference value C15
        (0, 0, 7, 0.0),
        (3, 0, 2, 150.0),  # a rate may exceed 100: one person can act many times
    ],
)
def test_ertw_adds_retweets_and_mentions_per_hundred_active_followers(retweets, mentions, active, rate):
    assert engagement.ertw(retweets, mentions, active) == rate


def test_erfb_adds_comments_likes_and_shares_per_hundred_active_fans():
    assert engagement.erfb(12, 30, 8, 1000) == 5.0  # (12 + 30 + 8) / 1000 × 100, by hand


@pytest.mark.parametrize("number", [np.int64(5000), 5000.0, np.float64(5000)])
def test_counts_from_a_table_are_accepted_as_they_come(number):
    assert engagement.ertw(120, 80, number) == 4.0


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: engagement.ertw(-1, 5, 10), "retweets is -1; expected a whole number of 0 or more"),
        (lambda: engagement.ertw(1, -5, 10), "mentions is -5; expected a whole number of 0 or more"),
        (lambda: engagement.ertw(1, 5.5, 10), "mentions is 5.5; expected a whole number of 0 or more"),
        (lambda: engagement.ertw(1, 5, 0), "active_followers is 0; expected a number above 0"),
        (
            lambda: engagement.ertw(1, 5, 11, followers=10),
            "active_followers is 11; expected no more than the 10 followers",
        ),
        (lambda: engagement.ertw("1", 5, 10), "retweets is '1'; expected a whole number of 0 or more"),
        (lambda: engagement.ertw(float("nan"), 5, 10), "retweets is nan; expected a whole number of 0 or more"),
        (lambda: engagement.ertw(None, 5, 10), "retweets is None; expected a whole number of 0 or more"),
        (lambda: engagement.ertw(True, 5, 10), "retweets is True; expected a whole number of 0 or more"),
        (lambda: engagement.erfb(1, -2, 3, 10), "likes is -2; expected a whole number of 0 or more"),
        (lambda: engagement.erfb(-1, 2, 3, 10), "comments is -1; expected a whole number of 0 or more"),
        (lambda: engagement.erfb(1, 2, -3, 10), "shares is -3; expected a whole number of 0 or more"),
        (lambda: engagement.erfb(1, 2, 3, 0), "active_fans is 0; expected a number above 0"),
        (lambda: engagement.erfb(1, 2, 3, 9, fans=8), "active_fans is 9; expected no more than the 8 fans"),
        (lambda: engagement.engagement_rate(3, 0, "impressions"), "impressions is 0; expected a number above 0"),
        (lambda: engagement.rate_per_post(3, 0, 5), "posts is 0; expected a whole number above 0"),
        (lambda: engagement.rate_per_post(3, 2, 0), "followers is 0; expected a number above 0"),
        (lambda: engagement.ertw_by_polarity(1, {"negative": -2}, 9), "mentions['negative'] is -2; expected a whole"),
        (lambda: engagement.micro_average([1, 2], [5]), "bases has 1 values; expected 2, one for each post"),
        (lambda: engagement.micro_average([], []), "interactions is empty; expected at least one post"),
        (lambda: engagement.micro_average([1, -2], [5, 5]), "interactions[1] is -2; expected a whole number"),
        (lambda: engagement.macro_average([1, 2], [5, 0]), "bases[1] is 0; expected a number above 0"),
        (lambda: engagement.active_fans(10, 1.2), "active_share is 1.2; expected a share from 0 to 1"),
        (lambda: engagement.active_fans(-10, 0.2), "fans is -10; expected a whole number of 0 or more"),
        (lambda: engagement.break_even_active_share(10, 0.1, 0), "fans_b is 0; expected a whole number above 0"),
    ],
)
def test_impossible_input_is_refused_in_one_sentence(call, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        call()


def test_a_follower_who_does_not_act_lowers_a_rate_per_follower():
    assert engagement.engagement_rate(50, 1001) < engagement.engagement_rate(50, 1000)


def test_the_polarity_parts_add_up_to_ertw():
    mentions = {"positive": 31, "neutral": 7, "service_request": 13, "negative": 211}
    parts = engagement.ertw_by_polarity(90, mentions, 413)
    assert sum(parts.values()) == pytest.approx(engagement.ertw(90, sum(mentions.values()), 413), rel=1e-12)
    assert parts["negative"] == pytest.approx(51.0895883777240, rel=1e-12)  # 211 / 413 × 100, by hand


def test_more_complaints_alone_raise_ertw():
    assert engagement.ertw(80, 8 * 75, 400) > engagement.ertw(80, 75, 400)


def test_rate_per_post_averages_over_posts_of_one_audience():
    assert engagement.rate_per_post(60, 4, 1000) == pytest.approx(1.5)  # 15 acts a post for 1,000 followers


def test_micro_and_macro_average_match_numpy_and_the_standard_library():
    acts, shown = [5, 40, 0, 12], [100, 20000, 50, 400]
    assert engagement.micro_average(acts, shown) == pytest.approx(100 * np.sum(acts) / np.sum(shown), rel=1e-12)
    rates = [100 * a / s for a, s in zip(acts, shown, strict=True)]
    assert engagement.macro_average(acts, shown) == pytest.approx(statistics.fmean(rates), rel=1e-12)


def test_micro_and_macro_average_agree_when_every_post_is_shown_alike():
    assert engagement.micro_average([1, 2, 3], [50] * 3) == pytest.approx(engagement.macro_average([1, 2, 3], [50] * 3))


def test_one_huge_post_can_reverse_the_two_averages():
    few_huge, steady = ([9, 9, 20], [100, 100, 100_000]), ([5, 5, 5], [100, 100, 100])
    assert engagement.macro_average(*few_huge) > engagement.macro_average(*steady)
    assert engagement.micro_average(*few_huge) < engagement.micro_average(*steady)


def test_a_thousand_fans_at_ten_percent_equal_ten_thousand_at_one():
    assert engagement.active_fans(1000, 0.10) == pytest.approx(100)
    assert engagement.break_even_active_share(1000, 0.10, 10000) == pytest.approx(0.01, rel=1e-12)  # claim check B25


def test_a_break_even_above_one_says_that_the_page_cannot_catch_up():
    assert engagement.break_even_active_share(1000, 0.5, 100) == pytest.approx(5)


def test_every_public_formula_states_its_equation_and_its_refusals():
    for name in formulas.__all__:
        function = getattr(formulas, name)
        assert formula(function).startswith("$$\\text{"), name
        assert "ValueError" in function.__doc__ or "rejects" in function.__doc__, name
