"""The section `pairs`: what decides, with the frames, which pairs there are."""

import logging
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, field_validator

from verichrome.config.fields import ConfigSection, Count, Names, Share
from verichrome.validation_messages import closest

if TYPE_CHECKING:
    from encode import PairShares

__all__ = ["PairsConfig", "default_tasks"]


#: Tasks that a configuration must name: a question needs a view with much in it, and other tasks come first; a second
#: source image is for models that take two, a panoptic answer's text for those that write, and keypoints need people.
_NAMED_ALONE = frozenset(
    {"reasoning", "interactive", "parts", "materials", "boxes", "points", "keypoints", "edges", "panoptic", "shading"}
)


def default_tasks(albedo: bool) -> tuple[str, ...]:
    """Return the tasks that load, that frames can answer, and that need not be named.

    albedo: whether the frames keep the base colour.
    """
    return tuple(name for name in _usable_tasks() if name not in _NAMED_ALONE and (albedo or name != "albedo"))


@cache
def _usable_tasks() -> tuple[str, ...]:
    """All tasks except those of third parties that do not load, about which a warning is printed once."""
    from encode import task_names, why_unusable  # lazy: numpy is slow to import, and --help needs no task

    reasons = {name: why_unusable(name) for name in task_names()}
    for name, reason in reasons.items():
        if reason is not None:
            logging.getLogger(__name__).warning("The task %s is left out: %s.", name, reason)
    return tuple(name for name, reason in reasons.items() if reason is None)


class PairsConfig(ConfigSection):
    """Which pairs are made of each frame. The seed of their prompts and colours is that of the scenes."""

    tasks: Annotated[tuple[str, ...], Names] = Field(
        default_factory=lambda: default_tasks(albedo=False),
        min_length=1,
        description="Tasks to make pairs for, separated by commas.",
    )
    prompts_per_task: Count = Field(1, ge=1, le=100, description="Pairs made of each frame for each task.")
    split: Literal["train", "heldout"] = Field(
        "train", description="Which prompt templates to draw from; the two sets share none."
    )
    source_format: Literal["png", "jpg", "webp"] = Field(
        "png", description="File format of the source images in the pairs. Targets are always PNG."
    )
    source_quality: Count = Field(95, ge=1, le=100, description="Quality of jpg and webp sources; png ignores it.")

    # The defaults are those of PairShares, which a test compares: importing it here would cost --help half a second.
    small_share: Share = Field(
        0.1,
        description="Share of instance, referring, boxes, points and semantic pairs that do not prefer large things.",
    )
    lone_share: Share = Field(
        0.25, description="Share of the referring pairs that may ask for what naming the class would find."
    )
    full_share: Share = Field(0.3, description="Share of the semantic pairs whose legend names every visible class.")
    label_set_share: Share = Field(
        0.2,
        description="Share of the semantic pairs in the classes of COCO, ADE20K, Cityscapes or NYU40; where the frame "
        "shows too few of them, every visible class is named.",
    )
    absent_entry_share: Share = Field(
        0.3,
        description="Share of absent classes among the entries of a semantic legend, on average; more where a label "
        "set is named whole.",
    )
    absent_share: Share = Field(
        0.06,
        description="Share of the instance, referring, boxes and points pairs that ask for what is not there.",
    )
    group_share: Share = Field(
        0.12, description="Share of the referring pairs that ask for a group as one mask: the furniture, the crowd."
    )
    cube_walk_share: Share = Field(0.5, description="Share of the depth pairs painted as the metric cube walk.")
    log_depth_share: Share = Field(
        0.5, description="Share of log depth in grey among the depth pairs that are not the cube walk."
    )

    def shares(self) -> "PairShares":
        """How often tasks ask what, as `encode` takes it."""
        from encode import PairShares  # lazy: numpy is slow to import

        return PairShares(**{field.name: getattr(self, field.name) for field in fields(PairShares)})

    @field_validator("tasks")
    @classmethod
    def _tasks_exist(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        from encode import task_names

        known = task_names()
        for name in names:
            if name not in known:
                raise ValueError(f"must be among {', '.join(known)}, and {name} is not{closest(name, known)}")
        if len(set(names)) < len(names):
            raise ValueError("must name each task once")
        return tuple(sorted(names, key=list(known).index))  # one order, so that a,b and b,a are one configuration
