"""Fired clay: glazed, porcelain, terracotta."""

from render.materials.color import linear, shade
from render.materials.graph import Graph
from render.materials.wear import chipped, dirty, own_roughness, scuffed

__all__ = ["ceramic", "porcelain", "terracotta"]

CLAY = linear((0.72, 0.62, 0.52))


def ceramic(graph: Graph) -> None:
    """Glaze over clay: lighter and darker pools, iron specks, a slightly wavy surface."""
    color = linear(graph.spec.color)
    pools = graph.noise(graph.features(graph.metres, 0.4), 1.0, 3.0, contrast=1.6)
    distance, speck = graph.voronoi(graph.features(graph.metres, 0.035), 1.0)
    glaze = graph.mix(pools, shade(color, 0.93, (1.0, 0.99, 0.97)), shade(color, 1.06))
    specks = distance.span(0.10, 0.16, 1.0, 0.0) * speck.span(0.55, 0.75)
    glaze = graph.mix(specks * 0.55, glaze, shade(color, 0.3, (1.0, 0.8, 0.6)))
    chips = chipped(graph)
    if chips is not None:
        glaze = graph.mix(chips, glaze, CLAY)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, glaze, 0.2),
            roughness=own_roughness(graph, 0.12),
            coat=0.5,
            coat_roughness=0.04,
            normal=graph.bump(pools, 0.0002, 0.02),
        )
    )


def porcelain(graph: Graph) -> None:
    """Thin, white in depth, mirror-like glaze."""
    color = linear(graph.spec.color)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, color, 0.15),
            roughness=scuffed(graph, own_roughness(graph, 0.08), 0.04),
            subsurface=0.25,
            subsurface_radius=(1.0, 0.8, 0.6),
            subsurface_scale=0.002,
            coat=0.6,
            coat_roughness=0.02,
        )
    )


def terracotta(graph: Graph) -> None:
    """Bare fired clay: turning marks round z, grains, and salt stains with wear."""
    color = linear(graph.spec.color)
    grain = graph.noise(graph.features(graph.metres, 0.06), 1.0, 5.0, roughness=0.7, contrast=1.5)
    turns = graph.noise(graph.stretch(graph.features(graph.metres, 0.07), 0.04, 0.04, 1.0), 1.0, 1.0)
    clay = graph.mix(grain, shade(color, 0.84, (1.0, 0.96, 0.92)), shade(color, 1.14))
    bloom = graph.noise(graph.features(graph.metres, 0.9), 1.0, 4.0, roughness=0.65)
    salted = graph.mix(bloom.span(0.52, 0.78, 0.0, 0.12 + 0.5 * graph.spec.wear), clay, (0.72, 0.64, 0.56))
    graph.finish(
        graph.principled(
            base_color=salted,
            roughness=own_roughness(graph, 0.88),
            specular=0.25,
            normal=graph.bump(turns + grain * 0.25, 0.0004, 0.004),
        )
    )
