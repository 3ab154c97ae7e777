"""Runs a process whose data may make it hang, crash, or print without end, and reads its answers, a line each."""

import contextlib
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["ChildOutput", "run_child"]

TAIL = 16_384  # bytes of its output that are kept
BLOCK = 65_536
LONGEST = 2**30  # bytes of all its answers: those for a setting have some megabytes
GRACE = 10.0  # seconds in which it must end, after the last answer


@dataclass(frozen=True)
class ChildOutput:
    """What a process answered, how it ended, and the end of what it printed.

    code: an exit code, or a signal's number below zero; None where the process took too long and was ended.
    """

    answers: tuple[str, ...]
    code: int | None
    printed: str


def run_child(command: list[str], environment: Mapping[str, str], seconds_an_answer: float) -> ChildOutput:
    """Run the command, whose last argument will be the descriptor for its answers; end it and all that it started.

    seconds_an_answer: how long it may take for each answer.
    """
    source, target = os.pipe()
    process = subprocess.Popen(
        [*command, str(target)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=dict(environment),
        pass_fds=(target,),
        start_new_session=True,  # so that all of it can be ended together
    )
    os.close(target)
    assert process.stdout is not None
    printed = process.stdout.fileno()
    content = {source: bytearray(), printed: bytearray()}
    timed_out = False
    try:
        timed_out = not _read_all(content, source, printed, seconds_an_answer)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0 if timed_out else GRACE)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        code = process.wait()
        os.close(source)
        process.stdout.close()
    complete, _, _ = content[source].rpartition(b"\n")
    lines = tuple(complete.decode("utf-8", "replace").splitlines())
    return ChildOutput(lines, None if timed_out else code, content[printed].decode("utf-8", "replace"))


def _read_all(content: dict[int, bytearray], source: int, printed: int, seconds_an_answer: float) -> bool:
    """Read both until both are closed; whether that was in time."""
    deadline = time.monotonic() + seconds_an_answer
    with selectors.DefaultSelector() as selector:
        for descriptor in content:
            selector.register(descriptor, selectors.EVENT_READ)
        while selector.get_map():
            ready = selector.select(max(0.0, deadline - time.monotonic()))
            if not ready and time.monotonic() >= deadline:
                return False
            for key, _ in ready:
                block = os.read(key.fd, BLOCK)
                content[key.fd] += block
                if not block:
                    selector.unregister(key.fd)
                elif key.fd == printed:
                    del content[printed][:-TAIL]
                elif b"\n" in block:
                    deadline = time.monotonic() + seconds_an_answer
            if len(content[source]) > LONGEST:
                return False
            if time.monotonic() >= deadline:  # it prints, and does not answer
                return False
    return True
