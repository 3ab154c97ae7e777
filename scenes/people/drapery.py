"""Where clothes fold on a posed body: bent joints press cloth together, held points pull it, what is loose hangs."""

from typing import Any

import numpy as np

from scenes.base import Vec3
from scenes.blob.drapes import Drape, Gathers, Pipes, Pulls
from scenes.mesh import Floats
from scenes.people.axes import row, unit
from scenes.people.fabrics import Fabric
from scenes.people.skeleton import SIDES, Skeleton

__all__ = ["leg_folds", "pipe_folds", "sleeve_folds", "trunk_folds"]


def _count(fabric: Fabric, usual: float) -> int:
    return max(round(usual * fabric.many), 1)


def _bend(a: Floats, joint: Floats, b: Floats) -> tuple[float, Floats]:
    """How far a limb is bent, 0 straight to 1 a right angle and more, and the direction of the inner side."""
    first, second = unit(a - joint), unit(b - joint)
    straight = float(np.arccos(np.clip(-first @ second, -1, 1)))
    return min(straight / 1.4, 1.0), first + second


def sleeve_folds(body: Skeleton, fabric: Fabric, sleeve: float, ease: float) -> list[Drape]:
    """Of both sleeves, down to the share `sleeve` of the arm: half-lock folds in the elbow, zigzags over the cuff."""
    height, girth, drapes = body.build.stature, body.build.stature * body.build.girth, list[Drape]()
    for arm in body.arms:
        bent, inner = _bend(arm.shoulder, arm.elbow, arm.wrist)
        front = -body.chest[:, 1]
        inner = inner + (0.35 - 0.3 * bent) * front
        upper, lower = arm.elbow - arm.shoulder, arm.wrist - arm.elbow
        if sleeve > 0.9:
            at = (arm.elbow - 0.34 * upper, arm.elbow + 0.38 * lower)
            drapes.append(
                _gathers(
                    fabric,
                    axis=(row(at[0]), row(at[1])),
                    radius=0.026 * girth + ease,
                    inner=row(inner),
                    reach=1.5 + 0.5 * bent,
                    fan=0.35 + 0.4 * bent,
                    tilt=0.012,
                    count=5 + 2 * bent,
                    deep=0.7 + 0.5 * bent,
                )
            )
            drapes.append(
                _gathers(
                    fabric,
                    axis=(row(arm.elbow + 0.5 * lower), row(arm.elbow + 0.95 * lower)),
                    radius=0.02 * girth + ease,
                    inner=row(front - 0.3 * inner),
                    reach=2.6,
                    tilt=0.016,
                    count=4,
                    deep=0.75,
                    wide=0.95,
                )
            )
        # From the point of the shoulder the sleeve hangs in folds that wind to the inner side of the arm.
        outward = unit(
            arm.shoulder - body.waist - body.chest[:, 2] * float(body.chest[:, 2] @ (arm.shoulder - body.waist))
        )
        low = arm.shoulder + min(2 * sleeve * 0.85, 0.85) * upper
        for face in (front, -front):
            drapes.append(
                _pull(
                    fabric,
                    (
                        arm.shoulder + 0.03 * girth * outward + 0.012 * girth * face,
                        arm.shoulder + 0.02 * girth * face - 0.03 * girth * outward - 0.03 * height * body.chest[:, 2],
                    ),
                    (low + 0.028 * girth * face, low - 0.026 * girth * outward),
                    count=2 + (sleeve > 0.9),
                    deep=0.75,
                )
            )
    return drapes


def _gathers(fabric: Fabric, *, count: float, deep: float, wide: float = 1.0, **where: Any) -> Gathers:
    """Gathers as this fabric has them; `where` are their other fields."""
    return Gathers(
        count=_count(fabric, count),
        depth=deep * fabric.depth,
        width=wide * fabric.width,
        crisp=fabric.crisp,
        **where,
    )


def _pull(
    fabric: Fabric,
    start: tuple[Floats, Floats],
    end: tuple[Floats, Floats],
    *,
    count: float,
    deep: float,
    sag: float = 0.0,
) -> Pulls:
    ends: list[tuple[Vec3, Vec3]] = [(row(one), row(other)) for one, other in (start, end)]
    return Pulls(
        start=ends[0],
        end=ends[1],
        count=_count(fabric, count),
        depth=deep * fabric.depth,
        width=fabric.width,
        crisp=fabric.crisp,
        sag=sag,
    )


