"""What a command costs with all the processes that it starts."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["ProcessCost", "measure"]

PERIOD = 0.1  # seconds between looks: what a process uses after the last one is not counted
TICKS, PAGE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class ProcessCost:
    """Seconds from start to exit, seconds of CPUs, and the most resident memory of all processes together, bytes.

    started: `time.monotonic()` at the start, seconds. Pages that processes share count in each.
    """

    started: float
    wall: float
    cpu: float
    memory: int


@dataclass(slots=True)
class _ProcessTree:
    """The processes of a command, some of which outlive their parents."""

    root: int
    ticks: dict[tuple[int, int], int] = field(default_factory=dict)  # by process and the time of its start
    memory: int = 0

    def look(self) -> None:
        """Note what all processes have used until now."""
        found = dict(_processes())
        known = {process for process, _ in self.ticks} | {self.root}
        new = known
        while new:
            new = {process for process, (parent, *_) in found.items() if parent in new and process not in known}
            known |= new
        mine = [(process, found[process]) for process in known if process in found]
        for process, (_, born, used, _) in mine:
            self.ticks[process, born] = used
        self.memory = max(self.memory, sum(pages for _, (_, _, _, pages) in mine) * PAGE)


def _processes() -> Iterator[tuple[int, tuple[int, int, int, int]]]:
    """Each process: its parent, the time of its start, ticks of CPUs and resident pages."""
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with suppress(OSError, IndexError):  # it has ended
                # The name, in parentheses, may hold anything.
                text = Path("/proc", entry, "stat").read_text(encoding="ascii", errors="replace")
                values = text.rpartition(")")[2].split()
                yield int(entry), (int(values[1]), int(values[19]), int(values[11]) + int(values[12]), int(values[21]))


def measure(command: list[str], environment: Mapping[str, str], log: Path, cores: set[int]) -> ProcessCost:
    """Run a command on these cores, its output in `log`; raises CalledProcessError where it fails."""
    started = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=lambda: os.sched_setaffinity(0, cores),
        )
        tree = _ProcessTree(process.pid)
        ended = threading.Event()

        def watch() -> None:
            while not ended.wait(PERIOD):
                tree.look()

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.monotonic() - started
        except BaseException:
            process.kill()
            raise
        finally:
            ended.set()
            watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    # The first counts processes that nobody waits for, the second what was used between two looks.
    cpu = max(sum(tree.ticks.values()) / TICKS, usage.ru_utime + usage.ru_stime)
    return ProcessCost(started, wall, cpu, tree.memory)
