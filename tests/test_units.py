"""What units state about themselves fits together: minutes add up, and no unit needs a later one."""

from pathlib import Path

import pytest
from course_map import and_list, hours_markdown, in_words, map_markdown, picture, units_markdown
from prose import passage, prose_words, slug, title_of
from units import (
    Unit,
    chapter_minutes,
    check_needs,
    duration,
    needs_of,
    notebook_minutes,
    read_units,
    sources_of,
    task_minutes,
)

ROOT = Path(__file__).resolve().parents[1]


def unit(number, needs=(), chapter=20, notebook=40, tasks=(3, 7)):
    return Unit(number, f"{number}_name", f"Title {number}", "Why?", tuple(needs), chapter, notebook, tuple(tasks))


def test_every_chapter_is_a_unit_whose_minutes_agree():
    chapters = [path.stem for path in sorted((ROOT / "book").glob("[0-9][0-9]_*.md"))]
    assert [each.stem for each in read_units(ROOT)] == chapters
    assert all(path.exists() for path in sources_of(ROOT))


def test_only_the_first_unit_needs_no_other():
    assert [each.number for each in read_units(ROOT) if not each.needs] == ["01"]


def test_the_parts_of_a_unit_add_up():
    assert unit("01").exercises == 10
    assert unit("01").minutes == 70


def test_a_chapter_states_its_minutes_and_those_of_its_notebook():
    assert chapter_minutes("**Minutes** 25, and 45 more for the [notebook](x.ipynb)\n", "x") == (25, 45)


def test_a_chapter_without_minutes_is_refused():
    with pytest.raises(ValueError, match=r"^book/x\.md: 0 lines like .*; expected one$"):
        chapter_minutes("**Minutes** many", "book/x.md")


def test_a_notebook_whose_minutes_do_not_add_up_is_refused():
    assert notebook_minutes("**Minutes** 40 (reading 25, doing 15)", "x") == 40
    with pytest.raises(ValueError, match=r"^x: minutes are 45; expected 25 \+ 15 = 40$"):
        notebook_minutes("**Minutes** 45 (reading 25, doing 15)", "x")


def test_tasks_without_a_gap_are_read_in_order():
    task = "## Task {}: name\n\n**Kind** fix · **Minutes** {}\n\n"
    assert task_minutes(task.format(1, 4) + task.format(2, 8), "x") == (4, 8)
    with pytest.raises(ValueError, match=r"^x: tasks are \[1, 3\]; expected 1, 2, 3 and so on$"):
        task_minutes(task.format(1, 4) + task.format(3, 8), "x")


def test_what_a_chapter_needs_is_read_from_its_links():
    assert needs_of("**You need** [unit 02](02_eras.md) and [unit 04](04_segmentation.md)\n", "x") == ("02", "04")
    assert needs_of("**You need** no other unit\n", "x") == ()
    with pytest.raises(ValueError, match=r"^x: 2 lines '\*\*You need\*\*'; expected at most one$"):
        needs_of("**You need** a\n**You need** b\n", "x")


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ([unit("01", ["09"])], r"^unit 01 needs unit 09, which does not exist; expected a unit$"),
        ([unit("01", ["02"]), unit("02", ["01"])], r"^unit 01 needs unit 02; expected an earlier unit$"),
        ([unit("01", ["01"])], r"^unit 01 needs unit 01; expected an earlier unit$"),
        (
            [unit("01"), unit("02", ["01"]), unit("03", ["01", "02"])],
            r"^unit 03 needs unit 01, as a unit that it needs does; name it once$",
        ),
    ],
)
def test_needs_that_make_no_sense_are_refused(units, words):
    with pytest.raises(ValueError, match=words):
        check_needs(units)


