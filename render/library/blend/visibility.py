"""Which rays see an instance, as Cycles combines what the file says of it (`sync_object` in its blender/object.cpp)."""

from dataclasses import dataclass
from typing import Any

__all__ = ["FLAGS", "HOLDOUT", "SHADOW_CATCHER", "LayerVisibility", "RayVisibility"]

#: Which rays see an object: Cycles' ray visibility.
FLAGS = (
    "visible_camera",
    "visible_diffuse",
    "visible_glossy",
    "visible_transmission",
    "visible_volume_scatter",
    "visible_shadow",
)
HOLDOUT, SHADOW_CATCHER = "holdout", "shadow catcher"


@dataclass(frozen=True)
class RayVisibility:
    """flags: whether the rays of FLAGS see it. hole: HOLDOUT or SHADOW_CATCHER where cameras would, and its own render
    shows a hole for compositing in its place; "" else."""

    flags: tuple[bool, ...]
    hole: str = ""

    def over(self, other: "RayVisibility") -> "RayVisibility":
        """What is seen in either of two view layers."""
        flags = tuple(a or b for a, b in zip(self.flags, other.flags, strict=True))
        return RayVisibility(flags, "" if flags[0] else self.hole or other.hole)

    def unseen(self) -> "RayVisibility":
        """The same, but for cameras."""
        return RayVisibility((False, *self.flags[1:]), self.hole)


class LayerVisibility:
    """The rules of one view layer."""

    def __init__(self, layer: Any) -> None:
        self._layer = layer
        self._known: dict[tuple[int, int], RayVisibility] = {}

    def of(self, instance: Any, thing: Any) -> RayVisibility:
        """Rays see an instance that see both it and the outermost object through which it is shown; whether it is a
        holdout or there for indirect light only is up to that outermost object."""
        outermost = instance.parent if instance.is_instance else thing
        key = (thing.original.session_uid, outermost.original.session_uid)
        if key not in self._known:
            self._known[key] = self._visibility(thing, outermost)
        return self._known[key]

    def _visibility(self, thing: Any, outermost: Any) -> RayVisibility:
        flags = [bool(getattr(thing, name) and getattr(outermost, name)) for name in FLAGS]
        hole = ""
        if outermost.is_holdout or outermost.original.holdout_get(view_layer=self._layer):
            hole = HOLDOUT
        elif outermost.original.indirect_only_get(view_layer=self._layer):
            flags[0] = False
        elif thing.is_shadow_catcher or outermost.is_shadow_catcher:
            hole = SHADOW_CATCHER
        hole = hole if flags[0] else ""
        return RayVisibility((flags[0] and not hole, *flags[1:]), hole)
