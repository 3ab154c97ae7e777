"""Hands: closed, of human proportions, four fingers apart, the thumb on its side, bent toward the palm, with nails."""

from functools import cache

import numpy as np
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from scenes.contact import floating_parts
from scenes.hand.anatomy import FINGERS, LENGTH, THUMB
from scenes.hand.bend import bend_of
from scenes.hand.specs import Finger, HandSkin, Nails
from scenes.measure import part_mesh
from scenes.mesh import Floats, Mesh
from scenes.model import ObjectSpec
from scenes.people.person import make_person
from scenes.people.poses import POSES
from scenes.people.reach import Top
from scenes.people.rider import cyclist
from scenes.surface_words import part_word
from scenes.tessellation import tessellate

FLAT: Finger = (0.05, 0.05, 0.05)
FIST: Finger = (1.4, 1.5, 0.8)
TOPS = (Top(0.74, 0.3), Top(0.9, 0.2))  # of a table, of a worktop


def hand(finger: Finger = FLAT, *, left: bool = False, girth: float = 1.0, bony: float = 0.4) -> HandSkin:
    return HandSkin(
        left=left, length=0.187, girth=girth, bony=bony, fingers=(finger,) * 4, forearm=(0.0, 0.0, 0.1, 0.033)
    )


@cache
def person(pose: str, seed: int) -> ObjectSpec:
    return make_person(np.random.Generator(np.random.PCG64(seed)), pose, top=TOPS[pose == "counter"])


def outlines(mesh: Mesh, height: float) -> int:
    """In how many closed lines the plane z = `height` cuts the mesh."""
    above = mesh.vertices[:, 2] > height
    face = np.repeat(np.arange(mesh.face_count), mesh.sizes)
    start, end = mesh.half_edges().T
    cut = above[start] != above[end]
    edge = np.minimum(start, end)[cut].astype(np.int64) * len(above) + np.maximum(start, end)[cut]
    _, edge = np.unique(edge, return_inverse=True)
    count = mesh.face_count + edge.max() + 1
    graph = coo_array((np.ones(len(edge)), (face[cut], mesh.face_count + edge)), shape=(count, count))
    labels = connected_components(graph, directed=False)[1]
    return len(np.unique(labels[face[cut]]))


@pytest.mark.parametrize("left", [False, True])
@pytest.mark.parametrize("finger", [FLAT, (0.6, 0.8, 0.4), FIST])
@pytest.mark.parametrize(("girth", "bony"), [(0.85, 0.0), (1.1, 1.0)])
def test_skin_and_nails_are_closed_and_keep_their_volume(finger: Finger, left: bool, girth: float, bony: float) -> None:
    skin = tessellate(hand(finger, left=left, girth=girth, bony=bony))
    flat = tessellate(hand(left=left, girth=girth, bony=bony))
    assert skin.is_closed()
    assert skin.volume() == pytest.approx(flat.volume(), rel=0.06)
    nails = tessellate(Nails(hand=hand(finger, left=left, girth=girth, bony=bony)))
    assert nails.is_closed()
    assert nails.volume() > 0


def test_a_hand_is_as_long_as_it_says_and_as_heavy_as_a_hand() -> None:
    mesh = tessellate(hand())
    assert -mesh.vertices[:, 2].min() == pytest.approx(0.187, rel=0.01)
    assert 350e-6 < mesh.volume() - np.pi * 0.03**2 * 0.1 * 0.8 + 1e-4 < 550e-6  # with its forearm


def test_four_fingers_are_apart_beyond_the_webs_and_one_with_the_palm_before() -> None:
    for left in (False, True):
        mesh = tessellate(hand(left=left))
        assert outlines(mesh, -0.128) == 4  # through the first bones of all fingers, beyond the thumb
        assert outlines(mesh, -0.160) == 3  # the little finger ends before
        assert outlines(mesh, -0.085) == 2  # the palm and the thumb
        assert outlines(mesh, -0.020) == 1


def test_fingers_have_their_order_of_length_and_bones_shrink_outward() -> None:
    index, middle, ring, little = (np.array(digit.knuckle)[2] + digit.length for digit in FINGERS)
    assert middle > ring > little
    assert middle > index > little
    assert middle == pytest.approx(LENGTH, abs=1.0)
    for digit in (*FINGERS, THUMB):
        assert digit.bones[0] > digit.bones[1] > digit.bones[2]


