"""Pages that were opened once work without network: the worker that stores them, and its script on every page."""

import hashlib
from pathlib import Path

from page_parts import render

WORKER = "service-worker.js"
SCRIPT = "offline.js"


def version(static):
    """Return a digest of the book's scripts and styles, which the pages stored with them need to work."""
    digest = hashlib.sha256()
    for path in sorted(path for path in static.rglob("*") if path.suffix in {".js", ".css"}):
        digest.update(path.relative_to(static).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _write_worker(app, exception):
    if exception is None and app.builder.format == "html":
        text = render(WORKER, version=version(Path(app.outdir, "_static")))
        Path(app.outdir, WORKER).write_text(text, encoding="utf-8")


def setup(app):
    """Put the script on every page, and write the worker when all other files are there."""
    app.add_js_file(SCRIPT, loading_method="defer")
    app.connect("build-finished", _write_worker, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
