"""Shading: the codec by a closed form, pairs, scores, and what the audit finds."""

from dataclasses import replace

import numpy as np
import pytest

from encode import ColorEntry, Frame, MetaError, Pair, audit_pair, get_task, make_pairs, meta_of_prompt, meta_of_task
from encode.frame import ShadingMaps
from encode.metrics.shading import shading_metrics
from encode.shading.codec import decode_shading, encode_shading, relative_shading, shading_agrees
from encode.target_frame import score_against_target


@pytest.fixture(scope="module")
def pair(frame: Frame) -> Pair:
    return make_pairs(frame, ["shading"], seed=1)[0]


def light(*values: float) -> np.ndarray:
    """A row of grey pixels."""
    return np.repeat(np.array(values, np.float16)[None, :, None], 3, axis=-1)


def test_the_median_is_mid_gray_and_a_stop_is_25_levels() -> None:
    painted = encode_shading(light(0.25, 0.5, 1.0, 2.0, 4.0, 0.0))
    assert painted[0, :, 0].tolist() == [128 - 50, 128 - 25, 128, 128 + 25, 128 + 50, 0]
    assert encode_shading(light(1e-4, 1.0, 1e4))[0, :, 0].tolist() == [1, 128, 255]
    assert not encode_shading(light(0.0, 0.0)).any()
    coloured = np.array([[[1, 1, 1], [1, 1, 1], [1, 0, 2]]], np.float16)
    assert encode_shading(coloured)[0, 2].tolist() == [128, 1, 153]


def test_levels_decode_to_ratios_within_half_a_step() -> None:
    values = np.random.default_rng(0).uniform(0.05, 20, (40, 30, 3)).astype(np.float16)
    relative = relative_shading(values)
    decoded = decode_shading(encode_shading(values))
    inside = np.abs(np.log2(relative)) < 5
    assert np.abs(np.log2(decoded / relative))[inside].max() <= 0.5 / 25 + 1e-6


def test_a_level_off_is_no_agreement_and_each_paintings_own_light_is() -> None:
    values = np.random.default_rng(1).uniform(0, 60, (40, 30, 3)).astype(np.float16)
    values[:4] = 0
    painted = encode_shading(values)
    assert shading_agrees(painted, values).all()
    assert shading_agrees(painted, values * 4).all()  # its strength is not in the image
    for change in (1, -1):
        off = painted.astype(np.int64)
        off[..., 1] += change
        inside = ((painted > 1) & (painted < 255)).all(-1)
        assert not shading_agrees(np.clip(off, 0, 255).astype(np.uint8), values)[inside].any()
    assert not shading_agrees(np.where(painted.any(-1, keepdims=True), painted, np.uint8(1)), values)[:4].any()
    assert not shading_agrees(np.zeros_like(painted), values)[4:].any()
    assert shading_agrees(np.zeros_like(painted), np.zeros_like(values)).all()


def test_pairs_of_both_splits_are_proved_and_read_back(frame: Frame) -> None:
    assert frame.shading is not None
    wanted = relative_shading(frame.shading.shading)
    for split in ("train", "heldout"):
        for pair in make_pairs(frame, ["shading"], seed=2, prompts_per_task=12, split=split):
            assert audit_pair(frame, pair.target, pair.prompt, pair.meta) == []
            scores = get_task("shading").score(pair.target, frame, pair.meta)
            assert scores["stops"] < 0.02
            assert score_against_target(pair.target, pair)["stops"] < 1e-3
            by_prompt = meta_of_prompt(pair.prompt, pair.meta.shape)
            decoded = get_task("shading").decode(pair.target, by_prompt)
            np.testing.assert_array_equal(decoded, get_task("shading").decode(pair.target, pair.meta))
            np.testing.assert_array_equal(decoded.any(-1), wanted.any(-1))
    assert meta_of_task("shading", (4, 5)).codec == "log-shading"


def test_frames_without_shading_have_no_pairs_and_no_scores(frame: Frame, pair: Pair) -> None:
    bare = replace(frame, shading=None)
    assert make_pairs(bare, ["shading"], seed=0) == []
    assert get_task("shading").score(pair.target, bare, pair.meta) == {}
    assert "the frame keeps no shading" in audit_pair(bare, pair.target, pair.prompt, pair.meta)
    dark = ShadingMaps(*(np.zeros((*frame.truth.shape, 3), np.float16) for _ in range(2)))
    assert make_pairs(replace(frame, shading=dark), ["shading"], seed=0) == []


def test_the_audit_finds_one_pixel_and_another_light(frame: Frame, pair: Pair) -> None:
    assert frame.shading is not None
    changed = pair.target.copy()
    changed[3, 4, 1] ^= 1
    assert any("row 3, column 4" in text for text in audit_pair(frame, changed, pair.prompt, pair.meta))
    shading = frame.shading.shading.copy()
    shading[: len(shading) // 2] *= 2
    other = replace(frame, shading=replace(frame.shading, shading=shading))
    assert any(
        "off by more than half a level" in text for text in audit_pair(other, pair.target, pair.prompt, pair.meta)
    )
    lie = replace(pair.meta, colors=(ColorEntry("light", (0, 0, 0), (0,)),))
    assert audit_pair(frame, pair.target, pair.prompt, lie)


def test_a_factor_of_the_light_is_no_error_and_a_stop_is_one() -> None:
    rng = np.random.default_rng(0)
    truth = rng.uniform(0.1, 4, (50, 60, 3)).astype(np.float32)
    exact = shading_metrics(3 * truth, truth)
    assert exact == pytest.approx({"stops": 0, "si_mse": 0, "si_lmse": 0}, abs=1e-6)
    half = truth.copy()
    half[:20] *= 2  # less than half of the pixels a stop too bright
    assert shading_metrics(half, truth)["stops"] == pytest.approx(0.4, abs=1e-6)
    nothing = np.zeros_like(truth)
    assert np.isnan(shading_metrics(truth, nothing)["stops"])
    assert np.isfinite(shading_metrics(nothing, truth)["stops"])


def test_levels_that_are_none_are_refused(pair: Pair) -> None:
    for value in (0.0, -3.0, float("nan"), 1e9):
        parameters = (replace(pair.meta.codec_parameters[0], value=value), pair.meta.codec_parameters[1])
        with pytest.raises(MetaError, match="levels_per_stop from 1 to 255"):
            get_task("shading").decode(pair.target, replace(pair.meta, codec_parameters=parameters))
