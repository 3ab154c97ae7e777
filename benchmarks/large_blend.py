"""Makes a large .blend to measure with: a garden of some 500 objects and 5 million faces, with hair and points.

python benchmarks/large_blend.py FILE.blend
"""

import os
import sys
from collections.abc import Iterator
from itertools import count
from math import tau
from typing import Any

import bpy
import numpy as np
from mathutils import Vector

TREES, CHAIRS, BOXES, POTS = 180, 60, 180, 70
LEAVES = 6000  # a model of a tree
SIDE = 60.0  # metres


def build(path: str) -> None:
    """Write the file."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    rng = np.random.Generator(np.random.PCG64(7))
    ground()
    spots = scattered(rng)
    models = [tree(rng, number) for number in range(6)]
    for number in range(TREES):
        instance(f"Tree.{number:03}", models[number % len(models)], next(spots), rng)
    for number in range(CHAIRS):
        chair(number, next(spots), rng)
    for number in range(BOXES):
        solid(
            f"Wooden Box.{number:03}",
            box(tuple(rng.uniform(0.3, 0.9, 3))),
            paint("crate", (0.45, 0.3, 0.15)),
            next(spots),
        )
    for number in range(POTS):
        pot(number, next(spots), rng)
    rug()
    thicket(rng)
    pebbles(rng)
    lights()
    bpy.ops.wm.save_as_mainfile(filepath=path, compress=True)


def scattered(rng: np.random.Generator) -> Iterator[Vector]:
    """Spots at least 1.6 m apart, away from the middle."""
    taken: list[np.ndarray] = [np.zeros(2)]
    for _ in count():
        location = rng.uniform(-0.48, 0.48, 2) * SIDE
        if all(np.hypot(*(location - other)) > 1.6 for other in taken) and np.hypot(*location) > 4:
            taken.append(location)
            yield Vector((*location.tolist(), 0.0))


def paint(name: str, color: tuple[float, float, float]) -> Any:
    """A plain material of this name, made once; linear RGB."""
    known = bpy.data.materials.get(name)
    if known:
        return known
    material = bpy.data.materials.new(name)
    shader = material.node_tree.nodes["Principled BSDF"]
    shader.inputs["Base Color"].default_value, shader.inputs["Roughness"].default_value = (*color, 1.0), 0.7
    return material


def mesh_of(name: str, vertices: np.ndarray, faces: np.ndarray) -> Any:
    """A mesh of vertices [n, 3], metres, and faces [m, k]."""
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(vertices.tolist(), [], faces.tolist())
    return mesh


def box(size: tuple[float, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Vertices and faces of a box of this size standing on z = 0, metres."""
    corners = np.array([(x, y, z) for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (0, 1)]) * size
    return corners, np.array([(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)])


def lathe(profile: np.ndarray, sides: int) -> tuple[np.ndarray, np.ndarray]:
    """A surface of revolution of (radius, height) [n, 2]."""
    turn = tau * np.arange(sides) / sides
    rings = [np.stack([r * np.cos(turn), r * np.sin(turn), np.full(sides, z)], axis=1) for r, z in profile]
    number = np.arange(len(profile) * sides).reshape(len(profile), sides)
    after = np.roll(number, -1, axis=1)
    faces = np.stack([number[:-1], after[:-1], after[1:], number[1:]], axis=-1)
    return np.concatenate(rings), faces.reshape(-1, 4)


def solid(
    name: str, shape: tuple[np.ndarray, np.ndarray], material: Any, location: Vector, collection: Any = None
) -> Any:
    """Link an object of a shape with a material, at a location, into a collection (the scene's if none is given)."""
    mesh = mesh_of(name, *shape)
    mesh.materials.append(material)
    obj = bpy.data.objects.new(name, mesh)
    obj.location = location
    (collection or bpy.context.scene.collection).objects.link(obj)
    return obj


def ground() -> None:
    """A lawn of SIDE metres."""
    solid("Lawn", (np.array([(x, y, 0) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))]) * SIDE / 2,
                   np.array([(0, 1, 2, 3)])), paint("grass", (0.12, 0.22, 0.06)), Vector())  # fmt: skip


def tree(rng: np.random.Generator, number: int) -> Any:
    """A collection of a trunk and LEAVES leaves of four faces."""
    collection = bpy.data.collections.new(f"Tree kind {number}")
    height = np.linspace(0, 1, 24)
    trunk = np.stack([0.16 * (1 - 0.8 * height), 4.2 * height], axis=1)
    solid("trunk", lathe(trunk, 24), paint("bark", (0.16, 0.1, 0.06)), Vector(), collection)
    way = rng.normal(size=(LEAVES, 3))
    way *= (rng.uniform(0.3, 1, (LEAVES, 1)) ** 0.4) / np.linalg.norm(way, axis=1, keepdims=True)
    middle = way * (1.5, 1.5, 1.3) + (0, 0, 3.6)
    leaf = np.array(
        [(0, 0, 0), (0.05, 0.02, 0.01), (0.11, 0, 0), (0.05, -0.02, 0.01), (0.03, 0, 0.015), (0.08, 0, 0.015)]
    )
    axes = np.linalg.qr(rng.normal(size=(LEAVES, 3, 3)))[0]
    vertices = (middle[:, None] + leaf @ axes).reshape(-1, 3)
    part = np.array([(0, 4, 1), (1, 4, 5), (1, 5, 2), (0, 3, 4), (3, 5, 4), (3, 2, 5)])
    faces = (part + len(leaf) * np.arange(LEAVES)[:, None, None]).reshape(-1, 3)
    solid("crown", (vertices, faces), paint("leaves", (0.1, 0.3, 0.05)), Vector(), collection)
    return collection


