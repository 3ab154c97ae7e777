"""How an object comes to be rendered: by itself, or as an instance that other objects make of it."""

from dataclasses import dataclass
from typing import Any

__all__ = ["InstanceKey", "InstanceOrigin", "Instancer"]

#: Identifies what Blender renders: the outermost object's session_uid, then the numbers of the persistent id, outermost
#: first, then the object's own session_uid.
InstanceKey = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Instancer:
    """An object that makes instances of others.

    group: the key that all instances which it makes together share. outer_group: that of the group which the instancer
    is in itself. collection: the collection that it instances as a whole, or None. scatters: whether it is geometry
    nodes, particles, vertices or faces, and not a plain collection instance.
    """

    object: Any
    group: InstanceKey
    outer_group: InstanceKey
    collection: Any = None
    scatters: bool = False


@dataclass(frozen=True, eq=False)
class InstanceOrigin:
    """Where one instance comes from.

    key: unlike that of any other instance. instancers: the nearest first. is_own: whether it is what the object itself
    evaluates to (the mesh of a curve, fur that geometry nodes grow on a mesh). has_own_materials: whether its geometry
    brings its materials, as that of nodes does.
    """

    key: InstanceKey
    instancers: tuple[Instancer, ...] = ()
    is_own: bool = False
    has_own_materials: bool = False

    @property
    def group(self) -> InstanceKey:
        """The key that all instances made together share, () for what is in the scene itself."""
        return self.instancers[0].group if self.instancers else ()
