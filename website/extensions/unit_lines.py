"""Which unit a page belongs to: a line above its title, and in the links to the pages before and after it.

Numbers and names are those of ``_toc.yml``, which the menu shows as well.
"""

import re

from page_parts import render

UNIT_PAGE = re.compile(r"(book|notebooks|solutions)/(\d\d_\w+)")
KINDS = {"book": "Chapter", "notebooks": "Notebook", "solutions": "Exercises"}


def unit_line(pagename, title, names, address):
    """Return the line above the title of a page, as HTML; empty if the page belongs to no unit.

    ``names`` maps pages to their names in the menu, ``address`` gives the link to a page. The kind of the page is left
    out where its title begins with it.
    """
    if not (found := UNIT_PAGE.fullmatch(pagename)):
        return ""
    folder, stem = found.groups()
    chapter = f"book/{stem}"
    number, _, name = names[chapter].partition(" ")
    kind = "" if title.startswith(KINDS[folder]) else KINDS[folder]
    link = address(chapter) if pagename != chapter else ""
    return render("unit-line.html", number=number, name=name, kind=kind, chapter=link)


def link_title(pagename, names):
    """Return how a link to a page of a unit names it, such as ``Unit 05: CRM is a strategy``; None for other pages."""
    if not (found := UNIT_PAGE.fullmatch(pagename)):
        return None
    if found[1] != "book":
        return names[pagename]
    number, _, name = names[pagename].partition(" ")
    return f"Unit {number}: {name}"


def _say(app, pagename, templatename, context, doctree):
    """Put the line above the title, and name the pages before and after."""
    if doctree is None:
        return
    names = {page: document.title for page, document in app.env.external_site_map.items()}
    line = unit_line(pagename, app.env.titles[pagename].astext(), names, context["pathto"])
    context["body"] = context["body"].replace("<h1>", f"{line}<h1>", 1)
    _, *neighbours = app.builder.relations[pagename]
    for side, neighbour in zip(("prev", "next"), neighbours, strict=True):
        if neighbour and (title := link_title(neighbour, names)):
            context[side]["title"] = title


def setup(app):
    """Connect the step."""
    app.connect("html-page-context", _say)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
