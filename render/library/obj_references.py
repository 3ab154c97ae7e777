"""Which files a Wavefront OBJ refers to, by its text, before the importer follows them."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from render.library.allowed_folders import AllowedFolders
from render.library.requests import Unusable

__all__ = ["check_obj", "material_images", "material_libraries"]

LONGEST = 2**16  # bytes of a line that are read; no path is longer
MOST_WORDS = 40  # of a name with spaces in it
IMAGES = ("map_", "bump", "disp", "decal", "refl", "norm")


def check_obj(path: Path, allowed: AllowedFolders) -> None:
    """Raise Unusable where a material library or an image of the file exists and must not be opened."""
    libraries = list(material_libraries(path))
    for library in libraries:
        _check(library, allowed)
        if library.is_file():
            for name in _names(library):
                for image in _paths(library.parent, name):
                    _check(image, allowed)


def _check(path: Path, allowed: AllowedFolders) -> None:
    problem = allowed.problem(path)
    if problem and problem != "is missing":
        raise Unusable(f"{path.name}, which it draws on, {problem}")


def material_libraries(path: Path) -> Iterator[Path]:
    """The files that `mtllib` may name, whether they exist or not; the importer also tries the OBJ's own name."""
    yield path.with_suffix(".mtl")
    for value in _values(path, ("mtllib",)):
        yield from _paths(path.parent, value)
        for name in value.split():
            yield from _paths(path.parent, name)


def material_images(library: Path) -> Iterator[Path]:
    """The images that a material library most likely names: a whole value, or its last word after options."""
    for value in _values(library, IMAGES):
        for name in (value, value.rpartition(" ")[2]):
            yield library.parent / name.replace("\\", "/")


def _names(library: Path) -> Iterator[str]:
    """Everything that an importer could take for the name of an image: options come first, names may hold spaces."""
    for value in _values(library, IMAGES):
        words = value.split()[-MOST_WORDS:]
        yield from (" ".join(words[first:]) for first in range(len(words)))
        yield from (value, Path(value.replace("\\", "/")).name)


def _paths(folder: Path, name: str) -> Iterator[Path]:
    plain = name.strip().strip('"')
    yield folder / plain
    if "\\" in plain:
        yield folder / plain.replace("\\", "/")


def _values(path: Path, keys: tuple[str, ...]) -> Iterator[str]:
    """The values of the keywords, line by line."""
    with path.open("rb") as stream:
        for line in _lines(stream):
            key, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
            if key.lower().startswith(keys) and rest.strip():
                yield rest.strip()


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    while line := stream.readline(LONGEST):
        yield line.replace(b"\t", b" ")
