"""A photograph of a linear render."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float32, UInt8

from render.exposure import MIDDLE_GRAY
from render.photo.finishing import compressed, sharpened
from render.photo.metering import BASE_ISO, balance_gains, iso_of, metered_stops
from render.photo.optics import aberrated, vignetted, with_glare
from render.photo.sensor import Sensor
from render.photo.tone import ToneCurve, saturated
from scenes.photo import Photo

__all__ = ["Taken", "take_photo"]

#: Full wells of light in a pixel that are scattered at most: a lamp's bulb or the disc of the sun veils no whole image.
_MOST_LIGHT = 64.0

#: What an infinite value of a render counts as: float32 holds its multiples.
_BRIGHTEST = 1e9


@dataclass(frozen=True, slots=True)
class Taken:
    """A photograph, and what the camera has decided by what it saw.

    stops: of exposure, by which linear values were multiplied. iso: at which it was taken. balance_gains: of red and
    blue, by which light was balanced, errors included.
    """

    image: UInt8[np.ndarray, "h w 3"]
    stops: float
    iso: int
    balance_gains: tuple[float, float]

    def record(self) -> dict[str, Any]:
        """All but the image, as JSON has it."""
        return {"stops": self.stops, "iso": self.iso, "balance_gains": list(self.balance_gains)}


def take_photo(linear: Float32[np.ndarray, "h w 3"], photo: Photo, stops: float, rng: np.random.Generator) -> Taken:
    """What a camera makes of `linear` (Rec. 709), which the automatic exposure would brighten by `stops`.

    `rng` draws the noise and nothing else: its use does not depend on the image.
    """
    linear = np.nan_to_num(np.maximum(linear, 0), posinf=_BRIGHTEST)
    exposure = metered_stops(linear, stops + photo.exposure_error, photo.headroom, photo.highlights)
    exposure = round(exposure, 3)
    iso = round(iso_of(stops, photo.speed))
    full_well = MIDDLE_GRAY * 2.0**photo.headroom
    light = np.minimum(linear * np.float32(2.0**exposure / full_well), np.float32(_MOST_LIGHT))
    light = aberrated(vignetted(with_glare(light, photo.glare), photo.vignetting), photo.aberration)
    red, blue = balance_gains(light, photo.balance)
    red, blue = (round(gain * 2.0**error, 4) for gain, error in zip((red, blue), photo.balance_error, strict=True))
    sensor = Sensor(
        full_well=photo.full_well * BASE_ISO / iso,
        read_noise=photo.read_noise,
        reduction=photo.reduction,
        gains=(photo.sensor_gains[0] * red, 1.0, photo.sensor_gains[1] * blue),
    )
    developed = sensor.expose(light * np.array([red, 1, blue], np.float32), rng)
    curve = ToneCurve(photo.headroom, photo.contrast)
    image = curve.encoded(saturated(developed, photo.saturation))
    gray = np.array([2.0**-photo.headroom], np.float32)
    noise = photo.noise_reduction * float(sensor.deviation(gray)[0]) * curve.slope_at_gray()
    codes = sharpened(image, photo.chroma_blur, noise, photo.sharpening, photo.sharpening_radius)
    return Taken(compressed(codes, photo.jpeg_quality, photo.chroma_halved), exposure, iso, (red, blue))
