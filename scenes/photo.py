"""How a camera takes a view: what differs from one photograph to the next, drawn apart from the scene itself."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field

from encode.formulas.indices import SceneIndex, ViewIndex
from scenes import draw
from scenes.base import Positive, Spec, Unit, Vec2

__all__ = ["MOST_ABERRATION", "Photo", "draw_photo", "noise_stream"]

#: Pixels that lateral chromatic aberration moves red and blue by at most, in the corners of an image of any size.
MOST_ABERRATION = 0.5


class Photo(Spec):
    """What a camera does to a view's image. Truth knows nothing of it.

    Stops are factors of 2. Pixels are those of the image. The order is that in which light, sensor and camera apply
    them (`render.photo.take_photo`).
    """

    camera: str  # the kind of camera that it was drawn for
    exposure_error: float  # stops, added to the metered exposure
    highlights: Unit  # share of the pixels that may clip before the metering gives way
    headroom: Annotated[float, Field(ge=1, le=8)]  # stops between middle gray and the sensor's full well
    glare: Unit  # share of the light that the lens scatters over the image
    vignetting: Annotated[float, Field(ge=0, le=4)]  # stops lost in the corners
    aberration: tuple[
        Annotated[float, Field(ge=-MOST_ABERRATION, le=MOST_ABERRATION)],
        Annotated[float, Field(ge=-MOST_ABERRATION, le=MOST_ABERRATION)],
    ]  # pixels that red and blue are moved outward by in the corners; green is not moved
    balance: Unit  # share of the light's colour that the automatic white balance takes out
    balance_error: Vec2  # stops by which red and blue are off afterwards, with green as it is
    sensor_gains: tuple[Positive, Positive]  # of red and blue against green, to make white white
    full_well: Positive  # electrons of one of the sensor's pixels at ISO 100
    read_noise: Annotated[float, Field(ge=0)]  # electrons, standard deviation
    reduction: Annotated[float, Field(ge=1)]  # sensor pixels to one of the image, along a side; 1: a Bayer mosaic
    speed: float  # stops of ISO over what the brightness of the scene asks for
    contrast: Positive  # exponent of the tone curve
    saturation: Annotated[float, Field(ge=0)]  # factor on the differences from luminance
    chroma_blur: Annotated[float, Field(ge=0)]  # pixels, standard deviation: noise reduction
    noise_reduction: Annotated[float, Field(ge=0)]  # detail of luma that is lost, in deviations of a gray's noise
    sharpening: Annotated[float, Field(ge=0)]  # share of the detail that is added again
    sharpening_radius: Positive  # pixels, standard deviation
    jpeg_quality: Annotated[int, Field(ge=1, le=100)]
    chroma_halved: bool  # the JPEG's colours have half the resolution (4:2:0)


@dataclass(frozen=True)
class _Kind:
    """How often a kind of camera is drawn, and between which values of `Photo`.

    Draws are even in the logarithm of `full_well`, `reduction` and `glare`, and in `vignetting`, `sharpening` and
    `jpeg_quality` themselves. `saturation` is the mean of a normal draw.
    """

    name: str
    share: float
    full_well: tuple[float, float]
    reduction: tuple[float, float]
    glare: tuple[float, float]
    vignetting: tuple[float, float]
    saturation: float
    sharpening: tuple[float, float]
    jpeg_quality: tuple[int, int]


_KINDS = (
    _Kind("reflex", 0.35, (25e3, 70e3), (1.2, 3.0), (0.002, 0.02), (0.0, 0.8), 1.0, (0.1, 0.6), (86, 98)),
    _Kind("phone", 0.35, (4e3, 10e3), (1.2, 2.5), (0.01, 0.05), (0.0, 0.6), 1.05, (0.3, 1.2), (78, 95)),
    _Kind("compact", 0.15, (6e3, 15e3), (1.1, 2.0), (0.005, 0.04), (0.1, 1.0), 1.0, (0.2, 1.0), (75, 94)),
    _Kind("video", 0.15, (10e3, 40e3), (1.0, 1.0), (0.005, 0.05), (0.0, 1.0), 0.9, (0.0, 0.8), (65, 92)),
)


def draw_photo(seed: int, scene: SceneIndex, attempt: int, view: ViewIndex) -> Photo:
    """The camera of a view, from a random stream of its own, so that it moves nothing else of the scene.

    The distributions are fitted to photographs (docs/photo.md).
    """
    rng = draw.stream(seed, "photo", scene, attempt, view)
    kind = _KINDS[draw.weighted_index(rng, [kind.share for kind in _KINDS])]
    radius = draw.uniform(rng, 0.6, 1.2)
    sides = draw.normal(rng, 0.0, 0.15), draw.normal(rng, 0.0, 0.15)
    temperature, tint = draw.normal(rng, 0.0, 0.15), draw.normal(rng, 0.0, 0.05)
    return Photo(
        camera=kind.name,
        exposure_error=_bounded(draw.normal(rng, 0.0, 0.5), 1.5),
        highlights=round(_log_uniform(rng, 3e-3, 0.6), 5),
        headroom=round(draw.uniform(rng, 2.1, 3.4), 3),
        glare=round(_log_uniform(rng, *kind.glare), 5),
        vignetting=round(draw.uniform(rng, *kind.vignetting), 3),
        aberration=(_bounded(sides[0], MOST_ABERRATION), _bounded(sides[1], MOST_ABERRATION)),
        balance=round(draw.uniform(rng, 0.2, 0.9), 3),
        balance_error=(round(temperature + tint, 4), round(tint - temperature, 4)),
        sensor_gains=(round(draw.uniform(rng, 1.6, 2.2), 3), round(draw.uniform(rng, 1.3, 1.9), 3)),
        full_well=round(_log_uniform(rng, *kind.full_well)),
        read_noise=round(draw.uniform(rng, 1.5, 5.0), 2),
        reduction=round(_log_uniform(rng, *kind.reduction), 3),
        speed=_bounded(draw.normal(rng, -0.1, 0.7), 2.0),
        contrast=round(draw.uniform(rng, 1.35, 2.1), 3),
        saturation=round(max(0.4, draw.normal(rng, kind.saturation, 0.12)), 3),
        chroma_blur=round(draw.uniform(rng, 0.0, 1.2), 3),
        noise_reduction=round(draw.uniform(rng, 0.0, 0.8), 3),
        sharpening=round(draw.uniform(rng, *kind.sharpening), 3),
        sharpening_radius=round(radius, 3),
        jpeg_quality=draw.integer(rng, kind.jpeg_quality[0], kind.jpeg_quality[1] + 1),
        chroma_halved=draw.chance(rng, 0.75),
    )


def noise_stream(seed: int, scene: SceneIndex, attempt: int, view: ViewIndex) -> np.random.Generator:
    """What the noise of a view's photograph is drawn from."""
    return draw.stream(seed, "photo noise", scene, attempt, view)


def _bounded(value: float, most: float) -> float:
    return round(min(max(value, -most), most), 3)


def _log_uniform(rng: np.random.Generator, low: float, high: float) -> float:
    return float(np.exp(draw.uniform(rng, np.log(low), np.log(high))))
