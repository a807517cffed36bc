"""Random draws that the tables share: choices, even draws within groups, days with a rhythm and hours of the day."""

from collections.abc import Hashable, Mapping, Sequence

import numpy as np
import pandas as pd

from .case import ZONE

DAY = pd.Timedelta(days=1)


def choose(rng: np.random.Generator, shares: Mapping[Hashable, float], n: int) -> np.ndarray:
    """Draw n keys of `shares` with the given weights (they need not add up to 1)."""
    keys, weights = list(shares), np.array(list(shares.values()), dtype=float)
    return np.array(keys, dtype=object)[rng.choice(len(keys), size=n, p=weights / weights.sum())]


def choose_by(
    rng: np.random.Generator, groups: Sequence[Hashable], shares: Mapping[Hashable, Mapping[Hashable, float]]
) -> np.ndarray:
    """Draw one key per row, with the weights of the row's group."""
    groups = pd.Series(np.asarray(groups, dtype=object))
    drawn = np.empty(len(groups), dtype=object)
    for group, rows in groups.groupby(groups, sort=True).indices.items():
        drawn[rows] = choose(rng, shares[group], len(rows))
    return drawn


def even(rng: np.random.Generator, *keys: Sequence[Hashable]) -> np.ndarray:
    """Draw numbers in [0, 1) that are spread evenly within each group of rows.

    Comparing them with a probability gives each group that share almost exactly, so that a planted
    effect is not lost in the luck of a small group.
    """
    frame = pd.DataFrame({str(i): np.asarray(key, dtype=object) for i, key in enumerate(keys)})
    drawn = np.empty(len(frame))
    for rows in frame.groupby(list(frame.columns), sort=True).indices.values():
        drawn[rows] = (rng.permutation(len(rows)) + rng.random(len(rows))) / len(rows)
    return drawn


def at_hour(
    rng: np.random.Generator, days: pd.Series, weights: Sequence[float], shift: Sequence[int] | int = 0
) -> pd.Series:
    """Give naive days a time: an hour drawn from 24 weights, moved by `shift` hours, in the case's zone."""
    hour = rng.choice(24, size=len(days), p=np.asarray(weights) / np.sum(weights)) + np.asarray(shift)
    seconds = hour * 3600 + rng.integers(0, 3600, len(days))
    local = pd.to_datetime(pd.Series(days).to_numpy()) + pd.to_timedelta(seconds, unit="s")
    return pd.Series(local.tz_localize(ZONE, ambiguous=np.zeros(len(days), dtype=bool), nonexistent="shift_forward"))
