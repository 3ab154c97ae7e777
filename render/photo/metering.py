"""What a camera decides by itself: exposure, ISO and white balance."""

import numpy as np
from jaxtyping import Float32

from render.exposure import MIDDLE_GRAY

__all__ = ["BASE_ISO", "MOST_ISO", "balance_gains", "iso_of", "metered_stops"]

BASE_ISO, MOST_ISO = 100.0, 6400.0
#: Stops of exposure up to which daylight is bright enough for the base ISO. Scenes of this project need -6 to 3.
BRIGHT = -3.0
#: Stops of ISO a stop of darkness; aperture and time give the rest.
ISO_SHARE = 0.7
#: Stops that the highlights may cost at most.
SPARED = 1.0
#: Of the norm by which the colour of the light is judged.
NORM = 6
#: Stops by which the automatic white balance changes a channel at most.
MOST_BALANCE = 1.0


def metered_stops(linear: Float32[np.ndarray, "h w 3"], stops: float, headroom: float, highlights: float) -> float:
    """`stops`, or fewer, so that no more than a share `highlights` of the pixels clips; at most `SPARED` fewer.

    A pixel clips where one of its channels lies over the full well, `headroom` stops above middle gray.
    """
    brightest = float(np.quantile(linear.max(axis=-1), 1 - highlights))
    if brightest <= 0:
        return stops
    limit = float(np.log2(MIDDLE_GRAY * 2**headroom / brightest))
    return max(min(stops, limit), stops - SPARED)


def iso_of(stops: float, speed: float) -> float:
    """The ISO for a scene that takes `stops` of exposure, which also says how dark it is; `speed` stops are added."""
    wanted = BASE_ISO * 2 ** (ISO_SHARE * (stops - BRIGHT) + speed)
    return float(np.clip(wanted, BASE_ISO, MOST_ISO))


def balance_gains(light: Float32[np.ndarray, "h w 3"], share: float) -> tuple[float, float]:
    """Gains of red and blue, with green as it is, that take `share` (in stops) of the light's colour out.

    `light` is in shares of the full well. Its colour is that of the image's means in the Minkowski norm of order 6
    (Finlayson and Trezzi, "Shades of gray and colour constancy", 2004).
    """
    norms = np.power(np.minimum(light, 1).reshape(-1, 3), NORM, dtype=np.float64).mean(axis=0) ** (1 / NORM)
    if norms.min() <= 0:
        return 1.0, 1.0
    stops = np.clip(-np.log2(norms / norms[1]), -MOST_BALANCE, MOST_BALANCE) * share
    return float(2.0 ** stops[0]), float(2.0 ** stops[2])
