"""Which tasks there are: those of this package, and those of the entry-point group `verichrome.tasks`."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from encode.entry_points import TASK_GROUP, entry_points_of
from encode.errors import EncodeError, TaskError
from encode.reading.short_text import short_repr

if TYPE_CHECKING:
    from encode.declared_members import ExtraMember
    from encode.task import Task

__all__ = ["built_in_task_names", "extra_members", "get_task", "task_names", "why_unusable"]

#: Module and class of each task of this package. They are imported at first use: together they need most of it, and a
#: configuration asks for names alone.
_BUILT_IN = {
    "depth": ("encode.depth.task", "DepthTask"),
    "normals": ("encode.normals.task", "NormalsTask"),
    "semantic": ("encode.segmentation.semantic_task", "SemanticTask"),
    "instance": ("encode.segmentation.instance_task", "InstanceTask"),
    "referring": ("encode.referring.task", "ReferringTask"),
    "amodal": ("encode.amodal.task", "AmodalTask"),
    "albedo": ("encode.albedo.task", "AlbedoTask"),
    "reasoning": ("encode.reasoning.task", "ReasoningTask"),
    "interactive": ("encode.interactive.task", "InteractiveTask"),
    "parts": ("encode.surface.parts_task", "PartsTask"),
    "materials": ("encode.surface.materials_task", "MaterialsTask"),
    "boxes": ("encode.boxes.task", "BoxesTask"),
    "points": ("encode.points.task", "PointsTask"),
    "keypoints": ("encode.keypoints.task", "KeypointsTask"),
    "edges": ("encode.edges.task", "EdgesTask"),
    "panoptic": ("encode.panoptic.task", "PanopticTask"),
    "shading": ("encode.shading.task", "ShadingTask"),
}


def built_in_task_names() -> tuple[str, ...]:
    """Return the names of the tasks of this package."""
    return tuple(_BUILT_IN)


def task_names() -> tuple[str, ...]:
    """Return the names of all tasks: the built-in ones first, then third parties' in alphabetical order, not loaded."""
    return (*built_in_task_names(), *(name for name in entry_points_of(TASK_GROUP) if name not in _BUILT_IN))


def get_task(name: str) -> "Task":
    """Return the task `name`; raises TaskError that lists all tasks, or why a third party's does not load."""
    if name in _BUILT_IN:
        return _built_in(name)
    if name not in entry_points_of(TASK_GROUP):
        raise TaskError("task", f"one of {', '.join(task_names())}", short_repr(name))
    task = _third_party(name)
    if isinstance(task, TaskError):
        raise task
    return task


def extra_members(tasks: Iterable[str]) -> "frozenset[ExtraMember]":
    """Return the extra members that every sample of a data set of these tasks has; raises what `get_task` raises."""
    from encode.declared_members import declared_members

    return frozenset(member for name in tasks for member in declared_members(get_task(name)))


def why_unusable(name: str) -> EncodeError | None:
    """Return why a third party's task or its templates do not load; None for one that does, and for unknown names."""
    if name in _BUILT_IN or name not in entry_points_of(TASK_GROUP):
        return None
    from encode.prompts.template import templates

    try:
        get_task(name)
        templates(name)
    except EncodeError as error:
        return error
    return None


@cache
def _built_in(name: str) -> "Task":
    module, class_name = _BUILT_IN[name]
    task: Task = getattr(import_module(module), class_name)()
    return task


@cache
def _third_party(name: str) -> "Task | TaskError":
    """The task of an entry point, or why it cannot be used: code that fails once is not run again."""
    from encode.third_party import load_task

    try:
        return load_task(entry_points_of(TASK_GROUP)[name])
    except TaskError as error:
        return error
