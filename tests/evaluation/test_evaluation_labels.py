"""Benchmarks of normals, classes, phrases and instances on tiny files in their own formats."""

import json
import os
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pycocotools import mask as coco

from encode import FormatError, meta_of_prompt, read_legend_text, write_png
from encode.colors.legend import check_apart
from encode.normals.codec import encode_normals
from shards.exr import encode_exr
from tests.evaluation.benchmark_cases import photograph, prompt_rows, scores, write_gray
from verichrome.errors import UsageError
from verichrome.evaluation import BENCHMARKS, open_benchmark, score_benchmark
from verichrome.evaluation.cityscapes import CITYSCAPES_LEGEND, CITYSCAPES_PROMPT

RED = (255, 0, 0)


def tilted(height: int, width: int) -> np.ndarray:
    """Normals that turn from left to right, toward the viewer and up."""
    x = np.linspace(-0.6, 0.6, width)[None].repeat(height, 0)
    normals = np.stack([x, np.full_like(x, 0.3), np.ones_like(x)], -1)
    return normals / np.linalg.norm(normals, axis=-1, keepdims=True)


def painted(folder: Path, key: str, masks: dict[tuple[int, int, int], np.ndarray]) -> Path:
    """An answer of masks on black."""
    folder.mkdir(exist_ok=True)
    shape = next(iter(masks.values())).shape
    pixels = np.zeros((*shape, 3), np.uint8)
    for color, mask in masks.items():
        pixels[mask] = color
    write_png(folder / f"{key}.png", pixels)
    return folder


def block(top: int, bottom: int, left: int, right: int, shape: tuple[int, int] = (40, 60)) -> np.ndarray:
    mask = np.zeros(shape, bool)
    mask[top:bottom, left:right] = True
    return mask


def run_text(mask: np.ndarray) -> dict[str, Any]:
    runs = coco.encode(np.asfortranarray(mask.astype(np.uint8)))
    return {"size": list(mask.shape), "counts": runs["counts"].decode()}


@pytest.mark.parametrize("name", ["nyuv2-normals", "ibims1-normals"])
def test_normals_of_dsine_have_left_as_their_first_axis(name: str, tmp_path: Path) -> None:
    normals = tilted(20, 30)
    stored = normals * [-1, 1, 1]
    if name == "nyuv2-normals":
        stem, key = tmp_path / "root/dsine_eval/nyuv2/test/000045", "nyuv2-normals-000045"
        photograph(stem.with_name("000045_img.png"), 20, 30)
        pixels = np.rint((stored + 1) * 127.5).astype(np.uint8)
        pixels[0] = 0
        write_png(stem.with_name("000045_normal.png"), pixels)
    else:
        stem, key = tmp_path / "root/ibims/ibims/corridor_01", "ibims-normals-corridor_01"
        photograph(stem.with_name("corridor_01_img.png"), 20, 30)
        stored[0] = 0
        values = stored.astype(np.float32)
        stem.with_name("corridor_01_normal.exr").write_bytes(
            encode_exr({channel: values[..., i] for i, channel in enumerate("RGB")})
        )
    (tmp_path / "answers").mkdir()
    wrong_without_truth = normals.copy()
    wrong_without_truth[0] = [1, 0, 0]
    write_png(tmp_path / f"answers/{key}.png", encode_normals(wrong_without_truth.astype(np.float32)))
    assert scores(name, tmp_path / "answers", tmp_path / "root")["mean"] < 0.5
    turned = np.tile(np.array([0, 0, 1], np.float32), (20, 30, 1))
    write_png(tmp_path / f"answers/{key}.png", encode_normals(turned))
    expected = np.degrees(np.arccos(normals[1:, :, 2])).mean()
    assert scores(name, tmp_path / "answers", tmp_path / "root")["mean"] == pytest.approx(expected, abs=0.5)
    assert [row["task"] for row in prompt_rows(name, tmp_path / "root", tmp_path / "run")] == ["normals"]


