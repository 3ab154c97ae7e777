"""Occlusion edges: their truth on scenes of a closed form, the lines that are painted, and how answers are scored."""

from dataclasses import replace

import numpy as np
import pytest
from jaxtyping import Bool, Float64
from scipy import ndimage

from encode import Frame, MetaError, Truth, audit_pair, get_task, make_pairs
from encode.edges.bands import edge_bands
from encode.edges.kinds import CONTOURS, FAR_SIDE, NEAR_SIDE, OCCLUSION
from encode.edges.occlusion import LEAST_GAP, occlusions
from encode.edges.specks import without_specks
from encode.formulas.lens import PINHOLE, Lens
from encode.formulas.projection import pixel_rays
from encode.metrics.boundary import boundary_metrics, boundary_summary, edge_scores, thin
from tests.encode.raycaster import DEFAULT, SimpleSolid, build_frame, random_solids


def near_pixels(frame: Frame) -> Bool[np.ndarray, "h w"]:
    found, near = occlusions(frame), np.zeros(frame.truth.shape, bool)
    near[:, :-1] |= found.across > 0
    near[:, 1:] |= found.across < 0
    near[:-1] |= found.down > 0
    near[1:] |= found.down < 0
    return near


def planes(
    *surfaces: tuple[tuple[float, float, float], float], nearest: bool = True, lens: Lens = PINHOLE, focal: float = 70.0
) -> Frame:
    """Planes n . x = -c in camera axes, of which the nearest (or the farthest) along each ray is seen."""
    height, width = 60, 80
    k = np.array([[focal, 0, 40], [0, focal, 30], [0, 0, 1]])
    rays = pixel_rays(k, width, height, 1, lens)
    depths, normals = [], []
    for direction, offset in surfaces:
        normal = np.array(direction) / np.linalg.norm(direction)
        along = rays @ normal
        depths.append(np.where(along < 0, -offset / np.where(along < 0, along, 1), np.inf))
        normals.append(normal)
    chosen = (np.argmin if nearest else np.argmax)(depths, 0)
    depth = np.take_along_axis(np.array(depths), chosen[None], 0)[0].astype(np.float32)
    normal = np.where(np.isfinite(depth)[..., None], np.array(normals)[chosen], 0).astype(np.float32)
    ids = np.where(np.isfinite(depth), chosen + 1, 0).astype(np.uint32)
    frame = build_frame([], size=(height, width))
    return replace(frame, truth=Truth(depth, normal, ids, ids), intrinsics=k, lens=lens)


@pytest.mark.parametrize("tilt", [0.0, 0.6, 1.2, 1.5, 1.56])
def test_a_slanted_plane_has_no_edge_at_any_angle(tilt: float) -> None:
    frame = planes(((0.2 * np.sin(tilt), np.sin(tilt), np.cos(tilt)), 1.0))
    assert not occlusions(frame).across.any()
    assert not occlusions(frame).down.any()


LENSES = {
    "barrel": (Lens("radial-tangential", (-0.28, 0.11, 0.0012, -0.0008, -0.02)), 40.0),
    "fisheye": (Lens("fisheye", (0.03, -0.012, 0.004, -0.0006)), 30.0),  # 76 degrees off the axis at the sides
}


@pytest.mark.parametrize("name", LENSES)
@pytest.mark.parametrize("tilt", [0.0, 0.6, 1.2, 1.5, 1.56])
@pytest.mark.parametrize("turn", [0.2, 1.0, 2.0, -0.7])
def test_a_slanted_plane_has_no_edge_under_a_lens(name: str, tilt: float, turn: float) -> None:
    lens, focal = LENSES[name]
    direction = np.cos(turn) * np.sin(tilt), np.sin(turn) * np.sin(tilt), np.cos(tilt)
    frame = planes((direction, 1.0), lens=lens, focal=focal)
    assert np.isfinite(frame.truth.depth).mean() > 0.3
    assert not occlusions(frame).across.any()
    assert not occlusions(frame).down.any()


@pytest.mark.parametrize("nearest", [True, False])
@pytest.mark.parametrize("slope", [0.3, 1.0, 4.0])
def test_creases_are_no_edges(slope: float, nearest: bool) -> None:
    """Two planes that meet in a line: a ridge where the farther is seen of both, a groove where the nearer is."""
    frame = planes(((slope, 0.3, 1.0), 2.0), ((-slope, 0.1, 1.0), 2.0), nearest=nearest)
    assert not occlusions(frame).across.any()
    assert not occlusions(frame).down.any()


