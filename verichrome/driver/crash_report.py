"""Why a worker's process ended: read from Ray's error and from the last lines of the worker's log."""

from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path

from render.watchdog import MARK
from shards import printable

__all__ = ["CRASH", "cause", "lost_with_node", "read_log_tail", "read_remote_log_tail"]

#: What Python's faulthandler prints first when C code crashes.
CRASH = "Fatal Python error: "


def lost_with_node(error: BaseException) -> bool:
    """Whether the worker was lost with its machine, for which no scene is to be blamed."""
    from ray.exceptions import ActorDiedError, ActorUnavailableError

    # Ray notices a dead node within seconds, a cut connection at once; by then only the connection is known to be gone.
    if isinstance(error, ActorUnavailableError):
        return True
    return isinstance(error, ActorDiedError) and (error.preempted or "its node has died" in str(error))


def cause(error: BaseException, log_tail: str) -> str:
    """One clause that says how the worker ended."""
    if isinstance(error, StopIteration):
        return "the worker stopped before its task was done"
    for line in reversed(log_tail.splitlines()):
        for mark in (MARK, CRASH):
            if line.startswith(mark):
                return f"the worker process died: {line.removeprefix(mark)}"
    return f"the worker process died ({_first_line(error)})"


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0] if lines else ''}"


#: Lines that are told and kept: the last before the end, and as many of a crash's traceback, which begins innermost.
TAIL = 12
#: Characters of a line: what Blender prints may hold whatever a file holds, and a line may have no end.
WIDTH = 500
#: Seconds that another host is given to send a log.
PATIENCE = 20.0


def read_log_tail(log: Path) -> str:
    """The last lines of a file, which is removed: its worker is dead. Empty where there is none."""
    try:
        with log.open(encoding="utf-8", errors="replace") as lines:
            words = _last(printable(line.rstrip(), WIDTH) for line in iter(lambda: lines.readline(WIDTH), ""))
        log.unlink()
    except OSError:
        return ""
    return "\n".join(words)


def read_remote_log_tail(log: Path, host: str) -> str:
    """`read_log_tail` on another host of the cluster; empty where that is gone."""
    import ray
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    for node in ray.nodes():  # type: ignore[no-untyped-call]
        if node["Alive"] and node["NodeManagerHostname"] == host:
            there = NodeAffinitySchedulingStrategy(node["NodeID"], soft=False)
            task = ray.remote(read_log_tail).options(num_cpus=0, max_retries=0, scheduling_strategy=there)
            with suppress(ray.exceptions.RayError):
                return str(ray.get(task.remote(log), timeout=PATIENCE))
    return ""


def _last(lines: Iterable[str]) -> list[str]:
    before, lines = deque[str](maxlen=TAIL), iter(lines)
    for line in lines:
        if line.startswith(CRASH):
            return [*before, line, *islice((more for more in lines if more), TAIL)]
        if line:
            before.append(line)
    return list(before)
