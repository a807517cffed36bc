"""The tasks of the exercises, each right answer and each slip computed once: the tests of the checks ask for them often."""

import functools
from dataclasses import replace

from socialcare.exercises import Rubric, Task, load_tasks


def _remembering(task: Task | Rubric) -> Task | Rubric:
    if not isinstance(task, Task):
        return task
    mistakes = tuple(replace(mistake, result=functools.cache(mistake.result)) for mistake in task.mistakes)
    return replace(task, right=functools.cache(task.right), mistakes=mistakes)


@functools.cache
def remembered(unit: str) -> dict[str, Task | Rubric]:
    """Return the tasks of a unit as ``load_tasks`` does; they compute nothing twice."""
    return {task_id: _remembering(task) for task_id, task in load_tasks(unit).items()}
