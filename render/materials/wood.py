"""Timber, painted and not, boards, cork."""

from render.materials.arithmetic import NodeValue
from render.materials.color import linear, shade
from render.materials.graph import Graph
from render.materials.wear import chipped, dirty, own_roughness
from scenes.base import Rgb

__all__ = ["cork", "floorboards", "painted_wood", "wood"]

RAW_WOOD = linear((0.66, 0.49, 0.33))
RING = 34.0  # rings in one `scale`
FIBRE = 0.0011  # metres between pores across the grain


def timber(graph: Graph, metres: NodeValue, color: Rgb, shift: NodeValue | None = None) -> tuple[NodeValue, NodeValue]:
    """(colour, fibre) of timber whose fibres run along x: rings about a pith outside the board, and pores.

    shift: a vector in features that takes one board's timber from elsewhere.
    """
    per_feature = 1.0 / graph.spec.scale
    point = graph.stretch(metres, 0.07 * per_feature, per_feature, per_feature)
    if shift is None:
        shift = graph.combine(graph.island * 9.0, graph.island * 0.8, graph.island * 0.5)
    pith = (graph.seeded("x", 0, 20), graph.seeded("pith y", 0.3, 0.8), graph.seeded("pith z", 0.35, 0.7))
    point = graph.vector("ADD", graph.vector("ADD", point, pith), shift)
    wobble = graph.noise(point, 0.75, 3.5, roughness=0.48)
    radius = graph.vector("LENGTH", graph.stretch(point, 0.0)) + wobble * 1.1
    ring = (radius * RING).fract()
    strand = graph.stretch(metres, 0.03 / FIBRE, 1.0 / FIBRE, 1.0 / FIBRE)
    fibre = graph.noise(strand, 1.0, 2.0, roughness=0.6, contrast=1.6)
    rings = graph.ramp(
        ring,
        (0.0, shade(color, 0.84, (1.02, 0.98, 0.94))),
        (0.12, shade(color, 1.13, (0.99, 1.0, 1.02))),
        (0.55, shade(color, 1.12)),
        (0.9, shade(color, 0.78, (1.04, 0.97, 0.90))),
        (1.0, shade(color, 0.84, (1.02, 0.98, 0.94))),
    )
    broad = wobble.span(0.3, 0.7, 0.9, 1.1)
    return graph.multiply(rings, broad * fibre.span(0.0, 0.55, 0.72, 1.06)), fibre


def wood(graph: Graph) -> None:
    """Planed timber: growth rings, pores and a shade for each board."""
    color = linear(graph.spec.color)
    surface, fibre = timber(graph, graph.grain, color)
    toned = graph.multiply(surface, graph.island * 0.2 + 0.9)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, toned),
            roughness=fibre.span(0.2, 0.8, own_roughness(graph, 0.48) + 0.1, own_roughness(graph, 0.48) - 0.05),
            specular=0.4,
        )
    )


def painted_wood(graph: Graph) -> None:
    """Brushed paint that shows the timber's fibre a little, and the timber itself where edges are worn."""
    color = linear(graph.spec.color)
    strokes = graph.noise(graph.stretch(graph.features(graph.grain, 0.02), 0.06), 1.0, 1.0, contrast=1.4)
    paint: NodeValue = graph.mix(strokes, shade(color, 0.95), shade(color, 1.05))
    roughness = own_roughness(graph, 0.38)
    chips = chipped(graph)
    if chips is not None:
        bare = graph.mix(strokes, shade(RAW_WOOD, 0.75), RAW_WOOD)
        paint = graph.mix(chips, paint, bare)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, paint, 0.2),
            roughness=roughness if chips is None else chips.span(0.0, 1.0, roughness, 0.7),
            specular=0.5,
            normal=graph.bump(strokes, 0.00006, 0.02 * graph.spec.scale),
        )
    )


def cork(graph: Graph) -> None:
    """Pressed granules of several browns with dark pits."""
    color = linear(graph.spec.color)
    warped = graph.noise(graph.point, 60.0, 2.0, contrast=1.5)
    distance, granule = graph.voronoi(graph.features(graph.metres, 0.035), 1.0)
    granule_color = graph.mix(granule, shade(color, 0.92, (1.02, 0.98, 0.95)), shade(color, 1.5))
    pits = (distance * 0.5 + warped).span(0.98, 0.86, 0.35, 1.0)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.multiply(granule_color, pits * warped.span(0.0, 1.0, 0.86, 1.1))),
            roughness=own_roughness(graph, 0.85),
            specular=0.25,
            normal=graph.bump(warped - distance * 0.6, 0.00012, 0.0017),
        )
    )


def floorboards(graph: Graph) -> None:
    """Boards `scale` wide along x, seven times as long, in random bond, each of its own shade and timber."""
    color = linear(graph.spec.color)
    width = graph.spec.scale
    length = 7.0
    x, y, _ = graph.split(graph.stretch(graph.metres, 1.0 / width, 1.0 / width, 1.0 / width))
    across = y + graph.seeded("across")
    row = across.floor()
    along = x / length + graph.random(row, graph.spec.seed % 1024) * 0.8 + graph.seeded("along")
    column = along.floor()
    board = graph.random(row, column, graph.spec.seed % 1024)
    other = graph.random(row, column, graph.spec.seed % 1024 + 0.5)
    v, u = across.fract(), along.fract()
    to_side = v.min(1.0 - v)
    to_end = u.min(1.0 - u) * length
    joint = to_side.min(to_end).span(0.0015 / 0.12, 0.005 / 0.12)
    shift = graph.combine(board * 9.0, other * 1.3, board * 0.8)
    surface, fibre = timber(graph, graph.metres, color, shift)
    brightness = board.span(0.0, 1.0, 0.78, 1.2) * joint.span(0.0, 1.0, 0.12, 1.0)
    roughness = own_roughness(graph, 0.38)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.multiply(surface, brightness)),
            roughness=fibre.span(0.0, 1.0, roughness + 0.14, roughness - 0.04),
            specular=0.4,
            normal=graph.bump(joint, 0.0009, 0.004),
        )
    )
