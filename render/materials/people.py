"""Skin and hair."""

from render.materials.arithmetic import Color, NodeValue
from render.materials.color import blend, linear, shade
from render.materials.graph import Graph
from render.materials.wear import own_roughness

__all__ = ["curls", "face", "hair", "skin"]

FLUSH = linear((0.72, 0.28, 0.22))
HEAD_WIDTH, HEAD_DEPTH, CROWN = 0.17, 0.21, 0.47  # of hair, metres; where along its depth the crown is


def skin(graph: Graph) -> None:
    """Human skin: reddish patches, pores, a slight oily sheen."""
    graph.finish(_flesh(graph, _blood(graph), None))


def face(graph: Graph) -> None:
    """Skin of a head: redder cheeks, nose and ears, wrinkles with wear, and the accent where a beard grows.

    Places are those of the head's own axes (`scenes.face`), which its mesh has as grain: (z, x, y), metres, for a head
    of the height that `scale` 0.1 stands for.
    """
    step = 0.1 / graph.spec.scale
    z, x, y = (axis * step for axis in graph.split(graph.grain))
    side = abs(x)
    color = linear(graph.spec.color)
    stubble = graph.noise(graph.features(graph.metres, 0.03), 1.0, 2.0).span(0.3, 0.6, 0.55, 1.0)
    under = (z + 0.046).span(0.012, -0.006) * (z + 0.13).span(0.0, 0.03) * (y + 0.005).span(0.0, -0.03)
    bare = _spot(side, 0.0, 0.026, z, -0.061, 0.012) * 0.6 + _spot(side, 0.032, 0.020, z, -0.048, 0.016)
    beard = graph.mix(under * stubble * (1.0 - bare.min(1.0)), _blood(graph), linear(graph.spec.accent))
    front = (y + 0.05).span(0.0, -0.015)
    red = _spot(side, 0.042, 0.026, z, -0.028, 0.024) + _spot(side, 0.0, 0.017, z, -0.031, 0.014)
    warm = red.min(1.0) * front + _spot(side, 0.082, 0.012, z, -0.006, 0.04)
    flushed = (color[0], 0.68 * color[1], 0.64 * color[2])
    under_nose = (z + 0.0405).span(0.005, 0.001) * (z + 0.046).span(0.0, 0.003)
    nostrils = _spot(side, 0.0068, 0.0037, y, -0.1030, 0.0085).span(0.0, 0.55) * under_nose
    bright = graph.mix(warm * 0.42, beard, flushed)
    graph.finish(_flesh(graph, graph.multiply(bright, 1.0 - nostrils * 0.75), _wrinkles(graph, x, y, z)))


def _spot(x: NodeValue, x0: float, width: float, z: NodeValue, z0: float, height: float) -> NodeValue:
    """1 in the middle of an ellipse, falling smoothly to 0 at its border."""
    a, b = (x - x0) * (1.0 / width), (z - z0) * (1.0 / height)
    inside = (1.0 - a * a - b * b).max(0.0)
    return inside * inside


def _wrinkles(graph: Graph, x: NodeValue, y: NodeValue, z: NodeValue) -> NodeValue | None:
    """Relief of lines across the forehead and beside the eyes; None for the young."""
    if graph.spec.wear <= 0:
        return None
    waves = graph.noise(graph.metres, 22.0, 1.0)
    side = abs(x)
    brow = _spot(side, 0.0, 0.055, z, 0.046, 0.026) * ((z * 620.0 + waves * 7.0 - side * 28.0).sin())
    feet = (
        _spot(side, 0.056, 0.010, z, 0.002, 0.015) * 0.45 * ((z * 1250.0 + waves * 5.0 + (side - 0.05) * 300.0).sin())
    )
    return graph.bump((brow + feet) * (y + 0.03).span(0.0, -0.02), 0.0011 * graph.spec.wear, 0.008)


def _blood(graph: Graph) -> NodeValue:
    """The colour with reddish patches."""
    color = linear(graph.spec.color)
    blood = graph.noise(graph.features(graph.metres, 0.4), 1.0, 3.0)
    flushed = blend(color, (color[0], FLUSH[1] * color[0], FLUSH[2] * color[0]), 0.28)
    return graph.mix(blood.span(0.35, 0.72), shade(color, 1.03), flushed)


def _flesh(graph: Graph, color: Color, relief: NodeValue | None) -> NodeValue:
    pores, _ = graph.voronoi(graph.features(graph.metres, 0.02), 1.0)
    return graph.principled(
        base_color=color,
        roughness=own_roughness(graph, 0.5),
        specular=0.35,
        subsurface=0.25,
        subsurface_radius=(1.0, 0.35, 0.2),
        subsurface_scale=0.006,
        normal=graph.bump(pores, 0.0002, 0.002, under=relief),
    )


def hair(graph: Graph) -> None:
    """Strands from the crown down, or with wear from a parting to both sides; locks differ a little in shade.

    The crown is in the middle of the part's card: of its box seen from above.
    """
    color = linear(graph.spec.color)
    card = graph.node("Attribute", attribute_type="GEOMETRY", attribute_name="card")
    u, v, _ = graph.split(graph.value(card, "Vector"))
    x, y = (u - 0.5) * HEAD_WIDTH, (v - CROWN) * HEAD_DEPTH
    parting = y.min(0.0).max(-0.4 * HEAD_DEPTH) if graph.spec.wear > 0.5 else y * 0.0
    y = y - parting
    away = (x * x + y * y + 1e-6) ** 0.5
    _, _, z = graph.split(graph.metres)
    side = graph.combine(x / away * 0.1, y / away * 0.1 + parting, (z - away) * 0.045)
    streaks = graph.noise(graph.features(side, 0.022), 1.0, 4.0, roughness=0.75)
    locks = graph.noise(graph.features(side, 0.12), 1.0, 2.0)
    tone = (streaks * 0.65 + locks * 0.35).span(0.36, 0.64)
    graph.finish(
        graph.principled(
            base_color=graph.multiply(
                graph.mix(tone, shade(color, 0.5), shade(color, 1.35)), graph.island.span(0.0, 1.0, 0.91, 1.09)
            ),
            roughness=own_roughness(graph, 0.42),
            specular=0.35,
            normal=graph.bump(streaks, 0.0012, 0.003),
        )
    )


def curls(graph: Graph) -> None:
    """Tight curls: rings of strands, darker between them."""
    color = linear(graph.spec.color)
    bent = graph.noise(graph.features(graph.metres, 0.12), 1.0, 2.0)
    away, _ = graph.voronoi(graph.features(graph.metres, 0.065))
    rings = ((away * 26.0 + bent * 9.0).sin() + 1.0) * 0.5
    height = rings * 0.35 + (1.0 - away)
    tone = (height - 0.1 + bent * 0.2).span(0.35, 1.1)
    graph.finish(
        graph.principled(
            base_color=graph.mix(tone, shade(color, 0.5), shade(color, 1.5)),
            roughness=own_roughness(graph, 0.6),
            specular=0.2,
            normal=graph.bump(height, 0.0006, 0.006),
        )
    )
