"""Write a sampled scene as a .blend: to view it in Blender, to change it, or to use it as a setting.

    python examples/export_scene.py room 11 room.blend
    verichrome preview --family blend --blend room.blend

Objects have the names of scene.json (`sofa-3`), by which the family blend finds their categories; a `box-1` alone needs
a rule, since programs give that name to anything.
"""

import os
import sys
from pathlib import Path

import bpy

from render import RenderSettings
from render.stage import Stage
from scenes import sample_scene


def export(family: str, index: int, path: Path) -> None:
    """Build the scene of seed 0 with this index, with a camera at its first view, and save it with all its images."""
    spec = sample_scene(family, seed=0, index=index, views=1)
    stage = Stage(spec, RenderSettings(width=512, height=512, samples=64))
    stage.look_through(spec.views[0].candidates[0])
    bpy.ops.file.pack_all()
    bpy.ops.wm.save_as_mainfile(filepath=str(path.absolute()), compress=True)


if __name__ == "__main__":
    export(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
    sys.stdout.flush()
    os._exit(0)  # Blender may crash on its way out
