"""How often does something happen, if it was counted a few times? A rate with its exact interval."""

from typing import NamedTuple

from socialcare.formulas import checks

__all__ = ["Rate", "poisson_rate"]


class Rate(NamedTuple):
    """Events in one period, with the interval of the true rate."""

    rate: float
    low: float
    high: float


def poisson_rate(count: int, periods: float = 1, confidence: float = 0.95) -> Rate:
    """Return the events in one period when ``count`` of them came in ``periods``, with Garwood's exact interval.

    Events come one at a time and independently (Poisson). A year without an event does not prove a rate of 0.
    """
    from scipy import stats  # noqa: PLC0415  heavy; simulators start without it

    checks.count("count", count)
    checks.positive("periods", periods)
    tail = (1 - checks.inner_share("confidence", confidence)) / 2
    low = stats.chi2.ppf(tail, 2 * count) / 2 if count else 0.0
    return Rate(count / periods, float(low) / periods, float(stats.chi2.isf(tail, 2 * count + 2)) / 2 / periods)
