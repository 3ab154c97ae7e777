"""Clothes: the body's rings made wider, cut off at hems."""

import numpy as np

from scenes.blob.drapes import Hem, Neckband
from scenes.blob.specs import Ball, Blob, Limb, Ring
from scenes.craft.build import tube
from scenes.measure import part_mesh
from scenes.mesh import Floats
from scenes.model import Part
from scenes.people.axes import row, unit
from scenes.people.body import TRUNK, arm_rings, bust, buttocks, leg_rings, limb, ring, trunk_rings
from scenes.people.drapery import leg_folds, pipe_folds, sleeve_folds, trunk_folds
from scenes.people.fabrics import FABRICS
from scenes.people.outfit import GarmentCut
from scenes.people.pockets import seat_pockets, top_patches
from scenes.people.skeleton import SIDES, Skeleton
from scenes.shapes import Sweep

__all__ = [
    "arms_skin",
    "buttons",
    "collar",
    "front_line",
    "hood",
    "lapels",
    "legs_skin",
    "skirt",
    "tape",
    "top",
    "trousers",
    "undershirt",
    "vest",
]

# Edges of meshes, metres: of most clothes, of those with wide folds, of what others hide for the most part.
CELL, COARSE, HIDDEN = 0.0165, 0.021, 0.0255
FLAT = 0.12  # how far the ends of sleeves and legs bulge
BUTTONS = 0.085  # metres from one button of a shirt to the next
SINK = 0.012  # metres: how far folds go in where no skin is drawn within
TURNED, RIBBED = 0.02, 0.05  # metres: heights of hems that are turned up and sewn, and of knitted cuffs
VEST, TAPE = 0.014, 0.0185  # metres: how far outside a top a vest is, and a band on it
COVERED = 0.01  # metres of the trousers that a top's hem covers


def top(body: Skeleton, cut: GarmentCut, seed: int, *, opened: bool = False, covered: bool = False) -> Blob:
    """What covers trunk and arms; `opened` shows in a V what is worn below.

    covered: a vest is worn over it, so that its trunk lies smooth.
    """
    drop = _drop(body, cut)
    rings = _trunk(body, cut, cut.ease)
    members: list[Ball | Limb] = [limb(rings, body.pelvis[:, 0], cap=0.25)]
    members += [*bust(body, 0.7 * cut.ease), *buttocks(body, 0.8 * cut.ease)]
    fabric, hems = FABRICS[cut.fabric], []
    for arm in body.arms:
        cuff, loose = (0.003, 0.75) if cut.sleeve > 0.9 else (0.014, 1.0)
        sleeve = arm_rings(body, arm, cut.sleeve, ease=cut.ease * loose, cuff=cuff)
        members.append(limb(sleeve, body.chest[:, 1], cap=FLAT, blend=0.028))
        hems.append(_limb_hem(sleeve, body.chest[:, 1], RIBBED if cut.ribbed else TURNED, fabric.hem))
    members += [_neckline(body, cut.ease), _level(body.hips - body.pelvis[:, 2] * drop, body.pelvis[:, 2])]
    drapes = [
        *([] if covered else trunk_folds(body, fabric, drop + body.build.pelvis)),
        *sleeve_folds(body, fabric, cut.sleeve, 0.75 * cut.ease),
    ]
    if opened:
        members.append(_opening(body))
    if not body.seated:
        hems.append(_trunk_hem(body, rings[0], drop, RIBBED if cut.ribbed else TURNED, fabric.hem))
    return Blob(
        members=tuple(members),
        cell=float(np.clip(0.8 * fabric.width, CELL, COARSE)),
        folds=fabric.creases,
        fold=0.085,
        drapes=tuple(drapes),
        sink=SINK if cut.sleeve > 0.9 else 0.5 * cut.ease,
        hems=tuple(hems),
        neckband=_neckband(body, cut, fabric.hem) if cut.banded else None,
        patches=() if covered else top_patches(body, cut.fabric, drop + body.build.pelvis),
        seed=seed,
    )


def _drop(body: Skeleton, cut: GarmentCut) -> float:
    """How far under the hip joints a top reaches, metres."""
    return 0.0 if body.seated else cut.drop * body.build.stature


def _trunk(body: Skeleton, cut: GarmentCut, ease: float) -> list[Ring]:
    """The rings of a top's trunk from the hem up."""
    rings = trunk_rings(body, 1, len(TRUNK) - 1, ease=ease, boxy=cut.boxy)
    return [*_hem(body, rings[0], _drop(body, cut) + 0.03, ease, cut.flare), *rings[1:]]


