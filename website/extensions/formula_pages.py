"""The formula sheet: ``{formulas} value`` lists every formula of ``socialcare.formulas.value`` from its docstring.

A docstring states the sentence, the equation, the units, what is not said by them, and the source. Numbers of the
sources and of the evidence page become links; the package's own model numbers mean nothing to a reader and stay out.
The units that use a formula are read from their chapters, notebooks, exercises and simulators.
"""

import ast
import importlib
import inspect
import json
import pkgutil
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from course_map import and_list
from docutils import nodes
from units import read_units, sources_of
from written_pages import WrittenDirective

import socialcare.formulas
from socialcare.formula_sheet import equation

OF_READERS = r"S\d\.\d+(?:-\w+)?|B\d\d?|[LX]\d\d?|LF\d"
ENTRY = re.compile(r"\b(?:S\d\.\d+-\w+|B\d\d|[LX]\d\d?|LF\d)\b")  # those that have an entry of their own
CODE = rf"(?:{OF_READERS}|[DC]\d\d?)"
CODES_ONLY = re.compile(rf"\s*\((?:(?:models?|references?(?: values?)?|evidence|and|to|{CODE})[,;]?\s*)+\)")
OWN_NUMBER = re.compile(r"(?:models?|references?(?: values?)?) [DC]\d")
SENTENCE = re.compile(r"(?<=[.])\s+(?=[A-Z`:*])")
LISTED = re.compile(r"(?:;|,(?= (?:models?|references?|D\d|and D\d)))\s+(?![^()]*\))")
ABOUT_ERRORS = ("Raises ", "Rejects ")


@dataclass(frozen=True)
class Formula:
    """One formula: ``sentence`` and ``notes`` are MyST, ``codes`` the numbers of its sources."""

    module: str
    name: str
    sentence: str
    equation: str
    notes: str
    codes: tuple[str, ...]

    @property
    def label(self):
        """The label of its entry."""
        return label_of(self.module, self.name)


def label_of(module, name):
    """Return the label of a formula's entry: ``formula-value-clv-now``."""
    return nodes.make_id(f"formula-{module}-{name}")


def topics():
    """Return the names of the modules of formulas that state an equation."""
    names = [module.name for module in pkgutil.iter_modules(socialcare.formulas.__path__)]
    return [name for name in names if formulas_of(name)]


@lru_cache
def formulas_of(topic):
    """Return the formulas of a module in the order of the file; ValueError for a module that does not exist."""
    try:
        module = importlib.import_module(f"socialcare.formulas.{topic}")
    except ModuleNotFoundError as error:
        raise ValueError(f"socialcare.formulas has no module {topic!r}; expected one of its topics") from error
    functions = [value for _, value in inspect.getmembers(module, inspect.isfunction)]
    own = [value for value in functions if value.__module__ == module.__name__ and not value.__name__.startswith("_")]
    stating = [value for value in own if ".. math::" in (inspect.getdoc(value) or "")]
    return tuple(_entry(topic, value) for value in sorted(stating, key=lambda one: one.__code__.co_firstlineno))


def _entry(topic, function):
    first, *others = [part for part in inspect.getdoc(function).split("\n\n") if not part.startswith(".. math::")]
    sentences = [" ".join(sentence.split()) for part in others for sentence in SENTENCE.split(part)]
    notes = " ".join(sentence for sentence in sentences if not sentence.startswith(ABOUT_ERRORS))
    found = tuple(dict.fromkeys(_codes(first + notes)))
    words = " ".join(first.split())
    return Formula(topic, function.__name__, myst(words, topic), equation(function), myst(notes, topic), found)


def _codes(text):
    """Return the numbers of sources that stand in brackets of their own."""
    return [code for bracket in CODES_ONLY.finditer(text) for code in re.findall(rf"\b(?:{OF_READERS})\b", bracket[0])]


def myst(text, topic):
    """Return docstring text as MyST: code, links to formulas and sources, and no brackets that hold numbers only."""
    text = CODES_ONLY.sub("", text)
    text = re.sub(r":func:`([\w.]+)`", lambda match: _link(match[1], topic), text)
    text = re.sub(r":\w+:`([\w.]+)`", r"`\1`", text)
    text = ENTRY.sub(lambda match: code_links([match[0]])[0], text)
    return text.replace("``", "`")


def _link(name, topic):
    function = name.rpartition(".")[2]
    module = importlib.import_module(name.rpartition(".")[0] or f"socialcare.formulas.{topic}")
    home = getattr(module, function).__module__.rpartition(".")[2]  # a topic may name what it imports from another
    return f"{{ref}}`{function} <{label_of(home, function)}>`"


