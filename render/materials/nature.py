"""Land, water and plants outdoors. Scale is 1 for life size; patterns run from centimetres to hundreds of metres."""

from render.materials.arithmetic import NodeValue
from render.materials.color import blend, linear, shade
from render.materials.graph import Graph
from render.materials.wear import MOST, own_roughness
from scenes.base import Rgb

__all__ = ["bark", "leaves", "mountain", "rock", "sand", "snow", "turf", "water"]

GRAY: Rgb = (0.2, 0.195, 0.185)


def _brightness(graph: Graph) -> NodeValue:
    """A brightness factor about 1 that varies at three scales, so that large areas are not of one colour."""
    coarse = graph.noise(graph.features(graph.metres, 34.0), 1.0, 3.0, roughness=0.6).span(*MOST, 0.78, 1.22)
    near = graph.noise(graph.features(graph.metres, 1.7), 1.0, 3.0, roughness=0.65).span(*MOST, 0.78, 1.22)
    return coarse * near


def turf(graph: Graph) -> None:
    """Ground cover: grass, heath, needles; patches of the accent, more of them with wear."""
    spec = graph.spec
    color, second = linear(spec.color), linear(spec.accent)
    fine = graph.noise(graph.features(graph.metres, 0.09), 1.0, 4.0, roughness=0.75, contrast=1.3)
    drift = graph.noise(graph.features(graph.metres, 9.0), 1.0, 5.0, roughness=0.68)
    share = drift.span(0.62 - 0.3 * spec.wear, 0.72 - 0.2 * spec.wear)
    cover = graph.mix(share, color, second)
    graph.finish(
        graph.principled(
            base_color=graph.multiply(cover, _brightness(graph) * fine.span(*MOST, 0.62, 1.38)),
            roughness=own_roughness(graph, 0.9),
            specular=0.12,
            normal=graph.bump(fine, 0.011 * spec.scale, 0.09 * spec.scale),
        )
    )


def rock(graph: Graph) -> None:
    """Weathered stone: layers, cracks, stains; the accent (moss, lichen, snow) on upward faces, more with wear."""
    spec = graph.spec
    color = linear(spec.color)
    bend = graph.noise(graph.features(graph.metres, 2.5), 1.0, 4.0)
    beds = graph.noise(graph.stretch(graph.features(graph.metres, 0.6), 0.35, 0.35, 1.6), 1.0, 5.0, roughness=0.65)
    grit = graph.noise(graph.features(graph.metres, 0.04), 1.0, 3.0, roughness=0.7)
    warped = graph.vector("ADD", graph.features(graph.metres, 0.8), graph.combine(beds, bend, beds * 2.0))
    crack, _ = graph.voronoi(warped, 1.0, feature="DISTANCE_TO_EDGE")
    cracks = crack.span(0.0, 0.035, 0.0, 1.0)
    stone = graph.ramp(
        beds, (0.3, shade(color, 0.6)), (0.5, shade(color, 1.0, (1.02, 1.0, 0.97))), (0.7, shade(color, 1.4))
    )
    stone = graph.multiply(stone, grit.span(0.25, 0.75, 0.78, 1.2) * bend.span(0.3, 0.7, 0.85, 1.15))
    stone = graph.multiply(stone, cracks * 0.4 + 0.72)
    height = beds * 0.8 + grit * 0.12
    _, _, up = graph.split(graph.normal)
    soft = graph.noise(graph.features(graph.metres, 0.45), 1.0, 4.0, roughness=0.7)
    moss = (up * 0.55 + soft).span(1.12 - 0.62 * spec.wear, 1.2 - 0.58 * spec.wear) if spec.wear > 0 else None
    growth = graph.multiply(linear(spec.accent), grit.span(0.2, 0.8, 0.6, 1.35))
    graph.finish(
        graph.principled(
            base_color=stone if moss is None else graph.mix(moss, stone, growth),
            roughness=own_roughness(graph, 0.88),
            specular=0.25,
            normal=graph.bump(height, 0.03 * spec.scale, 0.12 * spec.scale),
        )
    )


