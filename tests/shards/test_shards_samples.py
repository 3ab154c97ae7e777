"""Members of samples: exact both ways, the same bytes each time, and clear when something is wrong."""

import io
import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from encode import Frame, Pair, Truth
from shards import BadSample, SourceFormat, encode_image, frame_members, pair_members, read_frame, read_pair


def test_a_frame_comes_back_bit_for_bit(make_view: Callable[..., Any]) -> None:
    image, truth, scene = make_view(3, 1)
    rng = np.random.default_rng(0)
    wild = Truth(
        depth=np.where(np.isinf(truth.depth), np.inf, rng.uniform(1e-30, 1e30, truth.shape)).astype(np.float32),
        normal=truth.normal,
        instance=rng.integers(0, 2**32, truth.shape, np.uint32, endpoint=False),
        category=np.full(truth.shape, 2**32 - 1, np.uint32),
    )
    frame = read_frame(frame_members(image, wild, scene))
    assert frame.key == scene["key"]
    assert np.array_equal(frame.image, image)
    for name in ("depth", "normal", "instance", "category"):
        got, expected = getattr(frame.truth, name), getattr(wild, name)
        assert got.dtype == expected.dtype
        assert got.tobytes() == expected.tobytes()
    assert np.isinf(frame.truth.depth).any()
    assert frame.objects == Frame.from_scene(scene, image, truth).objects


def test_albedo_comes_back_where_it_was_kept(make_view: Callable[..., Any]) -> None:
    image, truth, scene = make_view(3, 1)
    members = frame_members(image, truth, scene, image[::-1])
    albedo = read_frame(members).albedo
    assert albedo is not None
    assert np.array_equal(albedo, image[::-1])
    assert read_frame(frame_members(image, truth, scene)).albedo is None
    with pytest.raises(BadSample, match=r"albedo.png: expected an image of height and width"):
        read_frame({**members, "albedo.png": encode_image(image[1:])})


def test_a_frame_has_the_same_bytes_a_second_later(make_view: Callable[..., Any]) -> None:
    first = frame_members(*make_view(1))
    time.sleep(1.1)
    assert frame_members(*make_view(1)) == first


def test_scene_json_is_sorted_compact_and_without_nan(make_view: Callable[..., Any]) -> None:
    image, truth, scene = make_view()
    text = frame_members(image, truth, {**scene, "family": "Küche"})["scene.json"].decode()
    assert json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False) == text
    assert "Küche" in text
    with pytest.raises(BadSample, match=r"s0000000-v00: scene.json cannot hold this"):
        frame_members(image, truth, {**scene, "seed": float("nan")})


def test_inconsistent_frames_are_refused(make_view: Callable[..., Any]) -> None:
    image, truth, scene = make_view()
    with pytest.raises(BadSample, match=r"image \(95, 128\), truth \(96, 128\)"):
        frame_members(image[1:], truth, scene)
    with pytest.raises(BadSample, match=r"truth depth.Z: expected float32 of shape \(96, 128\), got float64"):
        frame_members(image, replace(truth, depth=truth.depth.astype(np.float64)), scene)
    with pytest.raises(BadSample, match=r"truth instance\.id: expected uint32"):
        frame_members(image, replace(truth, instance=truth.instance.astype(np.int32)), scene)


@pytest.mark.parametrize("suffix", ["image.png", "truth.exr", "scene.json"])
def test_damaged_members_are_named(make_view: Callable[..., Any], suffix: str) -> None:
    members = frame_members(*make_view())
    with pytest.raises(BadSample, match=suffix):
        read_frame({**members, suffix: members[suffix][: len(members[suffix]) // 2]})
    with pytest.raises(BadSample, match=suffix):
        read_frame({key: value for key, value in members.items() if key != suffix})


def test_a_frame_with_a_missing_field_is_refused(make_view: Callable[..., Any]) -> None:
    members = frame_members(*make_view())
    scene = json.loads(members["scene.json"])
    del scene["objects"][0]["color"]
    with pytest.raises(BadSample, match=r"missing \['color'\]"):
        read_frame({**members, "scene.json": json.dumps(scene).encode()})


def test_pairs_come_back(make_frame: Callable[..., Frame], plain_pairs: Callable[[Frame], tuple[Pair, ...]]) -> None:
    frame = make_frame()
    for pair in plain_pairs(frame):
        members = pair_members(pair, frame.image)
        assert sorted(members) == ["meta.json", "prompt.txt", "source.png", "target.png"]
        stored = read_pair(pair.key, members)
        assert np.array_equal(stored.source, frame.image)
        assert np.array_equal(stored.pair.target, pair.target)
        assert (stored.pair.prompt, stored.pair.meta, stored.pair.key) == (pair.prompt, pair.meta, pair.key)
        assert pair_members(pair, encode_image(frame.image)) == members


@pytest.mark.parametrize("source_format", ["jpg", "webp"])
def test_lossy_sources_are_near_and_targets_exact(
    make_frame: Callable[..., Frame], plain_pairs: Callable[[Frame], tuple[Pair, ...]], source_format: SourceFormat
) -> None:
    frame = make_frame()
    pair = plain_pairs(frame)[0]
    members = pair_members(pair, frame.image, source_format, quality=90)
    assert members == pair_members(pair, frame.image, source_format, quality=90)
    assert len(members[f"source.{source_format}"]) < len(encode_image(frame.image))
    stored = read_pair(pair.key, members)
    assert np.abs(stored.source.astype(int) - frame.image).mean() < 4
    assert np.array_equal(stored.pair.target, pair.target)


def test_damaged_pairs_are_named(
    make_frame: Callable[..., Frame], plain_pairs: Callable[[Frame], tuple[Pair, ...]]
) -> None:
    pair = plain_pairs(make_frame())[0]
    members = pair_members(pair, make_frame().image)
    with pytest.raises(BadSample, match=r"depth-00: expected one member of source.png, source.jpg, source.webp"):
        read_pair(pair.key, {key: value for key, value in members.items() if key != "source.png"})
    meta = json.loads(members["meta.json"])
    del meta["task"]
    with pytest.raises(BadSample, match=r"missing \['task'\]"):
        read_pair(pair.key, {**members, "meta.json": json.dumps(meta).encode()})
    with pytest.raises(BadSample, match="expected an 8-bit RGB image, got Pillow mode L"):
        read_pair(pair.key, {**members, "target.png": _gray_png()})
    with pytest.raises(BadSample, match="must have one shape"):
        pair_members(pair, make_frame().image[1:])


def _gray_png() -> bytes:
    stream = io.BytesIO()
    Image.new("L", (128, 96)).save(stream, "PNG")
    return stream.getvalue()
