"""Colours: names, notations, CIEDE2000 against the paper's table, legends that stay apart."""

import re

import numpy as np
import pytest

from encode import ColorError
from encode.colors.distance import ciede2000, rgb_distance, srgb_to_lab
from encode.colors.legend import MINIMUM_CIEDE2000, MINIMUM_RGB, check_apart, draw_colors
from encode.colors.names import NAMED_COLORS
from encode.colors.notation import COLOR_PATTERN, NOTATIONS, read_color, write_color

# Sharma, Wu and Dalal (2005), table 1: pairs that test every branch.
SHARMA = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, 3.1571, -77.2803), (50.0, 0.0, -82.7485), 2.8615),
    ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
    ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0009), 7.1792),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0011), 7.2195),
    ((50.0, -0.0010, 2.4900), (50.0, 0.0009, -2.4900), 4.8045),
    ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize(("a", "b", "expected"), SHARMA)
def test_ciede2000_equals_the_published_table(
    a: tuple[float, float, float], b: tuple[float, float, float], expected: float
) -> None:
    assert float(ciede2000(np.array(a), np.array(b))) == pytest.approx(expected, abs=1e-4)
    assert float(ciede2000(np.array(b), np.array(a))) == pytest.approx(expected, abs=1e-4)


def test_lab_of_known_colors() -> None:
    np.testing.assert_allclose(srgb_to_lab((255, 255, 255)), [100, 0, 0], atol=0.02)
    np.testing.assert_allclose(srgb_to_lab((255, 0, 0)), [53.24, 80.09, 67.20], atol=0.02)
    assert float(rgb_distance((0, 0, 0), (255, 255, 255))) == pytest.approx(441.67, abs=0.01)


def test_every_notation_reads_back() -> None:
    rng = np.random.default_rng(0)
    for notation in NOTATIONS:
        colors = list(NAMED_COLORS.values()) if notation == "name" else rng.integers(0, 256, (50, 3)).tolist()
        for color in colors:
            text = write_color(tuple(color), notation)
            assert re.fullmatch(COLOR_PATTERN, text)
            assert read_color(text) == tuple(color)


def test_the_papers_color_examples_are_written_the_same() -> None:
    assert write_color((255, 165, 0), "angle") == "<255, 165, 0>"
    assert write_color((255, 255, 0), "paren") == "(255, 255, 0)"
    assert write_color((88, 50, 82), "rgb") == "RGB(88, 50, 82)"
    assert write_color((128, 192, 0), "hex-upper") == "#80C000"
    assert write_color((16, 170, 5), "hex-lower") == "#10aa05"


def test_names_are_one_to_one() -> None:
    assert len(set(NAMED_COLORS.values())) == len(NAMED_COLORS)


@pytest.mark.parametrize("text", ["reddish", "(1, 2)", "#12345", "RGB(1, 2, 256)", "<1,2,3>", "lime", ""])
def test_unreadable_colors_are_refused(text: str) -> None:
    with pytest.raises(ColorError):
        read_color(text)


def test_writing_a_color_without_a_name_is_refused() -> None:
    with pytest.raises(ColorError, match="a colour of NAMED_COLORS"):
        write_color((1, 2, 3), "name")
    with pytest.raises(ColorError, match="one of name, angle"):
        write_color((1, 2, 3), "cmyk")


@pytest.mark.parametrize("named", [False, True])
def test_drawn_colors_stay_apart(named: bool) -> None:
    for seed in range(20):
        colors = draw_colors(np.random.default_rng(seed), 9, named=named, taken=[(0, 0, 0)])
        assert colors is not None
        check_apart([(0, 0, 0), *colors], "legend")
        everything = [(0, 0, 0), *colors]
        for i, a in enumerate(everything):
            for b in everything[i + 1 :]:
                assert float(rgb_distance(a, b)) >= MINIMUM_RGB
                assert float(ciede2000(srgb_to_lab(a), srgb_to_lab(b))) >= MINIMUM_CIEDE2000


def test_drawing_thirty_colors_works_and_a_thousand_is_refused() -> None:
    assert all(draw_colors(np.random.default_rng(seed), 30, taken=[(0, 0, 0)]) for seed in range(5))
    assert draw_colors(np.random.default_rng(0), 1000) is None


def test_colliding_colors_are_named() -> None:
    with pytest.raises(
        ColorError, match=r"legend: expected colours at least 64 apart, got \(0, 0, 0\) and \(9, 0, 0\)"
    ):
        check_apart([(0, 0, 0), (9, 0, 0)], "legend")


@pytest.mark.parametrize("count", [1, 7, 30, 38])
def test_each_random_color_is_the_first_of_its_pool_that_is_apart(count: int) -> None:
    """As by comparing one candidate after the other with all that are taken."""
    for seed in range(3):
        taken = [(0, 0, 0), (250, 10, 10)]
        pool = np.random.default_rng(seed).integers(0, 256, (1500 if count + len(taken) <= 30 else 8000, 3)).tolist()
        expected = list(taken)
        for candidate in map(tuple, pool):
            labs = srgb_to_lab(candidate), srgb_to_lab(expected)
            near = (rgb_distance(candidate, expected) < MINIMUM_RGB) | (ciede2000(*labs) < MINIMUM_CIEDE2000)
            if not near.any() and len(expected) < count + len(taken):
                expected.append(candidate)
        assert draw_colors(np.random.default_rng(seed), count, taken=taken) == expected[len(taken) :]


def test_each_named_color_is_the_first_in_random_order_that_is_apart() -> None:
    names = list(NAMED_COLORS.values())
    for seed in range(20):
        expected = [(0, 0, 0), (3, 200, 9)]
        for candidate in (names[i] for i in np.random.default_rng(seed).permutation(len(names))):
            labs = srgb_to_lab(candidate), srgb_to_lab(expected)
            near = (rgb_distance(candidate, expected) < MINIMUM_RGB) | (ciede2000(*labs) < MINIMUM_CIEDE2000)
            if not near.any() and len(expected) < 8:
                expected.append(candidate)
        drawn = draw_colors(np.random.default_rng(seed), 6, named=True, taken=[(0, 0, 0), (3, 200, 9)])
        assert drawn == expected[2:]
