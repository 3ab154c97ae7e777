"""What a sensor makes of light: clipped at its full well, noisy, and behind a Bayer mosaic or reduced."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32

from render.photo.mosaic import demosaic, mosaic

__all__ = ["Sensor"]


@dataclass(frozen=True, slots=True)
class Sensor:
    """A sensor at one ISO.

    full_well: electrons of one of its pixels at which the image is white, at this ISO. read_noise: electrons, standard
    deviation. reduction: how many of its pixels make one of the image, along a side; 1 is a Bayer mosaic. gains: of
    red, green and blue, by which its signal is multiplied so that white is white.
    """

    full_well: float
    read_noise: float
    reduction: float
    gains: tuple[float, float, float]

    def expose(self, light: Float32[np.ndarray, "h w 3"], rng: np.random.Generator) -> Float32[np.ndarray, "h w 3"]:
        """Linear RGB in 0..1 of light in shares of the full well; what is brighter is lost."""
        gains = np.array(self.gains, np.float32)
        if self.reduction > 1:
            return np.clip(self._read(light / gains, rng) * gains, 0, 1)
        gain = mosaic(np.broadcast_to(gains, light.shape))
        return np.clip(demosaic(np.clip(self._read(mosaic(light) / gain, rng) * gain, 0, 1)), 0, 1)

    def _read(self, signal: Float32[np.ndarray, "*n"], rng: np.random.Generator) -> Float32[np.ndarray, "*n"]:
        """The signal in shares of the full well as it is read, noisy, up to 1.

        Shot noise is Poisson's, here normal of the same variance, which for over 10 electrons looks the same.
        """
        return np.minimum(signal + self.deviation(signal) * rng.standard_normal(signal.shape, np.float32), 1)

    def deviation(self, signal: Float32[np.ndarray, "*n"]) -> Float32[np.ndarray, "*n"]:
        """The standard deviation of the noise of a signal, both in shares of the full well.

        The variance of n electrons is n, so that of n / w is (n / w) / w, w being the full well. The mean of
        reduction^2 pixels has that much less.
        """
        read = (self.read_noise / self.full_well) ** 2
        return np.sqrt(signal * np.float32(1 / self.full_well) + np.float32(read)) / np.float32(self.reduction)
