"""Figures beside reference bands: a figure out of its band is marked, and moments of parts are those of the whole."""

import math
import warnings

import numpy as np
import pytest
from PIL import Image

from shards.stats import Band, load_bands
from shards.stats.histogram import Histogram
from shards.stats.image_figures import FIGURE_SIDE, FIGURES, reduced
from shards.stats.moments import Moments


def test_every_figure_of_images_has_a_band_for_its_mean_and_its_spread() -> None:
    bands = load_bands()
    for name in FIGURES:
        assert {name, f"{name}, spread"} <= set(bands)
    for band in bands.values():
        assert band.low < band.high
        assert band.reference
        assert band.source


def test_a_value_out_of_its_band_is_marked() -> None:
    band = Band("entries", 2.2, 3.3, "COCO 2.2, LVIS 3.3", "papers")
    assert band.note(2.2) == band.note(math.nan) == "(COCO 2.2, LVIS 3.3)"
    assert band.note(5.4) == "(COCO 2.2, LVIS 3.3) OUT OF BAND"
    assert load_bands()["small entries"].holds(0.0)


def test_moments_of_parts_are_those_of_the_whole() -> None:
    values = np.random.default_rng(0).normal(1e6, 3, 50)
    parts = [Moments(), Moments()]
    for index, value in enumerate(values):
        parts[index > 17].add(float(value))
    parts[0].merge(parts[1])
    parts[0].merge(Moments())
    assert parts[0].count == 50
    assert (parts[0].mean, parts[0].spread) == pytest.approx((values.mean(), values.std()), rel=1e-9)
    assert math.isnan(Moments().spread)


def test_figures_of_images_that_are_known() -> None:
    rng = np.random.default_rng(0)
    gray = np.full((64, 96, 3), 128, np.uint8)
    figures = {name: figure(gray) for name, figure in FIGURES.items() if name != "spectrum slope"}
    assert figures["median luminance"] == pytest.approx(((128 / 255 + 0.055) / 1.055) ** 2.4)
    assert (figures["near-flat steps"], figures["saturation"]) == (1, 0)
    assert figures["contrast"] == pytest.approx(0)
    half = gray.copy()
    half[:, :48] = 255
    assert FIGURES["clipped, a channel"](half) == FIGURES["clipped to white"](half) == 0.5
    white = np.repeat(np.clip(128 + rng.normal(0, 20, (256, 256, 1)), 0, 255), 3, -1).astype(np.uint8)
    assert FIGURES["spectrum slope"](white) == pytest.approx(0, abs=0.15)
    assert min(reduced(Image.new("RGB", (2000, 1000)), FIGURE_SIDE).shape[:2]) == FIGURE_SIDE


def test_a_share_below_a_value() -> None:
    histogram = Histogram(np.linspace(0, 1, 11))
    histogram.add(np.linspace(0.05, 0.95, 10))
    assert histogram.share_below(0.3) == pytest.approx(0.3)
    assert math.isnan(Histogram(np.linspace(0, 1, 3)).share_below(0.5))


def test_figures_of_images_that_are_too_small_are_not_known() -> None:
    for side in (1, 3, 7, 20, 63):
        image = np.random.default_rng(0).integers(0, 256, (side, 2 * side, 3)).astype(np.uint8)
        moments = Moments()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            moments.add(FIGURES["spectrum slope"](image))
            found = FIGURES["noise, codes"](image)
        assert (moments.count, np.isnan(moments.spread)) == (0, True)
        assert np.isnan(found) == (side < 8)
