"""A camera with a lens in Blender: a script in Open Shading Language that gives Cycles the ray of each position.

Cycles' own fisheyes are other models, or the inverse of ours by a polynomial of its own; rays must be exact. Custom
cameras: docs.blender.org/manual/en/5.2/render/cycles/osl/camera.html. The script sees the same positions as the
built-in cameras, so the first sample goes through the pixel's centre here, too.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float64

from encode.formulas.lens import Lens
from render.errors import RenderError
from render.scratch import scratch_file

__all__ = ["put_lens"]

SCRIPT = Path(__file__).with_name("lens.osl")
FAR = 1e3  # in the plane at depth 1: where the search ends for a lens that nothing limits


def put_lens(data: Any, lens: Lens, k: Float64[np.ndarray, "3 3"]) -> None:
    """Have a Blender camera (`data`) shoot through the lens with the intrinsics K."""
    data.type, data.custom_mode = "CUSTOM", "INTERNAL"
    data.shift_x = data.shift_y = 0.0  # K has the principal point; Blender would move positions once more
    data.custom_bytecode = _bytecode()
    data.custom_bytecode_hash = hashlib.md5(data.custom_bytecode.encode(), usedforsecurity=False).hexdigest()
    for name, value in _parameters(lens, k).items():
        data.cycles_custom[name] = value
    data.update_tag()


def _parameters(lens: Lens, k: Float64[np.ndarray, "3 3"]) -> dict[str, Any]:
    return {
        "fx": float(k[0, 0]),
        "fy": float(k[1, 1]),
        "cx": float(k[0, 2]),
        "cy": float(k[1, 2]),
        "fisheye": int(lens.model == "fisheye"),
        **{f"r{order}": factor for order, factor in enumerate((*lens.radial, 0.0)[:4], 1)},
        **dict(zip(("p1", "p2"), lens.tangential, strict=True)),
        "last": min(lens.last, FAR),
    }


@cache
def _bytecode() -> str:
    """The script compiled; Blender's own way to do so leaves a file behind each time."""
    import _cycles  # part of Blender's add-on, found only after bpy is imported

    with scratch_file(".oso") as path:
        if not _cycles.osl_compile(str(SCRIPT), str(path)):
            raise RenderError(f"Blender could not compile the camera script {SCRIPT.name}")
        return path.read_text()
