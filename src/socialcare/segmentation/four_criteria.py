"""Is a group a segment? The source's four criteria as numbers: measurable, countable, identifiable, large enough."""

import pandas as pd

from socialcare.formulas.segmentation import campaign_profit
from socialcare.privacy import require_allowed

__all__ = ["LEAST_ACCURACY", "LEAST_KNOWN", "WIDEST_INTERVAL", "criteria", "identifying_rules"]

LEAST_KNOWN = 0.95
"""Measurable: share of customers for whom every input is known. A teaching default."""
WIDEST_INTERVAL = 0.25
"""Countable: the 95% interval of the segment's share may be this wide, relative to the share. A teaching default."""
LEAST_ACCURACY = 0.80
"""Identifiable: balanced accuracy of three rules, on customers they have not seen. A teaching default (model D6)."""
RULES_ALLOWED = 3  # splits of the tree
FOLDS, SEED = 5, 20251231


def _tree():
    from sklearn.tree import DecisionTreeClassifier  # noqa: PLC0415

    return DecisionTreeClassifier(max_leaf_nodes=RULES_ALLOWED + 1, class_weight="balanced", random_state=SEED)


def _accuracy(features: pd.DataFrame, inside: pd.Series) -> float:
    from sklearn.model_selection import StratifiedKFold, cross_val_score  # noqa: PLC0415

    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    return float(cross_val_score(_tree(), features, inside, cv=folds, scoring="balanced_accuracy").mean())


def identifying_rules(features: pd.DataFrame, segments: pd.Series, segment: str) -> str:
    """Return the three rules that tell the segment from all others, as indented text."""
    from sklearn.tree import export_text  # noqa: PLC0415

    require_allowed(features.columns)
    inside = segments == segment
    if not inside.any():
        known = ", ".join(sorted(map(str, segments.unique())))
        raise ValueError(f"segment {segment!r} has no customers; expected one of {known}")
    tree = _tree().fit(features, inside.map({True: "in", False: "out"}))
    return export_text(tree, feature_names=list(features.columns), decimals=1).replace("class: ", "")


def criteria(
    features: pd.DataFrame,
    segments: pd.Series,
    *,
    extra_share: float,
    margin: float,
    contact_cost: float,
    fixed_cost: float,
) -> pd.DataFrame:
    """Judge every segment by S1.5-K1 to K4: one row each, with the four numbers and whether each passes.

    ``features`` are what an employee could look up (missing values allowed); ``segments`` names everyone's segment.
    ``known`` is the share with every feature known; ``low`` and ``high`` the 95% interval (Wilson) of its share of
    customers; ``accuracy`` the balanced accuracy of three rules, cross-validated; ``profit_eur`` the
    :func:`campaign_profit` of contacting it.
    """
    from scipy import stats  # noqa: PLC0415

    require_allowed(features.columns)
    if segments.isna().any() or len(segments) != len(features):
        raise ValueError("segments leaves a customer out; expected one segment for each row of features")
    sizes = segments.value_counts()
    if sizes.min() < FOLDS:
        raise ValueError(
            f"segment {sizes.idxmin()!r} has {sizes.min()} customers; expected at least {FOLDS} to judge it"
        )
    known = features.notna().all(axis=1)
    rows = {}
    for segment, counted in sizes.sort_index().items():
        inside, size = segments == segment, int(counted)
        low, high = stats.binomtest(size, len(segments)).proportion_ci(method="wilson")
        profit = campaign_profit(size, extra_share, margin, contact_cost, fixed_cost)
        accuracy = _accuracy(features[known], inside[known])
        rows[segment] = {
            "customers": size,
            "known": float(known[inside].mean()),
            "low": float(low),
            "high": float(high),
            "accuracy": accuracy,
            "profit_eur": profit,
            "measurable": bool(known[inside].mean() >= LEAST_KNOWN),
            "countable": bool((high - low) / (size / len(segments)) <= WIDEST_INTERVAL),
            "identifiable": bool(accuracy >= LEAST_ACCURACY),
            "large enough": bool(profit > 0),
        }
    return pd.DataFrame(rows.values(), index=pd.Index(rows, name="segment"))
