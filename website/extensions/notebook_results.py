"""Results of a unit's notebook in its chapter: a number in a sentence, and a key figure. Nothing is typed twice.

``{result}`record_rate``` prints the value that the notebook of the same name glued as ``record_rate``;
``{notebook-figure} crisis-figure`` shows the figure stored in the notebook's cell with that id. On the notebook's own
page the cells that hand the results over are folded away: they matter to whoever edits the book.
"""

import ast
import re
from pathlib import Path

import nbformat
from docutils import nodes
from figures import MIME, FigureRenderer
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective, SphinxRole

GLUED = "application/papermill.record/text/plain"
HANDS_OVER = re.compile(r"^\s*glue\(", re.MULTILINE)
FOLDED = "Code that hands results to the chapter"


def _notebook(env):
    """Return the notebook that shares the page's name; the page is rebuilt when the notebook changes."""
    path = Path(env.srcdir, "notebooks", Path(env.docname).name).with_suffix(".ipynb")
    env.note_dependency(str(path))
    if not path.exists():
        raise ValueError(f"notebooks/{path.name} does not exist; expected the notebook of this chapter")
    return nbformat.read(path, as_version=4)


def glued_values(notebook):
    """Return ``{name: text}`` of everything the notebook handed over with ``socialcare.glue``."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return {
        output.metadata["scrapbook"]["name"]: ast.literal_eval(output.data[GLUED])
        for output in outputs
        if "scrapbook" in output.get("metadata", {})
    }


class ResultRole(SphinxRole):
    """``{result}`name```: a computed value inside a sentence."""

    def run(self):
        """Return the value as text, or report the name that the notebook does not glue."""
        try:
            values = glued_values(_notebook(self.env))
            if self.text not in values:
                raise ValueError(f"result {self.text!r} is not glued; expected one of {', '.join(sorted(values))}")
        except ValueError as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [], [message]
        return [nodes.inline(self.text, values[self.text], classes=["result"])], []


class NotebookFigureDirective(SphinxDirective):
    """``{notebook-figure} cell-id``: a stored figure of the unit's notebook."""

    required_arguments = 1

    def run(self):
        """Return the figure's node, or report the cell that has none."""
        wanted = self.arguments[0]
        try:
            cells = {cell.id: cell for cell in _notebook(self.env).cells}
            outputs = cells[wanted].get("outputs", []) if wanted in cells else []
            specs = [output.data[MIME] for output in outputs if MIME in output.get("data", {})]
            if len(specs) != 1:
                raise ValueError(f"cell {wanted!r} of the notebook stores {len(specs)} figures; expected one")
        except ValueError as error:
            raise self.error(str(error)) from error
        return [FigureRenderer.node(specs[0], (self.env.docname, self.lineno), wanted)]


class HandOver(nodes.Element):
    """A box, closed at first, around cells that only hand results to the chapter."""


def _open_box(translator, node):
    translator.body.append(f'<details class="hand-over"><summary>{FOLDED}</summary>\n')


def _close_box(translator, node):
    translator.body.append("</details>\n")


def _hands_over(cell):
    """Does the cell call ``glue``, and show nothing?"""
    parts = [part.get("nb_element") for part in cell.children]
    return parts == ["cell_code_source"] and bool(HANDS_OVER.search(cell.astext()))


class FoldedHandOver(SphinxPostTransform):
    """Fold each run of cells that only hand results to the chapter into one box, on the page of the notebook."""

    default_priority = 210  # after myst-nb has turned its outputs into what the page shows
    formats = ("html",)

    def run(self, **kwargs):
        """Put such cells into a box, or into the box of the cell before."""
        if not self.env.docname.startswith("notebooks/"):
            return
        cells = [cell for cell in self.document.findall(nodes.container) if cell.get("nb_element") == "cell_code"]
        for cell in filter(_hands_over, cells):
            place = cell.parent.index(cell)
            before = cell.parent[place - 1] if place else None
            if isinstance(before, HandOver):
                cell.parent.remove(cell)
                before.append(cell)
            else:
                box = HandOver()
                cell.replace_self(box)
                box.append(cell)


def setup(app):
    """Register the role, the directive and the folding."""
    app.add_role("result", ResultRole())
    app.add_node(HandOver, html=(_open_box, _close_box))
    app.add_post_transform(FoldedHandOver)
    app.add_directive("notebook-figure", NotebookFigureDirective)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
