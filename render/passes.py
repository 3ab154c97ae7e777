"""The two renders of a view: the image, and one sample a pixel centre for the truth."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bpy
import numpy as np
import OpenEXR
from jaxtyping import Bool, Float32, UInt8, UInt32
from PIL import Image

from encode.formulas.channels import any_channel, dots
from render.exposure import automatic_exposure
from render.materials.graph import ALBEDO, PART_NUMBER, SHADING_NORMAL
from render.render_timer import UNTIMED, RenderTimer
from render.scratch import scratch_file
from render.settings import LOOK, RenderSettings
from render.shading import DiffuseLight

__all__ = [
    "FirstHits",
    "RawTruth",
    "RenderedImage",
    "remove_outputs",
    "render_first_hits",
    "render_image",
    "render_truth",
]

VIEW_TRANSFORM = "AgX"
BLENDER_FAR = 1e10  # what Cycles writes as the depth of a ray that hits nothing


#: Transparent layers that a ray may pass, in both renders: the most that Cycles takes.
LAYERS = 1024
#: Cycles' passes of diffuse light: from lamps and from other surfaces, before the colour, and the colour.
DIFFUSE = ("Diffuse Direct", "Diffuse Indirect", "Diffuse Color")
UNIT = 0.02  # how far from 1 the length of a shading normal that a material has written may be
#: Opacity from which a surface is what a pixel shows. The image takes nothing but whole ones, so that its first sample
#: goes through any other as chance has it, and disagrees with the truth.
HALF, FULL = 0.5, 1.0
HITS = ("Depth.Z", "Object Index.X")
NORMAL, POSITION = (tuple(f"{name}.{axis}" for axis in "XYZ") for name in ("Normal", "Position"))


@dataclass(frozen=True, slots=True)
class RawTruth:
    """Passes as Cycles gives them, but for depth's sentinel: `depth` is +inf and `normal` 0 where nothing is hit.

    depth is planar for a pinhole camera, and for one with a lens the ray distance, as in `FirstHits`.

    normal is the unit shading normal in world axes as materials write it, independent of how they scatter light; in
    the `unwritten` pixels, whose material writes none, it is Cycles' mean over the material's closures. position is the
    hit's, metres, where Blender has the scene (`Stage.in_world`): not quite on the pixel's ray everywhere. `ended`
    marks rays that stopped at a see-through surface and not at one that is seen: after `LAYERS` layers, or by chance
    at a half-transparent one; their depth and instance are those of the see-through surface. Where they were asked for:
    albedo is the base colour, linear; part is the number of the part of the object's model, from 1, 0 where the object
    has no known parts.
    """

    depth: Float32[np.ndarray, "h w"]
    normal: Float32[np.ndarray, "h w 3"]
    instance: UInt32[np.ndarray, "h w"]
    position: Float32[np.ndarray, "h w 3"]
    unwritten: Bool[np.ndarray, "h w"]
    ended: Bool[np.ndarray, "h w"]
    albedo: Float32[np.ndarray, "h w 3"] | None = None
    part: UInt32[np.ndarray, "h w"] | None = None


@dataclass(frozen=True, slots=True)
class FirstHits:
    """What the image's first sample, which goes through pixel centres, has met: depth (+inf for nothing), object id."""

    depth: Float32[np.ndarray, "h w"]
    instance: UInt32[np.ndarray, "h w"]


@dataclass(frozen=True, slots=True)
class RenderedImage:
    """A rendered image: `linear` (Rec. 709, scene-referred), and `developed` from it through the view transform.

    exposure: stops at which it was developed, the automatic exposure with the scene's bias. hits: of its first sample.
    diffuse: the diffuse part of the light, where it was asked for.
    """

    linear: Float32[np.ndarray, "h w 3"]
    developed: UInt8[np.ndarray, "h w 3"]
    exposure: float
    hits: FirstHits
    diffuse: DiffuseLight | None = None


