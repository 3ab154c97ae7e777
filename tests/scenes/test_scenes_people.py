"""People: of human size, on the ground, in one piece, in every pose; where they are, they touch no other object."""

from functools import cache

import numpy as np
import pytest
from scipy.spatial import cKDTree

from encode.formulas.keypoints import KEYPOINT_NAMES
from scenes import SceneSpec, sample_scene
from scenes.blob.specs import Ball, Blob, Limb
from scenes.catalog import finished
from scenes.contact import floating_parts
from scenes.measure import bounds, object_mesh, part_mesh
from scenes.model import ObjectSpec
from scenes.people.colors import recolored
from scenes.people.outfit import Role
from scenes.people.person import make_person
from scenes.people.poses import POSES, SEATED
from scenes.people.rider import cyclist
from scenes.scene import SceneObject
from scenes.tessellation import tessellate

SEEDS = range(3)
OBJECT_GROUPS: tuple[Role, ...] = ("town", "work", "hike", "home")


@cache
def person(pose: str, seed: int, role: Role = "town") -> ObjectSpec:
    return finished(make_person(np.random.Generator(np.random.PCG64(seed)), pose, role=role))


def test_a_skirt_shows_below_what_is_worn_over_it() -> None:
    skirted = 0
    for seed in range(45, 160):
        model = make_person(np.random.Generator(np.random.PCG64(seed)), "stand")
        parts = {part.name: part for part in model.parts}
        over = next((parts[name] for name in ("coat", "hoodie", "jacket", "sweater") if name in parts), None)
        if over is None or "skirt" not in parts:
            continue
        skirted += 1
        assert bounds(part_mesh(parts["skirt"])).low[2] < bounds(part_mesh(over)).low[2] - 0.04, seed
    assert skirted >= 3


@pytest.mark.parametrize("pose", POSES)
def test_every_pose_has_human_size_and_few_faces(pose: str) -> None:
    for seed in SEEDS:
        model = person(pose, seed)
        mesh = object_mesh(model)
        size = bounds(mesh).size
        low, high = (0.75, 1.55) if pose in SEATED else (1.0, 2.05)
        assert low < size[2] < high
        assert size[0] < 1.3
        assert mesh.face_count < 33_000
        assert model.category == "person"
        assert model.color == model.material == ""


@pytest.mark.parametrize("pose", POSES)
def test_both_feet_bear_on_the_ground(pose: str) -> None:
    """Every shoe of those who stand or sit, one at least of those who walk."""
    for seed in SEEDS:
        soles = [part for part in person(pose, seed).parts if part.name.split()[-1] in ("heel", "toe")]
        for side in ("right", "left"):
            low = min(part_mesh(part).vertices[:, 2].min() for part in soles if part.name.startswith(side))
            assert low == pytest.approx(0, abs=1e-4) or (pose == "walk" and 0 <= low < 0.2)


@pytest.mark.parametrize("pose", POSES)
def test_a_person_is_in_one_piece_and_its_skins_are_closed(pose: str) -> None:
    for seed in SEEDS[:2]:
        model = person(pose, seed)
        assert floating_parts(model) == []
        for part in model.parts:
            assert part_mesh(part).is_closed(), part.name
            assert part_mesh(part).volume() > 0, part.name


@pytest.mark.parametrize("role", OBJECT_GROUPS)
def test_clothes_are_those_of_the_role(role: Role) -> None:
    names = [{part.name for part in person("stand", seed, role).parts} for seed in range(6)]
    assert all({"helmet", "vest"} <= worn for worn in names) == (role == "work")
    for worn in names:
        assert {"head", "eyes", "right hand", "left hand", "right shoe", "left shoe"} <= worn


def test_people_repeat_from_their_seed_and_differ_between_seeds() -> None:
    again = finished(make_person(np.random.Generator(np.random.PCG64(1)), "walk"))
    assert again == person("walk", 1)
    assert len({person("walk", seed).model_dump_json() for seed in range(6)}) == 6


def test_skin_and_stature_span_the_human_range() -> None:
    tall, skins = [], []
    for seed in range(40):
        model = make_person(np.random.Generator(np.random.PCG64(seed)), "stand")
        skins.append(sum(next(part.material.color for part in model.parts if part.name == "head")))
        tall.append(max(part_mesh(part).vertices[:, 2].max() for part in model.parts if part.name in ("head", "hair")))
    assert min(tall) < 1.4 < 1.8 < max(tall)
    assert min(skins) < 0.9 < 1.9 < max(skins)


@pytest.mark.parametrize("pose", POSES)
def test_keypoints_are_joints_in_the_limbs_and_points_of_the_face(pose: str) -> None:
    for seed in SEEDS[:2]:
        model = person(pose, seed)
        at = {point.name: np.array(point.at) for point in model.keypoints}
        assert tuple(at) == KEYPOINT_NAMES
        skin = cKDTree(part_mesh(next(part for part in model.parts if part.name == "head")).vertices)
        eyes = cKDTree(part_mesh(next(part for part in model.parts if part.name == "eyes")).vertices)
        assert skin.query(at["nose"])[0] < 0.008
        assert max(skin.query(at[f"{side}_ear"])[0] for side in ("left", "right")) < 0.008
        assert max(eyes.query(at[f"{side}_eye"])[0] for side in ("left", "right")) < 0.004
        hands = {side: next(p for p in model.parts if p.name == f"{side} hand") for side in ("left", "right")}
        for side, hand in hands.items():
            assert cKDTree(part_mesh(hand).vertices).query(at[f"{side}_wrist"])[0] < 0.06
            shoes = np.concatenate([part_mesh(p).vertices for p in model.parts if p.name.startswith(f"{side} shoe")])
            assert cKDTree(shoes).query(at[f"{side}_ankle"])[0] < 0.15
            thigh, shin = (
                np.linalg.norm(at[f"{side}_{a}"] - at[f"{side}_{b}"]) for a, b in (("hip", "knee"), ("knee", "ankle"))
            )
            assert thigh / shin == pytest.approx(0.515 / 0.485, abs=0.08)


