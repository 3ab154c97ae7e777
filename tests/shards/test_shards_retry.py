"""Which storage errors are waited out, and for how long."""

import errno

import pytest

from shards.retry import PAUSES, with_retries


class EndpointConnectionError(Exception):
    """As botocore's own errors, which are not OSErrors."""


class HttpError(Exception):
    """As gcsfs raises it."""

    def __init__(self, code: int) -> None:
        super().__init__(f"HTTP {code}")
        self.code = code


class ClientError(Exception):
    """As botocore raises it."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.response = {"ResponseMetadata": {"HTTPStatusCode": status}}


class NoCredentialsError(Exception):
    """As botocore raises it."""


class Broken:
    """Raises `error` so many times, then gives 7."""

    def __init__(self, error: Exception, times: int) -> None:
        self.error = error
        self.left = times
        self.calls = 0

    def __call__(self) -> int:
        self.calls += 1
        if self.left:
            self.left -= 1
            raise self.error
        return 7


@pytest.mark.parametrize(
    "error",
    [
        TimeoutError(),
        ConnectionResetError(errno.ECONNRESET, "reset"),
        OSError(errno.EBUSY, "SlowDown"),
        OSError(errno.ESTALE, "Stale file handle"),
        EndpointConnectionError(),
        HttpError(503),
        HttpError(429),
        ClientError(500),
    ],
    ids=repr,
)
def test_transient_errors_are_retried(error: Exception) -> None:
    action = Broken(error, 3)
    assert with_retries(action, (0, 0, 0)) == 7
    assert action.calls == 4


@pytest.mark.parametrize(
    "error",
    [
        FileNotFoundError(),
        PermissionError(errno.EACCES, "denied"),
        OSError(errno.ENOSPC, "full"),
        OSError(errno.EROFS, "read-only"),
        HttpError(404),
        ClientError(403),
        NoCredentialsError("none"),
    ],
    ids=repr,
)
def test_permanent_errors_are_raised_at_once_as_os_errors(error: Exception) -> None:
    action = Broken(error, 1)
    with pytest.raises(OSError, match=str(error).replace("[", r"\[") or None) as raised:
        with_retries(action, (0, 0, 0))
    assert action.calls == 1
    assert raised.value is error or type(error).__name__ in str(raised.value)


def test_retries_end_with_the_error() -> None:
    action = Broken(HttpError(503), 99)
    with pytest.raises(OSError, match="HttpError: HTTP 503"):
        with_retries(action, (0, 0))
    assert action.calls == 3


def test_retries_wait_half_a_minute_in_all() -> None:
    assert 20 < sum(PAUSES) < 60
