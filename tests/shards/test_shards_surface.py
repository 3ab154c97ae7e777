"""`surface.exr` and the key `surface` of scene.json: written and read back, and what readers and the audit refuse."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from encode import Frame
from encode.frame import MaterialRecord, ObjectPartRecord, SurfaceMaps, SurfaceRecord
from encode.schema import record_json
from shards.audit.record import scene_form_problems
from shards.audit.surface import part_problems
from shards.errors import BadSample
from shards.exr import encode_exr
from shards.frames import frame_members, member_names, read_frame
from shards.reading.limits import most_bytes
from tests.encode.raycaster import build_frame

RECORD = SurfaceRecord((ObjectPartRecord(1, "leg 2", "leg", "legs", False),), (MaterialRecord(4, "mirror"),))

View = tuple[np.ndarray, Any, dict[str, Any]]


@pytest.fixture
def members(make_view: Callable[..., View]) -> dict[str, bytes]:
    image, truth, scene = make_view()
    surface = SurfaceMaps((truth.instance > 1).astype(np.uint32), (truth.instance > 0) * np.uint32(4), RECORD)
    return frame_members(image, truth, scene | {"surface": record_json(RECORD)}, None, surface)


def test_ids_and_words_read_back(members: dict[str, bytes]) -> None:
    frame = read_frame(members)
    assert set(members) == member_names(albedo=False, surface=True, shading=False)
    assert frame.surface is not None
    np.testing.assert_array_equal(frame.surface.part, frame.truth.instance > 1)
    np.testing.assert_array_equal(frame.surface.material, 4 * (frame.truth.instance > 0))
    assert frame.surface.record == RECORD
    assert len(members["surface.exr"]) < most_bytes("surface.exr", frame.truth.instance.size)
    assert most_bytes("surface.exr", 1 << 20) < 10 << 20


def test_a_frame_without_parts_is_as_before(make_view: Callable[..., View]) -> None:
    members = frame_members(*make_view())
    assert (
        set(members)
        == member_names(albedo=False, surface=False, shading=False)
        == {"image.png", "truth.exr", "scene.json"}
    )
    assert read_frame(members).surface is None
    assert b'"surface"' not in members["scene.json"]


def test_other_channels_sizes_and_types_are_refused(members: dict[str, bytes]) -> None:
    ids = np.zeros((96, 128), np.uint32)
    for channels, sentence in (
        ({"part.id": ids}, "surface.exr: expected the channels"),
        ({"part.id": ids, "material.id": ids.astype(np.float32)}, "expected material.id as uint32"),
        ({"part.id": ids[1:], "material.id": ids[1:]}, "surface.exr: expected pixels of height and width"),
    ):
        with pytest.raises(BadSample, match=sentence):
            read_frame({**members, "surface.exr": encode_exr(channels)})
    with pytest.raises(BadSample, match=r"surface\.exr"):
        read_frame({**members, "surface.exr": members["surface.exr"][:300]})


def test_maps_of_another_size_are_not_written(make_view: Callable[..., View]) -> None:
    image, truth, scene = make_view()
    ids = np.zeros((4, 4), np.uint32)
    with pytest.raises(BadSample, match="must have one size"):
        frame_members(image, truth, scene, None, SurfaceMaps(ids, ids, RECORD))


def test_the_form_of_the_key_is_checked(make_view: Callable[..., View]) -> None:
    _, _, scene = make_view()
    whole = scene | {"surface": record_json(RECORD)}
    assert scene_form_problems(whole) == scene_form_problems(scene) == []
    whole["surface"]["parts"][0]["word"] = 3
    assert "surface, parts[0], word: expected text" in scene_form_problems(whole)[0].replace("surface: ", "surface, ")
    assert scene_form_problems(scene | {"surface": []})
    assert scene_form_problems(scene | {"surfaces": {}})


def spoiled(frame: Frame, **maps: Any) -> Frame:
    assert frame.surface is not None
    return replace(frame, surface=replace(frame.surface, **maps))


def test_the_audit_compares_parts_with_objects() -> None:
    frame = build_frame()
    surface = frame.surface
    assert surface is not None
    assert list(part_problems(frame)) == []
    assert list(part_problems(replace(frame, surface=None))) == []
    mug, sky = frame.truth.instance == 1, frame.truth.instance == 0
    for part, material, sentence in (
        (np.where(mug, np.uint32(77), surface.part), surface.material, "part ids [77] are not in scene.json"),
        (surface.part, np.where(mug, np.uint32(77), surface.material), "material ids [77] are not in scene.json"),
        (np.where(sky, np.uint32(1), surface.part), surface.material, "expected no part where there is no surface"),
        (np.where(mug, np.uint32(5), surface.part), surface.material, "mug-1: it shows the part 'slab'"),
    ):
        problems = list(part_problems(spoiled(frame, part=part, material=material)))
        assert any(sentence in problem for problem in problems), problems
    parts = surface.record.parts
    backwards = replace(surface.record, parts=parts[::-1])
    assert "in the order of their ids" in next(part_problems(spoiled(frame, record=backwards)))
    no_plural = replace(surface.record, parts=(replace(parts[0], plural=""), *parts[1:]))
    assert "expected a word with a plural" in next(part_problems(spoiled(frame, record=no_plural)))
