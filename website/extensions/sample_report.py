"""Writes the report of notebook 15 beside the book's assets: a reader without Python can open and print it."""

NAME = "cafe_brisa_report.html"


def write_report(app, exception):
    """Audit Café Brisa once the pages are written."""
    if exception is not None or app.builder.format != "html":
        return
    from socialcare.audit import audit, report  # noqa: PLC0415  takes a second, and only a finished build needs it

    (app.outdir / "_static").mkdir(exist_ok=True)
    report(audit(), app.outdir / "_static" / NAME)


def setup(app):
    """Register the last step of the build."""
    app.connect("build-finished", write_report)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
