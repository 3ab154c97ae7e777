"""The tuner of examples/tuner: a few steps on small frames, and answers that decode."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs the extra torch")

import torch

from encode import Frame, Pair, get_task, make_pairs, read_rgb
from encode.prompts.template import templates
from examples.tuner.baselines import Baselines
from examples.tuner.losses import loss_of
from examples.tuner.model import Tuner
from examples.tuner.predict import answers, paint_labels, predict
from examples.tuner.questions import TASKS, read_question, truth_of
from examples.tuner.train import train
from examples.tuner.views import AskedView, existing_scenes, read_views
from shards import Store, iter_frames, iter_pairs

pytestmark = pytest.mark.torch


def pairs_of(frame: Frame) -> tuple[Pair, ...]:
    return tuple(make_pairs(frame, TASKS, seed=3))


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


@pytest.fixture(scope="module")
def model(views: list[AskedView]) -> Tuner:
    torch.set_num_threads(1)
    return train(views[:1], minutes=1, steps=6, batch=1)


def cost(model: Tuner, view: AskedView) -> float:
    pixels = torch.from_numpy(view.image.copy()).permute(2, 0, 1)[None].float() / 255
    with torch.no_grad():
        feature = model.features(pixels)[0]
        return sum(float(loss_of(model, feature, q, truth, False)) for _, q, truth in view.asked)


def test_steps_lower_the_loss(model: Tuner, views: list[AskedView]) -> None:
    torch.manual_seed(0)
    assert cost(model, views[0]) < 0.9 * cost(Tuner().eval(), views[0])


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
