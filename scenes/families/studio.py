"""A plain background for objects: the open ground under a sky, or a studio with a seamless backdrop."""

import numpy as np

from scenes import draw
from scenes.craft.finishes import finish
from scenes.layout import CircleCollision, Layout, Placement
from scenes.material import MaterialKind
from scenes.model import ObjectSpec, Part
from scenes.numbering import ObjectNumbering
from scenes.scene import Hdri, Lamp, SceneObject, Sky, World
from scenes.shapes import HeightField, Lathe

__all__ = ["ground", "ground_layout", "light"]

GROUND_ID = 1  # of the object that `ground` makes


def ground(rng: np.random.Generator, world: World, scale: float = 1.0) -> SceneObject:
    """An open plain below a sky; in the studio a seamless backdrop, since an environment map has no ground.

    At `scale` 1 the setting suits objects about half a metre wide.
    """
    shade = draw.uniform(rng, 0.45, 0.8)
    warm = draw.uniform(rng, -0.04, 0.04)
    kinds: tuple[MaterialKind, ...] = ("concrete", "plaster", "rubber")
    kind = draw.choice(rng, kinds)
    material = finish(rng, kind, kind, (shade + warm, shade, shade - warm), scale=0.5, wear=draw.uniform(rng, 0, 0.3))
    side = 80.0 * max(1.0, scale)
    shape = HeightField(size=(side, side), resolution=2) if isinstance(world, Sky) else _backdrop(scale)
    part = Part(name="ground", shape=shape, material=material)
    model = ObjectSpec(category="ground", parts=(part,), material=kind)
    return SceneObject(id=GROUND_ID, name="ground-1", model=model, location=(0, 0, 0))


def ground_layout(decimals: int = 4) -> Layout[Placement]:
    """An empty layout of circles on the ground; its objects are numbered after it and carried by it."""
    numbering = ObjectNumbering(first_id=GROUND_ID + 1, per_category=False)
    return Layout(collision=CircleCollision(), decimals=decimals, numbering=numbering, base_id=GROUND_ID)


def light(rng: np.random.Generator, sky_share: float, scale: float = 1.0) -> tuple[World, tuple[Lamp, ...]]:
    """A sky with the chance `sky_share`, else a studio with one soft lamp."""
    if draw.chance(rng, sky_share):
        elevation, rotation = draw.uniform(rng, 0.35, 1.2), draw.uniform(rng, 0, 2 * np.pi)
        return Sky(sun_elevation=round(float(elevation), 4), sun_rotation=round(float(rotation), 4)), ()
    power = float(round(draw.uniform(rng, 150, 400) * scale**2, 3))
    x, y, z = (round(value * scale, 4) for value in (-3.0, -2.5, 4.0))
    key = Lamp(kind="area", location=(x, y, z), power=power, size=round(1.5 * scale, 4))
    return Hdri(name="studio", rotation=round(draw.uniform(rng, 0, 2 * np.pi), 4)), (key,)


def _backdrop(scale: float) -> Lathe:
    """A round floor that curves up into a wall, without a visible edge."""
    angles = np.linspace(0, np.pi / 2, 16)
    curve = [(10 + 4 * np.sin(angle), 4 - 4 * np.cos(angle)) for angle in angles]
    inward = reversed([(0.0, 0.0), (5.0, 0.0), *curve, (14.0, 7.0)])  # so that its outside faces the objects
    return Lathe(profile=tuple((float(r) * scale, float(z) * scale) for r, z in inward), segments=128)
