"""One rendered view as the members of a sample, and back."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from jaxtyping import UInt8

from encode import EncodeError, FormatError, Frame, Truth
from encode.frame import ShadingMaps, SurfaceMaps
from encode.frame.document import SceneDocument
from encode.reading.json_text import read_json
from encode.reading.limits import MOST_JSON_BYTES, MOST_SIDE
from encode.reading.shared_member import SharedMember
from encode.reading.short_text import short_repr
from shards.errors import BadSample
from shards.exr import decode_shading, decode_surface, decode_truth, encode_shading, encode_surface, encode_truth
from shards.images import decode_image, encode_image

__all__ = ["frame_members", "member_names", "read_frame", "read_scene"]

#: Characters of a key; writers obey it too.
_MOST_KEY = 64


def member_names(*, albedo: bool, surface: bool, shading: bool) -> frozenset[str]:
    """Names of the members of every frame of a data set. albedo, surface, shading: whether they keep these too."""
    extra = (("albedo.png", albedo), ("surface.exr", surface), ("shading.exr", shading))
    return frozenset(["image.png", "truth.exr", "scene.json", *(name for name, kept in extra if kept)])


def frame_members(
    image: UInt8[np.ndarray, "h w 3"],
    truth: Truth,
    scene: Mapping[str, Any],
    albedo: UInt8[np.ndarray, "h w 3"] | None = None,
    surface: SurfaceMaps | None = None,
    shading: ShadingMaps | None = None,
) -> dict[str, bytes]:
    """Return `image.png`, `truth.exr`, `scene.json`, and `albedo.png`, `surface.exr`, `shading.exr` of what there is.

    The same view gives the same bytes.

    Raises BadSample when sizes disagree, a map has the wrong type, or `scene` holds what JSON cannot (NaN, infinity).
    """
    where = f"frame {scene.get('key', '?')}"
    sizes = {image.shape[:2], truth.shape, (scene.get("height"), scene.get("width"))}
    sizes |= set() if albedo is None else {albedo.shape[:2]}
    sizes |= {maps.shape for maps in (surface, shading) if maps is not None}
    if len(sizes) != 1:
        raise BadSample(
            f"{where}: image {image.shape[:2]}, truth {truth.shape} and scene.json"
            f" ({scene.get('height')}, {scene.get('width')}) must have one size"
        )
    extra = {} if albedo is None else {"albedo.png": encode_image(albedo)}
    extra |= {} if surface is None else {"surface.exr": encode_surface(surface)}
    extra |= {} if shading is None else {"shading.exr": encode_shading(shading)}
    return {
        "image.png": encode_image(image),
        "truth.exr": encode_truth(truth),
        "scene.json": _to_json(scene, where),
        **extra,
    }


def read_frame(
    members: Mapping[str, bytes],
    shape: tuple[int, int] | None = None,
    scene: dict[str, Any] | None = None,
    document: SceneDocument | None = None,
) -> Frame:
    """Return exactly what `frame_members` was given; raises BadSample.

    shape: (height, width) by the receipt's row, where there is one. Each file's size is compared with that of
    scene.json before its pixels are decoded, and scene.json's with `shape`. scene: what `read_scene` gave;
    document: the same as its record.
    """
    scene = read_scene(members) if scene is None else scene
    where = f"frame {scene['key']}"
    size = _shape(scene, where)
    if shape is not None and size != shape:
        raise BadSample(f"{where}, scene.json: expected height and width {shape} by its receipt, got {size}")
    image = decode_image(_member(members, "image.png", where), f"{where}, image.png", size)
    truth = decode_truth(_member(members, "truth.exr", where), f"{where}, truth.exr", size)
    albedo = decode_image(members["albedo.png"], f"{where}, albedo.png", size) if "albedo.png" in members else None
    surface = (
        decode_surface(members["surface.exr"], f"{where}, surface.exr", size) if "surface.exr" in members else None
    )
    shading = (
        decode_shading(members["shading.exr"], f"{where}, shading.exr", size) if "shading.exr" in members else None
    )
    try:
        return Frame.from_scene(scene, image, truth, albedo, surface, shading, document)
    except EncodeError as error:
        raise BadSample(f"{where}, {error}") from error


def read_scene(members: Mapping[str, bytes], specs: SharedMember | None = None) -> dict[str, Any]:
    """Return the parsed `scene.json`; raises BadSample.

    specs: of the member `spec`, for views that are read one after the other.
    """
    read = read_json if specs is None else specs.read
    try:
        scene = read(_member(members, "scene.json", "frame"), "scene.json")
    except FormatError as error:
        raise BadSample(f"frame, {error}") from error
    if not isinstance(scene, dict) or not isinstance(scene.get("key"), str):
        raise BadSample("frame: scene.json is not an object with a 'key'")
    if len(scene["key"]) > _MOST_KEY:
        raise BadSample(f"frame, scene.json: expected a key of at most {_MOST_KEY} characters, got {len(scene['key'])}")
    return scene


def _shape(scene: Mapping[str, Any], where: str) -> tuple[int, int]:
    sides = []
    for name in ("height", "width"):
        side = scene.get(name)
        if not isinstance(side, int) or isinstance(side, bool) or not 1 <= side <= MOST_SIDE:
            raise BadSample(
                f"{where}, scene.json: expected {name} as an integer from 1 to {MOST_SIDE}, got {short_repr(side)}"
            )
        sides.append(side)
    return sides[0], sides[1]


def _to_json(scene: Mapping[str, Any], where: str) -> bytes:
    try:
        text = json.dumps(scene, sort_keys=True, separators=(",", ":"), allow_nan=False, ensure_ascii=False)
    except (TypeError, ValueError) as error:
        raise BadSample(f"{where}: scene.json cannot hold this: {error}") from error
    content = text.encode()
    if len(content) > MOST_JSON_BYTES:
        raise BadSample(f"{where}: scene.json holds at most {MOST_JSON_BYTES:,} bytes, got {len(content):,}")
    return content


def _member(members: Mapping[str, bytes], suffix: str, where: str) -> bytes:
    try:
        return members[suffix]
    except KeyError:
        raise BadSample(f"{where}: no member {suffix}, only {short_repr(sorted(members))}") from None
