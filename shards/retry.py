"""Storage errors that are transient: which they are, and how long to wait before each retry."""

import errno
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

__all__ = ["PAUSES", "with_retries"]

T = TypeVar("T")

#: Seconds before each further try: half a minute in all, which bridges a throttled bucket and a server that restarts.
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)

#: Errors of a busy or unreachable server; s3fs gives EBUSY for SlowDown and 503, EIO for an InternalError.
_TRANSIENT = frozenset(
    (
        errno.EAGAIN, errno.EBUSY, errno.EIO, errno.ETIMEDOUT, errno.ESTALE, errno.ECONNRESET, errno.ECONNREFUSED,
        errno.ECONNABORTED, errno.EPIPE, errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN,
    )
)  # fmt: skip
_THROTTLED = 429
#: Parts of the names of transient errors in packages that are not imported here (botocore, aiohttp, azure).
_NAMES = ("Timeout", "Connect", "Disconnect", "IncompleteRead", "ServiceUnavailable")


def with_retries(action: Callable[[], T], pauses: Sequence[float] = PAUSES) -> T:
    """The result of `action`, tried again after each pause while its errors are transient.

    `action` must be safe to run twice. Raises OSError: other errors of object stores' packages are turned
    into one.
    """
    for pause in pauses:
        try:
            return action()
        except Exception as error:
            if not _is_transient(error):
                raise _as_os_error(error) from error
            time.sleep(pause)
    try:
        return action()
    except Exception as error:
        raise _as_os_error(error) from error


def _is_transient(error: Exception) -> bool:
    if isinstance(error, (FileNotFoundError, PermissionError)):
        return False
    status = _status(error)
    if status:
        return status >= 500 or status == _THROTTLED
    if isinstance(error, (TimeoutError, ConnectionError)):
        return True
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in _TRANSIENT
    return any(part in type(error).__name__ for part in _NAMES)


def _status(error: Exception) -> int:
    """The HTTP status that an error carries, by the names that the packages give it; 0 for none."""
    response: Any = getattr(error, "response", None)
    aws_status = response.get("ResponseMetadata", {}).get("HTTPStatusCode") if isinstance(response, dict) else None
    for value in (aws_status, *(getattr(error, name, None) for name in ("status", "status_code", "code"))):
        if isinstance(value, int | str) and str(value).isdigit():
            return int(value)
    return 0


def _as_os_error(error: Exception) -> OSError:
    return error if isinstance(error, OSError) else OSError(f"{type(error).__name__}: {error}")
