"""What streets are surfaced with, and their windows."""

from render.materials.light import SEEN
from render.materials.nodes import Graph, linear, shade
from render.materials.wear import own_roughness, scuffed

__all__ = ["pane", "tarmac"]

LIT = 0.42  # share of the windows with a lamp on, after dark
CURTAINED = 0.4


def tarmac(graph: Graph) -> None:
    """Stones in bitumen, patches rolled at another time, oil along the lanes, and cracks that wear brings."""
    color = linear(graph.spec.color)
    grit = graph.noise(graph.place(graph.metres, 0.08), 1.0, 3.0, roughness=0.7)
    slow = graph.noise(graph.place(graph.metres, 30.0), 1.0, 5.0, roughness=0.6)
    _, patch = graph.voronoi(graph.stretch(graph.place(graph.metres, 60.0), 1.0, 0.35, 1.0), 1.0)
    edge, _ = graph.voronoi(graph.place(graph.metres, 18.0), 1.0, feature="DISTANCE_TO_EDGE")
    bend = graph.noise(graph.place(graph.metres, 6.0), 1.0, 3.0)
    crack = (edge + (bend - 0.5) * 0.05).span(0.004, 0.012, 0.55 * graph.spec.wear, 0.0)
    tone = slow.span(0.3, 0.7, 0.78, 1.2) * patch.span(0.2, 0.8, 0.9, 1.08) * grit.span(0.25, 0.75, 0.72, 1.3)
    graph.finish(
        graph.principled(
            base_color=graph.mix(crack, graph.multiply(color, tone), shade(color, 0.25)),
            roughness=own_roughness(graph, 0.85),
            specular=0.3,
            normal=graph.bump(grit, 0.0012, 0.012),
        )
    )


def pane(graph: Graph) -> None:
    """Each pane is a room of its own: dark, curtained, or with `strength` a lamp on; the glass before it mirrors."""
    spec = graph.spec
    color, accent = linear(spec.color), linear(spec.accent)
    room = graph.island
    draw = (room * 7.31).fract()
    depth = graph.noise(graph.place(graph.metres, 9.0), 1.0, 2.0)
    inside = graph.multiply(color, (room * 3.7).fract().span(0.0, 1.0, 0.5, 1.6) * depth.span(0.3, 0.7, 0.6, 1.4))
    curtain = draw.span(1.0 - CURTAINED, 1.0 - CURTAINED + 0.02, 0.0, 0.75)
    lit = (room < LIT) * spec.strength
    camera = graph.field(graph.node("LightPath"), "Is Camera Ray")
    glow = depth.span(0.3, 0.7, 0.45, 1.2) * draw.span(0.0, 1.0, 0.5, 1.2)
    graph.finish(
        graph.principled(
            base_color=graph.mix(curtain, inside, accent),
            roughness=scuffed(graph, own_roughness(graph, 0.04), 0.02),
            specular=0.6,
            coat=1.0,
            coat_roughness=0.03,
            emission_color=graph.multiply(accent, glow),
            emission_strength=graph.choose(camera, lit.min(SEEN), lit) if spec.strength > 0 else 0.0,
        )
    )
