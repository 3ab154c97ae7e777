"""A ray caster of a page in numpy: spheres and boxes on a floor under a sky, with exact truth and no Blender."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float64, UInt32

from encode import Box3D, CategoryRecord, Frame, ObjectRecord, Truth
from encode.colors.names import NAMED_COLORS
from encode.formulas.boxes import PixelBox
from encode.formulas.keypoints import KEYPOINT_NAMES
from encode.frame import (
    Keypoint,
    MaterialRecord,
    ObjectId,
    ObjectPartRecord,
    ShadingMaps,
    SurfaceMaps,
    SurfaceRecord,
    located_keypoints,
)

CATEGORIES = (
    CategoryRecord(1, "sky", "skies", (), "background stuff", "stuff"),
    CategoryRecord(2, "floor", "floors", ("ground",), "room structure", "stuff"),
    CategoryRecord(3, "mug", "mugs", ("cup",), "tableware", "thing"),
    CategoryRecord(4, "box", "boxes", ("carton",), "container", "thing"),
    CategoryRecord(5, "ball", "balls", (), "toy", "thing"),
    CategoryRecord(6, "plate", "plates", ("dish",), "tableware", "thing"),
    CategoryRecord(7, "table", "tables", ("desk",), "furniture", "thing"),
    CategoryRecord(8, "door", "doors", (), "room structure", "thing"),
    CategoryRecord(9, "bowl", "bowls", (), "tableware", "thing"),
)
CATEGORY_IDS = {category.name: category.id for category in CATEGORIES}

#: Every solid is a lid on a body on two legs, which are its left and right half; the floor has no word.
PARTS = (
    ObjectPartRecord(1, "body", "body", "bodies", False),
    ObjectPartRecord(2, "leg 1", "leg", "legs", False),
    ObjectPartRecord(3, "leg 2", "leg", "legs", False),
    ObjectPartRecord(4, "lid", "lid", "lids", False),
    ObjectPartRecord(5, "slab", "", "", False),
)
SOLID_PARTS = ("body", "leg 1", "leg 2", "lid")
MATERIALS = tuple(
    MaterialRecord(id_, name)
    for id_, name in enumerate(
        ("wood", "metal", "glass", "ceramic", "plastic", "rubber", "cardboard", "concrete", "brick", "wax", "cork"), 1
    )
)
#: The material of a word that solids are made of; others have none.
MADE_OF = {**{material.name: material.id for material in MATERIALS}, "steel": 2, "oak wood": 1}

Vectors = Float64[np.ndarray, "..."]
Ids = UInt32[np.ndarray, "h w"]


@dataclass(frozen=True)
class SimpleSolid:
    """A sphere or an axis-aligned box; x right, y into the scene, z up, metres."""

    category: str
    color: str
    center: tuple[float, float, float]
    size: float
    shape: str = "box"
    material: str = "plastic"
    word: str = ""
    on: int = 0
    figure: bool = False  # whether it has the keypoints of a person


#: Keypoints of a figure that faces the camera, from its centre to the right and up in shares of its size; each is 5 cm
#: behind its front, and its own left is on the right in the image.
FIGURE = {
    "nose": (0.0, 0.42),
    "left_eye": (0.07, 0.46),
    "left_ear": (0.16, 0.4),
    "left_shoulder": (0.25, 0.25),
    "left_elbow": (0.36, 0.05),
    "left_wrist": (0.42, -0.12),
    "left_hip": (0.14, -0.1),
    "left_knee": (0.16, -0.28),
    "left_ankle": (0.17, -0.44),
}

DEFAULT = (
    SimpleSolid("mug", "red", (-1.2, 4.0, 0.25), 0.5, "sphere", "ceramic", "small"),
    SimpleSolid("mug", "blue", (0.2, 4.2, 0.25), 0.5, "sphere", "ceramic", "small"),
    SimpleSolid("mug", "green", (1.6, 4.0, 0.4), 0.8, "sphere", "steel", "large"),
    SimpleSolid("box", "yellow", (-1.6, 6.0, 0.6), 1.2, "box", "cardboard", figure=True),
    SimpleSolid("box", "red", (2.4, 6.5, 0.5), 1.0, "box", "oak wood", figure=True),
    SimpleSolid("ball", "purple", (-1.6, 5.9, 1.5), 0.6, "sphere", "rubber", "", 4),
    SimpleSolid("plate", "white", (0.3, 7.5, 0.4), 0.8, "box", "ceramic"),
)


def build_frame(
    solids: Sequence[SimpleSolid] = DEFAULT, *, key: str = "s0000012-v01", size: tuple[int, int] = (160, 224)
) -> Frame:
    """Cast one ray through each pixel centre from 1.2 m above the floor, looking along +y."""
    height, width = size
    focal = 0.8 * width
    origin = np.array([0.0, 0.0, 1.2])
    u, v = np.meshgrid(np.arange(width) + 0.5 - width / 2, np.arange(height) + 0.5 - height / 2)
    rays = np.stack([u / focal, np.ones_like(u), -v / focal], -1)  # unit planar depth: y is the optical axis
    depth = np.full(size, np.inf)
    normal = np.zeros((*size, 3))
    instance = np.zeros(size, np.uint32)
    category = np.full(size, CATEGORY_IDS["sky"], np.uint32)
    floor = rays[..., 2] < -1e-6
    floor_depth = np.divide(-origin[2], rays[..., 2], out=np.full(size, np.inf), where=floor)
    _cover(depth, normal, instance, category, floor_depth, np.broadcast_to([0.0, 0, 1], normal.shape), 100, 2)
    amodal: dict[ObjectId, np.ndarray] = {}
    for object_id, solid in zip(map(ObjectId, range(1, len(solids) + 1)), solids, strict=True):
        cast = _sphere if solid.shape == "sphere" else _box
        distance, outward = cast(origin, rays, np.array(solid.center), solid.size / 2)
        amodal[object_id] = np.isfinite(distance)
        _cover(depth, normal, instance, category, distance, outward, object_id, CATEGORY_IDS[solid.category])
    # World to camera axes: right stays, up is z, toward the viewer is -y.
    camera = np.stack([normal[..., 0], normal[..., 2], -normal[..., 1]], -1)
    truth = Truth(depth.astype(np.float32), camera.astype(np.float32), instance, category)
    to_world = np.array([[1.0, 0, 0, 0], [0, 0, -1, 0], [0, 1, 0, 1.2], [0, 0, 0, 1]])
    intrinsics = np.array([[focal, 0, width / 2], [0, focal, height / 2], [0, 0, 1.0]])
    records = [
        replace(
            _record(truth, object_id, solid, int(amodal[object_id].sum())),
            keypoints=_keypoints(solid, object_id, truth, intrinsics, to_world),
        )
        for object_id, solid in zip(amodal, solids, strict=True)
    ]
    ground = _record(truth, 100, SimpleSolid("floor", "gray", (0, 0, 0), 1.0, material="concrete"), 1)
    albedo = np.zeros((*size, 3), np.uint8)
    for object_id in np.unique(instance[instance > 0]):
        color = solids[object_id - 1].color if object_id <= len(solids) else "gray"
        albedo[instance == object_id] = NAMED_COLORS.get(color, (150, 90, 200))
    image = np.where(instance[..., None] > 0, albedo // 2 + albedo // 4, 180).astype(np.uint8)
    ground = replace(ground, parts=("slab",))
    surface = _surface(truth, origin + rays * np.where(np.isfinite(depth), depth, 0)[..., None], solids)
    frame = Frame(key, image, truth, intrinsics, to_world, 1, CATEGORIES, (*records, ground), amodal, albedo, surface)
    return replace(frame, shading=_shading(truth))


def _shading(truth: Truth) -> ShadingMaps:
    """A lamp behind the camera, to the right and above, and warm light from all sides; nothing besides."""
    lamp = np.array([0.4, 0.5, 0.77])
    facing = np.maximum(truth.normal @ lamp, 0)[..., None]
    light = (0.3 * np.array([1.0, 0.9, 0.8]) + 2.0 * facing) * (truth.instance > 0)[..., None]
    return ShadingMaps(light.astype(np.float16), np.zeros(light.shape, np.float16))


def _surface(truth: Truth, points: Vectors, solids: Sequence[SimpleSolid]) -> SurfaceMaps:
    """The part and material that each ray meets; `points` are its hits in the world."""
    part = np.where(truth.instance == 100, np.uint32(5), np.uint32(0))
    material = np.where(truth.instance == 100, np.uint32(MADE_OF["concrete"]), np.uint32(0))
    for object_id, solid in enumerate(solids, start=1):
        mask = truth.instance == object_id
        up = (points[..., 2] - solid.center[2]) / solid.size
        legs = np.where(points[..., 0] < solid.center[0], 2, 3)
        part[mask] = np.where(up > 0.2, 4, np.where(up < -0.2, legs, 1))[mask]
        material[mask] = MADE_OF.get(solid.material, 0)
    return SurfaceMaps(part, material, SurfaceRecord(PARTS, MATERIALS))


def random_solids(seed: int) -> list[SimpleSolid]:
    rng = np.random.default_rng(seed)
    solids: list[SimpleSolid] = []
    for _ in range(40):
        size = float(rng.uniform(0.4, 0.9))
        center = (float(rng.uniform(-2.2, 2.2)), float(rng.uniform(3.5, 7)), size / 2)
        gaps = [np.hypot(center[0] - s.center[0], center[1] - s.center[1]) - (size + s.size) * 0.71 for s in solids]
        if len(solids) < 9 and all(gap > 0 for gap in gaps):
            solids.append(
                SimpleSolid(
                    str(rng.choice(["mug", "box", "ball"])),
                    str(rng.choice(["red", "blue", "green", "yellow", ""])),
                    center,
                    size,
                    str(rng.choice(["sphere", "box"])),
                    str(rng.choice(["ceramic", "steel", "plastic"])),
                    str(rng.choice(["small", "large", "", "medium"])),
                )
            )
    return solids


def _cover(
    depth: Vectors,
    normal: Vectors,
    instance: Ids,
    category: Ids,
    distance: Vectors,
    outward: Vectors,
    object_id: int,
    category_id: int,
) -> None:
    nearer = distance < depth
    depth[nearer], normal[nearer] = distance[nearer], outward[nearer]
    instance[nearer], category[nearer] = object_id, category_id


def _sphere(origin: Vectors, rays: Vectors, center: Vectors, radius: float) -> tuple[Vectors, Vectors]:
    offset = origin - center
    a, b = (rays**2).sum(-1), (rays * offset).sum(-1)
    root = b * b - a * ((offset**2).sum() - radius**2)
    t = np.where(root > 0, (-b - np.sqrt(np.maximum(root, 0))) / a, np.inf)
    t = np.where(t > 0, t, np.inf)
    point = origin + np.where(np.isfinite(t), t, 0)[..., None] * rays
    outward = point - center
    return t, outward / np.linalg.norm(outward, axis=-1, keepdims=True)


def _box(origin: Vectors, rays: Vectors, center: Vectors, half: float) -> tuple[Vectors, Vectors]:
    with np.errstate(divide="ignore"):
        inverse = 1 / rays
    first, second = (center - half - origin) * inverse, (center + half - origin) * inverse
    near, far = np.minimum(first, second), np.maximum(first, second)
    t = near.max(-1)
    axis = near.argmax(-1)
    outward = np.zeros(rays.shape)
    np.put_along_axis(outward, axis[..., None], -np.sign(np.take_along_axis(rays, axis[..., None], -1)), -1)
    return np.where((t <= far.min(-1)) & (t > 0), t, np.inf), outward


def _keypoints(
    solid: SimpleSolid,
    object_id: ObjectId,
    truth: Truth,
    intrinsics: Float64[np.ndarray, "3 3"],
    to_world: Float64[np.ndarray, "4 4"],
) -> tuple[Keypoint, ...]:
    if not solid.figure:
        return ()
    places = {}
    for name in KEYPOINT_NAMES:
        right, up = FIGURE[name.replace("right_", "left_")]
        side = -1 if name.startswith("right_") else 1
        offset = np.array([side * right, -0.5, up]) * solid.size + (0, 0.05, 0)
        places[name] = np.array(solid.center) + offset
    points = np.array(list(places.values()))
    radii = np.full(len(points), 0.08)
    return located_keypoints(tuple(places), points, radii, object_id, truth.depth, truth.instance, intrinsics, to_world)


def _record(truth: Truth, object_id: int, solid: SimpleSolid, alone: int) -> ObjectRecord:
    mask = truth.instance == object_id
    ys, xs = np.nonzero(mask)
    box = PixelBox(0, 0, 0, 0)
    if len(ys):
        box = PixelBox(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)
    height, width = truth.shape
    cut = bool(len(ys)) and (box.left == 0 or box.top == 0 or box.right == width or box.bottom == height)
    extent = (solid.size, solid.size, solid.size)
    return ObjectRecord(
        id=ObjectId(object_id),
        name=f"{solid.category}-{object_id}",
        category=solid.category,
        category_id=CATEGORY_IDS[solid.category],
        color=solid.color,
        material=solid.material,
        size=solid.word,
        parts=SOLID_PARTS,
        dimensions=extent,
        box_2d=box,
        visible_pixels=len(ys),
        visible_fraction=len(ys) / max(alone, 1),
        truncated=cut,
        box_3d=Box3D(solid.center, ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)), extent),
        supported_by=ObjectId(solid.on or (0 if object_id == 100 else 100)),
    )
