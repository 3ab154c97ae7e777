"""Degradations of targets, which imitate a model's answers: functions from image to image."""

import io
from collections.abc import Callable

import numpy as np
from jaxtyping import Float, UInt8
from PIL import Image, ImageFilter

#: An 8-bit RGB image.
Pixels = UInt8[np.ndarray, "h w 3"]


def noise(sigma: float) -> Callable[[Pixels], Pixels]:
    """Gaussian noise, independent in pixels and channels."""
    return lambda rgb: _to_uint8(rgb + np.random.default_rng(0).normal(0, sigma, rgb.shape))


def blur(sigma: float) -> Callable[[Pixels], Pixels]:
    """Gaussian blur, as a VAE's decoder does to edges."""
    return lambda rgb: np.asarray(Image.fromarray(rgb).filter(ImageFilter.GaussianBlur(sigma)))


def jpeg(quality: int) -> Callable[[Pixels], Pixels]:
    """JPEG with the usual subsampled colour (4:2:0)."""

    def degrade(rgb: Pixels) -> Pixels:
        stream = io.BytesIO()
        Image.fromarray(rgb).save(stream, "JPEG", quality=quality)
        return np.asarray(Image.open(stream))

    return degrade


def halved(rgb: Pixels) -> Pixels:
    """Half the size and back, Lanczos both ways, as trainers' buckets do."""
    image = Image.fromarray(rgb)
    half = image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS)
    return np.asarray(half.resize(image.size, Image.Resampling.LANCZOS))


def gamma(power: float) -> Callable[[Pixels], Pixels]:
    """Another tone curve: every value to this power."""
    return lambda rgb: _to_uint8(255 * (rgb / 255) ** power)


def hue(degrees: float) -> Callable[[Pixels], Pixels]:
    """All hues rotated about the grey axis."""
    angle = np.radians(degrees)
    third, root = (1 - np.cos(angle)) / 3, np.sin(angle) / np.sqrt(3)
    rotation = np.cos(angle) * np.eye(3) + third + root * np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    return lambda rgb: _to_uint8(rgb @ rotation.T)


def less_contrast(rgb: Pixels) -> Pixels:
    """A little less contrast: black at 6, white at 246."""
    return _to_uint8(0.94 * rgb + 6.0)


def soft_edges(rgb: Pixels) -> Pixels:
    """Soft edges 5 px wide; flat areas stay as they are."""
    smooth = np.asarray(Image.fromarray(rgb).filter(ImageFilter.BoxBlur(2))).astype(np.float32)
    spread = np.abs(smooth - rgb).max(-1, keepdims=True) > 6
    return np.asarray(np.where(spread, smooth, rgb), np.uint8)


def everything(rgb: Pixels) -> Pixels:
    """A little of everything, as a good tuned model paints: blur 0.8, noise 3, gamma 0.97, JPEG 92."""
    for degrade in (blur(0.8), noise(3), gamma(0.97), jpeg(92)):
        rgb = degrade(rgb)
    return rgb


#: Each degradation by the name that docs/decoding.md gives it.
DEGRADATIONS: dict[str, Callable[[Pixels], Pixels]] = {
    "nothing": lambda rgb: rgb,
    "noise, sigma 4": noise(4),
    "noise, sigma 8": noise(8),
    "noise, sigma 16": noise(16),
    "blur, sigma 0.7": blur(0.7),
    "blur, sigma 1.5": blur(1.5),
    "soft edges, 5 px": soft_edges,
    "JPEG 95": jpeg(95),
    "JPEG 85": jpeg(85),
    "JPEG 70": jpeg(70),
    "half size and back": halved,
    "gamma 0.9": gamma(0.9),
    "gamma 1.1": gamma(1.1),
    "hue +5 degrees": hue(5),
    "hue +15 degrees": hue(15),
    "less contrast": less_contrast,
    "a bit of everything": everything,
}


def _to_uint8(values: Float[np.ndarray, "h w 3"]) -> Pixels:
    return np.asarray(np.clip(np.rint(values), 0, 255), np.uint8)
