"""Checks of a frame's truth and image. numpy only.

Each check returns None, or one sentence with the figures. They catch what users of other tools report: wrong axes,
normals and masks sampled elsewhere than depth, black or blown images, cameras inside objects, empty views.
"""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Bool, Float, Float32, Float64, Shaped, UInt8, UInt32

from encode.formulas.channels import dots
from encode.formulas.srgb import LUMINANCE
from render.truth import BEND, FinishedTruth

__all__ = ["check_agreement", "check_ended", "check_image", "check_truth", "derived_normals"]

MEDIAN_ANGLE = 20.0  # degrees between shading normals and the derivative of depth; wrong axes give about 90
TURNED = 0.05  # share of normals that face away a little; bump and interpolation give under 1 %
FLAT = 0.25  # share of normals that face away by much; cards with the normals of a crown give a tenth
OTHERWISE = 1e-3  # share of pixels where image and truth may show another surface: edges within a thousandth of a pixel
SAME_DEPTH = 1e-3  # of a depth: two rays through one pixel centre that meet the same surface differ by less
EDGE_SUPPORT = 0.6  # share of mask edges on a depth or normal edge; the rest are thin objects flat on others
DEPTH_EDGE = 0.01  # second difference of inverse depth, as a share of it
NORMAL_EDGE = 0.3  # change of the normal over 3 pixels; a ball 20 pixels wide bends by less
EVEN = 0.9  # cosine between neighbouring normals; less and a surface is finer than pixels: foliage has no derivative
NEAREST = 0.03  # metres
CLIPPED = 0.05  # share of pixels with every channel at 254 or more
BLACK = 0.6  # share of pixels with every channel at 4 or less
MEDIAN_LUMA = (20.0, 235.0)  # of 255


def check_truth(
    truth: FinishedTruth, rays: Float64[np.ndarray, "h w 3"], ids: frozenset[int], min_categories: int
) -> Iterator[tuple[str, str]]:
    """Failed checks of the truth as (name, sentence).

    `rays` are the directions through pixel centres; `ids` the object ids of the scene.
    """
    surface = np.isfinite(truth.depth)
    checks = {
        "depth": _depth_problem(truth.depth, surface),
        "ids": _id_problem(truth.instance, surface, ids),
        "normals": _normal_problem(truth, surface, rays),
        "facing": _facing_problem(truth, surface, rays),
        "edges": _edge_problem(truth, surface),
        "categories": _category_problem(truth.category, surface, min_categories),
    }
    yield from ((name, text) for name, text in checks.items() if text)


def check_ended(ended: Bool[np.ndarray, "h w"], instance: UInt32[np.ndarray, "h w"]) -> Iterator[tuple[str, str]]:
    """Whether rays stopped before they met what a pixel shows: there is no truth in these pixels (`RawTruth.ended`)."""
    if ended.any():
        ids = np.unique(instance[ended]).tolist()
        yield (
            "layers",
            f"in {int(ended.sum())} pixels the ray ends at a see-through surface (of object ids {ids}): "
            "its material is half transparent, or there are too many layers of it",
        )


def check_agreement(
    depth: Float32[np.ndarray, "h w"],
    instance: UInt32[np.ndarray, "h w"],
    image_depth: Float32[np.ndarray, "h w"],
    image_instance: UInt32[np.ndarray, "h w"],
) -> Iterator[tuple[str, str]]:
    """Whether the image shows the surfaces of the truth: the same object at the same depth (+inf for nothing).

    Both are single samples through the pixel centres, traced with other random numbers, so that what a material
    leaves to chance differs too.
    """
    with np.errstate(invalid="ignore"):  # the difference of two infinities
        near = (depth == image_depth) | (np.abs(image_depth - depth) <= SAME_DEPTH * depth)
    other = float((instance != image_instance).mean())
    moved = float(((instance == image_instance) & ~near).mean())
    if other + moved > OTHERWISE:
        yield (
            "agreement",
            f"the image shows another object than the truth in {other:.2%} of the pixels and the same one at another "
            f"depth in {moved:.2%}, at most {OTHERWISE:.1%} allowed",
        )


