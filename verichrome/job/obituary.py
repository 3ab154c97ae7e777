"""Why a worker is gone, read off Ray's error and off the last lines that the worker printed."""

from render.watchdog import MARK

__all__ = ["CRASH", "cause", "went_with_its_node"]

#: What Python's faulthandler prints first when C code crashes.
CRASH = "Fatal Python error: "


def went_with_its_node(error: BaseException) -> bool:
    """Whether the worker was lost with its machine, for which no scene is to be blamed."""
    from ray.exceptions import ActorDiedError, ActorUnavailableError

    # Ray notices a dead node within seconds, a cut connection at once; by then only the connection is known to be gone.
    if isinstance(error, ActorUnavailableError):
        return True
    return isinstance(error, ActorDiedError) and (error.preempted or "its node has died" in str(error))


def cause(error: BaseException, last_words: str) -> str:
    """One clause that says how the worker ended."""
    if isinstance(error, StopIteration):
        return "the worker stopped before its task was done"
    for line in reversed(last_words.splitlines()):
        for mark in (MARK, CRASH):
            if line.startswith(mark):
                return f"the worker process died: {line.removeprefix(mark)}"
    return f"the worker process died ({_first_line(error)})"


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0] if lines else ''}"
