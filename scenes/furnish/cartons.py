"""Shipping cartons: closed and taped, printed, sometimes open."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.colors import color_name_of
from scenes.craft.build import part
from scenes.craft.finishes import finish, vary
from scenes.craft.paint import board
from scenes.furnish.casework import box_part
from scenes.material import Material
from scenes.model import ObjectSpec, Part, PartRole
from scenes.shapes import Box, Cut

__all__ = ["carton", "is_open"]


def carton(rng: np.random.Generator, *, shortest: float = 0.25, longest: float = 0.6) -> ObjectSpec:
    """A carton whose longest side lies between `shortest` and `longest` metres, front toward -y."""
    length = draw.uniform(rng, shortest, longest)
    width, height = length * draw.uniform(rng, 0.6, 0.95), length * draw.uniform(rng, 0.45, 0.95)
    material = board(rng)
    tape_color: Rgb = ((0.72, 0.58, 0.4), (0.5, 0.36, 0.22), (0.85, 0.85, 0.82), (0.62, 0.16, 0.14))[
        draw.integer(rng, 4)
    ]
    tape = finish(rng, "plastic", "tape", vary(rng, tape_color, 0.05), roughness=0.3)
    parts: list[Part]
    if draw.chance(rng, 0.12):
        return ObjectSpec(category="box", parts=tuple(_open(material, length, width, height)), material="cardboard")
    parts = [part("body", Box(size=(length, width, height)), material, bevel=0.004)]
    parts.append(
        box_part(
            "tape",
            (-length / 2 - 0.0012, -0.025, height - 0.07),
            (length / 2 + 0.0012, 0.025, height + 0.0008),
            tape,
            bevel=0,
        )
    )
    if draw.chance(rng, 0.6):
        paper = finish(rng, "print", "paper", (0.94, 0.94, 0.92), accent=(0.08, 0.08, 0.09), scale=0.09)
        label_width, left = min(0.14, 0.4 * length), draw.uniform(rng, -0.4, 0.0) * length
        at = (left, -width / 2 - 0.001, 0.3 * height)
        parts.append(
            box_part(
                "label",
                at,
                (left + label_width, -width / 2 + 0.01, 0.3 * height + min(0.1, 0.5 * height)),
                paper,
                bevel=0,
            )
        )
    return ObjectSpec(category="box", parts=tuple(parts), color=color_name_of(material.color), material="cardboard")


def is_open(model: ObjectSpec) -> bool:
    """Whether it is a carton with flaps up, on which nothing can stand."""
    return model.category == "box" and any(
        component.role is PartRole.FLAP and component.rotation[0] for component in model.parts
    )


def _open(material: Material, length: float, width: float, height: float) -> list[Part]:
    """An open carton: its flaps stand away, and it is empty."""
    hole = Cut(shape=Box(size=(length - 0.012, width - 0.012, height)), location=(0.0, 0.0, 0.03))
    parts = [part("body", Box(size=(length, width, height)), material, modifiers=(hole,))]
    for k, side in enumerate((-1, 1), 1):
        flap = Box(size=(length - 0.004, 0.004, 0.45 * width))
        at = (0.0, side * (width / 2 - 0.003), height - 0.004)
        parts.append(part(PartRole.FLAP.numbered(k), flap, material, at=at, rotation=(-side * 0.7, 0, 0)))
    return parts
