"""A sound data set passes the audit; each kind of tampering is found and named."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from encode import Frame, Pair, SceneIndex, ViewIndex, make_pairs
from shards import (
    AuditReport,
    FrameRow,
    PairRow,
    SceneRow,
    ShardIndex,
    ShardWriter,
    Store,
    audit_dataset,
    encode_image,
    frame_members,
    iter_shard,
    pair_members,
    read_pair,
    read_receipt,
)
from shards.audit.report import AuditTotals
from shards.audit.scene import sibling_problems
from tests.tamper import Members, edit_receipt, edit_scene, edit_truth, finish, only, pixels_of, png, put, rewrite

TASKS = ("depth", "instance", "normals", "referring", "semantic")
KEY = "s0000001-v01"


def true_pairs(frame: Frame) -> tuple[Pair, ...]:
    return tuple(make_pairs(frame, TASKS, seed=5))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, fill: Callable[..., None]) -> Path:
    """A sound data set, made once: two shards of two scenes of two views, five pairs a view."""
    folder = tmp_path_factory.mktemp("sound")
    fill(Store(folder), pairs_of=true_pairs)
    finish(Store(folder))
    return folder


@pytest.fixture
def store(sound: Path, tmp_path: Path) -> Store:
    """A copy to tamper with."""
    return Store(shutil.copytree(sound, tmp_path / "data"))


def test_a_sound_data_set_has_no_problems(store: Store) -> None:
    seen: list[tuple[int, int]] = []
    report = audit_dataset(store, progress=lambda done, total: seen.append((done, total)))
    assert report.ok, str(report)
    assert (report.frames, report.pairs) == (8, sum(report.tasks.values()))
    assert set(report.tasks) == set(TASKS)
    assert 0 < report.worst_depth_error <= 1.0001
    assert seen == [(1, 2), (2, 2)]
    assert "no problems" in str(report)
    assert audit_dataset(store, workers=2) == report


def test_processes_find_what_one_finds(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = Path(store.url, "pairs/pairs-000000.tar"), Path(store.url, "frames/frames-000001.tar")
    first.unlink()
    content = bytearray(second.read_bytes())
    content[len(content) // 2] ^= 1
    second.write_bytes(content)
    alone = audit_dataset(store)
    assert all(any(path.name in problem.where for problem in alone.problems) for path in (first, second))
    monkeypatch.setattr("shards.audit.dataset._FRAMES_A_PROCESS", 1)
    seen: list[tuple[int, int]] = []
    assert audit_dataset(store, workers=2, progress=lambda done, total: seen.append((done, total))) == alone
    assert seen == [(1, 2), (2, 2)]


@pytest.mark.parametrize("source_format", ["jpg", "webp"])
def test_lossy_sources_pass_when_they_are_the_frames(
    tmp_path: Path, fill: Callable[..., None], source_format: str
) -> None:
    store = Store(tmp_path)
    fill(store, shards=1, scenes=1, source_format=source_format, pairs_of=true_pairs)
    finish(store)
    report = audit_dataset(store)
    assert report.ok, str(report)


def test_frames_in_another_store_are_used(sound: Path, tmp_path: Path) -> None:
    both, frames, pairs = Store(sound), Store(tmp_path / "frames"), Store(tmp_path / "pairs")
    for name in both.names():
        (frames if "frames-" in name else pairs).put(name, both.read_bytes(name))
    finish(frames)
    finish(pairs)
    assert audit_dataset(pairs, frames).ok
    assert "missing shard" in audit_dataset(pairs).counts


FRAME_TAMPERINGS = {
    "depth": edit_truth(depth=lambda t: put(t.depth, (80, 5), 0)),
    "surface": edit_truth(instance=lambda t: put(t.instance, (0, 0), 1)),
    "ids": edit_truth(instance=lambda t: put(t.instance, (90, 5), 77)),
    "normals": edit_truth(normal=lambda t: t.normal * np.float32(0.99)),
    "categories": edit_truth(category=lambda t: put(t.category, (90, 5), 2)),
    "objects": edit_scene(lambda s: s["objects"][1].update(visible_pixels=3)),
    "reprojection": edit_scene(lambda s: s["camera_to_world"][0].__setitem__(3, 0.5)),
    "camera": edit_scene(lambda s: s["intrinsics"][0].__setitem__(0, -3.0)),
    "scene.json": edit_scene(lambda s: s.pop("family")),
    "frame": edit_scene(lambda s: s.update(key="s0000009-v00")),
}


def _lens(k1: float) -> dict[str, Any]:
    return {"model": "radial-tangential", "coefficients": [k1, 0.0, 0.0, 0.0, 0.0]}


@pytest.mark.parametrize("check", FRAME_TAMPERINGS)
def test_tampering_with_a_frame_is_found(store: Store, check: str) -> None:
    rewrite(store, "frames", only(KEY, FRAME_TAMPERINGS[check]))
    report = audit_dataset(store)
    assert check in report.counts, str(report)
    assert any(problem.check == check and problem.where == KEY for problem in report.problems)


@pytest.mark.parametrize(
    ("edit", "detail"),
    [
        (edit_truth(depth=lambda t: put(t.depth, (90, 5), np.nan)), "NaN"),
        (edit_truth(category=lambda t: put(t.category, (0, 0), 1)), "the world's category 3"),
        (edit_truth(normal=lambda t: -t.normal), "face the camera"),
        (edit_truth(normal=lambda t: put(t.normal, (0, 0), (0, 0, 1))), "0 where there is no surface"),
        (edit_truth(depth=lambda t: t.depth * np.float32(1.3)), "box_3d"),
        (edit_scene(lambda s: s["objects"][1].update(box_2d=[0, 0, 5, 5])), "box_2d"),
        (edit_scene(lambda s: s["objects"][1].update(truncated=True)), "truncated"),
        (edit_scene(lambda s: s["objects"][1].update(visible_fraction=1.5)), "visible_fraction"),
        (edit_scene(lambda s: s["objects"][1].update(supported_by=99)), "stands on object 99"),
        (edit_scene(lambda s: s["objects"][1].update(name="ball-2")), "distinct object names"),
        (edit_scene(lambda s: s["objects"][1].update(id=3)), "to be distinct"),
        (edit_scene(lambda s: s["objects"][1].update(category="cube")), "is ball, not cube"),
        (edit_scene(lambda s: s.update(format=2)), "format 1"),
        (edit_scene(lambda s: s.update(view_index=4)), "expected the key s0000001-v04"),
        (edit_scene(lambda s: s["camera_to_world"][0].__setitem__(0, -1)), "a rotation and a shift"),
        (edit_scene(lambda s: s["intrinsics"][0].__setitem__(2, 1000)), "principal point"),
        (edit_scene(lambda s: s.update(lens=_lens(-0.9))), "different points in different pixels"),
        (edit_scene(lambda s: s.update(lens={"model": "fisheye", "coefficients": [0.1]})), "must be 4 numbers"),
        (edit_scene(lambda s: s.update(lens={"model": "fisheye"})), "missing ['coefficients']"),
    ],
)
def test_the_report_names_what_is_wrong_with_a_frame(
    store: Store, edit: Callable[[Members], Members], detail: str
) -> None:
    rewrite(store, "frames", only(KEY, edit))
    assert any(detail in problem.detail for problem in audit_dataset(store).problems)


def _shift(members: Members) -> Members:
    return {**members, "target.png": png(np.roll(pixels_of(members["target.png"]), 3, axis=1))}


@pytest.mark.parametrize("task", TASKS)
def test_a_target_that_differs_from_the_truth_is_found(store: Store, task: str) -> None:
    rewrite(store, "pairs", only(f"{KEY}-{task}-00", _shift))
    report = audit_dataset(store)
    assert report.counts == {task: report.counts[task]}, str(report)


def test_one_changed_pixel_of_a_target_is_found(store: Store) -> None:
    def touch(members: Members) -> Members:
        return {**members, "target.png": png(put(pixels_of(members["target.png"]), (40, 40), (1, 2, 3)))}

    rewrite(store, "pairs", only(f"{KEY}-semantic-00", touch))
    assert audit_dataset(store).counts["semantic"] == 1


def test_a_source_that_differs_from_the_frames_image_is_found(store: Store) -> None:
    def touch(members: Members) -> Members:
        return {**members, "source.png": png(put(pixels_of(members["source.png"]), (40, 40), (1, 2, 3)))}

    rewrite(store, "pairs", only(f"{KEY}-depth-00", touch))
    problems = audit_dataset(store).problems
    assert [problem.check for problem in problems] == ["source"]
    assert problems[0].detail == "expected the frame's image, 1 pixels differ"


@pytest.mark.parametrize("source_format", ["jpg", "webp"])
def test_a_lossy_source_of_another_view_is_found(
    tmp_path: Path, fill: Callable[..., None], make_frame: Callable[..., Frame], source_format: Any
) -> None:
    """The balls are 8 cm further on, two pixels: nearly the same picture, and not the same."""
    store = Store(tmp_path)
    fill(store, shards=1, source_format=source_format, pairs_of=true_pairs)
    other = {f"source.{source_format}": encode_image(make_frame(3, 0).image, source_format)}
    rewrite(store, "pairs", only(f"{KEY}-depth-00", lambda members: {**members, **other}))
    assert audit_dataset(store).counts == {"source": 1}


@pytest.mark.parametrize(
    ("suffix", "content", "check"),
    [
        ("prompt.txt", b"Paint the sea in pink.", "semantic"),
        ("prompt.txt", b"\xff\xfe", "pair"),
        ("meta.json", b"{}", "pair"),
        ("meta.json", b"{", "pair"),
        ("target.png", b"no image", "pair"),
        ("extra.txt", b"", "pair"),
    ],
)
def test_inconsistent_members_are_found(store: Store, suffix: str, content: bytes, check: str) -> None:
    rewrite(store, "pairs", only(f"{KEY}-semantic-00", lambda members: {**members, suffix: content}))
    assert check in audit_dataset(store).counts


def test_a_row_that_differs_from_its_pair_is_found(store: Store) -> None:
    edit_receipt(store, "pairs", lambda fields: fields["pairs"][0].update(template="depth-99"))
    assert any("in its row, got 'depth-99'" in problem.detail for problem in audit_dataset(store).problems)


def test_pairs_without_their_frame_are_found(store: Store) -> None:
    rewrite(store, "frames", lambda samples: samples.pop(KEY))
    report = audit_dataset(store)
    assert report.counts["missing frame"] == 5
    assert set(report.counts) == {"missing frame"}


def test_missing_and_surplus_files_are_found(store: Store) -> None:
    store.put("pairs/notes.txt", b"")
    store.put("frames/frames-000009.tar", b"")
    store.remove("pairs/pairs-000001.tar")
    store.remove("manifest/scenes.parquet")
    counts = audit_dataset(store).counts
    assert counts == {"orphan": 2, "missing shard": 1, "damaged shard": 1, "manifest": 1}


def test_a_missing_receipt_is_found(store: Store) -> None:
    store.remove("receipts/pairs-000001.json")
    finish(store)
    counts = audit_dataset(store).counts
    assert counts == {"orphan": 1, "missing shard": 1}


def test_an_outdated_manifest_is_found(store: Store, fill: Callable[..., None]) -> None:
    fill(store, shards=1, pairs_of=lambda frame: true_pairs(frame)[:1])
    counts = audit_dataset(store).counts
    assert counts == {"manifest": 2, "card": 2}  # pairs and shards; the frames are the same


def test_a_manifest_that_is_not_parquet_is_found(store: Store) -> None:
    store.put("manifest/frames.parquet", b"PAR1")
    assert audit_dataset(store).counts == {"manifest": 1}


@pytest.mark.parametrize("kind", ["frames", "pairs"])
def test_a_flipped_bit_and_a_truncated_tar_are_found(store: Store, kind: str) -> None:
    name = f"{kind}/{kind}-000000.tar"
    content = store.read_bytes(name)
    store.put(name, content[:-1] + bytes([content[-1] ^ 1]))  # in the padding of the tar
    assert audit_dataset(store).counts == {"damaged shard": 1}
    store.put(name, content[: len(content) // 2])
    assert "damaged shard" in audit_dataset(store).counts


def test_a_sample_in_two_shards_is_found(tmp_path: Path, make_view: Callable[..., Any]) -> None:
    store = Store(tmp_path)
    image, truth, scene = make_view()
    for index in range(2):
        with ShardWriter(store, "frames", ShardIndex(index)) as writer:
            writer.add(scene["key"], frame_members(image, truth, scene))
            row = FrameRow.measure(
                Frame.from_scene(scene, image, truth),
                scene_index=SceneIndex(0),
                view=ViewIndex(0),
                shard=ShardIndex(index),
            )
            scenes = [SceneRow(scene_index=0, family="spheres", attempts=1, objects=4)]
            versions = {"verichrome": "0.1.0"}
            writer.commit(fingerprint="f" * 64, versions=versions, device="CPU", frames=[row], scenes=scenes)
    finish(store)
    assert audit_dataset(store).counts == {"order": 1}


def test_a_pair_under_another_frames_key_is_found(store: Store) -> None:

    key = "s0000001-v01-zz-00"

    rows = list(read_receipt(store, "pairs", ShardIndex(0)).pairs)
    samples = dict(iter_shard(store, "pairs/pairs-000000.tar"))
    first = read_pair(rows[0].key, samples[rows[0].key])  # of view s0000000-v00, to come last
    moved = replace(first.pair, key=key)
    samples[key] = pair_members(moved, first.source)
    with ShardWriter(store, "pairs", ShardIndex(0)) as writer:
        for name, members in samples.items():
            writer.add(name, members)
        writer.commit(fingerprint="f", pairs=[*rows, PairRow.of(moved, samples[key], shard=ShardIndex(0))])
    finish(store)
    report = audit_dataset(store)
    detail = "expected the key s0000000-v00-depth-NN by meta.json, got s0000001-v01-zz-00"
    assert [problem.detail for problem in report.problems if problem.check == "key"] == [detail]
    assert {problem.where for problem in report.problems} == {key}


def test_problems_are_capped_and_counted() -> None:

    totals = AuditTotals()
    for number in range(500):
        totals.add_problem("depth", str(number), "deep")
    totals.add_problem("source", "x", "wrong")
    report: AuditReport = totals.report()
    assert report.counts == {"depth": 500, "source": 1}
    assert len(report.problems) == 51
    assert not report.ok
    assert "and 450 more" in str(report)


def test_keypoints_of_two_views_share_what_is_of_the_scene() -> None:
    def view(key: str, **changed: object) -> dict[str, Any]:
        keypoint = {"name": "nose", "position": [0, 1, 2], "radius": 0.01, "pixel": [3, 4], "visibility": 2}
        shared = dict.fromkeys(("family", "seed", "scene_index", "attempt", "world_category", "categories"), 0)
        objects = [{"id": 1, "name": "person-1", "keypoints": [keypoint | changed]}, {"id": 2, "name": "mug-1"}]
        return {**shared, "key": key, "spec": {}, "fingerprint": "", "versions": {}, "render": {}, "objects": objects}

    first = view("s0000000-v00")
    assert list(sibling_problems(view("s0000000-v01", pixel=[5, 6], visibility=1), first)) == []
    assert "object 1: expected keypoints" in next(sibling_problems(view("s0000000-v01", position=[0, 1, 3]), first))


def test_texts_of_two_views_share_what_is_of_the_scene() -> None:
    def view(key: str, **changed: object) -> dict[str, Any]:
        text = {"text": "TEA", "corners": [[0, 1, 2]] * 4, "pixels": [[3, 4]] * 4, "visible_fraction": 1.0}
        shared = dict.fromkeys(("family", "seed", "scene_index", "attempt", "world_category", "categories"), 0)
        objects = [{"id": 1, "name": "hanging sign-1", "texts": [text | changed]}]
        return {**shared, "key": key, "spec": {}, "fingerprint": "", "versions": {}, "render": {}, "objects": objects}

    first = view("s0000000-v00")
    assert list(sibling_problems(view("s0000000-v01", pixels=[[0, 0]] * 4, visible_fraction=0.0), first)) == []
    assert "object 1: expected texts" in next(sibling_problems(view("s0000000-v01", text="TEN"), first))
