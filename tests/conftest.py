"""While the tests run, the arrays of every call are checked against the shapes and dtypes that the annotations name.

It holds for what this process imports from here on, so not in the command line's own processes.
`JAXTYPING_DISABLE=1 pytest` leaves it out.
"""

import inspect
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar, get_args

import pytest
from beartype import beartype
from hypothesis import HealthCheck, settings
from jaxtyping import AbstractArray, config, install_import_hook

F = TypeVar("F", bound=Callable[..., Any])

ROOT = Path(__file__).parents[1]
PACKAGES = ("scenes", "render", "encode", "shards", "verichrome")

# A test that judges speed fails on a busy machine.
settings.register_profile("busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy machine")

if sys.dont_write_bytecode:
    # The tests start some hundred processes: Ray's workers, Blender, command lines. Without bytecode each would spend
    # seconds compiling the same sources. It is kept apart from the sources, which were to stay clean.
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(ROOT / ".pytest_cache" / "bytecode")


def arrays_checked(function: F) -> F:
    """The function with its array annotations checked at each call; mypy checks the others, without running."""
    hints = getattr(function, "__annotations__", {})
    function.__annotations__ = {name: hint for name, hint in hints.items() if _names_arrays(hint)}
    return beartype(function)


def _names_arrays(hint: object) -> bool:
    if inspect.isclass(hint) and issubclass(hint, AbstractArray):
        return True
    return any(_names_arrays(argument) for argument in get_args(hint))


#: Blender calls methods of `render.library`, and counts their parameters. The measures of where a camera sees what are
#: called so often that checking them takes a tenth of the time in which a scene is sampled.
UNCHECKED = ("render/library/", "scenes/framing.py")


def checked_modules() -> list[str]:
    """The modules that annotate arrays: the hook would slow down every call of the others, and check nothing."""
    paths = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    names = ((path.relative_to(ROOT).as_posix(), path) for path in sorted(paths))
    return [
        name.removesuffix(".py").replace("/", ".")
        for name, path in names
        if not name.startswith(UNCHECKED) and re.search(r"^from jaxtyping", path.read_text("utf-8"), re.MULTILINE)
    ]


install_import_hook(checked_modules(), "tests.conftest.arrays_checked")


@pytest.fixture(autouse=True)
def _wrong_arrays(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests marked `wrong_arrays` violate annotations, to see the program's own error."""
    before = config.jaxtyping_disable
    if request.node.get_closest_marker("wrong_arrays"):
        config.update("jaxtyping_disable", True)
    yield
    config.update("jaxtyping_disable", before)
