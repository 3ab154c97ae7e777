"""Paper, board, and what is printed on them."""

from math import pi

from render.materials.color import blend, linear, shade
from render.materials.graph import Graph
from render.materials.wear import dirty, own_roughness

__all__ = ["cardboard", "paper", "print_"]

INK = linear((0.10, 0.10, 0.11))
FLUTE = 0.0065  # metres between the waves of corrugated board


def paper(graph: Graph) -> None:
    """Faint clouds of fibre."""
    color = linear(graph.spec.color)
    fibre = graph.noise(graph.features(graph.metres, 0.03), 1.0, 3.0, roughness=0.7)
    aged = blend(color, linear((0.80, 0.68, 0.48)), 0.5 * graph.spec.wear)
    graph.finish(
        graph.principled(
            base_color=graph.mix(fibre.span(0.3, 0.7), shade(aged, 0.96), shade(aged, 1.03)),
            roughness=own_roughness(graph, 0.9),
            specular=0.2,
            normal=graph.bump(fibre, 0.00006, 0.002),
        )
    )


def cardboard(graph: Graph) -> None:
    """Brown board: flecks of fibre, and the flutes inside that show through as bands across x."""
    color = linear(graph.spec.color)
    u, _, _ = graph.faces(graph.metres)
    flutes = (u * (2.0 * pi / FLUTE)).sin()
    flecks = graph.noise(graph.stretch(graph.features(graph.metres, 0.012), 0.35, 1.0, 0.6), 1.0, 3.0, roughness=0.7)
    brightness = flecks.span(0.3, 0.62, 0.88, 1.05) * flutes.span(-1.0, 1.0, 0.96, 1.04)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.multiply(color, brightness), 0.3, shade(color, 0.45)),
            roughness=own_roughness(graph, 0.85),
            specular=0.25,
            normal=graph.bump(flutes + flecks * 0.3, 0.00008, FLUTE * 0.5),
        )
    )


def print_(graph: Graph) -> None:
    """A sheet `scale` wide and 1.4 times as high, repeated: a block of accent with a title, a rule, lines of text."""
    spec = graph.spec
    ground, accent = linear(spec.color), linear(spec.accent)
    u, v, side = graph.faces(graph.metres)
    column = u / spec.scale + 0.5
    row = v / (1.4 * spec.scale) + (graph.seeded("start", 0.0, 0.1) + 0.5 * side)
    x, y = column.fract(), row.fract()
    low = graph.seeded("block", 0.52, 0.62)
    block = (y > low) * (y < low + graph.seeded("height", 0.25, 0.32))
    title_y = low + 0.14
    title = (y > title_y) * (y < title_y + 0.07) * (x > 0.12) * (x < graph.seeded("title", 0.6, 0.85))
    letters = ((x * 17.0).fract() > 0.18) * (graph.random((x * 17.0).floor(), spec.seed % 512) > 0.12)
    rule = (y > 0.07) * (y < 0.09)
    line = y * 40.0
    words = graph.random((x * 26.0).floor(), line.floor(), spec.seed % 512) > 0.2
    ragged = graph.random(line.floor(), spec.seed % 512, 7.0) * 0.35 + 0.55
    text = (line.fract() > 0.45) * words * (x > 0.12) * (x < ragged) * (y > 0.14) * (y < low - 0.06)
    color = graph.mix(block.max(rule), ground, accent)
    color = graph.mix(title * letters, color, ground)
    color = graph.mix(text * 0.8, color, blend(accent, INK, 0.75))
    fibre = graph.noise(graph.features(graph.metres, 0.03), 1.0, 2.0)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, color, 0.3),
            roughness=fibre.span(0.3, 0.7, own_roughness(graph, 0.42) - 0.06, own_roughness(graph, 0.42) + 0.1),
            specular=0.4,
        )
    )