def check_image(image: UInt8[np.ndarray, "h w 3"]) -> Iterator[tuple[str, str]]:
    """Failed checks of the developed image as (name, sentence)."""
    red, green, blue = (np.ascontiguousarray(image[..., channel]) for channel in range(3))
    clipped = float((np.minimum(np.minimum(red, green), blue) >= 254).mean())
    black = float((np.maximum(np.maximum(red, green), blue) <= 4).mean())
    median = float(np.median(LUMINANCE[0] * red + LUMINANCE[1] * green + LUMINANCE[2] * blue))
    if clipped > CLIPPED:
        yield "blown", f"{clipped:.1%} of the image is clipped to white, at most {CLIPPED:.0%} allowed"
    if black > BLACK:
        yield "black", f"{black:.1%} of the image is black, at most {BLACK:.0%} allowed"
    if not MEDIAN_LUMA[0] <= median <= MEDIAN_LUMA[1]:
        yield "exposure", f"the median luma is {median:.0f}, allowed are {MEDIAN_LUMA[0]:.0f} to {MEDIAN_LUMA[1]:.0f}"
    if float(image.std()) < 4.0:
        yield "flat", f"the image is one tone (standard deviation {image.std():.1f} of 255)"


def derived_normals(
    depth: Float32[np.ndarray, "h w"], rays: Float64[np.ndarray, "h w 3"], same: UInt32[np.ndarray, "h w"]
) -> tuple[Float64[np.ndarray, "h w 3"], Bool[np.ndarray, "h w"]]:
    """Normals from central differences of the positions that depth gives, and where they mean anything.

    A pixel counts where its 4 neighbours carry the same number in `same` and depth does not jump.
    """
    finite = np.isfinite(depth)
    inner = slice(1, -1), slice(1, -1)
    normal, valid = np.moveaxis(np.zeros((3, *depth.shape)), 0, -1), np.zeros(depth.shape, bool)
    points = [np.where(finite, depth, 0.0) * rays[..., axis] for axis in range(3)]
    ax, ay, az = (part[1:-1, 2:] - part[1:-1, :-2] for part in points)  # across
    dx, dy, dz = (part[2:, 1:-1] - part[:-2, 1:-1] for part in points)  # down
    # v runs down the image, so the product of down and across faces the camera.
    parts = dy * az - dz * ay, dz * ax - dx * az, dx * ay - dy * ax
    length = np.sqrt(parts[0] ** 2 + parts[1] ** 2 + parts[2] ** 2)
    for axis, part in enumerate(parts):
        normal[(*inner, axis)] = part / np.maximum(length, 1e-30)
    valid[inner] = finite[inner] & (length > 0)
    for beside in _beside():
        valid[inner] &= same[beside] == same[inner]
        with np.errstate(invalid="ignore"):  # the difference of two infinities
            valid[inner] &= np.abs(depth[beside] - depth[inner]) < 0.05 * depth[inner]
    return normal, valid


def _beside() -> Iterator[tuple[slice, slice]]:
    """The pixels above, below, left and right of those that are not at the border."""
    for start in (0, 2):
        yield slice(start, start - 2 or None), slice(1, -1)
        yield slice(1, -1), slice(start, start - 2 or None)


def _depth_problem(depth: Float32[np.ndarray, "h w"], surface: Bool[np.ndarray, "h w"]) -> str | None:
    if np.isnan(depth).any():
        return f"{int(np.isnan(depth).sum())} pixels have no depth"
    if not surface.any():
        return "no surface in view"
    nearest = float(depth[surface].min())
    return f"the nearest surface is {nearest:.3f} m away, at least {NEAREST} m wanted" if nearest < NEAREST else None


def _id_problem(
    instance: UInt32[np.ndarray, "h w"], surface: Bool[np.ndarray, "h w"], ids: frozenset[int]
) -> str | None:
    shown = {int(value) for value in np.unique(instance[surface])}
    strangers = sorted(shown - ids)
    return f"object ids {strangers} are in the image but not in the scene" if strangers else None


