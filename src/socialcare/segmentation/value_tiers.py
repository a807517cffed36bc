"""What is a customer still worth? Buy-till-you-die models of the coming orders and margin (S1.5-T1, model D6).

BG/NBD says how many orders are to come (Fader, Hardie and Lee 2005), Gamma-Gamma how large they will be. The
likelihoods stand here, maximised by SciPy, because the package that had them, ``lifetimes``, is archived and relies on
a pandas option that is going; the tests compare both on its CDNOW data. Time is in days.
"""

from typing import NamedTuple

import narwhals as nw
import numpy as np
import pandas as pd
from narwhals.typing import IntoFrameT

from socialcare.formulas import checks
from socialcare.formulas.segmentation import rfm_score
from socialcare.segmentation.behaviour import before, is_aware, native, with_day

__all__ = [
    "TIERS",
    "BgNbd",
    "GammaGamma",
    "expected_margin",
    "expected_order_value",
    "expected_orders",
    "fit_bg_nbd",
    "fit_gamma_gamma",
    "probability_alive",
    "repeat_summary",
    "tiers",
]

TIERS = ("low", "fair", "good", "top")
MONTH_DAYS = 30
LOG_RANGE = 15  # the search stays within e^-15 to e^15
LARGEST_BETA = 1000  # BG/NBD: above it, all customers have the same chance to leave
LARGEST_P = 100  # Gamma-Gamma: above it, a customer's orders would all be of nearly one size


class BgNbd(NamedTuple):
    """Fitted BG/NBD: order rates follow Gamma(``r``, ``alpha``), the chance to leave after an order Beta(``a``, ``b``).

    ``alpha`` is in the unit of time of the data; ``log_likelihood`` is that of all ``customers`` together.
    """

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    customers: int


class GammaGamma(NamedTuple):
    """Fitted Gamma-Gamma: the mean order value varies between customers by ``p``, ``q`` and ``v`` (EUR)."""

    p: float
    q: float
    v: float
    log_likelihood: float
    customers: int


def repeat_summary(
    orders: IntoFrameT,
    at: object,
    *,
    customer: str = "customer_id",
    time: str = "ordered_at",
    amount: str = "amount_eur",
) -> IntoFrameT:
    """Summarise each customer's orders before ``at`` as the models need them; orders of one day count once.

    One row per customer: ``repeats`` (days with an order after the first), ``last_days`` and ``age_days`` (days
    from the first order to the last, and to ``at``), ``repeat_value_eur`` (mean of those later days; 0 without any).
    """
    frame, today = before(orders, at, customer, time, amount)
    frame = with_day(frame, time, "day", aware=is_aware(frame, time))
    days = frame.group_by(customer, "day").agg(nw.col(amount).sum())
    first = days.group_by(customer).agg(nw.col("day").min().alias("first"))
    days = days.join(first, on=customer, how="left")
    later = nw.when(nw.col("day") > nw.col("first")).then(nw.col(amount)).otherwise(0.0)
    people = (
        days.with_columns(later.alias("later"))
        .group_by(customer)
        .agg(
            nw.col("day").min().alias("first"),
            nw.col("day").max().alias("last"),
            (nw.len()).alias("days"),
            nw.col("later").sum(),
        )
    )
    repeats = nw.col("days") - 1
    value = nw.when(repeats > 0).then(nw.col("later") / repeats).otherwise(0.0)
    return native(
        people.select(
            customer,
            repeats.cast(nw.Int64).alias("repeats"),
            (nw.col("last") - nw.col("first")).alias("last_days"),
            (today - nw.col("first")).alias("age_days"),
            value.alias("repeat_value_eur"),
        ).sort(customer)
    )


