"""Render workers as Ray actors, each with a log of all that its Blender prints."""

import tempfile
from collections import deque
from pathlib import Path
from typing import Any

from render import RenderSettings
from render.worker import EngineFactory, RenderWorker
from verichrome.config import Config
from verichrome.job.make import ShardMaker
from verichrome.job.resources import Resources

__all__ = ["ActorMaker"]

#: Lines of a dead worker's log that are told.
TAIL = 12


class ActorMaker:
    """Makes the worker of a slot, and tells the last words of the one that it made last.

    Use as a context manager: the logs go when it is left. A worker on another host logs there, and has no last words
    here.
    """

    def __init__(self, config: Config, maker: ShardMaker, share: Resources, make_engine: EngineFactory) -> None:
        self._settings = RenderSettings(
            width=config.resolution.width,
            height=config.resolution.height,
            samples=config.samples,
            denoise=config.denoise,
            albedo=config.albedo,
            device=config.device,
            threads=share.threads,
        )
        self._maker = maker
        self._share = share
        self._make_engine = make_engine
        self._folder = tempfile.TemporaryDirectory(prefix="verichrome-logs-")
        self._logs: dict[int, Path] = {}
        self._made = 0

    def make(self, slot: int, verbose: bool = False) -> Any:
        """A new actor. Its retries are the pool's affair, so Ray's own are off."""
        import ray

        self._made += 1
        self._logs[slot] = Path(self._folder.name) / f"worker-{self._made:05d}.log"
        actor = ray.remote(RenderWorker).options(
            num_cpus=self._share.threads, num_gpus=self._share.gpus, max_restarts=0, max_task_retries=0
        )
        return actor.remote(self._settings, self._maker, self._make_engine, None if verbose else self._logs[slot])

    def last_words(self, slot: int) -> str:
        """The end of the log of the slot's worker."""
        try:
            with self._logs[slot].open(encoding="utf-8", errors="replace") as lines:
                return "".join(deque(lines, TAIL)).strip()
        except OSError:
            return ""

    def __enter__(self) -> "ActorMaker":
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()
