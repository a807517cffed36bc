"""Hand a computed value to the book's text, so that no chapter types a result.

The chapter reads it with the role ``glue:text`` of MyST-NB. This is MyST-NB's storage format, written without importing
MyST-NB, which brings Sphinx along and does not run in a browser.
"""

from IPython.display import display

__all__ = ["glue"]

_PREFIX = "application/papermill.record/"


def glue(name: str, text: str) -> None:
    """Store ``text`` under ``name`` in the running cell's outputs; nothing shows in the notebook."""
    metadata = {"scrapbook": {"name": name, "mime_prefix": _PREFIX}}
    display({f"{_PREFIX}text/plain": repr(text)}, raw=True, metadata=metadata)
