"""Which era of marketing does a firm live in, and would a colleague say the same? Profiles from marked statements.

The formulas (``socialcare.formulas.marketing_eras`` and ``agreement``) are re-exported here. The table of eras stands
in ``datasets/marketing_eras.csv``, the statements in ``era_statements.csv`` or in your own file with the same columns.
Tables of this size are plain pandas. Sources: S4.9 and S4.10; model D15.
"""

from typing import NamedTuple

import pandas as pd

from socialcare.formulas.agreement import (
    disagreement_weights,
    expected_agreement,
    kappa_interval,
    kappa_standard_error,
    observed_agreement,
    weighted_kappa,
)
from socialcare.formulas.funnel import wilson_interval
from socialcare.formulas.marketing_eras import (
    ENOUGH_KAPPA,
    ERAS,
    LEAST_ROWS,
    archetype_distance,
    brand_advocacy_ratio,
    era_score,
    home_era,
    purchase_action_ratio,
)

__all__ = [
    "ENOUGH_KAPPA",
    "ERAS",
    "ERA_NAMES",
    "LEAST_ROWS",
    "Agreement",
    "agreement",
    "agreement_by",
    "archetype_distance",
    "bootstrap_kappa",
    "brand_advocacy_ratio",
    "comparison",
    "crosstab",
    "disagreement_weights",
    "distances",
    "era_score",
    "era_shares",
    "expected_agreement",
    "home_era",
    "kappa_interval",
    "kappa_standard_error",
    "observed_agreement",
    "profile",
    "purchase_action_ratio",
    "verdicts",
    "weighted_kappa",
]

ERA_NAMES = {1: "1.0", 2: "2.0", 3: "3.0"}


class Agreement(NamedTuple):
    """How far two raters agree: equal marks as a share, what chance would give, and kappa with its interval."""

    n: int
    equal: float
    by_chance: float
    kappa: float
    low: float
    high: float


def comparison(eras: pd.DataFrame) -> pd.DataFrame:
    """Return the table of eras as the source prints it: 8 rows by 3 eras."""
    wide = eras.pivot(index=["row", "label"], columns="era", values="cell").droplevel("row")
    return wide.rename(columns=ERA_NAMES).rename_axis(columns="Marketing")


def crosstab(rater_1: pd.Series, rater_2: pd.Series) -> pd.DataFrame:
    """Count the statements by the era that each rater marked; eras that nobody marked stay in, as zeros.

    Raises ValueError for marks of different statements and for a mark that is not 1, 2 or 3.
    """
    if list(rater_1.index) != list(rater_2.index):
        raise ValueError("the raters marked different statements; expected one mark of each for every statement")
    for name, marks in (("rater_1", rater_1), ("rater_2", rater_2)):
        if not marks.isin(ERAS).all():
            raise ValueError(f"{name} has the mark {marks[~marks.isin(ERAS)].iloc[0]}; expected 1, 2 or 3")
    counts = pd.crosstab(rater_1, rater_2).reindex(index=list(ERAS), columns=list(ERAS), fill_value=0)
    return counts.rename_axis(index="rater 1", columns="rater 2")


def agreement(statements: pd.DataFrame, weights: str = "linear", confidence: float = 0.95) -> Agreement:
    """Compare the two raters' marks: columns ``rater_1`` and ``rater_2``.

    ``weights`` is ``none``, ``linear`` or ``quadratic``. Kappa and its interval are NaN where both raters used one era
    only: chance alone then explains everything. Raises ValueError for no statements.
    """
    if statements.empty:
        raise ValueError("statements is empty; expected at least one row")
    table = crosstab(statements["rater_1"], statements["rater_2"]).to_numpy().tolist()
    equal, by_chance = observed_agreement(table), expected_agreement(table)
    kappa = low = high = float("nan")
    if by_chance < 1:
        kappa, (low, high) = weighted_kappa(table, weights), kappa_interval(table, weights, confidence)
    return Agreement(len(statements), equal, by_chance, kappa, low, high)


def agreement_by(statements: pd.DataFrame, by: str, weights: str = "linear") -> pd.DataFrame:
    """Return :func:`agreement` for each group, in the order in which the groups appear."""
    groups = statements.groupby(by, sort=False)
    return pd.DataFrame({name: agreement(group, weights)._asdict() for name, group in groups}).T.astype({"n": int})


