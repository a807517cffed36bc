"""The map of the course.

``{course-units}`` lists the units with their questions, ``{course-map}`` says more of each, ``{course-hours}`` adds up
and ``{prerequisites}`` draws.
"""

from docutils import nodes
from page_parts import render
from sphinx.util.docutils import SphinxDirective
from units import duration, read_units, sources_of
from written_pages import WrittenDirective

LEFT, ROW, TOP = 100, 30, 22  # of the picture: where the dots stand, and how far apart, in its own units
FLATTEST = 0.3  # how far an arc bulges for each unit that it spans, as a share of a row


def and_list(texts):
    """Return texts as a list in a sentence: ``a``, ``a and b``, ``a, b and c``."""
    *first, last = texts or [""]
    return f"{', '.join(first)} and {last}" if first else last


def map_markdown(units):
    """Return the units as a definition list: name, question, what to know first, minutes."""
    stems = {unit.number: unit.stem for unit in units}
    entries = []
    for unit in units:
        first = and_list([f"[unit {number}]({stems[number]}.md)" for number in unit.needs] or ["no other unit"])
        entries.append(
            f"**{unit.number}** [{unit.title}]({unit.stem}.md)\n"
            f": {unit.question}\n\n"
            f"  [Chapter]({unit.stem}.md) {unit.chapter} min, [notebook](../notebooks/{unit.stem}.ipynb) "
            f"{unit.notebook} min, [exercises](../solutions/{unit.stem}.ipynb) {unit.exercises} min: "
            f"{duration(unit.minutes)}. You need {first}."
        )
    return "\n\n".join(entries)


def units_markdown(units):
    """Return the units as a table: number, name, question."""
    rows = [f"| {unit.number} | [{unit.title}]({unit.stem}.md) | {unit.question} |" for unit in units]
    return "\n".join(["| unit | title | the question |", "|---|---|---|", *rows])


def hours_markdown(units):
    """Return the hours of the whole course, by part, as one sentence."""
    parts = {"chapters": "chapter", "notebooks": "notebook", "exercises": "exercises"}
    sums = {name: sum(getattr(unit, part) for unit in units) for name, part in parts.items()}
    listed = and_list([f"{duration(minutes)} of {name}" for name, minutes in sums.items()])
    tasks = sum(len(unit.tasks) for unit in units)
    return (
        f"The {len(units)} units take **{duration(sum(sums.values()))}**: {listed}. "
        f"The exercises hold {tasks} tasks. One unit takes {duration(min(unit.minutes for unit in units))} to "
        f"{duration(max(unit.minutes for unit in units))}."
    )


def in_words(units):
    """Return the prerequisites as a sentence: what the picture says to somebody who does not see it."""
    needs = [f"unit {unit.number} needs {and_list(unit.needs)}" for unit in units if unit.needs]
    return f"Which unit to know first: {'; '.join(needs)}."


def picture(units):
    """Return the prerequisites as an SVG: a column of units, and an arc from each to those that need it."""
    height = {unit.number: TOP + ROW * place for place, unit in enumerate(units)}
    arcs = []
    for unit in units:
        for number in unit.needs:
            start, end = height[number], height[unit.number]
            arcs.append({"start": start, "end": end, "bulge": LEFT - 14 - min(82, FLATTEST * (end - start))})
    rows = [{"y": height[unit.number], "number": unit.number, "title": unit.title} for unit in units]
    size = {"left": LEFT, "height": 2 * TOP + ROW * (len(units) - 1)}
    return render("prerequisites.html", rows=rows, arcs=arcs, words=in_words(units), **size)


class _Units(WrittenDirective):
    def sources(self, root):
        """Return the pages of all units."""
        return sources_of(root)


class CourseUnits(_Units):
    """List the units with their questions."""

    def markdown(self, root):
        """Return the table."""
        return units_markdown(read_units(root))


class CourseMap(_Units):
    """List the units."""

    def markdown(self, root):
        """Return the list."""
        return map_markdown(read_units(root))


class CourseHours(_Units):
    """Say how long the course takes."""

    def markdown(self, root):
        """Return the sentence."""
        return hours_markdown(read_units(root))


class Prerequisites(SphinxDirective):
    """Draw which unit needs which."""

    def run(self):
        """Return the picture as raw HTML."""
        for path in sources_of(self.env.srcdir):
            self.env.note_dependency(str(path))
        try:
            units = read_units(self.env.srcdir)
        except ValueError as error:
            raise self.error(str(error)) from error
        return [nodes.raw("", picture(units), format="html")]


def _ticks(app, pagename, templatename, context, doctree):
    """Let the table of units show which quizzes a reader has answered."""
    if doctree is not None and any("course-units" in part["classes"] for part in doctree.findall(nodes.container)):
        app.add_js_file("quizzes.js", loading_method="defer")


def setup(app):
    """Register the directives."""
    app.connect("html-page-context", _ticks)
    app.add_directive("course-units", CourseUnits)
    app.add_directive("course-map", CourseMap)
    app.add_directive("course-hours", CourseHours)
    app.add_directive("prerequisites", Prerequisites)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
