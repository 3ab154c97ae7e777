"""Carcasses with doors and drawers: what wardrobes, chests, kitchen units and desks have in common."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.base import Vec3
from scenes.colors import sample_color
from scenes.craft.build import dot, part, tube
from scenes.craft.finishes import finish, metal, seen_word, wood
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import Part
from scenes.shapes import Box, Cylinder

__all__ = ["Joinery", "box_part", "carcass_feet", "fronts", "sample_joinery"]


@dataclass(frozen=True)
class Joinery:
    """How one maker builds: the body, the fronts, panelled or flat, and the handles."""

    body: Material
    front: Material
    panelled: bool
    handle: str  # bar, knob, edge
    iron: Material
    word: str  # the colour word of the body, "" for wood

    @property
    def material(self) -> str:
        """What a person sees that a piece is made of: nothing where it is painted."""
        return seen_word(self.body) if self.front == self.body else ""


def sample_joinery(rng: np.random.Generator, style: Style, *, painted: float = 0.5) -> Joinery:
    """A finish for the pieces of one set."""
    word = ""
    if draw.chance(rng, painted):
        word = style.word(rng, allowed=("white", "white", "gray", "blue", "green", "beige", "black", "teal"))
        front = finish(rng, "painted_wood", "wood", sample_color(rng, word), roughness=0.4, wear=0.3 * style.wear)
        body = front if draw.chance(rng, 0.7) else wood(rng, style.wood, scale=0.25, wear=style.wear)
    else:
        body = front = wood(rng, style.wood, scale=0.25, wear=style.wear)
        if draw.chance(rng, 0.25):
            front = finish(rng, "painted_wood", "wood", sample_color(rng, "white"), roughness=0.4)
    handle = draw.choice(rng, ["bar", "knob", "edge"], p=[0.45, 0.35, 0.2])
    iron = metal(rng, style.metal if draw.chance(rng, 0.7) else "black")
    return Joinery(body, front, draw.chance(rng, 0.4), handle, iron, word if body == front else "")


def box_part(name: str, low: Vec3, high: Vec3, material: Material, *, bevel: float = 0.002) -> Part:
    """A box from corner to corner."""
    size = (high[0] - low[0], high[1] - low[1], high[2] - low[2])
    return part(
        name, Box(size=size), material, at=((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]), bevel=bevel
    )


def fronts(
    make: Joinery,
    span: tuple[float, float],
    y: float,
    rows: Sequence[tuple[float, float, int, str]],
    *,
    prefix: str = "",
) -> list[Part]:
    """Doors and drawers in the plane `y`, facing -y, from x = span[0] to span[1].

    rows: (bottom, top, how many side by side, "door" or "drawer").
    """
    parts: list[Part] = []
    gap = 0.003
    for row, (low, high, count, kind) in enumerate(rows, 1):
        edges = np.linspace(span[0], span[1], count + 1)
        for column, (a, b) in enumerate(itertools.pairwise(edges), 1):
            name = f"{prefix}{kind} {row}{column}"
            left, right = float(a) + gap / 2, float(b) - gap / 2
            bottom, top = low + gap / 2, high - gap / 2
            parts.append(box_part(name, (left, y - 0.018, bottom), (right, y + 0.001, top), make.front, bevel=0.0015))
            if make.panelled and min(right - left, top - bottom) > 0.2:
                parts += _panel(name, (left, bottom, right, top), y - 0.018, make.front)
            hinge_left = column % 2 == 1 if count > 1 else True
            parts += _handle(name, kind, (left, bottom, right, top), y - 0.018, make, hinge_left=hinge_left)
    return parts


def _panel(name: str, face: tuple[float, float, float, float], y: float, material: Material) -> list[Part]:
    """Stiles and rails round a sunk panel."""
    left, bottom, right, top = face
    w, t = 0.06, 0.007
    spans = [
        ((left, bottom), (left + w, top)),
        ((right - w, bottom), (right, top)),
        ((left + w, bottom), (right - w, bottom + w)),
        ((left + w, top - w), (right - w, top)),
    ]
    return [
        box_part(f"{name} rail {k}", (a[0], y - t, a[1]), (b[0], y + 0.001, b[1]), material, bevel=0.0015)
        for k, (a, b) in enumerate(spans, 1)
    ]


def _handle(
    name: str, kind: str, face: tuple[float, float, float, float], y: float, make: Joinery, *, hinge_left: bool
) -> list[Part]:
    left, bottom, right, top = face
    on_rail = kind == "door" and make.panelled and min(right - left, top - bottom) > 0.2
    base = y - (0.007 if on_rail else 0.0)  # a drawer's handle sits on the sunk panel
    height = top - bottom
    if kind == "drawer":
        x, z = (left + right) / 2, (bottom + top) / 2 + (0.0 if make.handle != "edge" else height / 2 - 0.012)
    else:
        x = right - 0.035 if hinge_left else left + 0.035
        high = bottom > 1.2
        z = bottom + 0.12 if high else (top - 0.12 if top < 1.2 else min(1.05, top - 0.1))
    if make.handle == "knob":
        return [part(f"{name} knob", dot(0.015, 0.024), make.iron, at=(x, base + 0.001, z), turn=(np.pi / 2, 0, 0))]
    if make.handle == "edge":
        half = min(0.09, 0.35 * (right - left))
        size = (2 * half, 0.014, 0.016) if kind == "drawer" else (0.016, 0.014, 0.16)
        low = (x - size[0] / 2, base - 0.013, z - size[2] / 2)
        return [box_part(f"{name} pull", low, (low[0] + size[0], base + 0.001, low[2] + size[2]), make.iron)]
    half = 0.07 if kind == "door" else min(0.1, 0.3 * (right - left))
    along = np.array([0.0, 0.0, 1.0]) if kind == "door" else np.array([1.0, 0.0, 0.0])
    middle = np.array([x, base, z])
    out = np.array([0.0, -0.03, 0.0])
    ends = [middle - along * half, middle - along * half + out, middle + along * half + out, middle + along * half]
    path = [
        ends[0] + [0, 0.001, 0],
        ends[1] - out * 0.2,
        ends[1] + along * 0.006,
        ends[2] - along * 0.006,
        ends[2] - out * 0.2,
        ends[3] + [0, 0.001, 0],
    ]
    return [part(f"{name} handle", tube(path, 0.005, count=16, segments=8), make.iron)]


def carcass_feet(
    rng: np.random.Generator, style: Style, x: float, y: float, height: float, *, middle: float = 0.0
) -> list[Part]:
    """Four tapered feet under a body `x` by `y` about (0, `middle`)."""
    material = wood(rng, style.wood) if draw.chance(rng, 0.6) else metal(rng, "black")
    shape = Cylinder(radius=0.012, height=height + 0.003, top_radius=0.02, segments=20)
    spots = [(sx * (x / 2 - 0.05), sy * (y / 2 - 0.05) + middle) for sx in (-1, 1) for sy in (-1, 1)]
    return [part(f"foot {k}", shape, material, at=(px, py, 0)) for k, (px, py) in enumerate(spots, 1)]
