"""Wall time by stage."""

from collections.abc import Mapping

__all__ = ["Seconds"]


class Seconds(dict[str, float]):
    """Seconds by stage, which add up."""

    def add(self, more: Mapping[str, float]) -> None:
        """Add each stage of `more`."""
        for stage, seconds in more.items():
            self[stage] = self.get(stage, 0.0) + seconds
