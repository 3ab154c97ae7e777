"""The five-stage instance decoder (Vision Banana, third version), for colours that the model chose itself.

1. background where ||C - C_bg|| < 14; 2. flood fill within 14 of the seed; 3. drop areas < 2e-4 H W; 4. erode 3x3, drop
where less than 0.1 is left (halos); 5. merge disjoint pieces of one mean colour (within 14) whose joint bounding box is
at most 5 times the sum of theirs.

As published it is made for crisp, noiseless paint: a seed on a soft edge owns a band of smears, and noise of 8 levels
leaves nothing whole. With `repair` (the default) the paint is made crisp before the first stage: the flat colours are
found, and every pixel takes one of them. Both read an exact target alike.
"""

from dataclasses import dataclass, fields

import numpy as np
from jaxtyping import Bool, Float32, Int32, UInt8

from encode.check import check_rgb
from encode.colors.legend import MINIMUM_RGB
from encode.lazy_import import import_lazily
from encode.pair import RGB, CodecParameter, PairMeta
from encode.segmentation.flood import background_mask, flood_labels
from encode.segmentation.pieces import merge_pieces
from encode.segmentation.repair import nearest_colors, repair_labels
from encode.segmentation.shades import painted_colors

__all__ = [
    "INSTANCE_PARAMETERS",
    "InstanceSettings",
    "crisp_paint",
    "decode_instances",
    "drop_halos",
    "drop_small",
    "instance_confidence",
    "is_scorable",
]


@dataclass(frozen=True, slots=True)
class InstanceSettings:
    """The decoder's published numbers, by the names they have in `meta.json`.

    tolerance: Euclidean, 0-255. min_area: share of the image. min_eroded: share of a region. max_box_growth: ratio.
    """

    tolerance: float = 14.0
    min_area: float = 2e-4
    min_eroded: float = 0.1
    max_box_growth: float = 5.0

    @classmethod
    def of(cls, meta: PairMeta) -> "InstanceSettings":
        """Read the settings of a pair; raises MetaError where one is missing."""
        return cls(**{field.name: meta.parameter(field.name) for field in fields(cls)})


_DEFAULTS = InstanceSettings()

#: As `meta.json` keeps them.
INSTANCE_PARAMETERS = tuple(CodecParameter(field.name, getattr(_DEFAULTS, field.name)) for field in fields(_DEFAULTS))


def decode_instances(
    rgb: UInt8[np.ndarray, "h w 3"], background: RGB, settings: InstanceSettings = _DEFAULTS, *, repair: bool = True
) -> Int32[np.ndarray, "h w"]:
    """Label map 1..n of the instances painted in `rgb`, 0 for the background and for what the stages drop.

    repair: false for the five stages exactly as published, and nothing else. Raises ArrayError unless `rgb` is UInt8
    (h, w, 3).
    """
    check_rgb(rgb, "instance decoding")
    if repair:
        rgb = crisp_paint(rgb, background, settings.min_area)
    free = ~background_mask(rgb, background, settings.tolerance)
    labels = flood_labels(rgb, free, settings.tolerance)
    labels = drop_small(labels, settings.min_area)
    labels = drop_halos(labels, settings.min_eroded)
    return merge_pieces(rgb, labels, settings.tolerance, settings.max_box_growth)


def crisp_paint(rgb: UInt8[np.ndarray, "h w 3"], background: RGB, min_area: float = 2e-4) -> UInt8[np.ndarray, "h w 3"]:
    """Return the image in its flat colours alone, each pixel in one of them; an exact target is returned unchanged.

    The flat colour nearest to the background's is taken for it if no instance may be as near: a model that shifts all
    hues a little shifts the background too.
    """
    colors = painted_colors(rgb, min_area * rgb.shape[0] * rgb.shape[1])
    wanted = np.array(background, np.float64)
    distance = np.sqrt(((colors - wanted) ** 2).sum(-1))
    if distance.min(initial=np.inf) < MINIMUM_RGB:
        paint = colors.copy()
        paint[distance.argmin()] = wanted
    else:
        colors = paint = np.concatenate([colors, wanted[None]])
    index = repair_labels(rgb, nearest_colors(rgb, colors)[0], colors)
    crisp: UInt8[np.ndarray, "h w 3"] = np.rint(paint).astype(np.uint8)[index]
    return crisp


