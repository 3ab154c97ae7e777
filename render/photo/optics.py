"""What a lens does to linear light: glare, vignetting, lateral chromatic aberration."""

import numpy as np
from jaxtyping import Float32

from encode.lazy_import import import_lazily

__all__ = ["aberrated", "vignetted", "with_glare"]

#: Spread of the scattered light as standard deviations in shares of the image's longer side, and its parts.
_GLARE = ((0.006, 0.45), (0.03, 0.35), (0.15, 0.2))
#: A blur is computed on an image reduced so far that this many pixels of it are one standard deviation.
_BLUR_PIXELS = 3.0


def with_glare(light: Float32[np.ndarray, "h w 3"], share: float) -> Float32[np.ndarray, "h w 3"]:
    """`share` of the light of each pixel spread over its surroundings, most of it near: bloom and veiling glare."""
    if share == 0:
        return light
    longer = max(light.shape[:2])
    spread = light * np.float32(1 - share)
    for sigma, part in _GLARE:
        spread += np.float32(share * part) * _blurred(light, sigma * longer)
    return spread


def _blurred(light: Float32[np.ndarray, "h w 3"], sigma: float) -> Float32[np.ndarray, "h w 3"]:
    """A Gaussian blur of `sigma` pixels, mirrored at the border, on blocks of pixels where it is wide."""
    height, width = light.shape[:2]
    block = max(1, int(sigma / _BLUR_PIXELS))
    small = _block_means(light, block)
    blur = import_lazily("scipy.ndimage").gaussian_filter
    blurred: Float32[np.ndarray, "h w 3"] = blur(small, (sigma / block, sigma / block, 0), mode="reflect", truncate=3.0)
    if block == 1:
        return blurred
    rows, columns = ((np.arange(size) + 0.5) / block - 0.5 for size in (height, width))
    return _between(_between(blurred, rows, 0), columns, 1)


def _block_means(light: Float32[np.ndarray, "h w 3"], block: int) -> Float32[np.ndarray, "_ _ 3"]:
    """Means of blocks of `block` x `block` pixels; those at the border repeat its pixels where they reach beyond."""
    if block == 1:
        return light
    height, width = light.shape[:2]
    padded = np.pad(light, ((0, -height % block), (0, -width % block), (0, 0)), mode="edge")
    return padded.reshape(padded.shape[0] // block, block, padded.shape[1] // block, block, 3).mean(axis=(1, 3))


def _between(values: Float32[np.ndarray, "_ _ 3"], positions: np.ndarray, axis: int) -> Float32[np.ndarray, "_ _ 3"]:
    """Values at fractional positions along an axis, linear between two, the last ones beyond the ends."""
    clipped = np.clip(positions, 0, values.shape[axis] - 1)
    low = np.minimum(clipped.astype(np.intp), max(0, values.shape[axis] - 2))
    high = np.minimum(low + 1, values.shape[axis] - 1)
    weight = np.expand_dims((clipped - low).astype(np.float32), (1, 2) if axis == 0 else (0, 2))
    return np.take(values, low, axis) * (1 - weight) + np.take(values, high, axis) * weight


def vignetted(light: Float32[np.ndarray, "h w 3"], stops: float) -> Float32[np.ndarray, "h w 3"]:
    """Light lost toward the corners, `stops` there: the law of the fourth power of the cosine, (1 + a r^2)^-2."""
    if stops == 0:
        return light
    across = np.float32(2.0 ** (stops / 2) - 1)
    return light / np.square(1 + across * _squared_radius(light.shape[0], light.shape[1]))[..., None]


def _squared_radius(height: int, width: int) -> Float32[np.ndarray, "{height} {width}"]:
    """Of each pixel centre from the image's centre, 1 in the image's corners."""
    rows, columns = (np.arange(size, dtype=np.float32) + np.float32(0.5 - size / 2) for size in (height, width))
    return (rows[:, None] ** 2 + columns**2) * np.float32(4 / (height**2 + width**2))


def aberrated(light: Float32[np.ndarray, "h w 3"], pixels: tuple[float, float]) -> Float32[np.ndarray, "h w 3"]:
    """Red and blue magnified about the image's centre, so that they move by `pixels` in the corners; green stays."""
    corner = np.hypot(*light.shape[:2]) / 2
    planes = [_magnified(light[..., 0], 1 + pixels[0] / corner), light[..., 1]]
    return np.stack([*planes, _magnified(light[..., 2], 1 + pixels[1] / corner)], axis=-1)


def _magnified(plane: Float32[np.ndarray, "h w"], factor: float) -> Float32[np.ndarray, "h w"]:
    if factor == 1:
        return plane
    # Index i lies at i - middle from the centre, and shows what was at (i - middle) / factor.
    middle = (np.array(plane.shape) - 1) / 2
    moved: Float32[np.ndarray, "h w"] = import_lazily("scipy.ndimage").affine_transform(
        plane, np.full(2, 1 / factor), middle - middle / factor, order=1, mode="nearest", output=np.float32
    )
    return moved
