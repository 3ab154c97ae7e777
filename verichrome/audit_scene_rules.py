"""Does scene.json agree with its `spec` and the taxonomy: the objects, the categories, the cameras?"""

from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

import numpy as np
from jaxtyping import Float64
from pydantic import ValidationError

from encode import Frame
from encode.formulas.rotation import quaternion_matrix
from encode.reading.short_text import short_repr
from render.camera import camera_to_world, intrinsics
from render.photo.metering import BASE_ISO, MOST_ISO
from render.settings import PHOTOGRAPH
from scenes import Category, SceneSpec, load_taxonomy
from scenes.photo import draw_photo
from scenes.scene import Camera, SceneObject
from scenes.texts import model_texts
from shards import SceneRule
from verichrome.audit_blur import blur_problems
from verichrome.audit_flat import flat_problems
from verichrome.audit_shading import shading_problems
from verichrome.audit_spec import NO_SPEC, replayed_spec
from verichrome.audit_surface import surface_problems
from verichrome.versions import installed

__all__ = ["SCENE_RULES", "keypoint_problems", "text_problems"]

#: Sines and cosines may differ in the last digit between machines.
_ROUNDING = 1e-9

#: Metres by which single precision, in which Blender keeps poses, may move a keypoint or a text.
_POSITION_ERROR = 1e-3


def spec_problems(frame: Frame, scene: Mapping[str, Any]) -> Iterator[str]:
    """The scene that is replayed from `spec` is the one that is recorded, seen through one of its cameras."""
    try:
        spec = replayed_spec(scene)
    except ValidationError as error:
        first = error.errors()[0]
        yield f"expected a spec that replays, got an error at {'.'.join(map(str, first['loc']))}: {first['msg']}"
        return
    except NO_SPEC as error:  # raised by rows of other types
        yield f"expected a spec that replays, got {type(error).__name__}: {error}"
        return
    due = {"family": spec.family, "seed": spec.seed, "scene_index": spec.index, "attempt": spec.attempt}
    for name, expected in due.items():
        if scene[name] != expected:
            yield f"expected {name} {expected!r} by the spec, got {scene[name]!r}"
    yield from _object_problems(spec, scene["objects"])
    yield from _camera_problems(spec, frame, scene)
    names = ({item.model.category for item in spec.objects} | {spec.world.category}) - {""}
    if (got := {category["name"] for category in scene["categories"]}) != names:
        yield f"expected the categories {sorted(names)} of the spec, got {sorted(got)}"
    world = next((category["id"] for category in scene["categories"] if category["name"] == spec.world.category), None)
    if scene["world_category"] != world:
        yield f"expected the world to be of category {world}, {spec.world.category}, got {scene['world_category']}"


def taxonomy_problems(_: Frame, scene: Mapping[str, Any]) -> Iterator[str]:
    """Categories that are not those of the taxonomy and of the spec.

    Ids, names and kinds of the taxonomy never change; other words may, from one version to the next. The user's own
    categories are as the spec has them.
    """
    same = scene["versions"].get("verichrome") == installed("verichrome")
    words = ("name", "kind", "supercategory", "plural", "synonyms") if same else ("name", "kind")
    own = _own(scene["spec"])
    known = {category.id: category.model_dump(mode="json") for category in (*load_taxonomy().category, *own)}
    for got in scene["categories"]:
        due = known.get(got["id"])
        if due is None:
            yield f"expected a category id of the taxonomy, got {got['id']} ({got['name']})"
            continue
        for name in words:
            if got[name] != due[name]:
                yield f"category {got['id']}: expected {name} {due[name]!r} by the taxonomy, got {got[name]!r}"


def _own(spec: Any) -> tuple[Category, ...]:
    """The user's categories of a spec; none where they are invalid, which `spec_problems` reports."""
    try:
        return tuple(Category.model_validate(category) for category in spec.get("categories", ()))
    except (AttributeError, TypeError, ValidationError):
        return ()


def _object_problems(spec: SceneSpec, objects: list[dict[str, Any]]) -> Iterator[str]:
    for item, record in zip_longest(sorted(spec.objects, key=lambda item: item.id), objects):
        if item is None or record is None or item.id != record["id"]:
            expected = [item.id for item in spec.objects]
            yield f"expected the objects {expected} of the spec, got {[record['id'] for record in objects]}"
            return
        for name, due in _described(item).items():
            if record[name] != due:
                yield f"object {item.id}: expected {name} {due!r} by the spec, got {record[name]!r}"
        yield from keypoint_problems(spec, item, record.get("keypoints", []))
        yield from text_problems(spec, item, record.get("texts", []))


def keypoint_problems(spec: SceneSpec, item: SceneObject, recorded: list[dict[str, Any]]) -> Iterator[str]:
    """Whether the keypoints are those of the model, where the spec puts them; older specs have none."""
    own = item.model.keypoints
    if [(point["name"], point["radius"]) for point in recorded] != [(point.name, point.radius) for point in own]:
        yield f"object {item.id}: expected the {len(own)} keypoints of the spec's model, got others"
        return
    at = np.array([point.at for point in own], np.float64).reshape(-1, 3)
    placed = np.array([point["position"] for point in recorded], np.float64).reshape(-1, 3)
    error = _placing_error(spec, item, at, placed)
    if error > _POSITION_ERROR:
        yield f"object {item.id}: expected its keypoints where the spec puts them, got one that is {error:.3g} m off"


