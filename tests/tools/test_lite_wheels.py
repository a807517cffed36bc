"""The wheels of the workbook in the browser: what pip installed, complete, unchanged, and the same bytes every time."""

import hashlib
import io
import json
import zipfile
from importlib import metadata

import lite_wheels
import pytest


def names(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def test_a_library_is_packed_as_it_was_installed_and_the_same_every_time():
    file_name, data = lite_wheels.library("comm")
    assert file_name == f"comm-{metadata.version('comm')}-py3-none-any.whl"
    assert {"comm/__init__.py", "comm/base_comm.py"} <= set(names(data))
    assert not [name for name in names(data) if "__pycache__" in name or name.endswith("RECORD")]
    assert lite_wheels.library("comm")[1] == data


def test_what_only_a_server_needs_is_left_out():
    kept = names(lite_wheels.library("networkx")[1])
    assert "networkx/classes/graph.py" in kept
    assert not [name for name in kept if "/tests/" in name]


def test_a_file_that_is_not_the_one_installed_is_refused(monkeypatch):
    monkeypatch.setattr(lite_wheels, "_digest", lambda data, kind: "other")
    with pytest.raises(
        lite_wheels.WheelError, match=r"^comm: \S+ is not the file that was installed; install comm again$"
    ):
        lite_wheels.library("comm")


def test_a_library_that_is_not_installed_is_refused():
    with pytest.raises(lite_wheels.WheelError) as problem:
        lite_wheels.library("no-such-library")
    assert str(problem.value) == "no-such-library is not installed; expected the version of requirements.txt"


def test_the_course_brings_its_tables_along_where_the_loaders_look():
    _, data = lite_wheels.course()
    assert {"socialcare/datasets.py", "datasets/datapackage.json", "datasets/tickets.csv"} <= set(names(data))
    assert "datasets/examples/own_posts.csv" in names(data)
    assert not [name for name in names(data) if "generator" in name]


def test_the_list_of_packages_names_hash_imports_and_needs(tmp_path):
    kernel = tmp_path / "site" / "extensions" / "pypi"
    kernel.mkdir(parents=True)
    for name in (
        "ipykernel-6.9.2",
        "piplite-0.6.1",
        "pyodide_kernel-0.6.1",
        "widgetsnbextension-3.6.9",
        "widgetsnbextension-4.0.9",
    ):
        (kernel / f"{name}-py3-none-any.whl").write_bytes(
            lite_wheels.packed({f"{name.split('-')[0]}/__init__.py": b""})
        )
    folder = tmp_path / "site" / "static" / "pyodide"
    lite_wheels.write(folder, "0.27.7/", kernel)
    document = json.loads((folder / "wheels.json").read_text(encoding="utf-8"))
    packages = document["packages"]
    assert document["source"] == "0.27.7/"
    for package in packages.values():
        data = (folder / package["file_name"]).read_bytes()
        assert package["sha256"] == hashlib.sha256(data).hexdigest()
    assert (
        packages["widgetsnbextension"]["file_name"] == "../../extensions/pypi/widgetsnbextension-4.0.9-py3-none-any.whl"
    )
    assert packages["plotly"]["imports"] == ["_plotly_utils", "plotly"]
    assert packages["socialcare"]["imports"] == ["socialcare"]
    assert {"scipy", "plotly", "networkx", "tzdata"} <= set(packages["socialcare"]["depends"])
