"""Prepares the user's files, in a process of its own that a bad file may take down: `python -m render.library.prepare`.

Reads a JSON list of orders from the file that its argument names, and prints a marked line for each.
"""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

import bpy

from render.library.blend.prepare import prepare_blend
from render.library.images import prepare_probe, prepare_surface
from render.library.mesh import prepare_mesh
from render.library.order import MARK, READY, Order, Prepared, Unusable

__all__: list[str] = []

PREPARE = {"mesh": prepare_mesh, "probe": prepare_probe, "surface": prepare_surface, "blend": prepare_blend}


def main(path: str) -> None:
    _say(READY)
    for entry in json.loads(Path(path).read_text(encoding="utf-8")):
        _say(json.dumps(asdict(_prepare(Order(**entry)))))
    os._exit(0)  # Blender may crash or hang on its way out


def _say(text: str) -> None:
    sys.stdout.write(f"\n{MARK}{text}\n")
    sys.stdout.flush()


def _prepare(order: Order) -> Prepared:
    """Into a file aside, which takes its name when it is whole."""
    target = Path(order.target)
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f"{target.name}.{os.getpid()}")
    bpy.ops.wm.read_factory_settings(use_empty=True)
    try:
        answer = PREPARE[order.kind](order, aside)
    except Unusable as problem:
        return Prepared(problem=str(problem))
    except Exception as error:  # importers written in Python raise whatever a malformed file makes them
        return Prepared(problem=f"Blender cannot read it ({type(error).__name__}: {str(error)[:120]})")
    aside.replace(target)
    return answer


if __name__ == "__main__":
    main(sys.argv[1])