@pytest.mark.parametrize("signs", [(1, 1, 1), (-1, 1, 1), (1, -1, -1), (-1, -1, 1)])
def test_axes_of_diode_normals_are_turned_as_the_depth_has_them(signs: tuple[int, int, int], tmp_path: Path) -> None:
    """A floor and a wall that leans: planes n.p = -c, seen by DIODE's camera at a quarter of its size."""
    height, width = 192, 256
    right = ((np.arange(width) - width / 2) / (886.81 / 4))[None].repeat(height, 0)
    up = ((height / 2 - np.arange(height)) / (927.06 / 4))[:, None].repeat(width, 1)
    rays = np.stack([right, up, -np.ones_like(right)], -1)
    normals = np.zeros_like(rays)
    normals[:120] = np.array([0.5, 0.2, 1]) / np.linalg.norm([0.5, 0.2, 1])
    normals[120:] = [0, 1, 0]
    depth = -2 / np.einsum("hwc,hwc->hw", rays, normals)
    assert depth.min() > 0.6
    stem = tmp_path / "root/val/indoors/scene_00019/scan_00183/a"
    photograph(stem.with_name("a.png"), height, width)
    np.save(stem.with_name("a_depth.npy"), depth[..., None].astype(np.float32))
    np.save(stem.with_name("a_depth_mask.npy"), np.ones((height, width)))
    stored = tmp_path / "root/val_normals/indoors/scene_00019/scan_00183/a_normal.npy"
    stored.parent.mkdir(parents=True)
    np.save(stored, (normals * signs).astype(np.float32))
    (tmp_path / "answers").mkdir()
    write_png(tmp_path / "answers/a-normals.png", encode_normals(normals.astype(np.float32)))
    found = scores("diode-normals", tmp_path / "answers", tmp_path / "root")
    assert found["mean"] < 0.5
    write_png(tmp_path / "answers/a-normals.png", encode_normals((normals * [-1, 1, 1]).astype(np.float32)))
    assert scores("diode-normals", tmp_path / "answers", tmp_path / "root")["mean"] > 20


def make_cityscapes(root: Path) -> Path:
    """Two images: road, car, and a part that is not scored; the second has a road alone."""
    for number, city in enumerate(("frankfurt", "munster")):
        stem = f"{city}/{city}_000000_00029{number}"
        photograph(root / f"leftImg8bit/val/{stem}_leftImg8bit.png", 40, 60)
        ids = np.full((40, 60), 7, np.uint8)
        if number == 0:
            ids[:10] = 26
            ids[30:] = 3  # out of roi
        write_gray(root / f"gtFine/val/{stem}_gtFine_labelIds.png", ids)
    return root


def test_cityscapes_sums_intersections_and_unions_and_leaves_void_out(tmp_path: Path) -> None:
    root = make_cityscapes(tmp_path / "root")
    road, car = CITYSCAPES_LEGEND["road"], CITYSCAPES_LEGEND["car"]
    answers = tmp_path / "answers"
    everything = np.ones((40, 60), bool)
    painted(answers, "frankfurt_000000_000290", {road: everything, car: block(0, 10, 0, 60)})
    painted(answers, "munster_000000_000291", {road: everything})
    assert scores("cityscapes", answers, root)["miou"] == 1
    painted(answers, "frankfurt_000000_000290", {road: everything})
    # road: 1200 + 2400 right of 1800 + 2400; car: none of 600.
    assert scores("cityscapes", answers, root)["miou"] == pytest.approx((3600 / 4200 + 0) / 2)
    painted(answers, "frankfurt_000000_000290", {car: block(0, 10, 0, 60), (0, 0, 0): block(10, 40, 0, 60)})
    assert scores("cityscapes", answers, root)["miou"] == pytest.approx((2400 / 3600 + 1) / 2)


def test_the_prompt_of_cityscapes_is_one_of_our_templates_with_colours_apart(tmp_path: Path) -> None:
    meta = meta_of_prompt(CITYSCAPES_PROMPT, (2, 2))
    assert {entry.label: entry.rgb for entry in meta.foreground} == CITYSCAPES_LEGEND
    check_apart([(0, 0, 0), *CITYSCAPES_LEGEND.values()], "Cityscapes")
    rows = prompt_rows("cityscapes", make_cityscapes(tmp_path / "root"), tmp_path / "run")
    assert read_legend_text(rows[0]["legend"]) == CITYSCAPES_LEGEND


