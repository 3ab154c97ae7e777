"""Keypoints of people: the rule of visibility, dots and lines, prompts, decoding, scores and the audit."""

import json
import runpy
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from jaxtyping import UInt8
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from scipy import ndimage

from encode import (
    CategoryRecord,
    Frame,
    ObjectId,
    Pair,
    SceneFileError,
    audit_pair,
    get_task,
    make_pairs,
    meta_of_prompt,
    parse,
)
from encode.formulas.keypoints import KEYPOINT_NAMES, keypoint_visibility
from encode.frame import Keypoint, located_keypoints, scene_document
from encode.frame.document import StoredObject
from encode.keypoints import paint
from encode.keypoints.drawing import are_apart, dot_mask, dot_radius, line_mask
from encode.keypoints.people import everyone_words, frame_people, least_height, people_of_height
from encode.keypoints.skeleton import KEYPOINT_WORDS, LIMB_GROUPINGS, LIMBS
from encode.keypoints.words import HIDDEN_WORDS
from encode.metrics.keypoints import OKS_SIGMAS, keypoint_metrics, object_keypoint_similarity
from encode.schema import read_record, record_json, record_problems
from shards.audit.objects import object_problems
from tests.encode.raycaster import DEFAULT, SimpleSolid, build_frame

_BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
DEGRADATIONS = runpy.run_path(str(_BENCHMARKS / "degradations.py"))["DEGRADATIONS"]

TASK = get_task("keypoints")


@pytest.fixture(scope="module")
def view() -> Frame:
    return build_frame(size=(160, 224))


@pytest.fixture(scope="module")
def pairs(view: Frame) -> list[Pair]:
    return [
        pair
        for split in ("train", "heldout")
        for pair in make_pairs(view, ["keypoints"], seed=3, prompts_per_task=20, split=split)
    ]


def seen(u: float, v: float, z: float, radius: float, surface: float, own: bool) -> int:
    """Visibility of one keypoint in an image of 4 x 6 pixels whose pixel (2, 3) shows a surface."""
    depth, instance = np.full((4, 6), 1.0, np.float32), np.full((4, 6), 9, np.uint32)
    depth[2, 3], instance[2, 3] = surface, 7 if own else 8
    found = keypoint_visibility(
        np.array([[u, v]], np.float64), np.array([z], np.float64), np.array([radius]), 7, depth, instance
    )
    return int(found[0])


def test_a_keypoint_is_seen_through_its_own_limb_and_through_nothing_else() -> None:
    # A limb of 0.25 m round a joint at 4 m: its surface at 3.75 m is the limb's own.
    assert seen(3.5, 2.5, 4.0, 0.25, 3.75, own=True) == 2
    assert seen(3.5, 2.5, 4.0, 0.25, 3.7499, own=True) == 1
    assert seen(3.5, 2.5, 4.0, 0.25, 3.9999, own=False) == 1
    # What lies behind is no cover: the pixel's centre just misses the limb.
    assert seen(3.5, 2.5, 4.0, 0.25, 4.0, own=False) == 2
    assert seen(3.5, 2.5, 4.0, 0.25, np.inf, own=False) == 2


def test_the_pixel_is_the_one_that_the_position_lies_in() -> None:
    for u, v in ((3.0, 2.0), (3.9999, 2.9999)):
        assert seen(u, v, 4.0, 0.25, 3.9, own=True) == 2
    for u, v in ((2.9999, 2.5), (4.0, 2.5), (3.5, 1.9999), (3.5, 3.0)):
        assert seen(u, v, 4.0, 0.25, 3.9, own=True) == 1  # the neighbours are covered, at 1 m


