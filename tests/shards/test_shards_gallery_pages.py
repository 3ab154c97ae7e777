"""The gallery shows of a frame or a pair what its truth holds."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from encode import ColorEntry, Frame, ObjectId, Pair, PairMeta, get_task, make_pairs
from encode.segmentation.flat_colors import FLAT_PARAMETERS
from shards import ShardIndex, Store, read_pair
from shards.decoded_map import DecodedMap, decode_target, expected_map
from shards.gallery import Gallery, NotFound
from shards.gallery.id_colors import id_color
from shards.gallery.tar_index import TarIndex
from shards.gallery.wireframes import box_edges
from tests.shards.conftest import BALL, HEIGHT, WIDTH
from tests.shards.gallery_sets import TASKS, frame_path, json_at, make_set, numbers, pair_path

KEY = "s0000001-v01"
FLAT = (HEIGHT, WIDTH)
SPACE = (HEIGHT, WIDTH, 3)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, fill: Callable[..., None]) -> Store:
    return make_set(tmp_path_factory.mktemp("set"), fill, shards=1)


@pytest.fixture(scope="module")
def gallery(store: Store) -> Gallery:
    return Gallery(store, store)


@pytest.fixture(scope="module")
def alone(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Its pairs, as `encode` leaves them."""
    folder = tmp_path_factory.mktemp("pairs")
    for name in ("pairs/pairs-000000.tar", "receipts/pairs-000000.json"):
        Store(folder).put(name, store.read_bytes(name))
    return Store(folder)


def test_maps_are_the_truth_to_the_last_bit(gallery: Gallery, make_frame: Callable[..., Frame]) -> None:
    truth = make_frame(1, 1).truth
    for name, kind, shape in (
        ("depth", "f32", FLAT),
        ("normal", "f32", SPACE),
        ("instance", "u32", FLAT),
        ("category", "u32", FLAT),
    ):
        sent = numbers(gallery.get(frame_path(KEY, f"{name}.bin")).content, kind, shape)
        assert np.array_equal(sent, getattr(truth, name)), name


def test_a_frames_page_agrees_with_its_scene(gallery: Gallery, make_view: Callable[..., Any]) -> None:
    page = json_at(gallery, frame_path(KEY, "frame.json"))
    _, truth, scene = make_view(1, 1)
    assert (page["key"], page["width"], page["height"], page["albedo"]) == (KEY, WIDTH, HEIGHT, False)
    assert page["camera"]["camera_to_world"] == scene["camera_to_world"]
    finite = truth.depth[np.isfinite(truth.depth)]
    assert page["depth"]["near"] == pytest.approx(float(finite.min()))
    assert page["depth"]["no_surface"] == pytest.approx(1 - finite.size / truth.depth.size)
    for shown, record in zip(page["objects"], scene["objects"], strict=True):
        same = ("id", "name", "category", "color", "material", "box_2d", "visible_pixels", "visible_fraction")
        assert {name: shown[name] for name in same} == {name: record[name] for name in same}
    pixels = {category["name"]: category["pixels"] for category in page["categories"]}
    assert pixels["ball"] == int((truth.category == BALL).sum())
    assert sum(pixels.values()) == WIDTH * HEIGHT
    assert page["pairs"] == [f"{KEY}-{task}-00" for task in sorted(TASKS)]


def test_members_come_as_they_stand_in_the_shard(gallery: Gallery, store: Store, make_view: Callable[..., Any]) -> None:
    image, _, scene = make_view(1, 1)
    answer = gallery.get(frame_path(KEY, "image.png"))
    assert answer.kind == "image/png"
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(answer.content))), image)
    assert json.loads(gallery.get(frame_path(KEY, "scene.json")).content) == json.loads(json.dumps(scene))


def test_small_pictures_keep_their_shape(gallery: Gallery) -> None:
    for path in (frame_path(KEY, "thumb.webp"), pair_path(f"{KEY}-depth-00", "thumb.webp")):
        answer = gallery.get(path)
        assert answer.kind == "image/webp"
        assert Image.open(io.BytesIO(answer.content)).size == (WIDTH, HEIGHT)  # never larger than they are


def test_boxes_lie_around_what_they_hold(make_frame: Callable[..., Frame]) -> None:
    frame = make_frame(1, 1)
    for record in frame.objects[1:]:
        edges = np.array(box_edges(frame, record.box_3d)).reshape(-1, 2)
        assert len(edges) == 24
        x0, y0, x1, y1 = record.box_2d
        assert (edges.min(0) <= (x0, y0)).all()
        assert (edges.max(0) >= (x1, y1)).all()


def test_edges_behind_the_camera_are_cut_off(make_frame: Callable[..., Frame]) -> None:
    frame = make_frame(1, 1)
    floor = frame.objects[0].box_3d  # 100 m, around the camera
    edges = box_edges(frame, floor)
    assert 0 < len(edges) < 12
    assert np.isfinite(edges).all()


