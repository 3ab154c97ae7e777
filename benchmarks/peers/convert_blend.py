"""Save .blend files of Blender 5 as ones that Blender 4.2 reads: `python convert_blend.py FILE...`, by bpy 4.5.

Only 4.5 reads both file formats. Runs in an environment of its own and imports nothing of this project.
"""

import os
import sys

import bpy

#: Blender 4.2 has other models of the sky.
UNKNOWN = {"ShaderNodeTexSky"}


def node_trees() -> list[bpy.types.NodeTree]:
    """All shader trees of the open file."""
    owners = [*bpy.data.materials, *bpy.data.worlds, *bpy.data.lights]
    return [*bpy.data.node_groups, *(owner.node_tree for owner in owners if owner.node_tree)]


def main(paths: list[str]) -> int:
    """Rewrite the files in place; 1 where one has what Blender 4.2 does not know."""
    for path in paths:
        bpy.ops.wm.open_mainfile(filepath=path)
        used = {node.bl_idname for tree in node_trees() for node in tree.nodes}
        strange = sorted(used & UNKNOWN | {name for name in used if name == "NodeUndefined"})
        if strange:
            sys.stderr.write(f"{path}: Blender 4.2 does not have {', '.join(strange)} of Blender 5.\n")
            return 1
        bpy.ops.wm.save_as_mainfile(filepath=path, compress=True)
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # Blender may crash on its way out