def _limb_hem(rings: list[Ring], side: Floats, height: float, thickness: float) -> Hem:
    """The rim of a sleeve or a trouser leg, at its last ring."""
    last, before = np.array(rings[-1]), np.array(rings[-2])
    return _hem_at(last, unit(before[:3] - last[:3]), side, height, thickness)


def _trunk_hem(body: Skeleton, lowest: Ring, drop: float, height: float, thickness: float) -> Hem:
    """The rim of a top, `drop` metres under the hip joints."""
    up, ring = body.pelvis[:, 2], np.array(lowest)
    ring[:3] += up * float(up @ (body.hips - up * drop - ring[:3]))
    return _hem_at(ring, up, body.pelvis[:, 0], height, thickness)


def _hem_at(ring: Floats, up: Floats, side: Floats, height: float, thickness: float) -> Hem:
    """The rim of a garment that has there the ring [5] and folds that rise up to 25 mm."""
    radii = (round(1.1 * float(ring[3]) + 0.025, 4), round(1.15 * float(ring[4]) + 0.025, 4))
    return Hem(center=row(ring[:3]), up=row(up), side=row(side), radii=radii, height=height, thickness=thickness)


def undershirt(body: Skeleton) -> Blob:
    """What shows in the V of a top that is worn open."""
    rings = trunk_rings(body, 3, len(TRUNK) - 1, ease=0.004)
    members = (limb(rings, body.chest[:, 0], cap=0.25), *bust(body, 0.0), _neckline(body, 0.0))
    return Blob(members=members, cell=HIDDEN)


def _opening(body: Skeleton) -> Limb:
    """The hole of an open front: a V down to below the breastbone."""
    height, chest = body.build.stature, body.build.chest
    down = ((0.026, -0.05, 1.25), (0.017, -0.085, 0.85), (0.003, -0.115, 0.38))
    rings = [
        ring(body.waist + body.chest @ np.array([0, y * height, z * chest]), r * height, 0.06 * height)
        for r, y, z in down
    ]
    return Limb(rings=tuple(rings), side=row(body.chest[:, 0]), cap=0.4, carve=True)


def lapels(body: Skeleton, shell: Part) -> list[Sweep]:
    """Flat bands along both edges of the V."""
    own = (part_mesh(shell).vertices - body.waist) @ body.chest
    own = own[own[:, 1] < 0.02]
    height, chest = body.build.stature, body.build.chest
    bands = []
    for side in SIDES:
        points = []
        for x, z in ((0.038, 1.2), (0.034, 1.05), (0.027, 0.85), (0.018, 0.62), (0.008, 0.4)):
            point = np.array([side * x * height, z * chest])
            near = own[np.argmin(((own[:, [0, 2]] - point) ** 2).sum(1))]
            points.append(body.waist + body.chest @ np.array([point[0], near[1] + 0.002, point[1]]))
        bands.append(
            tube(np.array(points), np.array([0.014, 0.02, 0.021, 0.016, 0.006]), aspect=0.3, count=14, segments=8)
        )
    return bands


def _level(point: Floats, up: Floats, reach: float = 8.0) -> Ball:
    """Carves away what is below `point`: a ball so large that its top is flat."""
    return Ball(center=row(point - up * reach), radii=(reach, reach, reach), carve=True)


def _neckline(body: Skeleton, ease: float) -> Ball:
    """The opening for the neck, lower in front."""
    center, radii = _neck_hole(body, ease)
    return Ball(center=row(center), radii=radii, carve=True, blend=0.008)


def _neck_hole(body: Skeleton, ease: float) -> tuple[Floats, tuple[float, float, float]]:
    height = body.build.stature
    center = body.neck + body.chest @ np.array([0.0, -0.032 * height - 0.5 * ease, 0.03 * height])
    return center, (0.04 * height, 0.05 * height, 0.04 * height)


def _neckband(body: Skeleton, cut: GarmentCut, thickness: float) -> Neckband:
    """The ribbed band round the neck of a top without a collar."""
    center, radii = _neck_hole(body, cut.ease)
    return Neckband(
        center=row(center),
        side=(1.0, 0.0, 0.0),
        up=(0.0, 0.0, 1.0),
        radii=radii,
        width=0.014 if cut.fabric == "jersey" else 0.02,
        thickness=thickness,
    )


