"""Heads: skull, face, ears and neck as one skin; eyes, lids, brows and lips as parts of their own.

Coordinates are those of a head 0.2275 m high from chin to crown, its origin between the ears.
"""

from dataclasses import dataclass

import numpy as np

from encode.formulas.rotation import euler_angles
from scenes import draw
from scenes.blob.specs import Ball, Blob, Limb
from scenes.craft.build import lathe, part, tube
from scenes.craft.finishes import finish, tint
from scenes.material import Material
from scenes.mesh import Floats
from scenes.model import Part
from scenes.people.axes import row
from scenes.people.build import Build
from scenes.people.skeleton import Skeleton
from scenes.shapes import Group, Placed, Shape, Sphere

__all__ = [
    "EAR",
    "EYE",
    "EYEBALL",
    "HEAD",
    "Face",
    "HeadPlacement",
    "face_parts",
    "head_placement",
    "head_skin",
    "sample_face",
]

HEAD = 0.2275
CELL = 0.0099
EYE = (0.0315, -0.0765, 0.004)
EYEBALL = 0.0122
_EAR = (0.0755, 0.016, -0.006)  # the middle of the left one
EAR = (_EAR[0] + 0.006, *_EAR[1:])  # its outermost point
_NOSE_BALL, _NOSE_HEIGHT = 0.0095, -0.031  # radius and z of the tip of the nose
# The same for all: a scene has fewer materials to build.
_WHITE = Material(kind="plastic", name="eye", color=(0.86, 0.84, 0.82), roughness=0.12)
_LASH = Material(kind="matte_plastic", name="hair", color=(0.06, 0.045, 0.04))
_IRISES = tuple(
    Material(kind="plastic", name="eye", color=color, roughness=0.1)
    for color in ((0.13, 0.075, 0.045), (0.16, 0.1, 0.06), (0.2, 0.3, 0.38), (0.25, 0.29, 0.2))
)


@dataclass(frozen=True, eq=False)
class HeadPlacement:
    """Where the head's own coordinates lie in the object's."""

    at: Floats
    rotation: Floats
    scale: float

    def part(self, name: str, shape: Shape, material: Material) -> Part:
        """A part given in the head's coordinates, put onto the figure."""
        size = (self.scale, self.scale, self.scale)
        return part(name, shape, material, at=row(self.at), rotation=euler_angles(self.rotation), scale=size)

    def figure(self, point: Floats) -> Floats:
        """A point of the head's coordinates in the object's."""
        return np.asarray(self.at + self.rotation @ (point * self.scale))

    def local(self, point: Floats) -> Floats:
        """A point of the object in the head's coordinates."""
        return np.asarray(self.rotation.T @ (point - self.at) / self.scale)


def head_placement(body: Skeleton) -> HeadPlacement:
    """Where the figure's head is, how it is turned, and its scale."""
    return HeadPlacement(body.skull, body.head, body.build.head / HEAD)


@dataclass(frozen=True)
class Face:
    """What differs from face to face: fullness, width of the jaw, length of the chin, size of the nose."""

    full: float
    jaw: float
    length: float
    nose: float

    @property
    def nose_front(self) -> float:
        """Where along y the ball of the nose has its middle."""
        return -0.098 - 0.015 * self.nose

    @property
    def nose_tip(self) -> tuple[float, float, float]:
        """The foremost point of the nose, on the meshed skin, which is smoother than the ball."""
        return (0.0, self.nose_front - 0.5 * _NOSE_BALL, _NOSE_HEIGHT)


def sample_face(rng: np.random.Generator, build: Build) -> Face:
    """A face that fits build and age."""
    man = not build.female and build.age != "child"
    child = build.age == "child"
    full = 1 + 0.09 * build.weight + (0.06 if child else 0.0)
    return Face(
        full=full,
        jaw=(1.06 if man else 0.93) * full * draw.uniform(rng, 0.96, 1.05),
        length=draw.uniform(rng, 0.96, 1.04) * (0.92 if child else 1.0),
        nose=draw.uniform(rng, 0.85, 1.2) * (0.72 if child else 1.0),
    )


