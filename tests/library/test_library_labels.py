"""Labels: sub-folders, labels.csv, assets.yaml, glTF extras; and the sentences for what is wrong with them."""

import json
from pathlib import Path

import fsspec
import pytest

from verichrome.errors import UsageError
from verichrome.library.asset_files import content_digest, members
from verichrome.library.categories import category_of
from verichrome.library.folder import local_folder
from verichrome.library.rules import read_rules
from verichrome.library.scan import FoundFile, SkippedFile, scan_assets, scan_materials
from verichrome.library.textures import kind_of, texture_sets


def put(folder: Path, name: str, text: str = "x") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def categories(folder: Path) -> dict[str, str]:
    return {file.name: file.category for file in scan_assets(folder) if isinstance(file, FoundFile)}


def reasons(folder: Path) -> dict[str, str]:
    return {file.name: file.reason for file in scan_assets(folder) if isinstance(file, SkippedFile)}


@pytest.mark.parametrize(
    ("word", "category"),
    [("mug", "mug"), ("Mugs", "mug"), ("coffee-mug_02", "mug"), ("red_coffee_mug", "mug"), ("sky", ""), ("thing", "")],
)
def test_folder_names_are_matched_with_categories(word: str, category: str) -> None:
    assert category_of(word, {}) == category


def test_the_nearest_folder_names_the_category(tmp_path: Path) -> None:
    put(tmp_path, "mugs/a.obj")
    put(tmp_path, "mugs/bowl/round/b.stl")
    put(tmp_path, "c.ply")
    put(tmp_path, "gizmo/d.ply")
    put(tmp_path, "mugs/readme.txt")
    put(tmp_path, "mugs/.hidden/e.obj")
    assert categories(tmp_path) == {"mugs/a.obj": "mug", "mugs/bowl/round/b.stl": "bowl"}
    assert reasons(tmp_path) == {
        "c.ply": "it has no category: no sub-folder, label or glTF extra names one",
        "gizmo/d.ply": "it has no category: gizmo names none of the taxonomy",
    }


def test_labels_override_patterns_and_patterns_override_extras_and_folders(tmp_path: Path) -> None:
    extras = json.dumps({"asset": {"version": "2.0"}, "nodes": [{"extras": {"category": "teapot"}}]})
    for name in ("mug/a.gltf", "mug/b.gltf", "mug/c.gltf"):
        put(tmp_path, name, extras)
    put(tmp_path, "labels.csv", "file,category,scale\nmug/a.gltf,bowl,0.5\nmug/z.gltf,bowl,\n")
    put(tmp_path, "assets.yaml", 'defaults: {size: 2}\nnames: {jug: pitcher}\nfiles: {"mug/[ab]*": {category: jug}}\n')
    assert categories(tmp_path) == {"mug/a.gltf": "bowl", "mug/b.gltf": "pitcher", "mug/c.gltf": "teapot"}
    assert reasons(tmp_path) == {"mug/z.gltf": "labels.csv names it, and there is no such mesh file"}
    rules = read_rules(tmp_path)
    assert (rules.of("mug/a.gltf").scale, rules.of("mug/a.gltf").size) == (0.5, None)
    assert rules.of("mug/b.gltf").size == 2


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("labels.csv", "name,category\n", "labels.csv needs a header line with a column `file`."),
        ("labels.csv", "file,scale\na.obj,-1\n", "labels.csv, line 2: scale must be more than 0.0, got -1."),
        ("labels.csv", "file,categry\na.obj,mug\n", "line 2: categry is not a field (did you mean category?)"),
        ("assets.yaml", "files: {a: {up: x}}\n", "assets.yaml: files.a.up must be one of 'y' or 'z', got x."),
        ("assets.yaml", "files: [\n", "assets.yaml: expected YAML, got an error in line 2"),
    ],
)
def test_an_error_in_rules_is_one_sentence(tmp_path: Path, name: str, text: str, sentence: str) -> None:
    put(tmp_path, name, text)
    with pytest.raises(UsageError) as error:
        read_rules(tmp_path)
    assert sentence in str(error.value)
    assert "\n" not in str(error.value)


