"""Cloth other than plain weave: twill, knit, pile, ribs; and woven cane."""

from math import pi

from render.materials.arithmetic import NodeValue
from render.materials.color import blend, linear, shade
from render.materials.graph import Graph
from render.materials.wear import dirty, own_roughness
from scenes.base import Rgb

__all__ = ["corduroy", "denim", "knit", "velvet", "wicker"]

WHITE: Rgb = (0.7, 0.7, 0.68)
TWILL = 90.0  # diagonal ribs in one `scale`
STITCH = 22.0  # columns of stitches in one `scale`
RIB = 26.0  # ribs of corduroy in one `scale`
CANE = 9.0  # canes in one `scale`


def _near(graph: Graph, period: float) -> NodeValue:
    """1 where a pattern that repeats every `period` metres is many pixels wide, 0 before it would make moire."""
    return graph.resolved(0.3 * period).span(0.5, 1.0)


def _soft(graph: Graph, base: NodeValue, height: NodeValue, depth: float, feature: float, sheen: float) -> None:
    """The surface that all cloth shares: rough, with a sheen at grazing angles."""
    graph.finish(
        graph.principled(
            base_color=dirty(graph, base, 0.25),
            roughness=own_roughness(graph, 0.9),
            specular=0.0,
            sheen=sheen,
            sheen_roughness=0.4,
            sheen_tint=shade(linear(graph.spec.color), 1.3),
            normal=graph.bump(height, depth, feature),
        )
    )


def denim(graph: Graph) -> None:
    """Twill: dyed warp over pale weft in diagonal ribs, streaks along the warp, paler where it rubs."""
    color, size = linear(graph.spec.color), graph.spec.scale
    u, v, _ = graph.faces(graph.metres)
    streak = graph.noise(graph.combine(u * (600 / size * 0.1), v * (30 / size * 0.1)), 1.0, 3.0, contrast=1.4)
    rib = ((u - v) * (pi * TWILL / size)).sin()
    fine = _near(graph, 0.7 * size / TWILL)
    weft = graph.choose(fine, (rib * rib).span(0.0, 0.25, 0.5, 0.0), 0.1)
    rubbed = graph.noise(graph.features(graph.metres, 2.0), 1.0, 3.0).span(0.5, 0.8, 0.0, 0.15 + 0.4 * graph.spec.wear)
    dyed = graph.multiply(shade(color, 0.95), streak.span(0.0, 1.0, 0.8, 1.15))
    pale = graph.mix(weft.max(rubbed), dyed, blend(shade(color, 1.3), WHITE, 0.2))
    _soft(graph, pale, rib * rib * fine, 0.1 * size / TWILL, size / TWILL, 0.08)


def knit(graph: Graph) -> None:
    """Stocking stitch: columns of V-shaped loops of a thick, hairy yarn."""
    color, size = linear(graph.spec.color), graph.spec.scale
    u, v, _ = graph.faces(graph.metres)
    hairy = graph.noise(graph.features(graph.metres, 0.012), 1.0, 3.0, roughness=0.6)
    column = (u * (STITCH / size)).fract()
    side = abs(column - 0.5) * 2.0  # 0 in the middle of a column, 1 between two
    loop = ((v * (1.2 * STITCH / size) - side * 0.9) * pi).sin()
    strand = abs(loop) * (side * pi).sin().max(0.0)
    fine = _near(graph, 0.8 * size / STITCH)
    brightness = graph.choose(fine, strand.span(0.05, 0.7, 0.62, 1.3), 1.05) * hairy.span(0.3, 0.7, 0.9, 1.1)
    yarn = graph.noise(graph.features(graph.metres, 1.5), 1.0, 3.0)
    wool = graph.mix(yarn, shade(color, 0.97), shade(color, 1.12))
    height = (strand + hairy * 0.2) * fine
    _soft(graph, graph.multiply(wool, brightness), height, 0.05 * size / STITCH, size / STITCH, 0.2)


def velvet(graph: Graph) -> None:
    """Short dense pile: dark seen from the front, bright at grazing angles, with stroke marks."""
    color = linear(graph.spec.color)
    stroked = graph.noise(graph.features(graph.metres, 1.5), 1.0, 2.0, roughness=0.5, distortion=0.3)
    pile = graph.noise(graph.features(graph.metres, 0.012), 1.0, 2.0)
    brightness = stroked.span(0.3, 0.7, 0.89, 1.09) * pile.span(0.3, 0.7, 0.93, 1.07)
    _soft(graph, graph.multiply(color, brightness), pile + stroked * 2.0, 0.0004, 0.0025, 0.7)


def corduroy(graph: Graph) -> None:
    """Round ribs of pile with bare grooves between."""
    color, size = linear(graph.spec.color), graph.spec.scale
    u, v, _ = graph.faces(graph.metres)
    pile = graph.noise(graph.combine(u * (40 / size * 0.1 * 8), v * (40 / size * 0.1 * 8)), 1.0, 2.0)
    rib = abs((u * (pi * RIB / size)).sin())
    fine = _near(graph, size / RIB)
    brightness = graph.choose(fine, rib.span(0.05, 0.6, 0.5, 1.15), 1.0) * pile.span(0.3, 0.7, 0.93, 1.07)
    _soft(graph, graph.multiply(color, brightness), rib * fine, 0.07 * size / RIB, size / RIB, 0.35)


def wicker(graph: Graph) -> None:
    """Flat canes over and under round stakes; each cane of its own shade, the gaps dark."""
    color, size = linear(graph.spec.color), graph.spec.scale
    u, v, _ = graph.faces(graph.metres)
    across, along = v * (2 * CANE / size), u * (CANE / size)
    row = across.floor()
    bow = ((along + row * 0.5) * (2 * pi)).sin()  # 1 where the cane lies over a stake, -1 where it is under one
    edge = (across.fract() * pi).sin()
    height = edge.max(0.0) ** 0.5 * (bow * 0.3 + 0.7)
    fibre = graph.noise(graph.combine(u * (12 / size), v * (300 / size)), 1.0, 2.0)
    cane = graph.mix(graph.random(row, graph.spec.seed % 512), shade(color, 0.9), shade(color, 1.28))
    fine = _near(graph, 0.5 * size / CANE)
    brightness = graph.choose(fine, height.span(0.3, 0.8, 0.45, 1.3), 1.05) * fibre.span(0.3, 0.7, 0.9, 1.1)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.multiply(cane, brightness), 0.3),
            roughness=own_roughness(graph, 0.55),
            specular=0.35,
            normal=graph.bump(height * fine, 0.055 * size / CANE, 0.5 * size / CANE),
        )
    )
