"""From the numbers of parts that materials write to the ids of parts and materials. numpy only."""

from collections.abc import Collection, Iterable

import numpy as np
from jaxtyping import UInt32

from encode.frame import MaterialRecord, ObjectPartRecord, SurfaceMaps, SurfaceRecord
from scenes.scene import SceneObject
from scenes.surface_words import material_of, materials, scene_parts

__all__ = ["surface_maps", "surface_record"]


def surface_record(objects: Iterable[SceneObject]) -> SurfaceRecord:
    """What `scene.json` records of the parts of a scene's objects, and of all materials."""
    return SurfaceRecord(
        parts=tuple(
            ObjectPartRecord(id_, part.name, part.word, part.plural, part.several)
            for id_, part in enumerate(scene_parts(item.model for item in objects), start=1)
        ),
        materials=tuple(MaterialRecord(material.id, material.name) for material in materials()),
    )


def surface_maps(
    numbers: UInt32[np.ndarray, "h w"], instance: UInt32[np.ndarray, "h w"], objects: Collection[SceneObject]
) -> SurfaceMaps:
    """The maps of part and material. `numbers`: of the part of the object's model, from 1, 0 where it is not known."""
    models = {item.id: item.model for item in objects}
    record = surface_record(objects)
    ids = {part.name: part.id for part in record.parts}
    visible, rows = np.unique(instance, return_inverse=True)
    own = [models[id_].parts if id_ in models and models[id_].has_known_parts else () for id_ in visible.tolist()]
    width = 1 + max(map(len, own))
    tables = np.zeros((2, len(own), width), np.uint32)  # by object and number; the number 0 is no part
    for row, parts in enumerate(own):
        for number, part in enumerate(parts, start=1):
            tables[:, row, number] = ids[part.name], material_of(part.material)
    columns = np.where(numbers < width, numbers, 0)
    part, material = tables[:, rows.reshape(instance.shape), columns]
    return SurfaceMaps(part, material, record)
