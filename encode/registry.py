"""Which tasks there are: the seven of this package, and those of the entry-point group `verichrome.tasks`."""

from functools import cache

from encode.albedo.task import AlbedoTask
from encode.amodal.task import AmodalTask
from encode.depth.task import DepthTask
from encode.errors import EncodeError, TaskError
from encode.foreign import ENTRY_POINT_GROUP, load_task, task_points
from encode.normals.task import NormalsTask
from encode.prompts.library import templates
from encode.reading.shown import shown
from encode.referring.task import ReferringTask
from encode.segmentation.instance_task import InstanceTask
from encode.segmentation.semantic_task import SemanticTask
from encode.task import Task

__all__ = ["ENTRY_POINT_GROUP", "get_task", "task_names", "why_unusable"]


def task_names() -> tuple[str, ...]:
    """Names of all tasks: the built-in ones first, then third parties' in alphabetical order, which are not loaded."""
    return (*_built_in(), *(name for name in task_points() if name not in _built_in()))


def get_task(name: str) -> Task:
    """Return the task `name`; raises TaskError naming those there are, or why a third party's does not load."""
    if name in _built_in():
        return _built_in()[name]
    if name not in task_points():
        raise TaskError("task", f"one of {', '.join(task_names())}", shown(name))
    found = _third_party(name)
    if isinstance(found, TaskError):
        raise found
    return found


def why_unusable(name: str) -> EncodeError | None:
    """Why a third party's task or its templates do not load; None for one that does, and for what is no task."""
    if name in _built_in() or name not in task_points():
        return None
    try:
        get_task(name)
        templates(name)
    except EncodeError as error:
        return error
    return None


@cache
def _built_in() -> dict[str, Task]:
    tasks: tuple[Task, ...] = (
        DepthTask(),
        NormalsTask(),
        SemanticTask(),
        InstanceTask(),
        ReferringTask(),
        AmodalTask(),
        AlbedoTask(),
    )
    return {task.name: task for task in tasks}


@cache
def _third_party(name: str) -> Task | TaskError:
    """The task of an entry point, or why there is none: code that fails once is not run again."""
    if name in _built_in():
        where = f"entry point {name} of {ENTRY_POINT_GROUP}"
        return TaskError(where, "a free name without dots, the same as the task's own", shown(name))
    try:
        return load_task(task_points()[name])
    except TaskError as error:
        return error
