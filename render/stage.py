"""A `SceneSpec` set up in Blender: one build for all its views."""

import time
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, cached_property
from typing import Any

import bpy
import numpy as np
from jaxtyping import Float32, Float64
from mathutils import Matrix, Quaternion, Vector

from encode.formulas.lens import PINHOLE
from render.blend_setting import add_setting
from render.camera import camera_to_world, clip_end, intrinsics
from render.devices import use_device
from render.errors import Rejection, SceneRejected
from render.geometry import MeshFactory
from render.haze import add_haze
from render.lens_camera import put_lens
from render.light import add_lamp, set_world
from render.materials.tree_cache import TreeCache
from render.physics import simulate
from render.rays import Hit, Rays
from render.recentering import Recentering
from render.settings import RenderSettings
from render.solids import box_corners, solids_of
from scenes.measure import forget_models
from scenes.scene import Camera, SceneObject, SceneSpec
from scenes.settings.spec import OwnWorld
from scenes.shapes import Piece

__all__ = ["Stage"]

NEAR = 0.005  # metres: Cycles sees nothing nearer
SEVERAL_LAMPS = 2
LOCAL_LAMPS = ("area", "point", "spot")  # near lamps are brighter than far ones


class Stage:
    """The built scene. Only one exists in a process at a time, since Blender has one current scene."""

    def __init__(self, spec: SceneSpec, settings: RenderSettings, trees: TreeCache | None = None) -> None:
        """Build `spec` and run its physics; raises SceneRejected where physics or a missing file makes it unusable.

        trees: of the materials of the scenes that this process built before.
        """
        self.spec = spec
        self.seconds: dict[str, float] = {}
        start = time.perf_counter()
        lenses = any(camera.lens != PINHOLE for view in spec.views for camera in view.candidates)
        self.device = _reset(settings, lenses)
        built, setting_objects = _build(spec, settings, trees)
        forget_models()
        self.seconds["build"] = time.perf_counter() - start
        start = time.perf_counter()
        problems = simulate(spec.physics, built) if spec.physics else []
        self.seconds["physics"] = time.perf_counter() - start
        problems += _missing_images()
        if problems:
            raise SceneRejected(tuple(problems))
        self.solids = solids_of(spec, {**setting_objects, **{item.id: [obj] for item, obj in built.values()}})
        self._inside_out = frozenset(item.id for item in spec.objects if _is_inside_out(item))
        # The ground of sampled families ends below the horizon, so that only a setting can be farther.
        self._corners = box_corners([solid for solid in self.solids if solid.item.id in setting_objects])
        self._recentering = Recentering()
        self._camera = _add_camera()
        self._rays = Rays(_numbered(), bpy.context.evaluated_depsgraph_get())

    @cached_property
    def spec_document(self) -> dict[str, Any]:
        """`spec` as scene.json has it: written once for all views, which must not change it."""
        return self.spec.model_dump(mode="json")

    def spent(self, stage: str, seconds: float) -> None:
        """Add seconds to a stage of the scene as a whole."""
        self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds

    def look_through(self, camera: Camera) -> None:
        """Give Blender's camera the pose and lens of `camera`."""
        data = self._camera.data
        if camera.lens == PINHOLE:
            data.type, data.sensor_fit = "PERSP", "AUTO"
            data.sensor_width = camera.sensor_width
            data.lens = camera.focal_length
            data.shift_x, data.shift_y = camera.shift
        else:
            render = bpy.context.scene.render
            put_lens(data, camera.lens, intrinsics(camera, render.resolution_x, render.resolution_y))
        data.clip_start, data.clip_end = NEAR, clip_end(self._corners, camera)
        self._recentering.move_near(np.array(camera.location))
        pose = camera_to_world(camera)
        pose[:3, 3] -= self._recentering.origin
        self._camera.matrix_world = Matrix(pose.tolist())
        bpy.context.view_layer.update()

    @property
    def camera(self) -> Any:
        """Blender's camera object."""
        return self._camera

    def in_world(self, positions: Float32[np.ndarray, "*n 3"]) -> Float64[np.ndarray, "*n 3"]:
        """Positions of Blender's scene in the world, which for a far camera is moved against it; metres."""
        return positions + self._recentering.origin

    def hits(self, origin: Float64[np.ndarray, "3"], directions: Float64[np.ndarray, "n 3"]) -> list[Hit | None]:
        """The first surface along each ray from one point, None for nothing.

        The cosine of what is modelled inside out is negated, so that it is negative for seen sides everywhere.
        """
        hits = self._rays(origin, directions)
        return [replace(hit, cosine=-hit.cosine) if hit and hit.pass_index in self._inside_out else hit for hit in hits]


