"""Metal: brushed, polished, painted."""

from render.materials.arithmetic import NodeValue
from render.materials.color import linear, shade
from render.materials.graph import Graph
from render.materials.wear import chipped, dirty, own_roughness, scuffed

__all__ = ["brushed_metal", "painted_metal", "polished_metal"]

STEEL = linear((0.55, 0.54, 0.53))
RUST = linear((0.42, 0.22, 0.11))
LINE = 0.0004  # metres between brush lines


def brushed_metal(graph: Graph) -> None:
    """Fine lines level round the sides and along x on tops, and a highlight drawn out across them."""
    color = linear(graph.spec.color)
    _, _, nz = graph.split(graph.normal)
    top = abs(nz) > 0.7
    x, y, z = graph.split(graph.stretch(graph.metres, 1.0 / LINE, 1.0 / LINE, 1.0 / LINE))
    streaks = graph.noise(graph.combine(x * 0.012, y * graph.choose(top, 1.0, 0.012), z), 1.0, 3.0, contrast=1.5)
    # Lines finer than a pixel would be noise, which a denoiser turns into blotches.
    lines = graph.choose(graph.resolved(2 * LINE) ** 2.0, streaks, 0.5)
    roughness = own_roughness(graph, 0.3)
    rough = min(roughness + 0.1 + 0.2 * graph.spec.wear, 1.0)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.mix(lines, shade(color, 0.86), shade(color, 1.1)), 0.25),
            metallic=1.0,
            roughness=lines.span(0.0, 1.0, max(roughness - 0.08, 0.02), rough),
            anisotropic=0.65,
            tangent=graph.value(graph.node("Tangent", direction_type="RADIAL", axis="Z")),
            normal=graph.bump(lines, 0.000006, LINE),
        )
    )


def polished_metal(graph: Graph) -> None:
    """A mirror with finger marks; wear dulls it in patches."""
    color = linear(graph.spec.color)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, color, 0.3),
            metallic=1.0,
            roughness=scuffed(graph, own_roughness(graph, 0.07), 0.1),
        )
    )


def painted_metal(graph: Graph) -> None:
    """Sprayed paint under a clear coat with orange peel; wear chips it down to steel with rusty rims."""
    color = linear(graph.spec.color)
    peel = graph.noise(graph.features(graph.metres, 0.018), 1.0, 1.0)
    paint: NodeValue | tuple[float, float, float] = color
    roughness = own_roughness(graph, 0.32)
    chips = chipped(graph)
    if chips is not None:
        paint = graph.mix(chips.span(0.0, 0.5), paint, RUST)
        paint = graph.mix(chips.span(0.6, 1.0), paint, STEEL)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, paint, 0.25),
            metallic=0.0 if chips is None else chips.span(0.6, 1.0, 0.0, 0.9),
            roughness=roughness if chips is None else chips.span(0.0, 1.0, roughness, 0.6),
            coat=0.7 if chips is None else chips.span(0.0, 0.3, 0.7, 0.0),
            coat_roughness=0.05,
            normal=graph.bump(peel, 0.00006, 0.0018),
        )
    )
