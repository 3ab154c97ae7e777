"""Audit of what the configuration expects, and by drawing again: each problem is caused, then named."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from encode import Frame, Pair, extra_members, make_pairs
from encode.frame.silhouettes import decode_rle, encode_rle
from encode.registry import built_in_task_names
from shards import (
    AuditReport,
    DamagedShard,
    Expectations,
    FrameExpectations,
    PairExpectations,
    Problem,
    Store,
    audit_dataset,
    encode_image,
    iter_frames,
    read_frame,
)
from tests.shards.conftest import HEIGHT, WIDTH
from tests.tamper import (
    Members,
    Samples,
    edit_json,
    edit_receipt,
    edit_scene,
    finish,
    only,
    pixels_of,
    png,
    put,
    rewrite,
)

#: The fixture's frames have no base colours and hide hardly anything: some of these have nothing to ask.
TASKS = built_in_task_names()
KEY = "s0000001-v01"
FISHEYE = {"model": "fisheye", "coefficients": [0.02, 0.0, 0.0, 0.0]}
DIGEST = "f" * 64

FRAMES = FrameExpectations(
    fingerprint=DIGEST,
    family=lambda _: "spheres",
    seed=7,
    width=WIDTH,
    height=HEIGHT,
    scenes=4,
    views=2,
    scenes_per_shard=2,
    albedo=False,
    surface=False,
    render={"samples": 1},
)
PAIRS = PairExpectations(
    fingerprint=DIGEST,
    tasks=TASKS,
    prompts_per_task=2,
    seed=5,
    split="train",
    source="source.png",
    extra_members=extra_members(TASKS),
)
EXPECTATIONS = Expectations(FRAMES, PAIRS)


def pairs_of(frame: Frame) -> tuple[Pair, ...]:
    return tuple(make_pairs(frame, TASKS, seed=5, prompts_per_task=2))


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory, fill: Callable[..., None]) -> Path:
    """Two shards of two scenes of two views, two pairs a task where there is something to ask."""
    folder = tmp_path_factory.mktemp("good")
    fill(Store(folder), pairs_of=pairs_of, extra_members=extra_members(TASKS))
    finish(Store(folder))
    return folder


@pytest.fixture
def store(good: Path, tmp_path: Path) -> Store:
    return Store(shutil.copytree(good, tmp_path / "data"))


def look(store: Store, frames: FrameExpectations = FRAMES, pairs: PairExpectations = PAIRS) -> AuditReport:
    return audit_dataset(store, expectations=Expectations(frames, pairs))


def names(report: AuditReport, check: str, where: str, detail: str) -> bool:
    return any(p.check == check and where in p.where and detail in p.detail for p in report.problems)


def test_a_sound_folder_meets_its_expectations(store: Store) -> None:
    report = look(store)
    assert report.ok, str(report)
    assert report.tasks["depth"] == 16
    assert report.tasks.get("albedo", 0) == 0  # nothing to ask is not a problem


def test_problems_that_are_known_already_are_reported(store: Store) -> None:
    assert audit_dataset(store, known_problems=[Problem("config", "config.yaml", "gone")]).counts == {"config": 1}


# Pairs missing, doubled, too many, drawn otherwise.


def test_a_missing_pair_is_found(store: Store) -> None:
    rewrite(store, "pairs", lambda samples: samples.pop(f"{KEY}-semantic-01"))
    report = look(store)
    assert report.counts == {"missing pair": 1}
    assert names(report, "missing pair", f"{KEY}-semantic-01", "expected a pair that asks")


def test_a_view_without_pairs_is_found(store: Store) -> None:
    def drop(samples: Samples) -> None:
        for key in [key for key in samples if key.startswith(KEY)]:
            del samples[key]

    rewrite(store, "pairs", drop)
    assert look(store).counts["missing pair"] >= 10


def test_missing_pairs_of_all_views_are_found(store: Store) -> None:
    for name in ("pairs/pairs-000000.tar", "pairs/pairs-000001.tar", "receipts/pairs-000000.json", "README.md"):
        store.remove(name)
    store.remove("receipts/pairs-000001.json")
    finish(store)
    assert look(store).counts == {"missing shard": 2}


def test_a_duplicate_pair_is_found(store: Store) -> None:
    def double(samples: Samples) -> None:
        samples[f"{KEY}-depth-02"] = samples[f"{KEY}-depth-00"]

    rewrite(store, "pairs", double)
    assert names(look(store), "extra pair", f"{KEY}-depth-02", "by config.yaml")


def test_a_pair_in_place_of_another_is_found(store: Store) -> None:
    def double(samples: Samples) -> None:
        samples[f"{KEY}-semantic-01"] = samples[f"{KEY}-semantic-00"]

    rewrite(store, "pairs", double)
    assert names(look(store), "draw", f"{KEY}-semantic-01", "expected the prompt")


def test_a_pair_of_an_unconfigured_task_is_found(store: Store) -> None:
    report = look(store, pairs=replace(PAIRS, tasks=tuple(task for task in TASKS if task != "normals")))
    assert report.counts == {"extra pair": 16}


def _other_draw(samples: Samples, make_frame: Callable[..., Frame], key: str) -> None:
    """A pair that is true, of the right seed by its meta.json, and drawn by another."""
    task = key.split("-")[2]
    pair = next(iter(make_pairs(make_frame(1, 1), [task], seed=6)))
    meta = json.dumps({**pair.meta.to_json(), "seed": 5}).encode()
    content = {"meta.json": meta, "prompt.txt": pair.prompt.encode(), "target.png": encode_image(pair.target)}
    if pair.source2 is not None:
        content["source2.png"] = encode_image(pair.source2)
    samples[key] = {**samples[key], **content}


@pytest.mark.parametrize("task", [*TASKS[:5], "interactive"])
def test_a_correct_pair_that_the_seed_does_not_draw_is_found(
    store: Store, make_frame: Callable[..., Frame], task: str
) -> None:
    rewrite(store, "pairs", lambda samples: _other_draw(samples, make_frame, f"{KEY}-{task}-00"))
    report = look(store)
    assert names(report, "draw", f"{KEY}-{task}-00", "seed 5")
    assert set(report.counts) == {"draw"}  # all else about it is right
    elsewhere = replace(PAIRS, versions={"verichrome": "0.0.0"})  # drawn by another version: cannot be drawn again here
    assert look(store, pairs=elsewhere).ok


def test_a_mark_moved_to_another_place_is_found(store: Store) -> None:
    key = f"{KEY}-interactive-00"

    def move(samples: Samples) -> None:
        samples[key] = {**samples[key], "source2.png": png(np.roll(pixels_of(samples[key]["source2.png"]), 40, 1))}

    rewrite(store, "pairs", move)
    report = look(store)
    assert names(report, "interactive", key, "second source image")
    assert names(report, "draw", key, "expected the second source that seed 5 draws")


def test_a_missing_pair_is_found_in_the_output_of_another_version_too(store: Store) -> None:
    rewrite(store, "pairs", lambda samples: samples.pop(f"{KEY}-depth-00"))
    assert look(store, pairs=replace(PAIRS, versions={"verichrome": "0.0.0"})).counts == {"missing pair": 1}


@pytest.mark.parametrize(
    ("field", "value", "detail"),
    [
        ("seed", 6, "expected seed 6 in meta.json by config.yaml, got 5"),
        ("split", "heldout", "expected split 'heldout' in meta.json by config.yaml, got 'train'"),
        ("source", "source.jpg", "expected the source image as source.jpg by config.yaml, got source.png"),
        ("fingerprint", "e" * 64, "of config.yaml, got fff"),
    ],
)
def test_pairs_of_another_configuration_are_found(store: Store, field: str, value: Any, detail: str) -> None:
    assert any(detail in p.detail for p in look(store, pairs=replace(PAIRS, **{field: value})).problems)


# scene.json against the configuration, its receipt, and the masks.


@pytest.mark.parametrize(
    ("field", "value", "detail"),
    [
        ("family", lambda _: "cubes", "expected family 'cubes' by config.yaml"),
        ("seed", 8, "expected seed 8 by config.yaml, got 7"),
        ("width", 64, "expected width 64 by config.yaml, got 128"),
        ("fingerprint", "e" * 64, "expected fingerprint"),
        ("render", {"samples": 2}, "expected samples 2 by config.yaml, got 1"),
        ("views", 3, "expected the views [0, 1, 2], got [0, 1]"),
        ("views", 1, "expected the views [0], got [0, 1]"),
        ("scenes", 5, "expected it and its receipt"),
        ("scenes_per_shard", 1, "alone, got [1]"),
        ("albedo", True, "albedo.png"),
        ("surface", True, "surface.exr"),
    ],
)
def test_frames_of_another_configuration_are_found(store: Store, field: str, value: Any, detail: str) -> None:
    report = look(store, frames=replace(FRAMES, **{field: value}))
    assert any(detail in problem.detail for problem in report.problems), str(report)


def test_more_scenes_than_configured_are_not_a_problem(store: Store) -> None:
    assert look(store, frames=replace(FRAMES, scenes=1)).ok


def _hole(scene: dict[str, Any]) -> None:
    record = scene["objects"][1]
    amodal = decode_rle(record["amodal_rle"], "")
    x0, y0, x1, y1 = record["box_2d"]
    amodal[(y0 + y1) // 2, (x0 + x1) // 2] = False
    record["amodal_rle"] = encode_rle(amodal)


def _far_silhouette(scene: dict[str, Any]) -> None:
    record = scene["objects"][1]
    amodal = put(decode_rle(record["amodal_rle"], ""), (0, WIDTH - 1), True)
    record.update(
        amodal_rle=encode_rle(amodal), visible_fraction=round(record["visible_pixels"] / int(amodal.sum()), 4)
    )


def _grow(name: str, axis: int, by: float) -> Callable[[dict[str, Any]], None]:
    def edit(scene: dict[str, Any]) -> None:
        scene["objects"][1]["box_3d"][name][axis] += by

    return edit


@pytest.mark.parametrize(
    ("edit", "check", "detail"),
    [
        (lambda s: s["objects"][2].update(visible_fraction=0.5), "objects", "by mask and amodal_rle, got 0.5"),
        (lambda s: s["objects"][1].update(amodal_rle=None), "objects", "expected an amodal_rle"),
        (_hole, "objects", "1 visible pixels are outside"),
        (_far_silhouette, "silhouette", "within the image of box_3d"),
        (lambda s: s["objects"].pop(), "ids", "instance ids [4] are not in scene.json"),
        (lambda s: s["objects"].append({**s["objects"][3], "id": 9, "name": "ball-9"}), "objects", "ball-9: expected"),
        (lambda s: s["objects"][1]["box_2d"].__setitem__(2, s["objects"][1]["box_2d"][2] + 1), "objects", "box_2d"),
        (lambda s: s["objects"][1].update(visible_pixels=True), "scene.json", "visible_pixels: expected an integer"),
        (lambda s: s["objects"][1]["box_3d"].update(rotation=[[1], [2, 3]]), "scene.json", "rotation: expected 3 rows"),
        (lambda s: s["objects"][1].update(size="huge"), "scene.json", "size"),
        (lambda s: s["objects"][1].update(color="pink"), "views", "expected color 'red' by the view s0000001-v00"),
        (lambda s: s["objects"][1].update(dimensions=[1, 1, 2]), "reprojection", "by box_3d, got [1, 1, 2]"),
        (_grow("center", 0, 0.05), "reprojection", "ball-1: expected its surface within box_3d to 1 mm"),
        (_grow("center", 2, 0.001), "views", "expected box_3d"),
        (lambda s: s["camera_to_world"][1].__setitem__(3, 0.01), "views", "expected half of"),
        (lambda s: s["camera_to_world"][0].__setitem__(0, 1 + 1e-6), "camera", "a rotation and a shift"),
        (lambda s: s.update(lens=FISHEYE), "config", "expected a lens of pinhole by config.yaml, got fisheye"),
        (lambda s: s["intrinsics"][1].__setitem__(1, 112.0), "views", "expected half of"),
        (lambda s: s.update(seed=8), "config", "expected seed 7 by config.yaml, got 8"),
        (lambda s: s.update(attempt=1), "receipt", "expected attempts 2 by the frame, got 1"),
        (lambda s: s["render"].update(device="OPTIX"), "receipt", "expected device 'OPTIX'"),
        (lambda s: s["render"].update(motion_blur={}), "config", "expected no blur by config.yaml, got motion_blur"),
        (lambda s: s["render"].update(normals_bent=-1), "scene.json", "expected normals_bent as a number of pixels"),
        (lambda s: s["render"].update(normals_flat=10**9), "scene.json", "expected normals_flat as a number of pixels"),
        (lambda s: s["versions"].update(blender="9"), "receipt", "expected versions"),
    ],
)
def test_a_scene_that_contradicts_its_truth_is_found(
    store: Store, edit: Callable[..., Any], check: str, detail: str
) -> None:
    rewrite(store, "frames", only(KEY, edit_scene(edit)))
    report = look(store)
    assert names(report, check, KEY, detail), str(report)


def test_an_albedo_with_colour_in_the_sky_is_found(store: Store) -> None:
    def paint(members: Members) -> Members:
        return {**members, "albedo.png": png(read_frame(members).image)}

    rewrite(store, "frames", only(KEY, paint))
    assert names(look(store), "albedo", KEY, "expected black where there is no surface")


# Receipts, manifest, card and unknown files.


@pytest.mark.parametrize(
    ("kind", "edit", "detail"),
    [
        ("frames", lambda f: f["frames"][3].update(depth_median=1.0), "expected depth_median"),
        (
            "frames",
            lambda f: f["frames"][3].update(objects_visible=9),
            "expected objects_visible 4 by the frame, got 9",
        ),
        ("frames", lambda f: f["frames"][3].update(shard=5), "expected every row to be of shard 0, got [5]"),
        ("frames", lambda f: f["scenes"][1].update(attempts=3), "expected attempts 1 by the frame, got 3"),
        ("frames", lambda f: f["scenes"][1].update(objects=3), "expected objects 4 by the frame, got 3"),
        ("frames", lambda f: f["scenes"][1].update(family="cubes"), "expected the family spheres"),
        ("frames", lambda f: f["scenes"][1].update(reason="black"), "expected no views, for it failed, got [0, 1]"),
        ("frames", lambda f: f["scenes"].pop(), "expected the scenes [1] too"),
        ("frames", lambda f: f.update(fingerprint="0" * 64), "expected the fingerprint ffff"),
        ("frames", lambda f: f.update(device="CUDA"), "expected device 'CPU' by the frame, got 'CUDA'"),
        (
            "frames",
            lambda f: f["rejections"].append(
                {"scene_index": 9, "attempt": 0, "view": 0, "candidate": 0, "check": "x", "reason": ""}
            ),
            "expected rejections of what was tried alone, got one of sampling 0 of scene 9",
        ),
        ("pairs", lambda f: f["pairs"][0].update(target_sha256="0" * 64), "expected target_sha256"),
        ("pairs", lambda f: f["pairs"][0].update(codec="gray!"), "in its row, got 'gray!'"),
        ("pairs", lambda f: f.update(samples=3), "expected 3 rows"),
        ("pairs", lambda f: f.update(fingerprint="0" * 64), "expected the fingerprint ffff"),
    ],
)
def test_a_false_receipt_is_found(store: Store, kind: str, edit: Callable[..., Any], detail: str) -> None:
    edit_receipt(store, kind, edit)
    assert any(detail in problem.detail for problem in look(store).problems), str(look(store))


@pytest.mark.parametrize("file", ["frames/frames-000001.tar", "../other/frames/frames-000000.tar", "/etc/passwd"])
def test_a_receipt_of_another_file_is_refused(store: Store, file: str) -> None:
    receipt = json.loads(store.read_bytes("receipts/frames-000000.json"))
    store.put("receipts/frames-000000.json", json.dumps({**receipt, "file": file}).encode())
    expected = f"expected it to be of frames/frames-000000.tar, got {file}"
    assert names(look(store), "receipt", "frames-000000.json", expected)
    with pytest.raises(DamagedShard, match="expected it to be of"):
        list(iter_frames(store))


@pytest.mark.parametrize(
    ("table", "column"), [("frames", "width"), ("pairs", "template"), ("scenes", "objects"), ("shards", "sha256")]
)
def test_one_changed_cell_of_the_manifest_is_found(store: Store, table: str, column: str) -> None:
    import pyarrow.parquet as pq

    assert store.folder is not None
    file = store.folder / "manifest" / f"{table}.parquet"
    content = pq.read_table(file)
    rows = content.to_pylist(maps_as_pydicts="strict")
    rows[1][column] = rows[1][column] + type(rows[1][column])(1)
    pq.write_table(type(content).from_pylist(rows, schema=content.schema), file)
    report = look(store)
    assert report.counts == {"manifest": 1}
    assert names(report, "manifest", f"{table}.parquet", f"row 1: expected {column} ")


def test_a_missing_column_of_the_manifest_is_found(store: Store) -> None:
    import pyarrow.parquet as pq

    assert store.folder is not None
    file = store.folder / "manifest" / "frames.parquet"
    pq.write_table(pq.read_table(file).drop_columns(["view"]), file)
    assert look(store).counts == {"manifest": 1}


@pytest.mark.parametrize(
    ("old", "new", "detail"),
    [
        (" training samples", "0 training samples", "training samples** from"),
        ("| 16 |", "| 17 |", "| 16 |"),
        ("000000..000001", "000000..000002", "000000..000001"),
        ("n<1K", "1K<n<10K", "expected size_categories ['n<1K']"),
        ("name: source.png", "name: source.jpg", "expected dataset_info"),
        ("`ffffffffffffffff`", "`0`", "`ffffffffffffffff`"),
        ("---\n", "+++\n", "front matter"),
    ],
)
def test_a_card_with_wrong_counts_is_found(store: Store, old: str, new: str, detail: str) -> None:
    text = store.read_bytes("README.md").decode()
    assert old in text
    store.put("README.md", text.replace(old, new).encode())
    report = look(store)
    assert set(report.counts) == {"card"}
    assert any(detail.replace("**", "") in p.detail.replace("**", "") for p in report.problems), str(report)


def test_a_reworded_card_passes_and_a_missing_card_is_found(store: Store) -> None:
    text = store.read_bytes("README.md").decode()
    store.put("README.md", text.replace("cc0-1.0", "mit").replace("# Synthetic", "# My synthetic").encode())
    assert look(store).ok
    store.remove("README.md")
    assert look(store).counts == {"card": 1}


@pytest.mark.parametrize(
    "name",
    [
        "frames/frames-0000001.tar",  # a second name for shard 1
        "pairs/pairs-000000.tar.bak",
        "receipts/notes.json",
        "receipts/frames-0000000.json",
        "frames/deep/frames-000000.tar",
        "manifest/more.parquet",
    ],
)
def test_unexpected_files_are_found(store: Store, name: str) -> None:
    store.put(name, b"")
    assert names(look(store), "orphan", name, "no such file belongs to a data set")


def test_swapped_prompt_and_meta_of_two_pairs_are_found(store: Store) -> None:
    def swap(samples: Samples) -> None:
        a, b = samples[f"{KEY}-depth-00"], samples[f"{KEY}-depth-01"]
        for suffix in ("prompt.txt", "target.png", "meta.json"):
            a[suffix], b[suffix] = b[suffix], a[suffix]

    rewrite(store, "pairs", swap)
    assert {p.where for p in look(store).problems} >= {f"{KEY}-depth-00", f"{KEY}-depth-01"}


def test_a_problem_is_one_line(store: Store) -> None:
    rewrite(store, "pairs", only(f"{KEY}-depth-00", lambda members: {**members, "prompt.txt": b"Paint\nit\n\nblack."}))
    report = look(store)
    assert len(str(report).splitlines()) == 3 + len(report.problems)


def test_a_seed_changed_in_meta_alone_is_found(store: Store) -> None:
    rewrite(store, "pairs", only(f"{KEY}-depth-00", edit_json("meta.json", lambda meta: meta.update(seed=9))))
    assert names(look(store), "config", f"{KEY}-depth-00", "expected seed 5 in meta.json by config.yaml, got 9")
