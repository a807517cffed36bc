"""Every quiz question has one right answer, a reason for each option, and a proof where numbers decide."""

import ast
import importlib
from pathlib import Path

import pytest
import yaml
from quizzes import read_quiz

ROOT = Path(__file__).resolve().parent.parent
QUIZZES = sorted((ROOT / "book" / "quizzes").glob("*.yml"))
every_quiz = pytest.mark.parametrize("path", QUIZZES, ids=lambda path: path.stem)


KEYS, REASONS = (
    yaml.safe_load((ROOT / "tests" / f"quiz_{name}.yml").read_text(encoding="utf-8")) for name in ("keys", "reasons")
)


def right_answer(question):
    return next(option["text"] for option in question["options"] if option["correct"])


@every_quiz
def test_the_right_answer_is_the_one_that_the_key_or_a_proof_says(path):
    key = KEYS.get(path.stem, {})
    unproved = [question for question in read_quiz(path) if "right" not in question.get("proof", "")]
    assert {question["id"]: right_answer(question) for question in unproved} == key


def proof_breach(expression, using, right=""):
    """Return why a proof does not hold, or None.

    `using` names the modules of socialcare that it may call; in it `right` is the text of the right answer.
    """
    modules = {name.rpartition(".")[2]: importlib.import_module(f"socialcare.{name}") for name in using}
    names = {node.id for node in ast.walk(ast.parse(expression, mode="eval")) if isinstance(node, ast.Name)}
    if not names & set(modules):
        return f"the proof {expression!r} calls none of the modules in 'using': {', '.join(modules) or 'none'}"
    value = eval(expression, {"abs": abs, "round": round, "sum": sum, "right": right, **modules})
    return None if value is True else f"the proof {expression!r} gives {value!r}; expected True"


@every_quiz
def test_a_quiz_belongs_to_a_chapter_and_asks_three_to_five_questions(path):
    assert (ROOT / "book" / f"{path.stem}.md").exists()
    assert 3 <= len(read_quiz(path)) <= 5


@every_quiz
def test_each_option_has_a_reason_of_its_own(path):
    for question in read_quiz(path):
        reasons = [option["feedback"].strip() for option in question["options"]]
        assert len(set(reasons)) == len(reasons), question["id"]


@every_quiz
def test_each_option_is_told_the_reason_that_fits_it(path):
    written = REASONS[path.stem]
    assert [question["id"] for question in read_quiz(path)] == list(written)
    for question in read_quiz(path):
        pairs = zip(question["options"], written[question["id"]].items(), strict=True)
        for option, (text, words) in pairs:
            assert option["text"].strip().startswith(text), question["id"]
            assert words in option["feedback"], f"{question['id']}: {text}"


@every_quiz
def test_each_option_is_offered_once_and_there_is_a_choice(path):
    for question in read_quiz(path):
        texts = [option["text"].strip() for option in question["options"]]
        assert len(set(texts)) == len(texts) >= 2, question["id"]


@every_quiz
def test_each_proof_holds(path):
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    using = content.get("using", []) if isinstance(content, dict) else []
    breaches = {
        question["id"]: breach
        for question in read_quiz(path)
        if "proof" in question and (breach := proof_breach(question["proof"], using, right_answer(question)))
    }
    assert breaches == {}


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("engagement.ertw(30, 20, 1000) == 5", None),
        ("engagement.ertw(30, 20, 1000) == 50", "gives False"),
        ("engagement.ertw(30, 20, 1000)", "gives 5.0; expected True"),
        ("2 + 2 == 4", "calls none of the modules"),
    ],
)
def test_a_proof_must_compute_with_the_package_and_be_true(expression, words):
    breach = proof_breach(expression, ["formulas.engagement"])
    assert breach is None if words is None else words in breach
