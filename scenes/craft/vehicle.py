"""What vehicles share: wheels, lights, plates and paint. They are built facing -y, wheels on z = 0."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.base import Rgb, Vec3
from scenes.colors import sample_color
from scenes.craft.build import part
from scenes.craft.curve import points2
from scenes.craft.finishes import finish
from scenes.material import Material
from scenes.model import Part
from scenes.shapes import Array, Box, Cut, Cylinder, Group, Lathe, Lettering, Placed, Shape

__all__ = [
    "Axles",
    "Livery",
    "VehicleSize",
    "arches",
    "car_glass",
    "lamp",
    "livery",
    "plates",
    "rubber_black",
    "wheels",
]

_QUARTER = 1.5707963
PAINTS = ("white", "white", "gray", "gray", "gray", "black", "black", "blue", "red", "green", "brown", "beige", "teal")
RARE = ("yellow", "orange", "purple")


@dataclass(frozen=True)
class Axles:
    """Where wheels stand: y of the front and the rear ones, half the track to the tyres' middle, their sizes."""

    front: float
    rear: float
    half_track: float
    radius: float
    width: float = 0.21


@dataclass(frozen=True)
class VehicleSize:
    """Length along y, width along x and height of a vehicle, metres."""

    length: float
    width: float
    height: float


@dataclass(frozen=True)
class Livery:
    """The paint of a vehicle with its colour name, and what its trim is made of."""

    color_name: str
    paint: Material
    trim: Material
    glass: Material
    chrome: Material


def livery(rng: np.random.Generator, color_names: tuple[str, ...] = PAINTS) -> Livery:
    """Paint in one of the colours `color_names` (sometimes a rare one), with the materials that go with it."""
    color_name = draw.choice(rng, RARE if draw.chance(rng, 0.06) else color_names)
    color = sample_color(rng, color_name)
    if color_name == "gray" and draw.chance(rng, 0.6):  # silver
        color = (0.66, 0.67, 0.68)
        color_name = ""
    paint = finish(rng, "painted_metal", "paint", color, roughness=draw.uniform(rng, 0.2, 0.4), scale=0.5)
    chrome = finish(rng, "polished_metal", "chrome", (0.8, 0.8, 0.81), roughness=0.12)
    return Livery(color_name, paint, rubber_black(rng), car_glass(rng), chrome)


def car_glass(rng: np.random.Generator) -> Material:
    """Windows over a dark cabin."""
    return finish(rng, "pane", "glass", (0.07, 0.075, 0.08), accent=(0.1, 0.105, 0.11), scale=0.3)


def rubber_black(rng: np.random.Generator) -> Material:
    """Black plastic of bumpers, sills and window seals."""
    return finish(rng, "matte_plastic", "plastic", (0.075, 0.075, 0.08), roughness=0.55)


def lamp(rng: np.random.Generator, color: Rgb, *, lit: float = 0.0) -> Material:
    """The material of a lamp's lens; with `lit` it shines."""
    if lit:
        return finish(rng, "emission", "lamp", color, strength=lit)
    return finish(rng, "plastic", "lamp", color, roughness=0.08)


def arches(axles: Axles, *, gap: float = 0.055) -> tuple[Cut, ...]:
    """The holes in the flanks that wheels turn in."""
    radius = axles.radius + gap
    length = 2 * axles.half_track + 1.2
    return tuple(
        Cut(
            shape=Cylinder(radius=radius, height=length, segments=40),
            location=(-length / 2, y, axles.radius + 0.02),
            rotation=(0.0, _QUARTER, 0.0),
            solid=True,
        )
        for y in (axles.front, axles.rear)
    )