def instance_confidence(
    rgb: UInt8[np.ndarray, "h w 3"], labels: Int32[np.ndarray, "h w"], background: RGB, tolerance: float = 14.0
) -> Float32[np.ndarray, "h w"]:
    """How near each pixel is to its instance's mean colour, or to the background's: 1 on it, 0 at twice `tolerance`.

    0 for what the decoder dropped: specks, halos, and smears between two colours.
    """
    check_rgb(rgb, "instance decoding")
    flat, label_of_pixel = rgb.reshape(-1, 3).astype(np.float32), labels.ravel()
    count = int(labels.max(initial=0)) + 1
    areas = np.maximum(np.bincount(label_of_pixel, minlength=count), 1)
    means = np.stack([np.bincount(label_of_pixel, flat[:, channel], count) / areas for channel in range(3)], -1)
    means[0] = background
    offset = flat - means.astype(np.float32)[label_of_pixel]
    distance = np.sqrt(np.einsum("nc,nc->n", offset, offset))
    confidence = np.maximum(1 - distance / np.float32(2 * tolerance), np.float32(0))
    confidence[(label_of_pixel == 0) & (distance >= tolerance)] = 0
    shaped: Float32[np.ndarray, "h w"] = confidence.reshape(labels.shape)
    return shaped


def is_scorable(
    mask: Bool[np.ndarray, "h w"], settings: InstanceSettings = _DEFAULTS, image_size: int | None = None
) -> bool:
    """Whether stages 3 and 4 keep any connected piece of `mask`: large enough, and more than ~3 px thick.

    image_size: pixels of the whole image where `mask` is cut out of it. A cut must leave a pixel around the piece
    wherever the image has one, since erosion needs the piece's border.
    """
    ndimage = import_lazily("scipy.ndimage")

    least = settings.min_area * (image_size or mask.size)
    ys, xs = np.nonzero(mask)
    if ys.size < least:
        return False
    window = (slice(max(int(ys.min()) - 1, 0), int(ys.max()) + 2), slice(max(int(xs.min()) - 1, 0), int(xs.max()) + 2))
    components = ndimage.label(mask[window])[0]
    areas = np.bincount(components.ravel())
    # Pixels all of whose neighbours are of the mask are of one component with them.
    remaining = np.bincount(components[_eroded_mask(mask[window])], minlength=len(areas))
    large = areas[1:] >= least
    return bool((large & (remaining[1:] >= settings.min_eroded * areas[1:])).any())


def drop_small(labels: Int32[np.ndarray, "h w"], min_area: float) -> Int32[np.ndarray, "h w"]:
    """Stage 3: drop regions that cover less than the share `min_area` of the image."""
    keep = np.bincount(labels.ravel()) >= min_area * labels.size
    return _renumbered(labels, keep)


def drop_halos(labels: Int32[np.ndarray, "h w"], min_eroded: float) -> Int32[np.ndarray, "h w"]:
    """Stage 4: drop regions of which a 3x3 erosion leaves less than the share `min_eroded`."""
    areas = np.bincount(labels.ravel())
    left = np.bincount(labels[_eroded(labels)], minlength=len(areas))
    return _renumbered(labels, left >= min_eroded * areas)


def _eroded(labels: Int32[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
    """Pixels whose 3x3 neighbours all have their label; outside the image counts as the same: an edge is not a halo."""
    ndimage = import_lazily("scipy.ndimage")

    high = ndimage.maximum_filter(labels, 3, mode="nearest")
    low = ndimage.minimum_filter(labels, 3, mode="nearest")
    inside: Bool[np.ndarray, "h w"] = (high == low) & (labels > 0)
    return inside


def _eroded_mask(mask: Bool[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
    """Pixels whose 3x3 neighbours, those that the image has, are all of a mask."""
    across = mask.copy()
    across[:, 1:] &= mask[:, :-1]
    across[:, :-1] &= mask[:, 1:]
    eroded = across.copy()
    eroded[1:] &= across[:-1]
    eroded[:-1] &= across[1:]
    return eroded


def _renumbered(labels: Int32[np.ndarray, "h w"], keep: Bool[np.ndarray, " n"]) -> Int32[np.ndarray, "h w"]:
    keep = keep.copy()
    keep[0] = False
    table = np.where(keep, np.cumsum(keep), 0).astype(np.int32)
    renumbered: Int32[np.ndarray, "h w"] = table[labels]
    return renumbered
