"""Dots of a painted answer, read back as keypoints, and whose they are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float64, Int32, Int64, UInt8

from encode.colors.distance import rgb_distance
from encode.formulas.keypoints import KEYPOINT_NAMES
from encode.keypoints.drawing import Point, dot_radius
from encode.keypoints.skeleton import KEYPOINT_OF_WORD, LIMB_GROUPINGS
from encode.lazy_import import import_lazily
from encode.pair import BACKGROUND, CodecParameter, ColorEntry, PairMeta
from encode.segmentation.flat_colors import FLAT_PARAMETERS, decode_entries

__all__ = ["PaintedKeypoints", "decode_keypoints", "keypoint_parameters", "people_are_told", "person_entries"]

# What a spot must have of a dot's area, of the box round it and, on its shorter side, of a dot's radius: rims where
# soft colours blend are smaller or thinner.
_LEAST_AREA = 0.3
_LEAST_FILL = 0.45
_LEAST_SIDE = 0.7

# Distance (Euclidean, 0-255) from the exact colour at which a pixel no longer speaks for a dot.
_TRUSTED = 100.0

_EIGHT = np.ones((3, 3), bool)

_GROUPS = frozenset(word for grouping in LIMB_GROUPINGS for word in grouping)


@dataclass(frozen=True, slots=True)
class PaintedKeypoints:
    """The keypoints of an answer.

    names: COCO's name of each. people: number of its person, from 1; 0 where the painting does not tell, which it does
    for one person and where people have colours. positions: (u, v) in pixels, pixel centres at +0.5. surplus: dots
    beyond one of each keypoint a person, which are nobody's.
    """

    names: tuple[str, ...]
    people: tuple[int, ...]
    positions: tuple[Point, ...]
    surplus: int = 0

    def of(self, name: str) -> list[Point]:
        """Positions of one keypoint."""
        return [position for own, position in zip(self.names, self.positions, strict=True) if own == name]

    def by_person(self) -> list[dict[str, Point]]:
        """The keypoints of each person; each dot alone where people are not told."""
        if not any(self.people):
            return [{name: position} for name, position in zip(self.names, self.positions, strict=True)]
        return [self.person(number) for number in sorted(set(self.people))]

    def person(self, number: int) -> dict[str, Point]:
        """Positions of the keypoints of one person, by name."""
        found = zip(self.names, self.people, self.positions, strict=True)
        return {name: position for name, person, position in found if person == number}


def keypoint_parameters(*, one: bool) -> tuple[CodecParameter, ...]:
    """Parameters of the decoder; `one`: the prompt asks for one person."""
    return (*FLAT_PARAMETERS, CodecParameter("one_person", float(one)))


def person_entries(meta: PairMeta) -> tuple[ColorEntry, ...]:
    """The colours that stand for people, in order: neither keypoints nor limbs."""
    others = {*KEYPOINT_OF_WORD, *_GROUPS, BACKGROUND}
    return tuple(entry for entry in meta.colors if entry.label not in others)


def people_are_told(meta: PairMeta) -> bool:
    """Whether a painting tells whose each dot is: of one person, or by the colours of people."""
    return meta.parameter("one_person") > 0 or bool(person_entries(meta))


def decode_keypoints(rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> PaintedKeypoints:
    """Find the dots of an answer by their colours, and their people.

    A dot is a spot of the nearest prompted colour that is large and round enough; its position is the spot's mean. Two
    spots that are nearer than dots can be are one dot and the soft rim round it: the one with more of its exact colour
    counts. Of one person a keypoint has one dot, the one with most of its colour. Where people have colours, each gets
    the dot nearest to its lines, so that all together are nearest. Raises ArrayError unless `rgb` is UInt8 (h, w, 3).
    """
    index = decode_entries(rgb, meta, repair=False)
    dots = [(i, entry) for i, entry in enumerate(meta.colors) if entry.label in KEYPOINT_OF_WORD]
    spots = [spot for i, entry in dots for spot in _spots(rgb, index, i, entry)]
    spots = _dots_alone(spots, dot_radius((rgb.shape[0], rgb.shape[1])))
    lines = [meta.colors.index(entry) for entry in person_entries(meta)]
    found: list[tuple[str, int, Point]] = []
    for name in KEYPOINT_NAMES:
        own = [spot for spot in spots if spot.name == name]
        if meta.parameter("one_person"):
            owners = [(1, spot) for spot in own[:1]]
        elif lines:
            owners = _owners(own, index, lines)
        else:
            owners = [(0, spot) for spot in own]
        found += [(name, number, spot.position) for number, spot in owners]
    return PaintedKeypoints(
        names=tuple(name for name, _, _ in found),
        people=tuple(number for _, number, _ in found),
        positions=tuple(position for _, _, position in found),
        surplus=len(spots) - len(found),
    )


@dataclass(frozen=True, slots=True)
class _Spot:
    """What may be a dot. mass: its pixels, each counted by how near it is to the exact colour."""

    name: str
    position: Point
    mass: float


def _spots(
    rgb: UInt8[np.ndarray, "h w 3"], index: Int32[np.ndarray, "h w"], number: int, entry: ColorEntry
) -> list[_Spot]:
    """The spots of entry `number` that are as large and as round as dots."""
    ndimage = import_lazily("scipy.ndimage")
    radius = dot_radius((rgb.shape[0], rgb.shape[1]))
    mask = index == number
    height, width = mask.any(1).nonzero()[0], mask.any(0).nonzero()[0]
    if not len(height):
        return []
    top, left = int(height[0]), int(width[0])
    labels, _ = ndimage.label(mask[top : height[-1] + 1, left : width[-1] + 1], _EIGHT)
    large = np.flatnonzero(np.bincount(labels.ravel())[1:] >= _LEAST_AREA * np.pi * radius**2) + 1
    windows = ndimage.find_objects(labels)
    spots = []
    for part in large.tolist():
        down, right = windows[part - 1]
        rows, columns = np.nonzero(labels[down, right] == part)
        sides = int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1
        if min(sides) >= _LEAST_SIDE * radius and len(rows) >= _LEAST_FILL * sides[0] * sides[1]:
            rows, columns = rows + top + down.start, columns + left + right.start
            off = rgb_distance(rgb[rows, columns], entry.rgb)
            mass = float(np.maximum(0, 1 - off / _TRUSTED).sum())
            position = float(columns.mean()) + 0.5, float(rows.mean()) + 0.5
            spots.append(_Spot(KEYPOINT_OF_WORD[entry.label], position, mass))
    return spots


def _dots_alone(spots: Sequence[_Spot], radius: float) -> list[_Spot]:
    """The spots by falling mass, without those nearer to one before them than two dots can be."""
    kept: list[_Spot] = []
    places = np.empty((len(spots), 2))
    for spot in sorted(spots, key=lambda spot: -spot.mass):
        away = np.hypot(*(places[: len(kept)] - spot.position).T)
        if (away >= 2 * radius).all():
            places[len(kept)] = spot.position
            kept.append(spot)
    return kept


def _owners(spots: Sequence[_Spot], index: Int32[np.ndarray, "h w"], lines: Sequence[int]) -> list[tuple[int, _Spot]]:
    """Numbers of people and their spots, assigned so that all are nearest to their lines, each person one at most."""
    if not spots:
        return []
    far = float(sum(index.shape))
    places = np.array([(int(y), int(x)) for x, y in (spot.position for spot in spots)])
    costs = np.array([_distances(index == line, places, far) for line in lines])
    people, assigned = import_lazily("scipy.optimize").linear_sum_assignment(costs)
    pairs = zip(people.tolist(), assigned.tolist(), strict=True)
    return [(person + 1, spots[spot]) for person, spot in pairs if costs[person, spot] < far]


def _distances(
    line: Bool[np.ndarray, "h w"], places: Int64[np.ndarray, "n 2"], far: float
) -> Float64[np.ndarray, " n"]:
    """How far each place (row, column) is from the nearest pixel of a line, pixels; `far` where there is none."""
    pixels = np.argwhere(line)
    if not len(pixels):
        return np.full(len(places), far)
    distances: Float64[np.ndarray, " n"] = import_lazily("scipy.spatial").cKDTree(pixels).query(places)[0]
    return np.asarray(np.minimum(distances, far))
