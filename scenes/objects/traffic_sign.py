"""Road signs on posts: stop, give way, no entry, limits, warnings, orders, parking."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import lathe, part
from scenes.craft.curve import points2
from scenes.craft.finishes import finish
from scenes.craft.outline import circle, rounded_rectangle
from scenes.craft.style import Style
from scenes.material import Material
from scenes.mesh import Floats
from scenes.model import ObjectSpec, Part
from scenes.shapes import GLYPH_PITCH, Box, Extrusion, Group, Lathe, Lettering, Placed

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "traffic sign"
PLACE = "street"
_QUARTER = 1.5707963
_RED: Rgb = (0.72, 0.05, 0.07)
_WHITE: Rgb = (0.93, 0.93, 0.92)
_BLUE: Rgb = (0.05, 0.23, 0.6)
_BLACK: Rgb = (0.04, 0.04, 0.045)

#: By kind of sign, what it may read, and how high the letters are, in radii of the sign.
_WORDS: dict[str, list[tuple[str, float]]] = {
    "stop": [("STOP", 0.5)],
    "limit": [(speed, 0.72) for speed in ("20", "30", "40", "50", "60", "70", "80")],
    "parking": [("P", 1.2)],
}
#: What the small plates read.
_PLATES = (
    ("EXCEPT", "BUSES"),
    ("AHEAD", "200 M"),
    ("8 - 18", "H"),
    ("SCHOOL",),
    ("BUSES", "ONLY"),
    ("END",),
    ("2 KM",),
)


@dataclass(frozen=True)
class _Stroke:
    """A bar of a sign's symbol, in radii of the sign: its middle, its sides, and its rotation in radians."""

    x: float
    y: float
    width: float
    height: float
    rotation: float = 0.0


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a traffic sign in the style of its scene."""
    del style
    height = draw.uniform(rng, 2.2, 3.1)
    steel = finish(rng, "brushed_metal", "steel", (0.62, 0.63, 0.64), roughness=0.45)
    parts = [part("post", _post(height), steel)]
    middle = height - 0.36
    if draw.chance(rng, 0.25):
        parts += _plate(rng, middle, "plate")
        middle -= 0.02
        parts += _sign(rng, middle - 0.66, "lower", steel)
    else:
        parts += _sign(rng, middle, "upper", steel)
        if draw.chance(rng, 0.35):
            parts += _plate(rng, middle - 0.52, "plate")
    return ObjectSpec(category=CATEGORY, parts=tuple(parts))


def _post(height: float) -> Lathe:
    """A tube, with rings where signs may touch it."""
    rings = [(0.035, float(z)) for z in np.linspace(0, height, round(height / 0.1) + 1)]
    return lathe([(0, 0), *rings, (0, height)], segments=16)


def _sign(rng: np.random.Generator, z: float, name: str, steel: Material) -> list[Part]:
    kind = draw.choice(rng, ["stop", "yield", "no entry", "limit", "warning", "order", "parking"])
    radius = draw.uniform(rng, 0.29, 0.35)
    round_, three = circle(1.0, count=40), circle(1.15, count=3) @ np.array([[0.0, 1.0], [-1.0, 0.0]])
    square, eight = rounded_rectangle(1.7, 1.7, 0.15), circle(1.05, count=8) @ _turn(np.pi / 8)
    shapes: dict[str, list[tuple[Floats, Rgb]]] = {
        "stop": [(eight, _WHITE), (0.94 * eight, _RED)],
        "yield": [(-three, _RED), (-0.68 * three, _WHITE)],
        "no entry": [(round_, _RED)],
        "limit": [(round_, _RED), (0.78 * round_, _WHITE)],
        "warning": [(three, _RED), (0.7 * three, _WHITE)],
        "order": [(round_, _WHITE), (0.95 * round_, _BLUE)],
        "parking": [(square, _WHITE), (0.93 * square, _BLUE)],
    }
    parts = []
    for k, (outline, color) in enumerate(shapes[kind]):
        sheet = Extrusion(outline=points2(outline * radius), height=0.012 + 0.004 * k)
        material = finish(rng, "plastic", "sign", color, roughness=0.35)
        parts.append(part(f"{name} {k}", sheet, material, at=(0, -0.03, z), rotation=(_QUARTER, 0, 0)))
    marks, ink = _marks(rng, kind)
    if kind in _WORDS:
        text, letter = draw.choice(rng, _WORDS[kind])
        face = Lettering(text=text, height=letter * radius, thickness=0.013)
        parts.append(
            part(f"{name} text", face, finish(rng, "plastic", "ink", ink), at=(0, -0.046, z - letter * radius / 2))
        )
    members = tuple(
        Placed(
            shape=Box(size=(mark.width * radius, 0.013, mark.height * radius)),
            at=(mark.x * radius, 0, (mark.y - mark.height / 2) * radius),
            turn=(0, mark.rotation, 0),
        )
        for mark in marks
    )
    if members:
        parts.append(
            part(f"{name} marks", Group(members=members), finish(rng, "plastic", "ink", ink), at=(0, -0.046, z))
        )
    parts.append(part(f"{name} clamp", Box(size=(0.1, 0.06, 0.14)), steel, at=(0, -0.015, z - 0.07)))
    return parts


def _marks(rng: np.random.Generator, kind: str) -> tuple[list[_Stroke], Rgb]:
    """The strokes of a kind of sign, and their colour."""
    match kind:
        case "stop":
            return [], _WHITE
        case "no entry":
            return [_Stroke(0, 0, 1.4, 0.3)], _WHITE
        case "limit":
            return [], _BLACK
        case "warning":
            return [_Stroke(0, 0.12, 0.13, 0.5), _Stroke(0, -0.28, 0.13, 0.13)], _BLACK
        case "order":
            if draw.choice(rng, [-1.0, 1.0]) < 0:
                return [_Stroke(0, 0, 1.1, 0.2)], _WHITE
            tips = [_Stroke(-0.18, 0.34, 0.18, 0.6, 0.7), _Stroke(0.18, 0.34, 0.18, 0.6, -0.7)]
            return [_Stroke(0, 0, 0.2, 1.1), *tips], _WHITE
        case "parking":
            return [], _WHITE
    return [], _BLACK


def _turn(angle: float) -> Floats:
    return np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])


def _plate(rng: np.random.Generator, z: float, name: str) -> list[Part]:
    """A small plate with a line or two of words."""
    white, ink = finish(rng, "plastic", "sign", _WHITE), finish(rng, "plastic", "ink", _BLACK)
    width = draw.uniform(rng, 0.36, 0.6)
    words = draw.choice(rng, _PLATES)
    letter = min(0.07, *(0.85 * width / (GLYPH_PITCH * len(word)) for word in words))
    lines = [Lettering(text=word, height=letter, thickness=0.008) for word in words]
    first = z + (0.8 * (len(words) - 1) - 0.5) * letter
    sheet = Box(size=(width, 0.016, 0.24))
    return [
        part(f"{name} clamp", Box(size=(0.04, 0.06, 0.08)), white, at=(0, -0.015, z - 0.04)),
        part(name, sheet, white, at=(0, -0.043, z - 0.12), bevel=0.004),
        *(
            part(f"{name} line {k}", line, ink, at=(0, -0.052, first - 1.6 * (k - 1) * letter))
            for k, line in enumerate(lines, 1)
        ),
    ]
