"""``{formula} socialcare.engagement.ertw`` shows the equation that the function's docstring states."""

import importlib
import inspect

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from socialcare.formula_sheet import equation


class FormulaDirective(SphinxDirective):
    """The equation of one function, and nothing typed by hand."""

    required_arguments = 1

    def run(self):
        """Return a displayed equation; report a function that does not exist or states no formula."""
        module, _, name = self.arguments[0].rpartition(".")
        try:
            function = getattr(importlib.import_module(module), name)
            latex = equation(function)
        except (ImportError, AttributeError, ValueError) as error:
            raise self.error(f"formula {self.arguments[0]!r}: {error}; expected module.function") from error
        self.env.note_dependency(inspect.getsourcefile(function))
        return [nodes.math_block(latex, latex, nowrap=False, number=None, label=None)]


def setup(app):
    """Register the directive."""
    app.add_directive("formula", FormulaDirective)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
