"""audit_pair catches every kind of tampering, in every task."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from jaxtyping import UInt8

from encode import CodecParameter, Frame, Pair, PairMeta, audit_pair, make_pairs, task_names
from encode.depth.task import DepthTask
from encode.depth.transform import DepthTransform
from encode.draw import pair_generator
from encode.prompts.parser import number_text
from encode.task import PairRequest
from tests.encode.raycaster import build_frame


def first(frame: Frame, task: str, accept: Callable[[Pair], bool] = lambda pair: True, seed: int = 0) -> Pair:
    pairs = make_pairs(frame, [task], seed=seed, prompts_per_task=160)
    return next(pair for pair in pairs if accept(pair))


def problems(
    frame: Frame,
    pair: Pair,
    *,
    target: UInt8[np.ndarray, "h w 3"] | None = None,
    prompt: str | None = None,
    meta: PairMeta | None = None,
) -> list[str]:
    return audit_pair(
        frame,
        pair.target if target is None else target,
        pair.prompt if prompt is None else prompt,
        pair.meta if meta is None else meta,
        pair.answer,
        pair.source2,
    )


@pytest.mark.parametrize("task", task_names())
@pytest.mark.parametrize("seed", range(4))
def test_one_changed_pixel_is_found(frame: Frame, task: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    pair = make_pairs(frame, [task], seed=seed)[0]
    target = pair.target.copy()
    y, x = int(rng.integers(target.shape[0])), int(rng.integers(target.shape[1]))
    target[y, x] = target[y, x] ^ np.array([16, 0, 0], np.uint8)
    messages = problems(frame, pair, target=target)
    assert any(f"row {y}, column {x}" in text for text in messages), messages


@pytest.mark.parametrize(
    "codec", ["cube-walk", "plasma", "inferno", "viridis", "gray", "inverse-gray", "log-gray", "relative-log-gray"]
)
def test_one_level_of_one_pixel_is_found_in_every_depth_codec(frame: Frame, codec: str) -> None:
    pair = first(frame, "depth", lambda p: p.meta.codec == codec)
    for channel in range(3):
        target = pair.target.copy()
        value = int(target[100, 50, channel])
        target[100, 50, channel] = value - 1 if value else 1
        assert problems(frame, pair, target=target), channel


@pytest.mark.wrong_arrays
@pytest.mark.parametrize("task", task_names())
def test_wrong_sizes_and_types_are_found(frame: Frame, task: str) -> None:
    pair = make_pairs(frame, [task], seed=0)[0]
    assert "height and width (160, 224)" in problems(frame, pair, target=pair.target[:-1])[0]
    assert "dtype uint8" in problems(frame, pair, target=pair.target.astype(np.float32))[0]
    assert any("size is" in text for text in problems(frame, pair, meta=replace(pair.meta, width=3)))


@pytest.mark.parametrize("task", task_names())
def test_a_shifted_target_is_found(frame: Frame, task: str) -> None:
    pair = make_pairs(frame, [task], seed=0)[0]
    assert problems(frame, pair, target=np.roll(pair.target, 1, 1))


@pytest.mark.parametrize("task", task_names())
def test_a_target_of_another_frame_is_found(frame: Frame, frames: list[Frame], task: str) -> None:
    pair = make_pairs(frame, [task], seed=0)[0]
    other = build_frame(key="s0000099-v00")
    moved = replace(other, truth=replace(other.truth, depth=other.truth.depth * np.float32(1.1)))
    assert any("frame key" in text for text in problems(moved, pair))


@pytest.mark.parametrize("task", task_names())
def test_another_prompt_is_found(frame: Frame, task: str) -> None:
    pair = make_pairs(frame, [task], seed=0)[0]
    for other in task_names():
        if other != task:
            assert problems(frame, pair, prompt=make_pairs(frame, [other], seed=0)[0].prompt)
    assert "expected wording" in problems(frame, pair, prompt="Do something nice.")[0]


@pytest.mark.parametrize("field", ["codec", "template", "split", "frame_key", "task"])
def test_a_changed_headline_of_meta_is_found(frame: Frame, field: str) -> None:
    pair = make_pairs(frame, ["semantic"], seed=0)[0]
    assert any(
        field.replace("_", " ") in text
        for text in problems(frame, pair, meta=PairMeta.from_json({**pair.meta.to_json(), field: "x"}))
    )


def test_a_wrong_depth_parameter_is_found(frame: Frame) -> None:
    pair = first(frame, "depth", lambda p: p.meta.codec == "cube-walk")
    changed = replace(pair.meta.codec_parameters[1], value=5.0)
    meta = replace(pair.meta, codec_parameters=(pair.meta.codec_parameters[0], changed))
    assert any("codec parameters" in text for text in problems(frame, pair, meta=meta))


def test_other_depth_parameters_are_audited_by_what_the_prompt_says(frame: Frame) -> None:
    request = PairRequest(frame, pair_generator(0, frame.key, "depth", 0), seed=0, split="train", index=0)
    pair = DepthTask(DepthTransform(-3.0, 20.0)).make(request)
    assert problems(frame, pair) == []
    assert problems(frame, pair, prompt=pair.prompt.replace("c = 20.0", "c = 21.0"))
    assert problems(frame, pair, prompt=pair.prompt.split(" Depth transform")[0])


def test_another_range_of_log_depth_is_found(frame: Frame) -> None:
    pair = first(frame, "depth", lambda p: p.meta.codec == "log-gray")
    low, high = pair.meta.codec_parameters
    for end, other in ((low, low.value * 1.1), (high, high.value * 1.1)):
        prompt = pair.prompt.replace(f" {number_text(end.value)} ", f" {number_text(round(other, 6))} ")
        assert prompt != pair.prompt
        assert any("codec parameters" in text for text in problems(frame, pair, prompt=prompt))
        assert any("more than half a log-gray step" in text for text in problems(frame, pair, prompt=prompt))


def test_depths_at_the_corners_that_are_not_the_codecs_are_found(frame: Frame) -> None:
    pair = first(frame, "depth", lambda p: "yellow 1.83 m" in p.prompt)
    wrong = problems(frame, pair, prompt=pair.prompt.replace("1.83 m", "2.83 m"))
    assert "expected red 0.801 m, yellow 1.83 m" in wrong[0]


def colored(frame: Frame, task: str) -> Pair:
    return first(frame, task, lambda p: "#" in p.prompt and len(p.meta.foreground) > 1)


@pytest.mark.parametrize("task", ["semantic", "referring", "instance"])
def test_a_wrong_color_in_the_prompt_is_found(frame: Frame, task: str) -> None:
    pair = first(frame, task, lambda p: "#" in p.prompt)
    for color in dict.fromkeys(re.findall(r"#[0-9a-fA-F]{6}", pair.prompt)):
        wrong = color[:-1] + ("0" if color[-1] != "0" else "1")
        assert problems(frame, pair, prompt=pair.prompt.replace(color, wrong)), (pair.prompt, color)


def test_a_swapped_legend_is_found_in_prompt_and_in_meta(frame: Frame) -> None:
    pair = first(frame, "semantic", lambda p: len(p.meta.foreground) > 1 and "->" in p.prompt)
    a, b = (color_entry.label for color_entry in pair.meta.foreground[:2])
    swapped = pair.prompt.replace(f" {a} ->", " @ ->").replace(f" {b} ->", f" {a} ->").replace(" @ ->", f" {b} ->")
    assert swapped != pair.prompt
    assert problems(frame, pair, prompt=swapped)
    first_entry, second_entry, *rest = pair.meta.colors
    colors = (replace(first_entry, rgb=second_entry.rgb), replace(second_entry, rgb=first_entry.rgb), *rest)
    assert problems(frame, pair, meta=replace(pair.meta, colors=colors))
    # Swapped in both: then the pixels speak against it.
    order = {color_entry.label: color_entry for color_entry in colors}
    both = replace(pair.meta, colors=tuple(order.values()))
    assert any("differ from the truth" in text for text in problems(frame, pair, prompt=swapped, meta=both))


@pytest.mark.parametrize("task", ["semantic", "instance", "referring"])
def test_wrong_ids_in_meta_are_found(frame: Frame, task: str) -> None:
    pair = make_pairs(frame, [task], seed=0)[0]
    wrong = replace(pair.meta.colors[0], ids=(77,))
    assert problems(frame, pair, meta=replace(pair.meta, colors=(wrong, *pair.meta.colors[1:])))


def test_two_instances_in_one_color_are_found(frame: Frame) -> None:
    pair = first(frame, "instance", lambda p: len(p.meta.foreground) == 3)
    a, b, *rest = pair.meta.colors
    target = pair.target.copy()
    target[frame.truth.instance == b.ids[0]] = a.rgb
    meta = replace(pair.meta, colors=(a, replace(b, rgb=a.rgb), *rest))
    messages = problems(frame, pair, target=target, meta=meta)
    assert any("0.0 apart" in text for text in messages)


def test_instance_colors_too_close_are_found(frame: Frame) -> None:
    pair = first(frame, "instance", lambda p: len(p.meta.foreground) == 3 and "color of its own" in p.prompt)
    a, b, *rest = pair.meta.colors
    near = (a.rgb[0] ^ 32, a.rgb[1], a.rgb[2])
    target = pair.target.copy()
    target[frame.truth.instance == b.ids[0]] = near
    meta = replace(pair.meta, colors=(a, replace(b, rgb=near), *rest))
    assert any("32.0 apart" in text for text in problems(frame, pair, target=target, meta=meta))


def test_an_instance_left_out_is_found(frame: Frame) -> None:
    pair = first(frame, "instance", lambda p: len(p.meta.foreground) == 3)
    gone, *rest = pair.meta.colors
    target = pair.target.copy()
    target[frame.truth.instance == gone.ids[0]] = pair.meta.background
    assert problems(frame, pair, target=target, meta=replace(pair.meta, colors=tuple(rest)))


def test_a_wrong_scored_flag_is_found(frame: Frame) -> None:
    pair = make_pairs(frame, ["instance"], seed=0)[0]
    wrong = replace(pair.meta.colors[0], scored=False)
    messages = problems(frame, pair, meta=replace(pair.meta, colors=(wrong, *pair.meta.colors[1:])))
    assert any("scored=False" in text for text in messages)


def test_a_color_that_the_prompt_does_not_allow_is_found(frame: Frame) -> None:
    pair = first(frame, "instance", lambda p: "Allowed colors" in p.prompt)
    a, *rest = pair.meta.colors
    other = (255 - a.rgb[0], 255 - a.rgb[1], 255 - a.rgb[2])
    target = pair.target.copy()
    target[frame.truth.instance == a.ids[0]] = other
    meta = replace(pair.meta, colors=(replace(a, rgb=other), *rest))
    assert any("the prompt allows" in text for text in problems(frame, pair, target=target, meta=meta))


def test_another_expression_is_found(frame: Frame) -> None:
    pair = first(frame, "referring", lambda p: '"by":"x"' in p.meta.expression and '"place":1' in p.meta.expression)
    data = json.loads(pair.meta.expression)
    flipped = json.dumps(data).replace('"low"', "@").replace('"high"', '"low"').replace("@", '"high"')
    assert problems(frame, pair, meta=replace(pair.meta, expression=flipped))
    assert problems(frame, pair, meta=replace(pair.meta, expression="nonsense"))
    assert problems(frame, pair, meta=replace(pair.meta, expression=""))


def test_a_phrase_that_says_something_else_is_found(frame: Frame) -> None:
    pair = first(frame, "referring", lambda p: " red " in p.meta.foreground[0].label)
    color_entry = pair.meta.foreground[0]
    wrong_label = color_entry.label.replace("red", "blue")
    meta = replace(pair.meta, colors=(replace(color_entry, label=wrong_label), *pair.meta.colors[1:]))
    messages = problems(frame, pair, prompt=pair.prompt.replace(color_entry.label, wrong_label), meta=meta)
    assert any("does not say 'red'" in text for text in messages)


def test_truth_changed_after_the_fact_is_found(frame: Frame) -> None:
    # The maps decide which keypoints are visible, and the frame's own audit holds its records to them.
    for task in set(task_names()) - {"keypoints"}:
        pair = make_pairs(frame, [task], seed=0)[0]
        truth = frame.truth
        changed = replace(
            truth,
            depth=truth.depth * np.float32(1.05),
            normal=np.roll(truth.normal, 3, 0),
            instance=np.roll(truth.instance, 2, 1),
            category=np.roll(truth.category, 2, 1),
        )
        assert frame.shading is not None
        light = replace(frame.shading, shading=np.roll(frame.shading.shading, 3, 0))
        assert problems(replace(frame, truth=changed, shading=light), pair), task


@pytest.mark.parametrize(
    ("word", "other"),
    [("left", "right"), ("not", "now"), ("except", "including"), ("nearest", "farthest"), ("largest", "smallest")],
)
def test_a_phrase_with_another_relation_word_is_found(frame: Frame, word: str, other: str) -> None:
    accept = re.compile(rf"\b{word}\b").search
    pair = first(frame, "referring", lambda p: any(accept(e.label) for e in p.meta.foreground))
    color_entry = next(e for e in pair.meta.foreground if accept(e.label))
    wrong_label = re.sub(rf"\b{word}\b", other, color_entry.label)
    colors = tuple(replace(e, label=wrong_label) if e == color_entry else e for e in pair.meta.colors)
    messages = problems(
        frame, pair, prompt=pair.prompt.replace(color_entry.label, wrong_label), meta=replace(pair.meta, colors=colors)
    )
    assert any("does not say" in text for text in messages), (color_entry.label, messages)


def _changed_meta(meta: PairMeta, part: str) -> PairMeta:
    first, *rest = meta.colors
    return {
        "expression": replace(meta, expression=meta.expression + " "),
        "codec parameters": replace(meta, codec_parameters=(*meta.codec_parameters, CodecParameter("extra", 1.0))),
        "label": replace(meta, colors=(replace(first, label="thing"), *rest)),
        "rgb": replace(meta, colors=(replace(first, rgb=(1, 2, 3)), *rest)),
        "scored": replace(meta, colors=(replace(first, scored=not first.scored), *rest)),
        "ids": replace(meta, colors=(replace(first, ids=(*first.ids, 1)), *rest)),
        "extra entry": replace(meta, colors=(*meta.colors, replace(first, label="more"))),
    }[part]


@pytest.mark.parametrize("task", task_names())
@pytest.mark.parametrize("part", ["expression", "codec parameters", "label", "rgb", "scored", "ids", "extra entry"])
def test_any_part_of_meta_that_contradicts_prompt_or_pixels_is_found(frame: Frame, task: str, part: str) -> None:
    pair = make_pairs(frame, [task], seed=0)[0]
    messages = problems(frame, pair, meta=_changed_meta(pair.meta, part))
    assert any("meta's" in text and "expected" in text and "got" in text for text in messages), messages


def test_the_order_of_metas_colors_is_that_of_the_prompt(frame: Frame) -> None:
    pair = first(frame, "semantic", lambda p: len(p.meta.foreground) > 1)
    one, other, *rest = pair.meta.colors
    assert problems(frame, pair, meta=replace(pair.meta, colors=(other, one, *rest)))
