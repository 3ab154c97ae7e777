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
    """Which rays see an instance.

    flags: one for each of FLAGS. hole: HOLDOUT or SHADOW_CATCHER where the file's own render shows a hole for
    compositing in place of what cameras would see; "" else.
    """

    flags: tuple[bool, ...]
    hole: str = ""

    @property
    def to_camera(self) -> bool:
        """Whether cameras see it."""
        return self.flags[0]

    def over(self, other: "RayVisibility") -> "RayVisibility":
        """What is seen in either of two view layers."""
        flags = tuple(a or b for a, b in zip(self.flags, other.flags, strict=True))
        return RayVisibility(flags, "" if flags[0] else self.hole or other.hole)

    def unseen(self) -> "RayVisibility":
        """The same, but hidden from cameras."""
        return RayVisibility((False, *self.flags[1:]), self.hole)


class LayerVisibility:
    """The ray visibility of the instances in one view layer."""

    def __init__(self, layer: Any) -> None:
        self._layer = layer
        self._known: dict[tuple[int, int], RayVisibility] = {}

    def of(self, instance: Any, obj: Any) -> RayVisibility:
        """Which rays see the instance of `obj`.

        Rays must see both the object and the outermost object that makes the instance. Whether it is a holdout, or
        there for indirect light only, depends on that outermost object alone.
        """
        outermost = instance.parent if instance.is_instance else obj
        key = (obj.original.session_uid, outermost.original.session_uid)
        if key not in self._known:
            self._known[key] = self._combine(obj, outermost)
        return self._known[key]

    def _combine(self, obj: Any, outermost: Any) -> RayVisibility:
        flags = [bool(getattr(obj, name) and getattr(outermost, name)) for name in FLAGS]
        hole = ""
        if outermost.is_holdout or outermost.original.holdout_get(view_layer=self._layer):
            hole = HOLDOUT
        elif outermost.original.indirect_only_get(view_layer=self._layer):
            flags[0] = False
        elif obj.is_shadow_catcher or outermost.is_shadow_catcher:
            hole = SHADOW_CATCHER
        hole = hole if flags[0] else ""
        return RayVisibility((flags[0] and not hole, *flags[1:]), hole)
