"""Automatic exposure of a linear image: what a camera would do, so that no scene comes out black or blown."""

import numpy as np
from jaxtyping import Float32

from encode.formulas import srgb

__all__ = ["automatic_exposure"]

MIDDLE_GRAY = 0.2
LIMIT = 12.0  # stops
SPARED = 2.0  # stops that the highlights may cost at most: a low sun in view must not leave the land black
DISC = 100.0  # times the highlights: what is brighter is a lamp or the disc of the sun, by which nothing else is judged
LUMINANCE = np.array(srgb.LUMINANCE, np.float32)


def automatic_exposure(linear: Float32[np.ndarray, "h w 3"]) -> float:
    """Stops that bring the log-average luminance to middle gray, less where the highlights would clip.

    The log average is Reinhard's key of a scene (2002). Highlights: the 98th percentile may lie 5 stops above middle
    gray at most, which AgX still renders with some detail, unless that takes more than `SPARED` stops.
    """
    luminance = linear @ LUMINANCE
    luminance = luminance[np.isfinite(luminance)]
    if luminance.size == 0 or float(luminance.max()) <= 0:
        return 0.0
    highlight = float(np.percentile(luminance, 98))
    brightest = float(luminance.max())
    floor = (min(brightest, DISC * highlight) or brightest) * 1e-5
    average = float(np.exp(np.log(np.maximum(luminance, floor), dtype=np.float64).mean()))
    highlight = max(highlight, floor)
    wanted = np.log2(MIDDLE_GRAY / average)
    stops = max(min(wanted, np.log2(MIDDLE_GRAY * 2**5 / highlight)), wanted - SPARED)
    return round(float(np.clip(stops, -LIMIT, LIMIT)), 3)
