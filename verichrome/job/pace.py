"""How fast a job goes, by the work of this run alone."""

import time

from verichrome.job.tally import Tally

__all__ = ["Pace"]


class Pace:
    """Measures from the first scene that a worker takes up, since Ray and Blender start once, to `total` scenes."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._start: float | None = None

    def at_work(self) -> None:
        """A worker is at a scene; the first time counts."""
        self._start = self._start or time.monotonic()

    def frames_per_second(self, tally: Tally) -> float:
        """0 before the first frame."""
        return tally.frames_so_far / self._spent if self._spent else 0.0

    def seconds_left(self, tally: Tally) -> float | None:
        """None before the first scene."""
        fresh = tally.done - tally.kept_scenes
        return self._spent / fresh * (self._total - tally.done) if fresh and self._spent else None

    @property
    def _spent(self) -> float:
        return time.monotonic() - self._start if self._start else 0.0
