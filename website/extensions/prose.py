"""The words of a page as a reader counts them, and the part of a page that an anchor names."""

import re

ANCHOR = re.compile(r"^\(([\w-]+)\)=$")
HEADING = re.compile(r"^(#+) +(.+?) *$")


def prose_words(text):
    """Count the words a reader reads: no comments, fences, options or addresses, no list of units."""
    text = re.sub(r"<!--.*?-->|^%.*?$", " ", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"^(?:`{3,}|:{3,}|~{3,}).*$|^:[\w-]+:.*$|^\([\w-]+\)=$", " ", text, flags=re.MULTILINE)
    text = re.sub(r"^\*\*You need\*\*.*$", " ", text, flags=re.MULTILINE)
    text = re.sub(r"\{[\w:-]+\}`[^`<]*(?:<[^>]*>)?`|\]\([^)]*\)", " x ", text)
    return len(re.findall(r"[^\W_]+(?:['’.,-][^\W_]+)*", text))


def slug(title):
    """Return the anchor that a heading gets: ``Do it on Monday`` gives ``do-it-on-monday``."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def passage(text, anchor, place):
    """Return what stands at an anchor: a section up to the next heading of its level, or a text up to the next anchor.

    ``anchor`` is a label, ``(label)=``, or the slug of a heading. ValueError names ``place`` and the anchor.
    """
    lines = text.splitlines()
    starts = [
        row
        for row, line in enumerate(lines)
        if ((label := ANCHOR.match(line)) and label[1] == anchor)
        or ((heading := HEADING.match(line)) and slug(heading[2]) == anchor)
    ]
    if not starts:
        raise ValueError(f"{place} has no heading or label {anchor!r}; expected one")
    first = starts[0] + (1 if ANCHOR.match(lines[starts[0]]) else 0)
    heading = HEADING.match(lines[first])
    end = first + 1
    while end < len(lines) and not _ends(lines[end], heading):
        end += 1
    return "\n".join(lines[first:end])


def title_of(text):
    """Return what a passage is called: its heading, its first words in bold, or what its first line is about."""
    first = text.splitlines()[0]
    found = re.match(r"#+ +(.+?) *$|\*\*(.+?)\*\*|([^(:]+)", first)
    return next(group for group in found.groups() if group).strip()


def _ends(line, heading):
    following = HEADING.match(line)
    if heading:
        return bool(following) and len(following[1]) <= len(heading[1])
    return bool(following or ANCHOR.match(line))
