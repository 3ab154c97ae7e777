"""Renders one scene in a separate process.

A process that has imported Blender can crash in Blender's C code, even when it exits, and a user's program must not end
by that. So the process gets configuration and spec as a file and leaves the finished scene as another.
"""

import os
import pickle
import subprocess
import sys
from pathlib import Path

from encode import SceneIndex
from render.errors import RenderError
from render.scratch import run_folder
from render.watchdog import watch
from render.worker import blender_engine
from scenes import AssetLibrary, SceneSpec
from shards import ShardIndex
from verichrome.config import Config
from verichrome.crash_report import exit_cause, read_log_tail
from verichrome.messages import StageSeconds
from verichrome.worker.finished_scene import FinishedScene
from verichrome.worker.sampling import SampledScene
from verichrome.worker.scene import SceneMaker

__all__ = ["render_in_process"]


def render_in_process(config: Config, spec: SceneSpec) -> FinishedScene:
    """The scene with its frames and pairs, made by a new process; raises RenderError, SceneRejected among them."""
    with run_folder("render-") as folder:
        request, result, log = folder / "request", folder / "result", folder / "log"
        request.write_bytes(pickle.dumps((config, spec)))
        with log.open("wb") as printed:
            # -P: nothing is imported from the current folder, which may be untrusted.
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "verichrome.render_process", str(request), str(result)],
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.STDOUT,
                env=os.environ | {"TMPDIR": str(folder)},
                start_new_session=True,
            )
            try:
                code = process.wait(config.job.scene_timeout)
            except subprocess.TimeoutExpired as error:
                raise RenderError(f"Rendering the scene took more than {config.job.scene_timeout} s.") from error
            finally:
                process.kill()
                process.wait()
        if not result.is_file():
            tail = read_log_tail(log)
            raise RenderError(f"The scene was not rendered: {exit_cause(code, tail)}.\n{tail}".rstrip())
        outcome = pickle.loads(result.read_bytes())  # written by our process, in a folder closed to other users
    if isinstance(outcome, RenderError):
        raise outcome
    assert isinstance(outcome, FinishedScene)
    return outcome


def _main(request: Path, result: Path) -> None:
    config, spec = pickle.loads(request.read_bytes())
    watch(0)  # ends this process with its parent
    try:
        outcome: FinishedScene | RenderError = _finished(config, spec)
    except RenderError as error:
        outcome = error
    part = result.with_suffix(".part")
    part.write_bytes(pickle.dumps(outcome))
    part.replace(result)
    sys.stdout.flush()
    os._exit(0)  # Blender's own exit may crash


def _finished(config: Config, spec: SceneSpec) -> FinishedScene:
    """Raises RenderError."""
    engine = blender_engine(config.render.settings(len(os.sched_getaffinity(0))))
    maker = SceneMaker(config, AssetLibrary(), lambda _: None, engine)
    sampled = SampledScene(spec, engine.render(spec))
    return maker.finish(SceneIndex(spec.index), ShardIndex(0), sampled, StageSeconds(), [])


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]))
