"""Does a segment stand in for a protected attribute? The proxy test (model D6) and the refusal that follows from it.

The attribute must be declared by the person, never guessed, and serves this test only.
"""

from typing import NamedTuple

import pandas as pd

from socialcare.segmentation.propensity import quality

__all__ = ["HIGHEST_AUC", "Proxy", "mirrors", "refuse_mirrors"]

HIGHEST_AUC = 0.60
"""A segment that guesses a declared attribute better than this goes to review.
The course's threshold, not the law's."""
FOLDS, RESAMPLES, SEED = 5, 200, 20251231
LEAST_DECLARED = 30  # people with the attribute: fewer say nothing


class Proxy(NamedTuple):
    """How well the segments guess one declared value: AUC (0.5 is chance) with its interval, and who declared."""

    value: str
    auc: float
    low: float
    high: float
    with_value: int
    declared: int


def mirrors(segments: pd.Series, declared: pd.Series) -> pd.DataFrame:
    """Guess each value of a declared attribute from the segment alone: one row per value, with ``review``.

    People who declared nothing are left out. The guess is the share of the value in the person's segment, learned on
    other people (five folds). Values declared by fewer than 30 people are left out too: the row would expose them.
    Raises ValueError if fewer than two values remain.
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.model_selection import StratifiedKFold, cross_val_predict  # noqa: PLC0415
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    known = declared.dropna()
    counts = known.value_counts()
    values = sorted(counts.index[counts >= LEAST_DECLARED])
    if len(values) < 2:
        raise ValueError(
            f"{declared.name} has {len(values)} values declared by {LEAST_DECLARED} people or more; expected at least 2"
        )
    known = known[known.isin(values)]
    dummies = pd.get_dummies(segments.reindex(known.index).astype("str"), dtype=float)
    if dummies.shape[1] < 2:
        raise ValueError("everybody is in one segment; expected at least 2")
    rows = []
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    for value in values:
        inside = known == value
        with threadpool_limits(1):  # threads cost more than they save on a handful of columns
            found = cross_val_predict(LogisticRegression(C=100), dummies, inside, cv=folds, method="predict_proba")
        found = quality(inside, pd.Series(found[:, 1], known.index), resamples=RESAMPLES)
        rows.append(Proxy(str(value), found.auc, found.low, found.high, int(inside.sum()), len(known)))
    table = pd.DataFrame(rows).set_index("value")
    return table.assign(review=table["auc"] > HIGHEST_AUC)


def refuse_mirrors(segments: pd.Series, declared: pd.Series) -> None:
    """Raise ValueError if the segments guess a declared value with an AUC above 0.60: nobody should act on them yet."""
    table = mirrors(segments, declared)
    worst = table.sort_values("auc", kind="stable").iloc[-1]
    if worst["review"]:
        raise ValueError(
            f"the segments guess {declared.name} = {worst.name!r} with an AUC of {worst['auc']:.2f}; expected "
            f"{HIGHEST_AUC:.2f} or less: have them reviewed, or build them without what mirrors it"
        )