def _numbered() -> list[Any]:
    """The objects that cameras see; others have no pass index."""
    return [obj for obj in bpy.context.scene.objects if obj.type == "MESH" and obj.pass_index]


@cache
def _set_preferences() -> None:
    """Blender's own preferences and add-ons instead of the user's; they outlive the open file."""
    bpy.ops.wm.read_factory_settings(use_empty=True)


def _reset(settings: RenderSettings, lenses: bool) -> str:
    _set_preferences()
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True, load_ui=False)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    device = use_device(settings.device, lenses=lenses)
    scene.render.threads_mode = "FIXED"  # Blender ignores affinity and containers' limits
    scene.render.threads = settings.threads
    scene.render.resolution_x, scene.render.resolution_y = settings.width, settings.height
    scene.render.resolution_percentage = 100
    scene.render.use_persistent_data = True  # one scene synchronisation for image, truth and all views
    scene.render.use_motion_blur = False
    scene.render.film_transparent = False
    scene.cycles.film_transparent_glass = False  # glass is a surface
    scene.cycles.caustics_reflective = scene.cycles.caustics_refractive = False
    scene.cycles.sample_clamp_indirect = 10.0
    scene.cycles.blur_glossy = 0.5
    scene.cycles.denoiser = "OPENIMAGEDENOISE"
    scene.cycles.denoising_quality = "BALANCED"  # HIGH costs 1.4 s more at 512x512 on 2 cores for no visible gain
    scene.cycles.use_auto_tile = False
    return device


def _has_light_tree(spec: SceneSpec) -> bool:
    """Whether lamps are chosen by Cycles' light tree, which costs up to a quarter of an image.

    Where several lamps light parts of a place it takes a twentieth to two thirds of the noise away, and elsewhere it
    often adds some (benchmarks/RESULTS.md). A setting may have any lamps.
    """
    lamps = sum(lamp.kind in LOCAL_LAMPS for lamp in spec.lamps)
    shining = sum(any(part.material.shines for part in item.model.parts) for item in spec.objects)
    return spec.setting is not None or lamps + shining >= SEVERAL_LAMPS


def _build(
    spec: SceneSpec, settings: RenderSettings, trees: TreeCache | None
) -> tuple[dict[int, tuple[SceneObject, Any]], Mapping[int, list[Any]]]:
    """The objects that are made (spec and Blender object), and those of the setting (Blender objects), by id."""
    if not isinstance(spec.world, OwnWorld):
        set_world(spec.world)
    bpy.context.scene.cycles.use_light_tree = _has_light_tree(spec)
    setting_objects = add_setting(spec, spec.setting) if spec.setting else {}
    for lamp in spec.lamps:
        add_lamp(lamp)
    modelled = [item for item in spec.objects if item.id not in setting_objects]
    factory = MeshFactory(trees, plain_bounces=settings.quality != "final")
    meshes = factory.build(tuple(item.model for item in modelled))
    if spec.haze:
        add_haze(spec.haze)
    built = {}
    for item in sorted(modelled, key=lambda item: item.id):
        obj = bpy.data.objects.new(item.name, meshes[item.model])
        obj.pass_index = item.id
        obj.matrix_world = Matrix.LocRotScale(Vector(item.location), Quaternion(item.rotation), None)
        bpy.context.scene.collection.objects.link(obj)
        built[item.id] = (item, obj)
    bpy.context.view_layer.update()
    return built, setting_objects


def _is_inside_out(item: SceneObject) -> bool:
    shape = item.model.parts[0].shape
    return isinstance(shape, Piece) and shape.inside_out


def _missing_images() -> list[Rejection]:
    return [
        Rejection(-1, -1, "texture", f"image {image.name} could not be read, its surfaces would be pink")
        for image in bpy.data.images
        if image.source == "FILE" and image.size[0] == 0
    ]


def _add_camera() -> Any:
    camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    bpy.context.scene.collection.objects.link(camera)
    bpy.context.scene.camera = camera
    return camera
