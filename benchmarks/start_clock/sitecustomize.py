"""Notes when the processes of a job reach the steps that `bench_start.py` tells of; they run as they are otherwise.

Python imports this module at its start, before anything else, in each process whose PYTHONPATH has this folder. An
event is a line of JSON: name, seconds of the machine's monotonic clock, CPU seconds of the process, process.
"""

import atexit
import functools
import importlib.abc
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

EVENTS = os.environ.get("BENCH_START_EVENTS", "")


def note(name: str) -> None:
    """Append an event."""
    line = json.dumps([name, time.monotonic(), time.process_time(), os.getpid()])
    with open(EVENTS, "a", encoding="utf-8") as file:  # a line is written at once, so processes may share the file
        file.write(f"{line}\n")


def timed(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """`function`, with an event before and after."""

    @functools.wraps(function)  # Ray asks for its signature
    def call(*args: Any, **options: Any) -> Any:
        note(f"{name} begins")
        try:
            return function(*args, **options)
        finally:
            note(f"{name} ends")

    return call


def after_ray(ray: Any) -> None:
    """Time the start and the end of Ray."""
    ray.init, ray.shutdown = timed(ray.init, "ray.init"), timed(ray.shutdown, "ray.shutdown")


def after_bpy(bpy: Any) -> None:
    """Note the renders, which Blender itself announces."""
    handlers = bpy.app.handlers
    handlers.render_pre.append(handlers.persistent(lambda *_: note("render")))


def after_worker(worker: Any) -> None:
    """Note when the worker is made and is given its first work item."""
    made, run = worker.RenderWorker.__init__, worker.RenderWorker.run
    worker.RenderWorker.__init__ = timed(made, "worker made")

    @functools.wraps(run)
    def first(self: Any, item: Any) -> Any:
        note("item begins")
        yield from run(self, item)

    worker.RenderWorker.run = first


def after_overview(overview: Any) -> None:
    """Time the files beside the shards."""
    overview.write_overview = timed(overview.write_overview, "overview")


def after_pool(pool: Any) -> None:
    """Time the end of the workers."""
    pool.WorkerPool.close = timed(pool.WorkerPool.close, "pool.close")


AFTER: dict[str, Callable[[Any], None]] = {
    "bpy": after_bpy,
    "ray": after_ray,
    "render.engine": lambda _: None,
    "render.worker": after_worker,
    "verichrome.driver.job": lambda _: None,
    "verichrome.driver.pool": after_pool,
    "verichrome.overview": after_overview,
}


class TimedLoader(importlib.abc.Loader):
    """Another loader, with an event before and after."""

    def __init__(self, loader: Any, name: str) -> None:
        self._loader = loader
        self._name = name

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """As the other loader does."""
        note(f"import {self._name} begins")
        module: ModuleType | None = self._loader.create_module(spec)
        return module

    def exec_module(self, module: ModuleType) -> None:
        """As the other loader does."""
        self._loader.exec_module(module)
        note(f"import {self._name} ends")
        AFTER[self._name](module)


class TimedFinder(importlib.abc.MetaPathFinder):
    """Finds the modules of AFTER."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """The module's own spec, with a `TimedLoader`."""
        if name not in AFTER:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None:
            spec.loader = TimedLoader(spec.loader, name)
        return spec


if EVENTS:
    atexit.register(note, "exit")  # the first that is registered is the last that is called
    with open("/proc/self/cmdline", encoding="utf-8", errors="replace") as arguments:
        note(f"python {' '.join(arguments.read().split(chr(0)))[:200]}")
    sys.meta_path.insert(0, TimedFinder())