def wheels(rng: np.random.Generator, axles: Axles, trim: Material) -> list[Part]:
    """Four tyres on rims of one pattern, and the dark wells above them."""
    radius, width = axles.radius, axles.width
    rim = radius * draw.uniform(rng, 0.62, 0.7)
    tyre = Lathe(
        profile=points2(
            [
                (rim, 0.0),
                (0.9 * radius, 0.0),
                (0.985 * radius, 0.02),
                (radius, 0.05),
                (radius, width - 0.05),
                (0.985 * radius, width - 0.02),
                (0.9 * radius, width),
                (rim, width),
            ]
        ),
        segments=32,
        closed=True,
    )
    steel = finish(rng, "painted_metal", "alloy", (0.62, 0.63, 0.64), roughness=0.3)
    if draw.chance(rng, 0.25):
        steel = finish(rng, "painted_metal", "alloy", (0.12, 0.12, 0.13), roughness=0.3)
    rubber = finish(rng, "rubber", "rubber", (0.07, 0.07, 0.072))
    return [
        _at_wheels("tyres", tyre, axles, rubber),
        _at_wheels("rims", _rim(rng, rim, width), axles, steel),
        _at_wheels(
            "hubs", Cylinder(radius=0.97 * rim, height=0.5 * width, segments=32), axles, trim, inset=0.25 * width
        ),
    ]


def _rim(rng: np.random.Generator, radius: float, width: float) -> Group:
    """A ring, spokes and a cap, alike on both faces."""
    ring = Lathe(
        profile=(
            (0.86 * radius, 0.01),
            (1.01 * radius, 0.005),
            (1.01 * radius, width - 0.005),
            (0.86 * radius, width - 0.01),
        ),
        segments=32,
        closed=True,
    )
    count = draw.choice(rng, [5, 5, 6, 7, 10])
    thickness = 2.2 * radius / count * draw.uniform(rng, 0.35, 0.6)
    spoke = Box(size=(0.84 * radius, thickness, width - 0.05))
    members = [
        Placed(shape=ring),
        Placed(shape=Cylinder(radius=0.24 * radius, height=width - 0.03, segments=20), at=(0, 0, 0.015)),
    ]
    for k in range(count):
        angle = 2 * np.pi * k / count
        middle = 0.5 * radius
        at = (float(middle * np.cos(angle)), float(middle * np.sin(angle)), 0.025)
        members.append(Placed(shape=spoke, at=at, turn=(0.0, 0.0, float(angle))))
    return Group(members=tuple(members))


def _at_wheels(name: str, shape: Shape, axles: Axles, material: Material, *, inset: float = 0.0) -> Part:
    """A wheel's part at all four; its axis is the vehicle's x."""
    counts = (1, 2, 2)
    step = (0.0, axles.rear - axles.front, 2 * axles.half_track)
    where = (-axles.half_track - axles.width / 2 + inset, axles.front, axles.radius)
    return part(name, Array(shape=shape, counts=counts, step=step), material, at=where, rotation=(0.0, _QUARTER, 0.0))


def plates(rng: np.random.Generator, front: Vec3, rear: Vec3) -> list[Part]:
    """Number plates in front, facing -y, and behind, facing +y, with the same number on both."""
    pale = finish(rng, "plastic", "number plate", (0.92, 0.92, 0.9) if draw.chance(rng, 0.6) else (0.9, 0.76, 0.2))
    ink = finish(rng, "plastic", "ink", (0.05, 0.05, 0.06))
    size = (0.5, 0.03, 0.11)
    sheet = Group(members=(Placed(shape=Box(size=size), at=front), Placed(shape=Box(size=size), at=rear)))
    number = Lettering(text=_registration(rng), height=0.07, thickness=0.004)
    (x, y, z), (rear_x, rear_y, rear_z) = front, rear
    return [
        part("plates", sheet, pale),
        part("characters 1", number, ink, at=(x, y - 0.016, z + 0.02)),
        part("characters 2", number, ink, at=(rear_x, rear_y + 0.016, rear_z + 0.02), rotation=(0, 0, np.pi)),
    ]


def _registration(rng: np.random.Generator) -> str:
    """Two letters, two digits, a space and three letters, none of which looks like a digit."""
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ"
    first, second, *last = (letters[draw.integer(rng, len(letters))] for _ in range(5))
    return f"{first}{second}{draw.integer(rng, 10, 100)} {''.join(last)}"
