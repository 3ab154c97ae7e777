"""Materials of streets: tarmac, road paint, window panes."""

from render.materials.arithmetic import NodeValue
from render.materials.color import linear, shade
from render.materials.graph import Graph
from render.materials.wear import DUST, MOST, own_roughness, scuffed
from scenes.material import GLOW

__all__ = ["pane", "road_paint", "tarmac"]

LIT = 0.42  # share of the windows with a lamp on, after dark
CURTAINED = 0.4
CELL = (3.4, 7.0)  # metres: one cell of the grid of patches, across and along the road


def tarmac(graph: Graph) -> None:
    """Stones in bitumen, streaks along y where wheels run, oil, dust; with wear more patches cut out, and cracks."""
    color, wear = linear(graph.spec.color), graph.spec.wear
    grit = graph.noise(graph.features(graph.metres, 0.08), 1.0, 3.0, roughness=0.7)
    slow = graph.noise(graph.features(graph.metres, 30.0), 1.0, 3.0, roughness=0.6)
    lanes = graph.noise(graph.stretch(graph.features(graph.metres, 9.0), 1.0, 0.03, 1.0), 1.0, 2.0)
    mottled = graph.noise(graph.features(graph.metres, 4.0), 1.0, 4.0, roughness=0.72)
    filled, seam = _filled(graph, 0.05 + 0.2 * wear)
    brightness = slow.span(*MOST, 0.8, 1.2) * lanes.span(*MOST, 0.82, 1.18) * grit.span(*MOST, 0.66, 1.34)
    stones = graph.multiply(color, brightness * filled * mottled.span(*MOST, 0.82, 1.18))
    dusty = graph.mix((mottled + lanes).span(0.9, 1.2, 0.0, 0.12 + 0.2 * wear), stones, DUST)
    dark = (_cracks(graph, slow) * wear).max(seam).max(_oil(graph))
    graph.finish(
        graph.principled(
            base_color=graph.mix(dark, dusty, shade(color, 0.28)),
            roughness=lanes.span(0.3, 0.7, own_roughness(graph, 0.85), own_roughness(graph, 0.85) - 0.12),
            specular=0.3,
            # Without the cracks: too narrow to be seen as relief, they would cost as much as all else.
            normal=graph.bump(grit, 0.0012, 0.012),
        )
    )


def road_paint(graph: Graph) -> None:
    """Thermoplastic over the stones of a road: grey where tyres drag, and worn off down to the accent with wear."""
    color, accent, wear = linear(graph.spec.color), linear(graph.spec.accent), graph.spec.wear
    grit = graph.noise(graph.features(graph.metres, 0.08), 1.0, 3.0, roughness=0.7)
    broad = graph.noise(graph.features(graph.metres, 8.0), 1.0, 5.0, roughness=0.65)
    lost = (grit * 0.45 + broad).span(0.98 - 0.3 * wear, 1.1 - 0.3 * wear)
    dragged = broad.span(0.4, 0.7, 0.0, 0.12 + 0.25 * wear)
    graph.finish(
        graph.principled(
            base_color=graph.mix(lost, graph.mix(dragged, color, accent), accent),
            roughness=own_roughness(graph, 0.7),
            specular=0.35,
            normal=graph.bump(grit, 0.0008, 0.012),
        )
    )


def _cracks(graph: Graph, where: NodeValue) -> NodeValue:
    """1 in cracks, `where` they may be: long winding ones and a few nets of fine ones."""
    fold = graph.noise(graph.features(graph.metres, 40.0), 1.0, 7.0, roughness=0.6)
    long_cracks = abs(fold - 0.5).span(0.0006, 0.002, 1.0, 0.0) * where.span(0.45, 0.55)
    bend = graph.noise(graph.features(graph.metres, 2.0), 1.0, 3.0, roughness=0.6)
    warped = graph.vector("ADD", graph.features(graph.metres, 2.2), graph.combine(bend, fold * 4.0, 0.0))
    net, _ = graph.voronoi(warped, feature="DISTANCE_TO_EDGE", flat=True)
    return long_cracks.max(net.span(0.01, 0.028, 0.9, 0.0) * where.span(0.62, 0.68))


def _filled(graph: Graph, share: float) -> tuple[NodeValue, NodeValue]:
    """Patches of new tarmac in a `share` of a grid's cells: (brightness factor, 1 in the seam and 0 elsewhere)."""
    x, y, _ = graph.split(graph.features(graph.metres, 10.0))
    u, v = x / CELL[0], y / CELL[1]
    cell = (u.floor(), v.floor())
    here = graph.random(*cell, 1.0) < share
    width, length, brightness = (graph.random(*cell, number) for number in (2.0, 3.0, 4.0))
    # Metres to the nearer side, negative outside.
    across = (width.span(0.0, 1.0, 0.15, 0.45) - abs(u.fract() - 0.5)) * CELL[0]
    along = (length.span(0.0, 1.0, 0.06, 0.45) - abs(v.fract() - 0.5)) * CELL[1]
    inset = across.min(along)
    inside = here * (inset > 0.0)
    return inside * (brightness.span(0.0, 1.0, 0.72, 1.2) - 1.0) + 1.0, here * abs(inset).span(0.015, 0.03, 0.85, 0.0)


def _oil(graph: Graph) -> NodeValue:
    """Oil drops some 10 cm wide."""
    distance, drop = graph.voronoi(graph.features(graph.metres, 7.0), flat=True)
    return distance.span(0.05, 0.12, 0.5, 0.0) * (drop > 0.96)


def pane(graph: Graph) -> None:
    """Each pane shows a room of its own: dark, curtained, or lit (with `strength`), behind mirroring glass."""
    spec = graph.spec
    color, accent = linear(spec.color), linear(spec.accent)
    room = graph.island
    draw = (room * 7.31).fract()
    depth = graph.noise(graph.features(graph.metres, 9.0), 1.0, 2.0)
    inside = graph.multiply(color, (room * 3.7).fract().span(0.0, 1.0, 0.5, 1.6) * depth.span(0.3, 0.7, 0.6, 1.4))
    curtain = draw.span(1.0 - CURTAINED, 1.0 - CURTAINED + 0.02, 0.0, 0.75)
    lit = (room < LIT) * spec.strength
    glow = depth.span(0.3, 0.7, 0.45, 1.2) * draw.span(0.0, 1.0, 0.5, 1.2)
    graph.finish(
        graph.principled(
            base_color=graph.mix(curtain, inside, accent),
            roughness=scuffed(graph, own_roughness(graph, 0.04), 0.02),
            specular=0.6,
            coat=1.0,
            coat_roughness=0.03,
            emission_color=graph.multiply(accent, glow),
            emission_strength=lit.min(GLOW) if spec.strength > 0 else 0.0,
        )
    )
