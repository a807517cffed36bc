"""Quizzes: ``{quiz} 09_measuring_engagement`` shows ``book/quizzes/09_measuring_engagement.yml`` as native forms.

The file is a mapping with ``questions``, or a plain list of them: ``{id, text, options: [{text, correct, feedback}]}``.
Texts may use inline MyST. Each answer has its own reason; quizzes.js shows it, and a closed list holds all of them.
"""

from pathlib import Path

import yaml
from docutils import nodes
from markupsafe import Markup
from page_parts import add_scripts, render
from sphinx.util.docutils import SphinxDirective

FOLDER = "book/quizzes"
VERDICTS = {True: "Right.", False: "Not yet."}


class Quiz(nodes.General, nodes.Element):
    """A quiz; its children are the parsed texts, in the order of ``texts_of``."""


def read_quiz(path):
    """Return the questions of a quiz file; raise ValueError that names file, question and field."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise ValueError(f"{path.name}: not readable as YAML: {' '.join(str(error).split())}") from error
    questions = content.get("questions") if isinstance(content, dict) else content
    if not isinstance(questions, list) or not questions:
        raise ValueError(f"{path.name}: field 'questions' is {type(questions).__name__}; expected a list of questions")
    seen = set()
    for number, question in enumerate(questions, start=1):
        _check_question(f"{path.name}: question {number}", question)
        if question["id"] in seen:
            raise ValueError(
                f"{path.name}: question {number}: field 'id' is {question['id']!r}; expected an unused one"
            )
        seen.add(question["id"])
    return questions


def _check_question(place, question):
    _require(place, question, "id", str)
    place = f"{place} ({question['id']})"
    _require(place, question, "text", str)
    _require(place, question, "options", list)
    for number, option in enumerate(question["options"], start=1):
        for field, kind in (("text", str), ("correct", bool), ("feedback", str)):
            _require(f"{place}: option {number}", option, field, kind)
    right = sum(option["correct"] for option in question["options"])
    if right != 1:
        raise ValueError(f"{place}: field 'options' has {right} correct answers; expected exactly one")


def _require(place, mapping, field, kind):
    value = mapping.get(field) if isinstance(mapping, dict) else None
    if not isinstance(value, kind) or value in ("", []):
        names = {str: "a text", list: "a list", bool: "true or false"}
        raise ValueError(f"{place}: field {field!r} is {value!r}; expected {names[kind]}")


def texts_of(questions):
    """Yield every text of a quiz in reading order."""
    for question in questions:
        yield question["text"]
        for option in question["options"]:
            yield option["text"]
            yield option["feedback"]


class QuizDirective(SphinxDirective):
    """``{quiz} name`` shows the questions of ``book/quizzes/name.yml``."""

    required_arguments = 1

    def run(self):
        """Return the quiz's node."""
        path = Path(self.env.srcdir, FOLDER, f"{self.arguments[0]}.yml")
        self.env.note_dependency(str(path))
        try:
            questions = read_quiz(path)
        except ValueError as error:
            raise self.error(str(error)) from error
        quiz = Quiz(questions=questions, name=self.arguments[0])
        for text in texts_of(questions):
            parsed, messages = self.parse_inline(text, lineno=self.lineno)
            quiz.append(nodes.inline("", "", *parsed, *messages))
        return [quiz]


def _html_of(translator, node):
    """Return the HTML of one parsed text: what the translator appends while it visits the node's children."""
    start = len(translator.body)
    for child in node.children:
        child.walkabout(translator)
    html = "".join(translator.body[start:])
    del translator.body[start:]
    return Markup(html)


def _visit(translator, node):
    texts = iter([_html_of(translator, child) for child in node.children])
    questions = [
        {
            "id": f"{node['name']}-{question['id']}",
            "text": next(texts),
            "options": [
                {"text": next(texts), "feedback": next(texts), "correct": option["correct"]}
                for option in question["options"]
            ],
        }
        for question in node["questions"]
    ]
    translator.body.append(render("quiz.html", name=node["name"], questions=questions, verdicts=VERDICTS))
    raise nodes.SkipNode


def setup(app):
    """Register the directive, the node and the page's script."""
    app.add_directive("quiz", QuizDirective)
    app.add_node(Quiz, html=(_visit, None))
    add_scripts(app, Quiz, "quizzes.js")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
