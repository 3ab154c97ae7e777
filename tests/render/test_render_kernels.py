"""Kernels are loaded before the first scene, on GPUs alone; here a CPU stands in for one."""

import multiprocessing
import time
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import pytest

from render.scratch import one_process
from render.settings import RenderSettings


def _hold(tempdir: str, inside: Event, leave: Event) -> None:
    _use(tempdir)
    with one_process("kernels"):
        inside.set()
        leave.wait(30)


def _use(tempdir: str) -> None:
    import tempfile

    tempfile.tempdir = tempdir


def test_one_process_waits_for_the_other(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    events = [(context.Event(), context.Event()) for _ in range(2)]
    processes = [context.Process(target=_hold, args=(str(tmp_path), *pair)) for pair in events]
    processes[0].start()
    assert events[0][0].wait(30)
    processes[1].start()
    time.sleep(1.0)
    assert not events[1][0].is_set()
    events[0][1].set()
    assert events[1][0].wait(30)
    events[1][1].set()
    for process in processes:
        process.join(30)
        assert process.exitcode == 0


@pytest.mark.render
@pytest.mark.parametrize("device", ["CPU", "OPTIX"])
def test_a_gpu_renders_once_before_its_first_scene(device: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bpy: Any = pytest.importorskip("bpy")
    from render import kernels

    rendered = []

    @bpy.app.handlers.persistent  # type: ignore[untyped-decorator]
    def note(scene: Any, *_: Any) -> None:
        rendered.append(scene.render.resolution_x)

    monkeypatch.setattr(kernels, "use_device", lambda _: device)
    bpy.app.handlers.render_complete.append(note)
    assert kernels.load_kernels(RenderSettings(device="auto")) == device
    bpy.app.handlers.render_complete.remove(note)
    assert rendered == ([] if device == "CPU" else [16])
