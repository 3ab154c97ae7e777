"""Stone, concrete and plaster."""

from render.materials.color import blend, linear, shade
from render.materials.graph import Graph
from render.materials.wear import MOST, dirty, own_roughness, weathered

__all__ = ["concrete", "marble", "plaster", "stone"]


def stone(graph: Graph) -> None:
    """Granite: crystals of three shades, ground smooth."""
    color = linear(graph.spec.color)
    accent = blend(color, linear(graph.spec.accent), 0.5)
    clouds = graph.noise(graph.features(graph.metres, 0.5), 1.0, 3.0, roughness=0.7)
    distance, crystal = graph.voronoi(graph.face_features(0.03), flat=True)
    grains = graph.ramp(
        crystal + (clouds - 0.5) * 0.4,
        (0.08, shade(color, 0.35)),
        (0.2, shade(color, 0.8)),
        (0.45, shade(color, 1.05)),
        (0.6, shade(accent, 1.0)),
        (0.75, shade(color, 1.3)),
    )
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.multiply(grains, clouds.span(*MOST, 0.84, 1.16))),
            roughness=crystal.span(0.0, 1.0, own_roughness(graph, 0.55) - 0.1, own_roughness(graph, 0.55) + 0.1),
            specular=0.45,
            normal=graph.bump(clouds * 3.0 + distance * 0.3, 0.00025, 0.003),
        )
    )


def marble(graph: Graph) -> None:
    """Polished, with veins of the accent where folded noise crosses its middle, and finer ones beside."""
    color, vein = linear(graph.spec.color), linear(graph.spec.accent)
    fold = graph.noise(graph.features(graph.metres, 1.6), 1.0, 5.0, roughness=0.58, distortion=0.9)
    fine = graph.noise(graph.features(graph.metres, 0.7), 1.0, 4.0, roughness=0.6, distortion=1.4)
    strong = abs(fold - 0.5).span(0.0, 0.035, 0.75, 0.0) * fine.span(0.35, 0.6)
    fine_veins = abs(fine - 0.53).span(0.0, 0.012, 0.35, 0.0)
    ground = graph.mix(fold.span(0.25, 0.75), shade(blend(color, vein, 0.2), 1.0), shade(color, 1.06))
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.mix(strong.max(fine_veins), ground, vein), 0.2),
            roughness=own_roughness(graph, 0.1) + strong * 0.12,
            specular=0.5,
        )
    )


def concrete(graph: Graph) -> None:
    """Cast concrete: cloudy, gritty, with holes left by air bubbles."""
    color = linear(graph.spec.color)
    clouds = graph.noise(graph.features(graph.metres, 4.0), 1.0, 4.0, roughness=0.68)
    distance, hole = graph.voronoi(graph.face_features(0.2), flat=True)
    holes = distance.span(0.04, 0.09, 1.0, 0.0) * (hole > 0.85)
    grit = graph.noise(graph.features(graph.metres, 0.05), 1.0, 3.0, roughness=0.75)
    brightness = clouds.span(*MOST, 0.87, 1.13) * grit.span(*MOST, 0.84, 1.16) * holes.span(0.0, 1.0, 1.0, 0.45)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, weathered(graph, graph.multiply(color, brightness)), 0.4),
            roughness=clouds.span(*MOST, own_roughness(graph, 0.82) - 0.1, own_roughness(graph, 0.82) + 0.06),
            specular=0.3,
            # Without the holes: they are as dark, and their relief would cost as much as all else.
            normal=graph.bump(grit, 0.0003, 0.003),
        )
    )


def plaster(graph: Graph) -> None:
    """A painted wall: the stipple of a roller, and a shade that varies slowly over metres."""
    color = linear(graph.spec.color)
    stipple = graph.noise(graph.features(graph.metres, 0.06), 1.0, 1.0)
    slow = graph.noise(graph.features(graph.metres, 8.0), 1.0, 1.0)
    painted = graph.mix(slow.span(*MOST), shade(color, 0.975, (1.0, 0.995, 0.985)), shade(color, 1.015))
    graph.finish(
        graph.principled(
            base_color=dirty(graph, weathered(graph, painted), 0.08 + 0.4 * graph.spec.wear),
            roughness=own_roughness(graph, 0.78),
            specular=0.3,
            normal=graph.bump(stipple, 0.0007, 0.006),
        )
    )
