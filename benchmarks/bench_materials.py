"""What the node tree of each kind of material costs in Cycles, against a plain Principled BSDF.

    python benchmarks/bench_materials.py [KIND ...]

A flat sheet seen from above in even light, without bounces, fills the image: CPU seconds are those of its shader,
evaluated at every sample, and of little else. Kinds that let light through are left out.
"""

import os
import sys
import time
from typing import Any

import bpy

from render.materials.maker import MaterialMaker
from scenes.material import MATERIAL_KINDS, Material

SIZE, SAMPLES, REPEATS = 96, 12, 2
SHEET = 2.0  # metres across
CLEAR = ("glass", "frosted_glass", "emission")


def open_sheet() -> Any:
    """The mesh of a sheet under a parallel camera in a new file."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.threads_mode, scene.render.threads = "FIXED", 1
    scene.render.resolution_x = scene.render.resolution_y = SIZE
    scene.render.use_persistent_data = True
    scene.cycles.samples, scene.cycles.max_bounces = SAMPLES, 0
    scene.cycles.use_denoising = scene.cycles.use_adaptive_sampling = False
    scene.world = bpy.data.worlds.new("white")
    camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    camera.data.type, camera.data.ortho_scale, camera.location = "ORTHO", SHEET, (0.0, 0.0, 2.0)
    scene.collection.objects.link(camera)
    scene.camera = camera
    mesh = bpy.data.meshes.new("sheet")
    half = SHEET / 2
    mesh.from_pydata([(-half, -half, 0), (half, -half, 0), (half, half, 0), (-half, half, 0)], [], [(0, 1, 2, 3)])
    scene.collection.objects.link(bpy.data.objects.new("sheet", mesh))
    return mesh


def seconds_of(mesh: Any, material: Any) -> float:
    """The least CPU seconds of some renders of the sheet, after one that compiles the shader."""
    mesh.materials.clear()
    mesh.materials.append(material)
    bpy.ops.render.render()
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        bpy.ops.render.render()
        times.append(time.process_time() - start)
    return min(times)


def main(kinds: tuple[str, ...]) -> None:
    """A line a kind, the most expensive first: its CPU seconds over those of the plain shader."""
    if unknown := set(kinds) - set(MATERIAL_KINDS):
        sys.stderr.write(f"KIND must be one of {', '.join(MATERIAL_KINDS)}, got {', '.join(sorted(unknown))}\n")
        sys.stderr.flush()
        os._exit(2)
    mesh, maker = open_sheet(), MaterialMaker()
    plain = seconds_of(mesh, bpy.data.materials.new("plain"))
    specs = {
        f"{kind}{', worn' * (wear > 0)}": Material(
            kind=kind, name=kind, color=(0.5, 0.4, 0.3), accent=(0.3, 0.3, 0.35), scale=0.3, wear=wear, seed=3
        )
        for kind in MATERIAL_KINDS
        if kind in kinds or (not kinds and kind not in CLEAR)
        for wear in (0.0, 0.6)
    }
    ratios = {name: seconds_of(mesh, maker.make(spec)) / plain for name, spec in specs.items()}
    sys.stdout.write(f"{'kind':<28}{'x plain':>9}\n")
    for name, ratio in sorted(ratios.items(), key=lambda item: -item[1]):
        sys.stdout.write(f"{name:<28}{ratio:9.2f}\n")
    sys.stdout.flush()
    os._exit(0)  # Blender may crash on the way out


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
