"""The views of a job by BlenderProc 2.8, as its examples do it: `python with_blenderproc.py JOB.json`, by bpy 4.2.

BlenderProc's own command starts Blender with such a script. Here Python starts it and has Blender as a module,
which saves the process of that command. `job["equal"]` sets Cycles as the job says, otherwise all but samples and
threads is BlenderProc's default. Scenes follow one another in one process, each with frames of its own. Imports
nothing of this project.
"""

import json
import os
import shutil
import sys
import sysconfig
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any


def start() -> tuple[Any, Path]:
    """The module blenderproc, set up as by its own command, and its folder of temporary files."""
    temporary = tempfile.mkdtemp(prefix="blender_proc_", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
    os.environ["INSIDE_OF_THE_INTERNAL_BLENDER_PYTHON_ENVIRONMENT"] = "1"
    sys.path.insert(0, sysconfig.get_path("purelib"))  # BlenderProc takes the first of its folders off
    sys.argv = [sys.argv[0], "--background", "--", sys.argv[0], temporary, *sys.argv[1:]]
    return import_module("blenderproc"), Path(temporary)


def set_up(bproc: Any, job: dict[str, Any]) -> None:
    """BlenderProc's defaults, or the job's settings in their place."""
    import bpy

    # All that bproc.init() does, but for the language: Blender as a module has one.
    bproc.clean_up(clean_up_camera=True)
    bpy.context.scene.render.engine = "CYCLES"
    bproc.renderer.set_render_devices(use_only_cpu=True)
    import_module("blenderproc.python.utility.Initializer")._Initializer.set_default_parameters()
    bproc.renderer.set_cpu_threads(job["threads"])
    bproc.renderer.set_max_amount_of_samples(job["samples"])
    bproc.camera.set_resolution(job["resolution"], job["resolution"])
    if not job["equal"]:
        return
    cycles = bpy.context.scene.cycles
    for name, value in job["cycles"].items():
        if hasattr(cycles, name):
            setattr(cycles, name, value)
    for node in bpy.context.scene.node_tree.nodes:
        if node.type == "DENOISE":
            node.prefilter = job["cycles"]["denoising_prefilter"]


def load(bproc: Any, shared: dict[str, Any]) -> list[Any]:
    """The objects of a scene, with its world."""
    import bpy

    loaded = bproc.loader.load_blend(shared["blend"], obj_types=["mesh", "light"], data_blocks=["objects", "worlds"])
    (bpy.context.scene.world,) = (block for block in loaded if isinstance(block, bpy.types.World))
    objects = [block for block in loaded if not isinstance(block, bpy.types.World)]
    for index, item in enumerate(bproc.object.get_all_mesh_objects()):  # as enable_segmentation_output does, once
        item.blender_obj.pass_index = index + 1
    return objects


def register_views(bproc: Any, scenes: list[dict[str, Any]]) -> None:
    """All cameras of all scenes, each a frame."""
    import bpy
    from mathutils import Matrix

    camera = bpy.context.scene.camera.data
    camera.lens_unit = "MILLIMETERS"
    for frame, view in enumerate(view for shared in scenes for view in shared["views"]):
        bproc.camera.add_camera_pose(Matrix(view["pose"]), frame)
        for name, value in view["lens"].items():
            setattr(camera, name, value)
            camera.keyframe_insert(name, frame=frame)


def render(bproc: Any, job: dict[str, Any]) -> None:
    """Render all views of all scenes."""
    import bpy

    register_views(bproc, job["scenes"])
    frame = 0
    for number, shared in enumerate(job["scenes"]):
        objects = load(bproc, shared)
        if number == 0:
            bproc.renderer.enable_depth_output(activate_antialiasing=False)
            bproc.renderer.enable_normals_output()
            bproc.renderer.enable_segmentation_output(map_by=["category_id", "instance", "name"])
        bproc.utility.set_keyframe_render_interval(frame, frame + len(shared["views"]))
        frame += len(shared["views"])
        data = bproc.renderer.render()
        bproc.writer.write_hdf5(str(Path(job["out"], f"scene-{number:04}")), data)
        bproc.object.delete_multiple(objects)
        bpy.data.orphans_purge(do_recursive=True)


def main() -> None:
    """Start BlenderProc and render the job."""
    bproc, temporary = start()
    try:
        job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
        set_up(bproc, job)
        render(bproc, job)
    finally:
        shutil.rmtree(temporary)


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # Blender may crash on its way out
