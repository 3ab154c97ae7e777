"""The views of a job by a plain script for `bpy`: `python with_bpy.py JOB.json`, for Blender 4.2 and 5.2.

What such scripts do: one render a view, its passes in one EXR, its image in a PNG. Imports nothing of this project.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import bpy
from mathutils import Matrix


def set_up(job: dict[str, Any]) -> None:
    """Settings of the open file's scene."""
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.cycles.device = "CPU"
    scene.render.threads_mode, scene.render.threads = "FIXED", job["threads"]
    scene.render.resolution_x = scene.render.resolution_y = job["resolution"]
    scene.render.resolution_percentage = 100
    scene.render.use_persistent_data = True
    scene.cycles.samples = job["samples"]
    scene.cycles.use_denoising, scene.cycles.denoiser = True, "OPENIMAGEDENOISE"
    for name, value in job["cycles"].items():
        if hasattr(scene.cycles, name):
            setattr(scene.cycles, name, value)
    layer = bpy.context.view_layer
    layer.use_pass_z = layer.use_pass_normal = layer.use_pass_object_index = True
    layer.use_volumes = False


def aim(view: dict[str, Any]) -> None:
    """Give the camera the pose and lens of a view."""
    camera = bpy.context.scene.camera
    for name, value in view["lens"].items():
        setattr(camera.data, name, value)
    camera.matrix_world = Matrix(view["pose"])


def save(path: Path) -> None:
    """The passes and the image of what has just been rendered."""
    output = bpy.context.scene.render.image_settings
    result = bpy.data.images["Render Result"]
    for suffix, kind, form, depth in (
        (".exr", "MULTI_LAYER_IMAGE", "OPEN_EXR_MULTILAYER", "32"),
        (".png", "IMAGE", "PNG", "8"),
    ):
        if hasattr(output, "media_type"):  # from Blender 5 on
            output.media_type = kind
        output.file_format, output.color_depth = form, depth
        result.save_render(str(path.with_suffix(suffix)), scene=bpy.context.scene)


def main(job: dict[str, Any]) -> None:
    """Render all views of all scenes."""
    for number, shared in enumerate(job["scenes"]):
        bpy.ops.wm.open_mainfile(filepath=shared["blend"])
        set_up(job)
        folder = Path(job["out"], f"scene-{number:04}")
        folder.mkdir(parents=True)
        classes = {obj.pass_index: obj["category_id"] for obj in bpy.data.objects if obj.type == "MESH"}
        (folder / "classes.json").write_text(json.dumps(classes), encoding="utf-8")
        for index, view in enumerate(shared["views"]):
            aim(view)
            bpy.ops.render.render()
            save(folder / f"view-{index:03}")


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    sys.stdout.flush()
    os._exit(0)  # Blender may crash on its way out