def trunk_folds(body: Skeleton, fabric: Fabric, low: float) -> list[Drape]:
    """Of a top whose hem is `low` metres under the waist.

    Pulls from the armpits to breast and waist and across the shoulder blades; gathers over the hips, deep across the
    belly of those who sit.
    """
    height, chest = body.build.stature, body.build.chest
    wide = body.build.shoulder / height

    def at(x: float, y: float, z: float) -> Floats:
        return np.asarray(body.waist + body.chest @ np.array([x * height, y * height, z * chest]))

    drapes: list[Drape] = []
    for side, arm in zip(SIDES, body.arms, strict=True):
        raised = unit(arm.elbow - arm.shoulder) @ body.chest
        strain = 0.75 + 0.5 * float(np.clip(1 + raised[2], 0, 1))
        for y in (-0.05, 0.055):
            pit = (at(side * 0.84 * wide, y, 0.92), at(side * 0.8 * wide, 0.8 * y, 0.55))
            end = (at(side * 0.0, 1.35 * y, 0.8), at(side * 0.02, 1.3 * y, -0.05))
            drapes.append(_pull(fabric, pit, end, count=4, deep=1.0 * strain, sag=0.02))
        # Cloth that is wider than the waist sinks down on the hips: at the sides, and in the small of the back.
        flank = (at(side * 0.088, -0.015, 0.3), at(side * 0.095, 0.0, -0.25))
        drapes.append(
            _pull(
                fabric, flank, (at(side * 0.02, -0.07, 0.2), at(side * 0.03, -0.075, -0.3)), count=3, deep=0.7, sag=0.02
            )
        )
    drapes.append(
        _pull(
            fabric,
            (at(-0.085, 0.03, 0.4), at(-0.09, 0.03, -0.1)),
            (at(0.085, 0.03, 0.4), at(0.09, 0.03, -0.1)),
            count=4,
            deep=0.7,
            sag=0.03,
        )
    )
    if body.seated:
        drapes.append(
            _gathers(
                fabric,
                axis=(row(at(0, 0, -0.28)), row(at(0, 0, 0.42))),
                radius=0.085 * height,
                inner=row(-body.chest[:, 1]),
                reach=1.7,
                fan=0.25,
                tilt=0.01,
                count=5,
                deep=1.25,
                wide=1.1,
            )
        )
    else:
        drapes.append(
            pipe_folds(
                body,
                top=body.waist[2] + 0.6 * chest,
                bottom=body.waist[2] - low,
                depth=0.7 * fabric.depth,
                count=_count(fabric, 10),
            )
        )
    return drapes


def pipe_folds(body: Skeleton, *, top: float, bottom: float, depth: float, count: int) -> Pipes:
    """Of cloth that hangs round hips and legs between two heights, metres."""
    x, y, _ = row(body.hips)
    return Pipes(axis=(x, y), top=round(float(top), 4), bottom=round(float(bottom), 4), count=count, depth=depth)


def leg_folds(body: Skeleton, fabric: Fabric, end: float, hem: float) -> list[Drape]:
    """Of trousers down to the share `end` of the leg, whose hems have the radius `hem`, metres.

    Pulls from the crotch over the thighs and under the buttocks, half-lock folds behind the knees, zigzags over the
    shoes.
    """
    height, girth = body.build.stature, body.build.stature * body.build.girth
    front, up = -body.pelvis[:, 1], body.pelvis[:, 2]
    drapes: list[Drape] = []
    for side, leg in zip(SIDES, body.legs, strict=True):
        out = side * body.pelvis[:, 0]
        thigh, shin = leg.knee - leg.hip, leg.ankle - leg.knee
        along = unit(thigh)
        ahead = unit(front + 0.6 * up * body.seated - along * float(along @ (front + 0.6 * up * body.seated)))
        bent, inner = _bend(leg.hip, leg.knee, leg.ankle)
        crotch = body.hips + (0.01 * out + 0.05 * front - 0.035 * up) * height
        hip = leg.hip + 0.045 * height * ahead
        drapes.append(
            _pull(
                fabric,
                (crotch - 0.012 * height * up, crotch - 0.05 * height * up),
                (
                    hip + 0.04 * height * out - 0.04 * height * up,
                    leg.hip + 0.3 * thigh + 0.045 * height * out + 0.02 * height * ahead,
                ),
                count=5,
                deep=0.95 + 0.45 * body.seated,
            )
        )
        if not body.seated:
            seat = leg.hip - 0.055 * height * ahead
            drapes.append(
                _pull(
                    fabric,
                    (seat - 0.045 * height * out + 0.12 * thigh, seat - 0.02 * height * out + 0.3 * thigh),
                    (seat + 0.035 * height * out + 0.3 * thigh, seat + 0.035 * height * out + 0.55 * thigh),
                    count=3,
                    deep=0.8,
                )
            )
        drapes.append(
            _pull(
                fabric,
                (hip + 0.02 * height * out + 0.15 * thigh, hip - 0.02 * height * out + 0.25 * thigh),
                (
                    leg.knee + 0.03 * girth * ahead + 0.025 * girth * out,
                    leg.knee + 0.03 * girth * ahead - 0.02 * girth * out,
                ),
                count=2,
                deep=0.8,
            )
        )
        if end < 0.6:
            continue
        drapes.append(
            _gathers(
                fabric,
                axis=(row(leg.knee - 0.3 * thigh), row(leg.knee + 0.34 * shin)),
                radius=0.036 * girth,
                inner=row(inner - (0.6 - 0.5 * bent) * ahead),
                reach=1.6 + 0.3 * bent,
                fan=0.45 + 0.35 * bent,
                tilt=0.014,
                count=6,
                deep=0.75 + 0.4 * bent,
            )
        )
        drapes.append(
            _gathers(
                fabric,
                axis=(row(leg.knee + 0.55 * shin), row(leg.knee + 0.97 * shin)),
                radius=hem,
                inner=row(-leg.foot[:, 1] - 0.4 * side * leg.foot[:, 0]),
                reach=2.5,
                tilt=0.022,
                count=5,
                deep=0.95,
            )
        )
    return drapes
