"""The glossary: ``{terms}`` writes ``book/glossary.yml`` as a Sphinx glossary, so that ``{term}`` links to it.

A term is defined once: by its ``means``, or by the docstring of the function that its ``formula`` names. Which units
use it is read from their pages. Above them stands a bar of letters, each a link to its first term. The search page gets
all names of each term, the Spanish ones too.
"""

import json
import re

import yaml
from course_map import and_list
from docutils import nodes
from formula_pages import formulas_of
from page_parts import render
from units import cell_texts, read_units, sources_of
from written_pages import WrittenDirective

DATA = "book/glossary.yml"
FIELDS = {"term": str, "also": list, "means": str, "formula": str, "note": str, "spanish": str}
PAGE = "book/glossary"
ITALICS = re.compile(r"\*([^*]+)\*")
USED = re.compile(r"\{term\}`(?:[^`<]*<)?([^`<>]+)>?`")


def read_terms(root):
    """Return the entries of the glossary; raise ValueError that names the term and the field."""
    entries = yaml.safe_load((root / DATA).read_text(encoding="utf-8"))
    seen = set()
    for number, entry in enumerate(entries, start=1):
        place = f"{DATA}: term {entry.get('term', number)!r}"
        for field, value in entry.items():
            if field not in FIELDS:
                raise ValueError(f"{place}: field {field!r} is unknown; expected one of {', '.join(FIELDS)}")
            if not isinstance(value, FIELDS[field]) or not value:
                raise ValueError(f"{place}: field {field!r} is {value!r}; expected a {FIELDS[field].__name__}")
        for field in ("term", "spanish"):
            if field not in entry:
                raise ValueError(f"{place}: field {field!r} is missing")
        if ("means" in entry) == ("formula" in entry):
            raise ValueError(f"{place}: has both or none of 'means' and 'formula'; expected one")
        for name in names_of(entry):
            if name.lower() in seen:
                raise ValueError(f"{place}: {name!r} stands in the glossary already; expected it once")
            seen.add(name.lower())
    order = [sort_key(entry) for entry in entries]
    for before, after, entry in zip(order, order[1:], entries[1:], strict=False):
        if after < before:
            raise ValueError(f"{DATA}: term {entry['term']!r} stands too late; expected the order of the alphabet")
    return entries


def names_of(entry):
    """Return the term and its other names."""
    return [entry["term"], *entry.get("also", [])]


def spanish_markdown(entry):
    """Return the Spanish names of a term, set in italics."""
    return entry["spanish"] if "*" in entry["spanish"] else f"*{entry['spanish']}*"


def spanish_names(entry):
    """Return the Spanish names of a term."""
    return ITALICS.findall(spanish_markdown(entry))


def sort_key(entry):
    """Return what terms are sorted by: no capitals, no accents."""
    return entry["term"].lower().translate(str.maketrans("áéíóúüñ", "aeiouun"))


def formula_of(entry):
    """Return the formula that an entry names, or None; ValueError if the package has no such formula."""
    if "formula" not in entry:
        return None
    module, _, name = entry["formula"].partition(".")
    found = [formula for formula in formulas_of(module) if formula.name == name]
    if not found:
        raise ValueError(f"{DATA}: term {entry['term']!r}: field 'formula' is {entry['formula']!r}; expected a formula")
    return found[0]


def units_by_name(root):
    """Return ``{name in small letters: [unit, ...]}`` of the terms that chapters and notebooks link to."""
    uses = {}
    for unit in read_units(root):
        texts = (root / "book" / f"{unit.stem}.md").read_text(encoding="utf-8")
        texts += cell_texts(root / "notebooks" / f"{unit.stem}.ipynb")
        for name in sorted({" ".join(used.lower().split()) for used in USED.findall(texts)}):
            uses.setdefault(name, []).append(unit)
    return uses


def entry_markdown(entry, formula, units):
    """Return one entry as lines of a Sphinx glossary."""
    sentence = formula.sentence if formula else entry["means"]
    definition = [sentence, entry.get("note", ""), f"({spanish_markdown(entry)})"]
    lines = [" ".join(" ".join(definition).split())]
    if formula:
        lines += ["", "```{formula} " + f"socialcare.formulas.{formula.module}.{formula.name}", "```"]
    links = [f"[{unit.number}]({unit.stem}.md)" for unit in units]
    more = [f"Unit{'s' if len(links) > 1 else ''} {and_list(links)}."] if links else []
    more += [f"More on the {{ref}}`formula sheet <{formula.label}>`."] if formula else []
    lines += ["", " ".join(more)] if more else []
    return "\n".join([*names_of(entry), *(f"  {line}".rstrip() for line in lines)])


def letters(entries, ids):
    """Return each letter with which a term begins and the place of its first term; ``ids`` maps terms to places."""
    first = {}
    for entry in entries:
        first.setdefault(sort_key(entry)[0].upper(), ids[entry["term"]])
    return list(first.items())


class Terms(WrittenDirective):
    """Write the glossary and its bar of letters."""

    def sources(self, root):
        """Return the data and the pages of all units."""
        return [root / DATA, *sources_of(root)]

    def markdown(self, root):
        """Return a Sphinx glossary."""
        uses = units_by_name(root)
        entries = []
        for entry in read_terms(root):
            units = {unit for name in names_of(entry) for unit in uses.get(name.lower(), [])}
            entries.append(entry_markdown(entry, formula_of(entry), sorted(units, key=lambda unit: unit.number)))
        return "\n".join(["````{glossary}", "\n\n".join(entries), "````"])

    def parts(self, root):
        """Return the bar of letters and the glossary."""
        (glossary,) = super().parts(root)
        ids = {term.astext(): term["ids"][0] for term in glossary.findall(nodes.term)}
        bar = render("letters.html", letters=letters(read_terms(root), ids))
        return [nodes.raw("", bar, format="html"), glossary]


def search_entries(entries, ids):
    """Return the place and all names of each term as JSON; ``ids`` maps a name to its place on the page."""
    found = [{"id": ids[entry["term"]], "names": names_of(entry) + spanish_names(entry)} for entry in entries]
    return json.dumps(found, ensure_ascii=False)


def _search_page(app, pagename, templatename, context, doctree):
    """Give the search page the terms."""
    if pagename == "search":
        objects = app.env.get_domain("std").get_objects()
        ids = {name: place for name, _, kind, page, place, _ in objects if (kind, page) == ("term", PAGE)}
        context["glossary_entries"] = search_entries(read_terms(app.srcdir), ids)


def setup(app):
    """Register the directive, and what the search page shows."""
    app.add_directive("terms", Terms)
    app.connect("html-page-context", _search_page)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
