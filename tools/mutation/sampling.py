"""The same mutants on every machine: drawn for each unit and kind with a seed of its own."""

import random

import nbformat

from mutation import KINDS, ROOT, Mutant, other_files, python_code, units

NO_ANALYSIS = ("/formulas/", "/scenarios/", "/exercises/", "charts.py", "_form.py")  # kinds of their own, or no sums


def _text(path) -> str:
    return path.read_text(encoding="utf-8")


def _name(path) -> str:
    return path.relative_to(ROOT).as_posix()


def _in_modules(stem, folder, edits):
    """Return (file, edits) for each change that ``edits`` proposes in the unit's modules below ``folder``."""
    return _in_files([path for path in units.own_modules(stem) if folder in _name(path)], edits)


def _in_files(paths, edits):
    return [(path, (edit,), "") for path in paths for edit in edits(_text(path))]


def _in_notebook(folder, stem, propose):
    path = ROOT / folder / f"{stem}.ipynb"
    return [(path, (edit,), cell) for cell, edit in propose(nbformat.read(path, as_version=4))]


def _line(path, cell, edit):
    cells = nbformat.read(path, as_version=4).cells if cell else []
    text = next(c.source for c in cells if c.id == cell) if cell else _text(path)
    return text.count("\n", 0, edit.start) + 1


def _datum(stem, chance):
    path = chance.choice(units.tables(stem))
    return [(path, (other_files.table_cell(_text(path), chance),), "")]


def _formula(stem, chance):
    in_formulas = _in_modules(stem, "socialcare/formulas/", python_code.arithmetic)
    analyses = [path for path in units.own_modules(stem) if not any(part in _name(path) for part in NO_ANALYSIS)]
    return chance.choice([in_formulas, _in_files(analyses, python_code.arithmetic)])


def _label(stem, chance):
    def words(text):
        return python_code.wording(text, chance)

    in_figures = _in_notebook("notebooks", stem, lambda notebook: other_files.cell_labels(notebook, chance))
    in_simulators = _in_modules(stem, "socialcare/scenarios/", words)
    in_charts = _in_modules(stem, "charts.py", words)
    in_report = _in_modules(stem, "socialcare/audit/", words)
    in_pages = _in_files(units.templates(stem), lambda text: other_files.page_words(text, chance))
    kinds = (in_figures, in_simulators, in_charts, in_report, in_pages)
    return chance.choice([places for places in kinds if places] or [[]])


def _callback(stem, chance):
    listeners = [
        (path, (edit,), "") for path in sorted(units.reached(stem)) for edit in python_code.deaf_controls(_text(path))
    ]
    controls = _in_modules(stem, "socialcare/scenarios/", python_code.exchanged_controls)
    return chance.choice([places for places in (controls, controls, listeners) if places] or [[]])


def _answer(stem, chance):
    quiz = ROOT / "book" / "quizzes" / f"{stem}.yml"
    tasks = ROOT / "src" / "socialcare" / "exercises" / f"unit_{stem[:2]}.py"
    keys = [(quiz, pair, "") for pair in other_files.quiz_keys(_text(quiz))] if quiz.exists() else []
    slips = [(tasks, pair, "") for pair in python_code.slip_reasons(_text(tasks))] if tasks.exists() else []
    answers = _in_notebook("solutions", stem, other_files.cell_answers)
    return chance.choice([places for places in (keys, slips, answers) if places] or [[]])


PROPOSE = dict(zip(KINDS, (_datum, _formula, _label, _callback, _answer), strict=True))


def sample(each: int, seed: int, stems: list[str] | None = None) -> list[Mutant]:
    """Return ``each`` mutants per unit and kind, fewer where a unit has fewer places to change."""
    chosen: list[Mutant] = []
    for stem in units.stems() if stems is None else stems:
        for kind in KINDS:
            for draw in range(each):
                chance = random.Random(f"{seed} {stem} {kind} {draw}")
                if places := PROPOSE[kind](stem, chance):
                    path, edits, cell = chance.choice(places)
                    ordered = tuple(sorted(edits, key=lambda edit: -edit.start))  # later ones first: places stay valid
                    mutant = Mutant(stem[:2], kind, _name(path), _line(path, cell, ordered[-1]), ordered, cell)
                    if mutant not in chosen:
                        chosen.append(mutant)
    return chosen
