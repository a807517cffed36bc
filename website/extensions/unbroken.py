"""Keeps on one line what a reader takes in as one word: ``S3.2-02d``, ``2026-12-07``, ``-€13.27``, ``unit 04``.

A browser breaks a line after any hyphen. A non-breaking hyphen would look right, and then nobody could search or copy
the number of an item. So a span that does not wrap stands around it.
"""

import re

UNBROKEN = re.compile(
    r"(?<![\w.-])(?:"
    r"S\d\.\d-\w+"  # an item of the sources
    r"|[A-Z]-\d\d"  # an effect that is planted in the data
    r"|\d{4}-\d\d-\d\d"
    r"|[-−]€\d+(?:[.,]\d+)*"
    r"|(?:[Uu]nit|[Cc]hapter|[Nn]otebook) \d\d"
    r")(?!\w)"
)
TEXT_OR_NOT = re.compile(
    r"(?P<kept><(?P<name>pre|code|script|style|svg|math|textarea)\b.*?</(?P=name)>|<(?:[^<>\"]|\"[^\"]*\")*>)"
    r"|(?P<text>[^<]+|<)",
    re.DOTALL,
)


def unbroken(markup):
    """Return the HTML with a span around each such word; code, formulas and attributes stay as they are."""
    return TEXT_OR_NOT.sub(lambda part: part["kept"] or UNBROKEN.sub(_whole, part["text"]), markup)


def _whole(word):
    return f'<span class="whole">{word[0]}</span>'


def _page(app, pagename, templatename, context, doctree):
    if doctree is not None:
        context["body"] = unbroken(context["body"])


def setup(app):
    """Connect after the handlers that write the page's body."""
    app.connect("html-page-context", _page, priority=950)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