def _normal_problem(
    truth: FinishedTruth, surface: Bool[np.ndarray, "h w"], rays: Float64[np.ndarray, "h w 3"]
) -> str | None:
    odd = surface & ~(np.abs(np.sqrt(dots(truth.normal, truth.normal)) - 1) <= 1e-4)  # NaN too
    if odd.any():
        return f"{int(odd.sum())} normals are not unit vectors"
    derived, valid = derived_normals(truth.depth, rays, truth.instance)
    valid &= _even(truth.normal)
    if valid.sum() < 50:
        return None  # too little smooth surface to compare on; small images of thin objects
    cosine = np.clip(dots(derived, truth.normal)[valid], -1, 1)
    median = float(np.degrees(np.arccos(np.median(cosine))))
    if median > MEDIAN_ANGLE:
        return (
            f"normals disagree with the derivative of depth by {median:.0f} degrees (median), "
            f"at most {MEDIAN_ANGLE:.0f} allowed"
        )
    return None


def _even(normal: Float32[np.ndarray, "h w 3"]) -> Bool[np.ndarray, "h w"]:
    """Where the normal changes little to all 4 neighbours; not at the border."""
    even = np.zeros(normal.shape[:2], bool)
    across, down = dots(normal[:, 1:], normal[:, :-1]) > EVEN, dots(normal[1:], normal[:-1]) > EVEN
    even[1:-1, 1:-1] = across[1:-1, 1:] & across[1:-1, :-1] & down[1:, 1:-1] & down[:-1, 1:-1]
    return even


def _facing_problem(
    truth: FinishedTruth, surface: Bool[np.ndarray, "h w"], rays: Float64[np.ndarray, "h w 3"]
) -> str | None:
    away = int((surface & (dots(truth.normal, rays) > 0)).sum())
    if away:
        return f"{away} normals face away from the camera by more than {BEND:.0f} degrees"
    for mask, most, how in ((truth.turned, TURNED, "a little"), (truth.flat, FLAT, f"more than {BEND:.0f} degrees")):
        share = float(mask[surface].mean()) if surface.any() else 0.0
        if share > most:
            return f"{share:.1%} of the shading normals face away from the camera ({how}), at most {most:.0%} allowed"
    return None


def _edge_problem(truth: FinishedTruth, surface: Bool[np.ndarray, "h w"]) -> str | None:
    border = _around(truth.instance, np.maximum) != _around(truth.instance, np.minimum)
    if border.sum() < 50:
        return None
    inverse = np.where(surface, 1.0 / np.maximum(truth.depth, 1e-6), 0.0)
    # Inverse depth is linear over the image of a plane, however steep: only its second difference shows an edge.
    bend = np.maximum(*(np.abs(_second_difference(inverse, axis)) for axis in (0, 1)))
    depth_edge = _around(bend, np.maximum) > DEPTH_EDGE * inverse
    channels = (truth.normal[..., channel] for channel in range(3))
    spread = np.sqrt(sum((_around(values, np.maximum) - _around(values, np.minimum)) ** 2 for values in channels))
    supported = float((depth_edge | (spread > NORMAL_EDGE))[border].mean())
    if supported < EDGE_SUPPORT:
        return f"{supported:.0%} of the mask edges lie on a depth or normal edge, at least {EDGE_SUPPORT:.0%} wanted"
    return None


def _around(values: Shaped[np.ndarray, "h w"], extreme: np.ufunc) -> Shaped[np.ndarray, "h w"]:
    """The greatest (np.maximum) or least (np.minimum) of the 3x3 pixels around each, those that the image has."""
    for axis in (0, 1):
        before, near = np.moveaxis(values, axis, 0), values.copy()
        after = np.moveaxis(near, axis, 0)
        extreme(after[1:], before[:-1], out=after[1:])
        extreme(after[:-1], before[1:], out=after[:-1])
        values = near
    return values


def _second_difference(values: Float[np.ndarray, "h w"], axis: int) -> Float[np.ndarray, "h w"]:
    """The sum of both neighbours along an axis, less twice the value; a pixel at the border is its own neighbour."""
    return np.diff(values, n=2, axis=axis, prepend=values.take([0], axis), append=values.take([-1], axis))


def _category_problem(category: UInt32[np.ndarray, "h w"], surface: Bool[np.ndarray, "h w"], wanted: int) -> str | None:
    values, counts = np.unique(category[surface], return_counts=True)
    enough = max(4, round(2e-4 * category.size))  # an area that the scorers count
    seen = int(((counts >= enough) & (values > 0)).sum())
    return f"{seen} categories are visible, at least {wanted} wanted" if seen < wanted else None
