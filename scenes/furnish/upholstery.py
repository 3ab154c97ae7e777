"""Seats with arms, back and cushions: sofas and armchairs."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part, tube
from scenes.craft.finishes import finish, metal, visible_material, wood
from scenes.craft.outline import corners
from scenes.craft.soft import block, cushion
from scenes.craft.style import Style
from scenes.craft.textiles import UPHOLSTERY, textile
from scenes.material import Material
from scenes.model import ObjectSpec, Part, PartRole
from scenes.shapes import Cylinder

__all__ = ["cover", "seat"]

_COLOR_NAMES = ("gray", "beige", "blue", "green", "teal", "brown", "white", "gray", "beige")


def cover(rng: np.random.Generator, style: Style, *, leather: float = 0.2) -> tuple[Material, str]:
    """What seats are covered with, and its colour name."""
    if draw.chance(rng, leather):
        color_name = draw.choice(rng, ["brown", "black", "brown", "beige", "white"])
        return finish(rng, "leather", "leather", sample_color(rng, color_name), scale=0.1, wear=style.wear), color_name
    color_name = style.color_name(rng, allowed=_COLOR_NAMES, stray=0.25)
    return textile(rng, sample_color(rng, color_name), UPHOLSTERY, wear=style.wear), color_name


@dataclass(frozen=True)
class _Seating:
    """Measures of a sofa in metres; y runs from the front edge to the back, heights are over the floor."""

    places: int
    place_width: float
    arm_width: float
    depth: float
    back_thickness: float
    leg_height: float
    base_height: float  # of the frame under the cushions
    seat_height: float
    height: float

    @property
    def inner_width(self) -> float:
        """Between the arm rests."""
        return self.places * self.place_width

    @property
    def width(self) -> float:
        """Over the arm rests."""
        return self.inner_width + 2 * self.arm_width


def seat(rng: np.random.Generator, style: Style, category: str, places: int) -> ObjectSpec:
    """A sofa of `places`, or an armchair of one."""
    material, color_name = cover(rng, style)
    kind = draw.choice(rng, ["block", "slim", "rolled"])
    arm_width = {
        "block": draw.uniform(rng, 0.14, 0.22),
        "slim": draw.uniform(rng, 0.07, 0.1),
        "rolled": draw.uniform(rng, 0.13, 0.18),
    }[kind]
    place_width = draw.uniform(rng, 0.58, 0.74) if places > 1 else draw.uniform(rng, 0.52, 0.64)
    depth = draw.uniform(rng, 0.82, 0.98) if places > 1 else draw.uniform(rng, 0.76, 0.88)
    leg_height, seat_height = draw.uniform(rng, 0.05, 0.15), draw.uniform(rng, 0.4, 0.46)
    height, thickness = draw.uniform(rng, 0.76, 0.88), draw.uniform(rng, 0.15, 0.2)
    base_height = seat_height - draw.uniform(rng, 0.13, 0.17)
    form = _Seating(
        places=places,
        place_width=place_width,
        arm_width=arm_width,
        depth=depth,
        back_thickness=thickness,
        leg_height=leg_height,
        base_height=base_height,
        seat_height=seat_height,
        height=height,
    )
    base_size = (form.width - 0.02, depth - 0.02, base_height - leg_height + 0.02)
    back_size = (form.inner_width + 0.04, thickness, height - leg_height - 0.03)
    parts = [
        block("base", base_size, material, at=(0, 0, leg_height), edge=0.02),
        block("back", back_size, material, at=(0, depth / 2 - thickness / 2, leg_height), edge=0.05),
    ]
    parts += _arms(kind, material, form, draw.uniform(rng, 0.13, 0.2))
    parts += _cushions(rng, material, form)
    parts += _legs(rng, style, form)
    return ObjectSpec(category=category, parts=tuple(parts), color=color_name, material=visible_material(material))


def _arms(kind: str, material: Material, form: _Seating, rise: float) -> list[Part]:
    """Arm rests that stand `rise` metres over the seat."""
    width, leg_height = form.arm_width, form.leg_height
    edge = 0.03 if kind == "slim" else min(0.05, 0.4 * width)
    parts = []
    for number, side in enumerate((-1, 1), 1):
        x, top = side * (form.inner_width / 2 + width / 2), form.seat_height + rise
        parts.append(
            block(f"arm {number}", (width, form.depth, top - leg_height), material, at=(x, 0, leg_height), edge=edge)
        )
        if kind == "rolled":
            radius = 0.62 * width
            roll = Cylinder(radius=radius, height=form.depth - 0.02, segments=32)
            at = (x + side * 0.02, form.depth / 2 - 0.01, top - 0.3 * radius)
            parts.append(part(f"roll {number}", roll, material, at=at, rotation=(np.pi / 2, 0, 0), bevel=0.02))
    return parts


def _cushions(rng: np.random.Generator, material: Material, form: _Seating) -> list[Part]:
    """A seat and a back cushion for each place."""
    front, back, thickness = -form.depth / 2, form.depth / 2, form.back_thickness
    base, seat_height, place_width = form.base_height, form.seat_height, form.place_width
    parts = []
    lean, depth = draw.uniform(rng, 0.13, 0.24), back - front - thickness
    bulk = draw.uniform(rng, 0.14, 0.19)
    height = form.height - seat_height + draw.uniform(rng, -0.02, 0.1)
    for k in range(form.places):
        x = (k - (form.places - 1) / 2) * place_width
        size = (place_width + 0.012, depth + 0.03, seat_height - base + 0.02)
        middle = (front + back - thickness) / 2 - 0.005
        parts.append(
            cushion(PartRole.SEAT_CUSHION.numbered(k + 1), size, material, at=(x, middle, base - 0.002), crown=0.14)
        )
        rotation = (np.pi / 2 - lean + draw.normal(rng, 0, 0.015), 0.0, draw.normal(rng, 0, 0.02))
        back_position = (
            x,
            back - thickness - 0.012 + 0.25 * bulk - 0.5 * height * np.sin(lean),
            seat_height - 0.02 + 0.5 * height,
        )
        parts.append(
            cushion(
                PartRole.BACK_CUSHION.numbered(k + 1),
                (place_width - 0.01, height, bulk),
                material,
                at=back_position,
                rotation=rotation,
                crown=0.3,
            )
        )
    return parts


def _legs(rng: np.random.Generator, style: Style, form: _Seating) -> list[Part]:
    material = wood(rng, style.wood) if draw.chance(rng, 0.7) else metal(rng, style.metal)
    parts = []
    for k, (side_x, side_y) in enumerate(corners(1, 1), 1):
        x, y = side_x * (form.width / 2 - 0.07), side_y * (form.depth / 2 - 0.07)
        path = [(x + 0.015 * side_x, y + 0.015 * side_y, 0), (x, y, form.leg_height + 0.01)]
        parts.append(part(f"leg {k}", tube(path, [0.014, 0.022], count=3, segments=16), material))
    return parts
