"""Floors, grounds and walls."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.colors import color_name_of
from scenes.craft.build import part
from scenes.craft.finishes import finish, tint, vary
from scenes.craft.style import Style
from scenes.furnish.flooring import carpet_floor, concrete_floor, hard_floor, timber_floor
from scenes.material import Material
from scenes.model import ObjectSpec, PartRole
from scenes.shapes import Box, Cut, HeightField

__all__ = ["WallOpening", "floor", "ground", "skirting", "wall", "wall_material"]


def floor(rng: np.random.Generator, style: Style, x: float, y: float) -> ObjectSpec:
    """A floor of `x` by `y` metres, its top at the top of the slab."""
    material = _floor_material(rng, style)
    slab = part("floor", Box(size=(x, y, 0.1)), material)
    return ObjectSpec(category="floor", parts=(slab,), color=color_name_of(material.color), material=material.name)


def _floor_material(rng: np.random.Generator, style: Style) -> Material:
    chance = rng.random()
    if chance < 0.5:
        return timber_floor(rng, style)
    if chance < 0.7:
        return hard_floor(rng, style)
    return concrete_floor(rng, style) if chance < 0.84 else carpet_floor(rng)


def ground(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Open ground, 120 m across, level under whatever stands on it."""
    chance = rng.random()
    if chance < 0.3:
        gray = draw.uniform(rng, 0.4, 0.65)
        material = finish(
            rng,
            "tiles",
            "paving",
            vary(rng, (gray, 0.97 * gray, 0.92 * gray)),
            scale=draw.uniform(rng, 0.3, 0.6),
            roughness=0.8,
        )
    elif chance < 0.55:
        material = finish(rng, "grass", "grass", vary(rng, (0.3, 0.42, 0.16), 0.1), accent=(0.5, 0.5, 0.22), scale=0.3)
    elif chance < 0.7:
        material = finish(rng, "concrete", "concrete", vary(rng, (0.55, 0.54, 0.52)), scale=1.5, wear=style.wear)
    elif chance < 0.85:
        material = finish(
            rng,
            "floorboards",
            "wood",
            vary(rng, (0.5, 0.38, 0.27), 0.1),
            accent=(0.33, 0.25, 0.18),
            scale=0.14,
            wear=0.4,
        )
    else:
        material = finish(rng, "soil", "soil", vary(rng, (0.36, 0.27, 0.19), 0.1), scale=0.3)
    sheet = part("ground", HeightField(size=(120.0, 120.0), resolution=2), material)
    return ObjectSpec(category="ground", parts=(sheet,), color=color_name_of(material.color), material=material.name)


def wall_material(rng: np.random.Generator, style: Style) -> Material:
    """Plaster, wallpaper, brick or tiles for inner walls."""
    chance = rng.random()
    pale = draw.uniform(rng, 0.72, 0.93)
    neutral = vary(rng, (pale, 0.985 * pale, 0.95 * pale), 0.015)
    hues = (
        (0.55, 0.65, 0.66),
        (0.72, 0.64, 0.55),
        (0.45, 0.53, 0.45),
        (0.33, 0.42, 0.5),
        (0.78, 0.62, 0.56),
        (0.6, 0.6, 0.55),
    )
    colored = vary(rng, draw.choice(rng, hues), 0.08)
    if chance < 0.55:
        return finish(
            rng, "plaster", "plaster", neutral if draw.chance(rng, 0.55) else colored, scale=0.3, wear=style.wear
        )
    if chance < 0.75:
        return finish(rng, "wallpaper", "wallpaper", neutral, accent=colored, scale=draw.uniform(rng, 0.08, 0.25))
    if chance < 0.88:
        return finish(rng, "brick", "brick", vary(rng, (0.52, 0.33, 0.26), 0.12), accent=(0.72, 0.69, 0.64), scale=0.24)
    return finish(
        rng, "tiles", "tiles", tint(neutral, colored, draw.choice(rng, [0.0, 0.7])), scale=draw.uniform(rng, 0.1, 0.2)
    )


@dataclass(frozen=True)
class WallOpening:
    """A rectangular hole in a wall: `x` of its middle along the wall, `z` of its lower edge, and its sides, metres."""

    x: float
    z: float
    width: float
    height: float


def wall(material: Material, width: float, height: float, opening: WallOpening | None) -> ObjectSpec:
    """A wall `width` by `height` metres and 0.2 thick, with a hole or none."""
    cuts: tuple[Cut, ...] = ()
    if opening:
        cuts = (Cut(shape=Box(size=(opening.width, 0.6, opening.height)), location=(opening.x, 0.0, opening.z)),)
    sheet = part("wall", Box(size=(width, 0.2, height)), material, modifiers=cuts)
    return ObjectSpec(category="wall", parts=(sheet,), color=color_name_of(material.color), material=material.name)


def skirting(rng: np.random.Generator, width: float) -> ObjectSpec:
    """A skirting board `width` metres long, along the x axis."""
    white = finish(rng, "painted_wood", "wood", vary(rng, (0.9, 0.89, 0.87), 0.02), roughness=0.35)
    height = draw.uniform(rng, 0.06, 0.14)
    board = part(PartRole.BOARD, Box(size=(width, 0.016, height)), white, bevel=0.004)
    return ObjectSpec(category="skirting board", parts=(board,), color="white")
