"""Which files an asset may use: regular ones inside the folders that the user gave, symbolic links followed."""

import stat
from collections.abc import Iterable
from pathlib import Path

__all__ = ["AllowedFolders"]


class AllowedFolders:
    """The folders that the user gave. They may be symbolic links themselves; what lies in them may not lead outside."""

    def __init__(self, folders: Iterable[str | Path]) -> None:
        self._folders = [Path(folder).resolve() for folder in folders]

    def contains(self, path: str | Path) -> bool:
        """Whether the path leads to anything inside, whether it exists or not."""
        try:
            real = Path(path).resolve()
        except (OSError, ValueError, RuntimeError):  # too long, with a NUL, a loop of links
            return False
        return any(real.is_relative_to(folder) for folder in self._folders)

    def problem(self, path: str | Path) -> str:
        """Why the file must not be opened, as a predicate (`is missing`); "" where it may be. Opens nothing."""
        try:
            kind = Path(path).stat().st_mode
        except (OSError, ValueError):  # absent, not permitted, too long, with a NUL, a loop of links
            return "is missing"
        if not self.contains(path):
            return f"lies outside {self}"
        return "" if stat.S_ISREG(kind) else "is not a regular file"

    def open_problem(self, path: Path) -> str:
        """The same for what Blender opens only where it exists: "" also for what is missing, or a folder."""
        problem = self.problem(path)
        return "" if problem == "is missing" or path.is_dir() else problem

    def __str__(self) -> str:
        return " and ".join(str(folder) for folder in self._folders)
