"""Natural ground: soil and grass."""

from render.materials.color import blend, linear, shade
from render.materials.graph import Graph
from render.materials.wear import own_roughness

__all__ = ["grass", "soil"]


def soil(graph: Graph) -> None:
    """Crumbs and clods, moist in the hollows, with paler pebbles."""
    color = linear(graph.spec.color)
    clods = graph.noise(graph.features(graph.metres, 0.35), 1.0, 5.0, roughness=0.68)
    distance, pebble = graph.voronoi(graph.face_features(0.14), flat=True)
    earth = graph.ramp(
        clods,
        (0.3, shade(color, 0.45, (1.0, 0.95, 0.9))),
        (0.5, shade(color, 1.0)),
        (0.7, shade(color, 1.55)),
    )
    stones = (distance + (clods - 0.5)).span(0.10, 0.2, 0.8, 0.0) * (pebble > 0.93)
    gravel = graph.mix(stones, earth, blend(shade(color, 1.6), (0.30, 0.26, 0.22), 0.5))
    graph.finish(
        graph.principled(
            base_color=gravel,
            roughness=own_roughness(graph, 0.95),
            specular=0.15,
            normal=graph.bump(clods + stones * 0.25, 0.035 * graph.spec.scale, 0.06 * graph.spec.scale),
        )
    )


def grass(graph: Graph) -> None:
    """A lawn from above: blades by fine crossed noise, tufts, and yellower patches."""
    color = linear(graph.spec.color)
    blades = graph.noise(graph.features(graph.metres, 0.05), 1.0, 4.0, roughness=0.75, distortion=1.5, contrast=1.5)
    tufts = graph.noise(graph.features(graph.metres, 0.6), 1.0, 3.0, roughness=0.6)
    patches = graph.noise(graph.features(graph.metres, 12.0), 1.0, 3.0)
    blade = graph.ramp(
        blades,
        (0.0, shade(color, 0.35, (0.9, 1.0, 0.9))),
        (0.5, shade(color, 1.0)),
        (1.0, shade(color, 1.75, (1.1, 1.0, 0.8))),
    )
    dry = patches.span(0.45, 0.75, 0.0, 0.3 + 0.5 * graph.spec.wear)
    lawn = graph.mix(dry, blade, shade(color, 1.25, (1.5, 1.0, 0.7)))
    graph.finish(
        graph.principled(
            base_color=graph.multiply(lawn, tufts.span(0.3, 0.7, 0.72, 1.25)),
            roughness=own_roughness(graph, 0.8),
            specular=0.2,
            normal=graph.bump(tufts + blades * 0.15, 0.022 * graph.spec.scale, 0.1 * graph.spec.scale),
        )
    )
