"""Frames from scene.json, and masks as run lengths."""

from dataclasses import asdict
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from jaxtyping import Bool

from encode import ArrayError, Frame, make_pairs
from encode.frame.silhouettes import decode_rle, encode_rle


@given(npst.arrays(bool, st.tuples(st.integers(1, 12), st.integers(1, 12))))
def test_run_lengths_read_back(mask: Bool[np.ndarray, "h w"]) -> None:
    rle = encode_rle(mask)
    assert sum(rle["counts"]) == mask.size
    assert (decode_rle(rle, "mask") == mask).all()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # pycocotools predates numpy 2
def test_run_lengths_are_those_of_coco() -> None:
    maskapi = pytest.importorskip("pycocotools.mask")
    mask = np.random.default_rng(0).random((7, 11)) < 0.4
    compressed = maskapi.frPyObjects(encode_rle(mask), *mask.shape)
    assert (maskapi.decode(compressed).astype(bool) == mask).all()
    assert decode_rle({"size": [2, 3], "counts": [1, 2, 3]}, "mask").tolist() == [[0, 1, 0], [1, 0, 0]]


@pytest.mark.parametrize(
    ("rle", "message"),
    [
        ({"size": [2, 2]}, r"expected size \[h, w\] and counts"),
        ({"size": [2, 2], "counts": [1, 2]}, "counts that sum to 2 x 2 = 4, got 3"),
        ({"size": [2, 2], "counts": [5, -1]}, "integers >= 0"),
        ({"size": [2, 2], "counts": [1.5, 2.5]}, "integers >= 0"),
    ],
)
def test_broken_run_lengths_are_refused(rle: dict[str, Any], message: str) -> None:
    with pytest.raises(ArrayError, match=message):
        decode_rle(rle, "mask")


def scene_of(frame: Frame, *, amodal: bool) -> dict[str, Any]:
    objects = []
    masks = (frame.amodal or {}) if amodal else {}
    for record in frame.objects:
        json_record = asdict(record)
        if record.id in masks:
            json_record["amodal_rle"] = encode_rle(masks[record.id])
        objects.append(json_record)
    return {
        "key": frame.key,
        "intrinsics": frame.intrinsics.tolist(),
        "camera_to_world": frame.camera_to_world.tolist(),
        "world_category": frame.world_category,
        "categories": [asdict(c) for c in frame.categories],
        "objects": objects,
    }


def test_a_scene_with_and_without_whole_objects_reads(frame: Frame) -> None:
    plain = Frame.from_scene(scene_of(frame, amodal=False), frame.image, frame.truth)
    assert plain.amodal is None
    assert plain.albedo is None
    assert plain.objects == frame.objects
    parsed = Frame.from_scene(scene_of(frame, amodal=True), frame.image, frame.truth, frame.albedo)
    assert parsed.amodal is not None
    assert frame.amodal is not None
    assert parsed.amodal.keys() == frame.amodal.keys()
    assert all((parsed.amodal[i] == mask).all() for i, mask in frame.amodal.items())
    assert parsed.albedo is frame.albedo


@pytest.mark.wrong_arrays
def test_whole_objects_and_base_colors_of_another_size_are_refused(frame: Frame) -> None:
    scene = scene_of(frame, amodal=True)
    assert frame.albedo is not None
    broken = Frame.from_scene(scene, frame.image, frame.truth, frame.albedo[:-1])
    with pytest.raises(ArrayError, match="albedo: expected height and width"):
        make_pairs(broken, ["depth"], seed=0)
    scene["objects"][0]["amodal_rle"] = {"size": [1, 4], "counts": [4]}
    with pytest.raises(ArrayError, match=r"amodal_rle of object 1: expected the size \[\d+, \d+\] of its frame, got"):
        Frame.from_scene(scene, frame.image, frame.truth)
