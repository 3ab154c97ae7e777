"""Folds of cloth described by a few numbers: what pulls, presses or hangs, from which each fold is drawn by chance.

The kinds are those that draughtsmen tell apart (Bridgman, Constructive Anatomy, 1920, pages on drapery; Hogarth,
Dynamic Wrinkles and Drapery, 1992): pulls are tension and diaper folds, gathers are the half-lock folds of a bend and
the zigzag folds of a tube that is pressed together, pipes are the folds of cloth that hangs.
"""

from typing import Annotated, Literal

from pydantic import Field

from scenes.base import Positive, Spec, Unit, Vec3

__all__ = ["Drape", "Gathers", "Hem", "Neckband", "Patch", "Pipes", "Pulls"]

Count = Annotated[int, Field(ge=1, le=32)]
Segment = tuple[Vec3, Vec3]


class Pulls(Spec):
    """`count` folds from the segment `start` to the segment `end`, which lie near the surface.

    depth: of the highest fold, metres; width: half a fold's, metres; crisp: 0 rounded to 1 with a sharp ridge;
    sag: how far the middle hangs down, metres.
    """

    form: Literal["pulls"] = "pulls"
    start: Segment
    end: Segment
    count: Count
    depth: Positive
    width: Positive
    crisp: Unit = 0.5
    sag: float = 0.0


class Gathers(Spec):
    """`count` folds round the limb's piece `axis`, deepest on the side `inner`, metres as in `Pulls`.

    reach: how far round they go either way, radians; fan: 0 side by side, 1 all from one point of the inner side;
    tilt: how far every other fold slants one way and the next the other way, metres.
    """

    form: Literal["gathers"] = "gathers"
    axis: Segment
    radius: Positive
    inner: Vec3
    reach: Annotated[float, Field(gt=0, le=3.2)] = 2.2
    fan: Unit = 0.0
    tilt: float = 0.0
    count: Count
    depth: Positive
    width: Positive
    crisp: Unit = 0.5


class Pipes(Spec):
    """Upright folds round the vertical axis through `axis`, that begin at `top` and grow down to `bottom`, metres.

    depth: of the deepest at the bottom, metres.
    """

    form: Literal["pipes"] = "pipes"
    axis: tuple[float, float]
    top: float
    bottom: float
    count: Count
    depth: Positive


Drape = Annotated[Pulls | Gathers | Pipes, Field(discriminator="form")]


class Hem(Spec):
    """A band of cloth on the rim round `center`, where the plane across `up` cuts the skin.

    up: unit, from the rim into the garment; radii: of an ellipse, the first along `side`, outside of which is another
    part of the garment; height and thickness of the band, metres.
    """

    center: Vec3
    up: Vec3
    side: Vec3
    radii: tuple[Positive, Positive]
    height: Positive
    thickness: Positive


class Neckband(Spec):
    """A band of cloth round the hole that an ellipsoid of semi-axes `radii` at `center` cuts into the skin.

    side, up: unit, the directions of its first and last axis; width and thickness of the band, metres.
    """

    center: Vec3
    side: Vec3
    up: Vec3
    radii: tuple[Positive, Positive, Positive]
    width: Positive
    thickness: Positive


class Patch(Spec):
    """A piece of cloth on the skin, as a pocket; its corners lie near the skin, the two upper ones first, going round.

    point: how far its lower edge hangs in the middle, metres; thickness in metres.
    """

    corners: tuple[Vec3, Vec3, Vec3, Vec3]
    point: Annotated[float, Field(ge=0)] = 0.0
    thickness: Positive