def text_problems(spec: SceneSpec, item: SceneObject, recorded: list[dict[str, Any]]) -> Iterator[str]:
    """Whether the texts are those of the model's lettering, where the spec puts it; older specs have none."""
    own = model_texts(item.model)
    due, got = [text.text for text in own], [text["text"] for text in recorded]
    if due != got:
        yield f"object {item.id}: expected the texts {due} of the spec's model, got {got}"
        return
    corners = np.array([text.corners for text in own], np.float64).reshape(-1, 3)
    placed = np.array([text["corners"] for text in recorded], np.float64).reshape(-1, 3)
    error = _placing_error(spec, item, corners, placed)
    if error > _POSITION_ERROR:
        yield f"object {item.id}: expected its texts where the spec puts them, got one that is {error:.3g} m off"


def _placing_error(
    spec: SceneSpec, item: SceneObject, own: Float64[np.ndarray, "n 3"], placed: Float64[np.ndarray, "n 3"]
) -> float:
    """Metres by which points of an object, given in its own axes, are recorded elsewhere than the spec puts them.

    0 where there are none, or where physics moves the object: where it came to rest is not in the spec.
    """
    if not len(own) or (spec.physics is not None and item.body == "dynamic"):
        return 0.0
    due = own @ np.array(quaternion_matrix(item.rotation)).T + item.location
    return float(np.abs(due - placed).max())


def _described(item: SceneObject) -> dict[str, Any]:
    """The fields of an object's record that the spec decides, before anything is built or rendered."""
    model = item.model
    return {
        "name": item.name,
        "category": model.category,
        "color": model.color,
        "material": model.material,
        "size": model.size,
        "parts": list(dict.fromkeys(part.name for part in model.parts)),
        "supported_by": item.supported_by,
    }


def _camera_problems(spec: SceneSpec, frame: Frame, scene: Mapping[str, Any]) -> Iterator[str]:
    view = scene["view_index"]
    if view >= len(spec.views):
        yield f"expected one of the {len(spec.views)} views of the spec, got view {view}"
        return
    errors = [_camera_error(camera, scene) for camera in spec.views[view].candidates if camera.lens == frame.lens]
    if not errors:
        yield (
            f"expected the lens of one of the cameras of the spec's view {view}, got {frame.lens.model}"
            f" {list(frame.lens.coefficients)}"
        )
        return
    if min(errors) > _ROUNDING:
        yield (
            f"expected intrinsics and camera_to_world of one of the {len(errors)} cameras of the spec's view {view},"
            f" got a number that is {min(errors):.3g} off the nearest one's"
        )


def _camera_error(camera: Camera, scene: Mapping[str, Any]) -> float:
    """The largest difference of a number of K (as a share of the width) or of the pose."""
    width, height = int(scene["width"]), int(scene["height"])
    k = np.asarray(scene["intrinsics"]) - intrinsics(camera, width, height)
    pose = np.asarray(scene["camera_to_world"]) - camera_to_world(camera)
    return max(float(np.abs(k).max()) / width, float(np.abs(pose).max()))


def photo_problems(_: Frame, scene: Mapping[str, Any]) -> Iterator[str]:
    """The camera of a photograph is the one that its seed draws; an image that is none has no camera.

    Of what the camera decided by what it saw (stops, ISO, gains) only the ranges can be checked: the linear render is
    not kept.
    """
    render = scene["render"]
    got = render.get("photo")
    if (got is not None) != (render.get("view_transform") == PHOTOGRAPH):
        yield f"expected a photo where view_transform is {PHOTOGRAPH!r} and nowhere else"
        return
    if got is None:
        return
    if not isinstance(got, dict):
        yield f"expected photo to be an object, got {type(got).__name__}"
        return
    for name, (is_right, allowed) in _TAKEN.items():
        if not is_right(got.get(name)):
            yield f"photo: expected {name} to be {allowed}, got {short_repr(got.get(name))}"
    if any(scene["versions"].get(name) != installed(name) for name in ("verichrome", "numpy")):
        return  # other versions may draw otherwise
    expected = draw_photo(scene["seed"], scene["scene_index"], scene["attempt"], scene["view_index"])
    for name, value in expected.model_dump(mode="json").items():
        if got.get(name) != value:
            yield f"photo: expected {name} {value!r} by the seed, got {got.get(name)!r}"


def _is_number(value: Any, low: float, high: float) -> bool:
    return type(value) in (int, float) and low <= value <= high


def _is_pair_of_gains(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(_is_number(gain, 1e-3, 1e3) for gain in value)


#: What a camera decides by what it sees: whether a value is one that it can decide, and what those are.
_TAKEN: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "stops": (lambda value: _is_number(value, -30, 30), "-30 to 30"),
    "iso": (
        lambda value: type(value) is int and BASE_ISO <= value <= MOST_ISO,
        f"a whole number from {BASE_ISO:g} to {MOST_ISO:g}",
    ),
    "balance_gains": (_is_pair_of_gains, "two numbers from 0.001 to 1000"),
}

SCENE_RULES: Mapping[str, SceneRule] = {
    "spec": spec_problems,
    "taxonomy": taxonomy_problems,
    "photo": photo_problems,
    "surface": surface_problems,
    "shading": shading_problems,
    "flat": flat_problems,
    "blur": blur_problems,
}
