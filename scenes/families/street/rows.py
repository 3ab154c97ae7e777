"""Buildings along the street: full ones nearby, plain ones far away and behind, and garden boundaries."""

import numpy as np

from scenes import draw
from scenes.catalog import finished
from scenes.craft.build import part
from scenes.craft.finishes import finish, vary
from scenes.families.street.buildings import STYLES
from scenes.families.street.buildings.facade import Row, box_at, grid
from scenes.families.street.buildings.materials import Town
from scenes.families.street.placement import StreetLayout
from scenes.families.street.plan import FAR, KERB, NEAR, StreetPlan
from scenes.measure import size_of
from scenes.model import ObjectSpec
from scenes.shapes import Array, Box, Group, Placed

__all__ = ["add_boundaries", "add_buildings", "facing"]


def facing(side: int) -> float:
    """The yaw that turns a model's front (-y) to the road from the side it stands on."""
    return -side * np.pi / 2


def add_buildings(rng: np.random.Generator, plan: StreetPlan, town: Town, layout: StreetLayout) -> None:
    """Both rows, and the buildings visible over and between them."""
    for side in (-1, 1):
        if plan.park != side:
            _row(rng, plan, side, town, layout)
        _distant(rng, plan, side, town, layout)
    _ends(rng, plan, town, layout)


def _row(rng: np.random.Generator, plan: StreetPlan, side: int, town: Town, layout: StreetLayout) -> None:
    """House after house; the crossing street leaves a gap."""
    names, weights = zip(*plan.district.styles, strict=True)
    y = NEAR[0] + draw.uniform(rng, -6, 0)
    gap = draw.uniform(rng, 2.5, 5) if plan.setback else 0.0
    before = ""
    while y < NEAR[1]:
        width = draw.uniform(rng, *plan.district.frontage)
        if (
            plan.cross_half
            and y < plan.cross + plan.cross_half + 2.4
            and y + width > plan.cross - plan.cross_half - 2.4
        ):
            y = max(y, plan.cross + plan.cross_half + 2.4)
            before = ""
            if y + width < plan.cross:
                continue
        # Neighbours are mostly of the same style.
        style = (
            before if before and draw.chance(rng, 0.35) else draw.choice(rng, names, p=np.array(weights) / sum(weights))
        )
        model = finished(STYLES[style](rng, width, town), center=False)
        back = draw.choice(rng, [0.0, 0.0, draw.uniform(rng, 0, 0.5)])
        x = side * (plan.fronts(side) + back)
        layout.stand(model, x, y + width / 2, KERB, facing(side), on="pavement")
        y += width + gap + (0.02 if draw.chance(rng, 0.9) else draw.uniform(rng, 1.0, 3.0))
        before = style


def _distant(rng: np.random.Generator, plan: StreetPlan, side: int, town: Town, layout: StreetLayout) -> None:
    """Plain buildings up the street on both ends, and taller ones a block behind."""
    models = [_plain(rng, plan, town) for _ in range(3)]
    for way, start in ((1.0, NEAR[1] + 26), (-1.0, -NEAR[0] + 24)):
        y = start
        while y < FAR - 30 and plan.park != side:
            model = models[draw.integer(rng, 3)]
            width = size_of(model)[0]
            x = side * (plan.fronts(side) + draw.uniform(rng, 0, 1.0))
            if not plan.near_crossing(way * (y + width / 2), width / 2):
                layout.stand(model, x, way * (y + width / 2), KERB, facing(side), on="pavement")
            y += width + draw.choice(rng, [0.1, 0.1, 9.0])
    depth = 75.0 if plan.park == side else 30.0
    for k in range(5):
        tower = models[draw.integer(rng, 3)]
        y = -70.0 + 48.0 * k + draw.uniform(rng, -6, 6)
        width = size_of(tower)[0]
        if plan.cross_half and abs(y - plan.cross) < plan.cross_half + width / 2 + 3:
            continue
        x = side * (plan.fronts(side) + depth + draw.uniform(rng, 0, 25))
        layout.stand(tower, x, y, -0.1, facing(side), on="ground")


def _ends(rng: np.random.Generator, plan: StreetPlan, town: Town, layout: StreetLayout) -> None:
    """A tower or two on the skyline, and at times a building that closes the street."""
    for way in (-1.0, 1.0):
        model = _plain(rng, plan, town, tower=True)
        x = draw.uniform(rng, -60, 60)
        y = way * draw.uniform(rng, FAR + 30, 520)
        layout.stand(model, x, y, -0.1, 0.0 if way > 0 else np.pi, on="ground")
        if draw.chance(rng, 0.5):
            closing = _plain(rng, plan, town, width=60.0)
            layout.stand(closing, 0, way * (FAR + 4), -0.1, 0.0 if way > 0 else np.pi, on="ground")


