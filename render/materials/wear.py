"""Traces of use and weather: unevenness, dirt, rain streaks, scuffs, chipped edges; all grow with wear."""

from render.materials.arithmetic import Color, NodeValue, Scalar
from render.materials.graph import Graph
from scenes.base import Rgb

__all__ = ["DUST", "MOST", "chipped", "dirty", "own_roughness", "scuffed", "weathered"]

DUST: Rgb = (0.30, 0.26, 0.21)
EDGE = 0.03  # of the scale: how far from an edge paint wears off
STAIN = 0.6  # metres: width of the stains of any surface
#: Fractal noise has a standard deviation of some 0.09 about 0.5: all but a tenth of it lies between these two.
MOST = (0.36, 0.64)
RUN = (0.28, 5.0)  # metres: width and length of the streaks that rain leaves on walls
RUN_OFF: Rgb = (0.36, 0.34, 0.31)  # what a full streak leaves of the colour
INDOORS = 0.2  # up to this wear no rain has been on a surface


def own_roughness(graph: Graph, kind: float) -> float:
    """The roughness asked for, or the kind's own."""
    return kind if graph.spec.roughness is None else graph.spec.roughness


def dirty(graph: Graph, color: Color, strength: float = 0.35, tint: Rgb = DUST) -> Color:
    """A little uneven everywhere, as no surface is of one colour; with wear, stains and patches of dust.

    strength: how much of it shows on the kind; porcelain is wiped clean, concrete is not.
    """
    wear, scale = graph.spec.wear, graph.spec.scale
    patches = graph.noise(graph.features(graph.metres, 0.6), 1.0, 2.0, roughness=0.65)
    stains = graph.noise(graph.features(graph.metres, STAIN / scale), 1.0, 3.0, roughness=0.68)
    small, broad = strength * (0.13 + 0.22 * wear), strength * (0.18 + 0.36 * wear)
    uneven = patches.span(*MOST, 1.0 - small, 1.0 + small) * stains.span(*MOST, 1.0 - broad, 1.0 + broad)
    dust = (patches + stains).span(1.06 - 0.2 * wear, 1.26 - 0.2 * wear, 0.0, strength * (0.15 + wear))
    return graph.mix(dust, graph.multiply(color, uneven), tint)


def weathered(graph: Graph, color: Color) -> Color:
    """Dark streaks down upright faces, in places, where rain has run; none on what has little wear."""
    wear = graph.spec.wear
    if wear <= INDOORS:
        return color
    width, length = (size / graph.spec.scale for size in RUN)
    runs = graph.noise(graph.stretch(graph.features(graph.metres, width), 1.0, 1.0, width / length), 1.0, 4.0)
    places = graph.noise(graph.features(graph.metres, length), 1.0, 3.0)
    _, _, up = graph.split(graph.normal)
    share = runs.span(0.43, 0.6) * places.span(0.38, 0.55) * (1.0 - abs(up))
    streak = graph.vector("MULTIPLY", color, RUN_OFF)
    return graph.mix(share * min(2.0 * (wear - INDOORS), 0.9), color, streak)


def scuffed(graph: Graph, roughness: float, spread: float = 0.08) -> Scalar:
    """Roughness that varies gently, and more with wear: smudges, wiping marks."""
    smudges = graph.noise(graph.features(graph.metres, 0.5), 1.0, 2.0, roughness=0.6)
    reach = spread + 0.25 * graph.spec.wear
    return smudges.span(0.3, 0.75, max(roughness - 0.5 * reach, 0.02), min(roughness + reach, 1.0))


def chipped(graph: Graph) -> NodeValue | None:
    """1 where paint has come off: convex edges and a few spots. None without wear."""
    wear = graph.spec.wear
    if wear <= 0:
        return None
    ragged = graph.noise(graph.features(graph.metres, 0.15), 1.0, 4.0, roughness=0.7)
    edge = graph.edge(EDGE * graph.spec.scale).span(0.0, 0.06, 0.0, 0.2)
    threshold = 0.78 - 0.2 * wear
    return (edge + ragged).span(threshold, threshold + 0.02)
