"""An object store that fails on demand: `flaky:///folder` keeps its objects there and its faults in /folder.faults."""

import errno
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem
from fsspec.spec import AbstractFileSystem

#: What a fault may raise, by name.
ERRORS: dict[str, Callable[[], OSError]] = {
    "busy": lambda: OSError(errno.EBUSY, "SlowDown"),
    "full": lambda: OSError(errno.ENOSPC, "No space left on device"),
    "denied": lambda: PermissionError(errno.EACCES, "Access Denied"),
    "timeout": lambda: TimeoutError("the server does not answer"),
}


class FlakyFileSystem(AbstractFileSystem):  # type: ignore[misc]  # fsspec ships no types
    """Every call may fail: a fault is {"call", "name", "error", "times"}, its times counted over all processes."""

    protocol = "flaky"
    root_marker = "/"
    cachable = False

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._disk = LocalFileSystem(auto_mkdir=True)

    def ls(self, path: str, detail: bool = True, **_: Any) -> Any:
        self._maybe_fail("ls", path)
        return self._disk.ls(self._strip_protocol(path), detail=detail)

    def info(self, path: str, **_: Any) -> Any:
        self._maybe_fail("info", path)
        return self._disk.info(self._strip_protocol(path))

    def cat_file(self, path: str, **_: Any) -> bytes:
        self._maybe_fail("cat", path)
        return bytes(self._disk.cat_file(self._strip_protocol(path)))

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **_: Any) -> None:
        self._maybe_fail("put", path)
        self._disk.pipe_file(self._strip_protocol(path), value)

    def put_file(self, lpath: str, rpath: str, **_: Any) -> None:
        self._maybe_fail("put", rpath)
        self._disk.put_file(lpath, self._strip_protocol(rpath))

    def rm_file(self, path: str) -> None:
        self._maybe_fail("remove", path)
        self._disk.rm_file(self._strip_protocol(path))

    def _open(self, path: str, mode: str = "rb", **_: Any) -> Any:
        self._maybe_fail("open", path)
        return self._disk.open(self._strip_protocol(path), mode)

    def _maybe_fail(self, call: str, path: str) -> None:
        for number, fault in enumerate(self._faults(path)):
            if fault["call"] != call or fault["name"] not in path:
                continue
            for turn in range(fault["times"]):
                try:
                    Path(f"{fault['at']}.{number}.{turn}").touch(exist_ok=False)
                except FileExistsError:
                    continue
                raise ERRORS[fault["error"]]()

    def _faults(self, path: str) -> list[dict[str, Any]]:
        at = Path(self._strip_protocol(path))
        for folder in (at, *at.parents):
            fault_list = folder.with_name(f"{folder.name}.faults")
            if folder.name and fault_list.exists():
                return [{**fault, "at": str(fault_list)} for fault in json.loads(fault_list.read_text())]
        return []


def flaky(folder: Path, *faults: dict[str, Any]) -> str:
    """The URL of a store in `folder` that has these faults, and no others from now on."""
    fsspec.register_implementation("flaky", FlakyFileSystem, clobber=True)
    for old in folder.parent.glob(f"{folder.name}.faults*"):
        old.unlink()
    folder.with_name(f"{folder.name}.faults").write_text(json.dumps(faults))
    return f"flaky://{folder}"


def fault(call: str, name: str, error: str, times: int = 1000) -> dict[str, Any]:
    """`call` on a path that holds `name` fails with `error`, so many times."""
    return {"call": call, "name": name, "error": error, "times": times}
