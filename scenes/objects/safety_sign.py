"""Safety signs for walls: a plate in a code colour with a disc, a triangle or an arrow; backs toward +y."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part
from scenes.craft.finishes import finish
from scenes.craft.steel import upright
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import GLYPH_PITCH, Cylinder, Lettering

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "safety sign"
PLACE = "wall"
#: What a sign of a colour says below its symbol, by line.
_WORDS = {
    "yellow": (("DANGER",), ("CAUTION",), ("FORKLIFT", "TRUCKS"), ("WET", "FLOOR"), ("HIGH", "VOLTAGE")),
    "blue": (("HELMET", "AREA"), ("WEAR", "GLOVES"), ("KEEP", "CLEAR")),
    "red": (("STOP",), ("KEEP", "OUT")),
    "green": (("EXIT",), ("FIRE", "EXIT"), ("WAY OUT",)),
    "white": (("NO ENTRY",), ("NO", "ACCESS"), ("STAFF", "ONLY")),
}


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a safety sign."""
    color_name = draw.choice(rng, ["yellow", "blue", "red", "green", "white"])
    width = draw.uniform(rng, 0.28, 0.6)
    height = width * draw.choice(rng, [1.0, 1.35, 0.5])
    plate = finish(rng, "plastic", "plastic", sample_color(rng, color_name), roughness=0.35)
    ink_color_name = "black" if color_name == "yellow" else ("red" if color_name == "white" else "white")
    ink = finish(rng, "plastic", "plastic", sample_color(rng, ink_color_name), roughness=0.4)
    parts = [box_part("plate", (-width / 2, -0.004, 0), (width / 2, 0.004, height), plate, bevel=0.001)]
    parts += _symbol(color_name, width, height, plate, ink)
    if height > width:
        parts += _words(draw.choice(rng, _WORDS[color_name]), width, height, ink)
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="plastic")


def _symbol(color_name: str, width: float, height: float, plate: Material, ink: Material) -> list[Part]:
    """A warning triangle, an arrow, or a disc with a bar."""
    unit = 0.36 * min(width, height)
    z = 0.62 * height if height > width else 0.5 * height
    parts: list[Part] = []
    if color_name == "yellow":
        rim = [(-unit, z - 0.8 * unit), (unit, z - 0.8 * unit), (0.0, z + 0.95 * unit)]
        inner = [(0.72 * rim_x, z - 0.12 * unit + 0.72 * (rim_z - z)) for rim_x, rim_z in rim]
        parts = [upright("rim", rim, 0.012, ink), upright("field", inner, 0.015, plate)]
        mark = 0.08 * unit
        parts.append(box_part("mark", (-mark, -0.009, z - 0.3 * unit), (mark, 0.0, z + 0.25 * unit), ink, bevel=0))
    elif color_name == "green":
        arrow = [
            (-unit, z - 0.3 * unit),
            (0.1 * unit, z - 0.3 * unit),
            (0.1 * unit, z - 0.75 * unit),
            (unit, z),
            (0.1 * unit, z + 0.75 * unit),
            (0.1 * unit, z + 0.3 * unit),
            (-unit, z + 0.3 * unit),
        ]
        parts = [upright("arrow", arrow, 0.012, ink)]
    else:
        disc = Cylinder(radius=unit, height=0.01, segments=40)
        hole = Cylinder(radius=0.72 * unit, height=0.012, segments=40)
        parts = [part("disc", disc, ink, at=(0, 0.003, z), rotation=(np.pi / 2, 0, 0))]
        parts.append(part("field", hole, plate, at=(0, 0.003, z), rotation=(np.pi / 2, 0, 0)))
        bar_at = 0.12 * unit
        parts.append(box_part("bar", (-0.5 * unit, -0.012, z - bar_at), (0.5 * unit, 0.0, z + bar_at), ink, bevel=0))
    return parts


def _words(words: tuple[str, ...], width: float, height: float, ink: Material) -> list[Part]:
    """A line for each word in the room below the symbol."""
    letter = min(0.1 * height, *(0.86 * width / (GLYPH_PITCH * len(word)) for word in words))
    middle = 0.165 * height
    parts = []
    for k, word in enumerate(words):
        z = middle + (0.75 * (len(words) - 1) - 1.5 * k - 0.5) * letter
        parts.append(
            part(f"line {k + 1}", Lettering(text=word, height=letter, thickness=0.003), ink, at=(0, -0.005, z))
        )
    return parts
