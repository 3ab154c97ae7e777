"""Materials made fit for exact truth: cut-outs become binary, and see-through surfaces glass.

A half-transparent surface lets a ray through by chance, so that depth and ids would be random.
"""

from typing import Any, Literal

import bpy

from render.library.shading.channels import ShadingChannels
from render.library.shading.factors import Factors
from render.library.shading.flatten import TooManyNodes, flatten, prune, upstream
from render.library.shading.holes import Hole, Holes
from render.library.shading.object_info import keep_index
from render.library.shading.surface import SurfaceRebuilder
from render.library.shading.wiring import Wiring, source_of
from render.materials.graph import ALBEDO, SHADING_NORMAL

__all__ = ["MaterialVisibility", "make_opaque", "material_visibility"]

#: What cameras meet of a material: its surface; nothing, though other rays meet it; nothing at all.
MaterialVisibility = Literal["surface", "unseen", "nothing"]


def make_opaque(material: Any) -> None:
    """Change the material's node tree in place: flat, its surface certain, with channels for normal and base colour.

    Raises TooManyNodes where that is too large.
    """
    output = flatten(material)
    if output is None:
        return
    try:
        _decide(material.node_tree, output)
    except RecursionError:
        raise TooManyNodes from None


def _decide(tree: Any, output: Any) -> None:
    wiring = Wiring(tree)
    _split_alphas(tree, wiring)
    keep_index(tree)
    _bypass_bevels(tree, wiring)
    if not output.inputs["Surface"].is_linked:  # Cycles shows black
        black = wiring.node("BsdfDiffuse")
        black.inputs["Color"].default_value = (0.0, 0.0, 0.0, 1.0)
        wiring.put(output.inputs["Surface"], black.outputs[0])
    shader = source_of(output.inputs["Surface"])
    surface = SurfaceRebuilder(wiring, Factors(camera=True))
    look = ShadingChannels(surface)
    for node in upstream([output]):  # sources first, so that long chains need no deep recursion
        for socket in node.inputs:
            surface.factors.of(socket)
        for socket in node.outputs:
            if socket.type == "SHADER":
                surface.decided(socket)
                look.read(socket)
    opaque_shader = surface.decided(shader)
    _write_channels(surface, look, shader)
    if opaque_shader is None:
        tree.links.remove(output.inputs["Surface"].links[0])
    elif opaque_shader != shader:
        tree.links.new(opaque_shader, output.inputs["Surface"])
    prune(tree)


def _bypass_bevels(tree: Any, wiring: Wiring) -> None:
    """Link what follows Bevel nodes to their input: their normals come from rays cast at random."""
    for node in [node for node in tree.nodes if node.bl_idname == "ShaderNodeBevel"]:
        before = node.inputs["Normal"]
        source = source_of(before) if before.is_linked else wiring.shared("NewGeometry", "Normal")
        for link in list(node.outputs["Normal"].links):
            tree.links.new(source, link.to_socket)


def material_visibility(material: Any) -> MaterialVisibility:
    """What cameras meet of a material, which is not changed; one with too many nodes is a surface."""
    copy = material.copy()
    try:
        output = flatten(copy)
        if output is None:
            return "surface"
        if not output.inputs["Surface"].is_linked:
            return "nothing" if output.inputs["Volume"].is_linked else "surface"
        _split_alphas(copy.node_tree, Wiring(copy.node_tree))
        camera, others = (_hole(output, Factors(camera=which)) for which in (True, False))
    except TooManyNodes:
        return "surface"
    finally:
        bpy.data.materials.remove(copy)
    if camera != 1.0:
        return "surface"
    return "nothing" if others == 1.0 else "unseen"


def _hole(output: Any, factors: Factors) -> Hole:
    holes = Holes(factors)
    for node in upstream([output]):
        for socket in node.inputs:
            if socket.type == "SHADER":
                holes.at(socket)
            else:
                factors.of(socket)
    return holes.at(output.inputs["Surface"])


def _split_alphas(tree: Any, wiring: Wiring) -> None:
    """A linked alpha becomes a mix with transparency; a constant one becomes the transmission of glass."""
    for node in [node for node in tree.nodes if node.bl_idname == "ShaderNodeBsdfPrincipled"]:
        alpha = node.inputs["Alpha"]
        if alpha.is_linked:
            mixed = wiring.mix_shaders(source_of(alpha), wiring.node("BsdfTransparent").outputs[0], None)
            for link in list(node.outputs[0].links):
                tree.links.new(mixed, link.to_socket)
            tree.links.new(node.outputs[0], mixed.node.inputs[2])
            tree.links.remove(alpha.links[0])
        elif 0 < alpha.default_value < 1:
            glass = node.inputs["Transmission Weight"]
            if not glass.is_linked:
                glass.default_value = max(glass.default_value, 1 - alpha.default_value)
        alpha.default_value = 1.0  # 0 would be invisible; exporters write it by mistake


def _write_channels(surface: SurfaceRebuilder, look: ShadingChannels, shader: Any) -> None:
    """Write normal and base colour to their channels: zero in holes, so that only what lies behind counts."""
    wiring = surface.wiring
    hole = surface.holes.of(shader)
    if hole == 1.0:
        return
    normal, color = look.normal(shader), look.color(shader)
    if hole != 0.0:
        seen = wiring.math("SUBTRACT", 1.0, surface.number(hole))
        normal = wiring.scaled(normal, seen)
        color = wiring.scaled(color[:3] if isinstance(color, tuple) else color, seen) if color is not None else None
    wiring.channel(SHADING_NORMAL, normal)
    if color is not None:
        wiring.channel(ALBEDO, color)