def test_neighbouring_ids_look_different() -> None:
    for number in range(1, 200):
        apart = np.abs(np.subtract(id_color(number), id_color(number + 1))).sum()
        assert apart > 60, number


@pytest.mark.parametrize("task", ["depth", "normals", "semantic", "instance"])
def test_a_target_is_decoded_by_its_tasks_own_decoder(
    gallery: Gallery, store: Store, make_frame: Callable[..., Frame], task: str
) -> None:
    key = f"{KEY}-{task}-00"
    page = json_at(gallery, pair_path(key, "pair.json"))
    stored = read_pair(key, TarIndex(store, "pairs").sample(ShardIndex(0), key)).pair
    channels = page["reading"]["channels"]
    shape = SPACE if channels == 3 else FLAT
    decoded = numbers(gallery.get(pair_path(key, "decoded.bin")).content, page["reading"]["type"], shape)
    truth = numbers(gallery.get(pair_path(key, "expected.bin")).content, page["truth"]["type"], shape)
    own = get_task(task).decode(stored.target, stored.meta)
    frame = make_frame(1, 1)
    if task in ("depth", "normals"):
        assert np.array_equal(decoded, own)
        assert np.array_equal(truth, frame.truth.depth if task == "depth" else frame.truth.normal)
    else:
        assert np.array_equal(decoded, truth)
        painted = np.array([color["rgb"] for color in page["colors"]], np.uint8)[truth]
        assert np.array_equal(painted, stored.target)
    assert page["prompt"] == stored.prompt
    assert page["trouble"] == ""


def test_decoded_labels_are_indices_into_the_colors(gallery: Gallery, make_frame: Callable[..., Frame]) -> None:
    page = json_at(gallery, pair_path(f"{KEY}-instance-00", "pair.json"))
    truth = numbers(gallery.get(pair_path(f"{KEY}-instance-00", "expected.bin")).content, "i32", FLAT)
    instance = make_frame(1, 1).truth.instance
    for index, color in enumerate(page["colors"]):
        expected = np.isin(instance, color["ids"]) if color["ids"] else instance < 2
        assert np.array_equal(truth == index, expected)
        assert color["names"] == ([color["label"]] if color["ids"] else [])


def flat_pair(frame: Frame, task: str, mask: np.ndarray, ids: tuple[int, ...]) -> Pair:
    colors = (ColorEntry("it", (200, 30, 60), ids), ColorEntry("background", (0, 0, 0), ()))
    height, width = mask.shape
    meta = PairMeta(
        task, "flat-colors", FLAT_PARAMETERS, frame.key, colors, "t", "train", 1, width, height, expression="{}"
    )
    target = np.where(mask[..., None], np.array((200, 30, 60), np.uint8), np.uint8(0))
    return Pair(f"{frame.key}-{task}-00", target, "", meta)


def both_maps(frame: Frame, pair: Pair) -> tuple[DecodedMap, DecodedMap]:
    """What the target decodes to, and what it should."""
    decoded, truth = decode_target(pair), expected_map(frame, pair.meta)
    assert decoded is not None
    assert truth is not None
    return decoded, truth


def test_hidden_parts_are_truth_of_an_amodal_pair(make_frame: Callable[..., Frame]) -> None:
    frame = make_frame(1, 1)
    assert frame.amodal is not None
    whole = frame.amodal[ObjectId(1)]  # the floor, on which the balls stand
    assert whole.sum() > (frame.truth.instance == 1).sum()
    pair = flat_pair(frame, "amodal", whole, (1,))
    for reading in both_maps(frame, pair):
        assert reading.kind == "labels"
        assert np.array_equal(reading.values == 0, whole)
        assert set(np.unique(reading.values)) == {0, 1}
    assert expected_map(replace(frame, amodal=None), pair.meta) is None


@pytest.mark.parametrize("task", ["referring", "reasoning", "interactive"])
def test_a_phrase_or_a_question_is_true_of_its_objects(make_frame: Callable[..., Frame], task: str) -> None:
    frame = make_frame(1, 1)
    picked = np.isin(frame.truth.instance, (2, 4))
    pair = flat_pair(frame, task, picked, (2, 4))
    decoded, truth = both_maps(frame, pair)
    assert np.array_equal(decoded.values, truth.values)
    assert np.array_equal(truth.values == 0, picked)


def test_base_colors_are_read_as_reflectance(make_frame: Callable[..., Frame]) -> None:
    frame = make_frame(1, 1)
    albedo = np.where((frame.truth.instance > 0)[..., None], frame.image, 0).astype(np.uint8)
    frame = replace(frame, albedo=albedo)
    pair = make_pairs(frame, ["albedo"], seed=5)[0]
    reading, truth = both_maps(frame, pair)
    assert reading.kind == truth.kind == "reflectance"
    assert np.array_equal(reading.values, truth.values)
    assert 0 < float(truth.values.max()) <= 1


