"""Bicycles on their kick-stand: diamond frame or step-through, mudguards and a basket or none."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scenes import draw
from scenes.base import Vec3
from scenes.colors import sample_color
from scenes.craft.build import part, tube
from scenes.craft.finishes import finish, metal
from scenes.craft.style import Style
from scenes.craft.vehicle import rubber_black
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Box, Cylinder, Group, Lathe, Placed, Shape, Sweep

__all__ = ["CATEGORY", "PLACE", "Ridden", "make", "ridden"]

CATEGORY = "bicycle"
PLACE = "street"
_QUARTER = 1.5707963


@dataclass(frozen=True)
class Ridden:
    """A bicycle with no stand, and where one touches it: the saddle's top, the left grip, the pedals' tops.

    Pedals are (right, left), the right one up; metres in the bicycle's axes.
    """

    model: ObjectSpec
    saddle: Vec3
    grip: Vec3
    pedals: tuple[Vec3, Vec3]


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a bicycle in the style of its scene."""
    del style
    return _bicycle(rng, None).model


def ridden(rng: np.random.Generator, leg: float) -> Ridden:
    """A bicycle for one whose hip joints are `leg` metres over the lower pedal when riding."""
    return _bicycle(rng, leg)


def _bicycle(rng: np.random.Generator, leg: float | None) -> Ridden:
    color_name = draw.choice(rng, ["black", "blue", "red", "green", "gray", "white", "teal", "yellow", "orange"])
    paint = finish(rng, "painted_metal", "paint", sample_color(rng, color_name), roughness=0.3)
    radius = draw.uniform(rng, 0.3, 0.345)
    base = draw.uniform(rng, 0.98, 1.1)
    steel, black = metal(rng, "steel"), rubber_black(rng)
    rubber = finish(rng, "rubber", "rubber", (0.07, 0.07, 0.072))
    ring = Lathe(
        profile=(
            (radius - 0.036, -0.012),
            (radius - 0.01, -0.018),
            (radius, 0.0),
            (radius - 0.01, 0.018),
            (radius - 0.036, 0.012),
        ),
        segments=40,
        closed=True,
    )
    frame = _frame(rng, base, radius)
    width = draw.uniform(rng, 0.24, 0.32)
    low = radius - 0.205  # the lower pedal's top
    saddle = radius + 0.63 if leg is None else float(np.clip(low + leg, radius + 0.5, radius + 0.66))
    parts = [
        part("tyres", _pair(ring, base, radius), rubber),
        part("spokes", _pair(_spokes(radius), base, radius), steel),
        part("frame", frame, paint),
        *_fittings(rng, _Sizes(base, radius, width, saddle), steel, black, stand=leg is None),
    ]
    model = ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="metal")
    grip = (width - 0.03, -base / 2 + 0.375, radius + 0.65)
    return Ridden(model, (0.0, 0.29, saddle + 0.02), grip, ((-0.15, 0.08, radius + 0.125), (0.15, 0.08, low)))


def _pair(wheel: Shape, base: float, radius: float) -> Group:
    return Group(
        members=tuple(
            Placed(shape=wheel, at=(0.0, side * base / 2, radius), turn=(0.0, _QUARTER, 0.0)) for side in (-1, 1)
        )
    )


def _spokes(radius: float) -> Group:
    """Rim, hub and spokes, flat in the wheel's plane."""
    rim = Lathe(
        profile=((radius - 0.055, -0.01), (radius - 0.034, -0.011), (radius - 0.034, 0.011), (radius - 0.055, 0.01)),
        segments=40,
        closed=True,
    )
    hub = Placed(shape=Cylinder(radius=0.022, height=0.09, segments=12), at=(0, 0, -0.045))
    wire = Cylinder(radius=0.0022, height=radius - 0.04, segments=5)
    wires = [Placed(shape=wire, turn=(_QUARTER, 0.0, float(2 * np.pi * k / 14))) for k in range(14)]
    return Group(members=(Placed(shape=rim), hub, *wires))


def _bar(points: npt.ArrayLike, radius: float) -> Placed:
    rows = tuple((float(x), float(y), float(z)) for x, y, z in np.asarray(points, dtype=np.float64))
    return Placed(shape=Sweep(path=rows, radii=(radius,), segments=10))


