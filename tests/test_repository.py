"""The tracked files hold nothing of the machine they were written on, and the project's papers are complete."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
SLASH = "/"  # kept apart, so that this file does not match its own patterns
MACHINE = {
    "a home folder": re.compile(rf"(?<![\w.:/-]){SLASH}(?:home|Users|root)/\w"),
    "a Windows folder": re.compile(r"\b[A-Z]:\\{1,2}(?:Users|Program)"),
    "a file address": re.compile(rf"file:{SLASH * 3}\w"),
    "the folder of this checkout": re.compile(rf"(?<![\w.]){re.escape(str(ROOT))}\b"),
}


def tracked_texts():
    """Return the tracked text files by name, without those carried over from elsewhere."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    paths = [ROOT / name for name in listing.stdout.split("\0") if name and not name.startswith("website/vendor/")]
    contents = {path: path.read_bytes() for path in paths if path.is_file()}
    return {str(path.relative_to(ROOT)): data.decode() for path, data in contents.items() if b"\0" not in data}


def traces(text):
    """Return what a text gives away about the machine."""
    return [f"{what}: {match.group()}" for what, pattern in MACHINE.items() if (match := pattern.search(text))]


def test_no_tracked_file_holds_a_path_of_a_machine():
    found = {name: traces(text) for name, text in tracked_texts().items()}
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize(
    "text",
    [
        f"see {SLASH}home/ana/data.csv",
        f'open("{SLASH}Users/ana/data.csv")',
        "C:" + r"\Users\ana",
        f"file:{SLASH * 3}opt/book",
        f"{ROOT}/book",
    ],
)
def test_a_path_of_a_machine_is_found(text):
    assert len(traces(text)) >= 1


@pytest.mark.parametrize("text", ["https://example.org/home/page", "datasets/home/x.csv", "../root/x"])
def test_an_address_or_a_relative_path_is_no_trace(text):
    assert traces(text) == []


def test_requirements_are_pinned_to_one_version():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert "-e ." in wanted
    loose = [line for line in wanted if line != "-e ." and not re.fullmatch(r"[\w.\[\]-]+==[\w.]+", line)]
    assert loose == []


def test_every_command_of_the_makefile_is_explained_in_the_readme():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^([a-z]+):.*## ", makefile, flags=re.MULTILINE)
    assert commands
    assert [command for command in commands if command != "help" and f"make {command}" not in readme] == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_files_named_in_the_papers_exist(page):
    text = re.sub(r"<!--.*?-->", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert [link for link in links if link and not (ROOT / link).exists()] == []


def test_the_citation_file_can_be_read_by_reference_managers():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert citation["authors"] == [{"name": "The socialcare contributors"}]
    for field in ("message", "title", "version", "license"):
        assert citation[field], field


def test_workflows_call_make_and_name_the_version_of_each_action():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    for path in sorted((ROOT / ".github" / "workflows").glob("*.yml")):
        jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()
        steps = [step for job in jobs for step in job["steps"]]
        called = {word for step in steps if "run" in step for word in [step["run"].removeprefix("make ")]}
        matrix = {name for job in jobs for name in job.get("strategy", {}).get("matrix", {}).get("target", [])}
        assert called - {"${{ matrix.target }}"} | matrix <= targets, path.name
        assert all(re.fullmatch(r"[\w-]+/[\w-]+@v\d+\.\d+\.\d+", step["uses"]) for step in steps if "uses" in step)


@pytest.mark.parametrize("form", ["mistake", "failure"])
def test_an_issue_asks_for_page_cell_and_environment(form):
    path = ROOT / ".github" / "ISSUE_TEMPLATE" / f"{form}.yml"
    fields = {field["id"] for field in yaml.safe_load(path.read_text(encoding="utf-8"))["body"]}
    assert {"page", "environment"} <= fields
    assert fields & {"cell", "place"}
