"""Surfaces that show how they were made: zinc, rust, beaten metal, pressed boards, stoneware, stucco, etched glass."""

from render.materials.color import blend, linear, shade
from render.materials.graph import Graph
from render.materials.wear import MOST, dirty, own_roughness, scuffed, weathered

__all__ = ["chipboard", "frosted_glass", "galvanised", "hammered_metal", "rusted_metal", "stoneware", "stucco"]


def galvanised(graph: Graph) -> None:
    """Zinc on steel: flat crystals, each of its own gloss; half metallic, since a room has little to reflect."""
    color = linear(graph.spec.color)
    _, crystal = graph.voronoi(graph.features(graph.metres, 0.2), 1.0)
    bloom = graph.noise(graph.features(graph.metres, 1.8), 1.0, 4.0)
    roughness = own_roughness(graph, 0.42)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.multiply(color, crystal.span(0.0, 1.0, 0.78, 1.12)), 0.4),
            metallic=bloom.span(0.4, 0.8, 0.55, 0.55 - 0.35 * graph.spec.wear),
            roughness=crystal.span(0.0, 1.0, max(roughness - 0.14, 0.05), min(roughness + 0.14, 1.0)),
        )
    )


def rusted_metal(graph: Graph) -> None:
    """Rust in scales and streaks; a few spots of bare steel where wear is low."""
    color = linear(graph.spec.color)
    scales = graph.noise(graph.features(graph.metres, 0.5), 1.0, 7.0, roughness=0.7)
    fine = graph.noise(graph.features(graph.metres, 0.05), 1.0, 3.0, roughness=0.7)
    runs = graph.noise(graph.stretch(graph.features(graph.metres, 0.4), 1.0, 1.0, 0.12), 1.0, 3.0)
    rust = graph.ramp(
        scales * 0.6 + fine * 0.2 + runs * 0.2,
        (0.3, shade(color, 0.5, (0.95, 0.9, 0.95))),
        (0.45, shade(color, 0.9)),
        (0.55, shade(color, 1.15)),
        (0.7, shade(color, 1.5, (1.0, 0.96, 0.88))),
    )
    bare = scales.span(0.66 + 0.1 * graph.spec.wear, 0.72 + 0.1 * graph.spec.wear)
    graph.finish(
        graph.principled(
            base_color=graph.mix(bare, rust, blend(color, (0.3, 0.3, 0.3), 0.7)),
            metallic=bare * 0.9,
            roughness=bare.span(0.0, 1.0, own_roughness(graph, 0.88), 0.4),
            specular=0.3,
            normal=graph.bump(fine * 0.5 + scales, 0.0008, 0.004),
        )
    )


def hammered_metal(graph: Graph) -> None:
    """Beaten by hand: overlapping shallow dimples, a soft polish."""
    color = linear(graph.spec.color)
    distance, blow = graph.voronoi(graph.features(graph.metres, 0.14))
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.multiply(color, blow.span(0.0, 1.0, 0.94, 1.04)), 0.3),
            metallic=1.0,
            roughness=scuffed(graph, own_roughness(graph, 0.22), 0.1),
            normal=graph.bump(distance, 0.0016, 0.012),
        )
    )


def chipboard(graph: Graph) -> None:
    """Strand board: flat flakes laid crosswise, each of its own shade and slope, with dark glue between them."""
    color = linear(graph.spec.color)
    x, y, _ = graph.split(graph.face_features(0.35))
    flake_shade, height = graph.seeded("tone", 0.0, 0.001) + x * 0.0, x * 0.0
    for turn, share in ((0.3, 0.4), (1.3, 0.35), (2.4, 0.25)):
        a, b = 0.95 * turn, 0.3 + turn
        flake = graph.combine(x * (1.0 + a) + y * b, y * (4.0 - a) - x * b)
        distance, number = graph.voronoi(flake, flat=True)
        flake_shade = flake_shade + number * share
        height = height + distance * share
    wood = graph.ramp(
        flake_shade,
        (0.15, shade(color, 0.72, (1.0, 0.97, 0.93))),
        (0.45, shade(color, 1.0)),
        (0.8, shade(color, 1.25)),
    )
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.multiply(wood, height.span(0.55, 0.95, 1.05, 0.72)), 0.3),
            roughness=own_roughness(graph, 0.7),
            specular=0.3,
            normal=graph.bump(flake_shade - height, 0.0005, 0.006),
        )
    )


def stoneware(graph: Graph) -> None:
    """A running glaze: the accent where it pooled, iron specks all over."""
    color, accent = linear(graph.spec.color), linear(graph.spec.accent)
    pooled = graph.noise(graph.stretch(graph.features(graph.metres, 0.5), 1.0, 1.0, 0.45), 1.0, 4.0, distortion=0.7)
    distance, speck = graph.voronoi(graph.features(graph.metres, 0.022), 1.0)
    glaze = graph.mix(pooled.span(0.45, 0.7, 0.0, 0.55), shade(color, 1.03), blend(color, accent, 0.6))
    specks = distance.span(0.12, 0.2, 0.75, 0.0) * (speck > 0.55)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.mix(specks, glaze, shade(color, 0.28, (1.0, 0.8, 0.62))), 0.2),
            roughness=own_roughness(graph, 0.3) + pooled * 0.15,
            coat=0.25,
            coat_roughness=0.1,
            normal=graph.bump(pooled, 0.0004, 0.015),
        )
    )


def stucco(graph: Graph) -> None:
    """Rough render thrown onto a wall: lumps and trowel marks."""
    color = linear(graph.spec.color)
    lumps, _ = graph.voronoi(graph.face_features(0.1), flat=True)
    trowel = graph.noise(graph.features(graph.metres, 0.9), 1.0, 3.0, distortion=0.8)
    toned = graph.multiply(color, trowel.span(*MOST, 0.93, 1.06))
    graph.finish(
        graph.principled(
            base_color=dirty(graph, weathered(graph, toned), 0.3),
            roughness=own_roughness(graph, 0.92),
            specular=0.2,
            normal=graph.bump(trowel * 2.0 - lumps * 0.55, 0.0025, 0.012),
        )
    )


def frosted_glass(graph: Graph) -> None:
    """Etched glass: translucent but not transparent; truth shows its front surface."""
    r, g, b = linear(graph.spec.color)
    etched = graph.noise(graph.features(graph.metres, 0.02), 1.0, 2.0)
    tint = (r**0.5, g**0.5, b**0.5)
    roughness = own_roughness(graph, 0.55)
    solid = graph.principled(
        base_color=tint,
        roughness=etched.span(0.0, 1.0, max(roughness - 0.08, 0.0), min(roughness + 0.08, 1.0)),
        transmission=1.0,
        ior=1.5,
    )
    shadow = graph.value(graph.node("LightPath"), "Is Shadow Ray")
    graph.finish(graph.mix_shader(shadow, solid, graph.transparent(blend(tint, (0.0, 0.0, 0.0), 0.25))))
