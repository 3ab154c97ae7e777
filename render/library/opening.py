"""Opens a .blend that may be anybody's: nothing of it is evaluated before what it must not do has been taken out."""

from typing import Any

import bpy
from bpy.app.handlers import persistent

from render.library.allowed_folders import AllowedFolders
from render.library.expansion import check_expansion
from render.library.requests import Unusable
from render.library.sanitizing import RemovedContent, isolate

__all__ = ["open_blend"]


def open_blend(path: str, inside: AllowedFolders) -> RemovedContent:
    """Open the file and say what was taken out of it; raises Unusable."""
    found: list[RemovedContent] = []
    problems: list[Exception] = []

    @persistent  # type: ignore[untyped-decorator]  # reading a file takes all other handlers off
    def read(*_: Any) -> None:
        """Blender calls this when the file is read, and evaluates it afterwards."""
        try:
            found.append(isolate(inside))
            check_expansion()
        except Exception as error:  # Blender would print it and go on
            problems.append(error)
            bpy.data.batch_remove(list(bpy.data.objects))

    bpy.app.handlers.load_post.append(read)
    try:
        _open(path)
    finally:
        bpy.app.handlers.load_post.remove(read)
    for problem in problems:
        raise problem
    if not found:
        raise Unusable("Blender cannot read it")
    return found[0]


def _open(path: str) -> None:
    preferences = bpy.context.preferences.filepaths
    preferences.use_scripts_auto_execute = False
    try:
        bpy.ops.wm.open_mainfile(filepath=path, load_ui=False, use_scripts=False)
    except RuntimeError as error:
        said = str(error).splitlines()[0].removeprefix("Error: ").strip()
        raise Unusable(f"Blender cannot read it ({said[:200]})") from error
