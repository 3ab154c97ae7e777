"""Carcasses with doors and drawers: what wardrobes, chests, kitchen units and desks have in common."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from scenes import draw
from scenes.base import Vec3
from scenes.colors import sample_color
from scenes.craft.build import dot, part, tube
from scenes.craft.finishes import finish, metal, visible_material, wood
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import Part
from scenes.shapes import Box, Cylinder

__all__ = ["CutOut", "FrontRow", "Joinery", "box_part", "carcass_feet", "fronts", "sample_joinery"]


@dataclass(frozen=True, order=True)
class CutOut:
    """A rectangular hole in a horizontal sheet: its middle and full sides, metres."""

    x: float
    y: float
    width: float
    depth: float


@dataclass(frozen=True)
class FrontRow:
    """Doors or drawers of one height, side by side: `bottom` and `top` in metres."""

    bottom: float
    top: float
    count: int
    kind: Literal["door", "drawer"]


@dataclass(frozen=True)
class _Front:
    """One door or drawer, named: its outline in metres."""

    name: str
    kind: Literal["door", "drawer"]
    left: float
    right: float
    bottom: float
    top: float
    hinge_left: bool

    @property
    def is_large(self) -> bool:
        """Whether a frame round a sunk panel fits."""
        return min(self.right - self.left, self.top - self.bottom) > 0.2


@dataclass(frozen=True)
class Joinery:
    """The make of a set of furniture: the body, the fronts, panelled or flat, and the handles."""

    body: Material
    front: Material
    panelled: bool
    handle: str  # bar, knob, edge
    handle_material: Material
    color_name: str  # the colour name of the body, "" for wood

    @property
    def material(self) -> str:
        """The word for the material of an object of this make: "" where it is painted."""
        return visible_material(self.body) if self.front == self.body else ""


def sample_joinery(rng: np.random.Generator, style: Style, *, painted: float = 0.5) -> Joinery:
    """A finish for the pieces of one set."""
    color_name = ""
    if draw.chance(rng, painted):
        color_name = style.color_name(
            rng, allowed=("white", "white", "gray", "blue", "green", "beige", "black", "teal")
        )
        front = finish(rng, "painted_wood", "wood", sample_color(rng, color_name), roughness=0.4, wear=0.3 * style.wear)
        body = front if draw.chance(rng, 0.7) else wood(rng, style.wood, scale=0.25, wear=style.wear)
    else:
        body = front = wood(rng, style.wood, scale=0.25, wear=style.wear)
        if draw.chance(rng, 0.25):
            front = finish(rng, "painted_wood", "wood", sample_color(rng, "white"), roughness=0.4)
    handle = draw.choice(rng, ["bar", "knob", "edge"], p=[0.45, 0.35, 0.2])
    handle_material = metal(rng, style.metal if draw.chance(rng, 0.7) else "black")
    return Joinery(body, front, draw.chance(rng, 0.4), handle, handle_material, color_name if body == front else "")


def box_part(name: str, low: Vec3, high: Vec3, material: Material, *, bevel: float = 0.002) -> Part:
    """A box from corner to corner."""
    size = (high[0] - low[0], high[1] - low[1], high[2] - low[2])
    return part(
        name, Box(size=size), material, at=((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]), bevel=bevel
    )


def fronts(
    joinery: Joinery, span: tuple[float, float], y: float, rows: Sequence[FrontRow], *, prefix: str = ""
) -> list[Part]:
    """Doors and drawers in the plane `y`, facing -y, from x = span[0] to span[1]."""
    parts: list[Part] = []
    gap = 0.003
    for number, row in enumerate(rows, 1):
        edges = np.linspace(span[0], span[1], row.count + 1)
        for column, (start, end) in enumerate(itertools.pairwise(edges), 1):
            front = _Front(
                name=f"{prefix}{row.kind} {number}{column}",
                kind=row.kind,
                left=float(start) + gap / 2,
                right=float(end) - gap / 2,
                bottom=row.bottom + gap / 2,
                top=row.top - gap / 2,
                hinge_left=column % 2 == 1 if row.count > 1 else True,
            )
            low, high = (front.left, y - 0.018, front.bottom), (front.right, y + 0.001, front.top)
            parts.append(box_part(front.name, low, high, joinery.front, bevel=0.0015))
            if joinery.panelled and front.is_large:
                parts += _panel(front, y - 0.018, joinery.front)
            parts += _handle(front, y - 0.018, joinery)
    return parts


def _panel(front: _Front, y: float, material: Material) -> list[Part]:
    """Stiles and rails round a sunk panel."""
    left, bottom, right, top = front.left, front.bottom, front.right, front.top
    width, thickness = 0.06, 0.007
    spans = [
        ((left, bottom), (left + width, top)),
        ((right - width, bottom), (right, top)),
        ((left + width, bottom), (right - width, bottom + width)),
        ((left + width, top - width), (right - width, top)),
    ]
    return [
        box_part(
            f"{front.name} rail {k}",
            (low[0], y - thickness, low[1]),
            (high[0], y + 0.001, high[1]),
            material,
            bevel=0.0015,
        )
        for k, (low, high) in enumerate(spans, 1)
    ]


def _handle(front: _Front, y: float, joinery: Joinery) -> list[Part]:
    """A knob, a pull along the edge, or a bar: upright on doors, level on drawers."""
    is_door = front.kind == "door"
    on_rail = is_door and joinery.panelled and front.is_large
    base = y - (0.007 if on_rail else 0.0)  # a drawer's handle sits on the sunk panel
    x, z = _handle_place(front, on_edge=joinery.handle == "edge")
    width = front.right - front.left
    if joinery.handle == "knob":
        place = (x, base + 0.001, z)
        return [
            part(f"{front.name} knob", dot(0.015, 0.024), joinery.handle_material, at=place, rotation=(np.pi / 2, 0, 0))
        ]
    if joinery.handle == "edge":
        half = min(0.09, 0.35 * width)
        size = (0.016, 0.014, 0.16) if is_door else (2 * half, 0.014, 0.016)
        low = (x - size[0] / 2, base - 0.013, z - size[2] / 2)
        return [
            box_part(
                f"{front.name} pull", low, (low[0] + size[0], base + 0.001, low[2] + size[2]), joinery.handle_material
            )
        ]
    half = 0.07 if is_door else min(0.1, 0.3 * width)
    along = np.array([0.0, 0.0, 1.0]) if is_door else np.array([1.0, 0.0, 0.0])
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
    return [part(f"{front.name} handle", tube(path, 0.005, count=16, segments=8), joinery.handle_material)]


def _handle_place(front: _Front, *, on_edge: bool) -> tuple[float, float]:
    """Where (x, z) the handle's middle is: a hand's breadth from a door's free edge, in the middle of a drawer."""
    if front.kind == "drawer":
        height = front.top - front.bottom
        return (front.left + front.right) / 2, (front.bottom + front.top) / 2 + (height / 2 - 0.012 if on_edge else 0.0)
    x = front.right - 0.035 if front.hinge_left else front.left + 0.035
    if front.bottom > 1.2:
        return x, front.bottom + 0.12
    return x, front.top - 0.12 if front.top < 1.2 else min(1.05, front.top - 0.1)


def carcass_feet(
    rng: np.random.Generator, style: Style, width: float, depth: float, height: float, *, middle: float = 0.0
) -> list[Part]:
    """Four tapered feet under a body `width` by `depth` about (0, `middle`)."""
    material = wood(rng, style.wood) if draw.chance(rng, 0.6) else metal(rng, "black")
    shape = Cylinder(radius=0.012, height=height + 0.003, top_radius=0.02, segments=20)
    half_width, half_depth = width / 2 - 0.05, depth / 2 - 0.05
    centers = itertools.product((-half_width, half_width), (middle - half_depth, middle + half_depth))
    return [part(f"foot {k}", shape, material, at=(x, y, 0)) for k, (x, y) in enumerate(centers, 1)]
