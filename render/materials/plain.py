"""What diffuse rays, those that follow a diffuse bounce, meet of a surface: a diffuse shader of its mean colour.

To work out patterns, relief and gloss for them takes some 8 % of an image's seconds, and hardly changes its light.
Where a surface has holes, or how much of it is translucent, stays as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from render.materials.arithmetic import Arithmetic, Color, NodeValue, Scalar
from render.materials.mean_color import mean_color
from render.materials.tree import Output

__all__ = ["MixedShader", "Scattering", "Shader", "with_plain_bounces"]


@dataclass(frozen=True, slots=True)
class Scattering:
    """A shader that scatters `color` as the node `kind` does, but for the metallic part of it.

    Cycles lets diffuse rays meet no reflections (caustics are off), so that metals are black to them.
    """

    kind: str
    color: Color
    metallic: Scalar = 0.0


@dataclass(frozen=True, slots=True)
class MixedShader:
    """`share` of shader b in shader a."""

    share: NodeValue
    a: Output
    b: Output


Shader = Scattering | MixedShader


def with_plain_bounces(graph: Arithmetic, shaders: Mapping[Output, Shader], shader: NodeValue) -> NodeValue:
    """The shader, and for diffuse rays a plain one.

    shaders: what each shader of the graph is. The shader alone where one that it is made of is not among them, as glass
    and lamps are not, or where its mean colour is not known.
    """
    plain = _plain(graph, shaders, shader.socket)
    if plain is None:
        return shader
    diffuse = graph.value(graph.node("LightPath"), "Is Diffuse Ray")
    return _mixed(graph, diffuse, shader, plain)


def _plain(graph: Arithmetic, shaders: Mapping[Output, Shader], output: Output) -> NodeValue | None:
    match shaders.get(output):
        case Scattering(kind, color, metallic):
            mean = mean_color(graph.tree, color, metallic)
            if mean is None:
                return None
            node = graph.node(kind)
            graph.put(node.inputs["Color"], mean)
            return graph.value(node)
        case MixedShader(share, a, b):
            plain_a, plain_b = _plain(graph, shaders, a), _plain(graph, shaders, b)
            return None if plain_a is None or plain_b is None else _mixed(graph, share, plain_a, plain_b)
        case _:
            return None


def _mixed(graph: Arithmetic, share: NodeValue, a: NodeValue, b: NodeValue) -> NodeValue:
    node = graph.node("MixShader")
    for index, value in enumerate((share, a, b)):
        graph.put(node.inputs[index], value)
    return graph.value(node)
