"""One Blender process, which carries out work items one after the other and sends messages about them.

A plain class, which the job makes a Ray actor. The handler decides what a work item is and what happens to its pixels,
so that this package depends on neither encodings nor files. Blender is imported in the worker and nowhere else.
"""

import faulthandler
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from render.errors import BlenderMissing, RenderError
from render.scratch import hold_folder, sweep_beside
from render.settings import RenderSettings
from render.watchdog import watch

if TYPE_CHECKING:
    from render.rendered import RenderedScene
    from scenes.scene import SceneSpec

__all__ = [
    "EngineFactory",
    "RenderWorker",
    "SceneEngine",
    "WorkItemDone",
    "WorkItemHandler",
    "WorkerFailed",
    "WorkerStarted",
    "blender_engine",
]


class SceneEngine(Protocol):
    """What renders: `render.engine.Engine`, or a stand-in for it."""

    def render(self, spec: "SceneSpec") -> "RenderedScene":
        """All views of `spec`; raises SceneRejected."""
        ...


EngineFactory = Callable[[RenderSettings], SceneEngine]


class WorkItemHandler(Protocol):
    """Carries out one work item with an engine. Must be picklable."""

    def run(self, item: Any, engine: SceneEngine) -> Iterator[Any]:
        """Yield messages, each of which shows that the worker is alive."""
        ...


@dataclass(frozen=True, slots=True)
class WorkerStarted:
    """The worker has begun a work item."""

    host: str
    pid: int


@dataclass(frozen=True, slots=True)
class WorkItemDone:
    """The handler has finished the work item."""


@dataclass(frozen=True, slots=True)
class WorkerFailed:
    """The work item raised. The process may be in any state and must be ended before another scene."""

    reason: str
    trace: str
    fatal: bool  # no other process would fare better


class RenderWorker:
    """Runs work items in this process, with one engine, which is made at the first of them."""

    def __init__(
        self,
        settings: RenderSettings,
        handler: WorkItemHandler,
        make_engine: EngineFactory,
        log: Path | None = None,
        memory: int = 0,
    ) -> None:
        """All that Blender prints goes to `log`, where one is given. More than `memory` bytes end the process."""
        if log is not None:
            _print_to(log)
        watch(memory)
        self._settings = settings
        self._handler = handler
        self._make_engine = make_engine
        self._engine: SceneEngine | None = None

    def run(self, item: Any) -> Iterator[Any]:
        """Yield WorkerStarted, the handler's messages, then WorkItemDone; or WorkerFailed at any point, as the last."""
        yield WorkerStarted(os.uname().nodename, os.getpid())
        try:
            if self._engine is None:
                self._engine = self._make_engine(self._settings)
            yield from self._handler.run(item, self._engine)
        except Exception as error:
            # The handler deals with rejections; any other error of the engine would recur for every scene.
            fatal = isinstance(error, RenderError)
            reason = str(error) if fatal else f"{type(error).__name__}: {error}"
            yield WorkerFailed(reason, traceback.format_exc(), fatal)
        else:
            yield WorkItemDone()


def blender_engine(settings: RenderSettings) -> SceneEngine:
    """The engine on this process's Blender; raises BlenderMissing with what to do."""
    # OpenColorIO would keep 4 MB for each exposure, which every image has its own of. It reads this as Blender starts.
    os.environ.setdefault("OCIO_DISABLE_PROCESSOR_CACHES", "1")
    try:
        from render.engine import Engine
        from render.kernels import load_kernels
    except ImportError as error:
        raise BlenderMissing(
            f"Blender does not load here ({error}); `verichrome doctor` says what is missing."
        ) from error
    if settings.device != "cpu":
        load_kernels(settings)
    return Engine(settings)


def _print_to(log: Path) -> None:
    """Send both standard streams of this process, Blender's C code included, to the end of `log`.

    Blender's session folder, which it leaves behind when it is killed, goes beside it.
    """
    if not log.parent.exists():  # on another host than the driver's
        log.parent.parent.mkdir(mode=0o700, exist_ok=True)
        log.parent.mkdir(mode=0o700, exist_ok=True)
        sweep_beside(log.parent)
    hold_folder(log.parent)  # to the end of the process
    os.environ["TMPDIR"] = str(log.parent)
    sys.stdout.flush()
    sys.stderr.flush()
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.close(descriptor)
    faulthandler.enable(file=2)  # a crash inside Blender leaves the Python line that called it
