"""What is known of one view: the image, its exact truth, the camera, and the objects in it.

`render` fills a `Frame`, `shards` stores it, the tasks of `encode` paint it. `scene.json` is its part without pixels
(`encode.frame.document`).
"""

from encode.formulas.indices import ObjectId
from encode.frame.document import BLURS, Origin, frame_key, scene_document
from encode.frame.frame import Frame
from encode.frame.keypoints import Keypoint, located_keypoints
from encode.frame.objects import Box3D, CategoryRecord, ObjectRecord
from encode.frame.shading import ShadingMaps
from encode.frame.silhouettes import Silhouettes
from encode.frame.surface import MaterialRecord, ObjectPartRecord, SurfaceMaps, SurfaceRecord
from encode.frame.texts import TextRecord, located_texts
from encode.frame.truth import Truth

__all__ = [
    "BLURS",
    "Box3D",
    "CategoryRecord",
    "Frame",
    "Keypoint",
    "MaterialRecord",
    "ObjectId",
    "ObjectPartRecord",
    "ObjectRecord",
    "Origin",
    "ShadingMaps",
    "Silhouettes",
    "SurfaceMaps",
    "SurfaceRecord",
    "TextRecord",
    "Truth",
    "frame_key",
    "located_keypoints",
    "located_texts",
    "scene_document",
]
