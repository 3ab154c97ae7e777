"""Frames made in numpy: a floor, a wall, spheres and a strip of sky, with truth in closed form."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from encode import CodecParameter, ColorEntry, ExtraMember, Frame, Pair, PairMeta, Truth
from encode.frame.silhouettes import encode_rle
from shards import (
    FrameRow,
    PairRow,
    SceneRow,
    ShardIndex,
    ShardWriter,
    SourceFormat,
    Store,
    encode_image,
    frame_members,
    pair_members,
)

HEIGHT, WIDTH, FOCAL = 96, 128, 110.0
SKY, FLOOR, BALL = 3, 1, 2
STEP = 0.02
BALLS = (  # id, name, colour, centre in camera axes, radius, rgb
    (2, "ball-1", "red", (-0.7, -0.2, -4.0), 0.5, (200, 40, 40)),
    (3, "ball-2", "blue", (0.8, 0.0, -5.0), 0.7, (40, 60, 200)),
    (4, "ball-3", "green", (0.2, -0.5, -3.2), 0.3, (40, 180, 60)),
)

View = tuple[np.ndarray, Truth, dict[str, Any]]


def _rays() -> np.ndarray:
    y, x = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    return np.stack([(x - WIDTH / 2) / FOCAL, (HEIGHT / 2 - y) / FOCAL, -np.ones_like(x)], axis=-1)


def _ball_depth(shift: float, centre: tuple[float, ...], radius: float) -> np.ndarray:
    rays, middle = _rays(), np.asarray((centre[0] + shift, centre[1], centre[2]))
    a, b = (rays**2).sum(-1), rays @ middle
    root = b**2 - a * (middle @ middle - radius**2)
    return np.where(root > 0, (b - np.sqrt(np.maximum(root, 0))) / a, np.inf)


def _silhouettes(shift: float) -> dict[int, np.ndarray]:
    """What each object would cover alone."""
    balls = {ball[0]: np.isfinite(_ball_depth(shift, ball[3], ball[4])) for ball in BALLS}
    return {1: _rays()[..., 1] < -0.05, **balls}


def _truth(shift: float) -> Truth:
    rays = _rays()
    depth = np.full((HEIGHT, WIDTH), np.inf)
    normal = np.zeros((HEIGHT, WIDTH, 3))
    instance = np.zeros((HEIGHT, WIDTH), np.uint32)
    category = np.full((HEIGHT, WIDTH), SKY, np.uint32)
    down = rays[..., 1] < -0.05
    depth[down] = -1.0 / rays[..., 1][down]
    normal[down] = (0, 1, 0)
    instance[down], category[down] = 1, FLOOR
    for id_, _, _, centre, radius, _ in BALLS:
        middle = np.asarray((centre[0] + shift, centre[1], centre[2]))
        hit_depth = _ball_depth(shift, centre, radius)
        nearer = hit_depth < depth
        depth[nearer] = hit_depth[nearer]
        normal[nearer] = ((rays * hit_depth[..., None])[nearer] - middle) / radius
        instance[nearer], category[nearer] = id_, BALL
    return Truth(depth.astype(np.float32), normal.astype(np.float32), instance, category)


def _image(truth: Truth, seed: int) -> np.ndarray:
    palette = {0: (150, 190, 240), 1: (120, 110, 100), **{ball[0]: ball[5] for ball in BALLS}}
    image = np.zeros((*truth.shape, 3))
    for id_, rgb in palette.items():
        image[truth.instance == id_] = rgb
    noise = np.random.default_rng(seed).normal(0, 3, image.shape)
    return (image * (0.6 + 0.4 * truth.normal[..., 2:]) + noise).clip(0, 255).astype(np.uint8)


def _box(mask: np.ndarray) -> list[int]:
    if not mask.any():
        return [0, 0, 0, 0]
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return [int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1]


def _record(
    truth: Truth, amodal: np.ndarray, id_: int, name: str, color: str, centre: tuple[float, ...], extent: float
) -> dict[str, Any]:
    mask = truth.instance == id_
    x0, y0, x1, y1 = _box(mask)
    is_ball = id_ > 1
    return {
        "id": id_,
        "name": name,
        "category": "ball" if is_ball else "floor",
        "category_id": BALL if is_ball else FLOOR,
        "color": color,
        "material": "rubber" if is_ball else "concrete",
        "size": "",
        "parts": [],
        "dimensions": [extent, extent, extent],
        "box_2d": [x0, y0, x1, y1],
        "visible_pixels": int(mask.sum()),
        "visible_fraction": round(int(mask.sum()) / int(amodal.sum()), 4),
        "amodal_rle": encode_rle(amodal),
        "truncated": bool(mask.any() and (x0 == 0 or y0 == 0 or x1 == WIDTH or y1 == HEIGHT)),
        "box_3d": {"center": list(centre), "rotation": np.eye(3).tolist(), "extent": [extent, extent, extent]},
        "supported_by": 1 if is_ball else 0,
    }


def _category(id_: int, name: str, plural: str, kind: str) -> dict[str, Any]:
    return {"id": id_, "name": name, "plural": plural, "synonyms": [name], "supercategory": kind, "kind": kind}


def _shift(index: int) -> float:
    """Metres to the right by which the balls of a scene stand; its cameras go to the left, STEP a view."""
    return 0.05 * (index % 5)


def _scene(truth: Truth, key: str, index: int, view: int) -> dict[str, Any]:
    shift = _shift(index)
    alone = _silhouettes(shift + STEP * view)
    objects = [_record(truth, alone[1], 1, "floor-1", "", (0.0, -1.0, 0.0), 100.0)]
    for id_, name, color, centre, radius, _ in BALLS:
        middle = (centre[0] + shift, centre[1], centre[2])
        objects.append(_record(truth, alone[id_], id_, name, color, middle, 2 * radius))
    return {
        "format": 1,
        "key": key,
        "family": "spheres",
        "seed": 7,
        "scene_index": index,
        "view_index": view,
        "attempt": 0,
        "width": WIDTH,
        "height": HEIGHT,
        "intrinsics": [[FOCAL, 0, WIDTH / 2], [0, FOCAL, HEIGHT / 2], [0, 0, 1]],
        "camera_to_world": [[1, 0, 0, -STEP * view], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]],
        "world_category": SKY,
        "categories": [
            _category(FLOOR, "floor", "floors", "stuff"),
            _category(BALL, "ball", "balls", "thing"),
            _category(SKY, "sky", "skies", "stuff"),
        ],
        "objects": objects,
        "render": {"samples": 1, "device": "CPU"},
        "versions": {"verichrome": "0.1.0"},
        "fingerprint": "f" * 64,
        "spec": {},
    }


@pytest.fixture(scope="session")
def make_view() -> Callable[..., View]:
    """(scene index, view index) -> (image, truth, scene.json as a dict)."""

    def make(index: int = 0, view: int = 0) -> View:
        truth = _truth(_shift(index) + STEP * view)
        return _image(truth, 100 * index + view), truth, _scene(truth, f"s{index:07d}-v{view:02d}", index, view)

    return make


@pytest.fixture(scope="session")
def make_frame(make_view: Callable[..., View]) -> Callable[..., Frame]:
    """(scene index, view index) -> Frame."""

    def make(index: int = 0, view: int = 0) -> Frame:
        image, truth, scene = make_view(index, view)
        return Frame.from_scene(scene, image, truth)

    return make


def _pair(frame: Frame, task: str, prompt_index: int, codec: str, target: np.ndarray, prompt: str, colors: Any) -> Pair:
    meta = PairMeta(
        task=task,
        codec=codec,
        codec_parameters=(CodecParameter("tolerance", 1.0),),
        frame_key=frame.key,
        colors=colors,
        template=f"{task}-01",
        split="train" if prompt_index == 0 else "heldout",
        seed=11,
        width=WIDTH,
        height=HEIGHT,
        expression='{"category": "ball"}' if task == "referring" else "",
    )
    return Pair(f"{frame.key}-{task}-{prompt_index:02d}", target, prompt, meta)


def _flat(ids: np.ndarray, colors: tuple[ColorEntry, ...]) -> np.ndarray:
    target = np.zeros((*ids.shape, 3), np.uint8)
    for color in colors:
        target[np.isin(ids, color.ids)] = color.rgb
    return target


@pytest.fixture(scope="session")
def plain_pairs() -> Callable[[Frame], tuple[Pair, ...]]:
    """Frame -> one pair a task in ascending order of keys, painted here: storage is tested without `encode`'s tasks."""

    def make(frame: Frame) -> tuple[Pair, ...]:
        truth = frame.truth
        nothing = (ColorEntry("no surface", (255, 255, 255), (0,)),)
        balls = tuple(ColorEntry(f"ball {n}", (50 + 60 * n, 250 - 70 * n, 90), (2 + n,)) for n in range(3))
        classes = (
            ColorEntry("floor", (165, 42, 42), (FLOOR,)),
            ColorEntry("ball", (0, 128, 0), (BALL,)),
            ColorEntry("background", (0, 0, 0), ()),
        )
        one = (ColorEntry("the red ball", (255, 255, 0), (2,)), ColorEntry("background", (0, 0, 0), ()))
        gray = (255 * (1 - (1 + truth.depth / 10) ** -2.0)).round().astype(np.uint8)
        normals = (127.5 + 127.5 * truth.normal * (-1, 1, 1)).round().astype(np.uint8)
        phrase = "Paint the red ball that stands to the left of the green one in yellow, and leave all the rest black."
        pairs = (
            _pair(frame, "depth", 0, "gray", np.repeat(gray[..., None], 3, -1), "Depth, please, in grey.", nothing),
            _pair(frame, "instance", 0, "flat-colors", _flat(truth.instance, balls), "Each ball apart.", balls),
            _pair(frame, "normals", 0, "camera-normals", normals, "Surface normals.", nothing),
            _pair(frame, "referring", 0, "flat-colors", _flat(truth.instance, one), phrase, one),
            _pair(frame, "semantic", 0, "flat-colors", _flat(truth.category, classes), "Classes.", classes),
        )
        assert [pair.key for pair in pairs] == sorted(pair.key for pair in pairs)
        return pairs

    return make


