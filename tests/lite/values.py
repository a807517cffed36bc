"""Do two runs of a notebook say the same? Values are compared, not how a version of a library prints them."""

import json
import math
import re

from bs4 import BeautifulSoup

FIGURES = ("application/vnd.plotly.v1+json", "application/vnd.socialcare.simulator+json")
TOKEN = re.compile(r"[-+−]?\d+(?:,\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?|[^\W\d_]+|[^\w\s]")
NUMBER = re.compile(r"[-+−]?\d")
WAY_OF_PRINTING = re.compile(r"(, )?dtype: .*|\bName: \d+\b")
NOTHING = {"nan": "missing", "NaN": "missing", "NaT": "missing", "None": "missing", "<NA>": "missing"}
RELATIVE = 1e-6


def differences(stored, fresh, near=0):
    """Return where the outputs of a cell differ, in words; both are lists of outputs as notebooks store them.

    Numbers that differ by ``near`` or less are the same.
    """
    one, other = leaves(stored), leaves(fresh)
    if len(one) != len(other):
        return [f"{len(one)} values stored, {len(other)} in the browser: {shown(one)} | {shown(other)}"]
    return [f"{a!r} stored, {b!r} in the browser" for a, b in zip(one, other, strict=True) if not same(a, b, near)]


def shown(values):
    """Return the beginning of a list of values."""
    return " · ".join(map(str, values))[:300]


def leaves(outputs):
    """Return every value that the outputs say, in order: numbers, and texts as lists of words and numbers."""
    found, text = [], ""
    for output in outputs:
        if output["output_type"] == "stream":
            text += joined(output["text"])
        elif output["output_type"] == "error":
            found += words(joined(output["evalue"]))
        else:
            found += of_bundle(output["data"])
    return found + words(text)


def of_bundle(data):
    """Return the values of one output, read from the form that says most."""
    for mime in FIGURES:
        if mime in data:
            content = data[mime] if isinstance(data[mime], dict) else json.loads(joined(data[mime]))
            return of_json(content)
    if "text/html" in data:
        cells = BeautifulSoup(joined(data["text/html"]), "html.parser").select("th, td")
        return [value for cell in cells for value in words(cell.get_text())]
    for mime in ("text/markdown", "application/papermill.record/text/plain", "text/plain"):
        if mime in data:
            return words(joined(data[mime]))
    return []


def of_json(content):
    """Return the leaves of JSON in the order of its sorted names."""
    if isinstance(content, dict):
        return [leaf for name in sorted(content) for leaf in [name, *of_json(content[name])]]
    if isinstance(content, list):
        return [leaf for item in content for leaf in of_json(item)]
    return words(content) if isinstance(content, str) else [content]


def words(text):
    """Return the words and numbers of a text, without its spaces and what pandas says about types."""
    text = WAY_OF_PRINTING.sub("", text)
    for sign, word in NOTHING.items():
        text = re.sub(rf"(?<!\w){re.escape(sign)}(?!\w)", word, text)
    return TOKEN.findall(text)


def same(one, other, near=0):
    """Are two values the same: equal, or numbers that are close, or as close as their last printed digit allows?"""
    if one == other:
        return True
    first, second = number(one), number(other)
    if first is None or second is None:
        return False
    return math.isclose(first, second, rel_tol=RELATIVE, abs_tol=max(near, last_digit(one), last_digit(other)))


def number(value):
    """Return a value as a number, or None."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str) and NUMBER.match(value):
        return float(value.replace(",", "").replace("−", "-"))
    return None


def last_digit(value):
    """Return one unit of the last digit after the point of a printed number; exactly zero for all others."""
    if not isinstance(value, str) or "." not in value:
        return 1e-12
    digits, _, power = value.lower().partition("e")
    return 1.001 * 10.0 ** (int(power or 0) - len(digits.partition(".")[2]))


def joined(text):
    """Return a text that a notebook stores as one string or as a list of lines."""
    return text if isinstance(text, str) else "".join(text)
