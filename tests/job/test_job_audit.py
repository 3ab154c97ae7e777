"""The audit of a folder that the real Blender made: its specs, the taxonomy, config.yaml, pairs made elsewhere."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shards import ShardIndex, Store, read_receipt
from tests.job.conftest import Answer
from tests.tamper import edit_scene, only, rewrite

pytest.importorskip("ray")
pytest.importorskip("bpy", exc_type=ImportError)

pytestmark = [pytest.mark.render, pytest.mark.slow]

KEY = "s0000000-v01"
CommandLine = Callable[..., Answer]


def run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "verichrome", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two scenes of two views, small, with base colours."""
    folder = tmp_path_factory.mktemp("made") / "out"
    flags = ["--family", "shapes", "--resolution", "64", "--samples", "1", "--scenes-per-shard", "1", "--workers", "1"]
    run("generate", *flags, "--scenes", "2", "--albedo", "--out", str(folder))
    return folder


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    return shutil.copytree(finished, tmp_path / "out")


def test_a_sound_folder_passes_the_audit(verichrome: CommandLine, folder: Path) -> None:
    result = verichrome("audit", str(folder))
    assert result.code == 0, result.out
    assert "no problems" in result.out
    assert f"{folder} is sound; it took " in result.out.splitlines()[-1]


def test_pairs_in_another_folder_are_audited_against_their_frames(
    verichrome: CommandLine, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "again"
    run("encode", str(folder), "--out", str(out), "--seed", "7", "--tasks", "depth,semantic", "--source-format", "jpg")
    result = verichrome("audit", str(out), "--frames", str(folder))
    assert result.code == 0, result.out
    (out / "config.yaml").write_text((out / "config.yaml").read_text().replace("samples: 1\n", "samples: 2\n"))
    result = verichrome("audit", str(out), "--frames", str(folder))
    assert result.code == 1
    assert "expected the fields of its frames' configuration: samples is 1 there and 2 here" in result.out


def _spec(change: Callable[[Any], Any]) -> Callable[[dict[str, Any]], None]:
    return lambda scene: change(scene["spec"])


def _rename(scene: dict[str, Any]) -> None:
    scene["objects"][0]["color"] = "mauve"


def _category(scene: dict[str, Any]) -> None:
    """An id that no taxonomy has, consistently."""
    category = scene["categories"][-1]
    old, category["id"] = category["id"], 9999
    for record in scene["objects"]:
        record["category_id"] = 9999 if record["category_id"] == old else record["category_id"]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda s: s["camera_to_world"][2].__setitem__(3, s["camera_to_world"][2][3] + 1e-6), "of one of the"),
        (lambda s: s["intrinsics"][0].__setitem__(2, s["intrinsics"][0][2] + 1e-3), "of one of the"),
        (lambda s: s.update(lens={"model": "fisheye", "coefficients": [0.0] * 4}), "expected the lens of one of the"),
        (_spec(lambda spec: spec.update(seed=1)), "expected seed 1 by the spec, got 0"),
        (_spec(lambda spec: spec["objects"].pop()), "of the spec, got"),
        (_spec(lambda spec: spec.update(nonsense=1)), "expected a spec that replays"),
        (_spec(lambda spec: spec["views"][0]["candidates"][0].update(roll=0.5)), "expected spec as in"),
        (_rename, "by the spec, got 'mauve'"),
        (_category, "expected a category id of the taxonomy, got 9999"),
        (lambda s: s["categories"][0].update(plural="things"), "by the taxonomy, got 'things'"),
        (lambda s: s["render"].update(view_transform="Raw"), "expected view_transform"),
        (lambda s: s["render"].update(samples=2), "expected samples 1 by config.yaml, got 2"),
        (lambda s: s["objects"][0].update(supported_by=2), "expected supported_by"),
    ],
)
def test_a_scene_that_differs_from_its_spec_is_reported(
    verichrome: CommandLine, folder: Path, edit: Callable[[Any], Any], message: str
) -> None:
    rewrite(Store(folder), "frames", only(KEY, edit_scene(edit)))
    result = verichrome("audit", str(folder))
    assert result.code == 1
    assert any(KEY in line and message in line for line in result.out.splitlines()), result.out


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("scenes: 2\n", "scenes: 3\n", "frames-000002.tar"),
        ("seed: 0\n", "seed: 1\n", "expected seed 1 by config.yaml, got 0"),
        ("views: 2\n", "views: 3\n", "expected the views [0, 1, 2], got [0, 1]"),
        ("  - semantic\n", "", "expected"),
        ("prompts_per_task: 1\n", "prompts_per_task: 2\n", "expected a pair that asks"),
        ("family: shapes\n", "family: shades\n", "cannot be read as a configuration of this version"),
        ("fingerprint of the frames: ", "fingerprint of the frames: 0", "by its fields, got 0"),
    ],
)
def test_a_configuration_that_differs_from_the_output_is_reported(
    verichrome: CommandLine, folder: Path, old: str, new: str, message: str
) -> None:
    file = folder / "config.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    result = verichrome("audit", str(folder))
    assert result.code == 1
    assert message in result.out


@pytest.mark.parametrize("content", [None, "", "- a\n- b\n", "{", "family: shapes\n"])
def test_a_missing_or_broken_configuration_is_reported(
    verichrome: CommandLine, folder: Path, content: str | None
) -> None:
    file = folder / "config.yaml"
    file.unlink()
    if content is not None:
        file.write_text(content)
    result = verichrome("audit", str(folder))
    assert result.code == 1
    assert f"[config] {file}: " in result.out


def test_a_task_without_anything_to_ask_is_not_a_problem(folder: Path) -> None:
    """What `test_a_sound_folder_passes_the_audit` rests on: not every view gives a pair of every task."""
    tasks = [row.task for index in (0, 1) for row in read_receipt(Store(folder), "pairs", ShardIndex(index)).pairs]
    assert tasks.count("depth") == 4
    assert tasks.count("amodal") < 4, json.dumps(tasks)
