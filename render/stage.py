"""A `SceneSpec` set up in Blender: one build for all its views."""

import time
from typing import Any

import bpy
import numpy as np
from mathutils import Matrix, Quaternion, Vector

from render.camera import camera_to_world
from render.devices import use_device
from render.errors import Rejection, SceneRejected
from render.geometry import MeshFactory, mesh_arrays
from render.haze import add_haze
from render.light import add_lamp, set_world
from render.physics import settle
from render.records import Solid
from render.settings import RenderSettings
from scenes.scene import Camera, SceneObject, SceneSpec

__all__ = ["Stage"]


class Stage:
    """The built scene. Only one exists in a process at a time, since Blender has one current scene."""

    def __init__(self, spec: SceneSpec, settings: RenderSettings) -> None:
        """Build and settle `spec`. Raises SceneRejected where physics or a missing file makes it unusable."""
        self.spec = spec
        self.seconds: dict[str, float] = {}
        start = time.perf_counter()
        self.device = _reset(settings)
        things = _build(spec)
        self.seconds["build"] = time.perf_counter() - start
        start = time.perf_counter()
        problems = settle(spec.physics, things) if spec.physics else []
        self.seconds["physics"] = time.perf_counter() - start
        problems += _missing_images()
        if problems:
            raise SceneRejected(tuple(problems))
        self.things = things
        self.solids = _solids(things)
        self._camera = _add_camera()

    def spent(self, stage: str, seconds: float) -> None:
        """Count seconds to a stage of the scene as a whole."""
        self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds

    def look_through(self, camera: Camera) -> None:
        """Put the one camera where `camera` says."""
        data = self._camera.data
        data.sensor_fit = "AUTO"
        data.sensor_width = camera.sensor_width
        data.lens = camera.focal_length
        data.shift_x, data.shift_y = camera.shift
        data.clip_start, data.clip_end = 0.005, 10000.0
        self._camera.matrix_world = Matrix(camera_to_world(camera).tolist())
        bpy.context.view_layer.update()

    def hit(self, origin: np.ndarray, direction: np.ndarray) -> tuple[int, float, float] | None:
        """The first surface along a ray: object id, distance, and the cosine of its geometric normal with the ray."""
        graph = bpy.context.evaluated_depsgraph_get()
        found, place, normal, _, thing, _ = bpy.context.scene.ray_cast(graph, Vector(origin), Vector(direction))
        if not found:
            return None
        ray = Vector(direction).normalized()
        return thing.original.pass_index, (place - Vector(origin)).length, normal.dot(ray)


def _reset(settings: RenderSettings) -> str:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    device = use_device(settings.device)
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
    scene.cycles.denoising_prefilter = "ACCURATE"
    scene.cycles.denoising_quality = "BALANCED"  # HIGH costs 1.4 s more at 512x512 on 2 cores for no visible gain
    scene.cycles.use_auto_tile = False
    return device


def _build(spec: SceneSpec) -> dict[int, tuple[SceneObject, Any]]:
    set_world(spec.world)
    for lamp in spec.lamps:
        add_lamp(lamp)
    meshes = MeshFactory().build(tuple(item.model for item in spec.objects))
    if spec.haze:
        add_haze(spec.haze)
    things = {}
    for item in sorted(spec.objects, key=lambda entry: entry.id):
        thing = bpy.data.objects.new(item.name, meshes[item.model])
        thing.pass_index = item.id
        thing.matrix_world = Matrix.LocRotScale(Vector(item.location), Quaternion(item.rotation), None)
        bpy.context.scene.collection.objects.link(thing)
        things[item.id] = (item, thing)
    bpy.context.view_layer.update()
    return things


def _solids(things: dict[int, tuple[SceneObject, Any]]) -> list[Solid]:
    """Every object as arrays; objects of one model share theirs, as they share their mesh."""
    arrays = {
        thing.data.name: mesh_arrays(thing.data) for thing in {t.data.name: t for _, t in things.values()}.values()
    }
    return [
        Solid(item, *arrays[thing.data.name], np.array(thing.matrix_world, np.float64))
        for item, thing in things.values()
    ]


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
