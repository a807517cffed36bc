"""A rate and its interval, against Garwood's table (Biometrika 28, 1936) and the definition of the limits."""

import pytest
from scipy import stats

from socialcare.rates import poisson_rate


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0, 3.689), (1, 0.0253, 5.572), (4, 1.090, 10.242), (10, 4.795, 18.390)]
)
def test_the_limits_are_garwoods(count, low, high):
    assert poisson_rate(count) == (count, pytest.approx(low, abs=5e-4), pytest.approx(high, abs=5e-4))


def test_at_the_limits_so_few_or_so_many_come_in_one_case_of_forty():
    _, low, high = poisson_rate(11, periods=8.4)
    assert stats.poisson.sf(10, 8.4 * low) == pytest.approx(0.025)
    assert stats.poisson.cdf(11, 8.4 * high) == pytest.approx(0.025)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((-1,), "count is -1; expected a whole number of 0 or more"),
        ((1.5,), "count is 1.5; expected a whole number of 0 or more"),
        ((1, 0), "periods is 0; expected a number above 0"),
        ((1, 1, 95), "confidence is 95; expected a share above 0 and below 1"),
    ],
)
def test_impossible_input_is_refused_in_one_sentence(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        poisson_rate(*arguments)
