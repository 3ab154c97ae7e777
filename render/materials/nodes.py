"""Short node trees: fields with arithmetic, and a graph that makes the texture and shader nodes materials need.

Nothing here imports bpy: a graph writes into a `Tree`.
"""

import hashlib
from typing import Any, Literal, Self

from encode.formulas.srgb import to_linear
from render.materials.tree import Input, Node, Output, Tree
from scenes.base import Rgb, Vec3
from scenes.material import Material

__all__ = ["ALBEDO", "SHADING_NORMAL", "Color", "Graph", "NodeValue", "Scalar", "blend", "linear", "shade"]

# The angle of a pixel for which bump is filtered: 512 pixels over some 50 degrees. Bump finer than two such pixels
# would alias in the one-sample truth (random normals), so it fades out with distance, in truth and image alike.
PIXEL = 0.0018

SEED_SPREAD = 32.0  # features: patterns of two seeds are that far apart at most, and floats stay exact enough for bump
BRIGHTEST = 0.92  # linear albedo: nothing lighter is found in nature, and bounces would not die out


def linear(color: Rgb) -> Rgb:
    """An sRGB colour as linear light, which node sockets hold."""
    r, g, b = to_linear(color).tolist()
    return (min(r, BRIGHTEST), min(g, BRIGHTEST), min(b, BRIGHTEST))


def shade(color: Rgb, factor: float, tint: Rgb = (1.0, 1.0, 1.0)) -> Rgb:
    """A linear colour times `factor` and `tint`, held below the brightest albedo there is."""
    r, g, b = (min(c * factor * t, BRIGHTEST) for c, t in zip(color, tint, strict=True))
    return (r, g, b)


def blend(a: Rgb, b: Rgb, share: float) -> Rgb:
    """`share` of b in a, linear colours."""
    x, y, z = (p + (q - p) * share for p, q in zip(a, b, strict=True))
    return (x, y, z)


class NodeValue:
    """An output socket; arithmetic on fields makes Math nodes."""

    __slots__ = ("graph", "socket")

    def __init__(self, graph: "Graph", socket: Output) -> None:
        self.graph = graph
        self.socket = socket

    def __add__(self, other: "Scalar") -> "NodeValue":
        return self.graph.math("ADD", self, other)

    def __radd__(self, other: float) -> "NodeValue":
        return self.graph.math("ADD", other, self)

    def __sub__(self, other: "Scalar") -> "NodeValue":
        return self.graph.math("SUBTRACT", self, other)

    def __rsub__(self, other: float) -> "NodeValue":
        return self.graph.math("SUBTRACT", other, self)

    def __mul__(self, other: "Scalar") -> "NodeValue":
        return self.graph.math("MULTIPLY", self, other)

    def __rmul__(self, other: float) -> "NodeValue":
        return self.graph.math("MULTIPLY", other, self)

    def __truediv__(self, other: "Scalar") -> "NodeValue":
        return self.graph.math("DIVIDE", self, other)

    def __rtruediv__(self, other: float) -> "NodeValue":
        return self.graph.math("DIVIDE", other, self)

    def __pow__(self, other: "Scalar") -> "NodeValue":
        return self.graph.math("POWER", self, other)

    def __abs__(self) -> "NodeValue":
        return self.graph.math("ABSOLUTE", self)

    def __gt__(self, other: "Scalar") -> "NodeValue":
        return self.graph.math("GREATER_THAN", self, other)

    def __lt__(self, other: "Scalar") -> "NodeValue":
        return self.graph.math("LESS_THAN", self, other)

    def floor(self) -> "NodeValue":
        return self.graph.math("FLOOR", self)

    def fract(self) -> "NodeValue":
        return self.graph.math("FRACT", self)

    def sin(self) -> "NodeValue":
        return self.graph.math("SINE", self)

    def min(self, other: "Scalar") -> "NodeValue":
        return self.graph.math("MINIMUM", self, other)

    def max(self, other: "Scalar") -> "NodeValue":
        return self.graph.math("MAXIMUM", self, other)

    def span(self, low: float, high: float, to_low: float = 0.0, to_high: float = 1.0) -> "NodeValue":
        """Maps low..high onto to_low..to_high, smoothly, and holds the ends."""
        return self.graph.span(self, low, high, to_low, to_high)


#: Name of the output that carries the base colour, linear, for the albedo pass.
ALBEDO = "albedo"
#: Name of the output that carries the unit shading normal, world axes, front-facing; zero where a cut-out is a hole.
SHADING_NORMAL = "shading_normal"

Scalar = NodeValue | float
Color = NodeValue | Rgb
Normal = NodeValue | Vec3 | None  # None: the mesh's own
HOLE: Vec3 = (0.0, 0.0, 0.0)


