"""The records of `scene.json`: a view's objects and the categories of its scene."""

from dataclasses import dataclass
from itertools import combinations
from typing import Annotated

import numpy as np
from jaxtyping import Float64

from encode.formulas.boxes import PixelBox
from encode.formulas.indices import ObjectId
from encode.frame.keypoints import Keypoint
from encode.frame.texts import TextRecord
from encode.reading.limits import MOST_ID
from encode.schema import MOST_INTEGER, Key

__all__ = ["Box3D", "CategoryRecord", "ObjectRecord"]

Vec3 = tuple[float, float, float]

#: Pairs of a box's corners whose indices differ in one bit, which share an edge.
_EDGES = tuple(pair for pair in combinations(range(8), 2) if (pair[0] ^ pair[1]).bit_count() == 1)


@dataclass(frozen=True, slots=True)
class CategoryRecord:
    """A category as `scene.json` records it. Ids below 1000 are Verichrome's, from 1000 on the user's own."""

    id: Annotated[int, Key("below 1000 Verichrome's, which never change; from 1000 on the user's own", 1, MOST_ID)]
    name: Annotated[str, Key("one of its kind in the taxonomy")]
    plural: Annotated[str, Key("the name of several")]
    synonyms: Annotated[tuple[str, ...], Key("other words for it")]
    supercategory: Annotated[str, Key("a group of categories")]
    kind: Annotated[str, Key("`thing` or `stuff`")]


@dataclass(frozen=True, slots=True)
class Box3D:
    """An oriented box in world axes, metres."""

    center: Annotated[Vec3, Key("world axes, metres")]
    rotation: Annotated[tuple[Vec3, Vec3, Vec3], Key("columns are the box's axes")]
    extent: Annotated[Vec3, Key("full size along its own axes, metres")]

    def corners(self) -> Float64[np.ndarray, "8 3"]:
        """The corners in world axes, metres; corners whose indices differ in one bit share an edge."""
        signs = np.array(np.meshgrid([-0.5, 0.5], [-0.5, 0.5], [-0.5, 0.5])).reshape(3, -1).T
        corners: Float64[np.ndarray, "8 3"] = (signs * self.extent) @ np.array(self.rotation).T + self.center
        return corners

    def edges(self, points: int = 2) -> Float64[np.ndarray, "12 points 3"]:
        """So many points along each edge, from corner to corner, in world axes, metres."""
        corners, share = self.corners(), np.linspace(0, 1, points)[:, None]
        return np.stack([corners[one] * (1 - share) + corners[other] * share for one, other in _EDGES])


@dataclass(frozen=True, slots=True)
class ObjectRecord:
    """One object of the scene as one view sees it."""

    id: Annotated[ObjectId, Key("> 0", 1, MOST_ID)]
    name: Annotated[str, Key("unique in the scene, `mug-3`")]
    category: Annotated[str, Key('`""` for an unlabelled object')]
    category_id: Annotated[int, Key('0 with the category `""`', 0, MOST_ID)]
    color: Annotated[str, Key('a colour name, or `""` when the object has no one colour')]
    material: Annotated[str, Key("`ceramic`, `wood`")]
    size: Annotated[str, Key('`small`, `medium`, `large` among its kind, or `""`')]
    parts: Annotated[tuple[str, ...], Key("the names of its parts")]
    dimensions: Annotated[Vec3, Key("extent of the 3D box, metres")]
    box_2d: Annotated[
        PixelBox,
        Key("[x0, y0, x1, y1], half-open pixels of the visible part, or `[0, 0, 0, 0]`", -MOST_INTEGER),
    ]
    visible_pixels: Annotated[int, Key("pixels of `instance.id` that are its own")]
    visible_fraction: Annotated[
        float,
        Key(
            "visible pixels over the pixels that the object would cover alone in the same view, its part outside the"
            " image left out"
        ),
    ]
    truncated: Annotated[bool, Key("whether its visible part touches the image border")]
    box_3d: Annotated[Box3D, Key("its box in world axes, see below")]
    supported_by: Annotated[ObjectId, Key("id of what it stands on, or 0", 0, MOST_ID)]
    keypoints: Annotated[
        tuple[Keypoint, ...],
        Key(
            "of a person of this project's: seventeen, see below; missing for all else, and in older frames",
            may_be_absent=True,
        ),
    ] = ()
    texts: Annotated[
        tuple[TextRecord, ...],
        Key(
            "the words on an object of this project's: one for each line, see below; missing where it has none, and in"
            " older frames",
            may_be_absent=True,
        ),
    ] = ()
