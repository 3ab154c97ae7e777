"""Patterns in a node tree: noise, cells, bricks and random numbers, 0 to 1, of mean about a half."""

from typing import Literal

from render.materials.arithmetic import NodeValue, Scalar
from render.materials.coordinates import Coordinates

__all__ = ["Patterns"]


class Patterns(Coordinates):
    """Makes the texture nodes of one tree."""

    def noise(
        self,
        point: NodeValue,
        scale: float = 1.0,
        detail: float = 2.0,
        *,
        roughness: float = 0.5,
        distortion: float = 0.0,
        contrast: float = 1.0,
    ) -> NodeValue:
        """Fractal noise. contrast above 1 stretches it about its mean and clips."""
        node = self.node("TexNoise", noise_dimensions="3D", noise_type="FBM", normalize=True)
        self.put(node.inputs["Vector"], point)
        self.put(node.inputs["Scale"], scale)
        self.put(node.inputs["Detail"], detail)
        self.put(node.inputs["Roughness"], roughness)
        self.put(node.inputs["Distortion"], distortion)
        out = self.value(node)
        return out if contrast == 1.0 else out.span(0.5 - 0.5 / contrast, 0.5 + 0.5 / contrast)

    def voronoi(
        self,
        point: NodeValue,
        scale: float = 1.0,
        *,
        feature: Literal["F1", "DISTANCE_TO_EDGE"] = "F1",
        randomness: float = 1.0,
        flat: bool = False,
    ) -> tuple[NodeValue, NodeValue]:
        """(distance to the nearest cell's centre or edge, a random number for the cell; edges have none).

        flat: cells in the plane of x and y, at a third of the cost or less.
        """
        node = self.node("TexVoronoi", voronoi_dimensions="2D" if flat else "3D", feature=feature)
        self.put(node.inputs["Vector"], point)
        self.put(node.inputs["Scale"], scale)
        self.put(node.inputs["Randomness"], randomness)
        if feature == "DISTANCE_TO_EDGE":
            return self.value(node, "Distance"), self.value(node, "Distance")
        return self.value(node, "Distance"), self.split(self.value(node, "Color"))[0]

    def random(self, x: Scalar, y: Scalar = 0.0, z: Scalar = 0.0) -> NodeValue:
        """A random number for each whole (x, y, z)."""
        node = self.node("TexWhiteNoise", noise_dimensions="3D")
        self.put(node.inputs["Vector"], self.combine(x, y, z))
        return self.value(node, "Value")

    def bricks(
        self, u: NodeValue, v: NodeValue, *, height: float, joint: float, soft: float = 0.3, offset: float = 0.5
    ) -> tuple[NodeValue, NodeValue]:
        """Bricks 1 long in rows of `height`: (a random number for the brick, 1 in the joint and 0 in the brick)."""
        node = self.node("TexBrick", offset=offset, offset_frequency=2, squash=1.0)
        self.put(node.inputs["Vector"], self.combine(u, v))
        self.put(node.inputs["Color1"], (0.0, 0.0, 0.0))
        self.put(node.inputs["Color2"], (1.0, 1.0, 1.0))
        self.put(node.inputs["Mortar"], (0.5, 0.5, 0.5))
        self.put(node.inputs["Scale"], 1.0)
        self.put(node.inputs["Mortar Size"], joint)
        self.put(node.inputs["Mortar Smooth"], soft)
        self.put(node.inputs["Brick Width"], 1.0)
        self.put(node.inputs["Row Height"], height)
        return self.split(self.value(node, "Color"))[0], self.value(node, "Fac")
