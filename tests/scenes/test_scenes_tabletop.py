"""Tabletops: what stands round the table is furniture that fits there, clear of the cameras."""

from collections import Counter
from functools import cache

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from scenes import SceneSpec, sample_scene
from scenes.part_boxes import body, moved, overlap
from scenes.scene import SceneObject

SCENES = range(24)
SHELL = {"floor", "ground", "wall", "skirting board"}
ON_WALLS = {"picture frame", "curtain", "window", "door", "shelf"}
COMPANY = {"chair", "office chair", "sofa", "armchair", "chest of drawers", "floor plant", "floor lamp"}


@cache
def scene(index: int) -> SceneSpec:
    return sample_scene("tabletop", seed=3, index=index, views=2)


def _standing(spec: SceneSpec) -> list[SceneObject]:
    """The table and what stands on the floor round it."""
    under = {obj.id for obj in spec.objects if obj.model.category in ("floor", "ground")}
    return [obj for obj in spec.objects if obj.supported_by in under and obj.model.category not in ON_WALLS]


def _boxes(obj: SceneObject) -> np.ndarray:
    w, x, y, z = obj.rotation
    return moved(body(obj.model).boxes, np.array(obj.location), Rotation.from_quat((x, y, z, w)).as_matrix())


def test_furniture_and_chairs_occur() -> None:
    counts = Counter(obj.model.category for index in SCENES for obj in _standing(scene(index)))
    assert counts["table"] == len(SCENES)
    assert set(counts) >= COMPANY


@pytest.mark.parametrize("index", SCENES)
def test_furniture_does_not_intersect_the_table_walls_or_neighbours(index: int) -> None:
    spec = scene(index)
    objects = _standing(spec)
    walls = [obj for obj in spec.objects if obj.model.category == "wall"]
    for k, obj in enumerate(objects):
        assert abs(obj.location[2]) < 0.002
        assert not any(overlap(_boxes(obj), _boxes(other)) for other in objects[k + 1 :]), obj.name
        assert not any(overlap(_boxes(obj), _boxes(wall)) for wall in walls)


@pytest.mark.parametrize("index", SCENES)
def test_cameras_are_clear_of_furniture(index: int) -> None:
    spec = scene(index)
    objects = np.concatenate(
        [_boxes(obj) for obj in _standing(spec) if obj.model.category != "table"] or [np.zeros((0, 2, 3))]
    )
    for view in spec.views:
        locations = np.array([camera.location for camera in view.candidates])
        gaps = np.maximum(
            np.maximum(objects[None, :, 0] - locations[:, None], locations[:, None] - objects[None, :, 1]), 0
        )
        assert np.linalg.norm(gaps, axis=-1).min(initial=1.0) > 0.15
