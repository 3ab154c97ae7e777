"""A rendered or stone town house of three to five storeys: surrounds, cornices, balconies, a mansard, often shops."""

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
from scenes.families.street.buildings.shop import shop_fronts, shop_rows
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Array, Box, Group

__all__ = ["build_townhouse"]


def build_townhouse(rng: np.random.Generator, width: float, town: Town) -> ObjectSpec:
    """A town house `width` metres wide over a shop or an entrance."""
    floors = draw.integer(rng, 2, 5)  # over the ground floor
    ground, storey = draw.uniform(rng, 3.6, 4.3), draw.uniform(rng, 3.0, 3.5)
    height, depth = ground + floors * storey + 0.4, draw.uniform(rng, 10, 13)
    chance = rng.random()
    walls = town.render(rng) if chance < 0.55 else town.brickwork(rng) if chance < 0.8 else town.limestone(rng)
    trim = town.limestone(rng) if walls.name != "stone" and draw.chance(rng, 0.5) else _white(rng, town)
    bays = max(2, round(width / draw.uniform(rng, 2.5, 3.3)))
    step = width / bays
    window_height = draw.uniform(rng, 1.65, 2.15)
    upper = Row(
        -width / 2 + step / 2, ground + 0.75, min(1.15, step - 1.1), window_height, (bays, floors), (step, storey)
    )
    glass, paint = town.glass(rng), town.joinery(rng)
    shops = draw.chance(rng, 0.7)
    units = max(1, round(width / 6.5))
    below = list(shop_rows(width, ground, units)) if shops else _plain_rows(width, ground, bays)
    base = _base(rng, walls, trim, shops=shops)
    parts = [
        core(width, depth, height, walls),
        front(width, ground, below, base),
        front(width, height - ground, [upper], walls, z=ground),
        panes("glass", upper, glass),
        bars("frames", upper, paint, across=2, up=draw.choice(rng, [1, 2, 3])),
        sills("sills", upper, trim, lintel=draw.choice(rng, [0.0, 0.18, 0.26])),
        beam("band", width, 0.12, 0.22, ground - 0.02, trim),
        *_cornice(width, height, trim),
    ]
    parts += shop_fronts(rng, width, ground, units, town) if shops else _plain(rng, town, below, glass, paint, trim)
    if draw.chance(rng, 0.5):
        parts.append(_surrounds(upper, trim))
    if draw.chance(rng, 0.55):
        parts += _balconies(rng, town, upper, trim)
    parts += _top(rng, (width, depth, height), bays, walls, glass, town)
    return ObjectSpec(category="building", parts=tuple(parts), material=walls.name)


def _white(rng: np.random.Generator, town: Town) -> Material:
    return town.render(rng).model_copy(update={"color": (0.86, 0.84, 0.79)})


def _base(rng: np.random.Generator, walls: Material, trim: Material, *, shops: bool) -> Material:
    return trim if draw.chance(rng, 0.5) or shops else walls


def _plain_rows(width: float, ground: float, bays: int) -> list[Row]:
    """Windows in every bay but one, which is the door."""
    step, door = width / bays, bays // 2
    first = -width / 2 + step / 2
    height = ground - 1.7
    rows = [Row(first + door * step, 0.0, 1.3, ground - 0.7)]
    if door:
        rows.append(Row(first, 0.95, min(1.15, step - 1.1), height, (door, 1), (step, 1)))
    if door + 1 < bays:
        rows.append(
            Row(first + (door + 1) * step, 0.95, min(1.15, step - 1.1), height, (bays - door - 1, 1), (step, 1))
        )
    return rows


def _plain(
    rng: np.random.Generator, town: Town, rows: list[Row], glass: Material, paint: Material, trim: Material
) -> list[Part]:
    door, *windows = rows
    material = town.joinery(rng, door=True)
    parts = [
        box_at("door", (door.width, 0.08, 2.2), (door.x, 0.2, 0.0), material),
        part(
            "door panels",
            Array(shape=Box(size=(0.42, 0.06, 0.75)), counts=(2, 1, 2), step=(0.58, 0, 0.95)),
            material,
            at=(door.x - 0.29, 0.17, 0.25),
        ),
        panes("door light", Row(door.x, 2.25, door.width, door.height - 2.25), glass),
        bars("door frame", Row(door.x, 0.0, door.width, door.height), paint, bar=0.08),
    ]
    for k, row in enumerate(windows):
        parts += [
            panes(f"lower glass {k}", row, glass),
            bars(f"lower frames {k}", row, paint, across=2, up=2),
            sills(f"lower sills {k}", row, trim, lintel=0.2),
        ]
    return parts


