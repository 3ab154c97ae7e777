"""Write a sampled scene as a .blend: to look at it in Blender, to change it, or to render it as a place of your own.

    python examples/export_scene.py room 11 room.blend
    verichrome preview --family blend --blend room.blend

Objects bear the names of scene.json (`sofa-3`), so that the family blend takes each for what it is; a `box-1` alone,
which is what programs call the nameless, needs a rule.
"""

import os
import sys
from pathlib import Path

import bpy

from render import RenderSettings
from render.stage import Stage
from scenes import sample_scene


def export(family: str, index: int, path: Path) -> None:
    """Build the scene of this number, seed 0, with a camera at its first view, and save it with all that it needs."""
    spec = sample_scene(family, seed=0, index=index, views=1)
    stage = Stage(spec, RenderSettings(width=512, height=512, samples=64))
    stage.look_through(spec.views[0].candidates[0])
    bpy.ops.file.pack_all()
    bpy.ops.wm.save_as_mainfile(filepath=str(path.absolute()), compress=True)


if __name__ == "__main__":
    export(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
    sys.stdout.flush()
    os._exit(0)  # Blender may crash on its way out
