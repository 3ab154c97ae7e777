"""The five-stage instance decoder (Vision Banana, third version), for colours that the model picked itself.

1. background where ||C - C_bg|| < 14; 2. flood fill within 14 of the seed; 3. drop areas < 2e-4 H W; 4. erode 3x3, drop
where less than 0.1 is left (halos); 5. merge disjoint pieces of one mean colour (within 14) whose joint bounding box is
at most 5 times the sum of theirs.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int32, UInt8

from encode.check import check_rgb
from encode.pair import RGB, CodecParameter
from encode.segmentation.flood import background_mask, flood_labels

__all__ = ["INSTANCE_PARAMETERS", "InstanceSettings", "decode_instances", "instance_confidence", "is_scorable"]


@dataclass(frozen=True, slots=True)
class InstanceSettings:
    """The decoder's numbers, by the names they have in `meta.json`."""

    tolerance: float = 14.0
    min_area: float = 2e-4
    min_eroded: float = 0.1
    max_box_growth: float = 5.0


_DEFAULTS = InstanceSettings()

#: As `meta.json` keeps them.
INSTANCE_PARAMETERS = tuple(
    CodecParameter(name, getattr(_DEFAULTS, name)) for name in ("tolerance", "min_area", "min_eroded", "max_box_growth")
)


def decode_instances(
    rgb: UInt8[np.ndarray, "h w 3"], background: RGB, settings: InstanceSettings = _DEFAULTS
) -> Int32[np.ndarray, "h w"]:
    """Label map 1..n of the instances painted in `rgb`, 0 for the background and for what the stages drop."""
    check_rgb(rgb, "instance decoding")
    free = ~background_mask(rgb, background, settings.tolerance)
    labels = flood_labels(rgb, free, settings.tolerance)
    labels = drop_small(labels, settings.min_area)
    labels = drop_halos(labels, settings.min_eroded)
    return merge_pieces(rgb, labels, settings)


def instance_confidence(
    rgb: UInt8[np.ndarray, "h w 3"], labels: Int32[np.ndarray, "h w"], background: RGB, tolerance: float = 14.0
) -> Float32[np.ndarray, "h w"]:
    """How near each pixel is to its instance's mean colour, or to the background's: 1 on it, 0 at twice `tolerance`.

    0 for what the decoder dropped: specks, halos, and smears between two colours.
    """
    check_rgb(rgb, "instance decoding")
    flat, place = rgb.reshape(-1, 3).astype(np.float32), labels.ravel()
    count = int(labels.max(initial=0)) + 1
    areas = np.maximum(np.bincount(place, minlength=count), 1)
    means = np.stack([np.bincount(place, flat[:, channel], count) / areas for channel in range(3)], -1)
    means[0] = background
    offset = flat - means.astype(np.float32)[place]
    distance = np.sqrt(np.einsum("nc,nc->n", offset, offset))
    confidence = np.maximum(1 - distance / np.float32(2 * tolerance), np.float32(0))
    confidence[(place == 0) & (distance >= tolerance)] = 0
    shaped: Float32[np.ndarray, "h w"] = confidence.reshape(labels.shape)
    return shaped


def is_scorable(
    mask: Bool[np.ndarray, "h w"], settings: InstanceSettings = _DEFAULTS, image_size: int | None = None
) -> bool:
    """Whether stages 3 and 4 keep any connected piece of `mask`: large enough, and more than ~3 px thick.

    image_size: pixels of the whole image where `mask` is cut out of it. A cut must leave a pixel round the piece
    wherever the image has one: erosion must see the border that the piece has.
    """
    from scipy import ndimage  # late, since it takes 0.4 s to import

    least = settings.min_area * (image_size or mask.size)
    ys, xs = np.nonzero(mask)
    if ys.size < least:
        return False
    window = (slice(max(int(ys.min()) - 1, 0), int(ys.max()) + 2), slice(max(int(xs.min()) - 1, 0), int(xs.max()) + 2))
    pieces = ndimage.label(mask[window])[0]
    areas = np.bincount(pieces.ravel())
    left = np.bincount(pieces[_eroded(pieces)], minlength=len(areas))
    large = areas[1:] >= least
    return bool((large & (left[1:] >= settings.min_eroded * areas[1:])).any())