def render_image(settings: RenderSettings, seed: int, bias: float, timer: RenderTimer = UNTIMED) -> RenderedImage:
    """The image at full samples; `bias` is added to the automatic exposure, in stops."""
    scene = bpy.context.scene
    _set_image(seed, settings.samples, denoise=settings.denoise, diffuse=settings.shading)
    bpy.context.scene.cycles.denoising_prefilter = "ACCURATE" if settings.quality == "final" else "FAST"
    timer.render("image")
    with timer.part("image", "EXR"):
        linear, hits, diffuse = _image_passes(diffuse=settings.shading)
    with timer.part("image", "development"):
        exposure = automatic_exposure(linear) + bias
        developed = _develop(scene, exposure)
    return RenderedImage(linear, developed, exposure, hits, diffuse)


def render_first_hits(seed: int, timer: RenderTimer = UNTIMED) -> FirstHits:
    """Those of the first sample of the image alone: the hits of an image that is blurred say nothing of the truth."""
    _set_image(seed, 1, denoise=False, diffuse=False)
    timer.render("image")
    with timer.part("image", "EXR"), scratch_file(".exr") as path:
        _save_exr(path)
        return FirstHits(*_hits(*_read_passes(path, HITS)))


def _set_image(seed: int, samples: int, *, denoise: bool, diffuse: bool) -> None:
    cycles = bpy.context.scene.cycles
    cycles.samples = samples
    cycles.seed = seed
    cycles.use_adaptive_sampling = samples > 64
    cycles.adaptive_threshold = 0.01
    cycles.use_denoising = denoise
    cycles.pixel_filter_type, cycles.filter_width = "BLACKMAN_HARRIS", 1.5
    _set_paths(cycles, bounces=8, diffuse=3, glossy=4, transmission=8)
    _set_passes((), opaque_from=FULL, diffuse=diffuse)


def remove_outputs() -> None:
    """Have the images that follow rendered without the truth's outputs; the next truth adds its own again.

    Outputs change no pixel of an image, but for their sake Cycles works out the relief that a ray meets at every
    bounce. To remove them or to add them makes it compile all materials anew.
    """
    layer = bpy.context.view_layer
    for output in list(layer.aovs):
        layer.aovs.remove(output)


def _hits(channels: Float32[np.ndarray, "h w 2"]) -> tuple[Float32[np.ndarray, "h w"], UInt32[np.ndarray, "h w"]]:
    depth, index = channels[..., 0], channels[..., 1]
    return np.where(depth >= BLENDER_FAR, np.float32(np.inf), depth), np.rint(index).astype(np.uint32)


def _set_passes(outputs: tuple[str, ...], opaque_from: float, *, diffuse: bool = False) -> None:
    """Depth and object index for every render; with outputs of materials also normal and position, for the truth.

    diffuse: the light of diffuse surfaces too, apart. Outputs stay in the renders that follow until `remove_outputs`.
    """
    layer = bpy.context.view_layer
    layer.use_pass_combined = layer.use_pass_z = layer.use_pass_object_index = True
    layer.use_pass_normal = layer.use_pass_position = bool(outputs)
    layer.use_pass_diffuse_direct = layer.use_pass_diffuse_indirect = layer.use_pass_diffuse_color = diffuse
    layer.pass_alpha_threshold = opaque_from
    for name in outputs:
        if name not in layer.aovs:
            layer.aovs.add().name = name


def _set_paths(cycles: Any, bounces: int, diffuse: int, glossy: int, transmission: int) -> None:
    """How often light may turn. Where rays start and what they pass is the same for image and truth."""
    cycles.max_bounces = bounces
    cycles.diffuse_bounces = diffuse
    cycles.glossy_bounces = glossy
    cycles.transmission_bounces = transmission
    cycles.transparent_max_bounces = LAYERS
    # With it all samples of a render start at one place in their pixels: no edge is smooth, and the image is shifted
    # against the truth. Without it they are spread by the filter, and the first goes through the centre.
    cycles.use_pixel_jitter = False
    bpy.context.view_layer.use_volumes = False  # a setting's mist is left out; a ray that scatters in it meets nothing


