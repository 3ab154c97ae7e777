"""Heads: a face with its expression, eyes, and a neck, put onto the figure.

Coordinates are those of a head 0.2275 m high from chin to crown, its origin between the ears.
"""

from dataclasses import dataclass

import numpy as np

from encode.formulas.rotation import euler_angles, euler_matrix
from scenes import draw
from scenes.base import Vec3
from scenes.blob.specs import Ring
from scenes.craft.build import part
from scenes.craft.finishes import finish, tint
from scenes.face.bones import EYE, EYEBALL
from scenes.face.specs import ActionUnits, FacePiece, FaceTraits, PieceName
from scenes.material import Material
from scenes.mesh import Floats
from scenes.model import Part
from scenes.people.axes import row
from scenes.people.build import Build
from scenes.people.skeleton import Skeleton
from scenes.shapes import Group, Placed, Shape, Sphere

__all__ = ["HEAD", "HeadPlacement", "face_parts", "head_placement"]

HEAD = 0.2275
# The same for all: a scene has fewer materials to build.
_WHITE = Material(kind="plastic", name="eye", color=(0.72, 0.69, 0.67), roughness=0.12)
_PUPIL = Material(kind="plastic", name="eye", color=(0.015, 0.012, 0.012), roughness=0.08)
_LASH = Material(kind="matte_plastic", name="hair", color=(0.06, 0.045, 0.04))
_TEETH = Material(kind="plastic", name="tooth", color=(0.82, 0.78, 0.70), roughness=0.25)
_MOUTH = Material(kind="matte_plastic", name="mouth", color=(0.13, 0.03, 0.03))
_IRISES = tuple(
    Material(kind="plastic", name="eye", color=color, roughness=0.1)
    for color in ((0.13, 0.075, 0.045), (0.16, 0.1, 0.06), (0.17, 0.24, 0.30), (0.22, 0.25, 0.17))
)
_NAMES = {"skin": "head", "mouth": "inner mouth"}  # of parts, where they are not those of pieces
_IRIS, _PUPIL_RADIUS = 0.0059, 0.0023


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


def face_parts(
    rng: np.random.Generator,
    own: np.random.Generator,
    body: Skeleton,
    actions: ActionUnits,
    skin: Material,
    hair: Material,
) -> tuple[list[Part], FaceTraits]:
    """The head with ears and neck, eyes with lids, brows, lips, and teeth where the mouth is open; and its traits.

    own: the face's own stream, so that faces may draw more without changing the rest of the figure.
    """
    build, placement, neck = body.build, head_placement(body), _neck(body)
    jaw, length, nose = draw.uniform(rng, 0.96, 1.05), draw.uniform(rng, 0.96, 1.04), draw.uniform(rng, 0.85, 1.2)
    iris = _IRISES[0 if sum(skin.color) < 1.5 else draw.integer(rng, len(_IRISES))]
    red, green, blue = skin.color
    color = (0.95 * red, 0.6 * green, 0.62 * blue) if build.female else (0.93 * red, 0.74 * green, 0.74 * blue)
    lips = finish(rng, "skin", "skin", color, roughness=0.42)
    brows, arch, fullness = draw.uniform(rng, 0.85, 1.15), draw.uniform(rng, 0, 1), draw.uniform(rng, 0.8, 1.25)
    traits = _traits(own, build, jaw=jaw, length=length, nose=nose, brow_size=brows, brow_arch=arch, lips=fullness)

    def piece(name: PieceName, material: Material) -> Part:
        shape = FacePiece(piece=name, traits=traits, actions=actions, neck=neck)
        return placement.part(_NAMES.get(name, name), shape, material)

    parts = [
        piece("skin", _complexion(own, build, traits, skin, hair, placement.scale)),
        placement.part("eyes", _eyes(EYEBALL, EYEBALL, 0.0, actions, 18), _WHITE),
        placement.part("irises", _eyes(_IRIS, 0.0023, EYEBALL - 0.0018, actions, 16), iris),
        placement.part("pupils", _eyes(_PUPIL_RADIUS, 0.0012, EYEBALL - 0.0005, actions, 10), _PUPIL),
        piece("lids", skin),
        piece("lashes", _LASH),
        piece("brows", hair),
        piece("lips", lips),
    ]
    if actions.au25 > 0 or actions.au26 > 0:
        parts += [piece("teeth", _TEETH), piece("mouth", _MOUTH)]
    return parts, traits


