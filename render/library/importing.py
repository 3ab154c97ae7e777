"""Files of nine formats into one Blender mesh: everything that their render would show, modifiers applied."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import radians
from pathlib import Path
from typing import Any

import bpy

from render.library.allowed_folders import AllowedFolders
from render.library.blend.build import make_local
from render.library.blend.evaluated_scene import MeshInstance
from render.library.blend.layers import choose_scene
from render.library.blend.linked import linked_files, missing_files
from render.library.blend.origin import evaluate_near_origin
from render.library.blend.split import with_material
from render.library.gltf.plain import plain_gltf
from render.library.image_checks import replace_images
from render.library.obj_references import check_obj
from render.library.opening import open_blend
from render.library.ply_header import check_ply
from render.library.requests import Unusable
from render.library.sanitizing import RemovedContent

__all__ = ["SUFFIXES", "ImportedMesh", "import_mesh"]

MOST_FACES = 30_000_000  # of a mesh asset, all its instances joined; some 3 GB
SHARP = radians(30)  # a file without normals is shaded smooth across edges flatter than this


@dataclass(frozen=True, eq=False)
class ImportedMesh:
    """Everything that a file shows as one mesh in its own axes and units.

    unit: metres a unit. lost: clauses on what the file shows and a mesh cannot hold. linked: files that it is linked
    to, each with its SHA-256.
    """

    mesh: Any
    unit: float
    lost: tuple[str, ...]
    linked: tuple[tuple[str, str], ...]


def _usd(path: str, _allowed: AllowedFolders) -> None:
    bpy.ops.wm.usd_import(filepath=path, import_cameras=False, import_lights=False, set_frame_range=False)


def _gltf(path: str, allowed: AllowedFolders) -> None:
    with tempfile.TemporaryDirectory(prefix="verichrome-gltf-") as folder:
        bpy.ops.import_scene.gltf(filepath=str(plain_gltf(Path(path), Path(folder), allowed)))


def _obj(path: str, allowed: AllowedFolders) -> None:
    check_obj(Path(path), allowed)
    bpy.ops.wm.obj_import(filepath=path)


def _ply(path: str, _allowed: AllowedFolders) -> None:
    check_ply(Path(path))
    bpy.ops.wm.ply_import(filepath=path)


IMPORTERS: Mapping[str, Callable[[str, AllowedFolders], Any]] = {
    ".glb": _gltf,
    ".gltf": _gltf,
    ".obj": _obj,
    ".fbx": lambda path, _: bpy.ops.wm.fbx_import(filepath=path, use_anim=False),
    ".stl": lambda path, _: bpy.ops.wm.stl_import(filepath=path),
    ".ply": _ply,
    ".usd": _usd,
    ".usda": _usd,
    ".usdc": _usd,
    ".usdz": _usd,
    ".blend": open_blend,
}
SUFFIXES = tuple(IMPORTERS)


def import_mesh(path: Path, allowed: AllowedFolders) -> ImportedMesh:
    """Everything solid that the file's own render would show to its camera, as one mesh; raises Unusable.

    Only files in the `allowed` folders are used.
    """
    removed = _open(path, allowed)
    linked = linked_files()
    if missing := missing_files(linked):
        raise Unusable(missing[0])
    scene = choose_scene()
    unit = scene.unit_settings.scale_length
    evaluated, _ = evaluate_near_origin(scene, unit)
    make_local()
    meshes = _visible_meshes(evaluated.meshes, removed)
    for mesh in meshes:
        if path.suffix.lower() != ".blend":  # a .blend says of each face whether it is smooth
            _shade_smooth(mesh)
        _name_uv_layer(mesh)
    mesh = _join(meshes)
    if mesh.validate(clean_customdata=False) and not len(mesh.polygons):
        raise Unusable("none of its faces is valid")
    _show_vertex_colors(mesh)
    return ImportedMesh(mesh, unit, (*removed.dropped, *evaluated.notes), linked)


def _open(path: Path, allowed: AllowedFolders) -> RemovedContent:
    """Open or import the file; raises Unusable where that fails or a texture must not be decoded."""
    try:
        removed = IMPORTERS[path.suffix.lower()](str(path), allowed)
    except RuntimeError as error:  # Blender's operators report every error as one
        raise Unusable(f"Blender cannot read it ({_reason(error)})") from error
    removed = removed if isinstance(removed, RemovedContent) else RemovedContent()
    removed.textures += replace_images(allowed)
    for texture in removed.textures:
        raise Unusable(f"its {texture}")
    return removed


def _reason(error: RuntimeError) -> str:
    """What an operator's error says, without the trace."""
    lines = [line.removeprefix("Error: ").strip() for line in str(error).splitlines() if line.strip()]
    lines = [line for line in lines if not line.startswith(("File ", "Location:", "~", "^"))]
    at = -1 if lines and "Traceback" in lines[0] else 0
    return (lines[at] if lines else "no reason given").rstrip(".")[:200]


