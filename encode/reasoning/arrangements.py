"""Questions about how things stand and in what state they are; each judges the visible things by their records."""

from collections.abc import Callable, Mapping
from math import atan2, degrees, dist, hypot

import numpy as np

from encode.frame import ObjectId
from encode.reasoning.facts import ViewFacts
from encode.reasoning.knowledge import has_attribute
from encode.referring.relations import comes_before, relates, rests_on
from encode.referring.visible import VisibleObject

__all__ = ["ANCHORED", "ARRANGEMENTS", "PLURAL", "Verdicts", "is_nearer"]

#: Whether a thing answers, by id; None where that is open.
Verdicts = dict[ObjectId, bool | None]

# Parts of vessels that are drinks.
_DRINKS = frozenset({"coffee", "iced tea", "orange juice", "red wine", "tea", "water", "white wine"})
# What is seen through from the side.
_CLEAR_MATERIALS = frozenset({"glass"})
# Degrees from which on one looks into a mug, and least visible fraction of what one looks into.
_LOOK_INTO = 35.0
_MOSTLY = 0.7
# Categories whose objects have a lid, as a part of that name, or have none.
_LIDDED = frozenset({"pot", "tote"})
# Distances to something are compared by ratio and metres.
_NEARER_RATIO, _NEARER_METRES = 1.15, 0.05
# Shares of an amodal mask: over the first an object hides a part of it that one sees, under the second none.
_HIDES, _HIDES_NOT = 0.05, 0.01
_HIDES_PIXELS = 30
# What lies beyond all things, outdoors.
_DISTANT = frozenset({"building", "plant", "surroundings"})


def is_nearer(a: VisibleObject, b: VisibleObject, origin: VisibleObject) -> bool:
    """Whether `a` is clearly nearer than `b` to a third thing from box to box, and from centre to centre not farther.

    Upright boxes are nearer to each other than turned things in them; centres tell where that misleads.
    """
    nearest = _gap(a, origin) * _NEARER_RATIO + _NEARER_METRES < _gap(b, origin)
    return nearest and _apart(a, origin) < _apart(b, origin) * _NEARER_RATIO


def _falls(view: ViewFacts, anchor: str) -> Verdicts | None:
    return _carried(view, anchor, "tips", fastened=None)


def _clear_first(view: ViewFacts, anchor: str) -> Verdicts | None:
    return _carried(view, anchor, "lifts", fastened=None)


def _moves_along(view: ViewFacts, anchor: str) -> Verdicts | None:
    return _carried(view, anchor, "lifts", fastened=True)


def _carried(view: ViewFacts, anchor: str, attribute: str, *, fastened: bool | None) -> Verdicts | None:
    """What the anchor carries. fastened: the verdict on what is fastened to what carries it."""
    base = view.the(anchor)
    if base is None or view.has(base, attribute) is not True:
        return None
    verdicts: Verdicts = {}
    for i, obj in view.objects.items():
        carried = False if obj is base else view.rests(obj, base)
        verdicts[i] = fastened if carried and view.has(obj, "fixed") is not False else carried
    return verdicts


def _support(view: ViewFacts, anchor: str) -> Verdicts | None:
    """What the anchor stands on, where that is a thing in view and nothing is between them."""
    top = view.the(anchor)
    below = view.objects.get(top.record.supported_by) if top else None
    if top is None or below is None or view.has(top, "fixed") is not False:
        return None
    if not (relates(top, "on", below, view.objects) or relates(top, "in", below, view.objects)):
        return None
    return {i: obj is below for i, obj in view.objects.items() if obj is not top}


def _shares(view: ViewFacts, anchor: str) -> Verdicts | None:
    """What has the same thing as its support."""
    one = view.the(anchor)
    below = view.objects.get(one.record.supported_by) if one else None
    if one is None or below is None or below.faint:
        return None
    verdicts: Verdicts = {}
    for i, obj in view.objects.items():
        if obj is not one and obj is not below:
            direct = obj.record.supported_by == below.id
            verdicts[i] = True if direct else None if view.rests(obj, below) is not False else False
    return verdicts


