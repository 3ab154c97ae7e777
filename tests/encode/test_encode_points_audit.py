"""The audit of dots reads them from the pixels alone: each way in which they can be wrong is found and named."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from jaxtyping import UInt8

from encode import Frame, Pair, PairShares, audit_pair, make_pairs
from encode.pair import RADIUS, RGB
from encode.points.discs import read_discs
from encode.points.dots import Pixel, dots_of, paint_dots

Image = UInt8[np.ndarray, "h w 3"]
Tampering = Callable[[Frame, Pair, list[Pixel]], Image]


@pytest.fixture(scope="module")
def pair(frame: Frame) -> Pair:
    """A pair with several dots."""
    pairs = make_pairs(frame, ["points"], seed=1, prompts_per_task=20, shares=PairShares(absent_share=0.0))
    return next(pair for pair in pairs if len(middles(pair)) > 1)


def middles(pair: Pair) -> list[Pixel]:
    painted = (pair.target == np.array(pair.meta.asked.rgb, np.uint8)).all(-1)
    return read_discs(painted, pair.meta.parameter(RADIUS))[0]


def painted(target: Image, pair: Pair, place: Pixel, rgb: RGB) -> Image:
    """A disc of the pair's radius in a colour at a place, over the target."""
    y, x = np.indices(target.shape[:2])
    disc = np.hypot(y - place.y, x - place.x) <= pair.meta.parameter(RADIUS) + 0.5
    return np.where(disc[..., None], np.array(rgb, np.uint8), target)


def moved(pair: Pair, target: Image, old: Pixel, new: Pixel) -> Image:
    return painted(painted(target, pair, old, pair.meta.background), pair, new, pair.meta.asked.rgb)


def elsewhere(frame: Frame, pair: Pair, dots: list[Pixel]) -> Pixel:
    """A place far from all dots that is on none of their objects."""
    ids = [frame.truth.instance[dot.y, dot.x] for dot in dots]
    y, x = np.indices(frame.truth.shape)
    free = ~np.isin(frame.truth.instance, ids)
    free &= np.min([np.hypot(y - dot.y, x - dot.x) for dot in dots], axis=0) > 3 * pair.meta.parameter(RADIUS) + 3
    row, column = np.argwhere(free)[0].tolist()
    return Pixel(column, row)


def twice(frame: Frame, pair: Pair, dots: list[Pixel]) -> Image:
    """The second dot on the first one's object: the largest of all, cut in two."""
    first, second = dots[0], dots[1]
    away = Pixel(first.x + 2 * round(pair.meta.parameter(RADIUS)) + 3, first.y)
    assert frame.truth.instance[away.y, away.x] == frame.truth.instance[first.y, first.x]
    return moved(pair, pair.target, second, away)


TAMPERINGS: dict[str, tuple[Tampering, str]] = {
    "a missing dot": (
        lambda frame, pair, dots: painted(pair.target, pair, dots[0], pair.meta.background),
        "has 0 dots, not one",
    ),
    "no dot at all": (
        lambda frame, pair, dots: np.full_like(pair.target, pair.meta.background),
        "has 0 dots, not one",
    ),
    "an extra dot": (
        lambda frame, pair, dots: painted(pair.target, pair, elsewhere(frame, pair, dots), pair.meta.asked.rgb),
        "which is no visible",
    ),
    "a dot off its instance": (
        lambda frame, pair, dots: moved(pair, pair.target, dots[0], elsewhere(frame, pair, dots)),
        "which is no visible",
    ),
    "a dot a pixel further": (
        lambda frame, pair, dots: moved(pair, pair.target, dots[0], Pixel(dots[0].x + 1, dots[0].y)),
        "not in its middle",
    ),
    "two dots on one instance": (twice, "has 2 dots, not one"),
    "a dot in another color": (
        lambda frame, pair, dots: painted(pair.target, pair, dots[0], (7, 9, 11)),
        "pixels are neither the dots'",
    ),
    "a larger dot": (
        lambda frame, pair, dots: painted(pair.target, grown(pair), dots[0], pair.meta.asked.rgb),
        "are of no whole dot",
    ),
    "half a dot": (
        lambda frame, pair, dots: np.where(
            (np.arange(pair.target.shape[1]) > dots[0].x)[None, :, None], pair.target, pair.meta.background
        ).astype(np.uint8),
        "are of no whole dot",
    ),
}


