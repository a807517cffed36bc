"""What the book's interactive parts share: their HTML templates, their labels and their scripts."""

from pathlib import Path

from docutils import nodes
from jinja2 import Environment, FileSystemLoader, StrictUndefined

WEBSITE = Path(__file__).parents[1]
_TEMPLATES = Environment(
    loader=FileSystemLoader(WEBSITE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(template, **values):
    """Return the HTML of ``website/templates/<template>``; every value is escaped unless it is Markup."""
    return _TEMPLATES.get_template(template).render(**values)


def simulator_label(page, name):
    """Return the label by which any page links to a simulator: ``simulator-book-13-service-levels-staffing``."""
    return nodes.make_id(f"simulator-{page}-{name}")


def figure_label(page, anchor):
    """Return the label by which any page links to a stored figure: ``notebooks-13-service-levels-figure-9``."""
    return nodes.make_id(f"{page}-{anchor}")


def add_scripts(app, node_class, *scripts):
    """Put ``scripts`` on the pages that hold a ``node_class``, and on no other page."""

    def on_page(app, pagename, templatename, context, doctree):
        if doctree is not None and next(doctree.findall(node_class), None) is not None:
            for script in scripts:
                app.add_js_file(script, loading_method="defer")

    app.connect("html-page-context", on_page)
