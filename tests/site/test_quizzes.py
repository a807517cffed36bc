"""Quizzes: every answer has its reason, by keyboard, without JavaScript, and in the file."""

import pytest
import yaml
from built_book import ROOT
from quizzes import read_quiz

QUESTION = {
    "id": "base",
    "text": "What stands below the line?",
    "options": [
        {"text": "Followers", "correct": False, "feedback": "Some never act."},
        {"text": "Active followers", "correct": True, "feedback": "They act."},
    ],
}


def _without(field):
    return {key: value for key, value in QUESTION.items() if key != field}


def _options(*correct):
    return {**QUESTION, "options": [{"text": "a", "correct": c, "feedback": "b"} for c in correct]}


@pytest.mark.parametrize(
    ("questions", "message"),
    [
        ([], "field 'questions'"),
        ([_without("id")], "question 1: field 'id' is None; expected a text"),
        ([_without("text")], "question 1 (base): field 'text'"),
        ([_without("options")], "question 1 (base): field 'options'"),
        ([_options(False, False)], "question 1 (base): field 'options' has 0 correct answers; expected exactly one"),
        ([_options(True, True)], "question 1 (base): field 'options' has 2 correct answers; expected exactly one"),
        ([_options("yes")], "question 1 (base): option 1: field 'correct' is 'yes'; expected true or false"),
        ([{**QUESTION, "options": [{"text": "a", "correct": True}]}], "question 1 (base): option 1: field 'feedback'"),
        ([QUESTION, QUESTION], "question 2: field 'id' is 'base'; expected an unused one"),
    ],
)
def test_a_faulty_quiz_is_refused_with_file_question_and_field(tmp_path, questions, message):
    path = tmp_path / "faulty.yml"
    path.write_text(yaml.safe_dump({"questions": questions}), encoding="utf-8")
    with pytest.raises(ValueError, match=r"^faulty\.yml: ") as refused:
        read_quiz(path)
    assert message in str(refused.value)


def test_every_quiz_of_the_book_is_on_a_page(site):
    pages = "".join(page.read_text(encoding="utf-8") for page in site.rglob("*.html"))
    for path in (ROOT / "book" / "quizzes").glob("*.yml"):
        for question in read_quiz(path):
            assert f'name="{path.stem}-{question["id"]}"' in pages


@pytest.mark.pages_with('class="quiz"')
def test_every_answer_gets_its_own_reason_by_keyboard(drawn):
    page = drawn.page
    for form in page.locator("form.quiz-question").all():
        feedback, radios, reasons = form.locator("[role=status]"), form.locator("input[type=radio]"), set()
        radios.first.focus()
        page.keyboard.press("Space")
        for index in range(radios.count()):
            if index:
                page.keyboard.press("ArrowDown")
                assert feedback.inner_text() == "", "the reason of the answer before is still shown"
            page.keyboard.press("Enter")
            reason = feedback.inner_text()
            right = form.get_attribute("data-verdict") == "right"
            assert reason.startswith("Right." if right else "Not yet.")
            assert len(reason) > len("Not yet. ")
            reasons.add(reason)
        assert len(reasons) == radios.count()
        assert sum(reason.startswith("Right.") for reason in reasons) == 1


@pytest.mark.pages_with('class="quiz"')
def test_an_empty_answer_shows_no_reason(drawn):
    form = drawn.page.locator("form.quiz-question").first
    form.evaluate("form => form.reset()")
    form.locator("[role=status]").evaluate("status => { status.textContent = '' }")
    form.locator("button").click()
    assert form.locator("[role=status]").inner_text() == ""


@pytest.mark.pages_with('class="quiz"')
def test_without_javascript_the_answers_are_readable(plain):
    answers = plain.locator(".quiz-answers")
    answers.locator("summary").click()
    assert answers.locator("ol > li").count() == plain.locator("form.quiz-question").count()
    for reason in answers.locator("[data-verdict]").all():
        assert reason.is_visible()


@pytest.mark.pages_with('class="quiz"')
def test_answers_are_large_enough_for_a_finger(drawn):
    for option in drawn.page.locator(".quiz-option, .quiz-question button").all():
        assert option.bounding_box()["height"] >= 44