def _near_exit(view: ViewFacts, anchor: str) -> Verdicts | None:
    """What is nearest to the way out; open where that is a picture on the wall or a window, which people leave out."""
    ways = [obj for obj in view.objects.values() if view.has(obj, "way_through") is not False]
    if len(ways) != 1 or ways[0].faint or view.has(ways[0], "way_through") is not True:
        return None
    way = ways[0]
    if anchor not in ("", way.record.category):
        return None
    others = [obj for obj in view.objects.values() if obj is not way]
    return _before_all(others, lambda a, b: is_nearer(a, b, way))


def _closest(view: ViewFacts, anchor: str) -> Verdicts | None:
    del anchor
    return _before_all(list(view.objects.values()), lambda a, b: comes_before(a, b, "depth", "low"))


def _remotest(view: ViewFacts, anchor: str) -> Verdicts | None:
    del anchor
    if any(stuff.supercategory in _DISTANT for stuff in view.stuff):
        return None
    return _before_all(list(view.objects.values()), lambda a, b: comes_before(a, b, "depth", "high"))


def _before_all(
    objects: list[VisibleObject], before: Callable[[VisibleObject, VisibleObject], bool]
) -> Verdicts | None:
    """The one that comes before all others; open where none does, or where it is part of the surroundings."""
    first = [a for a in objects if all(before(a, b) for b in objects if b is not a)]
    if len(first) != 1 or first[0].group not in ("object", "furniture"):
        return None
    return {obj.id: obj is first[0] for obj in objects}


def _hides(view: ViewFacts, anchor: str) -> Verdicts | None:
    """What covers a part of the anchor's silhouette, as the pixels say."""
    back = view.the(anchor)
    frame = view.frame
    if back is None or frame.amodal is None or back.id not in frame.amodal:
        return None
    own = frame.truth.instance == np.uint32(back.id)
    silhouette = frame.amodal[back.id] | own
    area, far = int(silhouette.sum()), float(np.max(frame.truth.depth[own]))
    # A rasterised silhouette and the truth may disagree by a border pixel, behind which there is something farther.
    covered = silhouette & ~own & (frame.truth.depth < far)
    ids, counts = np.unique(frame.truth.instance[covered], return_counts=True)
    shares = {ObjectId(int(i)): int(count) for i, count in zip(ids, counts, strict=True)}
    if any(count > _HIDES_NOT * area for i, count in shares.items() if i not in view.objects):
        return None
    verdicts: Verdicts = {}
    for i, obj in view.objects.items():
        if obj is not back:
            count = shares.get(i, 0)
            surely = count >= max(_HIDES * area, _HIDES_PIXELS)
            verdicts[i] = True if surely else False if count <= _HIDES_NOT * area else None
    return verdicts


def _loaded(view: ViewFacts, anchor: str) -> Verdicts | None:
    """Which objects of a category carry something that is seen."""
    kind = [obj for obj in view.objects.values() if obj.record.category == anchor]
    if len(kind) < 2 or view.has(kind[0], "lifts") is not True:
        return None
    return {obj.id: None if obj.faint else _bears(view, obj) for obj in kind}


def _bears(view: ViewFacts, obj: VisibleObject) -> bool | None:
    loads = view.loads(obj.id)
    if loads:
        return True if any(i in view.objects for i in loads) else None
    above = (other for other in view.objects.values() if other is not obj)
    return None if any(rests_on(other, obj) for other in above) else False


def _free(view: ViewFacts, anchor: str) -> Verdicts | None:
    return _opposite(_loaded(view, anchor))


def _spills(view: ViewFacts, anchor: str) -> Verdicts | None:
    """Which vessels hold a drink."""
    del anchor
    return {i: _is_full(view, obj) for i, obj in view.objects.items()}


