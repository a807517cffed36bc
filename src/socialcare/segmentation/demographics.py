"""Does where people live or what they earn say how they buy? Links between two ways to sort customers (S1.5-T2)."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from socialcare.formulas import checks
from socialcare.formulas.segmentation import cramers_v
from socialcare.privacy import require_allowed

__all__ = ["Association", "association", "associations"]


class Association(NamedTuple):
    """Cramér's V (0 none, 1 complete) with its interval; the chi-square test behind it; how many customers."""

    v: float
    low: float
    high: float
    chi_square: float
    dof: int
    p_value: float
    customers: int


def association(first: pd.Series, second: pd.Series, *, confidence: float = 0.95) -> Association:
    """Measure the link between two columns of categories; rows where one is missing are left out, and counted so.

    The interval inverts the noncentral chi-square distribution of the test statistic (Smithson 2003, in SciPy's
    distribution). Raises ValueError if one column has a single category or the customers are too few for the test.
    """
    from scipy import optimize, stats  # noqa: PLC0415

    checks.share("confidence", confidence)
    table = pd.crosstab(first, second)
    for column, size in zip((first, second), table.shape, strict=True):
        if size < 2:
            raise ValueError(f"{column.name} has {size} categories among these customers; expected 2 or more")
    chi_square, p_value, dof, expected = stats.chi2_contingency(table, correction=False)
    if (expected < 1).any() or (expected < 5).mean() > 0.2:  # Cochran's rule
        raise ValueError(
            f"{first.name} by {second.name} has cells that expect fewer than 5 customers; expected to merge categories"
        )
    customers = int(table.to_numpy().sum())

    def bound(quantile: float) -> float:
        """Find the noncentrality at which the statistic found stands at this quantile."""

        def gap(noncentrality):
            return stats.ncx2.cdf(chi_square, dof, noncentrality) - quantile

        if stats.chi2.cdf(chi_square, dof) < quantile:
            return 0.0
        return optimize.brentq(gap, 1e-9, 4 * chi_square + 100)

    tail = (1 - confidence) / 2
    scale = customers * (min(table.shape) - 1)
    low, high = ((bound(quantile) / scale) ** 0.5 for quantile in (1 - tail, tail))
    v = cramers_v(float(chi_square), customers, *table.shape)
    return Association(v, float(low), float(high), float(chi_square), int(dof), float(p_value), customers)


def associations(customers: pd.DataFrame, columns: Iterable[str], target: pd.Series) -> pd.DataFrame:
    """Measure the link of each column with ``target``: one row per column, strongest first.

    The privacy gate comes first: ValueError for a column that no segment may be built on.
    """
    columns = list(columns)
    require_allowed(columns)
    found = {column: association(customers[column], target) for column in columns}
    return pd.DataFrame(found.values(), index=pd.Index(found, name="column")).sort_values(
        "v", ascending=False, kind="stable"
    )