def _frame(rng: np.random.Generator, base: float, radius: float) -> Group:
    """Tubes between the axles, the crank, the saddle post and the head."""
    front, rear = (0.0, -base / 2, radius), (0.0, base / 2, radius)
    crank, seat = (0.0, 0.08, radius - 0.05), (0.0, 0.22, radius + 0.48)
    head, crown = (0.0, -base / 2 + 0.22, radius + 0.55), (0.0, -base / 2 + 0.15, radius + 0.36)
    top = (0.0, 0.19, radius + 0.4) if draw.chance(rng, 0.65) else (0.0, 0.12, radius + 0.12)
    bars = [
        _bar([crank, seat], 0.016),
        _bar([crank, crown], 0.019),
        _bar([head, crown], 0.02),
        _bar([top, head if top[2] > radius + 0.3 else crown], 0.016),
    ]
    for side in (-0.05, 0.05):
        bars.append(_bar([(side, rear[1], rear[2]), (0, crank[1], crank[2])], 0.009))
        bars.append(_bar([(side, rear[1], rear[2]), (0, 0.2, radius + 0.42)], 0.008))
        bars.append(_bar([(side, front[1], front[2]), (side * 0.8, crown[1], crown[2])], 0.01))
    bars.append(_bar([(-0.045, crown[1], crown[2]), (0.045, crown[1], crown[2])], 0.012))
    return Group(members=tuple(bars))


@dataclass(frozen=True)
class _Sizes:
    """Measures of a bicycle, metres."""

    wheelbase: float
    wheel_radius: float
    bar_half_width: float
    saddle_height: float


def _fittings(
    rng: np.random.Generator,
    sizes: _Sizes,
    steel: Material,
    black: Material,
    *,
    stand: bool,
) -> list[Part]:
    """Saddle, handlebar with grips, crank, pedals, a stand, and maybe a basket."""
    base, radius, width, height = sizes.wheelbase, sizes.wheel_radius, sizes.bar_half_width, sizes.saddle_height
    head = np.array([0.0, -base / 2 + 0.22, radius + 0.55])
    top = head + np.array([0, 0.03, 0.1])
    bar = [
        (-width, top[1] + 0.14, top[2]),
        (-0.6 * width, top[1], top[2] + 0.02),
        (0, *top[1:]),
        (0.6 * width, top[1], top[2] + 0.02),
        (width, top[1] + 0.14, top[2]),
    ]
    crank = Group(
        members=(
            Placed(
                shape=Cylinder(radius=0.09, height=0.006, segments=28),
                at=(-0.06, 0.08, radius - 0.05),
                turn=(0, _QUARTER, 0),
            ),
            Placed(
                shape=Cylinder(radius=0.012, height=0.24, segments=10),
                at=(-0.12, 0.08, radius - 0.05),
                turn=(0, _QUARTER, 0),
            ),
            Placed(shape=Box(size=(0.02, 0.03, 0.17)), at=(-0.1, 0.08, radius - 0.05)),
            Placed(shape=Box(size=(0.02, 0.03, 0.17)), at=(0.1, 0.08, radius - 0.22)),
            *(_stand(radius) if stand else ()),
            _bar([(0, 0.22, radius + 0.46), (0, 0.25, height - 0.03)], 0.013),
            _bar([tuple(head), tuple(top)], 0.014),
        )
    )
    pedals = Group(
        members=(
            Placed(shape=Box(size=(0.1, 0.09, 0.025)), at=(-0.15, 0.08, radius + 0.1)),
            Placed(shape=Box(size=(0.1, 0.09, 0.025)), at=(0.15, 0.08, radius - 0.23)),
            *(
                _bar(
                    [(side * width, top[1] + 0.15, top[2]), (side * (width - 0.06), top[1] + 0.1, top[2] + 0.003)],
                    0.017,
                )
                for side in (-1, 1)
            ),
        )
    )
    saddle = tube(
        [(0, 0.13, height - 0.015), (0, 0.25, height - 0.01), (0, 0.37, height)], [0.02, 0.05, 0.085], aspect=0.4
    )
    parts = [
        part("handlebar", tube(bar, 0.012, count=20, segments=10), steel),
        part("crank", crank, steel),
        part("pedals and grips", pedals, black),
        part("saddle", saddle, black),
    ]
    if draw.chance(rng, 0.4):
        front = -base / 2 + 0.02
        wicker = finish(rng, "wicker", "wicker", (0.55, 0.4, 0.25), scale=0.12)
        members = (
            Placed(shape=Box(size=(0.36, 0.26, 0.02)), at=(0, front, radius + 0.5)),
            *(Placed(shape=Box(size=(0.02, 0.26, 0.22)), at=(side * 0.18, front, radius + 0.5)) for side in (-1, 1)),
            *(
                Placed(shape=Box(size=(0.36, 0.02, 0.22)), at=(0, front + side * 0.13, radius + 0.5))
                for side in (-1, 1)
            ),
            Placed(shape=Box(size=(0.05, 0.2, 0.05)), at=(0, front + 0.2, radius + 0.525)),
        )
        parts.append(part("basket", Group(members=members), wicker))
    return parts


def _stand(radius: float) -> tuple[Placed, Placed]:
    return (
        _bar([(0.03, 0.2, radius - 0.02), (0.2, 0.3, 0.006)], 0.007),
        _bar([(0.0, 0.08, radius - 0.03), (0.03, 0.2, radius - 0.02)], 0.008),
    )
