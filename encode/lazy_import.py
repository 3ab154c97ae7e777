"""Imports at first use: a module of SciPy takes about as long as the rest of `encode`."""

from collections.abc import Callable
from importlib import import_module
from threading import RLock
from typing import Any

__all__ = ["import_lazily", "lazy_names"]

# Threads that import parts of SciPy at the same time can find it half initialised (KeyError: 'scipy').
_ONE_AT_A_TIME = RLock()


def import_lazily(name: str) -> Any:
    """Return the module of this name, imported at first use; safe to call from several threads."""
    with _ONE_AT_A_TIME:
        return import_module(name)


def lazy_names(package: str, path: str) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return `__getattr__` and `__dir__` of a package whose names are imported at first use.

    The names are those that its source, at `path`, imports under `if TYPE_CHECKING:`, so that each is written once.
    """
    modules: dict[str, str] = {}

    def get(name: str) -> Any:
        if not modules:
            modules.update(_type_checking_imports(path))
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(modules[name]), name)
        setattr(import_module(package), name, value)
        return value

    def names() -> list[str]:
        return sorted({*vars(import_module(package)), *_type_checking_imports(path)})

    return get, names


def _type_checking_imports(path: str) -> dict[str, str]:
    """The module of each name that is imported for type checkers alone."""
    import ast  # lazy: a command that takes no name of the package should not wait for it
    from pathlib import Path

    return {
        name.name: statement.module
        for block in ast.parse(Path(path).read_bytes()).body
        if isinstance(block, ast.If) and isinstance(block.test, ast.Name) and block.test.id == "TYPE_CHECKING"
        for statement in block.body
        if isinstance(statement, ast.ImportFrom) and statement.module is not None
        for name in statement.names
    }
