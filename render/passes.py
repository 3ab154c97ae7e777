"""The two renders of a view: the image, and one sample a pixel centre for the truth."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bpy
import numpy as np
import OpenEXR
from jaxtyping import Float32, UInt8, UInt32
from PIL import Image

from render.exposure import automatic_exposure
from render.materials.nodes import ALBEDO
from render.scratch import scratch_file
from render.settings import RenderSettings

__all__ = ["LOOK", "RawTruth", "render_image", "render_truth"]

VIEW_TRANSFORM = "AgX"
LOOK = "AgX - Medium High Contrast"  # plain AgX is meant to be graded further; this is about what a camera's JPEG shows
BLENDER_FAR = 1e10  # what Cycles writes as the depth of a ray that hits nothing


@dataclass(frozen=True, slots=True)
class RawTruth:
    """Passes as Cycles gives them, but for depth's sentinel: `depth` is +inf and `normal` 0 where nothing is hit.

    normal is in world axes, not yet normalised. position is the hit's, metres, where Blender has the scene
    (`Stage.in_world`): not quite on the pixel's ray everywhere. albedo is the base colour, linear, where it was asked
    for.
    """

    depth: Float32[np.ndarray, "h w"]
    normal: Float32[np.ndarray, "h w 3"]
    instance: UInt32[np.ndarray, "h w"]
    position: Float32[np.ndarray, "h w 3"]
    albedo: Float32[np.ndarray, "h w 3"] | None = None


def render_image(settings: RenderSettings, seed: int, bias: float) -> tuple[UInt8[np.ndarray, "h w 3"], float]:
    """The image at full samples through the view transform, and the exposure it was developed at, in stops.

    `bias` is added to the automatic exposure.
    """
    scene = bpy.context.scene
    cycles = scene.cycles
    cycles.samples = settings.samples
    cycles.seed = seed
    cycles.use_adaptive_sampling = settings.samples > 64
    cycles.adaptive_threshold = 0.01
    cycles.use_denoising = settings.denoise
    cycles.pixel_filter_type, cycles.filter_width = "BLACKMAN_HARRIS", 1.5
    cycles.use_pixel_jitter = True
    _set_bounces(cycles, total=8, diffuse=3, glossy=4, transmission=8, transparent=16)
    layer = bpy.context.view_layer
    layer.use_pass_combined = True
    _set_truth_passes(layer, wanted=False)
    bpy.ops.render.render()
    exposure = automatic_exposure(_linear_pixels()) + bias
    return _develop(scene, exposure), exposure


def _set_truth_passes(layer: Any, *, wanted: bool) -> None:
    layer.use_pass_z = layer.use_pass_normal = layer.use_pass_object_index = layer.use_pass_position = wanted


def _set_bounces(cycles: Any, total: int, diffuse: int, glossy: int, transmission: int, transparent: int) -> None:
    cycles.max_bounces = total
    cycles.diffuse_bounces = diffuse
    cycles.glossy_bounces = glossy
    cycles.transmission_bounces = transmission
    cycles.transparent_max_bounces = transparent


def _linear_pixels() -> Float32[np.ndarray, "h w 3"]:
    with scratch_file(".exr") as path:
        _save_exr(path)
        return _read_channels(path, ("Combined.R", "Combined.G", "Combined.B"))


def _develop(scene: Any, exposure: float) -> UInt8[np.ndarray, "h w 3"]:
    scene.display_settings.display_device = "sRGB"
    scene.view_settings.view_transform = VIEW_TRANSFORM
    scene.view_settings.look = LOOK
    scene.view_settings.exposure = exposure
    scene.render.dither_intensity = 0.0
    output = scene.render.image_settings
    output.media_type, output.file_format = "IMAGE", "PNG"
    output.color_mode, output.color_depth, output.compression = "RGB", "8", 0
    with scratch_file(".png") as path:
        bpy.data.images["Render Result"].save_render(str(path), scene=scene)
        with Image.open(path) as image:
            return np.asarray(image.convert("RGB")).copy()


def render_truth(*, albedo: bool = False) -> RawTruth:
    """Depth, normal and object index from one sample a pixel centre: no filter, bounce, denoiser or volume."""
    scene = bpy.context.scene
    cycles = scene.cycles
    cycles.samples = 1
    cycles.seed = 0
    cycles.use_adaptive_sampling = False
    cycles.use_denoising = False
    cycles.pixel_filter_type, cycles.filter_width = "BOX", 0.01
    cycles.use_pixel_jitter = False
    _set_bounces(cycles, total=0, diffuse=0, glossy=0, transmission=0, transparent=64)
    layer = bpy.context.view_layer
    layer.use_volumes = False
    _set_truth_passes(layer, wanted=True)
    if albedo and ALBEDO not in layer.aovs:
        layer.aovs.add().name = ALBEDO
    bpy.ops.render.render()
    with scratch_file(".exr") as path:
        _save_exr(path)
        depth = _read_channels(path, ("Depth.Z",))[..., 0]
        normal = _read_channels(path, ("Normal.X", "Normal.Y", "Normal.Z"))
        position = _read_channels(path, ("Position.X", "Position.Y", "Position.Z"))
        index = _read_channels(path, ("Object Index.X",))[..., 0]
        color = _read_channels(path, tuple(f"{ALBEDO}.{c}" for c in "RGB")) if albedo else None
    nothing = depth >= BLENDER_FAR
    return RawTruth(
        depth=np.where(nothing, np.float32(np.inf), depth),
        normal=np.where(nothing[..., None], np.float32(0), normal),
        instance=np.rint(index).astype(np.uint32),
        position=position,
        albedo=color,
    )


def _save_exr(path: Path) -> None:
    output = bpy.context.scene.render.image_settings
    output.media_type, output.file_format = "MULTI_LAYER_IMAGE", "OPEN_EXR_MULTILAYER"
    output.color_depth, output.exr_codec = "32", "NONE"
    bpy.data.images["Render Result"].save_render(str(path), scene=bpy.context.scene)


def _read_channels(path: Path, names: tuple[str, ...]) -> Float32[np.ndarray, "h w c"]:
    """Channels of the view layer by name, whichever part of the file holds them."""
    with OpenEXR.File(str(path), separate_channels=True) as file:
        found = {name: part.channels[name].pixels for part in file.parts for name in part.channels}
    return np.stack([found[f"ViewLayer.{name}"] for name in names], axis=-1).astype(np.float32, copy=False)
