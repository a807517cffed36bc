"""Stored Plotly figures as accessible HTML: words, data table, and a plot that figures.js draws when it comes near.

A notebook stores a figure as ``application/vnd.plotly.v1+json``. Its ``layout.meta`` carries ``alt``, ``caption`` and
``table`` (``{"columns": [...], "rows": [[...]]}``). Title and subtitle move out of the plot into HTML, where they wrap
on a phone.
"""

import json

from docutils import nodes
from markupsafe import Markup
from myst_nb.core.render import load_mime_renders
from page_parts import WEBSITE, add_scripts, figure_label, render
from sphinx.util import logging
from sphinx.util.fileutil import copy_asset_file

MIME = "application/vnd.plotly.v1+json"
DEFAULT_HEIGHT = 420  # pixels; reserved before drawing, so that the text below does not jump
SCRIPT = "figures.js"
PLOTLY = WEBSITE / "vendor" / "plotly-cartesian.min.js"

logger = logging.getLogger(__name__)


class PlotlyFigure(nodes.General, nodes.Element):
    """One stored figure; attribute ``html`` holds what the page shows."""


def anchor_of(cell_index, output_index):
    """Return the HTML id of a notebook's figure: ``figure-9``, or ``figure-9-1`` for a cell's second output."""
    return f"figure-{cell_index + 1}" + (f"-{output_index}" if output_index else "")


def _in_script(value):
    """Return JSON that cannot close the <script> element it stands in."""
    return Markup(json.dumps(value, separators=(",", ":"), sort_keys=True).replace("<", "\\u003c"))


def _cell(value):
    """Return a table cell's text: what figures.js shows for the same value after a simulator has moved."""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _words(title):
    """Return a Plotly title (text or ``{"text": ...}``) as plain text."""
    text = title if isinstance(title, str) else (title or {}).get("text") or ""
    return " ".join(text.replace("<br>", " ").split())


def figure_html(spec, alt, caption, table, anchor=""):
    """Return the HTML of a figure.

    ``spec`` is Plotly's JSON (``data``, ``layout``); ``table`` has ``columns`` and ``rows`` or is None; ``anchor`` is
    the figure's id, or empty.
    """
    layout = {key: value for key, value in spec.get("layout", {}).items() if key not in {"title", "meta"}}
    title = spec.get("layout", {}).get("title")
    subtitle = title.get("subtitle") if isinstance(title, dict) else None
    payload = _in_script({"data": spec.get("data", []), "layout": layout})
    return Markup(
        render(
            "figure.html",
            title=_words(title),
            subtitle=_words(subtitle),
            alt=alt,
            caption=caption,
            columns=table["columns"] if table else [],
            rows=[[_cell(value) for value in row] for row in table["rows"]] if table else [],
            height=int(layout.get("height") or DEFAULT_HEIGHT),
            payload=payload,
            anchor=anchor,
        )
    )


class FigureRenderer:
    """A mime renderer of myst-nb for stored Plotly figures."""

    mime_priority_overrides = (("*", MIME, 2),)

    @staticmethod
    def handle_mime(renderer, data, inline):
        """Return the figure's node, or None for another mime type."""
        if data.mime_type != MIME or inline:
            return None
        spec = data.content if isinstance(data.content, dict) else json.loads(data.string)
        env, anchor = renderer.renderer.sphinx_env, anchor_of(data.cell_index, data.output_index)
        title = _words(spec.get("layout", {}).get("title"))
        env.get_domain("std").note_hyperlink_target(figure_label(env.docname, anchor), env.docname, anchor, title)
        return [FigureRenderer.node(spec, env.docname, f"cell {data.cell_index + 1}", anchor)]

    @staticmethod
    def node(spec, location, cell, anchor=""):
        """Return the node of a stored figure; one that has no words is a warning."""
        meta = spec.get("layout", {}).get("meta") or {}
        if not meta.get("alt"):
            logger.warning(
                "%s: figure without layout.meta.alt; show it with socialcare.figures.show, which asks for one",
                cell,
                location=location,
                type="figures",
            )
        html = figure_html(spec, meta.get("alt", ""), meta.get("caption", ""), meta.get("table"), anchor)
        return PlotlyFigure(html=html)


def register(mime_renderer):
    """Add a mime renderer: myst-nb caches its list of entry points and reads that same list for every output."""
    renderers = load_mime_renders()
    if mime_renderer not in renderers:
        renderers.append(mime_renderer)


def _visit(translator, node):
    translator.body.append(node["html"])
    raise nodes.SkipNode


def _copy_plotly(app, exception):
    if exception is None and app.builder.format == "html":
        copy_asset_file(PLOTLY, app.outdir / "_static" / "plotly.js")


def setup(app):
    """Register the renderer, the node and the page's script."""
    register(FigureRenderer)
    app.add_node(PlotlyFigure, html=(_visit, None))
    add_scripts(app, PlotlyFigure, SCRIPT)
    app.connect("build-finished", _copy_plotly)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
