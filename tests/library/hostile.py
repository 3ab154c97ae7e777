"""Assets that mean harm, or are broken: each is a function that writes one into a folder.

`python hostile.py FOLDER` writes the .blend files, in a process of its own.
"""

import io
import json
import os
import struct
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

TRIANGLE = np.array([[0, 0, 0], [0.1, 0, 0], [0, 0.1, 0.1]], np.float32)


# ------------------------------------------------------------------ glTF
def gltf(folder: Path, name: str, change: Callable[[dict[str, Any]], object]) -> None:
    """A triangle whose document is changed."""
    (folder / f"{name}.bin").write_bytes(TRIANGLE.tobytes())
    box = {"min": TRIANGLE.min(axis=0).tolist(), "max": TRIANGLE.max(axis=0).tolist()}
    data: dict[str, Any] = {
        "asset": {"version": "2.0"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
        "accessors": [{"bufferView": 0, "componentType": 5126, "type": "VEC3", "count": 3, **box}],
        "bufferViews": [{"buffer": 0, "byteLength": 36}],
        "buffers": [{"byteLength": 36, "uri": f"{name}.bin"}],
    }
    change(data)
    (folder / f"{name}.gltf").write_text(json.dumps(data), encoding="utf-8")


def textured(data: dict[str, Any], **image: Any) -> None:
    data["images"] = [image]
    data["textures"] = [{"source": 0}]
    data["materials"] = [{"pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}}]
    data["meshes"][0]["primitives"][0]["material"] = 0


def packed(**fields: Any) -> Callable[[dict[str, Any]], None]:
    """A view that claims to be packed by meshopt."""

    def change(data: dict[str, Any]) -> None:
        data["extensionsUsed"] = ["EXT_meshopt_compression"]
        buffer_range = {"buffer": 0, "byteOffset": 0, "byteLength": 36}
        data["bufferViews"][0]["extensions"] = {"EXT_meshopt_compression": {**buffer_range, **fields}}

    return change


#: Changes of a valid triangle, and the reason for skipping each.
GLTF: Mapping[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "buffer outside": (lambda data: data["buffers"][0].update(uri="../../secret.png"), "lies outside"),
    "buffer absolute": (lambda data: data["buffers"][0].update(uri="/etc/hostname"), "lies outside"),
    "buffer by backslashes": (lambda data: data["buffers"][0].update(uri="..\\..\\secret.png"), "lies outside"),
    "buffer at an address": (lambda data: data["buffers"][0].update(uri="file:///etc/hostname"), "is an address"),
    "buffer is a pipe": (lambda data: data["buffers"][0].update(uri="pipe"), "is not a regular file"),
    "image outside": (lambda data: textured(data, uri="%2e%2e/../secret.png"), "lies outside"),
    "image by a link": (lambda data: textured(data, uri="link.png"), "lies outside"),
    "image too large": (lambda data: textured(data, uri="vast.png"), "has more than 134,217,728 pixels"),
    "image is postscript": (lambda data: textured(data, uri="script.png"), "is not PNG, JPEG"),
    "many elements": (lambda data: data["accessors"][0].update(count=10**9), "cut short"),
    "many without data": (
        lambda data: (data["accessors"][0].pop("bufferView"), data["accessors"][0].update(count=10**9)),
        "has no data",
    ),
    "many sparse": (
        lambda data: data["accessors"][0].update(
            sparse={
                "count": 10**9,
                "indices": {"bufferView": 0, "componentType": 5125},
                "values": {"bufferView": 0},
            }
        ),
        "cut short",
    ),
    "negative count": (lambda data: data["accessors"][0].update(count=-3), "is not a sound glTF"),
    "negative offset": (lambda data: data["bufferViews"][0].update(byteOffset=-36), "before its buffer"),
    "huge number": (lambda data: data["accessors"][0].update(count=10**400), "is not a sound glTF"),
    "odd types": (lambda data: data.update(accessors={"a": 1}), "is not a sound glTF"),
    "shared often": (
        lambda data: (
            data["meshes"][0].update(primitives=[{"attributes": {"POSITION": 0}, "mode": 0}] * 200),
            data["accessors"][0].update(count=2**23, bufferView=0, byteOffset=0),
            data["bufferViews"][0].update(byteLength=12 * 2**23),
            data["buffers"][0].update(byteLength=12 * 2**23, uri="zeros"),
        ),
        "more than 100,000,000 vertices",
    ),
    "meshopt of many": (packed(count=10**9, byteStride=256, mode="ATTRIBUTES"), "cannot be 1,000,000,000 elements"),
    "meshopt of odd stride": (packed(count=3, byteStride=7, mode="ATTRIBUTES"), "cannot be 3 elements of 7 bytes"),
}


def write_gltf(folder: Path) -> None:
    for name, (change, _) in GLTF.items():
        gltf(folder, name, change)
    (folder / "nested.gltf").write_text("[" * 200_000, encoding="utf-8")


# ------------------------------------------------------------------ other formats
def png(width: int, height: int) -> bytes:
    """The header of a PNG of so many pixels, and nothing of them."""
    from PIL import Image

    with io.BytesIO() as stream:
        Image.new("L", (1, 1)).save(stream, "PNG")
        content = bytearray(stream.getvalue())
    content[16:24] = struct.pack(">II", width, height)
    import zlib

    content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
    return bytes(content)


def exr(width: int, height: int) -> bytes:
    """The header of an EXR of so many pixels."""
    window = struct.pack("<4i", 0, 0, width - 1, height - 1)
    channels = b"R\0" + struct.pack("<iBxxxii", 2, 0, 1, 1) + b"\0"
    entries = (
        (b"channels", b"chlist", channels),
        (b"compression", b"compression", b"\0"),
        (b"dataWindow", b"box2i", window),
        (b"displayWindow", b"box2i", window),
        (b"lineOrder", b"lineOrder", b"\0"),
        (b"pixelAspectRatio", b"float", struct.pack("<f", 1)),
        (b"screenWindowCenter", b"v2f", bytes(8)),
        (b"screenWindowWidth", b"float", struct.pack("<f", 1)),
    )
    body = b"".join(
        name + b"\0" + kind + b"\0" + struct.pack("<i", len(value)) + value for name, kind, value in entries
    )
    return b"\x76\x2f\x31\x01\x02\0\0\0" + body + b"\0"


def write_images(folder: Path) -> None:
    """What the meshes draw on: zeros, a link out of the folder, a pipe, an image of 10^10 pixels, and a program."""
    (folder / "link.png").symlink_to(folder.parent.parent / "secret.png")
    os.mkfifo(folder / "pipe")
    with (folder / "zeros").open("wb") as stream:
        stream.truncate(12 * 2**23)
    (folder / "vast.png").write_bytes(png(100_000, 100_000))
    (folder / "script.png").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n(%pipe%id) (r) file\n")


OBJ = "v 0 0 0\nv 0.1 0 0\nv 0 0.1 0.1\nusemtl m\nf 1 2 3\n"


def write_scans(folder: Path) -> None:
    """OBJ and PLY."""
    (folder / "library outside.obj").write_text(f"mtllib ../../secret.mtl\n{OBJ}")
    (folder / "library is a pipe.obj").write_text(f"mtllib pipe\n{OBJ}")
    (folder / "map outside.obj").write_text(f"mtllib outside.mtl\n{OBJ}")
    (folder / "outside.mtl").write_text("newmtl m\nmap_Kd -s 1 1 1 ../../secret.png\n")
    (folder / "map absolute.obj").write_text(f"mtllib absolute.mtl\n{OBJ}")
    (folder / "absolute.mtl").write_text("newmtl m\nmap_Kd /etc/hostname\n")
    (folder / "long line.obj").write_text("v 0 0 0\n" + "f " + "1 " * 2_000_000 + "\n")
    head = "ply\nformat binary_little_endian 1.0\nelement vertex 4000000000\nproperty float x\nend_header\n"
    (folder / "many.ply").write_text(head)


USD = """#usda 1.0
(
    defaultPrim = "m"
    metersPerUnit = 1
)
def Mesh "m" {
    int[] faceVertexCounts = [3]
    int[] faceVertexIndices = [0, 1, 2]
    point3f[] points = [(0, 0, 0), (0.1, 0, 0), (0, 0.1, 0.1)]
}
"""
REFERENCE = '#usda 1.0\n(metersPerUnit = 1)\ndef "a" (references = @{}@) {{}}\n'


def write_usd(folder: Path) -> None:
    """A layer that refers to one beside it, and one that refers to one outside."""
    for path in (folder / "layer.usda", folder.parent.parent / "secret.usda"):
        path.write_text(USD)
    (folder / "layer inside.usda").write_text(REFERENCE.format("layer.usda"))
    (folder / "layer outside.usda").write_text(REFERENCE.format("../../secret.usda"))


# ------------------------------------------------------------------ .blend
def _fresh() -> Any:
    import bpy

    bpy.ops.wm.read_factory_settings(use_empty=True)
    mesh = bpy.data.meshes.new("board")
    mesh.from_pydata([(0, 0, 0), (0.1, 0, 0), (0.1, 0.1, 0.1), (0, 0.1, 0.1)], [], [(0, 1, 2, 3)])
    mesh.materials.append(bpy.data.materials.new("paint"))
    board = bpy.data.objects.new("Box", mesh)
    bpy.context.scene.collection.objects.link(board)
    return board


def _image(board: Any, path: str) -> Any:
    import bpy

    image = bpy.data.images.new("texture", 4, 4)
    image.source, image.filepath = "FILE", path
    tree = board.data.materials[0].node_tree
    node = tree.nodes.new("ShaderNodeTexImage")
    node.image = image
    tree.links.new(node.outputs["Color"], tree.nodes["Principled BSDF"].inputs["Base Color"])
    return image


def _geometry_node(board: Any, kind: str, **values: Any) -> None:
    """A modifier that joins what a node makes to the object's own geometry."""
    import bpy

    group = bpy.data.node_groups.new("grow", "GeometryNodeTree")
    for way in ("INPUT", "OUTPUT"):
        group.interface.new_socket("Geometry", in_out=way, socket_type="NodeSocketGeometry")
    own, node, join, output = (
        group.nodes.new(name) for name in ("NodeGroupInput", kind, "GeometryNodeJoinGeometry", "NodeGroupOutput")
    )
    for source in (own, node):
        group.links.new(source.outputs[0], join.inputs[0])
    group.links.new(join.outputs[0], output.inputs[0])
    for name, value in values.items():
        node.inputs[name.replace("_", " ")].default_value = value
    modifier = board.modifiers.new("grow", "NODES")
    modifier.show_viewport = False
    modifier.node_group = group


def subdivided(board: Any, folder: Path) -> None:
    modifier = board.modifiers.new("fine", "SUBSURF")
    modifier.levels, modifier.render_levels = 0, 11
    again = board.modifiers.new("finer", "SUBSURF")
    again.levels, again.render_levels = 0, 11


def arrayed(board: Any, folder: Path) -> None:
    for _ in range(3):
        modifier = board.modifiers.new("rows", "ARRAY")
        modifier.show_viewport, modifier.count = False, 10_000


def remeshed(board: Any, folder: Path) -> None:
    modifier = board.modifiers.new("voxels", "REMESH")
    modifier.show_viewport, modifier.mode, modifier.voxel_size = False, "VOXEL", 1e-6


def waves(board: Any, folder: Path) -> None:
    modifier = board.modifiers.new("sea", "OCEAN")
    modifier.show_viewport, modifier.resolution, modifier.repeat_x = False, 100, 1000


def scattered(board: Any, folder: Path) -> None:
    board.modifiers.new("grass", "PARTICLE_SYSTEM").show_viewport = False
    settings = board.particle_systems[0].settings
    settings.type, settings.child_type, settings.rendered_child_count = "HAIR", "SIMPLE", 10_000
    settings.count = 10_000


def grid(board: Any, folder: Path) -> None:
    _geometry_node(board, "GeometryNodeMeshGrid", Vertices_X=100_000, Vertices_Y=100_000)


def nested(board: Any, folder: Path) -> None:
    """Eight levels of collections, each of which shows the one below twenty times."""
    import bpy

    inner = bpy.data.collections.new("level")
    inner.objects.link(board)
    for level in range(8):
        outer = bpy.data.collections.new("level") if level < 7 else bpy.context.scene.collection
        for _ in range(20):
            empty = bpy.data.objects.new("holder", None)
            # Shown only in a render, or Blender would make them all when the file is written.
            empty.hide_viewport = True
            empty.instance_type, empty.instance_collection = "COLLECTION", inner
            outer.objects.link(empty)
        inner = outer


def groups(board: Any, folder: Path) -> None:
    """Sixteen levels of groups, each of which holds the one below twice."""
    import bpy

    inner = None
    for _ in range(16):
        outer = bpy.data.node_groups.new("level", "ShaderNodeTree")
        for _ in range(2):
            node = outer.nodes.new("ShaderNodeGroup" if inner else "ShaderNodeMath")
            if inner:
                node.node_tree = inner
        inner = outer
    board.data.materials[0].node_tree.nodes.new("ShaderNodeGroup").node_tree = inner


def image_outside(board: Any, folder: Path) -> None:
    _image(board, "//../../secret.png")


def image_with_a_drive(board: Any, folder: Path) -> None:
    _image(board, "C:\\" + str(folder.parent.parent / "secret.png").lstrip("/").replace("/", "\\"))


def image_is_a_pipe(board: Any, folder: Path) -> None:
    _image(board, "//pipe")


def image_packed(board: Any, folder: Path) -> None:
    content = png(100_000, 100_000)
    image = _image(board, "//none.png")
    image.pack(data=content, data_len=len(content))


def image_generated(board: Any, folder: Path) -> None:
    image = _image(board, "")
    image.source = "GENERATED"
    image.generated_width = image.generated_height = 60_000


def imports(board: Any, folder: Path) -> None:
    _geometry_node(board, "GeometryNodeImportSTL", Path=str(folder / "pipe"))


def fluid(board: Any, folder: Path) -> None:
    modifier = board.modifiers.new("water", "FLUID")
    modifier.fluid_type = "DOMAIN"
    modifier.domain_settings.cache_directory = str(folder.parent.parent / "written by a fluid")
    modifier.show_viewport = False


def program(board: Any, folder: Path) -> None:
    """A text that registers itself, and a driver in Python; both would make a file."""
    import bpy

    written = folder.parent.parent / "written by a program"
    text = bpy.data.texts.new("evil.py")
    text.use_module = True
    text.write(f"open({str(written)!r}, 'w')")
    driver = board.driver_add("location", 0).driver
    driver.expression = f"open({str(written)!r}, 'w') and 0"


def usual(board: Any, folder: Path) -> None:
    """Modifiers and textures without a path."""
    import bpy

    for kind in ("CLOTH", "SOFT_BODY", "DYNAMIC_PAINT", "PARTICLE_SYSTEM", "MESH_CACHE", "MULTIRES", "OCEAN"):
        modifier = board.modifiers.new(kind, kind)
        modifier.show_viewport = modifier.show_render = False
        if kind == "OCEAN":
            modifier.resolution = modifier.viewport_resolution = 4
    board.data.materials[0].node_tree.nodes.new("ShaderNodeTexIES")
    bpy.data.volumes.new("mist").use_fake_user = True


#: What each .blend is made of, and why it is skipped or what of it was left out ("" for nothing).
BLEND: Mapping[str, tuple[Callable[[Any, Path], None], str]] = {
    "subdivided": (subdivided, "make more than 100,000,000 faces"),
    "arrayed": (arrayed, "make more than 100,000,000 faces"),
    "remeshed": (remeshed, "make more than 100,000,000 faces"),
    "waves": (waves, "make more than 100,000,000 faces"),
    "scattered": (scattered, "are 100,000,000, more than 20,000,000"),
    "grid": (grid, "make more than 100,000,000 faces"),
    "nested": (nested, "instance each other some"),
    "groups": (groups, "the nodes of paint come to"),
    "image outside": (image_outside, "its texture secret.png lies outside"),
    "image with a drive": (image_with_a_drive, "its texture secret.png "),
    "image is a pipe": (image_is_a_pipe, "its texture pipe is not a regular file"),
    "image packed": (image_packed, "has more than 134,217,728 pixels"),
    "image generated": (image_generated, "has more than 134,217,728 pixels"),
}
#: The same for what is taken out of a file that is used nevertheless.
CLEANED: Mapping[str, tuple[Callable[[Any, Path], None], str]] = {
    "imports": (imports, "grow is shown without Import STL: the node Import STL reads other files"),
    "fluid": (fluid, "Box is shown without water: fluid simulations run scripts and write files"),
    "program": (program, ""),
    "usual": (usual, ""),
}


def write_blends(folder: Path) -> None:
    import bpy

    for name, (make, _) in {**BLEND, **CLEANED}.items():
        make(_fresh(), folder)
        bpy.ops.wm.save_as_mainfile(filepath=str(folder / f"{name}.blend"), compress=False)


def write_linked(folder: Path) -> None:
    """`linked/linking.blend`: a board with a texture of `folder`, a board of `linked/inside`, and one of `folder`."""
    import bpy

    libraries = [folder / "linked" / "inside" / "inside.blend", folder / "outside.blend"]
    for path in libraries:
        _fresh()
        bpy.ops.wm.save_as_mainfile(filepath=str(path), compress=False)
    board = _fresh()
    board.name = "Own"
    _image(board, "//../secret.png")
    for path in libraries:
        with bpy.data.libraries.load(str(path), link=True, relative=False) as (_, target):
            target.objects = ["Box"]
        for obj in target.objects:
            bpy.context.scene.collection.objects.link(obj)
    bpy.ops.wm.save_as_mainfile(filepath=str(folder / "linked" / "linking.blend"), compress=False)


if __name__ == "__main__":
    (write_linked if sys.argv[2:] else write_blends)(Path(sys.argv[1]))
    sys.stdout.flush()
    os._exit(0)