@pytest.fixture(scope="session")
def fill(make_view: Callable[..., View], plain_pairs: Callable[[Frame], tuple[Pair, ...]]) -> Callable[..., None]:
    """Write frames and their pairs: fill(store, shards=2, scenes=2, views=2, source_format="png", pairs_of=...)."""

    def write(
        store: Store,
        shards: int = 2,
        scenes: int = 2,
        views: int = 2,
        source_format: SourceFormat = "png",
        pairs_of: Callable[[Frame], tuple[Pair, ...]] = plain_pairs,
        extra_members: frozenset[ExtraMember] = frozenset(),
    ) -> None:
        for index in range(shards):
            span = [(index * scenes + s, v) for s in range(scenes) for v in range(views)]
            rendered = [make_view(*where) for where in span]
            frames = [Frame.from_scene(scene, image, truth) for image, truth, scene in rendered]
            _write_frames(store, index, rendered, frames)
            _write_pairs(store, index, frames, source_format, pairs_of, extra_members)

    return write


def _write_frames(store: Store, index: int, views: list[View], frames: list[Frame]) -> None:
    with ShardWriter(store, "frames", ShardIndex(index)) as writer:
        for image, truth, scene in views:
            writer.add(scene["key"], frame_members(image, truth, scene))
        rows = [
            FrameRow.measure(
                frame,
                scene_index=scene["scene_index"],
                view=scene["view_index"],
                shard=ShardIndex(index),
                seconds={"image": 0.5},
            )
            for frame, (_, _, scene) in zip(frames, views, strict=True)
        ]
        scenes = [
            SceneRow(scene_index=i, family="spheres", attempts=1, objects=4, seconds={"build": 0.1})
            for i in sorted({row.scene_index for row in rows})
        ]
        writer.commit(fingerprint="f" * 64, versions={"verichrome": "0.1.0"}, device="CPU", frames=rows, scenes=scenes)


def _write_pairs(
    store: Store,
    index: int,
    frames: list[Frame],
    source_format: SourceFormat,
    pairs_of: Callable[[Frame], tuple[Pair, ...]],
    extra_members: frozenset[ExtraMember],
) -> None:
    with ShardWriter(store, "pairs", ShardIndex(index)) as writer:
        rows = []
        for frame in frames:
            source = encode_image(frame.image, source_format)
            for pair in sorted(pairs_of(frame), key=lambda pair: pair.key):
                members = pair_members(pair, source, source_format, extra_members=extra_members)
                writer.add(pair.key, members)
                rows.append(PairRow.of(pair, members, shard=ShardIndex(index)))
        writer.commit(fingerprint="f" * 64, pairs=rows)