def _hem(body: Skeleton, lowest: Ring, drop: float, ease: float, flare: float) -> list[Ring]:
    """Straight cloth round both thighs and the trunk.

    Rings from `drop` metres under the hip joints up to the trunk's lowest one, which they replace.
    """
    if body.seated:
        return [lowest]
    rings = []
    for share in (1.0, 0.5, 0.0):
        height = lowest[2] - drop * share
        low, high = _round_legs(body, height, max(ease, 0.02) + 0.014)
        low = np.minimum(low, (lowest[0] - lowest[3], lowest[1] - lowest[4]))
        high = np.maximum(high, (lowest[0] + lowest[3], lowest[1] + lowest[4]))
        width, depth = (high - low) / 2 + flare * share
        rings.append(ring(np.array([*(low + high) / 2, height]), width, depth))
    return rings


def _round_legs(body: Skeleton, height: float, ease: float) -> tuple[Floats, Floats]:
    """Corners (x, y) of the box round both legs at a height."""
    low, high = np.full(2, np.inf), np.full(2, -np.inf)
    for leg in body.legs:
        rows = np.array(leg_rings(body, leg, 1.0, ease=ease, hem=0.058 * body.build.stature))
        order = np.argsort(rows[:, 2])
        x, y, r = (np.interp(height, rows[order, 2], rows[order, k]) for k in (0, 1, 3))
        low, high = np.minimum(low, (x - r, y - 1.08 * r)), np.maximum(high, (x + r, y + 1.08 * r))
    return low, high


def skirt(body: Skeleton, *, length: float, flare: float, ease: float, drop: float, fabric: str, seed: int) -> Blob:
    """A skirt to `length` metres under the hip joints; `drop` as of trousers."""
    cloth = FABRICS[fabric]
    rings = trunk_rings(body, 1, 4, ease=ease)
    start = rings[0]
    hem_rings = []
    for share in (1.15, 0.75, 0.5, 0.25):
        height = start[2] - length * share
        low, high = _round_legs(body, height, ease + 0.008)
        pull = min(1.0, 2 * share)
        width, depth = (high - low) / 2
        x, y = (low + high) / 2
        at = np.array([x * pull, start[1] + (y - start[1]) * pull, height])
        hem_rings.append(
            ring(at, max(width, 0.94 * start[3]) + flare * share, max(depth, 0.9 * start[4]) + flare * share)
        )
    bottom = start[2] - length
    members = (
        limb([*hem_rings, *rings], body.pelvis[:, 0], cap=FLAT),
        *buttocks(body, ease),
        _level(body.hips - body.pelvis[:, 2] * (drop - COVERED), -body.pelvis[:, 2]),
        _level(np.array([start[0], start[1], bottom]), np.array([0.0, 0.0, 1.0])),
    )
    pipes = pipe_folds(
        body,
        top=float((body.hips - body.pelvis[:, 2] * drop)[2]) + 0.02,
        bottom=bottom,
        depth=1.2 * cloth.depth + 0.25 * flare,
        count=max(round(11 * cloth.many), 5),
    )
    hem = _hem_at(
        np.array([*hem_rings[0][:2], bottom, *hem_rings[0][3:]]),
        np.array([0.0, 0.0, 1.0]),
        body.pelvis[:, 0],
        TURNED,
        cloth.hem,
    )
    return Blob(members=members, cell=CELL, folds=cloth.creases, fold=0.12, drapes=(pipes,), hems=(hem,), seed=seed)


def trousers(body: Skeleton, *, ease: float, hem: float, end: float, drop: float, fabric: str, seed: int) -> Blob:
    """Trunk and legs down to the share `end`, at least `hem` metres wide below the knee.

    drop: how far under the hip joints the top over them reaches, metres; what it hides is left out, or it would show
    through.
    """
    cloth = FABRICS[fabric]
    members: list[Ball | Limb] = [limb(trunk_rings(body, 0, 4, ease=0.6 * ease), body.pelvis[:, 0], cap=0.5)]
    members += buttocks(body, 0.5 * ease)
    hems = []
    for leg in body.legs:
        rings = leg_rings(body, leg, end, ease=ease, hem=hem)
        members.append(limb(rings, leg.foot[:, 0], cap=FLAT, blend=0.035))
        hems.append(_limb_hem(rings, leg.foot[:, 0], TURNED, cloth.hem))
    if not body.seated:
        members.append(_level(body.hips - body.pelvis[:, 2] * (drop - COVERED), -body.pelvis[:, 2]))
    return Blob(
        members=tuple(members),
        cell=CELL,
        folds=cloth.creases,
        fold=0.1,
        drapes=tuple(leg_folds(body, cloth, end, hem)),
        sink=SINK if end > 0.9 else 0.6 * ease,
        patches=seat_pockets(body, drop),
        hems=tuple(hems),
        seed=seed,
    )


