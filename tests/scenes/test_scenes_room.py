"""Rooms: nothing overlaps, floats or goes through a wall; doors stay free; every documented category occurs."""

from collections import Counter
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from scenes import SceneError, SceneSpec, sample_scene
from scenes.families.room.parameters import KINDS, MOODS
from scenes.families.room.seats import SEATS
from scenes.measure import part_mesh
from scenes.model import PartRole
from scenes.part_boxes import cellular, moved
from scenes.scene import Camera, Lamp, SceneObject, View

SEED = 5
SCENES = range(15)
SHELL = {"wall", "floor", "ceiling", "skirting board"}
SOFT = {"pillow", "blanket"}  # give way to what they lie on and lean against
PROMISED = {
    "armchair", "bathtub", "bed", "blanket", "blind", "book", "bookshelf", "ceiling", "ceiling lamp", "chair",
    "chest of drawers", "computer mouse", "countertop", "curtain", "desk", "desk lamp", "door", "extractor hood",
    "floor", "floor lamp", "floor plant", "hob", "keyboard", "kitchen cabinet", "mirror", "monitor", "nightstand",
    "office chair", "oven", "picture frame", "pillow", "radiator", "refrigerator", "rug", "shower", "sink",
    "skirting board", "sofa", "table", "tap", "television", "toilet", "toilet paper", "towel", "tv stand", "wall",
    "wall cabinet", "wardrobe", "washbasin", "window",
}  # fmt: skip
DEEPEST = 9.0  # metres, what the page documents: the diagonal of the largest room by default


@cache
def scene(index: int) -> SceneSpec:
    return sample_scene("room", seed=SEED, index=index, parameters={"kinds": [KINDS[index % 5]]})


@cache
def boxes(index: int) -> dict[int, np.ndarray]:
    """The world's boxes [p, 2, 3] round the parts of each object."""
    return {obj.id: _boxes(obj) for obj in scene(index).objects}


def _boxes(obj: SceneObject) -> np.ndarray:
    if obj.model.category == "person":  # bends: a box round an arm would hold the table that it lies on
        turn = Rotation.from_quat(np.roll(obj.rotation, -1)).as_matrix()
        return moved(cellular(obj.model).boxes, np.array(obj.location), turn)
    return np.array([(cloud.min(0), cloud.max(0)) for cloud in _clouds(obj)])


def _points(obj: SceneObject) -> np.ndarray:
    return np.concatenate(_clouds(obj))


def _clouds(obj: SceneObject) -> list[np.ndarray]:
    """The vertices of each part in the world."""
    w, x, y, z = obj.rotation
    turn = Rotation.from_quat([x, y, z, w]).as_matrix()
    return [part_mesh(part).vertices @ turn.T + obj.location for part in obj.model.parts]


def _depth(a: np.ndarray, b: np.ndarray) -> float:
    """How far two sets of boxes reach into each other, metres."""
    low, high = a[:, 0].min(0), a[:, 1].max(0)
    near = b[np.all((b[:, 0] < high) & (b[:, 1] > low), axis=1)]
    if not len(near):
        return 0.0
    inside = np.minimum(a[:, None, 1] - near[None, :, 0], near[None, :, 1] - a[:, None, 0]).min(-1)
    return max(0.0, float(inside.max()))


def _walls(index: int) -> tuple[np.ndarray, np.ndarray]:
    """The room's inner corner points."""
    floor = next(obj for obj in scene(index).objects if obj.model.category == "floor")
    ceiling = next(obj for obj in scene(index).objects if obj.model.category == "ceiling")
    low, high = boxes(index)[floor.id][0]
    return np.array([low[0] + 0.2, low[1] + 0.2, 0.0]), np.array([high[0] - 0.2, high[1] - 0.2, ceiling.location[2]])


@cache
def spans(index: int) -> dict[int, np.ndarray]:
    """The box [2, 3] round each whole object."""
    return {
        number: np.stack([part_boxes[:, 0].min(0), part_boxes[:, 1].max(0)])
        for number, part_boxes in boxes(index).items()
    }


def _meeting(index: int, objects: list[SceneObject]) -> list[tuple[SceneObject, SceneObject]]:
    """Pairs whose whole boxes meet."""
    box = np.array([spans(index)[obj.id] for obj in objects])
    apart = np.maximum(box[:, None, 0] - box[None, :, 1], box[None, :, 0] - box[:, None, 1]).max(-1)
    return [(objects[a], objects[b]) for a, b in combinations(range(len(objects)), 2) if apart[a, b] < 0]


def _apart_from_above(a: SceneObject, b: SceneObject) -> bool:
    """Whether some vertical plane parts the two: which boxes along the axes cannot show for rotated objects."""
    angle = np.linspace(0, np.pi, 90, endpoint=False)
    ways = np.stack([np.cos(angle), np.sin(angle)])
    one, two = (_points(obj)[:, :2] @ ways for obj in (a, b))
    return bool(np.maximum(one.min(0) - two.max(0), two.min(0) - one.max(0)).max() > 0)