QUIZ, FIRST = "book/09_measuring_engagement.html", "book/index.html"
NOTHING_IS_KEPT = """for (const name of ['getItem', 'setItem']) {
  const usual = Storage.prototype[name];
  Storage.prototype[name] = function (key, ...rest) {
    if (key === 'socialcare-quizzes') throw new DOMException('', 'SecurityError');
    return usual.call(this, key, ...rest);
  };
}"""


def answer(form, right):
    """Choose a right or a wrong answer, and check it."""
    verdict = "right" if right else "not-yet"
    reason = form.page.locator(f"[id^='{form.locator('input').first.get_attribute('name')}-'][data-verdict={verdict}]")
    form.locator(f"input[data-reason='{reason.first.get_attribute('id')}']").check()
    form.locator("button").click()


def shown(page):
    """Return of each question the chosen answer and its reason, and the line below the quiz."""
    forms = page.locator("form.quiz-question").all()
    chosen = [form.evaluate("form => new FormData(form).values().next().value ?? null") for form in forms]
    return (
        chosen,
        page.locator("form.quiz-question [role=status]").all_inner_texts(),
        page.locator(".quiz-score").inner_text(),
    )


def ticked(page):
    return [row.locator("td").first.inner_text() for row in page.locator("tr:has(.quiz-tick)").all()]


def test_answers_stay_the_first_page_ticks_the_unit_and_start_again_forgets_both(open_page, base_url):
    page = open_page(QUIZ)
    forms, again = page.locator("form.quiz-question").all(), page.get_by_role("button", name="Start again")
    score = page.locator(".quiz-score")
    assert score.get_attribute("role") == "status"  # announced when a reader is done speaking or typing
    assert (score.inner_text(), again.is_visible()) == ("", False)
    for number, form in enumerate(forms, start=1):
        answer(form, right=number > 1)
        assert score.inner_text() == f"{number - 1} of {len(forms)} right"
    before = shown(page)
    page.goto(base_url + FIRST)
    assert ticked(page) == []
    page.goto(base_url + QUIZ)
    assert shown(page) == before
    quiet = page.locator("form.quiz-question [role=status][aria-live=off]")
    assert quiet.count() == len(forms)  # a reason of another day is not read out
    answer(page.locator("form.quiz-question").first, right=True)
    assert quiet.count() == len(forms) - 1
    page.goto(base_url + FIRST)
    assert ticked(page) == ["09"]
    assert page.locator(".quiz-tick .visually-hidden").inner_text() == "quiz: all right"
    page.goto(base_url + QUIZ)
    again.click()
    assert page.evaluate("document.activeElement === document.querySelector('form.quiz-question input')")
    nothing = ([None] * len(forms), [""] * len(forms), "")
    assert (shown(page), again.is_visible()) == (nothing, False)
    page.reload()
    assert shown(page) == nothing
    page.goto(base_url + FIRST)
    assert ticked(page) == []


def test_a_quiz_counts_in_a_browser_that_keeps_nothing(open_page):
    page = open_page("book/how_to_use.html")
    page.add_init_script(NOTHING_IS_KEPT)
    page.goto(page.url.replace("how_to_use", "09_measuring_engagement"))
    forms = page.locator("form.quiz-question")
    answer(forms.first, right=True)
    assert page.locator(".quiz-score").inner_text() == f"1 of {forms.count()} right"
    page.reload()
    assert page.locator(".quiz-score").inner_text() == ""


@pytest.mark.parametrize("kept", ["no JSON", "5", '{"09_measuring_engagement": {"answers": {"of-before": "1"}}}'])
def test_what_another_edition_has_kept_does_no_harm(open_page, kept):
    page = open_page("book/how_to_use.html")
    page.evaluate("kept => localStorage.setItem('socialcare-quizzes', kept)", kept)
    page.goto(page.url.replace("how_to_use", "09_measuring_engagement"))
    assert page.locator(".quiz-score").inner_text() == ""
    answer(page.locator("form.quiz-question").first, right=True)
    assert page.locator(".quiz-score").inner_text().startswith("1 of ")
