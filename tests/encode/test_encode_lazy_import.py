"""Decoders may be called from threads that are the first to need SciPy; packages import their names at first use."""

import subprocess
import sys
from importlib import import_module

import pytest

import encode
from encode.registry import built_in_task_names

THREADS = """
import sys, threading
from encode.lazy_import import import_lazily

names = ["scipy.ndimage", "scipy.spatial", "scipy.optimize", "scipy.ndimage", "scipy.optimize", "scipy.spatial"]
start, failures = threading.Barrier(len(names)), []

def first(name):
    start.wait()
    try:
        import_lazily(name)
    except Exception as error:
        failures.append(repr(error))

threads = [threading.Thread(target=first, args=(name,)) for name in names]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
sys.exit("; ".join(failures) or 0)
"""


def test_threads_may_import_scipy_at_once() -> None:
    for _ in range(3):  # without the lock about every other run fails
        done = subprocess.run([sys.executable, "-c", THREADS], capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stderr


COMMAND_LINE = pytest.mark.skipif(sys.version_info < (3, 13), reason="the command line runs on Blender's Python alone")


@pytest.mark.parametrize(
    "package",
    [
        "encode",
        "scenes",
        "shards",
        pytest.param("verichrome", marks=COMMAND_LINE),
        pytest.param("verichrome.library", marks=COMMAND_LINE),
    ],
)
def test_every_name_of_a_package_is_imported_at_first_use(package: str) -> None:
    module = import_module(package)
    assert set(module.__all__) - {"__version__"} <= set(dir(module))
    for name in module.__all__:
        assert getattr(module, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'encode' has no attribute 'dekode'"):
        encode.dekode  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(ImportError, match="cannot import name 'dekode' from 'encode'"):
        exec("from encode import dekode")


def test_tasks_have_the_names_by_which_they_are_found() -> None:
    for name in built_in_task_names():
        assert encode.get_task(name).name == name
