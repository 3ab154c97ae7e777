"""A house with a garden before it: two storeys, a gabled wing or a plain front, a porch, wide windows."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.families.street.buildings.facade import Row, bars, box_at, core, front, panes, prism, sills, sizes
from scenes.families.street.buildings.materials import Town
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Group

__all__ = ["build_house"]


def build_house(rng: np.random.Generator, width: float, town: Town) -> ObjectSpec:
    """A detached house of two storeys under a pitched roof, `width` metres wide."""
    storey, depth = draw.uniform(rng, 2.6, 2.9), draw.uniform(rng, 7.5, 9.5)
    height = 2 * storey + 0.3
    walls = town.brickwork(rng) if draw.chance(rng, 0.55) else town.render(rng)
    stone, paint, glass, tiles = town.limestone(rng), town.joinery(rng), town.glass(rng), town.slate(rng)
    side = draw.choice(rng, [-1.0, 1.0])
    window_width = draw.uniform(rng, 1.5, 2.1)
    at = side * width * 0.25
    low, high = Row(at, 0.9, window_width, 1.4), Row(at, storey + 1.0, window_width, 1.25)
    small = Row(-at, storey + 1.0, 1.2, 1.2)
    door = Row(-at, 0.2, 1.0, 2.1)
    rows = [low, high, small, door]
    parts = [core(width, depth, height, walls), front(width, height, rows, walls)]
    for name, row, count in (("low", low, 3), ("high", high, 3), ("small", small, 2)):
        parts += [
            panes(f"{name} glass", row, glass, split=count),
            bars(f"{name} frame", row, paint, across=count),
            sills(f"{name} sill", row, stone, lintel=0.16),
        ]
    parts += _entrance(rng, town, door, stone, tiles)
    parts += _roof(rng, (width, depth, height), at, window_width, walls, tiles, paint)
    return ObjectSpec(category="building", parts=tuple(parts), material=walls.name)


def _entrance(rng: np.random.Generator, town: Town, door: Row, stone: Material, tiles: Material) -> list[Part]:
    material = town.joinery(rng, door=True)
    leaf = Group(
        members=(sizes(1.0, 0.07, 2.1), *(sizes(0.3, 0.1, 0.7, (x, 0, z)) for x in (-0.22, 0.22) for z in (0.2, 1.1)))
    )
    parts = [
        part("door", leaf, material, at=(door.x, 0.18, door.z)),
        box_at("step", (1.6, 0.8, 0.2), (door.x, -0.3, 0), stone, bevel=0.01),
    ]
    if draw.chance(rng, 0.65):
        parts.append(
            prism("porch", [(0.05, 0.0), (-0.9, -0.35), (-0.9, -0.5), (0.05, -0.5)], 1.8, (door.x, 0, 3.0), tiles)
        )
        parts.append(
            part(
                "posts",
                Group(members=(sizes(0.1, 0.1, 2.55), sizes(0.1, 0.1, 2.55, (1.5, 0, 0)))),
                material,
                at=(door.x - 0.75, -0.8, 0),
            )
        )
    return parts


def _roof(
    rng: np.random.Generator,
    size: tuple[float, float, float],
    at: float,
    window_width: float,
    walls: Material,
    tiles: Material,
    paint: Material,
) -> list[Part]:
    width, depth, height = size
    rise, over = depth * draw.uniform(rng, 0.36, 0.5), 0.4
    outline = [(-over, -0.2), (depth + over, -0.2), (depth / 2, rise)]
    gable = [(0.0, 0.0), (depth, 0.0), (depth / 2, rise - 0.25)]
    parts = [
        prism("roof", outline, width + 0.5, (0, 0, height + 0.08), tiles),
        prism("gables", gable, width, (0, 0, height), walls),
        box_at("gutter", (width + 0.5, 0.12, 0.1), (0, -over, height - 0.12), paint),
        box_at("chimney", (0.9, 0.6, 2.2), (-np.sign(at) * 0.3 * width, depth / 2, height + rise - 1.1), walls),
    ]
    if draw.chance(rng, 0.6):
        half = window_width / 2 + 0.7
        wing = part_gable(half, min(rise * 0.8, half * 1.1), height, at, walls, tiles)
        parts += wing
    return parts


def part_gable(half: float, rise: float, height: float, at: float, walls: Material, tiles: Material) -> list[Part]:
    """A gable over the wide windows, facing the street."""
    face = prism("", [(-half, 0), (half, 0), (0, rise)], 0.3, (0, 0, 0), walls).shape
    roof = [
        (-half - 0.3, -0.3 * rise / half),
        (0, rise),
        (half + 0.3, -0.3 * rise / half),
        (half + 0.3, -0.3 * rise / half + 0.12),
        (0, rise + 0.14),
        (-half - 0.3, -0.3 * rise / half + 0.12),
    ]
    sheet = prism("", roof, 3.2, (0, 0, 0), tiles).shape
    quarter = 1.5707963
    return [
        part("gable face", face, walls, at=(at, 0.3, height), rotation=(quarter, 0, 0)),
        part("gable roof", sheet, tiles, at=(at, 2.85, height), rotation=(quarter, 0, 0)),
    ]
