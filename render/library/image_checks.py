"""The images of an open .blend that must not be decoded: too large, malformed, films, or outside the user's folders."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bpy

from render.library.allowed_folders import AllowedFolders
from render.library.blend.images import placeholder_image
from render.library.block_paths import absolute_path
from render.library.image_headers import MOST_PIXELS, image_problem

__all__ = ["replace_images"]


def replace_images(allowed: AllowedFolders) -> list[str]:
    """Put a plain image in the place of each that must not be decoded; clauses that say which and why."""
    notes = []
    for image in list(bpy.data.images):
        if image.users and (problem := _problem(image, allowed)):
            name = Path(image.filepath).name or image.name
            notes.append(f"texture {name} {problem}")
            placeholder = placeholder_image(image)
            image.user_remap(placeholder)
            image.filepath_raw = ""
            if image.users:  # linked data keep their images
                image.source, image.generated_color = "GENERATED", placeholder.generated_color
                image.generated_width = image.generated_height = 4
    return notes


def _problem(image: Any, allowed: AllowedFolders) -> str:
    """Why the image must not be decoded, a predicate; "" where it may be."""
    if image.source == "GENERATED":
        pixels = image.generated_width * image.generated_height
        return f"has more than {MOST_PIXELS:,} pixels" if pixels > MOST_PIXELS else ""
    if image.source in ("MOVIE", "SEQUENCE"):
        return "is a film"
    if image.packed_files:
        problems = (image_problem(entry.packed_file.data) for entry in image.packed_files if entry.packed_file)
    else:
        problems = (_file_problem(path, allowed) for path in _files(image))
    return next((problem for problem in problems if problem), "")


def _files(image: Any) -> Iterator[Path]:
    """The file of an image, or those of its tiles."""
    tiled = image.source == "TILED"
    for number in [tile.number for tile in image.tiles] if tiled else [1001]:
        column, row = (number - 1001) % 10, (number - 1001) // 10
        path = image.filepath.replace("<UDIM>", str(number)).replace("<UVTILE>", f"u{column + 1}_v{row + 1}")
        yield absolute_path(path, image)


def _file_problem(path: Path, allowed: AllowedFolders) -> str:
    """The problem of an image file; a missing one is reported where images are packed."""
    if problem := allowed.open_problem(path):
        return problem
    return "" if allowed.problem(path) else image_problem(path)