def _histories(repeats, last, age) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    x, t, total = (np.asarray(values, dtype=float) for values in (repeats, last, age))
    if not len(x):
        raise ValueError("repeats is empty; expected at least one customer")
    if not (np.isfinite(x).all() and np.isfinite(t).all() and np.isfinite(total).all()):
        raise ValueError("a history holds a missing value; expected numbers")
    for wrong, sentence in (
        ((x < 0) | (x != np.floor(x)), "repeats is {0:g} for customer {3}; expected a whole number of 0 or more"),
        ((t < 0) | (t > total), "last is {1:g} for customer {3}; expected 0 to the age, {2:g}"),
        ((x == 0) & (t > 0), "last is {1:g} for customer {3} without repeats; expected 0"),
    ):
        if wrong.any():
            row = int(wrong.argmax())
            raise ValueError(sentence.format(x[row], t[row], total[row], row + 1))
    return x, t, total


def _maximise(negative, start: np.ndarray, highest: np.ndarray):
    """Minimise over the logs of the parameters: a gradient search, then a simplex for the last digits."""
    from scipy import optimize  # noqa: PLC0415  only the fits need it

    bounds = [(-LOG_RANGE, high) for high in highest]
    rough = optimize.minimize(negative, start, method="L-BFGS-B", bounds=bounds, options={"maxiter": 1000})
    steps = {"xatol": 1e-9, "fatol": 1e-12, "maxiter": 8000}
    found = optimize.minimize(negative, rough.x, method="Nelder-Mead", bounds=bounds, options=steps)
    if not (found.success and np.isfinite(found.fun) and found.x.min() > 0.99 * -LOG_RANGE):
        raise ValueError("the model does not settle on these customers; expected more of them, or more repeat orders")
    return found


def fit_bg_nbd(repeats, last, age) -> BgNbd:
    """Fit BG/NBD to one value per customer: repeat orders, time of the last one and age, in any one unit of time.

    A fit with ``a`` or ``b`` at its ceiling of 1000 says that customers do not differ in their chance to leave. Raises
    ValueError for impossible histories and for customers on whom the likelihood has no maximum.
    """
    from scipy.special import betaln, gammaln  # noqa: PLC0415

    x, t, total = _histories(repeats, last, age)
    unit = total.max() / 10  # the search works on times of a like size, whatever the unit of the data
    t, total = t / unit, total / unit

    def log_likelihood(r, alpha, a, b):
        ordered = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        stayed = betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(alpha + total)
        with np.errstate(divide="ignore", invalid="ignore"):
            left = betaln(a + 1, b + x - 1) - betaln(a, b) - (r + x) * np.log(alpha + t)
        return ordered + np.where(x > 0, np.logaddexp(stayed, left), stayed)

    highest = np.array([LOG_RANGE, LOG_RANGE, np.log(LARGEST_BETA), np.log(LARGEST_BETA)])
    found = _maximise(lambda logs: -log_likelihood(*np.exp(logs)).mean(), np.zeros(4), highest)
    if found.x[:2].max() > 0.99 * LOG_RANGE:
        raise ValueError(
            "the model does not settle on these customers; expected people who differ in how often they buy"
        )
    r, alpha, a, b = np.exp(found.x)
    whole = float(-found.fun * len(x) - x.sum() * np.log(unit))  # back to the unit of the data
    return BgNbd(float(r), float(alpha * unit), float(a), float(b), whole, len(x))


def probability_alive(model: BgNbd, repeats, last, age) -> np.ndarray:
    r"""Probability that each customer is still one, given the history.

    .. math:: \text{P(alive)} = \frac{1}{1 + \frac{a}{b + x - 1} \left( \frac{\alpha + T}{\alpha + t} \right)^{r + x}}

    x are the repeat orders, t the time of the last, T the age. A customer **without repeats is always alive** for
    this model, because it lets people leave only after a repeat order: read those rows with care.
    """
    x, t, total = _histories(repeats, last, age)
    left = model.a / (model.b + np.maximum(x, 1) - 1) * ((model.alpha + total) / (model.alpha + t)) ** (model.r + x)
    return 1 / (1 + np.where(x > 0, left, 0))


