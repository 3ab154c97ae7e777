"""Views of one subject, close or from a middle distance, as photographs mostly show them.

A view that frames a subject has a few cameras of it before its family's own candidates, so that it falls back to these
where all of them fail. Everything is drawn from a random stream of its own: all else of a scene stays as it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from jaxtyping import Bool, Float64

from scenes import draw
from scenes.camera_search import ScoredCamera, search_cameras
from scenes.cameras import rounded_vec3
from scenes.framing import Boxes, half_field, preview, view_axes, view_grid
from scenes.layout import Layout
from scenes.mesh import Floats
from scenes.scene import SUBJECT_CATEGORIES, Camera, View
from scenes.subjects import PERSON, Subject, draw_subject, projected
from scenes.taxonomy import load_taxonomy

__all__ = ["CLOSE", "MIDDLE", "Framing", "SubjectSurroundings", "with_subject"]

KEPT = 3  # cameras of a subject in a view
SUBJECTS = 5  # drawn one after the other until one can be framed
TRIES, ENOUGH = 90, 14  # proposals for a subject, and scored ones among them to choose from
GRID = 20  # rays along each side of an image
BEHIND = 0.02  # metres that something is before a subject to hide it
SPECK = 0.01  # share of the image under which nobody notices a thing
NEARER = 0.75  # of the distance to the subject: what is nearer stands in front
FARTHEST = 40.0  # metres beyond which the background is as good as far
SHOWN = 0.75  # share of the subject's silhouette within the image that nothing may hide
FOCAL_LENGTHS = (24.0, 85.0)  # millimetres
DISTANCES = (0.32, 28.0)  # metres from the middle of what is framed
ROOM = (0.17, 0.3)  # metres of free space round a camera, from near subjects to those over a metre away
LOWEST = 0.18  # metres over the floor
HEIGHTS = ((1.45, 1.75), (0.95, 1.3), (0.35, 0.75))  # metres over the floor: standing, sitting, near the floor
HEIGHT_SHARES = (0.6, 0.28, 0.12)
STEEPEST_UP, STEEPEST_DOWN = 0.5, (0.2, 0.9)  # radians; the second is drawn: one bends to what lies low
BUSTS = 0.7  # share of close views of people that show them from the waist up
FROM_THIGHS = 0.3  # share of the height that the other close ones of people leave out
BORDER = 0.94  # of half the image: what is framed stays within it
LOWER = -0.12  # of half the image: things lie a little below the middle, so that less bare floor is before them
CROPPED = 1.05  # the same of things in close views, whose ends may be out of the image


@dataclass(frozen=True)
class Framing:
    """Between which shares of the image a subject covers."""

    least: float
    most: float


CLOSE, MIDDLE = Framing(0.17, 0.4), Framing(0.06, 0.17)


@dataclass(frozen=True, eq=False)
class SubjectSurroundings:
    """What cameras near a subject see and must keep clear of.

    boxes: what rays hit; their owners are numbers in the layout. floor: the height of the floor at a point (x, y),
    metres. is_free(eye, aim, room): whether a camera may stand at a point with `room` metres of free space round it
    and look at another.
    """

    layout: Layout[Any]
    boxes: Boxes
    floor: Callable[[Floats], float]
    is_free: Callable[[Floats, Floats, float], bool]

    def without(self, subject: Subject) -> Boxes:
        """The boxes of all but a subject and what it carries."""
        group = {subject.number}
        for number, item in enumerate(self.layout.placements):
            if item.support in group:
                group.add(number)
        others = ~np.isin(self.boxes.owner, sorted(group))
        return Boxes(self.boxes.low[others], self.boxes.high[others], self.boxes.owner[others])

    @cached_property
    def backdrop(self) -> Bool[np.ndarray, "n"]:
        """By number in the layout: whether it is ground, a surface of the building, or lies flat on the floor."""
        known = load_taxonomy()
        words = [known[item.category] for item in self.layout.placements]
        return np.array([word.kind == "stuff" or word.supercategory == "floor textile" for word in words])


def with_subject(
    rng: np.random.Generator,
    view: View,
    subjects: Sequence[Subject],
    surroundings: SubjectSurroundings,
    *,
    close: float,
    middle: float,
) -> View:
    """The view with cameras of one subject before its own: close with the probability `close`, else `middle`."""
    chance = rng.random()
    if chance >= close + middle or not subjects:
        return view
    framing = CLOSE if chance < close else MIDDLE
    for _ in range(SUBJECTS):
        subject = draw_subject(rng, subjects)
        if cameras := _cameras(rng, subject, framing, surroundings):
            return View(candidates=(*cameras, *view.candidates))
    return view


def _cameras(
    rng: np.random.Generator, subject: Subject, framing: Framing, surroundings: SubjectSurroundings
) -> tuple[Camera, ...]:
    """The best cameras of a subject, the best first; none where it cannot be framed."""
    others = surroundings.without(subject)
    ranked = search_cameras(
        rng,
        lambda _: _propose(rng, subject, framing, surroundings),
        lambda camera: _score(camera, subject, framing, surroundings, others),
        tries=TRIES,
        enough=ENOUGH,
        chance=0.5,
    )
    return tuple(rated.camera for rated in ranked[:KEPT])


@dataclass(frozen=True, eq=False)
class _FramedPart:
    """What of a subject is framed (points [n, 3], metres), which share of the image it covers, how far ends may go."""

    focus: Floats
    share: float
    border: float

    @cached_property
    def middle(self) -> Floats:
        return np.asarray((self.focus.min(0) + self.focus.max(0)) / 2)


def _aim(rng: np.random.Generator, subject: Subject, framing: Framing) -> _FramedPart:
    share = draw.uniform(rng, 1.08 * framing.least, 0.92 * framing.most)
    if framing is not CLOSE:
        return _FramedPart(subject.points, share, BORDER)
    if subject.kind != PERSON:
        return _FramedPart(subject.points, share, CROPPED)
    bust = draw.chance(rng, BUSTS)
    return _FramedPart(subject.from_waist() if bust else subject.above(FROM_THIGHS), share, BORDER)


def _propose(
    rng: np.random.Generator, subject: Subject, framing: Framing, surroundings: SubjectSurroundings
) -> Camera | None:
    """A camera in free space from which the subject covers the share that is drawn, or None."""
    aim = _aim(rng, subject, framing)
    ahead = draw.chance(rng, 0.65)
    heading = subject.front + draw.normal(rng, 0, 0.7) if ahead else draw.uniform(rng, 0, 2 * np.pi)
    focal = float(np.exp(draw.uniform(rng, *np.log(FOCAL_LENGTHS))))
    low, high = HEIGHTS[draw.weighted_index(rng, HEIGHT_SHARES)]
    height = surroundings.floor(aim.middle[:2]) + draw.uniform(rng, low, high)
    down = draw.uniform(rng, *STEEPEST_DOWN)
    offset = np.array([draw.normal(rng, 0, 0.24), draw.normal(rng, 0.0 if subject.kind == PERSON else LOWER, 0.1)])
    roll = round(draw.normal(rng, 0, 0.014), 4)

    def seen_from(distance: float) -> Camera:
        rise = float(np.clip((height - aim.middle[2]) / distance, -np.sin(STEEPEST_UP), np.sin(down)))
        level = np.sqrt(1 - rise**2)
        way = np.array([level * np.cos(heading), level * np.sin(heading), rise])
        return Camera(
            location=rounded_vec3(aim.middle + distance * way),
            target=rounded_vec3(aim.middle),
            roll=roll,
            focal_length=round(focal, 2),
            subject=subject.id,
        )

    distance = _distance(subject, aim, focal, seen_from)
    if distance is None:
        return None
    camera = _offset(seen_from(distance), aim, offset)
    if camera is None:
        return None
    eye, target = np.array(camera.location), np.array(camera.target)
    if eye[2] - surroundings.floor(eye[:2]) < LOWEST:
        return None
    return camera if surroundings.is_free(eye, target, float(np.clip(0.3 * distance, *ROOM))) else None


def _distance(subject: Subject, aim: _FramedPart, focal: float, seen_from: Callable[[float], Camera]) -> float | None:
    """Metres from the middle of the aim at which the subject covers its share; None where that is too near or far."""
    size = aim.focus.max(0) - aim.focus.min(0)
    grid = view_grid(GRID, GRID)
    distance = focal / 36 * float(np.sqrt(0.6 * np.linalg.norm(size[:2]) * max(size[2], 0.3 * size.max()) / aim.share))
    for _ in range(4):
        distance = float(np.clip(distance, *DISTANCES))
        covered = max(float(subject.silhouette(seen_from(distance), grid).mean()), 0.01)
        distance *= float(np.clip(np.sqrt(covered / aim.share), 0.5, 2.0))
    # The middle of a large thing may be far where its near end is not.
    least = max(DISTANCES[0], 0.5 * float(np.linalg.norm(size[:2])) + 0.15)
    return distance if least <= distance <= DISTANCES[1] else None


def _offset(camera: Camera, aim: _FramedPart, offset: Float64[np.ndarray, "2"]) -> Camera | None:
    """The camera turned so that what is framed lies off the middle, as far as it stays within the border."""
    corners = projected(camera, aim.focus)
    low, high = corners.min(0), corners.max(0)
    slack = aim.border - (high - low) / 2
    if slack.min() < 0:
        return None
    shift = (np.clip(offset, -slack, slack) - (low + high) / 2) * half_field(camera)
    ahead, right, up = view_axes(camera)
    eye, target = np.array(camera.location), np.array(camera.target)
    distance = float(np.linalg.norm(target - eye))
    turned = eye + distance * (ahead - shift[0] * right - shift[1] * up)
    return camera.model_copy(update={"target": rounded_vec3(turned)})


def _score(
    camera: Camera, subject: Subject, framing: Framing, surroundings: SubjectSurroundings, others: Boxes
) -> ScoredCamera | None:
    """What a photographer would say of it; None where the subject is hidden or covers too little or too much."""
    silhouette, seen = subject.silhouette(camera, view_grid(GRID, GRID)), preview(camera, others, GRID, GRID)
    middle = float(np.linalg.norm(subject.points.mean(0) - np.array(camera.location)))
    shown = silhouette & (seen.distance > _reach(camera, subject, middle) - BEHIND)
    if not framing.least <= shown.mean() <= framing.most or shown.sum() < SHOWN * silhouette.sum():
        return None
    beside = ~shown & (seen.owner >= 0)
    numbers = np.unique(seen.owner[beside]).tolist()
    shares = {number: float((beside & (seen.owner == number)).mean()) for number in numbers}
    things = {number: share for number, share in shares.items() if not surroundings.backdrop[number]}
    categories, all_categories = (
        {surroundings.layout[number].category for number, share in some.items() if share > SPECK}
        - {subject.placement.category}
        for some in (things, shares)
    )
    blocking = [number for number in things if number != subject.placement.support]
    before = beside & (seen.distance < NEARER * middle) & np.isin(seen.owner, blocking)
    farthest = float(np.quantile(np.minimum(seen.distance[~shown], FARTHEST), 0.8))
    terms = {
        "hidden": -4 * (1 - float(shown.sum() / silhouette.sum())),
        "other categories": 0.6 * min(len(categories), 5),
        "share of other things": 3 * min(sum(things.values()), 0.3),
        "too few categories": -2.0 * max(SUBJECT_CATEGORIES - 1 - len(all_categories), 0),
        "depth behind": 0.7 * float(np.clip(np.log(farthest / middle), 0, 2)),
        "in front": -8 * float(before.mean()),
        "filled by another": -6 * max(max(things.values(), default=0.0) - 0.25, 0),
        "from its front": (1.5 if subject.kind == PERSON else 0.4) * _facing(camera, subject),
        "steep": -2 * max(abs(float(view_axes(camera)[0][2])) - 0.4, 0),
    }
    return ScoredCamera(camera, terms)


def _reach(camera: Camera, subject: Subject, middle: float) -> Floats:
    """Metres to the subject's boxes along each ray of the grid; to its middle where a ray misses them."""
    own = subject.placement.boxes
    distance = preview(camera, Boxes(own[:, 0], own[:, 1], np.zeros(len(own), np.int64)), GRID, GRID).distance
    return np.where(np.isfinite(distance), distance, middle)


def _facing(camera: Camera, subject: Subject) -> float:
    """1 where the camera looks at the subject's front, -1 at its back; seen from above."""
    way = np.array(camera.location) - subject.points.mean(0)
    return float(np.cos(np.arctan2(way[1], way[0]) - subject.front))
