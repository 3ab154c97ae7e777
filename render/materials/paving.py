"""Laid floors and roofs: slabs, setts, terrazzo, mosaic, slate, roof tiles, herringbone, linoleum."""

from render.materials.arithmetic import NodeValue
from render.materials.color import blend, linear, shade
from render.materials.graph import Graph
from render.materials.wear import MOST, dirty, own_roughness
from render.materials.wood import timber

__all__ = ["cobbles", "linoleum", "mosaic", "parquet", "paving", "roof_tiles", "slate", "terrazzo"]

GROUT = linear((0.62, 0.6, 0.57))
BLOCKS = 5.0  # length of a herringbone block over its width


def paving(graph: Graph) -> None:
    """Cast slabs `scale` long in running bond: each of its own gray, with dark joints and stains near them."""
    spec = graph.spec
    color = linear(spec.color)
    u, v, _ = graph.faces(graph.metres)
    grit = graph.noise(graph.features(graph.metres, 0.03 / spec.scale), 1.0, 3.0, roughness=0.72)
    cloud = graph.noise(graph.features(graph.metres, 1.4), 1.0, 3.0, roughness=0.65)
    slab, joint = graph.bricks(u / spec.scale, v / spec.scale, height=0.66, joint=0.01, soft=0.5)
    joint = joint * graph.resolved(0.02 * spec.scale)
    brightness = slab.span(0.0, 1.0, 0.86, 1.14) * cloud.span(*MOST, 0.88, 1.12) * grit.span(*MOST, 0.85, 1.15)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.mix(joint, graph.multiply(color, brightness), shade(color, 0.35)), 0.4),
            roughness=own_roughness(graph, 0.85),
            specular=0.3,
            normal=graph.bump(grit * 0.15 - joint, 0.004, 0.01),
        )
    )


def cobbles(graph: Graph) -> None:
    """Hewn setts `scale` long with rounded heads in rows, sand between."""
    spec = graph.spec
    color = linear(spec.color)
    u, v, _ = graph.faces(graph.metres)
    wander = graph.noise(graph.features(graph.metres, 0.7), 1.0, 2.0) * 0.14
    stone, joint = graph.bricks(u / spec.scale + wander, v / spec.scale + wander, height=0.85, joint=0.07, soft=1.0)
    joint = joint * graph.resolved(0.12 * spec.scale)
    face = graph.noise(graph.features(graph.metres, 0.18), 1.0, 2.0, roughness=0.65)
    hewn = graph.ramp(
        stone + (face - 0.5) * 0.3,
        (0.0, shade(color, 0.72)),
        (0.5, shade(color, 1.05)),
        (1.0, shade(blend(color, linear(spec.accent), 0.35), 1.3)),
    )
    sand = blend(shade(color, 0.5), (0.2, 0.17, 0.13), 0.4)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.mix(joint.span(0.35, 0.9), hewn, sand), 0.4),
            roughness=own_roughness(graph, 0.7),
            specular=0.4,
            normal=graph.bump(face * 0.3 - joint, 0.028 * spec.scale, 0.25 * spec.scale),
        )
    )


def terrazzo(graph: Graph) -> None:
    """Chips of several stones in ground and polished cement, large ones and small ones."""
    color, accent = linear(graph.spec.color), linear(graph.spec.accent)
    cement = graph.noise(graph.features(graph.metres, 1.5), 1.0, 3.0)
    ground: NodeValue = graph.mix(cement, shade(color, 0.97), shade(color, 1.05))
    for size, cut in ((0.16, 0.1), (0.06, 0.14)):
        edge, _ = graph.voronoi(graph.face_features(size), feature="DISTANCE_TO_EDGE", flat=True)
        _, chip = graph.voronoi(graph.face_features(size), flat=True)
        stones = graph.ramp(
            chip,
            (0.0, shade(color, 0.55)),
            (0.25, shade(accent, 1.0)),
            (0.5, shade(color, 1.3)),
            (0.75, shade(blend(color, accent, 0.5), 0.8)),
            (1.0, shade(color, 1.2)),
        )
        shown = edge.span(cut, cut + 0.02) * (graph.math("FRACT", chip * 7.31) > 0.45)
        ground = graph.mix(shown, ground, stones)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, ground, 0.2), roughness=own_roughness(graph, 0.22), specular=0.5, coat=0.15
        )
    )


def mosaic(graph: Graph) -> None:
    """Small glass tiles of side `scale`, each between the colour and the accent, in pale grout."""
    spec = graph.spec
    color, accent = linear(spec.color), linear(spec.accent)
    u, v, _ = graph.faces(graph.metres)
    tile, joint = graph.bricks(u / spec.scale, v / spec.scale, height=1.0, joint=0.03, soft=0.3, offset=0.0)
    joint = joint * graph.resolved(0.1 * spec.scale)
    glass = graph.ramp(
        tile, (0.0, shade(color, 0.8)), (0.45, shade(color, 1.1)), (0.75, blend(color, accent, 0.6)), (1.0, accent)
    )
    gap = joint.span(0.3, 0.6)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.mix(gap, glass, blend(GROUT, color, 0.6)), 0.25),
            roughness=gap.span(0.0, 1.0, own_roughness(graph, 0.08), 0.85),
            normal=graph.bump(joint * -1.0, 0.001, 0.003),
        )
    )