def expected_orders(model: BgNbd, repeats, last, age, horizon: float) -> np.ndarray:
    """Orders to expect from each customer in the ``horizon`` to come (Fader, Hardie and Lee 2005, equation 10)."""
    from scipy.special import hyp2f1  # noqa: PLC0415

    checks.positive("horizon", horizon)
    x, _, total = _histories(repeats, last, age)
    r, alpha, a, b = model.r, model.alpha, model.a, model.b
    end = alpha + total + horizon
    series = hyp2f1(r + x, b + x, a + b + x - 1, horizon / end)
    growth = 1 - ((alpha + total) / end) ** (r + x) * series
    return (a + b + x - 1) / (a - 1) * growth * probability_alive(model, repeats, last, age)


def fit_gamma_gamma(repeats, value) -> GammaGamma:
    """Fit Gamma-Gamma to customers with repeats: their number and the mean value of those orders (EUR).

    The model assumes that how often people buy and for how much have nothing to do with each other: check it first.
    A fit with ``p`` at its ceiling of 100 says that customers differ so much more than their orders that the model
    takes each customer's own mean as it is.
    """
    from scipy.special import gammaln  # noqa: PLC0415

    x, mean = np.asarray(repeats, dtype=float), np.asarray(value, dtype=float)
    if not len(x) or not ((x > 0) & (mean > 0)).all():
        raise ValueError("a customer has no repeats or no value; expected only customers with both above 0")

    def log_likelihood(p, q, v):
        shape = gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(v)
        return shape + (p * x - 1) * np.log(mean) + p * x * np.log(x) - (p * x + q) * np.log(x * mean + v)

    start, highest = np.array([1.0, 1.0, np.log(mean.mean())]), np.array([np.log(LARGEST_P), LOG_RANGE, LOG_RANGE])
    found = _maximise(lambda logs: -log_likelihood(*np.exp(logs)).mean(), start, highest)
    p, q, v = np.exp(found.x)
    return GammaGamma(float(p), float(q), float(v), float(-found.fun * len(x)), len(x))


def expected_order_value(model: GammaGamma, repeats, value) -> np.ndarray:
    r"""Order value to expect from each customer, in EUR: their own mean, drawn towards everyone's.

    .. math:: \text{E(value)} = \frac{p (v + x \cdot m)}{p x + q - 1}

    x are the repeat orders, m their mean value. Without repeats it is the mean of all customers.
    """
    x, mean = np.asarray(repeats, dtype=float), np.asarray(value, dtype=float)
    return model.p * (model.v + x * mean) / (model.p * x + model.q - 1)


def expected_margin(
    orders_model: BgNbd,
    value_model: GammaGamma,
    summary: pd.DataFrame,
    *,
    months: int,
    margin_share: float,
    yearly_rate: float,
) -> np.ndarray:
    """Present value of the margin to come from each customer in ``months`` (of 30 days), in EUR.

    ``summary`` is that of :func:`repeat_summary`; ``margin_share`` is margin over sales, ``yearly_rate`` the discount
    rate; each month's margin is discounted from the month's end. It is the most that you can spend on the customer.
    """
    checks.whole_positive("months", months)
    checks.share("margin_share", margin_share)
    checks.non_negative("yearly_rate", yearly_rate)
    history = [summary[column] for column in ("repeats", "last_days", "age_days")]
    value = expected_order_value(value_model, summary["repeats"], summary["repeat_value_eur"])
    ends = [expected_orders(orders_model, *history, month * MONTH_DAYS) for month in range(1, months + 1)]
    monthly = np.diff([np.zeros(len(summary)), *ends], axis=0)
    discount = (1 + yearly_rate) ** (-np.arange(1, months + 1) / 12)
    return margin_share * value * (discount @ monthly)


def tiers(values: pd.Series) -> pd.Series:
    """Put customers into four tiers by a value, ``low`` to ``top``: fourths, and equal values are never split."""
    if values.isna().any():
        raise ValueError(f"values has {int(values.isna().sum())} missing; expected one number for each customer")
    worse = values.rank(method="min").astype(int) - 1
    order = pd.CategoricalDtype(TIERS, ordered=True)
    return pd.Series([TIERS[rfm_score(w, len(values), len(TIERS)) - 1] for w in worse], values.index, dtype=order)
