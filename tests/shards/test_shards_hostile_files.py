"""Hostile files: nothing but the project's own errors, and no more memory than they really need."""

import io
import json
import os
import resource
import struct
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from encode import EncodeError, FormatError, Frame, PairMeta
from encode.frame.silhouettes import decode_rle, encode_rle
from shards import (
    BadSample,
    DamagedShard,
    Expectations,
    FrameExpectations,
    ShardIndex,
    Store,
    audit_dataset,
    frame_members,
    read_frame,
    read_receipt,
    read_scene,
)
from shards.reading.small_file import read_file
from shards.reading.tar_member import read_header
from shards.reading.yaml_text import read_yaml
from tests.tamper import edit_scene, only, rewrite

KEY = "s0000000-v00"
PIXELS = 96 * 128
CORNER = struct.pack("<2i", 127, 95)

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from([10**18, 2**63, 2**64 - 1, -1, 0, 1, "\ud800", [4096], {"size": [64, 64]}]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
fuzzed = settings(
    max_examples=50, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(autouse=True)
def little_memory() -> Iterator[None]:
    """No test here may take a gigabyte more than the process has."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    with open("/proc/self/statm") as stat:
        pages = int(stat.read().split()[0])
    # Arrow reserves more addresses than it uses.
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + (4 << 30), before[1]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak < 1 << 20  # KiB


def paths_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Paths to all parts of a document, of long lists to the first two items."""
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, list) else ()
    for key, child in children:
        yield from paths_in(child, (*path, key))


def changed(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = changed(value[path[0]], path[1:], new)
    return copy


def document(value: Any) -> bytes:
    return json.dumps(value).encode()


@fuzzed
@given(data=st.data())
def test_any_scene_json_is_read_or_refused(make_view: Callable[..., Any], data: st.DataObject) -> None:
    image, truth, scene = make_view()
    broken = changed(scene, data.draw(st.sampled_from(list(paths_in(scene)))), data.draw(json_values))
    with suppress(BadSample, EncodeError):
        frame = Frame.from_scene(read_scene({"scene.json": document(broken)}), image, truth)
        assert frame.intrinsics.shape == (3, 3)
        assert np.isfinite(frame.camera_to_world).all()
        assert all(mask.shape == truth.shape for mask in (frame.amodal or {}).values())


@fuzzed
@given(data=st.data())
def test_any_meta_json_is_read_or_refused(
    make_frame: Callable[..., Frame], plain_pairs: Any, data: st.DataObject
) -> None:
    meta = plain_pairs(make_frame())[0].meta.to_json()
    broken = changed(meta, data.draw(st.sampled_from(list(paths_in(meta)))), data.draw(json_values))
    with suppress(EncodeError):
        PairMeta.from_json(broken)


@fuzzed
@given(size=json_values, counts=json_values | st.lists(st.integers(-(2**64), 2**64), max_size=6))
def test_any_run_lengths_are_read_or_refused(size: Any, counts: Any) -> None:
    with suppress(EncodeError):
        decode_rle({"size": size, "counts": counts}, "mask")
    with suppress(EncodeError):
        assert decode_rle({"size": [64, 64], "counts": counts}, "mask", (64, 64)).shape == (64, 64)


@fuzzed
@given(data=st.data())
def test_any_receipt_is_read_or_refused(fill: Callable[..., None], tmp_path_factory: Any, data: st.DataObject) -> None:
    store = Store(tmp_path_factory.getbasetemp() / "receipts")
    if not store.exists("receipts/frames-000000.json"):
        fill(store, shards=1, scenes=1)
        store.put("kept.json", store.read_bytes("receipts/frames-000000.json"))
    receipt = json.loads(store.read_bytes("kept.json"))
    broken = changed(receipt, data.draw(st.sampled_from(list(paths_in(receipt)))), data.draw(json_values))
    store.put("receipts/frames-000000.json", document(broken))
    with suppress(DamagedShard):
        read_receipt(store, "frames", ShardIndex(0))


@fuzzed
@given(st.text(max_size=60) | st.text("ab01:&*[]{}-!#|>%\n \"'.,?<", max_size=60) | st.binary(max_size=60))
def test_any_yaml_is_read_or_refused(text: str | bytes) -> None:
    with suppress(FormatError):
        read_yaml(text, "config.yaml")


@fuzzed
@given(st.binary(min_size=512, max_size=512), st.integers(0, 511), st.binary(min_size=1, max_size=12))
def test_any_tar_header_is_read_or_refused(noise: bytes, offset: int, patch: bytes) -> None:
    info = tarfile.TarInfo(f"{KEY}.image.png")
    info.size = 1000
    block = info.tobuf(tarfile.USTAR_FORMAT)
    for header in (noise, (block[:offset] + patch + block[offset + len(patch) :])[:512]):
        with suppress(FormatError):
            member = read_header(header, 5000, "a.tar", {})
            assert member is None or 0 <= member.size <= 5000


@pytest.mark.parametrize(
    "counts",
    [[2**63, 2**63, 96 * 128], [2**64 - 1, 96 * 128 + 1], [-1, 96 * 128 + 1], [96 * 128 * 1.0], [True] * 96 * 128],
)
def test_run_lengths_that_would_wrap_are_one_line(fill: Callable[..., None], tmp_path: Any, counts: list[Any]) -> None:
    store = Store(tmp_path / "out")
    fill(store, shards=1, scenes=1)
    edit = edit_scene(lambda scene: scene["objects"][1]["amodal_rle"].update(counts=counts))
    rewrite(store, "frames", only(KEY, edit))
    report = audit_dataset(store)
    assert [problem.where for problem in report.problems if problem.check == "frame"] == [KEY]
    assert report.frames == 2


def bomb(width: int, height: int) -> bytes:
    """A PNG whose header says this size, and whose pixels end early."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1 << 20))) + chunk(b"IEND", b"")


def eps() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (128, 96)).save(stream, "EPS")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("suffix", "damage", "message"),
    [
        ("image.png", lambda _: bomb(20_000, 20_000), "sides of at most 8192 pixels, got a much larger image"),
        ("image.png", lambda _: eps(), "got another format"),
        (
            "truth.exr",
            lambda c: c.replace(struct.pack("<2i", 127, 95), struct.pack("<2i", 10**5, 10**5)),
            "data window",
        ),
        ("truth.exr", lambda c: c.replace(b"depth.Z\0", b"depth.Y\0", 1), "expected the channels"),
        ("scene.json", lambda _: b"[" * 100_000, "scene.json: expected"),
        ("scene.json", lambda _: b'{"key":' + b"9" * 10_000 + b"}", "scene.json: expected JSON in UTF-8"),
        ("scene.json", lambda c: c.replace(b'"spec":{}', b'"spec":{"a":1e999}'), "expected finite numbers"),
        ("scene.json", lambda c: c.replace(b'"spec":{}', rb'"spec":"\ud800"'), "surrogates not allowed"),
        ("scene.json", lambda c: c.replace(b'"height":96', b'"height":100000'), "height as an integer from 1 to 8192"),
    ],
)
def test_an_oversized_or_malformed_member_is_refused(make_view: Any, suffix: str, damage: Any, message: str) -> None:
    members = frame_members(*make_view())
    with pytest.raises(BadSample, match=message):
        read_frame({**members, suffix: damage(members[suffix])})


@pytest.mark.parametrize(
    "text", ["a: 1\na: 2", "a: !!binary aGk=", "&a [*a]", "[" * 100, "a: " + "9" * 5000, "? [b]\n: 1", "--- 1\n--- 2"]
)
def test_unsafe_yaml_is_refused(text: str) -> None:
    with pytest.raises(FormatError, match=r"x\.yaml: expected"):
        read_yaml(text, "x.yaml")


def test_yaml_that_grows_is_refused_and_dates_are_text() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]
    with pytest.raises(FormatError, match="at most 100,000 values"):
        read_yaml("\n".join(lines), "x.yaml")
    assert read_yaml("a: 2026-13-45\nb: 1:30\nc: 010", "x.yaml") == {"a": "2026-13-45", "b": "1:30", "c": "010"}


def test_pipes_are_not_opened(tmp_path: Any) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FormatError, match="a regular file"):
        read_file(tmp_path / "pipe", 100)


def test_a_tar_that_claims_more_than_it_holds_is_refused(fill: Callable[..., None], tmp_path: Any) -> None:
    store = Store(tmp_path / "out")
    fill(store, shards=1, scenes=1)
    path = tmp_path / "out/frames/frames-000000.tar"
    content = path.read_bytes()
    info = tarfile.TarInfo.frombuf(content[:512], "utf-8", "strict")
    info.size = 1 << 40
    path.write_bytes(info.tobuf(tarfile.GNU_FORMAT) + content[512:])
    details = [problem.detail for problem in audit_dataset(store).problems if problem.check == "damaged shard"]
    assert any("expected 's0000000-v00.image.png' with at most" in detail for detail in details), details


def test_run_lengths_of_another_size_are_refused() -> None:
    mask = np.random.default_rng(0).random((7, 11)) < 0.4
    assert (decode_rle(encode_rle(mask), "mask", (7, 11)) == mask).all()
    with pytest.raises(EncodeError, match=r"expected the size \[11, 7\] of its frame, got \[7, 11\]"):
        decode_rle(encode_rle(mask), "mask", (11, 7))


def test_any_number_of_listed_scenes_costs_nothing(fill: Callable[..., None], tmp_path: Any) -> None:
    store = Store(tmp_path / "out")
    fill(store, shards=1, scenes=1, views=1)
    for scenes, scenes_per_shard in ((10**9, 1), (10**9, 10**9)):
        frames = FrameExpectations(
            fingerprint="f" * 64,
            family=lambda _: "spheres",
            seed=7,
            width=128,
            height=96,
            scenes=scenes,
            views=1,
            scenes_per_shard=scenes_per_shard,
            albedo=False,
            surface=False,
        )
        report = audit_dataset(store, expectations=Expectations(frames=frames))
        assert report.frames == 1
        assert not report.ok
        details = " ".join(problem.detail for problem in report.problems)
        assert ("999,999,949 more shards" if scenes_per_shard == 1 else "and 999,999,979 more too") in details


def test_unexpected_errors_are_one_line(fill: Callable[..., None], tmp_path: Any) -> None:
    def rule(frame: Frame, _: Any) -> Iterator[str]:
        if frame.key == KEY:
            raise ZeroDivisionError("a rule of nobody's")
        yield from ()

    store = Store(tmp_path / "out")
    fill(store, shards=1, scenes=1)
    report = audit_dataset(store, expectations=Expectations(scene_rules={"rule": rule}))
    odd = [str(problem) for problem in report.problems if "cannot be audited" in problem.detail]
    assert odd == [f"[frame] {KEY}: it cannot be audited: ZeroDivisionError: a rule of nobody's"]
    assert report.frames == 2
