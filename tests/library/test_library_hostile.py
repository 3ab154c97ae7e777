"""Assets that mean harm are skipped with a reason, or used without what harms; the sound ones beside them are used."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

pytest.importorskip("bpy")

from render.library.cache import prepared_folder
from render.library.landlock import confined_here
from verichrome.configfile import resolve
from verichrome.library import OpenLibrary, open_library

pytestmark = pytest.mark.render

SECRET = b"a secret that must not be packed"


@pytest.fixture(scope="module")
def hostile() -> ModuleType:
    import importlib.util

    module_spec = importlib.util.spec_from_file_location("hostile", Path(__file__).with_name("hostile.py"))
    assert module_spec
    assert module_spec.loader
    module = importlib.util.module_from_spec(module_spec)
    module_spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def top(tmp_path_factory: pytest.TempPathFactory, hostile: ModuleType) -> Path:
    """`assets/box` with every hostile asset and a sound one; beside `assets`, what none of them may touch."""
    above = tmp_path_factory.mktemp("hostile")
    folder = above / "assets" / "box"
    folder.mkdir(parents=True)
    (above / "secret.png").write_bytes(hostile.png(1, 1) + SECRET)
    (above / "secret.mtl").write_bytes(b"newmtl m\nmap_Kd secret.png\n")
    hostile.write_images(folder)
    hostile.write_gltf(folder)
    hostile.write_scans(folder)
    if confined_here():  # else nothing keeps USD's own reader from what its layers name
        hostile.write_usd(folder)
    hostile.gltf(folder, "sound", lambda data: None)
    script = Path(__file__).with_name("hostile.py")
    subprocess.run([sys.executable, str(script), str(folder)], check=True, capture_output=True, timeout=120)
    for made in above.glob("written by*"):  # by Blender when it wrote the files
        made.rename(above / "aside")
    return above


@pytest.fixture(scope="module")
def opened(top: Path) -> OpenLibrary:
    return open_library(resolve({"assets": str(top / "assets")}))


def test_each_hostile_file_is_skipped_with_its_reason(opened: OpenLibrary, hostile: ModuleType) -> None:
    reasons = {skipped.name.removeprefix("box/"): skipped.reason for skipped in opened.skipped}
    expected = {f"{name}.gltf": reason for name, (_, reason) in hostile.GLTF.items()}
    expected |= {f"{name}.blend": reason for name, (_, reason) in hostile.BLEND.items()}
    expected |= {
        "nested.gltf": "its JSON is broken",
        "library outside.obj": "secret.mtl, which it draws on, lies outside",
        "library is a pipe.obj": "pipe, which it draws on, is not a regular file",
        "map outside.obj": "secret.png, which it draws on, lies outside",
        "map absolute.obj": "hostname, which it draws on, lies outside",
        "long line.obj": "",
        "many.ply": "its header names at least 16,000,000,000 bytes",
    }
    if confined_here():
        expected["layer outside.usda"] = "it holds no faces"
    assert set(reasons) == set(expected)
    assert not {name: (reason, reasons[name]) for name, reason in expected.items() if reason not in reasons[name]}
    assert not [reason for reason in reasons.values() if "\n" in reason or len(reason) > 400]


def test_usable_files_are_used_without_their_harmful_parts(opened: OpenLibrary, top: Path, hostile: ModuleType) -> None:
    names = {asset.name for asset in opened.library.assets}
    layers = {"box/layer.usda", "box/layer inside.usda"} if confined_here() else set()
    assert names == {"box/sound.gltf", *layers, *(f"box/{name}.blend" for name in hostile.CLEANED)}
    for name, (_, note) in hostile.CLEANED.items():
        assert opened.dropped.get(f"box/{name}.blend", ()) == ((note,) if note else ())
    assert not list(top.glob("written by*"))
    assert not [path for path in prepared_folder().rglob("*") if path.is_file() and SECRET in path.read_bytes()]


def test_a_file_that_takes_too_much_memory_is_skipped_and_the_next_is_read(tmp_path: Path, hostile: ModuleType) -> None:
    folder = tmp_path / "box"
    folder.mkdir()
    side = 1500
    points = np.stack(np.meshgrid(*[np.linspace(0, 0.1, side, dtype="<f4")] * 2), axis=-1).reshape(-1, 2)
    rows = np.concatenate([points, points[:, :1]], axis=1)
    corner = (np.arange(side - 1)[:, None] * side + np.arange(side - 1)).ravel()
    faces = np.empty(len(corner), [("n", "u1"), ("corners", "<i4", 4)])
    faces["n"], faces["corners"] = 4, np.stack([corner, corner + 1, corner + side + 1, corner + side], axis=1)
    head = (
        f"ply\nformat binary_little_endian 1.0\nelement vertex {len(rows)}\nproperty float x\nproperty float y\n"
        f"property float z\nelement face {len(faces)}\nproperty list uchar int vertex_indices\nend_header\n"
    )
    (folder / "dense.ply").write_bytes(head.encode() + rows.tobytes() + faces.tobytes())
    hostile.gltf(folder, "sound", lambda data: data.update(extras={"made": 2}))
    opened = open_library(resolve({"assets": str(tmp_path), "scene_memory": 0.45}))
    assert [asset.name for asset in opened.library.assets] == ["box/sound.gltf"]
    (dense,) = opened.skipped
    assert dense.reason.startswith("preparing it was ended: it took 0.")
    assert dense.reason.endswith("scene_memory allows 0.45 GiB")


def test_a_setting_is_shown_without_files_from_outside_its_folder(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own board has a texture from outside; it links a board of a file beside it, and one of a file outside."""
    script = Path(__file__).with_name("hostile.py")
    (top / "linked" / "inside").mkdir(parents=True)
    subprocess.run([sys.executable, str(script), str(top), "link"], check=True, capture_output=True, timeout=120)
    (top / "linked" / "rules.yaml").write_text("rules: [{object: Box, category: box}, {object: Own, category: mug}]")
    config = resolve({"family": "blend", "blend": str(top / "linked" / "linking.blend")})
    (blend,) = open_library(config).library.blends
    assert sorted(fixture.category for fixture in blend.fixtures) == ["box", "mug"]
    library, texture = blend.dropped
    assert library.startswith("outside.blend, which it is linked to, lies outside ")
    assert library.endswith(": all that comes from there is left out")
    assert texture.startswith("the texture secret.png lies outside ")
    assert texture.endswith(": grey in its place")