def test_bump_of_shading_normals_makes_no_edges() -> None:
    frame = build_frame([DEFAULT[0]])
    tilted = frame.truth.normal + np.random.default_rng(0).normal(0, 0.5, frame.truth.normal.shape)
    normal = tilted / np.linalg.norm(tilted, axis=-1, keepdims=True) * frame.truth.normal.any(-1)[..., None]
    bumpy = replace(frame, truth=replace(frame.truth, normal=normal.astype(np.float32)))
    assert (occlusions(bumpy).across != occlusions(frame).across).mean() < 1e-3
    assert (occlusions(bumpy).down != occlusions(frame).down).mean() < 1e-3


def test_a_ball_in_the_air_is_outlined_by_its_silhouette() -> None:
    frame = build_frame([SimpleSolid("ball", "red", (0.1, 4.0, 1.2), 1.2, "sphere")])
    ball = frame.truth.instance == 1
    rim = ball & ~ndimage.binary_erosion(ball)  # with a neighbour of the four that is not of the ball
    assert rim.sum() > 80
    assert np.array_equal(near_pixels(frame), rim)


def test_the_foot_of_a_box_is_no_edge_and_its_top_is() -> None:
    frame = build_frame([SimpleSolid("box", "red", (0.0, 4.0, 0.4), 0.8)])
    near, ys = near_pixels(frame), np.nonzero(frame.truth.instance == 1)[0]
    columns = slice(near.shape[1] // 2 - 10, near.shape[1] // 2 + 10)
    assert near[ys.min(), columns].all()
    assert not near[ys.min() + 1 :, columns].any()


def jumps(
    depth: Float64[np.ndarray, "h w"], factor: int
) -> tuple[Float64[np.ndarray, "2 n m"], Float64[np.ndarray, "2 n m"]]:
    """Largest jump between the centres of coarse pixels of a row, onto a farther and onto a nearer surface.

    The jumps of a depth map `factor` times finer, as shares of inverse depth: less the larger of the slopes around it,
    which is at most the gap of the surfaces, and less the smaller, which is at least that.
    """
    with np.errstate(divide="ignore"):
        inverse = 1 / depth[factor // 2 :: factor]
    jump = -np.diff(inverse, axis=1) / np.maximum(np.maximum(inverse[:, 1:], inverse[:, :-1]), 1e-9)
    around = np.abs(np.roll(jump, 1, 1)), np.abs(np.roll(jump, -1, 1))
    count = depth.shape[1] // factor - 1
    bounds = []
    for slope in (np.maximum(*around), np.minimum(*around)):
        gap = np.sign(jump) * np.maximum(np.abs(jump) - slope, 0)
        parts = gap[:, factor // 2 :][:, : count * factor].reshape(len(gap), count, factor)
        bounds.append(np.stack([parts.max(-1), (-parts).max(-1)]))
    return bounds[0], bounds[1]


def test_edges_are_where_a_finer_depth_map_jumps() -> None:
    """But for sub-pixel things, and limbs of balls near what they stand on: under 2 % of the edges."""
    factor, sure, missed, found, wrong = 9, 0, 0, 0, 0
    for solids in (DEFAULT, random_solids(3)):
        frame = build_frame(solids, size=(96, 128))
        fine = build_frame(solids, size=(96 * factor, 128 * factor)).truth.depth.astype(np.float64)
        edges, ids = occlusions(frame), frame.truth.instance
        for edge, depth, labels in ((edges.across, fine, ids), (edges.down.T, fine.T, ids.T)):
            low, high = jumps(depth, factor)
            pair = np.sort(np.stack([labels[:, 1:], labels[:, :-1]]), 0)
            horizon = (pair[0] == 0) & (pair[1] == 100)  # the floor never ends in front of the sky
            for side, sign in enumerate((1, -1)):
                certain = (low[side] > 2 * LEAST_GAP) & ~horizon
                sure, missed = sure + int(certain.sum()), missed + int((certain & (edge != sign)).sum())
                got = edge == sign
                found, wrong = found + int(got.sum()), wrong + int((got & (high[side] < LEAST_GAP / 2)).sum())
    assert sure > 500
    assert missed < 0.02 * sure
    assert wrong < 0.02 * found


def test_specks_are_left_out() -> None:
    def rod(length: int) -> Frame:
        frame = planes(((0, 0, 1), 4.0))
        depth, ids = frame.truth.depth.copy(), frame.truth.instance.copy()
        depth[20 : 20 + length, 30], ids[20 : 20 + length, 30] = 2.0, 9
        return replace(frame, truth=replace(frame.truth, depth=depth, instance=ids))

    assert not near_pixels(rod(7)).any()
    assert near_pixels(rod(8)).sum() == 8


def test_lines_stay_on_their_own_surface_and_have_the_width_that_is_asked_for() -> None:
    frame = build_frame([SimpleSolid("ball", "red", (0.0, 4.0, 1.2), 1.2, "sphere")])
    ball = frame.truth.instance == 1
    near = edge_bands(frame, [OCCLUSION], 4)[OCCLUSION]
    assert near.ids == (1,)
    assert not (near.mask & ~ball).any()
    row = ball.shape[0] // 2 + 4  # off the horizon, which is a contour too
    first = int(np.flatnonzero(ball[row])[0])
    assert near.mask[row, : ball.shape[1] // 2].sum() == 4
    assert near.mask[row, first : first + 4].all()
    both = edge_bands(frame, [NEAR_SIDE, FAR_SIDE], 4)
    assert np.array_equal(both[NEAR_SIDE].mask, near.mask)
    assert not (both[FAR_SIDE].mask & ball).any()
    assert np.flatnonzero(both[FAR_SIDE].mask[row, : ball.shape[1] // 2]).tolist() == list(range(first - 4, first))
    contour = edge_bands(frame, [CONTOURS], 4)[CONTOURS].mask
    assert np.flatnonzero(contour[row, : ball.shape[1] // 2]).tolist() == list(range(first - 2, first + 2))


def test_contours_are_drawn_where_objects_only_touch() -> None:
    frame = build_frame([SimpleSolid("box", "red", (0.0, 4.0, 0.4), 0.8)])
    ys, xs = np.nonzero(frame.truth.instance == 1)
    foot = ys.max(), int(np.median(xs))
    assert edge_bands(frame, [CONTOURS], 4)[CONTOURS].mask[foot]
    assert not edge_bands(frame, [OCCLUSION], 4)[OCCLUSION].mask[foot]


@pytest.mark.parametrize("width", [0.0, 3.0, float("nan"), 1e12])
def test_widths_and_labels_that_no_prompt_has_are_refused(width: float) -> None:
    frame = build_frame([DEFAULT[0]])
    with pytest.raises(MetaError, match="width of edges: expected one of 4, 6, 8, got"):
        edge_bands(frame, [OCCLUSION], width)
    with pytest.raises(MetaError, match="labels of edges: expected occlusion edges or near side with far side or"):
        edge_bands(frame, [FAR_SIDE], 4)


@pytest.mark.parametrize("split", ["train", "heldout"])
def test_pairs_of_every_kind_pass_the_audit_and_wrong_ones_do_not(split: str) -> None:
    frame = build_frame()
    pairs = make_pairs(frame, ["edges"], seed=0, prompts_per_task=30, split=split)
    assert {tuple(entry.label for entry in pair.meta.foreground) for pair in pairs} == {
        (OCCLUSION,), (NEAR_SIDE, FAR_SIDE), (CONTOURS,)
    }  # fmt: skip
    assert {pair.meta.parameter("line_width") for pair in pairs} == {4, 6, 8}
    for pair in pairs:
        assert audit_pair(frame, pair.target, pair.prompt, pair.meta) == []
        assert get_task("edges").score(pair.target, frame, pair.meta)["f1"] == 1
        shifted = np.roll(pair.target, 1, 1)
        assert any("differ from the truth" in text for text in audit_pair(frame, shifted, pair.prompt, pair.meta))
        assert get_task("edges").score(shifted, frame, pair.meta)["f1"] > 0.9


def test_another_tone_costs_no_pixel_and_noise_leaves_few_specks() -> None:
    frame, task = build_frame(), get_task("edges")
    for pair in make_pairs(frame, ["edges"], seed=0, prompts_per_task=8):
        exact = task.decode(pair.target, pair.meta)
        toned = np.rint(255 * (pair.target / 255) ** 0.9).astype(np.uint8)
        for label, lines in task.decode(toned, pair.meta).items():
            np.testing.assert_array_equal(lines, exact[label])
        noise = np.random.default_rng(0).normal(0, 16, pair.target.shape)
        noisy = np.clip(np.rint(pair.target + noise), 0, 255).astype(np.uint8)
        assert task.score(noisy, frame, pair.meta)["f1"] > 0.9


def test_a_speck_is_small_and_unclear() -> None:
    index = np.zeros((30, 40), np.int32)
    index[2:4, 2:4] = index[10:12, 2:6] = index[20:22, 2:4] = 1  # of 4, 8 and 4 pixels
    index[10, 20] = 2
    confidence = np.where(index > 0, np.float32(0.4), np.float32(1))
    confidence[20, 2] = 0.9  # one pixel is clear
    cleaned = without_specks(index, confidence, [1, 2])
    assert not cleaned[:5].any()
    assert cleaned[10, 20] == 0
    np.testing.assert_array_equal(cleaned[10:, :10], index[10:, :10])
    assert without_specks(index, np.ones_like(confidence), [1, 2]) is index


def test_a_view_with_nothing_in_front_of_anything_is_not_asked_about() -> None:
    assert make_pairs(planes(((0, 0, 1), 4.0)), ["edges"], seed=0, prompts_per_task=8) == []


def line(*columns: int) -> Bool[np.ndarray, "h w"]:
    mask = np.zeros((120, 160), bool)  # a diagonal of 200 pixels: matched within 1.5
    mask[10:110, list(columns)] = True
    return mask


def test_matches_are_one_to_one_and_within_the_tolerance() -> None:
    assert boundary_metrics(line(50), line(51))["f1"] == 1
    assert boundary_metrics(line(50), line(52))["f1"] == 0
    doubled = boundary_metrics(line(49, 51), line(50))
    assert (doubled["precision"], doubled["recall"]) == (0.5, 1)
    wide = boundary_metrics(line(49, 50, 51), line(50))
    assert wide["f1"] > 0.98
    nothing = np.zeros_like(line(1))
    assert boundary_metrics(nothing, nothing)["f1"] == 1
    assert boundary_metrics(nothing, line(50))["f1"] == 0
    summary = boundary_summary([boundary_metrics(line(50), line(51)), boundary_metrics(nothing, line(50))])
    assert summary == pytest.approx({"precision": 1, "recall": 0.5, "f1": 2 / 3, "mean_f1": 0.5}, abs=1e-2)
    assert np.isnan(boundary_summary([])["f1"])


def test_thinning_keeps_the_pieces_and_the_holes_of_a_mask() -> None:
    for seed in range(8):
        noise = ndimage.gaussian_filter(np.random.default_rng(seed).normal(size=(60, 80)), 3)
        mask = np.pad(noise > 0.03, 2)
        thinned = thin(mask)
        assert not (thinned & ~mask).any()
        for after, before, shape in ((thinned, mask, np.ones((3, 3))), (~thinned, ~mask, None)):
            assert ndimage.label(after, shape)[1] == ndimage.label(before, shape)[1]
        assert ndimage.minimum_filter(thinned, 3).sum() == 0


def thinned_in_parallel(mask: Bool[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
    """Guo and Hall's two passes over whole images, as their paper has them."""
    left = mask.copy()
    while True:
        before = left.sum()
        for first in (True, False):
            padded = np.pad(left, 1)
            ring = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
            p2, p3, p4, p5, p6, p7, p8, p9 = (np.roll(padded, (-y, -x), (0, 1))[1:-1, 1:-1] for y, x in ring)
            pieces = sum(x.astype(int) for x in (~p2 & (p3 | p4), ~p4 & (p5 | p6), ~p6 & (p7 | p8), ~p8 & (p9 | p2)))
            one = sum(x.astype(int) for x in (p9 | p2, p3 | p4, p5 | p6, p7 | p8))
            other = sum(x.astype(int) for x in (p2 | p3, p4 | p5, p6 | p7, p8 | p9))
            near = np.minimum(one, other)
            stays = (p2 | p3 | ~p5) & p4 if first else (p6 | p7 | ~p9) & p8
            left &= ~((pieces == 1) & (near >= 2) & (near <= 3) & ~stays)
        if left.sum() == before:
            return left


@pytest.mark.parametrize("seed", range(12))
def test_thinning_is_that_of_whole_images(seed: int) -> None:
    rng = np.random.default_rng(seed)
    shape = tuple(rng.integers(1, 60, 2))
    noise = rng.standard_normal(shape)
    mask = (noise if seed % 2 else ndimage.gaussian_filter(noise, 2)) > rng.normal(0, 0.05)
    np.testing.assert_array_equal(thin(mask), thinned_in_parallel(mask))


def test_edges_of_no_label_are_refused() -> None:
    with pytest.raises(MetaError, match="lines of at least one label"):
        edge_scores({}, {})
