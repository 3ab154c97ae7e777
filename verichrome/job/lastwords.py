"""The end of a dead worker's log, wherever the worker ran."""

from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path

from shards import printable
from verichrome.job.obituary import CRASH

__all__ = ["read_there", "take_last_words"]

#: Lines that are told and kept: the last before the end, and as many of a crash's traceback, which begins innermost.
TAIL = 12
#: Characters of a line: what Blender prints may hold whatever a file holds, and a line may have no end.
WIDTH = 500
#: Seconds that another host is given to send a log.
PATIENCE = 20.0


def take_last_words(log: Path) -> str:
    """The last lines of a file, which is removed: its worker is dead. Empty where there is none."""
    try:
        with log.open(encoding="utf-8", errors="replace") as lines:
            words = _last(printable(line.rstrip(), WIDTH) for line in iter(lambda: lines.readline(WIDTH), ""))
        log.unlink()
    except OSError:
        return ""
    return "\n".join(words)


def read_there(log: Path, host: str) -> str:
    """`take_last_words` on another host of the cluster; empty where that is gone."""
    import ray
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    for node in ray.nodes():  # type: ignore[no-untyped-call]
        if node["Alive"] and node["NodeManagerHostname"] == host:
            there = NodeAffinitySchedulingStrategy(node["NodeID"], soft=False)
            task = ray.remote(take_last_words).options(num_cpus=0, max_retries=0, scheduling_strategy=there)
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
