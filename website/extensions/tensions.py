"""Where the sources disagree: ``{tension} X5`` shows the conflict, the decision of its chapter, and its limits.

The conflict is the row of ``datasets/inventory.csv``. The decision is what the chapter says at the row's label, from
*Decide* to the end of the paragraph, with the notebook's results put in. ``book/tensions.yml`` adds what chapters have
no room for: why, and when to decide otherwise.
"""

import csv
import re

import nbformat
import yaml
from course_map import and_list
from docutils import nodes
from formula_pages import code_links
from notebook_results import glued_values
from prose import passage
from units import read_units, sources_of
from written_pages import WrittenDirective

DATA = "book/tensions.yml"
INVENTORY = "datasets/inventory.csv"
ITEM = re.compile(r"\b(S\d\.\d+-\w+)")
QUESTION = re.compile(r"\*\*([^*]+)\*\*")
DECISION = re.compile(r"\*{1,2}Decide\*{1,2}:? *(.+)")
RESULT = re.compile(r"\{result\}`([^`]+)`")
SECTION = "where-the-sources-disagree"


def read_tensions(root):
    """Return ``{id: {"why": ..., "otherwise": ...}}``; raise ValueError that names the id and the field."""
    reasons = yaml.safe_load((root / DATA).read_text(encoding="utf-8"))
    for name, reason in reasons.items():
        for field in ("why", "otherwise"):
            if not isinstance(reason.get(field), str) or not reason[field].strip():
                raise ValueError(f"{DATA}: {name}: field {field!r} is {reason.get(field)!r}; expected a sentence")
    return reasons


def rows(root):
    """Return the tensions of the inventory by id."""
    with (root / INVENTORY).open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file) if row["section"] == "X"}


def decided(text, label, place):
    """Return the bold question and the decision that a chapter states at a label."""
    after = passage(text, label, place)
    asked = QUESTION.search(after)
    found = DECISION.search(after)
    if not asked or not found:
        raise ValueError(f"{place}: at {label!r} stands no bold question with a '*Decide*: …'; expected both")
    decision = found[1].strip()
    return asked[1].rstrip(".:"), decision[0].upper() + decision[1:]


def with_results(text, values, place):
    """Return a chapter's text with the values of its notebook in place of ``{result}`` roles."""
    for name in RESULT.findall(text):
        if name not in values:
            raise ValueError(f"{place}: result {name!r} is not glued; expected one of {', '.join(sorted(values))}")
    return RESULT.sub(lambda match: values[match[1]], text)


def also_in(root, units, tension, home):
    """Return the other units whose section on disagreements names the tension."""
    found = []
    for unit in units:
        text = (root / "book" / f"{unit.stem}.md").read_text(encoding="utf-8")
        if unit.stem != home and re.search(rf"\b{tension}\b", passage(text, SECTION, f"book/{unit.stem}.md")):
            found.append(unit)
    return found


def tension_markdown(root, tension):
    """Return one tension as a definition list under its question."""
    row, reasons = rows(root).get(tension), read_tensions(root)
    if row is None or tension not in reasons:
        raise ValueError(f"tension {tension!r} is missing in {INVENTORY} or {DATA}; expected a row in both")
    page, _, label = row["taught_in"].partition("#")
    stem = page.removeprefix("book/")
    question, decision = decided((root / f"{page}.md").read_text(encoding="utf-8"), label, f"{page}.md")
    values = glued_values(nbformat.read(root / "notebooks" / f"{stem}.ipynb", as_version=4))
    units = read_units(root)
    others = [f"[{unit.number}]({unit.stem}.md#{SECTION})" for unit in also_in(root, units, tension, stem)]
    statement = ITEM.sub(lambda match: code_links([match[1]])[0], row["statement"])
    evidence = and_list(code_links(row["evidence"].split(";"))) if row["evidence"] else ""
    where = f"{{ref}}`unit {row['unit']} <{label}>`" + (f"; also in {and_list(others)}" if others else "")
    return "\n\n".join(
        [
            f"(tension-{tension.lower()})=\n**{question}**",
            f"The sources ({{ref}}`{tension} <{nodes.make_id(tension)}>`)\n: {statement}",
            f"We decide\n: {with_results(decision, values, page)}",
            f"Why\n: {reasons[tension]['why']}",
            f"Decide otherwise\n: {reasons[tension]['otherwise']}",
            f"Where\n: Decided in {where}." + (f" Evidence: {evidence}." if evidence else ""),
        ]
    )


class Tension(WrittenDirective):
    """Show one tension."""

    required_arguments = 1

    def sources(self, root):
        """Return the two tables and the pages of all units."""
        return [root / DATA, root / INVENTORY, *sources_of(root)]

    def markdown(self, root):
        """Return the tension that the argument names."""
        return tension_markdown(root, self.arguments[0])


def setup(app):
    """Register the directive."""
    app.add_directive("tension", Tension)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
