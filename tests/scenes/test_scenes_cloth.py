"""Clothes fold: as much as their fabric does, down to the hem, and never into the body."""

from functools import cache

import numpy as np
import pytest
from scipy.spatial import cKDTree

from scenes.blob.drapes import Gathers, Hem, Pipes, Pulls
from scenes.blob.folds import STEEPEST, vertex_normals
from scenes.blob.nets import blob_mesh
from scenes.blob.specs import Blob, Limb
from scenes.mesh import Floats, Mesh
from scenes.people.body import arm_rings
from scenes.people.build import Build
from scenes.people.fabrics import FABRICS
from scenes.people.garments import arms_skin, legs_skin, skirt, top, trousers
from scenes.people.outfit import TOPS
from scenes.people.poses import sample_pose
from scenes.people.reach import Top
from scenes.people.skeleton import Skeleton, pose_skeleton

MAN, WOMAN = Build(1.78, False, 0.0, "adult"), Build(1.65, True, 0.1, "adult")
HELD = ("stand", "walk", "folded", "sit")
TUBE = Limb(rings=((0, 0, 0, 0.06, 0.06), (0, 0, 0.2, 0.06, 0.06), (0, 0, 0.5, 0.06, 0.06)), cap=0.1)


@cache
def body(pose: str, build: Build = MAN) -> Skeleton:
    rng = np.random.Generator(np.random.PCG64(3))
    return pose_skeleton(build, sample_pose(rng, build, pose, seat=0.45, top=Top(0.74, 0.3)))


@cache
def garments(pose: str) -> dict[str, Blob]:
    held = body(pose)
    jeans = trousers(held, ease=0.012, hem=0.08, end=1.0, drop=0.04, fabric="denim", seed=5)
    return {name: top(held, cut, 4) for name, cut in TOPS.items()} | {"jeans": jeans}


def plain(blob: Blob) -> Blob:
    """The blob without folds and without what is sewn on."""
    return blob.model_copy(update={"drapes": (), "folds": 0.0, "hems": (), "neckband": None, "patches": ()})


def moved(blob: Blob) -> tuple[Mesh, Floats]:
    """The plain skin, and how far outward folds move its vertices; what is sewn on comes after them."""
    skin = blob_mesh(plain(blob))
    away = blob_mesh(blob).vertices[: len(skin.vertices)] - skin.vertices
    return skin, np.linalg.norm(away, axis=1) * np.sign((away * vertex_normals(skin)).sum(1))


@pytest.mark.parametrize("pose", HELD)
def test_clothes_are_closed_with_all_that_is_sewn_on(pose: str) -> None:
    for name, blob in garments(pose).items():
        mesh = blob_mesh(blob)
        assert mesh.is_closed(), name
        assert mesh.volume() > 0, name
        assert mesh.face_count < 9_500, name


@pytest.mark.parametrize("pose", HELD)
def test_folds_rise_and_sink_by_what_is_stated(pose: str) -> None:
    """At least half a centimetre here and there; at most the depths that the spec states."""
    for name, blob in garments(pose).items():
        _, off = moved(blob)
        depths = [drape.depth for drape in blob.drapes]
        hanging = sum(drape.depth for drape in blob.drapes if isinstance(drape, Pipes))
        assert off.max() > 0.005, name
        assert off.max() < STEEPEST * max(depths) + 1.3 * hanging, name
        assert off.max() < 0.06, name
        assert off.min() > -blob.sink - 1e-6, name


def test_clothes_repeat_from_their_seed_and_differ_between_seeds() -> None:
    cut = TOPS["shirt"]
    first = blob_mesh(top(body("stand"), cut, 4)).vertices
    blob_mesh.cache_clear()
    np.testing.assert_array_equal(blob_mesh(top(body("stand"), cut, 4)).vertices, first)
    assert np.abs(blob_mesh(top(body("stand"), cut, 9)).vertices - first).max() > 0.004


def test_denim_folds_more_sharply_than_jersey_and_into_fewer_folds() -> None:
    denim, jersey = FABRICS["denim"], FABRICS["jersey"]
    assert denim.crisp > jersey.crisp
    assert denim.many < jersey.many
    made = {
        fabric: trousers(body("stand"), ease=0.012, hem=0.08, end=1.0, drop=0.04, fabric=fabric, seed=5)
        for fabric in ("denim", "jersey")
    }
    counts = {
        fabric: sum(drape.count for drape in blob.drapes if not isinstance(drape, Pipes))
        for fabric, blob in made.items()
    }
    assert counts["denim"] < counts["jersey"]


def test_a_crisp_fold_is_narrower_at_its_top_than_a_soft_one() -> None:
    """Of one fold round a tube: the share of what it moves that it moves by over half its height."""
    shares = []
    for crisp in (0.0, 1.0):
        fold = Gathers(
            axis=((0, 0, 0.24), (0, 0, 0.26)),
            radius=0.06,
            inner=(0, -1, 0),
            count=1,
            depth=0.03,
            width=0.02,
            crisp=crisp,
        )
        _, off = moved(Blob(members=(TUBE,), cell=0.005, drapes=(fold,), seed=2))
        shares.append((off > 0.5 * off.max()).sum() / (off > 0.1 * off.max()).sum())
    assert shares[1] < 0.85 * shares[0]