def _cornice(width: float, height: float, trim: Material) -> list[Part]:
    steps = ((0.12, 0.16, -0.42), (0.24, 0.14, -0.27), (0.4, 0.16, -0.14))
    return [
        beam(f"cornice {k}", width, depth, thickness, height + z, trim) for k, (depth, thickness, z) in enumerate(steps)
    ]


def _surrounds(row: Row, trim: Material) -> Part:
    w, h = row.width, row.height
    members = [sizes(0.14, 0.1, h, (side * (w / 2 + 0.07), 0, 0)) for side in (-1, 1)]
    members.append(sizes(w + 0.4, 0.18, 0.1, (0, -0.02, h + 0.18)))
    members.append(sizes(w + 0.28, 0.1, 0.18, (0, 0, h)))
    return part("surrounds", grid(Group(members=tuple(members)), row), trim, at=(row.x, 0.02, row.z))


def _balconies(rng: np.random.Generator, town: Town, row: Row, trim: Material) -> list[Part]:
    """A slab under the windows of one or all storeys, with iron bars."""
    iron = town.iron
    depth = draw.uniform(rng, 0.35, 0.8)
    width = row.width + 0.5
    every = draw.chance(rng, 0.4)
    only = Row(row.x, row.z, row.width, row.height, (row.counts[0], row.counts[1] if every else 1), row.steps)
    slab = Group(
        members=(
            sizes(width, depth, 0.12, (0, 0, -0.2)),
            *(sizes(0.12, 0.6 * depth, 0.22, (x, 0.2 * depth, -0.4)) for x in (-0.4 * width, 0.4 * width)),
        )
    )
    count = max(5, round(width / 0.11))
    pickets = Array(shape=Box(size=(0.018, 0.018, 0.85)), counts=(count, 1, 1), step=(width / count, 0, 0))
    placed = [{"shape": pickets, "at": (-width / 2 + width / count / 2, -depth / 2 + 0.04, -0.1)}]
    rails = [
        sizes(width, 0.04, 0.04, (0, -depth / 2 + 0.04, 0.75)),
        sizes(width, 0.03, 0.03, (0, -depth / 2 + 0.04, 0.02)),
    ]
    rails += [sizes(0.04, depth, 0.04, (side * (width / 2 - 0.02), 0, 0.75)) for side in (-1, 1)]
    rails += [sizes(0.03, 0.03, 0.9, (side * (width / 2 - 0.02), -depth / 2 + 0.04, -0.1)) for side in (-1, 1)]
    fence = Group.model_validate({"members": (*placed, *rails)})
    at = (row.x, -depth / 2 + 0.02, row.z)
    return [part("slabs", grid(slab, only), trim, at=at), part("balconies", grid(fence, only), iron, at=at)]


def _top(
    rng: np.random.Generator,
    size: tuple[float, float, float],
    bays: int,
    walls: Material,
    glass: Material,
    town: Town,
) -> list[Part]:
    """A mansard with dormers, or a parapet and a flat roof."""
    width, depth, height = size
    tiles = town.slate(rng)
    if draw.chance(rng, 0.4):
        return [
            box_at("parapet", (width, 0.3, 0.7), (0, 0.18, height), walls),
            box_at("coping", (width, 0.4, 0.08), (0, 0.18, height + 0.7), tiles),
            box_at("stack", (0.7, 1.4, 1.9), (0.3 * width, 0.6 * depth, height), walls),
        ]
    rise = draw.uniform(rng, 2.2, 2.9)
    outline = [(0.05, 0.0), (depth, 0.0), (depth - 0.9, rise), (depth / 2, rise + 0.9), (0.95, rise)]
    parts = [prism("mansard", outline, width - 0.02, (0, 0, height), tiles)]
    step = width / bays
    row = Row(-width / 2 + step / 2, height + 0.45, 0.9, 1.3, (bays, 1), (step, 1))
    cheeks = Group(members=(sizes(1.16, 1.1, 1.6, (0, 0.62, -0.1)), sizes(1.34, 1.3, 0.1, (0, 0.6, 1.5))))
    parts.append(part("dormers", grid(cheeks, row), tiles, at=(row.x, 0.1, row.z)))
    parts.append(part("dormer glass", grid(Box(size=(0.9, 0.03, 1.3)), row), glass, at=(row.x, 0.165, row.z)))
    pale = town.joinery(rng)
    parts.append(part("dormer frames", bars("", row, pale, across=2, up=2).shape, pale, at=(row.x, 0.16, row.z)))
    return parts
