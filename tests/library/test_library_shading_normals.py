"""The channel of shading normals: those of the geometry, bump and normal maps included, for every shader."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

bpy: Any = pytest.importorskip("bpy")

from render.library.opaque import make_opaque  # noqa: E402
from tests.library.cards import CELL, Card, cell, rendered, wall_of  # noqa: E402

pytestmark = pytest.mark.render

Wire = Callable[[Card], Any]
RADIUS = 0.49
#: Shaders without a surface: light and rays go through, or there is none.
NO_SURFACE = ("Transparent", "Holdout", "RayPortal", "Volume", "AddShader", "MixShader")


def closures() -> list[str]:
    """Every shader node of Blender that makes a surface of its own, by its name without the prefix."""
    tree = bpy.data.materials.new("all").node_tree
    normals = []
    for name in dir(bpy.types):
        if not name.startswith("ShaderNode") or name in ("ShaderNode", "ShaderNodeTree", "ShaderNodeCustomGroup"):
            continue
        node = tree.nodes.new(name)
        short = name.removeprefix("ShaderNode")
        if any(socket.type == "SHADER" for socket in node.outputs) and not any(word in short for word in NO_SURFACE):
            normals.append(short)
    return normals


def wirings() -> dict[str, Wire]:
    """Every shader, in every one of its models, plain."""
    wires: dict[str, Wire] = {}
    for kind in closures():
        node = Card("probe").node(kind)
        for choice in ("model", "distribution", "component", "subsurface_method", "falloff", "parametrization"):
            options = node.bl_rna.properties[choice].enum_items.keys() if choice in node.bl_rna.properties else ()
            for option in options:
                wires[f"{kind} {option}"] = partial(_node_output, kind, {choice: option})
        wires[kind] = partial(_shader, kind)
    return wires


def _node_output(kind: str, properties: dict[str, Any], card: Card) -> Any:
    return card.node(kind, **properties).outputs[0]


def _shader(kind: str, card: Card) -> Any:
    return card.shader(kind)


def vectors(channels: dict[str, np.ndarray], name: str = "shading_normal") -> np.ndarray:
    return np.stack([channels[f"{name}.{axis}"] for axis in "RGB"], axis=-1).astype(np.float64)


def ball(obj: Any) -> None:
    """A smooth sphere in place of a card."""
    mesh = bpy.data.meshes.new("ball")
    rings, segments = 96, 192
    lifts, turns = np.linspace(-np.pi / 2, np.pi / 2, rings + 1), np.linspace(0, 2 * np.pi, segments, endpoint=False)
    lift, turn = (grid.ravel() for grid in np.meshgrid(lifts, turns, indexing="ij"))
    points = RADIUS * np.stack([np.cos(lift) * np.cos(turn), np.cos(lift) * np.sin(turn), np.sin(lift)], axis=1)
    near = np.arange(segments)
    faces = [
        (r * segments + a, r * segments + b, (r + 1) * segments + b, (r + 1) * segments + a)
        for r in range(rings)
        for a, b in zip(near.tolist(), np.roll(near, -1).tolist(), strict=True)
    ]
    mesh.from_pydata((points + np.array((0.5, 0.0, 0.5))).tolist(), [], faces)
    mesh.polygons.foreach_set("use_smooth", [True] * len(mesh.polygons))
    mesh.normals_split_custom_set_from_vertices((points / RADIUS).tolist())
    mesh.materials.append(obj.data.materials[0])
    obj.data = mesh


def test_every_shader_of_blender_has_the_same_normals(tmp_path: Path) -> None:
    wires = wirings()
    across, _, objects = wall_of(wires)
    for obj in objects.values():
        ball(obj)
    channels = rendered(tmp_path, 0)
    vectors_seen = vectors(channels)
    step = (np.arange(CELL) + 0.5) / CELL - 0.5
    x, z = np.meshgrid(step, step)
    y = -np.sqrt(np.maximum(RADIUS**2 - x**2 - z**2, 0))
    expected, inside = cell(np.stack([x, y, z], axis=-1) / RADIUS, 0, 1), cell(np.hypot(x, z), 0, 1) < 0.9 * RADIUS
    for index, name in enumerate(wires):
        cosine = np.sum(cell(vectors_seen, index, across) * expected, axis=-1)[inside]
        assert np.degrees(np.arccos(np.clip(cosine, -1, 1))).max() < 1, name


def tilted(c: Card, degrees: float) -> Any:
    """The card's normal, turned about the vertical."""
    angle = np.radians(degrees)
    return c.vector("ADD", (float(np.sin(angle)), -float(np.cos(angle)), 0.0), (0.0, 0.0, 0.0))


def bumped(c: Card, height: Any) -> Any:
    node = c.node("Bump")
    for name, value in (("Strength", 1.0), ("Distance", 1.0), ("Height", height)):
        c.put(node.inputs[name], value)
    return node.outputs[0]


def displaced(c: Card) -> Any:
    node = c.node("Displacement")
    for name, value in (("Height", c.math("MULTIPLY", across(c), 1.0)), ("Scale", 1.0)):
        c.put(node.inputs[name], value)
    c.put(c.output.inputs["Displacement"], node.outputs[0])
    return c.shader("BsdfPrincipled")


def across(c: Card) -> Any:
    """Metres from the card's left."""
    node = c.node("SeparateXYZ")
    c.put(node.inputs[0], c.shared("TexCoord", "Object"))
    return node.outputs[0]


