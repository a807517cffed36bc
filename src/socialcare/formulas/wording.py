"""Numbers, units and names as the course prints them.

Python's own ``format`` and MicroPython's differ in rounding and in thousands separators, and a headline must be
the same sentence in the notebook and in the page. So the rounding (half away from zero) is done here, on integers.
"""

import math

__all__ = ["euros", "number", "percent", "shown_name", "times", "with_unit"]

NAMES = {"email": "e-mail", "facebook": "Facebook", "twitter": "Twitter"}


def number(value, digits=0):
    """Return ``value`` with thousands separators and ``digits`` decimals: ``number(1234.5, 1)`` is ``1,234.5``."""
    scale = 10**digits
    units = math.floor(abs(value) * scale + 0.5)
    sign = "-" if value < 0 and units else ""
    whole = f"{units // scale:,d}"
    if not digits:
        return sign + whole
    decimals = str(units % scale)
    return sign + whole + "." + "0" * (digits - len(decimals)) + decimals


def percent(value, digits=1):
    """Return ``value``, already in percent, with its sign: ``percent(4)`` is ``4.0%``."""
    return number(value, digits) + "%"


def times(value, digits=1):
    """Return a ratio in words: ``times(2.54)`` is ``2.5 times``."""
    return number(value, digits) + " times"


def euros(value, digits=2):
    """Return an amount with its sign before the currency: ``euros(-4.033)`` is ``-€4.03``."""
    text = number(value, digits)
    return "-€" + text[1:] if text.startswith("-") else "€" + text


def with_unit(text, unit):
    """Return a number's text with its unit: ``with_unit("15", "hours")`` is ``15 hours``; ``%`` follows at once."""
    return text + unit if unit.startswith("%") else f"{text} {unit}".rstrip()


def shown_name(value):
    """Return a channel or network of the tables as a sentence writes it: ``twitter`` is ``Twitter``; others stay."""
    return NAMES.get(value, value)
