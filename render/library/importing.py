"""Files of other people's making into one Blender mesh: all that their render would show, modifiers applied."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import radians
from pathlib import Path
from typing import Any

import bpy

from render.library.allowed_folders import AllowedFolders
from render.library.blend.build import make_local
from render.library.blend.evaluation import MeshInstance
from render.library.blend.layers import choose_scene
from render.library.blend.linked import linked_files, missing_files
from render.library.blend.origin import evaluate_near_origin
from render.library.blend.split import with_material
from render.library.gltf.plain import plain_gltf
from render.library.obj_references import check_obj
from render.library.opening import open_blend
from render.library.ply_header import check_ply
from render.library.requests import Unusable
from render.library.sanitizing import RemovedContent, check_images

__all__ = ["SUFFIXES", "ImportedMesh", "import_mesh"]

MOST_FACES = 30_000_000  # of a mesh asset, all its instances joined; some 3 GB
SHARP = radians(30)  # a file without normals is shaded smooth across edges flatter than this


@dataclass(frozen=True, eq=False)
class ImportedMesh:
    """All that a file shows as one mesh in its own axes and units, of which one is `unit` metres.

    lost: what it shows and a mesh cannot hold, each a clause. linked: files that it is linked to, with their SHA-256.
    """

    mesh: Any
    unit: float
    lost: tuple[str, ...]
    linked: tuple[tuple[str, str], ...]


def _blend(path: str, inside: AllowedFolders) -> RemovedContent:
    return open_blend(path, inside)


def _usd(path: str, _inside: AllowedFolders) -> None:
    bpy.ops.wm.usd_import(filepath=path, import_cameras=False, import_lights=False, set_frame_range=False)


def _gltf(path: str, inside: AllowedFolders) -> None:
    with tempfile.TemporaryDirectory(prefix="verichrome-gltf-") as folder:
        bpy.ops.import_scene.gltf(filepath=str(plain_gltf(Path(path), Path(folder), inside)))


def _obj(path: str, inside: AllowedFolders) -> None:
    check_obj(Path(path), inside)
    bpy.ops.wm.obj_import(filepath=path)


def _ply(path: str, _inside: AllowedFolders) -> None:
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
    ".blend": _blend,
}
SUFFIXES = tuple(IMPORTERS)


def import_mesh(path: Path, inside: AllowedFolders) -> ImportedMesh:
    """Everything solid that the file's own render would show to its camera, as one mesh; raises Unusable.

    Nothing outside `inside` is drawn on.
    """
    suffix = path.suffix.lower()
    isolated = _opened(path, inside)
    linked = linked_files()
    if missing := missing_files(linked):
        raise Unusable(missing[0])
    scene = choose_scene()
    unit = scene.unit_settings.scale_length
    found, _ = evaluate_near_origin(scene, unit)
    make_local()
    pieces = _pieces(found.shown, isolated)
    for piece in pieces:
        if suffix != ".blend":  # which says of each face whether it is smooth
            _smooth(piece)
        _name_uv(piece)
    mesh = _joined(pieces)
    if mesh.validate(clean_customdata=False) and not len(mesh.polygons):
        raise Unusable("none of its faces is valid")
    _color(mesh)
    return ImportedMesh(mesh, unit, (*isolated.dropped, *found.lost), linked)


def _opened(path: Path, inside: AllowedFolders) -> RemovedContent:
    """What was taken out of the file, which is open now; raises Unusable where a texture is not to be decoded."""
    try:
        isolated = IMPORTERS[path.suffix.lower()](str(path), inside)
    except RuntimeError as error:  # Blender's operators report every fault as one
        raise Unusable(f"Blender cannot read it ({_told(error)})") from error
    isolated = isolated if isinstance(isolated, RemovedContent) else RemovedContent()
    check_images(inside, isolated)
    for texture in isolated.textures:
        raise Unusable(f"its {texture}")
    return isolated


def _pieces(shown: list[MeshInstance], isolated: RemovedContent) -> list[Any]:
    """A mesh of each that cameras see, moved to where it stands; raises Unusable."""
    seen = [entry for entry in shown if entry.flags[0]]
    if not seen:
        raise Unusable(f"it holds no faces{''.join(f' ({told})' for told in isolated.dropped[:1])}")
    if sum(len(entry.mesh.polygons) for entry in seen) > MOST_FACES:
        raise Unusable(f"it shows more than {MOST_FACES:,} faces")
    return [_piece(entry) for entry in seen]


def _told(error: RuntimeError) -> str:
    lines = [line.removeprefix("Error: ").strip() for line in str(error).splitlines() if line.strip()]
    lines = [line for line in lines if not line.startswith(("File ", "Location:", "~", "^"))]
    at = -1 if lines and "Traceback" in lines[0] else 0
    return (lines[at] if lines else "no reason given").rstrip(".")[:200]


def _piece(entry: MeshInstance) -> Any:
    """A mesh of its own, moved to where it stands."""
    mesh = with_material(entry.mesh, entry.cover).copy()
    mesh.use_auto_texspace = True  # generated coordinates span the whole thing
    mesh.transform(entry.matrix)
    if entry.matrix.determinant() < 0:
        mesh.flip_normals()
    return mesh


def _smooth(mesh: Any) -> None:
    """Shade a mesh that says nothing of its normals as its angles suggest."""
    if mesh.has_custom_normals or any(polygon.use_smooth for polygon in mesh.polygons):
        return
    mesh.polygons.foreach_set("use_smooth", [True] * len(mesh.polygons))
    mesh.set_sharp_from_angle(angle=SHARP)


def _name_uv(mesh: Any) -> None:
    """One name for the layer that textures use, so that meshes joined still find it."""
    layer = next((entry for entry in mesh.uv_layers if entry.active_render), None)
    if layer is None or layer.name == "UVMap":
        return
    old = layer.name
    layer.name = "UVMap"
    for material in mesh.materials:
        for node in material.node_tree.nodes if material and material.node_tree else ():
            if getattr(node, "uv_map", None) == old:
                node.uv_map = "UVMap"


def _joined(meshes: list[Any]) -> Any:
    scene = bpy.data.scenes.new("joined")
    bpy.context.window.scene = scene
    objects = [bpy.data.objects.new("asset", mesh) for mesh in meshes]
    for entry in objects:
        scene.collection.objects.link(entry)
    if len(objects) > 1:
        with bpy.context.temp_override(
            scene=scene, view_layer=scene.view_layers[0], active_object=objects[0], selected_editable_objects=objects
        ):
            bpy.ops.object.join()
    return objects[0].data


def _color(mesh: Any) -> None:
    """A material of the vertices' colours for a file that has those and no materials."""
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
