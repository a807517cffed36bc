"""One-line checks of a formula's input: each names the field, the value and what was expected.

A formula may also be given Narwhals expressions, which stand for whole columns: the same formula then serves a table.
Those pass unchecked here, because the table's schema and the analysis that uses it have checked the columns.
"""

import math

__all__ = [
    "above",
    "count",
    "inner_share",
    "non_negative",
    "number",
    "part",
    "positive",
    "share",
    "whole_between",
    "whole_positive",
]


def _shown(value):
    return repr(value) if isinstance(value, str) else str(value)


def _finite(value):
    """True for a finite real number; text, None, NaN, infinity and True/False are not numbers here."""
    if value is None or isinstance(value, (str, bool)):
        return False
    try:
        return math.isfinite(value)
    except TypeError:
        return False


def _is_column(value):
    return hasattr(value, "over") and hasattr(value, "alias")


def _require(name, value, ok, expected):
    if not _is_column(value) and not (_finite(value) and ok(value)):
        raise ValueError(f"{name} is {_shown(value)}; expected {expected}")
    return value


def count(name, value):
    """Return ``value`` if it is a whole number of 0 or more."""
    return _require(name, value, lambda v: v >= 0 and v == int(v), "a whole number of 0 or more")


def whole_positive(name, value):
    """Return ``value`` if it is a whole number above 0: a head count that something is divided by."""
    return _require(name, value, lambda v: v > 0 and v == int(v), "a whole number above 0")


def whole_between(name, value, low, high):
    """Return ``value`` if it is a whole number from ``low`` to ``high``."""
    return _require(name, value, lambda v: v == int(v) and low <= v <= high, f"a whole number from {low} to {high}")


def positive(name, value):
    """Return ``value`` if it is a number above 0."""
    return _require(name, value, lambda v: v > 0, "a number above 0")


def above(name, value, bound):
    """Return ``value`` if it is a number above ``bound``: a growth rate above -1, say."""
    return _require(name, value, lambda v: v > bound, f"a number above {bound}")


def non_negative(name, value):
    """Return ``value`` if it is a number of 0 or more."""
    return _require(name, value, lambda v: v >= 0, "a number of 0 or more")


def number(name, value):
    """Return ``value`` if it is a finite number of any sign: a change, a net benefit."""
    return _require(name, value, lambda _: True, "a number")


def share(name, value):
    """Return ``value`` if it is a proportion from 0 to 1."""
    return _require(name, value, lambda v: 0 <= v <= 1, "a share from 0 to 1")


def inner_share(name, value):
    """Return ``value`` if it is a proportion above 0 and below 1."""
    return _require(name, value, lambda v: 0 < v < 1, "a share above 0 and below 1")


def part(name, value, whole_name, whole):
    """Return ``value`` if it is a count that is no larger than the count it is part of."""
    count(name, value)
    if not _is_column(value) and value > whole:
        raise ValueError(f"{name} is {value}; expected no more than the {whole} {whole_name}")
    return value
