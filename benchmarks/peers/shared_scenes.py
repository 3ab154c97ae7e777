"""The scenes of a data set as .blend files with their cameras, for peers to render the same views.

    python -m benchmarks.peers.shared_scenes DATASET FOLDER

DATASET is a folder that `verichrome generate` wrote. FOLDER gets `scene-0000.blend`, ... and `all.json`: the
files, the pose and lens of each view that was kept, and the settings of Cycles that Verichrome renders with.
"""

import json
import os
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import bpy

from benchmarks.bench_pipeline import kept_camera
from render.passes import render_image
from render.settings import RenderSettings
from render.stage import Stage
from scenes import SceneSpec
from shards import Store, iter_shard

#: What decides the paths of light, the samples and the denoiser, beside the number of samples.
CYCLES = (
    *("max_bounces", "diffuse_bounces", "glossy_bounces", "transmission_bounces", "transparent_max_bounces"),
    *("volume_bounces", "caustics_reflective", "caustics_refractive", "sample_clamp_direct", "sample_clamp_indirect"),
    *("blur_glossy", "use_light_tree", "use_fast_gi", "use_adaptive_sampling", "adaptive_threshold"),
    *("pixel_filter_type", "filter_width", "use_auto_tile", "denoising_prefilter", "denoising_quality"),
)
#: Of Blender's camera.
LENS = ("lens", "sensor_width", "shift_x", "shift_y", "clip_start", "clip_end")


def frames(dataset: str) -> Iterator[dict[str, Any]]:
    """`scene.json` of each frame, in order."""
    for shard in sorted(Path(dataset, "frames").glob("*.tar")):
        for _, members in iter_shard(Store(dataset), f"frames/{shard.name}"):
            yield json.loads(members["scene.json"])


def export(views: list[dict[str, Any]], path: Path) -> list[dict[str, Any]]:
    """Save the scene that these views show; return their cameras."""
    settings = RenderSettings(width=16, height=16, samples=views[0]["render"]["samples"])
    spec = SceneSpec.model_validate(views[0]["spec"])
    stage = Stage(spec, settings)
    cameras = []
    for view in views:
        stage.look_through(kept_camera(spec.views[view["view_index"]], view["camera_to_world"]))
        lens = {name: getattr(stage.camera.data, name) for name in LENS}
        cameras.append({"pose": [list(row) for row in stage.camera.matrix_world], "lens": lens})
    render_image(settings, 0, 0.0)  # sets what decides the image, for the file and for `cycles_settings`
    categories = {item.id: spec.taxonomy.id_of(item.model.category) for item in spec.objects}
    for obj in bpy.context.scene.objects:
        if obj.pass_index:
            obj["category_id"] = categories[obj.pass_index]
    bpy.context.scene.world["category_id"] = spec.taxonomy.id_of(spec.world.category)
    bpy.ops.file.pack_all()
    bpy.ops.wm.save_as_mainfile(filepath=str(path), compress=True)
    return cameras


def main(dataset: str, folder: Path) -> None:
    """Write all scenes and what is known of them."""
    scenes = []
    for index, views in groupby(frames(dataset), key=lambda view: view["scene_index"]):
        path = folder.absolute() / f"scene-{index:04}.blend"
        scenes.append({"blend": str(path), "views": export(list(views), path)})
    cycles = {name: getattr(bpy.context.scene.cycles, name) for name in CYCLES}
    (folder / "all.json").write_text(json.dumps({"scenes": scenes, "cycles": cycles}), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
    sys.stdout.flush()
    os._exit(0)  # Blender may crash on its way out
