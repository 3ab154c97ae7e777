"""Clouds painted on the sky: noise on a flat layer overhead, lit from above, closing toward the horizon."""

from typing import Any

from scenes.scene import Sky

__all__ = ["add_clouds"]


def add_clouds(tree: Any, sky: Any, spec: Sky) -> Any:
    """The colour socket of `sky` behind clouds."""
    direction = tree.nodes.new("ShaderNodeTexCoord").outputs["Generated"]
    split = tree.nodes.new("ShaderNodeSeparateXYZ")
    tree.links.new(direction, split.inputs[0])
    up = _math(tree, "ADD", _math(tree, "MAXIMUM", split.outputs[2], 0.0), 0.11)
    layer = tree.nodes.new("ShaderNodeCombineXYZ")
    for k in (0, 1):
        tree.links.new(_math(tree, "DIVIDE", split.outputs[k], up), layer.inputs[k])
    layer.inputs[2].default_value = 7.3 * spec.cloud_seed
    cover = _noise(tree, layer.outputs[0], 0.75, 9.0, 0.58)
    shade = _noise(tree, layer.outputs[0], 1.7, 5.0, 0.6)
    edge = 0.80 - 0.62 * spec.clouds
    mask = _range(tree, cover, edge, edge + 0.15, 0.0, 0.97)
    # Thick middles are gray below, thin edges let the light through.
    dark = _math(
        tree,
        "MULTIPLY",
        _range(tree, cover, edge + 0.05, edge + 0.4, 1.15, 0.62),
        _range(tree, shade, 0.3, 0.7, 0.8, 1.15),
    )
    light = tree.nodes.new("ShaderNodeVectorMath")
    light.operation = "SCALE"
    light.inputs[0].default_value = spec.cloud_light
    tree.links.new(dark, light.inputs["Scale"])
    mixed = tree.nodes.new("ShaderNodeMix")
    mixed.data_type = "RGBA"
    tree.links.new(mask, mixed.inputs[0])
    tree.links.new(sky, mixed.inputs[6])
    tree.links.new(light.outputs[0], mixed.inputs[7])
    return mixed.outputs[2]


def _noise(tree: Any, location: Any, scale: float, detail: float, roughness: float) -> Any:
    node = tree.nodes.new("ShaderNodeTexNoise")
    tree.links.new(location, node.inputs["Vector"])
    node.inputs["Scale"].default_value = scale
    node.inputs["Detail"].default_value = detail
    node.inputs["Roughness"].default_value = roughness
    return node.outputs[0]


def _range(tree: Any, value: Any, low: float, high: float, to_low: float, to_high: float) -> Any:
    node = tree.nodes.new("ShaderNodeMapRange")
    node.interpolation_type = "SMOOTHSTEP"
    tree.links.new(value, node.inputs[0])
    for k, number in enumerate((low, high, to_low, to_high), 1):
        node.inputs[k].default_value = number
    return node.outputs[0]


def _math(tree: Any, operation: str, a: Any, b: float | Any) -> Any:
    node = tree.nodes.new("ShaderNodeMath")
    node.operation = operation
    for socket, value in zip(node.inputs, (a, b), strict=False):
        if isinstance(value, float):
            socket.default_value = value
        else:
            tree.links.new(value, socket)
    return node.outputs[0]
