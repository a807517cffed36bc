"""The book's own Sphinx extensions, loaded in one place, and the rebuild when one of them changes."""

import hashlib
from pathlib import Path

EXTENSIONS = (
    "page_fixes",
    "icons",
    "mathml",
    "data_tables",
    "figures",
    "simulators",
    "quizzes",
    "notebook_results",
    "formulas",
    "inventory_pages",
)
HERE = Path(__file__).parent


def _digest():
    """Hash the extensions and templates: Sphinx rebuilds every page when this value changes, and only then."""
    digest = hashlib.sha256()
    for path in sorted([*HERE.glob("*.py"), *HERE.parent.joinpath("templates").rglob("*.html")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def setup(app):
    """Load the book's extensions."""
    for name in EXTENSIONS:
        app.setup_extension(name)
    app.add_config_value("course_site_digest", _digest(), "env", str)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
