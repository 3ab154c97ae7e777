"""Which tasks there are: the seven of this package, and those of the entry-point group `verichrome.tasks`."""

from functools import cache
from importlib.metadata import entry_points

from encode.albedo.task import AlbedoTask
from encode.amodal.task import AmodalTask
from encode.depth.task import DepthTask
from encode.errors import TaskError
from encode.normals.task import NormalsTask
from encode.referring.task import ReferringTask
from encode.segmentation.instance_task import InstanceTask
from encode.segmentation.semantic_task import SemanticTask
from encode.task import Task

__all__ = ["ENTRY_POINT_GROUP", "get_task", "task_names"]

ENTRY_POINT_GROUP = "verichrome.tasks"


def task_names() -> tuple[str, ...]:
    """Names of all tasks: the built-in ones first, then third parties' in alphabetical order."""
    return tuple(_tasks())


def get_task(name: str) -> Task:
    """Return the task `name`; raises TaskError naming those there are."""
    tasks = _tasks()
    if name not in tasks:
        raise TaskError("task", f"one of {', '.join(tasks)}", repr(name))
    return tasks[name]


@cache
def _tasks() -> dict[str, Task]:
    built_in: tuple[Task, ...] = (
        DepthTask(),
        NormalsTask(),
        SemanticTask(),
        InstanceTask(),
        ReferringTask(),
        AmodalTask(),
        AlbedoTask(),
    )
    tasks = {task.name: task for task in built_in}
    for point in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda point: point.name):
        found = point.load()
        task = found() if isinstance(found, type) else found
        where = f"entry point {point.name} of {ENTRY_POINT_GROUP}"
        if not isinstance(task, Task):
            raise TaskError(where, "an encode.Task", type(task).__name__)
        if task.name != point.name or task.name in tasks or "." in task.name:
            raise TaskError(where, "a free name without dots, the same as the task's own", repr(task.name))
        tasks[task.name] = task
    return tasks
