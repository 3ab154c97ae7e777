"""Transparent and translucent materials: glass and drinks."""

from render.materials.color import blend, linear
from render.materials.graph import Graph
from render.materials.wear import own_roughness, scuffed

__all__ = ["glass", "liquid"]


def glass(graph: Graph) -> None:
    """Glass of refractive index 1.5, tinted half at each face so that a wall has the colour asked for.

    Its shadow is tinted light instead of caustics, which a path tracer would not find in few samples. Rays from the
    camera meet glass only: it is the first surface in image and truth.
    """
    r, g, b = linear(graph.spec.color)
    tint = (r**0.5, g**0.5, b**0.5)
    roughness = own_roughness(graph, 0.0)
    solid = graph.principled(
        base_color=tint,
        roughness=scuffed(graph, roughness, 0.02) if graph.spec.wear > 0 else roughness,
        transmission=1.0,
        ior=1.5,
    )
    shadow = graph.value(graph.node("LightPath"), "Is Shadow Ray")
    graph.finish(graph.mix_shader(shadow, solid, graph.transparent(blend(tint, (0.0, 0.0, 0.0), 0.08))))


def liquid(graph: Graph) -> None:
    """An opaque drink (milk, coffee, juice): smooth, with light scattered below its surface."""
    color = linear(graph.spec.color)
    swirl = graph.noise(graph.features(graph.metres, 0.3), 1.0, 2.0, distortion=1.0)
    graph.finish(
        graph.principled(
            base_color=graph.mix(swirl, blend(color, (0.0, 0.0, 0.0), 0.06), blend(color, (1.0, 1.0, 1.0), 0.03)),
            roughness=own_roughness(graph, 0.06),
            ior=1.34,
            subsurface=0.3,
            subsurface_radius=(1.0, 0.8, 0.6),
            subsurface_scale=0.004,
        )
    )
