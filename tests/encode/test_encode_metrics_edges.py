"""Edge errors on steps whose errors are known in closed form."""

import math

import numpy as np
import pytest

from encode.metrics import depth_metrics, normal_metrics
from encode.metrics.edges import depth_edges, normal_edges, soft_angular_edge_errors, soft_edge_errors

NEAR, FAR = 2.0, 4.0  # inverse depths 0.25 apart


def step(column: int, width: int = 20, near: float = NEAR, far: float = FAR) -> np.ndarray:
    """`near` to the left of the column, `far` from it on."""
    return np.where(np.arange(width) < column, near, far)[None].repeat(8, 0).astype(np.float32)


def see(predicted: np.ndarray, truth: np.ndarray, valid: np.ndarray | None = None) -> list[float]:
    valid = np.isfinite(truth) if valid is None else valid
    return list(soft_edge_errors(predicted, truth, valid, depth_edges(truth, valid)).values())


def test_edges_are_both_sides_of_a_jump_of_inverse_depth() -> None:
    truth = step(10)
    edges = depth_edges(truth, np.ones(truth.shape, bool))
    assert np.flatnonzero(edges.any(0)).tolist() == [9, 10]
    assert edges[:, 9:11].all()
    far = step(10, near=40.0, far=80.0)  # the same ratio, a jump of 0.0125 1/m
    assert not depth_edges(far, np.ones(far.shape, bool)).any()
    assert depth_edges(truth.T, np.ones(truth.T.shape, bool)).sum() == 16


def test_a_shift_within_the_window_costs_nothing() -> None:
    truth = step(10)
    assert see(step(10), truth) == [0, 0, 0]
    assert see(step(11), truth) == [0, 0, 0]
    # Off by two pixels: of the four columns between, those at the edge still see the right depth next to them.
    assert see(step(12), truth) == [0, 0, 0]
    # A depth that is nowhere near costs its distance to the nearer of the two sides.
    assert see(np.full_like(truth, 2.5), truth) == [0.5, 0.5, 0.5]
    assert see(truth + 0.25, truth) == pytest.approx([0.25, 0.25, 0.25])


def test_a_larger_window_forgives_a_larger_shift() -> None:
    thin = np.full((9, 21), FAR, np.float32)
    thin[:, 10] = NEAR  # edges are the columns 9, 10 and 11
    slanted = thin.copy()
    slanted[:, 0:7] = 3.0  # within 7 x 7 pixels of column 9 there is a depth of 3
    predicted = np.full_like(thin, 3.0)
    errors = see(predicted, slanted, np.ones(thin.shape, bool))
    edges = depth_edges(slanted, np.ones(thin.shape, bool))
    assert np.flatnonzero(edges.any(0)).tolist() == [6, 7, 9, 10, 11]
    # The columns 6 and 7 see a depth of 3 in every window, column 9 in the largest alone; 10 and 11 never do.
    assert errors == pytest.approx([3 / 5, 3 / 5, 2 / 5])


def test_smeared_edges_cost_what_lies_between() -> None:
    smeared = step(10)
    smeared[:, 9:11] = 3.0
    scores = depth_metrics(smeared, step(10))
    assert [scores[f"see_{k}"] for k in (3, 5, 7)] == [1, 1, 1]
    sharp = depth_metrics(step(11), step(10))
    assert (sharp["see_3"], sharp["aligned_see_3"] < 0.2) == (0, True)
    assert sharp["rmse"] > 0.3


def test_no_surface_is_neither_edge_nor_neighbour() -> None:
    truth = step(10)
    truth[:, 12:] = np.inf
    valid = np.isfinite(truth)
    assert np.flatnonzero(depth_edges(truth, valid).any(0)).tolist() == [9, 10]
    truth[:, 10:] = np.inf
    assert all(math.isnan(value) for value in see(truth, truth))
    scores = depth_metrics(np.full(truth.shape, 2.0), truth)
    assert scores["abs_rel"] == 0
    assert math.isnan(scores["see_3"])
    assert math.isnan(scores["aligned_log_see_7"])


def test_log_alignment_undoes_a_power_of_depth() -> None:
    rng = np.random.default_rng(0)
    truth = rng.uniform(1, 9, (24, 24)).astype(np.float32)
    scores = depth_metrics(0.3 * truth**0.5, truth)
    assert scores["aligned_log_see_3"] == pytest.approx(0, abs=1e-6)
    assert scores["aligned_see_3"] > 0.001
    relative = depth_metrics(1 / (0.3 + 0.5 / truth), truth, relative="inverse")
    assert relative["aligned_see_3"] == pytest.approx(0, abs=1e-5)


def fold(column: int, degrees: float, width: int = 16) -> np.ndarray:
    """Normals towards the viewer to the left of the column, turned by an angle from it on."""
    angle = np.radians(np.where(np.arange(width) < column, 0, degrees))
    return np.stack([np.sin(angle), np.zeros(width), np.cos(angle)], -1)[None].repeat(6, 0)


def test_normal_edges_and_angles() -> None:
    truth = fold(8, 40)
    assert np.flatnonzero(normal_edges(truth).any(0)).tolist() == [7, 8]
    assert not normal_edges(fold(8, 4.9)).any()
    assert normal_edges(fold(8, 5.1)).any()
    assert list(soft_angular_edge_errors(fold(9, 40), truth).values()) == pytest.approx([0, 0, 0], abs=1e-6)
    assert list(soft_angular_edge_errors(fold(8, 0), fold(8, 40)).values()) == pytest.approx([0, 0, 0], abs=1e-6)
    between = fold(0, 15)  # 15 degrees from one side, 25 from the other
    assert list(soft_angular_edge_errors(between, truth).values()) == pytest.approx([15, 15, 15])
    assert soft_angular_edge_errors(2 * truth, truth)["saee_3"] == pytest.approx(0, abs=1e-6)


def test_normals_without_edges_or_surface() -> None:
    assert math.isnan(normal_metrics(fold(0, 0), fold(0, 0))["saee_3"])
    assert normal_metrics(np.zeros((6, 16, 3)), fold(8, 40))["saee_7"] == pytest.approx(90)
    truth = fold(8, 40)
    truth[:, 8:] = 0
    assert math.isnan(soft_angular_edge_errors(truth, truth)["saee_5"])
