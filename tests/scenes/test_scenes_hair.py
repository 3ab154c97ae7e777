"""Hair: over the whole scalp, off the face, closed, and under the hats."""

from functools import cache
from typing import get_args

import numpy as np
import pytest

from scenes.blob.nets import blob_mesh
from scenes.blob.specs import Blob
from scenes.face.bones import EAR, ear_members
from scenes.face.lattice import ANGLES, FIRST_LEVEL
from scenes.face.specs import FacePiece
from scenes.face.surface import face_surface
from scenes.hair.hairline import hairline
from scenes.hair.shell import hair_shell
from scenes.hair.specs import HairPiece, HairStyle
from scenes.mesh import Floats, Mesh, joined
from scenes.people.build import sample_build
from scenes.people.hair import STYLES, hair_shape
from scenes.people.hats import hat_shapes
from scenes.people.person import make_person
from scenes.tessellation import tessellate

WORN: tuple[HairStyle, ...] = get_args(HairStyle)
COVERED = ("bob", "long")  # styles under which no ear is seen
EDGE = 0.009  # metres in which hair rises out of the skin
SEEDS = range(6)


@cache
def hair(style: str, seed: int, *, hat: bool = False) -> HairPiece:
    """Hair of a style over the face of a figure of this seed."""
    rng = np.random.Generator(np.random.PCG64(seed))
    face = next(part.shape for part in make_person(rng, "stand").parts if part.name == "head")
    assert isinstance(face, FacePiece)
    shape = hair_shape(rng, style, face, sample_build(rng), under_hat=hat)
    assert shape is not None
    return shape


def crossed(mesh: Mesh, starts: Floats, rays: Floats) -> np.ndarray:
    """Whether rays [n, 3] from starts [n, 3] meet the mesh (Moeller and Trumbore 1997)."""
    a, b, c = (mesh.vertices[index] for index in mesh.triangles().T)
    ab, ac = b - a, c - a
    found = np.zeros(len(starts), bool)
    for k, (start, ray) in enumerate(zip(starts, rays, strict=True)):
        p = np.cross(ray, ac)
        size = np.einsum("ij,ij->i", ab, p)
        size = np.where(np.abs(size) < 1e-15, 1e-15, size)
        u = np.einsum("ij,ij->i", start - a, p) / size
        q = np.cross(start - a, ab)
        v = q @ ray / size
        far = np.einsum("ij,ij->i", ac, q) / size
        found[k] = bool(np.any((u >= -1e-6) & (v >= -1e-6) & (u + v <= 1 + 1e-6) & (far > 0)))
    return found


def test_every_style_but_bald_has_hair() -> None:
    assert set(STYLES) == {"bald", *WORN}


@pytest.mark.parametrize("style", WORN)
def test_no_skin_of_the_scalp_is_outside_the_hair(style: HairStyle) -> None:
    """From every vertex of the skin well over the hairline, the way out goes through the shell."""
    for seed in SEEDS:
        for hat in (False, True) if seed < 2 else (False,):
            shape = hair(style, seed, hat=hat)
            surface = face_surface(shape.traits, shape.actions, shape.neck)
            skin, out = surface.points[FIRST_LEVEL:], surface.normals[FIRST_LEVEL:]
            grown = skin[..., 2] > hairline(shape, ANGLES) + EDGE
            assert grown.sum() > 300
            assert crossed(hair_shell(shape).mesh(), skin[grown], out[grown]).all(), seed


@pytest.mark.parametrize("style", WORN)
def test_hair_is_closed_and_keeps_its_budget(style: HairStyle) -> None:
    for seed in SEEDS[:3]:
        for fringe in (False, True) if style in COVERED else (False,):
            for hat in (False, True):
                mesh = tessellate(hair(style, seed, hat=hat).model_copy(update={"fringe": fringe}))
                assert mesh.is_closed()
                assert mesh.volume() > 0
                assert mesh.face_count < 3_600


@pytest.mark.parametrize("style", WORN)
def test_ears_are_covered_by_hanging_hair_alone(style: HairStyle) -> None:
    ear = blob_mesh(Blob(members=ear_members(), cell=0.0042)).vertices
    for seed in SEEDS:
        mesh = tessellate(hair(style, seed))
        if style in COVERED:
            ways = np.tile([1.0, 0.0, 0.0], (len(ear), 1))
            assert crossed(mesh, ear, ways).all(), seed
        else:
            assert not crossed(mesh, np.array([EAR]) + np.array([0.001, 0, -0.004]), np.array([[1.0, 0.0, 0.0]])).any()


@pytest.mark.parametrize("style", WORN)
def test_no_hair_hangs_into_the_face(style: HairStyle) -> None:
    for seed in SEEDS:
        shape = hair(style, seed).model_copy(update={"fringe": style in COVERED})
        x, y, z = tessellate(shape).vertices.T
        assert not np.any((np.abs(x) < 0.05) & (y < -0.05) & (z < 0.018) & (z > -0.11))


@pytest.mark.parametrize("hat", ["cap", "beanie", "helmet"])
def test_no_hair_and_no_skull_comes_through_a_hat(hat: str) -> None:
    worn = joined([tessellate(shape) for _, shape in hat_shapes(np.random.Generator(np.random.PCG64(0)), hat)])
    for style in WORN:
        shape = hair(style, 1, hat=True)
        surface = face_surface(shape.traits, shape.actions, shape.neck)
        points = np.concatenate([tessellate(shape).vertices, surface.points.reshape(-1, 3)])
        points = points[points[:, 2] > 0.066]
        out = points - np.array([0.0, 0.012, 0.03])
        assert crossed(worn, points, out / np.linalg.norm(out, axis=1, keepdims=True)).all(), style