def head_skin(face: Face, body: Skeleton) -> Blob:
    """Skull, face, ears, and a neck that goes down into the collar."""
    full, jaw, length, nose = face.full, face.jaw, face.length, face.nose
    members: list[Ball | Limb] = [
        Ball(center=(0, 0.018, 0.033), radii=(0.073, 0.094, 0.080)),
        Ball(center=(0, -0.033, 0.032), radii=(0.060, 0.053, 0.055), blend=0.03),
        Limb(
            rings=(
                (0, -0.028, 0.02, 0.060, 0.054),
                (0, -0.034, -0.035, 0.055 * full, 0.051),
                (0, -0.042, -0.078 * length, 0.040 * jaw, 0.040),
            ),
            cap=0.7,
            blend=0.03,
        ),
        Ball(center=(0, -0.072, -0.094 * length), radii=(0.021 * jaw, 0.016, 0.014), blend=0.025),
        Ball(center=(0, -0.080, -0.057), radii=(0.027, 0.014, 0.017), blend=0.02),
        Limb(
            rings=(
                (-0.042, -0.072, 0.021, 0.007, 0.007),
                (0, -0.083, 0.019, 0.008, 0.008),
                (0.042, -0.072, 0.021, 0.007, 0.007),
            ),
            blend=0.02,
        ),
        *_pair((0.047 * full, -0.012, -0.058), (0.012, 0.024, 0.026), 0.03),
        *_pair((0.043, -0.058, -0.018), (0.019, 0.018, 0.014), 0.025),
    ]
    members += [
        ball.model_copy(update={"carve": True})
        for ball in _pair((0.0315, -0.098, 0.003), (0.019, 0.017, 0.0115), 0.014)
    ]
    tip = face.nose_front
    members += [
        Limb(
            rings=(
                (0, -0.084, 0.012, 0.0075, 0.0075),
                (0, -0.084 + 0.6 * (tip + 0.084), -0.014, 0.008, 0.009),
                (0, tip, _NOSE_HEIGHT, 0.0105 * nose**0.5, _NOSE_BALL),
            ),
            blend=0.012,
        ),
        *_pair((0.0115 * nose**0.5, -0.093, -0.035), (0.0085, 0.0105, 0.0075), 0.01),
        *_pair(_EAR, (0.0065, 0.0165, 0.029), 0.008, rotation=(0.2, 0.0, 0.35)),
    ]
    return Blob(members=(*members, *_neck(body)), cell=CELL)


def _pair(
    center: tuple[float, float, float],
    radii: tuple[float, float, float],
    blend: float,
    rotation: tuple[float, float, float] = (0.0, 0.0, 0.0),
) -> list[Ball]:
    """A ball on the left and its mirror image."""
    x, y, z = center
    a, b, c = rotation
    return [Ball(center=(side * x, y, z), radii=radii, turn=(a, side * b, side * c), blend=blend) for side in (1, -1)]


def _neck(body: Skeleton) -> tuple[Limb]:
    build = body.build
    width = (0.053 if build.female or build.age == "child" else 0.062) * (1 + 0.12 * build.weight)
    foot = head_placement(body).local(body.neck - body.chest @ np.array([0.0, 0.0, 0.03 * build.stature]))
    middle = head_placement(body).local(body.neck + body.chest @ np.array([0.0, -0.004, 0.012]) * build.stature)
    rings = (
        (*row(foot), 1.3 * width, 1.15 * width),
        (*row(middle), width, width),
        (0.0, 0.014, -0.052, 0.98 * width, 0.96 * width),
    )
    return (Limb(rings=rings, blend=0.022),)