def slate(graph: Graph) -> None:
    """Split stone in slabs `scale` long: layers that break off in steps, with bands of the accent."""
    spec = graph.spec
    color, accent = linear(spec.color), linear(spec.accent)
    u, v, _ = graph.faces(graph.metres)
    slab, joint = graph.bricks(u / spec.scale, v / spec.scale, height=1.0, joint=0.012, soft=0.4)
    joint = joint * graph.resolved(0.02 * spec.scale)
    layers = graph.noise(graph.features(graph.metres, 0.8), 1.0, 4.0, roughness=0.55)
    steps = (layers * 9.0).floor() / 9.0 + (layers * 9.0).fract().span(0.85, 1.0, 0.0, 1.0 / 9.0)
    band = graph.noise(graph.features(graph.metres, 2.2), 1.0, 3.0).span(0.52, 0.72, 0.0, 0.5)
    brightness = slab.span(0.0, 1.0, 0.82, 1.18) * steps.span(0.3, 0.7, 0.86, 1.14)
    split = graph.multiply(graph.mix(band, color, blend(color, accent, 0.6)), brightness)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.mix(joint, split, shade(color, 0.4)), 0.3),
            roughness=own_roughness(graph, 0.6),
            specular=0.45,
            normal=graph.bump(steps - joint * 0.5, 0.003, 0.02),
        )
    )


def roof_tiles(graph: Graph) -> None:
    """Flat clay tiles in courses that lap over the one below; `scale` wide, weathered one by one."""
    spec = graph.spec
    color = linear(spec.color)
    u, v, _ = graph.faces(graph.metres)
    tile, joint = graph.bricks(u / spec.scale, v / spec.scale, height=1.3, joint=0.012, soft=0.6)
    joint = joint * graph.resolved(0.06 * spec.scale)
    lap = (v / (1.3 * spec.scale)).fract()
    lapped = lap.span(0.0, 0.85) * lap.span(0.85, 1.0, 1.0, 0.0)  # no sudden step, which would have an arbitrary normal
    clay = graph.noise(graph.features(graph.metres, 0.25), 1.0, 3.0, roughness=0.6)
    moss = graph.noise(graph.features(graph.metres, 6.0), 1.0, 4.0).span(0.6, 0.8, 0.0, 0.6 * spec.wear)
    brightness = tile.span(0.0, 1.0, 0.74, 1.22) * clay.span(0.3, 0.7, 0.92, 1.08) * lap.span(0.85, 1.0, 1.0, 0.8)
    fired = graph.mix(joint, graph.multiply(color, brightness), shade(color, 0.35))
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.mix(moss, fired, linear(spec.accent)), 0.35),
            roughness=own_roughness(graph, 0.8),
            specular=0.3,
            normal=graph.bump(clay * 0.2 - joint * 0.15 - lapped, 0.02 * spec.scale, 0.3 * spec.scale),
        )
    )


def parquet(graph: Graph) -> None:
    """Herringbone: blocks `scale` wide and five times as long, each of its own timber."""
    size, spec = graph.spec.scale, graph.spec
    point = graph.stretch(graph.metres, 1.0 / size, 1.0 / size, 1.0 / size)
    x0, y0, _ = graph.split(point)
    x, y = (x0 + y0) * 0.7071 + graph.seeded("x", 0, 50), (y0 - x0) * 0.7071 + graph.seeded("y", 0, 50)
    column, row = x.floor(), y.floor()
    # In row r a block lies along x wherever (column - r) mod 2n < n; the rest is filled by upright ones.
    turn = (column - row) / (2 * BLOCKS)
    step = ((turn - turn.floor()) * (2 * BLOCKS) + 0.5).floor()
    upright = step > BLOCKS - 0.5
    below = (2 * BLOCKS - 1.0) - step
    along = graph.choose(upright, below + y.fract(), step + x.fract())
    across = graph.choose(upright, x.fract(), y.fract())
    block = graph.random(graph.choose(upright, column, column - step), graph.choose(upright, row - below, row), upright)
    joint = across.min(1.0 - across).min(along.min(BLOCKS - along)).span(0.006, 0.025)
    shift = graph.combine(block * 9.0, block * 1.3, block * 0.8)
    laid = graph.combine(along * size, (across + block * 3.0) * size, 0.0)
    surface, fibre = timber(graph, laid, linear(spec.color), shift)
    brightness = block.span(0.0, 1.0, 0.78, 1.2) * joint.span(0.0, 1.0, 0.35, 1.0)
    roughness = own_roughness(graph, 0.35)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.multiply(surface, brightness)),
            roughness=fibre.span(0.0, 1.0, roughness + 0.12, roughness - 0.04),
            specular=0.4,
            normal=graph.bump(joint, 0.0006, 0.004),
        )
    )


def linoleum(graph: Graph) -> None:
    """Sheet flooring: marbled in two shades with flecks, satin."""
    color, accent = linear(graph.spec.color), linear(graph.spec.accent)
    swirl = graph.noise(graph.features(graph.metres, 1.1), 1.0, 5.0, roughness=0.6, distortion=1.6)
    fleck = graph.noise(graph.stretch(graph.features(graph.metres, 0.12), 1.0, 0.35, 1.0), 1.0, 2.0, contrast=1.6)
    toned = graph.mix(swirl.span(0.35, 0.65), shade(color, 0.9), shade(color, 1.12))
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.mix(fleck.span(0.68, 0.8, 0.0, 0.45), toned, blend(color, accent, 0.7)), 0.3),
            roughness=own_roughness(graph, 0.38),
            specular=0.4,
        )
    )
