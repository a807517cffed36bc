"""The book's own Sphinx extensions, loaded in one place, and the rebuild when one of them or an asset changes."""

import hashlib
from pathlib import Path

EXTENSIONS = (
    "page_fixes",
    "icons",
    "mathml",
    "data_tables",
    "unbroken",
    "figures",
    "simulators",
    "course_map",
    "unit_lines",
    "reading_paths",
    "formula_pages",
    "glossary_terms",
    "figure_index",
    "tensions",
    "quizzes",
    "notebook_results",
    "formulas",
    "inventory_pages",
    "run_in_browser",
    "published_site",
    "sample_report",
    "quality_page",
    "offline",
)
HERE = Path(__file__).parent


def _digest(paths):
    """Hash the contents of files."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def setup(app):
    """Load the book's extensions."""
    for name in EXTENSIONS:
        app.setup_extension(name)
    website = HERE.parent
    # Sphinx reads every page again when the first value changes. When the second changes it only writes them again,
    # which is what makes it copy the assets: with no page to write it copies nothing.
    app.add_config_value("course_site_code", _digest([*HERE.glob("*.py"), *website.glob("templates/**/*.html")]), "env")
    app.add_config_value("course_site_assets", _digest(website.glob("assets/*")), "html")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
