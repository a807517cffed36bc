"""Where the built book lies that the browser tests look at."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]
HTML = Path(os.environ.get("BOOK_HTML", ROOT / "_build" / "html")).resolve()
NOT_BUILT = f"the book is not built: there is no book/index.html in {HTML.name}/; run 'make book' first"
