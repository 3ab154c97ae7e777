"""Natural shapes described by a few numbers and a seed: a tree of thousands of leaves is one line of JSON."""

from typing import Annotated, Literal

from pydantic import Field

from scenes.base import Positive, Spec, Unit

__all__ = ["Blades", "Boulder", "Ground", "Growth", "Land", "Leafage", "Petals", "Trail", "Water", "Wood", "Woodland"]

Seed = Annotated[int, Field(ge=0, lt=2**31)]
Amount = Annotated[float, Field(ge=0)]


class Water(Spec):
    """A lake or a stream whose surface is z = 0. `heading` (radians) leads from the origin to it, `away` metres.

    width: a lake's radius or a stream's width, metres; wave: height of its waves, metres.
    """

    form: Literal["lake", "stream"]
    heading: float
    away: float
    width: Positive
    wave: Amount = 0.02


class Trail(Spec):
    """A path `width` metres wide that winds along `heading` past the origin, `away` metres to its left.

    On land with water it keeps `away` metres from the shore instead.
    """

    heading: float
    away: float
    width: Positive
    winding: Amount = 3.0


class Land(Spec):
    """The height of the ground at every point: hills, small relief, a rim of mountains, water and a path.

    rolling, feature: height and width of the hills; rough: of the relief underfoot, metres. dunes: height of dunes.
    rise: height of the mountains that close the horizon, from `rise_from` metres on; craggy: 0 rounded, 1 ridged.
    steep: slope above which bare rock shows; bare: share of the ground without plants.
    """

    seed: Seed
    rolling: Amount
    feature: Positive
    rough: Amount
    rise: Amount
    rise_from: Positive
    craggy: Unit = 0.5
    dunes: Amount = 0.0
    steep: Positive = 0.8
    bare: Unit = 0.0
    water: Water | None = None
    trail: Trail | None = None


class Ground(Spec):
    """One zone of the land's surface; all zones together cover it without gap or overlap.

    mountain: the far heights; shore: the strip beside water; bare: patches without plants; base: all the rest.
    """

    kind: Literal["ground"] = "ground"
    land: Land
    zone: Literal["path", "shore", "rock", "bare", "mountain", "base", "water"]


class Blades(Spec):
    """Tufts of grass on the land round the origin, denser toward it; none on paths, rock or in water.

    sward: share of the blades that are short and stand all over, between the tufts.
    litter: fallen leaves instead, flat on the ground, `height` long.
    """

    kind: Literal["blades"] = "blades"
    land: Land
    seed: Seed
    count: Annotated[int, Field(ge=1, le=400_000)]
    reach: Positive
    height: Positive
    width: Positive = 0.006
    sward: Unit = 0.0
    litter: bool = False


class Woodland(Spec):
    """Crowns of trees seen from afar, on the land between two distances; `conifers` is their share."""

    kind: Literal["woodland"] = "woodland"
    land: Land
    seed: Seed
    count: Annotated[int, Field(ge=1, le=4000)]
    near: Positive
    far: Positive
    tall: Positive
    conifers: Unit = 0.5


class Growth(Spec):
    """The growth of a woody plant: its branches follow from the seed.

    spread: radius of the crown; radius: of the stem at the ground; clear: height share of the stem below the crown.
    """

    form: Literal["broadleaf", "conifer", "bare", "bush", "birch"]
    seed: Seed
    height: Positive
    spread: Positive
    radius: Positive
    clear: Unit = 0.25


class Wood(Spec):
    """Stem and branches of a plant, each a closed tube."""

    kind: Literal["wood"] = "wood"
    growth: Growth


class Leafage(Spec):
    """Leaves in sprays, or needles, on the branches: `count` sheets of two faces each.

    long: length of a leaf, metres; broad: its width as a share of that.
    loose: how far from its branch a spray may start, in leaf lengths.
    """

    kind: Literal["leafage"] = "leafage"
    growth: Growth
    count: Annotated[int, Field(ge=1, le=40_000)]
    long: Positive
    broad: Positive = 0.5
    loose: Positive = 1.0


class Petals(Spec):
    """Sheets in whorls round the z axis, as of a blossom or a rosette of fronds, their roots at z = 0.

    lift: angle above the horizontal, radians; bend: how far a sheet's tip turns over, radians.
    """

    kind: Literal["petals"] = "petals"
    seed: Seed
    count: Annotated[int, Field(ge=1, le=400)]
    long: Positive
    broad: Positive
    lift: float
    bend: float = 0.0
    whorls: Annotated[int, Field(ge=1, le=8)] = 1
    jitter: Unit = 0.1
    feathered: bool = False  # a frond: leaflets down both sides of a rib


class Boulder(Spec):
    """A rock of full `size`: broken faces by `facets`, worn edges, standing on z = 0."""

    kind: Literal["boulder"] = "boulder"
    seed: Seed
    size: tuple[Positive, Positive, Positive]
    facets: Annotated[int, Field(ge=4, le=40)] = 14
    rough: Unit = 0.3
    detail: Annotated[int, Field(ge=1, le=5)] = 4
