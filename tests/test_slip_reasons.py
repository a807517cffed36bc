"""Each slip of a task is told the reason that fits it: a few words of it stand in slip_reasons.yml."""

from pathlib import Path

import pytest
import yaml
from remembered_tasks import remembered

from socialcare.exercises import NotYet, Task

REASONS = yaml.safe_load((Path(__file__).parent / "slip_reasons.yml").read_text(encoding="utf-8"))
WHOLE = ["04", "05", "09", "10", "11", "12", "14"]  # of the other units, some tasks have tests of their own


@pytest.mark.parametrize("task_id", REASONS)
def test_each_slip_is_told_the_reason_that_fits_it(task_id):
    task = remembered(task_id[:2])[task_id]
    assert [mistake.name for mistake in task.mistakes] == list(REASONS[task_id])
    for mistake in task.mistakes:
        with pytest.raises(NotYet) as problem:
            task.check(mistake.result())
        assert REASONS[task_id][mistake.name] in str(problem.value)


@pytest.mark.parametrize("unit", WHOLE)
def test_no_task_is_forgotten(unit):
    tasks = {task_id for task_id, task in remembered(unit).items() if isinstance(task, Task)}
    assert tasks == {task_id for task_id in REASONS if task_id.startswith(unit)}
