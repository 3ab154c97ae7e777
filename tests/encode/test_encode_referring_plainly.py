"""A second evaluator, without margins and from `scene.json` alone: what is proved must hold plainly too."""

from collections.abc import Callable

import numpy as np
import pytest

from encode.frame import Frame, ObjectRecord
from encode.referring.language import (
    Except,
    Node,
    Objects,
    Rank,
    Relation,
    Side,
    Without,
    read_expression,
    write_expression,
)
from encode.referring.sampler import describe, sample_expression
from encode.referring.visible import visible_objects


class Plain:
    """Picks by crisp rules: the centre of the 2D box, the 3D box's distance, the words of the record."""

    def __init__(self, frame: Frame, seen: set[int]) -> None:
        height, width = frame.truth.shape
        kinds = {c.id: c for c in frame.categories}
        self.records: dict[int, ObjectRecord] = {o.id: o for o in frame.objects if o.id in seen}
        self.groups = {o.id: kinds[o.category_id].supercategory for o in frame.objects}
        self.size = np.array([width, height])
        self.eye, self.axis = frame.camera_to_world[:3, 3], -frame.camera_to_world[:3, 2]

    def ids(self, node: Node) -> set[int]:
        match node:
            case Objects():
                return {i for i, record in self.records.items() if self.fits(node, record)}
            case Without():
                return {
                    i
                    for i in self.ids(node.of)
                    if self.records[i].color != (node.color or None)
                    and self.records[i].material != (node.material or None)
                }
            case Rank():
                return {self.ordered(node)[node.place - 1]}
            case Side():
                x, low = {"left": (0, True), "right": (0, False), "top": (1, True), "bottom": (1, False)}[node.side]
                return {i for i in self.ids(node.of) if (self.center(i)[x] < 0.5) == low}
            case Relation():
                anchors = [next(iter(self.ids(anchor))) for anchor in node.anchors]
                return {i for i in self.ids(node.of) if i not in anchors and self.relates(i, node.relation, anchors)}
            case Except():
                return self.ids(node.of) - self.ids(node.minus)

    def fits(self, node: Objects, record: ObjectRecord) -> bool:
        scenery = self.groups[record.id] in ("furniture", "room structure")
        return (
            (record.category == node.category if node.category else not scenery)
            and node.color in ("", record.color)
            and node.material in ("", record.material)
            and node.size in ("", record.size)
        )

    def ordered(self, node: Rank) -> list[int]:
        keys: dict[str, Callable[[int], float]] = {
            "x": lambda i: self.center(i)[0],
            "y": lambda i: self.center(i)[1],
            "depth": self.depth,
            "size": lambda i: float(np.prod(self.records[i].dimensions)),
        }
        return sorted(self.ids(node.of), key=keys[node.by], reverse=node.end == "high")

    def relates(self, i: int, relation: str, anchors: list[int]) -> bool:
        j = anchors[0]
        match relation:
            case "on" | "in":
                return self.records[i].supported_by == j
            case "under":
                return self.records[j].supported_by == i
            case "left_of":
                return bool(self.center(i)[0] < self.center(j)[0])
            case "right_of":
                return bool(self.center(i)[0] > self.center(j)[0])
            case "in_front_of":
                return self.depth(i) < self.depth(j) and self.facing(i, j)
            case "behind":
                return self.depth(i) > self.depth(j) and self.facing(i, j)
            case "next_to":
                return self.distance(i, j) < 1.6 * max(*self.records[i].dimensions, *self.records[j].dimensions)
            case _:
                return self.angle(i, j, anchors[1]) > 110

    def center(self, i: int) -> np.ndarray:
        left, top, right, bottom = self.records[i].box_2d
        return np.asarray(np.array([left + right, top + bottom]) / 2 / self.size)

    def facing(self, i: int, j: int) -> bool:
        a, b = self.records[i].box_2d, self.records[j].box_2d
        return min(a[2], b[2]) > max(a[0], b[0])

    def depth(self, i: int) -> float:
        return float((np.array(self.records[i].box_3d.center) - self.eye) @ self.axis)

    def angle(self, i: int, j: int, k: int) -> float:
        """Degrees between the directions from `i` to the two others."""
        a, b, c = (np.array(self.records[n].box_3d.center) for n in (i, j, k))
        cosine = (b - a) @ (c - a) / np.linalg.norm(b - a) / np.linalg.norm(c - a)
        return float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))

    def distance(self, i: int, j: int) -> float:
        a, b = (np.array(self.records[k].box_3d.center) for k in (i, j))
        return float(np.linalg.norm(a - b))


@pytest.fixture(scope="module")
def views(frame: Frame, frames: list[Frame]) -> list[Frame]:
    return [frame, *frames]


def test_proved_phrases_hold_by_a_naive_evaluation(views: list[Frame]) -> None:
    checked = 0
    for number, view in enumerate(views):
        objects = visible_objects(view)
        plain = Plain(view, {obj.id for obj in objects})
        seen = {obj.id for obj in objects if not obj.faint}
        for index in range(60):
            drawn = sample_expression(np.random.default_rng((3, number, index)), objects)
            assert drawn is not None
            expression = read_expression(write_expression(drawn.expression))
            for target, ids in zip(expression.targets, drawn.ids, strict=True):
                assert plain.ids(target.of) & seen == ids, write_expression(expression)
                checked += 1
    assert checked > 300


def test_a_description_selects_its_object_by_a_naive_evaluation(views: list[Frame]) -> None:
    described = 0
    for number, view in enumerate(views):
        objects = visible_objects(view)
        plain = Plain(view, {obj.id for obj in objects})
        for obj in objects:
            expression = describe(np.random.default_rng((4, number, obj.id)), objects, obj)
            if expression is not None:
                assert plain.ids(expression.targets[0].of) == {obj.id}, write_expression(expression)
                described += 1
    assert described > 20
