"""A surface shown by one of the user's texture sets, laid on by box projection in metres, whatever UVs a mesh has.

Ambient occlusion maps are ignored: the scene's light makes its own shadows.
"""

from collections.abc import Mapping
from typing import Any

from render.materials.arithmetic import NodeValue
from render.materials.graph import Graph

__all__ = ["textured"]

FINEST = 0.01  # of a repeat: the width of the relief's features, by which it fades out with distance
RELIEF = 0.02  # of a repeat: the depth of a height map from black to white


def textured(graph: Graph, images: Mapping[str, Any]) -> None:
    """Base colour, roughness, metalness and relief from `images` by role; what a set lacks is plain."""
    width = graph.spec.scale
    u, v, side = graph.faces(graph.metres)
    shift = graph.seeded("textures u"), graph.seeded("textures v")
    uv = graph.combine(u / width + shift[0], v / width + shift[1])

    def read(role: str) -> NodeValue | None:
        return _read(graph, images[role], uv) if role in images else None

    relief = _relief(graph, images, uv, side)
    graph.finish(
        graph.principled(
            base_color=read("color"),
            roughness=read("roughness") or 0.6,
            metallic=read("metallic") or 0.0,
            normal=relief,
        )
    )


def _read(graph: Graph, image: Any, uv: NodeValue) -> NodeValue:
    node = graph.node("TexImage", image=image, extension="REPEAT")
    graph.put(node.inputs["Vector"], uv)
    return graph.value(node, "Color")


def _relief(graph: Graph, images: Mapping[str, Any], uv: NodeValue, side: NodeValue) -> NodeValue | None:
    width = graph.spec.scale
    if "normal" in images:
        return _tilted(graph, _read(graph, images["normal"], uv), side)
    if "height" in images:
        return graph.bump(_read(graph, images["height"], uv), RELIEF * width, FINEST * width)
    return None


def _tilted(graph: Graph, color: NodeValue, side: NodeValue) -> NodeValue:
    """The surface normal tilted along the directions in which the map's red and green run on this side of the box."""
    red, green, _ = graph.split(color)
    fade = graph.resolved(FINEST * graph.spec.scale)
    a, b = (red * 2.0 - 1.0) * fade, (green * 2.0 - 1.0) * fade
    top, along_y = side < 0.5, side > 1.5
    lean = graph.combine(
        graph.choose(along_y, 0.0, a), graph.choose(top, b, graph.choose(along_y, a, 0.0)), graph.choose(top, 0.0, b)
    )
    local = graph.vector("NORMALIZE", graph.vector("ADD", graph.normal, lean))
    turn = graph.node("VectorTransform", vector_type="NORMAL", convert_from="OBJECT", convert_to="WORLD")
    graph.put(turn.inputs["Vector"], local)
    return graph.vector("NORMALIZE", graph.value(turn))