def drop_small(labels: Int32[np.ndarray, "h w"], min_area: float) -> Int32[np.ndarray, "h w"]:
    """Stage 3: drop regions that cover less than the share `min_area` of the image."""
    keep = np.bincount(labels.ravel()) >= min_area * labels.size
    return _renumbered(labels, keep)


def drop_halos(labels: Int32[np.ndarray, "h w"], min_eroded: float) -> Int32[np.ndarray, "h w"]:
    """Stage 4: drop regions of which a 3x3 erosion leaves less than the share `min_eroded`."""
    areas = np.bincount(labels.ravel())
    left = np.bincount(labels[_eroded(labels)], minlength=len(areas))
    return _renumbered(labels, left >= min_eroded * areas)


def merge_pieces(
    rgb: UInt8[np.ndarray, "h w 3"], labels: Int32[np.ndarray, "h w"], settings: InstanceSettings
) -> Int32[np.ndarray, "h w"]:
    """Stage 5: join pieces of one instance that something in front cuts apart; the nearest colours are joined first."""
    pieces = _pieces(rgb, labels)
    groups = [[i + 1] for i in range(len(pieces))]
    while (best := _closest_pair(pieces, settings)) is not None:
        i, j = best
        pieces[i] = pieces[i].joined(pieces.pop(j))
        groups[i] += groups.pop(j)
    table = np.zeros(labels.max(initial=0) + 1, np.int32)
    for number, group in enumerate(groups, start=1):
        table[group] = number
    renumbered: Int32[np.ndarray, "h w"] = table[labels]
    return renumbered


@dataclass(frozen=True, slots=True)
class _Piece:
    area: int
    color: Float64[np.ndarray, " 3"]
    box: tuple[int, int, int, int]
    box_area: int  # summed over the parts joined so far

    def joined(self, other: "_Piece") -> "_Piece":
        area = self.area + other.area
        color = (self.color * self.area + other.color * other.area) / area
        return _Piece(area, color, self.joint_box(other), self.box_area + other.box_area)

    def joint_box(self, other: "_Piece") -> tuple[int, int, int, int]:
        a, b = self.box, other.box
        return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _pieces(rgb: UInt8[np.ndarray, "h w 3"], labels: Int32[np.ndarray, "h w"]) -> list[_Piece]:
    from scipy import ndimage  # late, since it takes 0.4 s to import

    pieces = []
    for label, window in enumerate(ndimage.find_objects(labels), start=1):
        y, x = window
        colors = rgb[window][labels[window] == label]
        box = (y.start, x.start, y.stop, x.stop)
        pieces.append(_Piece(len(colors), colors.mean(0, np.float64), box, _box_area(box)))
    return pieces


def _closest_pair(pieces: list[_Piece], settings: InstanceSettings) -> tuple[int, int] | None:
    if len(pieces) < 2:
        return None
    colors = np.array([piece.color for piece in pieces])
    distance = np.sqrt(((colors[:, None] - colors[None]) ** 2).sum(-1))
    rows, columns = np.nonzero(np.triu(distance < settings.tolerance, 1))
    order = np.argsort(distance[rows, columns], kind="stable")
    for i, j in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        limit = settings.max_box_growth * (pieces[i].box_area + pieces[j].box_area)
        if _box_area(pieces[i].joint_box(pieces[j])) <= limit:
            return i, j
    return None


def _box_area(box: tuple[int, int, int, int]) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def _eroded(labels: Int32[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
    """Pixels whose 3x3 neighbours all have their label; outside the image counts as the same, an edge is no halo."""
    from scipy import ndimage  # late, since it takes 0.4 s to import

    high = ndimage.maximum_filter(labels, 3, mode="nearest")
    low = ndimage.minimum_filter(labels, 3, mode="nearest")
    inside: Bool[np.ndarray, "h w"] = (high == low) & (labels > 0)
    return inside


def _renumbered(labels: Int32[np.ndarray, "h w"], keep: Bool[np.ndarray, " n"]) -> Int32[np.ndarray, "h w"]:
    keep = keep.copy()
    keep[0] = False
    table = np.where(keep, np.cumsum(keep), 0).astype(np.int32)
    renumbered: Int32[np.ndarray, "h w"] = table[labels]
    return renumbered
