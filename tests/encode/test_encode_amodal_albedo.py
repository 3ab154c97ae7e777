"""Whole objects and base colours: what is asked for, what is painted, and how answers are scored."""

from dataclasses import replace

import numpy as np
import pytest

from encode import ArrayError, Frame, audit_pair, get_task, make_pairs
from encode.albedo.codec import decode_albedo
from encode.frame import ObjectId
from encode.metrics.albedo import albedo_metrics
from encode.metrics.amodal import amodal_metrics
from tests.encode.raycaster import SimpleSolid, build_frame


def two_mugs() -> Frame:
    """A blue mug half behind a red box, and a green mug that nothing hides."""
    return build_frame(
        [
            SimpleSolid("box", "red", (0.0, 4.0, 0.3), 0.6),
            SimpleSolid("mug", "blue", (0.45, 5.0, 0.35), 0.7, "sphere"),
            SimpleSolid("mug", "green", (-1.5, 5.0, 0.35), 0.7, "sphere"),
        ]
    )


def test_amodal_pairs_ask_only_for_partly_hidden_objects_and_paint_them_whole() -> None:
    view = two_mugs()
    hidden = {o.id: 1 - o.visible_fraction for o in view.objects}
    assert 0.1 < hidden[ObjectId(2)] < 0.8
    pairs = make_pairs(view, ["amodal"], seed=0, prompts_per_task=30)
    assert len(pairs) == 30
    for pair in pairs:
        assert [color_entry.ids for color_entry in pair.meta.foreground] == [(2,)]
        painted = (pair.target == np.array(pair.meta.foreground[0].rgb, np.uint8)).all(-1)
        assert (painted == (view.amodal or {})[ObjectId(2)]).all()
        assert painted.sum() > (view.truth.instance == 2).sum()
        assert audit_pair(view, pair.target, pair.prompt, pair.meta) == []
    assert len({pair.meta.foreground[0].label for pair in pairs}) > 4


def test_frames_without_amodal_or_albedo_truth_give_no_such_pairs() -> None:
    view = replace(two_mugs(), amodal=None, albedo=None)
    assert make_pairs(view, ["amodal", "albedo"], seed=0) == []


def test_the_audit_checks_hidden_pixels_too() -> None:
    view = two_mugs()
    pair = make_pairs(view, ["amodal"], seed=0)[0]
    rgb = np.array(pair.meta.foreground[0].rgb, np.uint8)
    visible = np.where((view.truth.instance == 2)[..., None], rgb, np.array(pair.meta.background, np.uint8))
    assert any("differ from the truth" in text for text in audit_pair(view, visible, pair.prompt, pair.meta))
    blind = replace(view, amodal={ObjectId(1): (view.amodal or {})[ObjectId(1)]})
    problems = audit_pair(blind, pair.target, pair.prompt, pair.meta)
    assert any("does not know the amodal mask of object 2" in text for text in problems)
    scores = get_task("amodal").score(visible, view, pair.meta)
    assert scores["hidden_iou"] == 0
    assert scores["visible_recall"] == 1
    assert 0.2 < scores["iou"] < 0.9


@pytest.mark.wrong_arrays
def test_amodal_metrics_by_hand() -> None:
    amodal = np.array([[1, 1, 1, 1, 0, 0]], bool)
    visible = np.array([[1, 1, 0, 0, 0, 0]], bool)
    answer = np.array([[1, 1, 1, 0, 1, 0]], bool)
    assert amodal_metrics(answer, amodal, visible) == {"iou": 3 / 5, "hidden_iou": 1 / 3, "visible_recall": 1.0}
    nothing = np.zeros_like(amodal)
    empty = amodal_metrics(nothing, nothing, nothing)
    assert empty["iou"] == 1
    assert np.isnan([empty["hidden_iou"], empty["visible_recall"]]).all()
    with pytest.raises(ArrayError, match="amodal prediction"):
        amodal_metrics(answer[:, 1:], amodal, visible)


def test_levels_are_those_of_the_srgb_standard() -> None:
    rgb = np.array([[(0, 10, 128), (255, 188, 1)]], np.uint8)
    expected = [[(0, 0.003035, 0.215861), (1, 0.502886, 0.000304)]]
    np.testing.assert_allclose(decode_albedo(rgb), expected, atol=1e-6)


def test_base_colors_are_scored_after_the_best_scale() -> None:
    rng = np.random.default_rng(0)
    truth = rng.integers(40, 200, (40, 60, 3), dtype=np.uint8)
    surface = np.ones(truth.shape[:2], bool)
    zero = dict.fromkeys(("rmse", "si_mse", "si_lmse", "delta_e"), 0.0)
    assert albedo_metrics(truth, truth, surface) == pytest.approx(zero, abs=1e-12)
    # Half the light: a large plain error, almost none after a scale.
    linear = decode_albedo(truth) / 2
    half = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    dim = albedo_metrics(np.rint(half * 255).astype(np.uint8), truth, surface)
    assert dim["rmse"] > 0.1
    assert dim["si_mse"] < 1e-5
    assert dim["si_lmse"] < 1e-5
    assert dim["delta_e"] > 8
    # Light that varies from left to right: windows forgive more of it than the image does.
    ramp = truth * np.linspace(0.4, 1, 60)[None, :, None]
    lit = albedo_metrics(ramp.astype(np.uint8), truth, surface)
    assert lit["si_lmse"] < 0.5 * lit["si_mse"]


@pytest.mark.wrong_arrays
def test_base_color_errors_by_hand() -> None:
    truth = np.array([[(255, 255, 255), (255, 255, 255)]], np.uint8)
    answer = np.array([[(0, 0, 0), (255, 255, 255)]], np.uint8)
    both = albedo_metrics(answer, truth, np.array([[True, True]]))
    # The best scale is 1; half of the pixels are off by 1. Black and white differ by exactly 100.
    assert both["rmse"] == pytest.approx(0.5**0.5)
    assert both["si_mse"] == pytest.approx(0.5)
    assert both["delta_e"] == pytest.approx(50, abs=1e-3)
    assert albedo_metrics(answer, truth, np.array([[False, True]]))["rmse"] == 0
    assert np.isnan(list(albedo_metrics(answer, truth, np.array([[False, False]])).values())).all()
    with pytest.raises(ArrayError, match="albedo prediction"):
        albedo_metrics(answer[:, :1], truth, np.array([[True, True]]))