@pytest.mark.parametrize(
    ("u", "v", "z"), [(-0.01, 2, 4), (6.0, 2, 4), (3, -0.01, 4), (3, 4.0, 4), (3, 2, 0), (3, 2, -4)]
)
def test_outside_is_what_is_beyond_the_border_or_behind_the_camera(u: float, v: float, z: float) -> None:
    assert seen(u, v, z, 0.25, 3.9, own=True) == 0
    assert seen(np.nan, np.inf, 0.0, 0.25, 3.9, own=True) == 0


def test_a_limb_that_points_to_the_camera_hides_its_far_end() -> None:
    """A cylinder of radius r and length l along the optical axis, from its near cap on: closed form by its depth."""
    radius, near, length = 0.05, 2.0, 0.4
    for joint in (near, near + 0.5 * radius, near + radius, near + 2 * radius, near + length):
        expected = 2 if near >= joint - radius else 1
        assert seen(3.5, 2.5, joint, radius, near, own=True) == expected


def test_keypoints_of_a_sphere_are_seen_at_its_centre_and_not_behind_it() -> None:
    """The centre of a sphere is within its radius from any side; what is a radius farther is not."""
    view = build_frame([SimpleSolid("ball", "red", (0.3, 5.0, 1.3), 0.8, "sphere")])
    center = np.array([0.3, 5.0, 1.3])
    points = center + np.array([[0, away, 0] for away in (0, 0.02, 0.35, -0.35)])
    found = located_keypoints(
        KEYPOINT_NAMES[:4],
        points,
        np.full(4, 0.4),
        ObjectId(1),
        view.truth.depth,
        view.truth.instance,
        view.intrinsics,
        view.camera_to_world,
    )
    assert [point.visibility for point in found] == [2, 1, 1, 2]
    # x right, y into the scene, z up; the camera is 1.2 m high and looks along y.
    focal = view.intrinsics[0, 0]
    assert found[0].pixel == pytest.approx((112 + focal * 0.3 / 5, 80 - focal * 0.1 / 5), abs=1e-4)


def test_scene_json_has_the_keypoints_and_older_ones_are_read_without(view: Frame) -> None:
    figure, other = view.objects[3], view.objects[0]
    stored = json.loads(json.dumps(record_json(StoredObject.of(figure, view))))
    assert [point["name"] for point in stored["keypoints"]] == list(KEYPOINT_NAMES)
    assert read_record(StoredObject, stored, "").record() == figure
    plain = record_json(StoredObject.of(other, view))
    assert "keypoints" not in plain
    assert list(record_problems(StoredObject, plain, "", complete=True)) == []
    assert read_record(StoredObject, plain, "").record() == other


def test_the_audit_of_a_frame_finds_a_wrong_visibility_and_a_wrong_pixel(view: Frame) -> None:
    assert [text for text in object_problems(view) if "expected the" in text] == []
    figure = view.objects[3]
    nose, eye, *rest = figure.keypoints
    u, v = eye.pixel
    changed = (replace(nose, visibility=(nose.visibility + 1) % 3), replace(eye, pixel=(u + 0.01, v)), *rest)
    objects = tuple(replace(o, keypoints=changed) if o == figure else o for o in view.objects)
    found = [text for text in object_problems(replace(view, objects=objects)) if "expected the" in text]
    assert [text.split(": expected")[0] for text in found] == [f"{figure.name}: nose", f"{figure.name}: left_eye"]


@pytest.mark.parametrize("names", [("nose", "nose"), ("nose", "tail")])
def test_keypoints_of_other_names_are_refused(view: Frame, names: tuple[str, str]) -> None:
    keypoints = tuple(Keypoint(name, (0, 0, 0), 0.1, (0, 0), 0) for name in names)
    frame = replace(view, objects=(replace(view.objects[0], keypoints=keypoints),), amodal=None)
    objects = [record_json(StoredObject.of(record, frame)) for record in frame.objects]
    document = {
        "key": "s0000000-v00",
        "intrinsics": view.intrinsics.tolist(),
        "camera_to_world": view.camera_to_world.tolist(),
        "world_category": 1,
        "categories": [],
        "objects": objects,
    }
    with pytest.raises(SceneFileError, match=r"objects\[0\], keypoints: expected names of COCO's keypoints, each once"):
        Frame.from_scene(document, view.image, view.truth)
    with pytest.raises(SceneFileError, match="an origin"):
        scene_document(frame)


