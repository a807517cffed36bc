"""Cuts the theme's icon font (156 kB) down to the few icons that the pages use."""

import re
from pathlib import Path

from fontTools import subset
from sphinx.util import logging

FONT = Path("vendor", "fontawesome", "webfonts", "fa-solid-900.woff2")
STYLES = Path("styles", "pydata-sphinx-theme.css")
SMALL_FONT = "icons.woff2"  # course.css names it in its @font-face
ICON_CLASS = re.compile(r"\bfa-([a-z0-9-]+)")
NAMED_IN_STYLES = re.compile(r'--pst-icon-[a-z-]+:"(.)"')  # admonitions get their icons from these variables
ICON_RULE = re.compile(r'((?:\.fa-[a-z0-9-]+:before,?)+)\{content:"\\([0-9a-f]+)"\}')

logger = logging.getLogger(__name__)


def icons_used(pages):
    """Return the names of the icons (``sun`` for ``fa-sun``) in the HTML files ``pages``."""
    return {name for page in pages for name in ICON_CLASS.findall(page.read_text(encoding="utf-8"))}


def code_points(styles, names):
    """Return the code points of the icon ``names`` and of the icons that the theme's style sheet itself uses."""
    points = {ord(icon) for icon in NAMED_IN_STYLES.findall(styles)}
    for selectors, point in ICON_RULE.findall(styles):
        if names & set(ICON_CLASS.findall(selectors)):
            points.add(int(point, 16))
    return points


def _write_small_font(app, exception):
    if exception is not None or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    names = icons_used(Path(app.outdir).rglob("*.html"))
    points = code_points((static / STYLES).read_text(encoding="utf-8"), names)
    target, record = static / SMALL_FONT, Path(app.doctreedir, "icons.txt")
    wanted = " ".join(f"{point:x}" for point in sorted(points))
    if target.exists() and record.exists() and record.read_text(encoding="utf-8") == wanted:
        return
    options = subset.Options(flavor="woff2", layout_features=[], notdef_outline=False)
    font = subset.load_font(static / FONT, options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=points)
    cutter.subset(font)
    subset.save_font(font, target, options)
    record.write_text(wanted, encoding="utf-8")


def setup(app):
    """Write the small font when the pages are done."""
    app.connect("build-finished", _write_small_font)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
