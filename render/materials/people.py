"""Skin and hair."""

from render.materials.color import blend, linear, shade
from render.materials.graph import Graph
from render.materials.wear import own_roughness

__all__ = ["hair", "skin"]

FLUSH = linear((0.72, 0.28, 0.22))


def skin(graph: Graph) -> None:
    """Human skin: reddish patches, pores, a slight oily sheen."""
    color = linear(graph.spec.color)
    blood = graph.noise(graph.features(graph.metres, 0.4), 1.0, 3.0)
    pores, _ = graph.voronoi(graph.features(graph.metres, 0.02), 1.0)
    flushed = blend(color, (color[0], FLUSH[1] * color[0], FLUSH[2] * color[0]), 0.28)
    graph.finish(
        graph.principled(
            base_color=graph.mix(blood.span(0.35, 0.72), shade(color, 1.03), flushed),
            roughness=own_roughness(graph, 0.5),
            specular=0.35,
            subsurface=0.25,
            subsurface_radius=(1.0, 0.35, 0.2),
            subsurface_scale=0.006,
            normal=graph.bump(pores, 0.0002, 0.002),
        )
    )


def hair(graph: Graph) -> None:
    """Hanging strands: lighter and darker streaks along z, with a wide highlight."""
    color = linear(graph.spec.color)
    streaks = graph.noise(graph.stretch(graph.features(graph.metres, 0.05), 1.0, 1.0, 0.12), 1.0, 4.0, roughness=0.7)
    locks = graph.noise(graph.stretch(graph.features(graph.metres, 0.25), 1.0, 1.0, 0.3), 1.0, 2.0)
    graph.finish(
        graph.principled(
            base_color=graph.mix(
                (streaks * 0.7 + locks * 0.3).span(0.32, 0.68), shade(color, 0.55), shade(color, 1.35)
            ),
            roughness=own_roughness(graph, 0.48),
            specular=0.3,
            normal=graph.bump(streaks, 0.0016, 0.004),
        )
    )
