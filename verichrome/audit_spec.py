"""The scene that `spec` of scene.json describes, validated once for all rules of a frame."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from encode import Frame
from encode.frame_cache import cached_per_frame
from scenes import SceneSpec

__all__ = ["NO_SPEC", "replayed_spec"]

#: What `replayed_spec` raises where scene.json holds no scene.
NO_SPEC = (ArithmeticError, AttributeError, LookupError, TypeError, ValidationError)


def replayed_spec(frame: Frame, scene: Mapping[str, Any]) -> SceneSpec:
    """The scene of a frame and its scene.json; raises one of `NO_SPEC`."""
    stored, validated = scene["spec"], _validated(frame)
    if not validated or validated[0][0] is not stored:
        validated[:] = [(stored, SceneSpec.model_validate(stored))]
    return validated[0][1]


@cached_per_frame
def _validated(_: Frame) -> list[tuple[Any, SceneSpec]]:
    """What was validated last for the frame, and the scene that it gave; nothing at first."""
    return []
