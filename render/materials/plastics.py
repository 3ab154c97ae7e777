"""Plastic moulded and as film, rubber, wax."""

from render.materials.color import blend, linear, shade
from render.materials.graph import Graph
from render.materials.wear import MOST, dirty, own_roughness, scuffed

__all__ = ["matte_plastic", "plastic", "rubber", "stretch_film", "wax"]

BAND = 0.32  # metres: rise of one turn of stretch film


def plastic(graph: Graph) -> None:
    """Glossy, evenly coloured, with the faint wave of a moulded skin."""
    color = linear(graph.spec.color)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, color, 0.25),
            roughness=scuffed(graph, own_roughness(graph, 0.22), 0.08),
            specular=0.5,
        )
    )


def matte_plastic(graph: Graph) -> None:
    """Moulded with a fine even grain."""
    color = linear(graph.spec.color)
    grain = graph.noise(graph.metres, 1.0 / 0.0007, 1.0)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.mix(grain, shade(color, 0.95), shade(color, 1.05)), 0.25),
            roughness=own_roughness(graph, 0.52),
            specular=0.45,
            normal=graph.bump(grain, 0.00004, 0.0007),
        )
    )


def stretch_film(graph: Graph) -> None:
    """Film wound round goods: turns that overlap, wrinkles drawn aslant; cartons of the accent show through."""
    spec = graph.spec
    color, accent = linear(spec.color), linear(spec.accent)
    u, v, side = graph.faces(graph.metres)
    carton, joint = graph.bricks(u / spec.scale, v / spec.scale, height=0.7, joint=0.03, soft=0.8, offset=0.0)
    goods = graph.multiply(accent, carton.span(0.0, 1.0, 0.75, 1.2) * (1.0 - joint * 0.65))
    turn = ((v + u * 0.07) / BAND).fract()
    overlap = turn.span(0.0, 0.02) * turn.span(0.45, 0.47, 1.0, 0.0)
    drawn = graph.combine((u + v * 0.5) / 0.6, (v - u * 0.3) / 0.045, side)
    wrinkle = graph.noise(drawn, 1.0, 3.0, roughness=0.55, distortion=0.3)
    ridge = abs(wrinkle - 0.5).span(0.0, 0.05, 1.0, 0.0)
    veil = overlap * 0.2 + ridge * 0.2 + wrinkle.span(*MOST, 0.42, 0.6)
    roughness = own_roughness(graph, 0.2)
    graph.finish(
        graph.principled(
            base_color=dirty(graph, graph.mix(veil, goods, color), 0.2),
            roughness=ridge.span(0.0, 1.0, roughness, min(roughness + 0.15, 1.0)),
            specular=0.5,
            normal=graph.bump(wrinkle * 2.0 + ridge * 0.3 + overlap * 0.15, 0.0028, 0.02),
        )
    )


def rubber(graph: Graph) -> None:
    """Dull, with a pale film in patches."""
    color = linear(graph.spec.color)
    bloom = graph.noise(graph.features(graph.metres, 0.4), 1.0, 4.0, roughness=0.65)
    dusty = blend(color, (0.4, 0.4, 0.39), 0.1 + 0.25 * graph.spec.wear)
    graph.finish(
        graph.principled(
            base_color=graph.mix(bloom.span(0.35, 0.7), color, dusty),
            roughness=bloom.span(0.3, 0.7, own_roughness(graph, 0.6), min(own_roughness(graph, 0.6) + 0.2, 1.0)),
            specular=0.35,
            normal=graph.bump(bloom, 0.0001, 0.005),
        )
    )


def wax(graph: Graph) -> None:
    """Wax: light scatters below the surface."""
    color = linear(graph.spec.color)
    cloud = graph.noise(graph.features(graph.metres, 0.25), 1.0, 3.0)
    graph.finish(
        graph.principled(
            base_color=graph.mix(cloud, shade(color, 1.02), shade(color, 1.12)),
            roughness=own_roughness(graph, 0.38),
            subsurface=0.5,
            subsurface_radius=(1.0, 0.6, 0.35),
            subsurface_scale=0.006,
            normal=graph.bump(cloud, 0.0005, 0.01),
        )
    )
