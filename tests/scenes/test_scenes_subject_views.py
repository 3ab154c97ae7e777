"""Views of one subject: as many as asked for, framed as documented, before the family's own candidates."""

from functools import cache

import numpy as np
import pytest
from pydantic import ValidationError

from scenes import SceneError, SceneSpec, sample_scene
from scenes.framing import preview, view_grid
from scenes.layout import Placement, stacked_boxes
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.scene import SUBJECT_CATEGORIES, Camera
from scenes.shapes import Box
from scenes.subject_views import CLOSE, DISTANCES, FOCAL_LENGTHS, MIDDLE, SHOWN, Framing
from scenes.subjects import Subject

FAMILIES = ("room", "shop", "street", "terrain", "warehouse")
NONE, ONLY_CLOSE, ONLY_MIDDLE = (0.0, 0.0), (1.0, 0.0), (0.0, 1.0)
SIDE = 60  # rays along each side of an image: finer than those that chose the cameras


@cache
def scene(family: str, shares: tuple[float, float] | None = None, index: int = 0, views: int = 2) -> SceneSpec:
    parameters = None if shares is None else dict(zip(("close_share", "middle_share"), shares, strict=True))
    return sample_scene(family, seed=17, index=index, views=views, parameters=parameters)


def subject_cameras(spec: SceneSpec) -> list[Camera]:
    return [camera for view in spec.views for camera in view.candidates if camera.subject]


def subject_of(spec: SceneSpec, camera: Camera) -> Subject:
    item = next(obj for obj in spec.objects if obj.id == camera.subject)
    placement = Placement(model=item.model, location=np.array(item.location), rotation=item.rotation)
    return Subject(placement, 0, item.id, item.model.category)


@pytest.mark.parametrize("family", FAMILIES)
def test_without_shares_no_camera_has_a_subject(family: str) -> None:
    assert subject_cameras(scene(family, NONE)) == []
    assert "subject" not in scene(family, NONE).model_dump_json()


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("shares", [None, ONLY_CLOSE, ONLY_MIDDLE])
def test_cameras_of_subjects_come_before_those_of_the_family(family: str, shares: tuple[float, float] | None) -> None:
    plain, framed = scene(family, NONE), scene(family, shares)
    assert framed.model_copy(update={"views": plain.views}) == plain
    for before, after in zip(plain.views, framed.views, strict=True):
        added = len(after.candidates) - len(before.candidates)
        assert 0 <= added <= 3
        assert after.candidates[added:] == before.candidates
        assert len({camera.subject for camera in after.candidates[:added]}) <= 1
        assert all(camera.subject for camera in after.candidates[:added])


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(("shares", "framing"), [(ONLY_CLOSE, CLOSE), (ONLY_MIDDLE, MIDDLE)])
def test_subjects_cover_the_documented_share(family: str, shares: tuple[float, float], framing: Framing) -> None:
    """The silhouette, of which at most a quarter may be hidden, measured by ten times as many rays."""
    spec = scene(family, shares)
    assert subject_cameras(spec)
    for camera in subject_cameras(spec):
        share = float(subject_of(spec, camera).silhouette(camera, view_grid(SIDE, SIDE)).mean())
        assert 0.95 * framing.least < share < 1.05 * framing.most / SHOWN
        assert FOCAL_LENGTHS[0] <= camera.focal_length <= FOCAL_LENGTHS[1]


@pytest.mark.parametrize("family", FAMILIES)
def test_cameras_stand_outside_their_subject_and_near_it(family: str) -> None:
    for spec in (scene(family, ONLY_CLOSE), scene(family, ONLY_MIDDLE)):
        for camera in subject_cameras(spec):
            points = subject_of(spec, camera).points
            outside = np.maximum(np.maximum(points.min(0) - camera.location, camera.location - points.max(0)), 0)
            assert 0.1 < float(np.linalg.norm(outside)) < DISTANCES[1]


def test_the_silhouette_of_a_box_is_what_rays_meet() -> None:
    clay = Material(kind="matte_plastic", name="clay", color=(0.5, 0.4, 0.3))
    model = ObjectSpec(category="box", parts=(Part(name="body", shape=Box(size=(0.6, 0.4, 0.3)), material=clay),))
    subject = Subject(Placement(model=model, location=np.array([1.0, 2.0, 0.5])), 0, 1, "box")
    boxes = np.array([[(0.7, 1.8, 0.5), (1.3, 2.2, 0.8)]])
    for eye in ((1.9, 0.6, 1.3), (-0.4, 2.5, 0.2), (0.5, 4.0, 0.6)):
        camera = Camera(location=eye, target=(1.0, 2.0, 0.6), focal_length=40)
        met = preview(camera, stacked_boxes([(0, boxes)]), SIDE, SIDE).owner == 0
        covered = subject.silhouette(camera, view_grid(SIDE, SIDE))
        assert met.mean() > 0.03
        assert not (met & ~covered).any()
        assert (covered & ~met).sum() < 0.1 * met.sum()


def test_shares_of_views_are_as_configured() -> None:
    """Of 60 views of one hall 0.55 are of a subject; about as many close ones as documented."""
    spec = scene("warehouse", views=60)
    subjects = [view.candidates[0] for view in spec.views if view.candidates[0].subject]
    assert len(subjects) / 60 == pytest.approx(0.55, abs=0.15)
    shares = [subject_of(spec, camera).silhouette(camera, view_grid(SIDE, SIDE)).mean() for camera in subjects]
    assert np.mean(np.array(shares) > 0.16) == pytest.approx(0.3 / 0.55, abs=0.2)
    assert len({camera.subject for camera in subjects}) > 12


def test_shares_that_exceed_one_are_refused() -> None:
    for parameters in ({"close_share": 0.6, "middle_share": 0.5}, {"close_share": 0.8}):
        with pytest.raises(SceneError, match="close_share and middle_share must add up to at most 1, got"):
            sample_scene("room", seed=0, index=0, parameters=parameters)
    with pytest.raises(SceneError, match="close_share"):
        sample_scene("shop", seed=0, index=0, parameters={"close_share": -0.1})


def test_a_subject_is_an_object_of_its_scene() -> None:
    document = scene("warehouse", ONLY_CLOSE).model_dump()
    document["views"][0]["candidates"][0]["subject"] = 32000
    with pytest.raises(ValidationError, match="a camera's subject is 32000, which is no object's id"):
        SceneSpec.model_validate(document)


def test_a_view_of_a_subject_may_show_fewer_categories() -> None:
    spec = scene("shop", ONLY_CLOSE)
    framed, plain = spec.views[0].candidates[0], spec.views[0].candidates[-1]
    assert spec.categories_wanted(plain) == spec.min_categories > SUBJECT_CATEGORIES
    assert spec.categories_wanted(framed) == SUBJECT_CATEGORIES
    few = spec.model_copy(update={"min_categories": 2})
    assert few.categories_wanted(framed) == 2
