"""A modern block of flats: brick, panels or render, wide windows, rows of balconies, a flat roof."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.craft.finishes import finish
from scenes.families.street.buildings.facade import Row, bars, beam, box_at, core, front, grid, panes, sizes
from scenes.families.street.buildings.materials import Town
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Array, Box, Group, Placed

__all__ = ["build_block"]


def build_block(rng: np.random.Generator, width: float, town: Town) -> ObjectSpec:
    """A block of flats, `width` metres wide, with balconies or bays and at times shops below."""
    floors = draw.integer(rng, 4, 9)
    ground, storey = draw.uniform(rng, 3.2, 4.0), draw.uniform(rng, 2.8, 3.1)
    height, depth = ground + floors * storey + 0.3, draw.uniform(rng, 12, 15)
    makers = (town.brickwork, town.render, town.cladding, town.concrete)
    walls = draw.choice(rng, makers)(rng)
    second = draw.choice(rng, makers)(rng)
    bays = max(2, round(width / draw.uniform(rng, 3.3, 4.4)))
    step = width / bays
    window_width, window_height = step * draw.uniform(rng, 0.45, 0.68), draw.uniform(rng, 1.5, 2.2)
    upper = Row(
        -width / 2 + step / 2,
        ground + storey - window_height - 0.45,
        window_width,
        window_height,
        (bays, floors),
        (step, storey),
    )
    lobby = Row(-width / 2 + step / 2, 0.35, step - 0.9, ground - 0.9, (bays, 1), (step, 1))
    glass = town.glass(rng)
    dark = town.joinery(rng)
    parts = [
        core(width, depth, height, walls),
        front(width, ground, [lobby], second),
        front(width, height - ground, [upper], walls, z=ground),
        panes("glass", upper, glass, split=2),
        bars("frames", upper, dark, across=draw.integer(rng, 2, 4), bar=0.06),
        sills("sills", upper, dark),
        panes("lobby glass", lobby, glass),
        bars("lobby frames", lobby, dark, across=2, up=2, bar=0.08),
        beam("band", width, draw.uniform(rng, 0.02, 0.5), 0.25, ground - 0.1, second),
        box_at("parapet", (width, 0.25, 0.6), (0, 0.15, height), walls),
        box_at("plant room", (0.3 * width, 4.0, 2.4), (0.1 * width, 0.6 * depth, height), second),
    ]
    if draw.chance(rng, 0.7):
        parts += _balconies(rng, town, upper, second)
    if draw.chance(rng, 0.5):
        parts.append(_fins(Row(-width / 2 + step, ground, 1, 1, (bays - 1, 1), (step, 1)), height - ground, second))
    return ObjectSpec(category="building", parts=tuple(parts), material=walls.name)


def sills(name: str, row: Row, material: Material) -> Part:
    """Thin metal sills."""
    return part(name, grid(Box(size=(row.width + 0.04, 0.2, 0.03)), row), material, at=(row.x, 0.06, row.z - 0.02))


def _balconies(rng: np.random.Generator, town: Town, row: Row, slab: Material) -> list[Part]:
    """Slabs before every other bay, or all, with glass or bars before them."""
    every = 1 if draw.chance(rng, 0.4) or row.counts[0] < 3 else 2
    columns = (row.counts[0] + every - 1) // every
    at = Row(row.x, row.z, row.width, row.height, (columns, row.counts[1]), (row.steps[0] * every, row.steps[1]))
    depth, width = draw.uniform(rng, 1.0, 1.5), min(row.steps[0] - 0.3, row.width + 0.8)
    low = -0.35
    floor = grid(Box(size=(width, depth, 0.18)), at)
    parts = [part("slabs", floor, slab, at=(at.x, -depth / 2 + 0.03, at.z + low))]
    if draw.chance(rng, 0.5):
        material = finish(rng, "pane", "glass", (0.35, 0.4, 0.4), accent=(0.5, 0.55, 0.55), scale=0.5)
        sheet = [sizes(width, 0.025, 1.0, (0, -depth / 2 + 0.05, 0.1))]
        sheet += [sizes(0.025, depth, 1.0, (side * (width / 2 - 0.03), 0, 0.1)) for side in (-1, 1)]
        fence = Group(members=tuple(sheet))
    else:
        material = town.iron
        count = max(6, round(width / 0.12))
        pickets = Array(shape=Box(size=(0.02, 0.02, 1.0)), counts=(count, 1, 1), step=(width / count, 0, 0))
        rails = [sizes(width, 0.05, 0.04, (0, -depth / 2 + 0.05, 1.15))]
        rails += [sizes(0.04, depth, 0.04, (side * (width / 2 - 0.03), 0, 1.15)) for side in (-1, 1)]
        rails += [sizes(0.04, 0.04, 1.05, (side * (width / 2 - 0.03), -depth / 2 + 0.05, 0.12)) for side in (-1, 1)]
        first = Placed(shape=pickets, at=(-width / 2 + width / count / 2, -depth / 2 + 0.05, 0.15))
        fence = Group(members=(first, *rails))
    parts.append(part("balconies", grid(fence, at), material, at=(at.x, -depth / 2 + 0.03, at.z + low)))
    return parts


def _fins(row: Row, height: float, material: Material) -> Part:
    """Piers between the bays, up the whole front."""
    return part("fins", grid(Box(size=(0.3, 0.3, height)), row), material, at=(row.x, -0.05, row.z))
