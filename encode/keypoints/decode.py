"""Dots of a painted answer, read back as keypoints, and whose they are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float64, Int32, Int64, UInt8

from encode.keypoints.drawing import dot_radius
from encode.keypoints.skeleton import KEYPOINT_WORDS, LIMB_GROUPINGS
from encode.lazy_import import import_lazily
from encode.pair import BACKGROUND, CodecParameter, ColorEntry, PairMeta
from encode.segmentation.flat_colors import FLAT_PARAMETERS, decode_entries

__all__ = ["PaintedKeypoints", "decode_keypoints", "keypoint_parameters", "person_entries", "tells_people"]

# Shares of a dot's area, and of the box round it, that a spot of its colour must have: rims where soft colours blend
# are smaller or thinner.
_LEAST_AREA = 0.3
_LEAST_FILL = 0.45

_EIGHT = np.ones((3, 3), bool)

_NAMES = {word: name for name, word in KEYPOINT_WORDS.items()}
_GROUPS = frozenset(word for grouping in LIMB_GROUPINGS for word in grouping)


@dataclass(frozen=True, slots=True, eq=False)
class PaintedKeypoints:
    """The keypoints of an answer.

    names: COCO's name of each. people: number of its person, from 1; 0 where the painting does not tell, which it does
    for one person and where people have colours. positions: (u, v) in pixels, pixel centres at +0.5.
    """

    names: tuple[str, ...]
    people: Int64[np.ndarray, " n"]
    positions: Float64[np.ndarray, "n 2"]

    def of(self, name: str) -> Float64[np.ndarray, "m 2"]:
        """Positions of one keypoint."""
        return self.positions[[own == name for own in self.names]]

    def by_person(self) -> list[dict[str, tuple[float, float]]]:
        """The keypoints of each person; each dot alone where people are not told."""
        if not self.people.any():
            return [{name: (u, v)} for name, (u, v) in zip(self.names, self.positions.tolist(), strict=True)]
        return [self.person(int(number)) for number in np.unique(self.people)]

    def person(self, number: int) -> dict[str, tuple[float, float]]:
        """Positions of the keypoints of one person, by name."""
        found = zip(self.names, self.people.tolist(), self.positions.tolist(), strict=True)
        return {name: (u, v) for name, person, (u, v) in found if person == number}


def keypoint_parameters(*, one: bool) -> tuple[CodecParameter, ...]:
    """Parameters of the decoder; `one`: the prompt asks for one person."""
    return (*FLAT_PARAMETERS, CodecParameter("one_person", float(one)))


def person_entries(meta: PairMeta) -> tuple[ColorEntry, ...]:
    """The colours that stand for people, in order: neither keypoints nor limbs."""
    return tuple(
        entry for entry in meta.colors if entry.label not in _NAMES and entry.label not in {*_GROUPS, BACKGROUND}
    )


def tells_people(meta: PairMeta) -> bool:
    """Whether a painting tells whose each dot is: of one person, or by the colours of people."""
    return meta.parameter("one_person") > 0 or bool(person_entries(meta))


def decode_keypoints(rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> PaintedKeypoints:
    """Find the dots of an answer by their colours, and their people.

    A dot is a spot of the nearest prompted colour, as large as a third of a dot and no rim; its position is the spot's
    mean. Of one person a keypoint has one dot, the largest. Where people have colours, each gets the dot nearest to its
    lines, so that all together are nearest. Raises ArrayError unless `rgb` is UInt8 (h, w, 3).
    """
    index = decode_entries(rgb, meta, repair=False)
    labels = [entry.label for entry in meta.colors]
    lines = [meta.colors.index(entry) for entry in person_entries(meta)]
    distances = _distances(index, lines)
    names: list[str] = []
    people: list[int] = []
    positions: list[Float64[np.ndarray, " 2"]] = []
    for label, name in _NAMES.items():
        if label not in labels:
            continue
        spots, areas = _spots(index == labels.index(label))
        if meta.parameter("one_person"):
            owners = _numbered(1, areas)
        elif lines:
            owners = _owners(spots, distances)
        else:
            owners = [(0, spot) for spot in range(len(spots))]
        for number, spot in owners:
            names.append(name)
            people.append(number)
            positions.append(spots[spot])
    return PaintedKeypoints(tuple(names), np.array(people, np.int64), np.array(positions, np.float64).reshape(-1, 2))


def _numbered(number: int, areas: Float64[np.ndarray, " n"]) -> list[tuple[int, int]]:
    return [(number, int(areas.argmax()))] if len(areas) else []


def _spots(mask: Bool[np.ndarray, "h w"]) -> tuple[Float64[np.ndarray, "n 2"], Float64[np.ndarray, " n"]]:
    """Positions and areas of the spots that may be dots."""
    ndimage = import_lazily("scipy.ndimage")
    radius = dot_radius((mask.shape[0], mask.shape[1]))
    labels, count = ndimage.label(mask, _EIGHT)
    positions, areas = [], []
    for number, window in enumerate(ndimage.find_objects(labels, count), start=1):
        rows, columns = np.nonzero(labels[window] == number)
        area, box = len(rows), (np.ptp(rows) + 1) * (np.ptp(columns) + 1)
        if area >= _LEAST_AREA * np.pi * radius**2 and area >= _LEAST_FILL * box:
            positions.append((columns.mean() + window[1].start + 0.5, rows.mean() + window[0].start + 0.5))
            areas.append(area)
    return np.array(positions, np.float64).reshape(-1, 2), np.array(areas, np.float64)


def _distances(index: Int32[np.ndarray, "h w"], lines: Sequence[int]) -> list[Float64[np.ndarray, "h w"]]:
    """Of each person's colour, how far each pixel is from it; infinite where it is not painted."""
    transform = import_lazily("scipy.ndimage").distance_transform_edt
    return [transform(index != line) if (index == line).any() else np.full(index.shape, np.inf) for line in lines]


def _owners(
    spots: Float64[np.ndarray, "n 2"], distances: Sequence[Float64[np.ndarray, "h w"]]
) -> list[tuple[int, int]]:
    """(number of a person, index of a spot): spots and people assigned so that all are nearest, each person one."""
    assign = import_lazily("scipy.optimize").linear_sum_assignment
    columns, rows = spots.astype(np.int64).T if len(spots) else np.zeros((2, 0), np.int64)
    costs = np.stack([distance[rows, columns] for distance in distances])
    far = float(sum(distances[0].shape))
    people, assigned = assign(np.minimum(costs, far))
    return [
        (int(person) + 1, int(spot)) for person, spot in zip(people, assigned, strict=True) if costs[person, spot] < far
    ]
