"""Where a foreign material lets rays through, in many node wirings: exact, and not random."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

bpy: Any = pytest.importorskip("bpy")

from render.library.blend.emission import is_sky, shines  # noqa: E402
from render.library.blend.materials import clean_light, clean_world  # noqa: E402
from render.library.shading.object_info import INDEX, random_of  # noqa: E402
from tests.library.cards import BEHIND, CELL, Card, cell, group, rendered, wall_of  # noqa: E402

pytestmark = pytest.mark.render

Wire = Callable[[Card], Any]


def even(c: Card, share: Any) -> Any:
    return c.mix_shaders(share, c.clear, c.shader("BsdfAnisotropic"))


def alpha(c: Card, value: Any) -> Any:
    return c.shader("BsdfPrincipled", Alpha=value)


def ray(c: Card, name: str) -> Any:
    return c.shared("LightPath", name)


def maths_reroute_group(c: Card) -> Any:
    tree, source, sink = group("alpha", {"Alpha": "Float"}, {"Shader": "Shader"})
    shader = tree.nodes.new("ShaderNodeBsdfPrincipled")
    tree.links.new(source.outputs[0], shader.inputs["Alpha"])
    tree.links.new(shader.outputs[0], sink.inputs[0])
    return c.group(tree, Alpha=c.reroute(c.math("MULTIPLY_ADD", c.paint, 0.5, 0.2))).outputs[0]


def ramp(c: Card, interpolation: str) -> Any:
    node = c.node("ValToRGB")
    node.color_ramp.interpolation = interpolation
    node.color_ramp.elements[0].position, node.color_ramp.elements[1].position = 0.3, 0.7
    c.put(node.inputs[0], c.paint)
    return node.outputs[0]


def cutting_group(name: str) -> tuple[Any, Any]:
    """A group that cuts its input shader by a factor; and its mix node."""
    tree, source, sink = group(name, {"Factor": "Float", "Shader": "Shader"}, {"Shader": "Shader"})
    mix = tree.nodes.new("ShaderNodeMixShader")
    tree.links.new(source.outputs["Factor"], mix.inputs[0])
    tree.links.new(source.outputs["Shader"], mix.inputs[2])
    tree.links.new(tree.nodes.new("ShaderNodeBsdfTransparent").outputs[0], mix.inputs[1])
    tree.links.new(mix.outputs[0], sink.inputs[0])
    return tree, mix


def grouped(c: Card, *, mute: str = "") -> Any:
    tree, mix = cutting_group(f"cut {mute}")
    if mute == "inside":
        mix.mute = True
    node = c.group(tree, Factor=c.paint, Shader=c.solid)
    node.mute = mute == "group"
    return node.outputs["Shader"]


def outside_constant(c: Card, value: float) -> Any:
    tree, source, sink = group("constant", {"Alpha": "Float"}, {"Shader": "Shader"})
    shader = tree.nodes.new("ShaderNodeBsdfPrincipled")
    tree.links.new(source.outputs[0], shader.inputs["Alpha"])
    tree.links.new(shader.outputs[0], sink.inputs[0])
    return c.group(tree, Alpha=value).outputs[0]


def image_alpha(c: Card) -> Any:
    image = bpy.data.images.new("leaf", 2, 1, alpha=True)
    image.pixels = (1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0)
    image.pack()
    node = c.node("TexImage", interpolation="Closest", image=image)
    return alpha(c, node.outputs["Alpha"])


def vertex_alpha(c: Card) -> Any:
    return alpha(c, c.node("VertexColor", layer_name="Color").outputs["Alpha"])


def facing(c: Card) -> Any:
    return c.vector("DOT_PRODUCT", c.shared("NewGeometry", "Incoming"), c.shared("NewGeometry", "Normal"))


def repeated(c: Card) -> Any:
    """0.3 doubled once on the right half."""
    start, end = c.tree.nodes.new("GeometryNodeRepeatInput"), c.tree.nodes.new("GeometryNodeRepeatOutput")
    start.pair_with_output(end)
    end.repeat_items.new("FLOAT", "Value")
    start.inputs["Iterations"].default_value = 2
    c.put(start.inputs["Value"], c.math("MULTIPLY", c.paint, 0.2))
    c.put(end.inputs["Value"], c.math("MULTIPLY", start.outputs["Value"], 2.0))
    return alpha(c, end.outputs["Value"])


def for_cycles(c: Card) -> Any:
    other = c.node("OutputMaterial", target="CYCLES")
    c.put(other.inputs["Surface"], c.clear)
    return c.solid


def circular(c: Card) -> Any:
    first = c.math("ADD", 0.2, 0.0)
    c.put(first.node.inputs[0], c.math("ADD", first, 0.0))
    return alpha(c, first)


def endless_groups(c: Card) -> Any:
    """Two groups in each of ten, and a hundred nodes in the innermost."""
    inner, _, sink = group("innermost", {}, {"Shader": "Shader"})
    inner.links.new(inner.nodes.new("ShaderNodeBsdfTransparent").outputs[0], sink.inputs[0])
    for _ in range(100):
        inner.nodes.new("ShaderNodeMath")
    for level in range(10):
        tree, _, sink = group(f"level {level}", {}, {"Shader": "Shader"})
        mix = tree.nodes.new("ShaderNodeAddShader")
        for socket in mix.inputs:
            node = tree.nodes.new("ShaderNodeGroup")
            node.node_tree = inner
            tree.links.new(node.outputs[0], socket)
        tree.links.new(mix.outputs[0], sink.inputs[0])
        inner = tree
    return c.group(inner).outputs[0]


def endless_zone(c: Card) -> Any:
    shader = repeated(c)
    zone = next(node for node in c.tree.nodes if node.bl_idname == "GeometryNodeRepeatInput")
    zone.inputs["Iterations"].default_value = 1_000_000
    return shader


def muted_link(c: Card) -> Any:
    shader = alpha(c, c.paint)
    shader.node.inputs["Alpha"].links[0].is_muted = True
    return shader


def mixed_float(c: Card) -> Any:
    node = c.node("Mix", data_type="FLOAT")
    for index, value in ((0, c.paint), (2, 0.0), (3, 0.9)):
        c.put(node.inputs[index], value)
    return alpha(c, node.outputs[0])


def inverted(c: Card) -> Any:
    return c.mix_shaders(c.shader("Invert", Color=c.paint), c.solid, c.clear)


#: What the left and the right half are: H a hole, S a surface, panes among them.
WIRINGS: dict[str, tuple[str, Wire]] = {
    "mix": ("HS", lambda c: c.cut),
    "reroutes": ("HS", lambda c: c.reroute(c.mix_shaders(c.reroute(c.paint), c.reroute(c.clear), c.solid))),
    "inverted": ("HS", inverted),
    "clear mixes": ("HS", lambda c: c.mix_shaders(c.paint, c.mix_shaders(0.5, c.clear, c.clear), c.solid)),
    "pane beside a hole": ("HS", lambda c: c.mix_shaders(c.paint, c.clear, even(c, 0.1))),
    "even mix of cuts": ("HS", lambda c: c.mix_shaders(0.5, c.cut, c.cut)),
    "gloss over a cut": ("SS", lambda c: c.mix_shaders(0.3, c.cut, c.solid)),
    "cut by Fresnel": ("HS", lambda c: c.mix_shaders(c.shader("Fresnel"), c.cut, c.cut)),
    "chosen by a constant": ("HS", lambda c: c.mix_shaders(1.0, c.solid, c.cut)),
    "maths, reroute, group": ("HS", maths_reroute_group),
    "ramp with steps": ("HS", lambda c: alpha(c, ramp(c, "CONSTANT"))),
    "ramp": ("HS", lambda c: alpha(c, ramp(c, "EASE"))),
    "vertex colour": ("HS", vertex_alpha),
    "image": ("HS", image_alpha),
    "mixed float": ("HS", mixed_float),
    "repeat zone": ("HS", repeated),
    "group": ("HS", grouped),
    "muted group": ("SS", lambda c: grouped(c, mute="group")),
    "muted inside": ("HH", lambda c: grouped(c, mute="inside")),
    "muted link": ("SS", muted_link),
    "constant from outside": ("SS", lambda c: outside_constant(c, 0.3)),
    "nought from outside": ("SS", lambda c: outside_constant(c, 0.0)),
    "added light": ("SS", lambda c: c.add_shaders(c.clear, c.shader("Emission"))),
    "nothing added": ("HH", lambda c: c.add_shaders(c.clear, None)),
    "no light added": ("HH", lambda c: c.add_shaders(c.clear, c.shader("Emission", Strength=0.0))),
    "sum of cuts": ("HS", lambda c: c.add_shaders(c.cut, c.cut)),
    "half empty mix": ("SH", lambda c: c.mix_shaders(c.paint, None, c.clear)),
    "cut light": ("HS", lambda c: c.mix_shaders(c.paint, c.clear, c.shader("Emission"))),
    "cut translucent": ("HS", lambda c: c.mix_shaders(c.paint, c.clear, c.shader("BsdfTranslucent"))),
    "cut hair": ("HS", lambda c: c.mix_shaders(c.paint, c.clear, c.shader("BsdfHairPrincipled"))),
    "holdout": ("HH", lambda c: c.shader("Holdout")),
    "cut by holdout": ("HS", lambda c: c.mix_shaders(c.paint, c.shader("Holdout"), c.solid)),
    "even holdout": ("SS", lambda c: c.mix_shaders(0.5, c.shader("Holdout"), c.solid)),
    "portal": ("SS", lambda c: c.shader("BsdfRayPortal")),
    "thin tint": ("HH", lambda c: c.shader("BsdfTransparent", Color=(0.9, 0.6, 0.6, 1))),
    "deep tint": ("SS", lambda c: c.shader("BsdfTransparent", Color=(0.9, 0.1, 0.1, 1))),
    "painted tint": ("SH", lambda c: c.shader("BsdfTransparent", Color=c.paint)),
    "Fresnel": ("SS", lambda c: even(c, c.math("MULTIPLY", c.shader("Fresnel"), 0.8))),
    "facing": ("SS", lambda c: even(c, c.math("POWER", facing(c), 3.0))),
    "painted Fresnel": ("HH", lambda c: even(c, c.math("MULTIPLY", c.shader("Fresnel"), c.paint))),
    "backs": ("SS", lambda c: c.mix_shaders(c.shared("NewGeometry", "Backfacing"), c.solid, c.clear)),
    "fronts": ("HH", lambda c: c.mix_shaders(c.shared("NewGeometry", "Backfacing"), c.clear, c.solid)),
    "hidden from cameras": ("HH", lambda c: c.mix_shaders(ray(c, "Is Camera Ray"), c.solid, c.clear)),
    "clear to shadows": ("SS", lambda c: c.mix_shaders(ray(c, "Is Shadow Ray"), c.solid, c.clear)),
    "rays by maths": (
        "HH",
        lambda c: c.mix_shaders(c.math("SUBTRACT", 1.0, ray(c, "Is Camera Ray")), c.clear, c.solid),
    ),
    "alpha by rays": ("HH", lambda c: alpha(c, ray(c, "Is Glossy Ray"))),
    "rays and paint": ("HS", lambda c: alpha(c, c.math("MULTIPLY", c.paint, ray(c, "Is Camera Ray")))),
    "even to cameras": ("SS", lambda c: even(c, c.math("MULTIPLY", 0.5, ray(c, "Is Camera Ray")))),
    "object alpha 0": ("HH", lambda c: alpha(c, c.shared("ObjectInfo", "Alpha"))),
    "object alpha 0.4": ("SS", lambda c: alpha(c, c.shared("ObjectInfo", "Alpha"))),
    "object index 1": (
        "HH",
        lambda c: c.mix_shaders(c.shared("ObjectInfo", "Object Index"), c.solid, c.clear),
    ),
    "object index": ("SS", lambda c: c.mix_shaders(c.shared("ObjectInfo", "Object Index"), c.solid, c.clear)),
    "colour for a shader": ("SS", lambda c: c.paint),
    "an output for Cycles": ("HH", for_cycles),
    "a circle": ("SS", circular),
    "no end of groups": ("SS", endless_groups),
    "no end of rounds": ("SS", endless_zone),
    "nothing": ("SS", lambda c: None),
}


def drawn(depth: np.ndarray, number: int, across: int) -> str:
    """H or S for each half of a card, ? where it is neither all over."""
    pixels = cell(depth, number, across)
    halves = pixels[:, : pixels.shape[1] // 2], pixels[:, pixels.shape[1] // 2 :]
    kinds = [{round(float(value), 3) for value in np.unique(half)} for half in halves]
    return "".join("S" if kind == {BEHIND} else "H" if kind == {2 * BEHIND} else "?" for kind in kinds)


def test_every_wiring_is_cut_as_it_renders(tmp_path: Path) -> None:
    across, sights, objects = wall_of({name: wire for name, (_, wire) in WIRINGS.items()})
    objects["object alpha 0"].color = (1, 1, 1, 0)
    objects["object alpha 0.4"].color = (1, 1, 1, 0.4)
    objects["object index"].pass_index = 1  # an id of this project, where the file had 0
    objects["object index 1"][INDEX] = 1
    first, second = rendered(tmp_path, 0), rendered(tmp_path, 1)
    results = {name: drawn(first["Depth.Z"], number, across) for number, name in enumerate(WIRINGS)}
    assert results == {name: expected for name, (expected, _) in WIRINGS.items()}
    for channel in ("Depth.Z", *(f"{name}.{axis}" for name in ("shading_normal", "albedo") for axis in "RGB")):
        assert np.array_equal(first[channel], second[channel]), f"{channel} is a matter of chance"
    length = np.sqrt(sum(first[f"shading_normal.{axis}"] ** 2 for axis in "RGB"))
    assert np.allclose(length, 1, atol=1e-5), "one hit alone tells its normal"
    assert {name for name, sight in sights.items() if sight == "unseen"} >= {"hidden from cameras", "rays by maths"}
    assert {name for name, sight in sights.items() if sight == "nothing"} == {
        "muted inside", "nothing added", "no light added", "holdout", "thin tint", "an output for Cycles",
    }  # fmt: skip


def test_random_numbers_of_objects_are_those_of_cycles(tmp_path: Path) -> None:
    _, _, objects = wall_of({"card": lambda c: c.solid})
    probe = Card("probe")
    probe.put(probe.output.inputs["Surface"], probe.solid)
    probe.channel("albedo", probe.shared("ObjectInfo", "Random"))
    obj = objects["card"]
    obj.data.materials[0], obj.name = probe.material, "Stühle.003"
    alone = rendered(tmp_path, 0)["albedo.R"][CELL // 2, CELL // 2]
    instances = bpy.context.evaluated_depsgraph_get().object_instances
    instance_values = {instance.object.name: random_of(instance) for instance in instances}
    assert instance_values[obj.name] == pytest.approx(alone, abs=1e-6)


def test_node_trees_of_worlds_and_lamps_are_flattened_too() -> None:
    tree, _, sink = group("sky", {}, {"Shader": "Shader"})
    background, sky = tree.nodes.new("ShaderNodeBackground"), tree.nodes.new("ShaderNodeTexSky")
    tree.links.new(sky.outputs[0], background.inputs["Color"])
    tree.links.new(background.outputs[0], sink.inputs[0])
    world, lamp = bpy.data.worlds.new("world"), bpy.data.lights.new("lamp", "POINT")
    for owner, clean in ((world, clean_world), (lamp, clean_light)):
        nodes, links = owner.node_tree.nodes, owner.node_tree.links
        output = next(node for node in nodes if node.bl_idname.startswith("ShaderNodeOutput"))
        inner = nodes.new("ShaderNodeGroup")
        inner.node_tree = tree
        links.new(inner.outputs[0], output.inputs["Surface"])
        if owner is world:
            links.new(nodes.new("ShaderNodeVolumeScatter").outputs[0], output.inputs["Volume"])
        clean(owner)
        kinds = {node.bl_idname for node in nodes}
        assert {"ShaderNodeBackground", "ShaderNodeTexSky"} < kinds
        assert not kinds & {"ShaderNodeGroup", "ShaderNodeVolumeScatter", "ShaderNodeEmission"}
    assert is_sky(world)
    assert shines(world)


def tree_of(rng: np.random.Generator, depth: int) -> Any:
    """A random wiring: nested tuples of a kind, a factor, and what is joined."""
    if depth == 0 or rng.random() < 0.2:
        return str(rng.choice(["clear", "solid"]))
    sides = (tree_of(rng, depth - 1), tree_of(rng, depth - 1))
    if rng.random() < 0.25:
        return ("add", None, *sides)
    return ("mix", (0.0, 0.4, 1.0, "Fresnel", "paint", "other paint")[rng.integers(6)], *sides)


def wired(c: Card, tree: Any) -> Any:
    if isinstance(tree, str):
        return c.clear if tree == "clear" else c.solid
    kind, factor, *sides = tree
    a, b = (wired(c, side) for side in sides)
    if kind == "add":
        return c.add_shaders(a, b)
    fields = {"Fresnel": lambda: c.shader("Fresnel"), "paint": lambda: c.paint}
    fields["other paint"] = lambda: c.math("SUBTRACT", 0.8, c.math("MULTIPLY", c.paint, 0.6))
    return c.mix_shaders(fields[factor]() if isinstance(factor, str) else factor, a, b)


def is_hole(tree: Any, paint: float) -> bool:
    """The rule, by itself: painted mixes choose, even ones and sums are holes where both sides are."""
    if isinstance(tree, str):
        return tree == "clear"
    _, factor, *sides = tree
    a, b = (is_hole(side, paint) for side in sides)
    chosen = {"paint": paint, "other paint": 0.8 - 0.6 * paint, 0.0: 0.0, 1.0: 1.0}.get(factor)
    return (a and b) if chosen is None else b if chosen > 0.5 else a


def test_random_wirings_follow_the_rule(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    trees = {f"tree {number}": tree_of(rng, 4) for number in range(100)}
    across, _, _ = wall_of({name: partial(wired, tree=tree) for name, tree in trees.items()})
    first, second = rendered(tmp_path, 0), rendered(tmp_path, 1)
    assert np.array_equal(first["Depth.Z"], second["Depth.Z"])
    for number, tree in enumerate(trees.values()):
        expected = "".join("H" if is_hole(tree, paint) else "S" for paint in (0.0, 1.0))
        assert drawn(first["Depth.Z"], number, across) == expected, tree
