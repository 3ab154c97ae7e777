"""One rendered view as the members of a sample, and back."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from jaxtyping import UInt8

from encode import Frame, Truth
from shards.errors import BadSample
from shards.exr import decode_truth, encode_truth
from shards.images import decode_image, encode_image

__all__ = ["frame_members", "read_frame", "read_scene"]


def frame_members(
    image: UInt8[np.ndarray, "h w 3"],
    truth: Truth,
    scene: Mapping[str, Any],
    albedo: UInt8[np.ndarray, "h w 3"] | None = None,
) -> dict[str, bytes]:
    """Return `image.png`, `truth.exr`, `scene.json` and with an `albedo` `albedo.png`: same view, same bytes.

    Raises BadSample when sizes disagree, a map has the wrong type, or `scene` holds what JSON cannot (NaN, infinity).
    """
    where = f"frame {scene.get('key', '?')}"
    sizes = {image.shape[:2], truth.shape, (scene.get("height"), scene.get("width"))}
    sizes |= set() if albedo is None else {albedo.shape[:2]}
    if len(sizes) != 1:
        raise BadSample(
            f"{where}: image {image.shape[:2]}, truth {truth.shape} and scene.json"
            f" ({scene.get('height')}, {scene.get('width')}) must have one size"
        )
    extra = {} if albedo is None else {"albedo.png": encode_image(albedo)}
    return {
        "image.png": encode_image(image),
        "truth.exr": encode_truth(truth),
        "scene.json": _to_json(scene, where),
        **extra,
    }


def read_frame(members: Mapping[str, bytes]) -> Frame:
    """Return exactly what `frame_members` was given; raises BadSample."""
    scene = read_scene(members)
    where = f"frame {scene['key']}"
    image = decode_image(_member(members, "image.png", where), f"{where}, image.png")
    truth = decode_truth(_member(members, "truth.exr", where), f"{where}, truth.exr")
    albedo = decode_image(members["albedo.png"], f"{where}, albedo.png") if "albedo.png" in members else None
    try:
        frame = Frame.from_scene(scene, image, truth, albedo)
    except (KeyError, TypeError, ValueError) as error:
        raise BadSample(f"{where}, scene.json lacks what docs/formats.md promises: {error!r}") from error
    if image.shape[:2] != truth.shape or (albedo is not None and albedo.shape != image.shape):
        raise BadSample(f"{where}: image {image.shape[:2]}, truth {truth.shape} and albedo must have one size")
    return frame


def read_scene(members: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the parsed `scene.json`; raises BadSample."""
    try:
        scene = json.loads(_member(members, "scene.json", "frame"))
    except ValueError as error:
        raise BadSample(f"frame: scene.json does not read as JSON: {error}") from error
    if not isinstance(scene, dict) or not isinstance(scene.get("key"), str):
        raise BadSample("frame: scene.json is not an object with a 'key'")
    return scene


def _to_json(scene: Mapping[str, Any], where: str) -> bytes:
    try:
        text = json.dumps(scene, sort_keys=True, separators=(",", ":"), allow_nan=False, ensure_ascii=False)
    except (TypeError, ValueError) as error:
        raise BadSample(f"{where}: scene.json cannot hold this: {error}") from error
    return text.encode()


def _member(members: Mapping[str, bytes], suffix: str, where: str) -> bytes:
    try:
        return members[suffix]
    except KeyError:
        raise BadSample(f"{where}: no member {suffix}, only {sorted(members)}") from None
