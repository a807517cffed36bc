"""The wheels of the workbook in the browser: the course's package with its data, and the pure libraries it needs.

Each library is packed again from the files that pip installed, so that the browser runs the version that
requirements.txt pins, and without what only a server needs. Every file must still have the hash that its wheel gave it.
"""

import base64
import hashlib
import importlib.metadata
import io
import json
import os
import re
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from packaging.utils import parse_wheel_filename

ROOT = Path(__file__).resolve().parent.parent
KERNEL = "jupyterlite-pyodide-kernel"
INSTALLER_NOTES = {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"}
MOMENT = (2024, 1, 1, 0, 0, 0)  # of every file in a wheel: the same bytes on every build

# What each library needs of Pyodide and of this list. Of plotly, JupyterLite has the drawing part as an extension.
LIBRARIES = {
    "comm": ["traitlets"],
    "holidays": ["python-dateutil"],
    "ipywidgets": ["comm", "ipython", "traitlets", "widgetsnbextension"],
    "jinja2": ["markupsafe"],
    # without its compiled part, for which it has a replacement of its own
    "markupsafe": [],
    "narwhals": [],
    "networkx": [],
    "plotly": ["narwhals", "packaging"],
    # without it pandas looks for the zone UTC again at every single moment that it reads: five milliseconds each
    "tzdata": [],
}
LEFT_OUT = re.compile(
    r"/tests?/|^plotly/(labextension|figure_factory|matplotlylib)/|^plotly/package_data/.*\.js$|\.so$|\.pyd$"
)
PACKAGE_NEEDS = ["ipython", "pandas", "scikit-learn", "scipy", "threadpoolctl", *sorted(set(LIBRARIES))]
KERNEL_NEEDS = {"ipykernel": [], "piplite": [], "pyodide-kernel": [], "widgetsnbextension": []}


class WheelError(Exception):
    """A library cannot be packed; the message names it and says why."""


def library(name: str) -> tuple[str, bytes]:
    """Return the file name and the bytes of a wheel of an installed pure library."""
    try:
        distribution = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        raise WheelError(f"{name} is not installed; expected the version of requirements.txt") from None
    contents = {}
    for file in distribution.files or []:
        path = file.as_posix()
        if path.startswith("..") or path.endswith(".pyc") or file.name in INSTALLER_NOTES or LEFT_OUT.search(path):
            continue
        data = Path(file.locate()).read_bytes()
        if file.hash and _digest(data, file.hash.mode) != file.hash.value:
            raise WheelError(f"{name}: {path} is not the file that was installed; install {name} again")
        contents[path] = data
    return f"{name.replace('-', '_')}-{distribution.version}-py3-none-any.whl", packed(contents)


def course() -> tuple[str, bytes]:
    """Return the file name and the bytes of the wheel of the course's package, its tables beside it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, version = project["name"], project["version"]
    source = ROOT / "src"
    files = {path.relative_to(source): path for path in (source / name).rglob("*") if path.suffix in {".py", ".html"}}
    files |= {path.relative_to(ROOT): path for path in table_files()}
    contents = {path.as_posix(): file.read_bytes() for path, file in files.items()}
    notes = f"{name}-{version}.dist-info"
    contents[f"{notes}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode()
    contents[f"{notes}/WHEEL"] = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    return f"{name}-{version}-py3-none-any.whl", packed(contents)


def table_files() -> list[Path]:
    """Return the course's tables and examples, with their description."""
    folder = ROOT / "datasets"
    return sorted([folder / "datapackage.json", *folder.glob("*.csv"), *folder.glob("examples/**/*.csv")])


def packed(contents: Mapping[str, bytes]) -> bytes:
    """Return a zip archive of the files, the same bytes for the same contents."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, contents[name])
    return buffer.getvalue()


def lock_entry(file_name: str, data: bytes, needs: Iterable[str]) -> dict:
    """Return what Pyodide's list of packages says about a wheel: how to check it and what it needs."""
    distribution, version, *_ = Path(file_name).name.split("-")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        tops = {name.split("/")[0] for name in archive.namelist() if name.endswith(".py")}
    imports = sorted(top.removesuffix(".py") for top in tops if top.removesuffix(".py").isidentifier())
    return {
        "name": distribution.replace("_", "-"),
        "version": version,
        "file_name": file_name,
        "install_dir": "site",
        "sha256": hashlib.sha256(data).hexdigest(),
        "package_type": "package",
        "imports": imports,
        "depends": sorted(needs),
        "unvendored_tests": False,
    }


def write(folder: Path, source: str, kernel_wheels: Path) -> None:
    """Write the wheels and ``wheels.json``, which says where Pyodide is, into ``folder``.

    ``source`` is the address of Pyodide, absolute or relative to ``folder``, with a slash at its end. The kernel's own
    wheels stay in ``kernel_wheels``, inside the same site.
    """
    folder.mkdir(parents=True, exist_ok=True)
    packages = {}
    for name, (file_name, data), needs in (
        *((name, library(name), needs) for name, needs in LIBRARIES.items()),
        ("socialcare", course(), PACKAGE_NEEDS),
    ):
        (folder / file_name).write_bytes(data)
        packages[name] = lock_entry(file_name, data, needs)
    for name, needs in KERNEL_NEEDS.items():
        # the newest of the two widgetsnbextension: it goes with ipywidgets 8
        versions = {
            parse_wheel_filename(wheel.name)[1]: wheel
            for wheel in kernel_wheels.glob(f"{name.replace('-', '_')}-*.whl")
        }
        path = versions[max(versions)]
        file_name = Path(os.path.relpath(path, folder)).as_posix()
        packages[name] = lock_entry(file_name, path.read_bytes(), needs)
    document = {"source": source, "packages": packages}
    (folder / "wheels.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def _digest(data: bytes, kind: str) -> str:
    return base64.urlsafe_b64encode(hashlib.new(kind, data).digest()).rstrip(b"=").decode()
