"""What is shown through collections, nodes, particles and vertices: as many things as there are, whatever the names."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("bpy")

pytestmark = pytest.mark.render


def said(script: str, *arguments: str) -> list[list[object]]:
    """What a script beside this file prints as JSON."""
    command = [sys.executable, str(Path(__file__).with_name(script)), *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    return list(json.loads(done.stdout.rpartition("@")[2]))


def test_each_showing_is_a_thing_of_all_its_parts() -> None:
    found = Counter((category, parts, meshes) for _, category, parts, meshes in said("showings.py") if category)
    assert found == {
        ("chair", 3, 3): 4,  # two instances of a collection in each of two
        ("stool", 3, 3): 4,  # nodes that show a collection
        ("vase", 1, 1): 4,  # nodes that show an object
        ("bowl", 1, 1): 4,  # nodes that show a mesh
        ("plate", 1, 1): 4 * 4 + 1,  # the same within one another, and the mesh itself
        ("sofa", 3, 3): 2 * 4,  # nodes in an instance of a collection
        ("grass", 4, 1): 2,  # stuff is one object a strewer, and that is shown twice
        ("bottle", 3, 3): 4,  # nodes that show an instance of a collection
        ("barrel", 2, 2): 4 + 1,  # children on vertices, and the children themselves
        ("bed", 3, 3): 2 * 4,  # two instances of a collection on each vertex
        ("desk", 2, 2): 3,  # particles, which do not show curves
        ("bookshelf", 2, 2): 3,  # by a rule, all of each showing of a collection
    }