def slope(c: Card) -> Any:
    return c.shader("BsdfDiffuse", Normal=bumped(c, across(c)))


#: Degrees by which the normal of the left and of the right half is turned to +x, None for a hole.
TURNS: dict[str, tuple[tuple[float | None, float | None], Wire]] = {
    "plain": ((0, 0), lambda c: c.solid),
    "linked": ((20, 20), lambda c: c.shader("BsdfDiffuse", Normal=tilted(c, 20))),
    "not of length 1": ((20, 20), lambda c: c.shader("BsdfGlass", Normal=c.scaled(tilted(c, 20), 0.01))),
    "no length": ((0, 0), lambda c: c.shader("BsdfGlass", Normal=c.scaled(tilted(c, 20), 0.0))),
    "bump": ((-45, -45), slope),
    "displacement": ((-45, -45), displaced),
    "cut": ((None, -45), lambda c: c.mix_shaders(c.paint, c.clear, slope(c))),
    "alpha": ((None, 20), lambda c: c.shader("BsdfPrincipled", Alpha=c.paint, Normal=tilted(c, 20))),
    "sides": (
        (0, 40),
        lambda c: c.mix_shaders(c.paint, c.solid, c.shader("BsdfDiffuse", Normal=tilted(c, 40))),
    ),
    "half": (
        (20, 20),
        lambda c: c.mix_shaders(0.5, c.solid, c.shader("BsdfAnisotropic", Normal=tilted(c, 40))),
    ),
    "light on it": (
        (20, 20),
        lambda c: c.add_shaders(c.shader("Emission"), c.shader("BsdfDiffuse", Normal=tilted(c, 20))),
    ),
    "pane": (
        (20, 20),
        lambda c: c.mix_shaders(c.shader("Fresnel"), c.clear, c.shader("BsdfAnisotropic", Normal=tilted(c, 20))),
    ),
    "for cameras": (
        (20, 20),
        lambda c: c.mix_shaders(
            c.shared("LightPath", "Is Camera Ray"), c.solid, c.shader("BsdfDiffuse", Normal=tilted(c, 20))
        ),
    ),
    "hair": ((0, 0), lambda c: c.shader("BsdfHairPrincipled")),
}


def test_normals_are_those_that_the_surface_has(tmp_path: Path) -> None:
    across, _, _ = wall_of({name: wire for name, (_, wire) in TURNS.items()})
    vectors_seen = vectors(rendered(tmp_path, 0))
    for index, (name, (turns, _)) in enumerate(TURNS.items()):
        pixels = cell(vectors_seen, index, across)
        middle = pixels.shape[1] // 2
        for half, turn in zip((pixels[:, :middle], pixels[:, middle:]), turns, strict=True):
            angle = np.radians(turn or 0)
            assert np.allclose(half, (np.sin(angle), -np.cos(angle), 0), atol=1e-3), (name, half[0, 0])


def test_random_normals_of_bevel_nodes_are_removed() -> None:
    card = Card("bevelled")
    first, second = card.node("Bevel"), card.node("Bevel")
    card.put(first.inputs["Normal"], tilted(card, 20))
    card.put(second.inputs["Normal"], first.outputs[0])
    shader = card.shader("BsdfDiffuse", Normal=second.outputs[0])
    card.put(card.output.inputs["Surface"], shader)
    make_opaque(card.material)
    nodes = card.material.node_tree.nodes
    assert not [node for node in nodes if node.bl_idname == "ShaderNodeBevel"]
    (diffuse,) = (node for node in nodes if node.bl_idname == "ShaderNodeBsdfDiffuse")
    assert diffuse.inputs["Normal"].links[0].from_node.bl_idname != "ShaderNodeNewGeometry"  # but the tilted one


def test_base_colours_are_those_of_the_chosen_side(tmp_path: Path) -> None:
    red, blue = (0.8, 0.1, 0.1, 1.0), (0.1, 0.1, 0.8, 1.0)

    def plain(c: Card, color: Any) -> Any:
        return c.shader("BsdfPrincipled", **{"Base Color": color})

    mixes: dict[str, tuple[float, float, Wire]] = {
        "cut": (0.5, 0.8, lambda c: c.mix_shaders(c.paint, c.clear, plain(c, red))),
        "sides": (0.1, 0.8, lambda c: c.mix_shaders(c.paint, plain(c, blue), plain(c, red))),
        "constant": (0.8, 0.8, lambda c: c.mix_shaders(1.0, plain(c, blue), plain(c, red))),
        "gloss": (0.8, 0.8, lambda c: c.mix_shaders(c.shader("Fresnel"), plain(c, red), c.shader("BsdfAnisotropic"))),
        "pane": (0.8, 0.8, lambda c: c.mix_shaders(0.7, c.clear, plain(c, red))),
        "light": (0.8, 0.8, lambda c: c.add_shaders(c.shader("Emission"), plain(c, red))),
    }
    across, _, _ = wall_of({name: wire for name, (_, _, wire) in mixes.items()})
    values = vectors(rendered(tmp_path, 0), "albedo")[..., 0]
    back = 0.8  # of the wall behind, through the hole
    for index, (name, (left, right, _)) in enumerate(mixes.items()):
        pixels = cell(values, index, across)
        middle = pixels.shape[1] // 2
        expected = back if name == "cut" else left
        assert np.allclose(pixels[:, :middle], expected, atol=1e-5), name
        assert np.allclose(pixels[:, middle:], right, atol=1e-5), name