def _refill(view: ViewFacts, anchor: str) -> Verdicts | None:
    """Which vessels for drinks are empty."""
    del anchor
    verdicts: Verdicts = {}
    for i, obj in view.objects.items():
        full = _is_full(view, obj)
        verdicts[i] = None if full is None else not full and view.has(obj, "open_vessel") is True
    return verdicts


def _is_full(view: ViewFacts, obj: VisibleObject) -> bool | None:
    """Whether a drink is in it; open where one cannot see that, from the side of a mug."""
    holds = view.has(obj, "open_vessel")
    if holds is not True:
        return holds
    seen_into = obj.record.visible_fraction >= _MOSTLY and _elevation(view, obj) >= _LOOK_INTO
    if obj.record.material not in _CLEAR_MATERIALS and not seen_into:
        return None
    return not _DRINKS.isdisjoint(obj.record.parts)


def _open_top(view: ViewFacts, anchor: str) -> Verdicts | None:
    """Which objects of a category have no lid on, as one sees from above."""
    kind = [obj for obj in view.objects.values() if obj.record.category == anchor]
    if len(kind) < 2 or anchor not in _LIDDED:
        return None
    verdicts: Verdicts = {}
    for obj in kind:
        seen = not obj.faint and obj.record.visible_fraction >= _MOSTLY and _elevation(view, obj) > 0
        verdicts[obj.id] = "lid" not in obj.record.parts if seen and _bears(view, obj) is False else None
    return verdicts


def _seated(view: ViewFacts, anchor: str) -> Verdicts | None:
    """Who sits: riders, and people on what is made to be sat on."""
    del anchor
    people = [obj for obj in view.objects.values() if obj.record.category in ("person", "rider")]
    verdicts: Verdicts = dict.fromkeys(view.objects, False)
    for obj in people:
        below = view.records.get(obj.record.supported_by)
        seat = below is not None and has_attribute("seat", below.category) is True
        verdicts[obj.id] = True if obj.record.category == "rider" or seat else None if below is None else False
    return verdicts if len(people) > 1 else None


def _opposite(verdicts: Verdicts | None) -> Verdicts | None:
    if verdicts is None:
        return None
    return {i: None if verdict is None else not verdict for i, verdict in verdicts.items()}


def _elevation(view: ViewFacts, obj: VisibleObject) -> float:
    """Degrees by which the camera looks down on the top of an object."""
    x, y, z = (float(value) for value in view.frame.camera_to_world[:3, 3])
    middle = (obj.low[0] + obj.high[0]) / 2, (obj.low[1] + obj.high[1]) / 2
    return degrees(atan2(z - obj.high[2], hypot(x - middle[0], y - middle[1])))


def _gap(a: VisibleObject, b: VisibleObject) -> float:
    """Distance between the upright boxes, metres; 0 where they meet."""
    return hypot(*(max(a.low[i] - b.high[i], b.low[i] - a.high[i], 0.0) for i in range(3)))


def _apart(a: VisibleObject, b: VisibleObject) -> float:
    """Distance between the centres of the boxes, metres."""
    return dist(a.record.box_3d.center, b.record.box_3d.center)


#: Every arrangement by name: it judges the things of a view, about the anchor where it has one; None where it has no
#: sense.
ARRANGEMENTS: Mapping[str, Callable[[ViewFacts, str], Verdicts | None]] = {
    "falls": _falls,
    "clear_first": _clear_first,
    "moves_along": _moves_along,
    "support": _support,
    "shares": _shares,
    "near_exit": _near_exit,
    "hides": _hides,
    "free": _free,
    "loaded": _loaded,
    "spills": _spills,
    "refill": _refill,
    "open_top": _open_top,
    "seated": _seated,
    "closest": _closest,
    "remotest": _remotest,
}

#: Those about one object, and those about some of a category; `near_exit` may name the way out or not.
ANCHORED = frozenset({"falls", "clear_first", "moves_along", "support", "shares", "near_exit", "hides"})
PLURAL = frozenset({"free", "loaded", "open_top"})