def grown(pair: Pair) -> Pair:
    parameters = tuple(
        replace(parameter, value=parameter.value + 1) if parameter.name == RADIUS else parameter
        for parameter in pair.meta.codec_parameters
    )
    return replace(pair, meta=replace(pair.meta, codec_parameters=parameters))


@pytest.mark.parametrize("name", TAMPERINGS)
def test_each_tampering_is_found(frame: Frame, pair: Pair, name: str) -> None:
    tamper, found = TAMPERINGS[name]
    assert audit_pair(frame, pair.target, pair.prompt, pair.meta) == []
    problems = audit_pair(frame, tamper(frame, pair, middles(pair)), pair.prompt, pair.meta)
    assert any(found in text for text in problems), problems


def test_a_wrong_painting_is_found_though_meta_and_prompt_agree(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    """What paints and what checks share no places: dots that are all a pixel too low are found."""

    def lower(shape: tuple[int, int], dots: list[Pixel], color: RGB, background: RGB, radius: int) -> Image:
        return paint_dots(shape, [Pixel(x, y + 1) for x, y in dots], color, background, radius)

    monkeypatch.setattr("encode.points.task.paint_dots", lower)
    pair = make_pairs(frame, ["points"], seed=1, shares=PairShares(absent_share=0.0))[0]
    assert any("not in its middle" in text for text in audit_pair(frame, pair.target, pair.prompt, pair.meta))


def test_an_instance_that_the_painting_forgets_is_found(
    frame: Frame, pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor do they share which objects have a place."""
    gone = int(pair.meta.asked.ids[0])
    monkeypatch.setattr(
        "encode.points.task.dots_of", lambda view: {i: place for i, place in dots_of(view).items() if i != gone}
    )
    pairs = make_pairs(frame, ["points"], seed=1, prompts_per_task=20, shares=PairShares(absent_share=0.0))
    same = [other for other in pairs if set(other.meta.asked.ids) & set(pair.meta.asked.ids)]
    assert same
    for other in same:
        problems = audit_pair(frame, other.target, other.prompt, other.meta)
        assert any(f"object {gone}, has 0 dots" in text for text in problems), problems


def test_dots_under_two_pixels_apart_are_found(frame: Frame, pair: Pair) -> None:
    first, second = middles(pair)[:2]
    near = Pixel(first.x + 2 * round(pair.meta.parameter(RADIUS)) + 2, first.y)
    problems = audit_pair(frame, moved(pair, pair.target, second, near), pair.prompt, pair.meta)
    assert any("pairs of dots are under 2 pixels apart" in text for text in problems), problems


def test_a_class_that_is_not_there_has_no_dot(frame: Frame) -> None:
    pair = make_pairs(frame, ["points"], seed=1, shares=PairShares(absent_share=1.0))[0]
    assert audit_pair(frame, pair.target, pair.prompt, pair.meta) == []
    extra = painted(pair.target, pair, Pixel(20, 20), pair.meta.asked.rgb)
    assert any("which is no visible" in text for text in audit_pair(frame, extra, pair.prompt, pair.meta))


@pytest.mark.parametrize("radius", [2, 3, 5])
def test_discs_are_read_wherever_the_border_cuts_them(radius: int) -> None:
    shape = (40, 50)
    for place in (Pixel(0, 0), Pixel(1, 20), Pixel(radius, radius), Pixel(49, 39), Pixel(48, 17), Pixel(25, 38)):
        target = paint_dots(shape, [place], (255, 255, 255), (0, 0, 0), radius)
        found, stray = read_discs(target.any(-1), radius)
        assert found == [place]
        assert not stray.any()


def test_what_is_no_disc_is_stray() -> None:
    mask = np.zeros((40, 50), bool)
    mask[3:8, 3:8] = True
    mask[20, 20] = True
    found, stray = read_discs(mask, 2)
    assert found == []
    np.testing.assert_array_equal(stray, mask)
    noise = np.zeros((200, 200), bool)
    noise[::2, ::2] = True
    assert read_discs(noise, 2)[0] == []
