"""Who would take this offer? Propensity by logistic regression, and the checks that it owes you (S1.5-T6, model D6).

Propensity is not uplift: it says who will probably buy, and not whom a message would win. Only a random test tells.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from socialcare.formulas import checks
from socialcare.formulas.segmentation import lift
from socialcare.privacy import require_allowed

__all__ = [
    "Quality",
    "calibration",
    "fit_propensity",
    "lift_at",
    "offer_features",
    "predict_propensity",
    "profit_by_depth",
    "quality",
]

SEED = 20251231


class Quality(NamedTuple):
    """AUC with its interval (0.5 is guessing), and the Brier score beside that of the plain average (0 is best)."""

    auc: float
    low: float
    high: float
    brier: float
    brier_of_average: float
    customers: int
    buyers: int


def offer_features(orders: pd.DataFrame, at: object, category: str) -> pd.DataFrame:
    """Describe each customer by the orders before ``at`` only, so that nothing of the outcome leaks in.

    Columns: logs of days since the last order, of orders and of spending; whether and how often the ``category`` was
    bought; share of orders with a discount. One row per customer, indexed by ``customer_id``.
    """
    from socialcare.segmentation.behaviour import moment  # noqa: PLC0415

    if category not in set(orders["category"]):
        raise ValueError(f"category is {category!r}; expected one of {', '.join(sorted(set(orders['category'])))}")
    when = moment("at", at)
    past = orders[orders["ordered_at"] < when]
    if past.empty:
        raise ValueError(f"orders has none before {at}; expected at least one")
    people = past.groupby("customer_id")
    bought = past["category"].eq(category).groupby(past["customer_id"]).sum()
    days = (when.tz_localize(None).normalize() - people["ordered_at"].max().dt.tz_localize(None).dt.normalize()).dt.days
    return pd.DataFrame(
        {
            "log_recency": np.log1p(days),
            "log_orders": np.log(people.size()),
            "log_spent": np.log(people["amount_eur"].sum()),
            "bought_it": (bought > 0).astype(int),
            "log_times_bought": np.log1p(bought),
            "discount_share": past["discount_eur"].gt(0).groupby(past["customer_id"]).mean(),
        }
    )


def fit_propensity(features: pd.DataFrame, bought: pd.Series):
    """Fit a logistic regression on standardised features; returns scikit-learn's pipeline.

    The privacy gate comes first. Raises ValueError for a refused column, or if everybody or nobody ``bought``.
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415

    require_allowed(features.columns)
    outcome = bought.reindex(features.index).astype(bool)
    if outcome.nunique() < 2:
        raise ValueError(f"bought is {outcome.iloc[0]} for every customer; expected both buyers and others")
    return make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000)).fit(features, outcome)


def predict_propensity(model, features: pd.DataFrame) -> pd.Series:
    """Return the chance that each customer buys, from 0 to 1."""
    return pd.Series(model.predict_proba(features)[:, 1], features.index, name="propensity")


def _pair(bought: pd.Series, chance: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    outcome, chance = bought.to_numpy(bool), chance.to_numpy(float)
    if len(outcome) != len(chance):
        raise ValueError(f"chance has {len(chance)} values; expected {len(outcome)}, one for each customer")
    if not ((chance >= 0) & (chance <= 1)).all():
        raise ValueError("chance holds a value outside 0 to 1; expected probabilities")
    if outcome.all() or not outcome.any():
        raise ValueError("bought is the same for every customer; expected both buyers and others")
    return outcome, chance


def quality(bought: pd.Series, chance: pd.Series, *, resamples: int = 400, seed: int = SEED) -> Quality:
    """Judge propensities on customers whom the model has not seen: does it rank them, and are its chances right?"""
    from scipy import stats  # noqa: PLC0415
    from sklearn.metrics import brier_score_loss, roc_auc_score  # noqa: PLC0415

    outcome, chance = _pair(bought, chance)

    def auc(buyers, others, axis=-1):
        """Area from the ranks: the Mann-Whitney statistic as a share of all pairs."""
        ranks = stats.rankdata(np.concatenate([buyers, others], axis=axis), axis=axis)
        first = buyers.shape[axis]
        above = ranks[..., :first].sum(axis=axis) - first * (first + 1) / 2
        return above / (first * others.shape[axis])

    interval = stats.bootstrap(
        (chance[outcome], chance[~outcome]),
        auc,
        n_resamples=checks.whole_positive("resamples", resamples),
        method="percentile",
        random_state=np.random.default_rng(seed),
    ).confidence_interval
    average = np.full(len(outcome), outcome.mean())
    return Quality(
        float(roc_auc_score(outcome, chance)),
        float(interval.low),
        float(interval.high),
        float(brier_score_loss(outcome, chance)),
        float(brier_score_loss(outcome, average)),
        len(outcome),
        int(outcome.sum()),
    )


def calibration(bought: pd.Series, chance: pd.Series, *, groups: int = 10) -> pd.DataFrame:
    """Compare promised and observed shares of buyers in groups of like propensity; 95% Wilson intervals.

    One row per group, from the lowest chances up: ``customers``, ``predicted``, ``observed``, ``low``, ``high``. Equal
    chances are never split between groups.
    """
    from scipy import stats  # noqa: PLC0415

    checks.whole_positive("groups", groups)
    outcome, chance = _pair(bought, chance)
    group = ((stats.rankdata(chance, method="min") - 1) * groups // len(chance)).astype(int) + 1
    table = pd.DataFrame({"group": group, "predicted": chance, "observed": outcome.astype(float)}).groupby("group")
    rows = table[["predicted", "observed"]].mean()
    rows.insert(0, "customers", table.size())
    buyers = table["observed"].sum().astype(int)
    ends = [
        stats.binomtest(int(k), int(n)).proportion_ci(method="wilson")
        for k, n in zip(buyers, rows["customers"], strict=True)
    ]
    return rows.assign(low=[end.low for end in ends], high=[end.high for end in ends])


def _ranked(bought: pd.Series, chance: pd.Series) -> np.ndarray:
    """Outcomes from the highest chance down; equal chances in the order of the table."""
    outcome, chance = _pair(bought, chance)
    return outcome[np.argsort(-chance, kind="stable")]


def lift_at(bought: pd.Series, chance: pd.Series, share: float) -> float:
    """Return the :func:`lift` among the ``share`` of customers with the highest chances."""
    ranked = _ranked(bought, chance)
    contacted = max(1, round(len(ranked) * checks.share("share", share)))
    return lift(int(ranked[:contacted].sum()), contacted, int(ranked.sum()), len(ranked))


def profit_by_depth(bought: pd.Series, chance: pd.Series, *, margin: float, contact_cost: float) -> pd.DataFrame:
    """Return the profit of contacting the best 1, 2, 3 ... customers, if each purchase were due to the contact.

    Columns ``contacted``, ``buyers`` and ``profit_eur``. Real profit is lower, since some would have bought anyway.
    """
    checks.positive("margin", margin)
    checks.non_negative("contact_cost", contact_cost)
    buyers = np.cumsum(_ranked(bought, chance))
    contacted = np.arange(1, len(buyers) + 1)
    return pd.DataFrame(
        {"contacted": contacted, "buyers": buyers, "profit_eur": margin * buyers - contact_cost * contacted}
    )
