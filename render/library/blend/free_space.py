"""The free-space survey of a setting: where cameras can stand and what they see, by rays cast once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
from jaxtyping import Bool, Float64, Int64
from scipy.stats import qmc

from render.library.requests import Unusable
from render.rays import Hit
from scenes.settings import FreePoint, survey_directions

__all__ = ["Cast", "SurveyInput", "survey_free_space"]

TRIES = 6000  # candidate points
MOST_VIEWS = 640  # free points at most from which rays are cast all round
MOST_SPOTS = 320  # points that are kept
SPACE = 0.28  # metres from a camera to anything; in small settings this share of their diagonal
SPACE_SHARE = 0.04
WIDE = 1000.0  # metres: the diagonal of a setting where most points are far from all objects
BESIDE = 0.7  # share of the points there that are drawn beside a labelled object, up to so many of its diagonals:
REACH = 2.0
SMALL = 2.5  # metres: the diagonal of a set that cameras do not stand in but round
#: Heights of eyes above the floor, metres from and to, and how often each: standing, sitting, low, high.
EYES = ((1.45, 1.75, 0.48), (0.95, 1.25, 0.24), (0.35, 0.7, 0.1), (1.9, 2.3, 0.18))
FLOATING = 0.2  # share of points in free air, whatever is below
BACKS = 0.3  # share of back faces among what is seen: with more, the point is inside something
RICH = 0.35  # of the score that the best tenth of the points reach
AROUND = np.array([(x, y, z) for x in (-1, 0, 1) for y in (-1, 0, 1) for z in (-1, 0, 1) if (x, y, z) != (0, 0, 0)])


#: What the rays from one point meet, in directions [n, 3].
Cast = Callable[[Float64[np.ndarray, " 3"], Float64[np.ndarray, "n 3"]], list[Hit | None]]
DOWN = np.array([[0.0, 0.0, -1.0]])


@dataclass(frozen=True, eq=False)
class SurveyInput:
    """A setting as the survey needs it, in world axes, metres.

    boxes: lowest and highest corner of each object, in the order of their numbers, which start at 1. labelled: which of
    them have a category. cameras: where the file has some.
    """

    boxes: Float64[np.ndarray, "n 2 3"]
    labelled: Bool[np.ndarray, " n"]
    cameras: Float64[np.ndarray, "m 3"]


def survey_free_space(setting: SurveyInput, cast: Cast) -> tuple[tuple[FreePoint, ...], frozenset[int]]:
    """Free points with what is seen from them, and the numbers of objects that are inside out; raises Unusable."""
    low, high = _focus(setting)
    space = min(SPACE, SPACE_SHARE * float(np.linalg.norm(high - low)))
    points = chain(setting.cameras, _candidates(setting, low, high, cast))
    free = islice((point for point in points if _is_free(point, cast, space)), MOST_VIEWS)
    views = [_look(point, cast) for point in free]
    inside_out = _inside_out(views)
    open_air = [view for view in views if not view.enclosed(inside_out)]
    chosen = _spread(_rich(open_air, setting.labelled))
    if not chosen:
        raise Unusable("it has no free space for a camera")
    return tuple(_spot(view, cast) for view in chosen), inside_out


@dataclass(frozen=True, eq=False)
class _PointView:
    """What rays all round from a point meet: objects by number (0 for none), metres, whether the back of a face."""

    point: Float64[np.ndarray, " 3"]
    objects: Int64[np.ndarray, " n"]
    distances: Float64[np.ndarray, " n"]
    back: Bool[np.ndarray, " n"]

    def enclosed(self, inside_out: frozenset[int]) -> bool:
        turned = np.isin(self.objects, list(inside_out))
        hits = self.objects > 0
        return bool(hits.any() and (self.back ^ turned)[hits].mean() > BACKS)


def _focus(setting: SurveyInput) -> tuple[Float64[np.ndarray, " 3"], Float64[np.ndarray, " 3"]]:
    """The box of what matters, without endless ground planes and what lies far away."""
    size = np.linalg.norm(setting.boxes[:, 1] - setting.boxes[:, 0], axis=1)
    usual = setting.boxes[size <= 8 * np.median(size)]
    low, high = np.percentile(usual[:, 0], 3, axis=0), np.percentile(usual[:, 1], 97, axis=0)
    if len(setting.cameras):
        low, high = np.minimum(low, setting.cameras.min(axis=0)), np.maximum(high, setting.cameras.max(axis=0))
    margin = np.maximum(0.1 * (high - low), [0.0, 0.0, 0.05 * float(np.linalg.norm(high - low))])
    return low - margin, high + margin


def _candidates(
    setting: SurveyInput, low: Float64[np.ndarray, " 3"], high: Float64[np.ndarray, " 3"], cast: Cast
) -> Iterator[Float64[np.ndarray, " 3"]]:
    numbers = qmc.Halton(7, scramble=False).random(TRIES + 1)[1:]
    size = float(np.linalg.norm(high - low))
    labelled = setting.boxes[setting.labelled] if size > WIDE else setting.boxes[:0]
    for row in numbers:
        within = _beside(labelled[int(row[6] * len(labelled))]) if len(labelled) and row[5] < BESIDE else (low, high)
        point = _candidate(row[:5], *within, size < SMALL, cast)
        if point is not None:
            yield point


def _beside(box: Float64[np.ndarray, "2 3"]) -> tuple[Float64[np.ndarray, " 3"], Float64[np.ndarray, " 3"]]:
    """The box of an object with what is around and above it."""
    reach = REACH * float(np.linalg.norm(box[1] - box[0]))
    return box[0] - [reach, reach, 0.0], box[1] + reach


def _candidate(
    row: Float64[np.ndarray, " 5"],
    low: Float64[np.ndarray, " 3"],
    high: Float64[np.ndarray, " 3"],
    small: bool,
    cast: Cast,
) -> Float64[np.ndarray, " 3"] | None:
    """A point at eye height above a floor, or in free air; for a small set, around it."""
    if small:
        azimuth, lift = 2 * np.pi * row[0], 0.05 + 1.0 * row[1]
        reach = (0.5 + 1.6 * row[2]) * float(np.linalg.norm(high - low)) / 2
        toward = np.array([np.cos(azimuth) * np.cos(lift), np.sin(azimuth) * np.cos(lift), np.sin(lift)])
        return (low + high) / 2 + reach * toward
    point = low + row[:3] * (high - low)
    if row[3] < FLOATING:
        return point
    (floor,) = cast(point, DOWN)
    if floor is None or abs(floor.up) < 0.7 or not _is_even(point, floor.distance, cast):
        return None
    height = _eye_height((row[3] - FLOATING) / (1 - FLOATING), row[4])
    return point + np.array([0.0, 0.0, height - floor.distance])


def _eye_height(which: float, where: float) -> float:
    """A height by two numbers from 0 to 1: which of EYES, and where in it."""
    for low, high, share in EYES:
        if which < share:
            return low + where * (high - low)
        which -= share
    return EYES[0][0]


def _is_even(point: Float64[np.ndarray, " 3"], down: float, cast: Cast) -> bool:
    """Whether a person could stand there: the floor around is at about the same height."""
    steps = np.array([(0.35, 0, 0), (-0.35, 0, 0), (0, 0.35, 0), (0, -0.35, 0)])
    below = [cast(point + step, DOWN)[0] for step in steps]
    return sum(hit is not None and abs(hit.distance - down) < 0.15 for hit in below) >= 3


def _is_free(point: Float64[np.ndarray, " 3"], cast: Cast, space: float) -> bool:
    directions = AROUND / np.linalg.norm(AROUND, axis=1, keepdims=True) + 1e-4  # off the axes, off shared edges
    return all(hit is None or hit.distance >= space for hit in cast(point, directions))


def _look(point: Float64[np.ndarray, " 3"], cast: Cast) -> _PointView:
    hits = cast(point, survey_directions())
    return _PointView(
        point,
        np.array([hit.pass_index if hit else 0 for hit in hits]),
        np.array([hit.distance if hit else 0.0 for hit in hits]),
        np.array([bool(hit and hit.cosine > 0) for hit in hits]),
    )


def _inside_out(views: list[_PointView]) -> frozenset[int]:
    """Objects of which mostly back faces are seen: many rooms are modelled from outside, and render the same."""
    if not views:
        return frozenset()
    objects = np.concatenate([view.objects for view in views])
    back = np.concatenate([view.back for view in views])
    total = np.bincount(objects)
    backs = np.bincount(objects, weights=back, minlength=len(total))
    numbers = np.flatnonzero((total >= 20) & (backs > 0.8 * total))
    return frozenset(int(number) for number in numbers if number)


def _rich(views: list[_PointView], labelled: Bool[np.ndarray, " n"]) -> list[_PointView]:
    """Those that see many objects; points behind walls and above roofs see few."""
    scores = [_score(view, labelled) for view in views]
    least = RICH * float(np.percentile(scores, 90)) if scores else 0.0
    return [view for view, value in zip(views, scores, strict=True) if value >= least]


def _score(view: _PointView, labelled: Bool[np.ndarray, " n"]) -> float:
    seen = np.unique(view.objects[view.objects > 0])
    return float(labelled[seen - 1].sum() + 0.3 * (~labelled[seen - 1]).sum())


def _spread(views: list[_PointView]) -> list[_PointView]:
    """At most MOST_SPOTS of them, each as far as possible from those before."""
    if len(views) <= MOST_SPOTS:
        return views
    points = np.array([view.point for view in views])
    chosen = [0]
    away = np.linalg.norm(points - points[0], axis=1)
    while len(chosen) < MOST_SPOTS:
        chosen.append(int(np.argmax(away)))
        away = np.minimum(away, np.linalg.norm(points - points[chosen[-1]], axis=1))
    return [views[number] for number in sorted(chosen)]


def _spot(view: _PointView, cast: Cast) -> FreePoint:
    (floor,) = cast(view.point, DOWN)
    x, y, z = (round(float(value), 4) for value in view.point)
    return FreePoint(
        location=(x, y, z),
        floor=round(floor.distance, 3) if floor else 0.0,
        distances=tuple(round(value * 1000) for value in view.distances.tolist()),
        things=tuple(view.objects.tolist()),
    )
