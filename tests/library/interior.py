"""Writes a .blend that has what makes other people's files difficult: `python interior.py FILE`.

A room of 6 x 5 x 3 m about (0, 0, 1.5), drawn from outside (its normals point out), with a window to the east.
"""

import sys
from math import pi
from pathlib import Path
from typing import Any

import bpy
from mathutils import Matrix


def material(name: str, color: tuple[float, float, float] = (0.6, 0.6, 0.6)) -> Any:
    new = bpy.data.materials.new(name)
    new.node_tree.nodes["Principled BSDF"].inputs["Base Color"].default_value = (*color, 1)
    return new


def linked(name: str, data: Any, collection: Any = None, **fields: Any) -> Any:
    obj = bpy.data.objects.new(name, data)
    for field, value in fields.items():
        setattr(obj, field, value)
    (collection or bpy.context.scene.collection).objects.link(obj)
    return obj


#: Corner (a, b, c) has the number 4 a + 2 b + c; the first four faces are the sides, west, east, south, north.
FACES = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]


def corners(x: float, y: float, z: float) -> list[tuple[float, float, float]]:
    return [(a * x / 2, b * y / 2, c * z / 2) for a in (-1, 1) for b in (-1, 1) for c in (-1, 1)]


def mesh_of(name: str, points: list[Any], faces: list[Any], *materials: Any) -> Any:
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(points, [], faces)
    for part_material in materials:
        mesh.materials.append(part_material)
    return mesh


def box(name: str, size: tuple[float, float, float], *materials: Any) -> Any:
    """A mesh of a cuboid about the origin."""
    return mesh_of(name, corners(*size), FACES, *materials)


def shell() -> None:
    """Walls, floor and ceiling in one mesh, with an opening of 2 x 1 m to the east that a pane closes."""
    opening = [(3, -1, -0.5), (3, 1, -0.5), (3, 1, 0.5), (3, -1, 0.5)]
    east = [(4, 6, 9, 8), (6, 7, 10, 9), (7, 5, 11, 10), (5, 4, 8, 11)]
    faces = [FACES[0], *FACES[2:], *east]
    kinds = (material("Walls"), material("oak parquet", (0.4, 0.25, 0.1)), material("Ceiling"))
    mesh = mesh_of("room", corners(6, 5, 3) + opening, faces, *kinds)
    mesh.polygons.foreach_set("material_index", [0, 0, 0, 1, 2, 0, 0, 0, 0])
    house = linked("Plane.004", mesh, location=(0, 0, 1.5))
    cutter = linked("cutter", box("cutter", (1, 1, 1)), location=(0, -2.5, 1.5), hide_render=True)
    hole = house.modifiers.new("not in a render", "BOOLEAN")
    hole.object, hole.show_render = cutter, False
    pane = material("pane")
    tree = pane.node_tree
    mix, clear = tree.nodes.new("ShaderNodeMixShader"), tree.nodes.new("ShaderNodeBsdfTransparent")
    mix.inputs[0].default_value = 0.1
    tree.links.new(clear.outputs[0], mix.inputs[1])
    tree.links.new(tree.nodes.new("ShaderNodeBsdfGlossy").outputs[0], mix.inputs[2])
    tree.links.new(mix.outputs[0], tree.nodes["Material Output"].inputs["Surface"])
    linked("Window_01", box("glass", (0.01, 2, 1), pane), location=(3, 0, 1.5))


def chairs() -> None:
    """Three instances of a collection of two parts, one of them in an instance within an instance."""
    part = material("plywood", (0.5, 0.3, 0.1))
    chair = bpy.data.collections.new("Chair eames")
    linked("shell", box("shell", (0.4, 0.4, 0.05), part), chair, location=(0, 0, 0.45))
    linked("legs", box("legs", (0.3, 0.3, 0.42), part), chair, location=(0, 0, 0.21))
    group = bpy.data.collections.new("group")
    linked("Chair.002", None, group, instance_type="COLLECTION", instance_collection=chair, location=(0, 1, 0))
    for number, x in enumerate((-1.0, 0.0)):
        name = f"Chair.{number:03}"
        linked(name, None, instance_type="COLLECTION", instance_collection=chair, location=(x, 1.6, 0))
    linked("Empty", None, instance_type="COLLECTION", instance_collection=group, location=(1, 0.6, 0))


def furniture() -> None:
    """A mirrored table, a sheared book, vases that share mesh and modifier, hidden and unlabelled objects."""
    linked("Dining_Table", box("top", (1.6, 0.8, 0.7), material("teak")), location=(-1, -1, 0.35), scale=(-1, 1, 1))
    skew = linked("skew", None, scale=(1, 2, 1))
    book = linked("Book.012", box("book", (0.2, 0.1, 0.04), material("paper")), parent=skew)
    book.matrix_local = Matrix.Translation((-1, -0.5, 0.72)) @ Matrix.Rotation(pi / 5, 4, "Z")
    vase = box("vase", (0.15, 0.15, 0.3), material("clay"))
    for number, y in enumerate((-1.3, -0.9)):
        obj = linked(f"Vase.{number:03}", vase, location=(-0.5, y, 0.85))
        subdivision = obj.modifiers.new("round", "SUBSURF")
        subdivision.levels, subdivision.render_levels = 0, 2
    linked("Sofa", box("sofa", (1.8, 0.8, 0.7), material("linen")), location=(1.5, -1.8, 0.35), hide_viewport=True)
    linked("Secret desk", box("desk", (1, 1, 1)), location=(2, 1, 0.5), hide_render=True)
    linked("Thingummy", box("thing", (0.3, 0.3, 0.3), material("grey")), location=(-2.5, 2, 0.15))
    panel = linked("light blocker", box("panel", (0.5, 0.5, 0.02)), location=(0, 0, 2.5))
    panel.visible_camera = False
    linked("empty", bpy.data.meshes.new("empty"))


