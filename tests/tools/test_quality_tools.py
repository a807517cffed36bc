"""What the quality page is made of: reports of runs that passed, and Lighthouse's points."""

import gzip
import json
import urllib.error
import urllib.request

import course_server
import pytest
import record_run
import run_lighthouse

CASE = '<testcase classname="{}" name="{}" time="{}">{}</testcase>'
WEIGHED = "test_a_page_is_light_before_a_figure_is_drawn"


def measured(**values):
    """Return the XML of what a test has measured."""
    found = "".join(f'<property name="{name}" value="{value}"/>' for name, value in values.items())
    return f"<properties>{found}</properties>"


@pytest.fixture
def reports(monkeypatch, tmp_path):
    monkeypatch.setattr(record_run, "REPORTS", tmp_path)

    def write(name, *cases, failures=0):
        body = "".join(CASE.format(*case, *[""][len(case) - 3 :]) for case in cases)
        head = f'tests="{len(cases)}" failures="{failures}" errors="0" skipped="0" timestamp="2026-11-22T08:00:00"'
        (tmp_path / f"{name}.xml").write_text(f"<testsuites><testsuite {head}>{body}</testsuite></testsuites>")

    write("tests", ("tests.test_a", "test_b", "1.0"))
    write("cells", ("notebooks.09_x.ipynb", "Cell 0", "1.25"), ("notebooks.09_x.ipynb", "Cell 1", "0.5"))
    weighed = [
        ("tests.site.test_weight", f"{WEIGHED}[{page}]@{page}", "1", measured(kilobytes=weight))
        for page, weight in {"book/a.html": 90.4, "book/b.html": 150.6, "book/c.html": 110.2}.items()
    ]
    link = ("tests.site.test_static", "test_every_link_leads_to_a_file_and_a_place_in_it[book/a.html]", "0.1")
    write("site", link, *weighed)
    write("axe", ("tests.site.test_every_page", "test_axe_finds_nothing_on_a_phone[book/a.html]", "3.0"))
    write(
        "workbook",
        ("tests.lite.x", "test_a_notebook_says_in_the_browser_what_is_stored[09_x]", "9"),
        ("tests.lite.x", "test_a_notebook_says_in_the_browser_what_is_stored[10_y]", "0", "<skipped/>"),
        ("tests.lite.y", "test_a_second_visit_loads_almost_nothing", "60", measured(first=31.5, second=22)),
    )
    return write


def test_a_run_is_stored_with_its_day_its_counts_and_the_seconds_of_each_notebook(reports):
    stored = record_run.record()
    assert stored["date"] == "2026-11-22"
    assert stored["compared"]["notebook cells run again and compared with their stored output"] == 2
    assert stored["compared"]["pages without a finding of axe on a phone"] == 1
    assert stored["compared"]["pages without a dead link"] == 1
    assert stored["seconds"] == {"notebooks/09_x": 1.8}


def test_weights_of_pages_and_the_first_output_of_the_workbook_are_stored(reports):
    stored = record_run.record()
    assert stored["kilobytes"] == {"page": "book/b.html", "largest": 151, "median": 110}
    assert stored["first_output"] == {"first": 31.5, "second": 22}


def test_a_test_that_was_skipped_does_not_count(reports):
    assert record_run.record()["compared"]["notebooks that give the same values in the browser's own Python"] == 1


def test_the_day_is_that_of_the_oldest_part(reports, tmp_path):
    older = (tmp_path / "axe.xml").read_text().replace("2026-11-22", "2026-11-15")
    (tmp_path / "axe.xml").write_text(older)
    assert record_run.record()["date"] == "2026-11-15"


def test_what_is_read_of_a_report_stands_in_the_tests_by_that_name():
    tests = "".join(path.read_text(encoding="utf-8") for path in (record_run.ROOT / "tests").glob("*/test_*.py"))
    starts = [start for _, start in record_run.COMPARED.values()] + [record_run.WEIGHED]
    assert [start for start in starts if f"def {start}" not in tests and start] == []


def test_a_run_that_failed_is_not_stored(reports, capsys):
    reports("cells", failures=2)
    assert record_run.main() == 1
    assert "cells.xml has 2 failures; expected none" in capsys.readouterr().err


def test_a_missing_report_names_the_command(reports, capsys, tmp_path):
    (tmp_path / "axe.xml").unlink()
    assert record_run.main() == 1
    assert (
        "axe.xml is missing in _build/reports; run 'make test', 'make axe', 'make testlite' first"
        in capsys.readouterr().err
    )


@pytest.mark.parametrize(("index", "times"), [(1800, 4), (1500, 4), (1499, 2), (800, 2), (420, 1)])
def test_a_slow_machine_is_not_slowed_down_as_much(index, times):
    assert run_lighthouse.slowdown({"environment": {"benchmarkIndex": index}}) == times


def test_points_are_whole_numbers_of_a_hundred():
    value = {"numericValue": 1234.5}
    names = ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "total-byte-weight")
    report = {
        "categories": {name: {"score": 0.905} for name in run_lighthouse.LEAST},
        "audits": dict.fromkeys(names, value),
    }
    scores = run_lighthouse.scores(report)
    assert scores["performance"] in {90, 91}
    assert (scores["largest_paint_s"], scores["kilobytes"]) == (1.23, 1)


def test_the_server_compresses_text_below_its_folder_and_knows_nothing_else(tmp_path):
    (tmp_path / "a.html").write_text("<p>Café</p>", encoding="utf-8")
    with course_server.serving(tmp_path) as address:
        with urllib.request.urlopen(f"{address}a.html") as answer:
            assert gzip.decompress(answer.read()).decode() == "<p>Café</p>"
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(address.replace(course_server.FOLDER, "/other/") + "a.html")


def test_lighthouse_is_pinned_to_one_version():
    pinned = json.loads((run_lighthouse.NODE / "package.json").read_text(encoding="utf-8"))["dependencies"][
        "lighthouse"
    ]
    assert all(part.isdigit() for part in pinned.split("."))
