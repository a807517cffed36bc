"""Which files a unit is made of: its notebooks, the modules that they reach, the tables that they load, its tests."""

import ast
import functools
import json
import re
from pathlib import Path

from mutation import ROOT

PACKAGE = ROOT / "src" / "socialcare"
DATASETS = ROOT / "datasets"


def stems() -> list[str]:
    """Return the names of the units, such as ``09_measuring_engagement``."""
    return sorted(path.stem for path in (ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))


def notebooks(stem: str) -> list[Path]:
    """Return the notebook, the solution and the exercise of a unit."""
    return [ROOT / folder / f"{stem}.ipynb" for folder in ("notebooks", "solutions", "exercises")]


@functools.cache
def code(path: Path) -> str:
    """Return the Python of a module or of the code cells of a notebook."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        return text
    cells = json.loads(text)["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def _module(name: str) -> Path | None:
    """Return the file of ``socialcare.some.module``, or None if there is none."""
    base = PACKAGE.joinpath(*name.split(".")[1:])
    return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.exists()), None)


@functools.cache
def imported(path: Path) -> frozenset[Path]:
    """Return the modules of the package that a module or notebook names: imported, or as a simulator's scenario."""
    names = set()
    for node in ast.walk(ast.parse(code(path))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    names |= {f"socialcare.scenarios.{name}" for name in re.findall(r'Simulator\("(\w+)"\)', code(path))}
    modules = {_module(name) for name in names if name and name.split(".")[0] == "socialcare"}
    return frozenset(modules - {None, PACKAGE / "__init__.py"})


@functools.cache
def reached(stem: str) -> frozenset[Path]:
    """Return the modules that a unit reaches, through whichever imports."""
    waiting = [*notebooks(stem), PACKAGE / "exercises" / f"unit_{stem[:2]}.py"]
    seen: set[Path] = set()
    while waiting:
        for module in imported(waiting.pop()) - seen:
            seen.add(module)
            waiting.append(module)
    return frozenset(seen)


@functools.cache
def close_modules(stem: str) -> frozenset[Path]:
    """Return the modules that a unit's own files import, and those that these import."""
    own = [*notebooks(stem), PACKAGE / "exercises" / f"unit_{stem[:2]}.py"]
    direct = {module for path in own for module in imported(path)}
    return frozenset(direct.union(*(imported(module) for module in direct)))


@functools.cache
def own_modules(stem: str) -> tuple[Path, ...]:
    """Return the modules of a unit: what it and not most others have close by, a package of its own as a whole."""
    mine = close_modules(stem)
    own = {m for m in mine if 2 * sum(m in close_modules(other) for other in stems()) < len(stems())}
    packages = [m.parent for m in own if m.name == "__init__.py"]
    return tuple(sorted(own.union(*(folder.glob("*.py") for folder in packages))))


def templates(stem: str) -> list[Path]:
    """Return the HTML templates that lie in a package of the unit."""
    folders = {module.parent for module in own_modules(stem)}
    return sorted(path for folder in folders for path in folder.glob("*.html"))


def tables(stem: str) -> list[Path]:
    """Return the tables that the notebook of a unit loads: by name, by the unit's loader, as a folder of examples."""
    resources = json.loads((DATASETS / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    notebook = code(ROOT / "notebooks" / f"{stem}.ipynb")
    loaders = [code(module) for module in own_modules(stem) if "datasets.load(" in code(module)]
    for text in (notebook, "\n".join(loaders)):
        if names := [r["name"] for r in resources if re.search(rf"\bload_{r['name']}\b|[\"']{r['name']}[\"']", text)]:
            break
    folders = re.findall(r"\"examples\" / \"(\w+)\"", notebook)
    examples = [path for folder in folders for path in sorted((DATASETS / "examples" / folder).glob("*.csv"))]
    return [*(DATASETS / f"{name}.csv" for name in names), *examples]


def tests(stem: str, changed: str) -> list[str]:
    """Return the test files that import the changed file, then those that import a module of the unit or name it."""
    own = set(own_modules(stem))
    files = sorted((ROOT / "tests").glob("test_*.py"))
    nearest = [path for path in files if ROOT / changed in imported(path)]
    close = [path for path in files if imported(path) & own or stem in code(path)]
    return [path.relative_to(ROOT).as_posix() for path in dict.fromkeys([*nearest, *close])]
