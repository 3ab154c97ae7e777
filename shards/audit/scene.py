"""Does scene.json agree with receipts, configuration and the scene's other views?"""

from collections.abc import Iterator, Mapping
from typing import Any

from encode import Frame
from encode.frame import BLURS
from shards.audit.expectations import FrameExpectations
from shards.receipt import FrameRow, Receipt

__all__ = ["config_problems", "row_problems", "sibling_problems"]

#: Fields of an object's record that may differ between two views of its scene.
_OF_THE_VIEW = frozenset({"box_2d", "visible_pixels", "visible_fraction", "amodal_rle", "truncated"})

#: Fields of a keypoint that may.
_OF_THE_KEYPOINT_IN_THE_VIEW = frozenset({"pixel", "visibility"})

#: Fields of a text that may.
_OF_THE_TEXT_IN_THE_VIEW = frozenset({"pixels", "visible_fraction"})

#: Fields of `render` that may differ between two views of a scene.
_RENDER_OF_THE_VIEW = frozenset({"exposure", "normals_bent", "normals_flat", "photo", *BLURS})

#: Fields that two views of a scene share, besides their objects.
_OF_THE_SCENE = (
    "family",
    "seed",
    "scene_index",
    "attempt",
    "world_category",
    "categories",
    "spec",
    "fingerprint",
    "versions",
)


def row_problems(frame: Frame, scene: Mapping[str, Any], receipt: Receipt) -> Iterator[str]:
    """Yield where the receipt's rows of this view and of its scene differ from what the frame shows."""
    index, view = scene["scene_index"], scene["view_index"]
    row = next((row for row in receipt.frames if row.key == frame.key), None)
    if row is not None:
        measured = FrameRow.measure(frame, scene_index=index, view=view, shard=receipt.index, seconds=row.seconds)
        yield from _differences(row.model_dump(), measured.model_dump(), "its receipt's row")
    for scene_row in receipt.scenes:
        if scene_row.scene_index == index:
            expected_scene = {
                "attempts": scene["attempt"] + 1,
                "objects": len(scene["objects"]),
                "family": scene["family"],
            }
            got = {name: getattr(scene_row, name) for name in expected_scene}
            yield from _differences(got, expected_scene, "its scene's row in the receipt")
    expected_shard = {
        "fingerprint": scene["fingerprint"],
        "versions": scene["versions"],
        "device": scene["render"].get("device"),
    }
    yield from _differences({name: getattr(receipt, name) for name in expected_shard}, expected_shard, "its receipt")


def config_problems(scene: Mapping[str, Any], expectations: FrameExpectations) -> Iterator[str]:
    """Yield where scene.json differs from what the configuration expects."""
    names = ("seed", "fingerprint")
    expected = {name: getattr(expectations, name) for name in names}
    expected["family"] = expectations.family(scene["scene_index"])
    yield from _differences({name: scene[name] for name in expected}, expected, "scene.json", "config.yaml")
    got = {name: scene["render"].get(name) for name in expectations.render}
    yield from _differences(got, expectations.render, "render of scene.json", "config.yaml")
    blurs = [name for name in BLURS if name in scene["render"]]
    if blurs != list(expectations.blurs):
        wanted = " and ".join(expectations.blurs) or "no blur"
        yield f"render of scene.json: expected {wanted} by config.yaml, got {' and '.join(blurs) or 'none'}"
    model = scene.get("lens", {"model": "pinhole"})["model"]
    if model not in expectations.lenses:
        yield f"expected a lens of {', '.join(expectations.lenses)} by config.yaml, got {model}"
    if scene["view_index"] >= expectations.views:
        yield f"expected a view under {expectations.views} by config.yaml, got view {scene['view_index']}"


def sibling_problems(scene: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    """Yield where two views of one scene do not agree on the scene."""
    yield from (
        f"expected {name} as in {other['key']}, got another" for name in _OF_THE_SCENE if scene[name] != other[name]
    )
    # Each view has its own exposure, measured from its linear render, which is not stored: it cannot be checked.
    render = {name: value for name, value in other["render"].items() if name not in _RENDER_OF_THE_VIEW}
    yield from _differences(scene["render"], render, "render", f"the view {other['key']}")
    objects, others = (_without_view(each["objects"]) for each in (scene, other))
    if list(objects) != list(others):
        yield f"expected the objects of {other['key']}, {list(others)}, got {list(objects)}"
        return
    for id_, record in objects.items():
        yield from _differences(record, others[id_], f"object {id_}", f"the view {other['key']}")


def _without_view(objects: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    return {entry["id"]: _without(entry, _OF_THE_VIEW) | _lists_without_view(entry) for entry in objects}


def _lists_without_view(record: dict[str, Any]) -> dict[str, Any]:
    """The keypoints and the texts of a record, where it has them, without what differs between views."""
    of_the_view = {"keypoints": _OF_THE_KEYPOINT_IN_THE_VIEW, "texts": _OF_THE_TEXT_IN_THE_VIEW}
    return {
        name: [_without(each, fields) for each in record[name]]
        for name, fields in of_the_view.items()
        if name in record
    }


def _without(record: dict[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in names}


def _differences(
    got: Mapping[str, Any], expected: Mapping[str, Any], where: str, by: str = "the frame"
) -> Iterator[str]:
    for name, value in expected.items():
        if got.get(name) != value:
            yield f"{where}: expected {name} {value!r} by {by}, got {got.get(name)!r}"
