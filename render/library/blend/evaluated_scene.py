"""What the render of a file shows, as data: mesh instances and lamps, and notes on what it loses."""

from dataclasses import dataclass, field
from typing import Any

from render.library.blend.naming import InstanceIdentity
from render.library.blend.visibility import RayVisibility
from scenes.settings import ObjectNames

__all__ = ["EvaluatedScene", "LampInstance", "MeshInstance"]


@dataclass(frozen=True, eq=False)
class MeshInstance:
    """One instance of a mesh, which others may share.

    matrix: from the mesh's axes to the world's, units of the file. color, index and random: what Object Info gives.
    override: the material that the view layer gives to everything, or None.
    """

    mesh: Any
    matrix: Any
    identity: InstanceIdentity
    visibility: RayVisibility
    color: tuple[float, ...]
    index: int
    random: float
    override: Any = None

    @property
    def names(self) -> ObjectNames:
        """The names of the object, and of what it belongs to."""
        return self.identity.names


@dataclass(frozen=True, eq=False)
class LampInstance:
    """A lamp where it shines."""

    light: Any
    matrix: Any
    name: str
    visibility: RayVisibility


@dataclass
class EvaluatedScene:
    """What a scene's render shows; `notes` are clauses on what cannot be shown as the file has it."""

    meshes: list[MeshInstance] = field(default_factory=list)
    lamps: list[LampInstance] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
