"""Times the parts of a view's renders, down to what Cycles does within them, for `verichrome generate --profile`."""

import ctypes
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Literal

import _cycles
import bpy

from render.cycles_report import BEGIN, STATISTICS, kernel_seconds, material_seconds, phase_of_status

__all__ = ["UNTIMED", "CyclesTimer", "RenderTimer"]

#: The stage of a view that a render belongs to.
RenderStage = Literal["image", "truth"]


class RenderTimer:
    """Renders, and times nothing."""

    def render(self, stage: RenderStage) -> None:
        """Render Blender's scene as it is set up."""
        bpy.ops.render.render()

    def part(self, stage: RenderStage, name: str) -> AbstractContextManager[None]:
        """A part of the stage beside the render itself."""
        return nullcontext()

    def take(self) -> dict[str, float]:
        """Seconds since the last call by part; empty."""
        return {}


UNTIMED = RenderTimer()


class CyclesTimer(RenderTimer):
    """Adds up wall seconds by part of each stage, and within sampling by kernel; on GPUs kernels are not known.

    Parts are paths: `image/sampling/Shade Surface`. A path includes what is below it. Seconds of kernels and
    materials are those of all threads over their number, so that they add up to wall time.
    """

    def __init__(self, threads: int) -> None:
        """threads: that Cycles renders on. Makes Cycles print statistics of every later render of this process."""
        self._threads = threads
        self._seconds: dict[str, float] = {}
        _cycles.enable_print_stats()

    def render(self, stage: RenderStage) -> None:
        """Render, and add what Cycles reports."""
        statuses: list[tuple[float, str]] = []

        def note(status: str, *_: object) -> None:
            statuses.append((time.perf_counter(), status))

        start = time.perf_counter()
        bpy.app.handlers.render_stats.append(note)
        try:
            with _c_output() as printed:
                bpy.ops.render.render()
        finally:
            bpy.app.handlers.render_stats.remove(note)
        end = time.perf_counter()
        times = [start, *(when for when, _ in statuses), end]
        phases = [BEGIN, *(phase_of_status(status) for _, status in statuses)]
        sampling = 0.0
        for phase, begin, until in zip(phases, times[:-1], times[1:], strict=True):
            if phase == "sampling":
                sampling += until - begin
            else:
                self._add(f"{stage}/{phase}", until - begin)
        self._add_sampling(stage, sampling, printed[0])

    def _add_sampling(self, stage: RenderStage, wall: float, printed: str) -> None:
        """What is sampled and denoised is one phase, of which kernels are the first part."""
        kernels = kernel_seconds(printed)
        busy = kernels.get("", 0.0) / self._threads
        # Beside other work, threads that wait for a core count too, and come to more than passed.
        per_thread = min(1.0, wall / busy) / self._threads if busy else 0.0
        denoised = bpy.context.scene.cycles.use_denoising and busy > 0
        sampling = min(wall, busy) if denoised else wall
        self._add(f"{stage}/sampling", sampling)
        if denoised:
            self._add(f"{stage}/denoising", wall - sampling)
        for name, seconds in kernels.items():
            if name:
                self._add(f"{stage}/sampling/{name}", seconds * per_thread)
        for name, seconds in material_seconds(printed).items():
            self._add(f"materials/{name}", seconds * per_thread)

    @contextmanager
    def part(self, stage: RenderStage, name: str) -> Iterator[None]:
        """Time what is done inside."""
        start = time.perf_counter()
        yield
        self._add(f"{stage}/{name}", time.perf_counter() - start)

    def take(self) -> dict[str, float]:
        """Seconds since the last call by part."""
        taken, self._seconds = self._seconds, {}
        return taken

    def _add(self, path: str, seconds: float) -> None:
        self._seconds[path] = self._seconds.get(path, 0.0) + seconds


@contextmanager
def _c_output() -> Iterator[list[str]]:
    """What C code prints meanwhile, the one entry of the list at the end; all but statistics is printed then."""
    libc = ctypes.CDLL(None)
    printed: list[str] = []
    sys.stdout.flush()
    libc.fflush(None)
    with tempfile.TemporaryFile() as file:
        stdout = os.dup(1)
        os.dup2(file.fileno(), 1)
        try:
            yield printed
        finally:
            libc.fflush(None)
            os.dup2(stdout, 1)
            os.close(stdout)
            file.seek(0)
            text = file.read().decode(errors="replace")
            os.write(1, text.partition(STATISTICS)[0].encode())
    printed.append(text)
