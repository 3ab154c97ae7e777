"""Surfaces that shine."""

from render.materials.color import linear
from render.materials.graph import Graph
from render.materials.wear import own_roughness

__all__ = ["emission"]

SEEN = 1.5  # W/m2 at which a lamp looks bright and keeps its colour; more would only clip


def emission(graph: Graph) -> None:
    """A bulb or shade that gives `strength` to the room, and to the eye no more than a camera could hold."""
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
