"""A wall of cards, each of a material wired in its own way, and one render of all: what of each card is in truth.

Every card is 1 x 1 m, seen straight on, 16 x 16 pixels; `paint` is 0 on its left half and 1 on its right.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import bpy
import numpy as np
import OpenEXR

from render.library.blend.materials import clean_material
from render.library.opaque import MaterialVisibility, material_visibility
from render.library.shading.wiring import Wiring
from render.materials.graph import ALBEDO, SHADING_NORMAL

CELL = 16  # pixels a card
BEHIND = 2.0  # metres from the cards to the wall behind, and from the camera to the cards


class Card(Wiring):
    """The tree of a new material, and what artists put into one."""

    def __init__(self, name: str) -> None:
        self.material = bpy.data.materials.new(name)
        super().__init__(self.material.node_tree)
        self.tree.nodes.clear()
        self.output = self.node("OutputMaterial")

    def shader(self, kind: str, **inputs: Any) -> Any:
        node = self.node(kind)
        for name, value in inputs.items():
            self.put(node.inputs[name], value)
        return node.outputs[0]

    @property
    def clear(self) -> Any:
        return self.shader("BsdfTransparent")

    @property
    def solid(self) -> Any:
        return self.shader("BsdfDiffuse")

    @property
    def paint(self) -> Any:
        across = self.node("SeparateXYZ")
        self.put(across.inputs[0], self.shared("TexCoord", "Generated"))
        return self.math("GREATER_THAN", across.outputs[0], 0.5)

    @property
    def cut(self) -> Any:
        return self.mix_shaders(self.paint, self.clear, self.solid)

    def reroute(self, socket: Any) -> Any:
        node = self.tree.nodes.new("NodeReroute")
        self.tree.links.new(socket, node.inputs[0])
        return node.outputs[0]

    def group(self, tree: Any, **inputs: Any) -> Any:
        node = self.node("Group", node_tree=tree)
        for name, value in inputs.items():
            self.put(node.inputs[name], value)
        return node


def group(name: str, inputs: Mapping[str, str], outputs: Mapping[str, str]) -> tuple[Any, Any, Any]:
    """A new group of shader nodes, with the nodes that its inputs come from and its outputs go to."""
    tree = bpy.data.node_groups.new(name, "ShaderNodeTree")
    for way, sockets in (("INPUT", inputs), ("OUTPUT", outputs)):
        for label, kind in sockets.items():
            tree.interface.new_socket(label, in_out=way, socket_type=f"NodeSocket{kind}")
    return tree, tree.nodes.new("NodeGroupInput"), tree.nodes.new("NodeGroupOutput")


def board(name: str, at: tuple[float, float, float], size: float, material: Any) -> Any:
    """A square upright in the plane y = `at[1]`, its lower left corner there, facing the camera; two faces wide."""
    mesh = bpy.data.meshes.new(name)
    points = [(size * u, 0.0, size * v) for v in (0, 1) for u in (0, 0.5, 1)]
    mesh.from_pydata(points, [], [(0, 1, 4, 3), (1, 2, 5, 4)])
    colors = mesh.color_attributes.new("Color", "FLOAT_COLOR", "CORNER")
    for corner, color in enumerate(colors.data):
        color.color = (1.0, 1.0, 1.0, float(corner >= 4))
    layer = mesh.uv_layers.new()
    for loop in mesh.loops:
        layer.uv[loop.index].vector = points[loop.vertex_index][0] / size, points[loop.vertex_index][2] / size
    mesh.materials.append(material)
    obj = bpy.data.objects.new(name, mesh)
    obj.location = at
    bpy.context.scene.collection.objects.link(obj)
    return obj


def wall_of(
    wirings: Mapping[str, Callable[[Card], Any]],
) -> tuple[int, dict[str, MaterialVisibility], dict[str, Any]]:
    """An empty scene with a card of each, cleaned; cards a row, what cameras meet of each, and the objects."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    across = int(np.ceil(np.sqrt(len(wirings))))
    scene = bpy.context.scene
    camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    camera.data.type, camera.data.ortho_scale = "ORTHO", across
    camera.location, camera.rotation_euler = (across / 2, -BEHIND, across / 2), (np.pi / 2, 0, 0)
    scene.collection.objects.link(camera)
    scene.camera = camera
    scene.render.resolution_x = scene.render.resolution_y = across * CELL
    back = Card("back")
    back.put(back.output.inputs["Surface"], back.solid)
    clean_material(back.material)
    board("back", (-1.0, BEHIND, -1.0), across + 2.0, back.material)
    sights, objects = {}, {}
    for index, (name, wire) in enumerate(wirings.items()):
        card = Card(name)
        shader = wire(card)
        if shader is not None:
            card.put(card.output.inputs["Surface"], shader)
        objects[name] = board(name, (index % across, 0.0, index // across), 1.0, card.material)
        sights[name] = material_visibility(card.material)
        clean_material(card.material)
        if sights[name] == "nothing":
            bpy.data.objects.remove(objects[name])
    return across, sights, objects


def rendered(folder: Path, seed: int) -> dict[str, np.ndarray]:
    """Channels of one sample a pixel centre of the open scene, bottom row first: Depth.Z, and those of materials."""
    scene, layer = bpy.context.scene, bpy.context.view_layer
    scene.render.engine = "CYCLES"
    scene.render.threads_mode, scene.render.threads = "FIXED", 2
    cycles = scene.cycles
    cycles.samples, cycles.seed, cycles.max_bounces, cycles.transparent_max_bounces = 1, seed, 0, 64
    cycles.use_adaptive_sampling = cycles.use_denoising = False
    cycles.pixel_filter_type, cycles.filter_width = "BOX", 0.01
    layer.use_pass_z = layer.use_pass_normal = True
    for name in (SHADING_NORMAL, ALBEDO):
        if name not in layer.aovs:
            layer.aovs.add().name = name
    output = scene.render.image_settings
    output.media_type, output.file_format, output.color_depth = "MULTI_LAYER_IMAGE", "OPEN_EXR_MULTILAYER", "32"
    bpy.ops.render.render()
    path = folder / "render.exr"
    bpy.data.images["Render Result"].save_render(str(path), scene=scene)
    with OpenEXR.File(str(path), separate_channels=True) as file:
        channels = {name: part.channels[name].pixels.copy() for part in file.parts for name in part.channels}
    return {name.removeprefix("ViewLayer."): pixels[::-1] for name, pixels in channels.items()}


def cell(pixels: np.ndarray, index: int, across: int) -> np.ndarray:
    """The pixels of a card, all but those on its border."""
    row, column = index // across * CELL, index % across * CELL
    return pixels[row + 1 : row + CELL - 1, column + 1 : column + CELL - 1]
