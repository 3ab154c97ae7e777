"""Which tasks there are: those of this package, and those of the entry-point group `verichrome.tasks`."""

from collections.abc import Iterable
from functools import cache

from encode.albedo.task import AlbedoTask
from encode.amodal.task import AmodalTask
from encode.boxes.task import BoxesTask
from encode.declared_members import ExtraMember, declared_members
from encode.depth.task import DepthTask
from encode.edges.task import EdgesTask
from encode.entry_points import entry_points_of
from encode.errors import EncodeError, TaskError
from encode.interactive.task import InteractiveTask
from encode.keypoints.task import KeypointsTask
from encode.normals.task import NormalsTask
from encode.panoptic.task import PanopticTask
from encode.points.task import PointsTask
from encode.prompts.template import templates
from encode.reading.short_text import short_repr
from encode.reasoning.task import ReasoningTask
from encode.referring.task import ReferringTask
from encode.segmentation.instance_task import InstanceTask
from encode.segmentation.semantic_task import SemanticTask
from encode.shading.task import ShadingTask
from encode.surface.materials_task import MaterialsTask
from encode.surface.parts_task import PartsTask
from encode.task import Task
from encode.third_party import TASK_GROUP, load_task

__all__ = ["built_in_task_names", "extra_members", "get_task", "task_names", "why_unusable"]


def built_in_task_names() -> tuple[str, ...]:
    """Return the names of the tasks of this package."""
    return tuple(_built_in())


def task_names() -> tuple[str, ...]:
    """Return the names of all tasks: the built-in ones first, then third parties' in alphabetical order, not loaded."""
    return (*built_in_task_names(), *(name for name in entry_points_of(TASK_GROUP) if name not in _built_in()))


def get_task(name: str) -> Task:
    """Return the task `name`; raises TaskError that lists all tasks, or why a third party's does not load."""
    if name in _built_in():
        return _built_in()[name]
    if name not in entry_points_of(TASK_GROUP):
        raise TaskError("task", f"one of {', '.join(task_names())}", short_repr(name))
    task = _third_party(name)
    if isinstance(task, TaskError):
        raise task
    return task


def extra_members(tasks: Iterable[str]) -> frozenset[ExtraMember]:
    """Return the extra members that every sample of a data set of these tasks has; raises what `get_task` raises."""
    return frozenset(member for name in tasks for member in declared_members(get_task(name)))


def why_unusable(name: str) -> EncodeError | None:
    """Return why a third party's task or its templates do not load; None for one that does, and for unknown names."""
    if name in _built_in() or name not in entry_points_of(TASK_GROUP):
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
        ReasoningTask(),
        InteractiveTask(),
        PartsTask(),
        MaterialsTask(),
        BoxesTask(),
        PointsTask(),
        KeypointsTask(),
        EdgesTask(),
        PanopticTask(),
        ShadingTask(),
    )
    return {task.name: task for task in tasks}


@cache
def _third_party(name: str) -> Task | TaskError:
    """The task of an entry point, or why it cannot be used: code that fails once is not run again."""
    try:
        return load_task(entry_points_of(TASK_GROUP)[name])
    except TaskError as error:
        return error
