"""Wear of surfaces: dust and dirt, chipped edges. Each returns its input untouched where wear is 0."""

from render.materials.arithmetic import Color, NodeValue, Scalar
from render.materials.graph import Graph
from scenes.base import Rgb

__all__ = ["chipped", "dirty", "own_roughness", "scuffed"]

DUST: Rgb = (0.30, 0.26, 0.21)
EDGE = 0.03  # of the scale: how far from an edge paint wears off


def own_roughness(graph: Graph, kind: float) -> float:
    """The roughness asked for, or the kind's own."""
    return kind if graph.spec.roughness is None else graph.spec.roughness


def dirty(graph: Graph, color: Color, strength: float = 0.35, tint: Rgb = DUST) -> Color:
    """Patches of dust, more with wear."""
    wear = graph.spec.wear
    if wear <= 0:
        return color
    patches = graph.noise(graph.features(graph.metres, 0.6), 1.0, 4.0, roughness=0.65)
    return graph.mix(patches.span(0.62 - 0.2 * wear, 0.8 - 0.1 * wear, 0.0, strength * wear), color, tint)


def scuffed(graph: Graph, roughness: float, spread: float = 0.08) -> Scalar:
    """Roughness that varies gently, and more with wear: smudges, wiping marks."""
    smudges = graph.noise(graph.features(graph.metres, 0.5), 1.0, 3.0, roughness=0.6)
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
