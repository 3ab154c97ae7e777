"""Why a worker's process ended: read from Ray's error, its exit code and the last lines of its log."""

import signal
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path

from render.watchdog import MARK
from shards import printable

__all__ = ["crash_cause", "exit_cause", "lost_with_node", "read_log_tail", "read_remote_log_tail"]

#: What Python's faulthandler prints first when C code crashes.
CRASH_MARK = "Fatal Python error: "
#: Lines that are kept: so many before the end, and so many of a crash's traceback, which begins innermost.
TAIL_LINES = 12
#: Most characters of a line: Blender may print the contents of untrusted files, and very long lines.
LINE_LENGTH = 500
#: Seconds to wait for another host to send a log.
REMOTE_TIMEOUT = 20.0


def lost_with_node(error: BaseException) -> bool:
    """Whether the worker was lost with its machine, so that no scene caused it; `error` is Ray's."""
    from ray.exceptions import ActorDiedError, ActorUnavailableError

    # Ray notices a dead node within seconds, a cut connection at once; by then only the connection is known to be lost.
    if isinstance(error, ActorUnavailableError):
        return True
    return isinstance(error, ActorDiedError) and (error.preempted or "its node has died" in str(error))


def crash_cause(error: BaseException, log_tail: str) -> str:
    """How a worker ended, in a clause; `error` is Ray's."""
    if isinstance(error, StopIteration):
        return "the worker stopped before its task was done"
    return _logged_cause(log_tail) or f"the worker process died ({_first_line(error)})"


def exit_cause(code: int, log_tail: str) -> str:
    """How a process with this exit code ended, in a clause; a code below zero is the number of a signal."""
    name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return _logged_cause(log_tail) or f"the worker process died ({name})"


def read_log_tail(log: Path) -> str:
    """The last lines of a dead worker's log, which is then removed; empty where there is no log."""
    try:
        with log.open(encoding="utf-8", errors="replace") as lines:
            parts = iter(lambda: lines.readline(LINE_LENGTH), "")
            tail = _tail(printable(part.rstrip(), LINE_LENGTH) for part in parts)
        log.unlink()
    except OSError:
        return ""
    return "\n".join(tail)


def read_remote_log_tail(log: Path, host: str) -> str:
    """`read_log_tail` on another host of the Ray cluster; empty where that host is lost."""
    import ray
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    for node in ray.nodes():  # type: ignore[no-untyped-call]
        if node["Alive"] and node["NodeManagerHostname"] == host:
            there = NodeAffinitySchedulingStrategy(node["NodeID"], soft=False)
            task = ray.remote(read_log_tail).options(num_cpus=0, max_retries=0, scheduling_strategy=there)
            with suppress(ray.exceptions.RayError):
                return str(ray.get(task.remote(log), timeout=REMOTE_TIMEOUT))
    return ""


def _logged_cause(log_tail: str) -> str:
    """What the watchdog or Python's faulthandler wrote to the log; empty if neither did."""
    for line in reversed(log_tail.splitlines()):
        for mark in (MARK, CRASH_MARK):
            if line.startswith(mark):
                return f"the worker process died: {line.removeprefix(mark)}"
    return ""


def _tail(lines: Iterable[str]) -> list[str]:
    before, lines = deque[str](maxlen=TAIL_LINES), iter(lines)
    for line in lines:
        if line.startswith(CRASH_MARK):
            return [*before, line, *islice((more for more in lines if more), TAIL_LINES)]
        if line:
            before.append(line)
    return list(before)


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0] if lines else ''}"
