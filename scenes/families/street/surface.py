"""The ground: the road with its markings, pavements with kerbs, lawns, and the plain beyond."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.catalog import finished
from scenes.craft.build import part
from scenes.craft.finishes import finish, vary
from scenes.families.street.ironwork import iron_parts
from scenes.families.street.placement import StreetLayout
from scenes.families.street.plan import FAR, KERB, LANE, PAINT, StreetPlan
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Array, Box, Group, HeightField, Placed, Shape

__all__ = ["add_surfaces"]

SIDE_STREET = 170.0
PAVEMENT_DEPTH = KERB + 0.1


def add_surfaces(rng: np.random.Generator, plan: StreetPlan, layout: StreetLayout) -> None:
    """The plain, the road, a pavement and maybe a lawn on each side."""
    layout.stand(_plain(rng), 0, 0, -0.1)
    layout.stand(_road(rng, plan), 0, 0, -0.2)
    paving, kerb = _paving(rng), finish(rng, "stone", "stone", vary(rng, (0.56, 0.55, 0.53)), scale=0.1, roughness=0.8)
    for side in (-1, 1):
        layout.stand(_pavement(plan, side, paving, kerb), 0, 0, KERB - PAVEMENT_DEPTH)
        if plan.setback or plan.park == side:
            layout.stand(_lawn(rng, plan, side), 0, 0, KERB - 0.2)


def _plain(rng: np.random.Generator) -> ObjectSpec:
    """Level land to the horizon."""
    material = finish(rng, "grass", "grass", vary(rng, (0.3, 0.36, 0.18), 0.1), accent=(0.5, 0.5, 0.22), scale=0.5)
    sheet = part("plain", HeightField(size=(16000.0, 16000.0), resolution=2), material, at=(0, 0, 0))
    return finished(ObjectSpec(category="ground", parts=(sheet,), material="grass"))


def _road(rng: np.random.Generator, plan: StreetPlan) -> ObjectSpec:
    gray = draw.uniform(rng, 0.26, 0.42)
    tar = finish(
        rng,
        "tarmac",
        "asphalt",
        vary(rng, (gray, gray, 1.02 * gray), 0.03),
        scale=0.1,
        wear=draw.uniform(rng, 0.1, 0.8),
    )
    left, right = plan.kerb(-1), plan.kerb(1)
    strips = [Placed(shape=Box(size=(left + right, 2 * FAR, 0.2)), at=((right - left) / 2, 0, -0.2))]
    if plan.cross_half:
        for side, edge in ((-1, left), (1, right)):
            strips.append(
                Placed(
                    shape=Box(size=(SIDE_STREET, 2 * plan.cross_half, 0.2)),
                    at=(side * (edge + SIDE_STREET / 2), plan.cross, -0.2),
                )
            )
    parts = [part("road", Group(members=tuple(strips)), tar), *_markings(rng, plan, tar.color), *iron_parts(rng, plan)]
    model = ObjectSpec(category="road", parts=tuple(parts), material="asphalt")
    return finished(model, center=False)


def _markings(rng: np.random.Generator, plan: StreetPlan, tar: Rgb) -> list[Part]:
    """Dashes between lanes, edges of bays, stripes to cross on, lines to stop at."""
    white, yellow = (
        finish(
            rng, "road_paint", "road paint", vary(rng, color), accent=tar, scale=0.1, wear=draw.uniform(rng, 0.1, 0.9)
        )
        for color in ((0.84, 0.84, 0.81), (0.82, 0.66, 0.2))
    )
    dash, gap = draw.uniform(rng, 1.5, 3.0), draw.uniform(rng, 2.5, 5.0)
    middle = yellow if draw.chance(rng, 0.25) else white
    parts = []
    for k, (low, high) in enumerate(_stretches(plan)):
        count = int((high - low) / (dash + gap))
        if count < 1:
            continue
        line = Array(shape=Box(size=(0.12, dash, PAINT)), counts=(1, count, 1), step=(0, dash + gap, 0))
        if plan.lanes > 1:
            solid = Array(shape=Box(size=(0.1, high - low, PAINT)), counts=(2, 1, 1), step=(0.24, 0, 0))
            parts.append(part(f"middle {k}", solid, middle, at=(-0.12, (low + high) / 2, 0)))
            both = Array(shape=line, counts=(2, 1, 1), step=(2 * LANE, 0, 0))
            parts.append(part(f"dashes {k}", both, white, at=(-LANE, low + dash / 2, 0)))
        else:
            parts.append(part(f"middle {k}", line, middle, at=(0, low + dash / 2, 0)))
        parts += _edges(plan, k, (low, high), white, yellow)
    stripes = _stripes(plan)
    parts.append(part("zebra", stripes, white))
    return parts


def _stretches(plan: StreetPlan) -> list[tuple[float, float]]:
    """Where the lanes are marked: nowhere on a crossing."""
    cuts = [(plan.zebra - 3.0, plan.zebra + 3.0)]
    if plan.cross_half:
        cuts.append((plan.cross - plan.cross_half, plan.cross + plan.cross_half))
    stretches, low = [], -FAR
    for start, end in sorted(cuts):
        if start > low:
            stretches.append((low, start))
        low = max(low, end)
    return [*stretches, (low, FAR)]


def _edges(plan: StreetPlan, k: int, span: tuple[float, float], white: Material, yellow: Material) -> list[Part]:
    low, high = span
    parts = []
    for side in (-1, 1):
        if plan.parking[side > 0]:
            shape: Shape = Box(size=(0.1, high - low, PAINT))
            parts.append(part(f"bays {k} {side}", shape, white, at=(side * plan.lanes * LANE, (low + high) / 2, 0)))
        else:
            shape = Array(shape=Box(size=(0.08, high - low, PAINT)), counts=(2, 1, 1), step=(0.16, 0, 0))
            x = side * (plan.kerb(side) - 0.25)
            parts.append(part(f"edge {k} {side}", shape, yellow, at=(x - 0.08, (low + high) / 2, 0)))
    return parts


def _stripes(plan: StreetPlan) -> Group:
    """A zebra across the whole road, and the lines to stop at before it."""
    left, right = plan.kerb(-1), plan.kerb(1)
    count = int((left + right - 0.4) / 1.0)
    first = -left + 0.45 + (left + right - 0.4 - count) / 2
    bars = Array(shape=Box(size=(0.5, 3.0, PAINT)), counts=(count, 1, 1), step=(1.0, 0, 0))
    width = plan.lanes * LANE - 0.3
    stops = [
        Placed(shape=Box(size=(width, 0.35, PAINT)), at=(side * (width / 2 + 0.15), plan.zebra - side * 2.6, 0))
        for side in (-1, 1)
    ]
    return Group(members=(Placed(shape=bars, at=(first, plan.zebra, 0)), *stops))


def _paving(rng: np.random.Generator) -> Material:
    chance, gray = rng.random(), draw.uniform(rng, 0.5, 0.72)
    color = vary(rng, (gray, 0.97 * gray, 0.92 * gray))
    if chance < 0.5:
        return finish(rng, "paving", "paving", color, scale=draw.choice(rng, [0.6, 0.75, 0.9]), wear=0.5)
    if chance < 0.68:
        return finish(rng, "cobbles", "paving", color, accent=(0.5, 0.42, 0.36), scale=0.11, wear=0.4)
    if chance < 0.85:
        return finish(rng, "brick", "paving", vary(rng, (0.5, 0.4, 0.34), 0.12), scale=0.22, roughness=0.9, wear=0.4)
    return finish(rng, "paving", "concrete", color, scale=1.8, wear=0.6)  # cast in place, jointed


def _pavement(plan: StreetPlan, side: int, paving: Material, kerb: Material) -> ObjectSpec:
    """Slabs behind a kerb, parted by the crossing street, with strips along that street."""
    edge, width = plan.kerb(side), plan.pavement
    depth = PAVEMENT_DEPTH
    slabs, stones = [], []
    for low, high in _sides(plan):
        y, length = (low + high) / 2, high - low
        slabs.append(
            Placed(
                shape=Box(size=(width - 0.14, length, depth)), at=(side * (edge + 0.14 + (width - 0.14) / 2), y, -depth)
            )
        )
        stones.append(Placed(shape=Box(size=(0.14, length, depth + 0.002)), at=(side * (edge + 0.07), y, -depth)))
    if plan.cross_half:
        start = edge + width
        for way in (-1, 1):
            y = plan.cross + way * (plan.cross_half + 1.1)
            slabs.append(
                Placed(
                    shape=Box(size=(SIDE_STREET - width, 1.92, depth)),
                    at=(side * (start + (SIDE_STREET - width) / 2), y + way * 0.14, -depth),
                )
            )
            stones.append(
                Placed(
                    shape=Box(size=(SIDE_STREET - width, 0.14, depth + 0.002)),
                    at=(
                        side * (start + (SIDE_STREET - width) / 2),
                        plan.cross + way * (plan.cross_half + 0.07),
                        -depth,
                    ),
                )
            )
            stones.append(
                Placed(
                    shape=Box(size=(width, 0.14, depth + 0.002)),
                    at=(side * (edge + width / 2), plan.cross + way * (plan.cross_half + 0.07), -depth),
                )
            )
    parts = (part("slabs", Group(members=tuple(slabs)), paving), part("kerb", Group(members=tuple(stones)), kerb))
    model = ObjectSpec(category="pavement", parts=parts, material=paving.name)
    return finished(model, center=False)


def _sides(plan: StreetPlan) -> list[tuple[float, float]]:
    if not plan.cross_half:
        return [(-FAR, FAR)]
    half = plan.cross_half + 0.14
    return [(-FAR, plan.cross - half), (plan.cross + half, FAR)]


def _lawn(rng: np.random.Generator, plan: StreetPlan, side: int) -> ObjectSpec:
    """Grass behind the pavement: front gardens, or a park."""
    material = finish(rng, "grass", "grass", vary(rng, (0.3, 0.42, 0.16), 0.1), accent=(0.5, 0.5, 0.22), scale=0.3)
    start, width = plan.kerb(side) + plan.pavement, 60.0 if plan.park == side else plan.setback + 20
    gap = plan.cross_half + 2.25 if plan.cross_half else 0.0
    spans = [(-FAR, plan.cross - gap), (plan.cross + gap, FAR)] if gap else [(-FAR, FAR)]
    sheets = tuple(
        Placed(shape=Box(size=(width, high - low, 0.2)), at=(side * (start + width / 2), (low + high) / 2, -0.2))
        for low, high in spans
    )
    sheet = part("lawn", Group(members=sheets), material)
    return finished(ObjectSpec(category="verge", parts=(sheet,), material="grass"), center=False)
