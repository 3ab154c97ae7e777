"""Woven and tufted cloth, leather."""

from math import pi

from render.materials.color import linear, shade
from render.materials.graph import Graph
from render.materials.wear import dirty, own_roughness

__all__ = ["carpet", "fabric", "leather"]

THREADS = 80.0  # threads in one `scale`
PILE = 30.0  # tufts in one `scale`


def fabric(graph: Graph) -> None:
    """Plain weave: each thread goes over one and under the next; slubs and mottled dye."""
    spec = graph.spec
    color = linear(spec.color)
    u, v, _ = graph.faces(graph.metres)
    slub = graph.noise(graph.features(graph.metres, 0.12), 1.0, 3.0, roughness=0.6)
    turn = pi * THREADS / spec.scale
    warp, weft = (u * turn).sin(), (v * turn).sin()
    cross = warp * weft
    up, over = abs(warp) + cross, abs(weft) - cross
    height = up.max(over) * 0.5
    fine = graph.resolved(0.5 * spec.scale / THREADS) ** 2.0
    thread = graph.mix(graph.choose(fine, up > over, 0.5), shade(color, 0.92), shade(color, 1.08))
    brightness = graph.choose(fine, height.span(0.15, 0.9, 0.74, 1.16), 1.02) * slub.span(0.3, 0.7, 0.92, 1.1)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.multiply(thread, brightness), 0.25),
            roughness=own_roughness(graph, 0.9),
            specular=0.0,
            sheen=0.12,
            sheen_roughness=0.4,
            sheen_tint=shade(color, 1.3),
            normal=graph.bump(height, 0.14 * spec.scale / THREADS, spec.scale / THREADS),
        )
    )


def leather(graph: Graph) -> None:
    """Pebbled grain with darker creases; wear makes it shinier and paler."""
    color = linear(graph.spec.color)
    soft = graph.noise(graph.features(graph.metres, 0.5), 1.0, 2.0)
    distance, _ = graph.voronoi(graph.face_features(0.018), flat=True)
    dye = graph.mix(soft.span(0.3, 0.7), shade(color, 0.85, (1.0, 0.97, 0.95)), shade(color, 1.15))
    pale = soft.span(0.5, 0.75, 0.0, 0.35 * graph.spec.wear)
    dye = graph.mix(pale, dye, shade(color, 1.9, (1.0, 0.9, 0.8)))
    roughness = own_roughness(graph, 0.42)
    graph.finish(
        graph.principled(
            base_color=graph.multiply(dye, distance.span(0.4, 0.85, 1.07, 0.72)),
            roughness=distance.span(0.2, 0.7, roughness, min(roughness + 0.2, 1.0)),
            specular=0.45,
            normal=graph.bump(distance, -0.00022, 0.0018),
        )
    )


def carpet(graph: Graph) -> None:
    """Cut pile: tufts of slightly different dye, brushed patches."""
    color = linear(graph.spec.color)
    distance, tuft = graph.voronoi(graph.face_features(1.0 / PILE), flat=True)
    brushed = graph.noise(graph.features(graph.metres, 1.2), 1.0, 5.0, roughness=0.72)
    dye = graph.mix(tuft, shade(color, 1.06), shade(color, 1.34))
    brightness = distance.span(0.1, 0.9, 1.08, 0.74) * brushed.span(0.3, 0.7, 0.74, 1.26)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.multiply(dye, brightness), 0.3),
            roughness=own_roughness(graph, 0.95),
            specular=0.0,
            sheen=0.25,
            sheen_roughness=0.5,
            sheen_tint=shade(color, 1.2),
            normal=graph.bump(distance, -0.14 * graph.spec.scale / PILE, graph.spec.scale / PILE),
        )
    )