class Graph:
    """A material's node tree, read by what it makes.

    Coordinates are the object's own, metres, divided by the material's `scale` and moved by its `seed`: a texture of
    scale 1 has features of about the material's scale.
    """

    def __init__(self, spec: Material) -> None:
        self.tree = Tree()
        self.spec = spec
        self._shared: dict[str, Any] = {}
        self._base_color: Color | None = None
        self._normals: dict[Output, Normal] = {}

    # Nodes and links

    def node(self, kind: str, **properties: Any) -> Node:
        return self.tree.add(kind, properties)

    def shared(self, kind: str, **properties: Any) -> Node:
        """A node without inputs, made once for the tree."""
        key = f"{kind} {sorted(properties.items())}"
        if key not in self._shared:
            self._shared[key] = self.node(kind, **properties)
        return self._shared[key]

    def put(self, socket: Input, value: Any) -> None:
        """Links a field, a shader or a constant to an input."""
        if isinstance(value, NodeValue):
            self.tree.links[socket] = value.socket
        else:
            self.tree.values[socket] = value

    def value(self, node: Node, output: int | str = 0) -> NodeValue:
        return NodeValue(self, node.outputs[output])

    # Coordinates

    def seeded(self, what: str, low: float = 0.0, high: float = 1.0) -> float:
        """A number that the seed decides, another one for each `what`."""
        digest = hashlib.sha256(f"{self.spec.seed} {what}".encode()).digest()
        return low + (high - low) * int.from_bytes(digest[:6]) / 2.0**48

    def place(self, position: NodeValue, unit: float = 1.0, *, islands: bool = False) -> NodeValue:
        """Object metres to features of `unit` times the material's scale, moved by the seed.

        islands: also moved for each connected piece of the mesh, so that two boards are not cut from one place.
        """
        step = 1.0 / (unit * self.spec.scale)
        offset = tuple(self.seeded(f"offset {axis}", 0.0, SEED_SPREAD) for axis in "xyz")
        point = self.vector("MULTIPLY_ADD", position, (step, step, step), offset)
        if not islands:
            return point
        island = self.island * SEED_SPREAD
        return self.vector("ADD", point, self.combine(island, island, island))

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
        """Where we are, in features."""
        if "point" not in self._shared:
            self._shared["point"] = self.place(self.metres)
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
        """Flat coordinates on the side of a box we look at: (u, v, side).

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

    def choose(self, mask: NodeValue, yes: Scalar, no: Scalar) -> NodeValue:
        """`yes` where the mask is 1, `no` where it is 0, and what lies between by parts."""
        node = self.node("Mix", data_type="FLOAT")
        self.put(node.inputs[0], mask)
        self.put(node.inputs[2], no)
        self.put(node.inputs[3], yes)
        return self.value(node, 0)

    # Arithmetic

    def math(self, operation: str, a: Scalar, b: Scalar = 0.0) -> NodeValue:
        node = self.node("Math", operation=operation)
        self.put(node.inputs[0], a)
        self.put(node.inputs[1], b)
        return self.value(node)

    def span(self, value: NodeValue, low: float, high: float, to_low: float = 0.0, to_high: float = 1.0) -> NodeValue:
        node = self.node("MapRange", interpolation_type="SMOOTHSTEP", clamp=True)
        for index, entry in enumerate((value, low, high, to_low, to_high)):
            self.put(node.inputs[index], entry)
        return self.value(node)

    def vector(self, operation: str, *operands: NodeValue | Vec3 | tuple[float, ...]) -> NodeValue:
        node = self.node("VectorMath", operation=operation)
        for index, entry in enumerate(operands):
            self.put(node.inputs[index], entry)
        return self.value(node, 1 if operation in ("LENGTH", "DOT_PRODUCT", "DISTANCE") else 0)

    def stretch(self, point: NodeValue, x: float = 1.0, y: float = 1.0, z: float = 1.0) -> NodeValue:
        """Multiplies the axes: a smaller factor makes longer features."""
        return self.vector("MULTIPLY", point, (x, y, z))

    def combine(self, x: Scalar, y: Scalar = 0.0, z: Scalar = 0.0) -> NodeValue:
        node = self.node("CombineXYZ")
        for index, entry in enumerate((x, y, z)):
            self.put(node.inputs[index], entry)
        return self.value(node)

    def split(self, vector: NodeValue) -> tuple[NodeValue, NodeValue, NodeValue]:
        node = self.node("SeparateXYZ")
        self.put(node.inputs[0], vector)
        return self.value(node, 0), self.value(node, 1), self.value(node, 2)

    # Textures: 0 to 1, mean about a half unless said otherwise

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
        feature: Literal["F1", "SMOOTH_F1", "DISTANCE_TO_EDGE"] = "F1",
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

    # Colour

    def mix(self, share: Scalar, a: Color, b: Color) -> NodeValue:
        """`share` of colour b in colour a."""
        node = self.node("Mix", data_type="RGBA", blend_type="MIX", clamp_factor=True)
        self.put(node.inputs[0], share)
        self.put(node.inputs[6], a)
        self.put(node.inputs[7], b)
        return self.value(node, 2)

    def multiply(self, color: Color, factor: NodeValue) -> NodeValue:
        """A colour times a number for each point."""
        node = self.node("VectorMath", operation="SCALE")
        self.put(node.inputs[0], color)
        self.put(node.inputs["Scale"], factor)
        return self.value(node, 0)

    def ramp(self, value: NodeValue, *stops: tuple[float, Rgb]) -> NodeValue:
        """Colours by value, straight between the stops."""
        node = self.tree.add("ValToRGB", {}, stops)
        self.put(node.inputs[0], value)
        return self.value(node)

    # Surface

    def resolved(self, feature: float) -> NodeValue:
        """1 where features of so many metres are two pixels or more, and less the further off they are."""
        camera = self.value(self.shared("CameraData"), "View Distance")
        return (feature / (2.0 * PIXEL) / camera).min(1.0)

    def bump(self, height: NodeValue, depth: float, feature: float, under: NodeValue | None = None) -> NodeValue:
        """The shading normal of relief `depth` metres deep with features `feature` metres wide."""
        node = self.node("Bump")
        self.put(node.inputs["Strength"], self.resolved(feature))
        self.put(node.inputs["Distance"], depth)
        self.put(node.inputs["Height"], height)
        if under is not None:
            self.put(node.inputs["Normal"], under)
        return self.value(node)

    def principled(self, **inputs: Any) -> NodeValue:
        """The Principled BSDF; `base_color` is its socket "Base Color", and so on. The last one's is the albedo."""
        node = self.node("BsdfPrincipled")
        self._base_color = inputs["base_color"]
        for name, value in inputs.items():
            if value is not None:
                self.put(node.inputs[SOCKETS[name]], value)
        return self._shader(node, inputs.get("normal"))

    def translucent(self, color: Color) -> NodeValue:
        """Light from behind, spread evenly."""
        node = self.node("BsdfTranslucent")
        self.put(node.inputs["Color"], color)
        return self._shader(node, None)

    def transparent(self, color: Rgb = (1.0, 1.0, 1.0)) -> NodeValue:
        node = self.node("BsdfTransparent")
        self.put(node.inputs["Color"], color)
        return self._shader(node, HOLE)

    def mix_shader(self, share: NodeValue, a: NodeValue, b: NodeValue) -> NodeValue:
        node = self.node("MixShader")
        self.put(node.inputs[0], share)
        self.put(node.inputs[1], a)
        self.put(node.inputs[2], b)
        return self._shader(node, self._mixed_normal(share, self._normals[a.socket], self._normals[b.socket]))

    def finish(self, shader: NodeValue) -> Self:
        output = self.node("OutputMaterial")
        self.put(output.inputs["Surface"], shader)
        if self._base_color is not None:
            albedo = self.node("OutputAOV", aov_name=ALBEDO)
            self.put(albedo.inputs["Color"], self._base_color)
        normal = self.node("OutputAOV", aov_name=SHADING_NORMAL)
        self.put(normal.inputs["Color"], self._own_unless(self._normals[shader.socket]))
        return self

    def _shader(self, node: Node, normal: Normal) -> NodeValue:
        """The shader that the node gives, and the normal by which it is lit."""
        shader = self.value(node)
        self._normals[shader.socket] = normal
        return shader

    def _mixed_normal(self, share: NodeValue, a: Normal, b: Normal) -> Normal:
        """The unit normal of a mix; zero where all of it is a hole."""
        if a is b:
            return a
        node = self.node("Mix", data_type="VECTOR", factor_mode="UNIFORM")
        self.put(node.inputs[0], share)
        self.put(node.inputs[4], self._own_unless(a))
        self.put(node.inputs[5], self._own_unless(b))
        return self.vector("NORMALIZE", self.value(node, 1))

    def _own_unless(self, normal: Normal) -> NodeValue | Vec3:
        return self.value(self.shared("NewGeometry"), "Normal") if normal is None else normal


SOCKETS = {
    "base_color": "Base Color",
    "metallic": "Metallic",
    "roughness": "Roughness",
    "ior": "IOR",
    "normal": "Normal",
    "diffuse_roughness": "Diffuse Roughness",
    "subsurface": "Subsurface Weight",
    "subsurface_radius": "Subsurface Radius",
    "subsurface_scale": "Subsurface Scale",
    "specular": "Specular IOR Level",
    "anisotropic": "Anisotropic",
    "tangent": "Tangent",
    "transmission": "Transmission Weight",
    "coat": "Coat Weight",
    "coat_roughness": "Coat Roughness",
    "coat_normal": "Coat Normal",
    "sheen": "Sheen Weight",
    "sheen_roughness": "Sheen Roughness",
    "sheen_tint": "Sheen Tint",
    "emission_color": "Emission Color",
    "emission_strength": "Emission Strength",
}