@pytest.mark.parametrize("index", SCENES)
def test_objects_do_not_intersect(index: int) -> None:
    boxes_by_id = boxes(index)
    objects = [obj for obj in scene(index).objects if obj.model.category not in {*SHELL, *SOFT, "window"}]
    for a, b in _meeting(index, objects):
        carried = a.supported_by == b.id or b.supported_by == a.id
        nested = {a.model.category, b.model.category} & {"bowl", "plate", "tablecloth"}
        if not carried and not nested and _depth(boxes_by_id[a.id], boxes_by_id[b.id]) > 0.002:
            assert _apart_from_above(a, b), (a.name, b.name)


@pytest.mark.parametrize("index", SCENES)
def test_objects_lie_inside_the_walls(index: int) -> None:
    low, high = _walls(index)
    for obj in scene(index).objects:
        if obj.model.category not in {*SHELL, "window"}:
            part_boxes = boxes(index)[obj.id]
            assert np.all(part_boxes[:, 0].min(0) > low - 0.003), obj.name
            assert np.all(part_boxes[:, 1].max(0) < high + 0.003), obj.name


@pytest.mark.parametrize("index", SCENES)
def test_nothing_hangs_in_the_air(index: int) -> None:
    """Everything is carried by the floor, by another object at its foot, by a wall at its back or by the ceiling."""
    low, high = _walls(index)
    boxes_by_id = boxes(index)
    for obj in scene(index).objects:
        if obj.model.category in {*SHELL, "window"}:
            continue
        box = boxes_by_id[obj.id]
        bottom, top = float(box[:, 0, 2].min()), float(box[:, 1, 2].max())
        at_wall = min(np.abs(box[:, 0].min(0) - low)[:2].min(), np.abs(box[:, 1].max(0) - high)[:2].min()) < 0.004
        if obj.supported_by:
            support = boxes_by_id[obj.supported_by]
            over = np.all(
                (support[:, 0, :2] < box[:, 1, :2].max(0)) & (support[:, 1, :2] > box[:, 0, :2].min(0)), axis=1
            )
            gaps = bottom - support[over, 1, 2]
            inside = obj.model.category == "sink" or bool({obj.model.category} & SOFT)
            assert len(gaps), obj.name
            assert inside or np.min(np.abs(gaps)) < 0.006 or gaps.max() < 0, (obj.name, gaps.min())
        else:
            assert at_wall or abs(bottom) < 0.002 or abs(top - high[2]) < 0.002, obj.name


@pytest.mark.parametrize("index", SCENES)
def test_doors_and_windows_stay_free(index: int) -> None:
    low, high = _walls(index)
    inner = (low + high) / 2
    for door in (obj for obj in scene(index).objects if obj.model.category == "door"):
        box = boxes(index)[door.id]
        span = np.stack([box[:, 0].min(0), box[:, 1].max(0)])
        axis = int(np.argmin((span[1] - span[0])[:2]))
        toward = 1 if span.mean(0)[axis] < inner[axis] else -1
        before = span.copy()
        before[1 if toward > 0 else 0, axis] += toward * 0.7
        before[0, 2] = 0.05
        for obj in scene(index).objects:
            if obj.model.category not in {*SHELL, "door", "rug", "person"}:  # people go through doors
                assert _depth(before[None], boxes(index)[obj.id]) < 0.01, (door.name, obj.name)


def test_every_documented_category_occurs() -> None:
    seen = {obj.model.category for index in SCENES for obj in scene(index).objects}
    assert sorted(PROMISED - seen) == []


def test_cameras_stand_in_free_air_inside_the_room() -> None:
    for index in SCENES:
        low, high = _walls(index)
        every = np.concatenate(list(boxes(index).values()))
        for camera in (camera for view in scene(index).views for camera in view.candidates):
            location = np.array(camera.location)
            assert np.all(location > low + 0.15)
            assert np.all(location < high - 0.15)
            assert 18 <= camera.focal_length <= (85 if camera.subject else 60)
            away = np.maximum(np.maximum(every[:, 0] - location, location - every[:, 1]), 0)
            assert np.linalg.norm(away, axis=1).min() > 0.15, index


def test_some_views_come_close_to_objects_that_stand_together() -> None:
    """In such a view the picture shows at least three objects on one support within arm's reach."""
    cameras = [(index, _own_first(view)) for index in SCENES for view in scene(index).views]
    shown = [_together(scene(index), camera) for index, camera in cameras]
    assert 0.08 < np.mean(np.array(shown) >= 3) < 0.6


def _own_first(view: View) -> Camera:
    """The first camera that frames no one subject."""
    return next(camera for camera in view.candidates if not camera.subject)