def test_the_digest_follows_content_and_not_names(tmp_path: Path) -> None:
    one = put(tmp_path, "a/mug.obj", "mtllib mug.mtl\n")
    put(tmp_path, "a/mug.mtl", "newmtl m\nmap_Kd -s 1 1 1 my photo.png\n")
    photo = put(tmp_path, "a/my photo.png", "red")
    two = put(tmp_path, "b/cup.obj", "mtllib mug.mtl\n")
    put(tmp_path, "b/mug.mtl", "newmtl m\nmap_Kd -s 1 1 1 my photo.png\n")
    assert members(one) == [one, tmp_path / "a/mug.mtl"]  # an option before a name with a space: Blender sorts it out
    assert content_digest(members(one)) == content_digest(members(two))
    assert content_digest(members(one), "up") != content_digest(members(one))
    put(tmp_path, "a/mug.mtl", "newmtl m\nmap_Kd my photo.png\n")
    before = content_digest(members(one))
    photo.write_text("blue")
    assert content_digest(members(one)) != before


def test_a_url_is_copied_and_kept_up_to_date() -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe({"/things/mug/a.obj": b"1", "/things/mug/b.obj": b"2"})
    folder = local_folder("memory://things", "assets")
    assert (folder / "mug/a.obj").read_bytes() == b"1"
    memory.pipe({"/things/mug/a.obj": b"3"})
    memory.rm("/things/mug/b.obj")
    assert local_folder("memory://things", "assets") == folder
    assert {path.name: path.read_bytes() for path in (folder / "mug").iterdir()} == {"a.obj": b"3"}
    with pytest.raises(UsageError, match="assets must name a folder, and memory://nowhere is none"):
        local_folder("memory://nowhere", "assets")


def test_texture_sets_by_common_names(tmp_path: Path) -> None:
    names = [
        "wood/oak_01_basecolor.png", "wood/oak_01_normal.png", "wood/oak_01_roughness.png", "wood/oak_02_albedo.png",
        "Bricks075A/Bricks075A_2K-JPG_Color.jpg", "Bricks075A/Bricks075A_2K-JPG_NormalGL.jpg",
        "Bricks075A/Bricks075A_2K-JPG_NormalDX.jpg", "Bricks075A/Bricks075A_2K-JPG_AmbientOcclusion.jpg",
        "rock/aerial_rocks_diff_4k.jpg", "rock/aerial_rocks_nor_gl_4k.exr", "rock/aerial_rocks_disp_4k.png",
        "marble/Base Color.png", "marble/Height.png", "notes/preview.png",
    ]  # fmt: skip
    sets = texture_sets(iter(names))
    assert {name: set(maps) for name, maps in sets.items()} == {
        "wood/oak_01": {"color", "normal", "roughness"},
        "wood/oak_02": {"color"},
        "Bricks075A/Bricks_075A": {"color", "normal", "ao"},
        "rock/aerial_rocks": {"color", "normal", "height"},
        "marble/marble": {"color", "height"},
    }
    assert sets["Bricks075A/Bricks_075A"]["normal"].endswith("NormalGL.jpg")
    kinds = {name: kind_of(name) for name in sets}
    assert kinds == {
        "wood/oak_01": "wood", "wood/oak_02": "wood", "Bricks075A/Bricks_075A": "brick", "rock/aerial_rocks": "stone",
        "marble/marble": "marble",
    }  # fmt: skip


def test_texture_sets_without_colour_or_kind_are_reported(tmp_path: Path) -> None:
    put(tmp_path, "wood/oak_normal.png")
    put(tmp_path, "mystery/x_albedo.png")
    put(tmp_path, "other/y_albedo.png")
    put(tmp_path, "assets.yaml", "files: {'other/*': {kind: cork, width: 0.3}}")
    sets = {file.name: file for file in scan_materials(tmp_path)}
    assert [type(file) for file in sets.values()] == [SkippedFile, FoundFile, SkippedFile]
    assert sets["wood/oak"].reason == "it has no base colour, only normal"  # type: ignore[union-attr]
    assert sets["mystery/x"].reason.startswith("its name names no kind")  # type: ignore[union-attr]
    assert sets["other/y"].category == "cork"  # type: ignore[union-attr]