def test_a_pull_is_a_ridge_along_its_line() -> None:
    pull = Pulls(
        start=((-0.05, -0.06, 0.1), (-0.05, -0.06, 0.1)),
        end=((0.05, -0.06, 0.4),) * 2,
        count=1,
        depth=0.02,
        width=0.012,
    )
    skin, off = moved(Blob(members=(TUBE,), cell=0.006, drapes=(pull,), seed=1))
    high = skin.vertices[off > 0.4 * off.max()]
    assert off.max() > 0.004
    assert (high[:, 1] < 0.0).all()
    assert np.corrcoef(high[:, 0], high[:, 2])[0, 1] > 0.8


def test_pipes_grow_toward_the_hem_at_uneven_distances() -> None:
    blob = skirt(body("stand", WOMAN), length=0.4, flare=0.03, ease=0.012, drop=0.03, fabric="twill", seed=3)
    skin, off = moved(blob.model_copy(update={"folds": 0.0}))
    (pipes,) = (drape for drape in blob.drapes if isinstance(drape, Pipes))
    share = (pipes.top - skin.vertices[:, 2]) / (pipes.top - pipes.bottom)
    deep = [float(np.ptp(off[(share > a) & (share < a + 0.2)])) for a in (0.1, 0.45, 0.75)]
    assert 2 * deep[0] < deep[1] < deep[2]
    assert deep[2] > 0.01


def test_a_hem_is_a_level_ring_of_its_thickness() -> None:
    hem = Hem(center=(0, 0, 0.0), up=(0, 0, 1), side=(1, 0, 0), radii=(0.09, 0.09), height=0.02, thickness=0.003)
    blob = Blob(members=(TUBE,), cell=0.012, hems=(hem,))
    whole, skin = blob_mesh(blob), blob_mesh(plain(blob))
    ring = whole.vertices[len(skin.vertices) :]
    assert whole.is_closed()
    radius = np.hypot(ring[:, 0], ring[:, 1])
    assert radius.max() == pytest.approx(0.063, abs=0.001)
    assert ring[:, 2].min() == pytest.approx(-0.003, abs=0.002)
    assert ring[:, 2].max() == pytest.approx(0.019, abs=0.002)


def test_tops_without_a_collar_have_a_band_round_the_neck() -> None:
    for name in ("t-shirt", "sweater", "hoodie"):
        blob = garments("stand")[name]
        without = blob.model_copy(update={"neckband": None})
        added = blob_mesh(blob).vertices[len(blob_mesh(without).vertices) :]
        if not blob.patches:
            assert len(added), name
            assert np.abs(added.mean(0) - body("stand").neck).max() < 0.09, name


def outside(skin: Floats, garment: Blob) -> Floats:
    """How far points [n, 3] stand out of a garment, by the nearest vertices of its own skin."""
    mesh, own = blob_mesh(garment), len(blob_mesh(plain(garment)).vertices)
    _, near = cKDTree(mesh.vertices[:own]).query(skin)
    return np.asarray(((skin - mesh.vertices[near]) * vertex_normals(mesh)[near]).sum(1))


@pytest.mark.parametrize("pose", HELD)
def test_no_skin_shows_through_sleeves_and_skirts(pose: str) -> None:
    held = body(pose)
    sleeves = garments(pose)["t-shirt"]
    arms = blob_mesh(Blob(members=tuple(arms_skin(held)), cell=0.02)).vertices
    for arm in held.arms:
        upper = arm.elbow - arm.shoulder
        share = (arms - arm.shoulder) @ upper / (upper @ upper)
        off = np.linalg.norm(arms - arm.shoulder - share[:, None] * upper, axis=1)
        within = arms[(share < 0.7) & (off < 0.08)]
        assert outside(within, sleeves).max() < 0.002
    rings = np.array(arm_rings(held, held.arms[0], 0.42, ease=TOPS["t-shirt"].ease))
    assert (rings[:, 3] > np.array(arm_rings(held, held.arms[0], 0.42))[:, 3] + 0.005).all()


def test_a_folded_hem_stays_level() -> None:
    blob = skirt(body("stand", WOMAN), length=0.4, flare=0.03, ease=0.012, drop=0.03, fabric="twill", seed=3)
    skin, _ = moved(blob)
    rim = skin.vertices[:, 2] < blob.hems[0].center[2] + 0.004
    lowest = blob_mesh(blob).vertices[: len(skin.vertices)][rim, 2]
    assert rim.any()
    assert np.abs(lowest - skin.vertices[rim, 2]).max() < 0.002


@pytest.mark.parametrize("pose", ["stand", "walk"])
def test_legs_stay_within_skirts(pose: str) -> None:
    held = body(pose, WOMAN)
    cloth = skirt(held, length=0.4, flare=0.03, ease=0.012, drop=0.03, fabric="jersey", seed=3)
    legs = blob_mesh(Blob(members=tuple(legs_skin(held)), cell=0.022)).vertices
    hem = cloth.hems[0].center[2] + 0.02
    assert outside(legs[legs[:, 2] > hem], cloth).max() < 0.002


def test_bent_joints_press_cloth_together() -> None:
    """The sleeves of folded arms have deeper folds in the elbow than those of arms that hang."""

    def deepest(pose: str) -> float:
        gathers = [drape for drape in garments(pose)["shirt"].drapes if isinstance(drape, Gathers)]
        return max(drape.depth for drape in gathers)

    assert deepest("folded") > 1.3 * deepest("stand")
