"""Watches a Blender process from outside, since nothing inside it runs while Blender's C code does.

A small process of its own (`python render/watchdog.py`, standard library alone) that ends the worker when it takes more
memory than it may, before it takes the machine down, and when its parent is gone, so that no worker outlives its job.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

__all__ = ["MARK", "resident_bytes", "watch"]

#: Begins the line in the worker's log that says why it was ended.
MARK = "verichrome: "
#: Seconds between looks: Cycles can take a gigabyte a second.
PERIOD = 0.1


def resident_bytes(pid: int | str = "self") -> int:
    """Resident memory of a process. Raises OSError where there is none."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def watch(limit: int) -> None:
    """Watch this process until it ends; a `limit` of 0 bytes means none. The watchdog writes to its stderr."""
    # -I and -S: nothing of the user's environment, and a start of some 20 ms.
    command = [sys.executable, "-I", "-S", __file__, str(os.getpid()), str(limit)]
    subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def _parent(pid: int) -> int:
    """The parent's id. Raises OSError where there is no such process."""
    # The name, in parentheses, may hold anything.
    return int(Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[1])


def _main(pid: int, limit: int) -> None:
    parent = _parent(pid)
    while os.getppid() == pid:
        used = resident_bytes(pid)
        if limit and used > limit:
            _end(pid, f"it took {used / 2**30:.2f} GiB of memory, and scene_memory allows {limit / 2**30:.2f} GiB")
        if _parent(pid) != parent:
            _end(pid, "its job is gone")
        time.sleep(PERIOD)


def _end(pid: int, reason: str) -> None:
    print(f"{MARK}{reason}", file=sys.stderr, flush=True)  # noqa: T201 - the worker's log is where people look
    os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    with contextlib.suppress(OSError):  # the worker ended by itself
        _main(int(sys.argv[1]), int(sys.argv[2]))
