"""The one command for all checks stops at the first failure and sums up what passed."""

import sys

import pytest
import run_checks
from run_checks import Part

PASS, FAIL = [sys.executable, "-c", ""], [sys.executable, "-c", "raise SystemExit(3)"]


@pytest.fixture(autouse=True)
def reports(monkeypatch, tmp_path):
    monkeypatch.setattr(run_checks, "REPORTS", tmp_path)
    return tmp_path


def test_a_failure_stops_the_run_and_is_named(capfd):
    later = [sys.executable, "-c", "print('later part ran')"]
    assert run_checks.main([Part("Style", [PASS]), Part("Sync", [FAIL]), Part("Book", [later])]) == 1
    output = capfd.readouterr().out
    assert "FAILED: Sync (exit 3); 1 later parts not run" in output
    assert "later part ran" not in output


def test_the_summary_counts_only_what_passed(capfd, reports):
    (reports / "cells.xml").write_text(
        '<testsuites><testsuite tests="9" failures="0" errors="0" skipped="2"/></testsuites>', encoding="utf-8"
    )
    assert run_checks.main([Part("Cells", [PASS], "cells", "notebook cells compared")]) == 0
    output = capfd.readouterr().out
    assert "ALL PASSED: 7 notebook cells compared" in output
    assert "Seconds per part" in output


def test_cells_of_a_notebook_stay_in_one_kernel_and_tests_of_a_page_in_one_browser():
    for part in run_checks.parts():
        for command in part.commands:
            if "pytest" in command:
                kept_together = "page" if {"tests/site", "tests/lite"} & set(command) else "file"
                assert command[command.index("--dist") + 1] == {"page": "loadgroup", "file": "loadfile"}[kept_together]
