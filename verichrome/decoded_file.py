"""The bytes of a decoded map as .npy, OpenEXR, PNG, or JSON of COCO run lengths."""

import io
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from jaxtyping import Num
from PIL import Image, PngImagePlugin

from encode.formulas.boxes import box_2d
from encode.formulas.rle import runs_of_mask
from encode.formulas.srgb import from_linear
from encode.frame.truth import TRUTH_CHANNELS
from shards.exr import encode_exr
from shards.gallery.id_colors import id_color
from verichrome.decoded_map import LISTED, DecodedImage
from verichrome.errors import UsageError

__all__ = ["FORMATS", "decoded_files", "default_format"]

#: Formats by their suffix.
FORMATS = ("npy", "exr", "png", "json")

#: Steps a metre of a depth PNG, and the largest number that 16 bits hold.
_PER_METRE, _MOST = 1000, 65535
_MOST_PALETTE = 256


def default_format(kind: str) -> str:
    """The format of files whose names do not say one: run lengths for ids, else .npy."""
    return "json" if kind in ("ids", *LISTED) else "npy"


def decoded_files(decoded: DecodedImage, name: str, suffix: str) -> dict[str, bytes]:
    """Content of each file by name: NAME.SUFFIX; confidence of .npy and .png has a file NAME.confidence.SUFFIX.

    Raises UsageError for a format that cannot hold the map.
    """
    if decoded.kind == "numbers" and suffix != "npy":
        raise UsageError(f"The map of the task {decoded.task} can be written as .npy alone, got .{suffix}.")
    if decoded.kind == "light" and suffix not in ("npy", "exr"):
        raise UsageError(f"Light has no largest value: it can be written as .npy or .exr, got .{suffix}.")
    if decoded.kind in LISTED and suffix not in ("json", "npy"):
        raise UsageError(f"The {decoded.kind} of an image can be written as .json or .npy, got .{suffix}.")
    if suffix == "json":
        return {f"{name}.json": _json(decoded)}
    if suffix == "exr":
        return {f"{name}.exr": encode_exr(_channels(decoded))}
    write = _npy if suffix == "npy" else _png
    files = {f"{name}.{suffix}": write(decoded)}
    if decoded.confidence is not None:
        trust = DecodedImage(decoded.task, "confidence", decoded.confidence)
        files[f"{name}.confidence.{suffix}"] = write(trust)
    return files


def _npy(decoded: DecodedImage) -> bytes:
    stream = io.BytesIO()
    np.save(stream, decoded.values)
    return stream.getvalue()


def _channels(decoded: DecodedImage) -> dict[str, Num[np.ndarray, "h w"]]:
    """Channels named as in truth.exr: 32-bit floats, and unsigned integers for ids."""
    values = decoded.values
    match decoded.kind:
        case "metres":
            channels = {TRUTH_CHANNELS["depth"].names[0]: values.astype(np.float32)}
        case "directions":
            channels = {
                name: values[..., i].astype(np.float32) for i, name in enumerate(TRUTH_CHANNELS["normal"].names)
            }
        case "reflectance" | "light":
            channels = {name: values[..., i].astype(np.float32) for i, name in enumerate("RGB")}
        case _:
            channels = {"label.id": values.astype(np.uint32)}
    if decoded.confidence is not None:
        channels["confidence.Y"] = decoded.confidence.astype(np.float32)
    return channels


def _png(decoded: DecodedImage) -> bytes:
    values = decoded.values
    match decoded.kind:
        case "metres":
            steps = np.clip(np.where(np.isfinite(values), values, 0).astype(np.float64) * _PER_METRE, 0, _MOST)
            return _saved(
                Image.fromarray(np.rint(steps).astype(np.uint16)), "16-bit depth in millimetres, 0: no surface"
            )
        case "directions":
            pixels = np.rint(255 * (0.5 + 0.5 * values))
            pixels[~values.any(-1)] = 0
            text = "normals, 255 * (0.5 + 0.5 n), x right, y up, z toward the viewer; black: no surface"
            return _saved(Image.fromarray(pixels.astype(np.uint8)), text)
        case "reflectance":
            return _saved(Image.fromarray(np.rint(255 * from_linear(values)).astype(np.uint8)), "base colour, sRGB")
        case "confidence":
            return _saved(Image.fromarray(np.rint(255 * values).astype(np.uint8)), "confidence, 255: certain")
        case _:
            return _labels_png(decoded)


