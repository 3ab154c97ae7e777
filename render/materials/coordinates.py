"""Coordinates on an object, in metres or in features of the material, and values that vary with them."""

import hashlib

from render.materials.arithmetic import Arithmetic, NodeValue
from scenes.material import Material

__all__ = ["Coordinates"]

SEED_SPREAD = 32.0  # features: patterns of two seeds are that far apart at most, and floats stay exact enough for bump


class Coordinates(Arithmetic):
    """Coordinates of the object's own, metres, divided by the material's `scale` and moved by its `seed`.

    A texture of scale 1 has features of about the material's scale.
    """

    def __init__(self, spec: Material) -> None:
        super().__init__()
        self.spec = spec

    def seeded(self, what: str, low: float = 0.0, high: float = 1.0) -> float:
        """A number that the seed decides, another one for each `what`."""
        digest = hashlib.sha256(f"{self.spec.seed} {what}".encode()).digest()
        return low + (high - low) * int.from_bytes(digest[:6]) / 2.0**48

    def features(self, position: NodeValue, unit: float = 1.0, *, islands: bool = False) -> NodeValue:
        """Object metres to features of `unit` times the material's scale, moved by the seed.

        islands: also moved for each connected piece of the mesh, so that two boards are not cut from one place.
        """
        step = 1.0 / (unit * self.spec.scale)
        point = self.vector("MULTIPLY_ADD", position, (step, step, step), self._offset)
        if not islands:
            return point
        island = self.island * SEED_SPREAD
        return self.vector("ADD", point, self.combine(island, island, island))

    def face_features(self, unit: float = 1.0) -> NodeValue:
        """`features` in the plane of the side of a box that holds the point: x along it, y across; z is 0."""
        u, v, side = self.faces(self.metres)
        return self.features(self.combine(u + side * 9.0 * self.spec.scale, v), unit)

    @property
    def _offset(self) -> NodeValue:
        """How far the seed moves patterns, in features.

        One constant for all patterns, which Cycles folds into them: to set a value of a copied tree takes Blender long.
        """
        if "offset" not in self._shared:
            offset = tuple(self.seeded(f"offset {axis}", 0.0, SEED_SPREAD) for axis in "xyz")
            self._shared["offset"] = self.vector("ADD", offset, (0.0, 0.0, 0.0))
        shared: NodeValue = self._shared["offset"]
        return shared

    @property
    def metres(self) -> NodeValue:
        """The object's own coordinates."""
        return self.value(self.shared("TexCoord"), "Object")

    @property
    def grain(self) -> NodeValue:
        """Metres with x along the fibres: the mesh's vector attribute "grain" where it has one, else the object's own.

        A builder that joins parts can store each part's own coordinates there, so that legs have upright fibres.
        """
        own = self.value(self.shared("Attribute", attribute_type="GEOMETRY", attribute_name="grain"), "Vector")
        node = self.node("Mix", data_type="VECTOR", factor_mode="UNIFORM")
        self.put(node.inputs[0], self.vector("LENGTH", own) > 0.0)
        self.put(node.inputs[4], self.metres)
        self.put(node.inputs[5], own)
        return self.value(node, 1)

    @property
    def normal(self) -> NodeValue:
        """The smooth surface normal in the object's axes."""
        return self.value(self.shared("TexCoord"), "Normal")

    @property
    def point(self) -> NodeValue:
        """The shaded point, in features."""
        if "point" not in self._shared:
            self._shared["point"] = self.features(self.metres)
        shared: NodeValue = self._shared["point"]
        return shared

    @property
    def island(self) -> NodeValue:
        """A random number for each connected piece of the mesh."""
        return self.value(self.shared("NewGeometry"), "Random Per Island")

    def edge(self, radius: float) -> NodeValue:
        """0 on flat faces, up to 1 within `radius` metres of an edge. Traces rays: for worn surfaces only.

        Pointiness would be free, but it lives on vertices, and the large faces of a box have none inside.
        """
        node = self.node("Bevel", samples=2)
        self.put(node.inputs["Radius"], radius)
        flat = self.value(self.shared("NewGeometry"), "Normal")
        return 1.0 - self.vector("DOT_PRODUCT", self.value(node), flat)

    def faces(self, position: NodeValue) -> tuple[NodeValue, NodeValue, NodeValue]:
        """Flat coordinates on the side of a box that holds the point: (u, v, side).

        On walls v is up and u goes along the wall; on floors and tops u, v are x, y. side is 0 on
        tops, 1 or 2 on walls.
        """
        x, y, z = self.split(position)
        nx, ny, nz = (abs(axis) for axis in self.split(self.normal))
        top = nz > nx.max(ny)
        along_y = nx > ny
        u = self.choose(top, x, self.choose(along_y, y, x))
        v = self.choose(top, y, z)
        return u, v, (1.0 - top) * (1.0 + along_y)
