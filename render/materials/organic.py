"""Organic materials: fruit, bread, leaves."""

from math import pi

from render.materials.color import blend, linear, shade
from render.materials.graph import Graph
from render.materials.wear import own_roughness
from scenes.base import Rgb

__all__ = ["bread_crust", "citrus_skin", "foliage", "fruit_skin", "leaf"]

NO_ACCENT: Rgb = (0.5, 0.5, 0.5)  # the default of `Material.accent`: none was given
FLOUR = linear((0.93, 0.89, 0.82))


def accent_of(graph: Graph, otherwise: Rgb) -> Rgb:
    """The accent, linear, or `otherwise` where none was given."""
    return otherwise if graph.spec.accent == NO_ACCENT else linear(graph.spec.accent)


def fruit_skin(graph: Graph) -> None:
    """Waxy skin: streaks of the accent from stalk to calyx, a blush on one side, pale lenticels."""
    color = linear(graph.spec.color)
    second = accent_of(graph, shade(color, 0.7))
    x, y, z = graph.split(graph.metres)
    around = graph.vector("NORMALIZE", graph.combine(x, y))
    height = z / graph.spec.scale
    lift = graph.combine(0.0, 0.0, height * 0.6 + graph.seeded("streaks", 0.0, 50.0))
    streaks = graph.noise(graph.vector("ADD", graph.stretch(around, 10.0, 10.0, 0.0), lift), 1.0, 4.0, roughness=0.65)
    sun = graph.vector("DOT_PRODUCT", around, (graph.seeded("sun x", -1, 1), graph.seeded("sun y", -1, 1), 0.0))
    share = (streaks + sun * 0.07).span(0.36, 0.7, 0.0, 0.9)
    distance, dot = graph.voronoi(graph.features(graph.metres, 0.045), 1.0)
    lenticels = distance.span(0.07, 0.13, 1.0, 0.0) * (dot > 0.4)
    skin = graph.mix(share, shade(color, 1.04), second)
    skin = graph.mix(lenticels * 0.4, skin, blend(shade(color, 1.5), (0.8, 0.7, 0.4), 0.5))
    graph.finish(
        graph.principled(
            base_color=skin,
            roughness=streaks.span(0.3, 0.7, own_roughness(graph, 0.3) - 0.04, own_roughness(graph, 0.3) + 0.08),
            specular=0.45,
            coat=0.15,
            coat_roughness=0.12,
        )
    )


def citrus_skin(graph: Graph) -> None:
    """Citrus peel: small pits (oil glands) close together, slightly glossy."""
    color = linear(graph.spec.color)
    distance, _ = graph.voronoi(graph.features(graph.metres, 0.022), 1.0)
    mottle = graph.noise(graph.features(graph.metres, 0.5), 1.0, 3.0)
    peel = graph.mix(mottle.span(0.3, 0.7), shade(color, 0.92, (1.0, 0.96, 0.9)), shade(color, 1.08))
    graph.finish(
        graph.principled(
            base_color=graph.multiply(peel, distance.span(0.1, 0.5, 0.82, 1.06)),
            roughness=own_roughness(graph, 0.36),
            specular=0.5,
            subsurface=0.12,
            subsurface_radius=(1.0, 0.5, 0.2),
            subsurface_scale=0.003,
            normal=graph.bump(distance.span(0.05, 0.6), 0.00022, 0.0022),
        )
    )


def bread_crust(graph: Graph) -> None:
    """Brown crust, pale in the cracks, flour on top."""
    color = linear(graph.spec.color)
    _, _, up = graph.split(graph.normal)
    bake = graph.noise(graph.features(graph.metres, 1.6), 1.0, 3.0, roughness=0.5)
    bubbles = graph.noise(graph.features(graph.metres, 0.07), 1.0, 3.0, roughness=0.6)
    crust = graph.ramp(
        bake + up * 0.12,
        (0.28, shade(color, 1.35, (1.04, 1.05, 1.06))),
        (0.52, shade(color, 1.0)),
        (0.78, shade(color, 0.62, (1.0, 0.88, 0.76))),
    )
    dust = (bubbles * 0.35 + bake * 0.65 + up * 0.1).span(0.55, 0.8, 0.0, 0.28)
    graph.finish(
        graph.principled(
            base_color=graph.mix(dust, crust, shade(blend(color, FLOUR, 0.5), 1.0, (1.05, 1.0, 0.9))),
            roughness=bake.span(0.3, 0.7, 0.75, own_roughness(graph, 0.55)),
            specular=0.35,
            normal=graph.bump(bubbles + bake * 1.5, 0.0012, 0.006),
        )
    )


