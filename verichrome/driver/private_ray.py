"""A Ray on this machine that only the user who started it can reach.

By default, Ray listens on every interface, writes its token to a file that others may read, and keeps its sockets
in /tmp/ray, where any user may replace them. Here it listens on loopback, asks for a token of this
session, and keeps its files in a folder that is closed to other users and removed at the end.
"""

import contextlib
import fcntl
import os
import secrets  # noqa: TID251 - a token must not be guessed, and reaches no shard
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

__all__ = ["RayNotPrivate", "check_private", "private_folder", "token_file"]

_PREFIX = "verichrome-ray-"
_TOKEN = "token"
#: Bytes that a temporary folder's path may have: a path of 107 is the longest that a Unix socket can have.
_ROOM = 11


class RayNotPrivate(Exception):
    """Ray can be reached from other machines; the message names the address."""


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder for Ray's files, with the environment that keeps Ray private; both end with the context.

    It is in a folder, with the token, that other users cannot enter (0700): Ray opens its own folder to all users.
    """
    base = Path(tempfile.gettempdir() if len(os.fsencode(tempfile.gettempdir())) <= _ROOM else "/tmp")
    _sweep(base)
    with (
        tempfile.TemporaryDirectory(prefix=_PREFIX, dir=base, ignore_cleanup_errors=True) as name,
        _token_in(Path(name)) as token,
        _environment(
            {
                "RAY_AUTH_MODE": "token",
                "RAY_AUTH_TOKEN": None,  # would override the file, and may be that of a cluster
                "RAY_AUTH_TOKEN_PATH": str(token),
                # As Ray does on macOS and Windows: no cluster, so all that it starts uses the loopback address.
                "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
            }
        ),
        _environment_reread(),
    ):
        yield Path(name) / "ray"


def check_private() -> None:
    """Raise RayNotPrivate unless the Ray just started has a loopback address, to which all its servers bind."""
    import ray

    address = ray.util.get_node_ip_address()  # type: ignore[no-untyped-call]
    if not ip_address(address).is_loopback:
        raise RayNotPrivate(f"it listens on {address}, which other machines may reach, instead of loopback alone")


def token_file() -> Path:
    """The file that Ray reads its token from."""
    return Path(os.environ.get("RAY_AUTH_TOKEN_PATH") or Path.home() / ".ray" / "auth_token")


@contextmanager
def _token_in(folder: Path) -> Iterator[Path]:
    """A file with a new token, locked while its session lasts, so that `_sweep` can recognise dead ones."""
    path = folder / _TOKEN
    fresh = folder / "token.new"
    descriptor = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        os.write(descriptor, secrets.token_hex(32).encode())
        with contextlib.suppress(OSError):  # a file system without locks, which is not swept then
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fresh.rename(path)  # from here on others see it, and it is locked
        yield path
    finally:
        os.close(descriptor)


@contextmanager
def _environment(changes: Mapping[str, str | None]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in changes}
    _set(changes)
    try:
        yield
    finally:
        _set(before)


def _set(values: Mapping[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@contextmanager
def _environment_reread() -> Iterator[None]:
    """Make Ray read the environment again: it keeps what it read at its import or in an earlier session."""
    from ray._private import ray_constants
    from ray._raylet import AuthenticationTokenLoader, Config  # type: ignore[attr-defined]

    before = ray_constants.ENABLE_RAY_CLUSTER
    ray_constants.ENABLE_RAY_CLUSTER = False
    Config.initialize("")
    AuthenticationTokenLoader.instance().reset_cache()
    try:
        yield
    finally:
        ray_constants.ENABLE_RAY_CLUSTER = before
        AuthenticationTokenLoader.instance().reset_cache()


def _sweep(base: Path) -> None:
    """Remove this user's folders of killed sessions: those with a token that no process has locked."""
    for folder in base.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if folder.is_symlink() or folder.stat().st_uid != os.getuid():
                continue
            descriptor = os.open(folder / _TOKEN, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(descriptor)
