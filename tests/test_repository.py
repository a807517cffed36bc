"""The tracked files hold nothing of the machine they were written on, and the project's papers are complete."""

import re
import subprocess
import tomllib
from pathlib import Path

import lite_pyodide
import pytest
import yaml
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner

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


def requirements(name):
    """Return the lines of a list of requirements, without its notes."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_requirements_are_pinned_to_one_version():
    course, checks = requirements("requirements.txt"), requirements("tests/requirements.txt")
    assert course[0] == "-e ."
    assert checks[0] == "-r ../requirements.txt"
    pins = course[1:] + checks[1:]
    assert [line for line in pins if not re.fullmatch(r"[\w.\[\]-]+==[\w.]+", line)] == []
    names = [line.partition("==")[0] for line in pins]
    assert sorted(set(names)) == sorted(names)


def test_servers_install_what_the_package_needs_and_a_notebook_server():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    needed = {"jupyterlab", *project["dependencies"], *(name for names in extras for name in names)}
    assert needed <= {line.partition("==")[0] for line in requirements("requirements.txt")}


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


def check_schema(schema, *paths):
    """Return what the published schema of that name finds wrong in files, or nothing."""
    options = ["--builtin-schema", f"vendor.{schema}", "--force-filetype", "yaml"]
    done = CliRunner().invoke(check_jsonschema, [*options, *map(str, paths)])
    return done.output if done.exit_code else ""


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("github-workflows", ".github/workflows/*.yml"),
        ("dependabot", ".github/dependabot.yml"),
        ("github-issue-forms", ".github/ISSUE_TEMPLATE/[!c]*.yml"),
        ("github-issue-config", ".github/ISSUE_TEMPLATE/config.yml"),
        ("citation-file-format", "CITATION.cff"),
    ],
)
def test_files_that_a_host_reads_fit_their_published_schema(schema, files):
    paths = sorted(ROOT.glob(files))
    assert paths
    assert check_schema(schema, *paths) == ""


def test_a_workflow_that_does_not_fit_is_found(tmp_path):
    text = (ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8")
    (tmp_path / "test.yml").write_text(text.replace("timeout-minutes", "timeout"), encoding="utf-8")
    assert "timeout" in check_schema("github-workflows", tmp_path / "test.yml")


def workflow(name):
    """Return the steps of a workflow, and the text of its file."""
    text = (ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8")
    return [step for job in yaml.safe_load(text)["jobs"].values() for step in job.get("steps", [])], text


@pytest.mark.parametrize(
    ("name", "targets"),
    [("test.yml", {"test"}), ("publish.yml", {"book"}), ("weekly.yml", {"axe", "lighthouse", "mutants", "testlite"})],
)
def test_workflows_call_the_targets_of_the_makefile(name, targets):
    steps, text = workflow(name)
    called = {step["run"].removeprefix("make ") for step in steps if step.get("run", "").startswith("make ")}
    matrix = yaml.safe_load(text)["jobs"].get("slow", {}).get("strategy", {}).get("matrix", {}).get("target", [])
    assert called - {"${{ matrix.target }}"} | set(matrix) == targets
    assert targets <= set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_only_what_passed_the_checks_is_published():
    jobs = yaml.safe_load(workflow("publish.yml")[1])["jobs"]
    assert jobs["test"] == {"uses": "./.github/workflows/test.yml"}
    assert (jobs["build"]["needs"], jobs["publish"]["needs"]) == ("test", "build")
    # libraries are run where nothing may be published
    assert not set(jobs["build"]["permissions"].values()) - {"read"}
    assert [step["uses"].partition("@")[0] for step in jobs["publish"]["steps"]] == ["actions/deploy-pages"]


def test_every_action_is_pinned_by_hash_and_names_its_version():
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        uses = re.findall(r"uses: (actions/.*)", path.read_text(encoding="utf-8"))
        assert [use for use in uses if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use)] == []


def test_the_copy_of_pyodide_is_kept_between_runs_where_the_tools_put_it():
    for name in ("test.yml", "weekly.yml"):
        (kept,) = {step["with"]["path"] for step in workflow(name)[0] if "actions/cache@" in step.get("uses", "")}
        assert ROOT / kept == lite_pyodide.PLACES[-1]


@pytest.mark.parametrize("form", ["mistake", "failure"])
def test_an_issue_asks_for_page_cell_and_environment(form):
    path = ROOT / ".github" / "ISSUE_TEMPLATE" / f"{form}.yml"
    fields = {field["id"] for field in yaml.safe_load(path.read_text(encoding="utf-8"))["body"]}
    assert {"page", "environment"} <= fields
    assert fields & {"cell", "place"}
