"""Hair of particles, curves of hair and point clouds of an evaluated file as Blender meshes, in their object's axes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import bpy
import numpy as np

from render.library.blend.strands import MOST_BALLS, Balls, Strands, balls, tapered, thinning, tubes

__all__ = ["StrandMesh", "cloud_of", "curves_of", "hair_of"]

RADIUS = 0.005  # that Cycles gives curves and points without a radius, units of the file


@dataclass(frozen=True, eq=False)
class StrandMesh:
    """A mesh of strands or points; `note` says where it shows fewer than the file has, "" where it shows all."""

    mesh: Any
    note: str = ""


def hair_of(obj: Any) -> Iterator[StrandMesh]:
    """A mesh for each particle system of hair that a render of the evaluated object shows."""
    for modifier in obj.modifiers:
        if modifier.type != "PARTICLE_SYSTEM" or not modifier.show_render:
            continue
        settings = modifier.particle_system.settings
        if settings.type == "HAIR" and settings.render_type == "PATH" and len(_numbers(modifier.particle_system)):
            yield _hair(obj, modifier)


def curves_of(obj: Any) -> Iterator[StrandMesh]:
    """A mesh of the strands of an evaluated object of curves."""
    data = obj.data
    offsets = np.empty(len(data.curve_offset_data), np.int32)
    data.curve_offset_data.foreach_get("value", offsets)
    counts = np.diff(offsets)
    if not len(counts) or counts.max() < 2:
        return
    # All strands get the number of points of the longest.
    step, points = thinning(len(counts), int(counts.max()))
    position = offsets[:-1][::step, None] + points / points[-1] * (counts[::step, None] - 1)
    low, high = np.floor(position).astype(int), np.ceil(position).astype(int)
    part = (position - low)[..., None]
    values = np.concatenate([_values(data, "position", 3), _radii(data)[:, None]], axis=1)
    resampled = values[low] * (1 - part) + values[high] * part
    mesh = _mesh(obj.name, *tubes(Strands(resampled[..., :3], resampled[..., 3] * step)), list(data.materials))
    yield StrandMesh(mesh, _note(obj.name, len(counts), step))


def cloud_of(obj: Any) -> Iterator[StrandMesh]:
    """A mesh of the points of an evaluated point cloud."""
    points, radii = _values(obj.data, "position", 3), _radii(obj.data)
    if len(points):
        step = -(-len(points) // MOST_BALLS)
        fewer = Balls(points[::step], radii[::step] * step ** (1 / 2))
        note = _note(obj.name, len(points), step)
        yield StrandMesh(_mesh(obj.name, *balls(fewer), list(obj.data.materials)), note)


def _numbers(system: Any) -> range:
    """The numbers of all that Cycles would draw: the children, or the parents where there are none."""
    parents, children = len(system.particles), len(system.child_particles)
    if system.settings.child_type == "NONE" or not children:
        return range(parents)
    return range(parents, parents + children)


def _hair(obj: Any, modifier: Any) -> StrandMesh:
    system, settings = modifier.particle_system, modifier.particle_system.settings
    every = _numbers(system)
    spiral = settings.kink_extra_steps if settings.kink == "SPIRAL" else 0
    step, points = thinning(len(every), 2**settings.render_step + 1 + spiral)
    numbers = every[::step]
    flat = [
        system.co_hair(object=obj, particle_no=number, step=point)[:] for number in numbers for point in points.tolist()
    ]
    world = np.array(flat).reshape(len(numbers), len(points), 3)
    inverse = np.array(obj.matrix_world.inverted_safe())
    radii = tapered(settings.root_radius, settings.tip_radius, settings.shape, points / points[-1])
    radii[-1] *= not settings.use_close_tip
    strands = Strands(
        world @ inverse[:3, :3].T + inverse[:3, 3],
        np.broadcast_to(radii * step * settings.radius_scale / 2, world.shape[:2]),
    )
    slots = [entry.material for entry in obj.material_slots]
    mesh = _mesh(system.name, *tubes(strands), slots[settings.material - 1 :][:1] or slots[-1:])
    if obj.data.uv_layers:
        _set_uv(mesh, [_root(obj, modifier, number) for number in numbers])
    return StrandMesh(mesh, _note(f"the hair {system.name} of {obj.name}", len(every), step))


def _root(obj: Any, modifier: Any, number: int) -> tuple[float, float]:
    """Texture coordinates of a strand's root, by which the whole strand is coloured."""
    particles = modifier.particle_system.particles
    layer = next((k for k, entry in enumerate(obj.data.uv_layers) if entry.active_render), 0)
    particle = particles[number if number < len(particles) else 0]  # for a child only the number matters
    u, v = modifier.particle_system.uv_on_emitter(modifier, particle=particle, particle_no=number, uv_no=layer)
    return u, v


def _set_uv(mesh: Any, roots: list[tuple[float, float]]) -> None:
    layer = mesh.uv_layers.new(name="UVMap")
    corners = np.repeat(np.array(roots, np.float32), len(mesh.loops) // len(roots), axis=0)
    layer.uv.foreach_set("vector", corners.ravel())


def _note(name: str, count: int, step: int) -> str:
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
    flat = np.empty(len(layer) * width, np.float32)
    layer.foreach_get("vector" if width > 1 else "value", flat)
    return flat.reshape(-1, width).astype(np.float64) if width > 1 else flat.astype(np.float64)
