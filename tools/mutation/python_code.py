"""Changes of Python: an operator or a number of a formula, a word of a label, the binding of a control."""

import ast
import itertools
import random
import re
from collections.abc import Iterator

from mutation import Edit

OPERATORS = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.And: ("and", "or"),
    ast.Or: ("or", "and"),
}
LABELS = {"title", "sample", "alt", "caption", "xaxis_title", "yaxis_title", "headline", "text", "name", "unit"}
LONG_WORD = re.compile(r"[A-Za-z]{4,}")


class Source:
    """A text of Python with the places of its syntax tree in characters."""

    def __init__(self, text: str):
        self.text = text
        self.tree = ast.parse(text)
        self._lines = text.encode().splitlines(keepends=True)

    def place(self, line: int, column: int) -> int:
        """Return the position in characters of a place that ``ast`` gives as line and column in bytes."""
        return len(b"".join(self._lines[: line - 1]).decode()) + len(self._lines[line - 1][:column].decode())

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Return where a node begins and ends."""
        return self.place(node.lineno, node.col_offset), self.place(node.end_lineno, node.end_col_offset)

    def replaced(self, node: ast.AST, new: str) -> Edit:
        """Return the edit that puts ``new`` in the place of a node."""
        start, end = self.span(node)
        return Edit(start, self.text[start:end], new)

    def between(self, left: ast.AST, right: ast.AST, old: str, new: str) -> Edit | None:
        """Return the edit of the operator between two operands, or None if it does not stand there as written."""
        start, end = self.span(left)[1], self.span(right)[0]
        found = re.search(rf"(?<![<>=!*/]){re.escape(old)}(?![<>=!*/])", self.text[start:end])
        return found and Edit(start + found.start(), old, new)


def arithmetic(text: str) -> list[Edit]:
    """Return one edit for each operator and each number inside the functions of a module or a cell."""
    source = Source(text)
    inside = [node for node in ast.walk(source.tree) if isinstance(node, (ast.FunctionDef, ast.Lambda))]
    return sorted({edit for scope in inside for edit in _arithmetic(source, scope) if edit})


def expressions(text: str) -> list[Edit]:
    """Return the same for all of a text, functions or not."""
    source = Source(text)
    return sorted({edit for edit in _arithmetic(source, source.tree) if edit})


def _arithmetic(source: Source, scope: ast.AST) -> Iterator[Edit | None]:
    for node in ast.walk(scope):
        match node:
            case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
                yield source.between(left, right, *OPERATORS[type(op)])
            case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in OPERATORS:
                yield source.between(left, right, *OPERATORS[type(op)])
            case ast.BoolOp(op=op, values=[left, right, *_]):
                yield source.between(left, right, *OPERATORS[type(op)])
            case ast.Constant(value=bool(value)):
                yield source.replaced(node, repr(not value))
            case ast.Constant(value=int() | float() as value):
                yield source.replaced(node, repr(value + 1))


def labels(text: str) -> list[ast.AST]:
    """Return the texts that name a figure, an axis, a series, a control or a unit, as nodes of ``Source(text)``."""
    found = []
    for node in ast.walk(Source(text).tree):
        match node:
            case ast.keyword(arg=str(name), value=value) if name in LABELS:
                found.append(value)
            case ast.Dict(keys=keys, values=values):
                pairs = zip(keys, values, strict=True)
                found += [v for k, v in pairs if isinstance(k, ast.Constant) and k.value in LABELS]
            case ast.Call(func=ast.Name(id="Parameter"), args=[_, label, _, _, _, _, unit, *_]):
                found += [label, unit]
            case ast.Call(func=ast.Name(id="KeyFigure" | "Chart"), args=texts):
                found += texts
    return [node for node in found if isinstance(node, (ast.JoinedStr, ast.Constant)) and not _is_number(node)]


def _is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and not isinstance(node.value, str)


def wording(text: str, chance: random.Random) -> list[Edit]:
    """Return one edit for each label: a word of it is left out; what an f-string computes is left alone."""
    source = Source(text)
    edits = []
    for node in labels(text):
        start, end = source.span(node)
        literal = source.text[start:end]
        masked = re.sub(r"\{[^{}]*\}", lambda computed: "·" * len(computed.group()), literal)
        if words := list(LONG_WORD.finditer(masked)):
            word = chance.choice(words)
            edits.append(Edit(start + word.start(), word.group(), ""))
    return sorted(set(edits))


def exchanged_controls(text: str) -> list[Edit]:
    """Return edits that bind a figure to the wrong control: where a setting is read, another one is."""
    source = Source(text)
    read = [
        node.slice
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Name)
        and node.value.id == "v"
        and isinstance(node.slice, ast.Constant)
    ]
    names = sorted({name.value for name in read})
    following = dict(zip(names, names[1:] + names[:1], strict=True))
    return sorted(source.replaced(name, f'"{following[name.value]}"') for name in read if len(names) > 1)


def deaf_controls(text: str) -> list[Edit]:
    """Return edits that leave out a call by which something listens to a control."""
    source = Source(text)
    return sorted(
        source.replaced(node, "pass")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Attribute)
        and node.value.func.attr in {"observe", "on_click"}
    )


def slip_reasons(text: str) -> list[tuple[Edit, Edit]]:
    """Return pairs of edits that exchange the reasons of two slips of one task."""
    source = Source(text)
    pairs = []
    for node in ast.walk(source.tree):
        match node:
            case ast.keyword(arg="mistakes", value=ast.Tuple(elts=[*slips])):
                reasons = [slip.args[2] for slip in slips if isinstance(slip, ast.Call) and len(slip.args) == 3]
                for left, right in itertools.pairwise(reasons):
                    texts = [source.text[slice(*source.span(reason))] for reason in (left, right)]
                    pairs.append((source.replaced(right, texts[0]), source.replaced(left, texts[1])))
    return sorted(pairs)