def _plain(
    rng: np.random.Generator, plan: StreetPlan, town: Town, *, tower: bool = False, width: float | None = None
) -> ObjectSpec:
    """A box with rows of windows, for what is far off."""
    width = width or draw.uniform(rng, 18, 34)
    low = plan.district.styles[0][0] in ("terrace", "house")
    floors = draw.integer(rng, *((18, 34) if tower else (2, 4) if low else (4, 10)))
    storey = draw.uniform(rng, 3.0, 3.5)
    height, depth = floors * storey + 0.8, draw.uniform(rng, 10, 14)
    makers = (town.brickwork, town.render, town.concrete, town.limestone, town.cladding)
    walls = makers[draw.integer(rng, 2 if low and not tower else len(makers))](rng)
    columns = max(3, round(width / draw.uniform(rng, 2.2, 3.6)))
    step = width / columns
    share = draw.uniform(rng, 0.4, 0.75)
    row = Row(-width / 2 + step / 2, 0.9, share * step, 0.55 * storey, (columns, floors), (step, storey))
    glass = town.glass(rng)
    panes = grid(Box(size=(row.width, 0.1, row.height)), row)
    ledges = Array(shape=Box(size=(width, 0.3, 0.2)), counts=(1, 1, floors), step=(0, 0, storey))
    parts = (
        box_at("body", (width, depth, height), (0, depth / 2, 0), walls),
        part("glass", panes, glass, at=(row.x, -0.02, row.z)),
        part("ledges", ledges, walls, at=(0, 0.05, storey - 0.1)),
        box_at("roof", (0.5 * width, 0.5 * depth, 1.8), (0, 0.5 * depth, height), walls),
    )
    return finished(ObjectSpec(category="building", parts=parts, material=walls.name), center=False)


def add_boundaries(rng: np.random.Generator, plan: StreetPlan, town: Town, layout: StreetLayout) -> None:
    """Garden walls, hedges or railings between lawn and pavement, with gaps for gates."""
    for side in (-1, 1):
        if not (plan.setback or plan.park == side):
            continue
        x = side * (plan.kerb(side) + plan.pavement + 0.25)
        kind = "railing" if plan.park == side else draw.choice(rng, ["garden wall", "hedge", "railing"])
        y = NEAR[0]
        model = None
        while y < NEAR[1]:
            if model is None or (plan.setback and draw.chance(rng, 0.5)):
                if plan.setback and plan.park != side and draw.chance(rng, 0.4):
                    kind = draw.choice(rng, ["garden wall", "hedge", "railing"])
                model = _boundary(rng, town, kind)
            length = size_of(model)[0]
            clear = plan.cross_half == 0 or abs(y + length / 2 - plan.cross) > plan.cross_half + 2.4 + length / 2
            if clear:
                layout.stand(model, x, y + length / 2, KERB, facing(side), on="verge")
            y += length + (draw.uniform(rng, 1.2, 3.5) if plan.park != side else 0.02)


def _boundary(rng: np.random.Generator, town: Town, kind: str) -> ObjectSpec:
    length = draw.uniform(rng, 5, 9)
    if kind == "hedge":
        height, depth = draw.uniform(rng, 0.8, 1.7), draw.uniform(rng, 0.4, 0.6)
        green = finish(rng, "foliage", "foliage", vary(rng, (0.2, 0.3, 0.12), 0.12), scale=0.5)
        return finished(
            ObjectSpec(category=kind, parts=(part("hedge", Box(size=(length, depth, height)), green, bevel=0.08),))
        )
    if kind == "garden wall":
        height = draw.uniform(rng, 0.6, 1.2)
        stone = town.limestone(rng)
        parts = [
            box_at("wall", (length, 0.22, height), (0, 0, 0), town.brickwork(rng)),
            box_at("coping", (length, 0.3, 0.07), (0, 0, height), stone, bevel=0.008),
        ]
        piers = Array(shape=Box(size=(0.36, 0.36, height + 0.25)), counts=(2, 1, 1), step=(length - 0.36, 0, 0))
        parts.append(part("piers", piers, parts[0].material, at=(-length / 2 + 0.18, 0, 0)))
        return finished(ObjectSpec(category=kind, parts=tuple(parts), material="brick"))
    return finished(_railing(rng, town, length))


def _railing(rng: np.random.Generator, town: Town, length: float) -> ObjectSpec:
    height = draw.uniform(rng, 0.95, 1.3)
    iron = town.iron if draw.chance(rng, 0.7) else finish(rng, "painted_wood", "wood", (0.88, 0.87, 0.83), wear=0.2)
    count = max(8, round(length / 0.13))
    step = (length - 0.06) / (count - 1)
    thickness = 0.02 if iron.kind == "painted_metal" else 0.06
    bars = Array(shape=Box(size=(thickness, 0.02, height - 0.1)), counts=(count, 1, 1), step=(step, 0, 0))
    members = [Placed(shape=bars, at=(-length / 2 + 0.03, 0, 0.1))]
    members += [Placed(shape=Box(size=(length, 0.035, 0.05)), at=(0, 0, z)) for z in (0.16, height - 0.15)]
    posts = Array(shape=Box(size=(0.07, 0.07, height + 0.06)), counts=(4, 1, 1), step=((length - 0.07) / 3, 0, 0))
    parts = (
        part("bars", Group(members=tuple(members)), iron),
        part("posts", posts, iron, at=(-length / 2 + 0.035, 0, 0)),
    )
    return ObjectSpec(category="railing", parts=parts, material=iron.name)
