"""Where Pyodide comes from is one setting, and a local copy is accepted only file by file."""

import hashlib
import json
import zipfile

import lite_pyodide
import pytest

PACKAGE = {"file_name": "six-1.whl", "sha256": hashlib.sha256(b"six").hexdigest(), "depends": []}


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A small copy that is right in every file."""
    folder = tmp_path / "pyodide"
    folder.mkdir()
    spelt_otherwise = {**PACKAGE, "file_name": "on_six-1.whl", "depends": ["Six"]}
    lock = json.dumps({"packages": {"six": PACKAGE, "on-six": spelt_otherwise}})
    files = {name: name.encode() for name in lite_pyodide.CORE} | {
        "six-1.whl": b"six",
        lite_pyodide.FULL_LOCK: lock.encode(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / lite_pyodide.LOCK).write_text(json.dumps({"packages": {"six": PACKAGE}}), encoding="utf-8")
    monkeypatch.setattr(lite_pyodide, "CORE", {n: hashlib.sha256(n.encode()).hexdigest() for n in lite_pyodide.CORE})
    monkeypatch.setattr(lite_pyodide, "FULL_LOCK_HASH", hashlib.sha256(lock.encode()).hexdigest())
    monkeypatch.setattr(lite_pyodide, "NEEDED", ("six",))
    monkeypatch.delenv("PYODIDE", raising=False)
    return folder


def test_without_a_setting_readers_get_pyodide_from_its_makers(monkeypatch):
    monkeypatch.setenv("PYODIDE", "")
    assert lite_pyodide.setting() == lite_pyodide.OFFICIAL
    assert lite_pyodide.is_address(lite_pyodide.setting())
    assert lite_pyodide.VERSION in lite_pyodide.OFFICIAL


def test_a_right_copy_is_accepted_with_all_its_files(copy, monkeypatch):
    assert {path.name for path in lite_pyodide.check(copy)} == {*lite_pyodide.CORE, "six-1.whl", lite_pyodide.LOCK}
    monkeypatch.setenv("PYODIDE", str(copy))
    assert lite_pyodide.local() == copy


def test_a_file_that_is_not_the_makers_is_refused(copy):
    (copy / "six-1.whl").write_bytes(b"other")
    with pytest.raises(lite_pyodide.PyodideError) as problem:
        lite_pyodide.check(copy)
    assert str(problem.value) == "six-1.whl is missing or is not the file of Pyodide 0.27.7; get a new copy"


def test_a_list_that_names_another_package_is_refused(copy):
    forged = {"six": {**PACKAGE, "sha256": hashlib.sha256(b"other").hexdigest()}}
    (copy / lite_pyodide.LOCK).write_text(json.dumps({"packages": forged}), encoding="utf-8")
    with pytest.raises(lite_pyodide.PyodideError) as problem:
        lite_pyodide.check(copy)
    assert str(problem.value) == "pyodide-lock.json: the entry of six is not Pyodide 0.27.7's; get a new copy"


def test_the_makers_list_itself_must_be_theirs(copy):
    (copy / lite_pyodide.FULL_LOCK).write_text("{}", encoding="utf-8")
    with pytest.raises(lite_pyodide.PyodideError) as problem:
        lite_pyodide.check(copy)
    assert (
        str(problem.value) == "pyodide-lock-full.json is missing or is not the list of Pyodide 0.27.7; get a new copy"
    )


def test_a_folder_without_pyodide_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("PYODIDE", str(tmp_path))
    for ask in (lite_pyodide.local, lambda: lite_pyodide.check(tmp_path)):
        with pytest.raises(lite_pyodide.PyodideError) as problem:
            ask()
        assert (
            str(problem.value)
            == f"PYODIDE is {str(tmp_path)!r}; expected an address or a folder with pyodide-lock.json"
        )


def test_a_copy_is_put_together_from_the_core_and_the_carried_packages(copy, tmp_path, monkeypatch):
    monkeypatch.setattr(lite_pyodide, "NEEDED", ("on_six",))
    core = tmp_path / "core"
    core.mkdir()
    for name in lite_pyodide.CORE:
        (core / name).write_bytes(name.encode())
    (core / lite_pyodide.LOCK).write_bytes((copy / lite_pyodide.FULL_LOCK).read_bytes())
    with zipfile.ZipFile(tmp_path / "carrier.whl", "w") as archive:
        archive.writestr("deep/inside/six-1.whl", b"six")
        archive.writestr("deep/inside/on_six-1.whl", b"six")
    lite_pyodide.assemble(core, tmp_path / "carrier.whl", tmp_path / "made")
    assert len(lite_pyodide.check(tmp_path / "made")) == len(lite_pyodide.CORE) + 3


def test_a_command_that_is_missing_or_fails_is_told_in_one_sentence(tmp_path):
    with pytest.raises(lite_pyodide.PyodideError) as problem:
        lite_pyodide._run(["no-such-command"], tmp_path)
    assert str(problem.value) == "no-such-command is not installed; it is needed to get Pyodide 0.27.7"
    with pytest.raises(lite_pyodide.PyodideError) as problem:
        lite_pyodide._run(["ls", "no-such-file"], tmp_path)
    assert str(problem.value).startswith("ls no-such-file could not get Pyodide 0.27.7: ")
