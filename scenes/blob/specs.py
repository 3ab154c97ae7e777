"""Soft shapes described by a few numbers: bodies, clothes and hair are made of them."""

from typing import Annotated, Literal

from pydantic import Field

from scenes.base import Positive, Spec, Vec3
from scenes.blob.drapes import Drape, Hem, Neckband, Patch

__all__ = ["Ball", "Blob", "Limb", "Ring"]

Ring = tuple[float, float, float, Positive, Positive]
Blend = Annotated[float, Field(ge=0)]


class Ball(Spec):
    """An ellipsoid with semi-axes `radii` at `center`, turned by XYZ Euler angles (radians)."""

    form: Literal["ball"] = "ball"
    center: Vec3
    radii: tuple[Positive, Positive, Positive]
    turn: Vec3 = (0.0, 0.0, 0.0)
    blend: Blend = 0.0
    carve: bool = False


class Limb(Spec):
    """A tube of elliptic section along a smooth curve through `rings` (x, y, z, radius along `side`, other radius).

    cap: how far its ends bulge, as a share of their smaller radius: 1 is round, near 0 flat.
    """

    form: Literal["limb"] = "limb"
    rings: Annotated[tuple[Ring, ...], Field(min_length=2)]
    side: Vec3 = (1.0, 0.0, 0.0)
    cap: Annotated[float, Field(gt=0, le=2)] = 1.0
    blend: Blend = 0.0
    carve: bool = False


class Blob(Spec):
    """The skin round `members`, joined in their order; the mesh's edges are about `cell` metres long.

    A member melts into those before it where it is nearer than `blend` metres; with `carve` it is taken out of them.
    folds: depth in metres of fine creases, `fold` metres wide, that run across the z axis; drapes: the folds of cloth,
    which sink by no more than `sink` metres; hems, neckband: bands on its rims; patches:
    pockets and what else is sewn on.
    """

    kind: Literal["blob"] = "blob"
    members: Annotated[tuple[Annotated[Ball | Limb, Field(discriminator="form")], ...], Field(min_length=1)]
    cell: Positive = 0.015
    folds: Blend = 0.0
    fold: Positive = 0.1
    drapes: tuple[Drape, ...] = ()
    sink: Blend = 0.01
    hems: tuple[Hem, ...] = ()
    neckband: Neckband | None = None
    patches: tuple[Patch, ...] = ()
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0
