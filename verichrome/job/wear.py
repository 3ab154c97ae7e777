"""When a worker has done its part: Blender's memory grows with its scenes, and a fresh process has it all back."""

import math
from dataclasses import dataclass, field

from render.watchdog import resident_bytes

__all__ = ["Wear"]


@dataclass(slots=True)
class Wear:
    """What a worker process may do, `scenes` and `memory` bytes, and has done. It is the process's own.

    The worker itself must know: its driver hears of a scene when the next is well begun.
    """

    scenes: float = math.inf
    memory: float = math.inf
    _rendered: int = field(default=0, init=False)

    def after_scene(self) -> bool:
        """Count a scene that was rendered here; whether it is to be the last."""
        self._rendered += 1
        return self._rendered >= self.scenes or resident_bytes() > self.memory