def mountain(graph: Graph) -> None:
    """Distant mountains: plants on gentle slopes, rock on steep ones; with wear, snow (the accent) above `scale`."""
    spec = graph.spec
    color, cap = linear(spec.color), linear(spec.accent)
    _, _, z = graph.split(graph.metres)
    stretched = graph.stretch(graph.metres, 0.012, 0.012, 0.012)
    rough = graph.noise(stretched, 1.0, 5.0, roughness=0.6)
    fine = graph.noise(graph.stretch(graph.metres, 0.09, 0.09, 0.09), 1.0, 4.0, roughness=0.7)
    _, _, up = graph.split(graph.normal)
    bare = (up + rough * 0.3).span(0.93, 1.04, 1.0, 0.0)
    stone = graph.mix(rough, shade(blend(color, GRAY, 0.7), 0.75), shade(blend(color, GRAY, 0.8), 1.35))
    growth = graph.mix(fine.span(0.35, 0.65), shade(color, 0.6), shade(color, 1.25, (1.05, 1.0, 0.9)))
    body = graph.multiply(graph.mix(bare, growth, stone), rough.span(0.3, 0.7, 0.75, 1.25))
    if spec.wear > 0:
        white = (z / spec.scale + rough * 0.9 + up * 0.5).span(1.75 - 0.6 * spec.wear, 1.9 - 0.6 * spec.wear)
        body = graph.mix(white, body, cap)
    graph.finish(
        graph.principled(base_color=body, roughness=0.95, specular=0.1, normal=graph.bump(rough, 4.0, 12.0)),
        alike=False,  # snow lies high up
    )


def sand(graph: Graph) -> None:
    """Grains, and broken, winding ripples left by wind or water; the accent lies in the troughs."""
    spec = graph.spec
    color = linear(spec.color)
    bend = graph.noise(graph.features(graph.metres, 1.4), 1.0, 3.0)
    turn = graph.seeded("wind", 0.0, 3.14)
    x, y, _ = graph.split(graph.metres)
    along = x * float(1.0 - turn / 2) + y * float(turn / 2)
    ripple = (along * (44.0 / spec.scale) + bend * 14.0).sin() * 0.5 + 0.5
    broken = graph.noise(graph.features(graph.metres, 3.0), 1.0, 3.0).span(0.35, 0.6, 0.1, 1.0)
    grain = graph.noise(graph.features(graph.metres, 0.012), 1.0, 3.0, roughness=0.8)
    coarse = graph.noise(graph.features(graph.metres, 60.0), 1.0, 4.0)
    brightness = grain.span(*MOST, 0.82, 1.18) * coarse.span(*MOST, 0.88, 1.12) * (ripple * broken * 0.14 + 0.92)
    mixed = graph.mix(bend.span(0.5, 0.75, 0.0, 0.4), color, linear(spec.accent))
    graph.finish(
        graph.principled(
            base_color=graph.multiply(mixed, brightness),
            roughness=own_roughness(graph, 0.9),
            specular=0.2,
            normal=graph.bump(ripple * broken, 0.012 * spec.scale, 0.14 * spec.scale),
        )
    )


def snow(graph: Graph) -> None:
    """Wind-packed: soft drifts with blue hollows, a crust, and dull patches where it has settled."""
    spec = graph.spec
    drift = graph.noise(graph.features(graph.metres, 2.4), 1.0, 4.0, roughness=0.55)
    crust = graph.noise(graph.features(graph.metres, 0.12), 1.0, 3.0, roughness=0.7)
    settled = graph.noise(graph.features(graph.metres, 11.0), 1.0, 3.0, roughness=0.65)
    color = linear(spec.color)
    white = graph.mix(drift.span(*MOST), shade(color, 0.86, (0.93, 0.97, 1.0)), shade(color, 1.04))
    graph.finish(
        graph.principled(
            base_color=graph.multiply(white, crust.span(*MOST, 0.91, 1.05) * settled.span(*MOST, 0.91, 1.05)),
            roughness=own_roughness(graph, 0.7),
            specular=0.3,
            normal=graph.bump(drift + crust * 0.1, 0.13 * spec.scale, 0.3 * spec.scale),
        )
    )


