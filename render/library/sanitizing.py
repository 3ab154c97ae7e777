"""What a .blend may do beside being looked at, taken out of it right after it was read and before it is evaluated.

A file can have Blender run simulations that write to disk, import other files, play films, and open whatever path
stands in it. `REMOVED` says what goes and why; of the rest, only files inside the user's folders are drawn on.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import bpy

from render.library.allowed_folders import AllowedFolders
from render.library.blend.materials import placeholder_image
from render.library.image_headers import MOST_PIXELS, image_problem

__all__ = ["RemovedContent", "check_images", "isolate"]

#: Modifiers and nodes that go, by their type, and what they would do.
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
#: Data that nothing which is rendered needs: programs, sounds, films.
UNWANTED = ("texts", "sounds", "movieclips")
MOST_IES = 2**20  # bytes of a lamp's IES file
DRIVE = re.compile(r"^[A-Za-z]:(?=/)")


@dataclass
class RemovedContent:
    """What was taken out of a file: clauses to tell. textures: predicates of images that must not be decoded."""

    dropped: list[str] = field(default_factory=list)
    textures: list[str] = field(default_factory=list)

    def told(self) -> list[str]:
        """All that is to be said of a place, whose textures are replaced."""
        return [*self.dropped, *(f"the {texture}: grey in its place" for texture in self.textures)]


def isolate(inside: AllowedFolders) -> RemovedContent:
    """Take out of the open file what `REMOVED` names and what lies outside; call it before Blender evaluates."""
    found = RemovedContent()
    _remove_modifiers(found)
    _remove_nodes(found)
    _keep_caches_off_disk(inside)
    _strip_scenes()
    _check_libraries(inside, found)
    check_images(inside, found)
    _check_fonts(inside, found)
    _take_ies_in(inside)
    _check_paths(inside, found)
    for kind in UNWANTED:
        blocks = getattr(bpy.data, kind)
        bpy.data.batch_remove([block for block in blocks if not (kind == "texts" and block in _ies_texts())])
    return found


def _remove_modifiers(found: RemovedContent) -> None:
    for thing in bpy.data.objects:
        for modifier in list(thing.modifiers):
            if modifier.type in REMOVED:
                found.dropped.append(f"{thing.name} is shown without {modifier.name}: {REMOVED[modifier.type]}")
                thing.modifiers.remove(modifier)


def _remove_nodes(found: RemovedContent) -> None:
    for owner, tree in _trees():
        for node in [node for node in tree.nodes if node.bl_idname in REMOVED]:
            found.dropped.append(f"{owner} is shown without {node.name}: {REMOVED[node.bl_idname]}")
            tree.nodes.remove(node)


def _trees() -> Iterator[tuple[str, Any]]:
    for owner in (*bpy.data.materials, *bpy.data.worlds, *bpy.data.lights):
        if owner.node_tree:
            yield owner.name, owner.node_tree
    yield from ((tree.name, tree) for tree in bpy.data.node_groups)


def _keep_caches_off_disk(inside: AllowedFolders) -> None:
    """Simulations neither read nor write files; baked geometry is read from inside alone."""
    for thing in bpy.data.objects:
        owners = [*thing.modifiers, *thing.particle_systems]
        for modifier in thing.modifiers:
            canvas = getattr(modifier, "canvas_settings", None)
            owners += list(canvas.canvas_surfaces) if canvas else []
            if modifier.type == "NODES":
                _keep_bakes_inside(modifier, inside)
        for owner in owners:
            _keep_cache_off_disk(getattr(owner, "point_cache", None))
    for scene in bpy.data.scenes:
        _keep_cache_off_disk(scene.rigidbody_world and scene.rigidbody_world.point_cache)


def _keep_cache_off_disk(cache: Any) -> None:
    if cache:
        cache.use_disk_cache = cache.use_external = False


def _keep_bakes_inside(modifier: Any, inside: AllowedFolders) -> None:
    if not inside.holds(_absolute(modifier.bake_directory, modifier.id_data)):
        modifier.bake_directory = ""
    for bake in modifier.bakes:
        if bake.use_custom_path and not inside.holds(_absolute(bake.directory, modifier.id_data)):
            bake.use_custom_path = False


def _strip_scenes() -> None:
    for scene in bpy.data.scenes:
        scene.sequence_editor_clear()
        scene.compositing_node_group = None
        scene.render.use_freestyle = False
        scene.cycles.shading_system = False  # no shaders that are programs


def _check_libraries(inside: AllowedFolders, found: RemovedContent) -> None:
    for library in list(bpy.data.libraries):
        path = _absolute(library.filepath, library)
        if fault := _open_fault(inside, path):
            found.dropped.append(f"{path.name}, which it is linked to, {fault}: all that comes from there is left out")
            bpy.data.libraries.remove(library)


def check_images(inside: AllowedFolders, found: RemovedContent) -> None:
    """Put a plain image in the place of each that must not be decoded."""
    for image in list(bpy.data.images):
        if image.users and (fault := _image_fault(image, inside)):
            name = Path(image.filepath).name or image.name
            found.textures.append(f"texture {name} {fault}")
            blank = placeholder_image(image)
            image.user_remap(blank)
            image.filepath_raw = ""
            if image.users:  # by what is linked, which keeps its images
                image.source, image.generated_color = "GENERATED", blank.generated_color
                image.generated_width = image.generated_height = 4


def _image_fault(image: Any, inside: AllowedFolders) -> str:
    if image.source == "GENERATED":
        pixels = image.generated_width * image.generated_height
        return f"has more than {MOST_PIXELS:,} pixels" if pixels > MOST_PIXELS else ""
    if image.source in ("MOVIE", "SEQUENCE"):
        return "is a film"
    if image.packed_files:
        faults = (image_problem(entry.packed_file.data) for entry in image.packed_files if entry.packed_file)
    else:
        faults = (_file_fault(path, inside) for path in _files(image))
    return next((fault for fault in faults if fault), "")


def _files(image: Any) -> Iterator[Path]:
    """The file of an image, or those of its tiles."""
    tiled = image.source == "TILED"
    for number in [tile.number for tile in image.tiles] if tiled else [1001]:
        column, row = (number - 1001) % 10, (number - 1001) // 10
        path = image.filepath.replace("<UDIM>", str(number)).replace("<UVTILE>", f"u{column + 1}_v{row + 1}")
        yield _absolute(path, image)


def _file_fault(path: Path, inside: AllowedFolders) -> str:
    """A missing file is told by whoever packs it."""
    if fault := _open_fault(inside, path):
        return fault
    return "" if inside.fault(path) else image_problem(path)


def _check_fonts(inside: AllowedFolders, found: RemovedContent) -> None:
    for font in list(bpy.data.fonts):
        if font.filepath == "<builtin>" or font.packed_file:
            continue
        path = _absolute(font.filepath, font)
        if fault := _open_fault(inside, path):
            found.dropped.append(f"the font {path.name} {fault}: Blender's own in its place")
            font.user_remap(bpy.data.fonts.load("<builtin>"))
            bpy.data.fonts.remove(font)


def _take_ies_in(inside: AllowedFolders) -> None:
    """The profiles of lamps from files of their own into the .blend; those outside fall to `_check_paths`."""
    for node in _ies_nodes():
        path = _absolute(node.filepath, node.id_data)
        if node.mode == "EXTERNAL" and not inside.fault(path) and path.stat().st_size <= MOST_IES:
            text = bpy.data.texts.new(path.name)
            text.write(path.read_text(encoding="latin-1"))
            node.mode, node.ies = "INTERNAL", text


def _ies_nodes() -> Iterator[Any]:
    yield from (node for _, tree in _trees() for node in tree.nodes if node.bl_idname == "ShaderNodeTexIES")


def _ies_texts() -> list[Any]:
    return [node.ies for node in _ies_nodes() if node.mode == "INTERNAL"]


def _check_paths(inside: AllowedFolders, found: RemovedContent) -> None:
    """Empty every other path that leads outside or to no regular file, whatever it is of."""
    known = (bpy.types.Image, bpy.types.Library, bpy.types.VectorFont, *_unwanted_types())

    def checked(block: Any, path: str, _about: Any) -> str | None:
        place = _absolute(path, block)
        fault = "" if isinstance(block, known) else _open_fault(inside, place)
        if not fault:
            return "" if place.is_dir() and not inside.holds(place) else None
        found.dropped.append(f"{place.name}, which {block.name} draws on, {fault}: left out")
        return ""

    visit: Callable[..., None] = bpy.data.file_path_foreach
    visit(checked)


def _unwanted_types() -> tuple[type, ...]:
    return bpy.types.Text, bpy.types.Sound, bpy.types.MovieClip


def _open_fault(inside: AllowedFolders, path: Path) -> str:
    """Why what is there must not be opened; what is not there, or is a folder, cannot be."""
    fault = inside.fault(path)
    return "" if fault == "is missing" or path.is_dir() else fault


def _absolute(path: str, block: Any) -> Path:
    """The file that Blender would open: it takes `\\` for `/`, forgets drive letters, and begins at `//` where the
    .blend lies that the block is of."""
    plain = DRIVE.sub("", path.replace("\\", "/"))
    if not plain.startswith("//"):
        return Path(plain)
    library = block.parent if isinstance(block, bpy.types.Library) else block.library
    start = bpy.path.abspath(library.filepath) if library else bpy.data.filepath
    return Path(start).parent / plain[2:].lstrip("/")
