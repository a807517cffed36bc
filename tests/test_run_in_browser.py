"""The button of a notebook page: where it leads, on any address, and the links to servers that are set."""

import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "website" / "extensions"))

from run_in_browser import lite_address, server_links  # noqa: E402

BOTH = {"binder": "https://binder.example.org/", "jupyterhub": "https://hub.example.org"}


def test_the_address_of_a_notebook_is_relative_to_the_site():
    assert lite_address("exercises/05_crm.ipynb") == "lite/notebooks/index.html?path=exercises/05_crm.ipynb"


def test_without_a_repository_no_server_is_named():
    assert server_links(BOTH, "", "main", "notebooks/05_crm.ipynb") == []
    assert yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["repository"]["url"] == ""


def test_with_a_repository_each_server_that_is_set_is_named():
    links = server_links(BOTH, "https://git.example.org/team/course.git", "main", "notebooks/05_crm.ipynb")
    assert links == [
        {
            "name": "Binder",
            "address": "https://binder.example.org/v2/git/https%3A%2F%2Fgit.example.org%2Fteam%2Fcourse.git/main"
            "?urlpath=lab/tree/notebooks/05_crm.ipynb",
        },
        {
            "name": "JupyterHub",
            "address": "https://hub.example.org/hub/user-redirect/git-pull"
            "?repo=https%3A%2F%2Fgit.example.org%2Fteam%2Fcourse.git&branch=main"
            "&urlpath=lab%2Ftree%2Fcourse%2Fnotebooks%2F05_crm.ipynb",
        },
    ]
    assert [
        link["name"] for link in server_links({"binder": "", "jupyterhub": "https://h"}, "https://g/c", "main", "x")
    ] == ["JupyterHub"]


def test_servers_run_the_python_of_the_checks():
    workflow = (ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8")
    version = (ROOT / "binder" / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
    assert f'python-version: "{version}"' in workflow
