"""A sampled scene that the example writes as a .blend is a setting with the same objects."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from scenes import sample_scene

EXAMPLE = Path(__file__).parents[2] / "examples" / "export_scene.py"


@pytest.mark.render
@pytest.mark.slow
def test_a_scene_comes_back_from_its_blend(tmp_path: Path) -> None:
    pytest.importorskip("bpy")
    from render.library.blend.prepare import prepare_blend
    from render.library.requests import PreparationRequest

    file = tmp_path / "table.blend"
    command = [sys.executable, str(EXAMPLE), "tabletop", "1", str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=200)
    setting = prepare_blend(PreparationRequest("blend", str(file), ""), tmp_path / "place.blend").setting
    due = Counter(obj.model.category for obj in sample_scene("tabletop", seed=0, index=1, views=1).objects)
    counted = Counter(fixture["category"] for fixture in setting["fixtures"])
    assert due["box"] == 0  # `box-1` is what programs call the nameless
    assert counted == due
    assert len(setting["spots"]) > 20
