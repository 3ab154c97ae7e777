"""Which part of its object, and which material, each pixel shows; `surface` of `scene.json` holds the names."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from jaxtyping import UInt32

from encode.frame.truth import Channel
from encode.reading.limits import MOST_ID
from encode.schema import Key

__all__ = ["SURFACE_CHANNELS", "MaterialRecord", "ObjectPartRecord", "SurfaceMaps", "SurfaceRecord"]


@dataclass(frozen=True, slots=True)
class ObjectPartRecord:
    """A part that models of the scene have, as `scene.json` records it.

    Objects whose models have a part of the same name share its id: `instance.id` tells them apart.
    """

    id: Annotated[int, Key("of this part in this frame", 1, MOST_ID)]
    name: Annotated[str, Key("as in `parts` of the objects that have it: `leg 2`")]
    word: Annotated[str, Key('what a person calls it: `leg`; `""` where there is no word')]
    plural: Annotated[str, Key('the word for several: `legs`, or `""`')]
    several: Annotated[bool, Key("whether this one part is several of what the word means, such as `wheels`")]


@dataclass(frozen=True, slots=True)
class MaterialRecord:
    """A material that a person would name, as `scene.json` records it. Ids never change."""

    id: Annotated[int, Key("of the material, the same in every frame", 1, MOST_ID)]
    name: Annotated[str, Key("`wood`, `metal`")]


@dataclass(frozen=True, slots=True)
class SurfaceRecord:
    """What the ids of `surface.exr` mean."""

    parts: Annotated[tuple[ObjectPartRecord, ...], Key("the parts of all models of the scene whose parts are known")]
    materials: Annotated[tuple[MaterialRecord, ...], Key("every material that there is a name for, visible or not")]


@dataclass(frozen=True, slots=True, eq=False)
class SurfaceMaps:
    """The part and the material of each pixel, at the hit of the other truth, and what the ids mean.

    part: 0 where there is no surface or the object's parts are not known (assets, pieces of a setting).
    material: 0 where there is no surface or the material has no name.
    """

    part: UInt32[np.ndarray, "h w"]
    material: UInt32[np.ndarray, "h w"]
    record: SurfaceRecord

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width in pixels."""
        return self.part.shape[0], self.part.shape[1]


#: By field of `SurfaceMaps`, in `surface.exr`.
SURFACE_CHANNELS: dict[str, Channel] = {
    "part": Channel(
        ("part.id",),
        np.uint32,
        "the `id` of an entry of `surface.parts` that the object of `instance.id` has; 0 = no surface, or an object"
        " whose parts are not known: an asset, a piece of a setting",
    ),
    "material": Channel(
        ("material.id",),
        np.uint32,
        "the `id` of an entry of `surface.materials`; 0 = no surface, or a material without a name",
    ),
}
