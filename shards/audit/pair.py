"""Does a stored pair agree with its receipt, its frame and its own meta.json?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt8

from encode import EncodeError, Frame, Pair, audit_pair
from encode.depth.codec import depth_codec, row_chunks
from shards.audit.expectations import PairExpectations
from shards.images import decode_image
from shards.pairs import source_suffix, stored_extra_members
from shards.receipt import PairRow

__all__ = ["SourceCheck", "TargetCheck", "form_problems", "target_problems"]

#: Decibels. JPEG and WebP at quality 50 keep images under strong noise (sigma 8) above 27.
_LEAST_PSNR = 22.0

# Lossy formats hardly move the means of tiles (at quality 50: 4 levels of 255, on saturated stripes 7.5), another view
# does: a camera that moved by 2 cm gives 20 levels somewhere, and still 32 dB.
_TILE = 16
_MOST_TILE_SHIFT = 10.0


def form_problems(
    pair: Pair, members: Mapping[str, bytes], row: PairRow | None, expectations: PairExpectations | None
) -> Iterator[tuple[str, str]]:
    """Yield (check, detail) where a pair, except its target, differs from its row and the configuration."""
    meta = pair.meta
    if row is None:
        yield "extra pair", "expected a row of the receipt that names it, got none"
    else:
        for name, value in PairRow.of(pair, members, shard=row.shard).model_dump().items():
            if getattr(row, name) != value:
                yield "receipt", f"expected {name} {value!r} in its row, got {getattr(row, name)!r}"
    if not re.fullmatch(rf"{re.escape(f'{meta.frame_key}-{meta.task}-')}\d\d", pair.key):
        yield "key", f"expected the key {meta.frame_key}-{meta.task}-NN by meta.json, got {pair.key}"
    if expectations is not None:
        yield from (("config", detail) for detail in _config_differences(pair, members, expectations))


def _config_differences(pair: Pair, members: Mapping[str, bytes], expectations: PairExpectations) -> Iterator[str]:
    meta = pair.meta
    compared = {"seed": (expectations.seed, meta.seed), "split": (expectations.split, meta.split)}
    for name, (expected, got) in compared.items():
        if expected != got:
            yield f"expected {name} {expected!r} in meta.json by config.yaml, got {got!r}"
    if expectations.source not in members:
        source = source_suffix(pair.key, members)
        yield f"expected the source image as {expectations.source} by config.yaml, got {source}"
    if expectations.extra_members is not None:
        stored = stored_extra_members(members)
        for name in sorted(expectations.extra_members - stored):
            yield f"expected the member {name} by the tasks of config.yaml, got none"
        for name in sorted(stored - expectations.extra_members):
            yield f"expected no member {name} by the tasks of config.yaml, got one"


@dataclass(frozen=True, slots=True)
class TargetCheck:
    """What decoding a target showed.

    depth_error: the largest error of a decoded depth as a share of what 8 bits allow there; 0 for other tasks.
    """

    problems: tuple[str, ...]
    depth_error: float = 0.0


def target_problems(frame: Frame, pair: Pair) -> TargetCheck:
    """Decode the target by prompt and meta.json, and compare it with the frame's truth."""
    try:
        problems = tuple(audit_pair(frame, pair.target, pair.prompt, pair.meta, pair.answer, pair.source2))
        if problems or pair.meta.task != "depth":
            return TargetCheck(problems)
        return TargetCheck((), _depth_error(frame, pair))
    except EncodeError as error:
        return TargetCheck((str(error),))


def _depth_error(frame: Frame, pair: Pair) -> float:
    codec = depth_codec(pair.meta.codec, {entry.name: entry.value for entry in pair.meta.codec_parameters})
    worst = 0.0
    for rows in row_chunks(frame.truth.shape):
        truth = frame.truth.depth[rows].astype(np.float64)
        bound = codec.quantisation_bound(truth)
        # Bounds of 0 (no surface) and of infinity (beyond the start of the last colour's cell) have no share.
        counted = np.isfinite(bound) & (bound > 0)
        with np.errstate(invalid="ignore"):  # inf - inf, where nothing is counted
            error = np.abs(codec.decode(pair.target[rows]) - truth)
        worst = max(worst, float(np.divide(error, bound, out=np.zeros_like(bound), where=counted).max(initial=0.0)))
    return worst


class SourceCheck:
    """Compares the sources of one view's pairs with the view's image; equal files are decoded once."""

    def __init__(self, image: UInt8[np.ndarray, "h w 3"], png: bytes) -> None:
        self._image = image
        self._verdicts: dict[bytes, str] = {png: ""}

    def problem(self, suffix: str, content: bytes, where: str) -> str:
        """Return what is wrong with this source, or ""; raises BadSample when it does not read."""
        if content not in self._verdicts:
            height, width, _ = self._image.shape
            source = decode_image(content, f"{where}, {suffix}", (height, width))
            self._verdicts[content] = self._compare(suffix, source)
        return self._verdicts[content]

    def _compare(self, suffix: str, source: UInt8[np.ndarray, "h w 3"]) -> str:
        if suffix.endswith(".png"):
            differing = int((source != self._image).any(axis=2).sum())
            return f"expected the frame's image, {differing} pixels differ" if differing else ""
        psnr, shift = _psnr(source, self._image), _tile_shift(source, self._image)
        if psnr >= _LEAST_PSNR and shift <= _MOST_TILE_SHIFT:
            return ""
        return (
            f"expected the frame's image at {_LEAST_PSNR} dB or better and tile means within {_MOST_TILE_SHIFT} levels,"
            f" got {psnr:.1f} dB and {shift:.1f} levels"
        )


def _psnr(a: UInt8[np.ndarray, "h w 3"], b: UInt8[np.ndarray, "h w 3"]) -> float:
    error = float(np.mean(np.square(a.astype(np.float32) - b)))
    return float("inf") if error == 0 else 10 * float(np.log10(255**2 / error))


def _tile_shift(a: UInt8[np.ndarray, "h w 3"], b: UInt8[np.ndarray, "h w 3"]) -> float:
    """Largest difference of the means of 16x16 tiles, in levels of 255; borders that fill no tile are left out."""
    rows, columns = a.shape[0] // _TILE, a.shape[1] // _TILE
    if not rows or not columns:
        return 0.0
    difference = (a.astype(np.float32) - b)[: rows * _TILE, : columns * _TILE]
    means = difference.reshape(rows, _TILE, columns, _TILE, 3).mean(axis=(1, 3))
    return float(np.abs(means).max())
