"""Every tension between the sources is decided in a chapter, and shown once with why and when not."""

import re
from pathlib import Path

import pytest
import tensions
from tensions import decided, read_tensions, rows, tension_markdown, with_results

ROOT = Path(__file__).resolve().parents[1]
ALL = list(rows(ROOT))


def test_every_tension_of_the_inventory_has_its_reasons_and_its_place_on_the_page():
    page = (ROOT / "book" / "tensions.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"\{tension\} (X\d+)", page)) == sorted(ALL)
    assert list(read_tensions(ROOT)) == ALL


@pytest.mark.parametrize("tension", ALL)
def test_a_tension_shows_both_sides_a_decision_and_its_limits(tension):
    text = tension_markdown(ROOT, tension)
    for part in ("The sources", "We decide", "Why", "Decide otherwise", "Where"):
        assert re.search(rf"^{part}.*\n: \S", text, re.M), part
    assert "{result}" not in text
    assert f"(tension-{tension.lower()})=" in text


def test_other_chapters_that_take_up_a_tension_are_named():
    assert "also in [01](01_why_service.md#where-the-sources-disagree)" in tension_markdown(ROOT, "X1")


DECISIONS = {  # the words on which each decision turns, written a second time
    "X1": ["Both.", "a person says what happens next"],
    "X2": ["One public turn", "then a private message", "begun by you"],
    "X3": ["what the person told you, for that purpose"],
    "X4": ["severity, age of the case", "never an audience", "not who is answered"],
    "X5": ["sorry for the trouble always", "for the error only if it is yours", "never after"],
    "X6": ["Solve for all", "in private", "never announce it"],
    "X7": ["an answer with reasons", "A refusal names the next way"],
    "X8": ["Never in an open case", "once per purchase", "30 days"],
    "X9": ["may collect ideas", "never asks people to follow"],
    "X10": ["peers answer on taste", "ten answers a month", "are never left to the crowd"],
    "X11": ["the tagged ones in every block", "the rest once a day", "harm is likely"],
    "X12": ["write there first", "Never ask for what is in your own files"],
    "X13": ["No share without its denominator"],
    "X14": ["Neither a share nor a quota", "hours first"],
}


@pytest.mark.parametrize("tension", ALL)
def test_a_decision_is_the_one_that_was_taken(tension):
    text = re.search(r"^We decide.*\n: (.*)", tension_markdown(ROOT, tension), re.M)[1]
    assert [words for words in DECISIONS[tension] if words not in text] == []


TEXT = "## S\n\n(a)=\n**Fast, or ripe?** Two say so (X1). *Decide*: both, within {result}`hours`.\n\n(b)=\n**No answer.** x\n"


def test_the_decision_is_what_the_chapter_says_after_decide():
    assert decided(TEXT, "a", "x") == ("Fast, or ripe?", "Both, within {result}`hours`.")


def test_a_chapter_that_decides_nothing_is_refused():
    with pytest.raises(ValueError, match=r"^book/x\.md: at 'b' stands no bold question with a '\*Decide\*: …'"):
        decided(TEXT, "b", "book/x.md")


def test_results_are_put_in_and_unknown_ones_refused():
    assert with_results("in {result}`hours` hours", {"hours": "4"}, "x") == "in 4 hours"
    with pytest.raises(ValueError, match=r"^x: result 'days' is not glued; expected one of hours$"):
        with_results("{result}`days`", {"hours": "4"}, "x")


def test_an_unknown_tension_is_refused():
    with pytest.raises(ValueError, match=r"^tension 'X99' is missing in .*; expected a row in both$"):
        tension_markdown(ROOT, "X99")


def test_a_tension_without_a_reason_is_refused(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / tensions.DATA).write_text("X1:\n  why: because\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"^book/tensions\.yml: X1: field 'otherwise' is None; expected a sentence$"):
        read_tensions(tmp_path)
