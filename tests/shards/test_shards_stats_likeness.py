"""KID, density and coverage, beside sums over pairs written out and distributions whose distance is known."""

import numpy as np
import pytest

from shards.stats.likeness import LEAST_IMAGES, density_coverage, kernel_distance, likeness, squared_mmd


def test_the_discrepancy_is_the_sum_over_pairs() -> None:
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(4, 3)), rng.normal(size=(5, 3))

    def k(x: np.ndarray, y: np.ndarray) -> float:
        return float((sum(x[i] * y[i] for i in range(3)) / 3 + 1) ** 3)

    first = sum(k(a[i], a[j]) for i in range(4) for j in range(4) if i != j) / (4 * 3)
    second = sum(k(b[i], b[j]) for i in range(5) for j in range(5) if i != j) / (5 * 4)
    across = sum(k(x, y) for x in a for y in b) / 20
    assert squared_mmd(a, b) == pytest.approx(first + second - 2 * across, rel=1e-12)


def test_the_discrepancy_of_two_normal_distributions_in_one_dimension() -> None:
    """By their moments: the kernel is (xy)^3 + 3 (xy)^2 + 3 xy + 1."""
    rng = np.random.default_rng(1)
    a, b = rng.normal(0, 1, (3000, 1)), rng.normal(1, 1, (3000, 1))
    # Moments 1 to 3 of N(0, 1) are 0, 1, 0 and of N(1, 1) 1, 2, 4; the kernel's weights of them are 3, 3 and 1.
    exact = 3 * (1 - 0) ** 2 + 3 * (2 - 1) ** 2 + (4 - 0) ** 2
    assert squared_mmd(a, b) == pytest.approx(exact, rel=0.15)


def test_the_distance_of_samples_of_one_distribution_is_zero_within_its_error() -> None:
    rng = np.random.default_rng(2)
    off = []
    for _ in range(20):
        a, b = rng.normal(size=(60, 8)), rng.normal(size=(80, 8))
        value, error = kernel_distance(a, b)
        off.append(abs(value) / error)
    assert np.mean(np.array(off) < 2) >= 0.8
    far, error = kernel_distance(a + 1, b)
    assert far > 5 * error


def test_density_and_coverage_by_hand() -> None:
    photos = np.arange(12.0)[:, None]
    # The fifth neighbour is 5 away at the ends and 3 within; an image at 0.5 is in the balls of 0 to 3 alone.
    reach = [sorted(abs(i - j) for j in range(12))[5] for i in range(12)]
    inside = [abs(i - 0.5) < reach[i] for i in range(12)]
    density, coverage = density_coverage(np.array([[0.5]]), photos)
    assert (density, coverage) == (sum(inside) / 5, sum(inside) / 12)
    assert density_coverage(np.array([[1000.0]]), photos) == (0, 0)


def test_a_set_is_like_itself() -> None:
    features = np.random.default_rng(3).normal(size=(LEAST_IMAGES, 4))
    found = likeness(features, features)
    assert found.coverage == 1
    assert abs(found.kid) < 3 * found.kid_error