def soft() -> None:
    """A curve, a text, a metaball, mist, a texture that is lost."""
    rail = bpy.data.curves.new("rail", "CURVE")
    rail.dimensions, rail.bevel_depth = "3D", 0.02
    spline = rail.splines.new("POLY")
    spline.points.add(1)
    spline.points[0].co, spline.points[1].co = (2.9, -1.2, 2.3, 1), (2.9, 1.2, 2.3, 1)
    linked("Railing", rail)
    sign = bpy.data.curves.new("sign", "FONT")
    sign.body = "open"
    linked("Sign", sign, location=(-2.9, 0, 1.5), rotation_euler=(pi / 2, 0, pi / 2))
    blob = bpy.data.metaballs.new("blob")
    blob.elements.new().radius = 0.3
    blob.render_resolution = 0.05
    linked("Ball", blob, location=(2, 1.6, 0.3))
    mist = bpy.data.materials.new("mist")
    mist.node_tree.nodes.clear()
    output = mist.node_tree.nodes.new("ShaderNodeOutputMaterial")
    volume = mist.node_tree.nodes.new("ShaderNodeVolumePrincipled")
    mist.node_tree.links.new(volume.outputs[0], output.inputs["Volume"])
    linked("haze", box("haze", (5, 4, 2.5), mist), location=(0, 0, 1.5))
    lost = material("wallpaper")
    image = bpy.data.images.new("paper.png", 8, 8)
    image.source, image.filepath = "FILE", "//nowhere/paper.png"
    texture = lost.node_tree.nodes.new("ShaderNodeTexImage")
    texture.image = image
    shader = lost.node_tree.nodes["Principled BSDF"]
    lost.node_tree.links.new(texture.outputs["Color"], shader.inputs["Base Color"])
    linked("Picture.L", box("picture", (0.02, 0.8, 0.6), lost), location=(-2.98, -1, 1.6))


def meadow() -> None:
    """A mat on which geometry nodes scatter 60 blades."""
    group = bpy.data.node_groups.new("scatter", "GeometryNodeTree")
    for way in ("INPUT", "OUTPUT"):
        group.interface.new_socket("Geometry", in_out=way, socket_type="NodeSocketGeometry")
    source, sink = group.nodes.new("NodeGroupInput"), group.nodes.new("NodeGroupOutput")
    scatter, blade = group.nodes.new("GeometryNodeInstanceOnPoints"), group.nodes.new("GeometryNodeMeshCube")
    points = group.nodes.new("GeometryNodeDistributePointsOnFaces")
    points.inputs["Density"].default_value = 60.0
    blade.inputs["Size"].default_value = (0.01, 0.01, 0.2)
    group.links.new(source.outputs[0], points.inputs[0])
    group.links.new(points.outputs[0], scatter.inputs["Points"])
    group.links.new(blade.outputs[0], scatter.inputs["Instance"])
    group.links.new(scatter.outputs[0], sink.inputs[0])
    mat = linked("lawn", box("mat", (1, 1, 0.01)), location=(1, 0, 0.0))
    mat.modifiers.new("scatter", "NODES").node_group = group


def light() -> None:
    """A sun, a lamp, a portal in the window, a world with mist; all of it animated or driven."""
    sun = bpy.data.lights.new("sun", "SUN")
    sun.energy = 3
    linked("Sun", sun, rotation_euler=(0, -1.0, 0))
    lamp = bpy.data.lights.new("lamp", "AREA")
    lamp.energy = 120
    bulb = linked("Lamp", lamp, location=(0, 0, 2.9))
    bulb.driver_add("location", 0).driver.expression = "frame"
    portal = bpy.data.lights.new("portal", "AREA")
    portal.cycles.is_portal = True
    linked("Portal", portal, location=(3.1, 0, 1.5), rotation_euler=(0, pi / 2, 0))
    sun.keyframe_insert("energy", frame=1)
    world = bpy.data.worlds.new("outside")
    bpy.context.scene.world = world
    world.node_tree.nodes["Background"].inputs["Color"].default_value = (0.5, 0.7, 1, 1)


def settings() -> None:
    """What a finished file leaves switched on."""
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.use_motion_blur = True
    scene.render.film_transparent = True
    scene.view_settings.view_transform = "Filmic"
    scene.render.use_border = True
    camera = bpy.data.cameras.new("camera")
    camera.dof.use_dof = True
    scene.camera = linked("Camera", camera, location=(-2.4, -2, 1.6), rotation_euler=(1.4, 0, -0.9))
    other = bpy.data.scenes.new("Attic")
    other.collection.objects.link(bpy.data.objects.new("Bed", box("bed", (2, 1, 0.5))))


def main(path: str) -> None:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    for build in (shell, chairs, furniture, soft, meadow, light, settings):
        build()
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    bpy.ops.wm.save_as_mainfile(filepath=path)


if __name__ == "__main__":
    main(sys.argv[1])
