"""The tuner of examples/tuner: a few steps on small frames, and answers that decode."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs the extra torch")

import torch
from torch.nn import functional

from encode import Frame, Pair, PairShares, get_task, make_pairs, read_rgb, write_png
from encode.prompts.template import templates
from examples.tuner.baselines import Baselines
from examples.tuner.lessons import Lesson, draw_batch, lesson_of
from examples.tuner.losses import losses
from examples.tuner.model import Tuner
from examples.tuner.predict import answers, paint_labels, predict
from examples.tuner.questions import TASKS, read_question, truth_of
from examples.tuner.sheet import sheet_of
from examples.tuner.train import train
from examples.tuner.views import AskedView, existing_scenes, read_views
from shards import Store, iter_frames, iter_pairs

pytestmark = pytest.mark.torch


def pairs_of(frame: Frame) -> tuple[Pair, ...]:
    return tuple(make_pairs(frame, TASKS, seed=3, shares=PairShares(cube_walk_share=1)))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, fill: Callable[..., None]) -> str:
    folder = str(tmp_path_factory.mktemp("tuner") / "set")
    fill(Store(folder), shards=2, scenes=1, pairs_of=pairs_of)
    return folder


@pytest.fixture(scope="module")
def views(data: str) -> list[AskedView]:
    return list(read_views(data).values())


def test_a_target_is_read_by_its_prompt_as_by_its_meta(data: str) -> None:
    for stored in iter_pairs(Store(data)):
        pair = stored.pair
        question = read_question(pair.prompt, pair.meta.shape)
        truth = truth_of(question, pair.target)
        if pair.meta.task in ("semantic", "referring"):
            np.testing.assert_array_equal(paint_labels(question, truth.values), pair.target)
        elif not truth.relative:
            np.testing.assert_array_equal(truth.values, get_task(pair.meta.task).decode(pair.target, pair.meta))


def test_the_mirrored_image_is_asked_for_the_other_side() -> None:
    left = read_question("Paint the second mug from the left in #A7F64A, and everything else in #000000.", (64, 64))
    right = read_question("Paint the second mug from the right in #A7F64A, and everything else in #000000.", (64, 64))
    np.testing.assert_array_equal(left.mirrored, right.words)
    assert not np.array_equal(left.words, right.words)


@pytest.fixture(scope="module")
def lesson(views: list[AskedView]) -> Lesson:
    return lesson_of(views[0])


def test_a_batch_holds_the_truth_of_the_pixels_that_it_shows(lesson: Lesson) -> None:
    batch = draw_batch([lesson], np.random.default_rng(0), vary=False)
    assert lesson.metres is not None
    assert lesson.normals is not None
    assert torch.equal(batch.images[0], lesson.image)
    np.testing.assert_array_equal(batch.metres[0], lesson.metres[1::2, 1::2])
    np.testing.assert_array_equal(batch.normals[0].permute(1, 2, 0), lesson.normals[1::2, 1::2])
    for marked, mask in zip(lesson.marked, batch.masks[0], strict=True):
        np.testing.assert_array_equal(mask.labels, marked.labels[1::2, 1::2])
        assert mask.queries == len(marked.question.words)
    assert (batch.words[0] > 0).any(1).sum() == sum(mask.queries for mask in batch.masks[0])


def test_image_and_truth_are_cropped_and_mirrored_alike(lesson: Lesson) -> None:
    height, width = lesson.image.shape[1:]
    columns = np.tile(np.arange(width, dtype=np.float32), (height, 1))
    ramp = torch.from_numpy(columns / width).expand(3, height, width)
    marked = tuple(replace(one, labels=columns.astype(np.uint8)) for one in lesson.marked)
    seen = Lesson(ramp, 1 + columns, None, None, marked)
    mirrored = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        batch = draw_batch([seen], rng)
        share = float((batch.metres[0, 0] / (1 + batch.masks[0][0].labels[0])).mean())
        assert 0.55 < share <= 1, "metres shrink as the crop enlarges"
        shown = functional.avg_pool2d(batch.images, 2)[0, :, 4:-4, 4:-4].mean(0)
        labels = batch.masks[0][0].labels.float()[4:-4, 4:-4] / width
        slope = np.polyfit(labels.flatten().numpy(), shown.flatten().numpy(), 1)[0]
        assert 0.6 < slope < 1.5, "the light varies, the direction never"
        mirrored += int(labels[0, 0] > labels[0, -1])
        assert batch.nearness.isnan().all()
        assert not batch.normals.any()
    assert 8 < mirrored < 32


@pytest.fixture(scope="module")
def model(views: list[AskedView]) -> Tuner:
    torch.set_num_threads(1)
    return train(views[:1], steps=8, batch=2)


def test_steps_lower_every_loss(model: Tuner, lesson: Lesson) -> None:
    batch = draw_batch([lesson], np.random.default_rng(0), vary=False)
    torch.manual_seed(0)
    with torch.no_grad():
        before, after = losses(Tuner().eval(), batch), losses(model, batch)
    assert before.keys() == {"depth", "normals", "masks"}
    for task, cost in after.items():
        assert cost < before[task], task


def test_a_view_with_relative_depth_alone_teaches_its_shape(lesson: Lesson) -> None:
    torch.manual_seed(5)  # a scale under 0 teaches nothing
    assert lesson.metres is not None
    unknown = replace(lesson, metres=None, nearness=(1 / lesson.metres.clip(0.1)).astype(np.float32))
    batch = draw_batch([unknown], np.random.default_rng(0), vary=False)
    network = Tuner().eval()
    cost = losses(network, batch)["depth"]
    assert cost > 0
    cost.backward()
    assert network.dense.weight.grad is not None
    assert network.dense.weight.grad[0].abs().max() > 0


def test_log_depth_teaches_the_shape_where_its_ends_are_stated(data: str) -> None:
    frame = next(iter(iter_frames(Store(data))))
    shares = PairShares(cube_walk_share=0, log_depth_share=1)
    taught = {}
    for pair in make_pairs(frame, ["depth"], seed=0, prompts_per_task=8, shares=shares):
        question = read_question(pair.prompt, pair.meta.shape)
        view = AskedView(frame.image, [(pair.key, question, truth_of(question, pair.target))])
        taught[pair.meta.codec] = lesson_of(view)
    assert taught["relative-log-gray"].nearness is taught["relative-log-gray"].metres is None
    nearness = taught["log-gray"].nearness
    assert nearness is not None
    depth = frame.truth.depth
    inside = (depth > np.quantile(depth[np.isfinite(depth)], 0.05)) & (depth < np.quantile(depth, 0.5))
    shares_of_depth = (nearness * depth)[inside]
    assert shares_of_depth.std() < 0.05 * shares_of_depth.mean()


def test_only_blocks_that_are_not_frozen_learn(lesson: Lesson) -> None:
    network = Tuner().train()
    sum(losses(network, draw_batch([lesson] * 2, np.random.default_rng(0))).values()).backward()
    grads = {name: value.grad for name, value in network.named_parameters()}
    frozen = ("encoder._conv_stem", "encoder._bn0", "encoder._blocks.0.", "encoder._blocks.1.", "encoder._blocks.2.")
    for name, gradient in grads.items():
        assert (gradient is None) == name.startswith(frozen), name


def test_answers_are_painted_in_the_prompts_colours(model: Tuner, data: str, tmp_path: Path) -> None:
    count = predict(model, data, range(1), tmp_path)
    pairs = {p.pair.key: p.pair for p in iter_pairs(Store(data)) if p.pair.key.startswith("s0000000")}
    assert count == len(pairs)
    frames = {frame.key: frame for frame in iter_frames(Store(data))}
    for key, pair in pairs.items():
        answer = read_rgb(tmp_path / f"{key}.png", pair.meta.shape)
        assert get_task(pair.meta.task).score(answer, frames[pair.meta.frame_key], pair.meta)
        if pair.meta.codec == "flat-colors":
            assert {tuple(rgb) for rgb in answer.reshape(-1, 3)} <= {entry.rgb for entry in pair.meta.colors}


def test_a_sheet_shows_targets_beside_answers(views: list[AskedView], data: str, tmp_path: Path) -> None:
    for stored in iter_pairs(Store(data)):
        write_png(tmp_path / f"{stored.pair.key}.png", stored.pair.target)
    sheet = sheet_of(tmp_path, data, None, rows=2)
    assert sheet is not None
    pixels, (height, width) = np.asarray(sheet), views[0].image.shape[:2]
    assert pixels.shape[1] == 9 * width + 5 * 4
    np.testing.assert_array_equal(pixels[:height, :width], views[0].image)
    for task in range(len(TASKS)):
        left = width + 4 + task * (2 * width + 4)
        target, answer = pixels[:height, left : left + width], pixels[:height, left + width : left + 2 * width]
        np.testing.assert_array_equal(answer, target)
    assert sheet_of(tmp_path, data, range(7, 9), rows=2) is None


def test_sides_need_be_no_multiple_of_32(model: Tuner, views: list[AskedView]) -> None:
    template = next(template for template in templates("depth") if template.codec == "cube-walk")
    question = read_question(template.write(np.random.default_rng(0)), (70, 90))
    assert answers(model, views[0].image[:70, :90], [question])[0].shape == (70, 90, 3)


def test_baselines_give_answers_to_everything(data: str, views: list[AskedView]) -> None:
    baselines = Baselines(views)
    for view in views:
        for _, question, truth in view.asked:
            assert baselines.mean(question).shape == view.image.shape
            nearest = baselines.nearest(view, question)
            if question.task in ("normals", "semantic"):  # the nearest view is the view itself
                found = truth_of(question, nearest).values
                np.testing.assert_allclose(found, truth.values, atol=0.02)
    assert existing_scenes(data) == [0, 1]
