"""Instances of collections, nodes, particles and vertices: each is an object, independent of its name."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("bpy")

pytestmark = pytest.mark.render


ROOT = Path(__file__).parents[2]


def output_of(module: str, *arguments: str) -> Any:
    """What a module beside this file prints as JSON."""
    command = [sys.executable, "-m", f"tests.library.{module}", *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120, cwd=ROOT)
    return json.loads(done.stdout.rpartition("@")[2])


def test_each_instance_is_an_object_of_all_its_parts() -> None:
    counts = Counter((category, parts, meshes) for _, category, parts, meshes in output_of("instanced") if category)
    assert counts == {
        ("chair", 3, 3): 4,  # two instances of a collection in each of two
        ("stool", 3, 3): 4,  # nodes that show a collection
        ("vase", 1, 1): 4,  # nodes that show an object
        ("bowl", 1, 1): 4,  # nodes that show a mesh
        ("plate", 1, 1): 4 * 4 + 1,  # the same within one another, and the mesh itself
        ("sofa", 3, 3): 2 * 4,  # nodes in an instance of a collection
        ("grass", 4, 1): 2,  # stuff is one object for each scatterer, which is there twice
        ("bottle", 3, 3): 4,  # nodes that show an instance of a collection
        ("barrel", 2, 2): 4 + 1,  # children on vertices, and the children themselves
        ("bed", 3, 3): 2 * 4,  # two instances of a collection on each vertex
        ("desk", 2, 2): 3,  # particles, which do not show curves
        ("bookshelf", 2, 2): 3,  # by a rule, all of each instance of a collection
    }


def test_rays_and_layers_are_combined_as_cycles_does() -> None:
    (objects, lamps, lost), (chosen, *_), refused = output_of("layered", "", "off", "of")
    assert objects == [
        ["indirect", [0, 1, 1, 1, 1, 1], ""],
        ["held", [0, 1, 1, 1, 1, 1], ""],
        ["actor", [1, 1, 1, 1, 1, 1], ""],  # a holdout in one layer, and there in another
        ["is_holdout", [0, 1, 1, 1, 1, 1], ""],
        ["is_shadow_catcher", [0, 1, 1, 1, 1, 1], ""],
        ["no shadow", [1, 1, 1, 1, 1, 0], ""],
        ["source", [0, 1, 1, 1, 1, 1], ""],  # what an instancer hides, it hides of all that it shows
        ["source", [1, 1, 1, 1, 1, 0], ""],
        ["set", [1, 1, 1, 1, 1, 1], "clay"],  # in the second layer alone, which has a material of its own for all
    ]
    assert lamps == [["lamp in it", [0, 1, 0, 1, 1, 1]], ["lamp in it", [0, 1, 0, 1, 1, 0]]]
    assert [str(clause).partition(",")[0] for clause in lost] == [
        "held",
        "is_shadow_catcher is a shadow catcher",
        "its view layers first and second are shown as one scene",
        "what only the view layer off would show is left out",
        "the view layer second shows what only it has in one material",
    ]
    assert "last" in {name for name, _, _ in chosen}
    assert refused == "its scene Scene has no view layer 'of', only first, second, off"


def test_objects_of_linked_files_differ_by_their_files(tmp_path: Path) -> None:
    import bpy

    from render.library.blend.prepare import prepare_blend
    from render.library.requests import PreparationRequest

    command = [sys.executable, "-m", "tests.library.linked", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120, cwd=ROOT)
    target = tmp_path / "place.blend"
    setting = prepare_blend(
        PreparationRequest("blend", str(tmp_path / "main.blend"), "", folders=(str(tmp_path),)), target
    ).setting
    chairs = {tuple(fixture["low"]) for fixture in setting["fixtures"] if fixture["category"] == "chair"}
    left, right = [(-1.75, y, 0) for y in (0.75, 2.75)], [(1.2, y, 0) for y in (0.7, 2.7)]
    assert chairs == {*left, *right}
    assert len(setting["fixtures"]) == 1 + 5, "the floor, two chairs of each file, and an override of one"
    assert setting["lamps"] == 2
    bpy.ops.wm.open_mainfile(filepath=str(target))
    assert not bpy.data.libraries
    assert sorted(lamp.energy for lamp in bpy.data.lights) == pytest.approx([50, 60])
    shaders = [material.node_tree.nodes["Principled BSDF"] for material in bpy.data.materials]
    colors = {tuple(shader.inputs["Base Color"].default_value)[:3] for shader in shaders}
    assert colors == {(1, 0, 0), (0, 1, 0), (0, 0, 1)}
