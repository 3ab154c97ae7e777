"""Patterns in a node tree: noise, cells, bricks and random numbers, 0 to 1, of mean about a half."""

from math import log2
from typing import Literal

from render.materials.arithmetic import NodeValue, Scalar
from render.materials.coordinates import Coordinates

__all__ = ["PIXEL", "Patterns"]

#: Radians of a pixel for which materials are filtered: 512 pixels over some 50 degrees.
PIXEL = 0.0018


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
        """Fractal noise of `detail` octaves beside the first, less where they would be finer than a pixel.

        contrast above 1 stretches it about its mean and clips.
        """
        node = self.node("TexNoise", noise_dimensions="3D", noise_type="FBM", normalize=False)
        self.put(node.inputs["Vector"], point)
        self.put(node.inputs["Scale"], scale)
        self.put(node.inputs["Detail"], detail if point.unit is None else self._resolved(point.unit / scale, detail))
        self.put(node.inputs["Roughness"], roughness)
        self.put(node.inputs["Distortion"], distortion)
        # By the sum of all amplitudes, so that what is left far away keeps its own.
        out = self.math("MULTIPLY_ADD", self.value(node), 0.5 / _amplitude(detail, roughness), 0.5)
        return out if contrast == 1.0 else out.span(0.5 - 0.5 / contrast, 0.5 + 0.5 / contrast)

    def _resolved(self, feature: float, detail: float) -> NodeValue:
        """How many octaves beside the first, of `feature` metres, are wider than a pixel; at most `detail`."""
        if "distance" not in self._shared:
            self._shared["distance"] = self.math("LOGARITHM", self.view_distance, 2.0)
        end = log2(feature / PIXEL)
        node = self.node("MapRange", interpolation_type="LINEAR", clamp=True)
        for index, entry in enumerate((self._shared["distance"], end - detail, end, detail, 0.0)):
            self.put(node.inputs[index], entry)
        return self.value(node)

    def voronoi(
        self,
        point: NodeValue,
        scale: float = 1.0,
        *,
        feature: Literal["F1", "DISTANCE_TO_EDGE"] = "F1",
        randomness: float = 1.0,
    ) -> tuple[NodeValue, NodeValue]:
        """(distance to the nearest cell's centre or edge, a random number for the cell; edges have none)."""
        node = self.node("TexVoronoi", voronoi_dimensions="3D", feature=feature)
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


def _amplitude(detail: float, roughness: float) -> float:
    """The sum of the amplitudes of fractal noise's octaves; the last one may be there in part."""
    whole = int(detail)
    return sum(roughness**octave for octave in range(whole + 1)) + (detail - whole) * roughness ** (whole + 1)
