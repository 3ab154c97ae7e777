"""What truth, checks, encoding and shards cost over a bare render of the same images, stage by stage.

    python benchmarks/bench_pipeline.py [SCENES [SAMPLES [FAMILY [SIDE]]]]

Both sides render the same views of the same scenes in this process, in turn, so that the ratio holds when the machine's
speed drifts. Bare: `bpy.ops.render.render()` of each view that was kept, from its own camera, and nothing else. Whole:
that, and all that a worker does, from sampling the scene to a committed shard.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter

import bpy
import numpy as np

from benchmarks.arguments import whole_number
from encode import SceneIndex
from render.camera import camera_to_world
from render.engine import Engine
from render.passes import render_image
from render.settings import RenderSettings
from render.stage import Stage
from scenes import SceneSpec, family_names
from scenes.scene import Camera, View
from shards import Store, iter_shard
from shards.layout import ShardIndex, shard_name
from verichrome.config import Config
from verichrome.configfile import resolve
from verichrome.messages import SceneDone, WorkItem
from verichrome.worker.shard import ShardMaker


def bare_seconds(store: Store, scene: int, settings: RenderSettings) -> float:
    """Seconds of the render calls alone, over all views of the shard; building their scene is not counted."""
    views = [
        json.loads(members["scene.json"]) for _, members in iter_shard(store, shard_name("frames", ShardIndex(scene)))
    ]
    spec = SceneSpec.model_validate(views[0]["spec"])
    cameras = [kept_camera(spec.views[view["view_index"]], view["camera_to_world"]) for view in views]
    stage = Stage(spec, settings)
    stage.look_through(cameras[0])
    render_image(settings.model_copy(update={"samples": 1}), 0, 0.0)  # sets the image's passes and warms up
    _forget_render_data()
    bpy.context.scene.cycles.samples = settings.samples
    total = 0.0
    for camera in cameras:
        stage.look_through(camera)
        start = time.perf_counter()
        bpy.ops.render.render()
        total += time.perf_counter() - start
    return total


def kept_camera(view: View, pose: list[list[float]]) -> Camera:
    """The candidate that the view was rendered from."""
    return min(view.candidates, key=lambda camera: float(np.abs(camera_to_world(camera) - pose).max()))


def _forget_render_data() -> None:
    """Drop what persistent data kept, so that the bare side pays for its own scene synchronisation."""
    bpy.context.scene.render.use_persistent_data = False
    bpy.context.scene.cycles.samples = 1
    bpy.ops.render.render()
    bpy.context.scene.render.use_persistent_data = True


def whole_seconds(config: Config, scene: int, engine: Engine, store: Store) -> tuple[float, Counter[str]]:
    """Seconds of one shard of one scene, sampling to commit, and their share by stage."""
    maker = ShardMaker(config, store)
    stages: Counter[str] = Counter()
    start = time.perf_counter()
    for message in maker.run(WorkItem(ShardIndex(scene), SceneIndex(scene), SceneIndex(scene + 1)), engine):
        if isinstance(message, SceneDone):
            stages.update(message.seconds)
    return time.perf_counter() - start, stages


def main(scenes: int, samples: int, family: str, side: int) -> None:
    """Print both sides and their ratio."""
    fields = {"family": family, "samples": samples, "resolution": str(side), "scenes_per_shard": 1, "device": "cpu"}
    config = resolve(fields)
    settings = config.render.settings(threads=1)  # as workers of a job have where memory allows
    engine = Engine(settings)
    bare = total = 0.0
    stages: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for scene in range(scenes):
            seconds, shares = whole_seconds(config, scene, engine, Store(folder))
            total += seconds
            bare += bare_seconds(Store(folder), scene, settings)
            stages.update(shares)
    frames = scenes * config.scenes.views
    lines = [f"{frames} frames of {family} at {config.render.resolution}, {samples} samples, seconds a frame"]
    lines += [f"  bare render {bare / frames:8.2f}", f"  whole       {total / frames:8.2f}   x {total / bare:.3f}"]
    lines += [f"    {name:10}{value / frames:8.3f}" for name, value in stages.most_common()]
    sys.stderr.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenes", nargs="?", type=whole_number(), default=3)
    parser.add_argument("samples", nargs="?", type=whole_number(), default=16)
    parser.add_argument("family", nargs="?", choices=family_names(), default="tabletop")
    parser.add_argument("side", nargs="?", type=whole_number(16), default=512)
    main(**vars(parser.parse_args()))
    sys.stderr.flush()
    os._exit(0)  # a process that imported bpy may crash at exit