def _image_passes(*, diffuse: bool) -> tuple[Float32[np.ndarray, "h w 3"], FirstHits, DiffuseLight | None]:
    """The image's linear pixels, what its first sample has met, and the diffuse part of the light."""
    noisy = "Noisy Image" if bpy.context.scene.cycles.use_denoising else "Combined"
    passes = ("Combined", *((*DIFFUSE, noisy) if diffuse else ()))
    with scratch_file(".exr") as path:
        _save_exr(path)
        hits, linear, *parts = _read_passes(path, HITS, *map(_colors, passes))
    linear = np.ascontiguousarray(linear)  # as whole pixels, which is how it is developed
    return linear, FirstHits(*_hits(hits)), DiffuseLight(parts[0] + parts[1], parts[2], parts[3]) if parts else None


def _develop(scene: Any, exposure: float) -> UInt8[np.ndarray, "h w 3"]:
    if scene.display_settings.display_device != "sRGB":  # to set it makes Cycles compile every material anew
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


def render_truth(*, albedo: bool = False, surface: bool = False, timer: RenderTimer = UNTIMED) -> RawTruth:
    """Depth, normal and object index from one sample a pixel centre: no filter, bounce or denoiser."""
    cycles = bpy.context.scene.cycles
    cycles.samples = 1
    cycles.seed = 0
    cycles.use_adaptive_sampling = False
    cycles.use_denoising = False
    cycles.pixel_filter_type, cycles.filter_width = "BOX", 0.01
    _set_paths(cycles, bounces=0, diffuse=0, glossy=0, transmission=0)
    outputs = (SHADING_NORMAL, *([ALBEDO] if albedo else []), *([PART_NUMBER] if surface else []))
    _set_passes(outputs, opaque_from=HALF)
    timer.render("truth")
    with timer.part("truth", "EXR"), scratch_file(".exr") as path:
        _save_exr(path)
        hits, mean, position, *written_by = _read_passes(path, HITS, NORMAL, POSITION, *map(_colors, outputs))
    depth, instance = _hits(hits)
    colors = dict(zip(outputs, written_by, strict=True))
    written = colors[SHADING_NORMAL]
    met = np.isfinite(depth)
    # Cycles writes the mean normal once, at the surface that is seen; it is never 0 there.
    seen = met & any_channel(mean)
    unit = np.abs(np.sqrt(dots(written, written)) - 1) < UNIT
    return RawTruth(
        depth=depth,
        normal=np.where(seen[..., None], np.where(unit[..., None], written, mean), np.float32(0)),
        instance=instance,
        position=position,
        unwritten=seen & ~unit,
        ended=met & ~seen,
        albedo=colors.get(ALBEDO),
        part=np.rint(colors[PART_NUMBER][..., 0]).astype(np.uint32) if surface else None,
    )


def _colors(name: str) -> tuple[str, ...]:
    return tuple(f"{name}.{channel}" for channel in "RGB")


def _save_exr(path: Path) -> None:
    output = bpy.context.scene.render.image_settings
    output.media_type, output.file_format = "MULTI_LAYER_IMAGE", "OPEN_EXR_MULTILAYER"
    output.color_depth, output.exr_codec = "32", "NONE"
    bpy.data.images["Render Result"].save_render(str(path), scene=bpy.context.scene)


def _read_passes(path: Path, *passes: tuple[str, ...]) -> list[Float32[np.ndarray, "h w _"]]:
    """Passes of the view layer, each by the names of its channels, whichever part of the file holds them.

    In memory each channel is whole.
    """
    with OpenEXR.File(str(path), separate_channels=True) as file:
        channels = {name: part.channels[name].pixels for part in file.parts for name in part.channels}
    return [
        np.moveaxis(np.stack([channels[f"ViewLayer.{name}"] for name in names]), 0, -1).astype(np.float32, copy=False)
        for names in passes
    ]