def _traits(own: np.random.Generator, build: Build, **drawn: float) -> FaceTraits:
    """A face that fits build and age: `drawn` factors, and what is finer from the face's own stream."""
    child, old = build.age == "child", build.age == "old"
    man = not build.female and not child
    full = 1 + 0.09 * build.weight + (0.06 if child else 0.0)
    drawn["jaw"] *= (1.06 if man else 0.93) * full
    drawn["length"] *= 0.92 if child else 1.0
    drawn["nose"] *= 0.72 if child else 1.0
    drawn["lips"] *= (0.9 if man else 1.1) * (0.8 if old else 1.0)
    drawn["brow_size"] *= (0.0028 if build.female else 0.0036) * (0.85 if child else 1.0)
    drawn["brow_arch"] *= 0.004 if build.female else 0.002
    drawn |= {
        "full": full,
        "nose_width": draw.uniform(own, 0.88, 1.18) * (0.9 if child else 1.0 if man else 0.95),
        "mouth": draw.uniform(own, 0.93, 1.09) * (0.88 if child else 1.0 if man else 0.97),
        "brow": draw.uniform(own, 0.45, 1.0) if man else draw.uniform(own, 0.0, 0.35),
        "cheek": draw.uniform(own, 0.94, 1.06),
        "eyes": draw.uniform(own, 0.85, 1.1) * (1.08 if child else 1.0 if man else 1.05),
        "tilt": float(np.clip(draw.normal(own, 0.001, 0.0007), -0.001, 0.003)),
        "age": draw.uniform(own, 0.6, 1.0) if old else 0.0 if child else draw.uniform(own, 0.0, 0.35),
    }
    return FaceTraits(**{name: round(value, 5) for name, value in drawn.items()})


def _complexion(
    own: np.random.Generator, build: Build, traits: FaceTraits, skin: Material, hair: Material, size: float
) -> Material:
    """The skin of a face: the same colour with redder cheeks, wrinkles by age, and stubble on some men."""
    shaved = draw.uniform(own, 0.0, 0.55) if draw.chance(own, 0.6) else 0.0
    beard = shaved if not build.female and build.age != "child" else 0.0
    red, green, blue = tint(skin.color, hair.color, 0.7 * beard)
    stubble = (round(red, 4), round(green, 4), round(blue, 4))
    return skin.model_copy(
        update={"kind": "face", "accent": stubble, "scale": round(0.1 * size, 5), "wear": traits.age}
    )


def _eyes(radius: float, depth: float, ahead: float, actions: ActionUnits, segments: int) -> Group:
    """Both eyes' ellipsoids, `ahead` metres before the middles of the eyeballs along the gaze."""
    left, up = actions.gaze
    turn: Vec3 = (-up, 0.0, left)
    axes = euler_matrix(turn)
    members = []
    for side in (1, -1):
        middle = np.array([side * EYE[0], *EYE[1:]]) + axes @ np.array([0.0, -ahead, -radius])
        shape = Sphere(radii=(radius, depth, radius), segments=segments)
        members.append(Placed(shape=shape, at=_exact(middle), turn=turn))
    return Group(members=tuple(members))


def _exact(point: Floats) -> Vec3:
    x, y, z = (round(float(value), 5) for value in point)
    return x, y, z


def _neck(body: Skeleton) -> tuple[Ring, Ring, Ring]:
    """Rings from down in the collar up to between the ears, in the head's coordinates."""
    build, placement = body.build, head_placement(body)
    width = (0.053 if build.female or build.age == "child" else 0.062) * (1 + 0.12 * build.weight)
    foot = placement.local(body.neck - body.chest @ np.array([0.0, 0.0, 0.03 * build.stature]))
    middle = placement.local(body.neck + body.chest @ np.array([0.0, -0.004, 0.012]) * build.stature)
    return (
        (*row(foot), round(1.3 * width, 4), round(1.15 * width, 4)),
        (*row(middle), round(width, 4), round(width, 4)),
        (0.0, 0.014, -0.052, round(0.98 * width, 4), round(0.96 * width, 4)),
    )