def bootstrap_kappa(
    statements: pd.DataFrame, weights: str = "linear", *, resamples: int = 1_000, seed: int = 2010
) -> tuple[float, float]:
    """Return a 95% interval of kappa from statements drawn again and again (percentile bootstrap, SciPy).

    Use it for few statements, where the formula's interval is only a first answer. A resample in which both raters use
    one era only has no kappa; it counts as 0, no better than chance.
    """
    import numpy as np  # noqa: PLC0415  heavy; simulators start without it
    from scipy import stats  # noqa: PLC0415

    weight = np.array(disagreement_weights(len(ERAS), weights))

    def kappa(one, other):
        counts = np.bincount((one - 1) * len(ERAS) + other - 1, minlength=len(ERAS) ** 2).reshape(weight.shape)
        chance = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
        return 1 - (weight * counts).sum() / (weight * chance).sum() if (weight * chance).sum() else 0.0

    # intp: a browser counts in 32 bits, and bincount takes no longer integers there
    marks = [statements[rater].to_numpy(np.intp) for rater in ("rater_1", "rater_2")]
    interval = stats.bootstrap(
        marks,
        kappa,
        paired=True,
        vectorized=False,
        n_resamples=resamples,
        method="percentile",
        random_state=np.random.default_rng(seed),  # the browser's SciPy does not know it as rng yet
    ).confidence_interval
    return float(interval.low), float(interval.high)


def profile(statements: pd.DataFrame, eras: pd.DataFrame) -> pd.DataFrame:
    """Return the score of each firm on each row of the table, from the marks of both raters.

    One row per firm and dimension: ``statements``, ``score`` (mean mark), ``lowest`` and ``highest`` mark. Two or three
    statements carry no interval, so the range is shown instead. The dimensions stand in the order of the table; one on
    which a firm says nothing is missing.
    """
    order = eras.sort_values("row")["dimension"].unique()
    long = statements.melt(
        ["statement_id", "firm", "dimension"], ["rater_1", "rater_2"], var_name="rater", value_name="mark"
    )
    groups = long.groupby(["firm", "dimension"], sort=False)
    table = groups.agg(
        statements=("statement_id", "nunique"),
        score=("mark", era_score),
        lowest=("mark", "min"),
        highest=("mark", "max"),
    )
    wanted = pd.MultiIndex.from_product([statements["firm"].unique(), order], names=["firm", "dimension"])
    return table.reindex(wanted[wanted.isin(table.index)])


def distances(profiles: pd.DataFrame) -> pd.DataFrame:
    """Return each firm's mean score and its distance to the pure form of each era, in eras."""
    scores = profiles.groupby("firm", sort=False)["score"]
    return pd.DataFrame(
        {"mean score": scores.mean()}
        | {f"to {ERA_NAMES[era]}": scores.apply(archetype_distance, era=era) for era in ERAS}
    )


def verdicts(profiles: pd.DataFrame, least: int = LEAST_ROWS) -> pd.Series:
    """Say for each firm in which era it lives: ``least`` rows must be near one era, or the firm is mixed.

    A firm with fewer than ``least`` rows gets no verdict but "too few rows".
    """

    def verdict(scores):
        return ERA_NAMES.get(home_era(scores, least), "mixed") if len(scores) >= least else "too few rows"

    return profiles.groupby("firm", sort=False)["score"].apply(verdict).rename("era")


def era_shares(statements: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Return the share of each firm's statements that both raters put into an era, and of those they dispute.

    One row per firm and ``era`` (1.0, 2.0, 3.0, disputed): ``count``, ``share`` of ``n`` and its Wilson interval. A
    statement is the unit, and not a mark: two marks of one sentence are not two observations.
    """
    equal = statements["rater_1"] == statements["rater_2"]
    settled = statements["rater_1"].map(ERA_NAMES).where(equal, "disputed")
    rows = []
    for firm, eras in settled.groupby(statements["firm"], sort=False):
        for era in [*ERA_NAMES.values(), "disputed"]:
            count, n = int((eras == era).sum()), len(eras)
            rows.append((firm, era, count, n, count / n, *wilson_interval(count, n, confidence)))
    return pd.DataFrame(rows, columns=["firm", "era", "count", "n", "share", "low", "high"]).set_index(["firm", "era"])