def leaf(graph: Graph) -> None:
    """A sheet with midrib and side veins along the card's y; `cutout` cuts its outline out of the card.

    The outline is half a period of sine to the power `cutout`: 1 is a lance, a half is round, near 0 is almost the
    card. Its mask is exactly 0 or 1, so that image and truth agree. A mesh without the UV map "card" is not cut.
    """
    spec = graph.spec
    color = linear(spec.color)
    card = graph.node("Attribute", attribute_type="GEOMETRY", attribute_name="card")
    x, y, _ = graph.split(graph.value(card, "Vector"))
    off = abs(x - 0.5)
    curved = (y - off * 0.5) * 9.0
    side_veins = abs(curved.fract() - 0.5).span(0.38, 0.49)
    midrib = off.span(0.008, 0.028, 1.0, 0.0)
    veins = midrib.max(side_veins * 0.55)
    noise = graph.noise(graph.features(graph.metres, 0.3, islands=True), 1.0, 3.0)
    green = graph.mix(noise.span(0.3, 0.7), shade(color, 0.8, (0.92, 1.0, 0.95)), shade(color, 1.2, (1.08, 1.0, 0.9)))
    green = graph.multiply(green, graph.island * 0.4 + 0.8)
    withered = accent_of(graph, blend(color, linear((0.55, 0.42, 0.15)), 0.8))
    rim = (off * 0.5 + noise * 0.5).span(0.62 - 0.3 * spec.wear, 0.72 - 0.3 * spec.wear, 0.0, min(spec.wear * 2.0, 0.9))
    green = graph.mix(rim, green, withered)
    blade = graph.principled(
        base_color=graph.mix(veins * 0.4, green, shade(color, 1.8, (1.05, 1.0, 0.8))),
        roughness=own_roughness(graph, 0.42),
        specular=0.4,
        normal=graph.bump(veins, -0.0003, 0.002),
    )
    if spec.cutout <= 0:
        graph.finish(blade)
        return
    half = (y.max(0.0).min(1.0) * pi).sin().max(0.0) ** spec.cutout * 0.5
    mapped = (x + y) > 1e-6  # without the map both are 0 everywhere
    outside = (off > half) * mapped
    graph.finish(graph.mix_shader(outside > 0.5, blade, graph.transparent()))


def foliage(graph: Graph) -> None:
    """A crown or hedge from a distance: leaves as cells, each tilted and of its own green, dark gaps between them."""
    color = linear(graph.spec.color)
    clumps = graph.noise(graph.features(graph.metres, 0.8), 1.0, 6.0, roughness=0.72)
    bent = graph.combine(clumps * 2.0, clumps * -2.0, clumps * 3.0)
    leaves = graph.stretch(graph.vector("ADD", graph.features(graph.metres, 0.1), bent), 1.0, 1.0, 0.7)
    distance, which = graph.voronoi(leaves, 1.0)
    green = graph.mix(which, shade(color, 0.9, (0.95, 1.0, 0.95)), shade(color, 1.75, (1.08, 1.0, 0.9)))
    brightness = distance.span(0.2, 0.8, 1.15, 0.45) * clumps.span(0.32, 0.66, 0.42, 1.42)
    graph.finish(
        graph.principled(
            base_color=graph.multiply(green, brightness),
            roughness=own_roughness(graph, 0.6),
            specular=0.25,
            normal=graph.bump(distance, -0.016 * graph.spec.scale, 0.1 * graph.spec.scale),
        )
    )