def _visible_meshes(instances: list[MeshInstance], removed: RemovedContent) -> list[Any]:
    """A mesh of each instance that cameras see, in world axes; raises Unusable where there is none, or too much."""
    visible = [instance for instance in instances if instance.visibility.to_camera]
    if not visible:
        raise Unusable(f"it holds no faces{''.join(f' ({clause})' for clause in removed.dropped[:1])}")
    if sum(len(instance.mesh.polygons) for instance in visible) > MOST_FACES:
        raise Unusable(f"it shows more than {MOST_FACES:,} faces")
    return [_world_mesh(instance) for instance in visible]


def _world_mesh(instance: MeshInstance) -> Any:
    """A copy of the instance's mesh in world axes."""
    mesh = with_material(instance.mesh, instance.override).copy()
    mesh.use_auto_texspace = True  # generated coordinates span the whole object
    mesh.transform(instance.matrix)
    if instance.matrix.determinant() < 0:
        mesh.flip_normals()
    return mesh


def _shade_smooth(mesh: Any) -> None:
    """Shade a mesh that has no normals of its own smooth where its edges are flat."""
    if mesh.has_custom_normals or any(polygon.use_smooth for polygon in mesh.polygons):
        return
    mesh.polygons.foreach_set("use_smooth", [True] * len(mesh.polygons))
    mesh.set_sharp_from_angle(angle=SHARP)


def _name_uv_layer(mesh: Any) -> None:
    """Give the layer that textures use one name, so that joined meshes still find it."""
    layer = next((entry for entry in mesh.uv_layers if entry.active_render), None)
    if layer is None or layer.name == "UVMap":
        return
    old = layer.name
    layer.name = "UVMap"
    for material in mesh.materials:
        for node in material.node_tree.nodes if material and material.node_tree else ():
            if getattr(node, "uv_map", None) == old:
                node.uv_map = "UVMap"


def _join(meshes: list[Any]) -> Any:
    scene = bpy.data.scenes.new("joined")
    bpy.context.window.scene = scene
    objects = [bpy.data.objects.new("asset", mesh) for mesh in meshes]
    for obj in objects:
        scene.collection.objects.link(obj)
    if len(objects) > 1:
        with bpy.context.temp_override(
            scene=scene, view_layer=scene.view_layers[0], active_object=objects[0], selected_editable_objects=objects
        ):
            bpy.ops.object.join()
    return objects[0].data


def _show_vertex_colors(mesh: Any) -> None:
    """Make a material of the vertices' colours for a mesh that has those and no materials."""
    if any(mesh.materials) or not mesh.color_attributes:
        return
    material = bpy.data.materials.new("vertex colours")
    tree = material.node_tree
    tree.nodes.clear()
    shader, output = tree.nodes.new("ShaderNodeBsdfPrincipled"), tree.nodes.new("ShaderNodeOutputMaterial")
    color = tree.nodes.new("ShaderNodeVertexColor")
    color.layer_name = mesh.color_attributes[0].name
    tree.links.new(color.outputs["Color"], shader.inputs["Base Color"])
    tree.links.new(shader.outputs["BSDF"], output.inputs["Surface"])
    mesh.materials.clear()
    mesh.materials.append(material)
