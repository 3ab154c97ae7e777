"""Wall coverings: wallpaper, brick, tiles."""

from math import pi

from render.materials.color import blend, linear, shade
from render.materials.graph import Graph
from render.materials.wear import dirty, own_roughness, weathered

__all__ = ["brick", "tiles", "wallpaper"]

MORTAR = linear((0.60, 0.56, 0.51))
GROUT = linear((0.72, 0.71, 0.68))
UNGLAZED = 0.5  # roughness from which tiles are stone, which rain stains


def wallpaper(graph: Graph) -> None:
    """Stripes `scale` apart, or a trellis of diamonds with a dot in each, in a soft share of the accent."""
    spec = graph.spec
    color, accent = linear(spec.color), linear(spec.accent)
    u, v, _ = graph.faces(graph.metres)
    x, y = u / spec.scale, v / spec.scale
    fibre = graph.noise(graph.features(graph.metres, 0.03), 1.0, 1.0)
    if graph.seeded("motif") < 0.5:
        wave = ((x * 2.0 * pi).sin() + (x * 6.0 * pi).sin() * 0.35) * 0.7
        motif = wave.span(-0.1, 0.1, 0.0, 0.34)
    else:
        a, b = ((x + y * 0.7) * pi).sin(), ((x - y * 0.7) * pi).sin()
        trellis = abs(a).min(abs(b)).span(0.06, 0.1, 0.5, 0.0)
        dots = (abs(a) * abs(b)).span(0.93, 0.96, 0.0, 0.6)
        motif = trellis.max(dots)
    sheet = graph.mix(motif, color, accent)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.multiply(sheet, fibre.span(0.3, 0.7, 0.97, 1.03)), 0.3),
            roughness=motif.span(0.0, 0.4, own_roughness(graph, 0.8), own_roughness(graph, 0.8) - 0.2),
            specular=0.3,
            normal=graph.bump(fibre, 0.0001, 0.003),
        )
    )


def brick(graph: Graph) -> None:
    """Bricks `scale` long and a third as high in running bond, each of its own shade, with recessed mortar."""
    spec = graph.spec
    color = linear(spec.color)
    u, v, side = graph.faces(graph.metres)
    rough = graph.noise(graph.features(graph.metres, 0.12), 1.0, 3.0, roughness=0.65)
    wander = rough * 0.02
    fired, joint = graph.bricks(
        u / spec.scale + wander + side * 0.25, v / spec.scale + wander, height=0.32, joint=0.024, soft=1.0
    )
    joint = joint * graph.resolved(0.16 * spec.scale)  # rows finer than a pixel would make moire patterns
    clay = graph.ramp(
        fired + (rough - 0.5) * 0.5,
        (0.0, shade(color, 0.62, (0.98, 0.95, 1.0))),
        (0.3, shade(color, 0.96)),
        (0.65, shade(color, 1.1)),
        (1.0, shade(color, 1.35, (1.0, 1.03, 1.0))),
    )
    sand = blend(MORTAR, color, 0.25)
    mortar = graph.mix(rough, shade(sand, 0.75), sand)
    faced = graph.multiply(graph.mix(joint, clay, mortar), rough.span(0.25, 0.6, 0.8, 1.08))
    graph.finish(
        graph.principled(
            base_color=dirty(graph, weathered(graph, faced), 0.4),
            roughness=own_roughness(graph, 0.88),
            specular=0.25,
            normal=graph.bump(rough * 0.5 - joint, 0.008 * spec.scale, 0.03 * spec.scale),
        )
    )


def tiles(graph: Graph) -> None:
    """Square tiles of side `scale` with soft edges, each a shade of its own, in matt grout; glazed unless rough."""
    spec = graph.spec
    color = linear(spec.color)
    grout = blend(GROUT, shade(color, 0.6), 0.25)
    u, v, _ = graph.faces(graph.metres)
    shift = graph.seeded("shift")
    laid, joint = graph.bricks(
        u / spec.scale + shift, v / spec.scale + shift, height=1.0, joint=0.014, soft=0.35, offset=0.0
    )
    cloud = graph.noise(graph.features(graph.metres, 0.4), 1.0, 2.0, roughness=0.6)
    glaze = graph.mix(laid * 0.6 + cloud * 0.4, shade(color, 0.9), shade(color, 1.08))
    worn = blend(grout, (0.12, 0.10, 0.08), 0.5 * spec.wear)
    gap = joint.span(0.3, 0.6)
    roughness = own_roughness(graph, 0.14)
    face = graph.mix(gap, glaze, worn)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, face if roughness < UNGLAZED else weathered(graph, face), 0.3),
            roughness=gap.span(0.0, 1.0, roughness, 0.85),
            specular=0.5,
            normal=graph.bump(joint * -1.0 + cloud * 0.12, 0.0011, 0.004),
        )
    )
