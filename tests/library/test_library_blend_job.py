"""The family blend as its users meet it: lists, one sentence for bad input, a job that is audited and refused."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from shards import Store
from verichrome.cli import app
from verichrome.configfile import resolve
from verichrome.errors import ConfigError, UsageError
from verichrome.library import open_library, with_library
from verichrome.library.settings import read_blend_rules
from verichrome.library.transfer import download_assets, upload_library

INTERIOR = Path(__file__).with_name("interior.py")
RULES = 'rules: [{material: "*parquet*", category: floor}]'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the .blend of interior.py, its rules, and a file that is none."""
    pytest.importorskip("bpy")
    folder = tmp_path_factory.mktemp("place")
    command = [sys.executable, str(INTERIOR), str(folder / "interior.blend")]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    (folder / "broken.blend").write_bytes(b"BLENDER-v501" + bytes(400))
    return folder


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"family": "blend"}, "blend must name a .blend for the family blend"),
        ({"family": "room", "blend": "x"}, "blend must be left out unless the family is blend, and it is room, got x."),
        ({"family": "room", "rules": "x"}, "rules must be left out unless blend names a .blend, got x."),
    ],
)
def test_incompatible_fields_are_refused(fields: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigError) as refused:
        resolve(fields)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rules: [{category: chiar}]", "must be a category of the taxonomy or one of its words, and 'chiar' is none"),
        ("rulez: []", "rulez is not a field (did you mean rules?)"),
        ("scale: 0", "scale must be more than 0.0, got 0."),
        ("rules: [", "expected YAML, got an error in line 2"),
    ],
)
def test_rules_that_cannot_be_read_are_refused_by_field(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        read_blend_rules(path)
    assert message in str(refused.value)


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no place")
    for path, message in (
        (tmp_path / "absent", "blend must name a .blend or a folder of them, and"),
        (tmp_path / "notes.txt", "is another file"),
        (tmp_path, "holds none"),
    ):
        with pytest.raises(UsageError, match=message):
            open_library(resolve({"family": "blend", "blend": str(path)}))


@pytest.mark.render
def test_the_list_shows_objects_without_rules_and_skips_broken_files(folder: Path) -> None:
    result = CliRunner().invoke(app, ["assets", "--blend", str(folder)])
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[0].startswith("setting   interior.blend: 18 objects,")
    assert "  Chair.002 (0.4 x 0.4 x 0.475 m, 12 faces): chair" in lines
    (odd,) = (line for line in lines if "Thingummy" in line)
    assert odd.startswith("  Thingummy (0.3 x 0.3 x 0.3 m, 6 faces): unlabelled, ")
    assert odd.endswith(", material grey")
    assert any(line.startswith("skipped   broken.blend: Blender ") for line in lines)


@pytest.mark.render
def test_workers_on_other_machines_get_the_setting(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from render.library.cache import prepared
    from scenes import sample_scene

    library = open_library(resolve({"family": "blend", "blend": str(folder / "interior.blend")})).library
    store = Store("memory://places")
    upload_library(library, store)
    monkeypatch.setenv("VERICHROME_CACHE", str(tmp_path))
    spec = sample_scene("blend", seed=0, index=0, views=1, library=library)
    assert not prepared(library.blends[0].digest).exists()
    download_assets(spec, store, library)
    assert prepared(library.blends[0].digest).is_file()


@pytest.mark.render
def test_a_changed_rule_changes_the_library_digest(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "interior.blend", tmp_path)
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    config = resolve({"family": "blend", "blend": str(folder / "interior.blend")})
    known, _ = with_library(config, Console(quiet=True))
    moved = known.changed(blend=str(tmp_path))
    assert with_library(moved, Console(quiet=True))[0].scenes.library == known.scenes.library
    (tmp_path / "rules.yaml").write_text(RULES.replace("floor", "rug"), encoding="utf-8")
    with pytest.raises(UsageError, match=f"got {known.scenes.library}: they have changed"):
        with_library(moved, Console(quiet=True))


@pytest.mark.render
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_job_is_sound_without_the_file(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("ray")
    out = tmp_path / "out"
    small = ["--resolution", "64", "--samples", "8", "--scenes", "2", "--views", "1", "--workers", "1"]
    source = tmp_path / "interior.blend"
    shutil.copy(folder / "interior.blend", source)
    shutil.copy(folder / "rules.yaml", tmp_path)
    command = ["generate", "--family", "blend", "--blend", str(source), *small, "--out", str(out)]
    done = _run(*command)
    assert done.returncode == 0, done.stderr
    assert "Wrote 2 scenes, 2 frames" in done.stderr
    source.unlink()
    audited = _run("audit", str(out))
    assert audited.returncode == 0, audited.stdout
    shutil.copy(folder / "interior.blend", source)
    (tmp_path / "rules.yaml").write_text(RULES.replace("floor", "rug"), encoding="utf-8")
    refused = _run(*command)
    assert refused.returncode == 2
    assert "library is " in refused.stderr


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "verichrome", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=400)
