"""Lamps for ceilings: a pendant with a dome, a drum or a globe, or a flat disc; the top is where it is fixed."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import lathe, part, tube
from scenes.craft.finishes import finish, metal
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec, Part, PartRole
from scenes.shapes import Cylinder, Sphere

__all__ = ["CATEGORY", "PLACE", "flush", "make", "pendant"]

CATEGORY = "ceiling lamp"
PLACE = "ceiling"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a ceiling lamp in the style of its scene."""
    return flush(rng) if draw.chance(rng, 0.35) else pendant(rng, style, draw.uniform(rng, 0.5, 0.95))


def flush(rng: np.random.Generator) -> ObjectSpec:
    """A shallow disc of milky plastic on the ceiling."""
    radius, height = draw.uniform(rng, 0.14, 0.24), draw.uniform(rng, 0.06, 0.1)
    rim = metal(rng, "steel") if draw.chance(rng, 0.5) else finish(rng, "plastic", "plastic", (0.93, 0.93, 0.92))
    milk = finish(rng, "plastic", "plastic", (0.95, 0.94, 0.92), roughness=0.35)
    dish = [
        (0, 0),
        (0.6 * radius, 0.006),
        (0.9 * radius, 0.25 * height),
        (0.97 * radius, 0.6 * height),
        (0.97 * radius, height),
    ]
    # Modelled upside down: its own z is where it shines.
    bowl = [(r, height - z) for r, z in reversed([*dish, (0, height)])]
    parts = (
        part(PartRole.BULB, lathe(bowl, segments=64), milk, at=(0, 0, height), rotation=(np.pi, 0, 0)),
        part(
            "rim",
            Cylinder(radius=radius, height=0.35 * height, segments=64),
            rim,
            at=(0, 0, 0.66 * height),
            bevel=0.003,
        ),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, color="white", material="plastic")


def pendant(rng: np.random.Generator, style: Style, length: float) -> ObjectSpec:
    """A shade on a cord; `length` metres from its lower edge to the ceiling."""
    kind = draw.choice(rng, ["dome", "drum", "globe"], p=[0.4, 0.35, 0.25])
    black = finish(rng, "matte_plastic", "plastic", (0.05, 0.05, 0.05))
    glow = finish(rng, "plastic", "bulb", (0.95, 0.94, 0.9), roughness=0.3)
    height, color_name, material = draw.uniform(rng, 0.16, 0.24), "", "fabric"
    shade: list[Part]
    if kind == "globe":
        radius = draw.uniform(rng, 0.11, 0.19)
        height, material = 2 * radius, "glass"
        milk = finish(rng, "plastic", "glass", (0.95, 0.94, 0.91), roughness=0.2)
        ball = Sphere(radii=(radius, radius, radius), segments=48)
        shade = [part(PartRole.BULB, ball, milk, at=(0, 0, height), rotation=(np.pi, 0, 0))]
    else:
        color_name = style.color_name(
            rng, allowed=("white", "black", "gray", "beige", "green", "teal", "red", "yellow")
        )
        cloth = finish(
            rng, "fabric", "fabric", sample_color(rng, color_name if kind == "drum" else "white"), scale=0.04
        )
        paint = finish(rng, "painted_metal", "metal", sample_color(rng, color_name), roughness=0.3)
        material = "fabric" if kind == "drum" else ""
        shade = _drum(rng, height, cloth, black) if kind == "drum" else _dome(rng, height, paint)
        bulb = Sphere(radii=(0.03, 0.03, 0.04), segments=24)
        shade.append(part(PartRole.BULB, bulb, glow, at=(0, 0, height - 0.05), rotation=(np.pi, 0, 0)))
        shade.append(part("socket", Cylinder(radius=0.017, height=0.09, segments=20), black, at=(0, 0, height - 0.055)))
    cord = Cylinder(radius=0.003, height=length - height, segments=10)
    rose = Cylinder(radius=0.05, height=0.025, top_radius=0.055, segments=32)
    parts = (
        *shade,
        part("cord", cord, black, at=(0, 0, height - 0.004)),
        part("rose", rose, black, at=(0, 0, length - 0.025)),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, color=color_name, material=material)


def _dome(rng: np.random.Generator, height: float, material: Material) -> list[Part]:
    radius = draw.uniform(rng, 0.15, 0.24)
    outer = [(radius, 0), (0.93 * radius, 0.35 * height), (0.6 * radius, 0.75 * height), (0.03, height)]
    inner = [(r - 0.004, z - 0.001) for r, z in reversed(outer)]
    inner = [(max(r, 0.012), max(z, 0.0005)) for r, z in inner]
    return [part(PartRole.SHADE, lathe([*outer, *inner], segments=72, closed=True), material)]


def _drum(rng: np.random.Generator, height: float, cloth: Material, black: Material) -> list[Part]:
    radius, taper = draw.uniform(rng, 0.17, 0.27), draw.uniform(rng, 0.7, 1.0)
    shell = [(radius, 0), (radius * taper, height), (radius * taper - 0.002, height), (radius - 0.002, 0)]
    z = height - 0.012
    ring = float(np.interp(z, [0, height], [radius, radius * taper])) - 0.001
    spokes = [
        part(f"spoke {k}", tube([(0, 0, z), (ring * np.cos(angle), ring * np.sin(angle), z)], 0.0022, count=2), black)
        for k, angle in enumerate((0.3, 2.394, 4.489), 1)
    ]
    return [part(PartRole.SHADE, lathe(shell, segments=72, closed=True), cloth), *spokes]
