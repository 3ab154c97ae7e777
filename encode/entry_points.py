"""Third-party code: found by entry point, loaded on request, run so that its failures become errors."""

from collections.abc import Callable
from functools import cache
from importlib import metadata
from importlib.metadata import EntryPoint
from typing import TypeVar

from encode.errors import EncodeError

__all__ = ["TASK_GROUP", "call_guarded", "entry_points_of"]

#: The entry-point group of tasks: an instance, or a class without arguments, under the task's name.
TASK_GROUP = "verichrome.tasks"

Result = TypeVar("Result")


@cache
def entry_points_of(group: str) -> dict[str, EntryPoint]:
    """Return the entry points of a group by name, in alphabetical order; none is loaded."""
    points = sorted(metadata.entry_points(group=group), key=lambda point: point.name)
    return {point.name: point for point in points}


def call_guarded(call: Callable[[], Result], where: str, expected: str, error_type: type[EncodeError]) -> Result:
    """Return the result of `call`; whatever it raises, SystemExit included, becomes one `error_type`.

    EncodeError and KeyboardInterrupt pass as they are.
    """
    try:
        return call()
    except (EncodeError, KeyboardInterrupt):
        raise
    except BaseException as error:  # exit() in third-party code must not end an audit with code 0
        raise error_type(where, expected, f"{type(error).__name__}: {str(error)[:300]}") from error
