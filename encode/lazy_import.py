"""Imports at first use: a module of SciPy takes about as long as the rest of `encode`."""

from importlib import import_module
from threading import RLock
from typing import Any

__all__ = ["import_lazily"]

# Threads that import parts of SciPy at the same time can find it half initialised (KeyError: 'scipy').
_ONE_AT_A_TIME = RLock()


def import_lazily(name: str) -> Any:
    """Return the module of this name, imported at first use; safe to call from several threads."""
    with _ONE_AT_A_TIME:
        return import_module(name)