def water(graph: Graph) -> None:
    """Open water from above: a mirror over one colour for its depth. Its surface is what truth shows."""
    spec = graph.spec
    color = linear(spec.color)
    long_waves = graph.noise(
        graph.stretch(graph.features(graph.metres, 1.1), 1.0, 0.5, 1.0), 1.0, 3.0, roughness=0.55, distortion=0.4
    )
    short = graph.noise(graph.stretch(graph.features(graph.metres, 0.22), 1.0, 0.6, 1.0), 1.0, 3.0, roughness=0.6)
    calm = graph.noise(graph.features(graph.metres, 25.0), 1.0, 2.0).span(0.35, 0.65, 0.25, 1.0)
    coarse = graph.noise(graph.features(graph.metres, 12.0), 1.0, 3.0)
    ripples = graph.bump(short * calm, 0.01 * (0.4 + spec.wear), 0.25)
    graph.finish(
        graph.principled(
            base_color=graph.mix(coarse, shade(color, 0.8), shade(color, 1.2)),
            roughness=own_roughness(graph, 0.04),
            ior=1.333,
            specular=0.5,
            normal=graph.bump(long_waves * calm, 0.05 * (0.3 + spec.wear), 1.2, under=ripples),
        )
    )


def bark(graph: Graph) -> None:
    """Plates between furrows that run along the stem; the accent shows in bands round it, more with wear (birch)."""
    spec = graph.spec
    color = linear(spec.color)
    furrow = graph.noise(
        graph.stretch(graph.features(graph.metres, 0.09), 1.0, 1.0, 0.22), 1.0, 5.0, roughness=0.65, distortion=0.6
    )
    patch = graph.noise(graph.features(graph.metres, 0.8), 1.0, 4.0)
    skin = graph.ramp(furrow, (0.34, shade(color, 0.45)), (0.52, shade(color, 1.0)), (0.72, shade(color, 1.45)))
    skin = graph.multiply(skin, patch.span(0.3, 0.7, 0.75, 1.25))
    if spec.wear > 0:
        bands = graph.noise(graph.stretch(graph.features(graph.metres, 0.12), 0.35, 0.35, 2.2), 1.0, 4.0, roughness=0.7)
        skin = graph.mix(bands.span(0.66 - 0.12 * spec.wear, 0.72 - 0.12 * spec.wear), skin, linear(spec.accent))
    graph.finish(
        graph.principled(
            base_color=skin,
            roughness=own_roughness(graph, 0.92),
            specular=0.15,
            normal=graph.bump(furrow, 0.02 * spec.scale, 0.05 * spec.scale),
        )
    )


def leaves(graph: Graph) -> None:
    """Thin sheets of many hues that let light through; a share `wear` of them has the accent's colour."""
    spec = graph.spec
    color = linear(spec.color)
    mass = graph.noise(graph.features(graph.metres, 1.6), 1.0, 3.0)
    own = graph.island
    green = graph.mix(own, shade(color, 0.62, (0.94, 1.0, 0.98)), shade(color, 1.42, (1.1, 1.0, 0.85)))
    if spec.wear > 0:
        other = (own * 7.31).fract() + (mass - 0.5)
        green = graph.mix(other < spec.wear, green, linear(spec.accent))
    green = graph.multiply(green, mass.span(0.3, 0.7, 0.8, 1.2))
    back = graph.value(graph.shared("NewGeometry"), "Backfacing")
    green = graph.mix(back * 0.35, green, blend(color, (0.62, 0.68, 0.55), 0.35))  # undersides are paler
    blade = graph.principled(base_color=green, roughness=own_roughness(graph, 0.48), specular=0.35)
    glow = graph.translucent(graph.multiply(green, 1.25 + own * 0.0))
    graph.finish(graph.mix_shader(own * 0.0 + 0.32, blade, glow))
