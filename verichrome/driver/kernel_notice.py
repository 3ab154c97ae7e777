"""Tells that a machine's workers load kernels, since nothing else is heard of them while they are compiled."""

from collections.abc import Callable

__all__ = ["KernelNotice"]


class KernelNotice:
    """Says so once for each machine, where workers have GPUs."""

    def __init__(self, gpus: float, say: Callable[[str], None]) -> None:
        """gpus: of each worker."""
        self._gpus = gpus
        self._say = say
        self._hosts: set[str] = set()

    def started(self, host: str) -> None:
        """A worker has started on `host`."""
        if self._gpus and host not in self._hosts:
            self._hosts.add(host)
            self._say(
                f"Workers on {host} load Cycles' kernels for its GPU, one after the other; where they have to be "
                "compiled for it, the first takes minutes."
            )
