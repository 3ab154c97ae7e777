"""Runs a process whose data may make it hang, crash, or print without end, and hears its answers, a line each."""

import contextlib
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["ChildOutput", "hear"]

TAIL = 16_384  # bytes that are kept of what it prints
BLOCK = 65_536
LONGEST = 2**30  # bytes of all its answers: those for a place have some megabytes
GRACE = 10.0  # seconds to end in, after the last answer


@dataclass(frozen=True)
class ChildOutput:
    """The answers of a process, how it ended (a signal's number, negative, or an exit code; None where it took too
    long), and the end of what it printed."""

    answers: tuple[str, ...]
    code: int | None
    printed: str


def hear(command: list[str], around: Mapping[str, str], patience: float) -> ChildOutput:
    """Run the command, whose last argument will be the descriptor for its answers; end it and all that it started.

    patience: seconds that it may take for each answer.
    """
    source, target = os.pipe()
    process = subprocess.Popen(
        [*command, str(target)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=dict(around),
        pass_fds=(target,),
        start_new_session=True,  # so that all of it can be ended together
    )
    os.close(target)
    assert process.stdout is not None
    printed = process.stdout.fileno()
    content = {source: bytearray(), printed: bytearray()}
    late = False
    try:
        late = not _listen(content, source, printed, patience)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0 if late else GRACE)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        code = process.wait()
        os.close(source)
        process.stdout.close()
    whole, _, _ = content[source].rpartition(b"\n")
    lines = tuple(whole.decode("utf-8", "replace").splitlines())
    return ChildOutput(lines, None if late else code, content[printed].decode("utf-8", "replace"))


def _listen(content: dict[int, bytearray], source: int, printed: int, patience: float) -> bool:
    """Read both until both are closed; whether that came to an end in time."""
    deadline = time.monotonic() + patience
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
                    deadline = time.monotonic() + patience
            if len(content[source]) > LONGEST:
                return False
            if time.monotonic() >= deadline:  # it prints, and does not answer
                return False
    return True
