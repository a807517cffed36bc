"""The parameter of a simulator: one row of the table that the notebook, the page and the tests all read."""

from collections import namedtuple

from socialcare.formulas import checks
from socialcare.formulas.wording import with_unit

__all__ = ["Parameter", "defaults", "validated"]

Parameter = namedtuple("Parameter", ("name", "label", "default", "low", "high", "step", "unit", "help", "source"))
"""``name`` is the keyword of the scenario's ``figure``; ``default``, ``low``, ``high`` and ``step`` are in ``unit``;
``source`` says where the default comes from (an id of the inventory, or ``teaching default``)."""


def defaults(parameters):
    """Return ``{name: default}`` of a parameter table."""
    return {parameter.name: parameter.default for parameter in parameters}


def validated(parameters, values):
    """Return every parameter's value: the given one, or the default.

    Raises ValueError for an unknown name and for a value that is not a number between ``low`` and ``high``.
    """
    known = {parameter.name: parameter for parameter in parameters}
    for name in values:
        if name not in known:
            raise ValueError(f"setting {name!r} is unknown; expected one of {', '.join(sorted(known))}")
    chosen = defaults(parameters)
    for name, value in values.items():
        parameter = known[name]
        checks.non_negative(parameter.label, value)
        if not parameter.low <= value <= parameter.high:
            raise ValueError(
                f"{parameter.label} is {value}; expected {parameter.low} to "
                + with_unit(str(parameter.high), parameter.unit)
            )
        chosen[name] = value
    return chosen
