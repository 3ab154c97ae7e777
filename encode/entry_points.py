"""Runs code of other distributions: whatever it raises, SystemExit included, is one error of ours."""

from collections.abc import Callable
from typing import TypeVar

from encode.errors import EncodeError

__all__ = ["call_guarded"]

T = TypeVar("T")


def call_guarded(call: Callable[[], T], where: str, expected: str, kind: type[EncodeError]) -> T:
    """The result of `call`; raises an error of this `kind`, or the EncodeError that `call` raised itself."""
    try:
        return call()
    except (EncodeError, KeyboardInterrupt):
        raise
    except BaseException as error:  # exit() in someone's code must not end an audit with code 0
        raise kind(where, expected, f"{type(error).__name__}: {str(error)[:300]}") from error