def about(topic):
    """Return what holds for a whole topic: conventions, and where its formulas come from."""
    doc = inspect.getdoc(importlib.import_module(f"socialcare.formulas.{topic}"))
    _, _, body = doc.partition("\n\n")
    sentences = [" ".join(sentence.split()) for part in body.split("\n\n") for sentence in SENTENCE.split(part)]
    sources = [sentence for sentence in sentences if re.match(r"Sources?: ", sentence)]
    if len(sources) != 1:
        raise ValueError(f"socialcare.formulas.{topic}: {len(sources)} sentences 'Sources: …'; expected one")
    rest = " ".join(sentence for sentence in sentences if sentence not in sources and "ASSUMPTIONS" not in sentence)
    named = LISTED.split(sources[0].partition(": ")[2].rstrip("."))
    kept = "; ".join(item for item in named if not OWN_NUMBER.match(item))
    return myst(rest, topic), myst(kept, topic)


@lru_cache
def _function(module, name):
    """Return the formula that a module of the package calls ``name``, or None."""
    for package in ("socialcare", "socialcare.formulas"):
        try:
            value = getattr(importlib.import_module(f"{package}.{module}"), name, None)
        except ModuleNotFoundError:
            continue
        if inspect.isfunction(value):
            return value.__module__.rpartition(".")[2], value.__name__
    return None


def names_in_code(text):
    """Return ``{(module, name)}`` of everything like ``staffing.erlang_c`` in a text."""
    return set(re.findall(r"\b([a-z_]+)\.([a-z_]\w*)\b", text))


def imported(source):
    """Return ``{(module, name)}`` of what a scenario imports from the formulas."""
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
    return {(node.module.rpartition(".")[2], alias.name) for node in found for alias in node.names}


@lru_cache
def uses_of(root, units):
    """Return ``{(module, name): [unit, ...]}`` of the formulas that each unit uses."""
    uses = {}
    for unit in units:
        chapter = (root / "book" / f"{unit.stem}.md").read_text(encoding="utf-8")
        texts = ["\n".join(re.findall(r"\{formula\} (\S+)", chapter))]
        for folder in ("notebooks", "solutions"):
            cells = json.loads((root / folder / f"{unit.stem}.ipynb").read_text(encoding="utf-8"))["cells"]
            texts += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        names = names_in_code("\n".join(texts))
        for scenario in re.findall(r"\{simulator\} (\w+)", chapter):
            path = Path(socialcare.__file__).parent / "scenarios" / f"{scenario}.py"
            names |= imported(path.read_text(encoding="utf-8"))
        for formula in {_function(*name) for name in names} - {None}:
            uses.setdefault(formula, []).append(unit)
    return uses


def units_of(uses, formula):
    """Return the units that use a formula; for one that only other formulas use, the units of its topic."""
    own = uses.get((formula.module, formula.name))
    if own:
        return own
    counted = [unit for (module, _), units in uses.items() if module == formula.module for unit in units]
    most = max(map(counted.count, counted), default=0)
    return sorted({unit for unit in counted if counted.count(unit) == most}, key=lambda unit: unit.number)


def code_links(codes):
    """Return numbers of sources and findings as links to their entries."""
    return [f"{{ref}}`{code} <{nodes.make_id(code.replace('.', '-'))}>`" for code in codes]


def details(formula, units):
    """Return the small print of an entry: name in the package, notes, sources, units."""
    parts = [f"`{formula.name}`."]
    parts += [formula.notes] if formula.notes else []
    linked = code_links(code for code in formula.codes if ENTRY.fullmatch(code))
    parts += [f"Source: {and_list(linked)}."] if linked else []
    links = [f"[{unit.number}]({unit.stem}.md)" for unit in units]
    parts += [f"Unit{'s' if len(links) > 1 else ''} {and_list(links)}."] if links else []
    return " ".join(parts)


class Formulas(WrittenDirective):
    """List the formulas of one topic."""

    required_arguments = 1

    def sources(self, root):
        """Return the module and the pages of all units."""
        return [Path(socialcare.formulas.__path__[0], f"{self.arguments[0]}.py"), *sources_of(root)]

    def parts(self, root):
        """Return what holds for the topic, and one entry for each formula."""
        topic = self.arguments[0]
        entries = formulas_of(topic)
        conventions, come_from = about(topic)
        uses = uses_of(root, read_units(root))
        parts = [self.parsed(f"{conventions} From: {come_from}.", "formula-topic")]
        for formula in entries:
            shown = nodes.math_block(formula.equation, formula.equation, nowrap=False, number=None, label=None)
            words = self.parsed(f"({formula.label})=\n{formula.sentence}", "formula-words")
            small = self.parsed(details(formula, units_of(uses, formula)), "formula-details")
            parts.append(nodes.container("", words, shown, small, classes=["formula-entry"]))
        return parts


def setup(app):
    """Register the directive."""
    app.add_directive("formulas", Formulas)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
