"""The browser tests find a Chromium, or say in words what to install."""

import find_chromium
import pytest


@pytest.fixture
def program(tmp_path):
    path = tmp_path / "chromium"
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A machine without any Chromium."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.setattr(find_chromium, "playwright_own", lambda: None)
    return monkeypatch


def test_the_variable_comes_first(bare, program, capsys):
    bare.setenv("CHROMIUM", str(program))
    assert find_chromium.main([]) == 0
    assert capsys.readouterr().out.strip() == str(program)


def test_a_wrong_variable_is_named(bare, capsys):
    bare.setenv("CHROMIUM", "no-such-browser")
    assert find_chromium.main([]) == 1
    assert "the variable CHROMIUM is 'no-such-browser'" in capsys.readouterr().err


def test_a_browser_on_the_path_is_found(bare, program, capsys):
    bare.setenv("PATH", str(program.parent))
    assert find_chromium.main([]) == 0
    assert capsys.readouterr().out.strip() == str(program)


def test_playwrights_own_browser_is_the_last_resort(bare, capsys):
    bare.setattr(find_chromium, "playwright_own", lambda: "own-chromium")
    assert find_chromium.main([]) == 0
    assert capsys.readouterr().out.strip() == "own-chromium"


@pytest.mark.parametrize("arguments", [[], ["--install"]])
def test_without_a_browser_the_message_says_what_to_install_on_each_system(bare, capsys, arguments):
    assert find_chromium.main(arguments) == 1
    message = capsys.readouterr().err
    for word in ("playwright install chromium", "Debian", "macOS", "Windows"):
        assert word in message


def test_install_is_tried_only_when_asked_and_looked_for_again(bare, program, capsys):
    bare.setattr(find_chromium, "install", lambda: bare.setenv("PATH", str(program.parent)))
    assert find_chromium.main([]) == 1
    assert find_chromium.main(["--install"]) == 0
    assert capsys.readouterr().out.strip() == str(program)