def test_left_keypoints_are_on_the_persons_own_left() -> None:
    """The figure faces -y, so that its own left is toward +x."""
    for seed in SEEDS:
        at = {point.name: point.at for point in person("stand", seed).keypoints}
        for joint in ("eye", "ear", "shoulder", "hip", "knee", "ankle"):
            assert at[f"left_{joint}"][0] > at[f"right_{joint}"][0] + 0.02
        assert at["nose"][1] < min(at["left_ear"][1], at["right_ear"][1]) - 0.05


def test_keypoints_are_kept_by_documents_of_people_and_left_out_of_others() -> None:
    model = person("walk", 0)
    assert ObjectSpec.model_validate_json(model.model_dump_json()) == model
    bare = model.model_copy(update={"keypoints": ()})
    assert "keypoints" not in bare.model_dump(mode="json")
    assert ObjectSpec.model_validate_json(bare.model_dump_json()) == bare


def test_other_colours_leave_shape_skin_and_hair() -> None:
    model = person("stand", 2)
    other = recolored(np.random.default_rng(0), model)
    assert [part.shape for part in other.parts] == [part.shape for part in model.parts]
    changed = {a.name for a, b in zip(model.parts, other.parts, strict=True) if a.material != b.material}
    assert changed
    assert not changed & {"head", "hair", "eyes"}


def test_a_blob_of_one_ball_is_that_ball() -> None:
    mesh = tessellate(Blob(members=(Ball(center=(0.1, 0, 0.3), radii=(0.2, 0.2, 0.2)),), cell=0.02))
    away = np.linalg.norm(mesh.vertices - (0.1, 0, 0.3), axis=1)
    assert np.abs(away - 0.2).max() < 1e-3
    assert mesh.is_closed()
    assert mesh.volume() == pytest.approx(4 / 3 * np.pi * 0.2**3, rel=0.02)


def test_blob_members_blend_and_subtract() -> None:
    apart = (Ball(center=(0, 0, 0), radii=(0.1, 0.1, 0.1)), Ball(center=(0.19, 0, 0), radii=(0.1, 0.1, 0.1)))
    plain = tessellate(Blob(members=apart, cell=0.01)).volume()
    melted = tessellate(Blob(members=(apart[0], apart[1].model_copy(update={"blend": 0.08})), cell=0.01)).volume()
    carved = tessellate(Blob(members=(apart[0], apart[1].model_copy(update={"carve": True})), cell=0.01)).volume()
    assert carved < 4.2e-3 < plain < melted


def test_a_flat_capped_limb_ends_where_it_says() -> None:
    limb = Limb(rings=((0, 0, 0, 0.05, 0.03), (0, 0, 0.4, 0.05, 0.03)), cap=0.1)
    box = bounds(tessellate(Blob(members=(limb,), cell=0.008)))
    np.testing.assert_allclose(box.size, (0.1, 0.06, 0.406), atol=0.003)


@pytest.mark.parametrize("seed", range(4))
def test_a_cyclist_sits_on_the_saddle_with_hands_on_the_grips_and_feet_on_the_pedals(seed: int) -> None:
    bicycle, rider = cyclist(np.random.Generator(np.random.PCG64(seed)))
    assert (bicycle.category, rider.category) == ("bicycle", "rider")
    assert floating_parts(finished(rider)) == []
    parts = {part.name: part_mesh(part).vertices for part in rider.parts}
    held = {part.name: part_mesh(part).vertices for part in bicycle.parts}
    seat = np.concatenate([points for name, points in parts.items() if name in ("jeans", "trousers", "shorts")])
    assert cKDTree(seat).query(held["saddle"])[0].min() < 0.02
    for side in ("right", "left"):
        hand, sole = parts[f"{side} hand"], parts[f"{side} toe"]
        assert cKDTree(held["pedals and grips"]).query(hand)[0].min() < 0.03
        assert cKDTree(held["pedals and grips"]).query(sole)[0].min() < 0.05
    assert min(points[:, 2].min() for points in parts.values()) > 0.03


def _people(spec: SceneSpec) -> list[SceneObject]:
    return [obj for obj in spec.objects if obj.model.category == "person"]


def test_workers_and_hikers_appear_in_their_families() -> None:
    halls = [sample_scene("warehouse", seed=5, index=index, parameters={"fallen_share": 0}) for index in range(5)]
    assert sum(len(_people(spec)) for spec in halls) >= 2
    assert all({"helmet", "vest"} <= {part.name for part in obj.model.parts} for s in halls for obj in _people(s))
    lands = [sample_scene("terrain", seed=5, index=index, parameters={"path_share": 1}) for index in range(5)]
    assert sum(len(_people(spec)) for spec in lands) >= 2