def _labels_png(decoded: DecodedImage) -> bytes:
    """Ids as indices of a palette, or in 16 bits where there are too many."""
    text = "0: background" + "".join(f", {number}: {label}" for number, label in enumerate(decoded.labels, start=1))
    if len(decoded.labels) >= _MOST_PALETTE:
        return _saved(Image.fromarray(decoded.values.astype(np.uint16)), text)
    image = Image.fromarray(decoded.values.astype(np.uint8))
    colors = decoded.colors or tuple(id_color(number) for number in range(1, len(decoded.labels) + 1))
    image.putpalette([channel for color in ((0, 0, 0), *colors) for channel in color])
    return _saved(image, text)


def _saved(image: Image.Image, description: str) -> bytes:
    stream = io.BytesIO()
    facts = PngImagePlugin.PngInfo()
    facts.add_itxt("Description", description)
    image.save(stream, "PNG", pnginfo=facts)
    return stream.getvalue()


def _json(decoded: DecodedImage) -> bytes:
    if decoded.kind in LISTED:
        document = {"task": decoded.task, "size": list(decoded.size), "annotations": _list(decoded)}
        return f"{json.dumps(document, ensure_ascii=False)}\n".encode(errors="replace")
    if decoded.kind != "ids":
        raise UsageError(f"{decoded.task} is a map of numbers: name a .npy, .exr or .png file for it, not .json.")
    masks = [_mask(decoded, number, label) for number, label in enumerate(decoded.labels, start=1)]
    document = {"task": decoded.task, "size": list(decoded.values.shape), "annotations": masks}
    return f"{json.dumps(document, ensure_ascii=False)}\n".encode(errors="replace")


def _list(decoded: DecodedImage) -> list[dict[str, Any]]:
    """Annotations of points, of keypoints, or of boxes as COCO has them: left, top, width, height."""
    rows = enumerate(zip(decoded.labels, decoded.values.tolist(), strict=True), start=1)
    return [
        {"id": number, "label": label, **_listed(decoded.kind, row), **_trust(decoded, row)}
        for number, (label, row) in rows
    ]


def _listed(kind: str, row: Sequence[Any]) -> dict[str, Any]:
    if kind == "boxes":
        x0, y0, x1, y1 = row[:4]
        box = [x0, y0, x1 - x0, y1 - y0]
        return {"area": box[2] * box[3], "bbox": box, "color": list(row[4:])}
    person = {"person": int(row[2])} if kind == "keypoints" else {}
    return {"point": list(row[:2]), **person}


def _trust(decoded: DecodedImage, row: Sequence[Any]) -> dict[str, float]:
    """The confidence at a point, or the mean along the border of a box; nothing where it was not asked for."""
    trust = decoded.confidence
    if trust is None:
        return {}
    if decoded.kind != "boxes":
        return {"confidence": float(trust[int(row[1]), int(row[0])])}
    x0, y0, x1, y1 = row[:4]
    box = trust[y0:y1, x0:x1]
    border = np.concatenate([box[0], box[-1], box[1:-1, 0], box[1:-1, -1]])
    return {"confidence": float(border.mean())}


def _mask(decoded: DecodedImage, number: int, label: str) -> dict[str, Any]:
    mask = decoded.values == number
    x0, y0, x1, y1 = box_2d(mask.any(1), mask.any(0))
    trust = decoded.confidence
    certain = {} if trust is None else {"confidence": float(trust[mask].mean()) if mask.any() else 0.0}
    return {
        "id": number,
        "label": label,
        "area": int(mask.sum()),
        "bbox": [x0, y0, x1 - x0, y1 - y0],
        "segmentation": {"size": list(mask.shape), "counts": runs_of_mask(mask)},
        **certain,
    }
