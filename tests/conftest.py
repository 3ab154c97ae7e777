"""While the tests run, the arrays of every call are checked against the shapes and dtypes that the annotations name.

It holds for what this process imports from here on, so not in the command line's own processes.
`JAXTYPING_DISABLE=1 pytest` leaves it out.
"""

import inspect
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, TypeVar, get_args

import pytest
from beartype import beartype
from jaxtyping import AbstractArray, config, install_import_hook

F = TypeVar("F", bound=Callable[..., Any])

ROOT = Path(__file__).parents[1]

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


#: Blender calls methods of `render.library`, and counts their parameters. The others are called so often that checking
#: them takes a third of the time in which a scene is sampled.
UNCHECKED = {
    "render.library",
    "scenes.blob",
    "scenes.catalog",
    "scenes.craft",
    "scenes.draw",
    "scenes.framing",
    "scenes.measure",
    "scenes.mesh",
    "scenes.model",
    "scenes.nature",
    "scenes.part_boxes",
    "scenes.people",
    "scenes.quaternions",
    "scenes.tessellation",
}
CHECKED = [
    name
    for package in ("scenes", "render", "encode", "shards", "verichrome")
    for name in (f"{package}.{module.name}" for module in iter_modules([str(ROOT / package)]))
    if name not in UNCHECKED
]

install_import_hook(CHECKED, "tests.conftest.arrays_checked")


@pytest.fixture(autouse=True)
def _wrong_arrays(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests marked `wrong_arrays` violate annotations, to see the program's own error."""
    before = config.jaxtyping_disable
    if request.node.get_closest_marker("wrong_arrays"):
        config.update("jaxtyping_disable", True)
    yield
    config.update("jaxtyping_disable", before)