def test_a_promise_that_the_notebook_does_not_keep_is_refused(tmp_path):
    for folder in ("book", "notebooks", "solutions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "_toc.yml").write_text("parts:\n- chapters:\n  - file: book/01_a\n    title: 01 A title\n")
    box = "**Question** Why?\n\n**Minutes** 20, and 30 more for the [notebook](x)\n"
    (tmp_path / "book" / "01_a.md").write_text(box)
    cell = '{"cells": [{"cell_type": "markdown", "source": ["%s"]}]}'
    (tmp_path / "notebooks" / "01_a.ipynb").write_text(cell % "**Minutes** 40 (reading 25, doing 15)")
    (tmp_path / "solutions" / "01_a.ipynb").write_text(cell % "## Task 1: x\\n**Minutes** 5")
    with pytest.raises(
        ValueError, match=r"^book/01_a\.md: promises 30 minutes for the notebook; expected the 40 that it states"
    ):
        read_units(tmp_path)
    (tmp_path / "book" / "01_a.md").write_text(box.replace("30 more", "40 more"))
    assert read_units(tmp_path) == (Unit("01", "01_a", "A title", "Why?", (), 20, 40, (5,)),)


@pytest.mark.parametrize(("minutes", "words"), [(45, "45 min"), (120, "2 h"), (75.4, "1 h 15 min"), (0, "0 min")])
def test_minutes_are_said_as_people_say_them(minutes, words):
    assert duration(minutes).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("texts", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_is_said_as_people_say_it(texts, words):
    assert and_list(texts) == words


def test_the_list_of_units_gives_number_name_and_question():
    *_, last = units_markdown([unit("01"), unit("02", ["01"])]).splitlines()
    second = unit("02")
    assert last == f"| 02 | [{second.title}]({second.stem}.md) | {second.question} |"


def test_the_map_states_question_minutes_and_needs_of_each_unit():
    text = map_markdown([unit("01"), unit("02", ["01"])])
    assert "**02** [Title 02](02_name.md)\n: Why?\n" in text
    assert (
        "[exercises](../solutions/02_name.ipynb) 10 min: 1\u00a0h\u00a010\u00a0min. You need [unit 01](01_name.md)."
        in text
    )


def test_the_hours_of_the_course_are_the_sum_of_its_parts():
    words = hours_markdown([unit("01"), unit("02", chapter=25)]).replace("\u00a0", " ")
    assert "**2 h 25 min**: 45 min of chapters, 1 h 20 min of notebooks and 20 min of exercises" in words
    assert "4 tasks. One unit takes 1 h 10 min to 1 h 15 min." in words


def test_the_picture_has_an_arc_for_each_need_and_says_it_in_words():
    units = [unit("01"), unit("02", ["01"]), unit("03", ["01"])]
    drawn = picture(units)
    assert drawn.count('class="prerequisite-tip"') == 2
    assert in_words(units) == "Which unit to know first: unit 02 needs 01; unit 03 needs 01."
    assert in_words(units) in drawn


TEXT = "# T\n\n(one)=\n## Do it, now\n\nfive words stand right here\n\n### Under\n\nx\n\n(two)=\n**A claim.** said\n\nmore\n\n## Next\n"


def test_a_passage_is_a_section_with_its_subsections_or_a_text_up_to_the_next_heading():
    assert passage(TEXT, "one", "x").startswith("## Do it, now")
    assert "### Under" in passage(TEXT, "do-it-now", "x")
    assert passage(TEXT, "two", "x").strip() == "**A claim.** said\n\nmore"
    assert title_of(passage(TEXT, "one", "x")) == "Do it, now"
    assert title_of(passage(TEXT, "two", "x")) == "A claim."
    assert title_of("The firm chooses (N33): half right\n: text") == "The firm chooses"
    assert slug("Do it, now") == "do-it-now"


def test_a_passage_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match=r"^book/x\.md has no heading or label 'three'; expected one$"):
        passage(TEXT, "three", "book/x.md")


def test_addresses_and_the_list_of_other_units_are_no_words():
    assert prose_words("You [go](there.md) {term}`far <x>` now.\n\n**You need** [unit 01](01.md)\n") == 5
