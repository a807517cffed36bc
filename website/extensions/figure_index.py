"""What there is to see: ``{figure-index}`` lists the notebooks' figures, ``{simulator-index}`` the simulators.

Titles, samples and questions are those of the figures and scenarios themselves.
"""

import importlib
import json
import re
from dataclasses import dataclass

from course_map import and_list
from figures import MIME, anchor_of
from page_parts import figure_label, simulator_label
from simulators import MIME as SIMULATOR_MIME
from units import read_units, sources_of
from written_pages import WrittenDirective


@dataclass(frozen=True)
class StoredFigure:
    """A figure of a notebook: its finding, its sample (n and period) and its label."""

    title: str
    sample: str
    label: str


def _outputs(path, mime):
    """Yield cell index, output index and content of each stored output of a kind."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for cell_index, cell in enumerate(cells):
        for output_index, output in enumerate(cell.get("outputs", [])):
            if mime in output.get("data", {}):
                yield cell_index, output_index, output["data"][mime]


def figures_of(root, unit):
    """Return the figures of a unit's notebook; raise ValueError for one without a title or a sample."""
    page = f"notebooks/{unit.stem}"
    found = []
    for cell, output, spec in _outputs(root / f"{page}.ipynb", MIME):
        title = spec["layout"].get("title") or {}
        words = " ".join(title.get("text", "").replace("<br>", " ").split())
        sample = " ".join(title.get("subtitle", {}).get("text", "").replace("<br>", " ").split())
        if not words or not sample:
            raise ValueError(f"{page}.ipynb: the figure of cell {cell + 1} has no title or no sample; expected both")
        found.append(StoredFigure(words, sample, figure_label(page, anchor_of(cell, output))))
    return found


def simulators_of(root, unit):
    """Return ``{scenario: [page, ...]}`` of a unit, chapter first."""
    book = f"book/{unit.stem}"
    names = re.findall(r"^`{3,}\{simulator\} (\w+)", (root / f"{book}.md").read_text(encoding="utf-8"), re.M)
    places = {name: [book] for name in names}
    page = f"notebooks/{unit.stem}"
    for _, _, content in _outputs(root / f"{page}.ipynb", SIMULATOR_MIME):
        pages = places.setdefault(content["scenario"], [])
        if page not in pages:
            pages.append(page)
    return places


def escaped(text):
    """Return text that MyST and a role show as it is."""
    return re.sub(r"([\\`*_<>\[\]{}$])", r"\\\1", text)


def figures_markdown(figures):
    """Return the figures of one unit as a definition list."""
    return "\n\n".join(f"{{ref}}`{figure.label}`\n: {escaped(figure.sample)}" for figure in figures)


def simulators_markdown(root, units):
    """Return all simulators as a definition list: title, question, and where to play them."""
    kinds = {"book": "chapter", "notebooks": "notebook"}
    entries = []
    for unit in units:
        for name, pages in simulators_of(root, unit).items():
            scenario = importlib.import_module(f"socialcare.scenarios.{name}")
            links = [
                f"{{ref}}`{kinds[page.partition('/')[0]]} {unit.number} <{simulator_label(page, name)}>`"
                for page in pages
            ]
            entries.append(
                f"**{escaped(scenario.TITLE)}**\n: {escaped(scenario.QUESTION)} Play it in {and_list(links)}."
            )
    return "\n\n".join(entries)


class FigureIndex(WrittenDirective):
    """List the figures, unit by unit."""

    def sources(self, root):
        """Return the pages of all units."""
        return sources_of(root)

    def markdown(self, root):
        """Return one list for each unit."""
        parts = []
        for unit in read_units(root):
            if figures := figures_of(root, unit):
                link = f"**Unit {unit.number}: [{unit.title}]({unit.stem}.md)**"
                parts.append(f"{link}\n\n{figures_markdown(figures)}")
        return "\n\n".join(parts)


class SimulatorIndex(FigureIndex):
    """List the simulators of all units."""

    def markdown(self, root):
        """Return the list."""
        return simulators_markdown(root, read_units(root))


def setup(app):
    """Register the directives."""
    app.add_directive("figure-index", FigureIndex)
    app.add_directive("simulator-index", SimulatorIndex)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
