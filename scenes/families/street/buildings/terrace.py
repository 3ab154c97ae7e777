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
    low = Row(left + 0.66 * unit, 0.95, 0.3 * unit, 1.65, (units, 1), (unit, 1))
    high = Row(
        left + 0.26 * unit,
        0.4 + storey + 0.75,
        0.95,
        1.55,
        (2 * units, floors - 1),
        (unit / 2 - 0.04, storey),
    )
    high = Row(left + unit / 4, high.z, high.width, high.height, high.counts, (unit / 2, storey))
    bay = draw.chance(rng, 0.45)
    rows = [doors, high] if bay else [doors, low, high]
    parts = [core(width, depth, height, walls), front(width, height, rows, walls)]
    parts += _windows(low, high, glass, paint, stone, bay=bay, walls=walls)
    parts += _doors(rng, town, doors, glass, stone)
    parts.append(beam("plinth", width, 0.04, 0.35, 0.0, stone))
    if draw.chance(rng, 0.6):
        parts.append(beam("course", width, 0.035, 0.16, 0.4 + storey + 0.12, stone))
    parts += _roof(rng, town, (width, depth, height), units, walls, paint)
    return ObjectSpec(category="building", parts=tuple(parts), material=walls.name)


def _windows(
    low: Row, high: Row, glass: Material, paint: Material, stone: Material, *, bay: bool, walls: Material
) -> list[Part]:
    parts = [
        panes("upper glass", high, glass),
        bars("upper sashes", high, paint, across=2, up=2),
        sills("upper sills", high, stone, lintel=0.2),
    ]
    if not bay:
        return [
            *parts,
            panes("lower glass", low, glass),
            bars("lower sashes", low, paint, across=2, up=2),
            sills("lower sills", low, stone, lintel=0.22),
        ]
    return [*parts, *_bays(low, glass, paint, walls)]


def _bays(low: Row, glass: Material, paint: Material, walls: Material) -> list[Part]:
    """Square bays that stand out from the front."""
    w, depth = low.width + 0.5, 0.7
    base = Group(members=(sizes(w, depth + 0.1, low.z), sizes(w - 0.3, depth - 0.1, low.height, (0, 0.05, low.z))))
    lights = Group(
        members=(
            sizes(w - 0.12, 0.03, low.height, (0, -depth / 2 + 0.04, low.z)),
            *(sizes(0.03, depth - 0.1, low.height, (side * (w / 2 - 0.08), 0.0, low.z)) for side in (-1, 1)),
        )
    )
    posts = [sizes(0.1, 0.1, low.height, (x, -depth / 2 + 0.05, low.z)) for x in (-w / 2 + 0.05, 0.0, w / 2 - 0.05)]
    rails = [
        sizes(w + 0.1, depth + 0.14, 0.1, (0, -0.02, low.z - 0.04)),
        sizes(w + 0.24, depth + 0.2, 0.22, (0, -0.05, low.z + low.height)),
        sizes(w, 0.06, 0.05, (0, -depth / 2 + 0.04, low.z + 0.5 * low.height)),
    ]
    at = (low.x, -depth / 2 + 0.03, 0.0)
    return [
        part("bays", grid(base, low), walls, at=at),
        part("bay glass", grid(lights, low), glass, at=at),
        part("bay frames", grid(Group(members=(*posts, *rails)), low), paint, at=at),
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
    over = 0.32
    outline = [(-over, -0.12), (depth + over, -0.12), (depth / 2, rise)]
    gable = [(0.0, 0.0), (depth, 0.0), (depth / 2, rise - 0.2)]
    parts = [
        prism("roof", outline, width - 0.02, (0, 0, height + 0.06), town.slate(rng)),
        prism("gables", gable, width, (0, 0, height), walls),
        box_at("gutter", (width, 0.12, 0.1), (0, -over + 0.02, height - 0.05), paint),
        box_at("soffit", (width, over + 0.1, 0.06), (0, -over / 2 + 0.05, height - 0.07), paint),
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
