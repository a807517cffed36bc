"""The vendored libraries are the published ones."""

import hashlib
import re

from built_book import ROOT

VENDOR = ROOT / "website" / "vendor"


def rows():
    """Return the rows of the table in the folder's README: file, package, version, licence, sha256."""
    lines = (VENDOR / "README.md").read_text(encoding="utf-8").splitlines()
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return table[2:]


def test_each_file_has_the_hash_in_the_table():
    assert {name: hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() for name, *_ in rows()} == {
        name: digest for name, *_, digest in rows()
    }


def test_no_vendored_file_is_missing_from_the_table():
    listed = {name for name, *_ in rows()}
    licences = {re.search(r"\((\S+)\)", licence)[1] for *_, licence, _ in rows()}
    assert {path.name for path in VENDOR.iterdir()} == listed | licences | {"README.md"}


def test_plotly_js_is_the_version_that_the_notebooks_use():
    import plotly.offline

    version = next(version for name, _, version, *_ in rows() if name.startswith("plotly"))
    assert plotly.offline.get_plotlyjs_version() == version
