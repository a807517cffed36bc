"""Compares results of two Pythons: the same but for the last digits of a float."""

import math


def difference(ours, theirs, place=""):
    """Return where two JSON values differ, or None; floats may differ by 1e-12 of their size."""
    if isinstance(ours, dict) and isinstance(theirs, dict) and ours.keys() == theirs.keys():
        return next(filter(None, (difference(ours[key], theirs[key], f"{place}.{key}") for key in ours)), None)
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        pairs = enumerate(zip(ours, theirs, strict=True))
        return next(filter(None, (difference(a, b, f"{place}[{i}]") for i, (a, b) in pairs)), None)
    if isinstance(ours, float) and isinstance(theirs, (int, float)):
        same = math.isclose(ours, theirs, rel_tol=1e-12, abs_tol=1e-12)
    else:
        same = ours == theirs
    return None if same else f"{place}: CPython {ours!r}, MicroPython {theirs!r}"