def vest(body: Skeleton, cut: GarmentCut, seed: int) -> Blob:
    """A sleeveless vest over a top of this cut."""
    hem = body.hips - body.pelvis[:, 2] * 0.012 * body.build.stature
    members = (*_over(body, cut, VEST), _neckline(body, cut.ease + VEST), _level(hem, body.pelvis[:, 2]))
    return Blob(members=members, cell=CELL, folds=0.003, fold=0.1, seed=seed)


def tape(body: Skeleton, cut: GarmentCut, height: float) -> Blob:
    """A reflective band round a vest over such a top, `height` metres over the waist, 5 cm wide."""
    up = body.chest[:, 2]
    low, high = (body.waist + up * (height + off) for off in (-0.025, 0.025))
    return Blob(members=(*_over(body, cut, TAPE), _level(low, up), _level(high, -up)), cell=0.018)


def _over(body: Skeleton, cut: GarmentCut, away: float) -> list[Ball | Limb]:
    """A trunk `away` metres outside that of a top."""
    ease = cut.ease + away
    return [limb(_trunk(body, cut, ease), body.pelvis[:, 0], cap=0.25), *bust(body, ease), *buttocks(body, ease)]


def collar(body: Skeleton, *, height: float, ease: float) -> Limb:
    """A band round the neck."""
    build = body.build
    width = (0.0285 if build.female or build.age == "child" else 0.032) * build.stature * (
        1 + 0.1 * build.weight
    ) + ease
    low = body.neck - body.chest @ np.array([0.0, 0.002, 0.012]) * build.stature
    high = body.neck + body.chest @ np.array([0.0, -0.006, height / build.stature]) * build.stature
    return limb([ring(low, 1.25 * width), ring(high, width)], body.chest[:, 0], cap=0.15)


def hood(body: Skeleton, seed: int) -> Blob:
    """A hood that hangs behind the neck."""
    height = body.build.stature

    def at(x: float, y: float, z: float) -> tuple[float, float, float]:
        point = body.neck + body.chest @ np.array([x, y, z]) * height
        return float(point[0]), float(point[1]), float(point[2])

    ends = [(side * 0.036, -0.022, -0.006) for side in SIDES]
    sides = [
        Limb(
            rings=(
                (*at(*end), 0.012 * height, 0.012 * height),
                (*at(end[0] * 1.25, 0.012, 0.008), 0.017 * height, 0.019 * height),
                (*at(0.25 * end[0], 0.05, -0.008), 0.024 * height, 0.024 * height),
            ),
            blend=0.03,
        )
        for end in ends
    ]
    return Blob(
        members=(
            *sides,
            Ball(center=at(0, 0.054, -0.03), radii=(0.05 * height, 0.022 * height, 0.042 * height), blend=0.04),
        ),
        cell=0.016,
        folds=0.006,
        fold=0.06,
        seed=seed,
    )


def front_line(body: Skeleton, shell: Part, *, radius: float, low: float, high: float, count: int = 14) -> Sweep | None:
    """A cord down the middle of a garment's front, between two heights of the chest's axis over the waist."""
    points = _front_points(body, shell, low, high, count)
    return tube(np.array(points), radius, count=2 * count, segments=6) if len(points) >= 4 else None


def buttons(body: Skeleton, shell: Part, *, low: float, high: float) -> Blob | None:
    """Buttons down the placket of a shirt, between two heights as of `front_line`."""
    points = _front_points(body, shell, low, high, max(round((high - low) / BUTTONS), 2))
    balls = tuple(Ball(center=row(point), radii=(0.005, 0.005, 0.005)) for point in points)
    return Blob(members=balls, cell=0.0032) if balls else None


def _front_points(body: Skeleton, shell: Part, low: float, high: float, count: int) -> list[Floats]:
    own = (part_mesh(shell).vertices - body.waist) @ body.chest
    points = []
    for height in np.linspace(high, low, count):
        near = own[(np.abs(own[:, 2] - height) < 0.02) & (np.abs(own[:, 0]) < 0.022)]
        if len(near):
            points.append(body.waist + body.chest @ np.array([0.0, near[:, 1].min(), height]))
    return points


def arms_skin(body: Skeleton) -> list[Limb]:
    """Both bare arms, from within the sleeves down to the wrists."""
    return [limb(arm_rings(body, arm, 1.0)[2:], body.chest[:, 1]) for arm in body.arms]


def legs_skin(body: Skeleton) -> list[Limb]:
    """Both bare legs, from the lower thigh to the ankles."""
    return [limb(leg_rings(body, leg, 1.0, start=0.3), leg.foot[:, 0]) for leg in body.legs]
