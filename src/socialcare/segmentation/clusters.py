"""Are there groups at all, how many, and would another sample find them? k-means with its checks (S1.5-DM, T4)."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from socialcare.formulas import checks
from socialcare.privacy import require_allowed

__all__ = ["Stability", "agreement", "choose_k", "k_means", "noise_like", "silhouette", "stability", "standardised"]

SEED = 20251231
SILHOUETTE_SAMPLE = 1500  # customers: the silhouette compares every pair


class Stability(NamedTuple):
    """Mean agreement (adjusted Rand index) of clusters from resampled customers, with its middle 95%."""

    agreement: float
    low: float
    high: float
    resamples: int


def standardised(features: pd.DataFrame, *, logs: Iterable[str] = ()) -> pd.DataFrame:
    """Return each column with mean 0 and standard deviation 1, those in ``logs`` as logarithms first.

    Without it, the column with the largest unit decides alone. The privacy gate comes first. Raises ValueError for a
    refused column, a missing value, a constant column, or a logarithm of 0 or less.
    """
    require_allowed(features.columns)
    missing = features.columns[features.isna().any()]
    if len(missing):
        raise ValueError(f"column {missing[0]!r} has missing values; expected a number for every customer")
    table = features.astype(float)
    for column in logs:
        if (table[column] <= 0).any():
            raise ValueError(
                f"column {column!r} holds {table[column].min():g}; expected values above 0 for a logarithm"
            )
        table[column] = np.log(table[column])
    spread = table.std()
    if (spread == 0).any():
        raise ValueError(f"column {spread.idxmin()!r} is constant; expected values that differ")
    return (table - table.mean()) / spread


def _fit(features: pd.DataFrame, k: int, seed: int, starts: int = 5):
    from sklearn.cluster import KMeans  # noqa: PLC0415
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    checks.whole_positive("k", k)
    if k >= len(features):
        raise ValueError(f"k is {k}; expected fewer than the {len(features)} customers")
    with threadpool_limits(1):  # on tables of this size threads cost more than they save, and they add in any order
        return KMeans(k, n_init=starts, random_state=seed).fit(features.to_numpy(float))


def k_means(features: pd.DataFrame, k: int, *, seed: int = SEED) -> pd.Series:
    """Put each customer into one of ``k`` clusters, numbered from 1 by the first feature's mean, lowest first.

    ``features`` are used as they are: give :func:`standardised` ones.
    """
    require_allowed(features.columns)
    labels = _fit(features, k, seed).labels_
    order = features.iloc[:, 0].groupby(labels).mean().sort_values().index
    return pd.Series(labels, features.index, name="cluster").map({old: new for new, old in enumerate(order, start=1)})


def silhouette(features: pd.DataFrame, labels: pd.Series, *, seed: int = SEED) -> float:
    """Mean silhouette: how much closer customers are to their own cluster than to the next (−1 to 1)."""
    from sklearn.metrics import silhouette_score  # noqa: PLC0415
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    sample = min(SILHOUETTE_SAMPLE, len(features))
    with threadpool_limits(1):
        return float(silhouette_score(features.to_numpy(float), labels, sample_size=sample, random_state=seed))


def agreement(first: pd.Series, second: pd.Series) -> float:
    """Adjusted Rand index of two ways to group the same customers: 1 the same, about 0 no more than chance."""
    from sklearn.metrics import adjusted_rand_score  # noqa: PLC0415

    return float(adjusted_rand_score(first, second))


def stability(features: pd.DataFrame, k: int, *, resamples: int = 20, seed: int = SEED) -> Stability:
    """Cluster bootstrap samples and compare how each would group all customers with how the full data do.

    Groups that are there come back (near 1); borders drawn through a crowd move. A low value is a warning; a high one
    is no proof, because a smooth cloud of odd shape can also be cut the same way each time.
    """
    require_allowed(features.columns)
    checks.whole_positive("resamples", resamples)
    values = features.to_numpy(float)
    whole = _fit(features, k, seed).labels_
    random = np.random.default_rng(seed)
    found = []
    for _ in range(resamples):
        drawn = features.iloc[random.integers(0, len(features), len(features))]
        found.append(agreement(whole, _fit(drawn, k, seed, starts=2).predict(values)))
    low, high = np.percentile(found, [2.5, 97.5])
    return Stability(float(np.mean(found)), float(low), float(high), resamples)


def choose_k(features: pd.DataFrame, ks: Iterable[int], *, resamples: int = 5, seed: int = SEED) -> pd.DataFrame:
    """Compare numbers of clusters: one row per k with ``silhouette``, ``stability`` and the size of the smallest."""
    rows = {}
    for k in ks:
        labels = k_means(features, k, seed=seed)
        rows[k] = {
            "silhouette": silhouette(features, labels, seed=seed),
            "stability": stability(features, k, resamples=resamples, seed=seed).agreement,
            "smallest": int(labels.value_counts().min()),
        }
    return pd.DataFrame(rows.values(), index=pd.Index(rows, name="k"))


def noise_like(features: pd.DataFrame, *, seed: int = SEED) -> pd.DataFrame:
    """Return as many invented customers, each value drawn evenly between the column's extremes: no groups at all."""
    low, high = features.min().to_numpy(float), features.max().to_numpy(float)
    drawn = np.random.default_rng(seed).uniform(low, high, features.shape)
    return pd.DataFrame(drawn, index=features.index, columns=features.columns)
