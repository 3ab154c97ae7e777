"""A process that renders keeps nothing of the scenes that it is done with."""

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("bpy")

pytestmark = pytest.mark.render

#: More than what varies from call to call; one exposure takes 4 MB where OpenColorIO keeps it.
MOST_KEPT = 1e6

EXPOSURES = """
import os, sys
from render.settings import RenderSettings
from render.worker import blender_engine
blender_engine(RenderSettings())
import bpy
from benchmarks.bench_memory import allocated_bytes
from render.passes import _develop

scene = bpy.context.scene
scene.render.engine, scene.cycles.samples = "CYCLES", 1
scene.render.resolution_x = scene.render.resolution_y = 16
bpy.ops.render.render()
_develop(scene, 0.0)
before = allocated_bytes()
for stops in range(1, 6):
    _develop(scene, stops / 10)
sys.stderr.write(f"{allocated_bytes() - before}\\n")
sys.stderr.flush()
os._exit(0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc says what it has allocated")
def test_exposures_of_past_images_are_not_kept() -> None:
    """In a process of its own: Blender reads as it starts whether they are."""
    done = subprocess.run(
        [sys.executable, "-c", EXPOSURES], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )
    assert int(done.stderr.splitlines()[-1]) < MOST_KEPT
