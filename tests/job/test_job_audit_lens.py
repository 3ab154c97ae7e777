"""A lens that is slightly wrong bends what is flat: floors and walls of closed form, seen through lenses."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from encode import Box3D, Frame, Truth
from encode.formulas.lens import PINHOLE, Lens
from encode.formulas.projection import pixel_rays
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.scene import Camera, Hdri, SceneObject, SceneSpec, View
from scenes.shapes import Box, Sphere
from shards.audit.planes import plane_problems
from tests.encode.raycaster import build_frame
from verichrome.audit_flat import flat_problems

WIDTH, HEIGHT = 128, 96
K = np.array([[90.0, 0.0, 64.0], [0.0, 90.0, 48.0], [0.0, 0.0, 1.0]])
LENSES = (
    PINHOLE,
    Lens("radial-tangential", (-0.2, 0.05, 0.001, -0.001, 0.0)),
    Lens("fisheye", (0.03, -0.01, 0.002, 0.0)),
)
#: Floor and wall: centre and extent of their boxes. The camera is at 1.2 m, looking along +y.
SLABS = (((0.0, 0.0, -0.05), (20.0, 10.0, 0.1)), ((0.0, 5.1, 5.0), (20.0, 0.2, 10.0)))
PLASTER = Material(kind="plaster", name="plaster", color=(0.5, 0.5, 0.5))


def room(lens: Lens, bump: float = 0.0) -> Frame:
    """A floor at z = 0 before a wall at y = 5, whose normals are off by up to `bump` radians."""
    rays = pixel_rays(K, WIDTH, HEIGHT, lens=lens)
    with np.errstate(divide="ignore"):
        floor = np.where(rays[..., 1] < 0, -1.2 / rays[..., 1], np.inf)
    is_floor = floor < 5
    normal = np.where(is_floor[..., None], (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
    normal = normal + np.random.default_rng(0).uniform(-bump, bump, normal.shape)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    ids = np.where(is_floor, np.uint32(1), np.uint32(2))
    truth = Truth(np.minimum(floor, 5).astype(np.float32), normal.astype(np.float32), ids, ids)
    frame = build_frame(size=(HEIGHT, WIDTH))
    turned = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
    records = tuple(
        replace(record, box_3d=Box3D(center, turned, extent))
        for record, (center, extent) in zip(frame.objects, SLABS, strict=False)
    )
    return replace(frame, truth=truth, intrinsics=K, objects=records, lens=lens)


def scene_of(shape: Any) -> dict[str, Any]:
    objects = tuple(
        SceneObject(
            id=id_,
            name=f"thing-{id_}",
            model=ObjectSpec(category="wall", parts=(Part(name="slab", shape=shape, material=PLASTER),)),
            location=(0, 0, 0),
        )
        for id_ in (1, 2)
    )
    view = View(candidates=(Camera(location=(0, -1, 1), target=(0, 0, 0)),))
    spec = SceneSpec(
        family="shapes", seed=0, index=0, objects=objects, world=Hdri(name="studio"), views=(view,), min_categories=1
    )
    return {"spec": spec.model_dump(mode="json")}


BOXES = scene_of(Box(size=(1, 1, 1)))


def wrong(frame: Frame, error: float) -> Frame:
    """The frame with an error of its first coefficient; that of a pinhole is a lens of no other."""
    model = "radial-tangential" if frame.lens == PINHOLE else frame.lens.model
    first, *others = frame.lens.coefficients or (0.0,) * 5
    return replace(frame, lens=Lens(model, (first + error, *others)))


@pytest.mark.parametrize("lens", LENSES, ids=lambda lens: lens.model)
def test_an_error_of_the_first_coefficient_is_found(lens: Lens) -> None:
    """1e-3 moves the corner of the image by up to 0.1 pixels here; planes find half of what boxes find."""
    frame, bumped = room(lens), room(lens, bump=0.05)
    assert [*plane_problems(frame), *plane_problems(bumped)] == []
    assert [*flat_problems(frame, BOXES), *flat_problems(bumped, BOXES)] == []
    for sign in (1, -1):
        assert "of flat surfaces to lie across their normals" in next(plane_problems(wrong(frame, sign * 1.25e-3)))
        for each in (frame, bumped):
            assert "to lie on their faces" in next(flat_problems(wrong(each, sign * 2.5e-3), BOXES))


def test_nothing_is_concluded_of_what_is_not_flat() -> None:
    bent = wrong(room(LENSES[1]), 0.01)
    assert list(flat_problems(bent, BOXES))
    assert list(flat_problems(bent, scene_of(Sphere(radii=(1, 1, 1))))) == []
    assert list(flat_problems(bent, {"spec": {}})) == []
    assert list(plane_problems(wrong(room(LENSES[1], bump=0.05), 0.01))) == []
    assert list(plane_problems(build_frame())) == []


def test_narrow_folds_to_which_smooth_shading_gives_one_normal_are_not_judged() -> None:
    frame = room(PINHOLE, bump=0.05)
    fold = (frame.truth.instance == 1) & (np.arange(HEIGHT) % 10 < 4)[:, None]
    normal = frame.truth.normal.copy()
    normal[fold] = np.array([0.02, 0.9998, 0.0], np.float32)
    folded = replace(frame, truth=replace(frame.truth, normal=normal))
    assert list(plane_problems(folded)) == []
    wide = np.where((frame.truth.instance == 1)[..., None], np.array([0.02, 0.9998, 0.0], np.float32), normal)
    assert list(plane_problems(replace(frame, truth=replace(frame.truth, normal=wide))))
