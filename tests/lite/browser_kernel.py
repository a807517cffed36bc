"""The workbook's kernel in a Chromium, driven from here: it boots once, then runs notebooks cell by cell."""

import json
from pathlib import Path

HERE = Path(__file__).parent


class BrowserKernel:
    """JupyterLite's own Python kernel in a worker of ``page``, which must be of the workbook's site."""

    def __init__(self, page, lite, packages, seconds):
        self.page = page
        setting = {"lite": lite, "packages": packages, "seconds": seconds}
        page.evaluate((HERE / "browser_kernel.js").read_text(encoding="utf-8"), setting)
        self.python((HERE / "in_browser.py").read_text(encoding="utf-8"))

    def python(self, code):
        """Run Python in the browser and return its last value."""
        return self.page.evaluate("code => window.runPython(code)", code)

    def run(self, sources):
        """Run cells in a fresh namespace; return the outputs of each, as a notebook stores them."""
        return json.loads(self.python(f"await run_cells({sources!r})"))