def test_the_limbs_are_cocos_skeleton() -> None:
    # 1-based indices of person_keypoints_train2017.json.
    skeleton = [(16, 14), (14, 12), (17, 15), (15, 13), (12, 13), (6, 12), (7, 13), (6, 7), (6, 8), (7, 9)]
    skeleton += [(8, 10), (9, 11), (2, 3), (1, 2), (1, 3), (2, 4), (3, 5), (4, 6), (5, 7)]
    coco = {frozenset((KEYPOINT_NAMES[a - 1], KEYPOINT_NAMES[b - 1])) for a, b in skeleton}
    assert {frozenset(limb) for limb in LIMBS} == coco
    for grouping in LIMB_GROUPINGS:
        assert Counter(limb for limbs in grouping.values() for limb in limbs) == Counter(LIMBS)


def test_dots_and_lines_cover_the_pixels_whose_centres_are_near() -> None:
    shape = (40, 50)
    v, u = np.mgrid[0:40, 0:50] + 0.5
    np.testing.assert_array_equal(dot_mask(shape, (20.3, 11.7), 3.0), np.hypot(u - 20.3, v - 11.7) <= 3)
    assert dot_mask(shape, (0.1, 0.1), 1.5).sum() == 3
    line = line_mask(shape, (10.0, 30.0), (30.0, 30.0), 4.0)
    np.testing.assert_array_equal(
        line, np.where(u < 10, np.hypot(u - 10, v - 30), np.where(u > 30, np.hypot(u - 30, v - 30), abs(v - 30))) <= 2
    )
    slanted = line_mask(shape, (5.0, 5.0), (35.0, 25.0), 3.0)
    away = np.abs((u - 5) * 20 - (v - 5) * 30) / np.hypot(20, 30)
    between = ((u - 5) * 30 + (v - 5) * 20 >= 0) & ((u - 35) * 30 + (v - 25) * 20 <= 0)
    np.testing.assert_array_equal(slanted[between], (away <= 1.5)[between])


def test_the_size_of_dots_follows_the_image_and_dots_that_are_apart_do_not_touch() -> None:
    assert [dot_radius(shape) for shape in ((64, 64), (192, 100), (288, 512), (768, 960))] == [2, 2, 3, 8]
    rng = np.random.default_rng(0)
    for _ in range(200):
        one, other = rng.uniform(8, 32, (2, 1, 2))
        if are_apart(one, other, 2.0):
            masks = [dot_mask((40, 40), tuple(point[0]), 2.0) for point in (one, other)]
            grown = dot_mask((40, 40), tuple(one[0]), 2.0 + 2**0.5)
            assert not (grown & masks[1]).any()


def test_every_form_and_wording_is_used_and_reads_back(view: Frame, pairs: list[Pair]) -> None:
    assert len(pairs) == 40
    assert len({pair.meta.template for pair in pairs}) >= 14
    for pair in pairs:
        parsed = parse(pair.prompt)
        listed = [*parsed.limbs, *parsed.legend]
        own = [(entry.label, entry.rgb) for entry in pair.meta.foreground]
        assert own[len(own) - len(listed) :] == listed
        assert sorted(parsed.colors) == sorted(rgb for _, rgb in own[: len(own) - len(listed)])
        assert (least_height(parsed.people) is None) == bool(pair.meta.expression)
        assert audit_pair(view, pair.target, pair.prompt, pair.meta) == []
        scores = TASK.score(pair.target, view, pair.meta)
        assert (scores["pck_10"], scores["precision"]) == (1, 1)
        assert scores.get("ap", 1) == 1
        assert TASK.decode(pair.target, meta_of_prompt(pair.prompt, view.truth.shape)) == TASK.decode(
            pair.target, pair.meta
        )


