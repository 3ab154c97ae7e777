"""Surfaces that shine."""

from render.materials.color import linear
from render.materials.graph import Graph
from render.materials.wear import own_roughness
from scenes.material import GLOW

__all__ = ["emission"]


def emission(graph: Graph) -> None:
    """A bulb or shade that emits `strength` W/m2 into the room; camera rays see at most `GLOW`."""
    spec = graph.spec
    color = linear(spec.color)
    camera = graph.value(graph.node("LightPath"), "Is Camera Ray")
    graph.finish(
        graph.principled(
            base_color=color,
            roughness=own_roughness(graph, 0.5),
            emission_color=color,
            emission_strength=graph.choose(camera, min(spec.strength, GLOW), spec.strength),
        )
    )
