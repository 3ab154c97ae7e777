"""Where in a place a camera may stand and what it would see there: rays cast once, before any scene is sampled."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
from jaxtyping import Bool, Float64, Int64
from scipy.stats import qmc

from render.library.requests import Unusable
from render.rays import Hit
from scenes.settings import FreePoint, probe_directions

__all__ = ["Cast", "SurveyInput", "survey_free_space"]

TRIES = 6000  # points that may be free
LOOKS = 640  # of which as many are looked round from at most
MOST = 320  # places that are kept
SPACE = 0.28  # metres from a camera to anything; in small places this share of their diagonal
SPACE_SHARE = 0.04
WIDE = 1000.0  # metres: the diagonal of a place where most points are far from all things
BESIDE = 0.7  # share of points that are looked for beside a labelled thing there, up to so far off, in its diagonals:
REACH = 2.0
SMALL = 2.5  # metres: the diagonal of a set that one does not stand in but walks round
#: Heights of eyes above the floor, metres, and how often each: standing, sitting, low, high.
EYES = ((1.45, 1.75, 0.48), (0.95, 1.25, 0.24), (0.35, 0.7, 0.1), (1.9, 2.3, 0.18))
FLOATING = 0.2  # share of places that are in free air, whatever is below
BACKS = 0.3  # share of back faces among what is seen: more, and the place is inside something
RICH = 0.35  # of the number of things that the richest tenth of places sees
AROUND = np.array([(x, y, z) for x in (-1, 0, 1) for y in (-1, 0, 1) for z in (-1, 0, 1) if (x, y, z) != (0, 0, 0)])


#: What the rays from one point meet, in directions [n, 3].
Cast = Callable[[Float64[np.ndarray, " 3"], Float64[np.ndarray, "n 3"]], list[Hit | None]]
DOWN = np.array([[0.0, 0.0, -1.0]])


@dataclass(frozen=True, eq=False)
class SurveyInput:
    """Boxes [n, 2, 3] of the things, numbered from 1; which are labelled; where the file has cameras [m, 3]."""

    boxes: Float64[np.ndarray, "n 2 3"]
    labelled: Bool[np.ndarray, " n"]
    cameras: Float64[np.ndarray, "m 3"]


def survey_free_space(place: SurveyInput, cast: Cast) -> tuple[tuple[FreePoint, ...], frozenset[int]]:
    """Free places with what is seen from them, and the things that are inside out; raises Unusable."""
    low, high = _focus(place)
    space = min(SPACE, SPACE_SHARE * float(np.linalg.norm(high - low)))
    points = chain(place.cameras, _candidates(place, low, high, cast))
    free = islice((point for point in points if _is_free(point, cast, space)), LOOKS)
    seen = [_look(point, cast) for point in free]
    inside_out = _inside_out(seen)
    open_air = [view for view in seen if not view.enclosed(inside_out)]
    kept = _spread(_rich(open_air, place.labelled))
    if not kept:
        raise Unusable("there is no free place in it to look from")
    return tuple(_spot(view, cast) for view in kept), inside_out


@dataclass(frozen=True, eq=False)
class _View:
    point: Float64[np.ndarray, " 3"]
    things: Int64[np.ndarray, " n"]  # 0 for none
    distances: Float64[np.ndarray, " n"]
    back: Bool[np.ndarray, " n"]

    def enclosed(self, inside_out: frozenset[int]) -> bool:
        turned = np.isin(self.things, list(inside_out))
        hits = self.things > 0
        return bool(hits.any() and (self.back ^ turned)[hits].mean() > BACKS)


def _focus(place: SurveyInput) -> tuple[Float64[np.ndarray, " 3"], Float64[np.ndarray, " 3"]]:
    """The box of what matters: not the ground plane that goes on for a kilometre, nor what lies lost far off."""
    size = np.linalg.norm(place.boxes[:, 1] - place.boxes[:, 0], axis=1)
    usual = place.boxes[size <= 8 * np.median(size)]
    low, high = np.percentile(usual[:, 0], 3, axis=0), np.percentile(usual[:, 1], 97, axis=0)
    if len(place.cameras):
        low, high = np.minimum(low, place.cameras.min(axis=0)), np.maximum(high, place.cameras.max(axis=0))
    margin = np.maximum(0.1 * (high - low), [0.0, 0.0, 0.05 * float(np.linalg.norm(high - low))])
    return low - margin, high + margin


def _candidates(
    place: SurveyInput, low: Float64[np.ndarray, " 3"], high: Float64[np.ndarray, " 3"], cast: Cast
) -> Iterator[Float64[np.ndarray, " 3"]]:
    numbers = qmc.Halton(7, scramble=False).random(TRIES + 1)[1:]
    size = float(np.linalg.norm(high - low))
    things = place.boxes[place.labelled] if size > WIDE else place.boxes[:0]
    for row in numbers:
        within = _beside(things[int(row[6] * len(things))]) if len(things) and row[5] < BESIDE else (low, high)
        point = _candidate(row[:5], *within, size < SMALL, cast)
        if point is not None:
            yield point


def _beside(box: Float64[np.ndarray, "2 3"]) -> tuple[Float64[np.ndarray, " 3"], Float64[np.ndarray, " 3"]]:
    """The box of a thing and what is about and above it."""
    reach = REACH * float(np.linalg.norm(box[1] - box[0]))
    return box[0] - [reach, reach, 0.0], box[1] + reach


def _candidate(
    row: Float64[np.ndarray, " 5"],
    low: Float64[np.ndarray, " 3"],
    high: Float64[np.ndarray, " 3"],
    small: bool,
    cast: Cast,
) -> Float64[np.ndarray, " 3"] | None:
    """A point at the height of eyes above a floor, or in free air; round a small set, about it."""
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
    height = _eyes((row[3] - FLOATING) / (1 - FLOATING), row[4])
    return point + np.array([0.0, 0.0, height - floor.distance])


def _eyes(which: float, where: float) -> float:
    for low, high, share in EYES:
        if which < share:
            return low + where * (high - low)
        which -= share
    return EYES[0][0]


def _is_even(point: Float64[np.ndarray, " 3"], down: float, cast: Cast) -> bool:
    """Whether one could stand there: the floor goes on around, at about one height."""
    steps = np.array([(0.35, 0, 0), (-0.35, 0, 0), (0, 0.35, 0), (0, -0.35, 0)])
    below = [cast(point + step, DOWN)[0] for step in steps]
    return sum(hit is not None and abs(hit.distance - down) < 0.15 for hit in below) >= 3


def _is_free(point: Float64[np.ndarray, " 3"], cast: Cast, space: float) -> bool:
    ways = AROUND / np.linalg.norm(AROUND, axis=1, keepdims=True) + 1e-4  # off the axes, off shared edges
    return all(hit is None or hit.distance >= space for hit in cast(point, ways))


def _look(point: Float64[np.ndarray, " 3"], cast: Cast) -> _View:
    hits = cast(point, probe_directions())
    return _View(
        point,
        np.array([hit.thing if hit else 0 for hit in hits]),
        np.array([hit.distance if hit else 0.0 for hit in hits]),
        np.array([bool(hit and hit.cosine > 0) for hit in hits]),
    )


def _inside_out(views: list[_View]) -> frozenset[int]:
    """Objects of which mostly back faces are seen: many rooms are modelled from outside, and render the same."""
    if not views:
        return frozenset()
    things = np.concatenate([view.things for view in views])
    back = np.concatenate([view.back for view in views])
    total = np.bincount(things)
    backs = np.bincount(things, weights=back, minlength=len(total))
    found = np.flatnonzero((total >= 20) & (backs > 0.8 * total))
    return frozenset(int(number) for number in found if number)


def _rich(views: list[_View], labelled: Bool[np.ndarray, " n"]) -> list[_View]:
    """Those that see many things; what lies behind walls and above roofs sees few."""
    worth = [_worth(view, labelled) for view in views]
    least = RICH * float(np.percentile(worth, 90)) if worth else 0.0
    return [view for view, value in zip(views, worth, strict=True) if value >= least]


def _worth(view: _View, labelled: Bool[np.ndarray, " n"]) -> float:
    seen = np.unique(view.things[view.things > 0])
    return float(labelled[seen - 1].sum() + 0.3 * (~labelled[seen - 1]).sum())


def _spread(views: list[_View]) -> list[_View]:
    """At most MOST of them, each as far as can be from those before."""
    if len(views) <= MOST:
        return views
    points = np.array([view.point for view in views])
    chosen = [0]
    away = np.linalg.norm(points - points[0], axis=1)
    while len(chosen) < MOST:
        chosen.append(int(np.argmax(away)))
        away = np.minimum(away, np.linalg.norm(points - points[chosen[-1]], axis=1))
    return [views[number] for number in sorted(chosen)]


def _spot(view: _View, cast: Cast) -> FreePoint:
    (floor,) = cast(view.point, DOWN)
    x, y, z = (round(float(value), 4) for value in view.point)
    return FreePoint(
        location=(x, y, z),
        floor=round(floor.distance, 3) if floor else 0.0,
        distances=tuple(round(value * 1000) for value in view.distances.tolist()),
        things=tuple(view.things.tolist()),
    )