def instance(name: str, model: Any, location: Vector, rng: np.random.Generator) -> None:
    """Link an instance of a collection at a spot, turned at random."""
    obj = bpy.data.objects.new(name, None)
    obj.instance_type, obj.instance_collection = "COLLECTION", model
    obj.location, obj.rotation_euler.z = location, float(rng.uniform(0, tau))
    obj.scale = [float(rng.uniform(0.7, 1.2))] * 3
    bpy.context.scene.collection.objects.link(obj)


def chair(number: int, location: Vector, rng: np.random.Generator) -> None:
    """A seat with a back, smoothed by a subdivision that only renders have: 6,144 faces each."""
    seat, faces = box((0.5, 0.5, 0.08))
    back, _ = box((0.5, 0.07, 0.5))
    leg, _ = box((0.05, 0.05, 0.42))
    parts = [
        (seat, (0, 0, 0.42)),
        (back, (0, 0.21, 0.5)),
        *((leg, (x, y, 0)) for x in (-0.2, 0.2) for y in (-0.2, 0.2)),
    ]
    vertices = np.concatenate([shape + np.array(place) for shape, place in parts])
    every = np.concatenate([faces + 8 * k for k in range(6)])
    color = tuple(rng.uniform(0.1, 0.6, 3).tolist())
    obj = solid(f"Garden Chair.{number:03}", (vertices, every), paint(f"lacquer {number % 8}", color), location)
    obj.rotation_euler.z = float(rng.uniform(0, tau))
    bevel = obj.modifiers.new("edges", "BEVEL")
    bevel.width, bevel.segments = 0.012, 1
    smooth = obj.modifiers.new("smooth", "SUBSURF")
    smooth.levels, smooth.render_levels = 0, 2


def pot(number: int, location: Vector, rng: np.random.Generator) -> None:
    """A vase turned on a lathe, in one of many sizes."""
    along = np.linspace(0, 1, 40)
    profile = np.stack([0.12 + 0.1 * along + 0.02 * np.sin(9 * along), 0.35 * along], axis=1) * rng.uniform(0.7, 1.6)
    solid(f"Vase.{number:03}", lathe(profile, 64), paint("clay", (0.5, 0.22, 0.12)), location)


def rug() -> None:
    """A rug of 40,000 strands."""
    obj = solid("Fur Rug", (box((2.4, 1.6, 0.02))), paint("wool", (0.7, 0.62, 0.5)), Vector((0.0, 1.5, 0.0)))
    obj.modifiers.new("fur", "PARTICLE_SYSTEM")
    fur = obj.particle_systems[0].settings
    fur.type, fur.count, fur.hair_length, fur.child_type = "HAIR", 2000, 0.06, "SIMPLE"
    fur.child_radius, fur.rendered_child_count, fur.radius_scale, fur.roughness_1, fur.material = (
        0.03,
        20,
        0.003,
        0.02,
        1,
    )


def thicket(rng: np.random.Generator) -> None:
    """Reeds: 3,000 curves of hair."""
    root = rng.uniform(-0.8, 0.8, (3000, 1, 3)) * (1, 1, 0)
    rise = np.linspace(0, 1, 8)[:, None] * rng.uniform(0.4, 0.9, (3000, 1, 1))
    points = root + np.concatenate([0.2 * rise**2 * rng.normal(size=(3000, 1, 2)), rise], axis=2)
    curves = bpy.data.hair_curves.new("Bush")
    curves.add_curves([8] * 3000)
    curves.attributes["position"].data.foreach_set("vector", points.astype(np.float32).ravel())
    radii = np.tile(np.linspace(0.004, 0.001, 8, dtype=np.float32), 3000)
    curves.attributes.new("radius", "FLOAT", "POINT").data.foreach_set("value", radii)
    curves.materials.append(paint("reed", (0.25, 0.3, 0.08)))
    obj = bpy.data.objects.new("Bush", curves)
    obj.location = (2.6, 0.0, 0.0)
    bpy.context.scene.collection.objects.link(obj)


def pebbles(rng: np.random.Generator) -> None:
    """A heap of 20,000 points."""
    cloud = bpy.data.pointclouds.new("Rocks")
    cloud.resize(20000)
    turn, reach = rng.uniform(0, tau, 20000), rng.uniform(0, 1, 20000) ** 0.7
    points = np.stack(
        [reach * np.cos(turn), reach * np.sin(turn), 0.4 * (1 - reach) * rng.uniform(0, 1, 20000)], axis=1
    )
    cloud.attributes["position"].data.foreach_set("vector", points.astype(np.float32).ravel())
    cloud.attributes.new("radius", "FLOAT", "POINT").data.foreach_set(
        "value", rng.uniform(0.01, 0.03, 20000).astype("f")
    )
    cloud.materials.append(paint("stone", (0.4, 0.38, 0.35)))
    obj = bpy.data.objects.new("Rocks", cloud)
    obj.location = (-2.6, 0.0, 0.0)
    bpy.context.scene.collection.objects.link(obj)


def lights() -> None:
    """A sun and a sky."""
    sun = bpy.data.objects.new("Sun", bpy.data.lights.new("Sun", "SUN"))
    sun.data.energy, sun.data.angle, sun.rotation_euler = 3.0, 0.02, (0.7, 0.2, 0.4)
    bpy.context.scene.collection.objects.link(sun)
    world = bpy.data.worlds.new("World")
    world.node_tree.nodes["Background"].inputs["Color"].default_value = (0.5, 0.65, 0.9, 1.0)
    bpy.context.scene.world = world
    camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
    camera.location = (0.0, -2.5, 1.6)
    bpy.context.scene.collection.objects.link(camera)


if __name__ == "__main__":
    build(sys.argv[1])
    sys.stdout.flush()
    os._exit(0)  # Blender may crash on its way out
