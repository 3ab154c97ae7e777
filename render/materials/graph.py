"""A material's node tree: patterns, relief and shaders, with the channels that truth is read from.

Each shader carries the normal by which it is lit, and how much of the surface it is (nothing, for a hole), so that
`Graph.finish` can write normal, base colour and part to outputs of their own.
"""

from typing import Any, Self

from render.materials.arithmetic import Color, NodeValue, Scalar
from render.materials.patterns import Patterns
from render.materials.plain import MixedShader, Scattering, Shader, with_plain_bounces
from render.materials.tree import Node, Output
from scenes.base import Rgb, Vec3
from scenes.material import Material

__all__ = ["ALBEDO", "PART_NUMBER", "SHADER_SWITCH", "SHADING_NORMAL", "Graph"]

#: Name of the output that carries the base colour, linear, for the albedo pass; zero where a cut-out is a hole.
ALBEDO = "albedo"
#: Name of the output that carries the unit shading normal, world axes, front-facing; zero where a cut-out is a hole.
SHADING_NORMAL = "shading_normal"
#: Name of the output that carries the number of the model's part, from 1, and of the meshes' face attribute that it is
#: read from; zero where a cut-out is a hole.
PART_NUMBER = "part_number"
#: Name of the node that takes the shader of a surface without holes away when its factor is 1: the outputs stay as they
#: are, and take a fifth of the time to render.
SHADER_SWITCH = "Verichrome shader switch"

# The angle of a pixel for which bump is filtered: 512 pixels over some 50 degrees. Bump finer than two such pixels
# would alias in the one-sample truth (random normals), so it fades out with distance, in truth and image alike.
PIXEL = 0.0018
HOLE: Vec3 = (0.0, 0.0, 0.0)
#: Sockets of the Principled BSDF by the names that `Graph.principled` takes.
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

Normal = NodeValue | Vec3 | None  # None: the mesh's own


class Graph(Patterns):
    """A material's node tree, written node by node into `tree`."""

    def __init__(self, spec: Material, *, plain_bounces: bool = False) -> None:
        """plain_bounces: diffuse rays meet the surface's mean colour alone (`plain.py`)."""
        super().__init__(spec)
        self._plain_bounces = plain_bounces
        self._shaders: dict[Output, Shader] = {}
        self._base_color: Color | None = None
        self._light_enters = False
        self._normals: dict[Output, Normal] = {}
        self._covers: dict[Output, Scalar] = {}  # of each shader: 1 is a surface, 0 a hole

    def resolved(self, feature: float) -> NodeValue:
        """1 where features of so many metres cover two pixels or more, falling with distance to 0."""
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
        self._light_enters |= inputs.get("subsurface") not in (None, 0.0)
        opaque = not inputs.keys() & {"transmission", "emission_strength"}
        scattering = Scattering("BsdfDiffuse", inputs["base_color"], inputs.get("metallic", 0.0))
        return self._shader(node, inputs.get("normal"), 1.0, scattering if opaque else None)

    def translucent(self, color: Color) -> NodeValue:
        """Light from behind, spread evenly."""
        node = self.node("BsdfTranslucent")
        self.put(node.inputs["Color"], color)
        return self._shader(node, None, 1.0, Scattering("BsdfTranslucent", color))

    def transparent(self, color: Rgb = (1.0, 1.0, 1.0)) -> NodeValue:
        """A hole where the colour is white; a filter of light where it is not."""
        node = self.node("BsdfTransparent")
        self.put(node.inputs["Color"], color)
        return self._shader(node, HOLE, 0.0, Scattering("BsdfTransparent", color))

    def mix_shader(self, share: NodeValue, a: NodeValue, b: NodeValue) -> NodeValue:
        """`share` of shader b in shader a."""
        node = self.node("MixShader")
        self.put(node.inputs[0], share)
        self.put(node.inputs[1], a)
        self.put(node.inputs[2], b)
        cover_a, cover_b = self._covers[a.socket], self._covers[b.socket]
        cover = cover_a if cover_a == cover_b else self.choose(share, yes=cover_b, no=cover_a)
        normal = self._mixed_normal(share, self._normals[a.socket], self._normals[b.socket])
        return self._shader(node, normal, cover, MixedShader(share, a.socket, b.socket))

    def finish(self, shader: NodeValue, *, alike: bool = True) -> Self:
        """Make the shader the surface, and write its base colour, normal and part to outputs of their own.

        alike: the surface has about the same colours everywhere; else diffuse rays meet all of it.
        """
        output = self.node("OutputMaterial")
        plain = self._plain_bounces and alike
        surface = with_plain_bounces(self, self._shaders, shader) if plain else shader
        cover = self._covers[shader.socket]
        self.put(output.inputs["Surface"], self._switched(surface) if cover == 1.0 else surface)
        if self._base_color is not None:
            albedo = self.node("OutputAOV", aov_name=ALBEDO)
            # Outputs of all surfaces along a ray are summed, so a hole adds nothing.
            whole = cover == 1.0
            self.put(albedo.inputs["Color"], self._base_color if whole else self.multiply(self._base_color, cover))
        normal = self.node("OutputAOV", aov_name=SHADING_NORMAL)
        self.put(normal.inputs["Color"], self._own_unless(self._normals[shader.socket]))
        part = self.node("OutputAOV", aov_name=PART_NUMBER)
        number = self.value(self.node("Attribute", attribute_type="GEOMETRY", attribute_name=PART_NUMBER), "Fac")
        self.put(part.inputs["Color"], number if cover == 1.0 else number * cover)
        return self

    def _switched(self, shader: NodeValue) -> NodeValue:
        """The shader, or a black one that scatters nothing: Cycles drops the node and what it does not take.

        Meshes that light enters keep a shader of that kind: Cycles places them otherwise than others, which shows in
        the last bits of positions.
        """
        black = self.node("SubsurfaceScattering" if self._light_enters else "BsdfDiffuse")
        node = self.node("MixShader", name=SHADER_SWITCH)
        self.put(black.inputs["Color"], (0.0, 0.0, 0.0))
        for number, value in enumerate((0.0, shader, self.value(black))):
            self.put(node.inputs[number], value)
        return self.value(node)

    def _shader(self, node: Node, normal: Normal, cover: Scalar, known: Shader | None) -> NodeValue:
        """The shader that the node gives, with the normal by which it is lit and how much of the surface it is."""
        shader = self.value(node)
        if known is not None:
            self._shaders[shader.socket] = known
        self._normals[shader.socket] = normal
        self._covers[shader.socket] = cover
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