def test_the_verdict_is_that_of_score_and_audit(
    gallery: Gallery, store: Store, make_frame: Callable[..., Frame]
) -> None:
    for task in ("depth", "semantic"):
        key = f"{KEY}-{task}-00"
        verdict = json_at(gallery, pair_path(key, "verdict.json"))
        stored = read_pair(key, TarIndex(store, "pairs").sample(ShardIndex(0), key)).pair
        scores = get_task(task).score(stored.target, make_frame(1, 1), stored.meta)
        assert verdict["scores"] == pytest.approx(scores)
        assert verdict["problems"] == []
    assert json_at(gallery, pair_path(f"{KEY}-semantic-00", "verdict.json"))["scores"]["miou"] == 1


def test_a_pair_of_a_broken_prompt_is_shown_with_its_problems(
    tmp_path: Path, fill: Callable[..., None], plain_pairs: Callable[[Frame], tuple[Pair, ...]]
) -> None:
    store = make_set(tmp_path, fill, shards=1, scenes=1, views=1, pairs_of=plain_pairs)
    gallery = Gallery(store, store)
    key = "s0000000-v00-depth-00"
    page = json_at(gallery, pair_path(key, "pair.json"))
    assert page["reading"] is None
    assert "parameters of gray" in page["trouble"]
    verdict = json_at(gallery, pair_path(key, "verdict.json"))
    assert verdict["scores"] == {}
    assert any("cannot be scored" in problem for problem in verdict["problems"])
    with pytest.raises(NotFound, match="does not decode"):
        gallery.get(pair_path(key, "decoded.bin"))


def test_pairs_alone_are_shown_and_decoded(alone: Store) -> None:
    gallery = Gallery(alone, alone)
    facts = json_at(gallery, "data/set.json")
    assert (facts["has_frames"], facts["has_pairs"], facts["pairs"]) == (False, True, 16)
    key = f"{KEY}-depth-00"
    page = json_at(gallery, pair_path(key, "pair.json"))
    assert (page["frame"], page["truth"], page["source_is_image"], page["source"]) == (False, None, False, "source.png")
    assert page["reading"]["kind"] == "metres"
    with pytest.raises(NotFound, match="the frame of"):
        gallery.get(pair_path(key, "verdict.json"))
    with pytest.raises(NotFound, match="no frames here"):
        gallery.get("data/stats.json")


def test_pairs_find_their_frames_in_another_folder(alone: Store, store: Store) -> None:
    gallery = Gallery(alone, store)
    page = json_at(gallery, pair_path(f"{KEY}-depth-00", "pair.json"))
    assert (page["frame"], page["source_is_image"]) == (True, True)
    assert json_at(gallery, pair_path(f"{KEY}-depth-00", "verdict.json"))["problems"] == []
    assert json_at(gallery, "data/facts.json")["shards"] == {"frames": 1, "pairs": 1}


def test_statistics_are_those_of_the_frames(gallery: Gallery, make_frame: Callable[..., Frame]) -> None:
    statistics = json_at(gallery, "data/stats.json")
    assert (statistics["frames"], statistics["scenes"], statistics["plots"]) == (4, 2, "sample")
    masks = [make_frame(scene, view).truth.category == BALL for scene in range(2) for view in range(2)]
    shares = {category["name"]: category["share"] for category in statistics["categories"]}
    assert shares["ball"] == pytest.approx(float(np.mean(masks)))
    views = {view["key"] for pair in statistics["alike"] for view in pair["views"]}
    assert statistics["alike_count"] > 0  # two views of a scene, two centimetres apart
    assert views <= {f"s{scene:07d}-v{view:02d}" for scene in range(2) for view in range(2)}
    assert gallery.get("data/stats.png").content.startswith(b"\x89PNG")


def test_without_matplotlib_only_the_plots_are_missing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util
    import sys

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    for name in ("shards.stats.figure", "matplotlib.colors", "matplotlib.figure"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    gallery = Gallery(store, store)
    assert json_at(gallery, "data/stats.json")["plots"] == "none"
    with pytest.raises(
        NotFound, match=r"^The plots need matplotlib, which is not installed: `pip install matplotlib`\.$"
    ):
        gallery.get("data/stats.png")


def test_plots_of_the_whole_set_win(tmp_path: Path, fill: Callable[..., None]) -> None:
    store = make_set(tmp_path, fill, shards=1, scenes=1)
    store.put("stats.png", b"the plots")
    gallery = Gallery(store, store)
    assert json_at(gallery, "data/stats.json")["plots"] == "all"
    assert gallery.get("data/stats.png").content == b"the plots"


@pytest.mark.parametrize(
    "path",
    [
        "../pyproject.toml",
        "app/../answer.py",
        "app/../../answer.py",
        "/etc/passwd",
        "data/frames/000000/../../config.yaml",
        "data/frames/000000/s0000000-v00/../scene.json",
        "data/frames/000000/s0000000-v00/truth.exr",
        "data/pairs/0/s0000000-v00-depth-00/pair.json",
        "data/elsewhere.json",
        "app/none.js",
    ],
)
def test_unknown_addresses_are_not_found(gallery: Gallery, path: str) -> None:
    with pytest.raises(NotFound):
        gallery.get(path)
