"""A brick terrace: narrow houses side by side, sash windows under stone lintels, chimneys on a slate roof."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.families.street.buildings.facade import (
    Row,
    bars,
    beam,
    box_at,
    core,
    front,
    grid,
    panes,
    prism,
    sills,
    sizes,
)
from scenes.families.street.buildings.materials import Town
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Array, Box, Cylinder, Group, Placed

__all__ = ["build_terrace"]


def build_terrace(rng: np.random.Generator, width: float, town: Town) -> ObjectSpec:
    """A row of narrow houses that together are `width` metres wide."""
    units = max(1, round(width / draw.uniform(rng, 4.8, 6.0)))
    unit, floors = width / units, draw.choice(rng, [2, 2, 3])
    storey, depth = draw.uniform(rng, 2.8, 3.2), draw.uniform(rng, 8.0, 10.0)
    height = 0.4 + floors * storey
    walls = town.brickwork(rng) if draw.chance(rng, 0.75) else town.render(rng)
    stone, paint = town.limestone(rng), town.joinery(rng)
    glass = town.glass(rng)
    left = -width / 2
    doors = Row(left + 0.24 * unit, 0.3, 0.95, 2.35, (units, 1), (unit, 1))
    lower = Row(left + 0.66 * unit, 0.95, 0.3 * unit, 1.65, (units, 1), (unit, 1))
    upper = Row(left + unit / 4, 0.4 + storey + 0.75, 0.95, 1.55, (2 * units, floors - 1), (unit / 2, storey))
    bay = draw.chance(rng, 0.45)
    rows = [doors, upper] if bay else [doors, lower, upper]
    parts = [core(width, depth, height, walls), front(width, height, rows, walls)]
    parts += _windows(lower, upper, glass, paint, stone, bay=bay, walls=walls)
    parts += _doors(rng, town, doors, glass, stone)
    parts.append(beam("plinth", width, 0.04, 0.35, 0.0, stone))
    if draw.chance(rng, 0.6):
        parts.append(beam("course", width, 0.035, 0.16, 0.4 + storey + 0.12, stone))
    parts += _roof(rng, town, (width, depth, height), units, walls, paint)
    return ObjectSpec(category="building", parts=tuple(parts), material=walls.name)


def _windows(
    lower: Row, upper: Row, glass: Material, paint: Material, stone: Material, *, bay: bool, walls: Material
) -> list[Part]:
    parts = [
        panes("upper glass", upper, glass),
        bars("upper sashes", upper, paint, across=2, up=2),
        sills("upper sills", upper, stone, lintel=0.2),
    ]
    if not bay:
        return [
            *parts,
            panes("lower glass", lower, glass),
            bars("lower sashes", lower, paint, across=2, up=2),
            sills("lower sills", lower, stone, lintel=0.22),
        ]
    return [*parts, *_bays(lower, glass, paint, walls)]


def _bays(lower: Row, glass: Material, paint: Material, walls: Material) -> list[Part]:
    """Square bays that stand out from the front."""
    bay_width, bay_depth = lower.width + 0.5, 0.7
    base = Group(
        members=(
            sizes(bay_width, bay_depth + 0.1, lower.z),
            sizes(bay_width - 0.3, bay_depth - 0.1, lower.height, (0, 0.05, lower.z)),
        )
    )
    lights = Group(
        members=(
            sizes(bay_width - 0.12, 0.03, lower.height, (0, -bay_depth / 2 + 0.04, lower.z)),
            *(
                sizes(0.03, bay_depth - 0.1, lower.height, (side * (bay_width / 2 - 0.08), 0.0, lower.z))
                for side in (-1, 1)
            ),
        )
    )
    posts = [
        sizes(0.1, 0.1, lower.height, (x, -bay_depth / 2 + 0.05, lower.z))
        for x in (-bay_width / 2 + 0.05, 0.0, bay_width / 2 - 0.05)
    ]
    rails = [
        sizes(bay_width + 0.1, bay_depth + 0.14, 0.1, (0, -0.02, lower.z - 0.04)),
        sizes(bay_width + 0.24, bay_depth + 0.2, 0.22, (0, -0.05, lower.z + lower.height)),
        sizes(bay_width, 0.06, 0.05, (0, -bay_depth / 2 + 0.04, lower.z + 0.5 * lower.height)),
    ]
    at = (lower.x, -bay_depth / 2 + 0.03, 0.0)
    return [
        part("bays", grid(base, lower), walls, at=at),
        part("bay glass", grid(lights, lower), glass, at=at),
        part("bay frames", grid(Group(members=(*posts, *rails)), lower), paint, at=at),
    ]


def _doors(rng: np.random.Generator, town: Town, doors: Row, glass: Material, stone: Material) -> list[Part]:
    material = town.joinery(rng, door=True)
    leaf = Group(
        members=(
            sizes(doors.width, 0.06, 1.95),
            *(sizes(0.3, 0.09, 0.6, (x, 0.0, z)) for x in (-0.21, 0.21) for z in (0.2, 1.05)),
            sizes(doors.width, 0.09, 0.07, (0, 0, 1.95)),
        )
    )
    light = Row(doors.x, doors.z + 2.0, doors.width, doors.height - 2.0, doors.counts, doors.steps)
    steps = Group(members=(sizes(1.5, 0.75, 0.15), sizes(1.3, 0.42, 0.3, (0, 0.165, 0))))
    hood = Group(
        members=(
            sizes(doors.width + 0.36, 0.16, 0.2, (0, 0, doors.height)),
            *(sizes(0.16, 0.08, doors.height, (side * (doors.width / 2 + 0.08), 0.02, 0)) for side in (-1, 1)),
        )
    )
    return [
        part("doors", grid(leaf, doors), material, at=(doors.x, 0.2, doors.z)),
        panes("fanlights", light, glass),
        part("steps", grid(steps, doors), stone, at=(doors.x, -0.22, 0.0)),
        part("door surrounds", grid(hood, doors), stone, at=(doors.x, 0.0, doors.z)),
    ]


def _roof(
    rng: np.random.Generator, town: Town, size: tuple[float, float, float], units: int, walls: Material, paint: Material
) -> list[Part]:
    width, depth, height = size
    rise = depth * draw.uniform(rng, 0.28, 0.4)
    overhang = 0.32
    outline = [(-overhang, -0.12), (depth + overhang, -0.12), (depth / 2, rise)]
    gable = [(0.0, 0.0), (depth, 0.0), (depth / 2, rise - 0.2)]
    parts = [
        prism("roof", outline, width - 0.02, (0, 0, height + 0.06), town.slate(rng)),
        prism("gables", gable, width, (0, 0, height), walls),
        box_at("gutter", (width, 0.12, 0.1), (0, -overhang + 0.02, height - 0.05), paint),
        box_at("soffit", (width, overhang + 0.1, 0.06), (0, -overhang / 2 + 0.05, height - 0.07), paint),
    ]
    unit = width / units
    pots = [Placed(shape=Cylinder(radius=0.11, height=0.42, segments=16), at=(0, y, 1.7)) for y in (-0.3, 0.05, 0.4)]
    stacks = Array(
        shape=Group(members=(sizes(0.55, 1.25, 1.6), sizes(0.68, 1.4, 0.14, (0, 0, 1.58)), *pots)),
        counts=(units, 1, 1),
        step=(unit, 0, 0),
    )
    parts.append(part("chimneys", stacks, walls, at=(-width / 2 + unit - 0.4, depth / 2, height + rise - 0.75)))
    pipe = Array(shape=Box(size=(0.08, 0.08, height)), counts=(units, 1, 1), step=(unit, 0, 0))
    parts.append(part("downpipes", pipe, paint, at=(-width / 2 + 0.1, -0.03, 0.0)))
    return parts
