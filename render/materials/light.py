"""Surfaces that shine."""

from render.materials.color import linear
from render.materials.graph import Graph
from render.materials.wear import own_roughness

__all__ = ["emission"]

SEEN = 1.5  # W/m2 that camera rays see at most: bright, but not clipped to white


def emission(graph: Graph) -> None:
    """A bulb or shade that emits `strength` W/m2 into the room; camera rays see at most `SEEN`."""
    spec = graph.spec
    color = linear(spec.color)
    camera = graph.value(graph.node("LightPath"), "Is Camera Ray")
    graph.finish(
        graph.principled(
            base_color=color,
            roughness=own_roughness(graph, 0.5),
            emission_color=color,
            emission_strength=graph.choose(camera, min(spec.strength, SEEN), spec.strength),
        )
    )
