"""Where the built book lies that the browser tests look at, and how they start Chromium."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]
HTML = Path(os.environ.get("BOOK_HTML", ROOT / "_build" / "html")).resolve()
NOT_BUILT = f"the book is not built: there is no book/index.html in {HTML.name}/; run 'make book' first"
# Nothing but the pages asks for anything; the figures are drawn without a graphics card.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
