"""Render workers as Ray actors, each with a log of all that its Blender prints."""

import os
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from render.scratch import run_folder
from render.worker import EngineFactory, RenderWorker
from verichrome.config import Config
from verichrome.crash_report import read_log_tail, read_remote_log_tail
from verichrome.driver.resources import Resources, scene_memory
from verichrome.worker.shard import ShardMaker

__all__ = ["ActorMaker"]


class ActorMaker:
    """Makes the worker of a slot, and reads the log of the one that it made last.

    A context manager, which removes the logs at its end. A worker on another host logs there.
    """

    def __init__(self, config: Config, maker: ShardMaker, share: Resources, make_engine: EngineFactory) -> None:
        self._settings = config.render.settings(share.threads, profile=config.job.profile)
        self._maker = maker
        self._share = share
        self._memory = scene_memory(config, share.workers)
        self._make_engine = make_engine
        self._open = ExitStack()
        self._folder = self._open.enter_context(run_folder("logs-"))
        self._logs: dict[int, Path] = {}
        self._made = 0

    def make(self, slot: int, verbose: bool = False) -> Any:
        """A new actor. The pool retries, so Ray's own retries are off."""
        import ray

        self._made += 1
        self._logs[slot] = self._folder / f"worker-{self._made:05d}.log"
        actor = ray.remote(RenderWorker).options(
            num_cpus=self._share.threads, num_gpus=self._share.gpus, max_restarts=0, max_task_retries=0
        )
        log = None if verbose else self._logs[slot]
        return actor.remote(self._settings, self._maker, self._make_engine, log, self._memory)

    def log_tail(self, slot: int, host: str) -> str:
        """The end of the log of the slot's worker, which ran on `host` (empty: unknown); empty if the log is lost."""
        log = self._logs[slot]
        return read_remote_log_tail(log, host) if host and host != os.uname().nodename else read_log_tail(log)

    def __enter__(self) -> "ActorMaker":
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()