def make_reasonseg(root: Path) -> Path:
    """A target with a corner that is ignored, asked by a question; and a phrase with no target."""
    shapes = [
        {"label": "target", "points": [[10.0, 10.0], [29, 10], [29, 29], [10, 29]]},
        {"label": "ignore", "points": [[20, 20], [29, 20], [29, 29], [20, 29]]},
        {"label": "flag", "points": [[0, 0], [5, 0], [5, 5]]},
    ]
    for name, document in {
        "a": {"text": ["What can hold water?", "other"], "is_sentence": True, "shapes": shapes},
        "b": {"text": ["caf\u00e9"], "is_sentence": False, "shapes": []},
    }.items():
        photograph(root / f"val/{name}.jpg", 40, 60)
        (root / f"val/{name}.json").write_bytes(json.dumps(document, ensure_ascii=False).encode("cp1252"))
    return root


def test_reasonseg_asks_the_first_text_and_leaves_ignored_regions_out(tmp_path: Path) -> None:
    root = make_reasonseg(tmp_path / "root")
    rows = prompt_rows("reasonseg-val", root, tmp_path / "run")
    assert [row["prompt"] for row in rows] == [
        "What can hold water? Answer with a mask in red on black.",
        "Find caf\u00e9 and answer with a mask in red on black.",
    ]
    assert read_legend_text(rows[0]["legend"]) == {"target": RED}
    answers = tmp_path / "answers"
    painted(answers, "reasonseg-a", {RED: block(10, 30, 10, 30)})
    painted(answers, "reasonseg-b", {RED: np.zeros((40, 60), bool)})
    assert scores("reasonseg-val", answers, root) == {"ciou": 1.0, "giou": 1.0}
    painted(answers, "reasonseg-a", {RED: block(10, 20, 10, 30)})
    found = scores("reasonseg-val", answers, root)
    assert found["ciou"] == pytest.approx(200 / 300)
    assert found["giou"] == pytest.approx((200 / 300 + 1) / 2)


def make_refcocog(root: Path) -> Path:
    """A reference of two sentences by a polygon, one by run lengths, and one of another split."""
    image = {"id": 5, "file_name": "COCO_train2014_000000000005.jpg", "height": 40, "width": 60}
    photograph(root / "images/mscoco/images/train2014/COCO_train2014_000000000005.jpg", 40, 60)
    annotations = [
        {"id": 1, "image_id": 5, "segmentation": [[10, 10, 30, 10, 30, 30, 10, 30]]},
        {"id": 2, "image_id": 5, "segmentation": run_text(block(0, 8, 0, 50))},
    ]
    references = [
        {"ref_id": n, "ann_id": ann, "split": split, "sentences": [{"sent_id": i, "sent": text} for i, text in texts]}
        for n, ann, split, texts in (
            (0, 1, "test", [(0, "the left mug"), (1, "mug near; the edge=of table")]),
            (1, 2, "test", [(2, "man")]),
            (2, 1, "val", [(3, "a cup")]),
        )
    ]
    (root / "refcocog").mkdir(parents=True)
    (root / "refcocog/instances.json").write_text(json.dumps({"images": [image], "annotations": annotations}))
    (root / "refcocog/refs(umd).p").write_bytes(pickle.dumps(references, protocol=2))
    return root


def test_refcocog_has_a_sample_a_sentence_and_masks_as_coco_draws_them(tmp_path: Path) -> None:
    root = make_refcocog(tmp_path / "root")
    rows = prompt_rows("refcocog-test", root, tmp_path / "run")
    assert [row["key"] for row in rows] == ["refcocog-000000", "refcocog-000001", "refcocog-000002"]
    assert rows[1]["prompt"] == "Find mug near; the edge=of table and answer with a mask in red on black."
    assert len(prompt_rows("refcocog-val", root, tmp_path / "run")) == 1
    answers = tmp_path / "answers"
    for number in range(2):
        painted(answers, f"refcocog-{number:06d}", {RED: block(10, 30, 10, 30)})
    painted(answers, "refcocog-000002", {RED: block(0, 8, 0, 50)})
    assert scores("refcocog-test", answers, root) == {"ciou": 1.0, "giou": 1.0}
    painted(answers, "refcocog-000002", {RED: block(0, 8, 0, 25)})
    found = scores("refcocog-test", answers, root)
    assert found["ciou"] == pytest.approx(1000 / 1200)
    assert found["giou"] == pytest.approx((1 + 1 + 0.5) / 3)


