"""Cloth of clothes: woven or knitted, creased, faded where it rubs."""

from render.materials.arithmetic import Color
from render.materials.color import linear
from render.materials.graph import Graph
from render.materials.wear import own_roughness

__all__ = ["cloth", "striped_cloth"]

WEAVE = 0.0012  # metres between threads
YARN = 0.0035  # metres: how wide a thicker yarn shows, which is far longer than wide
CREASE = 0.045  # metres between fine creases


def cloth(graph: Graph) -> None:
    """Cloth of garments in one colour."""
    _worn(graph, linear(graph.spec.color))


def striped_cloth(graph: Graph) -> None:
    """The same with stripes of the accent round the body."""
    _, _, z = graph.split(graph.metres)
    stripe = (z / graph.spec.scale).fract() > 0.55
    _worn(graph, graph.mix(stripe, linear(graph.spec.color), linear(graph.spec.accent)))


def _worn(graph: Graph, color: Color) -> None:
    """Fine creases between the folds of the mesh, thicker yarns that run down, a weave at close range."""
    wear = graph.spec.wear
    own = graph.vector("ADD", graph.metres, tuple(graph.seeded(f"cloth {axis}", 0.0, 2.0) for axis in "xyz"))
    x, y, z = graph.split(own)
    lean = graph.vector("ADD", own, graph.combine(0.0, 0.0, x * 0.4))
    rate = 1.0 / CREASE
    creases = graph.noise(graph.stretch(lean, 0.45 * rate, 0.45 * rate, rate), 1.0, 2.0, roughness=0.45, distortion=0.4)
    ridge = (1.0 - abs(creases - 0.5) * 4.0).max(0.0) ** 1.3
    yarns = graph.noise(graph.stretch(own, 1.0 / YARN, 1.0 / YARN, 0.05 / YARN), 1.0, 2.0, roughness=0.6)
    turn = 6.2832 / WEAVE
    weave = (x * turn).sin() * (z * turn).sin() * (y * turn).sin()
    faded = ridge.span(0.1, 0.9, 1.0 - 0.1 * wear, 1.0 + 0.12 * wear)
    graph.finish(
        graph.principled(
            base_color=graph.multiply(color, faded * yarns.span(0.3, 0.7, 0.93, 1.07)),
            roughness=own_roughness(graph, 0.85),
            specular=0.2,
            sheen=0.1,
            sheen_roughness=0.5,
            normal=graph.bump(
                ridge,
                0.0011 + 0.004 * wear,
                0.3 * CREASE,
                under=graph.bump(yarns, 0.0003, YARN, under=graph.bump(weave, 0.0002, WEAVE)),
            ),
        )
    )
