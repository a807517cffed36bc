"""What customers bought: their intended orders, without those that bad service cost the firm."""

import pandas as pd

from .habits import intentions
from .service import leaving_times


def orders(tables: dict[str, pd.DataFrame], scale: int) -> pd.DataFrame:
    """Build orders: the intended ones, without those that a customer lost to bad service never placed."""
    intended = intentions(scale)
    left_at = intended["customer_id"].map(leaving_times(scale))
    return intended[left_at.isna() | (intended["ordered_at"] <= left_at)].reset_index(drop=True)


BUILDERS = {"orders": orders}