def _together(spec: SceneSpec, camera: Camera) -> int:
    """The largest number of objects on one piece of furniture that are less than 1.2 m away and inside the picture."""
    location, ahead = np.array(camera.location), np.array(camera.target) - camera.location
    ahead /= np.linalg.norm(ahead)
    widest = np.arctan(0.5 * camera.sensor_width / camera.focal_length)
    floor = {obj.id for obj in spec.objects if obj.model.category in ("floor", "rug")}
    counts: Counter[int] = Counter()
    for obj in spec.objects:
        way = _points(obj).mean(0) - location
        away = float(np.linalg.norm(way))
        if obj.supported_by and obj.supported_by not in floor and away < 1.2 and way @ ahead > away * np.cos(widest):
            counts[obj.supported_by] += 1
    return max(counts.values(), default=0)


def test_depths_are_as_documented() -> None:
    for index in SCENES:
        low, high = _walls(index)
        assert float(np.linalg.norm(high - low)) < DEEPEST


def test_lamps_that_are_on_light_the_room_and_windows_let_the_day_in() -> None:
    for index in SCENES:
        spec = scene(index)
        lit = [
            obj
            for obj in spec.objects
            if any(part.role is PartRole.BULB and part.material.kind == "emission" for part in obj.model.parts)
        ]
        assert sum(lamp.kind == "point" for lamp in spec.lamps) == len(lit)
        windows = sum(obj.model.category == "window" for obj in spec.objects)
        assert sum(lamp.kind == "portal" for lamp in spec.lamps) == windows
        assert windows >= 1
        assert all(lamp.height > 0 for lamp in spec.lamps if lamp.kind in ("portal", "area"))


def test_kinds_and_moods_can_be_chosen() -> None:
    spec = sample_scene("room", seed=1, index=0, parameters={"kinds": ["kitchen"], "moods": ["night"]})
    names = {obj.model.category for obj in spec.objects}
    assert {"countertop", "oven", "kitchen cabinet"} <= names
    assert not any(lamp.kind == "sun" for lamp in spec.lamps)
    assert any(lamp.kind == "sun" for lamp in _sunny().lamps)
    assert len(MOODS) == 4


def _sunny() -> SceneSpec:
    return sample_scene("room", seed=1, index=0, parameters={"kinds": ["office"], "moods": ["sun"]})


def test_clutter_sets_the_number_of_loose_objects() -> None:
    def count(clutter: float) -> int:
        parameters = {"clutter": clutter, "kinds": ["living room"]}
        specs = [sample_scene("room", seed=2, index=k, parameters=parameters) for k in range(2)]
        return sum(len(spec.objects) for spec in specs)

    assert count(0.0) < 0.8 * count(1.0)


def test_people_are_in_some_rooms_and_in_none_where_not_wanted() -> None:
    people = [sum(obj.model.category == "person" for obj in scene(index).objects) for index in SCENES]
    assert 4 <= sum(count > 0 for count in people) <= 13
    assert max(people) <= 2
    for index in SCENES[:4]:
        parameters = {"kinds": [KINDS[index % 5]], "people": 0}
        alone = sample_scene("room", seed=SEED, index=index, parameters=parameters)
        assert all(obj.model.category != "person" for obj in alone.objects)


def test_people_sit_on_seats_and_wear_what_one_wears_indoors() -> None:
    sitters = 0
    for index in SCENES:
        by_id = {obj.id: obj for obj in scene(index).objects}
        for obj in by_id.values():
            if obj.model.category != "person":
                continue
            assert not {part.name for part in obj.model.parts} & {"coat", "helmet", "backpack", "cap", "beanie"}
            support = by_id[obj.supported_by]
            height = np.ptp(spans(index)[obj.id][:, 2])
            assert support.model.category in {*SEATS, "floor", "rug"}
            if support.model.category in SEATS:
                sitters += 1
                assert 0.75 < height < 1.55
                soles = [part_mesh(part).vertices[:, 2].min() for part in obj.model.parts if "heel" in part.name]
                assert max(soles) < 0.002
    assert sitters >= 2


def test_errors_name_the_parameter() -> None:
    with pytest.raises(SceneError, match="people"):
        sample_scene("room", seed=0, index=0, parameters={"people": 7})
    with pytest.raises(SceneError, match="kinds"):
        sample_scene("room", seed=0, index=0, parameters={"kinds": ["garage"]})
    with pytest.raises(SceneError, match="kinds"):
        sample_scene("room", seed=0, index=0, parameters={"kinds": []})
    with pytest.raises(SceneError, match="max_side must be at least"):
        sample_scene("room", seed=0, index=0, parameters={"min_side": 5, "max_side": 5.1})
    with pytest.raises(SceneError, match="clutter"):
        sample_scene("room", seed=0, index=0, parameters={"clutter": 2})


def test_a_portal_is_a_rectangle_in_metres() -> None:
    portal = next(lamp for lamp in scene(0).lamps if lamp.kind == "portal")
    assert isinstance(portal, Lamp)
    assert 0.3 < portal.size < 2.5
    assert 0.3 < portal.height < 2.5
