"""Show the items of the sources and the benchmarks: two directives that read the course's own CSV tables.

``{inventory} S0.4`` lists a section of ``datasets/inventory.csv``: number, kind, verdict, statement, evidence and the
place where the item is taught. ``{benchmarks} checkout`` lists a topic of ``datasets/benchmarks.csv``. Both write
definition lists, which a narrow screen wraps without a scroll bar. Every item gets an anchor and a label: a chapter
links to one with ``{ref}`s0-4-f1```.
"""

import csv
import re
from pathlib import Path

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

INVENTORY = "datasets/inventory.csv"
BENCHMARKS = "datasets/benchmarks.csv"
GRADES = {"A": "peer-reviewed or law", "B": "study with a stated method", "C": "vendor or secondary report"}
UNITS = {
    "percent": "%",
    "percent_change": "% change",
    "eur_million": "million EUR",
    "usd": "US dollars",
    "ratio": "times",
}

ITEM_ID = re.compile(r"(S\d\.\d+-\w+)")

logger = logging.getLogger(__name__)


class TaughtIn(nodes.Inline, nodes.TextElement):
    """A link to the place that teaches an item; resolved when all pages have been read."""


def anchor_of(item_id):
    """Return the HTML id of an item: ``S0.4-F1`` gives ``s0-4-f1``."""
    return nodes.make_id(item_id.replace(".", "-"))


def value_text(row):
    """Return a benchmark's value with its unit: ``5.07%``, ``25 to 95% change``."""
    span = f"{row['low']} to {row['high']}" if row["low"] else ""
    number = f"{row['value']} ({span})" if row["value"] and span else row["value"] or span
    unit = UNITS.get(row["unit"], row["unit"].replace("_", " "))
    return f"{number}{unit if unit.startswith('%') else ' ' + unit}".rstrip()


def source_text(row):
    """Return where a benchmark comes from: title, publisher, date, place in it, grade and where it was read."""
    parts = [row["source_title"], row["publisher"], row["published"], row["locator"]]
    grade = f"Grade {row['grade']}: {GRADES[row['grade']]}."
    return f"Source: {', '.join(part for part in parts if part)}. Read in: {row['seen_in']}. {grade}"


def _paragraph(*parts):
    return nodes.paragraph("", "", *[nodes.Text(part) if isinstance(part, str) else part for part in parts])


class TableDirective(SphinxDirective):
    """Read the rows of one CSV that match the argument, and list them."""

    required_arguments = 1
    table, column = "", ""

    def rows(self):
        """Return the matching rows, and rebuild the page when the CSV changes; warn about an unknown argument."""
        self.env.note_dependency(self.table)
        with (Path(self.env.srcdir) / self.table).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        found = [row for row in rows if row[self.column] == self.arguments[0]]
        if not found:
            known = ", ".join(dict.fromkeys(row[self.column] for row in rows))
            logger.warning(
                "%s is not a %s of %s; expected one of: %s",
                self.arguments[0],
                self.column,
                self.table,
                known,
                location=self.get_location(),
                type="inventory_pages",
            )
        return found

    def run(self):
        """Return a definition list with one entry per row, or nothing when no row matches."""
        items = [self.item(row) for row in self.rows()]
        return [nodes.definition_list("", *items, classes=["course-items"])] if items else []

    def term(self, row, text, label):
        """Return the term of a row with its anchor, and make the anchor known to ``{ref}``."""
        anchor = anchor_of(row["id"])
        self.env.get_domain("std").note_hyperlink_target(anchor, self.env.docname, anchor, label)
        return nodes.term("", text, ids=[anchor])

    def label_link(self, text, label):
        """Return a link to a label that any page may declare."""
        link = pending_xref(
            "",
            nodes.inline("", text),
            refdomain="std",
            reftype="ref",
            reftarget=label,
            refdoc=self.env.docname,
            refexplicit=True,
            refwarn=True,
        )
        self.set_source_info(link)
        return link

    def evidence(self, ids):
        """Return links to the entries of the evidence page, separated by commas."""
        links = []
        for evidence_id in ids:
            link = self.label_link(evidence_id, evidence_id.lower())
            links += [nodes.Text(", "), link] if links else [link]
        return links


class Inventory(TableDirective):
    """List the items of one section of the sources."""

    table, column = INVENTORY, "section"

    def item(self, row):
        """Return one item as a definition."""
        verdict = "" if row["verdict"] == "not_checked" else f" · {row['verdict'].replace('_', ' ')}"
        term = self.term(row, f"{row['id']} · {row['kind'].replace('_', ' ')}{verdict}", row["id"])
        where = TaughtIn("", f"unit {row['unit']}", target=row["taught_in"], unit=row["unit"])
        self.set_source_info(where)
        links = self.evidence(filter(None, row["evidence"].split(";")))
        facts = [*(["Evidence: ", *links, ". "] if links else []), "Taught in ", where, "."]
        definition = nodes.definition("", _paragraph(*self.statement(row)), _paragraph(*facts))
        return nodes.definition_list_item("", term, definition)

    def statement(self, row):
        """Return the statement; the numbers of other items in it become links."""
        parts = ITEM_ID.split(row["statement"])
        return [self.label_link(part, anchor_of(part)) if ITEM_ID.fullmatch(part) else part for part in parts]


class Benchmarks(TableDirective):
    """List the benchmarks of one topic."""

    table, column = BENCHMARKS, "topic"

    def item(self, row):
        """Return one benchmark as a definition."""
        when = f" · {row['year']}" if row["year"] else ""
        term = self.term(row, f"{value_text(row)}{when}", row["id"])
        facts = _paragraph(source_text(row) + " Evidence: ", *self.evidence([row["b_id"]]), ".")
        return nodes.definition_list_item("", term, nodes.definition("", _paragraph(f"{row['quantity']}."), facts))


class ResolveTaughtIn(SphinxPostTransform):
    """Link each item to the heading or label that teaches it, once every page is known."""

    default_priority = 5

    def run(self, **kwargs):
        """Replace every waiting link."""
        for node in list(self.document.findall(TaughtIn)):
            page, _, anchor = node["target"].partition("#")
            if page not in self.env.found_docs:
                node.replace_self(nodes.Text(f"{node.astext()} (in preparation)"))
                continue
            target = self.target_id(page, anchor)
            if target is None:
                logger.warning("%s has no heading or label %s", page, anchor, location=node, type="inventory_pages")
            text = nodes.Text(node.astext() if page != self.env.docname else "this page")
            node.replace_self(make_refnode(self.app.builder, self.env.docname, page, target or anchor, text))

    def target_id(self, page, anchor):
        """Return the HTML id of a heading slug or of a label on the page, or None."""
        slugs = self.env.metadata[page].get("myst_slugs", {})
        if anchor in slugs:
            return slugs[anchor][1]
        document, target = self.env.get_domain("std").anonlabels.get(anchor, ("", None))
        return target if document == page else None


def setup(app):
    """Register the directives and the resolver of links to the units."""
    app.add_directive("inventory", Inventory)
    app.add_directive("benchmarks", Benchmarks)
    app.add_node(TaughtIn)
    app.add_post_transform(ResolveTaughtIn)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