def test_dots_decode_to_their_keypoints_to_a_fraction_of_a_pixel(view: Frame, pairs: list[Pair]) -> None:
    known = {record.id: {point.name: point for point in record.keypoints} for record in view.objects}
    for pair in pairs:
        hidden = parse(pair.prompt).hidden
        found = TASK.decode(pair.target, pair.meta)
        for name, (u, v) in zip(found.names, found.positions, strict=True):
            near = [points[name] for points in known.values() if name in points]
            errors = [np.hypot(u - point.pixel[0], v - point.pixel[1]) for point in near]
            assert min(errors) < 0.5
            assert near[int(np.argmin(errors))].visibility >= (1 if hidden else 2)


def test_a_frame_without_people_has_nothing_to_ask() -> None:
    nobody = build_frame([solid for solid in DEFAULT if not solid.figure])
    assert make_pairs(nobody, ["keypoints"], seed=0, prompts_per_task=5) == []


def test_everyone_is_meant_only_where_the_keypoints_and_heights_of_all_leave_no_doubt(view: Frame) -> None:
    people = frame_people(view)
    tall, short = sorted(people, key=lambda person: -person.height)
    assert people_of_height(people, 0) == people
    assert people_of_height((replace(tall, height=0.4), replace(short, height=0.2)), 30) == (replace(tall, height=0.4),)
    assert people_of_height((replace(tall, height=0.32), short), 30) is None  # hardly taller than asked
    assert people_of_height((tall, replace(short, height=0.02)), 0) is None  # hardly seen
    assert people_of_height((), 0) is None
    unknown = replace(short, record=replace(short.record, keypoints=()))
    assert people_of_height((tall, unknown), 0) is None
    assert [least_height(everyone_words("all people", percent)) for percent in (0, 8, 25)] == [0, 8, 25]
    assert least_height("the person on the left") is None


def test_a_person_whose_keypoints_are_unknown_keeps_everyone_from_being_asked_for(view: Frame) -> None:
    person = CategoryRecord(20, "person", "people", (), "person", "thing")
    objects = tuple(
        replace(o, category="person", category_id=20, keypoints=()) if o.id == 5 else o for o in view.objects
    )
    found = make_pairs(
        replace(view, objects=objects, categories=(*view.categories, person)), ["keypoints"], seed=0, prompts_per_task=6
    )
    assert found
    assert all(pair.meta.expression for pair in found)


def tampered(view: Frame, pair: Pair, target: UInt8[np.ndarray, "h w 3"]) -> list[str]:
    assert (target != pair.target).any()
    return audit_pair(view, target, pair.prompt, pair.meta)


def test_the_audit_finds_a_moved_a_missing_and_an_additional_dot(view: Frame, pairs: list[Pair]) -> None:
    for pair in pairs[:12]:
        entry = next(entry for entry in pair.meta.foreground[::-1] if entry.ids)
        dot = (pair.target == np.array(entry.rgb, np.uint8)).all(-1)
        back = np.array(pair.meta.background, np.uint8)
        without = np.where(dot[..., None], back, pair.target)
        assert tampered(view, pair, without)
        assert tampered(view, pair, np.where(np.roll(dot, 1, 1)[..., None], np.array(entry.rgb, np.uint8), without))
        more = pair.target.copy()
        more[1:4, 1:4] = entry.rgb
        assert tampered(view, pair, more)