class Harmful:
    """Runs a command where it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.path),)


def test_a_pickle_that_calls_something_is_refused(tmp_path: Path) -> None:
    root = make_refcocog(tmp_path / "root")
    (root / "refcocog/refs(umd).p").write_bytes(pickle.dumps([Harmful(tmp_path / "harm")]))
    painted(tmp_path / "answers", "refcocog-000000", {RED: block(10, 30, 10, 30)})
    with pytest.raises(UsageError, match=r"pickle of plain lists.*mkdir"):
        score_benchmark("refcocog-test", tmp_path / "answers", root)
    assert not (tmp_path / "harm").exists()


def test_a_pickle_that_asks_for_much_memory_is_refused(tmp_path: Path) -> None:
    root = make_refcocog(tmp_path / "root")
    (root / "refcocog/refs(umd).p").write_bytes(b"]r\xff\xff\xff\x7fh\x00.")  # stores a list as number 2**31 - 1
    with pytest.raises(FormatError, match="a pickle of plain lists"):
        list(open_benchmark("refcocog-test", root).samples())


def make_saco(root: Path) -> Path:
    """Three phrases: two cups (one for the second annotator), none, and one that is not covered exhaustively."""
    (root / "gt-annotations").mkdir(parents=True)
    photograph(root / "metaclip-images/1/a.jpeg", 40, 60)
    left, right = block(5, 25, 5, 25), block(5, 25, 35, 55)
    for annotator in "abc":
        images = [
            {"id": number, "file_name": "1/a.jpeg", "height": 40, "width": 60, "text_input": text}
            | {"is_instance_exhaustive": int(number != 2 or annotator == "a")}
            for number, text in enumerate(("cup", "zebra", "spoon"))
        ]
        masks = [left] if annotator == "b" else [left, right]
        annotations = [{"id": i, "image_id": 0, "segmentation": run_text(mask)} for i, mask in enumerate(masks)]
        path = root / f"gt-annotations/gold_metaclip_merged_{annotator}_release_test.json"
        path.write_text(json.dumps({"images": images, "annotations": annotations}))
    return root


def test_saco_takes_the_annotator_who_agrees_best(tmp_path: Path) -> None:
    root = make_saco(tmp_path / "root")
    rows = prompt_rows("saco-gold", root, tmp_path / "run")
    assert [row["key"] for row in rows] == ["saco-metaclip-0", "saco-metaclip-1"]
    assert [meta_of_prompt(row["prompt"], (2, 2)).task for row in rows] == ["instance"] * 2
    answers = tmp_path / "answers"
    left, right = block(5, 25, 5, 25), block(5, 25, 35, 55)
    nothing = {RED: np.zeros((40, 60), bool)}
    painted(answers, "saco-metaclip-1", nothing)
    for masks in ({RED: left, (0, 0, 255): right}, {RED: left}):
        painted(answers, "saco-metaclip-0", masks)
        found = scores("saco-gold", answers, root)
        assert (found["pmf1"], found["il_mcc"], found["cgf1"]) == (1, 1, 1)
    painted(answers, "saco-metaclip-0", {RED: right})  # one of two for a and c, none for b
    found = scores("saco-gold", answers, root)
    assert found["pmf1"] == pytest.approx(2 / 3)
    assert found["cgf1"] == pytest.approx(2 / 3)
    painted(answers, "saco-metaclip-1", {RED: left})  # finds a zebra
    assert np.isnan(scores("saco-gold", answers, root)["il_mcc"])


def test_every_benchmark_refuses_a_folder_without_its_files(tmp_path: Path) -> None:
    for name in BENCHMARKS:
        with pytest.raises(UsageError, match=r" expects .* and it is not there"):
            list(open_benchmark(name, tmp_path).samples())
    with pytest.raises(UsageError, match="must be one of nyuv2, kitti"):
        open_benchmark("nyu", tmp_path)
