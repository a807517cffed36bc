"""The formula of a function as its docstring states it, for notebooks and pages: a formula is written down once."""

import inspect
import re
from collections.abc import Callable

__all__ = ["equation", "formula", "latex"]

_TEXT = re.compile(r"\\text\{[^}]*\}")
_MATH = re.compile(r"^\.\. math:: *(.+)$", re.MULTILINE)


def latex(function: Callable) -> str:
    """Return the LaTeX of the ``math`` line in a function's docstring; ValueError if there is none or several."""
    found = _MATH.findall(inspect.getdoc(function) or "")
    if len(found) != 1:
        raise ValueError(f"{function.__name__} has {len(found)} formulas in its docstring; expected one")
    return found[0].strip()


def equation(function: Callable) -> str:
    """Return the LaTeX with spaces for the underscores of names; those that set an index stay."""
    return _TEXT.sub(lambda name: name[0].replace("_", " "), latex(function))


def formula(function: Callable) -> str:
    """Return ``function``'s formula as a displayed equation in Markdown."""
    return f"$${equation(function)}$$"