@pytest.mark.parametrize("drawing", ["dot_mask", "line_mask"])
def test_the_audit_finds_a_fault_of_the_painting_itself(
    view: Frame, drawing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What paints and what checks share no masks: dots or lines that are a pixel too low in every target are found."""
    sound = {pair.key: pair.target for pair in make_pairs(view, ["keypoints"], seed=2, prompts_per_task=12)}
    draw = getattr(paint, drawing)
    monkeypatch.setattr(paint, drawing, lambda *values: np.roll(draw(*values), 1, 0))
    pairs = make_pairs(view, ["keypoints"], seed=2, prompts_per_task=12)
    faulty = [pair for pair in pairs if (pair.target != sound[pair.key]).any()]
    assert faulty
    for pair in faulty:
        assert any("differ from the truth" in text for text in audit_pair(view, pair.target, pair.prompt, pair.meta))


def test_the_audit_finds_other_words(view: Frame, pairs: list[Pair]) -> None:
    pair = next(p for p in pairs if not parse(p.prompt).hidden and len(p.meta.foreground) > 8)
    words = next(words for words in HIDDEN_WORDS[False] if words in pair.prompt)
    other = pair.prompt.replace(words, HIDDEN_WORDS[True][0])
    assert audit_pair(view, pair.target, other, pair.meta)
    pair = next(p for p in pairs if "left wrist" in p.prompt and "right wrist" in p.prompt)
    swapped = pair.prompt.replace("left wrist", "X").replace("right wrist", "left wrist").replace("X", "right wrist")
    assert audit_pair(view, pair.target, swapped, pair.meta)
    pair = next(p for p in pairs if parse(p.prompt).colors)
    one, *others = parse(pair.prompt).colors
    if others:  # who has which color is the model's choice, and meta says which
        exchanged = pair.target.copy()
        for rgb, new in zip((one, *others), (*others, one), strict=True):
            exchanged[(pair.target == np.array(rgb, np.uint8)).all(-1)] = new
        assert tampered(view, pair, exchanged)


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("noise, sigma 8", 0.98),
        ("blur, sigma 0.7", 0.75),
        ("JPEG 85", 0.75),
        ("gamma 1.1", 0.95),
        ("hue +5 degrees", 0.98),
    ],
)
def test_painted_answers_are_read_through_degradations(view: Frame, pairs: list[Pair], name: str, least: float) -> None:
    scores = [TASK.score(DEGRADATIONS[name](pair.target), view, pair.meta) for pair in pairs[:12]]
    summary = TASK.summarise(scores)
    assert summary["pck_10"] >= least
    assert summary["precision"] >= least - 0.1


def random_people(seed: int, count: int) -> tuple[list[dict[str, tuple[float, float]]], list[float]]:
    rng = np.random.default_rng(seed)
    people = []
    for _ in range(count):
        names = [name for name in KEYPOINT_NAMES if rng.random() < 0.8] or ["nose"]
        center = rng.uniform(50, 200, 2)
        people.append({name: tuple((center + rng.normal(0, 25, 2)).tolist()) for name in names})
    return people, rng.uniform(1500, 9000, count).tolist()


@pytest.mark.parametrize("seed", range(6))
def test_oks_and_ap_are_those_of_pycocotools(seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    rng = np.random.default_rng(seed)
    truth, areas = random_people(seed, 5)
    predicted = [
        {
            name: (u + rng.normal(0, scale), v + rng.normal(0, scale))
            for name, (u, v) in person.items()
            if rng.random() < 0.9
        }
        for person, scale in zip(truth, (1, 4, 8, 15, 40), strict=True)
    ]
    predicted = [person for person in predicted if person] + random_people(seed + 100, 2)[0]

    def entry(number: int, person: dict[str, tuple[float, float]], area: float) -> dict[str, object]:
        flat = [value for name in KEYPOINT_NAMES for value in ((*person[name], 2) if name in person else (0, 0, 0))]
        box = {"bbox": [0, 0, 1, 1], "num_keypoints": len(person), "area": area, "iscrowd": 0}
        return {"id": number, "image_id": 1, "category_id": 1, "keypoints": flat, "score": 1.0, **box}

    coco = COCO()
    coco.dataset = {
        "images": [{"id": 1, "width": 300, "height": 300}],
        "categories": [{"id": 1, "name": "person"}],
        "annotations": [entry(i, *both) for i, both in enumerate(zip(truth, areas, strict=True), start=1)],
    }
    coco.createIndex()
    answers = COCO()
    answers.dataset = {**coco.dataset, "annotations": [entry(i, p, 5000.0) for i, p in enumerate(predicted, start=1)]}
    answers.createIndex()
    evaluation = COCOeval(coco, answers, "keypoints")
    evaluation.evaluate()
    evaluation.accumulate()
    capsys.readouterr()
    ours = [[object_keypoint_similarity(p, t, a) for t, a in zip(truth, areas, strict=True)] for p in predicted]
    np.testing.assert_allclose(evaluation.ious[1, 1], ours, atol=1e-6)
    np.testing.assert_allclose(evaluation.params.kpt_oks_sigmas, list(OKS_SIGMAS.values()))
    scores = keypoint_metrics(predicted, truth, areas, [100.0] * 5, grouped=True)
    precision = evaluation.eval["precision"][:, :, 0, 0, 0]
    assert scores["ap"] == pytest.approx(float(precision.mean()))
    assert scores["ap50"] == pytest.approx(float(precision[0].mean()))


def test_pck_counts_each_dot_for_one_person_at_most() -> None:
    truth = [{"nose": (10.0, 10.0)}, {"nose": (30.0, 10.0), "left_ear": (50.0, 50.0)}]
    sizes, areas = [50.0, 100.0], [400.0, 900.0]
    dots = [{"nose": (12.0, 10.0)}, {"nose": (13.0, 10.0)}, {"left_ear": (58.0, 50.0)}]
    scores = keypoint_metrics(dots, truth, areas, sizes, grouped=False)
    assert (scores["pck_10"], scores["pck_20"], scores["precision"]) == pytest.approx((2 / 3, 1, 2 / 3))
    assert "oks" not in scores
    grouped = keypoint_metrics([{"nose": (12.0, 10.0)}], truth, areas, sizes, grouped=True)
    assert (grouped["pck_10"], grouped["precision"]) == pytest.approx((1 / 3, 1))
    assert grouped["oks"] == pytest.approx(np.exp(-4 / (8 * 0.026**2 * 400)) / 2)
    nothing = keypoint_metrics([], truth, areas, sizes, grouped=True)
    assert (nothing["pck_10"], nothing["oks"], nothing["ap"]) == (0, 0, 0)
    assert np.isnan(nothing["precision"])


def test_dots_beyond_one_a_person_are_wrong(view: Frame, pairs: list[Pair]) -> None:
    pair = next(p for p in pairs if p.meta.parameter("one_person"))
    entry = next(entry for entry in pair.meta.foreground[::-1] if entry.label in KEYPOINT_WORDS.values())
    more = pair.target.copy()
    back = (more == np.array(pair.meta.background, np.uint8)).all(-1)
    free = ndimage.binary_erosion(back, np.ones((15, 15)))
    v, u = np.argwhere(free)[0]
    radius = dot_radius(view.truth.shape)
    more[dot_mask(view.truth.shape, (float(u) + 0.5, float(v) + 0.5), radius)] = entry.rgb
    exact, surplus = (TASK.score(rgb, view, pair.meta) for rgb in (pair.target, more))
    assert exact["precision"] == 1
    assert surplus["n_predicted"] == exact["n_predicted"] + 1
    assert surplus["precision"] < 1


def test_noise_is_read_in_bounded_time(pairs: list[Pair]) -> None:
    pair = next(p for p in pairs if not p.meta.parameter("one_person"))
    noise = np.random.default_rng(0).integers(0, 256, (512, 512, 3)).astype(np.uint8)
    start = time.process_time()
    assert len(TASK.decode(noise, replace(pair.meta, width=512, height=512)).names) < 100
    assert time.process_time() - start < 20