def face_parts(
    rng: np.random.Generator, placement: HeadPlacement, build: Build, skin: Material, hair: Material
) -> list[Part]:
    """Eyes with lids, brows, lips."""
    iris = _IRISES[0 if sum(skin.color) < 1.5 else draw.integer(rng, len(_IRISES))]
    red = tint(skin.color, (0.55, 0.17, 0.17), 0.45 if build.female else 0.3)
    lips = finish(rng, "skin", "skin", red, roughness=0.45)
    x, y, z = EYE
    look = EYEBALL - 0.0016
    return [
        placement.part("eyes", _both(Sphere(radii=(EYEBALL,) * 3, segments=14), (x, y, z - EYEBALL)), _WHITE),
        placement.part(
            "irises", _both(Sphere(radii=(0.0058, 0.0023, 0.0058), segments=10), (x, y - look, z - 0.0058)), iris
        ),
        placement.part("lids", _lids(), skin),
        placement.part("lashes", _lashes(), _LASH),
        placement.part("brows", _brows(rng, build), hair),
        placement.part("lips", _lips(rng, build), lips),
    ]


def _both(shape: Shape, at: tuple[float, float, float]) -> Group:
    x, y, z = at
    return Group(members=tuple(Placed(shape=shape, at=(side * x, y, z)) for side in (1, -1)))


def _lids() -> Group:
    """Domes over the eyeball, from above and from below."""
    x, y, z = EYE

    def dome(angle: float, radius: float) -> Shape:
        steps = np.linspace(0, angle, 5)
        profile = np.stack([radius * np.sin(steps), radius * np.cos(steps)], 1)
        profile[0, 0] = 0.0
        return lathe(np.concatenate([[[0.0, profile[-1, 1]]], profile[::-1]]), segments=14)

    upper, lower = dome(1.2, 0.0136), dome(1.05, 0.0132)
    return Group(
        members=tuple(
            Placed(shape=shape, at=(side * x, y, z), turn=rotation)
            for side in (1, -1)
            for shape, rotation in ((upper, (0.2, side * 0.12, 0.0)), (lower, (np.pi - 0.1, 0.0, 0.0)))
        )
    )


def _lashes() -> Group:
    x, y, z = EYE
    angle = np.linspace(-1.05, 1.05, 7)
    radius = 0.0137
    members = []
    for side in (1, -1):
        rise = 0.0042 * np.cos(angle * 1.1) + 0.0008 * np.sin(angle)
        points = np.stack([side * (x + radius * np.sin(angle)), y - radius * np.cos(angle) * 0.97, z + rise], 1)
        members.append(Placed(shape=tube(points, [0.0006, 0.0012, 0.0009], count=9, segments=6)))
    return Group(members=tuple(members))


def _brows(rng: np.random.Generator, build: Build) -> Group:
    thickness = (0.0028 if build.female else 0.0038) * draw.uniform(rng, 0.85, 1.15)
    arch = draw.uniform(rng, 0.001, 0.004)
    members = []
    for side in (1, -1):
        points = [
            (side * 0.013, -0.0895, 0.0215),
            (side * 0.03, -0.0865, 0.0235 + arch),
            (side * 0.047, -0.0715, 0.0215),
        ]
        members.append(
            Placed(shape=tube(points, [thickness, 1.1 * thickness, 0.45 * thickness], count=8, segments=8, aspect=0.9))
        )
    return Group(members=tuple(members))


def _lips(rng: np.random.Generator, build: Build) -> Group:
    full = draw.uniform(rng, 0.8, 1.25) * (1.1 if build.female else 0.9)
    z = -0.060
    upper = [
        (-0.023, -0.0835, z - 0.001),
        (-0.007, -0.0915, z + 0.002),
        (0, -0.0915, z + 0.0014),
        (0.007, -0.0915, z + 0.002),
        (0.023, -0.0835, z - 0.001),
    ]
    lower = [(-0.021, -0.0835, z - 0.003), (0, -0.0905, z - 0.0065), (0.021, -0.0835, z - 0.003)]
    return Group(
        members=(
            Placed(shape=tube(upper, np.array([0.0016, 0.0042, 0.0042, 0.0016]) * full, count=13, segments=8)),
            Placed(shape=tube(lower, np.array([0.0016, 0.005, 0.005, 0.0016]) * full, count=13, segments=8)),
        )
    )
