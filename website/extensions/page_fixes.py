"""Corrects what the theme and myst-nb get wrong for readers with assistive technology or a slow connection."""

import html
import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

DESCRIPTION_LENGTH = 155  # characters; search engines cut longer ones
OWN_DESCRIPTION = re.compile(r'<meta (?=[^>]*name="description")[^>]*content="([^"]*)"')
SOLUTIONS = "solutions/"
SHOW_SOLUTION, HIDE_SOLUTION = "Show the solution", "Hide the solution"
SHOW_CHECK, HIDE_CHECK = "Show what the check says", "Hide what the check says"


def _scripts(app, pagename, templatename, context, doctree):
    """Drop doubled scripts (Sphinx 7.4 registers bodies twice) and let the others wait for the page."""
    seen, kept = set(), []
    for script in context["script_files"]:
        attributes = getattr(script, "attributes", {})
        key = (str(getattr(script, "filename", script) or ""), attributes.get("body"))
        if key in seen or attributes.get("type") == "application/vnd.jupyter.widget-state+json":
            continue
        seen.add(key)
        # documentation_options.js must run before the theme's inline scripts, and the search page's need them all
        if pagename == "search" or "documentation_options" in key[0]:
            attributes.pop("defer", None)  # Sphinx shares the script objects between pages
        elif key[0] and "async" not in attributes:
            attributes["defer"] = "defer"
        kept.append(script)
    context["script_files"][:] = kept


REPAIRS = {
    # the button of a hidden cell is called what it says (WCAG 2.5.3)
    '<summary aria-label="Toggle hidden content">': "<summary>",
    # an empty header heads nothing
    '<th class="head"><p></p></th>': "<td></td>",
    # docutils: a list's children are list items; the older role is deprecated
    'role="doc-biblioentry"': 'role="listitem"',
}


def _body(app, pagename, templatename, context, doctree):
    """Repair the HTML that Sphinx, docutils and myst-nb write."""
    body = context.get("body") or ""
    for wrong, right in REPAIRS.items():
        body = body.replace(wrong, right)
    context["body"] = body


def description(metatags, doctree):
    """Return what the tags of a page say of it, or its first paragraph, cut for search engines; it may be empty."""
    if given := OWN_DESCRIPTION.search(metatags):
        return html.unescape(given[1])
    paragraph = next((node.astext() for node in doctree.findall(nodes.paragraph)), "")
    text = " ".join(paragraph.split()).removeprefix("Question ")
    return text if len(text) <= DESCRIPTION_LENGTH else text[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0] + "…"


def _description(app, pagename, templatename, context, doctree):
    """Describe the page by its first paragraph, unless it describes itself."""
    metatags = context.get("metatags", "")
    if doctree is None or OWN_DESCRIPTION.search(metatags):
        return
    if text := description(metatags, doctree):
        context["metatags"] = f'{metatags}<meta name="description" content="{html.escape(text)}" />'


class SolutionPrompts(SphinxPostTransform):
    """In the exercise pages solutions are hidden, and what a check says to them: it would give the answer away."""

    default_priority = 190  # before myst-nb wraps hidden cells
    formats = ("html",)

    def run(self, **kwargs):
        """Name the buttons of hidden solutions, and hide the outputs of checks."""
        if not self.env.docname.startswith(SOLUTIONS):
            return
        for cell in self.document.findall(nodes.container):
            if cell.get("hide_mode"):
                cell["hide_mode"] = "all"  # what a solution puts out, such as a model reply, gives it away as well
                cell["prompt_show"], cell["prompt_hide"] = SHOW_SOLUTION, HIDE_SOLUTION
            elif cell.get("cell_metadata", {}).get("nbgrader", {}).get("grade"):
                cell["hide_mode"] = "output"
                cell["prompt_show"], cell["prompt_hide"] = SHOW_CHECK, HIDE_CHECK


def setup(app):
    """Connect the corrections, after the theme's own handlers, and the scripts of every page."""
    for script in ("paper.js", "edges.js"):
        app.add_js_file(script, loading_method="defer")
    for correction in (_scripts, _body, _description):
        app.connect("html-page-context", correction, priority=900)
    app.add_post_transform(SolutionPrompts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
