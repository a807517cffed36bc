"""Simulators: a scenario of the package as a form, a headline and a figure that the reader can move.

The page runs the same Python files as the notebook: MicroPython loads them when a reader touches a control
(simulators.js). This module writes the default state into the page and the runtime beside it, as two classic scripts
that also work when the book is opened from disk.
"""

import ast
import base64
import gzip
import importlib
import itertools
import json
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from figures import SCRIPT as FIGURE_SCRIPT
from figures import figure_html, register
from page_parts import WEBSITE, add_scripts, render, simulator_label
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

import socialcare

MIME = "application/vnd.socialcare.simulator+json"
MOST_CONTROLS = 4
PACKAGE = Path(socialcare.__file__).parent

logger = logging.getLogger(__name__)


class Simulator(nodes.General, nodes.Element):
    """One simulator of the page; attribute ``scenario`` names the module of ``socialcare.scenarios``."""


def load_scenario(name):
    """Return the scenario's module, or raise ValueError if there is none or it has too many controls."""
    try:
        scenario = importlib.import_module(f"socialcare.scenarios.{name}")
    except ModuleNotFoundError as error:
        known = ", ".join(sorted(path.stem for path in PACKAGE.glob("scenarios/[a-z]*.py")))
        raise ValueError(f"scenario {name!r} is unknown; expected one of {known}") from error
    if len(scenario.PARAMETERS) > MOST_CONTROLS:
        raise ValueError(
            f"scenario {name!r} has {len(scenario.PARAMETERS)} parameters; expected at most {MOST_CONTROLS}"
        )
    return scenario


def python_sources(names):
    """Return ``{path: source}`` of the scenarios and of every module of the package that they import."""
    sources, waiting = {}, [f"socialcare.scenarios.{name}" for name in names]
    while waiting:
        path = PACKAGE.parent.joinpath(*waiting.pop().split("."))
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        key = path.relative_to(PACKAGE.parent).as_posix()
        if key in sources or not path.exists():
            continue
        sources[key] = path.read_text(encoding="utf-8")
        for statement in ast.walk(ast.parse(sources[key])):
            if isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith("socialcare"):
                waiting.append(statement.module)
                waiting += [f"{statement.module}.{alias.name}" for alias in statement.names]
    return dict(sorted(sources.items()))


def without_docstrings(source):
    """Return the source without comments and docstrings: they are half of it, and no browser needs them."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


def longest_headline(scenario):
    """Return the longest headline at the ends and defaults of all controls: the page keeps room for it."""
    settings = [dict.fromkeys((p.low, p.default, p.high)) for p in scenario.PARAMETERS]
    names = [p.name for p in scenario.PARAMETERS]
    corners = (dict(zip(names, values, strict=True)) for values in itertools.product(*settings))
    return max((scenario.figure(**values)["headline"] for values in corners), key=len)


def simulator_html(scenario, name, level):
    """Return the simulator's HTML in its default state; ``level`` (2 to 6) is that of its heading."""
    result = scenario.figure()
    return render(
        "simulator.html",
        name=name,
        level=level,
        title=scenario.TITLE,
        question=scenario.QUESTION,
        parameters=scenario.PARAMETERS,
        headline=result["headline"],
        longest=longest_headline(scenario),
        figure=figure_html(result, result["alt"], result["caption"], result["table"]),
    )


def _node(env, name, location):
    """Return the page's node, which a label names; the page is rebuilt when the scenario or its formulas change."""
    title = load_scenario(name).TITLE
    for path in python_sources([name]):
        env.note_dependency(str(PACKAGE.parent / path))
    env.get_domain("std").note_hyperlink_target(simulator_label(env.docname, name), env.docname, name, title)
    node = Simulator(scenario=name)
    node["location"] = location
    return node


class SimulatorDirective(SphinxDirective):
    """``{simulator} true_fans`` puts a live simulator into a chapter."""

    required_arguments = 1
    option_spec = {"heading-level": directives.nonnegative_int}  # noqa: RUF012

    def run(self):
        """Return the simulator's node."""
        try:
            node = _node(self.env, self.arguments[0], (self.env.docname, self.lineno))
        except ValueError as error:
            raise self.error(str(error)) from error
        node["level"] = self.options.get("heading-level")
        return [node]


class SimulatorRenderer:
    """A mime renderer of myst-nb: in the book, a notebook's widget becomes the page's own simulator."""

    mime_priority_overrides = (("*", MIME, 1),)

    @staticmethod
    def handle_mime(renderer, data, inline):
        """Return the simulator's node, or None for another mime type."""
        if data.mime_type != MIME or inline:
            return None
        content = data.content if isinstance(data.content, dict) else json.loads(data.string)
        env = renderer.renderer.sphinx_env
        try:
            return [_node(env, content["scenario"], (env.docname, data.line))]
        except ValueError as error:
            logger.warning("%s", error, location=(env.docname, data.line), type="simulators")
            return []


def _warn_doubles(app, doctree):
    seen = set()
    for node in doctree.findall(Simulator):
        if node["scenario"] in seen:
            message = "simulator %r appears twice on this page; expected once, its link and labels use the name"
            logger.warning(message, node["scenario"], location=node["location"], type="simulators")
        seen.add(node["scenario"])


def _visit(translator, node):
    # the heading follows the section the simulator stands in, so that no level is skipped
    level = node.get("level") or min(translator.section_level + 1, 6)
    translator.body.append(simulator_html(load_scenario(node["scenario"]), node["scenario"], level))
    raise nodes.SkipNode


def _write_if_changed(path, text):
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def _write_runtime(app, exception):
    """Write the interpreter and the formulas as scripts that fill ``window.course``."""
    if exception is not None or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    wasm = gzip.compress((WEBSITE / "vendor" / "micropython.wasm").read_bytes(), compresslevel=9, mtime=0)
    interpreter = {
        "module": (WEBSITE / "vendor" / "micropython.mjs").read_text(encoding="utf-8"),
        "wasm": base64.b64encode(wasm).decode("ascii"),
    }
    names = sorted(path.stem for path in PACKAGE.glob("scenarios/[a-z]*.py"))
    notice = "/* MicroPython 1.27.0, MIT licence, copyright Damien P. George */\n"
    _write_if_changed(static / "micropython.js", f"{notice}window.course.micropython = {json.dumps(interpreter)};\n")
    sources = {path: without_docstrings(source) for path, source in python_sources(names).items()}
    _write_if_changed(static / "socialcare-py.js", f"window.course.pythonSources = {json.dumps(sources)};\n")


def setup(app):
    """Register the directive, the renderer, the node and the page's scripts."""
    register(SimulatorRenderer)
    app.add_directive("simulator", SimulatorDirective)
    app.add_node(Simulator, html=(_visit, None))
    add_scripts(app, Simulator, FIGURE_SCRIPT, "simulators.js")
    app.connect("doctree-read", _warn_doubles)
    app.connect("build-finished", _write_runtime)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
