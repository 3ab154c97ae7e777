"""Do depth, lens, K and normals agree on what is flat: do points of one plane lie on it?"""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Bool, Float32, Float64, UInt32

from encode import Frame
from encode.frame_cache import cached_per_frame
from shards.audit.grid import STRIDE, grid_rays

__all__ = ["plane_problems"]

#: Points are compared over this share of the longer side: near enough to be of one face, far enough for float32.
_SPAN = 1 / 16

#: Largest difference of the normals' coordinates on a plane: float32 rounding. Bump and smooth shading exceed it.
_SAME_NORMAL = 1e-5

#: Sine of the angle between normal and optical axis from which a plane is judged: depth alone is flat on those across.
_TURNED = 0.2

#: Sine of the angle between a plane and the line through two of its points, above which they are of two parallel faces.
_TWO_FACES = 0.05

#: A tenth of the pairs must have a sine under this. In frames of this project at 128 to 256 pixels it is at most 1e-5.
_SHARE, _SLACK = 0.1, 5e-5

#: With fewer pairs nothing is concluded.
_LEAST_PAIRS = 200


def plane_problems(frame: Frame) -> Iterator[str]:
    """Yield a problem if surfaces that are flat by their normals are bent by depth, K and lens.

    Two pixels of an object with the same normal are two points of one plane, or of two that are parallel. So only the
    tenth of the pairs that fits best is judged: a wrong lens moves nearly all of them. A pair counts where all of the
    square on it has that normal: across shallow folds, as of a roller shutter, smooth shading gives each narrow fold
    one normal, which is not its own.
    """
    sines = np.concatenate([_sines(frame, axis) for axis in (0, 1)])
    sines = sines[sines < _TWO_FACES]
    if len(sines) < _LEAST_PAIRS:
        return
    best = float(np.quantile(sines, _SHARE))
    if best > _SLACK:
        yield (
            f"expected a tenth of {len(sines)} pairs of points of flat surfaces to lie across their normals to"
            f" {_SLACK:g} radians, got {best:.2g}: depth, lens, K and normals do not agree"
        )


def _sines(frame: Frame, axis: int) -> Float64[np.ndarray, " n"]:
    """Of pairs along an axis that have one object and one normal: the sine between the plane and the pair's line."""
    step = max(1, round(_SPAN * max(frame.truth.shape) / STRIDE))
    depth, normal, instance = (np.moveaxis(values, axis, 0) for values in _grid_truth(frame))
    rays = np.moveaxis(grid_rays(frame), axis, 0)
    same = _are_alike(normal, instance, step) & _is_even(normal, instance, step) & (instance[step:] > 0)
    same &= np.hypot(normal[step:, :, 0], normal[step:, :, 1]) > _TURNED
    near, far = ((rays[part][same] * depth[part][same][:, None].astype(np.float64)) for part in _ends(step))
    line = far - near
    across = np.abs(np.einsum("nc,nc->n", line, normal[:-step][same].astype(np.float64)))
    sines: Float64[np.ndarray, " n"] = across / np.maximum(np.linalg.norm(line, axis=-1), 1e-12)
    return sines


@cached_per_frame
def _grid_truth(
    frame: Frame,
) -> tuple[Float32[np.ndarray, "h w"], Float32[np.ndarray, "h w 3"], UInt32[np.ndarray, "h w"]]:
    """Depth, normal and instance of these pixels; in memory each channel is whole, which is much faster."""
    truth, grid = frame.truth, (slice(None, None, STRIDE), slice(None, None, STRIDE))
    normal = np.moveaxis(np.stack([truth.normal[(*grid, channel)] for channel in range(3)]), 0, -1)
    return np.ascontiguousarray(truth.depth[grid]), normal, np.ascontiguousarray(truth.instance[grid])


def _are_alike(
    normal: Float32[np.ndarray, "h w 3"], instance: UInt32[np.ndarray, "h w"], step: int
) -> Bool[np.ndarray, "n w"]:
    """Whether two points, `step` rows apart, are of one object and have one normal."""
    alike: Bool[np.ndarray, "n w"] = instance[:-step] == instance[step:]
    for channel in range(3):
        alike &= np.abs(normal[:-step, :, channel] - normal[step:, :, channel]) < _SAME_NORMAL
    return alike


def _is_even(
    normal: Float32[np.ndarray, "h w 3"], instance: UInt32[np.ndarray, "h w"], step: int
) -> Bool[np.ndarray, "n w"]:
    """Whether neighbours are alike in all of the square of `step` on a point and the one `step` rows below it.

    The square is to the right of the two, and at the right border as far to the right as it goes.
    """
    height, width = instance.shape
    sums = np.zeros((height + 1, width + 1), np.int32)
    sums[1:height, 1:] += ~_are_alike(normal, instance, 1)
    sums[1:, 1:width] += ~_are_alike(normal.swapaxes(0, 1), instance.T, 1).T
    np.cumsum(np.cumsum(sums, axis=0, out=sums), axis=1, out=sums)
    left = np.minimum(np.arange(width), max(0, width - 1 - step))
    right = np.minimum(left + step, width - 1)
    breaks = sums[step:height] - sums[: height - step]
    even: Bool[np.ndarray, "n w"] = breaks[:, right + 1] == breaks[:, left]
    return even


def _ends(step: int) -> tuple[slice, slice]:
    return slice(None, -step), slice(step, None)
