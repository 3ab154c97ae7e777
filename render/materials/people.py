"""Clothes, skin and hair."""

from render.materials.arithmetic import Color
from render.materials.color import blend, linear, shade
from render.materials.graph import Graph
from render.materials.wear import own_roughness

__all__ = ["cloth", "hair", "skin", "striped_cloth"]

FLUSH = linear((0.72, 0.28, 0.22))


WEAVE = 0.0012  # metres between threads


def cloth(graph: Graph) -> None:
    """Cloth of garments: creases, a weave at close range, colour faded where it rubs."""
    _worn(graph, linear(graph.spec.color))


def striped_cloth(graph: Graph) -> None:
    """The same with stripes of the accent round the body."""
    _, _, z = graph.split(graph.metres)
    stripe = (z / graph.spec.scale).fract() > 0.55
    _worn(graph, graph.mix(stripe, linear(graph.spec.color), linear(graph.spec.accent)))


def _worn(graph: Graph, color: Color) -> None:
    own, wear = graph.metres, graph.spec.wear
    lean = graph.vector("ADD", own, graph.combine(0.0, 0.0, graph.split(own)[0] * 0.4))
    creases = graph.noise(graph.stretch(lean, 7.0, 7.0, 15.0), 1.0, 2.0, roughness=0.4)
    ridge = 1.0 - abs(creases - 0.5) * 4.0
    x, y, z = graph.split(own)
    turn = 6.2832 / WEAVE
    weave = (x * turn).sin() * (z * turn).sin() * (y * turn).sin()
    brightness = creases.span(0.3, 0.7, 1.0 - 0.12 * wear, 1.0 + 0.12 * wear)
    graph.finish(
        graph.principled(
            base_color=graph.multiply(color, brightness),
            roughness=own_roughness(graph, 0.85),
            specular=0.2,
            sheen=0.08,
            sheen_roughness=0.5,
            normal=graph.bump(ridge, 0.0015 + 0.005 * wear, 0.05, under=graph.bump(weave, 0.0002, WEAVE)),
        )
    )


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
