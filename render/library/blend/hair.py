"""Hair of particles, curves of hair and point clouds of an evaluated file as Blender meshes, in their object's axes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import bpy
import numpy as np

from render.library.blend.strands import MOST_BALLS, Balls, Strands, balls, tapered, thinning, tubes

__all__ = ["StrandMesh", "cloud_of", "curves_of", "hair_of"]

RADIUS = 0.005  # what Cycles takes for curves and points that say none, in units


@dataclass(frozen=True, eq=False)
class StrandMesh:
    """A mesh of strands or points, and what is to be said of it, "" for nothing."""

    mesh: Any
    told: str = ""


def hair_of(thing: Any) -> Iterator[StrandMesh]:
    """A mesh of each of the evaluated object's heads of hair that a render shows."""
    for modifier in thing.modifiers:
        if modifier.type != "PARTICLE_SYSTEM" or not modifier.show_render:
            continue
        settings = modifier.particle_system.settings
        if settings.type == "HAIR" and settings.render_type == "PATH" and len(_numbers(modifier.particle_system)):
            yield _hair(thing, modifier)


def curves_of(thing: Any) -> Iterator[StrandMesh]:
    """A mesh of the strands of an evaluated object of curves."""
    data = thing.data
    offsets = np.empty(len(data.curve_offset_data), np.int32)
    data.curve_offset_data.foreach_get("value", offsets)
    counts = np.diff(offsets)
    if not len(counts) or counts.max() < 2:
        return
    # All strands get the number of points of the longest.
    step, kept = thinning(len(counts), int(counts.max()))
    place = offsets[:-1][::step, None] + kept / kept[-1] * (counts[::step, None] - 1)
    low, high = np.floor(place).astype(int), np.ceil(place).astype(int)
    part = (place - low)[..., None]
    values = np.concatenate([_values(data, "position", 3), _radii(data)[:, None]], axis=1)
    found = values[low] * (1 - part) + values[high] * part
    mesh = _mesh(thing.name, *tubes(Strands(found[..., :3], found[..., 3] * step)), list(data.materials))
    yield StrandMesh(mesh, _told(thing.name, len(counts), step))


def cloud_of(thing: Any) -> Iterator[StrandMesh]:
    """A mesh of the points of an evaluated point cloud."""
    points, radii = _values(thing.data, "position", 3), _radii(thing.data)
    if len(points):
        step = -(-len(points) // MOST_BALLS)
        fewer = Balls(points[::step], radii[::step] * step ** (1 / 2))
        told = _told(thing.name, len(points), step)
        yield StrandMesh(_mesh(thing.name, *balls(fewer), list(thing.data.materials)), told)


def _numbers(system: Any) -> range:
    """The numbers of all that Cycles would draw: the children, or the parents where there are none."""
    parents, children = len(system.particles), len(system.child_particles)
    if system.settings.child_type == "NONE" or not children:
        return range(parents)
    return range(parents, parents + children)


def _hair(thing: Any, modifier: Any) -> StrandMesh:
    system, settings = modifier.particle_system, modifier.particle_system.settings
    every = _numbers(system)
    spiral = settings.kink_extra_steps if settings.kink == "SPIRAL" else 0
    step, kept = thinning(len(every), 2**settings.render_step + 1 + spiral)
    numbers = every[::step]
    flat = [
        system.co_hair(object=thing, particle_no=number, step=point)[:] for number in numbers for point in kept.tolist()
    ]
    world = np.array(flat).reshape(len(numbers), len(kept), 3)
    inverse = np.array(thing.matrix_world.inverted_safe())
    radii = tapered(settings.root_radius, settings.tip_radius, settings.shape, kept / kept[-1])
    radii[-1] *= not settings.use_close_tip
    strands = Strands(
        world @ inverse[:3, :3].T + inverse[:3, 3],
        np.broadcast_to(radii * step * settings.radius_scale / 2, world.shape[:2]),
    )
    slots = [entry.material for entry in thing.material_slots]
    mesh = _mesh(system.name, *tubes(strands), slots[settings.material - 1 :][:1] or slots[-1:])
    if thing.data.uv_layers:
        _map(mesh, [_root(thing, modifier, number) for number in numbers])
    return StrandMesh(mesh, _told(f"the hair {system.name} of {thing.name}", len(every), step))


def _root(thing: Any, modifier: Any, number: int) -> tuple[float, float]:
    """Texture coordinates of the place where a strand grows, whose whole colour they give."""
    particles = modifier.particle_system.particles
    layer = next((k for k, entry in enumerate(thing.data.uv_layers) if entry.active_render), 0)
    particle = particles[number if number < len(particles) else 0]  # of children the number alone counts
    u, v = modifier.particle_system.uv_on_emitter(modifier, particle=particle, particle_no=number, uv_no=layer)
    return u, v


def _map(mesh: Any, roots: list[tuple[float, float]]) -> None:
    layer = mesh.uv_layers.new(name="UVMap")
    corners = np.repeat(np.array(roots, np.float32), len(mesh.loops) // len(roots), axis=0)
    layer.uv.foreach_set("vector", corners.ravel())


def _told(name: str, count: int, step: int) -> str:
    return f"{name}: one in {step} of its {count:,} is shown, and thicker" if step > 1 else ""


def _mesh(name: str, vertices: np.ndarray, faces: np.ndarray, materials: list[Any]) -> Any:
    """Smooth, of faces with as many corners each as `faces` has columns."""
    mesh = bpy.data.meshes.new(name)
    mesh.vertices.add(len(vertices))
    mesh.vertices.foreach_set("co", vertices.astype(np.float32).ravel())
    mesh.loops.add(faces.size)
    mesh.loops.foreach_set("vertex_index", faces.astype(np.int32).ravel())
    mesh.polygons.add(len(faces))
    mesh.polygons.foreach_set("loop_start", np.arange(0, faces.size, faces.shape[1], dtype=np.int32))
    mesh.update(calc_edges=True)
    for material in materials:
        mesh.materials.append(material and material.original)
    return mesh


def _radii(data: Any) -> np.ndarray:
    return _values(data, "radius", 1) if "radius" in data.attributes else np.full(len(data.points), RADIUS)


def _values(data: Any, name: str, width: int) -> np.ndarray:
    """An attribute of the points [n, width], or [n] for a width of 1."""
    layer = data.attributes[name].data
    found = np.empty(len(layer) * width, np.float32)
    layer.foreach_get("vector" if width > 1 else "value", found)
    return found.reshape(-1, width).astype(np.float64) if width > 1 else found.astype(np.float64)
