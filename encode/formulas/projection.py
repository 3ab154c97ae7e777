"""The camera: a pinhole, or with a lens that distorts.

Camera axes are x right, y up, z toward the viewer, as in OpenGL and Blender; units are metres.

With the intrinsics K = [[fx, 0, cx], [0, fy, cy], [0, 0, 1]], a point (X, Y, -d) in camera axes is at the pixel
position u = fx X / d + cx, v = cy - fy Y / d and has the planar depth d. Pixel centres are at +0.5. A lens moves
(X / d, -Y / d) before K applies (`encode.formulas.lens`); depth stays planar.
"""

import numpy as np
from jaxtyping import Float, Float64

from encode.formulas.lens import PINHOLE, Lens

__all__ = ["pixel_rays", "pixel_slopes", "project", "rays_through", "to_camera", "to_pixels", "to_world"]


def to_camera(points: Float64[np.ndarray, "*n 3"], pose: Float64[np.ndarray, "4 4"]) -> Float64[np.ndarray, "*n 3"]:
    """World points in the camera axes of a camera-to-world `pose`."""
    local: Float64[np.ndarray, "*n 3"] = (points - pose[:3, 3]) @ pose[:3, :3]
    return local


def to_world(points: Float64[np.ndarray, "*n 3"], pose: Float64[np.ndarray, "4 4"]) -> Float64[np.ndarray, "*n 3"]:
    """Points in the axes of `pose` (a camera's, or an object's own) in world axes."""
    world: Float64[np.ndarray, "*n 3"] = points @ pose[:3, :3].T + pose[:3, 3]
    return world


def to_pixels(
    points: Float64[np.ndarray, "*n 3"], k: Float64[np.ndarray, "3 3"], lens: Lens = PINHOLE
) -> tuple[Float64[np.ndarray, "*n"], Float64[np.ndarray, "*n"], Float64[np.ndarray, "*n"]]:
    """Pixel positions u, v and planar depths of points in camera axes.

    A point with a depth below 0 is behind the camera; at a depth of 0, u and v are infinite or NaN. What is too far off
    the axis for the lens (`Lens.reach`) is at NaN.
    """
    depth = -points[..., 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        if lens != PINHOLE:
            x, y = np.moveaxis(lens.distort(points[..., :2] * [1, -1] / depth[..., None]), -1, 0)
            return k[0, 0] * x + k[0, 2], k[1, 1] * y + k[1, 2], depth
        u = k[0, 0] * points[..., 0] / depth + k[0, 2]
        v = k[1, 2] - k[1, 1] * points[..., 1] / depth
    return u, v, depth


def project(
    points: Float64[np.ndarray, "*n 3"],
    k: Float64[np.ndarray, "3 3"],
    pose: Float64[np.ndarray, "4 4"],
    lens: Lens = PINHOLE,
) -> tuple[Float64[np.ndarray, "*n 2"], Float64[np.ndarray, "*n"]]:
    """Pixel positions (u, v) and planar depths of world points; see `to_pixels` for points out of view."""
    u, v, depth = to_pixels(to_camera(points, pose), k, lens)
    return np.stack([u, v], axis=-1), depth


def rays_through(
    u: Float[np.ndarray, "*n"], v: Float[np.ndarray, "*n"], k: Float64[np.ndarray, "3 3"], lens: Lens = PINHOLE
) -> Float64[np.ndarray, "*n 3"]:
    """Directions in camera axes through pixel positions, with z = -1: times planar depth they are the points seen.

    NaN where the lens shows nothing (`Lens.distorted_reach`).
    """
    x, y = _slopes(u, v, k)
    if lens != PINHOLE:
        x, y = np.moveaxis(lens.undistort(np.stack([x, -y], axis=-1)) * [1, -1], -1, 0)
    return np.moveaxis(np.stack([x, y, -np.ones_like(x)]), 0, -1)


def pixel_rays(
    k: Float64[np.ndarray, "3 3"], width: int, height: int, stride: int = 1, lens: Lens = PINHOLE
) -> Float64[np.ndarray, "h w 3"]:
    """`rays_through` the centres of all pixels, or of every `stride`-th row and column from the first on."""
    rays = np.empty((3, len(range(0, height, stride)), len(range(0, width, stride))))
    rays[0], rays[1] = pixel_slopes(k, width, height, stride, lens)
    rays[2] = -1
    return np.moveaxis(rays, 0, -1)


def pixel_slopes(
    k: Float64[np.ndarray, "3 3"], width: int, height: int, stride: int = 1, lens: Lens = PINHOLE
) -> tuple[Float64[np.ndarray, "#h w"], Float64[np.ndarray, "h #w"]]:
    """The x and y of `pixel_rays`, to be broadcast: of a pinhole one number a column and a row."""
    u, v = np.arange(0, width, stride) + 0.5, np.arange(0, height, stride) + 0.5
    if lens != PINHOLE:
        across, down = np.meshgrid(u, v)
        rays = rays_through(across, down, k, lens)
        return rays[..., 0], rays[..., 1]
    return _slopes(u[None], v[:, None], k)


def _slopes(
    u: Float[np.ndarray, "*n"], v: Float[np.ndarray, "*m"], k: Float64[np.ndarray, "3 3"]
) -> tuple[Float64[np.ndarray, "*n"], Float64[np.ndarray, "*m"]]:
    """The x and y of the pinhole's rays with z = -1 in camera axes, by columns u and rows v in pixels."""
    return (u - k[0, 2]) / k[0, 0], (k[1, 2] - v) / k[1, 1]