def test_a_bent_finger_is_as_long_as_a_straight_one_and_points_where_its_joints_say() -> None:
    digit, flexion = FINGERS[1], (0.7, 0.9, 0.5)
    axis = np.array([(0.0, 0.0, along) for along in np.linspace(-20, digit.length, 200)])
    bent = bend_of(digit, flexion).place(axis)
    steps = np.diff(bent, axis=0)
    assert np.linalg.norm(steps, axis=1).sum() == pytest.approx(digit.length + 20, rel=1e-3)
    _, y, z = steps[-1] / np.linalg.norm(steps[-1])
    assert np.arctan2(y, z) == pytest.approx(sum(flexion), abs=0.02)


def test_left_is_the_mirror_image_of_right() -> None:
    right, left = tessellate(hand()), tessellate(hand(left=True))
    np.testing.assert_allclose(left.vertices, right.vertices * [-1, 1, 1], atol=1e-12)


def digits(model: ObjectSpec, side: str) -> tuple[Floats, Floats]:
    """Middles of the nails of the four fingers [4, 3], and of the thumb's [3]."""
    part = next(part for part in model.parts if part.name == f"{side} fingernails")
    middles = part_mesh(part).vertices.reshape(5, -1, 3).mean(1)
    return middles[:4], middles[4]


@pytest.mark.parametrize("seed", range(4))
def test_the_thumb_of_a_hanging_hand_points_to_the_front_and_the_index_comes_first(seed: int) -> None:
    """The figure faces -y; palms face the thighs."""
    model = person("stand", seed)
    fingers, thumb = digits(model, "left")
    assert thumb[1] < fingers[1:, 1].mean()
    assert (np.diff(fingers[:, 1]) > 0).all()
    wrist = next(np.array(point.at) for point in model.keypoints if point.name == "left_wrist")
    assert fingers[:, 2].max() < wrist[2]
    assert thumb[0] < fingers[0, 0] + 0.03  # on the palm's side, which is the body's


@pytest.mark.parametrize("pose", POSES)
def test_hands_of_every_pose_are_closed_and_held_and_cheap(pose: str) -> None:
    model = person(pose, 1)
    parts = [part for part in model.parts if part.name.split()[-1] in ("hand", "fingernails")]
    assert len(parts) == 4
    assert sum(part_mesh(part).face_count for part in parts) < 5_000
    assert all(part_mesh(part).is_closed() and part_mesh(part).volume() > 0 for part in parts)
    assert not {part.name for part in parts} & set(floating_parts(model))


def test_nails_lie_on_the_skin_and_belong_to_the_hand() -> None:
    for finger in (FLAT, FIST):
        skin, nails = tessellate(hand(finger)), tessellate(Nails(hand=hand(finger)))
        assert cKDTree(skin.vertices).query(nails.vertices)[0].max() < 0.006
    assert part_word("left fingernails").word == part_word("left hand").word == "hand"


@pytest.mark.parametrize("pose", ["sit at table", "counter"])
def test_hands_lie_on_the_top_and_not_in_it(pose: str) -> None:
    height = TOPS[pose == "counter"].height
    for seed in range(3):
        for side in ("right", "left"):
            points = part_mesh(next(part for part in person(pose, seed).parts if part.name == f"{side} hand")).vertices
            assert points[:, 2].min() == pytest.approx(height, abs=0.002)


def test_hands_close_round_what_they_hold() -> None:
    """The axis of a handlebar or a handle runs through the space that fingers and palm leave, as near as its radius."""
    for seed in range(3):
        bicycle, rider = cyclist(np.random.Generator(np.random.PCG64(seed)))
        grips = next(part_mesh(part) for part in bicycle.parts if part.name == "pedals and grips").vertices
        for side in (-1, 1):
            grip = grips[(grips[:, 0] * side > 0) & (grips[:, 2] > 0.7)]
            skin = cKDTree(part_mesh(next(p for p in rider.parts if p.name == f"{_name(side)} hand")).vertices)
            assert 0.006 < skin.query(grip.mean(0))[0] < 0.024
        model = person("carry", seed)
        handle = part_mesh(next(part for part in model.parts if part.name == "right handle")).vertices
        skin = cKDTree(part_mesh(next(part for part in model.parts if part.name == "right hand")).vertices)
        assert skin.query(handle)[0].min() < 0.004


def _name(side: int) -> str:
    return "left" if side > 0 else "right"
