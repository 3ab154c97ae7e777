"""Removes what a .blend of unknown origin must not do, right after it was read and before it is evaluated.

A file can make Blender run simulations that write to disk, import other files, play films, and open whatever path
stands in it. `REMOVED` names the modifiers and nodes that are removed, and why; of all other paths, only files inside
the user's folders are used.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import bpy

from render.library.allowed_folders import AllowedFolders
from render.library.block_paths import absolute_path
from render.library.image_checks import replace_images

__all__ = ["RemovedContent", "sanitize"]

#: Modifiers and nodes that are removed, by their type, and what they would do.
REMOVED: Mapping[str, str] = {
    "FLUID": "fluid simulations run scripts and write files",
    "GeometryNodeImportCSV": "the node Import CSV reads other files",
    "GeometryNodeImportOBJ": "the node Import OBJ reads other files",
    "GeometryNodeImportPLY": "the node Import PLY reads other files",
    "GeometryNodeImportSTL": "the node Import STL reads other files",
    "GeometryNodeImportText": "the node Import Text reads other files",
    "GeometryNodeImportVDB": "the node Import VDB reads other files",
    "ShaderNodeScript": "the node Script runs a program of the file's",
}
#: Data that no render needs: programs, sounds, films.
UNWANTED = ("texts", "sounds", "movieclips")
MOST_IES = 2**20  # bytes of a lamp's IES file


@dataclass
class RemovedContent:
    """What was removed from a file, each a clause. textures: predicates of images that must not be decoded."""

    dropped: list[str] = field(default_factory=list)
    textures: list[str] = field(default_factory=list)

    def notes(self) -> list[str]:
        """All clauses for a setting, whose textures are replaced."""
        return [*self.dropped, *(f"the {texture}: grey in its place" for texture in self.textures)]


def sanitize(allowed: AllowedFolders) -> RemovedContent:
    """Remove from the open file what `REMOVED` names and what lies outside; call it before Blender evaluates."""
    removed = RemovedContent()
    _remove_modifiers(removed)
    _remove_nodes(removed)
    _keep_caches_off_disk(allowed)
    _strip_scenes()
    _remove_libraries(allowed, removed)
    removed.textures += replace_images(allowed)
    _replace_fonts(allowed, removed)
    _embed_ies_files(allowed)
    _empty_paths(allowed, removed)
    for kind in UNWANTED:
        blocks = getattr(bpy.data, kind)
        bpy.data.batch_remove([block for block in blocks if not (kind == "texts" and block in _ies_texts())])
    return removed


def _remove_modifiers(removed: RemovedContent) -> None:
    for obj in bpy.data.objects:
        for modifier in list(obj.modifiers):
            if modifier.type in REMOVED:
                removed.dropped.append(f"{obj.name} is shown without {modifier.name}: {REMOVED[modifier.type]}")
                obj.modifiers.remove(modifier)


def _remove_nodes(removed: RemovedContent) -> None:
    for owner, tree in _trees():
        for node in [node for node in tree.nodes if node.bl_idname in REMOVED]:
            removed.dropped.append(f"{owner} is shown without {node.name}: {REMOVED[node.bl_idname]}")
            tree.nodes.remove(node)


def _trees() -> Iterator[tuple[str, Any]]:
    """Every node tree of the file, and the name of what it belongs to."""
    for owner in (*bpy.data.materials, *bpy.data.worlds, *bpy.data.lights):
        if owner.node_tree:
            yield owner.name, owner.node_tree
    yield from ((tree.name, tree) for tree in bpy.data.node_groups)


def _keep_caches_off_disk(allowed: AllowedFolders) -> None:
    """Let simulations neither read nor write files, and read baked geometry from inside alone."""
    for obj in bpy.data.objects:
        owners = [*obj.modifiers, *obj.particle_systems]
        for modifier in obj.modifiers:
            canvas = getattr(modifier, "canvas_settings", None)
            owners += list(canvas.canvas_surfaces) if canvas else []
            if modifier.type == "NODES":
                _keep_bakes_inside(modifier, allowed)
        for owner in owners:
            _keep_cache_off_disk(getattr(owner, "point_cache", None))
    for scene in bpy.data.scenes:
        _keep_cache_off_disk(scene.rigidbody_world and scene.rigidbody_world.point_cache)


def _keep_cache_off_disk(cache: Any) -> None:
    if cache:
        cache.use_disk_cache = cache.use_external = False


def _keep_bakes_inside(modifier: Any, allowed: AllowedFolders) -> None:
    if not allowed.contains(absolute_path(modifier.bake_directory, modifier.id_data)):
        modifier.bake_directory = ""
    for bake in modifier.bakes:
        if bake.use_custom_path and not allowed.contains(absolute_path(bake.directory, modifier.id_data)):
            bake.use_custom_path = False


def _strip_scenes() -> None:
    for scene in bpy.data.scenes:
        scene.sequence_editor_clear()
        scene.compositing_node_group = None
        scene.render.use_freestyle = False
        scene.cycles.shading_system = False  # no shaders that are programs


def _remove_libraries(allowed: AllowedFolders, removed: RemovedContent) -> None:
    for library in list(bpy.data.libraries):
        path = absolute_path(library.filepath, library)
        if problem := allowed.open_problem(path):
            removed.dropped.append(
                f"{path.name}, which it is linked to, {problem}: all that comes from there is left out"
            )
            bpy.data.libraries.remove(library)


def _replace_fonts(allowed: AllowedFolders, removed: RemovedContent) -> None:
    for font in list(bpy.data.fonts):
        if font.filepath == "<builtin>" or font.packed_file:
            continue
        path = absolute_path(font.filepath, font)
        if problem := allowed.open_problem(path):
            removed.dropped.append(f"the font {path.name} {problem}: Blender's own in its place")
            font.user_remap(bpy.data.fonts.load("<builtin>"))
            bpy.data.fonts.remove(font)


def _embed_ies_files(allowed: AllowedFolders) -> None:
    """Put the profiles of lamps that are files of their own into the .blend; `_empty_paths` handles those outside."""
    for node in _ies_nodes():
        path = absolute_path(node.filepath, node.id_data)
        if node.mode == "EXTERNAL" and not allowed.problem(path) and path.stat().st_size <= MOST_IES:
            text = bpy.data.texts.new(path.name)
            text.write(path.read_text(encoding="latin-1"))
            node.mode, node.ies = "INTERNAL", text


def _ies_nodes() -> Iterator[Any]:
    yield from (node for _, tree in _trees() for node in tree.nodes if node.bl_idname == "ShaderNodeTexIES")


def _ies_texts() -> list[Any]:
    return [node.ies for node in _ies_nodes() if node.mode == "INTERNAL"]


def _empty_paths(allowed: AllowedFolders, removed: RemovedContent) -> None:
    """Empty every other path that leads outside or to anything but a regular file, whatever it belongs to."""
    handled = (bpy.types.Image, bpy.types.Library, bpy.types.VectorFont, *_unwanted_types())

    def check(block: Any, path: str, _metadata: Any) -> str | None:
        """Blender's callback for each path: None keeps it, "" empties it."""
        target = absolute_path(path, block)
        problem = "" if isinstance(block, handled) else allowed.open_problem(target)
        if not problem:
            return "" if target.is_dir() and not allowed.contains(target) else None
        removed.dropped.append(f"{target.name}, which {block.name} draws on, {problem}: left out")
        return ""

    visit: Callable[..., None] = bpy.data.file_path_foreach
    visit(check)


def _unwanted_types() -> tuple[type, ...]:
    return bpy.types.Text, bpy.types.Sound, bpy.types.MovieClip
