"""Save .blend files of Blender 5 as ones that Blender 4.2 reads: `python convert_blend.py FILE...`, by bpy 4.5.

Only 4.5 reads both file formats. Runs in an environment of its own and imports nothing of this project.
"""

import os
import sys

import bpy


def shader_nodes() -> list[bpy.types.Node]:
    """All nodes of all shaders of the open file."""
    owners = [*bpy.data.materials, *bpy.data.worlds, *bpy.data.lights]
    trees = [*bpy.data.node_groups, *(owner.node_tree for owner in owners if owner.node_tree)]
    return [node for tree in trees for node in tree.nodes]


def main(paths: list[str]) -> int:
    """Rewrite the files in place; 1 where one has a node that Blender 4.5 does not know."""
    for path in paths:
        bpy.ops.wm.open_mainfile(filepath=path)
        for node in shader_nodes():
            if node.bl_idname == "NodeUndefined":
                sys.stderr.write(f"{path}: Blender 4.5 does not have the node {node.name}.\n")
                return 1
            if node.bl_idname == "ShaderNodeTexSky":
                node.sky_type = "NISHITA"  # Blender 5's sky is another; both are looked up in a table
        bpy.ops.wm.save_as_mainfile(filepath=path, compress=True)
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # Blender may crash on its way out
